//! `console_rounds`: what is known of films' rounds beside their votes, and the row by which writers of one film wait for
//! each other.

use serde::Deserialize;
use sqlx::mysql::MySqlRow;
use sqlx::{MySql, MySqlConnection, QueryBuilder};

use super::cells::{self, int, maybe_int, maybe_text, text};
use super::films::Locked;
use super::{Shape, StoreError, Table};
use crate::domain::film::FilmStatus;
use crate::domain::outside::{Settled, What};
use crate::domain::round::Round;
use crate::domain::vote::{Closings, Known};
use crate::domain::{FilmId, UserId, VoteId};

/// Locks films and counts their guard rows up, until the transaction ends.
///
/// The film's row keeps the web site's new ballots out (they wait on it through their foreign key), but between the nodes of
/// a cluster a lock is not seen: there a row that two transactions write makes one of them fail and try again. So everybody
/// who writes something of a film writes this row first, and no two of our votes of one juror on one film are ever both
/// committed, though the platform's table has no unique key.
///
/// # Errors
/// The statement failed.
pub async fn guard(conn: &mut MySqlConnection, shape: &Shape, films: &[i32]) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!(
        "INSERT INTO console_rounds (id_movie, born, guard) SELECT m.id_movie, {}, 1 FROM {} m WHERE m.id_movie IN (",
        shape.select_text(Table::Movies, "m", "createdAt"),
        shape.table(Table::Movies)
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY m.id_movie FOR UPDATE ON DUPLICATE KEY UPDATE guard = console_rounds.guard + 1");
    query.build().execute(conn).await?;
    Ok(())
}

/// A film with its round, as whatever decides on it reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The film's own row.
    pub row: Locked,
    /// As the database has it; empty for NULL.
    pub title: String,
    /// Who submitted it.
    pub producer: UserId,
    /// What stands in `jury_comment`.
    pub jury_comment: Option<String>,
    /// Its `createdAt` as the server writes it, because ids come again.
    pub born: Option<String>,
    /// Its awards.
    pub awards: u16,
    /// What is known of its rounds: nothing, where the row tells of an earlier film of this id.
    pub round: Round,
}

/// Films with their rounds, in the order of their ids; those that are gone are missing.
///
/// # Errors
/// The statement failed.
pub async fn standing(conn: &mut MySqlConnection, shape: &Shape, films: &[i32]) -> Result<Vec<Standing>, StoreError> {
    let awards = match shape.present(Table::Awards) {
        true => format!("(SELECT COUNT(*) FROM {} a WHERE a.id_movie = m.id_movie)", shape.table(Table::Awards)),
        false => "0".to_owned(),
    };
    let mut query = QueryBuilder::new(format!(
        "SELECT m.id_movie, CAST(m.selection_status AS CHAR), m.id_user, {}, {}, {awards}, r.born, r.closed_first, \
         r.closed_second, r.reopened, r.discussed, r.opened FROM {} m \
         LEFT JOIN console_rounds r ON r.id_movie = m.id_movie WHERE m.id_movie IN (",
        shape.select_list(Table::Movies, "m", &["title", "admin_comment", "jury_comment"]),
        shape.select_text(Table::Movies, "m", "createdAt"),
        shape.table(Table::Movies)
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY m.id_movie");
    query.build().fetch_all(conn).await?.iter().map(one).collect()
}

fn one(row: &MySqlRow) -> Result<Standing, StoreError> {
    let owned = |index| Ok::<_, StoreError>(maybe_text(row, index)?.map(str::to_owned));
    let born = owned(6)?;
    let known = is_of(maybe_text(row, 8)?, born.as_deref());
    Ok(Standing {
        row: Locked { id: int(row, 0)?, status: FilmStatus::from_sql(text(row, 1)?), admin_comment: owned(4)? },
        title: text(row, 3)?.to_owned(),
        producer: UserId(maybe_int(row, 2)?.unwrap_or(0)),
        jury_comment: owned(5)?,
        awards: u16::try_from(cells::count(row, 7)?).unwrap_or(u16::MAX),
        round: if known { round(row, 9)? } else { Round::default() },
        born,
    })
}

/// Whether a row of ours is about this very film.
pub(super) fn is_of(born: Option<&str>, film: Option<&str>) -> bool {
    born.is_none() || film.is_none() || born == film
}

fn round(row: &MySqlRow, from: usize) -> Result<Round, StoreError> {
    let reopened: Option<Vec<i32>> =
        maybe_text(row, from + 2)?.map(|json| parsed(json, "console_rounds.reopened")).transpose()?;
    Ok(Round {
        closings: closings(maybe_text(row, from)?, maybe_text(row, from + 1)?)?,
        reopened: reopened.unwrap_or_default().into_iter().map(UserId).collect(),
        discussed: maybe_int(row, from + 3)?.unwrap_or(0) != 0,
        opened: maybe_int(row, from + 4)?.unwrap_or(0) != 0,
    })
}

/// What stands in `closed_first`: the ballots that were there, and those that came late where there are any.
#[derive(Deserialize)]
#[serde(untagged)]
enum Closed {
    Known(Box<[Known]>),
    Late { known: Option<Box<[Known]>>, late: Vec<VoteId> },
}

/// The closings of a film's rounds as their two columns have them.
pub(super) fn closings(first: Option<&str>, second: Option<&str>) -> Result<Closings, StoreError> {
    let first = first.map(|json| parsed(json, "console_rounds.closed_first")).transpose()?;
    let second = second.map(|json| parsed(json, "console_rounds.closed_second")).transpose()?;
    let (first, late) = match first {
        None => (None, Vec::new()),
        Some(Closed::Known(known)) => (Some(known), Vec::new()),
        Some(Closed::Late { known, late }) => (known, late),
    };
    Ok(Closings { first, second, late })
}

fn parsed<T: serde::de::DeserializeOwned>(json: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Odd { column, detail: error.to_string() })
}

/// A round as its columns have it.
struct Columns {
    closed: [Option<String>; 2],
    reopened: Option<String>,
    noted: bool,
}

impl Columns {
    fn of(round: &Round) -> Self {
        let json = |known: &Option<Box<[Known]>>| known.as_ref().map(|known| serde_json::json!(known).to_string());
        let Closings { first, second, late } = &round.closings;
        let with_late = || Some(serde_json::json!({ "known": first, "late": late }).to_string());
        let closed = [if late.is_empty() { json(first) } else { with_late() }, json(second)];
        let reopened: Vec<i32> = round.reopened.iter().map(|juror| juror.0).collect();
        let reopened = (!reopened.is_empty()).then(|| serde_json::json!(reopened).to_string());
        Self { closed, reopened, noted: *round != Round::default() }
    }
}

/// Writes what is known of the rounds of films whose guard rows this transaction has written.
///
/// # Errors
/// The statement failed.
pub async fn write(conn: &mut MySqlConnection, rounds: &[(FilmId, Option<&str>, &Round)]) -> Result<(), StoreError> {
    if rounds.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(
        "INSERT INTO console_rounds (id_movie, born, guard, closed_first, closed_second, reopened, discussed, opened, noted) ",
    );
    query.push_values(rounds, |mut row, (film, born, round)| {
        let Columns { closed: [first, second], reopened, noted } = Columns::of(round);
        row.push_bind(film.0).push_bind(*born).push("1").push_bind(first).push_bind(second).push_bind(reopened);
        row.push_bind(round.discussed).push_bind(round.opened).push_bind(noted);
    });
    query.push(
        " ON DUPLICATE KEY UPDATE born = VALUES(born), closed_first = VALUES(closed_first), \
         closed_second = VALUES(closed_second), reopened = VALUES(reopened), discussed = VALUES(discussed), \
         opened = VALUES(opened), noted = VALUES(noted)",
    );
    query.build().execute(conn).await?;
    Ok(())
}

/// A locked film's step to another status with all that goes with it.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// The film.
    pub film: FilmId,
    /// Its `createdAt`.
    pub born: Option<&'a str>,
    /// Where to.
    pub to: FilmStatus,
    /// What is known of its rounds then.
    pub round: &'a Round,
    /// A new `jury_comment`.
    pub jury_comment: Option<&'a str>,
    /// By whom and by which request a change of the status by the web site is settled.
    pub by: (Option<UserId>, uuid::Uuid),
}

/// Moves a film, notes what becomes of its rounds and settles what the web site did with its status, in one statement. Its
/// guard row has been written.
///
/// # Errors
/// The statement failed.
pub async fn carry(conn: &mut MySqlConnection, shape: &Shape, step: Move<'_>) -> Result<(), StoreError> {
    let Columns { closed: [first, second], reopened, noted } = Columns::of(step.round);
    let mut query: QueryBuilder<MySql> = QueryBuilder::new(format!(
        "UPDATE {} m JOIN console_rounds r ON r.id_movie = m.id_movie LEFT JOIN console_outside o \
         ON o.id_movie = m.id_movie AND o.settled_at IS NULL AND o.what = ",
        shape.table(Table::Movies)
    ));
    query.push_bind(What::Status.name()).push(" SET m.selection_status = ").push_bind(step.to.as_sql());
    if let Some(comment) = step.jury_comment.filter(|_| shape.has(Table::Movies, "jury_comment")) {
        query.push(", m.jury_comment = ").push_bind(comment);
    }
    query.push(shape.touch(Table::Movies)).push(", r.born = ").push_bind(step.born);
    query.push(", r.closed_first = ").push_bind(first).push(", r.closed_second = ").push_bind(second);
    query.push(", r.reopened = ").push_bind(reopened).push(", r.discussed = ").push_bind(step.round.discussed);
    query.push(", r.opened = ").push_bind(step.round.opened).push(", r.noted = ").push_bind(noted);
    query.push(", o.settled_at = UTC_TIMESTAMP(3), o.settled_how = ").push_bind(Settled::Decided.name());
    query.push(", o.settled_by = ").push_bind(step.by.0.map(|user| user.0));
    query.push(", o.settled_request = ").push_bind(step.by.1.as_bytes().to_vec());
    query.push(" WHERE m.id_movie = ").push_bind(step.film.0);
    query.build().execute(conn).await?;
    Ok(())
}

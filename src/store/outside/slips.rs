//! The ballots of films that a look has to judge: what they say, said before, and what was settled about them.

use std::collections::HashMap;

use sqlx::{MySqlConnection, QueryBuilder};

use super::super::cells::{self, int, maybe_int, maybe_text, text};
use super::super::{Shape, StoreError, Table};
use super::{COLUMNS, Kept, kept};
use crate::domain::outside::What;
use crate::domain::slip::{Said, Slip};
use crate::domain::vote::Note;
use crate::domain::{UserId, VoteId};

/// The ballots on films, by film, in the order in which they were cast.
///
/// # Errors
/// The statement failed.
pub async fn slips(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
) -> Result<HashMap<i32, Vec<Slip>>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT v.id_movie, v.id_vote, v.id_user, {}, {}, {} FROM {} v WHERE v.id_movie IN (",
        shape.select_text(Table::Votes, "v", "note"),
        shape.select(Table::Votes, "v", "comments"),
        shape.select(Table::Votes, "v", "modification_count"),
        shape.table(Table::Votes)
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY v.id_vote");
    let mut slips: HashMap<i32, Vec<Slip>> = HashMap::new();
    for row in query.build().fetch_all(conn).await? {
        let Some(juror) = maybe_int(&row, 2)?.map(UserId) else { continue };
        slips.entry(int(&row, 0)?).or_default().push(Slip {
            vote: VoteId(int(&row, 1)?),
            juror,
            note: Note::from_sql(text(&row, 3)?),
            comments: maybe_text(&row, 4)?.map(str::to_owned),
            modification_count: maybe_int(&row, 5)?.unwrap_or(0),
        });
    }
    Ok(slips)
}

/// What the ballots on films said before, by ballot.
///
/// # Errors
/// The statement failed.
pub async fn said(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
) -> Result<HashMap<VoteId, Vec<Said>>, StoreError> {
    let mut said: HashMap<VoteId, Vec<Said>> = HashMap::new();
    if !shape.present(Table::VoteHistory) {
        return Ok(said);
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT h.id_vote, {}, {} FROM {} h JOIN {} v ON v.id_vote = h.id_vote WHERE v.id_movie IN (",
        shape.select_text(Table::VoteHistory, "h", "note"),
        shape.select(Table::VoteHistory, "h", "comments"),
        shape.table(Table::VoteHistory),
        shape.table(Table::Votes)
    ));
    cells::push_ids(&mut query, films);
    query.push(")");
    for row in query.build().fetch_all(conn).await? {
        let note = Note::from_sql(text(&row, 1)?);
        said.entry(VoteId(int(&row, 0)?)).or_default().push((note, maybe_text(&row, 2)?.map(str::to_owned)));
    }
    Ok(said)
}

/// What was marked of the ballots on films, and settled.
///
/// # Errors
/// The statement failed.
pub async fn settled(conn: &mut MySqlConnection, films: &[i32]) -> Result<Vec<Kept>, StoreError> {
    let mut query =
        QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_outside WHERE settled_at IS NOT NULL AND what IN ("));
    let mut names = query.separated(", ");
    for what in What::BALLOTS {
        names.push_bind(what.name());
    }
    query.push(") AND id_movie IN (");
    cells::push_ids(&mut query, films);
    query.push(")");
    query.build().fetch_all(conn).await?.iter().filter_map(|row| kept(row).transpose()).collect()
}

/// Writes what a ballot says, and how often it was changed. The film is locked.
///
/// # Errors
/// The statement failed.
pub async fn put_back(conn: &mut MySqlConnection, shape: &Shape, slip: &Slip) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("UPDATE {} SET note = ", shape.table(Table::Votes)));
    query.push_bind(slip.note.map(Note::as_sql));
    if shape.has(Table::Votes, "comments") {
        query.push(", comments = ").push_bind(&slip.comments);
    }
    if shape.has(Table::Votes, "modification_count") {
        query.push(", modification_count = ").push_bind(slip.modification_count);
    }
    query.push(shape.touch(Table::Votes)).push(" WHERE id_vote = ").push_bind(slip.vote.0);
    query.build().execute(conn).await?;
    Ok(())
}

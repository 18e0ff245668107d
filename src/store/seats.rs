//! Who has to do with the votes on a film: its panel, and what `console_seats` keeps of its jurors and former jurors.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, full_name, int, maybe_int, maybe_text, text};
use super::rounds::is_of;
use super::{Shape, StoreError, Table, people};
use crate::domain::jury::{Juror, Recusal, Why};
use crate::domain::user::Role;
use crate::domain::vote::{Note, Stand};
use crate::domain::{FilmId, UserId, VoteId};

/// What is kept of a juror and a film beside the panel; a row that is missing says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// What they said of not judging the film.
    pub recusal: Option<Recusal>,
    /// Released with the vote kept.
    pub kept: bool,
    /// The ballot that they let stand.
    pub stands: Option<Stand>,
}

impl Seat {
    /// What is kept of a juror, to be written again with something changed.
    pub fn of(juror: &Juror) -> Self {
        Self { recusal: juror.recusal, kept: juror.kept, stands: juror.stands }
    }

    /// Puts it into a juror.
    pub fn into_juror(self, juror: &mut Juror) {
        (juror.recusal, juror.kept, juror.stands) = (self.recusal, self.kept, self.stands);
    }
}

/// What is read of a juror: who, then what is kept.
const KEPT: &str = "s.born, s.recusal, s.recusal_waiting, s.kept, s.stands_vote, s.stands_note, s.stands_count";

/// The jurors of films, by film, each once: those on the panel, and others of whom something is kept. `born` says which film
/// an id means; what is kept of an earlier film of that id counts as missing.
///
/// # Errors
/// The statement failed.
pub async fn jurors(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &HashMap<i32, Option<String>>,
) -> Result<HashMap<i32, Vec<Juror>>, StoreError> {
    let mut ids: Vec<i32> = films.keys().copied().collect();
    ids.sort_unstable();
    let who = format!(
        "{}, CAST(u.role AS CHAR), u.id_user IS NOT NULL AND NOT COALESCE(a.disabled_at IS NOT NULL AND a.fingerprint <=> {}, 0)",
        shape.select_list(Table::Users, "u", &["first_name", "last_name"]),
        people::fingerprint(shape, "u")
    );
    let accounts = |seat: &str| {
        format!(
            "LEFT JOIN {} u ON u.id_user = {seat}.id_user LEFT JOIN console_accounts a ON a.id_user = {seat}.id_user",
            shape.table(Table::Users)
        )
    };
    let mut query = QueryBuilder::new("");
    if shape.present(Table::MoviesJuries) {
        query.push(format!(
            "SELECT j.id_movie, j.id_user, 1, {who}, {KEPT} FROM {} j {} LEFT JOIN console_seats s \
             ON s.id_movie = j.id_movie AND s.id_user = j.id_user WHERE j.id_movie IN (",
            shape.table(Table::MoviesJuries),
            accounts("j")
        ));
        cells::push_ids(&mut query, &ids);
        query.push(") UNION ALL ");
    }
    query.push(format!(
        "SELECT s.id_movie, s.id_user, 0, {who}, {KEPT} FROM console_seats s {} WHERE s.id_movie IN (",
        accounts("s")
    ));
    cells::push_ids(&mut query, &ids);
    query.push(")");
    let mut jurors: HashMap<i32, Vec<Juror>> = HashMap::new();
    for row in query.build().fetch_all(conn).await? {
        let (Some(film), Some(_)) = (maybe_int(&row, 0)?, maybe_int(&row, 1)?) else { continue };
        let juror = juror(&row, films.get(&film).and_then(Option::as_deref))?;
        let of_film = jurors.entry(film).or_default();
        let says_nothing = !juror.on_panel && Seat::of(&juror) == Seat::default();
        // The panel comes first; a table without a key may hold a seat twice.
        if !says_nothing && of_film.iter().all(|other| other.id != juror.id) {
            of_film.push(juror);
        }
    }
    jurors.values_mut().for_each(|of_film| of_film.sort_by_key(|juror| juror.id));
    Ok(jurors)
}

fn juror(row: &MySqlRow, born: Option<&str>) -> Result<Juror, StoreError> {
    let flag = |index| Ok::<_, StoreError>(maybe_int(row, index)?.unwrap_or(0) != 0);
    let kept = if is_of(maybe_text(row, 7)?, born) { seat(row, 8)? } else { Seat::default() };
    Ok(Juror {
        id: UserId(int(row, 1)?),
        name: full_name(text(row, 3)?, text(row, 4)?),
        on_panel: flag(2)?,
        jury: Role::from_sql(text(row, 5)?) == Role::Jury,
        enabled: flag(6)?,
        recusal: kept.recusal,
        kept: kept.kept,
        stands: kept.stands,
    })
}

fn seat(row: &MySqlRow, from: usize) -> Result<Seat, StoreError> {
    let number = |index| maybe_int(row, from + index);
    let waiting = number(1)?.unwrap_or(0) != 0;
    let stand = match (number(3)?, maybe_text(row, from + 4)?.and_then(Note::from_sql), number(5)?) {
        (Some(vote), Some(note), Some(modification_count)) => {
            Some(Stand { vote: VoteId(vote), note, modification_count })
        }
        _ => None,
    };
    Ok(Seat {
        recusal: maybe_text(row, from)?.and_then(Why::from_name).map(|why| Recusal { why, waiting }),
        kept: number(2)?.unwrap_or(0) != 0,
        stands: stand,
    })
}

/// Writes what is kept of a juror and a film; what says nothing leaves no row.
///
/// # Errors
/// The statement failed.
pub async fn write(
    conn: &mut MySqlConnection,
    film: FilmId,
    born: Option<&str>,
    juror: UserId,
    seat: &Seat,
) -> Result<(), StoreError> {
    if *seat == Seat::default() {
        let query = sqlx::query("DELETE FROM console_seats WHERE id_movie = ? AND id_user = ?");
        query.bind(film.0).bind(juror.0).execute(conn).await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO console_seats (id_movie, id_user, born, recusal, recusal_waiting, kept, stands_vote, stands_note, \
         stands_count, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3)) \
         ON DUPLICATE KEY UPDATE born = VALUES(born), recusal = VALUES(recusal), recusal_waiting = VALUES(recusal_waiting), \
         kept = VALUES(kept), stands_vote = VALUES(stands_vote), stands_note = VALUES(stands_note), \
         stands_count = VALUES(stands_count), changed_at = VALUES(changed_at)",
    )
    .bind(film.0)
    .bind(juror.0)
    .bind(born)
    .bind(seat.recusal.map(|recusal| recusal.why.name()))
    .bind(seat.recusal.is_some_and(|recusal| recusal.waiting))
    .bind(seat.kept)
    .bind(seat.stands.map(|stand| stand.vote.0))
    .bind(seat.stands.map(|stand| stand.note.as_sql()))
    .bind(seat.stands.map(|stand| stand.modification_count))
    .execute(conn)
    .await?;
    Ok(())
}

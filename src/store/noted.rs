//! What our own tables say about the rounds and jurors of films, for the lists: of all films at once or of some.
//!
//! Of `console_rounds` only rows that say something are read (`noted`); a row that was written for an earlier film of the
//! same id says nothing of this one.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use futures_util::TryStreamExt;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, maybe_text};
use super::{Shape, StoreError, Table};
use crate::domain::VoteId;
use crate::domain::jury::{Recusal, Why};
use crate::domain::vote::{Closings, Note, Stand};

/// What is known of one film's rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotedRound {
    /// The ballots at the moments when staff closed rounds.
    pub closings: Closings,
    /// Staff looked at the votes before the round was complete.
    pub opened: bool,
}

/// What is known of somebody on one film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotedSeat {
    /// The film.
    pub film: i32,
    /// The juror.
    pub user: i32,
    /// What they said of not judging it.
    pub recusal: Option<Recusal>,
    /// Released with the vote kept.
    pub kept: bool,
    /// The ballot that they let stand.
    pub stands: Option<Stand>,
}

/// `FROM` one of our tables, joined to the films that its rows were written for.
fn of(query: &mut QueryBuilder<sqlx::MySql>, shape: &Shape, table: &str, films: Option<&[i32]>) {
    query.push(format!(" FROM {table} r JOIN {} m ON m.id_movie = r.id_movie WHERE ", shape.table(Table::Movies)));
    if let Some(ids) = films {
        query.push("r.id_movie IN (");
        cells::push_ids(query, ids);
        query.push(") AND ");
    }
    query.push(match shape.has(Table::Movies, "createdAt") {
        // As bytes, because the two may be collated differently.
        true => {
            "(r.born IS NULL OR CAST(m.createdAt AS CHAR) IS NULL \
             OR CAST(r.born AS BINARY) = CAST(CAST(m.createdAt AS CHAR) AS BINARY))"
        }
        false => "TRUE",
    });
}

/// The rounds of which something is noted, by film: of all films, or of some.
///
/// # Errors
/// The statement failed.
pub async fn rounds(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: Option<&[i32]>,
) -> Result<HashMap<i32, NotedRound, RandomState>, StoreError> {
    let mut query = QueryBuilder::new("SELECT r.id_movie, r.closed_first, r.closed_second, r.opened");
    of(&mut query, shape, "console_rounds", films);
    query.push(" AND r.noted = TRUE");
    let mut rounds = HashMap::default();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let closings = super::rounds::closings(maybe_text(&row, 1)?, maybe_text(&row, 2)?)?;
        rounds.insert(int(&row, 0)?, NotedRound { closings, opened: int(&row, 3)? != 0 });
    }
    Ok(rounds)
}

/// What is noted of jurors, of all films or of some.
///
/// # Errors
/// The statement failed.
pub async fn seats(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: Option<&[i32]>,
) -> Result<Vec<NotedSeat>, StoreError> {
    let mut query = QueryBuilder::new(
        "SELECT r.id_movie, r.id_user, r.recusal, r.recusal_waiting, r.kept, r.stands_vote, r.stands_note, r.stands_count",
    );
    of(&mut query, shape, "console_seats", films);
    let mut seats = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let why = maybe_text(&row, 2)?.and_then(Why::from_name);
        let waiting = int(&row, 3)? != 0;
        let stands = match (cells::maybe_int(&row, 5)?, maybe_text(&row, 6)?.and_then(Note::from_sql)) {
            (Some(vote), Some(note)) => {
                let modification_count = cells::maybe_int(&row, 7)?.unwrap_or(0);
                Some(Stand { vote: VoteId(vote), note, modification_count })
            }
            _ => None,
        };
        seats.push(NotedSeat {
            film: int(&row, 0)?,
            user: int(&row, 1)?,
            recusal: why.map(|why| Recusal { why, waiting }),
            kept: int(&row, 4)? != 0,
            stands,
        });
    }
    Ok(seats)
}

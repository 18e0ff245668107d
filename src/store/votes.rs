//! Ballots with their comments and history.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, text};
use super::shape::HistoryNote;
use super::whole::{self, WholeRow};
use super::{Shape, StoreError, Table};
use crate::domain::vote::{Ballot, Note};
use crate::domain::{FilmId, UserId, VoteId};

/// A ballot with what its juror wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullBallot {
    /// The film.
    pub film: FilmId,
    /// What counts.
    pub ballot: Ballot,
    /// As the juror wrote it.
    pub comments: Option<String>,
    /// When it was cast; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated: Option<DateTime<Utc>>,
}

/// What a ballot said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// `None`: unknown.
    pub note: Option<Note>,
    /// As the juror wrote it.
    pub comments: Option<String>,
    /// When it was replaced.
    pub at: Option<DateTime<Utc>>,
}

/// Which ballots.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those on one film.
    pub film: Option<FilmId>,
    /// Those of one juror.
    pub juror: Option<UserId>,
}

impl Filter {
    fn push(self, query: &mut QueryBuilder<sqlx::MySql>, alias: &str) {
        let mut word = " WHERE ";
        for (column, id) in [("id_movie", self.film.map(|id| id.0)), ("id_user", self.juror.map(|id| id.0))] {
            if let Some(id) = id {
                query.push(format!("{word}{alias}.{column} = ")).push_bind(id);
                word = " AND ";
            }
        }
    }
}

/// Ballots, the newest film first, and a film's in the order in which they were cast.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape, filter: Filter) -> Result<Vec<FullBallot>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT v.id_vote, v.id_movie, v.id_user, {}, {}, {}, {}, {} FROM {} v",
        shape.select_text(Table::Votes, "v", "note"),
        shape.select(Table::Votes, "v", "modification_count"),
        shape.select(Table::Votes, "v", "comments"),
        shape.select_moment(Table::Votes, "v", "createdAt"),
        shape.select_moment(Table::Votes, "v", "updatedAt"),
        shape.table(Table::Votes)
    ));
    filter.push(&mut query, "v");
    query.push(" ORDER BY v.id_movie DESC, v.id_vote");
    let mut ballots = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        ballots.push(FullBallot {
            film: FilmId(int(&row, 1)?),
            ballot: Ballot {
                id: VoteId(int(&row, 0)?),
                juror: UserId(int(&row, 2)?),
                note: Note::from_sql(text(&row, 3)?),
                modification_count: cells::maybe_int(&row, 4)?.unwrap_or(0),
            },
            comments: cells::maybe_text(&row, 5)?.map(str::to_owned),
            created: cells::moment(&row, 6)?,
            updated: cells::moment(&row, 7)?,
        });
    }
    Ok(ballots)
}

/// What ballots said before they were changed, by ballot, the oldest first.
///
/// # Errors
/// The statement failed.
pub async fn histories(
    conn: &mut MySqlConnection,
    shape: &Shape,
    filter: Filter,
) -> Result<HashMap<VoteId, Vec<Earlier>>, StoreError> {
    let mut histories: HashMap<VoteId, Vec<Earlier>> = HashMap::new();
    if !shape.present(Table::VoteHistory) {
        return Ok(histories);
    }
    // Joined to the ballots, because a history's own film and juror may be NULL.
    let mut query = QueryBuilder::new(format!(
        "SELECT h.id_vote, {}, {}, {} FROM {} h JOIN {} v ON v.id_vote = h.id_vote",
        shape.select_text(Table::VoteHistory, "h", "note"),
        shape.select(Table::VoteHistory, "h", "comments"),
        shape.select_moment(Table::VoteHistory, "h", "createdAt"),
        shape.table(Table::VoteHistory),
        shape.table(Table::Votes)
    ));
    filter.push(&mut query, "v");
    query.push(" ORDER BY h.id_vote");
    for column in order_of_history(shape) {
        query.push(format!(", h.{column}"));
    }
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        histories.entry(VoteId(int(&row, 0)?)).or_default().push(Earlier {
            note: Note::from_sql(text(&row, 1)?),
            comments: cells::maybe_text(&row, 2)?.map(str::to_owned),
            at: cells::moment(&row, 3)?,
        });
    }
    Ok(histories)
}

/// The film that a ballot is on, if it is there.
///
/// # Errors
/// The statement failed.
pub async fn film_of(conn: &mut MySqlConnection, shape: &Shape, vote: VoteId) -> Result<Option<FilmId>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT id_movie FROM {} WHERE id_vote = ", shape.table(Table::Votes)));
    let row = query.push_bind(vote.0).build().fetch_optional(conn).await?;
    Ok(row.map(|row| cells::maybe_int(&row, 0)).transpose()?.flatten().map(FilmId))
}

/// The columns that put the history of a ballot into its order.
fn order_of_history(shape: &Shape) -> impl Iterator<Item = &'static str> {
    ["createdAt", "id_vote_history"].into_iter().filter(|column| shape.has(Table::VoteHistory, column))
}

/// What a juror wrote on a ballot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As the juror wrote it.
    pub comments: Option<String>,
    /// When it was cast; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated: Option<DateTime<Utc>>,
    /// What it said before, the oldest first.
    pub history: Vec<Earlier>,
}

/// All ballots on a film, and what one juror wrote on theirs: in one statement, because it is asked with every vote.
///
/// # Errors
/// The statement failed.
pub async fn on_film(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    juror: UserId,
) -> Result<(Vec<Ballot>, HashMap<VoteId, Written>), StoreError> {
    let of_history = |render: &dyn Fn() -> String| match shape.present(Table::VoteHistory) {
        true => render(),
        false => "NULL".to_owned(),
    };
    let mut query = QueryBuilder::new(format!(
        "SELECT v.id_vote, v.id_user, {}, {}, {}, {}, {}, {}, {}, {}, {} FROM {} v",
        shape.select_text(Table::Votes, "v", "note"),
        shape.select(Table::Votes, "v", "modification_count"),
        // Nobody else's words are even read.
        format_args!("CASE WHEN v.id_user = {juror} THEN v.comments END"),
        shape.select_moment(Table::Votes, "v", "createdAt"),
        shape.select_moment(Table::Votes, "v", "updatedAt"),
        of_history(&|| "h.id_vote".to_owned()),
        of_history(&|| shape.select_text(Table::VoteHistory, "h", "note")),
        of_history(&|| shape.select(Table::VoteHistory, "h", "comments")),
        of_history(&|| shape.select_moment(Table::VoteHistory, "h", "createdAt")),
        shape.table(Table::Votes)
    ));
    if shape.present(Table::VoteHistory) {
        let history = shape.table(Table::VoteHistory);
        query.push(format!(" LEFT JOIN {history} h ON h.id_vote = v.id_vote AND v.id_user = {juror}"));
    }
    query.push(" WHERE v.id_movie = ").push_bind(film.0).push(" ORDER BY v.id_vote");
    for column in order_of_history(shape) {
        query.push(format!(", h.{column}"));
    }
    let (mut ballots, mut texts): (Vec<Ballot>, HashMap<VoteId, Written>) = (Vec::new(), HashMap::new());
    for row in query.build().fetch_all(conn).await? {
        let Some(of) = cells::maybe_int(&row, 1)?.map(UserId) else { continue };
        let id = VoteId(int(&row, 0)?);
        if ballots.last().is_none_or(|ballot| ballot.id != id) {
            let modification_count = cells::maybe_int(&row, 3)?.unwrap_or(0);
            ballots.push(Ballot { id, juror: of, note: Note::from_sql(text(&row, 2)?), modification_count });
        }
        if of == juror {
            let written = texts.entry(id).or_insert_with(Written::default);
            written.comments = cells::maybe_text(&row, 4)?.map(str::to_owned);
            (written.created, written.updated) = (cells::moment(&row, 5)?, cells::moment(&row, 6)?);
            if cells::maybe_int(&row, 7)?.is_some() {
                written.history.push(Earlier {
                    note: Note::from_sql(text(&row, 8)?),
                    comments: cells::maybe_text(&row, 9)?.map(str::to_owned),
                    at: cells::moment(&row, 10)?,
                });
            }
        }
    }
    Ok((ballots, texts))
}

/// A vote that is written.
#[derive(Clone, Copy, Debug)]
pub struct NewVote<'a> {
    /// The film.
    pub film: FilmId,
    /// Whose.
    pub juror: UserId,
    /// The note.
    pub note: Note,
    /// The comment.
    pub comments: Option<&'a str>,
    /// Now, by the server's clock in UTC: what the vote says of when it was cast is what its juror is told.
    pub now: DateTime<Utc>,
}

/// The columns of `votes` that the console knows how to fill.
pub const COLUMNS: [&str; 8] =
    ["id_vote", "id_user", "id_movie", "note", "comments", "modification_count", "createdAt", "updatedAt"];

/// Casts a vote. The film's guard row has been written and no vote of this juror stands on it.
///
/// # Errors
/// The statement failed; a duplicate where the database holds one vote per juror and film itself.
pub async fn insert(conn: &mut MySqlConnection, shape: &Shape, new: NewVote<'_>) -> Result<VoteId, StoreError> {
    let there = |column: &&str| shape.has(Table::Votes, column);
    let columns: Vec<&str> = COLUMNS[1..].iter().copied().filter(there).collect();
    let mut query =
        QueryBuilder::new(format!("INSERT INTO {} ({}) VALUES (", shape.table(Table::Votes), columns.join(", ")));
    let mut values = query.separated(", ");
    for column in columns {
        match column {
            "id_user" => values.push_bind(new.juror.0),
            "id_movie" => values.push_bind(new.film.0),
            "note" => values.push_bind(new.note.as_sql()),
            "comments" => values.push_bind(new.comments),
            "modification_count" => values.push_bind(0),
            _ => values.push_bind(new.now.naive_utc()),
        };
    }
    query.push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    i32::try_from(id).map(VoteId).map_err(|_| StoreError::Odd { column: "votes.id_vote", detail: id.to_string() })
}

/// Changes a ballot, once more than `was` says, if it still is as `was` says; whether it was.
///
/// # Errors
/// The statement failed.
pub async fn change(
    conn: &mut MySqlConnection,
    shape: &Shape,
    was: &Ballot,
    new: NewVote<'_>,
) -> Result<bool, StoreError> {
    let mut query = QueryBuilder::new(format!("UPDATE {} SET note = ", shape.table(Table::Votes)));
    query.push_bind(new.note.as_sql()).push(", comments = ").push_bind(new.comments);
    query.push(", modification_count = ").push_bind(was.modification_count.max(0) + 1);
    if shape.has(Table::Votes, "updatedAt") {
        query.push(", updatedAt = ").push_bind(new.now.naive_utc());
    }
    // The web site changes ballots without waiting for anybody.
    query.push(" WHERE id_vote = ").push_bind(was.id.0);
    query.push(" AND COALESCE(modification_count, 0) = ").push_bind(was.modification_count);
    if let Some(note) = was.note {
        query.push(" AND note = ").push_bind(note.as_sql());
    }
    Ok(query.build().execute(conn).await?.rows_affected() > 0)
}

/// Keeps what a ballot said, in the spelling that the history takes.
///
/// # Errors
/// The statement failed; [`StoreError::misfit`] if the history can't hold it. There is none: see [`Shape::history_note`].
pub async fn keep(
    conn: &mut MySqlConnection,
    shape: &Shape,
    was: &Ballot,
    comments: Option<&str>,
    new: NewVote<'_>,
) -> Result<(), StoreError> {
    const HISTORY: [&str; 7] = ["id_vote", "id_user", "id_movie", "note", "comments", "createdAt", "updatedAt"];
    let there = |column: &&str| shape.has(Table::VoteHistory, column);
    let columns: Vec<&str> = HISTORY.into_iter().filter(there).collect();
    let mut query =
        QueryBuilder::new(format!("INSERT INTO {} ({}) VALUES (", shape.table(Table::VoteHistory), columns.join(", ")));
    let mut values = query.separated(", ");
    for column in columns {
        match (column, shape.history_note()) {
            ("id_vote", _) => values.push_bind(was.id.0),
            ("id_user", _) => values.push_bind(was.juror.0),
            ("id_movie", _) => values.push_bind(new.film.0),
            ("note", Some(HistoryNote::Number)) => values.push_bind(was.note.map_or(0, Note::index)),
            ("note", _) => values.push_bind(was.note.map(Note::as_sql)),
            ("comments", _) => values.push_bind(comments),
            _ => values.push_bind(new.now.naive_utc()),
        };
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// Ballots taken out of the tables, with their history, every column of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Struck {
    /// Rows of `votes`.
    pub votes: Vec<WholeRow>,
    /// Rows of the vote history.
    pub history: Vec<WholeRow>,
}

/// Takes all ballots of films out of the tables and answers what they were.
///
/// # Errors
/// The statement failed, or a table that the console does not know hangs on the ballots.
pub async fn strike(conn: &mut MySqlConnection, shape: &Shape, films: &[i32]) -> Result<Struck, StoreError> {
    strike_by(conn, shape, "id_movie", films).await
}

/// The same for some ballots alone.
///
/// # Errors
/// As [`strike`].
pub async fn strike_some(conn: &mut MySqlConnection, shape: &Shape, ids: &[i32]) -> Result<Struck, StoreError> {
    strike_by(conn, shape, "id_vote", ids).await
}

async fn strike_by(
    conn: &mut MySqlConnection,
    shape: &Shape,
    column: &'static str,
    ids: &[i32],
) -> Result<Struck, StoreError> {
    let history = shape.name(Table::VoteHistory);
    if let Some(unknown) = shape.dependents_of(Table::Votes).iter().find(|d| Some(d.table.as_str()) != history) {
        let detail = format!("the table {} depends on it, and the console does not know it", unknown.table);
        return Err(StoreError::Odd { column: "votes", detail });
    }
    let votes = whole::lock(&mut *conn, shape, Table::Votes, column, ids).await?;
    let ids: Vec<i32> = votes.iter().filter_map(|row| whole::number(row, "id_vote")).collect();
    let history = whole::lock(&mut *conn, shape, Table::VoteHistory, "id_vote", &ids).await?;
    for table in [Table::VoteHistory, Table::Votes] {
        if shape.present(table) && !ids.is_empty() {
            let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE id_vote IN (", shape.table(table)));
            cells::push_ids(&mut query, &ids);
            query.push(")");
            query.build().execute(&mut *conn).await?;
        }
    }
    Ok(Struck { votes, history })
}

/// Puts struck ballots back under their old ids.
///
/// # Errors
/// The statement failed; [`StoreError::misfit`] if something stands in their place or the tables would not hold them as they
/// were. Some of them may be there then: roll back.
pub async fn restore(conn: &mut MySqlConnection, shape: &Shape, struck: &Struck) -> Result<(), StoreError> {
    for row in &struck.votes {
        whole::restore(&mut *conn, shape, Table::Votes, row).await?;
    }
    for row in &struck.history {
        whole::restore(&mut *conn, shape, Table::VoteHistory, row).await?;
    }
    Ok(())
}

/// How often each of these ballots was changed, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn changes(conn: &mut MySqlConnection, shape: &Shape, ids: &[i32]) -> Result<HashMap<i32, i32>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT id_vote, modification_count FROM {} WHERE id_vote IN (",
        shape.table(Table::Votes)
    ));
    cells::push_ids(&mut query, ids);
    query.push(") FOR UPDATE");
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok((int(row, 0)?, cells::maybe_int(row, 1)?.unwrap_or(0)))).collect()
}

/// Writes how often these ballots were changed.
///
/// # Errors
/// The statement failed.
pub async fn set_changes(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    modification_count: i32,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(format!("UPDATE {} SET modification_count = ", shape.table(Table::Votes)));
    query.push_bind(modification_count).push(shape.touch(Table::Votes)).push(" WHERE id_vote IN (");
    cells::push_ids(&mut query, ids);
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

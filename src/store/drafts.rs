//! `console_drafts`: votes as far as they are written, one of each juror and film. Each statement stands by itself and
//! touches one row of one juror, so that nobody waits for it and it waits for nobody.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder, Row};

use super::cells::{self, int, maybe_text, text};
use super::people::fingerprint;
use super::{Shape, StoreError, Table};
use crate::domain::vote::Note;
use crate::domain::{FilmId, UserId};

/// A draft as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writing<'a> {
    /// Whose.
    pub juror: UserId,
    /// The film.
    pub film: FilmId,
    /// The film's `createdAt`, because ids come again.
    pub born: Option<&'a str>,
    /// The note, if one was chosen.
    pub note: Option<Note>,
    /// The comment, as it stands in the text box.
    pub comments: &'a str,
    /// Where the cursor stands in it.
    pub caret: u32,
    /// By the server's clock.
    pub now: DateTime<Utc>,
}

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The film.
    pub film: FilmId,
    /// The film's title; empty for NULL.
    pub title: String,
    /// The note, if one was chosen.
    pub note: Option<Note>,
    /// The comment.
    pub comments: String,
    /// Where the cursor stood.
    pub caret: u32,
    /// Grows with each time it is kept, and is never that of an earlier draft.
    pub revision: i64,
    /// When it was kept last.
    pub at: DateTime<Utc>,
}

/// What the first draft on a film begins to count from: no draft that was there before had as much.
fn first_revision(now: DateTime<Utc>) -> i64 {
    now.timestamp_millis()
}

/// Keeps a juror's first draft on a film; its revision, or `None` if there is one already.
///
/// # Errors
/// The statement failed.
pub async fn begin(conn: &mut MySqlConnection, shape: &Shape, new: Writing<'_>) -> Result<Option<i64>, StoreError> {
    let revision = first_revision(new.now);
    let mut query = QueryBuilder::new(
        "INSERT INTO console_drafts (id_user, id_movie, user_created, born, note, comments, caret, revision, updated_at) SELECT ",
    );
    query.push(format!("u.id_user, {}, {}, ", new.film, fingerprint(shape, "u"))).push_bind(new.born).push(", ");
    query.push_bind(new.note.map(Note::as_sql)).push(", ").push_bind(new.comments).push(", ");
    query.push_bind(new.caret).push(", ").push_bind(revision).push(", ").push_bind(new.now.naive_utc());
    query.push(format!(" FROM {} u WHERE u.id_user = ", shape.table(Table::Users))).push_bind(new.juror.0);
    match query.build().execute(conn).await.map_err(StoreError::from) {
        Ok(done) => Ok((done.rows_affected() > 0).then_some(revision)),
        Err(error) if error.is_duplicate() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes over a draft, with a `base` only that revision; the new one, or `None` if it is not there any more.
///
/// # Errors
/// The statement failed.
pub async fn go_on(conn: &mut MySqlConnection, base: Option<i64>, new: Writing<'_>) -> Result<Option<i64>, StoreError> {
    // What stands in LAST_INSERT_ID comes back with the answer, so that nothing has to be read again.
    let mut query = QueryBuilder::new("UPDATE console_drafts SET revision = LAST_INSERT_ID(revision + 1), note = ");
    query.push_bind(new.note.map(Note::as_sql)).push(", comments = ").push_bind(new.comments);
    query.push(", caret = ").push_bind(new.caret).push(", updated_at = ").push_bind(new.now.naive_utc());
    query.push(" WHERE id_user = ").push_bind(new.juror.0).push(" AND id_movie = ").push_bind(new.film.0);
    if let Some(base) = base {
        query.push(" AND revision = ").push_bind(base);
    }
    let done = query.build().execute(conn).await?;
    let odd = || StoreError::Odd { column: "console_drafts.revision", detail: done.last_insert_id().to_string() };
    match done.rows_affected() {
        0 => Ok(None),
        _ => Ok(Some(i64::try_from(done.last_insert_id()).map_err(|_| odd())?)),
    }
}

/// How many drafts a juror keeps.
///
/// # Errors
/// The statement failed.
pub async fn count(conn: &mut MySqlConnection, juror: UserId) -> Result<u32, StoreError> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM console_drafts WHERE id_user = ?")
        .bind(juror.0)
        .fetch_one(conn)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Forgets a juror's draft on a film; with a revision only that one.
///
/// # Errors
/// The statement failed.
pub async fn forget(
    conn: &mut MySqlConnection,
    juror: UserId,
    film: FilmId,
    revision: Option<i64>,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new("DELETE FROM console_drafts WHERE id_user = ");
    query.push_bind(juror.0).push(" AND id_movie = ").push_bind(film.0);
    if let Some(revision) = revision {
        query.push(" AND revision = ").push_bind(revision);
    }
    query.build().execute(conn).await?;
    Ok(())
}

/// A juror's drafts on films that are there, or the one on this film: the newest first.
///
/// # Errors
/// The statement failed.
pub async fn of(
    conn: &mut MySqlConnection,
    shape: &Shape,
    juror: UserId,
    film: Option<FilmId>,
) -> Result<Vec<Kept>, StoreError> {
    let same_film = match shape.has(Table::Movies, "createdAt") {
        // As bytes, because the two may be collated differently.
        true => {
            "(d.born IS NULL OR CAST(m.createdAt AS CHAR) IS NULL \
             OR CAST(d.born AS BINARY) = CAST(CAST(m.createdAt AS CHAR) AS BINARY))"
        }
        false => "TRUE",
    };
    let mut query = QueryBuilder::new(format!(
        "SELECT d.id_movie, {}, d.note, d.comments, d.caret, d.revision, d.updated_at FROM console_drafts d \
         JOIN {} u ON u.id_user = d.id_user JOIN {} m ON m.id_movie = d.id_movie \
         WHERE d.user_created <=> {} AND {same_film} AND d.id_user = ",
        shape.select(Table::Movies, "m", "title"),
        shape.table(Table::Users),
        shape.table(Table::Movies),
        fingerprint(shape, "u")
    ));
    query.push_bind(juror.0);
    if let Some(film) = film {
        query.push(" AND d.id_movie = ").push_bind(film.0);
    }
    query.push(" ORDER BY d.updated_at DESC, d.id_movie");
    let mut drafts = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        drafts.push(kept(&row)?);
    }
    Ok(drafts)
}

fn kept(row: &MySqlRow) -> Result<Kept, StoreError> {
    let clock = || StoreError::Odd { column: "console_drafts.updated_at", detail: "not a moment".to_owned() };
    Ok(Kept {
        film: FilmId(int(row, 0)?),
        title: text(row, 1)?.to_owned(),
        note: maybe_text(row, 2)?.and_then(Note::from_sql),
        comments: text(row, 3)?.to_owned(),
        caret: cells::count(row, 4)?,
        revision: row.try_get(5)?,
        at: cells::moment(row, 6)?.ok_or_else(clock)?,
    })
}

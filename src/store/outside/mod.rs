//! What the console last knew of each film (`console_seen`), and what the web site changed of it (`console_outside`).

pub mod slips;
mod sums;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::mysql::MySqlRow;
use sqlx::{AssertSqlSafe, Connection, MySql, MySqlConnection, QueryBuilder, Row, Transaction};
use uuid::Uuid;

pub use self::sums::{Live, film, films as films_in, live};
use super::cells::{self, int, maybe_text, text};
use super::{Shape, StoreError, Table};
use crate::domain::outside::{Chunks, Film, Mark, Settled, Sums, What};
use crate::domain::{FilmId, MarkId, UserId, VoteId};

/// The name under which a look tells of changes in `console_topics`: only one process looks at a time.
pub const WRITER: Uuid = Uuid::from_u128(0x6f75_7473_6964_6500_0000_0000_0000_0001);

/// Changed films above which nobody is told which ones.
const MANY: usize = 5_000;

/// Longest title that is kept with a mark.
const TITLE: usize = 255;

/// Begins to read: everything as it was at one moment, whatever is written meanwhile.
///
/// # Errors
/// The statement failed.
pub async fn snapshot(conn: &mut MySqlConnection) -> Result<Transaction<'_, MySql>, StoreError> {
    sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").execute(&mut *conn).await?;
    Ok(conn.begin_with("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await?)
}

/// A film as the last look left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// What is watched.
    pub film: Film,
    /// Everything, as sums.
    pub sums: Sums,
    /// The newest ledger row of the film that is accounted for.
    pub ledger: i64,
}

/// The sums as they were last known.
///
/// # Errors
/// The statement failed.
pub async fn known(conn: &mut MySqlConnection) -> Result<Chunks, StoreError> {
    let rows = sqlx::query(
        "SELECT id_movie DIV 256 AS chunk, CAST(SUM(film_sum) AS UNSIGNED), CAST(SUM(panel_sum) AS UNSIGNED), \
         CAST(SUM(votes_sum) AS UNSIGNED), CAST(SUM(awards_sum) AS UNSIGNED) FROM console_seen GROUP BY chunk",
    );
    rows.fetch_all(conn).await?.iter().map(|row| Ok((row.try_get_unchecked(0)?, sums(row, 1)?))).collect()
}

fn sums(row: &MySqlRow, from: usize) -> Result<Sums, StoreError> {
    Ok(Sums {
        film: row.try_get_unchecked(from)?,
        panel: row.try_get_unchecked(from + 1)?,
        votes: row.try_get_unchecked(from + 2)?,
        awards: row.try_get_unchecked(from + 3)?,
    })
}

/// The films of some chunks as they were last known.
///
/// # Errors
/// The statement failed.
pub async fn seen(conn: &mut MySqlConnection, chunks: &[i64]) -> Result<BTreeMap<i32, Seen>, StoreError> {
    let sql = format!(
        "SELECT id_movie, born, status, watched, film_sum, panel_sum, votes_sum, awards_sum, ledger \
         FROM console_seen WHERE {}",
        sums::within(chunks)
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await?;
    let seen = |row: &MySqlRow| {
        let sums = sums(row, 4)?;
        let film = Film {
            born: maybe_text(row, 1)?.map(str::to_owned),
            status: text(row, 2)?.to_owned(),
            values: values(text(row, 3)?)?,
            voted: sums.votes != 0,
        };
        Ok((int(row, 0)?, Seen { film, sums, ledger: row.try_get_unchecked(8)? }))
    };
    rows.iter().map(seen).collect()
}

fn values(json: &str) -> Result<BTreeMap<What, Option<String>>, StoreError> {
    let odd = |error: serde_json::Error| StoreError::Odd { column: "console_seen.watched", detail: error.to_string() };
    let object: Map<String, Value> = serde_json::from_str(json).map_err(odd)?;
    let value = |(name, value): (String, Value)| Some((What::from_name(&name)?, value.as_str().map(str::to_owned)));
    Ok(object.into_iter().filter_map(value).collect())
}

/// Keeps films as they are known now.
///
/// # Errors
/// The statement failed.
pub async fn keep(conn: &mut MySqlConnection, films: &[(i32, Seen)], version: i64) -> Result<(), StoreError> {
    if films.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(
        "INSERT INTO console_seen (id_movie, born, status, watched, film_sum, panel_sum, votes_sum, awards_sum, ledger, \
         version) ",
    );
    query.push_values(films, |mut row, (id, seen)| {
        let watched: Map<String, Value> = (seen.film.values.iter())
            .map(|(what, value)| (what.name().to_owned(), value.clone().map_or(Value::Null, Value::String)))
            .collect();
        row.push_bind(*id).push_bind(&seen.film.born).push_bind(&seen.film.status);
        row.push_bind(Value::Object(watched).to_string());
        row.push_bind(seen.sums.film).push_bind(seen.sums.panel).push_bind(seen.sums.votes);
        row.push_bind(seen.sums.awards).push_bind(seen.ledger).push_bind(version);
    });
    query.push(
        " ON DUPLICATE KEY UPDATE born = VALUES(born), status = VALUES(status), watched = VALUES(watched), \
         film_sum = VALUES(film_sum), panel_sum = VALUES(panel_sum), votes_sum = VALUES(votes_sum), \
         awards_sum = VALUES(awards_sum), ledger = VALUES(ledger), version = VALUES(version)",
    );
    query.build().execute(conn).await?;
    Ok(())
}

/// Forgets films that are gone.
///
/// # Errors
/// The statement failed.
pub async fn forget(conn: &mut MySqlConnection, films: &[i32]) -> Result<(), StoreError> {
    if films.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("DELETE FROM console_seen WHERE id_movie IN (");
    cells::push_ids(&mut query, films);
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// A change of the web site's, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was changed, and how.
    pub mark: Mark,
    /// The film.
    pub film: FilmId,
    /// Its `createdAt`, because ids come again.
    pub born: Option<String>,
    /// Its title when the change was found.
    pub title: String,
    /// When it was found.
    pub found: DateTime<Utc>,
    /// How it was settled, and by which request; `None` while it is open.
    pub settled: Option<(Settled, Option<Uuid>)>,
}

const COLUMNS: &str =
    "id, id_movie, what, before_value, after_value, born, title, found_at, settled_how, settled_request";

fn kept(row: &MySqlRow) -> Result<Option<Kept>, StoreError> {
    let owned = |index| Ok::<_, StoreError>(maybe_text(row, index)?.map(str::to_owned));
    // A newer console may watch more.
    let Some(what) = What::from_name(text(row, 2)?) else { return Ok(None) };
    let mark = Mark { id: MarkId(int(row, 0)?), what, before: owned(3)?, after: owned(4)? };
    let request: Option<Vec<u8>> = row.try_get_unchecked(9)?;
    let request = request.map(|bytes| super::ledger::uuid(&bytes, "console_outside.settled_request")).transpose()?;
    Ok(Some(Kept {
        mark,
        film: FilmId(int(row, 1)?),
        born: owned(5)?,
        title: text(row, 6)?.to_owned(),
        found: row.try_get_unchecked(7)?,
        // However a newer console may have settled it, it is.
        settled: maybe_text(row, 8)?.map(|how| (Settled::from_name(how).unwrap_or(Settled::Decided), request)),
    }))
}

/// The open marks, all or those of some films, the newest first; with `lock` until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn open(conn: &mut MySqlConnection, films: Option<&[i32]>, lock: bool) -> Result<Vec<Kept>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_outside WHERE settled_at IS NULL"));
    if let Some(films) = films {
        query.push(" AND id_movie IN (");
        cells::push_ids(&mut query, films);
        query.push(")");
    }
    query.push(" ORDER BY id DESC");
    if lock {
        query.push(" FOR UPDATE");
    }
    query.build().fetch_all(conn).await?.iter().filter_map(|row| kept(row).transpose()).collect()
}

/// One mark, open or settled; with `lock` until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn one(conn: &mut MySqlConnection, mark: MarkId, lock: bool) -> Result<Option<Kept>, StoreError> {
    let lock = if lock { " FOR UPDATE" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM console_outside WHERE id = ?{lock}");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(mark.0).fetch_optional(conn).await?;
    row.as_ref().map(kept).transpose().map(Option::flatten)
}

/// The change of a film that a request settled.
///
/// # Errors
/// The statement failed.
pub async fn settled_by(conn: &mut MySqlConnection, film: FilmId, request: Uuid) -> Result<Option<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM console_outside WHERE settled_request = ? AND id_movie = ? FOR UPDATE");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(request.as_bytes().as_slice()).bind(film.0);
    let row = query.fetch_optional(conn).await?;
    row.as_ref().map(kept).transpose().map(Option::flatten)
}

/// How many films are gone without anybody having taken note.
///
/// # Errors
/// The statement failed.
pub async fn gone(conn: &mut MySqlConnection) -> Result<u32, StoreError> {
    let mut query =
        QueryBuilder::<MySql>::new("SELECT COUNT(*) FROM console_outside WHERE settled_at IS NULL AND what = 'gone'");
    cells::count(&query.build().fetch_one(conn).await?, 0)
}

/// The films of which something is marked, all or those among some.
///
/// # Errors
/// The statement failed.
pub async fn films(conn: &mut MySqlConnection, among: Option<&[i32]>) -> Result<HashSet<i32>, StoreError> {
    // A film that is gone is not in the lists, and its id may be another's.
    let mut query =
        QueryBuilder::new("SELECT DISTINCT id_movie FROM console_outside WHERE settled_at IS NULL AND what <> 'gone'");
    if let Some(among) = among {
        query.push(" AND id_movie IN (");
        cells::push_ids(&mut query, among);
        query.push(")");
    }
    query.build().fetch_all(conn).await?.iter().map(|row| int(row, 0)).collect()
}

/// How many marks are open.
///
/// # Errors
/// The statement failed.
pub async fn count(conn: &mut MySqlConnection) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM console_outside WHERE settled_at IS NULL");
    Ok(count.fetch_one(conn).await?)
}

/// Marks changes of the web site's.
///
/// # Errors
/// The statement failed.
pub async fn mark(
    conn: &mut MySqlConnection,
    film: FilmId,
    born: Option<&str>,
    title: &str,
    change: (What, Option<&str>, Option<&str>),
    version: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_outside (id_movie, born, title, what, before_value, after_value, found_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), ?)",
    )
    .bind(film.0)
    .bind(born)
    .bind(title.chars().take(TITLE).collect::<String>())
    .bind(change.0.name())
    .bind(change.1)
    .bind(change.2)
    .bind(version)
    .execute(conn)
    .await?;
    Ok(())
}

/// The site has changed a marked value once more.
///
/// # Errors
/// The statement failed.
pub async fn set_after(
    conn: &mut MySqlConnection,
    mark: MarkId,
    after: Option<&str>,
    version: i64,
) -> Result<(), StoreError> {
    let query = sqlx::query("UPDATE console_outside SET after_value = ?, version = ? WHERE id = ?");
    query.bind(after).bind(version).bind(mark.0).execute(conn).await?;
    Ok(())
}

/// Who settles a mark, and how.
#[derive(Clone, Copy, Debug)]
pub struct Settling {
    /// How.
    pub how: Settled,
    /// Who; nobody for the console itself.
    pub by: Option<UserId>,
    /// The request by which they did, so that undoing it opens the mark again.
    pub request: Option<Uuid>,
    /// The version under which other processes hear of it, where the ledger does not tell them.
    pub version: Option<i64>,
}

impl Settling {
    fn push(self, query: &mut QueryBuilder<MySql>) {
        query.push("UPDATE console_outside SET settled_at = UTC_TIMESTAMP(3), settled_how = ");
        query.push_bind(self.how.name()).push(", settled_by = ").push_bind(self.by.map(|user| user.0));
        query.push(", settled_request = ").push_bind(self.request.map(|id| id.as_bytes().to_vec()));
        if let Some(version) = self.version {
            query.push(", version = ").push_bind(version);
        }
        query.push(" WHERE settled_at IS NULL AND ");
    }
}

/// Settles a mark.
///
/// # Errors
/// The statement failed.
pub async fn settle(conn: &mut MySqlConnection, mark: MarkId, settling: Settling) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new("");
    settling.push(&mut query);
    query.push("id = ").push_bind(mark.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// Settles what is marked of some films, because staff have written these values themselves. To be called in the
/// transaction that writes them.
///
/// # Errors
/// The statement failed.
pub async fn decide(
    conn: &mut MySqlConnection,
    films: &[i32],
    what: &[What],
    by: Option<UserId>,
    request: Uuid,
) -> Result<(), StoreError> {
    if films.is_empty() || what.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("");
    Settling { how: Settled::Decided, by, request: Some(request), version: None }.push(&mut query);
    query.push("id_movie IN (");
    cells::push_ids(&mut query, films);
    query.push(") AND what IN (");
    let mut list = query.separated(", ");
    for what in what {
        list.push_bind(what.name());
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// Settles what is marked of one ballot, because staff have decided on it. To be called in the transaction that does.
///
/// # Errors
/// The statement failed.
pub async fn decide_ballot(
    conn: &mut MySqlConnection,
    film: FilmId,
    vote: VoteId,
    by: Option<UserId>,
    request: Uuid,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new("");
    Settling { how: Settled::Decided, by, request: Some(request), version: None }.push(&mut query);
    query.push("id_movie = ").push_bind(film.0).push(" AND after_value LIKE ");
    query.push_bind(format!("{{\"vote\":{vote},%"));
    query.build().execute(conn).await?;
    Ok(())
}

/// Opens what a request settled of a film again: it is being undone.
///
/// # Errors
/// The statement failed.
pub async fn reopen(conn: &mut MySqlConnection, film: FilmId, request: Uuid) -> Result<(), StoreError> {
    let query = sqlx::query(
        "UPDATE console_outside SET settled_at = NULL, settled_how = NULL, settled_by = NULL, settled_request = NULL \
         WHERE settled_request = ? AND id_movie = ?",
    );
    query.bind(request.as_bytes().as_slice()).bind(film.0).execute(conn).await?;
    Ok(())
}

/// The films that looks told of after a version; `None` where they are too many to name.
///
/// # Errors
/// The statement failed.
pub async fn ids_since(conn: &mut MySqlConnection, version: i64) -> Result<Option<Vec<i32>>, StoreError> {
    let sql = format!(
        "SELECT id_movie FROM console_seen WHERE version > ? UNION \
         SELECT id_movie FROM console_outside WHERE version > ? LIMIT {}",
        MANY + 1
    );
    let ids: Vec<i32> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(version).bind(version).fetch_all(conn).await?;
    Ok(Some(ids).filter(|ids| ids.len() <= MANY))
}

/// Writes a watched column of a locked film.
///
/// # Errors
/// The statement failed.
pub async fn put_back(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    what: What,
    value: Option<&str>,
) -> Result<(), StoreError> {
    let table = shape.table(Table::Movies);
    let mut query = QueryBuilder::new(format!("UPDATE {table} SET {} = ", what.name()));
    query.push_bind(value).push(shape.touch(Table::Movies)).push(" WHERE id_movie = ").push_bind(film.0);
    query.build().execute(conn).await?;
    Ok(())
}

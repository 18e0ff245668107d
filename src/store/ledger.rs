//! `console_ledger`: every change of the festival's data, written in the transaction that makes it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder, Row};
use uuid::Uuid;

use super::StoreError;
use crate::api::Topic;
use crate::domain::UserId;

/// One change. Never holds a secret.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The request that made it; with `sequence` unique, so that nothing is done twice.
    pub request_id: Uuid,
    /// Its number within the request, from 0.
    pub sequence: i32,
    /// Who; `None` is the operator, who holds the database's own credentials.
    pub actor: Option<UserId>,
    /// Their name as it was then.
    pub actor_name: String,
    /// From where (`terminal alice@host`, `ssh 10.0.0.7`, `call`).
    pub origin: String,
    /// The request's name, or `undo`.
    pub action: String,
    /// The area it belongs to.
    pub topic: Topic,
    /// The row.
    pub subject: Option<i32>,
    /// The values before.
    pub before: Option<Value>,
    /// The values after.
    pub after: Option<Value>,
    /// The rationale.
    pub reason: Option<String>,
    /// Whether the rationale stays in the console.
    pub private: bool,
    /// Whether a rule was overruled.
    pub forced: bool,
    /// The ledger row that this one takes back.
    pub undoes: Option<i64>,
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its id.
    pub id: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What it says.
    pub entry: Entry,
}

/// What lines are read from. What was kept of a deleted film may be large and has a way of its own ([`before`]).
const COLUMNS: &str = "id, request_id, sequence, at, actor, actor_name, origin, action, topic, subject, \
    CASE WHEN before_state LIKE '{\"trash\":%' THEN NULL ELSE before_state END AS before_state, after_state, \
    reason, private, forced, undoes";

/// Rows that are written by one statement, at most.
const ROWS: usize = 50;
/// Bytes of states that are written by one statement, about; a single row may have more.
const BYTES: usize = 500_000;

/// Writes rows, each with the version under which other processes find it. Called when a transaction [ends](super::tx).
pub(crate) async fn insert(
    conn: &mut MySqlConnection,
    entries: &[(&Entry, i64)],
    writer: Uuid,
) -> Result<(), StoreError> {
    let state = |state: &Option<Value>| state.as_ref().map(Value::to_string);
    let mut rest: Vec<_> =
        entries.iter().map(|(e, version)| (*e, *version, state(&e.before), state(&e.after))).collect();
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take(ROWS).take_while(|(.., before, after)| {
            bytes += [before, after].into_iter().flatten().map(String::len).sum::<usize>();
            bytes <= BYTES
        });
        let count = fits.count().max(1);
        let mut query = QueryBuilder::new(
            "INSERT INTO console_ledger (request_id, sequence, at, actor, actor_name, origin, action, topic, subject, \
             before_state, after_state, reason, private, forced, undoes, writer, version) ",
        );
        query.push_values(rest.drain(..count), |mut row, (entry, version, before, after)| {
            row.push_bind(entry.request_id.as_bytes().to_vec()).push_bind(entry.sequence).push("UTC_TIMESTAMP(3)");
            row.push_bind(entry.actor.map(|id| id.0)).push_bind(clip(&entry.actor_name)).push_bind(clip(&entry.origin));
            row.push_bind(&entry.action).push_bind(entry.topic.name()).push_bind(entry.subject);
            row.push_bind(before).push_bind(after).push_bind(&entry.reason).push_bind(entry.private);
            row.push_bind(entry.forced)
                .push_bind(entry.undoes)
                .push_bind(writer.as_bytes().to_vec())
                .push_bind(version);
        });
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// The rows of a request, in their order: what it did, or nothing if it never happened.
///
/// # Errors
/// The statement failed.
pub async fn operation(conn: &mut MySqlConnection, request_id: Uuid) -> Result<Vec<Line>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_ledger WHERE request_id = "));
    query.push_bind(request_id.as_bytes().as_slice()).push(" ORDER BY sequence");
    lines(conn, query).await
}

/// The same for some of its steps, from one number to another.
///
/// # Errors
/// The statement failed.
pub async fn part(conn: &mut MySqlConnection, request_id: Uuid, from: i32, to: i32) -> Result<Vec<Line>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_ledger WHERE request_id = "));
    query.push_bind(request_id.as_bytes().as_slice()).push(" AND sequence BETWEEN ").push_bind(from);
    query.push(" AND ").push_bind(to).push(" ORDER BY sequence");
    lines(conn, query).await
}

/// The state before one step of a request, as it was written.
///
/// # Errors
/// The statement failed.
pub async fn before(conn: &mut MySqlConnection, request_id: Uuid, sequence: i32) -> Result<Option<String>, StoreError> {
    let found: Option<Option<String>> =
        sqlx::query_scalar("SELECT before_state FROM console_ledger WHERE request_id = ? AND sequence = ?")
            .bind(request_id.as_bytes().as_slice())
            .bind(sequence)
            .fetch_optional(conn)
            .await?;
    Ok(found.flatten())
}

/// One step of a request that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The ledger row.
    pub id: i64,
    /// Its number within the request.
    pub sequence: i32,
    /// Who.
    pub actor: Option<UserId>,
    /// The request's name.
    pub action: String,
    /// The row that it changed.
    pub subject: Option<i32>,
    /// The ledger row that it takes back.
    pub undoes: Option<i64>,
}

/// What was done with a film.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// The ledger row.
    pub id: i64,
    /// The film.
    pub film: i32,
    /// The request's name, or `undo`.
    pub action: String,
    /// The values after.
    pub after: Option<Value>,
}

/// Id, sequence, actor, action, subject and what it undoes.
type RawStep = (i64, i32, Option<i32>, String, Option<i32>, Option<i64>);

/// Which steps of a request were done, from one number to another, without what they changed.
///
/// # Errors
/// The statement failed.
pub async fn steps(conn: &mut MySqlConnection, request_id: Uuid, from: i32, to: i32) -> Result<Vec<Step>, StoreError> {
    let rows: Vec<RawStep> = sqlx::query_as(
        "SELECT id, sequence, actor, action, subject, undoes FROM console_ledger \
         WHERE request_id = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
    )
    .bind(request_id.as_bytes().as_slice())
    .bind(from)
    .bind(to)
    .fetch_all(conn)
    .await?;
    let step = |(id, sequence, actor, action, subject, undoes): (_, _, Option<i32>, _, _, _)| Step {
        id,
        sequence,
        actor: actor.map(UserId),
        action,
        subject,
        undoes,
    };
    Ok(rows.into_iter().map(step).collect())
}

/// Whether a row stands there for good. Waits for a transaction that has written it and not ended yet, so the answer
/// also holds right after a lost connection. Call it inside a transaction.
pub(crate) async fn is_settled(
    conn: &mut MySqlConnection,
    request_id: Uuid,
    sequence: i32,
) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT id FROM console_ledger WHERE request_id = ? AND sequence = ? FOR UPDATE")
        .bind(request_id.as_bytes().as_slice())
        .bind(sequence)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// The newest operation of somebody, of these actions, of which nothing has been undone yet. An undo itself is none.
///
/// # Errors
/// The statement failed.
pub async fn last_undoable(
    conn: &mut MySqlConnection,
    actor: Option<UserId>,
    actions: &[&str],
) -> Result<Option<Uuid>, StoreError> {
    if actions.is_empty() {
        return Ok(None);
    }
    let mut query = QueryBuilder::new("SELECT l.request_id FROM console_ledger l WHERE l.actor <=> ");
    query.push_bind(actor.map(|id| id.0)).push(" AND l.undoes IS NULL AND l.action IN (");
    let mut list = query.separated(", ");
    for action in actions {
        list.push_bind(*action);
    }
    query.push(
        ") AND NOT EXISTS (SELECT 1 FROM console_ledger d JOIN console_ledger u ON u.undoes = d.id \
         WHERE d.request_id = l.request_id) ORDER BY l.id DESC LIMIT 1",
    );
    let found: Option<Vec<u8>> = query.build_query_scalar().fetch_optional(conn).await?;
    found.map(|bytes| uuid(&bytes, "console_ledger.request_id")).transpose()
}

/// The rows of an operation that were taken back, of its steps from one number to another.
///
/// # Errors
/// The statement failed.
pub async fn taken_back(
    conn: &mut MySqlConnection,
    request_id: Uuid,
    from: i32,
    to: i32,
) -> Result<HashSet<i64>, StoreError> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT d.id FROM console_ledger d JOIN console_ledger u ON u.undoes = d.id \
         WHERE d.request_id = ? AND d.sequence BETWEEN ? AND ?",
    )
    .bind(request_id.as_bytes().as_slice())
    .bind(from)
    .bind(to)
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().collect())
}

/// The request that wrote a row.
///
/// # Errors
/// The statement failed.
pub async fn request_of(conn: &mut MySqlConnection, id: i64) -> Result<Option<Uuid>, StoreError> {
    let found: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT request_id FROM console_ledger WHERE id = ?").bind(id).fetch_optional(conn).await?;
    found.map(|bytes| uuid(&bytes, "console_ledger.request_id")).transpose()
}

/// What was done with one row, the newest first.
///
/// # Errors
/// The statement failed.
pub async fn story(
    conn: &mut MySqlConnection,
    topic: Topic,
    subject: i32,
    limit: u32,
) -> Result<Vec<Line>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_ledger WHERE topic = "));
    query.push_bind(topic.name()).push(" AND subject = ").push_bind(subject);
    query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
    lines(conn, query).await
}

/// What somebody did with films, of these actions, the newest first.
///
/// # Errors
/// The statement failed.
pub async fn by_actor(
    conn: &mut MySqlConnection,
    actor: UserId,
    actions: &[&str],
    limit: u32,
) -> Result<Vec<Line>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_ledger WHERE actor = "));
    query.push_bind(actor.0).push(" AND topic = ").push_bind(Topic::Films.name()).push(" AND action IN (");
    let mut list = query.separated(", ");
    for action in actions {
        list.push_bind(*action);
    }
    query.push(") AND undoes IS NULL ORDER BY id DESC LIMIT ").push_bind(limit);
    lines(conn, query).await
}

/// What the console did with films after a row of the ledger: each with its film, the oldest first.
///
/// # Errors
/// The statement failed.
pub async fn of_films(conn: &mut MySqlConnection, films: &[i32], after: i64) -> Result<Vec<Deed>, StoreError> {
    let mut query = QueryBuilder::new("SELECT id, subject, action, after_state FROM console_ledger WHERE topic = ");
    query.push_bind(Topic::Films.name()).push(" AND subject IN (");
    super::cells::push_ids(&mut query, films);
    query.push(") AND id > ").push_bind(after).push(" ORDER BY id");
    deeds(conn, query).await
}

/// What the console wrote into ballots on films, the oldest first: only of deeds that tell of one, without the states of
/// all others.
///
/// # Errors
/// The statement failed.
pub async fn of_ballots(conn: &mut MySqlConnection, films: &[i32]) -> Result<Vec<Deed>, StoreError> {
    let mut query = QueryBuilder::new("SELECT id, subject, action, after_state FROM console_ledger WHERE topic = ");
    query.push_bind(Topic::Films.name()).push(" AND subject IN (");
    super::cells::push_ids(&mut query, films);
    // A ballot that a settlement wrote names its juror; whoever undoes that may have written it too.
    query.push(
        ") AND (action = 'cast_vote' OR (action IN ('settle_outside', 'undo') AND after_state LIKE '%\"juror\":%')) \
         ORDER BY id",
    );
    deeds(conn, query).await
}

/// The newest row about each of some films, by film.
///
/// # Errors
/// The statement failed.
pub async fn newest(conn: &mut MySqlConnection, films: &[i32]) -> Result<HashMap<i32, i64>, StoreError> {
    let mut query = QueryBuilder::new("SELECT subject, MAX(id) FROM console_ledger WHERE topic = ");
    query.push_bind(Topic::Films.name()).push(" AND subject IN (");
    super::cells::push_ids(&mut query, films);
    query.push(") GROUP BY subject");
    let rows: Vec<(i32, i64)> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

async fn deeds(conn: &mut MySqlConnection, mut query: QueryBuilder<sqlx::MySql>) -> Result<Vec<Deed>, StoreError> {
    let rows: Vec<(i64, i32, String, Option<String>)> = query.build_query_as().fetch_all(conn).await?;
    let odd = |error: serde_json::Error| StoreError::Odd { column: "console_ledger", detail: error.to_string() };
    let deed = |(id, film, action, after): (i64, i32, String, Option<String>)| {
        Ok(Deed { id, film, action, after: after.as_deref().map(serde_json::from_str).transpose().map_err(odd)? })
    };
    rows.into_iter().map(deed).collect()
}

/// The rows that a writer changed after a version it was last seen at; `None` where it does not say which.
///
/// # Errors
/// The statement failed.
pub async fn ids_since(
    conn: &mut MySqlConnection,
    topic: Topic,
    writer: Uuid,
    version: i64,
) -> Result<Option<Vec<i32>>, StoreError> {
    let subjects: Vec<Option<i32>> = sqlx::query_scalar(
        "SELECT DISTINCT subject FROM console_ledger WHERE writer = ? AND version > ? AND topic = ? ORDER BY subject",
    )
    .bind(writer.as_bytes().as_slice())
    .bind(version)
    .bind(topic.name())
    .fetch_all(conn)
    .await?;
    // No row at all: something was changed that the ledger does not tell of.
    if subjects.is_empty() { Ok(None) } else { Ok(subjects.into_iter().collect()) }
}

async fn lines(conn: &mut MySqlConnection, mut query: QueryBuilder<sqlx::MySql>) -> Result<Vec<Line>, StoreError> {
    query.build().fetch_all(conn).await?.iter().map(line).collect()
}

fn line(row: &MySqlRow) -> Result<Line, StoreError> {
    let topic: &str = row.try_get("topic")?;
    let odd = |column, detail: &str| StoreError::Odd { column, detail: detail.to_owned() };
    let topic = Topic::ALL.into_iter().find(|t| t.name() == topic).ok_or_else(|| odd("console_ledger.topic", topic))?;
    let json = |column: &'static str| -> Result<Option<Value>, StoreError> {
        let text: Option<&str> = row.try_get(column)?;
        text.map(serde_json::from_str).transpose().map_err(|error| odd("console_ledger", &error.to_string()))
    };
    Ok(Line {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        entry: Entry {
            request_id: uuid(row.try_get("request_id")?, "console_ledger.request_id")?,
            sequence: row.try_get("sequence")?,
            actor: row.try_get::<Option<i32>, _>("actor")?.map(UserId),
            actor_name: row.try_get("actor_name")?,
            origin: row.try_get("origin")?,
            action: row.try_get("action")?,
            topic,
            subject: row.try_get("subject")?,
            before: json("before_state")?,
            after: json("after_state")?,
            reason: row.try_get("reason")?,
            private: row.try_get("private")?,
            forced: row.try_get("forced")?,
            undoes: row.try_get("undoes")?,
        },
    })
}

pub(crate) fn uuid(bytes: &[u8], column: &'static str) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|error| StoreError::Odd { column, detail: error.to_string() })
}

/// Names and origins come from outside: at most what their columns hold.
fn clip(text: &str) -> String {
    text.chars().take(255).collect()
}

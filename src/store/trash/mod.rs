//! The trash: `console_trash` lists the films that were deleted and not restored, the ledger keeps each as one document.

mod document;
mod putting_back;

use chrono::{DateTime, Utc};
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder, Row};
use uuid::Uuid;

use super::{Entry, StoreError, ledger};
use crate::api::trash::{Hung, TrashRow};
use crate::domain::FilmId;

pub use document::{Document, gather, load, strangers, take_out};
pub use putting_back::{Obstacle, PutBack, put_back};

/// A film in the trash, with the moment by which its id still means this film.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What is told of it.
    pub row: TrashRow,
    /// Its `createdAt` as the server wrote it.
    pub fingerprint: Option<String>,
}

const COLUMNS: &str =
    "request_id, sequence, id_movie, fingerprint, title, deleted_at, deleted_by_name, origin, reason, hung";

/// Puts a film into the trash. The ledger's row of the same request and number has to hold the document.
///
/// # Errors
/// The statement failed.
pub async fn insert(conn: &mut MySqlConnection, entry: &Entry, document: &Document) -> Result<(), StoreError> {
    let hung = serde_json::to_string(&document.hung())
        .map_err(|error| StoreError::Odd { column: "console_trash.hung", detail: error.to_string() })?;
    sqlx::query(
        "INSERT INTO console_trash (request_id, sequence, id_movie, fingerprint, title, deleted_at, deleted_by, \
         deleted_by_name, origin, reason, hung) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3), ?, ?, ?, ?, ?)",
    )
    .bind(entry.request_id.as_bytes().as_slice())
    .bind(entry.sequence)
    .bind(entry.subject)
    .bind(document.fingerprint())
    .bind(document.title())
    .bind(entry.actor.map(|id| id.0))
    .bind(entry.actor_name.chars().take(255).collect::<String>())
    .bind(entry.origin.chars().take(255).collect::<String>())
    .bind(&entry.reason)
    .bind(hung)
    .execute(conn)
    .await?;
    Ok(())
}

/// Everything in the trash, the newest first.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection) -> Result<Vec<Kept>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT {COLUMNS} FROM console_trash ORDER BY deleted_at DESC, request_id, sequence"
    ));
    query.build().fetch_all(conn).await?.iter().map(kept).collect()
}

/// The newest in the trash that has this id, was deleted by this operation, or both.
///
/// # Errors
/// The statement failed.
pub async fn find(
    conn: &mut MySqlConnection,
    film: Option<FilmId>,
    operation: Option<Uuid>,
) -> Result<Vec<Kept>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_trash WHERE TRUE"));
    if let Some(film) = film {
        query.push(" AND id_movie = ").push_bind(film.0);
    }
    if let Some(operation) = operation {
        query.push(" AND request_id = ").push_bind(operation.as_bytes().to_vec());
    }
    query.push(" ORDER BY deleted_at DESC, sequence LIMIT 2");
    query.build().fetch_all(conn).await?.iter().map(kept).collect()
}

/// Takes a film out of the trash; `false` if somebody else did.
///
/// # Errors
/// The statement failed.
pub async fn take(conn: &mut MySqlConnection, kept: &Kept) -> Result<bool, StoreError> {
    let taken = sqlx::query("DELETE FROM console_trash WHERE request_id = ? AND sequence = ?")
        .bind(kept.row.operation.as_bytes().as_slice())
        .bind(kept.row.sequence)
        .execute(conn)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// What the ledger keeps of a film in the trash.
///
/// # Errors
/// The statement failed, or the ledger's row is not there or no document.
pub async fn document(conn: &mut MySqlConnection, kept: &Kept) -> Result<Document, StoreError> {
    let odd = |detail: String| StoreError::Odd { column: "console_ledger.before_state", detail };
    let found = ledger::before(conn, kept.row.operation, kept.row.sequence).await?;
    let text = found.ok_or_else(|| odd(format!("what was kept of the film {} is gone", kept.row.film)))?;
    Document::parse(&text).map_err(odd)
}

/// The largest statement that the server takes, in bytes.
///
/// # Errors
/// The statement failed.
pub async fn largest(conn: &mut MySqlConnection) -> Result<usize, StoreError> {
    let bytes: i64 = sqlx::query_scalar("SELECT CAST(@@max_allowed_packet AS SIGNED)").fetch_one(conn).await?;
    Ok(usize::try_from(bytes).unwrap_or(usize::MAX))
}

fn kept(row: &MySqlRow) -> Result<Kept, StoreError> {
    let hung: &str = row.try_get("hung")?;
    let at: DateTime<Utc> = row.try_get("deleted_at")?;
    let fingerprint = row.try_get("fingerprint")?;
    let row = TrashRow {
        film: FilmId(row.try_get("id_movie")?),
        title: row.try_get("title")?,
        at,
        who: row.try_get("deleted_by_name")?,
        origin: row.try_get("origin")?,
        reason: row.try_get("reason")?,
        // A form of another version tells less, and that is all.
        hung: serde_json::from_str::<Hung>(hung).unwrap_or_default(),
        operation: ledger::uuid(row.try_get("request_id")?, "console_trash.request_id")?,
        sequence: row.try_get("sequence")?,
    };
    Ok(Kept { row, fingerprint })
}

//! `console_changes`: changes of accounts that end sessions. They are numbered by the guard of accounts, so that whoever
//! knows the last one before a sign-in knows all that came after it, whatever the clocks say.

use sqlx::{MySqlConnection, Row};
use uuid::Uuid;

use super::StoreError;
use super::cells::{int, maybe_text};
use super::ledger::uuid;
use crate::domain::UserId;

/// Days after which a change is forgotten; no session lasts as long.
const KEPT_DAYS: u32 = 90;

/// A change that ends sessions which began before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub id: i64,
    /// Of whose account.
    pub user: UserId,
    /// Only those that signed in by this key.
    pub key: Option<String>,
    /// But not this one, in which it was asked for.
    pub spared: Option<Uuid>,
}

/// The number of the last change. To be read before what a sign-in is judged by.
///
/// # Errors
/// The statement failed.
pub async fn last(conn: &mut MySqlConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM console_changes").fetch_one(conn).await?)
}

/// Writes a change down, under the guard of accounts.
///
/// # Errors
/// The statement failed.
pub async fn record(
    conn: &mut MySqlConnection,
    user: UserId,
    key: Option<&str>,
    spared: Option<Uuid>,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO console_changes (id, id_user, key_fingerprint, spared, changed_at) \
         SELECT CAST(value AS SIGNED), ?, ?, ?, UTC_TIMESTAMP(3) FROM console_meta WHERE name = 'guard.accounts'",
    );
    let spared = spared.map(|visit| visit.as_bytes().to_vec());
    query.bind(user.0).bind(key).bind(spared).execute(conn).await?;
    Ok(())
}

/// The changes after one.
///
/// # Errors
/// The statement failed.
pub async fn since(conn: &mut MySqlConnection, id: i64) -> Result<Vec<Change>, StoreError> {
    let query =
        sqlx::query("SELECT id, id_user, key_fingerprint, spared FROM console_changes WHERE id > ? ORDER BY id");
    let rows = query.bind(id).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let spared: Option<Vec<u8>> = row.try_get(3)?;
            let spared = spared.map(|bytes| uuid(&bytes, "console_changes.spared")).transpose()?;
            let key = maybe_text(row, 2)?.map(str::to_owned);
            Ok(Change { id: row.try_get(0)?, user: UserId(int(row, 1)?), key, spared })
        })
        .collect()
}

/// Forgets changes of long ago.
///
/// # Errors
/// The statement failed.
pub async fn sweep(conn: &mut MySqlConnection) -> Result<u64, StoreError> {
    let query =
        sqlx::query("DELETE FROM console_changes WHERE changed_at < UTC_TIMESTAMP(3) - INTERVAL ? DAY LIMIT 5000");
    Ok(query.bind(KEPT_DAYS).execute(conn).await?.rows_affected())
}

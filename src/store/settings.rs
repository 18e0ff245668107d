//! `console_settings`: the festival's settings that differ from their defaults.

use std::collections::BTreeMap;

use sqlx::MySqlConnection;

use super::StoreError;
use crate::domain::UserId;

/// Every setting that has a row.
///
/// # Errors
/// The statement failed.
pub async fn all(conn: &mut MySqlConnection) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT name, value FROM console_settings").fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

/// One setting's row, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn lock(conn: &mut MySqlConnection, name: &str) -> Result<Option<String>, StoreError> {
    let value = sqlx::query_scalar("SELECT value FROM console_settings WHERE name = ? FOR UPDATE")
        .bind(name)
        .fetch_optional(conn)
        .await?;
    Ok(value)
}

/// Writes a setting; `None` takes its row away, so that the default holds again.
///
/// # Errors
/// The statement failed.
pub async fn set(
    conn: &mut MySqlConnection,
    name: &str,
    value: Option<&str>,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            sqlx::query(
                "INSERT INTO console_settings (name, value, updated_at, updated_by) \
                 VALUES (?, ?, UTC_TIMESTAMP(3), ?) ON DUPLICATE KEY UPDATE \
                 value = VALUES(value), updated_at = VALUES(updated_at), updated_by = VALUES(updated_by)",
            )
            .bind(name)
            .bind(value)
            .bind(by.map(|id| id.0))
            .execute(conn)
            .await?;
        }
        None => {
            sqlx::query("DELETE FROM console_settings WHERE name = ?").bind(name).execute(conn).await?;
        }
    }
    Ok(())
}

//! `console_preferences`: what somebody keeps for themselves, wherever they sign in.

use sqlx::MySqlConnection;

use super::StoreError;
use crate::api::setting::PreferenceRow;
use crate::domain::UserId;

/// Everything that somebody keeps, by name.
///
/// # Errors
/// The statement failed.
pub async fn of(conn: &mut MySqlConnection, user: UserId) -> Result<Vec<PreferenceRow>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT name, value FROM console_preferences WHERE id_user = ? ORDER BY name")
            .bind(user.0)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(name, value)| PreferenceRow { name, value: Some(value) }).collect())
}

/// Keeps a value; `None` forgets it.
///
/// # Errors
/// The statement failed.
pub async fn set(conn: &mut MySqlConnection, user: UserId, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    let Some(value) = value else {
        let query = sqlx::query("DELETE FROM console_preferences WHERE id_user = ? AND name = ?");
        query.bind(user.0).bind(name).execute(conn).await?;
        return Ok(());
    };
    sqlx::query(
        "INSERT INTO console_preferences (id_user, name, value, updated_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3)) \
         ON DUPLICATE KEY UPDATE value = VALUES(value), updated_at = VALUES(updated_at)",
    )
    .bind(user.0)
    .bind(name)
    .bind(value)
    .execute(conn)
    .await?;
    Ok(())
}

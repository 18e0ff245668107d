//! `console_meta`: what this database is to the console.

use sqlx::MySqlConnection;

use super::StoreError;

/// Where the platform's tables come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The console made them in an empty database.
    Fresh,
    /// The web site's own.
    Adopted,
}

impl Origin {
    /// Its spelling in the table.
    pub fn as_sql(self) -> &'static str {
        match self {
            Origin::Fresh => "fresh",
            Origin::Adopted => "adopted",
        }
    }
}

/// Where the platform's tables come from; a database that does not say is taken for the web site's.
///
/// # Errors
/// The statement failed.
pub async fn origin(conn: &mut MySqlConnection) -> Result<Origin, StoreError> {
    let origin = get(conn, "origin").await?;
    Ok(if origin.as_deref() == Some("fresh") { Origin::Fresh } else { Origin::Adopted })
}

/// One value.
///
/// # Errors
/// The statement failed.
pub async fn get(conn: &mut MySqlConnection, name: &str) -> Result<Option<String>, StoreError> {
    let value = sqlx::query_scalar("SELECT value FROM console_meta WHERE name = ?").bind(name);
    Ok(value.fetch_optional(conn).await?)
}

/// Writes one value.
///
/// # Errors
/// The statement failed.
pub async fn set(conn: &mut MySqlConnection, name: &str, value: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO console_meta (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)")
        .bind(name)
        .bind(value)
        .execute(conn)
        .await?;
    Ok(())
}

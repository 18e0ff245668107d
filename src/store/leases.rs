//! `console_leases`: which process does what only one should do. By the server's clock alone.

use sqlx::MySqlConnection;
use uuid::Uuid;

use super::StoreError;

/// The right to look for what the web site changed.
pub const LOOK: &str = "look";

/// Who has a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// This process, without a break since it was asked last.
    Still,
    /// This process, from now on: others may have had it in between.
    Anew,
    /// Another process.
    Elsewhere,
}

/// Renews a lease, or takes one that is free, for so many seconds.
///
/// # Errors
/// The statement failed; somebody else's lease is none.
pub async fn hold(conn: &mut MySqlConnection, name: &str, holder: Uuid, seconds: u64) -> Result<Held, StoreError> {
    if renew(&mut *conn, name, holder, seconds).await? {
        return Ok(Held::Still);
    }
    let taken = sqlx::query(
        "UPDATE console_leases SET holder = ?, until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND \
         WHERE name = ? AND until <= UTC_TIMESTAMP(3)",
    )
    .bind(holder.as_bytes().as_slice())
    .bind(seconds)
    .bind(name)
    .execute(&mut *conn)
    .await?;
    if taken.rows_affected() > 0 {
        return Ok(Held::Anew);
    }
    let there: Option<String> = sqlx::query_scalar("SELECT name FROM console_leases WHERE name = ?")
        .bind(name)
        .fetch_optional(&mut *conn)
        .await?;
    if there.is_some() {
        return Ok(Held::Elsewhere);
    }
    let made = sqlx::query(
        "INSERT INTO console_leases (name, holder, until) VALUES (?, ?, UTC_TIMESTAMP(3) + INTERVAL ? SECOND)",
    )
    .bind(name)
    .bind(holder.as_bytes().as_slice())
    .bind(seconds)
    .execute(conn)
    .await
    .map_err(StoreError::from);
    match made {
        Ok(_) => Ok(Held::Anew),
        // Two came first at once.
        Err(error) if error.is_duplicate() => Ok(Held::Elsewhere),
        Err(error) => Err(error),
    }
}

/// Prolongs one's own lease; `false` if it is no more. Inside a transaction nobody else can take it until that ends.
///
/// # Errors
/// The statement failed.
pub async fn renew(conn: &mut MySqlConnection, name: &str, holder: Uuid, seconds: u64) -> Result<bool, StoreError> {
    let renewed = sqlx::query(
        "UPDATE console_leases SET until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND \
         WHERE name = ? AND holder = ? AND until > UTC_TIMESTAMP(3)",
    )
    .bind(seconds)
    .bind(name)
    .bind(holder.as_bytes().as_slice())
    .execute(conn)
    .await?;
    Ok(renewed.rows_affected() > 0)
}

/// Gives a lease back, so that the next one need not wait for its end.
///
/// # Errors
/// The statement failed.
pub async fn give_back(conn: &mut MySqlConnection, name: &str, holder: Uuid) -> Result<(), StoreError> {
    sqlx::query("UPDATE console_leases SET until = '1970-01-01 00:00:01' WHERE name = ? AND holder = ?")
        .bind(name)
        .bind(holder.as_bytes().as_slice())
        .execute(conn)
        .await?;
    Ok(())
}

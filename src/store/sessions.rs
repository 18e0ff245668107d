//! Tokens by which a computer is known again, SSH keys, and wrong passwords that somebody has to wait for.

use chrono::{DateTime, Utc};
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder, Row};

use super::cells::{self, int, text};
use super::people::fingerprint;
use super::{Shape, StoreError, Table};
use crate::domain::UserId;
use crate::domain::throttle::Failures;

/// Days after which a token that nobody used is worth nothing.
const TOKEN_DAYS: u32 = 30;
/// Minutes after which wrong passwords are forgotten.
const FORGET_MINUTES: u32 = 15;

/// A token's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub user: UserId,
    /// The digest of the password's hash when it was made.
    pub password_mark: Vec<u8>,
    /// Whether it was not used for an hour, so that this is worth writing down.
    pub stale: bool,
}

/// Keeps a new token, and sweeps those that nobody used.
///
/// # Errors
/// The statement failed.
pub async fn insert(
    conn: &mut MySqlConnection,
    shape: &Shape,
    token: &[u8; 32],
    user: UserId,
    password_mark: &[u8; 32],
    origin: &str,
) -> Result<(), StoreError> {
    let mut sweep = QueryBuilder::new("DELETE FROM console_sessions WHERE last_seen_at < ");
    sweep.push(format!("UTC_TIMESTAMP(3) - INTERVAL {TOKEN_DAYS} DAY"));
    sweep.build().execute(&mut *conn).await?;
    let mut query = QueryBuilder::new(
        "INSERT INTO console_sessions (token_hash, id_user, fingerprint, password_mark, created_at, last_seen_at, origin) SELECT ",
    );
    query.push_bind(token.as_slice()).push(format!(", u.id_user, {}, ", fingerprint(shape, "u")));
    query.push_bind(password_mark.as_slice()).push(", UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ");
    query.push_bind(origin.chars().take(255).collect::<String>());
    query.push(format!(" FROM {} u WHERE u.id_user = ", shape.table(Table::Users))).push_bind(user.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// A token's row, if it still means the account it was made for.
///
/// # Errors
/// The statement failed.
pub async fn find(conn: &mut MySqlConnection, shape: &Shape, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT s.id_user, s.password_mark, s.last_seen_at < UTC_TIMESTAMP(3) - INTERVAL 1 HOUR FROM console_sessions s \
         JOIN {} u ON u.id_user = s.id_user WHERE s.fingerprint <=> {} \
         AND s.last_seen_at >= UTC_TIMESTAMP(3) - INTERVAL {TOKEN_DAYS} DAY AND s.token_hash = ",
        shape.table(Table::Users),
        fingerprint(shape, "u")
    ));
    query.push_bind(token.as_slice());
    let row = query.build().fetch_optional(conn).await?;
    row.map(|row| {
        let stale = cells::maybe_int(&row, 2)? == Some(1);
        Ok(Session { user: UserId(int(&row, 0)?), password_mark: row.try_get(1)?, stale })
    })
    .transpose()
}

/// Writes down that a token was used.
///
/// # Errors
/// The statement failed.
pub async fn seen(conn: &mut MySqlConnection, token: &[u8; 32]) -> Result<(), StoreError> {
    let query = sqlx::query("UPDATE console_sessions SET last_seen_at = UTC_TIMESTAMP(3) WHERE token_hash = ?");
    query.bind(token.as_slice()).execute(conn).await?;
    Ok(())
}

/// Forgets a token.
///
/// # Errors
/// The statement failed.
pub async fn delete(conn: &mut MySqlConnection, token: &[u8; 32]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM console_sessions WHERE token_hash = ?").bind(token.as_slice()).execute(conn).await?;
    Ok(())
}

/// Forgets every token of somebody.
///
/// # Errors
/// The statement failed.
pub async fn delete_all(conn: &mut MySqlConnection, user: UserId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM console_sessions WHERE id_user = ?").bind(user.0).execute(conn).await?;
    Ok(())
}

/// Wrong passwords of some subjects, in their order.
///
/// # Errors
/// The statement failed.
pub async fn failures<const N: usize>(
    conn: &mut MySqlConnection,
    subjects: [&[u8; 32]; N],
) -> Result<[Failures; N], StoreError> {
    let mut query = QueryBuilder::new(
        "SELECT subject, failures, CAST(TIMESTAMPDIFF(MICROSECOND, last_at, UTC_TIMESTAMP(3)) DIV 1000 AS SIGNED) \
         FROM console_sign_in_failures WHERE ",
    );
    query.push(format!("last_at > UTC_TIMESTAMP(3) - INTERVAL {FORGET_MINUTES} MINUTE AND subject IN ("));
    let mut list = query.separated(", ");
    for subject in subjects {
        list.push_bind(subject.as_slice());
    }
    let mut all = [Failures::default(); N];
    for row in query.push(")").build().fetch_all(conn).await? {
        let found: Vec<u8> = row.try_get(0)?;
        for (failures, _) in all.iter_mut().zip(subjects).filter(|(_, subject)| subject[..] == found[..]) {
            *failures = Failures { count: cells::count(&row, 1)?, since: cells::count(&row, 2)? };
        }
    }
    Ok(all)
}

/// Counts a wrong password, now.
///
/// # Errors
/// The statement failed.
pub async fn failed(conn: &mut MySqlConnection, subject: &[u8; 32]) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new("INSERT INTO console_sign_in_failures (subject, failures, last_at) VALUES (");
    query.push_bind(subject.as_slice()).push(format!(
        ", 1, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE \
         failures = CASE WHEN last_at > UTC_TIMESTAMP(3) - INTERVAL {FORGET_MINUTES} MINUTE THEN failures + 1 ELSE 1 END, \
         last_at = VALUES(last_at)",
    ));
    query.build().execute(conn).await?;
    Ok(())
}

/// Takes so many wrong passwords back; when the last one was stays as it is.
///
/// # Errors
/// The statement failed.
pub async fn forgive(conn: &mut MySqlConnection, subject: &[u8; 32], count: u32) -> Result<(), StoreError> {
    let query = sqlx::query(
        "UPDATE console_sign_in_failures SET failures = GREATEST(CAST(failures AS SIGNED) - ?, 0) WHERE subject = ?",
    );
    query.bind(count).bind(subject.as_slice()).execute(conn).await?;
    Ok(())
}

/// Drops wrong passwords that are forgotten, some at a time.
///
/// # Errors
/// The statement failed.
pub async fn sweep_failures(conn: &mut MySqlConnection) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::new("DELETE FROM console_sign_in_failures WHERE last_at < ");
    query.push(format!("UTC_TIMESTAMP(3) - INTERVAL {FORGET_MINUTES} MINUTE LIMIT 50000"));
    Ok(query.build().execute(conn).await?.rows_affected())
}

/// An SSH key's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// `SHA256:…`.
    pub fingerprint: String,
    /// Whose.
    pub user: UserId,
    /// Their email.
    pub email: String,
    /// `ssh-ed25519`, …
    pub algorithm: String,
    /// What stands behind the key in its file.
    pub comment: String,
    /// When it was added.
    pub added: Option<DateTime<Utc>>,
}

/// Which keys.
#[derive(Clone, Copy, Debug)]
pub enum Keys<'a> {
    /// All of accounts that are there.
    All,
    /// Those of one account.
    Of(UserId),
    /// The one with this fingerprint.
    Fingerprint(&'a str),
}

/// Keys, only those that still mean the account they were added to.
///
/// # Errors
/// The statement failed.
pub async fn keys(conn: &mut MySqlConnection, shape: &Shape, which: Keys<'_>) -> Result<Vec<Key>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT k.fingerprint, k.id_user, u.email, k.algorithm, k.comment, k.added_at FROM console_ssh_keys k \
         JOIN {} u ON u.id_user = k.id_user WHERE k.user_created <=> {}",
        shape.table(Table::Users),
        fingerprint(shape, "u")
    ));
    match which {
        Keys::All => {}
        Keys::Of(user) => {
            query.push(" AND k.id_user = ").push_bind(user.0);
        }
        Keys::Fingerprint(fingerprint) => {
            query.push(" AND k.fingerprint = ").push_bind(fingerprint);
        }
    }
    query.push(" ORDER BY k.id_user, k.added_at, k.fingerprint");
    query.build().fetch_all(conn).await?.iter().map(key).collect()
}

fn key(row: &MySqlRow) -> Result<Key, StoreError> {
    Ok(Key {
        fingerprint: text(row, 0)?.to_owned(),
        user: UserId(int(row, 1)?),
        email: text(row, 2)?.to_owned(),
        algorithm: text(row, 3)?.to_owned(),
        comment: text(row, 4)?.to_owned(),
        added: cells::moment(row, 5)?,
    })
}

/// Adds a key; one of an account that is gone is replaced.
///
/// # Errors
/// The statement failed.
pub async fn insert_key(conn: &mut MySqlConnection, shape: &Shape, key: &Key, line: &str) -> Result<(), StoreError> {
    delete_key(&mut *conn, &key.fingerprint).await?;
    let mut query = QueryBuilder::new(
        "INSERT INTO console_ssh_keys (fingerprint, id_user, user_created, algorithm, public_key, comment, added_at) SELECT ",
    );
    query.push_bind(&key.fingerprint).push(format!(", u.id_user, {}, ", fingerprint(shape, "u")));
    query.push_bind(&key.algorithm).push(", ").push_bind(line).push(", ").push_bind(&key.comment);
    query.push(format!(", UTC_TIMESTAMP(3) FROM {} u WHERE u.id_user = ", shape.table(Table::Users)));
    query.push_bind(key.user.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// Takes a key away.
///
/// # Errors
/// The statement failed.
pub async fn delete_key(conn: &mut MySqlConnection, fingerprint: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM console_ssh_keys WHERE fingerprint = ?").bind(fingerprint).execute(conn).await?;
    Ok(())
}

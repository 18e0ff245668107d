//! `console_topics`: a version per area and process, by which other processes notice a change with one small read.

use sqlx::MySqlConnection;
use uuid::Uuid;

use super::StoreError;
use super::ledger::uuid;
use crate::api::Topic;

/// How far one process has written in one area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The area.
    pub topic: Topic,
    /// The process.
    pub writer: Uuid,
    /// Grows with each of its transactions.
    pub version: i64,
}

/// Raises this process's version of an area and answers it. The row stays locked until the transaction ends, so this is
/// done last: transactions of one process then commit in the order of their versions, and no reader misses one.
pub(crate) async fn bump(conn: &mut MySqlConnection, topic: Topic, writer: Uuid) -> Result<i64, StoreError> {
    // It starts at the clock, so that a version never comes again when a swept writer goes on.
    // LAST_INSERT_ID(…) comes back with the answer.
    let bumped = sqlx::query(
        "INSERT INTO console_topics (topic, writer, version, updated_at) \
         VALUES (?, ?, LAST_INSERT_ID(CAST(UNIX_TIMESTAMP(UTC_TIMESTAMP(3)) * 1000 AS SIGNED)), UTC_TIMESTAMP(3)) \
         ON DUPLICATE KEY UPDATE version = LAST_INSERT_ID(version + 1), updated_at = VALUES(updated_at)",
    )
    .bind(topic.name())
    .bind(writer.as_bytes().as_slice())
    .execute(conn)
    .await?;
    let version = bumped.last_insert_id();
    i64::try_from(version)
        .map_err(|_| StoreError::Odd { column: "console_topics.version", detail: version.to_string() })
}

/// Where every process stands.
///
/// # Errors
/// The statement failed.
pub async fn poll(conn: &mut MySqlConnection) -> Result<Vec<Version>, StoreError> {
    let rows: Vec<(String, Vec<u8>, i64)> =
        sqlx::query_as("SELECT topic, writer, version FROM console_topics").fetch_all(conn).await?;
    let known = |name: &str| Topic::ALL.into_iter().find(|topic| topic.name() == name);
    // A newer console may have topics that this one does not know.
    rows.into_iter()
        .filter_map(|(name, writer, version)| Some((known(&name)?, writer, version)))
        .map(|(topic, writer, version)| Ok(Version { topic, writer: uuid(&writer, "console_topics.writer")?, version }))
        .collect()
}

/// Drops the rows of processes that have written nothing for a week.
///
/// # Errors
/// The statement failed.
pub async fn sweep(conn: &mut MySqlConnection) -> Result<u64, StoreError> {
    let swept = sqlx::query("DELETE FROM console_topics WHERE updated_at < UTC_TIMESTAMP(3) - INTERVAL 7 DAY");
    Ok(swept.execute(conn).await?.rows_affected())
}

//! Doing what a [`Plan`] says, under a lock of our own.

use std::time::Duration;

use sqlx::migrate::MigrateError as Sqlx;
use sqlx::{AssertSqlSafe, Executor as _, MySqlConnection};

use super::{Kind, MigrateError, Options, Plan, Step, migrator, plan};
use crate::store::StoreError;
use crate::store::error::number;
use crate::store::meta::{self, Origin};

/// How long another console's migration is waited for.
const LOCK_SECONDS: u32 = 30;
/// How often the database is looked at again when another console seems to be migrating it: on a cluster the lock holds
/// for one node only.
const LOOKS: u32 = 8;
/// A migration that is still half done after so many looks was cut off. Each may run twice, so it does.
const LOOKS_AT_DIRTY: u32 = 4;

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Where the platform's tables come from.
    pub origin: Origin,
    /// The titles of what was done; nothing if it was ready.
    pub done: Vec<String>,
    /// What was left out or is odd.
    pub notes: Vec<String>,
}

/// Brings the database to shape. Two at once are safe: the second waits, looks again and finds nothing to do. `on_step`
/// hears of each step before it is done, with its number and how many there are.
///
/// # Errors
/// The database is none to migrate, or a step failed; what the web site uses is as it was, and running it again goes on.
pub async fn apply(
    conn: &mut MySqlConnection,
    options: Options,
    on_step: &mut (dyn FnMut(usize, usize, &Step) + Send),
) -> Result<Applied, MigrateError> {
    // Without this a wrong database would be locked before it is refused.
    plan(conn, options).await?;
    lock(conn).await?;
    let modes = lenient(conn, options.table_wait).await;
    let outcome = match modes {
        Ok(_) => run(conn, options, on_step).await,
        Err(ref error) => Err(MigrateError::Failed {
            step: "prepare the session".to_owned(),
            source: StoreError::Odd { column: "sql_mode", detail: error.detail() },
        }),
    };
    // Whatever happened, the session goes back to what it was; a broken connection frees the lock by itself.
    if let Ok((sql_mode, lock_wait)) = modes {
        let restored = sqlx::query("SET SESSION sql_mode = ?, lock_wait_timeout = ?").bind(sql_mode).bind(lock_wait);
        let _ = restored.execute(&mut *conn).await;
    }
    let _ = conn.execute(AssertSqlSafe(format!("DO RELEASE_LOCK({LOCK_NAME})"))).await;
    outcome
}

/// One lock per database; a lock's name holds for the whole server.
const LOCK_NAME: &str = "CONCAT('marsai_migrate_', CRC32(DATABASE()))";

async fn lock(conn: &mut MySqlConnection) -> Result<(), MigrateError> {
    let sql = format!("SELECT CAST(GET_LOCK({LOCK_NAME}, {LOCK_SECONDS}) AS SIGNED)");
    let got: Option<i64> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await?;
    if got == Some(1) { Ok(()) } else { Err(MigrateError::Busy) }
}

/// An index must not fail on the site's zero dates, nor hold the site up behind a long transaction.
async fn lenient(conn: &mut MySqlConnection, table_wait: u32) -> Result<(String, i64), StoreError> {
    let before = sqlx::query_as("SELECT @@session.sql_mode, CAST(@@session.lock_wait_timeout AS SIGNED)")
        .fetch_one(&mut *conn)
        .await?;
    let lenient = format!("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION', lock_wait_timeout = {table_wait}");
    conn.execute(AssertSqlSafe(lenient)).await?;
    Ok(before)
}

async fn run(
    conn: &mut MySqlConnection,
    options: Options,
    on_step: &mut (dyn FnMut(usize, usize, &Step) + Send),
) -> Result<Applied, MigrateError> {
    let mut done = Vec::new();
    let mut left_out = Vec::new();
    for look in 1..=LOOKS {
        let Plan { origin, steps, notes, .. } = plan(conn, options).await?;
        let steps: Vec<Step> = steps.into_iter().filter(|step| !left_out.contains(&step.title)).collect();
        if steps.is_empty() {
            let skipped = left_out.into_iter().map(|title| format!("the server could not {title}; done without it"));
            return Ok(Applied { origin, done, notes: notes.into_iter().chain(skipped).collect() });
        }
        let total = steps.len();
        for (index, step) in steps.iter().enumerate() {
            on_step(index, total, step);
            match perform(conn, step).await {
                Outcome::Done => done.push(step.title.clone()),
                Outcome::LeftOut => left_out.push(step.title.clone()),
                Outcome::Elsewhere => {
                    if look >= LOOKS_AT_DIRTY {
                        conn.execute("DELETE FROM console_migrations WHERE success = FALSE").await?;
                    }
                    tokio::time::sleep(Duration::from_millis(250)).await;
                    break;
                }
                Outcome::Failed(failed) => return Err(failed),
            }
        }
    }
    Err(MigrateError::Busy)
}

enum Outcome {
    Done,
    /// An index that this server can't make.
    LeftOut,
    /// Another console seems to be doing it.
    Elsewhere,
    Failed(MigrateError),
}

async fn perform(conn: &mut MySqlConnection, step: &Step) -> Outcome {
    let failed = |source: StoreError| Outcome::Failed(MigrateError::of_step(&step.title, step.kind.needs(), source));
    let outcome = match step.kind {
        Kind::Migration(version) => match migrator().run_to(version, &mut *conn).await {
            Ok(()) => Ok(()),
            Err(Sqlx::Dirty(_)) => return Outcome::Elsewhere,
            Err(Sqlx::VersionMismatch(version)) => return Outcome::Failed(MigrateError::Foreign(version)),
            Err(Sqlx::Execute(error) | Sqlx::ExecuteMigration(error, _)) => Err(error.into()),
            Err(other) => Err(StoreError::Odd { column: "console_migrations", detail: other.to_string() }),
        },
        Kind::Meta(name, value) => meta::set(conn, name, value).await,
        Kind::Table | Kind::Index | Kind::Unique => {
            conn.execute(AssertSqlSafe(step.sql.clone())).await.map(drop).map_err(StoreError::from)
        }
    };
    let Err(error) = outcome else { return Outcome::Done };
    match (step.kind, error.number()) {
        (Kind::Migration(_), Some(number::DUPLICATE | number::DEADLOCK)) => Outcome::Elsewhere,
        (_, Some(number::DEADLOCK)) => Outcome::Elsewhere,
        // The index has come meanwhile.
        (Kind::Index | Kind::Unique, Some(1061)) => Outcome::Done,
        // Too many keys, a key too long, a type that takes none.
        (Kind::Index, Some(1069 | 1071 | 1167 | 1170)) => Outcome::LeftOut,
        // Somebody voted twice while the key was being made.
        _ => failed(error),
    }
}

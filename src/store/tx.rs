//! Transactions: tried again as a whole when others were in the way, never committed after an error, and asked about
//! when the answer to COMMIT was lost.
//!
//! The work is a closure that gets the transaction and answers with a boxed future. It may run several times, so it
//! reads what it needs and keeps nothing:
//!
//! ```ignore
//! let moved = tx::write(&db, |tx| {
//!     Box::pin(async move {
//!         let film = films::lock(&mut tx.conn, &tx.shape, id).await?;
//!         tx.record(entry);
//!         Ok(film)
//!     })
//! })
//! .await?;
//! ```
//!
//! What the closure borrows lives as long as `'a` of [`Tx<'a>`](Tx): that parameter is there for the compiler alone.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use rand::RngExt as _;
use sqlx::pool::PoolConnection;
use sqlx::{MySql, Transaction};
use uuid::Uuid;

use super::error::{is_waited_out, may_be_repeated};
use super::{Db, Entry, Shape, StoreError, ledger, topics};
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Failure, Topic};

/// Most tries of one transaction.
const TRIES: u32 = 8;
/// Most tries when the connection breaks: the database is restarting, and the person should hear of it soon.
const TRIES_LOST: u32 = 3;
/// No new try after so long: each may wait for a lock.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a lost answer to COMMIT is asked about.
const ASKING: Duration = Duration::from_secs(6);

/// A write transaction: READ COMMITTED, with the ledger rows and topics that it will end with.
#[derive(Debug)]
pub struct Tx<'a> {
    /// The transaction's connection. Not to be committed or rolled back by the work.
    pub conn: Transaction<'static, MySql>,
    /// The shape from which statements are rendered.
    pub shape: Arc<Shape>,
    now: Option<Arc<Shape>>,
    entries: Vec<Entry>,
    topics: BTreeSet<Topic>,
    lifetime: PhantomData<&'a ()>,
}

impl Tx<'_> {
    /// Puts a row into the ledger when the transaction ends, and tells its topic.
    pub fn record(&mut self, entry: Entry) {
        self.topics.insert(entry.topic);
        self.entries.push(entry);
    }

    /// The tables as they are at this moment: read from the server, once in a transaction.
    ///
    /// # Errors
    /// A statement failed.
    pub async fn shape_now(&mut self) -> Result<Arc<Shape>, StoreError> {
        if let Some(shape) = &self.now {
            return Ok(Arc::clone(shape));
        }
        let shape = Arc::new(Shape::read(&mut self.conn).await?);
        self.now = Some(Arc::clone(&shape));
        Ok(shape)
    }

    /// Tells other processes of a change that the ledger does not hold.
    pub fn touch(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }

    /// Last of all: topics, then the ledger rows with the versions that these got.
    async fn finish(&mut self, writer: Uuid) -> Result<(), Failure> {
        let mut versions = BTreeMap::new();
        for topic in &self.topics {
            versions.insert(*topic, topics::bump(&mut self.conn, *topic, writer).await?);
        }
        let version = |entry: &Entry| versions.get(&entry.topic).copied().unwrap_or_default();
        let entries: Vec<(&Entry, i64)> = self.entries.iter().map(|entry| (entry, version(entry))).collect();
        ledger::insert(&mut self.conn, &entries, writer).await.map_err(|error| {
            // The same request was done meanwhile: the next try finds it in the ledger.
            if error.is_duplicate() { unavailable(Trouble::Busy, error.detail()) } else { error.into() }
        })
    }
}

/// A connection for reading, with the shape.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The connection.
    pub conn: PoolConnection<MySql>,
    /// The shape from which statements are rendered.
    pub shape: Arc<Shape>,
    lifetime: PhantomData<&'a ()>,
}

/// Reads. A broken connection is replaced once, a changed shape read again once.
///
/// # Errors
/// What the work refuses, or the trouble with the database.
pub async fn read<'a, T, F>(db: &'a Db, work: F) -> Result<T, Failure>
where
    F: for<'c> Fn(&'c mut Reader<'a>) -> BoxFuture<'c, Result<T, Failure>>,
{
    let mut again = BTreeSet::new();
    loop {
        let conn = db.acquire().await?;
        let mut reader = Reader { conn, shape: db.shape(), lifetime: PhantomData };
        let failure = match work(&mut reader).await {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        // Back to the pool first: it may be the only one.
        drop(reader);
        match trouble_of(&failure) {
            Some(Trouble::Shape) if again.insert("shape") => {
                db.reload().await?;
            }
            Some(Trouble::Lost) if again.insert("lost") => {}
            _ => return Err(failure),
        }
    }
}

/// Writes: all of it or nothing. See the [module](self) for the form of the work.
///
/// # Errors
/// What the work refuses, after a rollback; or the trouble with the database. [`Trouble::Unknown`] alone leaves open
/// whether it was done.
pub async fn write<'a, T, F>(db: &'a Db, work: F) -> Result<T, Failure>
where
    F: for<'c> Fn(&'c mut Tx<'a>) -> BoxFuture<'c, Result<T, Failure>>,
{
    let began = Instant::now();
    let mut shape_read = false;
    let mut attempt = 0;
    loop {
        attempt += 1;
        let attempted = match db.pool().begin().await.map_err(StoreError::from) {
            Ok(conn) => attempt_write(db, conn, &work).await,
            Err(error) if is_waited_out(&error) => return Err(error.into()),
            Err(error) => Err(error.into()),
        };
        let failure = match attempted {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        let Some(trouble) = trouble_of(&failure) else { return Err(failure) };
        if trouble == Trouble::Shape && !shape_read {
            shape_read = true;
            db.reload().await?;
            continue;
        }
        let tries = if trouble == Trouble::Lost { TRIES_LOST } else { TRIES };
        if !may_be_repeated(trouble) || attempt >= tries || began.elapsed() >= PATIENCE {
            return Err(failure);
        }
        tracing::debug!(?trouble, attempt, "the transaction is tried again");
        tokio::time::sleep(pause(attempt)).await;
    }
}

async fn attempt_write<'a, T, F>(db: &'a Db, conn: Transaction<'static, MySql>, work: &F) -> Result<T, Failure>
where
    F: for<'c> Fn(&'c mut Tx<'a>) -> BoxFuture<'c, Result<T, Failure>>,
{
    let shape = db.shape();
    let mut tx = Tx { conn, shape, now: None, entries: Vec::new(), topics: BTreeSet::new(), lifetime: PhantomData };
    let outcome = match work(&mut tx).await {
        Ok(value) => tx.finish(db.writer()).await.map(|()| value),
        Err(failure) => Err(failure),
    };
    let value = match outcome {
        Ok(value) => value,
        Err(failure) => {
            // Whatever this answers, the server has dropped the transaction or will.
            let _ = tx.conn.rollback().await;
            return Err(failure);
        }
    };
    let mark = tx.entries.first().map(|entry| (entry.request_id, entry.sequence));
    match tx.conn.commit().await.map_err(StoreError::from) {
        Ok(()) => Ok(value),
        Err(error) if error.trouble() == Trouble::Lost => {
            tracing::warn!(detail = error.detail(), "the answer to COMMIT was lost");
            match asked(db, mark).await {
                Some(true) => Ok(value),
                Some(false) => Err(error.into()),
                None => Err(unavailable(Trouble::Unknown, error.detail())),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the transaction that wrote this ledger row was committed; `None` if nobody can tell.
async fn asked(db: &Db, mark: Option<(Uuid, i32)>) -> Option<bool> {
    let (request_id, sequence) = mark?;
    let began = Instant::now();
    let mut attempt = 1;
    loop {
        match ask(db, request_id, sequence).await {
            Ok(done) => return Some(done),
            Err(error) => tracing::debug!(detail = error.detail(), "could not ask about a lost COMMIT"),
        }
        if began.elapsed() >= ASKING {
            return None;
        }
        tokio::time::sleep(pause(attempt).max(Duration::from_millis(50))).await;
        attempt += 1;
    }
}

async fn ask(db: &Db, request_id: Uuid, sequence: i32) -> Result<bool, StoreError> {
    let mut tx = db.pool().begin().await?;
    let done = ledger::is_settled(&mut tx, request_id, sequence).await?;
    tx.rollback().await?;
    Ok(done)
}

/// Doubles each time, with chance in it, so that two that met do not meet again.
fn pause(attempt: u32) -> Duration {
    let most = 8_u64.saturating_mul(1 << attempt.min(6));
    Duration::from_millis(rand::rng().random_range(most / 2..=most))
}

fn trouble_of(failure: &Failure) -> Option<Trouble> {
    match failure {
        Failure::Unavailable(unavailable) => Some(unavailable.why),
        _ => None,
    }
}

fn unavailable(why: Trouble, detail: String) -> Failure {
    Failure::Unavailable(Unavailable { why, detail })
}

//! Write transactions that meet others, changed tables and broken lines.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use marsai::api::Failure;
use marsai::api::failure::Trouble;
use marsai::domain::Rule;
use marsai::store::connect::{PoolSettings, Target, pool};
use marsai::store::{Db, Table, tx};
use sqlx::{AssertSqlSafe, Executor};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::ledger::entry;
use crate::proxy::{Break, Proxy};
use crate::support::fixtures::{self, load};
use crate::support::{Database, Kind, database_on, server, servers};
use crate::{count, festival, migrate, open, run};

async fn adopted(kind: Kind) -> (Database, Db) {
    let database = database_on(kind).await;
    load(&database, fixtures::DOCUMENT).await;
    migrate(&mut database.connect().await).await.unwrap();
    let db = open(&database).await;
    (database, db)
}

fn is_send<F: Future + Send>(future: F) -> F {
    future
}

/// The example of the form: what the work borrows outlives it, and it may run several times.
async fn rename(db: &Db, film: i32, title: &str, request: Uuid) -> Result<u64, Failure> {
    let written = tx::write(db, |tx| {
        Box::pin(async move {
            let sql = format!("UPDATE {} SET title = ? WHERE id_movie = ?", tx.shape.table(Table::Movies));
            let done = sqlx::query(AssertSqlSafe(sql)).bind(title).bind(film).execute(&mut *tx.conn).await?;
            tx.record(entry(request, 0, film));
            Ok(done.rows_affected())
        })
    });
    // A server runs it on any of its threads.
    is_send(written).await
}

async fn titles(database: &Database, title: &str) -> i64 {
    count(&mut database.connect().await, &format!("SELECT COUNT(*) FROM movies WHERE title = '{title}'")).await
}

fn trouble<T: std::fmt::Debug>(result: Result<T, Failure>) -> Trouble {
    match result {
        Err(Failure::Unavailable(unavailable)) => unavailable.why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_refusal_leaves_nothing_behind() {
    for kind in servers() {
        let (database, db) = adopted(kind).await;
        let title = "halfway".to_owned();
        let outcome: Result<(), Failure> = tx::write(&db, |tx| {
            let title = &title;
            Box::pin(async move {
                sqlx::query("UPDATE movies SET title = ?").bind(title).execute(&mut *tx.conn).await?;
                tx.record(entry(Uuid::new_v4(), 0, 1));
                Err(Rule::NoPanel.into())
            })
        })
        .await;
        assert_eq!(outcome, Err(Rule::NoPanel.into()));
        assert_eq!(titles(&database, "halfway").await, 0);
        assert_eq!(count(&mut database.connect().await, "SELECT COUNT(*) FROM console_ledger").await, 0);
        assert_eq!(count(&mut database.connect().await, "SELECT COUNT(*) FROM console_topics").await, 0);
        assert_eq!(rename(&db, 1, "whole", Uuid::new_v4()).await, Ok(1));
        assert_eq!(titles(&database, "whole").await, 1);
    }
}

#[tokio::test]
async fn a_deadlock_is_tried_again() {
    for kind in servers() {
        let (database, db) = adopted(kind).await;
        // Both hold their first row before either asks for the other's.
        let both = Barrier::new(2);
        let met = AtomicU32::new(0);
        let cross = |from: i32, to: i32| {
            let (db, both, met) = (&db, &both, &met);
            async move {
                let first = AtomicU32::new(0);
                let first = &first;
                tx::write(db, |tx| {
                    Box::pin(async move {
                        met.fetch_add(1, Ordering::SeqCst);
                        let touch = "UPDATE movies SET duration = duration + 1 WHERE id_movie = ?";
                        sqlx::query(touch).bind(from).execute(&mut *tx.conn).await?;
                        if first.fetch_add(1, Ordering::SeqCst) == 0 {
                            both.wait().await;
                        }
                        sqlx::query(touch).bind(to).execute(&mut *tx.conn).await?;
                        tx.record(entry(Uuid::new_v4(), 0, from));
                        Ok(())
                    })
                })
                .await
            }
        };
        let (a, b) = tokio::join!(cross(1, 2), cross(2, 1));
        assert_eq!((a, b), (Ok(()), Ok(())));
        assert!(met.load(Ordering::SeqCst) >= 3, "one of them was tried again");
        let conn = &mut database.connect().await;
        assert_eq!(count(conn, "SELECT CAST(duration AS SIGNED) FROM movies WHERE id_movie = 1").await, 62);
        assert_eq!(count(conn, "SELECT COUNT(*) FROM console_ledger").await, 2);
    }
}

#[tokio::test]
async fn two_askers_with_one_request_do_it_once() {
    let (database, db) = adopted(Kind::MariaDb).await;
    let request = Uuid::new_v4();
    // Each looks first, as a service does; both find nothing, because neither has written yet.
    let both = Barrier::new(2);
    let once = || async {
        let (both, looked) = (&both, &AtomicU32::new(0));
        tx::write(&db, |tx| {
            Box::pin(async move {
                let done = marsai::store::ledger::operation(&mut tx.conn, request).await?;
                if looked.fetch_add(1, Ordering::SeqCst) == 0 {
                    both.wait().await;
                }
                if !done.is_empty() {
                    return Ok("repeated");
                }
                sqlx::query("UPDATE sponsors SET name = CONCAT(name, '!')").execute(&mut *tx.conn).await?;
                tx.record(entry(request, 0, 1));
                Ok("done")
            })
        })
        .await
        .unwrap()
    };
    let (a, b) = tokio::join!(once(), once());
    let mut answers = [a, b];
    answers.sort_unstable();
    assert_eq!(answers, ["done", "repeated"]);
    let name: String =
        sqlx::query_scalar("SELECT name FROM sponsors").fetch_one(&mut database.connect().await).await.unwrap();
    assert_eq!(name, "Olympus Mons!");
}

#[tokio::test]
async fn a_changed_shape_is_read_again_once() {
    for kind in servers() {
        let (database, db) = adopted(kind).await;
        assert_eq!(db.shape().table(Table::VoteHistory), "`vote_histories`");
        run(&mut database.connect().await, "RENAME TABLE vote_histories TO vote_history").await;
        let counted = tx::read(&db, |reader| {
            Box::pin(async move {
                let sql = format!("SELECT COUNT(*) FROM {}", reader.shape.table(Table::VoteHistory));
                Ok(sqlx::query_scalar::<_, i64>(AssertSqlSafe(sql)).fetch_one(&mut *reader.conn).await?)
            })
        })
        .await;
        assert_eq!(counted, Ok(1));
        run(&mut database.connect().await, "RENAME TABLE vote_history TO vote_histories").await;
        let emptied = tx::write(&db, |tx| {
            Box::pin(async move {
                let sql = format!("DELETE FROM {}", tx.shape.table(Table::VoteHistory));
                Ok(sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx.conn).await?.rows_affected())
            })
        })
        .await;
        assert_eq!(emptied, Ok(1));
        run(&mut database.connect().await, "DROP TABLE sponsors").await;
        let gone = tx::write(&db, |tx| {
            Box::pin(async move {
                sqlx::query("DELETE FROM sponsors").execute(&mut *tx.conn).await?;
                Ok(())
            })
        });
        assert_eq!(trouble(gone.await), Trouble::Shape);
        assert!(!db.shape().present(Table::Sponsors));
    }
}

#[tokio::test]
async fn a_killed_connection_is_replaced() {
    for kind in servers() {
        let (database, db) = adopted(kind).await;
        let killed = &AtomicU32::new(0);
        let url = &database;
        let done = tx::write(&db, |tx| {
            Box::pin(async move {
                sqlx::query("UPDATE movies SET title = CONCAT(title, '+') WHERE id_movie = 1")
                    .execute(&mut *tx.conn)
                    .await?;
                if killed.fetch_add(1, Ordering::SeqCst) == 0 {
                    let id = count(&mut tx.conn, "SELECT CAST(CONNECTION_ID() AS SIGNED)").await;
                    run(&mut url.connect().await, &format!("KILL {id}")).await;
                }
                tx.record(entry(Uuid::new_v4(), 0, 1));
                Ok(())
            })
        })
        .await;
        assert_eq!(done, Ok(()));
        assert_eq!(killed.load(Ordering::SeqCst), 2);
        assert_eq!(titles(&database, "Red Dust+").await, 1);
    }
}

/// A database whose line breaks at COMMIT.
async fn behind(database: &Database, proxy: &Proxy) -> Db {
    let options = server().await.connect_options().socket(proxy.socket());
    let settings = PoolSettings { wait: Duration::from_millis(300), ..PoolSettings::default() };
    let db = Db::open(pool(&Target::private(options, database.name()), settings)).await;
    db.unwrap()
}

#[tokio::test]
async fn a_lost_answer_to_commit_is_asked_about() {
    let (database, _) = adopted(Kind::MariaDb).await;
    for (at, title) in [(Break::After, "was committed"), (Break::Before, "was not")] {
        let proxy = Proxy::start(server().await.socket(), at, 1, false).await;
        let db = behind(&database, &proxy).await;
        let request = Uuid::new_v4();
        assert_eq!(rename(&db, 1, title, request).await, Ok(1), "{at:?}");
        assert!(proxy.is_done(), "{at:?}: the line did break");
        assert_eq!(titles(&database, title).await, 1, "{at:?}");
        let mut conn = database.connect().await;
        assert_eq!(marsai::store::ledger::operation(&mut conn, request).await.unwrap().len(), 1, "{at:?}: once");
        db.pool().close().await;
    }
}

#[tokio::test]
async fn a_line_that_keeps_breaking_says_that_nothing_was_written() {
    let (database, _) = adopted(Kind::MariaDb).await;
    let proxy = Proxy::start(server().await.socket(), Break::Before, 99, false).await;
    let db = behind(&database, &proxy).await;
    assert_eq!(trouble(rename(&db, 1, "never", Uuid::new_v4()).await), Trouble::Lost);
    assert_eq!(titles(&database, "never").await, 0);
}

#[tokio::test]
async fn an_answer_that_nobody_can_give_is_unknown() {
    let (database, _) = adopted(Kind::MariaDb).await;
    let proxy = Proxy::start(server().await.socket(), Break::After, 1, true).await;
    let db = behind(&database, &proxy).await;
    assert_eq!(trouble(rename(&db, 1, "who knows", Uuid::new_v4()).await), Trouble::Unknown);
    assert_eq!(titles(&database, "who knows").await, 1);
}

#[tokio::test]
async fn a_server_that_takes_no_writes_is_told_apart() {
    let (_database, db) = festival(Kind::MariaDb).await;
    let outcome: Result<(), Failure> = tx::write(&db, |tx| {
        Box::pin(async move {
            tx.conn.execute("COMMIT").await?;
            tx.conn.execute("START TRANSACTION READ ONLY").await?;
            sqlx::query("DELETE FROM sponsors").execute(&mut *tx.conn).await?;
            Ok(())
        })
    })
    .await;
    assert_eq!(trouble(outcome), Trouble::ReadOnly);
}

//! Reaching a server, and what is said when it does not let the console in.

use std::time::Duration;

use marsai::store::connect::{ConnectError, PROBE_TIMEOUT, PoolSettings, Target, open, pool, probe};
use sqlx::Connection;

use crate::support::{Kind, database_on, servers};
use crate::{count, run};

#[tokio::test]
async fn says_what_the_server_is() {
    for kind in servers() {
        let database = database_on(kind).await;
        let target = Target::parse(database.url()).unwrap();
        let info = probe(&target, PROBE_TIMEOUT).await.unwrap();
        assert_eq!(info.mariadb, kind == Kind::MariaDb);
        assert!(info.version >= (8, 0, 0) && !info.read_only && !info.cluster);
        assert!(!info.account.is_empty());
    }
}

#[tokio::test]
async fn tells_why_it_was_kept_out() {
    for kind in servers() {
        let database = database_on(kind).await;
        let mut url = url::Url::parse(database.url()).unwrap();
        url.set_path("no_such_database");
        let error = probe(&Target::parse(url.as_str()).unwrap(), PROBE_TIMEOUT).await.unwrap_err();
        assert_eq!(error, ConnectError::UnknownDatabase { database: "no_such_database".into() });

        url.set_username("nobody_of_that_name").unwrap();
        url.set_password(Some("hunter2")).unwrap();
        let error = probe(&Target::parse(url.as_str()).unwrap(), PROBE_TIMEOUT).await.unwrap_err();
        assert!(matches!(error, ConnectError::AccessDenied { .. }), "{error:?}");
        assert!(!error.to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn tls_that_is_asked_for_and_not_there_is_named() {
    let database = database_on(Kind::MariaDb).await;
    let url = database.url().replace("ssl-mode=disabled", "ssl-mode=required");
    let error = probe(&Target::parse(&url).unwrap(), PROBE_TIMEOUT).await.unwrap_err();
    assert!(matches!(error, ConnectError::TlsFailed { .. }), "{error:?}");
}

#[tokio::test]
async fn sessions_are_strict_and_read_what_is_committed() {
    for kind in servers() {
        let database = database_on(kind).await;
        let target = Target::parse(database.url()).unwrap();
        let settings = PoolSettings { lock_wait: 7, wait: Duration::from_secs(10), ..PoolSettings::default() };
        let pool = pool(&target, settings);
        let mut conn = pool.acquire().await.unwrap();
        assert_eq!(count(&mut conn, "SELECT CAST(@@innodb_lock_wait_timeout AS SIGNED)").await, 7);
        let mode: String = sqlx::query_scalar("SELECT @@sql_mode").fetch_one(&mut *conn).await.unwrap();
        assert!(
            mode.contains("STRICT_TRANS_TABLES") && mode.contains("ONLY_FULL_GROUP_BY") && !mode.contains("ZERO_DATE")
        );
        run(&mut conn, "CREATE TABLE t (n TINYINT)").await;
        assert!(sqlx::query("INSERT INTO t VALUES (1000)").execute(&mut *conn).await.is_err());
        // A row that another commits between two reads of one transaction is seen by the second.
        let (mut other, _) = open(&target, PROBE_TIMEOUT).await.unwrap();
        let mut tx = pool.begin().await.unwrap();
        assert_eq!(count(&mut tx, "SELECT COUNT(*) FROM t").await, 0);
        run(&mut other, "INSERT INTO t VALUES (1)").await;
        assert_eq!(count(&mut tx, "SELECT COUNT(*) FROM t").await, 1);
        tx.rollback().await.unwrap();
        other.close().await.unwrap();
        drop(conn);
        pool.close().await;
    }
}

//! Databases for tests: `mod support;` and then `let database = support::database().await;`.
//!
//! A private MariaDB is started once per test process, and every test gets an empty database of its own on it. Where
//! `MARSAI_TEST_MYSQL_URL` names a MySQL server and a user who may create databases (`mysql://root@127.0.0.1:3307`), a test that goes
//! through [`servers`] runs on both.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(unused, reason = "each test target compiles its own copy and uses a part of it")]

use std::io::Write;
use std::sync::Once;

use marsai::mariadb::Server;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlPool, MySqlPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::sync::OnceCell;
use url::Url;

pub(crate) mod fixtures;

const MYSQL_URL: &str = "MARSAI_TEST_MYSQL_URL";

/// A server that tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The private MariaDB.
    MariaDb,
    /// The real MySQL that the environment names.
    MySql,
}

/// The servers that there are, so that a test can run on each: `for kind in support::servers() { … database_on(kind) … }`.
pub(crate) fn servers() -> Vec<Kind> {
    static SAID: Once = Once::new();
    if std::env::var_os(MYSQL_URL).is_some() {
        return vec![Kind::MariaDb, Kind::MySql];
    }
    // Straight to standard error: the test harness swallows what the macros print.
    SAID.call_once(|| drop(writeln!(std::io::stderr(), "NOT tested on MySQL: {MYSQL_URL} names no server.")));
    vec![Kind::MariaDb]
}

/// The private server of this test process. It keeps nothing of the runtime that happened to start it.
pub(crate) async fn server() -> &'static Server {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    SERVER.get_or_init(|| async { Server::throwaway().await.unwrap() }).await
}

/// A new, empty database on the private MariaDB.
pub(crate) async fn database() -> Database {
    database_on(Kind::MariaDb).await
}

/// A new, empty utf8mb4 database with a name of its own.
pub(crate) async fn database_on(kind: Kind) -> Database {
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let (mut url, create) = match kind {
        Kind::MariaDb => (socket_url(server().await), format!("CREATE DATABASE {name}")),
        Kind::MySql => (
            Url::parse(&std::env::var(MYSQL_URL).unwrap()).unwrap(),
            format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"),
        ),
    };
    let mut admin = MySqlConnection::connect(url.as_str()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    url.set_path(&name);
    Database { kind, name, url }
}

/// Where a server of our own is, as a URL.
fn socket_url(server: &Server) -> Url {
    let mut url = Url::parse("mysql://localhost").unwrap();
    url.set_username(&nix::unistd::User::from_uid(nix::unistd::Uid::effective()).unwrap().unwrap().name).unwrap();
    url.query_pairs_mut().append_pair("socket", server.socket().to_str().unwrap()).append_pair("ssl-mode", "disabled");
    url
}

/// A database of one test, dropped with this value.
#[derive(Debug)]
pub(crate) struct Database {
    kind: Kind,
    name: String,
    url: Url,
}

impl Database {
    /// The server that it is on.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Its name on the server.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What a user would put into `MARSAI_DATABASE_URL`.
    pub(crate) fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The same, parsed.
    pub(crate) fn options(&self) -> MySqlConnectOptions {
        self.url().parse::<MySqlConnectOptions>().unwrap().disable_statement_logging()
    }

    /// A pool of at most `connections`.
    pub(crate) async fn pool(&self, connections: u32) -> MySqlPool {
        let options = MySqlPoolOptions::new().max_connections(connections);
        options.connect_with(self.options()).await.unwrap()
    }

    /// One connection.
    pub(crate) async fn connect(&self) -> MySqlConnection {
        MySqlConnection::connect_with(&self.options()).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A transaction that a failed test left open must not hold the others up.
        let sql = format!("SET lock_wait_timeout = 2; DROP DATABASE IF EXISTS {}", self.name);
        let options = self.options();
        let cleaning = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut admin = MySqlConnection::connect_with(&options).await?;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await?;
                admin.close().await
            })
        });
        let cleaned = cleaning.join();
        // A second panic while one unwinds would hide the first.
        assert!(std::thread::panicking() || matches!(cleaned, Ok(Ok(()))), "dropping the database: {cleaned:?}");
    }
}

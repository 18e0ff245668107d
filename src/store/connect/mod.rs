//! Reaching a database: its address, one direct connection that names the real trouble, and the pool.

mod error;
mod url;

use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, MySqlConnection, MySqlPool};

use error::About;
pub use error::ConnectError;

/// Where a database is. Its `Debug` and `Display` never show a secret.
#[derive(Clone)]
pub struct Target {
    options: MySqlConnectOptions,
    display: String,
    /// Certificates and keys, by the option that names them.
    files: Vec<(String, String)>,
}

/// What the server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerInfo {
    /// MariaDB rather than MySQL.
    pub mariadb: bool,
    /// Major, minor and patch.
    pub version: (u16, u16, u16),
    /// As the server says it.
    pub version_text: String,
    /// The account that the server took the connection for.
    pub account: String,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
    /// A node of a Galera cluster.
    pub cluster: bool,
    /// Whether it takes no writes.
    pub read_only: bool,
}

/// How a pool is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSettings {
    /// Most connections.
    pub max_connections: u32,
    /// How long a request waits for one.
    pub wait: Duration,
    /// How long a transaction waits for a row that another holds, in whole seconds.
    pub lock_wait: u32,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self { max_connections: 10, wait: Duration::from_secs(5), lock_wait: 10 }
    }
}

/// How long the first connection may take, unless the settings say otherwise.
pub const PROBE_TIMEOUT: Duration = Duration::from_secs(5);

/// The oldest servers that have the SQL that the console writes.
const OLDEST_MARIADB: (u16, u16, u16) = (10, 11, 0);
const OLDEST_MYSQL: (u16, u16, u16) = (8, 0, 0);

/// Strict, and the same on both servers. Zero dates stay legal: the site's rows hold some and must be put back as they were.
const SQL_MODE: &str = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY";

impl Target {
    /// The private server of this computer, or a throwaway one, by how to sign in there.
    pub fn private(options: MySqlConnectOptions, database: &str) -> Self {
        Self::new(options.database(database), "private database on this computer".to_owned())
    }

    fn new(options: MySqlConnectOptions, display: String) -> Self {
        Self { options: options.disable_statement_logging(), display, files: Vec::new() }
    }

    /// The same server, another database.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        Self { options: self.options.clone().database(database), ..self.clone() }
    }

    /// How to connect, with the secrets.
    pub fn options(&self) -> &MySqlConnectOptions {
        &self.options
    }

    /// Its name for the header (`festival on db.example.org`).
    pub fn display(&self) -> &str {
        &self.display
    }

    fn about(&self) -> About<'_> {
        let place = match self.options.get_socket() {
            Some(path) => path.display().to_string(),
            None => format!("{}:{}", self.options.get_host(), self.options.get_port()),
        };
        About {
            place: crate::domain::text::inert(&place).into_owned(),
            user: self.options.get_username(),
            database: self.options.get_database().unwrap_or_default(),
            socket: self.options.get_socket().is_some(),
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.display)
    }
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Target").field(&self.display).finish()
    }
}

/// Connects once, directly, so that the real trouble is named (a pool only says that it took too long), and looks at the
/// server.
///
/// # Errors
/// What keeps the console out.
pub async fn open(target: &Target, timeout: Duration) -> Result<(MySqlConnection, ServerInfo), ConnectError> {
    match tokio::time::timeout(timeout, reach(target)).await {
        Ok(done) => done,
        Err(_) => Err(ConnectError::TimedOut { place: target.about().place, seconds: timeout.as_secs() }),
    }
}

/// Connects once and says what the server is.
///
/// # Errors
/// What keeps the console out.
pub async fn probe(target: &Target, timeout: Duration) -> Result<ServerInfo, ConnectError> {
    let (conn, info) = open(target, timeout).await?;
    // It was only asked; a server that breaks off the goodbye has answered all the same.
    let _ = conn.close().await;
    Ok(info)
}

async fn reach(target: &Target) -> Result<(MySqlConnection, ServerInfo), ConnectError> {
    let options = &target.options;
    for (option, path) in &target.files {
        // The driver's error would read as if the server could not be reached.
        tokio::fs::read(path).await.map_err(|error| {
            ConnectError::BadUrl(format!("{option} names {}: {error}", crate::domain::text::inert(path)))
        })?;
    }
    let failed = |error: sqlx::Error| ConnectError::from_sqlx(&error, &target.about());
    if options.get_socket().is_none() {
        // The driver's error does not tell an unknown name from an unreachable address.
        let host = options.get_host();
        if tokio::net::lookup_host((host, options.get_port())).await.is_err() {
            return Err(ConnectError::UnknownHost { host: crate::domain::text::inert(host).into_owned() });
        }
    }
    let mut conn = options.connect().await.map_err(failed)?;
    prepare(&mut conn, PoolSettings::default().lock_wait).await.map_err(failed)?;
    let info = look(&mut conn).await.map_err(failed)?;
    let oldest = if info.mariadb { OLDEST_MARIADB } else { OLDEST_MYSQL };
    if info.version < oldest {
        return Err(ConnectError::TooOld { version: info.version_text });
    }
    Ok((conn, info))
}

async fn look(conn: &mut MySqlConnection) -> Result<ServerInfo, sqlx::Error> {
    let (version, account, read_only): (String, String, bool) =
        sqlx::query_as("SELECT VERSION(), CURRENT_USER(), @@global.read_only").fetch_one(&mut *conn).await?;
    // The text protocol: SHOW can't be prepared everywhere.
    let cipher: Option<(String, String)> =
        sqlx::query_as("SHOW SESSION STATUS LIKE 'Ssl_cipher'").fetch_optional(&mut *conn).await?;
    let cluster: Option<(String, String)> =
        sqlx::query_as("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'").fetch_optional(&mut *conn).await?;
    Ok(ServerInfo {
        mariadb: version.contains("MariaDB"),
        version: parse_version(&version),
        version_text: crate::domain::text::inert(&version).into_owned(),
        account,
        encrypted: cipher.is_some_and(|(_, cipher)| !cipher.is_empty()),
        cluster: cluster.is_some_and(|(_, on)| on == "ON"),
        read_only,
    })
}

/// `10.11.14-MariaDB-0+deb12u2`, `8.0.36`, and `5.5.5-10.11.14-MariaDB`, as some proxies say it.
fn parse_version(text: &str) -> (u16, u16, u16) {
    let text = text.strip_prefix("5.5.5-").unwrap_or(text);
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse().unwrap_or_default());
    let mut next = || numbers.next().unwrap_or_default();
    (next(), next(), next())
}

/// A pool that connects when it is first used. Its sessions are strict, READ COMMITTED, and read what other nodes of a
/// cluster have committed.
pub fn pool(target: &Target, settings: PoolSettings) -> MySqlPool {
    MySqlPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.wait)
        .idle_timeout(Some(Duration::from_secs(600)))
        .after_connect(move |conn, _| Box::pin(prepare(conn, settings.lock_wait)))
        .connect_lazy_with(target.options.clone())
}

/// Brings a session to what the statements expect.
async fn prepare(conn: &mut MySqlConnection, lock_wait: u32) -> Result<(), sqlx::Error> {
    let settings = format!("SET SESSION sql_mode = '{SQL_MODE}', innodb_lock_wait_timeout = {lock_wait}");
    conn.execute(sqlx::AssertSqlSafe(settings)).await?;
    conn.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED").await?;
    match conn.execute("SET SESSION wsrep_sync_wait = 1").await {
        // MySQL knows no such variable.
        Err(error) if super::error::server_number(&error) != Some(1193) => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn versions_in_every_form_that_servers_say() {
        for (text, version) in [
            ("10.11.14-MariaDB-0+deb12u2", (10, 11, 14)),
            ("5.5.5-10.6.1-MariaDB", (10, 6, 1)),
            ("8.0.36", (8, 0, 36)),
            ("9.7.0-1", (9, 7, 0)),
            ("nonsense", (0, 0, 0)),
        ] {
            assert_eq!(parse_version(text), version, "{text}");
        }
    }

    #[tokio::test]
    async fn names_the_real_trouble() {
        let soon = Duration::from_secs(5);
        let refused = Target::parse("mysql://me:secret@127.0.0.1:1/festival").unwrap();
        let error = probe(&refused, soon).await.unwrap_err();
        assert_eq!(error, ConnectError::Refused { place: "127.0.0.1:1".into() });

        let unknown = Target::parse("mysql://me:secret@no-such-host.invalid/festival").unwrap();
        let error = probe(&unknown, soon).await.unwrap_err();
        assert_eq!(error, ConnectError::UnknownHost { host: "no-such-host.invalid".into() });

        let bare = Target::parse("mysql://me@127.0.0.1:1/festival?ssl-ca=/nowhere/ca.pem").unwrap();
        let error = probe(&bare, soon).await.unwrap_err().to_string();
        assert!(error.contains("ssl-ca names /nowhere/ca.pem"), "{error}");

        let nowhere = Target::parse("mysql://me@localhost/festival?socket=/nowhere/at/all.sock").unwrap();
        let error = probe(&nowhere, soon).await.unwrap_err();
        assert_eq!(error, ConnectError::NoSocket { place: "/nowhere/at/all.sock".into() });
    }

    #[tokio::test]
    async fn waits_only_so_long() {
        // It accepts and never speaks.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = silent.local_addr().unwrap();
        let target = Target::parse(&format!("mysql://me@{address}/festival")).unwrap();
        let error = probe(&target, Duration::from_millis(50)).await.unwrap_err();
        assert_eq!(error, ConnectError::TimedOut { place: address.to_string(), seconds: 0 });
    }
}

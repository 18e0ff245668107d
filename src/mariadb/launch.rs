//! Initialising, starting and reaching a server: what both kinds have in common.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::{ConnectOptions, Connection};
use tokio::process::Command;
use tokio::time::{Instant, sleep, timeout};

use super::complaints;
use super::error::MariadbError;
use super::locate::Programs;
use super::locks::{self, BEAT, PATIENCE};
use super::place::{OsUser, Place, make_private};

/// How long one connection may take; a server that is stopped or swapped out accepts and then says nothing.
const ANSWER: Duration = Duration::from_secs(5);

/// The server's error numbers for "too many connections" and "server shutdown in progress".
const TOO_MANY: u16 = 1040;
const STOPPING: u16 = 1053;

/// Flags of every server: no options from elsewhere, one socket and no port, one character set and time zone, small memory.
const COMMON: &[&str] = &[
    "--skip-networking",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_uca1400_ai_ci",
    "--default-time-zone=+00:00",
    "--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=32M",
    "--innodb-log-buffer-size=2M",
    "--key-buffer-size=16K",
    "--aria-pagecache-buffer-size=1M",
    "--performance-schema=OFF",
    "--query-cache-type=0",
    "--query-cache-size=0",
    "--table-open-cache=400",
    "--loose-feedback=OFF",
];

/// Every commit is on the disk before it is answered.
const DURABLE: &[&str] = &["--innodb-flush-log-at-trx-commit=1", "--max-connections=64"];

/// Nothing needs to outlive the server; many tests may share it.
const FLEETING: &[&str] = &[
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=OFF",
    "--innodb-flush-method=nosync",
    "--innodb-buffer-pool-dump-at-shutdown=OFF",
    "--innodb-buffer-pool-load-at-startup=OFF",
    "--sync-frm=OFF",
    "--max-connections=400",
];

/// What a server promises about commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    Durable,
    Fleeting,
}

/// The server's whole command line after the program.
pub(super) fn arguments(place: &Place, user: &OsUser, promise: Promise) -> Vec<OsString> {
    let with = |name: &str, path: &Path| {
        let mut flag = OsString::from(name);
        flag.push(path);
        flag
    };
    let mut all = vec![
        OsString::from("--no-defaults"),
        with("--datadir=", &place.data()),
        with("--socket=", &place.socket),
        with("--pid-file=", &place.pid()),
        with("--log-error=", &place.log()),
        with("--tmpdir=", &place.temporary()),
    ];
    if user.uid.is_root() {
        all.push(format!("--user={}", user.name).into());
    }
    let promised = match promise {
        Promise::Durable => DURABLE,
        Promise::Fleeting => FLEETING,
    };
    all.extend(COMMON.iter().chain(promised).map(OsString::from));
    all
}

/// Makes a data directory at `data`, which must not be there. `temporary` is for this alone: a server that starts removes every
/// temporary table that it finds, also those of another one.
pub(super) async fn initialise(
    programs: &Programs,
    user: &OsUser,
    data: &Path,
    temporary: &Path,
) -> Result<(), MariadbError> {
    make_private(temporary)?;
    let mut datadir = OsString::from("--datadir=");
    datadir.push(data);
    let mut command = Command::new(&programs.installer);
    command
        .arg("--no-defaults")
        .arg(datadir)
        .arg("--auth-root-authentication-method=socket")
        .arg(format!("--auth-root-socket-user={}", user.name))
        .args(["--skip-test-db", "--skip-name-resolve", "--innodb-log-file-size=32M"]);
    if user.uid.is_root() {
        // Under the name `--user` the script would also change the owner of the system's own PAM plugin; this name it hands on.
        command.arg(format!("--loose-user={}", user.name));
    }
    let output = command
        .env("TMPDIR", temporary)
        .stdin(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .output()
        .await
        .map_err(MariadbError::file(&programs.installer))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stderr, output.stdout].concat();
    Err(MariadbError::NotInitialised {
        directory: data.into(),
        reason: complaints::of_installer(&String::from_utf8_lossy(&said)),
    })
}

/// How to sign in to the server of `place`.
pub(super) fn connect_options(place: &Place, user: &OsUser) -> MySqlConnectOptions {
    // Newer servers offer TLS with a certificate made on the spot, which on a socket costs time and protects nothing.
    MySqlConnectOptions::new().socket(&place.socket).username(&user.name).ssl_mode(MySqlSslMode::Disabled)
}

/// One connection, given up after a few seconds.
pub(super) async fn connect(place: &Place, user: &OsUser) -> Result<MySqlConnection, sqlx::Error> {
    let options = connect_options(place, user).disable_statement_logging();
    match timeout(ANSWER, MySqlConnection::connect_with(&options)).await {
        Ok(answer) => answer,
        Err(_) => Err(sqlx::Error::Io(io::ErrorKind::TimedOut.into())),
    }
}

/// Connects once to see whether the server is there. One with too many connections is.
pub(super) async fn ping(place: &Place, user: &OsUser) -> Result<(), sqlx::Error> {
    match connect(place, user).await {
        Ok(connection) => {
            // Saying goodbye keeps "aborted connection" out of the server's log; a failure changes nothing.
            let _ = connection.close().await;
            Ok(())
        }
        Err(error) if number(&error) == Some(TOO_MANY) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The server's number of an error that it sent itself.
fn number(error: &sqlx::Error) -> Option<u16> {
    let sent = error.as_database_error()?;
    sent.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>().map(|sent| sent.number())
}

/// What [`settle`] found.
#[derive(Debug)]
pub(super) enum State {
    /// The server answers.
    Answers,
    /// No process has the directory; this is `server.lock`, held, for the next one.
    Absent(File),
}

/// Waits until the server of `place` either answers or has no process: one that starts, recovers or stops is in between.
pub(super) async fn settle(place: &Place, user: &OsUser) -> Result<State, MariadbError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match ping(place, user).await {
            Ok(()) => return Ok(State::Answers),
            Err(error) if error.as_database_error().is_some() && number(&error) != Some(STOPPING) => {
                return Err(place.unreachable(error));
            }
            Err(_) => {}
        }
        if let Some(lock) = locks::try_exclusive(&place.server_lock())? {
            return Ok(State::Absent(lock));
        }
        if Instant::now() >= deadline {
            return Err(MariadbError::Silent { directory: place.directory.clone(), seconds: PATIENCE.as_secs() });
        }
        sleep(BEAT).await;
    }
}

/// The server's log, to be handed to a process as its standard error: what it says before it opens the log itself.
pub(super) fn log_file(place: &Place) -> Result<File, MariadbError> {
    let log = place.log();
    OpenOptions::new().append(true).create(true).mode(0o600).open(&log).map_err(MariadbError::file(log))
}

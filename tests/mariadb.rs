//! The private MariaDB on real servers in temporary directories. What concerns several processes is tried with several: this
//! test program started again as a console of its own, see [`as_a_console`].

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use marsai::mariadb::{MariadbError, Server};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, getpgid, getpgrp};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};

/// Tells the test program to act as a console: the directory of a durable server, or nothing for a throwaway one.
const CONSOLE: &str = "MARSAI_TEST_CONSOLE";

/// The mark of what a console says, between the lines of the test harness.
const SAYS: &str = "console: ";

async fn connect(server: &Server) -> MySqlConnection {
    MySqlConnection::connect_with(&server.connect_options()).await.unwrap()
}

async fn run(server: &Server, sql: &str) {
    let mut connection = connect(server).await;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn number(server: &Server, sql: &str) -> i64 {
    let mut connection = connect(server).await;
    let number = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    number
}

fn pid(directory: &Path) -> Pid {
    let text = fs::read_to_string(directory.join("server.pid")).unwrap();
    Pid::from_raw(text.trim().parse().unwrap())
}

fn lives(process: Pid) -> bool {
    kill(process, None).is_ok()
}

/// Looks again until it holds; a test that waits in vain fails after a minute.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..6000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: not within a minute");
}

/// Kills the server of `directory` as a power cut would, and waits until its process has let go of everything.
async fn crash(directory: &Path) {
    kill(pid(directory), Signal::SIGKILL).unwrap();
    let lock = fs::File::open(directory.join("server.lock")).unwrap();
    until("the killed server is gone", || lock.try_lock().is_ok()).await;
}

/// Another process with a server.
struct Console {
    process: std::process::Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Console {
    /// Starts one; `directory` as [`CONSOLE`] means it.
    fn start(directory: &str, environment: &[(&str, &Path)]) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "as_a_console", "--nocapture"])
            .env(CONSOLE, directory)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { stdin: process.stdin.take(), stdout: BufReader::new(process.stdout.take().unwrap()), process }
    }

    /// The next thing that it says: the directory and the socket of its server, or why it has none.
    fn says(&mut self) -> Result<(PathBuf, PathBuf), String> {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "the console ended without a word");
            // The harness may have begun the line with the name of the test.
            if let Some((_, said)) = line.trim_end().split_once(SAYS) {
                let parts: Vec<&str> = said.split('\t').collect();
                return match parts[..] {
                    [directory, socket] => Ok((directory.into(), socket.into())),
                    _ => Err(said.to_owned()),
                };
            }
        }
    }

    /// Lets it leave in peace.
    fn end(mut self) {
        self.stdin = None;
        assert!(self.process.wait().unwrap().success());
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // Also after a failed test its server must be gone before the directory is.
        self.stdin = None;
        let _ = self.process.wait();
    }
}

/// Not a test by itself: what [`Console`] runs.
#[tokio::test]
async fn as_a_console() {
    let Ok(directory) = std::env::var(CONSOLE) else { return };
    let opened =
        if directory.is_empty() { Server::throwaway().await } else { Server::open(Path::new(&directory)).await };
    let mut out = std::io::stdout();
    match opened {
        Ok(server) => {
            run(&server, "DO 1").await;
            writeln!(out, "{SAYS}{}\t{}", server.directory().display(), server.socket().display()).unwrap();
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            server.leave().await.unwrap();
        }
        Err(error) => writeln!(out, "{SAYS}{error}").unwrap(),
    }
}

#[tokio::test]
async fn the_last_one_out_stops_the_server_and_the_data_stays() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("a private one");
    let first = Server::open(&directory).await.unwrap();
    assert_eq!(fs::metadata(&directory).unwrap().mode() & 0o777, 0o700);
    let second = Server::open(&directory).await.unwrap();
    assert_eq!(first.socket(), second.socket());
    run(&first, "CREATE DATABASE kept; CREATE TABLE kept.films (id INT PRIMARY KEY)").await;

    first.leave().await.unwrap();
    run(&second, "INSERT INTO kept.films VALUES (7)").await;
    let process = pid(&directory);
    second.leave().await.unwrap();
    assert!(!directory.join("server.sock").exists());
    until("the stopped server is gone", || !lives(process)).await;

    let again = Server::open(&directory).await.unwrap();
    assert_eq!(number(&again, "SELECT MAX(id) FROM kept.films").await, 7);
    again.leave().await.unwrap();
}

#[tokio::test]
async fn what_a_session_finds_is_utf8_utc_and_strict() {
    let server = support::server().await;
    for (sql, expected) in [
        ("SELECT @@character_set_server = 'utf8mb4'", 1),
        ("SELECT @@global.sql_mode LIKE '%STRICT_TRANS_TABLES%'", 1),
        ("SELECT @@global.time_zone = '+00:00'", 1),
        ("SELECT @@skip_networking", 1),
        ("SELECT @@log_bin", 0),
    ] {
        assert_eq!(number(server, sql).await, expected, "{sql}");
    }
}

#[tokio::test]
async fn dropping_the_last_handle_stops_the_server_too() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::open(home.path()).await.unwrap();
    let process = pid(home.path());
    drop(server);
    until("the stopped server is gone", || !lives(process)).await;
}

#[tokio::test]
async fn a_killed_server_is_brought_back_with_what_was_committed() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::open(home.path()).await.unwrap();
    run(&server, "CREATE DATABASE kept; CREATE TABLE kept.films (id INT PRIMARY KEY)").await;
    run(&server, "INSERT INTO kept.films VALUES (1), (2)").await;
    crash(home.path()).await;
    assert!(MySqlConnection::connect_with(&server.connect_options()).await.is_err());

    server.revive().await.unwrap();
    assert_eq!(number(&server, "SELECT COUNT(*) FROM kept.films").await, 2);
    server.revive().await.unwrap();

    // Another console finds the crash as well; one that leaves after a crash has nothing to stop.
    crash(home.path()).await;
    let other = Server::open(home.path()).await.unwrap();
    assert_eq!(number(&other, "SELECT COUNT(*) FROM kept.films").await, 2);
    other.leave().await.unwrap();
    crash(home.path()).await;
    server.leave().await.unwrap();
}

#[tokio::test]
async fn a_stale_socket_and_a_wrong_process_id_mislead_nobody() {
    let home = tempfile::tempdir().unwrap();
    Server::open(home.path()).await.unwrap().leave().await.unwrap();
    let socket = home.path().join("server.sock");
    drop(UnixListener::bind(&socket).unwrap());
    fs::write(home.path().join("server.pid"), std::process::id().to_string()).unwrap();
    fs::create_dir(home.path().join("data.new-1")).unwrap();

    let server = Server::open(home.path()).await.unwrap();
    assert_ne!(pid(home.path()).as_raw().unsigned_abs(), std::process::id());
    assert!(!home.path().join("data.new-1").exists());
    server.leave().await.unwrap();
}

#[tokio::test]
async fn a_long_path_is_reached_by_a_short_one_whatever_the_environment() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("long".repeat(30)).join("é".repeat(40));
    let runtimes = [home.path().join("one"), home.path().join("two")];
    let mut consoles = Vec::new();
    for runtime in &runtimes {
        fs::create_dir(runtime).unwrap();
        let mut console = Console::start(directory.to_str().unwrap(), &[("XDG_RUNTIME_DIR", runtime)]);
        let (_, socket) = console.says().unwrap();
        assert!(socket.starts_with(runtime), "{}", socket.display());
        assert!(socket.as_os_str().len() <= 103);
        consoles.push(console);
    }
    let process = pid(&directory);
    for console in consoles {
        assert!(lives(process));
        console.end();
    }
    until("the stopped server is gone", || !lives(process)).await;
}

#[tokio::test]
async fn a_directory_for_short_paths_that_others_may_enter_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let open = home.path().join("marsai");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();
    let directory = home.path().join("long".repeat(40));
    let mut console = Console::start(directory.to_str().unwrap(), &[("XDG_RUNTIME_DIR", home.path())]);
    let sentence = console.says().unwrap_err();
    assert!(sentence.contains("belongs to you alone"), "{sentence}");
    console.end();
}

#[tokio::test]
async fn consoles_that_start_at_once_share_one_server() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("private");
    let mut consoles: Vec<Console> = (0..4).map(|_| Console::start(directory.to_str().unwrap(), &[])).collect();
    let sockets: Vec<_> = consoles.iter_mut().map(|console| console.says().unwrap().1).collect();
    assert!(sockets.iter().all(|socket| *socket == sockets[0]));
    let process = pid(&directory);

    // One dies without leaving; it must not keep the server alive, nor take it along.
    consoles.pop().unwrap().kill();
    for console in consoles {
        assert!(lives(process));
        console.end();
    }
    until("the stopped server is gone", || !lives(process)).await;
    let left: Vec<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("new-")), "{left:?}");
}

#[tokio::test]
async fn handles_that_come_and_go_at_once_each_find_a_server() {
    let home = tempfile::tempdir().unwrap();
    let visit = || async {
        for _ in 0..3 {
            let server = Server::open(home.path()).await.unwrap();
            run(&server, "DO 1").await;
            server.leave().await.unwrap();
        }
    };
    tokio::join!(visit(), visit(), visit());
    assert!(!home.path().join("server.sock").exists());
}

#[tokio::test]
async fn the_server_is_out_of_reach_of_the_terminals_signals() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::open(home.path()).await.unwrap();
    assert_ne!(getpgid(Some(pid(home.path()))).unwrap(), getpgrp());
    server.leave().await.unwrap();
    let throwaway = support::server().await;
    assert_ne!(getpgid(Some(pid(throwaway.directory()))).unwrap(), getpgrp());
}

#[tokio::test]
async fn a_directory_that_cannot_be_had_is_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Server::open(&file.join("private")).await.unwrap_err();
    assert!(matches!(error, MariadbError::File { .. }), "{error}");
    assert!(error.to_string().contains(file.to_str().unwrap()), "{error}");

    // One with somebody's files in it is neither closed to others nor filled.
    fs::set_permissions(home.path(), Permissions::from_mode(0o755)).unwrap();
    let error = Server::open(home.path()).await.unwrap_err();
    assert!(matches!(error, MariadbError::Occupied { .. }), "{error}");
    assert_eq!(fs::metadata(home.path()).unwrap().mode() & 0o777, 0o755);

    // Root may read everything; anybody else may not.
    let closed = home.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&closed).is_err() {
        let error = Server::open(&closed.join("private")).await.unwrap_err();
        assert!(error.to_string().contains("ermission denied"), "{error}");
    }
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn a_damaged_data_directory_is_reported_with_the_servers_own_words() {
    let home = tempfile::tempdir().unwrap();
    Server::open(home.path()).await.unwrap().leave().await.unwrap();
    fs::write(home.path().join("data/ibdata1"), vec![1; 1 << 20]).unwrap();
    for _ in 0..2 {
        let error = Server::open(home.path()).await.unwrap_err();
        let MariadbError::NotStarted { reason, log } = &error else { panic!("{error}") };
        assert!(reason.contains("InnoDB"), "{error}");
        assert!(log.exists() && !error.to_string().contains('\n'), "{error}");
    }
}

#[tokio::test]
async fn a_wrong_program_is_named() {
    let home = tempfile::tempdir().unwrap();
    let mut console = Console::start("", &[("MARSAI_MARIADBD", &home.path().join("mariadbd"))]);
    let sentence = console.says().unwrap_err();
    assert!(sentence.starts_with("MARSAI_MARIADBD names"), "{sentence}");
    console.end();
}

#[tokio::test]
async fn a_throwaway_server_goes_with_its_owner_however_that_ends() {
    for killed in [true, false] {
        let mut console = Console::start("", &[]);
        let (directory, _) = console.says().unwrap();
        let process = pid(&directory);
        assert!(lives(process));
        if killed {
            console.kill();
        } else {
            console.end();
        }
        until("the throwaway server is gone", || !lives(process) && !directory.exists()).await;
    }
}

#[tokio::test]
async fn a_throwaway_server_that_died_says_so() {
    let server = Server::throwaway().await.unwrap();
    let directory = server.directory().to_owned();
    server.revive().await.unwrap();
    crash(&directory).await;
    assert!(server.revive().await.is_err());
    server.leave().await.unwrap();
    assert!(!directory.exists());
}

#[tokio::test]
async fn one_template_serves_processes_that_start_at_once() {
    let cache = tempfile::tempdir().unwrap();
    let environment = [("XDG_CACHE_HOME", cache.path()), ("HOME", cache.path())];
    let mut consoles: Vec<Console> = (0..3).map(|_| Console::start("", &environment)).collect();
    for console in &mut consoles {
        console.says().unwrap();
    }
    consoles.into_iter().for_each(Console::end);
    let template = the_template(cache.path());

    // A cache that somebody tidied, or where a maker died, is mended.
    fs::remove_file(template.join("ibdata1")).unwrap();
    fs::remove_dir_all(template.join("mysql")).unwrap();
    fs::create_dir(template.with_file_name("new-1")).unwrap();
    let mut console = Console::start("", &environment);
    console.says().unwrap();
    console.end();
    assert!(the_template(cache.path()).join("ibdata1").exists());
}

/// The only directory in the cache.
fn the_template(cache: &Path) -> PathBuf {
    let mut found = Vec::new();
    let mut folders = vec![cache.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("ib_logfile0").exists() {
            found.push(folder);
            continue;
        }
        folders.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()));
    }
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[tokio::test]
async fn a_throwaway_server_needs_no_cache() {
    let nowhere = Path::new("/dev/null/nowhere");
    let mut console = Console::start("", &[("XDG_CACHE_HOME", nowhere), ("HOME", nowhere)]);
    console.says().unwrap();
    console.end();
}

#[tokio::test]
async fn every_test_has_a_database_of_its_own() {
    for kind in support::servers() {
        let (one, two) = (support::database_on(kind).await, support::database_on(kind).await);
        assert_ne!(one.name(), two.name());
        let pool = one.pool(2).await;
        let (name, charset): (String, String) =
            sqlx::query_as("SELECT DATABASE(), @@character_set_database").fetch_one(&pool).await.unwrap();
        assert_eq!((name.as_str(), charset.as_str()), (one.name(), "utf8mb4"));
        pool.close().await;
        let name = one.name().to_owned();
        drop(one);
        let mut connection = two.connect().await;
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?")
            .bind(name)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(left, 0);
    }
}

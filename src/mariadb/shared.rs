//! The durable server that the consoles of one user share: joining it, bringing it back, and leaving it.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::{Instant, sleep};

use super::error::MariadbError;
use super::launch::{self, Promise, State};
use super::locate::locate;
use super::locks::{self, BEAT, PATIENCE};
use super::place::{OsUser, Place};

/// How long a console that ends without saying so waits for the server to stop.
const HURRY: Duration = Duration::from_secs(10);

/// Turns into the server, which inherits the lock (our standard output) under a number that it leaves alone.
const RUN: &str = r#"exec "$@" 9>&1 </dev/null >&2"#;

/// This console's part in the shared server: a shared lock, until it leaves.
#[derive(Debug)]
pub(super) struct Shared {
    in_use: Option<File>,
}

impl Shared {
    /// Announces this console and makes sure that the server runs.
    pub(super) async fn join(place: &Place, user: &OsUser) -> Result<Self, MariadbError> {
        let _starting = starting(place, PATIENCE).await?;
        let path = place.use_lock();
        let in_use = locks::open(&path)?;
        // Only who holds the start lock ever takes this one exclusively, and that is us.
        locks::took(&path, in_use.try_lock_shared())?;
        ensure_running(place, user).await?;
        Ok(Self { in_use: Some(in_use) })
    }

    /// Starts the server again if it is gone.
    pub(super) async fn revive(place: &Place, user: &OsUser) -> Result<(), MariadbError> {
        let _starting = starting(place, PATIENCE).await?;
        ensure_running(place, user).await
    }

    /// Leaves, and stops the server if nobody else is there. Does nothing the second time.
    pub(super) async fn leave(&mut self, place: &Place, user: &OsUser) -> Result<(), MariadbError> {
        self.leave_within(place, user, PATIENCE).await
    }

    /// The same for a console that ends in another way, on a thread of its own because the caller's runtime may be ending too.
    pub(super) fn leave_blocking(&mut self, place: &Place, user: &OsUser) {
        if self.in_use.is_none() {
            return;
        }
        let leaving = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                // Nobody is left to tell; the next console finds the server as it is.
                let _ = runtime.block_on(self.leave_within(place, user, HURRY));
            }
        };
        thread::scope(|scope| {
            scope.spawn(leaving);
        });
    }

    async fn leave_within(&mut self, place: &Place, user: &OsUser, patience: Duration) -> Result<(), MariadbError> {
        let Some(in_use) = &self.in_use else { return Ok(()) };
        let _starting = starting(place, patience).await?;
        // Turning the lock that we hold into an exclusive one (which flock does) tells whether others hold it; a second one of
        // our own could be refused because of a child process that is just being made and still has the first.
        let alone = locks::took(&place.use_lock(), in_use.try_lock())?;
        let stopped = if alone { stop(place, user, patience).await } else { Ok(()) };
        if alone && stopped.is_ok() {
            place.unlink();
        }
        self.in_use = None;
        stopped
    }
}

/// The right to start or stop the server.
async fn starting(place: &Place, patience: Duration) -> Result<File, MariadbError> {
    let lock = locks::exclusive(&place.start_lock(), patience).await?;
    lock.ok_or_else(|| MariadbError::Busy { directory: place.directory.clone(), seconds: patience.as_secs() })
}

/// Starts the server unless it runs. The caller holds the start lock.
async fn ensure_running(place: &Place, user: &OsUser) -> Result<(), MariadbError> {
    match launch::settle(place, user).await? {
        State::Answers => Ok(()),
        State::Absent(lock) => start(place, user, lock).await,
    }
}

/// Starts the server, which recovers by itself what a crash left; `lock` goes over to its process.
async fn start(place: &Place, user: &OsUser, lock: File) -> Result<(), MariadbError> {
    let programs = tokio::task::spawn_blocking(locate).await.map_err(|_| MariadbError::Interrupted)??;
    sweep(&place.directory);
    let data = place.data();
    if !data.exists() {
        let fresh = place.directory.join(format!("data.new-{}", std::process::id()));
        if let Err(error) = launch::initialise(&programs, user, &fresh, &place.temporary()).await {
            // Half a directory is of no use, least of all on a full disk.
            let _ = fs::remove_dir_all(&fresh);
            return Err(error);
        }
        fs::rename(&fresh, &data).map_err(MariadbError::file(&data))?;
    }
    let from = place.tidy()?;
    Command::new("/bin/sh")
        .args(["-c", RUN, "marsai-mariadb"])
        .arg(&programs.server)
        .args(launch::arguments(place, user, Promise::Durable))
        .stdin(Stdio::null())
        .stdout(lock)
        .stderr(launch::log_file(place)?)
        .current_dir("/")
        // Out of the terminal's group, so that Ctrl-C there does not reach it.
        .process_group(0)
        .spawn()
        .map_err(MariadbError::file(&programs.server))?;
    match launch::settle(place, user).await? {
        State::Answers => Ok(()),
        State::Absent(_) => Err(place.not_started(from)),
    }
}

/// Removes what consoles that died while initialising left behind. The caller holds the start lock, so no other is at it.
fn sweep(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with("data.new-") {
            // What cannot be removed is only in the way of disk space.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Stops the server and waits until its process is gone. The caller holds the start lock and is alone.
async fn stop(place: &Place, user: &OsUser, patience: Duration) -> Result<(), MariadbError> {
    let State::Answers = launch::settle(place, user).await? else {
        return Ok(());
    };
    let mut connection = launch::connect(place, user).await.map_err(|source| place.unreachable(source))?;
    // The server may hang up before it has answered; what counts is that its process ends.
    let _ = sqlx::raw_sql("SHUTDOWN").execute(&mut connection).await;
    drop(connection);
    let deadline = Instant::now() + patience;
    while locks::try_exclusive(&place.server_lock())?.is_none() {
        if Instant::now() >= deadline {
            return Err(MariadbError::NotStopped { directory: place.directory.clone(), seconds: patience.as_secs() });
        }
        sleep(BEAT).await;
    }
    Ok(())
}

//! A server that is gone when the process that asked for it ends, by whatever means.
//!
//! Between the two stands a small shell that waits for its standard input to end. The other end of that pipe is ours and the
//! kernel closes it however we end; the shell then kills the server and removes the directory.

use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use super::error::MariadbError;
use super::launch::{self, Promise, State};
use super::locate::{Programs, locate};
use super::locks;
use super::place::{OsUser, Place, fits_a_socket};
use super::template;

/// `$1` is the directory, the rest the server's command line. A first line on standard input says that the files are there. The
/// server inherits the lock (the shell's standard output) under a number that it leaves alone. Nothing but the end of the pipe
/// ends the shell.
const SUPERVISE: &str = r#"
trap '' HUP INT QUIT TERM
directory=$1
shift
if read -r go; then
    "$@" 9>&1 </dev/null >&2 &
    exec >/dev/null
    read -r go
    kill -9 $!
    wait $!
fi
rm -rf -- "$directory"
"#;

/// The pipe that keeps the server alive. No other process inherits it.
#[derive(Debug)]
pub(super) struct Throwaway {
    pipe: Option<ChildStdin>,
    supervisor: Child,
}

impl Throwaway {
    /// A new directory with a running server in it.
    pub(super) async fn start(user: &OsUser) -> Result<(Place, Self), MariadbError> {
        let programs = tokio::task::spawn_blocking(locate).await.map_err(|_| MariadbError::Interrupted)??;
        match Self::attempt(&programs, user).await {
            (Err(MariadbError::NotStarted { .. }), Some(used)) => {
                // The likely cause is a cache that somebody tidied; without the template it is made anew.
                template::discard(&used);
                Self::attempt(&programs, user).await.0
            }
            (answer, _) => answer,
        }
    }

    /// Starts once, and says which template it came from.
    async fn attempt(programs: &Programs, user: &OsUser) -> (Result<(Place, Self), MariadbError>, Option<PathBuf>) {
        let mut used = None;
        let answer = Self::build(programs, user, &mut used).await;
        (answer, used)
    }

    async fn build(
        programs: &Programs,
        user: &OsUser,
        used: &mut Option<PathBuf>,
    ) -> Result<(Place, Self), MariadbError> {
        let (place, mut throwaway) = Self::supervised(programs, user)?;
        *used = template::fill(programs, user, &place).await?;
        let from = place.tidy()?;
        throwaway.go()?;
        match launch::settle(&place, user).await? {
            State::Answers => Ok((place, throwaway)),
            State::Absent(_) => Err(place.not_started(from)),
        }
    }

    /// A new directory that is already bound to our life, before anything is in it.
    fn supervised(programs: &Programs, user: &OsUser) -> Result<(Place, Self), MariadbError> {
        let home = home();
        let directory = tempfile::Builder::new()
            .prefix("marsai-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(&home)
            .map_err(MariadbError::file(&home))?;
        let place = Place::prepare(directory.path(), user)?;
        let path = place.server_lock();
        let lock = locks::open(&path)?;
        locks::took(&path, lock.try_lock())?;
        let mut supervisor = Command::new("/bin/sh")
            .args(["-c", SUPERVISE, "marsai-throwaway"])
            .arg(&place.directory)
            .arg(&programs.server)
            .args(launch::arguments(&place, user, Promise::Fleeting))
            .stdin(Stdio::piped())
            .stdout(lock)
            .stderr(launch::log_file(&place)?)
            .current_dir("/")
            .process_group(0)
            .spawn()
            .map_err(MariadbError::file("/bin/sh"))?;
        let pipe = supervisor.stdin.take();
        // From here on the shell removes it.
        let _ = directory.keep();
        Ok((place, Self { pipe, supervisor }))
    }

    /// Lets the shell start the server.
    fn go(&mut self) -> Result<(), MariadbError> {
        let pipe = self.pipe.as_mut().ok_or(MariadbError::Interrupted)?;
        pipe.write_all(b"go\n").map_err(MariadbError::file("/bin/sh"))
    }

    /// Ends the server and waits until process and directory are gone.
    pub(super) async fn end(&mut self) {
        self.pipe = None;
        while matches!(self.supervisor.try_wait(), Ok(None)) {
            tokio::time::sleep(locks::BEAT).await;
        }
    }

    /// The same without a runtime.
    pub(super) fn end_blocking(&mut self) {
        self.pipe = None;
        // An error means that it was waited for already.
        let _ = self.supervisor.wait();
    }
}

/// Where temporary directories go: the usual place, unless its name is too long for a socket.
fn home() -> PathBuf {
    let usual = std::env::temp_dir();
    if fits_a_socket(&usual.join("marsai-123456")) { usual } else { PathBuf::from("/tmp") }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        self.end_blocking();
    }
}

//! Advisory locks on files. The kernel frees them when their holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::error::MariadbError;

/// How long we wait for another console, or for a server that recovers.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at a lock or a socket.
pub(super) const BEAT: Duration = Duration::from_millis(10);

/// Opens a lock file, which holds nothing and is never removed (a removed one could be locked twice).
pub(super) fn open(path: &Path) -> Result<File, MariadbError> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(MariadbError::file(path))
}

/// Turns "somebody else has it" into `false`.
pub(super) fn took(path: &Path, answer: Result<(), TryLockError>) -> Result<bool, MariadbError> {
    match answer {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(source)) => Err(MariadbError::file(path)(source)),
    }
}

/// The exclusive lock on `path`, if nobody else has it now.
pub(super) fn try_exclusive(path: &Path) -> Result<Option<File>, MariadbError> {
    let file = open(path)?;
    Ok(took(path, file.try_lock())?.then_some(file))
}

/// The exclusive lock on `path`, waited for; `None` when it is still taken after `patience`. Waits by looking again, so that a
/// caller who gives up leaves no thread behind.
pub(super) async fn exclusive(path: &Path, patience: Duration) -> Result<Option<File>, MariadbError> {
    let file = open(path)?;
    let deadline = Instant::now() + patience;
    while !took(path, file.try_lock())? {
        if Instant::now() >= deadline {
            return Ok(None);
        }
        sleep(BEAT).await;
    }
    Ok(Some(file))
}

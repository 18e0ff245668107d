//! Where frames go: at once while the terminal takes them, else from a thread of their own. Writing to a terminal can block
//! for as long as it is held up, and the loop must hear a signal all the same.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::mpsc as std_mpsc;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::run::frame::LEAVE;

/// How long the terminal is given to take the last bytes.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What the writing thread is told.
enum Job {
    /// Bytes of a frame, from where they are still to be written.
    Frame(Vec<u8>, usize),
    /// The last bytes, and who waits for them.
    Last(std_mpsc::SyncSender<()>),
}

/// The terminal's output.
pub(super) struct Paper {
    /// The terminal once more, where writing does not block.
    at_once: Option<File>,
    jobs: std_mpsc::Sender<Job>,
    written: mpsc::UnboundedReceiver<io::Result<Vec<u8>>>,
}

impl Paper {
    /// Writes to a terminal: to `at_once`, which does not block, as much as it takes.
    pub(super) fn new(out: File, at_once: Option<File>) -> io::Result<Self> {
        let (jobs, written) = thread(out)?;
        Ok(Self { at_once, jobs, written })
    }

    /// Writes a frame; the buffer comes back now if the terminal took all of it, else from [`Self::written`].
    pub(super) fn write(&mut self, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        // What goes wrong here goes wrong in the thread as well, which says so.
        let count = self.at_once.as_mut().and_then(|out| out.write(&bytes).ok()).unwrap_or(0);
        if count == bytes.len() {
            bytes.clear();
            return Some(bytes);
        }
        // The thread ends only with this value.
        let _ = self.jobs.send(Job::Frame(bytes, count));
        None
    }

    /// Waits for a buffer that is written.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) async fn written(&mut self) -> io::Result<Vec<u8>> {
        self.written.recv().await.unwrap_or_else(|| Err(io::ErrorKind::BrokenPipe.into()))
    }

    /// Gives the terminal back. One that takes nothing is not waited for.
    pub(super) fn give_back(&self) {
        let (done, wait) = std_mpsc::sync_channel(1);
        if self.jobs.send(Job::Last(done)).is_ok() {
            let _ = wait.recv_timeout(LAST_WORDS);
        }
    }
}

/// Starts the thread that writes, and hands back the buffers that are written.
#[allow(clippy::type_complexity, reason = "two ends of two channels")]
fn thread(mut out: File) -> io::Result<(std_mpsc::Sender<Job>, mpsc::UnboundedReceiver<io::Result<Vec<u8>>>)> {
    let (jobs, todo) = std_mpsc::channel();
    let (done, written) = mpsc::unbounded_channel();
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        for job in todo {
            match job {
                Job::Frame(mut bytes, from) => {
                    let result = out.write_all(&bytes[from..]);
                    bytes.clear();
                    // Nobody listens any more once the console has ended.
                    let _ = done.send(result.map(|()| bytes));
                }
                Job::Last(waiting) => {
                    let _ = out.write_all(LEAVE);
                    let _ = waiting.send(());
                    return;
                }
            }
        }
    })?;
    Ok((jobs, written))
}

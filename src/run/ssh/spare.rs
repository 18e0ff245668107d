//! No file descriptors left: newcomers are refused, those who are in go on.

use std::fs::File;
use std::io;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::net::TcpListener;

/// After a failed accept without a spare descriptor the server waits this long.
const BREATH: Duration = Duration::from_millis(200);

/// The log says it no more often than this.
const SAID: Duration = Duration::from_secs(10);

/// A file descriptor that is kept for refusing newcomers: one that is neither accepted nor refused waits for ever.
pub(super) struct Spare {
    file: Option<File>,
    said: Option<Instant>,
    refused: u64,
}

impl Spare {
    pub(super) fn new() -> Self {
        Self { file: keep(), said: None, refused: 0 }
    }

    /// A newcomer could not be accepted: accepts and closes it in the place of the spare descriptor.
    pub(super) async fn refuse(&mut self, listener: &TcpListener, error: &io::Error) {
        self.refused += 1;
        if self.said.is_none_or(|said| said.elapsed() > SAID) {
            tracing::warn!(%error, refused = self.refused, "cannot accept newcomers");
            self.said = Some(Instant::now());
            self.refused = 0;
        }
        // What an accept that fails for other reasons needs is time.
        if self.file.take().is_none() || !matches!(listener.accept().now_or_never(), Some(Ok(_))) {
            tokio::time::sleep(BREATH).await;
        }
        self.file = keep();
    }
}

fn keep() -> Option<File> {
    File::open("/dev/null").ok()
}

//! No file descriptors left: newcomers are refused, those who are in go on.

use std::fs::File;
use std::io;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::net::TcpListener;

use super::seldom::Seldom;

/// After a failed accept without a spare descriptor the server waits this long.
const BREATH: Duration = Duration::from_millis(200);

/// A file descriptor that is kept for refusing newcomers: one that is neither accepted nor refused waits for ever.
pub(super) struct Spare {
    file: Option<File>,
    refused: Seldom,
}

impl Spare {
    pub(super) fn new() -> Self {
        Self { file: keep(), refused: Seldom::default() }
    }

    /// A newcomer could not be accepted: accepts and closes it in the place of the spare descriptor.
    pub(super) async fn refuse(&mut self, listener: &TcpListener, error: &io::Error) {
        if let Some(refused) = self.refused.again() {
            tracing::warn!(%error, refused, "cannot accept newcomers");
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

//! A server behind a line that breaks at the worst moment: while COMMIT is sent, or while its answer comes back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

/// When the line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// The server never hears the COMMIT.
    Before,
    /// The server commits, and its answer is lost.
    After,
}

/// Passes everything on, except the COMMITs that it was told to break at.
#[derive(Debug)]
pub(crate) struct Proxy {
    directory: tempfile::TempDir,
    left: Arc<AtomicUsize>,
    closed: Arc<AtomicBool>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// Stands in front of `server` and breaks the line at the first `times` COMMITs; with `close` it takes no further
    /// connection afterwards.
    pub(crate) async fn start(server: &Path, at: Break, times: usize, close: bool) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(directory.path().join("p.sock")).unwrap();
        let (left, closed) = (Arc::new(AtomicUsize::new(times)), Arc::new(AtomicBool::new(false)));
        let (server, count, shut) = (server.to_owned(), left.clone(), closed.clone());
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if shut.load(Ordering::SeqCst) {
                    continue;
                }
                let line = Line { server: server.clone(), at, close, left: count.clone(), closed: shut.clone() };
                tokio::spawn(line.pass(client));
            }
        });
        Self { directory, left, closed, task }
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.directory.path().join("p.sock")
    }

    /// Whether the line has broken as often as it should.
    pub(crate) fn is_done(&self) -> bool {
        self.left.load(Ordering::SeqCst) == 0
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        self.task.abort();
    }
}

struct Line {
    server: PathBuf,
    at: Break,
    close: bool,
    left: Arc<AtomicUsize>,
    closed: Arc<AtomicBool>,
}

impl Line {
    async fn pass(self, mut client: UnixStream) {
        let mut server = UnixStream::connect(&self.server).await.unwrap();
        let (mut up, mut down) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            tokio::select! {
                read = client.read(&mut up) => {
                    let Ok(n @ 1..) = read else { return };
                    if self.closed.load(Ordering::SeqCst) {
                        return;
                    }
                    // A query packet of this one word, not `READ COMMITTED`.
                    let commits = up[..n].ends_with(b"\x03COMMIT");
                    if commits && self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
                        self.closed.store(self.close, Ordering::SeqCst);
                        if self.at == Break::After {
                            server.write_all(&up[..n]).await.unwrap();
                            let _ = server.read(&mut down).await.unwrap();
                        }
                        return;
                    }
                    server.write_all(&up[..n]).await.unwrap();
                }
                read = server.read(&mut down) => {
                    let Ok(n @ 1..) = read else { return };
                    if client.write_all(&down[..n]).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}

//! A channel as a terminal of the driver, and the end of a session in the order that clients understand.

use std::time::Duration;

use russh::ChannelWriteHalf;
use russh::server::Msg as ServerMsg;
use tokio::sync::{mpsc, watch};

use crate::app::msg::Msg;
use crate::run::backend::{Backend, End, Event, sane_size};
use crate::run::driver::{self, Visitor};
use crate::run::frame::{Caps, ENTER, LEAVE, cell_size};
use crate::run::host::{Host, Service};
use crate::run::input::Typed;
use crate::run::panic;

/// An ESC with nothing behind it for this long is the Escape key.
const LONE_ESCAPE: Duration = Duration::from_millis(50);

/// How long a client may take to receive the last bytes, and then to go.
const GOODBYE: Duration = Duration::from_secs(5);

/// The size of a window at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    cells: (u16, u16),
    /// A cell in pixels, if the client told it.
    cell: Option<(u16, u16)>,
}

impl Default for Window {
    fn default() -> Self {
        Self { cells: (80, 24), cell: None }
    }
}

impl Window {
    pub(super) fn new((columns, rows): (u32, u32), pixels: (u32, u32)) -> Self {
        Self { cells: sane_size(columns, rows), cell: cell_size(pixels, (columns, rows)) }
    }
}

/// A terminal at the other end of a channel.
pub(super) struct Remote {
    input: mpsc::Receiver<Vec<u8>>,
    typed: Typed,
    size: watch::Receiver<Window>,
    caps: Caps,
    stopped: watch::Receiver<bool>,
    frames: mpsc::Sender<Vec<u8>>,
    written: mpsc::Receiver<()>,
}

/// The other side of [`Remote::write`].
pub(super) struct Output {
    frames: mpsc::Receiver<Vec<u8>>,
    written: mpsc::Sender<()>,
}

/// The channel's writing half and the means to end the connection.
pub(super) struct Line {
    pub(super) write: ChannelWriteHalf<ServerMsg>,
    pub(super) cut: super::guard::Cut,
}

impl Remote {
    pub(super) fn new(
        input: mpsc::Receiver<Vec<u8>>,
        size: watch::Receiver<Window>,
        caps: Caps,
        stopped: watch::Receiver<bool>,
    ) -> (Self, Output) {
        let (frames, to_write) = mpsc::channel(1);
        let (done, written) = mpsc::channel(1);
        let remote = Self { input, typed: Typed::new(LONE_ESCAPE), size, caps, stopped, frames, written };
        (remote, Output { frames: to_write, written: done })
    }
}

impl Backend for Remote {
    fn size(&self) -> (u16, u16) {
        self.size.borrow().cells
    }

    fn caps(&self) -> Caps {
        Caps { cell: self.size.borrow().cell.or(self.caps.cell), ..self.caps }
    }

    async fn event(&mut self) -> Event {
        loop {
            if let Some(msg) = self.typed.next() {
                return Event::Input(msg);
            }
            tokio::select! {
                bytes = self.input.recv() => match bytes {
                    Some(bytes) => self.typed.take(&bytes),
                    None => return Event::End(End::Hangup),
                },
                written = self.written.recv() => return match written {
                    Some(()) => Event::Written(Vec::new()),
                    None => Event::End(End::Hangup),
                },
                changed = self.size.changed() => {
                    if changed.is_err() {
                        return Event::End(End::Hangup);
                    }
                    let (columns, rows) = self.size.borrow_and_update().cells;
                    return Event::Input(Msg::Resize(columns, rows));
                }
                () = super::stop(&mut self.stopped) => return Event::End(End::Terminated),
                () = self.typed.escaped() => {}
            }
        }
    }

    fn waiting(&mut self) -> Option<Event> {
        loop {
            if let Some(msg) = self.typed.next() {
                return Some(Event::Input(msg));
            }
            self.typed.take(&self.input.try_recv().ok()?);
        }
    }

    fn write(&mut self, bytes: Vec<u8>) {
        // There is room for one frame, and the driver sends one at a time; a writer that is gone is told by `event`.
        let _ = self.frames.try_send(bytes);
    }
}

/// Runs a console on a channel and ends the session: last bytes, exit status, end of output, close.
pub(super) async fn run<S: Service>(host: Host<S>, remote: Remote, output: Output, line: Line, visitor: Visitor) {
    let Line { write, cut } = line;
    let writer = tokio::spawn(write_frames(write, output));
    // A task of its own: a fault ends this session and no other.
    let console = tokio::spawn(async move { driver::run(&host, remote, visitor).await });
    let ended = console.await;
    let goodbye = async {
        let Ok(write) = writer.await else { return };
        let (words, status) = match ended {
            Ok(End::Quit) => (String::new(), 0),
            Ok(end) => (end.words().map(|words| format!("{words}\r\n")).unwrap_or_default(), 1),
            Err(_) => (format!("{}\r\n", panic::SESSION_SENTENCE), 1),
        };
        let mut last = LEAVE.to_vec();
        last.extend_from_slice(words.as_bytes());
        // Whichever of these fails, the client is gone.
        let _ = write.data_bytes(last).await;
        let _ = write.exit_status(status).await;
        let _ = write.eof().await;
        let _ = write.close().await;
    };
    let _ = tokio::time::timeout(GOODBYE, goodbye).await;
    // A client that does not go is cut off.
    tokio::time::sleep(GOODBYE).await;
    cut.now();
}

/// Sends frames as the client's window allows, until the console ends; hands the channel back.
async fn write_frames(write: ChannelWriteHalf<ServerMsg>, mut output: Output) -> ChannelWriteHalf<ServerMsg> {
    if write.data_bytes(ENTER.to_vec()).await.is_err() {
        return write;
    }
    while let Some(bytes) = output.frames.recv().await {
        if write.data_bytes(bytes).await.is_err() || output.written.send(()).await.is_err() {
            break;
        }
    }
    write
}

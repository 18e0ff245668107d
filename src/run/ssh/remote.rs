//! A channel as a terminal of the driver, and the end of a session in the order that clients understand.

use std::time::Duration;

use russh::ChannelWriteHalf;
use russh::server::Msg as ServerMsg;
use tokio::sync::{mpsc, oneshot, watch};

use crate::app::msg::Msg;
use crate::run::backend::{Backend, End, Event, sane_size};
use crate::run::driver::{self, Visitor};
use crate::run::frame::{Caps, ENTER, LEAVE, cell_size};
use crate::run::host::{Host, Service};
use crate::run::input::Typed;

use super::GOODBYE;
use super::farewell::Farewell;
use super::guard::{Cut, Patience};

/// An ESC with nothing behind it for this long is the Escape key.
const LONE_ESCAPE: Duration = Duration::from_millis(50);

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
    farewell: watch::Receiver<Option<Farewell>>,
    frames: mpsc::Sender<Vec<u8>>,
    written: mpsc::Receiver<()>,
    ended: oneshot::Sender<End>,
}

/// The other side of [`Remote`]: what it writes, and why it ended.
pub(super) struct Output {
    frames: mpsc::Receiver<Vec<u8>>,
    written: mpsc::Sender<()>,
    ended: oneshot::Receiver<End>,
}

/// The channel's writing half and the means to end the connection.
pub(super) struct Line {
    pub(super) write: ChannelWriteHalf<ServerMsg>,
    pub(super) cut: Cut,
    pub(super) patience: Patience,
    pub(super) farewell: watch::Receiver<Option<Farewell>>,
}

impl Remote {
    pub(super) fn new(
        input: mpsc::Receiver<Vec<u8>>,
        size: watch::Receiver<Window>,
        caps: Caps,
        farewell: watch::Receiver<Option<Farewell>>,
    ) -> (Self, Output) {
        let (frames, to_write) = mpsc::channel(1);
        let (done, written) = mpsc::channel(1);
        let (ended, why) = oneshot::channel();
        let typed = Typed::new(LONE_ESCAPE);
        let remote = Self { input, typed, size, caps, farewell, frames, written, ended };
        (remote, Output { frames: to_write, written: done, ended: why })
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
                why = self.farewell.wait_for(Option::is_some) => return Event::End(match why.as_deref() {
                    // Most of these were left by a network.
                    Ok(Some(Farewell::Replaced(_))) => End::Hangup,
                    _ => End::Terminated,
                }),
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

    fn end(self, why: End) {
        // Whoever gives the terminal back may be gone with it.
        let _ = self.ended.send(why);
    }
}

/// Runs a console on a channel and ends the session: last bytes, exit status, end of output, close. What the console was
/// writing to the database is finished behind that.
pub(super) async fn run<S: Service>(host: Host<S>, remote: Remote, output: Output, line: Line, visitor: Visitor) {
    let Line { write, cut, patience, farewell } = line;
    let Output { frames, written, ended } = output;
    let writer = tokio::spawn(write_frames(write, frames, written, patience, cut.clone()));
    // A task of its own: a fault ends this session and no other.
    let console = tokio::spawn(async move { driver::run(&host, remote, visitor).await });
    let ended = ended.await;
    let goodbye = async {
        let Ok(write) = writer.await else { return };
        let why = match ended {
            Ok(_) => *farewell.borrow(),
            Err(_) => Some(Farewell::Fault),
        };
        let status = u32::from(ended != Ok(End::Quit));
        let told = ended.ok().and_then(End::words);
        let mut last = LEAVE.to_vec();
        for line in why.map(Farewell::lines).into_iter().flatten().chain(told) {
            last.extend_from_slice(line.as_bytes());
            last.extend_from_slice(b"\r\n");
        }
        // Whichever of these fails, the client is gone.
        let _ = write.data_bytes(last).await;
        let _ = write.exit_status(status).await;
        let _ = write.eof().await;
        let _ = write.close().await;
        // Now it is the client's turn to go.
        cut.gone().await;
    };
    if tokio::time::timeout(GOODBYE, goodbye).await.is_err() {
        cut.now();
    }
    // A fault has been reported already.
    let _ = console.await;
}

/// Sends frames as the client's window allows, until the console ends; hands the channel back.
async fn write_frames(
    write: ChannelWriteHalf<ServerMsg>,
    mut frames: mpsc::Receiver<Vec<u8>>,
    written: mpsc::Sender<()>,
    patience: Patience,
    cut: Cut,
) -> ChannelWriteHalf<ServerMsg> {
    let mut next = Some(ENTER.to_vec());
    let mut entered = false;
    while let Some(bytes) = next {
        tokio::select! {
            biased;
            sent = write.data_bytes(bytes) => {
                if sent.is_err() {
                    break;
                }
            }
            () = patience.end() => {
                tracing::info!("a client takes no output");
                cut.now();
                break;
            }
        }
        // The console knows nothing of the first bytes.
        if entered && written.send(()).await.is_err() {
            break;
        }
        entered = true;
        next = frames.recv().await;
    }
    write
}

//! The terminal that the process was started on.

mod keyboard;
mod paper;
#[cfg(test)]
mod tests;

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt as _;

use crossterm::terminal;
use nix::libc::{O_NOCTTY, O_NONBLOCK};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::key::Code;
use crate::app::msg::Msg;

use super::backend::{Backend, End, Event, sane_size};
use super::frame::{Caps, ENTER, cell_size};
use super::panic;

use keyboard::Keyboard;
use paper::Paper;

/// Why the console cannot run on this terminal.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    /// Input or output is a file or a pipe.
    #[error("marsai needs a terminal for its screens (for scripts there is “marsai call”)")]
    NotATerminal,
    /// It can't move its cursor.
    #[error("marsai needs a terminal that can draw (TERM is “dumb” here)")]
    Dumb,
    /// The terminal refused.
    #[error("this terminal cannot be used: {0}")]
    Refused(#[from] io::Error),
}

/// The local terminal, taken over until it is dropped. Dropped by a fault it also says where the report is.
pub struct Local {
    keyboard: Keyboard,
    paper: Paper,
    /// Bytes that went out at once, for the driver to have back.
    written: Option<Vec<u8>>,
    resized: Signal,
    terminate: Signal,
    hangup: Signal,
    interrupt: Signal,
    caps: Caps,
    size: (u16, u16),
}

impl Local {
    /// Takes the terminal over. Must be called within the runtime of the driver.
    ///
    /// # Errors
    ///
    /// [`NoTerminal`] where there is none to take; it is then as it was.
    pub fn open() -> Result<Self, NoTerminal> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(NoTerminal::NotATerminal);
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoTerminal::Dumb);
        }
        let (size, cell) = measured()?;
        // Before anything is changed, so that a signal always finds somebody who restores the terminal.
        let terminate = signal(SignalKind::terminate())?;
        let hangup = signal(SignalKind::hangup())?;
        let interrupt = signal(SignalKind::interrupt())?;
        let resized = signal(SignalKind::window_change())?;
        // Past the standard library's buffer, which would cut a frame in two at its last line end.
        let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let paper = Paper::new(out.try_clone()?, again(&out, OpenOptions::new().write(true)).ok())?;
        let keyboard = Keyboard::new(again(io::stdin(), OpenOptions::new().read(true))?)?;
        terminal::enable_raw_mode()?;
        panic::keep_quiet(true);
        let caps = Caps::from_env(|name| std::env::var(name).ok());
        let caps = Caps { cell: cell.or(caps.cell), ..caps };
        let local = Self { keyboard, paper, written: None, resized, terminate, hangup, interrupt, caps, size };
        out.write_all(ENTER)?;
        Ok(local)
    }
}

/// Opens a terminal once more, not to block: the one that is open is shared with whoever started the program, and they
/// expect it to block.
fn again(terminal: impl AsFd, how: &mut OpenOptions) -> io::Result<File> {
    let how = how.custom_flags(O_NONBLOCK | O_NOCTTY);
    // In a container the terminal's own name may lead nowhere.
    match nix::unistd::ttyname(terminal) {
        Ok(path) => how.open(path).or_else(|_| how.open("/dev/tty")),
        Err(_) => how.open("/dev/tty"),
    }
}

/// The terminal's size in cells.
type Size = (u16, u16);

/// The terminal's size, and that of a cell in pixels where the terminal tells it.
fn measured() -> io::Result<(Size, Option<(u16, u16)>)> {
    // Some systems know nothing of pixels.
    let (columns, rows, width, height) = match terminal::window_size() {
        Ok(size) => (size.columns, size.rows, size.width, size.height),
        Err(_) => terminal::size().map(|(columns, rows)| (columns, rows, 0, 0))?,
    };
    let cell = cell_size((width.into(), height.into()), (columns.into(), rows.into()));
    Ok((sane_size(columns.into(), rows.into()), cell))
}

impl Drop for Local {
    fn drop(&mut self) {
        self.paper.give_back();
        // A terminal that is gone cannot be restored.
        let _ = terminal::disable_raw_mode();
        panic::keep_quiet(false);
        if std::thread::panicking() {
            // There may be nowhere to say it.
            let _ = writeln!(io::stderr(), "{}", panic::sentence());
        }
    }
}

impl Backend for Local {
    fn size(&self) -> (u16, u16) {
        self.size
    }

    fn caps(&self) -> Caps {
        self.caps
    }

    async fn event(&mut self) -> Event {
        if let Some(event) = self.waiting() {
            return event;
        }
        tokio::select! {
            read = self.keyboard.read() => match read {
                Ok(msg) => input(msg),
                Err(_) => Event::End(End::Hangup),
            },
            written = self.paper.written() => match written {
                Ok(buffer) => Event::Written(buffer),
                Err(_) => Event::End(End::Hangup),
            },
            _ = self.resized.recv() => {
                // A terminal that does not say its size keeps the one it had. A new one may come with a new font.
                if let Ok((size, cell)) = measured() {
                    self.size = size;
                    self.caps.cell = cell.or(self.caps.cell);
                }
                Event::Input(Msg::Resize(self.size.0, self.size.1))
            }
            _ = self.terminate.recv() => Event::End(End::Terminated),
            _ = self.hangup.recv() => Event::End(End::Hangup),
            _ = self.interrupt.recv() => Event::End(End::Interrupted),
        }
    }

    fn waiting(&mut self) -> Option<Event> {
        match self.written.take() {
            Some(buffer) => Some(Event::Written(buffer)),
            None => self.keyboard.waiting().map(input),
        }
    }

    fn write(&mut self, bytes: Vec<u8>) {
        self.written = self.paper.write(bytes);
    }
}

/// A message of the keyboard. For the tests of what a fault leaves behind: in a build for development, F12 is one if the
/// environment says so.
fn input(msg: Msg) -> Event {
    let asked = matches!(&msg, Msg::Key(key) if key.code == Code::F(12));
    if cfg!(debug_assertions) && asked && std::env::var_os("MARSAI_TEST_PANIC").is_some() {
        panic!("asked for by MARSAI_TEST_PANIC");
    }
    Event::Input(msg)
}

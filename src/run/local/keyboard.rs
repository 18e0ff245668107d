//! What is typed at the local terminal, read without a thread in between.

use std::fs::File;
use std::io;
use std::time::Duration;

use tokio::net::unix::pipe::Receiver;

use crate::app::msg::Msg;
use crate::run::input::Typed;

/// An ESC with nothing behind it for this long is the Escape key. A terminal on this computer sends a sequence at once.
const LONE_ESCAPE: Duration = Duration::from_millis(20);

/// The terminal's input.
pub(super) struct Keyboard {
    /// Read like a pipe: bytes that come when they come.
    bytes: Receiver,
    typed: Typed,
}

impl Keyboard {
    /// Reads from a terminal that does not block. Must be called within the runtime that reads.
    pub(super) fn new(terminal: File) -> io::Result<Self> {
        Ok(Self { bytes: Receiver::from_file_unchecked(terminal)?, typed: Typed::new(LONE_ESCAPE) })
    }

    /// What was typed and is read already.
    pub(super) fn waiting(&mut self) -> Option<Msg> {
        self.typed.next()
    }

    /// Waits for what is typed next. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) async fn read(&mut self) -> io::Result<Msg> {
        loop {
            if let Some(msg) = self.typed.next() {
                return Ok(msg);
            }
            tokio::select! {
                ready = self.bytes.readable() => {
                    ready?;
                    self.take_all()?;
                }
                () = self.typed.escaped() => {}
            }
        }
    }

    /// Takes all that is there: many keys that came together make one frame.
    fn take_all(&mut self) -> io::Result<()> {
        let mut bytes = [0; 4096];
        loop {
            match self.bytes.try_read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.typed.take(&bytes[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

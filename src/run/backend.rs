//! What the driver needs of a terminal; the local one, an SSH channel and a test give it.

use std::future::Future;

use crate::app::lang::{Lang, Language};
use crate::app::msg::Msg;
use crate::domain::visit::Why;
use crate::service::presence::Told;

use super::frame::Caps;

/// Something that a terminal says.
#[derive(Debug)]
pub enum Event {
    /// A key, a paste, the mouse or a new size.
    Input(Msg),
    /// The bytes of the last [`Backend::write`] are out; the buffer comes back to be used again.
    Written(Vec<u8>),
    /// Nothing will come any more, and nothing is to be drawn.
    End(End),
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The person left.
    Quit,
    /// The terminal is gone, or said that it goes (SIGHUP).
    Hangup,
    /// Somebody asked the process to stop (SIGTERM).
    Terminated,
    /// Somebody interrupted the process from outside (SIGINT); Ctrl-C at the terminal is a key.
    Interrupted,
    /// An administrator ended the session; said in this language.
    Told(Told, Language),
}

impl End {
    /// The exit code of the process, as a shell would name it.
    pub fn exit_code(self) -> u8 {
        match self {
            End::Quit => 0,
            End::Told(..) => 1,
            End::Hangup => 129,
            End::Interrupted => 130,
            End::Terminated => 143,
        }
    }

    /// What is written down of it.
    pub fn why(self) -> Why {
        match self {
            End::Quit => Why::Quit,
            End::Hangup => Why::Lost,
            End::Terminated | End::Interrupted => Why::Stopped,
            End::Told(told, _) => told.why(),
        }
    }

    /// What is said when the terminal is given back, if the person could not know it.
    pub fn words(self) -> Option<String> {
        let End::Told(told, language) = self else { return None };
        let id = match told {
            Told::Ended => "session-was-ended",
            Told::Account => "session-account-changed",
        };
        Some(Lang::new(language).tr(id))
    }
}

/// A terminal.
pub trait Backend: Send {
    /// Columns and rows at the beginning; later sizes come as [`Msg::Resize`].
    fn size(&self) -> (u16, u16);

    /// What it can show.
    fn caps(&self) -> Caps;

    /// Waits for the next event. Nothing is lost when the future is dropped.
    fn event(&mut self) -> impl Future<Output = Event> + Send;

    /// The next event if one is there already.
    fn waiting(&mut self) -> Option<Event>;

    /// Starts to send bytes and returns at once. Not called again before [`Event::Written`].
    fn write(&mut self, bytes: Vec<u8>);

    /// Gives the terminal back; dropping it does the same.
    fn end(self, _why: End)
    where
        Self: Sized,
    {
    }
}

/// The largest screen that is drawn, in columns and rows. Beyond it a terminal shows the console in its corner.
pub const LARGEST: (u16, u16) = (500, 250);

/// A size as it can be drawn: 0×0, which some clients send, means 80×24.
pub fn sane_size(columns: u32, rows: u32) -> (u16, u16) {
    if columns == 0 || rows == 0 {
        return (80, 24);
    }
    let side = |wanted: u32, largest: u16| u16::try_from(wanted).unwrap_or(largest).min(largest);
    (side(columns, LARGEST.0), side(rows, LARGEST.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_made_sane() {
        assert_eq!(sane_size(0, 0), (80, 24));
        assert_eq!(sane_size(0, 50), (80, 24));
        assert_eq!(sane_size(120, 40), (120, 40));
        assert_eq!(sane_size(u32::MAX, 65_535), LARGEST);
    }
}

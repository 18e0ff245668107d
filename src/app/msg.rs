//! What goes into the console: one message at a time.

use chrono::{DateTime, Utc};

use crate::api::{Answer, Changed, Failure, Progress};
use crate::widgets::picture::Show;

use super::effect::{Computed, NotSaved};
use super::key::Key;

/// The name of one request or computation, by which its answer finds its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// A message.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted; `cut` when more was pasted than is taken.
    Paste {
        /// The text, at most 64 kB.
        text: String,
        /// Whether the rest was dropped.
        cut: bool,
    },
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has a new size in cells.
    Resize(u16, u16),
    /// The terminal shows pictures in another way than before.
    Pictures(Show),
    /// What time it is: sent before every batch of input and when a wake-up is due.
    Tick(DateTime<Utc>),
    /// News of a request that is not done yet.
    Progress(Ticket, Progress),
    /// A request's end.
    Reply(Ticket, Result<Answer, Failure>),
    /// A computation's end.
    Computed(Ticket, Computed),
    /// A file was written, and where; or why it was not.
    Saved(Ticket, Result<String, NotSaved>),
    /// Somebody changed something; the shared lists show it already.
    Changed(Changed),
    /// The database is out of reach (`false`) or back again (`true`).
    Database(bool),
}

/// A mouse event in cells from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column, from 0.
    pub column: u16,
    /// Row, from 0.
    pub row: u16,
}

/// What a mouse can do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The wheel went up.
    WheelUp,
    /// The wheel went down.
    WheelDown,
}

//! What comes out of the console: every side effect is a value that the run loop carries out.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use crate::api::Request;

use super::msg::Ticket;

/// The longest text that goes into a clipboard, in bytes: many terminals take no more.
pub const CLIPBOARD_MAX: usize = 100 * 1024;

/// A side effect.
#[derive(Debug)]
pub enum Effect {
    /// Ask the service; the answer comes as `Msg::Reply` with the same ticket, news before it as `Msg::Progress`.
    Call(Ticket, Request),
    /// Compute something off the loop; the result comes as `Msg::Computed`.
    Compute(Ticket, Job),
    /// Nobody waits for this ticket any more, or the person cancelled it: stop at the next safe point.
    Cancel(Ticket),
    /// Send `Msg::Tick` at this time; a new one replaces the one before.
    WakeAt(DateTime<Utc>),
    /// Put a text into the terminal's clipboard (OSC 52). Only ever the answer to a key.
    Copy(String),
    /// Write a file on the person's own computer; the answer comes as `Msg::Saved`.
    Save(Ticket, SaveFile),
    /// Redraw everything: the terminal may show something else than we think.
    Repaint,
    /// The person leaves.
    Quit,
}

/// A file to be written where the person sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveFile {
    /// Its name in the current directory, or a path; `~/` is the person's home.
    pub path: String,
    /// Whether another name with a number is taken where there is such a file already; else it is refused. Nothing is ever
    /// overwritten.
    pub number: bool,
    /// What it holds.
    pub contents: Arc<str>,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// This console runs on another computer (SSH): files are written by a console on one's own.
    Elsewhere,
    /// There is such a file already.
    Exists {
        /// Where.
        path: String,
    },
    /// The system said no.
    Failed {
        /// Where.
        path: String,
        /// The system's own words.
        why: String,
    },
}

/// A computation over many rows: pure, cancellable, named for the logs.
pub struct Job {
    /// What it is, for logs and tests.
    pub name: &'static str,
    work: Box<dyn FnOnce(&Cancelled) -> Computed + Send>,
}

impl Job {
    /// A job that runs `work` on another thread.
    pub fn new(name: &'static str, work: impl FnOnce(&Cancelled) -> Computed + Send + 'static) -> Self {
        Self { name, work: Box::new(work) }
    }

    /// Runs it here.
    pub fn run(self, cancelled: &Cancelled) -> Computed {
        (self.work)(cancelled)
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Job({})", self.name)
    }
}

/// The result of a computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Computed {
    /// The rows that are shown, as positions in the list, in their order.
    Order(Arc<[u32]>),
    /// It was cancelled before its end.
    Nothing,
}

/// Whether somebody still waits. Shared by the loop and the work.
#[derive(Clone, Debug, Default)]
pub struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    /// Nobody waits any more.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

//! What a screen may do while it handles a message: ask, compute, tell, open, close.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::api::Request;
use crate::screens::Screen;

use super::action::Action;
use super::effect::{Effect, Job, SaveFile};
use super::msg::Ticket;
use super::session::Session;

/// One screen among those that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScreenKey(pub u32);

/// How a line of news is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// Something was refused or failed.
    Problem,
}

/// One line of news at the bottom of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// The operation that `u` would undo.
    pub undo: Option<Uuid>,
    /// An action that goes on from there, and what it is called.
    pub then: Option<(Action, String)>,
}

/// Collects what screens ask for until the app hands it to the run loop.
#[derive(Default)]
pub(crate) struct Outbox {
    pub(crate) effects: Vec<Effect>,
    pub(crate) owners: HashMap<Ticket, ScreenKey>,
    pub(crate) toast: Option<Toast>,
    pub(crate) opened: Vec<(ScreenKey, Box<dyn Screen>)>,
    pub(crate) closed: Vec<ScreenKey>,
    pub(crate) actions: Vec<Action>,
    pub(crate) sign_out: bool,
    pub(crate) ask_quit: bool,
    pub(crate) wakes: Vec<(ScreenKey, DateTime<Utc>)>,
    pub(crate) woken: Vec<ScreenKey>,
    pub(crate) preferred: Vec<(String, Option<String>)>,
    pub(crate) moved: bool,
    next_ticket: u64,
}

impl Outbox {
    pub(crate) fn ticket(&mut self, owner: ScreenKey) -> Ticket {
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        self.owners.insert(ticket, owner);
        ticket
    }
}

/// Handed to a screen with every message.
pub struct Cx<'a> {
    /// The session, to read.
    pub session: &'a Session,
    pub(crate) owner: ScreenKey,
    pub(crate) outbox: &'a mut Outbox,
}

impl Cx<'_> {
    /// Asks the service; the answer comes to this screen's `reply`.
    pub fn call(&mut self, request: Request) -> Ticket {
        let ticket = self.outbox.ticket(self.owner);
        self.outbox.effects.push(Effect::Call(ticket, request));
        ticket
    }

    /// Asks once more for a change whose answer was lost: under the same ticket, by which a change that was done after all
    /// is known and not done twice.
    pub fn call_again(&mut self, ticket: Ticket, request: Request) -> Ticket {
        self.outbox.owners.insert(ticket, self.owner);
        self.outbox.effects.push(Effect::Call(ticket, request));
        ticket
    }

    /// Asks the service for another screen that outlives this one: the answer comes to that one's `reply`.
    pub fn call_for(&mut self, screen: ScreenKey, request: Request) -> Ticket {
        let ticket = self.outbox.ticket(screen);
        self.outbox.effects.push(Effect::Call(ticket, request));
        ticket
    }

    /// Computes off the loop; the result comes to this screen's `computed`.
    pub fn compute(&mut self, job: Job) -> Ticket {
        let ticket = self.outbox.ticket(self.owner);
        self.outbox.effects.push(Effect::Compute(ticket, job));
        ticket
    }

    /// Asks to stop what a ticket stands for; its end still comes.
    pub fn cancel(&mut self, ticket: Ticket) {
        self.outbox.effects.push(Effect::Cancel(ticket));
    }

    /// Writes a file on the person's own computer; the answer comes to this screen's `file_saved`. Ask [`Place::saves`] before.
    ///
    /// [`Place::saves`]: super::session::Place::saves
    pub fn save(&mut self, file: SaveFile) -> Ticket {
        let ticket = self.outbox.ticket(self.owner);
        self.outbox.effects.push(Effect::Save(ticket, file));
        ticket
    }

    /// Has a screen woken at once: what it waits for has come.
    pub fn wake_now(&mut self, screen: ScreenKey) {
        self.outbox.woken.push(screen);
    }

    /// Has this screen woken at a time; the latest call counts.
    pub fn wake_at(&mut self, at: DateTime<Utc>) {
        self.outbox.wakes.push((self.owner, at));
    }

    /// Keeps one of the person's own preferences; language, theme and zone are put into force at once. `None` forgets it.
    pub fn prefer(&mut self, name: &str, value: Option<String>) {
        self.outbox.preferred.push((name.to_owned(), value));
    }

    /// The person is somewhere else now: the place is kept soon, for when they come back.
    pub fn place_changed(&mut self) {
        self.outbox.moved = true;
    }

    /// Puts a text into the terminal's clipboard.
    pub fn copy(&mut self, text: String) {
        self.outbox.effects.push(Effect::Copy(text));
    }

    /// Shows a line of news.
    pub fn toast(&mut self, tone: Tone, text: String) {
        self.outbox.toast = Some(Toast { tone, text, undo: None, then: None });
    }

    /// Shows a line of news with the key of an action that goes on from there, and what it is called.
    pub fn toast_then(&mut self, tone: Tone, text: String, action: Action, label: String) {
        self.outbox.toast = Some(Toast { tone, text, undo: None, then: Some((action, label)) });
    }

    /// Shows what was done, with the key that undoes it.
    pub fn done(&mut self, text: String, undo: Option<Uuid>) {
        self.outbox.toast = Some(Toast { tone: Tone::Done, text, undo, then: None });
    }

    /// Opens a screen above this one.
    pub fn open(&mut self, screen: Box<dyn Screen>) {
        self.outbox.opened.push((self.owner, screen));
    }

    /// Closes this screen.
    pub fn close(&mut self) {
        self.outbox.closed.push(self.owner);
    }

    /// This screen's own name, by which another can close it.
    pub fn key(&self) -> ScreenKey {
        self.owner
    }

    /// Closes another screen.
    pub fn close_other(&mut self, key: ScreenKey) {
        self.outbox.closed.push(key);
    }

    /// Leaves the console.
    pub fn quit(&mut self) {
        self.outbox.effects.push(Effect::Quit);
    }

    /// Leaves the console; where something is not done yet, asks before.
    pub fn ask_quit(&mut self) {
        self.outbox.ask_quit = true;
    }

    /// Ends the session.
    pub fn sign_out(&mut self) {
        self.outbox.sign_out = true;
    }

    /// Does an action as if its key were pressed once this screen is closed (the palette).
    pub fn act_later(&mut self, action: Action) {
        self.outbox.actions.push(action);
    }
}

//! Drives an [`App`] in tests: press keys, answer requests, read the screen.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::api::account::{Person, Welcome};
use crate::api::draft::DraftRow;
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::domain::UserId;
use crate::domain::user::Role;
use crate::domain::vote::Note;
use crate::widgets::picture::Show;
use crate::widgets::signs::Signs;
use crate::widgets::snapshot;
use crate::widgets::theme::Theme;

use super::effect::{Cancelled, Effect};
use super::key::Key;
use super::keymap::Keymap;
use super::lang::Language;
use super::msg::{Msg, Ticket};
use super::session::Place;
use super::{App, Drawn, Known, Start};

/// An app without a terminal and without a database.
pub(crate) struct Harness {
    pub(crate) app: App,
    /// Requests that wait for an answer, the oldest first.
    pub(crate) calls: VecDeque<(Ticket, Request)>,
    /// Other effects that came out, the oldest first; computations are done at once.
    pub(crate) effects: Vec<Effect>,
    pub(crate) size: (u16, u16),
    /// Drafts are kept as soon as they are sent.
    pub(crate) keeps: bool,
    /// The drafts that were answered last.
    pub(crate) drafts: Vec<DraftRow>,
    now: DateTime<Utc>,
}

/// A moment for tests: noon of a day in spring.
pub(crate) fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_775_044_800, 0).unwrap()
}

/// Somebody of a role.
pub(crate) fn person(role: Role) -> Person {
    let (id, name, email) = match role {
        Role::Admin => (1, "Camille Roux", "camille@marsai.example"),
        Role::Jury => (2, "Jun Sato", "jun@marsai.example"),
        Role::Producer => (3, "Paz Ruiz", "paz@marsai.example"),
    };
    Person { id: UserId(id), name: name.into(), email: email.into(), role }
}

impl Harness {
    /// A console before anybody has signed in.
    pub(crate) fn new(language: Language) -> Self {
        Self::start(language, Known::No)
    }

    /// A console with somebody signed in.
    pub(crate) fn signed_in(language: Language, role: Role) -> Self {
        let mut harness = Self::start(language, Known::Person(person(role).into()));
        harness.welcome(true);
        harness
    }

    pub(crate) fn start(language: Language, known: Known) -> Self {
        Self::start_at(language, known, true)
    }

    /// A console before anybody has signed in who does not hold the database's credentials.
    pub(crate) fn stranger(language: Language) -> Self {
        Self::start_at(language, Known::No, false)
    }

    fn start_at(language: Language, known: Known, operator: bool) -> Self {
        let place =
            Place { database: "festival on db.example.org".into(), operator, remember: true, saves: true, demo: false };
        let (theme, keymap, now, size) = (Theme::default(), Arc::new(Keymap::default()), noon(), (80, 24));
        let (app, effects) =
            App::new(Start { language, theme, keymap, place, now, size, pictures: Show::Blocks, known });
        let mut harness =
            Self { app, calls: VecDeque::new(), effects: Vec::new(), size, keeps: true, drafts: Vec::new(), now };
        harness.take(effects);
        harness
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Call(ticket, Request::KeepDraft { film, note, comments, caret, base }) if self.keeps => {
                    let (title, note) = ("Kept".to_owned(), note.as_deref().and_then(Note::from_sql));
                    let (revision, at) = (base.unwrap_or(0) + 1, self.now);
                    let row = DraftRow { film, title, note, comments, caret, revision, at };
                    self.drafts.retain(|other| other.film != film);
                    self.drafts.push(row.clone());
                    self.send(Msg::Reply(ticket, Ok(Reply::Draft(row).into())));
                }
                Effect::Call(ticket, request) => self.calls.push_back((ticket, request)),
                Effect::Compute(ticket, job) => self.send(Msg::Computed(ticket, job.run(&Cancelled::default()))),
                other => self.effects.push(other),
            }
        }
    }

    /// Sends one message.
    pub(crate) fn send(&mut self, msg: Msg) {
        let effects = self.app.update(msg);
        self.take(effects);
    }

    /// Presses keys by name, with blanks between them: `"j j Enter"`.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.send(Msg::Key(key.parse().unwrap()));
        }
        self
    }

    /// Types a text.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Msg::Key(Key::char(c)));
        }
        self
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, minutes: i64) -> &mut Self {
        self.now += TimeDelta::minutes(minutes);
        self.send(Msg::Tick(self.now));
        self
    }

    /// Lets seconds pass.
    pub(crate) fn wait_seconds(&mut self, seconds: i64) -> &mut Self {
        self.now += TimeDelta::seconds(seconds);
        self.send(Msg::Tick(self.now));
        self
    }

    /// Takes the oldest request of a name that waits for an answer.
    pub(crate) fn asked(&mut self, name: &str) -> (Ticket, Request) {
        let at = self.calls.iter().position(|(_, request)| request.entry().name == name);
        let Some(at) = at else { panic!("no {name} among {:?}", self.calls) };
        self.calls.remove(at).unwrap()
    }

    /// Whether a request of a name waits for an answer.
    pub(crate) fn waits_for(&self, name: &str) -> bool {
        self.calls.iter().any(|(_, request)| request.entry().name == name)
    }

    /// Answers the oldest request of a name, and gives it back.
    pub(crate) fn answer(&mut self, name: &str, answer: impl Into<Answer>) -> Request {
        let (ticket, request) = self.asked(name);
        let answer = answer.into();
        if let Reply::Drafts(rows) = &answer.reply {
            self.drafts.clone_from(rows);
        }
        self.send(Msg::Reply(ticket, Ok(answer)));
        request
    }

    /// Fails the oldest request of a name, and gives it back.
    pub(crate) fn fail(&mut self, name: &str, failure: Failure) -> Request {
        let (ticket, request) = self.asked(name);
        self.send(Msg::Reply(ticket, Err(failure)));
        request
    }

    /// Sends news of the oldest request of a name, which goes on.
    pub(crate) fn progress(&mut self, name: &str, progress: Progress) {
        let found = self.calls.iter().find(|(_, request)| request.entry().name == name).map(|(ticket, _)| *ticket);
        self.send(Msg::Progress(found.unwrap(), progress));
    }

    /// Answers every `welcome` that waits.
    pub(crate) fn welcome(&mut self, has_administrator: bool) {
        while self.waits_for("welcome") {
            let welcome = Welcome { festival: "MarsAI 2026".into(), has_administrator, settings: Vec::new() };
            self.answer("welcome", Reply::Welcome(welcome));
        }
    }

    /// Signs somebody in at the gate.
    pub(crate) fn sign_in(&mut self, role: Role) {
        self.type_text("camille@marsai.example").press("Enter").type_text("a long password").press("Enter");
        self.answer("sign_in", Reply::SignedIn(person(role).into()));
        self.welcome(true);
    }

    /// Draws, and tells what the view left besides cells.
    pub(crate) fn draw(&self) -> (Buffer, Drawn) {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buf = Buffer::empty(area);
        let drawn = self.app.view(area, &mut buf);
        (buf, drawn)
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        snapshot::text(&self.draw().0)
    }

    /// The screen as text with its styles.
    pub(crate) fn styled(&self) -> String {
        snapshot::styled(&self.draw().0)
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = (width, height);
        self.send(Msg::Resize(width, height));
        self
    }

    /// Puts the console on another computer than the person's (SSH).
    pub(crate) fn elsewhere(&mut self) {
        self.app.session.place.saves = false;
    }

    /// Gives the terminal plain characters only.
    pub(crate) fn plain(&mut self) {
        self.app.session.theme = Theme::new(self.app.session.theme.mode, Signs::ASCII);
    }

    /// Whether the console wants to end.
    pub(crate) fn quits(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Quit))
    }
}

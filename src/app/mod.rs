//! The console itself: one message in, a list of effects out. It knows no terminal, no database and no clock, so that
//! the local terminal, an SSH channel and a test drive the very same thing.

pub mod action;
mod alarm;
pub mod cx;
pub mod effect;
mod frame;
#[cfg(test)]
pub(crate) mod harness;
pub mod key;
pub mod keymap;
pub mod lang;
pub mod msg;
pub mod personal;
pub mod sentence;
pub mod session;
mod stack;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use secrecy::SecretString;
use uuid::Uuid;

use crate::api::account::SignedIn;
use crate::api::picture::Pixels;
use crate::api::{Answer, Changed, Failure, Progress, Reply, Request, Topic};
use crate::domain::UserId;
use crate::domain::user::Role;
use crate::screens::account::Account;
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::gate::Gate;
use crate::screens::help::Help;
use crate::screens::palette::Palette;
use crate::screens::{self, Layer, Screen};
use crate::widgets::picture::Show;
use crate::widgets::theme::{Mode, Theme};

use action::Action;
use cx::{Cx, Outbox, ScreenKey, Toast, Tone};
use effect::Effect;
use key::Key;
use keymap::Keymap;
use lang::{Lang, Language};
use msg::{Mouse, MouseKind, Msg, Ticket};
use personal::Personal;
use session::{Festival, Place, Session};
use stack::Stack;

/// The app's own requests belong to no screen.
const APP: ScreenKey = ScreenKey(0);

/// What a console starts with.
#[derive(Debug)]
pub struct Start {
    /// The language.
    pub language: Language,
    /// The colours and signs.
    pub theme: Theme,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// Where this is.
    pub place: Place,
    /// What time it is.
    pub now: DateTime<Utc>,
    /// The terminal's size in cells.
    pub size: (u16, u16),
    /// How the terminal shows pictures.
    pub pictures: Show,
    /// How the person is known already, if they are.
    pub known: Known,
}

/// How somebody is known when the console opens.
#[derive(Debug)]
pub enum Known {
    /// Not at all: they sign in.
    No,
    /// By a token that this computer kept.
    Token(SecretString),
    /// The way in has signed them in already (SSH).
    Person(SignedIn),
}

/// What a view left besides cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Where the text cursor stands, if a text is typed.
    pub cursor: Option<Position>,
    /// Where links stand: cells and address.
    pub links: Vec<(Rect, String)>,
    /// Where pictures stand that the terminal itself draws: blank cells and what belongs over them.
    pub pictures: Vec<(Rect, Arc<Pixels>)>,
}

/// The console of one session.
pub struct App {
    session: Session,
    stack: Stack,
    outbox: Outbox,
    toast: Option<Toast>,
    undoable: Vec<Uuid>,
    /// What is said of undoing what a juror did last.
    juror_did: Option<&'static str>,
    last_input: DateTime<Utc>,
    /// Whose console is locked.
    locked: Option<UserId>,
    database: bool,
    /// Whether the festival's settings have been read.
    welcomed: bool,
    waits: Waits,
    /// When screens, and the app itself, want to be woken.
    alarms: HashMap<ScreenKey, DateTime<Utc>>,
    /// The language and theme that this console started with.
    start: (Language, Theme),
    personal: Personal,
    dirty: bool,
}

/// The app's own requests that are under way.
#[derive(Default)]
struct Waits {
    welcome: Option<Ticket>,
    resume: Option<Ticket>,
    undo: Option<(Ticket, Uuid)>,
}

impl App {
    /// A console and its first effects.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let session = Session {
            person: None,
            lang: Lang::new(start.language),
            theme: start.theme.clone(),
            keymap: start.keymap,
            place: start.place,
            festival: Festival::default(),
            zone: None,
            now: start.now,
            size: start.size,
            pictures: start.pictures,
        };
        let mut app = Self {
            session,
            stack: Stack::default(),
            outbox: Outbox::default(),
            toast: None,
            undoable: Vec::new(),
            juror_did: None,
            last_input: start.now,
            locked: None,
            database: true,
            welcomed: false,
            waits: Waits::default(),
            alarms: HashMap::new(),
            start: (start.language, start.theme),
            personal: Personal::default(),
            dirty: true,
        };
        app.ask_welcome();
        match start.known {
            Known::No => app.open_gate(Gate::sign_in()),
            Known::Person(signed_in) => app.signed_in(&signed_in),
            Known::Token(token) => {
                app.waits.resume = Some(app.call(Request::Resume { token }));
            }
        }
        app.settle();
        let effects = std::mem::take(&mut app.outbox.effects);
        (app, effects)
    }

    /// Takes one message and says what is to be done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        self.dirty |= !matches!(msg, Msg::Tick(_));
        if matches!(msg, Msg::Key(_) | Msg::Paste { .. } | Msg::Mouse(_)) {
            self.acted();
        }
        match msg {
            Msg::Tick(now) => self.tick(now),
            Msg::Key(key) => self.key(key),
            Msg::Paste { text, cut } => self.paste(&text, cut),
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Resize(width, height) => {
                self.session.size = (width, height);
                self.resized();
            }
            Msg::Pictures(show) => {
                self.session.pictures = show;
                self.resized();
            }
            Msg::Progress(ticket, progress) => {
                if self.waits.undo.is_some_and(|(undo, _)| undo == ticket) {
                    self.undoing(&progress);
                }
                if let Some(owner) = self.outbox.owners.get(&ticket).copied() {
                    self.with(owner, |screen, cx| screen.progress(ticket, progress, cx));
                }
            }
            Msg::Reply(ticket, result) => self.reply(ticket, result),
            Msg::Computed(ticket, result) => {
                if let Some(owner) = self.outbox.owners.remove(&ticket) {
                    self.with(owner, |screen, cx| screen.computed(ticket, result, cx));
                }
            }
            Msg::Saved(ticket, result) => {
                if let Some(owner) = self.outbox.owners.remove(&ticket) {
                    self.with(owner, |screen, cx| screen.file_saved(ticket, result, cx));
                }
            }
            Msg::Changed(changed) => self.changed(&changed),
            Msg::Database(there) => self.database(there),
        }
        self.settle();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Whether something may look different since the last call.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// The session, for the run loop and tests.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Draws everything into the area and says where the cursor and the links stand.
    pub fn view(&self, area: Rect, buf: &mut Buffer) -> Drawn {
        frame::draw(self, area, buf)
    }

    /// The active tab's screens may want something of another size.
    fn resized(&mut self) {
        for key in self.stack.visible().iter().map(|slot| slot.key).collect::<Vec<_>>() {
            self.with(key, |screen, cx| screen.resized(cx));
        }
    }

    fn key(&mut self, key: Key) {
        self.last_input = self.session.now;
        self.toast = None;
        let Some((owner, layer)) = self.stack.top().map(|slot| (slot.key, slot.screen.layer())) else {
            if self.session.keymap.action(&[], None, key) == Some(Action::Quit) {
                self.outbox.effects.push(Effect::Quit);
            }
            return;
        };
        let typing = self.stack.top().is_some_and(|slot| slot.screen.typing());
        if typing && key.typed().is_some() {
            // Also one that a full field does not take: it must not do something else instead.
            self.with(owner, |screen, cx| {
                screen.typed(key, cx);
            });
            return;
        }
        let contexts = self.stack.top().map_or(&[][..], |slot| slot.screen.contexts());
        match self.session.keymap.action(contexts, self.session.role(), key) {
            Some(action) => self.act(owner, layer, action),
            None => self.with(owner, |screen, cx| {
                screen.typed(key, cx);
            }),
        }
    }

    /// Does an action: the screen first, then the app.
    fn act(&mut self, owner: ScreenKey, layer: Layer, action: Action) {
        let mut done = false;
        self.with(owner, |screen, cx| done = screen.act(action, cx));
        if done {
            return;
        }
        match (action, layer) {
            (Action::Quit, Layer::Gate) => self.outbox.effects.push(Effect::Quit),
            (Action::Quit, _) if !self.stack.on_top_level() => self.act(owner, layer, Action::Back),
            (Action::Quit, _) => self.ask_quit(),
            (Action::Back, _) if !self.stack.on_top_level() => self.outbox.closed.push(owner),
            (Action::Repaint, _) => self.outbox.effects.push(Effect::Repaint),
            (Action::Language, _) => self.switch_language(),
            (Action::Theme, _) => self.switch_theme(),
            (Action::Help, _) => self.open_help(owner),
            (_, Layer::Box | Layer::Gate) => {}
            (Action::Palette, _) => self.open_palette(owner),
            (Action::NextTab, _) => self.go_to(self.stack.active() + 1),
            (Action::PreviousTab, _) => self.go_to(self.stack.active() + self.stack.tabs().len().max(1) - 1),
            (Action::GoTo(n), _) if usize::from(n) <= self.stack.tabs().len() => self.go_to(usize::from(n) - 1),
            (Action::Refresh, _) => self.with(owner, |screen, cx| screen.enter(true, cx)),
            (Action::Undo, _) => self.undo(),
            (Action::SignOut, _) => self.ask_sign_out(),
            (Action::Lock, _) => self.lock(),
            (Action::Account, _) => self.open_account(),
            _ => {}
        }
    }

    fn paste(&mut self, text: &str, cut: bool) {
        self.last_input = self.session.now;
        self.toast = None;
        if let Some(owner) = self.stack.top().map(|slot| slot.key) {
            self.with(owner, |screen, cx| screen.pasted(text, cx));
        }
        if cut {
            self.toast(Tone::Problem, self.session.tr("paste-cut"));
        }
    }

    fn mouse(&mut self, mouse: Mouse) {
        self.last_input = self.session.now;
        let Some((owner, layer)) = self.stack.top().map(|slot| (slot.key, slot.screen.layer())) else { return };
        if mouse.kind == MouseKind::Press && layer == Layer::Page && mouse.row == frame::TABS_ROW {
            if let Some(tab) = frame::tab_at(self, mouse.column) {
                self.go_to(tab);
            }
            return;
        }
        self.with(owner, |screen, cx| screen.mouse(mouse, cx));
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>) {
        let owner = self.outbox.owners.remove(&ticket);
        if let Ok(Answer { reply: Reply::SignedIn(signed_in), .. }) = &result {
            self.waits.resume = None;
            self.signed_in(&signed_in.clone());
            return;
        }
        if let Ok(Answer { operation: Some(operation), repeated: false, .. }) = &result
            && self.waits.undo.is_none_or(|(undo, _)| undo != ticket)
        {
            self.undoable.push(*operation);
        }
        self.juror_did = match result.as_ref().map(|answer| &answer.reply) {
            Ok(Reply::Cast(cast)) if cast.vote.stands => Some("undo-let-stand"),
            Ok(Reply::Cast(_)) => Some("undo-juror"),
            Ok(Reply::Recused(_)) => Some("undo-recused"),
            Ok(Reply::Promoted(_)) => Some("undo-promoted"),
            _ => self.juror_did,
        };
        match owner {
            Some(APP) => self.own_reply(ticket, result),
            Some(owner) => self.with(owner, |screen, cx| screen.reply(ticket, result, cx)),
            None => {}
        }
    }

    /// The end of one of the app's own requests.
    fn own_reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>) {
        if self.place_written(ticket, result.is_ok()) {
            return;
        }
        if self.waits.welcome == Some(ticket) {
            self.waits.welcome = None;
            if let Ok(Answer { reply: Reply::Welcome(welcome), .. }) = result {
                self.welcomed = true;
                self.session.festival = Festival::of(&welcome);
                if !welcome.has_administrator && self.session.place.operator && self.session.person.is_none() {
                    self.open_gate(Gate::first_administrator());
                }
                self.tick(self.session.now);
            } else if let Err(failure) = result {
                self.toast(Tone::Problem, sentence::failure(&self.session.lang, &failure));
            }
        } else if self.waits.resume == Some(ticket) {
            self.waits.resume = None;
            self.open_gate(Gate::sign_in());
        } else if let Some((_, operation)) = self.waits.undo.take_if(|(undo, _)| *undo == ticket) {
            self.undone(operation, result);
        } else if let Err(failure) = result {
            self.toast(Tone::Problem, sentence::failure(&self.session.lang, &failure));
        }
    }

    fn undo(&mut self) {
        if self.waits.undo.is_some() {
            return;
        }
        // What jurors do is not undone: a vote has its own way to be changed.
        if self.session.role() != Some(Role::Admin) {
            return self.toast(Tone::Info, self.session.tr(self.juror_did.unwrap_or("undo-juror")));
        }
        match self.undoable.pop() {
            Some(operation) => {
                let ticket = self.call(Request::Undo { operation: Some(operation) });
                self.waits.undo = Some((ticket, operation));
            }
            None => self.toast(Tone::Info, self.session.tr("undo-nothing")),
        }
    }

    /// How far the undoing of many changes is.
    fn undoing(&mut self, progress: &Progress) {
        if let Progress::Steps { done, total } = *progress {
            let text = self.session.tr_with("undo-progress", &[("done", done.into()), ("total", total.into())]);
            self.toast(Tone::Info, text);
        }
    }

    fn undone(&mut self, operation: Uuid, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer { reply: Reply::Undone(undone), .. }) => {
                let text = sentence::undone(&self.session.lang, &undone);
                self.toast(if undone.left.is_empty() { Tone::Done } else { Tone::Problem }, text);
            }
            Ok(_) => {}
            Err(failure) => {
                if matches!(failure, Failure::Unavailable(_)) {
                    self.undoable.push(operation);
                }
                self.toast(Tone::Problem, sentence::failure(&self.session.lang, &failure));
            }
        }
    }

    fn changed(&mut self, changed: &Changed) {
        if changed.topic == Topic::Settings {
            self.ask_welcome();
        }
        if self.locked.is_none() && self.session.person.is_some() {
            for key in self.stack.keys() {
                self.with(key, |screen, cx| screen.changed(changed, cx));
            }
        }
    }

    fn database(&mut self, there: bool) {
        if there && !self.database {
            self.ask_welcome();
            if let Some(key) = self.stack.top().map(|slot| slot.key) {
                self.with(key, |screen, cx| screen.enter(true, cx));
            }
            self.toast(Tone::Done, self.session.tr("database-back"));
        }
        self.database = there;
    }

    fn signed_in(&mut self, signed_in: &SignedIn) {
        let person = signed_in.person.clone();
        let again = self.locked.take() == Some(person.id);
        self.stack.gate = None;
        self.last_input = self.session.now;
        self.toast = None;
        if !again {
            self.undoable.clear();
            self.juror_did = None;
            self.stack.clear();
            self.take_over(&signed_in.own);
            for tab in screens::tabs(person.role) {
                self.stack.push_tab(tab);
            }
        }
        self.session.person = Some(person);
        // Asked when the console opened, and again whenever the settings change: only a lost answer is missing now.
        if !self.welcomed && self.waits.welcome.is_none() {
            self.ask_welcome();
        }
        if let Some(key) = self.stack.top().map(|slot| slot.key) {
            self.with(key, |screen, cx| screen.enter(again, cx));
        }
        if !again {
            self.return_to_place();
        }
        self.tick(self.session.now);
    }

    /// The session ends, however: what is unsaved is sent. Called once, last.
    pub fn leave(&mut self) -> Vec<Effect> {
        self.hand_over();
        self.settle();
        std::mem::take(&mut self.outbox.effects)
    }

    /// Lets every screen send what it has not sent yet.
    fn hand_over(&mut self) {
        if self.session.person.is_none() || self.locked.is_some() {
            return;
        }
        for key in self.stack.keys() {
            self.with(key, |screen, cx| screen.session_ends(cx));
        }
        self.keep_place();
    }

    /// Locks the console: what was open stays in memory, nothing of it is shown, and the session ends in the database too,
    /// so that a new start asks for the password as well.
    fn lock(&mut self) {
        let Some(person) = &self.session.person else { return };
        if self.session.place.never_locks() {
            return;
        }
        let (id, gate) = (person.id, Gate::locked(person.email.clone()));
        self.hand_over();
        self.locked = Some(id);
        self.call(Request::SignOut { token: None });
        self.open_gate(gate);
        self.dirty = true;
    }

    fn sign_out(&mut self) {
        self.hand_over();
        self.take_over(&[]);
        self.call(Request::SignOut { token: None });
        self.session.person = None;
        self.locked = None;
        self.undoable.clear();
        self.stack.clear();
        self.open_gate(Gate::sign_in());
        self.ask_welcome();
    }

    fn ask_sign_out(&mut self) {
        let questions = ["confirm-sign-out-unsaved", "confirm-sign-out-begun"];
        match self.ask_first(questions, Outcome::SignOut) {
            Some(question) => self.open(Box::new(question)),
            None => self.sign_out(),
        }
    }

    fn ask_quit(&mut self) {
        match self.ask_first(["confirm-quit-unsaved", "confirm-quit-begun"], Outcome::Quit) {
            Some(question) => self.open(Box::new(question)),
            None => self.outbox.effects.push(Effect::Quit),
        }
    }

    /// The question before something is lost with the session, if something would be: about what is being typed, or about
    /// what was begun and kept, which is named.
    fn ask_first(&self, [unsaved, begun]: [&str; 2], outcome: Outcome) -> Option<Confirm> {
        let titles = self.stack.begun();
        match () {
            () if self.stack.unsaved() => Some(Confirm::discard(&self.session, unsaved, outcome)),
            () if !titles.is_empty() => Some(Confirm::leave(&self.session, begun, &titles, outcome)),
            () => None,
        }
    }

    fn switch_language(&mut self) {
        let other = match self.session.lang.language {
            Language::En => Language::Fr,
            Language::Fr => Language::En,
        };
        self.prefer(personal::LANGUAGE, Some(other.code().to_owned()));
    }

    fn switch_theme(&mut self) {
        let other = match self.session.theme.mode {
            Mode::Dark => "light",
            Mode::Light => "dark",
        };
        self.prefer(personal::THEME, Some(other.to_owned()));
    }

    fn open_help(&mut self, owner: ScreenKey) {
        let Some(slot) = self.stack.find(owner) else { return };
        let help = Help::new(slot.screen.title(), slot.screen.contexts());
        self.open(Box::new(help));
    }

    fn open_palette(&mut self, owner: ScreenKey) {
        let Some(slot) = self.stack.find(owner) else { return };
        let contexts = slot.screen.contexts();
        let tabs: Vec<_> = self.stack.tabs().iter().map(|tab| tab.base.screen.title()).collect();
        let palette = Palette::new(&self.session, contexts, &tabs);
        self.open(Box::new(palette));
    }

    fn go_to(&mut self, tab: usize) {
        if self.stack.go_to(tab)
            && let Some(key) = self.stack.top().map(|slot| slot.key)
        {
            self.with(key, |screen, cx| screen.enter(false, cx));
        }
    }

    /// One's own account: the tab of those who have it as a tab, else a page.
    fn open_account(&mut self) {
        let account = Account::default();
        let title = account.title();
        let tab = self.stack.tabs().iter().position(|tab| tab.base.screen.title() == title);
        match tab {
            Some(tab) => self.go_to(tab),
            None if self.stack.top().is_some_and(|slot| slot.screen.title() == title) => {}
            None => self.open(Box::new(account)),
        }
    }

    fn open_gate(&mut self, gate: Gate) {
        let key = self.stack.set_gate(Box::new(gate));
        self.with(key, |screen, cx| screen.enter(false, cx));
    }

    fn open(&mut self, screen: Box<dyn Screen>) {
        let key = self.stack.push(screen);
        self.with(key, |screen, cx| screen.enter(false, cx));
    }

    fn call(&mut self, request: Request) -> Ticket {
        let ticket = self.outbox.ticket(APP);
        self.outbox.effects.push(Effect::Call(ticket, request));
        ticket
    }

    fn ask_welcome(&mut self) {
        self.waits.welcome = Some(self.call(Request::Welcome {}));
    }

    fn toast(&mut self, tone: Tone, text: String) {
        self.toast = Some(Toast { tone, text, undo: None, then: None });
    }

    /// Lets a screen work, if it is still there.
    fn with(&mut self, key: ScreenKey, work: impl FnOnce(&mut dyn Screen, &mut Cx<'_>)) {
        if let Some(slot) = self.stack.find_mut(key) {
            let mut cx = Cx { session: &self.session, owner: key, outbox: &mut self.outbox };
            work(slot.screen.as_mut(), &mut cx);
        }
    }

    /// Carries out what screens left in the outbox, until nothing is left.
    fn settle(&mut self) {
        // Each round opens, closes or acts at least once; a screen that asks for ever would be a defect, not a hang.
        for _ in 0..16 {
            if let Some(toast) = self.outbox.toast.take() {
                self.toast = Some(toast);
            }
            // Opened first: a screen may leave its place to another.
            let opened = std::mem::take(&mut self.outbox.opened);
            if !opened.is_empty() || !self.outbox.closed.is_empty() {
                self.moved();
            }
            let opened: Vec<_> =
                opened.into_iter().map(|(owner, screen)| self.stack.push_above(owner, screen)).collect();
            for key in std::mem::take(&mut self.outbox.closed) {
                self.stack.close(key);
            }
            for key in opened {
                self.with(key, |screen, cx| screen.enter(false, cx));
            }
            for key in std::mem::take(&mut self.outbox.woken) {
                self.with(key, |screen, cx| screen.woke(cx));
            }
            let wakes = std::mem::take(&mut self.outbox.wakes);
            if !wakes.is_empty() {
                self.alarms.extend(wakes);
                self.set_clock();
            }
            for (name, value) in std::mem::take(&mut self.outbox.preferred) {
                self.prefer(&name, value);
            }
            if std::mem::take(&mut self.outbox.moved) {
                self.place_changed();
            }
            if std::mem::take(&mut self.outbox.ask_quit) {
                self.ask_quit();
            }
            if std::mem::take(&mut self.outbox.sign_out) {
                self.sign_out();
            }
            let actions = std::mem::take(&mut self.outbox.actions);
            if actions.is_empty() && self.outbox.opened.is_empty() && self.outbox.closed.is_empty() {
                break;
            }
            for action in actions {
                if let Some((owner, layer)) = self.stack.top().map(|slot| (slot.key, slot.screen.layer())) {
                    self.act(owner, layer, action);
                }
            }
        }
    }
}

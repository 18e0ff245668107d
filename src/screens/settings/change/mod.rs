//! The change of one setting: a choice with what follows from each option, or one field; then a last look.

mod view;

use chrono_tz::TZ_VARIANTS;
use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::setting::SettingRow;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::setting::{Kind, Setting};
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::Trail;
use crate::screens::picker::{Pick, Picked, Picker};
use crate::screens::steer::steer;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::form::{self, Field, Form};
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::wrap::wrapped;

use super::words;

/// How wide the box gets.
const WIDE: u16 = 76;
/// What its frame takes of that.
const FRAME: u16 = 4;
/// What stands left of an option's sentence, and right of it where the options scroll.
const INDENT: u16 = 6;
/// The name of the one field.
const FIELD: &str = "value";
/// The longest text that can be typed; what the setting takes is checked after that.
const TYPED_MAX: usize = 300;

/// Where in the dialog one is.
enum Step {
    /// Choosing one of its options.
    Choose(Menu),
    /// Looking for one of many.
    Find(Picker),
    /// Typing it.
    Type(Form),
    /// Looking once more at what it becomes.
    Look(String),
}

/// The dialog.
pub(super) struct ChangeSetting {
    setting: &'static Setting,
    /// What held when the dialog opened, or when somebody else changed it last.
    value: String,
    /// Whether somebody else changed it while the dialog is open.
    moved: bool,
    trail: Trail,
    step: Step,
    last_look: LastLook,
    /// Films whose votes are under way: in round 1 and in round 2.
    running: Option<(u32, u32)>,
    counting: Option<Ticket>,
    looking: Option<Ticket>,
    saving: Option<Ticket>,
    again: Option<Ticket>,
    problem: Option<String>,
}

impl ChangeSetting {
    /// The dialog for a setting as it stands.
    pub(super) fn new(setting: &'static Setting, row: &SettingRow, trail: Trail, session: &Session) -> Self {
        Self {
            setting,
            value: row.value.clone(),
            moved: false,
            trail,
            step: ask(setting, &row.value, &row.value, session),
            last_look: LastLook::default(),
            running: None,
            counting: None,
            looking: None,
            saving: None,
            again: None,
            problem: None,
        }
    }

    /// What is chosen or typed.
    fn given(&self) -> String {
        match &self.step {
            Step::Choose(menu) => {
                let options = words::options(self.setting.kind);
                menu.picked().and_then(|at| options.get(at)).copied().unwrap_or_default().to_owned()
            }
            Step::Type(form) => form.value(FIELD),
            Step::Look(value) => value.clone(),
            Step::Find(_) => self.value.clone(),
        }
    }

    /// Takes a value as far as the last look.
    fn offer(&mut self, value: &str, cx: &mut Cx<'_>) {
        let session = cx.session;
        if value == words::NUMBER && matches!(self.step, Step::Choose(_)) {
            self.step = Step::Type(form(self.setting, "", "", session));
            return;
        }
        match self.setting.check(value) {
            Ok(value) if value == self.value => {
                cx.toast(Tone::Info, session.tr("form-same"));
                cx.close();
            }
            Ok(value) => {
                let (back, go) = (session.tr("advance-button-back"), session.tr("settings-button"));
                self.last_look = LastLook::new(back, go, false, None);
                (self.problem, self.again) = (None, None);
                self.step = Step::Look(value);
            }
            // The sentence of the refusal is for scripts; here stands what is wrong, or what it takes.
            Err(_) => {
                let wrong = words::wrong(self.setting, value, session);
                match &mut self.step {
                    Step::Type(form) => form.set_error(FIELD, wrong),
                    _ => self.problem = Some(wrong),
                }
            }
        }
    }

    fn go(&mut self, cx: &mut Cx<'_>) {
        let Step::Look(value) = &self.step else { return };
        let request = Request::SetSetting { name: self.setting.name.to_owned(), value: value.clone() };
        self.trail.acting(true);
        self.saving = Some(match self.again.take() {
            Some(ticket) => cx.call_again(ticket, request),
            None => cx.call(request),
        });
        self.problem = None;
    }

    /// One step back, with what was given.
    fn back(&mut self, cx: &mut Cx<'_>) {
        match &self.step {
            Step::Look(value) => {
                self.step = ask(self.setting, value, &self.value, cx.session);
                (self.problem, self.again) = (None, None);
            }
            Step::Type(_) if !words::options(self.setting.kind).is_empty() => {
                self.step = choose(self.setting, words::NUMBER, &self.value, cx.session);
            }
            _ if self.unsaved() => {
                let discard = Confirm::discard(cx.session, "settings-unsaved", Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            _ => cx.close(),
        }
    }

    fn picked(&mut self, picked: Picked, cx: &mut Cx<'_>) {
        match picked {
            Picked::Took(pick) => self.offer(&pick.value, cx),
            Picked::Left => self.back(cx),
            Picked::New(_) | Picked::Looking => {}
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.go(cx),
            Decision::Back => self.back(cx),
            Decision::Miscounted | Decision::Open => {}
        }
    }

    fn saved(&mut self, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        if let Reply::Setting(row) = &answer.reply {
            let value = words::shown(self.setting, &row.value, session);
            let label = words::label(self.setting.name, session);
            let args = [("label", (&label).into()), ("value", (&value).into())];
            cx.done(session.tr_with("settings-saved", &args), answer.operation);
        }
        cx.close();
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, cx: &mut Cx<'_>) {
        self.trail.acting(false);
        self.problem = Some(sentence::failure(&cx.session.lang, failure));
        if let Failure::Unavailable(trouble) = failure {
            self.again = (trouble.why != Trouble::Cancelled).then_some(ticket);
        }
    }

    /// What somebody else made of it while the dialog is open.
    fn take(&mut self, rows: &[SettingRow], session: &Session) {
        let Some(row) = rows.iter().find(|row| row.name == self.setting.name && row.value != self.value) else {
            return;
        };
        let given = self.given();
        self.value.clone_from(&row.value);
        self.moved = true;
        // The options say which one holds.
        if matches!(self.step, Step::Choose(_)) {
            self.step = ask(self.setting, &given, &self.value, session);
        }
    }
}

/// The step that asks for a value, beginning with one that was `given`.
fn ask(setting: &'static Setting, given: &str, now: &str, session: &Session) -> Step {
    match setting.kind {
        Kind::Choice(_) => choose(setting, given, now, session),
        Kind::WordOrNumber(word, ..) if given == word || given == now => choose(setting, given, now, session),
        Kind::TimeZone => {
            let zone = |zone: &chrono_tz::Tz| {
                let time = session.now.with_timezone(zone).format("%H:%M").to_string();
                Pick::new(zone.name(), zone.name()).aside(&time)
            };
            let title = words::label(setting.name, session);
            Step::Find(Picker::new(title, TZ_VARIANTS.iter().map(zone).collect(), given, session))
        }
        Kind::Number(..) | Kind::WordOrNumber(..) | Kind::Text(_) | Kind::Address | Kind::Moment => {
            Step::Type(form(setting, given, now, session))
        }
    }
}

/// Its options with what follows from each; the cursor is on the one that was `given`.
fn choose(setting: &'static Setting, given: &str, now: &str, session: &Session) -> Step {
    let width = session.size.0.min(WIDE).saturating_sub(FRAME + INDENT);
    let options = words::options(setting.kind);
    // A number is none of the words.
    let option_of = |value: &str| options.iter().position(|option| *option == value).unwrap_or(options.len() - 1);
    let (given, holds, default) = (option_of(given), option_of(now), option_of(setting.default));
    let item = |(at, option): (usize, &&str)| {
        let id = words::option_id(setting.name, option);
        let aside = match () {
            () if at == holds && *option == words::NUMBER => {
                session.tr_with("settings-now-value", &[("value", now.into())])
            }
            () if at == holds => session.tr("settings-now"),
            () if at == default => session.tr("settings-default"),
            () => String::new(),
        };
        let about = session.tr(&format!("{id}-about"));
        let item = MenuItem::new(session.tr(&id)).aside(aside);
        wrapped(&about, usize::from(width.max(1))).fold(item, |item, line| item.detail(line))
    };
    let mut menu = Menu::new(options.iter().enumerate().map(item).collect());
    menu.move_by(isize::try_from(given).unwrap_or(0));
    Step::Choose(menu)
}

/// The one field, beginning with what was `given`.
fn form(setting: &'static Setting, given: &str, now: &str, session: &Session) -> Form {
    let numbers = matches!(setting.kind, Kind::Number(..) | Kind::WordOrNumber(..));
    let default = words::shown(setting, setting.default, session);
    let args = [("takes", &words::takes(setting, session)), ("default", &default)];
    let help = session.tr_with("settings-help", &args.map(|(name, text)| (name, text.into())));
    let label = words::label(setting.name, session);
    let kind = form::Kind::Line { max: if numbers { 10 } else { TYPED_MAX } };
    let mut form = Form::new([Field::new(FIELD, label, kind).help(help).value(words::typed(setting, now, session))]);
    form.set_value(FIELD, &words::typed(setting, given, session));
    form
}

impl Screen for ChangeSetting {
    fn title(&self) -> &'static str {
        "settings-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        match self.step {
            Step::Choose(_) | Step::Find(_) => &[Context::Menu],
            Step::Type(_) => &[Context::Form],
            Step::Look(_) => &[Context::Dialog],
        }
    }

    fn typing(&self) -> bool {
        matches!(self.step, Step::Type(_) | Step::Find(_))
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        if words::rules_votes(self.setting.name) && self.running.is_none() {
            self.counting = Some(cx.call(Request::Films { fresh: false }));
        }
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        if matches!(self.step, Step::Choose(_)) {
            self.step = ask(self.setting, &self.given(), &self.value, cx.session);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Help | Action::Repaint | Action::Quit => return false,
            _ if self.saving.is_some() => return true,
            _ => {}
        }
        match (&mut self.step, action) {
            (Step::Find(picker), _) => {
                let picked = picker.act(action);
                self.picked(picked, cx);
            }
            (Step::Look(_), _) => {
                let decision = self.last_look.act(action);
                self.decide(decision, cx);
            }
            (_, Action::Back) => self.back(cx),
            (_, Action::Accept | Action::Save) => {
                let given = self.given();
                self.offer(&given, cx);
            }
            (Step::Choose(menu), _) => return steer(menu, action),
            (Step::Type(_), _) => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        match &mut self.step {
            _ if self.saving.is_some() => key.typed().is_some(),
            Step::Find(picker) => picker.typed(key, cx.session),
            Step::Type(form) => typing::step(key).is_some_and(|step| form.edit(step)),
            Step::Choose(_) | Step::Look(_) => false,
        }
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        match &mut self.step {
            Step::Find(picker) => picker.pasted(text, cx.session),
            Step::Type(form) => _ = form.paste(text),
            Step::Choose(_) | Step::Look(_) => {}
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if self.saving.is_some() {
            return;
        }
        let (x, y) = (mouse.column, mouse.row);
        match (&mut self.step, mouse.kind) {
            (Step::Choose(menu), MouseKind::Press) => {
                if menu.click(x, y) {
                    let given = self.given();
                    self.offer(&given, cx);
                }
            }
            (Step::Find(picker), MouseKind::Press) => {
                let picked = picker.click(x, y);
                self.picked(picked, cx);
            }
            (Step::Look(_), MouseKind::Press) => {
                let decision = self.last_look.click(x, y);
                self.decide(decision, cx);
            }
            (Step::Type(form), MouseKind::Press) => _ = form.click(x, y),
            (_, MouseKind::WheelUp) => _ = self.act(Action::Up, cx),
            (_, MouseKind::WheelDown) => _ = self.act(Action::Down, cx),
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.saving.take_if(|asked| *asked == ticket).is_some() {
            match result {
                Ok(answer) => self.saved(&answer, cx),
                Err(failure) => self.failed(ticket, &failure, cx),
            }
        } else if self.counting.take_if(|asked| *asked == ticket).is_some() {
            // Without an answer the last look says that votes may be under way.
            if let Ok(Answer { reply: Reply::Films(films), .. }) = result {
                let count = |status| {
                    let films = films.rows.iter().filter(|film| film.status == status).count();
                    u32::try_from(films).unwrap_or(u32::MAX)
                };
                self.running = Some((count(FilmStatus::Assigned), count(FilmStatus::ToDiscuss)));
            }
        } else if self.looking.take_if(|asked| *asked == ticket).is_some()
            && let Ok(Answer { reply: Reply::Settings(rows), .. }) = result
        {
            self.take(&rows, cx.session);
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic == Topic::Settings && self.saving.is_none() {
            self.looking = Some(cx.call(Request::Settings {}));
        }
    }

    fn unsaved(&self) -> bool {
        let typed = matches!(&self.step, Step::Type(form) if form.dirty());
        self.saving.is_some() || typed || matches!(self.step, Step::Look(_))
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        self.draw(area, canvas);
    }
}

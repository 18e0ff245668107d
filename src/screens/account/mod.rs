//! One's own account: password, SSH keys, and how the console looks and speaks.

mod entry;

use std::cell::RefCell;

use chrono_tz::{TZ_VARIANTS, Tz};
use ratatui::layout::Rect;

use crate::api::account::KeyRow;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::lang::Language;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::personal::{LANGUAGE, THEME, ZONE};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::inert;
use crate::domain::user::Role;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::theme::Mode;
use crate::widgets::wrap::wrapped;

use self::entry::Entry;
use super::confirm::{Confirm, Outcome};
use super::history::History;
use super::picker::{Pick, Picked, Picker};
use super::sheet::Sheet;
use super::steer::steer;
use super::words::key_of;
use super::{Canvas, Screen};

/// How wide the list gets.
const WIDEST: u16 = 96;
/// What stands left of a line's explanation, and right of it where the list scrolls.
const INDENT: u16 = 6;
/// Where the keys begin among the lines.
const KEYS_AT: usize = 3;

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Heading(&'static str),
    Password,
    /// One of the keys, by its place.
    Key(usize),
    /// Adds a key.
    AddKey,
    Language,
    Theme,
    Zone,
    /// What one did with films.
    History,
}

/// The tab of jurors, and a page for everybody else.
#[derive(Default)]
pub struct Account {
    keys: Option<Vec<KeyRow>>,
    asked: Option<Ticket>,
    failed: Option<Failure>,
    menu: RefCell<Menu>,
    /// Looking for a time zone.
    zones: Option<Picker>,
}

impl Account {
    fn read(&mut self, cx: &mut Cx<'_>) {
        if let Some(before) = self.asked.take() {
            cx.cancel(before);
        }
        self.asked = Some(cx.call(Request::MyKeys {}));
    }

    fn lines(&self, session: &Session) -> Vec<Line> {
        let keys = self.keys.as_ref().map_or(0, Vec::len);
        let mut lines = vec![Line::Heading("account-group-sign-in"), Line::Password];
        lines.push(Line::Heading("account-group-keys"));
        lines.extend((0..keys).map(Line::Key));
        lines.extend(self.keys.is_some().then_some(Line::AddKey));
        lines.push(Line::Heading("account-group-console"));
        lines.extend([Line::Language, Line::Theme, Line::Zone]);
        if session.role() == Some(Role::Jury) {
            lines.extend([Line::Heading("account-group-work"), Line::History]);
        }
        lines
    }

    fn items(&self, width: u16, session: &Session) -> Vec<MenuItem> {
        let room = usize::from(width.saturating_sub(INDENT).max(1));
        let about =
            |item: MenuItem, id: &str| wrapped(&session.tr(id), room).fold(item, |item, line| item.detail(line));
        let line = |line: &Line| match *line {
            Line::Heading(id) => MenuItem::new(session.tr(id)).heading(),
            Line::Password => about(MenuItem::new(session.tr("account-password")), "account-password-about"),
            Line::Key(at) => self.key_item(at, session),
            Line::AddKey => about(MenuItem::new(session.tr("account-key-add")), "account-key-about"),
            Line::Language => MenuItem::new(session.tr("account-language")).aside(language(session)).bright(),
            Line::Theme => MenuItem::new(session.tr("account-theme")).aside(theme(session)).bright(),
            Line::History => about(MenuItem::new(session.tr("history-title")), "account-history-about"),
            Line::Zone => {
                about(MenuItem::new(session.tr("account-zone")).aside(zone(session)).bright(), "account-zone-about")
            }
        };
        self.lines(session).iter().map(line).collect()
    }

    fn key_item(&self, at: usize, session: &Session) -> MenuItem {
        let Some(key) = self.key(at) else { return MenuItem::default() };
        let added =
            key.added.map(|at| session.tr_with("account-key-since", &[("at", (&session.own_moment(at)).into())]));
        let item = MenuItem::new(key_name(key)).aside(added.unwrap_or_default());
        item.detail(format!("{} {}", inert(&key.algorithm), inert(&key.fingerprint)))
    }

    fn key(&self, at: usize) -> Option<&KeyRow> {
        self.keys.as_ref()?.get(at)
    }

    /// Puts the lines into the menu anew; the cursor stays on what it is about.
    fn renew(&mut self, session: &Session, change: impl FnOnce(&mut Self)) {
        let on = self.picked(session);
        change(self);
        let items = self.items(session.size.0.min(WIDEST), session);
        let at = on.and_then(|on| self.lines(session).iter().position(|line| *line == on));
        let menu = self.menu.get_mut();
        menu.renew(items);
        if let Some(at) = at {
            menu.home();
            while menu.picked().is_some_and(|on| on < at) {
                menu.move_by(1);
            }
        }
    }

    /// The line under the cursor.
    fn picked(&self, session: &Session) -> Option<Line> {
        let at = self.menu.borrow().picked()?;
        self.lines(session).get(at).copied()
    }

    /// Does what the line under the cursor is about.
    fn change(&mut self, cx: &mut Cx<'_>) {
        match self.picked(cx.session) {
            Some(Line::Password) => cx.open(Box::new(Entry::password(cx.session))),
            Some(Line::AddKey) => cx.open(Box::new(Entry::key(cx.session))),
            Some(Line::Key(at)) => self.remove(at, cx),
            Some(Line::Language) => cx.prefer(LANGUAGE, Some(other_language(cx.session).code().to_owned())),
            Some(Line::Theme) => cx.prefer(THEME, Some(other_theme(cx.session).to_owned())),
            Some(Line::History) => cx.open(Box::new(History::default())),
            Some(Line::Zone) => self.zones = Some(zones(cx.session)),
            Some(Line::Heading(_)) | None => {}
        }
    }

    /// Asks before a key is taken away.
    fn remove(&self, at: usize, cx: &mut Cx<'_>) {
        let Some(key) = self.key(at) else { return };
        let session = cx.session;
        let name = key_name(key);
        let args = [("name", (&name).into()), ("fingerprint", (&key.fingerprint).into())];
        let last = self.keys.as_ref().is_some_and(|keys| keys.len() == 1);
        let after = session.tr(if last { "account-key-remove-last" } else { "account-key-remove-more" });
        let body = format!("{}\n\n{after}", session.tr_with("account-key-remove-body", &args));
        let done = session.tr_with("account-key-removed", &[("name", (&name).into())]);
        let request = Request::RemoveMyKey { fingerprint: key.fingerprint.clone() };
        let outcome = Outcome::Call(Box::new(request), done);
        let title = session.tr("account-key-remove");
        cx.open(Box::new(Confirm::change(session, title, body, "account-key-remove-button", outcome)));
    }

    /// Takes a zone that was found.
    fn zoned(&mut self, picked: Picked, cx: &mut Cx<'_>) {
        match picked {
            Picked::Looking => return,
            Picked::Took(pick) => {
                let own = (!pick.value.is_empty()).then_some(pick.value);
                let name = own.clone().unwrap_or_else(|| cx.session.festival.zone.name().to_owned());
                cx.prefer(ZONE, own);
                cx.toast(Tone::Done, cx.session.tr_with("account-zone-set", &[("zone", (&name).into())]));
            }
            Picked::New(_) | Picked::Left => {}
        }
        self.zones = None;
    }
}

/// What a key is called: what its owner wrote behind it, or else its kind.
fn key_name(key: &KeyRow) -> String {
    let comment = key.comment.trim();
    inert(if comment.is_empty() { &key.algorithm } else { comment }).into_owned()
}

fn language(session: &Session) -> String {
    session.tr(match session.lang.language {
        Language::En => "account-language-en",
        Language::Fr => "account-language-fr",
    })
}

fn other_language(session: &Session) -> Language {
    match session.lang.language {
        Language::En => Language::Fr,
        Language::Fr => Language::En,
    }
}

fn theme(session: &Session) -> String {
    session.tr(match session.theme.mode {
        Mode::Dark => "account-theme-dark",
        Mode::Light => "account-theme-light",
    })
}

fn other_theme(session: &Session) -> &'static str {
    match session.theme.mode {
        Mode::Dark => "light",
        Mode::Light => "dark",
    }
}

fn zone(session: &Session) -> String {
    match session.zone {
        Some(zone) => zone.name().to_owned(),
        None => festivals(session),
    }
}

/// The festival's zone, named as such.
fn festivals(session: &Session) -> String {
    session.tr_with("account-zone-festival", &[("zone", session.festival.zone.name().into())])
}

/// All time zones with what time it is there, the festival's first.
fn zones(session: &Session) -> Picker {
    let clock = |zone: Tz| session.now.with_timezone(&zone).format("%H:%M").to_string();
    let festival = Pick::new("", festivals(session)).aside(&clock(session.festival.zone));
    let all = TZ_VARIANTS.iter().map(|zone| Pick::new(zone.name(), zone.name()).aside(&clock(*zone)));
    let current = session.zone.map_or("", |zone| zone.name());
    Picker::new(session.tr("account-zone-pick"), std::iter::once(festival).chain(all).collect(), current, session)
}

impl Screen for Account {
    fn title(&self) -> &'static str {
        "account-title"
    }

    fn contexts(&self) -> &'static [Context] {
        if self.zones.is_some() { &[Context::Menu] } else { &[Context::Account] }
    }

    fn typing(&self) -> bool {
        self.zones.is_some()
    }

    fn idle(&self, action: Action) -> bool {
        // The cursor's place tells: the keys stand behind the two headings and the password.
        let keys = self.keys.as_ref().map_or(0, Vec::len);
        let on_key = self.menu.borrow().picked().is_some_and(|at| (KEYS_AT..KEYS_AT + keys).contains(&at));
        action == Action::Delete && !on_key
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.renew(cx.session, |_| {});
        self.read(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if let Some(picker) = &mut self.zones {
            let picked = picker.act(action);
            self.zoned(picked, cx);
            return !matches!(action, Action::Repaint | Action::Help | Action::Quit);
        }
        match action {
            Action::Edit => self.change(cx),
            Action::History => cx.open(Box::new(History::default())),
            Action::AddKey if self.keys.is_some() => cx.open(Box::new(Entry::key(cx.session))),
            Action::Delete => match self.picked(cx.session) {
                Some(Line::Key(at)) => self.remove(at, cx),
                _ => return false,
            },
            _ => return steer(self.menu.get_mut(), action),
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        self.zones.as_mut().is_some_and(|picker| picker.typed(key, cx.session))
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if let Some(picker) = &mut self.zones {
            picker.pasted(text, cx.session);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if let Some(picker) = &mut self.zones {
            let picked = match mouse.kind {
                MouseKind::Press => picker.click(mouse.column, mouse.row),
                MouseKind::WheelUp => picker.act(Action::Up),
                MouseKind::WheelDown => picker.act(Action::Down),
            };
            return self.zoned(picked, cx);
        }
        let menu = self.menu.get_mut();
        match mouse.kind {
            MouseKind::WheelUp => menu.move_by(-1),
            MouseKind::WheelDown => menu.move_by(1),
            MouseKind::Press => {
                let before = menu.picked();
                if menu.click(mouse.column, mouse.row) && menu.picked() == before {
                    self.change(cx);
                }
            }
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.asked.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result.map(|answer| answer.reply) {
            Ok(Reply::Keys(keys)) => {
                self.renew(cx.session, |account| (account.keys, account.failed) = (Some(keys), None));
            }
            Ok(_) => {}
            Err(failure) => self.failed = Some(failure),
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let me = cx.session.person.as_ref().map(|person| person.id.0);
        let mine = |ids: &Vec<i32>| me.is_some_and(|me| ids.contains(&me));
        if changed.topic == Topic::Users && changed.ids.as_ref().is_none_or(mine) && self.keys.is_some() {
            self.read(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let body = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(WIDEST), ..area };
        let mut sheet = Sheet::new(body.width);
        if let Some(person) = &session.person {
            let (name, email) = (inert(&person.name), inert(&person.email));
            sheet.line(0, vec![(theme.title, name.into_owned()), (theme.dim, format!("  {email}"))]);
        }
        if let Some(failure) = &self.failed {
            let sign = (theme.warning, theme.signs.warning.to_owned());
            sheet.signed(0, Some(sign), theme.warning, &sentence::failure(&session.lang, failure));
            let key = key_of(session, &[], Action::Refresh);
            sheet.text(0, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
        }
        sheet.gap();
        sheet.draw(body, 0, canvas);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(body.height);
        let list = Rect { y: body.y + above, height: body.height - above, ..body };
        let mut menu = self.menu.borrow_mut();
        menu.renew(self.items(list.width, session));
        menu.draw(list, canvas.buf, theme);
        drop(menu);
        if let Some(picker) = &self.zones {
            picker.draw(area, canvas);
        }
    }
}

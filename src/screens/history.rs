//! What a juror did with films, the newest first.

use std::cell::{Cell, RefCell};

use ratatui::layout::Rect;

use crate::api::juror::{Deed, HistoryLine};
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::lang::Language;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field};
use crate::app::session::Session;
use crate::domain::text::{filled, inert, inert_lines};
use crate::widgets::keyvalue::{Entry, Scroll, draw_details};
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::wrap::truncate;

use super::page::Entries;
use super::panel::panel;
use super::sheet::Sheet;
use super::steer::{scrolled, steer};
use super::words::{key_of, note};
use super::{Canvas, Layer, Screen};

/// How wide the list and the box of one line get.
const WIDEST: u16 = 110;
const BOX: u16 = 96;
/// The most of a comment that the list shows, in cells.
const COMMENT: usize = 200;

/// The list.
#[derive(Default)]
pub(crate) struct History {
    lines: Option<Vec<HistoryLine>>,
    asked: Option<Ticket>,
    failed: Option<Failure>,
    menu: RefCell<Menu>,
    /// In which language the menu says what the lines hold.
    said: Cell<Option<Language>>,
}

impl History {
    fn read(&mut self, cx: &mut Cx<'_>) {
        if let Some(before) = self.asked.take() {
            cx.cancel(before);
        }
        self.asked = Some(cx.call(Request::MyHistory {}));
    }

    /// Puts the lines into the menu; the cursor stays where it is.
    fn say(&self, session: &Session) {
        self.said.set(Some(session.lang.language));
        self.menu.borrow_mut().renew(self.lines.iter().flatten().map(|line| item(line, session)).collect());
    }

    fn open(&self, cx: &mut Cx<'_>) {
        let picked = self.menu.borrow().picked();
        if let Some(line) = picked.and_then(|at| self.lines.as_ref()?.get(at)) {
            cx.open(Box::new(Told { line: line.clone(), scroll: Scroll::default() }));
        }
    }

    /// What stands above the lines.
    fn above(&self, width: u16, session: &Session) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        sheet.text(0, theme.title, &session.tr("history-title"));
        match (&self.failed, &self.lines) {
            (Some(failure), _) => {
                let sign = (theme.warning, theme.signs.warning.to_owned());
                sheet.signed(0, Some(sign), theme.warning, &sentence::failure(&session.lang, failure));
                let key = key_of(session, &[], Action::Refresh);
                sheet.text(0, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
            }
            (None, None) => sheet.text(0, theme.dim, &session.tr("page-loading")),
            (None, Some(lines)) if lines.is_empty() => {
                sheet.gap();
                sheet.text(0, theme.text, &session.tr("history-empty"));
                sheet.text(0, theme.dim, &session.tr("history-empty-hint"));
            }
            (None, Some(lines)) => {
                let text = session.tr_with("history-shown", &[("count", lines.len().into())]);
                sheet.text(0, theme.dim, &text);
            }
        }
        sheet.gap();
        sheet
    }
}

/// The film of a line.
fn title(line: &HistoryLine, session: &Session) -> String {
    match line.title.trim() {
        "" => session.tr("history-film-gone"),
        title => inert(title).into_owned(),
    }
}

fn when(line: &HistoryLine, session: &Session) -> String {
    line.at.map_or_else(|| session.tr("history-no-date"), |at| session.moment(at))
}

/// What was done, with the note of a vote.
fn done(line: &HistoryLine, session: &Session) -> String {
    let deed = session.tr(match line.deed {
        Deed::Voted => "history-voted",
        Deed::Changed => "history-changed",
        Deed::LetStand => "history-let-stand",
        Deed::Promoted => "history-promoted",
        Deed::Recused => "history-recused",
    });
    match line.note {
        Some(said) => {
            let said = note(session, Some(said)).1;
            session.tr_with("history-said", &[("deed", (&deed).into()), ("note", (&said).into())])
        }
        None => deed,
    }
}

fn item(line: &HistoryLine, session: &Session) -> MenuItem {
    let theme = &session.theme;
    let item = MenuItem::new(title(line, session)).lead(theme.dim, when(line, session));
    let item = item.aside(done(line, session)).bright();
    match filled(line.comments.as_deref()) {
        Some(comment) => {
            let flat = inert(&comment.replace(['\n', '\r'], " ")).into_owned();
            item.detail(truncate(&flat, COMMENT, theme.signs.ellipsis))
        }
        None => item,
    }
}

impl Screen for History {
    fn title(&self) -> &'static str {
        "history-title"
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::History]
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.read(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Open => self.open(cx),
            _ => return steer(self.menu.get_mut(), action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        let menu = self.menu.get_mut();
        match mouse.kind {
            MouseKind::WheelUp => menu.move_by(-1),
            MouseKind::WheelDown => menu.move_by(1),
            MouseKind::Press => {
                let before = menu.picked();
                if menu.click(mouse.column, mouse.row) && menu.picked() == before {
                    self.open(cx);
                }
            }
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.asked.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result.map(|answer| answer.reply) {
            Ok(Reply::MyHistory(lines)) => {
                (self.lines, self.failed) = (Some(lines), None);
                self.say(cx.session);
            }
            Ok(_) => {}
            Err(failure) => self.failed = Some(failure),
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic == Topic::Films && self.lines.is_some() && self.asked.is_none() {
            self.read(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let body = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(WIDEST), ..area };
        let sheet = self.above(body.width, session);
        sheet.draw(body, 0, canvas);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(body.height);
        let list = Rect { y: body.y + above, height: body.height - above, ..body };
        if self.said.get() != Some(session.lang.language) {
            self.say(session);
        }
        self.menu.borrow().draw(list, canvas.buf, &session.theme);
    }
}

/// One line with all that was written.
struct Told {
    line: HistoryLine,
    scroll: Scroll,
}

impl Screen for Told {
    fn title(&self) -> &'static str {
        "history-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Detail]
    }

    fn idle(&self, action: Action) -> bool {
        action == Action::CopyLink
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Back => cx.close(),
            _ => return scrolled(&self.scroll, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, _cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::WheelUp => _ = self.scroll.by(-3),
            MouseKind::WheelDown => _ = self.scroll.by(3),
            MouseKind::Press => {}
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let mut entries = Entries::default();
        entries.push(Entry::pair(field(&session.lang, "when"), when(&self.line, session)));
        entries.push(Entry::pair(session.tr("history-deed"), done(&self.line, session)));
        entries.push(Entry::Blank);
        match filled(self.line.comments.as_deref()) {
            Some(comment) => entries.push(Entry::text(inert_lines(comment), session.theme.text)),
            None => entries.note(session.tr("votes-no-comment"), &session.theme),
        }
        let title = title(&self.line, session);
        let body = panel(area, canvas, &title, BOX.min(area.width), area.height.saturating_sub(2));
        canvas.links.extend(draw_details(body, canvas.buf, &entries.all(), &self.scroll, &session.theme));
    }
}

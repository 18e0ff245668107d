//! A row that is open for reading: its fields, the way to the rows before and after it, its link.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;

use crate::api::{Answer, Changed, Failure, Progress, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::text::{inert, inert_lines};
use crate::widgets::glyph::width16;
use crate::widgets::keyvalue::{Entry, Scroll, draw_details};
use crate::widgets::pen::{Pen, row};
use crate::widgets::theme::Theme;

use super::links::{Links, copy_link};
use super::list::{ListRow, Route};
use super::picture::{Aside, Viewer};
use super::steer::scrolled;
use super::words::key_of;
use super::{Canvas, Screen};

/// How wide texts get, however wide the terminal is.
const WIDEST: u16 = 110;

/// What makes one page different from another.
pub(crate) trait Reading: Send {
    /// The row of the list.
    type Row: ListRow;

    /// The id of its title.
    const TITLE: &'static str;

    /// The contexts whose keys hold, the innermost first.
    const CONTEXTS: &'static [Context];

    /// Whose changes concern it.
    const TOPIC: Topic;

    /// The row's own title.
    fn heading(&self, row: &Self::Row, session: &Session) -> String;

    /// Asks for what the row does not hold, if there is such a thing.
    fn request(&self, row: &Self::Row) -> Option<Request>;

    /// Asks for something more about the row, if there is such a thing.
    fn also(&self, _row: &Self::Row) -> Option<Request> {
        None
    }

    /// Takes the answer.
    fn take(&mut self, reply: Reply);

    /// An http(s) address that stands whole on a line of its own under the title, with its label.
    fn address(&self, _row: &Self::Row, _session: &Session) -> Option<(String, String)> {
        None
    }

    /// The film whose picture stands beside the text, if it is about one.
    fn film(&self, _row: &Self::Row) -> Option<FilmId> {
        None
    }

    /// Forgets what belonged to the row before.
    fn forget(&mut self);

    /// The address of the row was copied or opened.
    fn took_address(&mut self, _row: &Self::Row, _session: &Session) {}

    /// Until when the person is busy elsewhere with what they took from here.
    fn busy_until(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// Whether a change of the row is one's own doing; `acting`: something of one's own is on its way.
    fn is_own(&mut self, _row: &Self::Row, _acting: bool) -> bool {
        false
    }

    /// Does an action that only this page knows.
    fn act(&mut self, _route: &Route<Self::Row>, _action: Action, _cx: &mut Cx<'_>) -> bool {
        false
    }

    /// Whether an action means nothing for this row, so that its key is not offered.
    fn idle(&self, _route: &Route<Self::Row>, _action: Action) -> bool {
        false
    }

    /// Everything there is to know.
    fn entries(&self, row: &Self::Row, session: &Session) -> Vec<Entry>;
}

/// A page.
pub(crate) struct Page<R: Reading> {
    route: Route<R::Row>,
    reading: R,
    ticket: Option<Ticket>,
    also: Option<Ticket>,
    failed: Option<Failure>,
    /// Whether somebody else changed the row while it was read.
    marked: bool,
    scroll: Scroll,
    aside: Aside,
    /// Where the address was drawn.
    address: Cell<Rect>,
}

impl<R: Reading> Page<R> {
    /// The page of the row that the route stands on.
    pub(crate) fn new(route: Route<R::Row>, reading: R) -> Self {
        Self {
            route,
            reading,
            ticket: None,
            also: None,
            failed: None,
            marked: false,
            scroll: Scroll::default(),
            aside: Aside::default(),
            address: Cell::default(),
        }
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        for before in [self.ticket.take(), self.also.take()].into_iter().flatten() {
            cx.cancel(before);
        }
        let request = self.route.current().and_then(|row| self.reading.request(row));
        self.ticket = request.map(|request| cx.call(request));
        let also = self.route.current().and_then(|row| self.reading.also(row));
        self.also = also.map(|request| cx.call(request));
        let film = self.route.current().and_then(|row| self.reading.film(row));
        self.aside.ask(film, cx);
    }

    fn walk(&mut self, by: isize, cx: &mut Cx<'_>) {
        if self.route.walk(by) {
            self.reading.forget();
            self.failed = None;
            self.marked = false;
            self.scroll.home();
            self.ask(cx);
        }
    }

    fn entries(&self, session: &Session) -> Vec<Entry> {
        let theme = &session.theme;
        let mut entries = Vec::new();
        if let Some(row) = self.route.current() {
            entries = self.reading.entries(row, session);
        }
        if let Some(failure @ Failure::NotFound { .. }) = &self.failed {
            // What was known of it stays below, for whoever was reading.
            let gone = format!("{} {}", theme.signs.warning, sentence::failure(&session.lang, failure));
            entries.splice(0..0, [Entry::text(gone, theme.warning), Entry::Blank]);
        } else if let Some(failure) = &self.failed {
            let key = key_of(session, &[], Action::Refresh);
            let sentence = format!("{} {}", theme.signs.warning, sentence::failure(&session.lang, failure));
            entries.push(Entry::Blank);
            entries.push(Entry::text(sentence, theme.warning));
            entries.push(Entry::text(session.tr_with("list-failed-hint", &[("key", (&key).into())]), theme.dim));
        } else if self.ticket.is_some() {
            entries.push(Entry::Blank);
            entries.push(Entry::text(session.tr("page-loading"), theme.dim));
        }
        entries
    }

    /// The address was copied or opened: what is watched takes its time.
    fn took_address(&mut self, cx: &Cx<'_>) {
        if let Some(row) = self.route.current().filter(|row| self.reading.address(row, cx.session).is_some()) {
            self.reading.took_address(row, cx.session);
        }
    }

    fn copy(&self, cx: &mut Cx<'_>) {
        let links = self.entries(cx.session).into_iter().filter_map(|entry| match entry {
            Entry::Pair { label, link: Some(link), .. } => Some((label, link)),
            _ => None,
        });
        let address = self.route.current().and_then(|row| self.reading.address(row, cx.session));
        let links: Vec<(String, String)> = address.into_iter().chain(links).collect();
        match links.as_slice() {
            [] => cx.toast(Tone::Info, cx.session.tr("page-no-link")),
            [(_, link)] => copy_link(link.clone(), cx),
            _ => cx.open(Box::new(Links::new(links))),
        }
    }
}

impl<R: Reading> Screen for Page<R> {
    fn title(&self) -> &'static str {
        R::TITLE
    }

    fn contexts(&self) -> &'static [Context] {
        R::CONTEXTS
    }

    fn idle(&self, action: Action) -> bool {
        self.reading.idle(&self.route, action)
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.marked = false;
        self.ask(cx);
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        self.aside.resized(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Pictures => match self.route.current().and_then(|row| Some((self.reading.film(row)?, row))) {
                Some((film, row)) => {
                    let title = inert(&self.reading.heading(row, cx.session)).into_owned();
                    cx.open(Box::new(Viewer::new(film, title)));
                }
                None => return false,
            },
            Action::Left => self.walk(-1, cx),
            Action::Right => self.walk(1, cx),
            Action::CopyLink => {
                self.copy(cx);
                self.took_address(cx);
            }
            _ => return self.reading.act(&self.route, action, cx) || scrolled(&self.scroll, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::WheelUp => _ = self.scroll.by(-3),
            MouseKind::WheelDown => _ = self.scroll.by(3),
            MouseKind::Press if self.address.get().contains((mouse.column, mouse.row).into()) => self.took_address(cx),
            MouseKind::Press => {}
        }
    }

    fn busy_until(&self) -> Option<DateTime<Utc>> {
        self.reading.busy_until()
    }

    fn progress(&mut self, _ticket: Ticket, _progress: Progress, _cx: &mut Cx<'_>) {}

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, _cx: &mut Cx<'_>) {
        self.aside.reply(ticket, &result);
        if self.also.take_if(|asked| *asked == ticket).is_some() {
            // What fails altogether is said by the other answer.
            if let Ok(answer) = result {
                self.reading.take(answer.reply);
            }
            return;
        }
        if self.ticket.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result {
            Ok(answer) => {
                self.failed = None;
                self.reading.take(answer.reply);
            }
            Err(failure) => self.failed = Some(failure),
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let key = self.route.current().map(ListRow::key);
        let about = |ids: &Vec<i32>| ids.iter().any(|id| Some(i64::from(*id)) == key);
        if changed.topic == R::TOPIC && changed.ids.as_ref().is_none_or(about) {
            let acting = self.route.trail().is_own();
            let own = self.route.current().is_some_and(|row| self.reading.is_own(row, acting));
            self.marked |= changed.ids.is_some() && !acting && !own;
            self.ask(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let Some(current) = self.route.current() else { return };
        let (at, total) = self.route.place();
        let place = session.tr_with("page-place", &[("at", at.into()), ("total", total.into())]);
        let line = row(inner, 0);
        let mark = format!("{} {}", theme.signs.changed, session.tr("page-changed"));
        let mark = if self.marked { mark } else { String::new() };
        let taken = width16(&place) + if self.marked { width16(&mark) + 2 } else { 0 };
        let room = line.width.saturating_sub(taken + 2);
        let heading = self.reading.heading(current, session);
        Pen::new(Rect { width: room, ..line }, canvas.buf, theme.signs.ellipsis).put(&inert(&heading), theme.title);
        Pen::new(line, canvas.buf, "").put_right(&place, theme.dim);
        let before = Rect { width: line.width.saturating_sub(width16(&place) + 2), ..line };
        Pen::new(before, canvas.buf, "").put_right(&mark, theme.warning);
        let address = self.reading.address(current, session).map(|(_, address)| address);
        let under = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let taken = address.map_or(0, |address| draw_address(under, canvas, &address));
        self.address.set(Rect { height: taken.min(under.height), ..under });
        let above = 2 + taken;
        let body = Rect { y: inner.y + above, height: inner.height.saturating_sub(above), ..inner };
        let entries = self.entries(session);
        let beside = self.aside.view(body, canvas);
        let body = Rect { width: body.width.saturating_sub(beside).min(WIDEST), ..body };
        canvas.links.extend(draw_details(body, canvas.buf, &entries, &self.scroll, theme));
    }
}

/// Draws an address over the whole width, broken only where it is longer than that, and tells how many rows it takes.
pub(crate) fn draw_address(area: Rect, canvas: &mut Canvas<'_>, address: &str) -> u16 {
    let theme = &canvas.session.theme;
    let style = theme.accent.patch(theme.field);
    // Written out it has no character wider than a cell.
    let letters: Vec<char> = address.chars().collect();
    let parts = letters.chunks(usize::from(area.width.max(1))).map(|part| part.iter().collect::<String>());
    let mut rows = 0;
    for part in parts.take(usize::from(area.height)) {
        let line = row(area, rows);
        Pen::new(line, canvas.buf, "").put(&part, style);
        canvas.links.push((Rect { width: width16(&part).min(line.width), ..line }, address.to_owned()));
        rows += 1;
    }
    rows
}

/// Entries of a page, put together in order.
#[derive(Default)]
pub(crate) struct Entries(Vec<Entry>);

impl Entries {
    /// A heading.
    pub(crate) fn section(&mut self, title: String) {
        if !self.0.is_empty() {
            self.0.push(Entry::Blank);
        }
        self.0.push(Entry::section(title));
    }

    /// A text of the database, which may be an address; an empty one is left out.
    pub(crate) fn value(&mut self, label: String, value: &str) {
        if !value.trim().is_empty() {
            self.0.push(Entry::link(label, inert_lines(value.trim_end())));
        }
    }

    /// Anything else.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    /// A sentence of ours that stands where there is nothing else.
    pub(crate) fn note(&mut self, text: String, theme: &Theme) {
        self.0.push(Entry::text(text, theme.dim));
    }

    /// All of them.
    pub(crate) fn all(self) -> Vec<Entry> {
        self.0
    }
}

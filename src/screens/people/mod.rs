//! The people tab: who is on, and the log of who was and of sign-ins that were refused.

mod page;
mod rows;

use std::cell::Cell;

use chrono::TimeDelta;
use ratatui::layout::Rect;

use crate::api::session::SessionRow;
use crate::api::{Answer, Changed, Failure, Progress, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::effect::Computed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, Ticket};
use crate::widgets::theme::Tone;

use self::page::VisitReading;
use self::rows::{LOG, ON, State, act, log_columns, on_columns, over};
use super::list::{Count, ListPane, ListScreen, ListTab, Spec};
use super::page::Page;
use super::{Canvas, Screen};

/// How often the idle times of those who are on are read again while they are looked at.
const EVERY: TimeDelta = TimeDelta::minutes(1);

/// The contexts of both lists.
const CONTEXTS: &[Context] = &[Context::Visit, Context::Visits, Context::List];

fn open(list: &ListPane<SessionRow>, cx: &mut Cx<'_>) {
    cx.open(Box::new(Page::new(list.route(), VisitReading::default())));
}

/// Who is on.
struct On;

impl ListTab for On {
    type Row = SessionRow;

    const TITLE: &'static str = "visits-title";

    const CONTEXTS: &'static [Context] = CONTEXTS;

    fn spec(&self) -> &'static Spec<SessionRow> {
        &ON
    }

    fn open(&self, list: &ListPane<SessionRow>, cx: &mut Cx<'_>) {
        open(list, cx);
    }

    fn idle(&self, list: &ListPane<SessionRow>, action: Action) -> bool {
        over(list.current(), action)
    }

    fn act(&mut self, list: &ListPane<SessionRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        act(list.current(), &list.trail(), action, cx)
    }

    fn view(&self, list: &ListPane<SessionRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let rows = list.rows();
        let remote = rows.iter().filter(|row| row.origin.starts_with("ssh ")).count();
        let figures = [("sessions-count-on", rows.len()), ("sessions-count-ssh", remote)];
        let count = |(id, count): (&str, usize)| {
            Count::new(session.theme.text, session.tr_with(id, &[("count", count.into())]))
        };
        let counts: Vec<Count> = figures.into_iter().map(count).collect();
        list.view(area, canvas, &on_columns(), if rows.is_empty() { &[] } else { &counts }, &());
    }
}

/// Who is on, who was, and who was refused.
struct Log;

impl ListTab for Log {
    type Row = SessionRow;

    const TITLE: &'static str = "visits-title";

    const CONTEXTS: &'static [Context] = CONTEXTS;

    fn spec(&self) -> &'static Spec<SessionRow> {
        &LOG
    }

    fn open(&self, list: &ListPane<SessionRow>, cx: &mut Cx<'_>) {
        open(list, cx);
    }

    fn idle(&self, list: &ListPane<SessionRow>, action: Action) -> bool {
        over(list.current(), action)
    }

    fn act(&mut self, list: &ListPane<SessionRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        act(list.current(), &list.trail(), action, cx)
    }

    fn view(&self, list: &ListPane<SessionRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let figures = [
            (State::On, Tone::Good, "sessions-count-on"),
            (State::Ended, Tone::Neutral, "sessions-count-ended"),
            (State::Refused, Tone::Bad, "sessions-count-refused"),
        ];
        let count = |(state, tone, id): (State, Tone, &str)| {
            let count = list.rows().iter().filter(|row| State::of(row) == state).count();
            let text = session.tr_with(id, &[("count", count.into())]);
            Count::new(session.theme.status(tone), format!("{} {text}", session.theme.sign(tone)))
        };
        let counts: Vec<Count> = figures.into_iter().map(count).collect();
        list.view(area, canvas, &log_columns(), if list.rows().is_empty() { &[] } else { &counts }, &());
    }
}

/// The tab: one list or the other.
pub(crate) struct People {
    on: ListScreen<On>,
    log: ListScreen<Log>,
    logged: bool,
    /// Whether it was drawn since it was woken last: what nobody looks at is not read every minute.
    seen: Cell<bool>,
}

impl Default for People {
    fn default() -> Self {
        Self { on: ListScreen::new(On), log: ListScreen::new(Log), logged: false, seen: Cell::new(false) }
    }
}

impl People {
    fn shown(&self) -> &dyn Screen {
        if self.logged { &self.log } else { &self.on }
    }

    fn shown_mut(&mut self) -> &mut dyn Screen {
        if self.logged { &mut self.log } else { &mut self.on }
    }
}

impl Screen for People {
    fn title(&self) -> &'static str {
        "visits-title"
    }

    fn contexts(&self) -> &'static [Context] {
        self.shown().contexts()
    }

    fn typing(&self) -> bool {
        self.shown().typing()
    }

    fn idle(&self, action: Action) -> bool {
        self.shown().idle(action)
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        cx.wake_at(cx.session.now + EVERY);
        self.shown_mut().enter(fresh, cx);
    }

    fn woke(&mut self, cx: &mut Cx<'_>) {
        // What covers it now may be closed any minute.
        cx.wake_at(cx.session.now + EVERY);
        if self.seen.take() {
            self.changed(&Changed { topic: Topic::Sessions, ids: None }, cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if self.shown_mut().act(action, cx) {
            return true;
        }
        let switches = action == Action::Ended;
        if switches {
            self.logged = !self.logged;
            self.shown_mut().enter(false, cx);
        }
        switches
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        self.shown_mut().typed(key, cx)
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        self.shown_mut().pasted(text, cx);
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        self.shown_mut().mouse(mouse, cx);
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, cx: &mut Cx<'_>) {
        self.shown_mut().progress(ticket, progress, cx);
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        // Each takes what it asked for.
        self.on.reply(ticket, result.clone(), cx);
        self.log.reply(ticket, result, cx);
    }

    fn computed(&mut self, ticket: Ticket, result: Computed, cx: &mut Cx<'_>) {
        self.on.computed(ticket, result.clone(), cx);
        self.log.computed(ticket, result, cx);
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        self.shown_mut().changed(changed, cx);
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        self.seen.set(true);
        self.shown().view(area, canvas);
    }
}

//! Everything about one visit.

use crate::api::session::SessionRow;
use crate::api::{Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::screens::list::Route;
use crate::screens::page::{Entries, Reading};
use crate::widgets::keyvalue::Entry;

use super::rows::{State, act, idle, over, state, way};

/// A visit's page. It is read again as a part of the log.
#[derive(Default)]
pub(super) struct VisitReading {
    rows: Vec<SessionRow>,
}

impl VisitReading {
    /// The visit as it is now, as far as it is known.
    fn now<'a>(&'a self, row: &'a SessionRow) -> &'a SessionRow {
        self.rows.iter().find(|now| now.session == row.session).unwrap_or(row)
    }
}

impl Reading for VisitReading {
    type Row = SessionRow;

    const TITLE: &'static str = "session-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Visit];

    const TOPIC: Topic = Topic::Sessions;

    fn heading(&self, row: &SessionRow, session: &Session) -> String {
        match row.name.trim() {
            "" => session.tr("list-untitled"),
            name => name.to_owned(),
        }
    }

    fn request(&self, _row: &SessionRow) -> Option<Request> {
        Some(Request::Sessions { ended: true })
    }

    fn take(&mut self, reply: Reply) {
        if let Reply::Sessions(rows) = reply {
            self.rows = rows;
        }
    }

    fn forget(&mut self) {}

    fn idle(&self, route: &Route<SessionRow>, action: Action) -> bool {
        over(route.current().map(|row| self.now(row)), action)
    }

    fn act(&mut self, route: &Route<SessionRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        act(route.current().map(|row| self.now(row)), &route.trail(), action, cx)
    }

    fn entries(&self, row: &SessionRow, session: &Session) -> Vec<Entry> {
        let row = self.now(row);
        let mut entries = Entries::default();
        let label = |id: &str| session.tr(id);
        let kind = State::of(row);
        entries.section(label(if kind == State::Refused { "session-group-refused" } else { "session-group" }));
        entries.push(Entry::Status { label: label("visit-state"), tone: kind.tone(), text: state(row, session) });
        match kind {
            State::Refused => entries.value(label("visit-tried"), &row.name),
            _ => entries.value(label("visit-name"), &row.name),
        }
        if let Some(role) = row.role {
            entries.value(label("visit-role"), &session.tr(role.message()));
        }
        entries.value(label("visit-from"), &row.origin);
        if kind == State::Refused {
            entries.value(label("visit-when"), &session.moment(row.opened));
            if row.left_out > 0 {
                entries.value(label("visit-left-out"), &row.left_out.to_string());
            }
            return entries.all();
        }
        entries.value(label("visit-way"), &way(row, session));
        if row.own {
            entries.value(label("visit-own"), &session.tr("visit-own-yes"));
        }
        entries.value(label("visit-since"), &session.moment(row.opened));
        let typed = match kind {
            State::On => format!("{} ({})", session.moment(row.active), idle(row.active, session)),
            _ => session.moment(row.active),
        };
        entries.value(label("visit-active"), &typed);
        if let Some(ended) = row.ended {
            entries.value(label("visit-ended"), &session.moment(ended));
        }
        if let Some(by) = &row.ended_by {
            entries.value(label("visit-ended-by"), by);
        }
        entries.value(label("visit-id"), &row.session.to_string());
        entries.all()
    }
}

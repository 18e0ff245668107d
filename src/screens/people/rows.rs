//! The rows of both lists: what they are, how they are searched, sorted and drawn, and what can be done with one.

use chrono::{DateTime, Utc};

use crate::api::session::SessionRow;
use crate::api::{Indexed, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone as News};
use crate::app::session::Session;
use crate::domain::query::{FieldSpec, Name};
use crate::domain::rule::Rule;
use crate::domain::text::inert;
use crate::domain::visit::{Way, Why};
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::films::cells::{column, right};
use crate::screens::list::{Batch, By, Find, Get, GetFn, ListRow, Look, MARKS, Spec, Trail, flags, searched};
use crate::widgets::table::{Column, Key, Width};
use crate::widgets::theme::Tone;

impl Indexed for SessionRow {
    const TEXTS: usize = 2;

    fn text(&self, column: usize) -> &str {
        match column {
            0 => &self.name,
            1 => &self.origin,
            _ => "",
        }
    }
}

impl ListRow for SessionRow {
    fn key(&self) -> Key {
        // Half of what chance made: as good as all of it among some hundred rows.
        let (half, _) = self.session.as_u64_pair();
        i64::try_from(half & (u64::MAX >> 1)).unwrap_or_default()
    }
}

/// What a row tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Somebody who is on.
    On,
    /// Somebody who was.
    Ended,
    /// Somebody who did not get in.
    Refused,
}

impl State {
    pub(super) fn of(row: &SessionRow) -> Self {
        match row.ended {
            None => State::On,
            Some(_) if row.method == "refused" => State::Refused,
            Some(_) => State::Ended,
        }
    }

    pub(super) fn tone(self) -> Tone {
        match self {
            State::On => Tone::Good,
            State::Ended => Tone::Neutral,
            State::Refused => Tone::Bad,
        }
    }
}

pub(super) static ON: Spec<SessionRow> = Spec {
    request: |_| Request::Sessions { ended: false },
    read,
    topic: Topic::Sessions,
    by_id: false,
    sortable: &["column-name", "column-from", "column-since", "column-idle"],
    sort_by,
    find: Find { title: 0, name: None, others: &[1], people: None },
    synopses: None,
    fields: &FIELDS,
    get: GET,
    empty: ["sessions-empty", "sessions-empty-hint"],
    empty_key: Action::Refresh,
    shown: "sessions-shown",
};

pub(super) static LOG: Spec<SessionRow> = Spec {
    request: |_| Request::Sessions { ended: true },
    sortable: &["column-name", "column-from", "column-since"],
    shown: "sessions-log-shown",
    ..ON
};

const GET: GetFn<SessionRow> = get;

fn read(reply: Reply) -> Option<Batch<SessionRow>> {
    match reply {
        Reply::Sessions(rows) => Some(rows.into()),
        _ => None,
    }
}

/// Behind the list's own marks.
static FLAGS: [Name; 5] = [
    MARKS[0],
    MARKS[1],
    Name { english: "on", french: "présent", also: &[] },
    Name { english: "ended", french: "terminé", also: &[] },
    Name { english: "refused", french: "refusé", also: &[] },
];

static FIELDS: [FieldSpec; 3] =
    [searched("name", "nom", &[]), searched("from", "origine", &["origin", "depuis"]), flags(&FLAGS)];

fn get(field: &str) -> Get<SessionRow> {
    match field {
        "name" => Get::Text(0),
        "from" => Get::Text(1),
        "is" => Get::flags(|row: &SessionRow| {
            [State::On, State::Ended, State::Refused].map(|state| State::of(row) == state)
        }),
        _ => Get::Nothing,
    }
}

fn sort_by(column: &str) -> By<SessionRow> {
    match column {
        "column-name" => By::Text(0),
        "column-from" => By::Text(1),
        "column-since" => By::number(|row: &SessionRow| Some(row.opened.timestamp_millis())),
        "column-idle" => By::number(|row: &SessionRow| Some(-row.active.timestamp_millis())),
        _ => By::Nothing,
    }
}

/// How somebody signed in. What a newer console wrote is shown as it is.
pub(super) fn way(row: &SessionRow, session: &Session) -> String {
    match Way::from_name(&row.method) {
        Some(way) => session.tr(way.message()),
        None if State::of(row) == State::Refused => String::new(),
        None => inert(&row.method).into_owned(),
    }
}

/// What a row says of its state: that somebody is on, why it ended, why it was refused.
pub(super) fn state(row: &SessionRow, session: &Session) -> String {
    let word = row.why.as_deref().unwrap_or_default();
    match State::of(row) {
        State::On if row.ended_by.is_some() => session.tr("session-ending"),
        State::On => session.tr("session-on"),
        State::Ended => match (Why::from_name(word), &row.ended_by) {
            (Some(Why::Ended), Some(by)) => session.tr_with("session-ended-by", &[("name", inert(by).as_ref().into())]),
            (Some(why), _) => session.tr(why.message()),
            (None, _) => inert(word).into_owned(),
        },
        State::Refused => {
            let text = refusal(word).map_or_else(|| inert(word).into_owned(), |id| session.tr(id));
            match row.left_out {
                0 => text,
                more => session.tr_with("session-refused-more", &[("why", (&text).into()), ("count", more.into())]),
            }
        }
    }
}

/// The id of why a sign-in was refused, by the rule's name.
fn refusal(rule: &str) -> Option<&'static str> {
    [
        (Rule::WrongPassword, "session-refused-password"),
        (Rule::TooManyAttempts, "session-refused-attempts"),
        (Rule::AccountDisabled, "session-refused-disabled"),
        (Rule::ProducersOutside, "session-refused-producer"),
    ]
    .into_iter()
    .find(|(known, _)| known.name() == rule)
    .map(|(_, id)| id)
}

/// A moment in little room: the hour today, else the day without its year.
fn short(at: DateTime<Utc>, session: &Session) -> String {
    let (at, now) = (at.with_timezone(&session.festival.zone), session.now.with_timezone(&session.festival.zone));
    let format = if at.date_naive() == now.date_naive() { "format-hour" } else { "format-day" };
    at.format(&session.tr(format)).to_string()
}

/// How long nothing was typed, in minutes.
pub(super) fn idle(active: DateTime<Utc>, session: &Session) -> String {
    match (session.now - active).num_minutes() {
        ..1 => session.tr("session-idle-no"),
        minutes @ 1..60 => session.tr_with("session-idle-minutes", &[("count", minutes.into())]),
        minutes => {
            let rest = format!("{:02}", minutes % 60);
            session.tr_with("session-idle-hours", &[("hours", (minutes / 60).into()), ("minutes", (&rest).into())])
        }
    }
}

type Columns<'a, const N: usize> = [Column<SessionRow, Look<'a>>; N];

fn who<'a>() -> Column<SessionRow, Look<'a>> {
    column("column-name", Width::Grow { min: 14, weight: 2 }, 0, |row: &SessionRow, look, cell| {
        look.name(cell, row.key(), &row.name);
    })
}

fn from<'a>(min: u16) -> Column<SessionRow, Look<'a>> {
    column("column-from", Width::Grow { min, weight: 2 }, 0, |row: &SessionRow, look, cell| {
        look.found(cell, "from", &row.origin, look.session.theme.text);
    })
}

fn since<'a>() -> Column<SessionRow, Look<'a>> {
    column("column-since", Width::Fixed(12), 0, |row: &SessionRow, look, cell| {
        cell.text(&short(row.opened, look.session));
    })
}

fn how<'a>(priority: u8) -> Column<SessionRow, Look<'a>> {
    column("column-way", Width::Fixed(15), priority, |row: &SessionRow, look, cell| {
        cell.dim(&way(row, look.session));
    })
}

/// Of those who are on.
pub(super) fn on_columns<'a>() -> Columns<'a, 6> {
    [
        who(),
        column("column-role", Width::Fixed(14), 1, |row: &SessionRow, look, cell| {
            cell.dim(&row.role.map(|role| look.session.tr(role.message())).unwrap_or_default());
        }),
        from(20),
        since(),
        right(column("column-idle", Width::Fixed(11), 0, |row: &SessionRow, look, cell| {
            if row.ended_by.is_some() {
                cell.styled(&look.session.tr("session-ending"), look.session.theme.warning);
            } else if row.own {
                cell.dim(&look.session.tr("session-own"));
            } else {
                cell.text(&idle(row.active, look.session));
            }
        })),
        how(2),
    ]
}

/// Of the log.
pub(super) fn log_columns<'a>() -> Columns<'a, 6> {
    [
        since(),
        who(),
        column("column-what", Width::Grow { min: 20, weight: 3 }, 0, |row: &SessionRow, look, cell| {
            cell.status(State::of(row).tone(), &state(row, look.session));
        }),
        from(12),
        column("column-until", Width::Fixed(12), 0, |row: &SessionRow, look, cell| {
            let ended = row.ended.filter(|_| State::of(row) == State::Ended);
            cell.dim(&ended.map(|at| short(at, look.session)).unwrap_or_default());
        }),
        how(3),
    ]
}

/// Whether an action means nothing for a visit: one that has ended is not ended again, and none has a link.
pub(super) fn over(row: Option<&SessionRow>, action: Action) -> bool {
    match action {
        Action::EndSession => row.is_none_or(|row| row.ended.is_some()),
        Action::CopyLink => true,
        _ => false,
    }
}

/// What can be done with a visit, in a list or on its page.
pub(super) fn act(row: Option<&SessionRow>, list: &Trail, action: Action, cx: &mut Cx<'_>) -> bool {
    match (action, row) {
        (Action::EndSession, Some(row)) if row.ended.is_none() => {
            list.acting(true);
            let session = cx.session;
            let (name, from) = (inert(&row.name).into_owned(), inert(&row.origin).into_owned());
            let say = |id: &str| session.tr_with(id, &[("name", (&name).into()), ("from", (&from).into())]);
            let body = say(if row.own { "session-end-own-body" } else { "session-end-body" });
            let request = Request::EndSession { session: row.session };
            let outcome = Outcome::Call(Box::new(request), say("session-end-done"));
            cx.open(Box::new(Confirm::change(
                session,
                say("session-end-question"),
                body,
                "session-end-button",
                outcome,
            )));
        }
        (Action::EndSession, Some(_)) => cx.toast(News::Info, cx.session.tr("session-over")),
        (Action::EndSession, None) => {}
        _ => return false,
    }
    true
}

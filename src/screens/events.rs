//! The events with what is booked.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;

use crate::api::event::{EventRow, ReservationRow};
use crate::api::{Indexed, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::query::FieldSpec;
use crate::domain::text::inert;
use crate::widgets::keyvalue::Entry;
use crate::widgets::table::{Column, Key, Width};
use crate::widgets::theme::Tone;

use super::Canvas;
use super::films::cells::{column, right};
use super::list::{
    Batch, By, Count, Find, Get, ListPane, ListRow, ListTab, Look, MARKS, Spec, flags, number, searched,
};
use super::page::{Entries, Page, Reading};

impl Indexed for EventRow {
    const TEXTS: usize = 3;

    fn text(&self, column: usize) -> &str {
        match column {
            0 => &self.name,
            1 => &self.location,
            2 => &self.event_type,
            _ => "",
        }
    }
}

impl ListRow for EventRow {
    fn key(&self) -> Key {
        self.id.0.into()
    }
}

/// When an event is, seen from now. An end that is not known is an hour after the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Upcoming,
    Running,
    Past,
    Undated,
}

impl When {
    fn of(event: &EventRow, now: DateTime<Utc>) -> Self {
        let Some(start) = event.start else { return When::Undated };
        let end = event.end.or_else(|| start.checked_add_signed(TimeDelta::hours(1))).unwrap_or(start);
        match () {
            () if now < start => When::Upcoming,
            () if now < end.max(start) => When::Running,
            () => When::Past,
        }
    }

    fn look(self) -> (Tone, &'static str) {
        match self {
            When::Upcoming => (Tone::Progress, "event-upcoming"),
            When::Running => (Tone::Good, "event-running"),
            When::Past => (Tone::Neutral, "event-past"),
            When::Undated => (Tone::Question, "event-undated"),
        }
    }
}

static SPEC: Spec<EventRow> = Spec {
    request: |_| Request::Events {},
    read,
    topic: Topic::Events,
    by_id: true,
    sortable: &["column-start", "column-name", "column-location", "column-type", "column-reservations", "column-seats"],
    sort_by,
    find: Find { title: 0, name: None, others: &[1, 2], people: None },
    synopses: None,
    fields: &FIELDS,
    get,
    empty: ["events-empty", "events-empty-hint"],
    empty_key: Action::Refresh,
    shown: "events-shown",
};

fn read(reply: Reply) -> Option<Batch<EventRow>> {
    match reply {
        Reply::Events(rows) => Some(rows.into()),
        _ => None,
    }
}

static FIELDS: [FieldSpec; 6] = [
    searched("name", "nom", &[]),
    searched("location", "lieu", &[]),
    searched("type", "genre", &[]),
    number("seats", "places", &[]),
    number("reservations", "réservations", &[]),
    flags(&MARKS),
];

fn get(field: &str) -> Get<EventRow> {
    match field {
        "name" => Get::Text(0),
        "location" => Get::Text(1),
        "type" => Get::Text(2),
        "seats" => Get::number(|row: &EventRow| Some(row.seats)),
        "reservations" => Get::number(|row: &EventRow| Some(row.reservations)),
        "is" => Get::flags(|_: &EventRow| []),
        _ => Get::Nothing,
    }
}

fn sort_by(column: &str) -> By<EventRow> {
    match column {
        "column-start" => By::number(|row: &EventRow| row.start.map(|at| at.timestamp())),
        "column-name" => By::Text(0),
        "column-location" => By::Text(1),
        "column-type" => By::Text(2),
        "column-reservations" => By::number(|row: &EventRow| Some(row.reservations.into())),
        "column-seats" => By::number(|row: &EventRow| Some(row.seats.into())),
        _ => By::Nothing,
    }
}

fn columns<'a>() -> [Column<EventRow, Look<'a>>; 7] {
    [
        column("column-when", Width::Fixed(12), 0, |event: &EventRow, look, cell| {
            let (tone, id) = When::of(event, look.session.now).look();
            cell.status(tone, &look.session.tr(id));
        }),
        column("column-start", Width::Fixed(18), 0, |event: &EventRow, look, cell| {
            cell.text(&event.start.map(|at| look.session.moment(at)).unwrap_or_default());
        }),
        column("column-name", Width::Grow { min: 16, weight: 4 }, 0, |event: &EventRow, look, cell| {
            look.name(cell, event.key(), &event.name);
        }),
        column("column-location", Width::Grow { min: 12, weight: 2 }, 1, |event: &EventRow, look, cell| {
            look.found(cell, "location", &event.location, look.session.theme.text);
        }),
        column("column-type", Width::Fixed(12), 2, |event: &EventRow, look, cell| {
            look.found(cell, "type", &event.event_type.to_lowercase(), look.session.theme.dim);
        }),
        right(column("column-reservations", Width::Fixed(6), 1, |event: &EventRow, _, cell| {
            cell.dim(&event.reservations.to_string());
        })),
        right(column("column-seats", Width::Fixed(6), 0, |event: &EventRow, _, cell| {
            cell.number(event.seats);
        })),
    ]
}

fn counts(rows: &Rows<EventRow>, session: &Session) -> Vec<Count> {
    let theme = &session.theme;
    let figures = [
        (When::Upcoming, "events-count-upcoming"),
        (When::Running, "events-count-running"),
        (When::Past, "events-count-past"),
        (When::Undated, "events-count-undated"),
    ];
    let mut counts = Vec::new();
    for (when, id) in figures {
        let count = rows.iter().filter(|event| When::of(event, session.now) == when).count();
        if count > 0 || when != When::Undated {
            let (tone, _) = when.look();
            let text = session.tr_with(id, &[("count", count.into())]);
            counts.push(Count::new(theme.status(tone), format!("{} {text}", theme.sign(tone))));
        }
    }
    let seats: u32 = rows.iter().fold(0, |sum, event| sum.saturating_add(event.seats));
    counts.push(Count::new(theme.text, session.tr_with("events-count-seats", &[("count", seats.into())])));
    counts
}

/// The events tab.
#[derive(Default)]
pub(crate) struct Events;

impl ListTab for Events {
    type Row = EventRow;

    const TITLE: &'static str = "events-title";

    const CONTEXTS: &'static [Context] = &[Context::List];

    fn spec(&self) -> &'static Spec<EventRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<EventRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), EventReading::default())));
    }

    fn view(&self, list: &ListPane<EventRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let counts = if list.rows().is_empty() { Vec::new() } else { counts(list.rows(), canvas.session) };
        list.view(area, canvas, &columns(), &counts, &());
    }
}

/// An event's page with its reservations.
#[derive(Default)]
struct EventReading {
    reservations: Option<Vec<ReservationRow>>,
}

impl Reading for EventReading {
    type Row = EventRow;

    const TITLE: &'static str = "event-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail];

    const TOPIC: Topic = Topic::Events;

    fn heading(&self, row: &EventRow, session: &Session) -> String {
        if row.name.trim().is_empty() { session.tr("list-untitled") } else { row.name.clone() }
    }

    fn request(&self, row: &EventRow) -> Option<Request> {
        Some(Request::Reservations { event: row.id })
    }

    fn take(&mut self, reply: Reply) {
        if let Reply::Reservations(rows) = reply {
            self.reservations = Some(rows);
        }
    }

    fn forget(&mut self) {
        self.reservations = None;
    }

    fn entries(&self, row: &EventRow, session: &Session) -> Vec<Entry> {
        let label = |column: &str| field(&session.lang, column);
        let moment = |at: Option<DateTime<Utc>>| at.map(|at| session.moment(at)).unwrap_or_default();
        let mut entries = Entries::default();
        entries.section(session.tr("event-group-event"));
        let (tone, id) = When::of(row, session.now).look();
        entries.push(Entry::Status { label: label("when"), tone, text: session.tr(id) });
        entries.value(label("start"), &moment(row.start));
        entries.value(label("end"), &moment(row.end));
        entries.value(label("location"), &row.location);
        entries.value(label("event_type"), &row.event_type.to_lowercase());
        let of_this = self.reservations.as_deref().filter(|rows| rows.iter().all(|r| r.event == row.id));
        let (count, seats): (u64, u64) = match of_this {
            Some(rows) => (rows.len() as u64, rows.iter().map(|r| u64::from(r.seats)).sum()),
            None => (row.reservations.into(), row.seats.into()),
        };
        let booked = session.tr_with("event-booked", &[("count", count.into()), ("seats", seats.into())]);
        entries.push(Entry::pair(label("reservations"), booked));
        entries.value(label("description"), &row.description);
        entries.value(label("id"), &row.id.to_string());
        if let Some(reservations) = of_this {
            entries.section(session.tr("event-group-reservations"));
            if reservations.is_empty() {
                entries.note(session.tr("event-no-reservations"), &session.theme);
            }
            for reservation in reservations {
                entries.push(booking(reservation, session));
            }
        }
        entries.all()
    }
}

/// One reservation: who, how many seats, since when.
fn booking(reservation: &ReservationRow, session: &Session) -> Entry {
    let name = format!("{} {}", reservation.first_name, reservation.last_name);
    let name = if name.trim().is_empty() { session.tr("page-empty") } else { inert(name.trim()).into_owned() };
    let mut text = session.tr_with("event-seats", &[("count", reservation.seats.into())]);
    if !reservation.email.trim().is_empty() {
        text = format!("{text} · {}", inert(&reservation.email));
    }
    if let Some(at) = reservation.at {
        text = format!("{text} · {}", session.moment(at));
    }
    Entry::pair(name, text)
}

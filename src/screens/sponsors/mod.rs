//! The sponsors: listed, added, changed and deleted.

mod form;

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use crate::api::sponsor::SponsorRow;
use crate::api::{Failure, Indexed, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::sentence::{self, field};
use crate::app::session::Session;
use crate::domain::query::FieldSpec;
use crate::domain::text::{fold, inert};
use crate::widgets::keyvalue::Entry;
use crate::widgets::table::{Column, Key, Width};

use self::form::SponsorFilling;
use super::Canvas;
use super::confirm::{Confirm, Outcome};
use super::films::cells::column;
use super::form::FormScreen;
use super::list::{
    Batch, By, Count, Find, Get, ListPane, ListRow, ListTab, Look, MARKS, Memo, Route, Spec, Trail, flags, searched,
};
use super::page::{Entries, Page, Reading};

impl Indexed for SponsorRow {
    const TEXTS: usize = 3;

    fn text(&self, column: usize) -> &str {
        match column {
            0 => &self.fields.name,
            1 => tier(self),
            2 => web(self),
            _ => "",
        }
    }
}

impl ListRow for SponsorRow {
    fn key(&self) -> Key {
        self.id.0.into()
    }
}

static SPEC: Spec<SponsorRow> = Spec {
    request: |_| Request::Sponsors {},
    read,
    topic: Topic::Sponsors,
    by_id: true,
    sortable: &["column-name", "column-tier", "column-web"],
    sort_by,
    find: Find { title: 0, name: None, others: &[1, 2], people: None },
    synopses: None,
    fields: &FIELDS,
    get,
    empty: ["sponsors-empty", "sponsors-empty-hint"],
    empty_key: Action::New,
    shown: "sponsors-shown",
};

fn read(reply: Reply) -> Option<Batch<SponsorRow>> {
    match reply {
        Reply::Sponsors(rows) => Some(rows.into()),
        _ => None,
    }
}

fn tier(row: &SponsorRow) -> &str {
    row.fields.category.as_deref().map(str::trim).unwrap_or_default()
}

fn web(row: &SponsorRow) -> &str {
    row.fields.url.as_deref().unwrap_or_default()
}

static FIELDS: [FieldSpec; 4] = [
    searched("name", "nom", &[]),
    searched("tier", "niveau", &["category", "catégorie"]),
    searched("web", "site", &["url"]),
    flags(&MARKS),
];

fn get(field: &str) -> Get<SponsorRow> {
    match field {
        "name" => Get::Text(0),
        "tier" => Get::Text(1),
        "web" => Get::Text(2),
        "is" => Get::flags(|_: &SponsorRow| []),
        _ => Get::Nothing,
    }
}

fn sort_by(column: &str) -> By<SponsorRow> {
    match column {
        "column-name" => By::Text(0),
        "column-tier" => By::Text(1),
        "column-web" => By::Text(2),
        _ => By::Nothing,
    }
}

fn columns<'a>() -> [Column<SponsorRow, Look<'a>>; 4] {
    [
        column("column-name", Width::Grow { min: 20, weight: 3 }, 0, |sponsor: &SponsorRow, look, cell| {
            look.name(cell, sponsor.key(), &sponsor.fields.name);
        }),
        column("column-tier", Width::Fixed(14), 0, |sponsor: &SponsorRow, look, cell| {
            let theme = &look.session.theme;
            match tier(sponsor) {
                "" => cell.styled(&look.session.tr("sponsors-no-tier"), theme.faint),
                tier => {
                    look.found(cell, "tier", tier, theme.text);
                    cell
                }
            };
        }),
        column("column-web", Width::Grow { min: 20, weight: 3 }, 1, |sponsor: &SponsorRow, look, cell| {
            look.found(cell, "web", web(sponsor), look.session.theme.dim);
        }),
        column("column-logo", Width::Grow { min: 14, weight: 2 }, 2, |sponsor: &SponsorRow, _, cell| {
            cell.dim(&inert(&sponsor.fields.logo));
        }),
    ]
}

/// Sponsors by tier as people wrote it, the largest tier first; those without one last.
fn tiers(rows: &Rows<SponsorRow>) -> Vec<(String, u32)> {
    let mut tiers: BTreeMap<String, (String, u32)> = BTreeMap::new();
    for row in rows.iter() {
        let tier = tier(row);
        tiers.entry(fold(tier)).or_insert_with(|| (inert(tier).into_owned(), 0)).1 += 1;
    }
    let mut tiers: Vec<(String, u32)> = tiers.into_values().collect();
    tiers.sort_by_key(|(tier, count)| (tier.is_empty(), std::cmp::Reverse(*count)));
    tiers
}

/// The sponsors tab.
#[derive(Default)]
pub(crate) struct Sponsors {
    tiers: Memo<SponsorRow, Vec<(String, u32)>>,
}

impl ListTab for Sponsors {
    type Row = SponsorRow;

    const TITLE: &'static str = "sponsors-title";

    const CONTEXTS: &'static [Context] = &[Context::Sponsors, Context::List];

    fn spec(&self) -> &'static Spec<SponsorRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<SponsorRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), SponsorReading::default())));
    }

    fn act(&mut self, list: &ListPane<SponsorRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        act(list.current(), &list.trail(), action, cx)
    }

    fn view(&self, list: &ListPane<SponsorRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let tiers = self.tiers.of(list.rows(), tiers);
        let count = |(tier, count): &(String, u32)| match tier.as_str() {
            "" => Count::new(session.theme.dim, format!("{count} {}", session.tr("sponsors-no-tier"))),
            tier => Count::new(session.theme.text, format!("{count} {tier}")),
        };
        let counts: Vec<Count> = tiers.iter().map(count).collect();
        list.view(area, canvas, &columns(), &counts, &());
    }
}

/// What can be done with a sponsor, in the list or on its page.
fn act(row: Option<&SponsorRow>, list: &Trail, action: Action, cx: &mut Cx<'_>) -> bool {
    match (action, row) {
        (Action::New, _) => cx.open(Box::new(FormScreen::new(SponsorFilling::new(None, list.clone())))),
        (Action::Edit, Some(row)) => {
            cx.open(Box::new(FormScreen::new(SponsorFilling::new(Some(row), list.clone()))));
        }
        (Action::Delete, Some(row)) => {
            list.acting(true);
            let session = cx.session;
            let name = inert(&row.fields.name).into_owned();
            let say = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
            let outcome = Outcome::Call(Box::new(Request::DeleteSponsor { sponsor: row.id }), say("sponsor-deleted"));
            let (title, body) = (say("sponsor-delete-question"), say("sponsor-delete-body"));
            cx.open(Box::new(Confirm::change(session, title, body, "sponsor-delete-button", outcome)));
        }
        (Action::Edit | Action::Delete, None) => {}
        _ => return false,
    }
    true
}

/// A sponsor's page. The list is small, so it is read again as a whole.
#[derive(Default)]
struct SponsorReading {
    rows: Option<Vec<SponsorRow>>,
}

impl SponsorReading {
    /// The sponsor as it is now; `None` if it is gone.
    fn now<'a>(&'a self, row: &'a SponsorRow) -> Option<&'a SponsorRow> {
        match &self.rows {
            Some(rows) => rows.iter().find(|now| now.id == row.id),
            None => Some(row),
        }
    }
}

impl Reading for SponsorReading {
    type Row = SponsorRow;

    const TITLE: &'static str = "sponsor-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Sponsors];

    const TOPIC: Topic = Topic::Sponsors;

    fn heading(&self, row: &SponsorRow, session: &Session) -> String {
        match self.now(row).unwrap_or(row).fields.name.trim() {
            "" => session.tr("list-untitled"),
            name => name.to_owned(),
        }
    }

    fn request(&self, _row: &SponsorRow) -> Option<Request> {
        Some(Request::Sponsors {})
    }

    fn take(&mut self, reply: Reply) {
        if let Reply::Sponsors(rows) = reply {
            self.rows = Some(rows);
        }
    }

    fn forget(&mut self) {}

    fn act(&mut self, route: &Route<SponsorRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        act(route.current().and_then(|row| self.now(row)), &route.trail(), action, cx)
    }

    fn entries(&self, row: &SponsorRow, session: &Session) -> Vec<Entry> {
        let mut entries = Entries::default();
        let Some(now) = self.now(row) else {
            let gone = Failure::NotFound { what: "thing-sponsor", id: row.id.0 };
            entries.note(sentence::failure(&session.lang, &gone), &session.theme);
            return entries.all();
        };
        let label = |column: &str| field(&session.lang, column);
        entries.section(session.tr("sponsor-group"));
        entries.value(label("name"), &now.fields.name);
        match tier(now) {
            "" => {
                let none = session.tr("sponsors-no-tier");
                entries.push(Entry::styled(label("category"), none, session.theme.faint));
            }
            tier => entries.value(label("category"), tier),
        }
        entries.value(label("url"), web(now));
        entries.value(label("logo"), &now.fields.logo);
        entries.value(label("id"), &now.id.to_string());
        entries.all()
    }
}

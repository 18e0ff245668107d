//! Everything about one film.

use std::sync::Arc;

use crate::api::film::{FilmDetail, FilmRow, Juror, StoryLine};
use crate::api::{Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::text::{inert, inert_lines};
use crate::screens::advance::Advance;
use crate::screens::list::Route;
use crate::screens::page::{Entries, Reading};
use crate::screens::words::{Names, meaning, share, tone};
use crate::widgets::keyvalue::Entry;

use super::cells;
use super::delete::Delete;

/// Columns whose text is long: they come after the short ones.
const TEXTS: [&str; 3] = ["description", "synopsis", "synopsis_anglais"];
/// What others read.
const COMMENTS: [&str; 2] = ["admin_comment", "jury_comment"];
/// Files and addresses.
const LINKS: [&str; 9] = [
    "youtube_link",
    "youtube_status",
    "youtube_movie_id",
    "trailer",
    "thumbnail",
    "display_picture",
    "picture1",
    "picture2",
    "picture3",
];
/// Columns that the list's row says already.
const ROW: [&str; 6] = ["title", "nationality", "main_language", "duration", "release_year", "ai_tool"];

/// A film's page.
pub(crate) struct FilmReading {
    names: Names,
    detail: Option<Box<FilmDetail>>,
}

impl FilmReading {
    /// Before anything is known but the row.
    pub(crate) fn new(jurors: &Arc<[Juror]>) -> Self {
        Self { names: Names::new(jurors), detail: None }
    }

    fn of(&self, row: &FilmRow) -> Option<&FilmDetail> {
        self.detail.as_deref().filter(|detail| detail.row.id == row.id)
    }
}

impl Reading for FilmReading {
    type Row = FilmRow;

    const TITLE: &'static str = "film-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Film];

    const TOPIC: Topic = Topic::Films;

    fn heading(&self, row: &FilmRow, session: &Session) -> String {
        cells::title_of(row, session)
    }

    fn request(&self, row: &FilmRow) -> Option<Request> {
        Some(Request::Film { film: row.id })
    }

    fn take(&mut self, reply: Reply) {
        if let Reply::Film(detail) = reply {
            self.detail = Some(detail);
        }
    }

    fn film(&self, row: &FilmRow) -> Option<FilmId> {
        Some(row.id)
    }

    fn forget(&mut self) {
        self.detail = None;
    }

    fn act(&mut self, route: &Route<FilmRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        let Some(row) = route.current() else { return false };
        let row = self.of(row).map_or(row, |detail| &detail.row);
        match action {
            Action::Advance => cx.open(Box::new(Advance::new(&[row], route.trail(), false))),
            Action::Delete => cx.open(Box::new(Delete::new(&[row], route.trail(), false, cx.key(), cx.session))),
            _ => return false,
        }
        true
    }

    fn entries(&self, row: &FilmRow, session: &Session) -> Vec<Entry> {
        let detail = self.of(row);
        let row = detail.map_or(row, |detail| &detail.row);
        let mut entries = Entries::default();
        film(&mut entries, row, detail, session);
        votes(&mut entries, row, &self.names, session);
        if let Some(detail) = detail {
            fields(&mut entries, "film-group-comments", &COMMENTS, detail, session);
            fields(&mut entries, "film-group-texts", &TEXTS, detail, session);
            people(&mut entries, detail, session);
            fields(&mut entries, "film-group-links", &LINKS, detail, session);
            rest(&mut entries, detail, session);
            story(&mut entries, &detail.story, session);
        }
        entries.all()
    }
}

/// The short fields.
fn film(entries: &mut Entries, row: &FilmRow, detail: Option<&FilmDetail>, session: &Session) {
    let label = |column: &str| field(&session.lang, column);
    entries.section(session.tr("film-group-film"));
    let text = format!("{} ({})", session.tr(row.status.message()), session.tr(meaning(row.status)));
    entries.push(Entry::Status { label: label("status"), tone: tone(row.status), text });
    if let Some(detail) = detail.filter(|detail| !detail.award_names.is_empty()) {
        entries.value(label("awards"), &detail.award_names.join(", "));
    }
    entries.value(label("nationality"), &row.country);
    entries.value(label("main_language"), &row.language);
    entries.value(label("duration"), &session.duration(row.duration));
    entries.value(label("release_year"), &row.year.map(|year| year.to_string()).unwrap_or_default());
    entries.value(label("ai_tool"), &row.ai_tool);
    entries.value(label("producer"), &row.producer_name);
    if let Some(detail) = detail {
        entries.value(label("email"), &detail.producer_email);
        entries.value(label("categories"), &categories(detail));
        entries.value(label("created"), &detail.created.map(|at| session.moment(at)).unwrap_or_default());
        entries.value(label("updated"), &detail.updated.map(|at| session.moment(at)).unwrap_or_default());
    }
    entries.value(label("id"), &row.id.to_string());
}

/// The names of its categories.
fn categories(detail: &FilmDetail) -> String {
    detail.categories.iter().map(|category| category.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Panel and tally.
fn votes(entries: &mut Entries, row: &FilmRow, names: &Names, session: &Session) {
    entries.section(session.tr("film-group-votes"));
    entries.push(panel(row, names, session));
    entries.push(tally(row, session));
    let args = [("voted", row.voted.into()), ("active", row.active.into())];
    entries.push(Entry::pair(field(&session.lang, "round"), session.tr_with("film-round", &args)));
}

/// The jurors by name.
pub(crate) fn panel(row: &FilmRow, names: &Names, session: &Session) -> Entry {
    let label = field(&session.lang, "panel");
    if row.panel.is_empty() {
        return Entry::styled(label, session.tr("film-no-panel"), session.theme.faint);
    }
    let named = |id| match names.get(id) {
        Some(juror) if !juror.active => session.tr_with("film-juror-inactive", &[("name", (&names.name(id)).into())]),
        _ => names.name(id),
    };
    Entry::pair(label, row.panel.iter().map(|id| named(*id)).collect::<Vec<_>>().join(", "))
}

/// The tally as a bar, with the share of YES.
pub(crate) fn tally(row: &FilmRow, session: &Session) -> Entry {
    let label = session.tr("share-of-yes");
    let text = match row.tally.total() {
        0 => session.tr("no-votes"),
        _ => {
            let [yes, no, discuss] = crate::screens::words::tally(&session.theme, row.tally);
            format!("{}   {}  {}  {}", share(session, row.tally), yes.1, no.1, discuss.1)
        }
    };
    Entry::Tally { label, parts: cells::parts(row.tally), whole: u32::from(row.active), text }
}

/// Some columns under a heading, if any of them has something.
fn fields(entries: &mut Entries, heading: &str, columns: &[&str], detail: &FilmDetail, session: &Session) {
    let mut found =
        columns.iter().filter_map(|name| detail.fields.iter().find(|(column, _)| column == name)).peekable();
    if found.peek().is_some() {
        entries.section(session.tr(heading));
    }
    for (column, value) in found {
        entries.value(field(&session.lang, column), value);
    }
}

/// Whatever else the database has.
fn rest(entries: &mut Entries, detail: &FilmDetail, session: &Session) {
    let shown = |column: &str| {
        TEXTS.contains(&column) || COMMENTS.contains(&column) || LINKS.contains(&column) || ROW.contains(&column)
    };
    let mut others = detail.fields.iter().filter(|(column, _)| !shown(column)).peekable();
    if others.peek().is_some() {
        entries.section(session.tr("film-group-other"));
    }
    for (column, value) in others {
        entries.value(field(&session.lang, column), value);
    }
}

fn people(entries: &mut Entries, detail: &FilmDetail, session: &Session) {
    if detail.collaborators.is_empty() {
        return;
    }
    entries.section(session.tr("film-group-people"));
    for person in &detail.collaborators {
        let job = person.job.trim();
        let job = if job.is_empty() { field(&session.lang, "crew") } else { inert(job).into_owned() };
        entries.value(job, &person.name());
    }
}

fn story(entries: &mut Entries, story: &[StoryLine], session: &Session) {
    let theme = &session.theme;
    entries.section(session.tr("film-group-story"));
    if story.is_empty() {
        entries.note(session.tr("film-no-story"), theme);
    }
    for line in story {
        let mut text = match (line.from, line.to) {
            (from, Some(to)) => {
                let from = from.map(|from| session.tr(from.message())).unwrap_or_default();
                let to = session.tr(to.message());
                session.tr_with("film-story-status", &[("from", (&from).into()), ("to", (&to).into())])
            }
            _ => what(&line.action, session),
        };
        if line.action == "undo" {
            text = format!("{text} · {}", session.tr("action-undo"));
        }
        if line.forced {
            text = format!("{text} · {}", session.tr("film-story-forced"));
        }
        text = format!("{text} · {}", inert(&line.who));
        if let Some(reason) = line.reason.as_deref().filter(|reason| !reason.trim().is_empty()) {
            text = format!("{text}\n{}", inert_lines(reason.trim()));
        }
        entries.push(Entry::pair(session.moment(line.at), text));
    }
}

/// An action of the ledger in words; its own name where the language has none.
fn what(action: &str, session: &Session) -> String {
    let id = format!("undone-{}", action.replace('_', "-"));
    let label = session.tr(&id);
    if label == id { inert(action).into_owned() } else { label }
}

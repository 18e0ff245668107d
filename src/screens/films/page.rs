//! Everything about one film.

use std::sync::Arc;

use ratatui::style::Style;

use crate::api::film::{FilmDetail, FilmRow, Juror, StoryChange, StoryLine};
use crate::api::vote::VoteRow;
use crate::api::{Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::picture::Stored;
use crate::domain::text::{inert, inert_lines};
use crate::screens::advance::Advance;
use crate::screens::form::FormScreen;
use crate::screens::list::Route;
use crate::screens::page::{Entries, Reading};
use crate::screens::votes::page::ballot;
use crate::screens::words::{Names, meaning, share, tone};
use crate::widgets::keyvalue::{Entry, is_link};

use super::cells;
use super::delete::Delete;
use super::form::FilmFilling;
use super::outside::{Outside, notice};

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

/// Films that are kept of those that were read.
const SEEN: usize = 8;

/// A film's page.
pub(crate) struct FilmReading {
    names: Names,
    /// The films that were read last, so that the way back to a neighbour shows it at once.
    seen: Vec<FilmDetail>,
    votes: Vec<VoteRow>,
}

impl FilmReading {
    /// Before anything is known but the row.
    pub(crate) fn new(jurors: &Arc<[Juror]>) -> Self {
        Self { names: Names::new(jurors), seen: Vec::new(), votes: Vec::new() }
    }

    fn of(&self, row: &FilmRow) -> Option<&FilmDetail> {
        self.seen.iter().find(|detail| detail.row.id == row.id)
    }
}

impl Reading for FilmReading {
    type Row = FilmRow;

    const TITLE: &'static str = "film-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Film];

    const TOPIC: Topic = Topic::Films;

    fn heading(&self, row: &FilmRow, session: &Session) -> String {
        cells::title_of(self.of(row).map_or(row, |detail| &detail.row), session)
    }

    fn request(&self, row: &FilmRow) -> Option<Request> {
        Some(Request::Film { film: row.id })
    }

    fn also(&self, row: &FilmRow) -> Option<Request> {
        Some(Request::Votes { film: Some(row.id) })
    }

    fn take(&mut self, reply: Reply) {
        match reply {
            Reply::Film(detail) => {
                self.seen.retain(|seen| seen.row.id != detail.row.id);
                self.seen.truncate(SEEN - 1);
                self.seen.insert(0, *detail);
            }
            Reply::Votes(votes) => self.votes = votes,
            _ => {}
        }
    }

    fn film(&self, row: &FilmRow) -> Option<FilmId> {
        Some(row.id)
    }

    fn forget(&mut self) {
        self.votes.clear();
    }

    fn act(&mut self, route: &Route<FilmRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        let Some(row) = route.current() else { return false };
        let row = self.of(row).map_or(row, |detail| &detail.row);
        match action {
            Action::Advance => cx.open(Box::new(Advance::new(&[row], route.trail(), false))),
            Action::Delete => cx.open(Box::new(Delete::new(&[row], route.trail(), false, cx.key(), cx.session))),
            Action::Outside => cx.open(Box::new(Outside::new(Some(row.id)))),
            Action::Edit => cx.open(Box::new(FormScreen::new(FilmFilling::edit(route.alone())))),
            _ => return super::hangs_on(Some(row), &route.trail(), action, cx),
        }
        true
    }

    fn entries(&self, row: &FilmRow, session: &Session) -> Vec<Entry> {
        let detail = self.of(row);
        let row = detail.map_or(row, |detail| &detail.row);
        let mut entries = Entries::default();
        film(&mut entries, row, detail, session);
        votes(&mut entries, row, &self.names, session);
        for vote in self.votes.iter().filter(|vote| vote.film == row.id) {
            ballot(&mut entries, vote, session);
        }
        if let Some(detail) = detail {
            if fields(&mut entries, "film-group-comments", &COMMENTS, detail, session) {
                entries.note(session.tr("film-comments-readers"), &session.theme);
            }
            fields(&mut entries, "film-group-texts", &TEXTS, detail, session);
            people(&mut entries, detail, session);
            links(&mut entries, detail, session);
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
    if row.outside {
        entries.push(notice(session));
    }
    let text = format!("{} ({})", session.tr(row.status.message()), session.tr(meaning(row.status)));
    entries.push(Entry::Status { label: label("status"), tone: tone(row.status), text });
    for award in detail.map(|detail| detail.awards_given.as_slice()).unwrap_or_default() {
        let name = if award.name.trim().is_empty() { session.tr("page-empty") } else { award.name.clone() };
        let at = award.at.map(|at| format!(" · {}", session.moment(at))).unwrap_or_default();
        entries.value(label("awards"), &format!("{name}{at}"));
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
        _ if row.veiled => session.tr("votes-hidden"),
        0 => session.tr("no-votes"),
        _ => {
            let [yes, no, discuss] = crate::screens::words::tally(&session.theme, row.tally);
            format!("{}   {}  {}  {}", share(session, row.tally), yes.1, no.1, discuss.1)
        }
    };
    Entry::Tally { label, parts: cells::parts(row), whole: u32::from(row.active), text }
}

/// Files and addresses: each leads where it can be looked at, as far as that is known.
fn links(entries: &mut Entries, detail: &FilmDetail, session: &Session) {
    let stored = |name: &str| detail.fields.iter().find(|(column, _)| column == name).map(|(_, value)| value.as_str());
    let mut found = LINKS.iter().filter_map(|name| Some((*name, stored(name)?))).peekable();
    if found.peek().is_some() {
        entries.section(session.tr("film-group-links"));
    }
    for (column, value) in found {
        let label = field(&session.lang, column);
        let address = match column {
            "youtube_movie_id" => film_address(value.trim()),
            "trailer" | "thumbnail" | "display_picture" | "picture1" | "picture2" | "picture3" => {
                let file = Stored::read(value).ok().and_then(|file| file.under(session.festival.media.as_ref()).ok());
                file.map(String::from).filter(|address| is_link(address))
            }
            _ => None,
        };
        match address {
            Some(link) => {
                let (value, style) = (inert_lines(value.trim_end()), Style::new());
                entries.push(Entry::Pair { label, value, style, link: Some(link) });
            }
            None => entries.value(label, value),
        }
    }
}

/// Where a film of this id can be watched; `None` if it is no such id.
fn film_address(id: &str) -> Option<String> {
    let sound = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (sound && (6..=20).contains(&id.len())).then(|| format!("https://www.youtube.com/watch?v={id}"))
}

/// Some columns under a heading, if any of them has something: whether one has.
fn fields(entries: &mut Entries, heading: &str, columns: &[&str], detail: &FilmDetail, session: &Session) -> bool {
    let mut found =
        columns.iter().filter_map(|name| detail.fields.iter().find(|(column, _)| column == name)).peekable();
    let any = found.peek().is_some();
    if any {
        entries.section(session.tr(heading));
    }
    for (column, value) in found {
        entries.value(field(&session.lang, column), value);
    }
    any
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
        let email = person.email.trim();
        let email = if email.is_empty() { String::new() } else { format!(" · {email}") };
        entries.value(job, &format!("{}{email}", person.name()));
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
            _ if line.action == "undo" => session.tr("action-undo"),
            _ => what(&line.action, session),
        };
        if line.action == "undo" && line.to.is_some() {
            text = format!("{text} · {}", session.tr("action-undo"));
        }
        if line.forced {
            text = format!("{text} · {}", session.tr("film-story-forced"));
        }
        text = format!("{text} · {} · {}", inert(&line.who), inert(&line.origin));
        for change in &line.changes {
            text = format!("{text}\n{}", changed(change, session));
        }
        if let Some(reason) = line.reason.as_deref().filter(|reason| !reason.trim().is_empty()) {
            text = format!("{text}\n{}", inert_lines(reason.trim()));
            if line.private {
                text = format!("{text} ({})", session.tr("film-story-private"));
            }
        }
        entries.push(Entry::pair(session.moment(line.at), text));
    }
}

/// A field with what stood there and what stands there since.
fn changed(change: &StoryChange, session: &Session) -> String {
    let said = |value: &Option<String>| match value {
        Some(value) => format!("“{}”", inert(&value.replace(['\n', '\r'], " "))),
        None => session.tr("page-empty"),
    };
    let (label, before, after) = (field(&session.lang, &change.field), said(&change.before), said(&change.after));
    let args = [("field", (&label).into()), ("before", (&before).into()), ("after", (&after).into())];
    session.tr_with("film-story-change", &args)
}

/// An action of the ledger in words; its own name where the language has none.
fn what(action: &str, session: &Session) -> String {
    let id = format!("undone-{}", action.replace('_', "-"));
    let label = session.tr(&id);
    if label == id { inert(action).into_owned() } else { label }
}

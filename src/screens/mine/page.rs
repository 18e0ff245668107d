//! A film as its juror reads it: what helps to judge it, one's own vote, and in discussion what the panel said.

use chrono::{DateTime, Utc};

use crate::api::juror::FilmToJudge;
use crate::api::vote::Discussion;
use crate::api::{Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::lang::Language;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::text::inert;
use crate::domain::watching::{Watching, watching};
use crate::screens::films::cells;
use crate::screens::list::Route;
use crate::screens::page::{Entries, Reading};
use crate::screens::words::{key_of, meaning, tone};
use crate::widgets::keyvalue::Entry;

use super::acts;
use super::desk::{Desk, Told};
use super::place::Standing;
use super::standing::MyFilm;
use super::{talk, watch};

/// What a film is, in short fields.
const FILM: [&str; 6] = ["nationality", "main_language", "subtitle", "translation", "release_year", "categories"];
/// What it is about.
const ABOUT: [&str; 3] = ["synopsis", "synopsis_anglais", "description"];
/// How it was made, in its makers' words.
const MAKING: [&str; 3] = ["ai_tool", "production", "workshop"];

/// Films that are kept of those that were read.
const SEEN: usize = 8;

/// The page of one of the juror's films.
pub(super) struct MyReading {
    desk: Desk,
    /// Tells where the juror is, for as long as the page is open.
    stands: Standing,
    /// The films that were read last, so that the way back to a neighbour shows it at once.
    seen: Vec<FilmToJudge>,
    discussion: Option<Discussion>,
    /// When the film whose address was taken ends for whoever began it then.
    until: Option<DateTime<Utc>>,
    /// Which of the juror's own changes this page was told of.
    news: Told,
}

impl MyReading {
    /// Before anything is known but the row.
    pub(super) fn new(desk: &Desk) -> Self {
        Self {
            desk: desk.clone(),
            stands: Standing::new(desk),
            seen: Vec::new(),
            discussion: None,
            until: None,
            news: desk.told(),
        }
    }

    /// The film as it is now, as far as that is known; `row` as it was when the page was opened.
    fn now(&self, row: &MyFilm) -> MyFilm {
        self.desk.now(row)
    }

    fn told(&self, row: &MyFilm) -> Option<&FilmToJudge> {
        self.seen.iter().find(|told| told.film == row.id())
    }
}

/// Where a film can be watched, looked at once more: what comes from the database is only a text until then.
pub(super) fn place(told: &FilmToJudge) -> Watching {
    watching(told.watch.as_deref().unwrap_or_default(), "", None)
}

impl Reading for MyReading {
    type Row = MyFilm;

    const TITLE: &'static str = "mine-detail-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Film];

    const TOPIC: Topic = Topic::Films;

    fn heading(&self, row: &MyFilm, session: &Session) -> String {
        cells::title_of(&row.film, session)
    }

    fn request(&self, row: &MyFilm) -> Option<Request> {
        self.stands.on_page(row.id());
        Some(Request::MyFilm { film: row.id() })
    }

    fn also(&self, row: &MyFilm) -> Option<Request> {
        Some(Request::Discussion { film: row.id() })
    }

    fn take(&mut self, reply: Reply) {
        match reply {
            Reply::FilmToJudge(told) => {
                self.seen.retain(|seen| seen.film != told.film);
                self.seen.truncate(SEEN - 1);
                self.seen.insert(0, *told);
            }
            Reply::Discussion(discussion) => self.discussion = Some(discussion),
            _ => {}
        }
    }

    fn address(&self, row: &MyFilm, session: &Session) -> Option<(String, String)> {
        match self.told(row).map(place) {
            Some(Watching::At(address)) => Some((session.tr("watch-address"), address.into())),
            _ => None,
        }
    }

    fn took_address(&mut self, row: &MyFilm, session: &Session) {
        self.until = watch::ends(row, session);
    }

    fn is_own(&mut self, row: &MyFilm, acting: bool) -> bool {
        self.desk.is_own(&mut self.news, &[row.id().0], acting)
    }

    fn busy_until(&self) -> Option<DateTime<Utc>> {
        self.until
    }

    fn film(&self, row: &MyFilm) -> Option<FilmId> {
        Some(row.id())
    }

    fn forget(&mut self) {
        self.discussion = None;
    }

    fn act(&mut self, route: &Route<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
        let Some(row) = route.current() else { return false };
        if action == Action::NextFilm {
            if acts::go_on(&self.desk, route, cx) {
                cx.close();
            }
            return true;
        }
        acts::act(&self.desk, &self.now(row), route, action, cx)
    }

    fn idle(&self, route: &Route<MyFilm>, action: Action) -> bool {
        route.current().is_some_and(|row| acts::idle(&self.desk, &self.now(row), action))
    }

    fn entries(&self, row: &MyFilm, session: &Session) -> Vec<Entry> {
        let now = self.now(row);
        let told = self.told(row);
        let mut entries = Entries::default();
        film(&mut entries, &now, told, session);
        talk::own(&mut entries, &self.desk, &now, now.vote.as_deref(), session);
        talk::panel(&mut entries, &now, now.vote.as_deref(), self.discussion.as_ref(), session);
        if let Some(told) = told {
            let about = match session.lang.language {
                Language::Fr => ABOUT,
                Language::En => [ABOUT[1], ABOUT[0], ABOUT[2]],
            };
            texts(&mut entries, "film-group-texts", &about, told, session);
            texts(&mut entries, "film-group-making", &MAKING, told, session);
            people(&mut entries, told, session);
        }
        entries.all()
    }
}

/// The short fields, and what is wrong with the address to watch.
fn film(entries: &mut Entries, now: &MyFilm, told: Option<&FilmToJudge>, session: &Session) {
    let theme = &session.theme;
    let label = |column: &str| field(&session.lang, column);
    let row = &now.film;
    entries.section(session.tr("film-group-film"));
    match told.map(place) {
        Some(Watching::Unsound(text)) => {
            entries.push(Entry::styled(session.tr("watch-address"), inert(&text), theme.faint));
            let warning = format!("{} {}", theme.signs.warning, session.tr("watch-unsound"));
            entries.push(Entry::text(warning, theme.warning));
        }
        Some(Watching::Nothing) => entries.note(session.tr("watch-nothing"), theme),
        Some(Watching::At(_)) | None => {}
    }
    let text = format!("{} ({})", session.tr(row.status.message()), session.tr(meaning(row.status)));
    entries.push(Entry::Status { label: label("status"), tone: tone(row.status), text });
    entries.value(label("duration"), &session.duration(row.duration));
    match told {
        Some(told) => values(entries, &FILM, told, session),
        // What the list knows, until the rest is there.
        None => {
            entries.value(label("nationality"), &row.country);
            entries.value(label("main_language"), &row.language);
            entries.value(label("release_year"), &row.year.map(|year| year.to_string()).unwrap_or_default());
        }
    }
}

/// Some of the texts, as far as the film has them.
fn values(entries: &mut Entries, columns: &[&str], told: &FilmToJudge, session: &Session) {
    for column in columns {
        if let Some((_, text)) = told.texts.iter().find(|(name, _)| name == column) {
            entries.value(field(&session.lang, column), text);
        }
    }
}

/// The same under a heading, if the film has any of them.
fn texts(entries: &mut Entries, heading: &str, columns: &[&str], told: &FilmToJudge, session: &Session) {
    if told.texts.iter().any(|(name, _)| columns.contains(&name.as_str())) {
        entries.section(session.tr(heading));
        values(entries, columns, told, session);
    }
}

/// Who made it: whoever knows one of them cannot judge it.
fn people(entries: &mut Entries, told: &FilmToJudge, session: &Session) {
    entries.section(session.tr("film-group-people"));
    entries.value(field(&session.lang, "producer"), &told.producer);
    for (name, job) in &told.team {
        let job = job.trim();
        let job = if job.is_empty() { field(&session.lang, "crew") } else { inert(job).into_owned() };
        entries.value(job, name);
    }
    let key = key_of(session, &[Context::Film], Action::Recuse);
    entries.note(session.tr_with("mine-people-conflict", &[("key", (&key).into())]), &session.theme);
}

//! A juror's films with their own vote, and nothing of what others said.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::api::film::{FilmList, FilmRow};
use crate::api::vote::VoteRow;
use crate::api::{Answer, Failure, Indexed, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::msg::Ticket;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::vote::Note;
use crate::widgets::keyvalue::Entry;
use crate::widgets::table::{Column, Key, Width};

use super::Canvas;
use super::films::cells::{self, column, right};
use super::films::fields;
use super::list::{Batch, By, Count, Find, Get, ListPane, ListRow, ListTab, Look, Spec};
use super::page::{Entries, Page, Reading};
use super::picture::Viewer;
use super::votes;
use super::words::{meaning, note, tone};

/// A film with one's own vote.
#[derive(Clone)]
pub(crate) struct MyFilm {
    film: FilmRow,
    vote: Option<Arc<VoteRow>>,
}

impl Indexed for MyFilm {
    const TEXTS: usize = FilmRow::TEXTS;

    fn text(&self, column: usize) -> &str {
        self.film.text(column)
    }
}

impl ListRow for MyFilm {
    fn key(&self) -> Key {
        self.film.key()
    }
}

static SPEC: Spec<MyFilm> = Spec {
    request: |fresh| Request::MyFilms { fresh },
    read,
    topic: Topic::Films,
    by_id: true,
    sortable: &["column-title", "column-my-vote", "column-status", "column-country", "column-duration", "column-tool"],
    sort_by,
    find: FIND,
    synopses: None,
    fields: &fields::MINE,
    get,
    empty: ["mine-empty", "mine-empty-hint"],
    empty_key: Action::Refresh,
    shown: "mine-shown",
};

fn read(reply: Reply) -> Option<Batch<MyFilm>> {
    match reply {
        Reply::Films(FilmList { rows, total, complete, .. }) => Some(Batch {
            rows: rows.iter().map(|film| MyFilm { film: film.clone(), vote: None }).collect(),
            total: total as usize,
            complete,
            gone: 0,
            jurors: Arc::new([]),
        }),
        _ => None,
    }
}

const FIND: Find<MyFilm> =
    Find { title: cells::FIND.title, name: cells::FIND.name, others: cells::FIND.others, people: None };

fn get(field: &str) -> Get<MyFilm> {
    match field {
        "vote" => Get::choice(|row: &MyFilm| match row.vote.as_ref().map(|vote| vote.note) {
            Some(Some(note)) => Note::ALL.iter().position(|known| *known == note).unwrap_or(fields::UNKNOWN_VOTE),
            Some(None) => fields::UNKNOWN_VOTE,
            None => fields::NO_VOTE,
        }),
        "is" => Get::flags(|_: &MyFilm| []),
        field => fields::get(field).of(|row: &MyFilm| &row.film),
    }
}

fn sort_by(column: &str) -> By<MyFilm> {
    let place = |row: &MyFilm| {
        let note = row.vote.as_ref()?.note;
        i64::try_from(Note::ALL.iter().position(|n| Some(*n) == note).unwrap_or(Note::ALL.len())).ok()
    };
    match column {
        "column-my-vote" => By::number(place),
        column => cells::sort_by(column).of(|row: &MyFilm| &row.film),
    }
}

fn columns<'a>() -> [Column<MyFilm, Look<'a>>; 7] {
    [
        column("column-status", Width::Fixed(13), 0, |row: &MyFilm, look, cell| {
            cell.status(tone(row.film.status), &look.session.tr(row.film.status.message()));
        }),
        column("column-title", Width::Grow { min: 18, weight: 4 }, 0, |row: &MyFilm, look, cell| {
            look.name(cell, row.key(), &row.film.title);
        }),
        column("column-country", Width::Fixed(12), 2, |row: &MyFilm, look, cell| {
            look.found(cell, "country", &row.film.country, look.session.theme.text);
        }),
        column("column-language", Width::Fixed(10), 4, |row: &MyFilm, look, cell| {
            look.found(cell, "language", &row.film.language, look.session.theme.dim);
        }),
        right(column("column-duration", Width::Fixed(6), 1, |row: &MyFilm, look, cell| {
            cell.text(&look.session.duration(row.film.duration));
        })),
        column("column-tool", Width::Grow { min: 11, weight: 2 }, 3, |row: &MyFilm, look, cell| {
            look.found(cell, "tool", &row.film.ai_tool, look.session.theme.dim);
        }),
        column("column-my-vote", Width::Fixed(14), 0, |row: &MyFilm, look, cell| {
            match &row.vote {
                Some(vote) => {
                    let (style, text) = note(look.session, vote.note);
                    cell.styled(&text, style)
                }
                None => cell.styled(&look.session.tr("mine-not-yet"), look.session.theme.faint),
            };
        }),
    ]
}

fn counts(rows: &Rows<MyFilm>, session: &Session) -> Vec<Count> {
    let theme = &session.theme;
    let open = rows.iter().filter(|row| row.film.status == FilmStatus::Assigned && row.vote.is_none()).count();
    let voted = rows.iter().filter(|row| row.vote.is_some()).count();
    let figure = |id: &str, count: usize| session.tr_with(id, &[("count", count.into())]);
    let busy = theme.sign(tone(FilmStatus::Assigned));
    vec![
        Count::new(theme.accent, format!("{busy} {}", figure("mine-count-open", open))),
        Count::new(theme.ok, format!("{} {}", theme.signs.check, figure("mine-count-voted", voted))),
    ]
}

/// The tab of a juror's films.
#[derive(Default)]
pub(crate) struct Mine {
    asked: Option<Ticket>,
    votes: HashMap<FilmId, Arc<VoteRow>>,
}

impl Mine {
    fn put(&self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let with_vote = |row: &MyFilm| MyFilm { vote: self.votes.get(&row.film.id).cloned(), ..row.clone() };
        let rows = list.newest().iter().map(with_vote).collect();
        list.patch(rows, cx);
    }
}

impl ListTab for Mine {
    type Row = MyFilm;

    const TITLE: &'static str = "mine-title";

    const CONTEXTS: &'static [Context] = &[Context::Film, Context::List];

    fn spec(&self) -> &'static Spec<MyFilm> {
        &SPEC
    }

    fn open(&self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), MyReading::default())));
    }

    fn act(&mut self, list: &ListPane<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
        match list.current().filter(|_| action == Action::Pictures) {
            Some(row) => cx.open(Box::new(Viewer::of(&row.film, cx.session))),
            None => return false,
        }
        true
    }

    fn arrived(&mut self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        self.put(list, cx);
        self.asked = Some(cx.call(Request::MyVotes {}));
    }

    fn reply(&mut self, list: &mut ListPane<MyFilm>, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.asked.take_if(|asked| *asked == ticket).is_some()
            && let Ok(Answer { reply: Reply::Votes(votes), .. }) = result
        {
            let counted = votes.into_iter().filter(|vote| vote.set_aside.is_none());
            self.votes = counted.map(|vote| (vote.film, Arc::new(vote))).collect();
            self.put(list, cx);
        }
    }

    fn view(&self, list: &ListPane<MyFilm>, area: Rect, canvas: &mut Canvas<'_>) {
        let counts = if list.rows().is_empty() { Vec::new() } else { counts(list.rows(), canvas.session) };
        list.view(area, canvas, &columns(), &counts, &());
    }
}

/// A film as its juror reads it.
#[derive(Default)]
struct MyReading {
    vote: Option<Option<Box<VoteRow>>>,
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
        Some(Request::MyVote { film: row.film.id })
    }

    fn take(&mut self, reply: Reply) {
        if let Reply::Vote(vote) = reply {
            self.vote = Some(vote);
        }
    }

    fn film(&self, row: &MyFilm) -> Option<FilmId> {
        Some(row.film.id)
    }

    fn forget(&mut self) {
        self.vote = None;
    }

    fn entries(&self, row: &MyFilm, session: &Session) -> Vec<Entry> {
        let label = |column: &str| field(&session.lang, column);
        let film = &row.film;
        let mut entries = Entries::default();
        entries.section(session.tr("film-group-film"));
        let text = format!("{} ({})", session.tr(film.status.message()), session.tr(meaning(film.status)));
        entries.push(Entry::Status { label: label("status"), tone: tone(film.status), text });
        entries.value(label("nationality"), &film.country);
        entries.value(label("main_language"), &film.language);
        entries.value(label("duration"), &session.duration(film.duration));
        entries.value(label("release_year"), &film.year.map(|year| year.to_string()).unwrap_or_default());
        entries.value(label("ai_tool"), &film.ai_tool);
        entries.value(label("producer"), &film.producer_name);
        entries.section(session.tr("mine-group-vote"));
        let vote = match &self.vote {
            Some(vote) => vote.as_deref(),
            None => row.vote.as_deref(),
        };
        match vote.filter(|vote| vote.film == film.id) {
            Some(vote) => votes::page::ballot(&mut entries, vote, session),
            None => entries.note(session.tr("mine-no-vote"), &session.theme),
        }
        entries.all()
    }
}

//! A juror's films: the list with one's own votes, and everything that a juror does with a film. Nothing here knows what
//! others said before the rules let it be seen.

mod acts;
mod ballot;
mod columns;
mod desk;
mod discussion;
mod handing;
mod page;
mod promote;
mod recuse;
mod stand;
mod standing;
mod talk;
mod watch;

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::api::film::{FilmList, FilmRow};
use crate::api::{Answer, Failure, Indexed, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::msg::Ticket;
use crate::app::session::Session;
use crate::domain::round::Rules;
use crate::domain::vote::Note;
use crate::domain::{FilmId, UserId};
use crate::widgets::menu::MenuItem;
use crate::widgets::table::Key;

use super::account::Account;
use super::films::{cells, fields};
use super::history::History;
use super::list::{Batch, By, Find, Get, ListPane, ListRow, ListScreen, ListTab, Spec};
use super::page::Page;
use super::picture::Viewer;
use super::{Canvas, Screen};

use desk::Desk;
use discussion::Discussion;
use page::MyReading;
pub(crate) use standing::MyFilm;

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
    sortable: &[
        "column-title",
        "column-standing",
        "column-my-vote",
        "column-status",
        "column-country",
        "column-duration",
        "column-tool",
    ],
    sort_by,
    find: FIND,
    synopses: None,
    fields: &fields::MINE,
    get,
    empty: ["mine-empty", "mine-empty-hint"],
    empty_key: Action::Refresh,
    shown: "mine-shown",
};

/// The rows before the votes are there; the tab judges them by the festival's rules as soon as they come.
fn read(reply: Reply) -> Option<Batch<MyFilm>> {
    let rules = Rules::default();
    match reply {
        Reply::Films(FilmList { rows, total, complete, .. }) => Some(Batch {
            rows: rows.iter().map(|film| MyFilm::new(film.clone(), None, &rules)).collect(),
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
        "todo" => Get::choice(|row: &MyFilm| row.standing.todo()),
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
        "column-standing" => By::number(|row: &MyFilm| i64::try_from(row.standing.todo()).ok()),
        column => cells::sort_by(column).of(|row: &MyFilm| &row.film),
    }
}

/// The tabs of a juror. They share one desk, so that a draft is the same in all of them.
pub(crate) fn tabs() -> Vec<Box<dyn Screen>> {
    let desk = Desk::default();
    vec![
        Box::new(ListScreen::new(Mine { desk: desk.clone(), ..Mine::default() })),
        Box::new(ListScreen::new(Discussion::new(&desk))),
        Box::new(Account::default()),
    ]
}

/// The tab of a juror's films.
#[derive(Default)]
pub(crate) struct Mine {
    asked: Option<Ticket>,
    /// The list was visited or read again: it is put in order once more when the votes are there.
    anew: bool,
    desk: Desk,
}

impl Mine {
    /// The rows with the votes that are known, judged by the festival's rules; `anew`: in the juror's own order, else in
    /// the one that they are in.
    fn rows(&self, list: &ListPane<MyFilm>, anew: bool, session: &Session) -> Rows<MyFilm> {
        let rows = self.desk.put_films(list.newest().iter().map(|row| &row.film), &session.festival.voting);
        if anew { sorted(&rows, session) } else { rows }
    }
}

/// Rows in the order of whoever is signed in.
fn sorted(rows: &Rows<MyFilm>, session: &Session) -> Rows<MyFilm> {
    let me = juror(session);
    let mut rows: Vec<MyFilm> = rows.iter().cloned().collect();
    rows.sort_by_key(|row| row.place(me));
    rows.into_iter().collect()
}

/// Puts the films of an answer into the juror's own order, what is left to do first; without `anew` they stay where they
/// were shown.
fn put_in_order(desk: &Desk, anew: bool, list: &ListPane<MyFilm>, reply: &mut Reply, session: &Session) {
    let Reply::Films(films) = reply else { return };
    let mut rows: Vec<FilmRow> = films.rows.iter().cloned().collect();
    if anew || list.rows().is_empty() {
        let me = juror(session);
        let known = desk.put_films(rows.iter(), &session.festival.voting);
        let places: HashMap<FilmId, _> = known.iter().map(|row| (row.id(), row.place(me))).collect();
        rows.sort_by_key(|row| places.get(&row.id).copied());
    } else {
        let shown = list.newest();
        let places: HashMap<FilmId, usize> = shown.iter().enumerate().map(|(at, row)| (row.id(), at)).collect();
        rows.sort_by_key(|row| places.get(&row.id).copied().unwrap_or(usize::MAX));
    }
    films.rows = rows.into_iter().collect();
}

/// Who is signed in.
fn juror(session: &Session) -> UserId {
    session.person.as_ref().map_or(UserId(0), |person| person.id)
}

impl ListTab for Mine {
    type Row = MyFilm;

    const TITLE: &'static str = "mine-title";

    const CONTEXTS: &'static [Context] = &[Context::Film, Context::Mine, Context::List];

    const CHOICES: Option<(usize, &'static str)> = Some((fields::TODO, "mine-todo-title"));

    fn choices(&self, list: &ListPane<MyFilm>, session: &Session) -> Vec<(usize, MenuItem)> {
        columns::items(list.rows(), session)
    }

    fn spec(&self) -> &'static Spec<MyFilm> {
        &SPEC
    }

    fn put_in_order(&self, list: &ListPane<MyFilm>, reply: &mut Reply, session: &Session) {
        put_in_order(&self.desk, self.anew, list, reply, session);
    }

    fn idle(&self, list: &ListPane<MyFilm>, action: Action) -> bool {
        list.current().is_some_and(|row| acts::idle(&self.desk, &self.desk.now(row), action))
    }

    fn open(&self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), MyReading::new(&self.desk))));
    }

    fn act(&mut self, list: &ListPane<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
        if action == Action::History {
            cx.open(Box::new(History::default()));
            return true;
        }
        let Some(row) = list.current() else { return false };
        if action == Action::Pictures {
            cx.open(Box::new(Viewer::of(&row.film, cx.session)));
            return true;
        }
        if action == Action::NextFilm {
            acts::go_on(&self.desk, &list.route(), cx);
            return true;
        }
        acts::act(&self.desk, &self.desk.now(row), &list.route(), action, cx)
    }

    fn enter(&mut self, _cx: &mut Cx<'_>) {
        self.anew = true;
    }

    fn arrived(&mut self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let rows = self.rows(list, false, cx.session);
        list.patch(rows, cx);
        self.asked = Some(cx.call(Request::MyVotes {}));
    }

    fn reply(&mut self, list: &mut ListPane<MyFilm>, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.asked.take_if(|asked| *asked == ticket).is_some()
            && let Ok(Answer { reply: Reply::Votes(votes), .. }) = result
        {
            let first = !self.desk.put_votes(votes, &cx.session.festival.voting);
            let anew = std::mem::take(&mut self.anew);
            let rows = self.rows(list, anew, cx.session);
            if first {
                list.begin_at_first();
            }
            match anew {
                true => list.replace(rows, cx),
                false => list.patch(rows, cx),
            }
        }
    }

    fn begun(&self) -> Vec<String> {
        self.desk.begun()
    }

    fn view(&self, list: &ListPane<MyFilm>, area: Rect, canvas: &mut Canvas<'_>) {
        let counts = if list.rows().is_empty() { Vec::new() } else { columns::counts(list.rows(), canvas.session) };
        let drafted = self.desk.drafted();
        list.view(area, canvas, &columns::columns(), &counts, &drafted);
    }
}

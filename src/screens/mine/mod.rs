//! A juror's films: the list with one's own votes, and everything that a juror does with a film. Nothing here knows what
//! others said before the rules let it be seen.

mod acts;
mod ballot;
mod columns;
mod desk;
mod discussion;
mod drafts;
mod hand_in;
mod handing;
mod header;
mod page;
mod place;
mod promote;
mod recuse;
mod stand;
mod standing;
mod talk;
mod watch;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;

use crate::api::film::{FilmList, FilmRow};
use crate::api::vote::VoteRow;
use crate::api::{Answer, Changed, Failure, Indexed, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::Ticket;
use crate::app::session::Session;
use crate::domain::deadline::Deadlines;
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
use super::words::{few, key_of};
use super::{Canvas, Screen};

use desk::{Desk, Told};
use discussion::Discussion;
use hand_in::HandIn;
use page::MyReading;
use place::Place;
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
            rows: rows.iter().map(|film| MyFilm::new(Arc::new(film.clone()), None, &rules)).collect(),
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
        "todo" => Get::choice(|row: &MyFilm| row.todo() as usize),
        "is" => Get::flags(|_: &MyFilm| []),
        field => fields::get(field).of(|row: &MyFilm| &*row.film),
    }
}

fn sort_by(column: &str) -> By<MyFilm> {
    let place = |row: &MyFilm| {
        let note = row.vote.as_ref()?.note;
        i64::try_from(Note::ALL.iter().position(|n| Some(*n) == note).unwrap_or(Note::ALL.len())).ok()
    };
    match column {
        "column-my-vote" => By::number(place),
        "column-standing" => By::number(|row: &MyFilm| Some(row.todo() as i64)),
        column => cells::sort_by(column).of(|row: &MyFilm| &*row.film),
    }
}

/// How soon what did not come is asked for once more.
const AGAIN: TimeDelta = TimeDelta::seconds(10);

/// Titles of drafts that are named on coming in before a number stands for the rest.
const NAMED: usize = 3;

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
    /// Asked until when to vote.
    asked_deadlines: Option<Ticket>,
    deadlines: Option<Deadlines>,
    /// What did not come, and when it is asked for once more.
    missed: Missed,
    told: Told,
    /// The drafts have come once, and those that were never handed in were named.
    greeted: bool,
    /// Where to go back to, as soon as everything is there that it takes.
    back: Option<Place>,
}

/// What else the list takes, as far as it did not come.
#[derive(Default)]
struct Missed {
    votes: bool,
    drafts: bool,
    deadlines: bool,
    why: Option<Failure>,
    again: Option<DateTime<Utc>>,
}

impl Missed {
    fn put(&mut self, failure: Failure, now: DateTime<Utc>) {
        self.why = Some(failure);
        self.again = Some(now + AGAIN);
    }

    /// Forgets why where everything has come.
    fn settle(&mut self) {
        if !(self.votes || self.drafts || self.deadlines) {
            *self = Self::default();
        }
    }
}

impl Mine {
    /// Asks once more for what did not come.
    fn ask_again(&mut self, cx: &mut Cx<'_>) {
        self.missed.again = None;
        if self.missed.votes {
            self.asked = Some(cx.call(Request::MyVotes {}));
        }
        if self.missed.drafts {
            self.desk.read_drafts(cx);
        }
        if self.missed.deadlines {
            self.asked_deadlines = Some(cx.call(Request::MyDeadlines {}));
        }
    }

    /// The rows with the votes that are known, judged by the festival's rules; `anew`: in the juror's own order, else in
    /// the one that they are in.
    fn rows(&self, list: &ListPane<MyFilm>, anew: bool, session: &Session) -> Rows<MyFilm> {
        let rows = self.desk.put_films(list.newest().iter().map(|row| Arc::clone(&row.film)), &session.festival.voting);
        if anew { sorted(&rows, session) } else { rows }
    }
}

impl Mine {
    /// The votes are there.
    fn voted(&mut self, list: &mut ListPane<MyFilm>, votes: Vec<VoteRow>, cx: &mut Cx<'_>) {
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

    /// Until when to vote: as far as is known.
    fn deadlines(&self, session: &Session) -> Deadlines {
        self.deadlines.unwrap_or(session.festival.deadlines)
    }

    /// Has the tab woken when the time left says something else, or a draft is to be saved once more.
    fn wait(&self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let shown = header::changes_at(list.rows(), &self.deadlines(cx.session), cx.session.now);
        if let Some(at) = [shown, self.desk.tries_again(), self.missed.again].into_iter().flatten().min() {
            cx.wake_at(at);
        }
    }

    /// Names the drafts that were never handed in, once, on coming in.
    fn greet(&mut self, cx: &mut Cx<'_>) {
        if std::mem::replace(&mut self.greeted, true) || self.back.as_ref().is_some_and(|back| back.ballot.is_some()) {
            return;
        }
        let titles = self.desk.begun();
        if titles.is_empty() {
            return;
        }
        let named: Vec<&str> = titles.iter().take(NAMED).map(String::as_str).collect();
        let names = few(cx.session, &named, titles.len());
        let key = key_of(cx.session, &[Context::Film], Action::HandIn);
        let args = [("count", titles.len().into()), ("names", (&names).into()), ("key", (&key).into())];
        cx.toast(Tone::Info, cx.session.tr_with("mine-greeting", &args));
    }

    /// Goes back to where the juror left, once the films, the votes and the drafts are there.
    fn come_back(&mut self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let drafted = self.desk.opened(|opened| opened.drafted);
        if !self.desk.known() || !drafted || self.desk.drafts_wait() || self.asked.is_some() {
            return;
        }
        let Some(place) = self.back.take() else { return };
        match list.route_from(Key::from(place.film)) {
            Some(route) => {
                list.go_to(Key::from(place.film));
                acts::come_back(&self.desk, &route, &place, cx);
            }
            None if place.page || place.ballot.is_some() => cx.toast(Tone::Info, cx.session.tr("mine-back-gone")),
            None => {}
        }
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
        let known = desk.put_films(rows.iter().cloned().map(Arc::new), &session.festival.voting);
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
        match list.current() {
            Some(row) => acts::idle(&self.desk, &self.desk.now(row), action),
            None => acts::of_a_film(action) || action == Action::HandIn,
        }
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
        match action {
            Action::NextFilm => _ = acts::go_on(&self.desk, &list.route(), cx),
            Action::HandIn if list.selects() => {
                let only = list.chosen().into_iter().map(MyFilm::id).collect();
                cx.open(Box::new(HandIn::new(&self.desk, &list.route(), Some(only))));
            }
            _ => return acts::act(&self.desk, &self.desk.now(row), &list.route(), action, cx),
        }
        true
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        self.anew = true;
        self.desk.at_home(cx.key());
        self.desk.save_all(cx);
        self.desk.read_drafts(cx);
        self.asked_deadlines = Some(cx.call(Request::MyDeadlines {}));
    }

    fn arrived(&mut self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let rows = self.rows(list, false, cx.session);
        list.patch(rows, cx);
        // A vote that was cast elsewhere took its draft along.
        if self.desk.known() && !self.desk.drafts_wait() {
            self.desk.read_drafts(cx);
        }
        self.asked = Some(cx.call(Request::MyVotes {}));
    }

    fn reply(&mut self, list: &mut ListPane<MyFilm>, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        let own = |asked: &mut Option<Ticket>| asked.take_if(|asked| *asked == ticket).is_some();
        if own(&mut self.asked) {
            self.missed.votes = result.is_err();
            match result {
                Ok(Answer { reply: Reply::Votes(votes), .. }) => self.voted(list, votes, cx),
                Ok(_) => {}
                Err(failure) => self.missed.put(failure, cx.session.now),
            }
        } else if self.desk.drafts_asked(ticket) {
            self.missed.drafts = result.is_err();
            match result {
                Ok(Answer { reply: Reply::Drafts(drafts), .. }) => {
                    self.desk.put_drafts(drafts, cx);
                    self.desk.opened(|opened| opened.drafted = true);
                    self.greet(cx);
                }
                Ok(_) => {}
                Err(failure) => self.missed.put(failure, cx.session.now),
            }
        } else if own(&mut self.asked_deadlines) {
            self.missed.deadlines = result.is_err();
            match result {
                Ok(Answer { reply: Reply::MyDeadlines(deadlines), .. }) => self.deadlines = Some(deadlines),
                Ok(_) => {}
                Err(failure) => self.missed.put(failure, cx.session.now),
            }
        } else {
            self.desk.saved(ticket, result, cx);
        }
        self.missed.settle();
        self.come_back(list, cx);
        self.wait(list, cx);
    }

    fn woke(&mut self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        if self.desk.tries_again().is_some_and(|at| at <= cx.session.now) {
            self.desk.save_all(cx);
        }
        if self.missed.again.is_some_and(|at| at <= cx.session.now) {
            self.ask_again(cx);
        }
        self.wait(list, cx);
    }

    fn is_own(&mut self, list: &ListPane<MyFilm>, changed: &Changed) -> bool {
        let films = changed.ids.as_deref().filter(|_| changed.topic == Topic::Films);
        films.is_some_and(|films| self.desk.is_own(&mut self.told, films, list.trail().is_own()))
    }

    fn changed(&mut self, _list: &ListPane<MyFilm>, changed: &Changed, cx: &mut Cx<'_>) {
        // Deadlines, and who was given more time.
        if changed.topic == Topic::Settings {
            self.asked_deadlines = Some(cx.call(Request::MyDeadlines {}));
        }
    }

    fn session_ends(&mut self, cx: &mut Cx<'_>) {
        self.desk.save_last(cx);
    }

    fn place(&self, list: &ListPane<MyFilm>) -> Option<String> {
        let on_list = || Some(Place { film: list.current()?.id().0, ..Place::default() });
        let place = self.desk.place().or_else(on_list)?;
        serde_json::to_string(&place).ok()
    }

    fn restore(&mut self, list: &mut ListPane<MyFilm>, place: &str, cx: &mut Cx<'_>) {
        // One of another version of the console is no place.
        self.back = serde_json::from_str(place).ok();
        self.come_back(list, cx);
    }

    fn stay(&mut self) {
        self.back = None;
    }

    fn unsaved(&self) -> bool {
        self.desk.unsafe_drafts()
    }

    fn begun(&self) -> Vec<String> {
        self.desk.begun()
    }

    fn view(&self, list: &ListPane<MyFilm>, area: Rect, canvas: &mut Canvas<'_>) {
        // Without the votes nobody knows what is left to do.
        let judged = !list.rows().is_empty() && (!self.missed.votes || self.desk.known());
        let counts = if judged { columns::counts(list.rows(), canvas.session) } else { Vec::new() };
        let drafted = self.desk.drafts();
        let deadlines = self.deadlines(canvas.session);
        let told = header::draw_failure(self.missed.why.as_ref(), area, canvas);
        let under = Rect { y: area.y + told, height: area.height.saturating_sub(told), ..area };
        let taken = if judged { header::draw(list.rows(), drafted.len(), &deadlines, under, canvas) } else { 0 };
        let below = Rect { y: under.y + taken, height: under.height.saturating_sub(taken), ..under };
        list.view(below, canvas, &columns::columns(), &counts, &drafted);
        if judged {
            let line = Rect { height: 1, ..below };
            header::draw_bar(list.rows(), columns::width(&counts), line, canvas);
        }
    }
}

//! The films in discussion on whose panel the juror sits: the list, and beside it what the panel said about the film under
//! the cursor.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;
use ratatui::layout::Rect;

use crate::api::film::FilmList;
use crate::api::vote::{Discussion as Talk, VoteRow};
use crate::api::{Answer, Changed, Failure, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::round::Rules;
use crate::screens::Canvas;
use crate::screens::films::fields;
use crate::screens::list::{Batch, Count, ListPane, ListTab, Spec};
use crate::screens::page::{Entries, Page};
use crate::screens::picture::Viewer;
use crate::screens::words::tone;
use crate::widgets::keyvalue::{Entry, Scroll, draw_details};
use crate::widgets::table::Key;

use super::desk::{Desk, Told};
use super::page::MyReading;
use super::place::{Place, Side};
use super::standing::{MyFilm, Todo};
use super::{FIND, acts, columns, get, put_in_order, sort_by, sorted, talk};

/// From how many columns on the list and what was said stand side by side.
const BESIDE: u16 = 110;

/// How soon it is looked again whether the drafts have come.
const DRAFTS: TimeDelta = TimeDelta::seconds(1);

/// The columns of the list.
const COLUMNS: [&str; 4] = ["column-title", "column-duration", "column-my-vote", "column-standing"];

static SPEC: Spec<MyFilm> = Spec {
    request: |fresh| Request::MyFilms { fresh },
    read,
    topic: Topic::Films,
    by_id: true,
    sortable: &["column-title", "column-standing", "column-my-vote", "column-duration"],
    sort_by,
    find: FIND,
    synopses: None,
    fields: &fields::MINE,
    get,
    empty: ["discussion-empty", "discussion-empty-hint"],
    empty_key: Action::Refresh,
    shown: "discussion-shown",
};

/// The films in discussion, before the votes are there.
fn read(reply: Reply) -> Option<Batch<MyFilm>> {
    let rules = Rules::default();
    match reply {
        Reply::Films(FilmList { rows, complete, .. }) => {
            let talked = rows.iter().filter(|film| film.status == FilmStatus::ToDiscuss);
            let films: Vec<MyFilm> = talked.map(|film| MyFilm::new(Arc::new(film.clone()), None, &rules)).collect();
            Some(Batch { complete, ..Batch::from(films) })
        }
        _ => None,
    }
}

/// The tab of the films in discussion.
pub(crate) struct Discussion {
    desk: Desk,
    /// Where to go back to, as soon as everything is there that it takes.
    back: Option<Place>,
    told: Told,
    /// Whether the votes were asked for since the last visit, so that the list is put in order with them.
    votes: Option<Ticket>,
    anew: bool,
    /// What was said about the films that the cursor came by.
    talks: HashMap<FilmId, Talk>,
    /// Of which films that may have changed since.
    stale: HashSet<FilmId>,
    asked: Option<(Ticket, FilmId)>,
    failed: Option<(FilmId, Failure)>,
    /// The film under the cursor.
    on: Option<FilmId>,
    scroll: Scroll,
}

impl Discussion {
    /// The tab of a session; the desk is the one of the juror's films.
    pub(crate) fn new(desk: &Desk) -> Self {
        Self {
            desk: desk.from(Side::Discussion),
            back: None,
            told: Told::default(),
            votes: None,
            anew: false,
            talks: HashMap::new(),
            stale: HashSet::new(),
            asked: None,
            failed: None,
            on: None,
            scroll: Scroll::default(),
        }
    }

    /// The rows with the votes that are known, judged by the festival's rules; `anew`: in the juror's own order.
    fn rows(&self, list: &ListPane<MyFilm>, anew: bool, session: &Session) -> Rows<MyFilm> {
        let films = list.newest();
        let rows = self.desk.renew_films(films.iter().map(|row| Arc::clone(&row.film)), &session.festival.voting);
        if anew { sorted(&rows, session) } else { rows }
    }

    /// A film of the list as it is now.
    fn now(&self, row: &MyFilm) -> MyFilm {
        self.desk.now(row)
    }

    fn ask(&mut self, film: FilmId, cx: &mut Cx<'_>) {
        if let Some((before, _)) = self.asked.take() {
            cx.cancel(before);
        }
        self.stale.remove(&film);
        self.asked = Some((cx.call(Request::Discussion { film }), film));
    }

    /// Goes back to where the juror left, once the films, the votes and the drafts are there.
    fn come_back(&mut self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        if self.back.is_none() || self.anew || self.votes.is_some() || !self.desk.known() {
            return;
        }
        if !self.desk.opened(|opened| opened.drafted) {
            // They come to the other tab.
            cx.wake_at(cx.session.now + DRAFTS);
            return;
        }
        let Some(place) = self.back.take() else { return };
        match list.route_from(Key::from(place.film)) {
            Some(route) => {
                list.go_to(Key::from(place.film));
                acts::come_back(&self.desk, &route, &place, cx);
            }
            None if place.page || place.ballot.is_some() => {
                cx.toast(Tone::Info, cx.session.tr("discussion-back-gone"));
            }
            None => {}
        }
    }

    /// What was said about a film.
    fn entries(&self, row: &MyFilm, session: &Session) -> Vec<Entry> {
        let theme = &session.theme;
        let now = self.now(row);
        let vote: Option<&VoteRow> = now.vote.as_deref();
        let mut entries = Entries::default();
        match (self.talks.get(&now.id()), &self.failed) {
            (Some(talk), _) => talk::panel(&mut entries, &now, vote, Some(talk), session),
            (None, Some((film, failure))) if *film == now.id() => {
                let text = format!("{} {}", theme.signs.warning, sentence::failure(&session.lang, failure));
                entries.push(Entry::text(text, theme.warning));
            }
            (None, _) => entries.note(session.tr("page-loading"), theme),
        }
        talk::own(&mut entries, &self.desk, &now, vote, session);
        entries.all()
    }

    /// How many films there are to reconsider, and how many where that is done.
    fn counts(list: &ListPane<MyFilm>, session: &Session) -> Vec<Count> {
        let theme = &session.theme;
        let count = |todo| list.rows().iter().filter(|row| row.todo() == todo).count();
        let figures = [
            (
                theme.warning,
                "mine-count-to-reconsider",
                count(Todo::Reconsider),
                theme.sign(tone(FilmStatus::ToDiscuss)),
            ),
            (theme.ok, "mine-count-done", count(Todo::Done), theme.signs.check),
            (theme.warning, "mine-count-waiting", count(Todo::Waits), theme.signs.warning),
        ];
        let figures = figures.into_iter().filter(|(_, id, count, _)| *count > 0 || *id != "mine-count-waiting");
        figures
            .map(|(style, id, count, sign)| {
                Count::new(style, format!("{sign} {}", session.tr_with(id, &[("count", count.into())])))
            })
            .collect()
    }
}

impl ListTab for Discussion {
    type Row = MyFilm;

    const TITLE: &'static str = "discussion-title";

    const CONTEXTS: &'static [Context] = &[Context::Film, Context::Discussion, Context::List];

    fn spec(&self) -> &'static Spec<MyFilm> {
        &SPEC
    }

    fn put_in_order(&self, list: &ListPane<MyFilm>, reply: &mut Reply, session: &Session) {
        put_in_order(&self.desk, self.anew, list, reply, session);
    }

    fn open(&self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), MyReading::new(&self.desk))));
    }

    fn act(&mut self, list: &ListPane<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
        let Some(row) = list.current() else { return false };
        match action {
            Action::Pictures => cx.open(Box::new(Viewer::of(&row.film, cx.session))),
            Action::NextFilm => _ = acts::go_on(&self.desk, &list.route(), cx),
            Action::HalfPageDown => _ = self.scroll.page_by(1),
            Action::HalfPageUp => _ = self.scroll.page_by(-1),
            _ => return acts::act(&self.desk, &self.now(row), &list.route(), action, cx),
        }
        true
    }

    fn idle(&self, list: &ListPane<MyFilm>, action: Action) -> bool {
        match list.current() {
            Some(row) => acts::idle(&self.desk, &self.now(row), action),
            None => acts::of_a_film(action) || action == Action::HandIn,
        }
    }

    fn enter(&mut self, _cx: &mut Cx<'_>) {
        self.anew = true;
        self.failed = None;
        self.stale.extend(self.talks.keys());
    }

    fn arrived(&mut self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let rows = self.rows(list, false, cx.session);
        let there: HashSet<FilmId> = rows.iter().map(MyFilm::id).collect();
        self.talks.retain(|film, _| there.contains(film));
        list.patch(rows, cx);
        self.votes = Some(cx.call(Request::MyVotes {}));
    }

    fn reply(&mut self, list: &mut ListPane<MyFilm>, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if let Some((_, film)) = self.asked.take_if(|(asked, _)| *asked == ticket) {
            match result {
                Ok(Answer { reply: Reply::Discussion(talk), .. }) => _ = self.talks.insert(film, talk),
                Ok(_) => {}
                Err(failure) => self.failed = Some((film, failure)),
            }
        } else if self.votes.take_if(|asked| *asked == ticket).is_some()
            && let Ok(Answer { reply: Reply::Votes(votes), .. }) = result
        {
            _ = self.desk.put_votes(votes, &cx.session.festival.voting);
            let anew = std::mem::take(&mut self.anew);
            let rows = self.rows(list, anew, cx.session);
            match anew {
                true => list.replace(rows, cx),
                false => list.patch(rows, cx),
            }
        }
        self.come_back(list, cx);
    }

    fn woke(&mut self, list: &mut ListPane<MyFilm>, cx: &mut Cx<'_>) {
        self.come_back(list, cx);
    }

    fn place(&self, list: &ListPane<MyFilm>) -> Option<String> {
        let on_list = || Some(Place { film: list.current()?.id().0, ..Place::default() });
        let place = self.desk.place().or_else(on_list)?;
        serde_json::to_string(&place).ok()
    }

    fn restore(&mut self, _list: &mut ListPane<MyFilm>, place: &str, _cx: &mut Cx<'_>) {
        // One of another version of the console is no place.
        self.back = serde_json::from_str(place).ok();
    }

    fn stay(&mut self) {
        self.back = None;
    }

    fn looked(&mut self, list: &ListPane<MyFilm>, cx: &mut Cx<'_>) {
        let Some(film) = list.current().map(MyFilm::id) else { return };
        if self.on.replace(film) != Some(film) {
            self.scroll.home();
        }
        let known = self.talks.contains_key(&film) && !self.stale.contains(&film);
        let waits = self.asked.as_ref().is_some_and(|(_, asked)| *asked == film);
        let failed = self.failed.as_ref().is_some_and(|(of, _)| *of == film);
        if !known && !waits && !failed {
            self.failed = None;
            self.ask(film, cx);
        }
    }

    fn is_own(&mut self, list: &ListPane<MyFilm>, changed: &Changed) -> bool {
        let films = changed.ids.as_deref().filter(|_| changed.topic == Topic::Films);
        films.is_some_and(|films| self.desk.is_own(&mut self.told, films, list.trail().is_own()))
    }

    fn changed(&mut self, list: &ListPane<MyFilm>, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic != Topic::Films {
            return;
        }
        match &changed.ids {
            Some(ids) => self.stale.extend(ids.iter().map(|id| FilmId(*id))),
            None => {
                self.stale.extend(self.talks.keys());
                self.stale.extend(self.failed.iter().map(|(film, _)| *film));
            }
        }
        if self.failed.as_ref().is_some_and(|(film, _)| self.stale.contains(film)) {
            self.failed = None;
        }
        // What is on its way may have been read before.
        if let Some((ticket, _)) = self.asked.take_if(|(_, film)| self.stale.contains(film)) {
            cx.cancel(ticket);
        }
        self.looked(list, cx);
    }

    fn view(&self, list: &ListPane<MyFilm>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let shown = |column: &str| COLUMNS.contains(&column);
        let columns: Vec<_> = columns::columns().into_iter().filter(|column| shown(column.title)).collect();
        let drafted = self.desk.drafts();
        let counts = if list.rows().is_empty() { Vec::new() } else { Self::counts(list, session) };
        let Some(row) = list.current() else { return list.view(area, canvas, &columns, &counts, &drafted) };
        let (listed, said) = split(area, list.rows().len());
        list.view(listed, canvas, &columns, &counts, &drafted);
        let said = Rect { x: said.x + 1, width: said.width.saturating_sub(2), ..said };
        canvas.links.extend(draw_details(said, canvas.buf, &self.entries(row, session), &self.scroll, &session.theme));
    }
}

/// The list's area and the one of what was said: side by side, or below each other.
fn split(area: Rect, rows: usize) -> (Rect, Rect) {
    if area.width >= BESIDE {
        let width = area.width * 9 / 20;
        let said = Rect { x: area.x + width, width: area.width - width, ..area };
        return (Rect { width, ..area }, said);
    }
    // Figures, state and heading stand above the rows.
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(4);
    let height = rows.min((area.height * 2 / 5).max(7)).min(area.height);
    let list = Rect { height, ..area };
    (list, Rect { y: area.y + height, height: area.height - height, ..area })
}

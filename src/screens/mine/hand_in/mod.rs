//! Handing in several drafts at once: a list with what is missing, one last look, then one after the other.

mod view;

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::round::{BallotSeen, Cast, Paper};
use crate::domain::vote::Note;
use crate::screens::last_look::{Decision, LastLook, MANY};
use crate::screens::list::Route;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Screen};

use super::acts;
use super::desk::{Desk, Known, Reread};
use super::drafts::{Draft, Kept};
use super::handing::{Handing, Setback};
use super::standing::MyFilm;

/// Where one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Ticking.
    Choose,
    /// Looking once more.
    Look,
    /// Handing in.
    Work,
    /// What became of each.
    Done,
}

/// One draft as it stands now.
struct Line {
    film: FilmId,
    /// The film; `None`: it is the juror's no more.
    mine: Option<MyFilm>,
    draft: Draft,
    /// Whether it would be a first vote, or why it cannot be handed in.
    judged: Result<Cast, String>,
}

impl Line {
    /// Whether it would be the one change of a vote.
    fn second(&self) -> bool {
        matches!(self.judged, Ok(Cast::Second(_)))
    }
}

/// What the last look showed of one: only that is handed in.
#[derive(Clone, PartialEq, Eq)]
struct Looked {
    film: FilmId,
    title: String,
    seen: BallotSeen,
    note: Note,
    comment: String,
    second: bool,
    /// It spends the change and says the same as before.
    same: bool,
}

impl Looked {
    fn at(line: Line) -> Option<Self> {
        let second = line.second();
        let (Ok(_), Some(mine), Some(note)) = (line.judged, line.mine, line.draft.note) else { return None };
        let same = mine.vote.as_ref().is_some_and(|vote| vote.note == Some(note));
        let Draft { title, comment, .. } = line.draft;
        Some(Self { film: line.film, title, seen: mine.seen(), note, comment, second, same })
    }
}

/// What became of one that was handed in.
enum End {
    Cast(String),
    Refused(String),
}

/// The page.
pub(super) struct HandIn {
    desk: Desk,
    route: Route<MyFilm>,
    step: Step,
    /// The line under the cursor.
    at: usize,
    /// Drafts of other films than these were not selected.
    only: Option<HashSet<FilmId>>,
    /// What was ticked and unticked by hand, as a first vote or as the change of one: a tick for the one is none for the other.
    ticks: HashMap<(FilmId, bool), bool>,
    /// What the last look shows.
    looked: Vec<Looked>,
    /// The draft that is thrown away when its key is pressed once more.
    dropping: Option<FilmId>,
    look: LastLook,
    /// What is left to hand in, the next one last; the first of it is under way.
    queue: Vec<Looked>,
    under_way: Option<Looked>,
    all: usize,
    stopping: bool,
    handing: Handing,
    ends: Vec<(FilmId, String, End)>,
    problem: Option<String>,
    reread: Reread,
    first: Cell<usize>,
}

impl HandIn {
    /// The drafts; ticked are those of first votes that can be handed in; `only`: just these of them.
    pub(super) fn new(desk: &Desk, route: &Route<MyFilm>, only: Option<HashSet<FilmId>>) -> Self {
        Self {
            desk: desk.clone(),
            route: route.clone(),
            step: Step::Choose,
            at: 0,
            only,
            ticks: HashMap::new(),
            looked: Vec::new(),
            dropping: None,
            look: LastLook::default(),
            queue: Vec::new(),
            under_way: None,
            all: 0,
            stopping: false,
            handing: Handing::default(),
            ends: Vec::new(),
            problem: None,
            reread: Reread::default(),
            first: Cell::new(0),
        }
    }

    /// The drafts as they stand now: those that can be handed in first, first votes before changes.
    fn lines(&self, session: &Session) -> Vec<Line> {
        let drafts: BTreeMap<FilmId, Draft> = self.desk.drafts();
        let mut lines: Vec<Line> = drafts.into_iter().map(|(film, draft)| self.line(film, draft, session)).collect();
        lines.sort_by_key(|line| match line.judged {
            Ok(Cast::First) => 0,
            Ok(_) => 1,
            Err(_) => 2,
        });
        lines
    }

    fn line(&self, film: FilmId, draft: Draft, session: &Session) -> Line {
        let rules = &session.festival.voting;
        let mine = match self.desk.film(film) {
            Known::Film(mine) => Some(*mine),
            Known::Gone | Known::Nothing => None,
        };
        let paper = |cast| match draft.note {
            Some(note) => {
                let paper = Paper::read(note.as_sql(), Some(&draft.comment), rules, None);
                paper.map(|_| cast).map_err(|refusal| session.lang.refusal(&refusal))
            }
            None => Err(session.tr("hand-in-no-note")),
        };
        let judged = match &mine {
            None => Err(session.tr("hand-in-gone")),
            Some(_) if matches!(self.desk.kept(film), Some(Kept::Elsewhere(_))) => Err(session.tr("hand-in-two")),
            Some(_) if self.desk.saving(film) => Err(session.tr("ballot-saving")),
            Some(mine) => mine.cast(rules).map_err(|refusal| session.lang.refusal(&refusal)).and_then(paper),
        };
        Line { film, mine, draft, judged }
    }

    /// Whether a line is ticked: a change that can be made once only by hand.
    fn is_on(&self, line: &Line) -> bool {
        let second = line.second();
        let usual = || !second && self.only.as_ref().is_none_or(|only| only.contains(&line.film));
        line.judged.is_ok() && self.ticks.get(&(line.film, second)).copied().unwrap_or_else(usual)
    }

    /// The lines that are ticked and can be handed in.
    fn ticked(&self, session: &Session) -> Vec<Line> {
        let lines = self.lines(session).into_iter();
        lines.filter(|line| self.is_on(line)).collect()
    }

    fn tick(&mut self, session: &Session) {
        self.problem = None;
        let lines = self.lines(session);
        let Some(line) = lines.get(self.at) else { return };
        match &line.judged {
            Err(why) => self.problem = Some(why.clone()),
            Ok(_) => _ = self.ticks.insert((line.film, line.second()), !self.is_on(line)),
        }
        self.at = (self.at + 1).min(lines.len().saturating_sub(1));
    }

    fn tick_all(&mut self, session: &Session) {
        let all: Vec<Line> = self.lines(session).into_iter().filter(|line| line.judged.is_ok()).collect();
        let every = all.iter().all(|line| self.is_on(line));
        self.ticks = all.iter().map(|line| ((line.film, line.second()), !every)).collect();
    }

    fn look_once_more(&mut self, session: &Session) {
        self.problem = None;
        let ticked = self.ticked(session);
        if ticked.is_empty() {
            self.problem = Some(session.tr("hand-in-none"));
            return;
        }
        self.looked = ticked.into_iter().filter_map(Looked::at).collect();
        let final_ones = self.looked.iter().any(|looked| looked.second);
        let all = self.looked.len();
        let count = (all > MANY).then_some(all);
        let args = [("count", all.into())];
        let go = session.tr_with("hand-in-button", &args);
        self.look = LastLook::new(session.tr("look-back"), go, final_ones, count).wary();
        self.step = Step::Look;
    }

    fn begin(&mut self, cx: &mut Cx<'_>) {
        self.queue = self.looked.drain(..).rev().collect();
        self.all = self.queue.len();
        (self.step, self.stopping) = (Step::Work, false);
        self.ends.clear();
        self.route.trail().acting(true);
        self.next(cx);
    }

    /// Hands in the next one, or comes to the end.
    fn next(&mut self, cx: &mut Cx<'_>) {
        self.handing.forget();
        let Some(looked) = self.queue.pop().filter(|_| !self.stopping) else { return self.end(cx) };
        let film = looked.film;
        let line = self.desk.draft(film).map(|draft| self.line(film, draft, cx.session));
        let why = line.as_ref().and_then(|line| line.judged.as_ref().err().cloned());
        if line.and_then(Looked::at).as_ref() == Some(&looked) {
            let request = Request::CastVote {
                film,
                note: looked.note.as_sql().to_owned(),
                comments: Some(looked.comment.clone()).filter(|text| !text.trim().is_empty()),
                seen: Some(looked.seen),
                draft: self.desk.revision(film),
            };
            self.under_way = Some(looked);
            return self.handing.send(request, cx);
        }
        let why = why.unwrap_or_else(|| cx.session.tr("hand-in-differs"));
        self.ends.push((film, looked.title, End::Refused(why)));
        self.next(cx);
    }

    fn end(&mut self, cx: &mut Cx<'_>) {
        self.step = Step::Done;
        self.at = 0;
        self.first.set(0);
        self.under_way = None;
        self.route.trail().acting(false);
        let cast = self.ends.iter().filter(|(_, _, end)| matches!(end, End::Cast(_))).count();
        let args = [("cast", cast.into()), ("all", self.all.into())];
        self.looked.clear();
        let tone = if cast == self.all { Tone::Done } else { Tone::Problem };
        acts::told(tone, cx.session.tr_with("hand-in-done", &args), &self.desk, &self.route, cx);
    }

    fn cast(&mut self, looked: Looked, answer: Answer, session: &Session) {
        let Looked { film, title, .. } = looked;
        let mut said = String::new();
        if let Reply::Cast(cast) = answer.reply {
            said = crate::screens::words::note(session, cast.vote.note).1;
            if cast.moved {
                let status = session.tr(cast.status.message());
                said = format!("{said} {}", session.tr_with("hand-in-moved", &[("status", (&status).into())]));
            }
            self.desk.put(film, cast.status, Some(cast.vote), &session.festival.voting);
        }
        self.desk.forget(film);
        self.ends.push((film, title, End::Cast(said)));
    }

    fn failed(&mut self, looked: Looked, failure: &Failure, cx: &mut Cx<'_>) {
        match self.handing.failed(failure, cx) {
            Setback::AsksAgain => self.under_way = Some(looked),
            // The same one is asked for again, under the same name.
            Setback::TryAgain(sentence) => {
                self.problem = Some(sentence);
                self.under_way = Some(looked);
                let (back, go) = (cx.session.tr("hand-in-stop"), cx.session.tr("hand-in-again"));
                self.look = LastLook::new(back, go, false, None);
            }
            Setback::Wrong(why) | Setback::Moved(why) | Setback::Gone(why) => {
                self.ends.push((looked.film, looked.title, End::Refused(why)));
                if !self.reread.waits() {
                    self.reread.ask(cx);
                }
                self.next(cx);
            }
        }
    }

    /// Whether the one under way could not be handed in and waits for a decision.
    fn stuck(&self) -> bool {
        self.step == Step::Work && !self.handing.busy() && self.problem.is_some()
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match (decision, self.step) {
            (Decision::Go, Step::Look) => self.begin(cx),
            (Decision::Go, Step::Work) => {
                self.problem = None;
                // The very same; one that was cancelled on its way begins anew.
                if !self.handing.send_again(cx) {
                    self.queue.extend(self.under_way.take());
                    self.next(cx);
                }
            }
            (Decision::Back, Step::Look) => (self.step, self.problem) = (Step::Choose, None),
            (Decision::Back, Step::Work) => {
                let problem = self.problem.take().unwrap_or_default();
                if let Some(looked) = self.under_way.take() {
                    self.ends.push((looked.film, looked.title, End::Refused(problem)));
                }
                // Perhaps it was cast: what became of it is read again.
                self.reread.ask(cx);
                self.desk.read_drafts(cx);
                self.end(cx);
            }
            (Decision::Miscounted, _) => self.problem = Some(self.look.demand(cx.session)),
            _ => {}
        }
    }

    /// Opens the ballot of the draft under the cursor.
    fn open(&mut self, cx: &mut Cx<'_>) {
        let lines = self.lines(cx.session);
        let Some(line) = lines.get(self.at) else { return };
        match &line.mine {
            Some(mine) => acts::reopen(&self.desk, mine, &self.route, cx),
            None => self.problem = Some(cx.session.tr("hand-in-gone")),
        }
    }

    fn copy(&mut self, cx: &mut Cx<'_>) {
        let lines = self.lines(cx.session);
        if let Some(line) = lines.get(self.at) {
            cx.copy(line.draft.comment.clone());
            cx.toast(Tone::Done, cx.session.tr("ballot-copied"));
        }
    }

    /// Throws the draft under the cursor away when it is asked for twice.
    fn drop_draft(&mut self, cx: &mut Cx<'_>) {
        let lines = self.lines(cx.session);
        let Some(line) = lines.get(self.at) else { return };
        if self.dropping.replace(line.film) != Some(line.film) {
            let key = key_of(cx.session, &[Context::Drafts], Action::Delete);
            self.problem = Some(cx.session.tr_with("hand-in-drop", &[("key", (&key).into())]));
            return;
        }
        self.desk.drop_draft(line.film, cx);
        self.move_to(self.at, cx.session);
    }

    fn count(&self, session: &Session) -> usize {
        if self.step == Step::Done { self.ends.len() } else { self.lines(session).len() }
    }

    fn move_to(&mut self, at: usize, session: &Session) {
        (self.problem, self.dropping) = (None, None);
        self.at = at.min(self.count(session).saturating_sub(1));
    }
}

impl Screen for HandIn {
    fn title(&self) -> &'static str {
        "hand-in-title"
    }

    fn contexts(&self) -> &'static [Context] {
        match self.step {
            Step::Look => &[Context::Dialog],
            Step::Work => &[Context::Dialog],
            Step::Choose | Step::Done => &[Context::Drafts],
        }
    }

    fn typing(&self) -> bool {
        self.step == Step::Look && self.look.typing()
    }

    fn idle(&self, action: Action) -> bool {
        let ticking =
            matches!(action, Action::Select | Action::SelectAll | Action::Review | Action::CopyText | Action::Delete);
        match self.step {
            Step::Done => ticking || action == Action::Open,
            Step::Work => action == Action::Accept && !self.stuck(),
            Step::Choose => action == Action::NextFilm,
            Step::Look => false,
        }
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        self.desk.save_all(cx);
        if fresh {
            self.handing.insist(cx);
            if !self.reread.waits() {
                self.reread.ask(cx);
            }
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Language | Action::Theme) {
            return false;
        }
        match (self.step, action) {
            (Step::Work, _) if self.stuck() => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
            (Step::Work, Action::Back | Action::Quit) => self.stopping = true,
            (Step::Work, _) => {}
            (Step::Look, Action::Quit) => return false,
            (Step::Look, _) => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
            (_, Action::Up) => self.move_to(self.at.saturating_sub(1), cx.session),
            (_, Action::Down) => self.move_to(self.at + 1, cx.session),
            (_, Action::PageUp) => self.move_to(self.at.saturating_sub(5), cx.session),
            (_, Action::PageDown) => self.move_to(self.at + 5, cx.session),
            (_, Action::First) => self.move_to(0, cx.session),
            (_, Action::Last) => self.move_to(usize::MAX, cx.session),
            (_, Action::Back) => cx.close(),
            (_, Action::NextFilm) => {
                if acts::go_on(&self.desk, &self.route, cx) {
                    cx.close();
                }
            }
            (Step::Choose, Action::Select) => self.tick(cx.session),
            (Step::Choose, Action::SelectAll) => self.tick_all(cx.session),
            (Step::Choose, Action::Review) => self.look_once_more(cx.session),
            (Step::Choose, Action::Open) => self.open(cx),
            (Step::Choose, Action::CopyText) => self.copy(cx),
            (Step::Choose, Action::Delete) => self.drop_draft(cx),
            _ => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        self.step == Step::Look && self.look.typed(key)
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::Press if self.step == Step::Look || self.stuck() => {
                let decision = self.look.click(mouse.column, mouse.row);
                self.decide(decision, cx);
            }
            MouseKind::WheelUp if self.step != Step::Look => {
                self.move_to(self.at.saturating_sub(1), cx.session);
            }
            MouseKind::WheelDown if self.step != Step::Look => self.move_to(self.at + 1, cx.session),
            _ => {}
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if !self.handing.ends(ticket) {
            return self.reread.take(ticket, result, &self.desk, &cx.session.festival.voting);
        }
        let Some(looked) = self.under_way.take() else { return };
        match result {
            Ok(answer) => {
                self.cast(looked, answer, cx.session);
                self.next(cx);
            }
            Err(failure) => self.failed(looked, &failure, cx),
        }
    }

    fn unsaved(&self) -> bool {
        self.step == Step::Work
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}

//! The ballots of one film: who said what and why, who has not, what does not count, and what staff can do about each.

use std::cell::RefCell;

use ratatui::layout::Rect;

use crate::api::film::FilmRow;
use crate::api::vote::{FilmVotes, SeatRow, VoteRow};
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::{UserId, VoteId};
use crate::screens::advance::Advance;
use crate::screens::jury::choose::ChooseJuror;
use crate::screens::list::{ListRow, Route};
use crate::screens::reasoned::Reasoned;
use crate::screens::steer::steer;
use crate::screens::{Canvas, Screen};
use crate::widgets::menu::{Menu, MenuItem};

use super::whole::Whole;
use super::{acts, lines};

/// One line: a ballot, or somebody without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A ballot.
    Vote(VoteId),
    /// A seat.
    Seat(UserId),
}

/// What is known of the film's votes, and the way through the films.
pub(super) struct State {
    pub(super) route: Route<FilmRow>,
    pub(super) voting: Option<Box<FilmVotes>>,
    pub(super) failed: Option<Failure>,
    /// Somebody else changed something since it was opened.
    pub(super) marked: bool,
}

impl State {
    /// Ballots with those of one juror beside each other, then who has none.
    pub(super) fn lines(&self) -> Vec<Line> {
        let Some(voting) = &self.voting else { return Vec::new() };
        let first = |juror: UserId| voting.votes.iter().position(|vote| vote.juror == juror);
        let mut votes: Vec<&VoteRow> = voting.votes.iter().collect();
        votes.sort_by_key(|vote| first(vote.juror));
        let silent = voting.jurors.iter().filter(|seat| first(seat.juror).is_none());
        let silent = silent.map(|seat| Line::Seat(seat.juror));
        votes.into_iter().map(|vote| Line::Vote(vote.vote)).chain(silent).collect()
    }

    pub(super) fn vote(&self, id: VoteId) -> Option<&VoteRow> {
        self.voting.as_ref()?.votes.iter().find(|vote| vote.vote == id)
    }

    pub(super) fn seat(&self, id: UserId) -> Option<&SeatRow> {
        self.voting.as_ref()?.jurors.iter().find(|seat| seat.juror == id)
    }

    /// The film, as new as it is known.
    pub(super) fn film(&self) -> Option<&FilmRow> {
        self.voting.as_ref().map(|voting| &voting.film).or_else(|| self.route.current())
    }
}

/// The page.
pub(crate) struct Ballots {
    state: State,
    asked: Option<Ticket>,
    menu: RefCell<Menu>,
    /// The lines of the menu: the cursor belongs to one of them, wherever it goes.
    lines: Vec<Line>,
}

impl Ballots {
    /// The page of the film that the route stands on.
    pub(crate) fn new(route: Route<FilmRow>) -> Self {
        let state = State { route, voting: None, failed: None, marked: false };
        Self { state, asked: None, menu: RefCell::default(), lines: Vec::new() }
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        if let Some(before) = self.asked.take() {
            cx.cancel(before);
        }
        let film = self.state.route.current().map(|row| row.id);
        self.asked = film.map(|film| cx.call(Request::Voting { film }));
    }

    fn walk(&mut self, by: isize, cx: &mut Cx<'_>) {
        if self.state.route.walk(by) {
            (self.state.voting, self.state.failed, self.state.marked) = (None, None, false);
            self.arrange();
            self.ask(cx);
        }
    }

    /// Puts the lines in order; the cursor stays on its own. What each says is put in when it is drawn.
    fn arrange(&mut self) {
        let (before, lines) = (self.current(), self.state.lines());
        let at = lines.iter().position(|line| Some(*line) == before);
        let menu = self.menu.get_mut();
        menu.set_items(vec![MenuItem::default(); lines.len()]);
        menu.move_by(at.and_then(|at| isize::try_from(at).ok()).unwrap_or_default());
        self.lines = lines;
    }

    fn current(&self) -> Option<Line> {
        self.menu.borrow().picked().and_then(|at| self.lines.get(at)).copied()
    }

    fn vote(&self) -> Option<&VoteRow> {
        match self.current()? {
            Line::Vote(id) => self.state.vote(id),
            Line::Seat(_) => None,
        }
    }

    /// The seat under the cursor, or that of the ballot's juror.
    fn seat(&self) -> Option<&SeatRow> {
        match self.current()? {
            Line::Vote(id) => self.state.seat(self.state.vote(id)?.juror),
            Line::Seat(id) => self.state.seat(id),
        }
    }

    /// The answer to somebody who cannot judge the film, or else the whole ballot.
    fn open(&self, cx: &mut Cx<'_>) {
        let Some(voting) = &self.state.voting else { return };
        let trail = self.state.route.trail();
        let settle = self.seat().and_then(|seat| acts::settle(seat.juror, voting, &trail, cx.session));
        match (settle, self.vote()) {
            (Some(settle), _) => cx.open(Box::new(settle)),
            (None, Some(vote)) => cx.open(Box::new(Whole::new(vote.clone()))),
            (None, None) => {}
        }
    }

    /// The change that an action stands for, or the id of why there is none.
    fn change(&self, action: Action, voting: &FilmVotes, session: &Session) -> Result<Reasoned, &'static str> {
        let trail = &self.state.route.trail();
        let vote = || self.vote().map(|vote| vote.vote).ok_or("voting-choose-a-vote");
        match action {
            Action::Delete => acts::delete(vote()?, voting, trail, session).ok_or("voting-choose-a-vote"),
            Action::ResetVote => acts::reset(vote()?, voting, trail, session).ok_or("rule-nothing-to-reset"),
            Action::AdmitVote => acts::admit(vote()?, voting, trail, session).ok_or("rule-not-late"),
            Action::OpenVotes if voting.hidden => Ok(acts::open_votes(voting.film.id, trail, session)),
            Action::OpenVotes => Err("votes-open-already"),
            Action::CloseRound => acts::close(voting, trail, session).ok_or(match voting.film.status {
                FilmStatus::Assigned | FilmStatus::ToDiscuss => "rule-round-closed",
                _ => "round-none",
            }),
            _ => acts::reopen(voting, trail, session).ok_or("rule-round-open"),
        }
    }

    /// Opens a closed round again, or round 1 for one juror.
    fn reopen(&self, voting: &FilmVotes, cx: &mut Cx<'_>) {
        let (film, status, trail) = (voting.film.id, voting.film.status, self.state.route.trail());
        let again = status == FilmStatus::Assigned && voting.jurors.iter().any(|seat| seat.reopened);
        if let Some(reopen) = acts::reopen(voting, &trail, cx.session) {
            return cx.open(Box::new(reopen));
        }
        if status != FilmStatus::ToDiscuss && !again {
            let id = if status == FilmStatus::Assigned { "rule-round-open" } else { "round-none" };
            return cx.toast(Tone::Info, cx.session.tr(id));
        }
        match self.seat().filter(|seat| seat.on_panel && !seat.voted) {
            Some(seat) => {
                let juror = (seat.juror, seat.name.as_str());
                cx.open(Box::new(acts::reopen_for(film, status, juror, &trail, cx.session)));
            }
            None => {
                let voted = voting.votes.iter().map(|vote| vote.juror).collect();
                let title = cx.session.tr("round-reopen-whom");
                cx.open(Box::new(ChooseJuror::new(title, Some(film), voted, move |juror, _, cx| {
                    let whom = (juror.juror, juror.name.as_str());
                    cx.open(Box::new(acts::reopen_for(film, status, whom, &trail, cx.session)));
                })));
            }
        }
    }
}

impl Screen for Ballots {
    fn title(&self) -> &'static str {
        "votes-detail-title"
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Ballots]
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.state.marked = false;
        self.ask(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Left => self.walk(-1, cx),
            Action::Right => self.walk(1, cx),
            Action::Open => self.open(cx),
            Action::Advance => {
                if let Some(film) = self.state.film() {
                    cx.open(Box::new(Advance::new(&[film], self.state.route.trail(), false)));
                }
            }
            Action::Delete
            | Action::ResetVote
            | Action::AdmitVote
            | Action::OpenVotes
            | Action::CloseRound
            | Action::ReopenRound => match &self.state.voting {
                None => {}
                Some(voting) if action == Action::ReopenRound => self.reopen(voting, cx),
                Some(voting) => match self.change(action, voting, cx.session) {
                    Ok(change) => cx.open(Box::new(change)),
                    Err(id) => cx.toast(Tone::Info, cx.session.tr(id)),
                },
            },
            _ => return steer(self.menu.get_mut(), action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        let menu = self.menu.get_mut();
        match mouse.kind {
            MouseKind::WheelUp => menu.move_by(-1),
            MouseKind::WheelDown => menu.move_by(1),
            MouseKind::Press => {
                let before = menu.picked();
                if menu.click(mouse.column, mouse.row) && menu.picked() == before {
                    self.open(cx);
                }
            }
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, _cx: &mut Cx<'_>) {
        if self.asked.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result.map(|answer| answer.reply) {
            Ok(Reply::Voting(voting)) => {
                (self.state.voting, self.state.failed) = (Some(voting), None);
                if self.lines != self.state.lines() {
                    self.arrange();
                }
            }
            Ok(_) => {}
            Err(failure) => self.state.failed = Some(failure),
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let key = self.state.route.current().map(ListRow::key);
        let about = |ids: &Vec<i32>| ids.iter().any(|id| Some(i64::from(*id)) == key);
        if changed.topic == Topic::Films && changed.ids.as_ref().is_none_or(about) {
            self.state.marked |= changed.ids.is_some() && !self.state.route.trail().is_own();
            self.ask(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(lines::WIDEST), ..area };
        let sheet = lines::head(&self.state, self.asked.is_some(), inner.width, session);
        sheet.draw(inner, 0, canvas);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(inner.height);
        let list = Rect { y: inner.y + above, height: inner.height - above, ..inner };
        let item = |line: &Line| lines::item(*line, &self.state, list.width, session);
        let mut menu = self.menu.borrow_mut();
        menu.renew(self.lines.iter().map(item).collect());
        menu.draw(list, canvas.buf, &session.theme);
    }
}

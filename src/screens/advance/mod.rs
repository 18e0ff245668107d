//! Moving films to another status: choose where to, say why, take one last look, and go. A single film or a selection.

mod outcome;
mod plan;
mod view;

use std::cell::{Cell, RefCell};

use ratatui::layout::{Position, Rect};

use crate::api::film::FilmRow;
use crate::api::outside::OutsideRow;
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::session::Session;
use crate::domain::film::{Ballots, FilmStatus, offers_reset};
use crate::domain::outside::What;
use crate::domain::text::filled;
use crate::domain::{Refusal, Rule};
use crate::widgets::edit::Edit;
use crate::widgets::text::TextBox;

use self::plan::{Offer, Subject, count_is_typed, offers};
use super::confirm::{Confirm, Outcome};
use super::last_look::{Decision, LastLook};
use super::list::Trail;
use super::typing;
use super::work::Work;
use super::{Canvas, Layer, Screen};

/// The longest rationale, in characters; `admin_comment` holds many of them.
const REASON_MAX: usize = 4_000;
/// How many films a result names.
const NAMED: usize = 3;

/// Where in the dialog one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Choosing where to.
    Target,
    /// Writing why, and what becomes of the ballots.
    Reason,
    /// Looking once more.
    Look,
}

/// The dialog.
pub(crate) struct Advance {
    films: Vec<Subject>,
    /// The list below.
    list: Trail,
    /// Whether the films are its selection.
    selected: bool,
    force: bool,
    offers: Vec<Offer>,
    at: Option<usize>,
    step: Step,
    reason: TextBox,
    private: bool,
    ballots: Option<Ballots>,
    /// The focus is on what becomes of the ballots, not on the text.
    on_ballots: bool,
    last_look: LastLook,
    moving: Option<Work>,
    /// A change without an answer: pressing the button once more asks for the very same.
    again: Option<Ticket>,
    problem: Option<String>,
    reading: Option<Ticket>,
    /// Asked for the names behind the second votes that are spent.
    asking: Option<Ticket>,
    spenders: Vec<String>,
    /// Asked for what the web site changed.
    watching: Option<Ticket>,
    /// The status that the web site wrote over another, with that one.
    outside: Option<(FilmStatus, FilmStatus)>,
    first_line: Cell<usize>,
    /// Where the targets were drawn.
    places: RefCell<Vec<(Rect, usize)>>,
}

impl Advance {
    /// The dialog for these films; there is at least one. `list`: the list below, `selected`: they are its selection.
    pub(crate) fn new(films: &[&FilmRow], list: Trail, selected: bool) -> Self {
        let films: Vec<Subject> = films.iter().map(|row| Subject::from(*row)).collect();
        let mut dialog = Self {
            films,
            list,
            selected,
            force: false,
            offers: Vec::new(),
            at: None,
            step: Step::Target,
            reason: TextBox::new(REASON_MAX),
            private: false,
            ballots: None,
            on_ballots: false,
            last_look: LastLook::default(),
            moving: None,
            again: None,
            problem: None,
            reading: None,
            asking: None,
            spenders: Vec::new(),
            watching: None,
            outside: None,
            first_line: Cell::new(0),
            places: RefCell::default(),
        };
        dialog.offer(None);
        dialog
    }

    /// Works out what can be offered; keeps a choice that is still there, else takes the first, never `refused`.
    fn offer(&mut self, keep: Option<FilmStatus>) {
        self.offers = offers(&self.films, self.force);
        let kept = keep.and_then(|to| self.offers.iter().position(|offer| offer.to == to));
        let first = self.offers.first().filter(|offer| !offer.harmful()).map(|_| 0);
        self.at = kept.or(first);
        self.first_line.set(0);
    }

    fn chosen(&self) -> Option<&Offer> {
        self.at.and_then(|at| self.offers.get(at))
    }

    /// What can be said about ballots for the chosen step, in order; empty where there is no question.
    fn ballot_choices(&self) -> &'static [Option<Ballots>] {
        match self.chosen() {
            Some(offer) if offer.asks_about_ballots(&self.films) > 0 => &[Some(Ballots::Keep), Some(Ballots::Strike)],
            Some(offer) if offer.spent(&self.films) > 0 => &[None, Some(Ballots::Reset)],
            _ => &[],
        }
    }

    fn wants_reason(&self) -> bool {
        self.chosen().is_some_and(|offer| offer.wants_reason(&self.films))
    }

    fn choose(&mut self, by: isize) {
        let last = self.offers.len().saturating_sub(1);
        self.at = match self.at {
            None if self.offers.is_empty() => None,
            None => Some(if by > 0 { 0 } else { last }),
            Some(at) => Some(at.saturating_add_signed(by).min(last)),
        };
    }

    fn ask_why(&mut self, cx: &mut Cx<'_>) {
        let choices = self.ballot_choices();
        if !choices.contains(&self.ballots) {
            self.ballots = choices.first().copied().flatten();
        }
        let Some(offer) = self.chosen() else { return };
        let one = match self.films.as_slice() {
            [film] if offers_reset(&film.facts, offer.to) => Some(film.id),
            _ => None,
        };
        if let Some(film) = one {
            self.asking = Some(cx.call(Request::Votes { film: Some(film) }));
        }
        self.step = Step::Reason;
        self.on_ballots = false;
        self.problem = None;
        self.again = None;
    }

    fn look_once_more(&mut self, session: &Session) {
        if self.wants_reason() && filled(Some(&self.reason.text())).is_none() {
            self.problem = Some(session.lang.refusal(&Refusal::new(Rule::ReasonNeeded)));
            self.on_ballots = false;
            return;
        }
        let Some(offer) = self.chosen() else { return };
        let (go, back) = (session.tr("advance-button-move"), session.tr("advance-button-back"));
        let harmful = offer.harmful() || self.ballots == Some(Ballots::Strike);
        let count = count_is_typed(&self.films, offer).then_some(offer.can.len());
        self.last_look = LastLook::new(back, go, harmful, count);
        self.problem = None;
        self.step = Step::Look;
    }

    fn go(&mut self, cx: &mut Cx<'_>) {
        let Some(offer) = self.chosen() else { return };
        let written = self.reason.text();
        let reason = filled(Some(&written)).map(str::to_owned);
        let (to, force, ballots, private) = (offer.to, offer.forced > 0, self.ballots, self.private);
        let request = match self.films.as_slice() {
            [film] => {
                let seen = Some(film.facts.status);
                Request::SetStatus { film: film.id, to, reason, force, ballots, private, seen }
            }
            films => {
                let films = offer.movers(films).map(|film| film.id).collect();
                Request::SetStatuses { films, to, reason, force, ballots, private }
            }
        };
        let ticket = match self.again.take() {
            Some(ticket) => cx.call_again(ticket, request),
            None => cx.call(request),
        };
        self.list.acting(true);
        self.moving = Some(Work::new(ticket, self.films.len() > 1));
        self.problem = None;
    }

    fn act_on_target(&mut self, action: Action, cx: &mut Cx<'_>) {
        match action {
            Action::Up => self.choose(-1),
            Action::Down => self.choose(1),
            Action::First | Action::PageUp => self.choose(isize::MIN),
            Action::Last | Action::PageDown => self.choose(isize::MAX),
            Action::Accept if self.reading.is_none() && self.chosen().is_some() => self.ask_why(cx),
            Action::Force => {
                self.force = !self.force;
                self.offer(None);
            }
            Action::Back if self.unsaved() => {
                let discard = Confirm::discard(cx.session, "advance-discard", Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            Action::Back => cx.close(),
            _ => {}
        }
    }

    fn act_on_reason(&mut self, action: Action, cx: &mut Cx<'_>) {
        let choices = self.ballot_choices();
        match action {
            Action::Back => self.step = Step::Target,
            Action::Review => self.look_once_more(cx.session),
            Action::NextField | Action::PreviousField if !choices.is_empty() => self.on_ballots = !self.on_ballots,
            Action::Accept if self.on_ballots => self.look_once_more(cx.session),
            Action::Up | Action::Down if self.on_ballots => {
                let at = choices.iter().position(|choice| *choice == self.ballots).unwrap_or(0);
                let next = if action == Action::Up { at.saturating_sub(1) } else { at + 1 };
                self.ballots = choices.get(next).copied().unwrap_or(self.ballots);
            }
            Action::Accept => _ = self.reason.edit(Edit::Newline),
            Action::Up => _ = self.reason.edit(Edit::Up),
            Action::Down => _ = self.reason.edit(Edit::Down),
            Action::KeepPrivate => self.private = !self.private,
            _ => {}
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.go(cx),
            Decision::Back => self.back_ask_why(),
            Decision::Miscounted => self.problem = Some(self.last_look.demand(cx.session)),
            Decision::Open => {}
        }
    }

    fn back_ask_why(&mut self) {
        self.step = Step::Reason;
        self.problem = None;
        self.again = None;
    }
}

/// The status that the web site changed, and to what.
fn outside_status(marks: &[OutsideRow]) -> Option<(FilmStatus, FilmStatus)> {
    let mark = marks.iter().find(|mark| mark.what == What::Status)?;
    let status = |value: &Option<String>| FilmStatus::from_sql(value.as_deref().unwrap_or_default());
    Some((status(&mark.before), status(&mark.after)))
}

impl Screen for Advance {
    fn title(&self) -> &'static str {
        "advance-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        match self.step {
            Step::Target => &[Context::Advance, Context::Menu],
            Step::Reason => &[Context::Rationale],
            Step::Look => &[Context::Dialog],
        }
    }

    fn typing(&self) -> bool {
        match self.step {
            Step::Target => false,
            Step::Reason => !self.on_ballots,
            Step::Look => self.last_look.typing() && self.moving.is_none(),
        }
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        if let [Subject { id, outside: true, .. }] = self.films.as_slice() {
            self.watching = Some(cx.call(Request::Outside { film: Some(*id) }));
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Language | Action::Theme | Action::Quit) {
            return false;
        }
        match self.step {
            _ if self.moving.is_some() => {
                if let Some(work) = self.moving.as_mut().filter(|_| action == Action::Back) {
                    work.stop(cx);
                }
            }
            Step::Target => self.act_on_target(action, cx),
            Step::Reason => self.act_on_reason(action, cx),
            Step::Look => {
                let decision = self.last_look.act(action);
                self.decide(decision, cx);
            }
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        match self.step {
            _ if self.moving.is_some() => false,
            Step::Reason if !self.on_ballots => typing::step(key).is_some_and(|edit| self.reason.edit(edit)),
            Step::Look => self.last_look.typed(key),
            _ => false,
        }
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.step == Step::Reason {
            self.on_ballots = false;
            self.reason.paste(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind != MouseKind::Press || self.moving.is_some() {
            return;
        }
        let at = Position { x: mouse.column, y: mouse.row };
        match self.step {
            Step::Target => {
                let hit = self.places.borrow().iter().find(|(place, _)| place.contains(at)).map(|(_, offer)| *offer);
                match hit {
                    Some(offer) if self.at == Some(offer) => self.act_on_target(Action::Accept, cx),
                    Some(offer) => self.at = Some(offer),
                    None => {}
                }
            }
            Step::Reason => {}
            Step::Look => {
                let decision = self.last_look.click(mouse.column, mouse.row);
                self.decide(decision, cx);
            }
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, _cx: &mut Cx<'_>) {
        if let Some(work) = &mut self.moving {
            work.progress(ticket, &progress);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.moving.take_if(|work| work.is(ticket)).is_some() {
            match result {
                Ok(answer) => match &answer.reply {
                    Reply::FilmRow(row) => self.moved_one(row, &answer, cx),
                    Reply::Moved(moved) => self.moved_many(moved, &answer, cx),
                    _ => self.leave(cx),
                },
                Err(failure) => self.failed(ticket, &failure, cx),
            }
        } else if self.reading.take_if(|asked| *asked == ticket).is_some() {
            if let Ok(Answer { reply: Reply::Film(film), .. }) = result {
                self.reread(&film.row);
            }
        } else if self.watching.take_if(|asked| *asked == ticket).is_some() {
            if let Ok(Answer { reply: Reply::Outside(marks), .. }) = result {
                self.outside = outside_status(&marks);
            }
        } else if self.asking.take_if(|asked| *asked == ticket).is_some()
            && let Ok(Answer { reply: Reply::Votes(votes), .. }) = result
        {
            self.take_votes(&votes);
        }
    }

    fn unsaved(&self) -> bool {
        self.moving.is_some() || filled(Some(&self.reason.text())).is_some()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}

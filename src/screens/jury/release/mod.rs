//! Releasing a juror from all their films: what becomes of their votes, who takes their place, a preview, then the work.

mod view;

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::jury::JurorRow;
use crate::api::vote::{ReleaseStep, Released};
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::UserId;
use crate::domain::text::{fold, inert};
use crate::screens::last_look::{Decision, LastLook, MANY};
use crate::screens::list::Trail;
use crate::screens::steer::{scrolled, steer};
use crate::screens::work::Work;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::input::Input;
use crate::widgets::keyvalue::Scroll;
use crate::widgets::menu::Menu;

/// Longest reason in characters.
const REASON_MAX: usize = 1_000;

/// Where in the dialog one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Whether the votes stay.
    Votes,
    /// Who takes the place of the juror.
    Replace,
    /// Why; on the last look.
    Reason,
    /// The last look.
    Look,
    /// What could not be done, and why.
    Done,
}

/// The dialog.
pub(crate) struct Release {
    juror: JurorRow,
    /// Everybody else who may vote.
    others: Vec<JurorRow>,
    trail: Trail,
    step: Step,
    votes: Menu,
    /// Those who take the juror's place.
    on: BTreeSet<UserId>,
    input: Input,
    menu: Menu,
    /// Who the menu shows, as positions.
    shown: Vec<usize>,
    previewing: Option<Ticket>,
    preview: Option<Vec<ReleaseStep>>,
    reason: Input,
    look: LastLook,
    work: Option<Work>,
    /// Asked for with this reason, and nobody knows whether it was done.
    again: Option<(Ticket, Option<String>)>,
    released: Option<Released>,
    problem: Option<String>,
    /// How far the films are scrolled.
    scroll: Scroll,
}

impl Release {
    /// The dialog for a juror among all of them.
    pub(crate) fn new(juror: &JurorRow, all: &[JurorRow], trail: Trail, session: &Session) -> Self {
        let others = all.iter().filter(|other| other.juror != juror.juror && other.enabled).cloned().collect();
        let mut dialog = Self {
            juror: juror.clone(),
            others,
            trail,
            step: Step::Votes,
            votes: view::votes(session),
            on: BTreeSet::new(),
            input: Input::new().with_max(80).with_placeholder(session.tr("palette-prompt")),
            menu: Menu::default(),
            shown: Vec::new(),
            previewing: None,
            preview: None,
            reason: Input::new().with_max(REASON_MAX),
            look: LastLook::default(),
            work: None,
            again: None,
            released: None,
            problem: None,
            scroll: Scroll::default(),
        };
        dialog.filter(session);
        dialog
    }

    /// Whether the votes stay.
    fn kept(&self) -> bool {
        self.votes.picked() != Some(1)
    }

    fn filter(&mut self, session: &Session) {
        let typed = fold(self.input.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let has = |at: &usize| {
            let name = fold(&self.others[*at].name);
            words.iter().all(|word| name.contains(word))
        };
        let shown: Vec<usize> = (0..self.others.len()).filter(has).collect();
        let item = |at: &usize| view::other(&self.others[*at], self.on.contains(&self.others[*at].juror), session);
        let items = shown.iter().map(item).collect();
        if shown == self.shown {
            self.menu.renew(items);
        } else {
            self.menu.set_items(items);
        }
        self.shown = shown;
    }

    fn turn(&mut self, session: &Session) {
        let picked = self.menu.picked().and_then(|at| self.shown.get(at)).and_then(|at| self.others.get(*at));
        if let Some(id) = picked.map(|one| one.juror) {
            if !self.on.remove(&id) {
                self.on.insert(id);
            }
            self.filter(session);
        }
    }

    /// Asks what the release would do.
    fn look_at_it(&mut self, cx: &mut Cx<'_>) {
        let replacements = self.on.iter().copied().collect();
        let request = Request::PreviewRelease { juror: self.juror.juror, kept: self.kept(), replacements };
        (self.preview, self.problem, self.again) = (None, None, None);
        self.previewing = Some(cx.call(request));
        let needed = if self.kept() { "reasoned-optional" } else { "reasoned-needed" };
        let before = self.reason.text().to_owned();
        self.reason = Input::new().with_max(REASON_MAX).with_placeholder(cx.session.tr(needed));
        self.reason.set(&before);
        self.step = Step::Reason;
    }

    fn previewed(&mut self, steps: Vec<ReleaseStep>, session: &Session) {
        let count = (steps.len() > MANY).then_some(steps.len());
        let (back, go) = (session.tr("advance-button-back"), session.tr("release-button"));
        self.look = LastLook::new(back, go, true, count);
        self.preview = Some(steps);
        self.scroll.home();
    }

    fn why(&self) -> Option<String> {
        Some(self.reason.text().trim().to_owned()).filter(|reason| !reason.is_empty())
    }

    fn go(&mut self, cx: &mut Cx<'_>) {
        let reason = self.why();
        if !self.kept() && reason.is_none() {
            self.problem = Some(cx.session.tr("reasoned-missing"));
            self.step = Step::Reason;
            return;
        }
        let replacements = self.on.iter().copied().collect();
        // With another reason it is another change.
        let again = self.again.take().filter(|(_, before)| *before == reason);
        let request = Request::ReleaseJuror { juror: self.juror.juror, kept: self.kept(), replacements, reason };
        self.trail.acting(true);
        let ticket = match again {
            Some((ticket, _)) => cx.call_again(ticket, request),
            None => cx.call(request),
        };
        self.work = Some(Work::new(ticket, true));
        self.problem = None;
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.go(cx),
            Decision::Back => self.back(cx),
            Decision::Miscounted => self.problem = Some(self.look.demand(cx.session)),
            Decision::Open => {}
        }
    }

    /// One step back.
    fn back(&mut self, cx: &mut Cx<'_>) {
        if let Some(before) = self.previewing.take() {
            cx.cancel(before);
        }
        (self.problem, self.again) = (None, None);
        match self.step {
            Step::Votes | Step::Done => cx.close(),
            Step::Replace => self.step = Step::Votes,
            Step::Reason | Step::Look => self.step = Step::Replace,
        }
    }

    fn done(&mut self, released: &Released, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let name = inert(&self.juror.name).into_owned();
        let args = [("name", (&name).into()), ("count", released.done.len().into())];
        let id = if released.cancelled { "release-stopped" } else { "release-done" };
        cx.done(session.tr_with(id, &args), answer.operation);
        if released.refused.is_empty() {
            cx.close();
        } else {
            self.released = Some(released.clone());
            self.scroll.home();
            self.step = Step::Done;
        }
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, cx: &mut Cx<'_>) {
        self.trail.acting(false);
        self.problem = Some(sentence::failure(&cx.session.lang, failure));
        if let Failure::Unavailable(trouble) = failure {
            self.again = (trouble.why != Trouble::Cancelled).then(|| (ticket, self.why()));
            self.step = Step::Look;
            self.look.ready();
        }
    }

    fn act_on_look(&mut self, action: Action, cx: &mut Cx<'_>) {
        match (self.step, action) {
            (_, Action::Back) => self.back(cx),
            (Step::Reason, Action::NextField | Action::Down | Action::Accept | Action::Save) => {
                self.step = if self.preview.is_some() { Step::Look } else { self.step };
            }
            (Step::Look, Action::PreviousField) if !self.look.typing() && self.look.at_first() => {
                self.step = Step::Reason;
            }
            (Step::Look, _) if scrolled(&self.scroll, action) => {}
            (Step::Look, _) => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
            _ => {}
        }
    }
}

impl Screen for Release {
    fn title(&self) -> &'static str {
        "release-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        match self.step {
            _ if self.work.is_some() => &[Context::Dialog],
            Step::Votes => &[Context::Menu],
            Step::Replace => &[Context::Ticking, Context::Menu],
            Step::Reason => &[Context::Form],
            Step::Look | Step::Done => &[Context::Dialog, Context::Menu],
        }
    }

    fn typing(&self) -> bool {
        match self.step {
            _ if self.work.is_some() => false,
            Step::Replace | Step::Reason => true,
            Step::Look => self.look.typing(),
            Step::Votes | Step::Done => false,
        }
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Quit) {
            return false;
        }
        if let Some(work) = &mut self.work {
            if action == Action::Back {
                work.stop(cx);
            }
            return true;
        }
        match (self.step, action) {
            (Step::Votes, Action::Accept) => self.step = Step::Replace,
            (Step::Votes | Step::Replace, Action::Back) => self.back(cx),
            (Step::Votes, _) => return steer(&mut self.votes, action),
            (Step::Replace, Action::Accept) => self.turn(cx.session),
            (Step::Replace, Action::Save) => self.look_at_it(cx),
            (Step::Replace, _) => return steer(&mut self.menu, action),
            (Step::Reason | Step::Look, _) => self.act_on_look(action, cx),
            (Step::Done, Action::Back | Action::Accept) => cx.close(),
            (Step::Done, _) => return scrolled(&self.scroll, action),
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        match self.step {
            _ if self.work.is_some() => true,
            Step::Replace if key.typed() == Some(' ') && self.input.is_empty() => {
                self.turn(cx.session);
                true
            }
            Step::Replace => {
                let edits = typing::edit(&mut self.input, key);
                self.filter(cx.session);
                edits
            }
            Step::Reason => typing::edit(&mut self.reason, key),
            Step::Look => self.look.typed(key),
            Step::Votes | Step::Done => false,
        }
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        match self.step {
            Step::Replace => {
                self.input.paste(text);
                self.filter(cx.session);
            }
            Step::Reason if self.work.is_none() => _ = self.reason.paste(text),
            _ => {}
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        let scrolls = match mouse.kind {
            MouseKind::WheelUp => self.scroll.by(-3),
            MouseKind::WheelDown => self.scroll.by(3),
            MouseKind::Press => false,
        };
        if scrolls || mouse.kind != MouseKind::Press || self.work.is_some() {
            return;
        }
        let (x, y) = (mouse.column, mouse.row);
        match self.step {
            Step::Votes if self.votes.click(x, y) => self.step = Step::Replace,
            Step::Replace if self.menu.click(x, y) => self.turn(cx.session),
            Step::Reason | Step::Look if self.preview.is_some() => {
                let decision = self.look.click(x, y);
                self.decide(decision, cx);
            }
            _ => {}
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, _cx: &mut Cx<'_>) {
        if let Some(work) = &mut self.work {
            work.progress(ticket, &progress);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.previewing.take_if(|asked| *asked == ticket).is_some() {
            match result.map(|answer| answer.reply) {
                Ok(Reply::ReleasePlan(steps)) => self.previewed(steps, cx.session),
                Ok(_) => {}
                Err(failure) => {
                    self.problem = Some(sentence::failure(&cx.session.lang, &failure));
                    self.step = Step::Replace;
                }
            }
        } else if self.work.take_if(|work| work.is(ticket)).is_some() {
            match result {
                Ok(answer) => match &answer.reply {
                    Reply::Released(released) => self.done(released, &answer, cx),
                    _ => cx.close(),
                },
                Err(failure) => self.failed(ticket, &failure, cx),
            }
        }
    }

    fn unsaved(&self) -> bool {
        self.work.is_some() || !self.reason.text().trim().is_empty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}

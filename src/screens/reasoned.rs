//! A change that says why: what follows from it, a reason, two buttons; and other ways to go where it is refused.

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::vote::FilmVotes;
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::{FilmId, Rule};
use crate::widgets::input::Input;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{Pen, row};
use crate::widgets::wrap::wrapped;

use super::confirm::{Confirm, Outcome};
use super::last_look::{Decision, LastLook};
use super::list::Trail;
use super::meanwhile::meanwhile;
use super::panel::panel;
use super::sheet::Sheet;
use super::steer::steer;
use super::{Canvas, Layer, Screen, typing};

/// How wide the dialog gets.
const WIDE: u16 = 76;
/// What its frame takes of that.
const FRAME: u16 = 4;
/// What stands left of a choice's sentence, and right of it.
const INDENT: u16 = 6;
/// Longest reason in characters.
const REASON_MAX: usize = 1_000;

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Something to know.
    Plain,
    /// Something that speaks for it.
    Good,
    /// Something to think of.
    Warning,
    /// Said in passing.
    Quiet,
}

/// What was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    /// Which of the choices, from 0.
    pub(crate) choice: usize,
    /// The reason; `None` where there is none.
    pub(crate) reason: Option<String>,
}

impl Given {
    /// The reason, for changes that need one.
    pub(crate) fn why(&self) -> String {
        self.reason.clone().unwrap_or_default()
    }
}

/// What is said when something is done.
pub(crate) type Done = Box<dyn Fn(&Reply, &Session) -> String + Send>;

/// What opens after something is done.
pub(crate) type Then = Box<dyn FnOnce(&Given, &Session) -> Reasoned + Send>;

/// The same for the film as it is now; `None` where nothing is left to do.
pub(crate) type Renew = Box<dyn Fn(&FilmVotes, &Session) -> Option<Plan> + Send>;

/// Another way to go where the change is refused.
pub(crate) struct Way {
    /// What it is called, and what follows from it.
    pub(crate) label: (String, String),
    /// What is asked instead.
    pub(crate) request: Box<dyn Fn(&Given) -> Request + Send>,
    /// What is said when that is done.
    pub(crate) done: Done,
    /// What opens then.
    pub(crate) then: Option<Then>,
}

/// What the dialog is about.
pub(crate) struct Plan {
    /// Its heading.
    pub(crate) heading: String,
    /// What is to be known before.
    pub(crate) says: Vec<(Weight, String)>,
    /// What is to be chosen, if anything: what each is called and what follows from it.
    pub(crate) choices: Vec<(String, String)>,
    /// Whether it needs a reason.
    pub(crate) needs_reason: bool,
    /// The button's label, and whether it is a harmful one.
    pub(crate) button: (String, bool),
    /// What is asked.
    pub(crate) request: Box<dyn Fn(&Given) -> Request + Send>,
    /// What is said when it is done.
    pub(crate) done: Done,
    /// Where to go instead when a rule refuses it, and which one.
    pub(crate) ways: Option<(Rule, Vec<Way>)>,
}

/// What has the keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Choices,
    Reason,
    Look,
    Ways,
}

/// The dialog.
pub(crate) struct Reasoned {
    plan: Plan,
    trail: Trail,
    choices: Menu,
    ways: Menu,
    reason: Input,
    focus: Focus,
    look: LastLook,
    /// Under way.
    work: Option<Asked>,
    /// Asked for, and nobody knows whether it was done.
    lost: Option<Asked>,
    /// The film that it is about, and what it is about once that has changed.
    renew: Option<(FilmId, Renew)>,
    /// Reading the film again.
    reading: Option<Ticket>,
    /// What is below shows the film as it was.
    stale: bool,
    problem: Option<String>,
}

/// What was asked for, with everything that it was made of.
#[derive(Clone)]
struct Asked {
    ticket: Ticket,
    given: Given,
    /// Which of the other ways it is.
    way: Option<usize>,
    request: Request,
}

fn menu(lines: &[(String, String)], session: &Session) -> Menu {
    let room = usize::from(session.size.0.min(WIDE).saturating_sub(FRAME + INDENT).max(1));
    let item = |(label, about): &(String, String)| {
        wrapped(about, room).fold(MenuItem::new(label.as_str()), |item, line| item.detail(line))
    };
    Menu::new(lines.iter().map(item).collect())
}

impl Reasoned {
    /// The dialog; what it changes is the doing of whoever has the list of this trail.
    pub(crate) fn new(plan: Plan, trail: Trail, session: &Session) -> Self {
        let placeholder = if plan.needs_reason { "reasoned-needed" } else { "reasoned-optional" };
        let (label, harmful) = plan.button.clone();
        Self {
            choices: menu(&plan.choices, session),
            ways: Menu::default(),
            reason: Input::new().with_max(REASON_MAX).with_placeholder(session.tr(placeholder)),
            focus: if plan.choices.is_empty() { Focus::Reason } else { Focus::Choices },
            look: LastLook::new(session.tr("confirm-cancel"), label, harmful, None),
            plan,
            trail,
            work: None,
            lost: None,
            renew: None,
            reading: None,
            stale: false,
            problem: None,
        }
    }

    /// The same that is made anew where somebody else changed the film meanwhile.
    pub(crate) fn renewing(mut self, film: FilmId, renew: Renew) -> Self {
        self.renew = Some((film, renew));
        self
    }

    /// The same with a reason that was given before.
    pub(crate) fn because(mut self, reason: Option<&str>) -> Self {
        self.reason.set(reason.unwrap_or_default());
        self
    }

    fn given(&self) -> Given {
        let reason = Some(self.reason.text().trim().to_owned()).filter(|reason| !reason.is_empty());
        Given { choice: self.choices.picked().unwrap_or(0), reason }
    }

    fn step(&mut self, forward: bool) {
        let before = |focus| match focus {
            Focus::Look => Focus::Reason,
            Focus::Reason if !self.plan.choices.is_empty() => Focus::Choices,
            focus => focus,
        };
        self.focus = match (self.focus, forward) {
            (Focus::Choices, true) => Focus::Reason,
            (Focus::Reason, true) => Focus::Look,
            (focus, true) => focus,
            (focus, false) => before(focus),
        };
    }

    /// Goes straight to the buttons, if nothing is missing; where nothing is lost, on the one that does it.
    fn look_at(&mut self, cx: &Cx<'_>) {
        self.problem = None;
        if self.plan.needs_reason && self.given().reason.is_none() {
            self.problem = Some(cx.session.tr("reasoned-missing"));
            self.focus = Focus::Reason;
        } else {
            self.focus = Focus::Look;
            if !self.plan.button.1 {
                self.look.ready();
            }
        }
    }

    fn go(&mut self, way: Option<usize>, cx: &mut Cx<'_>) {
        if self.reading.is_some() {
            return;
        }
        let given = self.given();
        if self.plan.needs_reason && given.reason.is_none() {
            self.problem = Some(cx.session.tr("reasoned-missing"));
            self.focus = Focus::Reason;
            return;
        }
        // What is not known to be done is asked for once more only as it was: anything else is another change.
        let again = self.lost.take().filter(|lost| lost.given == given && lost.way == way);
        let asked = match again {
            Some(lost) => Asked { ticket: cx.call_again(lost.ticket, lost.request.clone()), ..lost },
            None => {
                let ways = self.plan.ways.as_ref().map_or(&[][..], |(_, ways)| ways);
                let request = match way.and_then(|at| ways.get(at)) {
                    Some(way) => (way.request)(&given),
                    None => (self.plan.request)(&given),
                };
                Asked { ticket: cx.call(request.clone()), given, way, request }
            }
        };
        self.trail.acting(true);
        self.problem = None;
        self.work = Some(asked);
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.go(None, cx),
            Decision::Back => self.leave(cx),
            Decision::Miscounted | Decision::Open => {}
        }
    }

    fn leave(&mut self, cx: &mut Cx<'_>) {
        if self.unsaved() {
            let discard = Confirm::discard(cx.session, "reasoned-unsaved", Outcome::Close(cx.key()));
            cx.open(Box::new(discard));
        } else {
            self.close(cx);
        }
    }

    /// Closes it; what is below is read again where it is not what it shows.
    fn close(&self, cx: &mut Cx<'_>) {
        if self.stale {
            cx.act_later(Action::Refresh);
        }
        cx.close();
    }

    fn done(&mut self, asked: &Asked, answer: &Answer, cx: &mut Cx<'_>) {
        let way = self.plan.ways.as_mut().zip(asked.way).and_then(|((_, ways), at)| ways.get_mut(at));
        let done = way.as_ref().map_or(&self.plan.done, |way| &way.done);
        cx.done(done(&answer.reply, cx.session), answer.operation);
        if let Some(then) = way.and_then(|way| way.then.take()) {
            cx.open(Box::new(then(&asked.given, cx.session)));
        }
        cx.close();
    }

    fn failed(&mut self, asked: Asked, failure: &Failure, cx: &mut Cx<'_>) {
        self.trail.acting(false);
        let session = cx.session;
        self.problem = Some(sentence::failure(&session.lang, failure));
        match (failure, &self.plan.ways) {
            (Failure::Conflict(changes), _) => {
                self.problem = Some(meanwhile(session, changes));
                (self.focus, self.stale) = (Focus::Look, true);
                let film = self.renew.as_ref().map(|(film, _)| *film);
                self.reading = film.map(|film| cx.call(Request::Voting { film }));
            }
            (Failure::Rule(refusal), Some((rule, ways))) if refusal.rule == *rule => {
                let lines: Vec<_> = ways.iter().map(|way| way.label.clone()).collect();
                self.ways = menu(&lines, session);
                self.focus = Focus::Ways;
            }
            (Failure::Rule(refusal), _) if refusal.rule == Rule::FilmGone => self.give_up(cx),
            (Failure::NotFound { .. }, _) => self.give_up(cx),
            (Failure::Unavailable(trouble), _) => {
                self.lost = (trouble.why != Trouble::Cancelled).then_some(asked);
                self.look.ready();
            }
            _ => {}
        }
    }

    /// Nothing is left to do here: the last sentence stays.
    fn give_up(&mut self, cx: &mut Cx<'_>) {
        cx.toast(Tone::Problem, self.problem.take().unwrap_or_default());
        self.stale = true;
        self.close(cx);
    }

    /// The film as it is now, after somebody else changed it: what was typed is kept, and it is decided anew.
    fn renewed(&mut self, film: &FilmVotes, cx: &mut Cx<'_>) {
        let Some(plan) = self.renew.as_ref().and_then(|(_, renew)| renew(film, cx.session)) else {
            return self.give_up(cx);
        };
        let picked = Some(self.choices.picked().unwrap_or(0)).filter(|_| plan.choices == self.plan.choices);
        self.choices = menu(&plan.choices, cx.session);
        match picked {
            Some(at) => self.choices.move_by(isize::try_from(at).unwrap_or_default()),
            None => self.focus = Focus::Choices,
        }
        let (label, harmful) = plan.button.clone();
        self.look = LastLook::new(cx.session.tr("confirm-cancel"), label, harmful, None).wary();
        self.plan = plan;
    }

    fn sheet(&self, width: u16, session: &Session) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        if self.focus == Focus::Ways {
            return sheet;
        }
        for (weight, text) in &self.plan.says {
            let (sign, style) = match weight {
                Weight::Plain => (None, theme.text),
                Weight::Quiet => (None, theme.dim),
                Weight::Good => (Some((theme.ok, theme.signs.check.to_owned())), theme.text),
                Weight::Warning => (Some((theme.warning, theme.signs.warning.to_owned())), theme.text),
            };
            sheet.signed(0, sign, style, text);
        }
        sheet.gap();
        sheet
    }
}

impl Screen for Reasoned {
    fn title(&self) -> &'static str {
        "reasoned-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        match self.focus {
            _ if self.work.is_some() => &[Context::Dialog],
            Focus::Choices | Focus::Reason => &[Context::Form],
            Focus::Ways => &[Context::Menu],
            Focus::Look => &[Context::Dialog],
        }
    }

    fn typing(&self) -> bool {
        self.work.is_none() && self.focus == Focus::Reason
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match (self.focus, action) {
            (_, Action::Help | Action::Repaint | Action::Quit) => return false,
            _ if self.work.is_some() => {}
            (Focus::Ways, Action::Back) => (self.focus, self.problem) = (Focus::Look, None),
            (Focus::Ways, Action::Accept) => self.go(self.ways.picked(), cx),
            (Focus::Ways, _) => return steer(&mut self.ways, action),
            (_, Action::Back) => self.leave(cx),
            (Focus::Choices, Action::Up | Action::Down) => _ = steer(&mut self.choices, action),
            (Focus::Choices | Focus::Reason, Action::Save) => self.look_at(cx),
            (Focus::Choices, Action::NextField | Action::Accept) => self.step(true),
            (Focus::Reason, Action::NextField | Action::Down | Action::Accept) => self.step(true),
            (Focus::Choices | Focus::Reason, Action::PreviousField | Action::Up) => self.step(false),
            (Focus::Look, Action::PreviousField) if self.look.at_first() => self.step(false),
            (Focus::Look, _) => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
            _ => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        self.work.is_some() || self.focus == Focus::Reason && typing::edit(&mut self.reason, key)
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.typing() {
            self.reason.paste(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind != MouseKind::Press || self.work.is_some() {
            return;
        }
        let (x, y) = (mouse.column, mouse.row);
        if self.focus == Focus::Ways {
            if self.ways.click(x, y) {
                self.go(self.ways.picked(), cx);
            }
        } else if self.choices.click(x, y) {
            self.focus = Focus::Choices;
        } else {
            let decision = self.look.click(x, y);
            self.decide(decision, cx);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if let Some(asked) = self.work.take_if(|asked| asked.ticket == ticket) {
            match result {
                Ok(answer) => self.done(&asked, &answer, cx),
                Err(failure) => self.failed(asked, &failure, cx),
            }
        } else if self.reading.take_if(|asked| *asked == ticket).is_some()
            && let Ok(Answer { reply: Reply::Voting(film), .. }) = result
        {
            self.renewed(&film, cx);
        }
    }

    fn unsaved(&self) -> bool {
        self.work.is_some() || !self.reason.text().trim().is_empty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let width = WIDE.min(area.width);
        let sheet = self.sheet(width.saturating_sub(FRAME), session);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let ways = self.focus == Focus::Ways;
        let choices = match (ways, self.plan.choices.is_empty()) {
            (true, _) => self.ways.height(),
            (false, true) => 0,
            (false, false) => self.choices.height() + 1,
        };
        // The reason with its label and a blank line, and the buttons.
        let foot = if ways { 0 } else { 3 + self.look.height() };
        let body = panel(area, canvas, &self.plan.heading, width, above.saturating_add(choices + foot + 2));
        let place = |y: u16, height: u16| {
            let y = y.min(body.height);
            Rect { y: body.y + y, height: height.min(body.height - y), ..body }
        };
        let above = above.min(body.height.saturating_sub(foot + choices.min(4)));
        sheet.draw(place(0, above), 0, canvas);
        let middle = place(above, body.height.saturating_sub(above + foot).min(choices));
        if ways {
            self.ways.draw(middle, canvas.buf, theme);
        } else if choices > 0 {
            self.choices.draw(middle, canvas.buf, theme);
        }
        let busy = self.work.is_some();
        if !ways {
            let y = body.height.saturating_sub(foot);
            let focused = self.focus == Focus::Reason && !busy;
            let style = if focused { theme.accent } else { theme.dim };
            let mut pen = Pen::new(row(place(y, 1), 0), canvas.buf, theme.signs.ellipsis);
            pen.put(&session.tr("reasoned-why"), style);
            if let Some(cursor) = self.reason.draw(row(place(y + 1, 1), 0), canvas.buf, theme, focused) {
                canvas.cursor = Some(cursor);
            }
        }
        let last = place(body.height.saturating_sub(self.look.height()), self.look.height());
        if busy {
            let text = format!("{} {}", theme.signs.spinner[0], session.tr("form-saving"));
            Pen::new(row(last, 0), canvas.buf, theme.signs.ellipsis).put(&text, theme.accent);
        } else if !ways {
            self.look.draw(last, canvas);
        }
    }
}

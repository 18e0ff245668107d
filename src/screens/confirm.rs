//! A question before something is lost: buttons, never a letter, and the harmful one is not preselected.

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, ScreenKey, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::widgets::dialog::{Button, Dialog};

use super::words::few;
use super::{Canvas, Layer, Screen};

/// What the harmful button does.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Leaves the console.
    Quit,
    /// Ends the session.
    SignOut,
    /// Closes the screen that held what was typed.
    Close(ScreenKey),
    /// Asks the service, then says that it was done (the sentence) with a way to undo.
    Call(Box<Request>, String),
}

/// How many titles the question names.
const NAMED: usize = 4;

/// The name of the harmful button.
const DO: &str = "do";

/// The question.
pub struct Confirm {
    dialog: Dialog,
    outcome: Outcome,
    waiting: Option<Ticket>,
}

impl Confirm {
    /// Asks whether to lose what was typed; `question` is the id of the sentence.
    pub fn discard(session: &Session, question: &str, outcome: Outcome) -> Self {
        let labels = [session.tr("confirm-keep"), session.tr("confirm-discard")];
        Self::new(session.tr("confirm-unsaved"), session.tr(question), labels, outcome)
    }

    /// Asks whether to leave what was begun and is kept but not done, by its titles; `question` is the id of the sentence.
    pub fn leave(session: &Session, question: &str, titles: &[String], outcome: Outcome) -> Self {
        let named: Vec<&str> = titles.iter().take(NAMED).map(String::as_str).collect();
        let names = few(session, &named, titles.len());
        let body = session.tr_with(question, &[("count", titles.len().into()), ("names", (&names).into())]);
        let leave = if matches!(outcome, Outcome::SignOut) { "confirm-sign-out" } else { "confirm-leave" };
        let labels = [session.tr("confirm-keep"), session.tr(leave)];
        Self::new(session.tr("confirm-begun"), body, labels, outcome)
    }

    /// Asks before a change, in ready sentences; `button` is the id of the harmful button's label.
    pub fn change(session: &Session, title: String, body: String, button: &str, outcome: Outcome) -> Self {
        Self::new(title, body, [session.tr("confirm-cancel"), session.tr(button)], outcome)
    }

    fn new(title: String, body: String, [keep, harm]: [String; 2], outcome: Outcome) -> Self {
        let dialog = Dialog::new(title, body, [Button::new("keep", keep), Button::harmful(DO, harm)]);
        Self { dialog, outcome, waiting: None }
    }

    fn press(&mut self, button: Option<&str>, cx: &mut Cx<'_>) {
        match (button, self.outcome.clone()) {
            (None, _) => {}
            (Some(DO), Outcome::Call(request, _)) => self.waiting = Some(cx.call(*request)),
            (Some(DO), Outcome::Quit) => cx.quit(),
            (Some(DO), Outcome::SignOut) => cx.sign_out(),
            (Some(DO), Outcome::Close(below)) => {
                cx.close();
                cx.close_other(below);
            }
            (Some(_), _) => cx.close(),
        }
    }
}

impl Screen for Confirm {
    fn title(&self) -> &'static str {
        "confirm-unsaved"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Dialog]
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::NextField => self.dialog.next(),
            Action::PreviousField => self.dialog.previous(),
            Action::Back | Action::Accept if self.waiting.is_some() => {}
            Action::Back => cx.close(),
            Action::Accept => {
                let button = self.dialog.activate();
                self.press(button, cx);
            }
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && self.waiting.is_none() {
            let button = self.dialog.click(mouse.column, mouse.row);
            self.press(button, cx);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.waiting != Some(ticket) {
            return;
        }
        self.waiting = None;
        match (result, &self.outcome) {
            (Ok(answer), Outcome::Call(_, done)) => {
                cx.done(done.clone(), answer.operation);
                cx.close();
            }
            (Ok(_), _) => cx.close(),
            (Err(failure), _) => {
                cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, &failure));
                if !matches!(failure, Failure::Unavailable(_)) {
                    cx.close();
                }
            }
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        self.dialog.draw(area, canvas.buf, &canvas.session.theme);
    }
}

//! A question before something is lost: buttons, never a letter, and the harmful one is not preselected.

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, ScreenKey, Tone};
use crate::app::keymap::Context;
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row, write};
use crate::widgets::wrap::wrapped;

use super::panel::panel;
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
    Call(Request, String),
}

/// The question.
pub struct Confirm {
    title: String,
    body: String,
    /// Ids of the labels: the harmless one, then the harmful one.
    labels: [&'static str; 2],
    outcome: Outcome,
    harmful: bool,
    waiting: Option<Ticket>,
    translated: bool,
}

impl Confirm {
    /// Asks whether to lose what was typed; `question` is the id of the sentence.
    pub fn discard(question: &'static str, outcome: Outcome) -> Self {
        let labels = ["confirm-keep", "confirm-discard"];
        let (title, body) = ("confirm-unsaved".to_owned(), question.to_owned());
        Self { title, body, labels, outcome, harmful: false, waiting: None, translated: false }
    }

    /// Asks before a change, in ready sentences; `button` is the id of the harmful button's label.
    pub fn change(title: String, body: String, button: &'static str, outcome: Outcome) -> Self {
        let labels = ["confirm-cancel", button];
        Self { title, body, labels, outcome, harmful: false, waiting: None, translated: true }
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
            Action::NextField | Action::PreviousField => self.harmful = !self.harmful,
            _ if self.waiting.is_some() => {}
            Action::Back => cx.close(),
            Action::Accept if !self.harmful => cx.close(),
            Action::Accept => match self.outcome.clone() {
                Outcome::Call(request, _) => self.waiting = Some(cx.call(request)),
                Outcome::Quit => cx.quit(),
                Outcome::SignOut => cx.sign_out(),
                Outcome::Close(below) => {
                    cx.close();
                    cx.close_other(below);
                }
            },
            _ => return false,
        }
        true
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
        let session = canvas.session;
        let theme = &session.theme;
        let (title, body) = match self.translated {
            true => (self.title.clone(), self.body.clone()),
            false => (session.tr(&self.title), session.tr(&self.body)),
        };
        let width = area.width.min(64);
        let lines: Vec<&str> = wrapped(&body, usize::from(width.saturating_sub(4))).collect();
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(5);
        let inside = panel(area, canvas, &title, width, height);
        for (y, text) in (1..inside.height).zip(&lines) {
            write(row(inside, y), canvas.buf, text, theme.text, theme.signs.ellipsis);
        }
        let mut x = inside.x;
        for (i, id) in self.labels.into_iter().enumerate() {
            let label = format!(" {} ", session.tr(id));
            let style = match (i == 1, self.harmful == (i == 1)) {
                (true, true) => theme.focus.patch(theme.danger),
                (_, true) => theme.focus,
                (true, false) => theme.danger,
                (false, false) => theme.text,
            };
            let line = row(inside, inside.height.saturating_sub(1));
            let room = Rect { x, width: line.right().saturating_sub(x), ..line };
            Pen::new(room, canvas.buf, theme.signs.ellipsis).put(&label, style);
            x += width16(&label) + 2;
        }
    }
}

//! Before the console: sign-in, the lock after a while without keys, and the first administrator of a new festival.

use ratatui::layout::Rect;
use secrecy::SecretString;

use crate::api::{Answer, Failure, Request};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::inert;
use crate::widgets::glyph::width16;
use crate::widgets::input::Input;
use crate::widgets::pen::{clear, row, write};
use crate::widgets::wrap::wrapped;

use super::typing::edit;
use super::{Canvas, Layer, Screen};

/// What the gate asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    SignIn,
    Locked,
    FirstAdministrator,
}

struct Field {
    label: &'static str,
    input: Input,
}

/// The gate.
pub struct Gate {
    purpose: Purpose,
    fields: Vec<Field>,
    focus: usize,
    waiting: Option<Ticket>,
    problem: Option<Problem>,
}

/// Why the last try did not do.
enum Problem {
    Failure(Failure),
    Message(&'static str),
}

fn line(label: &'static str) -> Field {
    Field { label, input: Input::new().with_max(255) }
}

fn secret(label: &'static str) -> Field {
    Field { label, input: Input::masked().with_max(1024) }
}

impl Gate {
    fn new(purpose: Purpose, fields: Vec<Field>, focus: usize) -> Self {
        Self { purpose, fields, focus, waiting: None, problem: None }
    }

    /// Asks for email and password.
    pub fn sign_in() -> Self {
        Self::new(Purpose::SignIn, vec![line("gate-email"), secret("gate-password")], 0)
    }

    /// Asks for the password of whoever was there.
    pub fn locked(email: String) -> Self {
        let known = Field { label: "gate-email", input: Input::new().with_max(255).with_text(&email) };
        Self::new(Purpose::Locked, vec![known, secret("gate-password")], 1)
    }

    /// Asks for the first administrator of a festival that has none.
    pub fn first_administrator() -> Self {
        let names = [line("gate-first-name"), line("gate-last-name"), line("gate-email")];
        let secrets = [secret("gate-password"), secret("gate-password-again")];
        Self::new(Purpose::FirstAdministrator, names.into_iter().chain(secrets).collect(), 0)
    }

    fn text(&self, label: &str) -> String {
        let field = self.fields.iter().find(|field| field.label == label);
        field.map(|field| field.input.text().to_owned()).unwrap_or_default()
    }

    fn submit(&mut self, cx: &mut Cx<'_>) {
        if self.waiting.is_some() {
            return;
        }
        if let Some(empty) = self.fields.iter().position(|field| field.input.is_empty()) {
            self.focus = empty;
            return;
        }
        let password = SecretString::from(self.text("gate-password"));
        let email = self.text("gate-email");
        let request = match self.purpose {
            Purpose::SignIn | Purpose::Locked => {
                Request::SignIn { email, password, remember: cx.session.place.remember }
            }
            Purpose::FirstAdministrator if self.text("gate-password") != self.text("gate-password-again") => {
                self.problem = Some(Problem::Message("gate-different"));
                return;
            }
            Purpose::FirstAdministrator => {
                let (first_name, last_name) = (self.text("gate-first-name"), self.text("gate-last-name"));
                Request::CreateFirstAdministrator { first_name, last_name, email, password }
            }
        };
        self.problem = None;
        self.waiting = Some(cx.call(request));
    }

    fn step(&mut self, by: usize) {
        self.focus = (self.focus + by) % self.fields.len();
    }

    fn headline(&self, session: &Session) -> String {
        match self.purpose {
            Purpose::SignIn => {
                let festival = inert(&session.festival.name);
                session.tr_with("gate-sign-in", &[("festival", festival.as_ref().into())])
            }
            Purpose::Locked => session.tr("gate-locked"),
            Purpose::FirstAdministrator => session.tr("gate-first"),
        }
    }

    /// The box in the middle of the screen.
    fn frame(&self, area: Rect) -> Rect {
        let width = area.width.min(64);
        let height = area.height.min(self.fields.len() as u16 * 2 + 8);
        Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height }
    }
}

impl Screen for Gate {
    fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::FirstAdministrator => "gate-first-title",
            _ => "gate-title",
        }
    }

    fn layer(&self) -> Layer {
        Layer::Gate
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Gate]
    }

    fn typing(&self) -> bool {
        true
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Accept if self.focus + 1 < self.fields.len() && self.fields[self.focus + 1].input.is_empty() => {
                self.step(1);
            }
            Action::Accept => self.submit(cx),
            Action::NextField => self.step(1),
            Action::PreviousField => self.step(self.fields.len() - 1),
            _ => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        edit(&mut self.fields[self.focus].input, key)
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        self.fields[self.focus].input.paste(text);
    }

    fn mouse(&mut self, mouse: Mouse, _cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::WheelDown {
            self.step(1);
        } else if mouse.kind == MouseKind::WheelUp {
            self.step(self.fields.len() - 1);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, _cx: &mut Cx<'_>) {
        if self.waiting != Some(ticket) {
            return;
        }
        self.waiting = None;
        if let Err(failure) = result {
            // What was typed stays, but for a password that was refused.
            if let Failure::Rule(_) = failure {
                for field in self.fields.iter_mut().filter(|field| field.label.starts_with("gate-password")) {
                    field.input.take();
                }
                self.focus = self.fields.iter().position(|f| f.label == "gate-password").unwrap_or(0);
            }
            self.problem = Some(Problem::Failure(failure));
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let ellipsis = theme.signs.ellipsis;
        clear(area, canvas.buf, theme.text);
        let frame = self.frame(area);
        let mut y = 0;
        for text in wrapped(&self.headline(session), usize::from(frame.width)) {
            write(row(frame, y), canvas.buf, text, theme.title, ellipsis);
            y += 1;
        }
        if let Some(database) = session.database() {
            write(row(frame, y), canvas.buf, &inert(database), theme.dim, ellipsis);
        }
        y += 2;
        let labels: Vec<String> = self.fields.iter().map(|field| session.tr(field.label)).collect();
        let column = labels.iter().map(|label| width16(label)).max().unwrap_or(0) + 2;
        for (i, (field, label)) in self.fields.iter().zip(&labels).enumerate() {
            let line = row(frame, y);
            let focused = i == self.focus;
            write(line, canvas.buf, label, if focused { theme.accent } else { theme.dim }, ellipsis);
            let input = Rect { x: line.x + column, width: line.width.saturating_sub(column), ..line };
            let cursor = field.input.draw(input, canvas.buf, theme, focused);
            if focused {
                canvas.cursor = cursor;
            }
            y += 2;
        }
        let (text, style) = match (&self.problem, self.waiting) {
            (_, Some(_)) => (session.tr("gate-working"), theme.dim),
            (Some(Problem::Failure(failure)), _) => (sentence::failure(&session.lang, failure), theme.danger),
            (Some(Problem::Message(id)), _) => (session.tr(id), theme.danger),
            (None, None) if self.purpose == Purpose::SignIn && session.place.operator => {
                (session.tr("gate-help-accounts"), theme.faint)
            }
            (None, None) => return,
        };
        for text in wrapped(&text, usize::from(frame.width)) {
            write(row(Rect { height: area.bottom() - frame.y, ..frame }, y), canvas.buf, text, style, ellipsis);
            y += 1;
        }
    }
}

//! What is typed into one's own account: another password, or a key. What was typed stays until it is taken; a password
//! is never shown.

use ratatui::layout::Rect;
use secrecy::SecretString;

use crate::api::failure::Trouble;
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::rule::{Refusal, Rule};
use crate::domain::text::inert;
use crate::domain::user::{Scheme, check_password};
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::edit::Edit;
use crate::widgets::form::{Field, Form, Kind};
use crate::widgets::pen::{Pen, row};

/// How wide the box gets.
const WIDE: u16 = 72;
/// The longest key line that is taken, in characters: the server takes no more either.
const KEY_MAX: usize = 16 * 1024;
/// The longest password, in characters.
const PASSWORD_MAX: usize = 1024;

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Password,
    Key,
}

/// What a form holds, by field.
type Values = Vec<(&'static str, String)>;

/// The box.
pub(super) struct Entry {
    purpose: Purpose,
    form: Form,
    sending: Option<Ticket>,
    /// A change without an answer: handed in again as it is, it is asked for by the same name.
    again: Option<(Ticket, Values)>,
    problem: Option<String>,
}

impl Entry {
    fn new(purpose: Purpose, fields: Vec<Field>) -> Self {
        Self { purpose, form: Form::new(fields), sending: None, again: None, problem: None }
    }

    /// Another password.
    pub(super) fn password(session: &Session) -> Self {
        let secret = |name: &'static str, label: &str| {
            Field::new(name, session.tr(label), Kind::Secret { max: PASSWORD_MAX }).required()
        };
        let fields = vec![
            secret("current", "account-password-current"),
            secret("password", "account-password-new"),
            secret("again", "account-password-again"),
        ];
        Self::new(Purpose::Password, fields)
    }

    /// Another key.
    pub(super) fn key(session: &Session) -> Self {
        let field = Field::new("key", session.tr("account-key-line"), Kind::Line { max: KEY_MAX });
        Self::new(Purpose::Key, vec![field.required()])
    }

    /// Hands in what is typed, if it can be.
    fn send(&mut self, cx: &mut Cx<'_>) {
        let session = cx.session;
        self.problem = None;
        if !self.form.check(|id| session.tr(id)) {
            return;
        }
        let Some(request) = self.request(session) else { return };
        let values = self.form.values();
        self.sending = Some(match self.again.take().filter(|(_, before)| *before == values) {
            Some((ticket, _)) => cx.call_again(ticket, request),
            None => cx.call(request),
        });
    }

    /// The request; `None`: something is wrong, and it is said.
    fn request(&mut self, session: &Session) -> Option<Request> {
        match self.purpose {
            Purpose::Password => {
                let password = self.form.value("password");
                // What else the festival's scheme asks is said by the answer.
                if let Err(refusal) = check_password(&password, Scheme::Argon2id) {
                    self.form.set_error("password", session.lang.refusal(&refusal));
                    return None;
                }
                if self.form.value("again") != password {
                    self.form.set_error("again", session.tr("gate-different"));
                    return None;
                }
                let current = SecretString::from(self.form.value("current"));
                Some(Request::ChangePassword { current, password: SecretString::from(password) })
            }
            Purpose::Key => {
                let key = self.form.value("key");
                if key.contains("PRIVATE KEY") {
                    // It belongs to nobody but its owner: it neither leaves this box nor stays in it.
                    self.form.set_value("key", "");
                    self.form.set_error("key", session.tr("account-key-private"));
                    return None;
                }
                Some(Request::AddMyKey { key })
            }
        }
    }

    fn refused(&mut self, refusal: &Refusal, session: &Session) {
        let sentence = session.lang.refusal(refusal);
        match (self.purpose, refusal.rule) {
            (Purpose::Password, Rule::PasswordWrong) => {
                self.form.set_value("current", "");
                self.form.set_error("current", sentence);
            }
            (Purpose::Password, Rule::PasswordTooShort | Rule::PasswordTooLong) => {
                self.form.set_error("password", sentence);
            }
            (Purpose::Key, Rule::BadKey | Rule::KeyTaken | Rule::TooManyKeys) => self.form.set_error("key", sentence),
            _ => self.problem = Some(sentence),
        }
    }

    fn done(&self, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let sentence = match (self.purpose, &answer.reply) {
            (Purpose::Key, Reply::Key(key)) => {
                let fingerprint = inert(&key.fingerprint).into_owned();
                session.tr_with("account-key-added", &[("fingerprint", (&fingerprint).into())])
            }
            (Purpose::Key, _) => session.tr("account-key-added-plain"),
            (Purpose::Password, _) => session.tr("account-password-changed"),
        };
        cx.toast(Tone::Done, sentence);
        cx.close();
        // The list below is read again.
        cx.act_later(Action::Refresh);
    }

    fn heading(&self) -> &'static str {
        match self.purpose {
            Purpose::Password => "account-password-title",
            Purpose::Key => "account-key-add-title",
        }
    }

    /// What stands above the fields: what went wrong, or what to do.
    fn above(&self, width: u16, session: &Session) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        if let Some(problem) = &self.problem {
            let sign = (theme.warning, theme.signs.warning.to_owned());
            sheet.signed(0, Some(sign), theme.warning, problem);
        } else if self.purpose == Purpose::Key {
            sheet.text(0, theme.dim, &session.tr("account-key-how"));
            sheet.gap();
            sheet.line(2, vec![(theme.accent, "cat ~/.ssh/id_ed25519.pub".to_owned())]);
            sheet.gap();
            sheet.text(0, theme.dim, &session.tr("account-key-none"));
            sheet.gap();
            sheet.line(2, vec![(theme.accent, "ssh-keygen -t ed25519".to_owned())]);
        } else {
            sheet.text(0, theme.dim, &session.tr("account-password-how"));
        }
        sheet.gap();
        sheet
    }
}

impl Screen for Entry {
    fn title(&self) -> &'static str {
        self.heading()
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Form]
    }

    fn typing(&self) -> bool {
        true
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Help | Action::Repaint | Action::Quit => return false,
            // What is under way stays as it is until the answer is there.
            _ if self.sending.is_some() => {}
            Action::Save => self.send(cx),
            Action::Accept if self.form.at_last() => self.send(cx),
            Action::Accept | Action::NextField => self.form.next(),
            Action::PreviousField => self.form.previous(),
            Action::Up => _ = self.form.edit(Edit::Up),
            Action::Down => _ = self.form.edit(Edit::Down),
            Action::Back => cx.close(),
            _ => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        let Some(step) = typing::step(key) else { return false };
        self.sending.is_some() || self.form.edit(step)
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.sending.is_none() {
            self.form.paste(text.trim());
        }
    }

    fn mouse(&mut self, mouse: Mouse, _cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && self.sending.is_none() {
            self.form.click(mouse.column, mouse.row);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.sending.take_if(|sent| *sent == ticket).is_none() {
            return;
        }
        match result {
            Ok(answer) => self.done(&answer, cx),
            Err(Failure::Rule(refusal)) => self.refused(&refusal, cx.session),
            Err(failure) => {
                if let Failure::Unavailable(trouble) = &failure
                    && trouble.why != Trouble::Cancelled
                {
                    self.again = Some((ticket, self.form.values()));
                }
                self.problem = Some(sentence::failure(&cx.session.lang, &failure));
            }
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let width = area.width.saturating_sub(4).min(WIDE);
        let inside = width.saturating_sub(4);
        let sheet = self.above(inside, session);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let wanted = self.form.height(inside).saturating_add(above).saturating_add(4);
        let body = panel(area, canvas, &session.tr(self.heading()), width, wanted.min(area.height));
        let above = above.min(body.height.saturating_sub(self.form.height(inside) + 2).max(body.height / 3));
        sheet.draw(Rect { height: above, ..body }, 0, canvas);
        let rest = Rect { y: body.y + above, height: body.height - above, ..body };
        let cursor = self.form.draw(Rect { height: rest.height.saturating_sub(2), ..rest }, canvas.buf, theme);
        canvas.cursor = cursor.filter(|_| self.sending.is_none());
        let foot = row(rest, rest.height.saturating_sub(1));
        let mut pen = Pen::new(foot, canvas.buf, theme.signs.ellipsis);
        if self.sending.is_some() {
            pen.put(&format!("{} {}", theme.signs.spinner[0], session.tr("form-saving")), theme.accent);
        } else if self.purpose == Purpose::Password {
            pen.put(&session.tr("account-password-readers"), theme.dim);
        } else {
            pen.put(&session.tr("account-key-readers"), theme.dim);
        }
    }
}

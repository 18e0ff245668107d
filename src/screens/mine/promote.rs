//! Promoting a film from discussion to candidate: a comment if one wants, and a last look that names who could still change
//! their vote.

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::session::Session;
use crate::domain::round::remark;
use crate::domain::text::filled;
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::films::cells::title_of;
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::Route;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::few;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::edit::Edit;
use crate::widgets::pen::{Pen, row};
use crate::widgets::text::TextBox;
use crate::widgets::wrap::wrapped;

use super::ballot::short_title;
use super::desk::{Desk, Known, Reread};
use super::handing::{Handing, Setback, WIDE};
use super::standing::MyFilm;

/// More than any comment may have: a long one is kept and refused, never cut without a word.
const ROOM: usize = 60_000;
/// Rows of the comment's box.
const ROWS: u16 = 5;
/// Most lines of the comment in the last look.
const LOOK_LINES: usize = 5;

/// The dialog.
pub(super) struct Promote {
    desk: Desk,
    /// The film as it was when the dialog was opened, or at the last look.
    film: MyFilm,
    route: Route<MyFilm>,
    comment: TextBox,
    /// The last look, once one is there.
    look: Option<LastLook>,
    handing: Handing,
    reread: Reread,
    problem: Option<String>,
    asking: Option<Ticket>,
    /// Who still holds a change, once that is known.
    holders: Option<Vec<String>>,
}

impl Promote {
    /// The dialog before anything is typed.
    pub(super) fn new(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>) -> Self {
        Self {
            desk: desk.clone(),
            film: film.clone(),
            route: route.clone(),
            comment: TextBox::new(ROOM),
            look: None,
            handing: Handing::default(),
            reread: Reread::default(),
            problem: None,
            asking: None,
            holders: None,
        }
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        self.asking = Some(cx.call(Request::Discussion { film: self.film.id() }));
    }

    fn look_once_more(&mut self, session: &Session) {
        self.problem = None;
        if let Known::Film(film) = self.desk.film(self.film.id()) {
            self.film = *film;
        }
        match remark(Some(&self.comment.text()), session.festival.voting.comment_max, "field-jury-comment") {
            Ok(_) => {
                let (back, go) = (session.tr("look-back"), session.tr("promote-button"));
                self.look = Some(LastLook::new(back, go, true, None));
            }
            Err(refusal) => self.problem = Some(session.lang.refusal(&refusal)),
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => {
                self.problem = None;
                self.route.trail().acting(true);
                let text = self.comment.text();
                let jury_comment = filled(Some(&text)).map(str::to_owned);
                let seen = Some(self.film.seen());
                self.handing.send(Request::Promote { film: self.film.id(), jury_comment, seen }, cx);
            }
            Decision::Back => {
                self.handing.forget();
                (self.look, self.problem) = (None, None);
            }
            Decision::Miscounted | Decision::Open => {}
        }
    }

    fn done(&mut self, answer: Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        if let Reply::Promoted(promoted) = answer.reply {
            self.desk.put(self.film.id(), promoted.status, None, &session.festival.voting);
        }
        let title = short_title(&self.film, session);
        let text = session.tr_with("promote-done", &[("title", (&title).into())]);
        cx.toast(Tone::Done, text + &self.handing.relief(answer.repeated, session));
        cx.close();
    }

    fn failed(&mut self, failure: &Failure, cx: &mut Cx<'_>) {
        match self.handing.failed(failure, cx) {
            Setback::AsksAgain => {}
            Setback::TryAgain(sentence) => {
                self.problem = Some(sentence);
                if let Some(look) = &mut self.look {
                    look.ready();
                }
            }
            // What was typed stays.
            Setback::Wrong(sentence) | Setback::Gone(sentence) => {
                self.problem = Some(sentence);
                self.look = None;
                self.ask(cx);
            }
            Setback::Moved(sentence) => {
                self.problem = Some(sentence);
                self.look = None;
                self.reread.ask(cx);
                self.ask(cx);
            }
        }
        self.route.trail().acting(self.handing.busy());
    }

    fn act_on_comment(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Review => self.look_once_more(cx.session),
            Action::Accept => _ = self.comment.edit(Edit::Newline),
            Action::Up => _ = self.comment.edit(Edit::Up),
            Action::Down => _ = self.comment.edit(Edit::Down),
            Action::Back if filled(Some(&self.comment.text())).is_some() => {
                let discard = Confirm::discard(cx.session, "promote-discard", Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            Action::Back => cx.close(),
            Action::NextField | Action::PreviousField => {}
            _ => return false,
        }
        true
    }

    /// Who could still change their vote.
    fn held(&self, sheet: &mut Sheet, session: &Session) {
        let theme = &session.theme;
        let Some(holders) = &self.holders else {
            let id = if self.asking.is_some() { "page-loading" } else { "promote-holders-unknown" };
            return sheet.text(0, theme.dim, &session.tr(id));
        };
        if holders.is_empty() {
            let sign = Some((theme.ok, theme.signs.check.to_owned()));
            return sheet.signed(0, sign, theme.text, &session.tr("promote-holders-none"));
        }
        let names: Vec<&str> = holders.iter().map(String::as_str).collect();
        let names = few(session, &names, names.len());
        let args = [("count", holders.len().into()), ("names", (&names).into())];
        let sign = Some((theme.warning, theme.signs.warning.to_owned()));
        sheet.signed(0, sign, theme.warning, &session.tr_with("promote-holders", &args));
    }

    fn head(&self, sheet: &mut Sheet, session: &Session) {
        let theme = &session.theme;
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        sheet.text(0, theme.title, &title_of(&self.film.film, session));
        sheet.gap();
        sheet.text(0, theme.text, &session.tr("promote-means"));
        self.held(sheet, session);
        sheet.gap();
    }

    fn draw_comment(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let width = WIDE.min(area.width);
        let inside = width.saturating_sub(4);
        let mut above = Sheet::new(inside);
        self.head(&mut above, session);
        above.text(0, theme.title.patch(theme.accent), &session.tr("promote-comment"));
        let mut below = Sheet::new(inside);
        below.text(0, theme.dim, &session.tr("promote-readers"));
        let rows = |sheet: &Sheet| u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let spare = area.height.saturating_sub(rows(&above) + rows(&below) + 2);
        let text = spare.clamp(1, ROWS);
        let height = rows(&above) + rows(&below) + text + 2;
        let body = panel(area, canvas, &session.tr("promote-title"), width, height);
        let top = rows(&above).min(body.height.saturating_sub(text));
        above.draw(Rect { height: top, ..body }, 0, canvas);
        let field = Rect { y: body.y + top, height: text.min(body.height - top), ..body };
        for y in 0..field.height {
            let bar = Rect { width: 1, ..row(field, y) };
            Pen::new(bar, canvas.buf, "").put(theme.signs.cursor, theme.accent);
        }
        let inner = Rect { x: field.x + 2, width: field.width.saturating_sub(2), ..field };
        canvas.cursor = self.comment.draw(inner, canvas.buf, theme, true);
        let end = field.bottom().min(body.bottom());
        below.draw(Rect { y: end, height: body.bottom() - end, ..body }, 0, canvas);
    }

    fn draw_look(&self, look: &LastLook, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let mut sheet = Sheet::new(WIDE.min(area.width).saturating_sub(4));
        self.head(&mut sheet, session);
        let text = self.comment.text();
        match filled(Some(&text)) {
            None => sheet.text(0, theme.dim, &session.tr("promote-no-comment")),
            Some(text) => {
                let room = sheet.room(2);
                for line in wrapped(text, room).take(LOOK_LINES) {
                    sheet.line(2, vec![(theme.text, line.to_owned())]);
                }
                if wrapped(text, room).nth(LOOK_LINES).is_some() {
                    sheet.line(2, vec![(theme.dim, theme.signs.ellipsis.to_owned())]);
                }
                sheet.text(0, theme.dim, &session.tr("promote-readers"));
            }
        }
        sheet.gap();
        self.handing.draw(&session.tr("promote-title"), &sheet, look, area, canvas);
    }
}

impl Screen for Promote {
    fn title(&self) -> &'static str {
        "promote-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        if self.look.is_some() { &[Context::Dialog] } else { &[Context::Rationale] }
    }

    fn typing(&self) -> bool {
        self.look.is_none()
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if fresh {
            self.handing.insist(cx);
        }
        self.ask(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Quit) {
            return false;
        }
        match &mut self.look {
            _ if self.handing.busy() => true,
            Some(look) => {
                let decision = look.act(action);
                self.decide(decision, cx);
                true
            }
            None => self.act_on_comment(action, cx),
        }
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        self.look.is_none() && typing::step(key).is_some_and(|step| self.comment.edit(step))
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.look.is_none() {
            self.comment.paste(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if let Some(look) = self.look.as_mut().filter(|_| mouse.kind == MouseKind::Press && !self.handing.busy()) {
            let decision = look.click(mouse.column, mouse.row);
            self.decide(decision, cx);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.handing.ends(ticket) {
            match result {
                Ok(answer) => self.done(answer, cx),
                Err(failure) => self.failed(&failure, cx),
            }
        } else if self.asking.take_if(|asked| *asked == ticket).is_some() {
            if let Ok(Answer { reply: Reply::Discussion(discussion), .. }) = result {
                self.holders = Some(discussion.holders);
            }
        } else {
            self.reread.take(ticket, result, &self.desk, &cx.session.festival.voting);
        }
    }

    fn unsaved(&self) -> bool {
        self.handing.busy() || filled(Some(&self.comment.text())).is_some()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        match &self.look {
            Some(look) => self.draw_look(look, area, canvas),
            None => self.draw_comment(area, canvas),
        }
    }
}

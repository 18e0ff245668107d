//! "I cannot judge this film": why, with what follows from each, and a last look.

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::jury::Why;
use crate::domain::round::Recusing;
use crate::domain::rule::Rule;
use crate::screens::films::cells::title_of;
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::Route;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::steer::steer;
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::wrap::wrapped;

use super::ballot::short_title;
use super::desk::Desk;
use super::handing::{Handing, WIDE};
use super::standing::MyFilm;

/// The dialog.
pub(super) struct Recuse {
    desk: Desk,
    film: MyFilm,
    route: Route<MyFilm>,
    menu: Menu,
    /// The reason that is looked at once more.
    chosen: Option<(Why, Recusing)>,
    look: LastLook,
    handing: Handing,
    problem: Option<String>,
}

/// The reasons in the order in which they are offered: the one that takes the film away is not the first.
const REASONS: [Why; 3] = [Why::CannotWatch, Why::Language, Why::Conflict];

/// The id of what a reason is called.
fn label(why: Why) -> &'static str {
    match why {
        Why::Conflict => "recuse-conflict",
        Why::CannotWatch => "recuse-cannot-watch",
        Why::Language => "recuse-language",
    }
}

/// The id of what follows from it.
fn follows(why: Why, recusing: Recusing) -> &'static str {
    match (why, recusing) {
        (_, Recusing::Leaves) => "recuse-conflict-follows",
        (Why::Conflict, Recusing::Waits) => "recuse-conflict-voted-follows",
        (_, Recusing::Waits) => "recuse-waits-follows",
    }
}

impl Recuse {
    /// The reasons, those that cannot be given with why.
    pub(super) fn new(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>, session: &Session) -> Self {
        let item = |why: Why| {
            let judged = film.recuse(why);
            let says = match &judged {
                Ok(recusing) => session.tr(follows(why, *recusing)),
                // Whoever may change a vote is not told that they cannot vote, but why this cannot be said.
                Err(refusal) if refusal.rule == Rule::AlreadyVoted => session.tr("recuse-voted"),
                Err(_) if film.film.status == FilmStatus::ToDiscuss => session.tr("recuse-discussed"),
                Err(refusal) => session.lang.refusal(refusal),
            };
            let item = MenuItem::new(session.tr(label(why)));
            let width = usize::from(WIDE.min(session.size.0).saturating_sub(9)).max(20);
            let item = wrapped(&says, width).fold(item, |item, line| item.detail(line));
            if judged.is_err() { item.disabled() } else { item }
        };
        Self {
            desk: desk.clone(),
            film: film.clone(),
            route: route.clone(),
            menu: Menu::new(REASONS.into_iter().map(item).collect()),
            chosen: None,
            look: LastLook::default(),
            handing: Handing::default(),
            problem: None,
        }
    }

    fn choose(&mut self, session: &Session) {
        let why = self.menu.picked().and_then(|at| REASONS.get(at).copied());
        if let Some((why, Ok(recusing))) = why.map(|why| (why, self.film.recuse(why))) {
            self.look = LastLook::new(session.tr("look-back"), session.tr("recuse-button"), true, None);
            self.chosen = Some((why, recusing));
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match (decision, self.chosen) {
            (Decision::Go, Some((why, _))) => {
                self.problem = None;
                self.route.trail().acting(true);
                self.handing.send(Request::Recuse { film: self.film.id(), why }, cx);
            }
            (Decision::Back, _) => {
                self.handing.forget();
                (self.chosen, self.problem) = (None, None);
            }
            _ => {}
        }
    }

    fn done(&mut self, answer: Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let title = short_title(&self.film, session);
        let (why, waiting) = match &answer.reply {
            Reply::Recused(recused) => (recused.why, recused.waiting),
            _ => (Why::Conflict, false),
        };
        let id = match (why, waiting) {
            (_, false) => "recuse-done",
            (Why::Conflict, true) => "recuse-done-voted",
            (_, true) => "recuse-done-waits",
        };
        if why == Why::Conflict {
            self.desk.forget(self.film.id());
        }
        let text = session.tr_with(id, &[("title", (&title).into())]);
        cx.toast(Tone::Done, text + &self.handing.relief(answer.repeated, session));
        cx.close();
    }

    fn failed(&mut self, failure: &Failure, cx: &mut Cx<'_>) {
        self.problem = self.handing.plainly_failed(failure, &mut self.look, cx);
        self.route.trail().acting(self.handing.busy());
    }
}

impl Screen for Recuse {
    fn title(&self) -> &'static str {
        "recuse-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        if self.chosen.is_some() { &[Context::Dialog] } else { &[Context::Menu] }
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if fresh {
            self.handing.insist(cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Help | Action::Repaint | Action::Quit => return false,
            _ if self.handing.busy() => {}
            _ if self.chosen.is_some() => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
            Action::Accept => self.choose(cx.session),
            Action::Back => cx.close(),
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind != MouseKind::Press || self.handing.busy() {
            return;
        }
        if self.chosen.is_some() {
            let decision = self.look.click(mouse.column, mouse.row);
            self.decide(decision, cx);
        } else if self.menu.click(mouse.column, mouse.row) {
            self.choose(cx.session);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.handing.ends(ticket) {
            match result {
                Ok(answer) => self.done(answer, cx),
                Err(failure) => self.failed(&failure, cx),
            }
        }
    }

    fn unsaved(&self) -> bool {
        self.handing.busy()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let title = session.tr("recuse-title");
        let mut sheet = Sheet::new(WIDE.min(area.width).saturating_sub(4));
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        sheet.text(0, theme.title, &title_of(&self.film.film, session));
        sheet.gap();
        let Some((why, recusing)) = self.chosen else {
            if [Why::CannotWatch, Why::Language].iter().all(|why| self.film.recuse(*why).is_err()) {
                sheet.text(0, theme.text, &session.tr("recuse-only-conflict"));
                sheet.gap();
            }
            let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
            let body = panel(area, canvas, &title, WIDE, rows.saturating_add(self.menu.height() + 2));
            let rows = rows.min(body.height.saturating_sub(3));
            sheet.draw(Rect { height: rows, ..body }, 0, canvas);
            let menu = Rect { y: body.y + rows, height: body.height - rows, ..body };
            return self.menu.draw(menu, canvas.buf, theme);
        };
        sheet.text(0, theme.text, &session.tr(label(why)));
        sheet.text(0, theme.text, &session.tr(follows(why, recusing)));
        if why == Why::Conflict && self.desk.draft(self.film.id()).is_some() {
            let sign = Some((theme.warning, theme.signs.draft.to_owned()));
            sheet.signed(0, sign, theme.warning, &session.tr("stand-drops-draft"));
        }
        sheet.gap();
        self.handing.draw(&title, &sheet, &self.look, area, canvas);
    }
}

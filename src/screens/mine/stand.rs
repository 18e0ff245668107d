//! "My vote stands": the first vote stays as it is, for good.

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, ScreenKey};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::session::Session;
use crate::screens::films::cells::title_of;
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::Route;
use crate::screens::sheet::Sheet;
use crate::screens::{Canvas, Layer, Screen};

use super::acts;
use super::ballot::{own_vote, short_title};
use super::desk::Desk;
use super::handing::{Handing, WIDE};
use super::standing::MyFilm;

/// Most lines of the comment that are shown.
const COMMENT_LINES: usize = 5;

/// The last look before a vote is let stand.
pub(super) struct LetStand {
    desk: Desk,
    film: MyFilm,
    route: Route<MyFilm>,
    /// The ballot below, which is closed with it.
    ballot: Option<ScreenKey>,
    look: LastLook,
    handing: Handing,
    problem: Option<String>,
}

impl LetStand {
    /// The last look at this film's vote; `ballot`: the ballot that it was asked for on.
    pub(super) fn new(
        desk: &Desk,
        film: &MyFilm,
        route: &Route<MyFilm>,
        ballot: Option<ScreenKey>,
        session: &Session,
    ) -> Self {
        let look = LastLook::new(session.tr("look-back"), session.tr("stand-button"), true, None);
        let (desk, film, handing) = (desk.clone(), film.clone(), Handing::default());
        Self { desk, film, route: route.clone(), ballot, look, handing, problem: None }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => {
                self.problem = None;
                self.route.trail().acting(true);
                let request = Request::LetStand {
                    film: self.film.id(),
                    seen: Some(self.film.seen()),
                    draft: self.desk.revision(self.film.id()),
                };
                self.handing.send(request, cx);
            }
            Decision::Back => cx.close(),
            Decision::Miscounted | Decision::Open => {}
        }
    }
}

impl Screen for LetStand {
    fn title(&self) -> &'static str {
        "stand-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Dialog]
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
            _ => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && !self.handing.busy() {
            let decision = self.look.click(mouse.column, mouse.row);
            self.decide(decision, cx);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if !self.handing.ends(ticket) {
            return;
        }
        let session = cx.session;
        match result {
            Ok(answer) => {
                if let Reply::Cast(cast) = answer.reply {
                    let rules = &session.festival.voting;
                    self.desk.put(self.film.id(), cast.status, Some(cast.vote), rules);
                }
                self.desk.forget(self.film.id());
                let title = short_title(&self.film, session);
                let text = session.tr_with("stand-done", &[("title", (&title).into())]);
                acts::done(text + &self.handing.relief(answer.repeated, session), &self.desk, &self.route, cx);
                cx.close();
                if let Some(ballot) = self.ballot {
                    cx.close_other(ballot);
                }
            }
            Err(failure) => {
                self.problem = self.handing.plainly_failed(&failure, &mut self.look, cx);
                self.route.trail().acting(self.handing.busy());
            }
        }
    }

    fn unsaved(&self) -> bool {
        self.handing.busy()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let mut sheet = Sheet::new(WIDE.min(area.width).saturating_sub(4));
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        sheet.text(0, theme.title, &title_of(&self.film.film, session));
        sheet.gap();
        if let Some(vote) = &self.film.vote {
            own_vote(vote, COMMENT_LINES, &mut sheet, session);
            sheet.gap();
        }
        sheet.text(0, theme.text, &session.tr("stand-means"));
        if self.desk.draft(self.film.id()).is_some() {
            sheet.signed(
                0,
                Some((theme.warning, theme.signs.draft.to_owned())),
                theme.warning,
                &session.tr("stand-drops-draft"),
            );
        }
        sheet.gap();
        let title = session.tr("stand-title");
        self.handing.draw(&title, &sheet, &self.look, area, canvas);
    }
}

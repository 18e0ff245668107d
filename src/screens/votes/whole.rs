//! One ballot with all that its juror wrote, now and before.

use ratatui::layout::Rect;

use crate::api::vote::VoteRow;
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind};
use crate::domain::text::inert;
use crate::screens::page::Entries;
use crate::screens::panel::panel;
use crate::screens::steer::scrolled;
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::keyvalue::{Scroll, draw_details};

use super::page::ballot;

/// How wide the box gets.
const WIDE: u16 = 96;

/// The box.
pub(super) struct Whole {
    vote: VoteRow,
    scroll: Scroll,
}

impl Whole {
    /// The box for a ballot.
    pub(super) fn new(vote: VoteRow) -> Self {
        Self { vote, scroll: Scroll::default() }
    }
}

impl Screen for Whole {
    fn title(&self) -> &'static str {
        "votes-detail-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Detail]
    }

    fn idle(&self, action: Action) -> bool {
        action == Action::CopyLink
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Back => cx.close(),
            _ => return scrolled(&self.scroll, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, _cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::WheelUp => _ = self.scroll.by(-3),
            MouseKind::WheelDown => _ = self.scroll.by(3),
            MouseKind::Press => {}
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let mut entries = Entries::default();
        ballot(&mut entries, &self.vote, session);
        let title = inert(&self.vote.juror_name).into_owned();
        let body = panel(area, canvas, &title, WIDE.min(area.width), area.height.saturating_sub(2));
        canvas.links.extend(draw_details(body, canvas.buf, &entries.all(), &self.scroll, &session.theme));
    }
}

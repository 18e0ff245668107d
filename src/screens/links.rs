//! Which of several links is copied.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind};
use crate::widgets::menu::{Menu, MenuItem};

use super::panel::panel;
use super::steer::steer;
use super::{Canvas, Layer, Screen};

/// How wide the box gets.
const WIDE: u16 = 76;

/// Copies a link and says so.
pub(crate) fn copy_link(link: String, cx: &mut Cx<'_>) {
    cx.toast(Tone::Done, cx.session.tr_with("page-copied", &[("link", (&link).into())]));
    cx.copy(link);
}

/// The links of a page.
pub(crate) struct Links {
    links: Vec<String>,
    menu: Menu,
}

impl Links {
    /// Links with their labels; there are several.
    pub(crate) fn new(links: Vec<(String, String)>) -> Self {
        let item = |(label, link): &(String, String)| MenuItem::new(label.as_str()).detail(link.as_str());
        let menu = Menu::new(links.iter().map(item).collect());
        Self { links: links.into_iter().map(|(_, link)| link).collect(), menu }
    }

    fn take(&self, cx: &mut Cx<'_>) {
        if let Some(link) = self.menu.picked().and_then(|at| self.links.get(at)) {
            copy_link(link.clone(), cx);
        }
        cx.close();
    }
}

impl Screen for Links {
    fn title(&self) -> &'static str {
        "links-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu]
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Accept => self.take(cx),
            Action::Back => cx.close(),
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && self.menu.click(mouse.column, mouse.row) {
            self.take(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let title = canvas.session.tr("links-title");
        let body = panel(area, canvas, &title, WIDE, self.menu.height().saturating_add(2));
        self.menu.draw(body, canvas.buf, &canvas.session.theme);
    }
}

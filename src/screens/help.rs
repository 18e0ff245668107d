//! What the keys do here, read from the one table of bindings.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::{Binding, Context};
use crate::app::msg::{Mouse, MouseKind};
use crate::app::session::Session;
use crate::widgets::glyph::width16;
use crate::widgets::keyvalue::Scroll;
use crate::widgets::pen::{Pen, row};

use super::panel::panel;
use super::steer::scrolled;
use super::{Canvas, Layer, Screen};

/// The help of one screen.
pub struct Help {
    about: &'static str,
    contexts: Vec<Context>,
    scroll: Scroll,
}

/// A line of the help.
enum Line<'a> {
    Heading(String),
    Key(&'a Binding),
    Gap,
}

impl Help {
    /// The help of a screen by its title and contexts.
    pub fn new(about: &'static str, contexts: &[Context]) -> Self {
        Self { about, contexts: contexts.iter().copied().chain([Context::Global]).collect(), scroll: Scroll::default() }
    }

    fn lines<'a>(&self, session: &'a Session) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for context in &self.contexts {
            if !lines.is_empty() {
                lines.push(Line::Gap);
            }
            lines.push(Line::Heading(session.tr(context.message())));
            lines.extend(session.keymap.of(*context, session.role()).map(Line::Key));
        }
        lines
    }
}

impl Screen for Help {
    fn title(&self) -> &'static str {
        "help-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Detail]
    }

    fn idle(&self, action: Action) -> bool {
        // There is no link, and every key that leaves only closes it.
        matches!(action, Action::CopyLink | Action::Quit | Action::Help)
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Help | Action::Back => cx.close(),
            _ => return scrolled(&self.scroll, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::WheelDown => _ = self.act(Action::Down, cx),
            MouseKind::WheelUp => _ = self.act(Action::Up, cx),
            MouseKind::Press => {}
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let lines = self.lines(session);
        let title = format!("{} · {}", session.tr(self.about), session.tr("help-title"));
        let inside = panel(area, canvas, &title, 72, u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2));
        let keys =
            |binding: &Binding| binding.keys.iter().map(|key| session.lang.key(*key)).collect::<Vec<_>>().join("  ");
        let of = |line: &Line<'_>| if let Line::Key(binding) = line { width16(&keys(binding)) } else { 0 };
        let column = lines.iter().map(of).max().unwrap_or(0) + 3;
        let first = self.scroll.settle(lines.len(), usize::from(inside.height));
        for (y, line) in (0..inside.height).zip(lines.iter().skip(first)) {
            let mut pen = Pen::new(row(inside, y), canvas.buf, theme.signs.ellipsis);
            match line {
                Line::Heading(text) => pen.put(text, theme.title),
                Line::Gap => &mut pen,
                Line::Key(binding) => {
                    let keys = keys(binding);
                    pen.put(&keys, theme.key).skip(column.saturating_sub(width16(&keys)));
                    pen.put(&session.tr(&binding.action.message()), theme.text)
                }
            };
        }
    }
}

//! Work on many rows that is under way: how far it is, and the key that stops it.

use ratatui::layout::Rect;

use crate::api::Progress;
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::msg::Ticket;
use crate::widgets::pen::Pen;

use super::Canvas;
use super::words::key_of;

/// A request that takes a while.
#[derive(Debug)]
pub(crate) struct Work {
    ticket: Ticket,
    steps: Option<(u32, u32)>,
    stopping: bool,
    /// Whether it can be stopped on the way.
    many: bool,
}

impl Work {
    /// The work behind a ticket; `many`: it can be stopped on the way.
    pub(crate) fn new(ticket: Ticket, many: bool) -> Self {
        Self { ticket, steps: None, stopping: false, many }
    }

    /// Whether this ticket is its own.
    pub(crate) fn is(&self, ticket: Ticket) -> bool {
        self.ticket == ticket
    }

    /// News of it.
    pub(crate) fn progress(&mut self, ticket: Ticket, progress: &Progress) {
        if let Progress::Steps { done, total } = progress
            && self.ticket == ticket
        {
            self.steps = Some((*done, *total));
        }
    }

    /// Asks it to stop, once.
    pub(crate) fn stop(&mut self, cx: &mut Cx<'_>) {
        if !std::mem::replace(&mut self.stopping, true) {
            cx.cancel(self.ticket);
        }
    }

    /// Draws how far it is; `what`: the ids of what is done, to one row and to many.
    pub(crate) fn draw(&self, what: [&str; 2], line: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let text = match self.steps {
            _ if self.stopping => session.tr("work-stopping"),
            Some((done, total)) => session.tr_with(what[1], &[("done", done.into()), ("total", total.into())]),
            None => session.tr(what[0]),
        };
        let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
        pen.put(theme.signs.spinner[0], theme.accent).put(" ", theme.text).put(&text, theme.accent);
        if self.many && !self.stopping {
            let key = key_of(session, &[Context::Dialog], Action::Back);
            let hint = session.tr_with("work-stop-hint", &[("key", (&key).into())]);
            pen.put("  ", theme.text).put(&hint, theme.dim);
        }
    }
}

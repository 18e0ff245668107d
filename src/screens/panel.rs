//! The box that dialogs are drawn in.

use ratatui::layout::Rect;

use crate::widgets::dialog::{centred, draw_frame};

use super::Canvas;

/// Draws a box of at most this size in the middle of an area, empties it, and returns its inside.
pub fn panel(area: Rect, canvas: &mut Canvas<'_>, title: &str, width: u16, height: u16) -> Rect {
    draw_frame(centred(area, width, height), canvas.buf, title, false, &canvas.session.theme)
}

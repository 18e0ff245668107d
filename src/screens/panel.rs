//! The box that dialogs are drawn in.

use ratatui::layout::Rect;

use crate::widgets::pen::{Pen, clear, row, write};

use super::Canvas;

/// Draws a box of at most this size in the middle of an area, empties it, and returns its inside.
pub fn panel(area: Rect, canvas: &mut Canvas<'_>, title: &str, width: u16, height: u16) -> Rect {
    let theme = &canvas.session.theme;
    let (width, height) = (width.min(area.width), height.min(area.height));
    let frame = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    clear(frame, canvas.buf, theme.text);
    let [top_left, top_right, bottom_left, bottom_right, horizontal, vertical] = theme.signs.frame;
    for y in 0..height {
        let (left, right) = match y {
            0 => (top_left, top_right),
            y if y + 1 == height => (bottom_left, bottom_right),
            _ => (vertical, vertical),
        };
        let edge = y == 0 || y + 1 == height;
        let mut pen = Pen::new(row(frame, y), canvas.buf, "");
        pen.put(left, theme.border);
        let middle = width.saturating_sub(2);
        if edge {
            pen.repeat(horizontal, middle, theme.border);
        } else {
            pen.skip(middle);
        }
        pen.put(right, theme.border);
    }
    let head = Rect { x: frame.x + 2, width: width.saturating_sub(4), height: 1, ..frame };
    write(head, canvas.buf, &format!(" {title} "), theme.title, theme.signs.ellipsis);
    Rect { x: frame.x + 2, y: frame.y + 1, width: width.saturating_sub(4), height: height.saturating_sub(2) }
}

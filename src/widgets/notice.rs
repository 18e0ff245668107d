//! A message in the middle of an empty place: what there is not, and what to do next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::glyph::width16;
use super::pen::{row, write};
use super::theme::Theme;
use super::wrap::wrapped;

/// The widest a message gets, so that its lines stay readable.
const WIDEST: u16 = 64;

/// Draws a title and, dim under it, a text of one or more lines, centred in `area`.
pub fn draw_notice(area: Rect, buf: &mut Buffer, title: &str, text: &str, theme: &Theme) {
    let area = area.intersection(buf.area);
    let cells = usize::from(area.width.saturating_sub(2).min(WIDEST));
    let head = wrapped(title, cells).filter(|_| !title.is_empty()).map(|line| (line, theme.title));
    let body = wrapped(text, cells).filter(|_| !text.is_empty()).map(|line| (line, theme.dim));
    let lines: Vec<_> = head.chain(body).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let top = area.height.saturating_sub(height) / 2;
    for (index, (line, style)) in (0..area.height).zip(lines) {
        let at = row(area, top + index);
        let shift = at.width.saturating_sub(width16(line)) / 2;
        write(Rect { x: at.x + shift, width: at.width - shift, ..at }, buf, line, style, theme.signs.ellipsis);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    #[test]
    fn it_stands_in_the_middle() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, 6));
        let text = "Press n to add the first one, or Esc to go back to where you were.";
        draw_notice(buf.area, &mut buf, "No sponsors yet", text, &Theme::default());
        insta::assert_snapshot!("notice", snapshot::styled(&buf));
    }

    proptest! {
        #[test]
        fn it_breaks_nowhere(x in 0u16..30, y in 0u16..5, width in 0u16..40, height in 0u16..6, text: String) {
            let mut buf = Buffer::empty(Rect::new(1, 1, 20, 4));
            draw_notice(Rect::new(x, y, width, height), &mut buf, &text, &text, &Theme::default());
        }
    }
}

//! Writing one line of styled text into a buffer, clipped, with an ellipsis where it does not fit.

use std::ops::Range;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::glyph::{glyphs, width16};

/// Writes from left to right into one row of an area and never leaves it.
#[derive(Debug)]
pub struct Pen<'b> {
    buf: &'b mut Buffer,
    left: u16,
    x: u16,
    right: u16,
    y: u16,
    last: u16,
    full: bool,
    ellipsis: &'static str,
}

impl<'b> Pen<'b> {
    /// A pen at the left of the first row of `area`; `ellipsis` (one cell, or empty for none) ends a text that is cut.
    pub fn new(area: Rect, buf: &'b mut Buffer, ellipsis: &'static str) -> Self {
        let area = area.intersection(buf.area);
        let right = if area.is_empty() { area.x } else { area.right() };
        Pen { buf, left: area.x, x: area.x, right, y: area.y, last: area.x, full: false, ellipsis }
    }

    /// How many cells are left.
    pub fn rest(&self) -> u16 {
        if self.full { 0 } else { self.right - self.x }
    }

    /// The column where the next symbol goes.
    pub fn x(&self) -> u16 {
        self.x
    }

    /// The row.
    pub fn y(&self) -> u16 {
        self.y
    }

    /// Leaves `cells` as they are.
    pub fn skip(&mut self, cells: u16) -> &mut Self {
        let cells = cells.min(self.right - self.x);
        if cells > 0 {
            self.x += cells;
            self.last = self.x;
        }
        self
    }

    /// Writes a text; what does not fit ends in the ellipsis, and everything after that is dropped.
    pub fn put(&mut self, text: &str, style: Style) -> &mut Self {
        if self.full {
            return self;
        }
        for glyph in glyphs(text).filter(|glyph| glyph.width > 0) {
            if glyph.width > self.right - self.x {
                self.cut(style);
                return self;
            }
            self.set(glyph.symbol, glyph.width, style);
        }
        self
    }

    /// Writes a text with the given byte ranges in another style; ranges that do not fit the text are not marked.
    pub fn put_marked(&mut self, text: &str, ranges: &[Range<usize>], style: Style, marked: Style) -> &mut Self {
        let mut at = 0;
        for range in ranges {
            let (Some(before), Some(hit)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
            self.put(before, style).put(hit, marked);
            at = range.end;
        }
        self.put(text.get(at..).unwrap_or_default(), style)
    }

    /// Writes a text at the right end of what is left.
    pub fn put_right(&mut self, text: &str, style: Style) -> &mut Self {
        let room = self.rest();
        self.skip(room.saturating_sub(width16(text)));
        self.put(text, style)
    }

    /// Writes a symbol of one cell `times` times, as far as there is room.
    pub fn repeat(&mut self, symbol: &str, times: u16, style: Style) -> &mut Self {
        for _ in 0..times.min(self.rest()) {
            self.set(symbol, 1, style);
        }
        self
    }

    /// Fills the rest of the row with a symbol of one cell.
    pub fn fill(&mut self, symbol: &str, style: Style) -> &mut Self {
        self.repeat(symbol, u16::MAX, style)
    }

    fn set(&mut self, symbol: &str, width: u16, style: Style) {
        self.last = self.x;
        for x in self.x..self.x + width {
            if let Some(cell) = self.buf.cell_mut((x, self.y)) {
                cell.set_symbol(if x == self.x { symbol } else { " " }).set_style(style);
            }
        }
        self.x += width;
    }

    /// Puts the ellipsis over the last glyph, or into the cell that a wide glyph left empty.
    fn cut(&mut self, style: Style) {
        self.full = true;
        if self.left == self.right || self.ellipsis.is_empty() {
            return;
        }
        if self.x == self.right {
            self.x = self.last.min(self.right - 1);
        }
        let ellipsis = self.ellipsis;
        self.set(ellipsis, 1, style);
        while self.x < self.right {
            self.set(" ", 1, style);
        }
    }
}

/// Writes one text into one row, with the ellipsis if it does not fit.
pub fn write(area: Rect, buf: &mut Buffer, text: &str, style: Style, ellipsis: &'static str) {
    Pen::new(area, buf, ellipsis).put(text, style);
}

/// Empties an area that something is drawn over. A wide glyph that reaches in from the left is emptied whole.
pub fn clear(area: Rect, buf: &mut Buffer, style: Style) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        if let Some(cell) = area.x.checked_sub(1).and_then(|x| buf.cell_mut((x, y)))
            && !area.is_empty()
            && cell.cell_width() > 1
        {
            cell.set_symbol(" ");
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// One row of an area, counted from its top; empty if the area is not that tall.
pub fn row(area: Rect, index: u16) -> Rect {
    if index >= area.height {
        return Rect { height: 0, ..area };
    }
    Rect { y: area.y.saturating_add(index), height: 1, ..area }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(width: u16, parts: &[&str]) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        let mut pen = Pen::new(buf.area, &mut buf, "…");
        for part in parts {
            pen.put(part, Style::new());
        }
        buf.content().iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn a_cut_text_ends_in_the_ellipsis() {
        assert_eq!(written(6, &["abc", "def"]), "abcdef");
        assert_eq!(written(6, &["abc", "defg"]), "abcde…");
        assert_eq!(written(6, &["abcdef", "g", "h"]), "abcde…");
        assert_eq!(written(4, &["東京都"]), "東 … ");
        assert_eq!(written(3, &["東京"]), "東 …");
        assert_eq!(written(1, &["東"]), "…");
        let mut buf = Buffer::empty(Rect::new(0, 0, 3, 1));
        Pen::new(Rect::new(0, 0, 2, 1), &mut buf, "…").skip(2).put_right("x", Style::new());
        assert_eq!(buf, Buffer::with_lines([" … "]));
    }

    #[test]
    fn clearing_takes_a_wide_glyph_at_the_edge_whole() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        write(buf.area, &mut buf, "東京", Style::new(), "…");
        clear(Rect::new(1, 0, 1, 1), &mut buf, Style::new());
        assert_eq!(buf.cell((0, 0)).map(|cell| cell.symbol()), Some(" "));
    }

    proptest! {
        #[test]
        fn it_stays_in_its_area(x in 0u16..12, y in 0u16..4, width in 0u16..14, text: String) {
            let mut buf = Buffer::empty(Rect::new(1, 1, 10, 2));
            let area = Rect::new(x, y, width, 1);
            Pen::new(area, &mut buf, "…").put(&text, Style::new()).put_right(&text, Style::new()).fill("x", Style::new());
            for y in 1..3 {
                for x in 1..11 {
                    let inside = area.contains((x, y).into());
                    prop_assert!(inside || buf.cell((x, y)).is_some_and(|cell| cell.symbol() == " "));
                }
            }
        }
    }
}

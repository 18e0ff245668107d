//! What a column's cell function draws with.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Align;
use crate::widgets::glyph::width16;
use crate::widgets::pen::Pen;
use crate::widgets::theme::{Theme, Tone};

/// Draws one cell of a table: text from the left (or, in a right-aligned column, at the right end), cut with an ellipsis.
#[derive(Debug)]
pub struct CellPainter<'a> {
    pen: Pen<'a>,
    theme: &'a Theme,
    align: Align,
    on_cursor: bool,
    selected: bool,
}

impl<'a> CellPainter<'a> {
    pub(super) fn new(
        area: Rect,
        buf: &'a mut Buffer,
        theme: &'a Theme,
        align: Align,
        on_cursor: bool,
        selected: bool,
    ) -> Self {
        CellPainter { pen: Pen::new(area, buf, theme.signs.ellipsis), theme, align, on_cursor, selected }
    }

    /// The theme.
    pub fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// How many cells are left.
    pub fn rest(&self) -> u16 {
        self.pen.rest()
    }

    /// Whether the cursor is on this row.
    pub fn on_cursor(&self) -> bool {
        self.on_cursor
    }

    /// Whether this row is selected.
    pub fn selected(&self) -> bool {
        self.selected
    }

    /// Plain text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.styled(text, self.theme.text)
    }

    /// Text of second rank.
    pub fn dim(&mut self, text: &str) -> &mut Self {
        self.styled(text, self.theme.dim)
    }

    /// Text in a style.
    pub fn styled(&mut self, text: &str, style: Style) -> &mut Self {
        match self.align {
            Align::Left => self.pen.put(text, style),
            Align::Right => self.pen.put_right(text, style),
            Align::Center => {
                let room = self.pen.rest();
                self.pen.skip(room.saturating_sub(width16(text)) / 2).put(text, style)
            }
        };
        self
    }

    /// A whole number.
    pub fn number(&mut self, number: impl Into<i64>) -> &mut Self {
        self.text(&number.into().to_string())
    }

    /// A tone's sign and a text in its colour.
    pub fn status(&mut self, tone: Tone, text: &str) -> &mut Self {
        let style = self.theme.status(tone);
        self.pen.put(self.theme.sign(tone), style).put(" ", style).put(text, style);
        self
    }

    /// Text in which the given byte ranges were searched for. Ranges that do not fit the text are not marked.
    pub fn marked(&mut self, text: &str, ranges: &[Range<usize>], style: Style) -> &mut Self {
        self.pen.put_marked(text, ranges, style, style.patch(self.theme.matched));
        self
    }

    /// The pen, for everything else (bars, for one).
    pub fn pen(&mut self) -> &mut Pen<'a> {
        &mut self.pen
    }
}

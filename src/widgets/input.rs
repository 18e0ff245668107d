//! A text input of one line.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::edit::Edit;
use super::glyph::{following, following_word, glyphs, is_unsafe, previous, previous_word, width};
use super::pen::{Pen, clear};
use super::theme::Theme;

/// One line of text with a cursor; it scrolls sideways. A masked one shows neither its text nor, in `Debug`, its length.
#[derive(Clone, Default)]
pub struct Input {
    text: String,
    /// The cursor, as a byte offset at the beginning of a grapheme or at the end.
    cursor: usize,
    max: Option<usize>,
    masked: bool,
    placeholder: String,
    scroll: Cell<usize>,
}

impl Input {
    /// An empty input.
    pub fn new() -> Self {
        Input::default()
    }

    /// An empty input that shows a mark for each character.
    pub fn masked() -> Self {
        Input { masked: true, ..Input::default() }
    }

    /// The same with at most this many characters.
    #[must_use]
    pub fn with_max(mut self, characters: usize) -> Self {
        self.max = Some(characters);
        self
    }

    /// The same with a text; the cursor stands behind it.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.set(text);
        self
    }

    /// The same with a text that is shown while it is empty.
    #[must_use]
    pub fn with_placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = text.into();
        self
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the cursor stands: a byte offset.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts a text in the place of a part of this one; the cursor stands behind it. A range that does not fit changes
    /// nothing.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        if self.text.get(range.clone()).is_some() {
            self.text.replace_range(range.clone(), "");
            self.cursor = range.start;
            self.paste(text);
        }
    }

    /// Replaces the text; the cursor stands behind it.
    pub fn set(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.paste(text);
    }

    /// Takes the text out and leaves the input empty.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Types one character. Says whether the text changed.
    pub fn insert(&mut self, c: char) -> bool {
        self.paste(c.encode_utf8(&mut [0; 4]))
    }

    /// Inserts a text: line ends and tabs become blanks, other unsafe characters are dropped, and what exceeds the
    /// maximum is cut. Says whether the text changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let room = self.max.map_or(usize::MAX, |max| max.saturating_sub(self.text.chars().count()));
        let text = text.trim_end_matches(['\r', '\n']).replace("\r\n", " ");
        let clean = |c: char| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c => (!is_unsafe(c)).then_some(c),
        };
        let clean: String = text.chars().filter_map(clean).take(room).collect();
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
        self.settle();
        !clean.is_empty()
    }

    /// Moves a cursor that a combining character has left inside a grapheme to its end.
    fn settle(&mut self) {
        let mut start = 0;
        while start < self.cursor {
            start = following(&self.text, start);
        }
        self.cursor = start;
    }

    /// Deletes the grapheme before the cursor. Says whether the text changed.
    pub fn backspace(&mut self) -> bool {
        self.remove(previous(&self.text, self.cursor), self.cursor)
    }

    /// Deletes the grapheme at the cursor. Says whether the text changed.
    pub fn delete(&mut self) -> bool {
        self.remove(self.cursor, following(&self.text, self.cursor))
    }

    /// Deletes back to the beginning of a word. Says whether the text changed.
    pub fn delete_word(&mut self) -> bool {
        self.remove(previous_word(&self.text, self.cursor), self.cursor)
    }

    /// Deletes everything before the cursor. Says whether the text changed.
    pub fn delete_to_start(&mut self) -> bool {
        self.remove(0, self.cursor)
    }

    /// Deletes everything behind the cursor. Says whether the text changed.
    pub fn delete_to_end(&mut self) -> bool {
        self.remove(self.cursor, self.text.len())
    }

    fn remove(&mut self, start: usize, end: usize) -> bool {
        self.text.replace_range(start..end, "");
        self.cursor = start;
        self.settle();
        start < end
    }

    /// Moves the cursor one grapheme to the left.
    pub fn left(&mut self) {
        self.cursor = previous(&self.text, self.cursor);
    }

    /// Moves the cursor one grapheme to the right.
    pub fn right(&mut self) {
        self.cursor = following(&self.text, self.cursor);
    }

    /// Moves the cursor to the beginning of a word.
    pub fn word_left(&mut self) {
        self.cursor = previous_word(&self.text, self.cursor);
    }

    /// Moves the cursor to the end of a word.
    pub fn word_right(&mut self) {
        self.cursor = following_word(&self.text, self.cursor);
    }

    /// Moves the cursor to the beginning.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    /// Does one step of editing. Says whether anything changed or moved.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let before = self.cursor;
        match edit {
            Edit::Insert(c) => return self.insert(c),
            Edit::Backspace => return self.backspace(),
            Edit::Delete => return self.delete(),
            Edit::DeleteWord => return self.delete_word(),
            Edit::DeleteToStart => return self.delete_to_start(),
            Edit::DeleteToEnd => return self.delete_to_end(),
            Edit::Left => self.left(),
            Edit::Right => self.right(),
            Edit::WordLeft => self.word_left(),
            Edit::WordRight => self.word_right(),
            Edit::Home | Edit::Top => self.home(),
            Edit::End | Edit::Bottom => self.end(),
            Edit::Newline | Edit::Up | Edit::Down | Edit::PageUp | Edit::PageDown | Edit::Undo | Edit::Redo => {}
        }
        before != self.cursor
    }

    /// Puts the cursor where a click at column `x` of the input's area (counted from its left) stands.
    pub fn click(&mut self, x: u16) {
        let target = self.scroll.get() + usize::from(x);
        let mut column = 0;
        self.cursor = self.text.len();
        for glyph in glyphs(&self.text) {
            column += self.cells(glyph.width);
            if column > target {
                self.cursor = glyph.start;
                return;
            }
        }
    }

    fn cells(&self, width: u16) -> usize {
        if self.masked { 1 } else { usize::from(width) }
    }

    /// The columns before the cursor and of the whole text.
    fn columns(&self) -> (usize, usize) {
        if self.masked {
            return (glyphs(&self.text[..self.cursor]).count(), glyphs(&self.text).count());
        }
        (width(&self.text[..self.cursor]), width(&self.text))
    }

    /// Draws the input into the first row of `area` and, if it has the focus, returns where the cursor stands.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        self.draw_marked(area, buf, theme, focused, &[])
    }

    /// The same with styles laid over parts of the text (byte ranges).
    pub fn draw_marked(
        &self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        focused: bool,
        marks: &[(Range<usize>, Style)],
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let area = Rect { height: 1, ..area };
        let style = if focused { theme.text.patch(theme.field) } else { theme.dim.patch(theme.field) };
        buf.set_style(area, style);
        if self.text.is_empty() {
            self.scroll.set(0);
            Pen::new(area, buf, theme.signs.ellipsis).put(&self.placeholder, theme.faint.patch(theme.field));
            return focused.then_some(area.as_position());
        }
        let room = usize::from(area.width);
        let (before, all) = self.columns();
        let scroll = scrolled(self.scroll.get(), before, all, room);
        self.scroll.set(scroll);
        self.draw_window(area, buf, theme, scroll, style, marks);
        let ellipsis = theme.signs.ellipsis;
        if scroll > 0 {
            Pen::new(area, buf, "").put(ellipsis, theme.faint);
        }
        if all > scroll + room {
            let last = Rect { x: area.right() - 1, width: 1, ..area };
            clear(last, buf, theme.field);
            Pen::new(last, buf, "").put(ellipsis, theme.faint);
        }
        let x = area.x + u16::try_from(before - scroll).unwrap_or(u16::MAX).min(area.width - 1);
        focused.then_some(Position { x, y: area.y })
    }

    /// Draws the columns from `scroll` on; a wide glyph that the left edge cuts is left out.
    fn draw_window(
        &self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        scroll: usize,
        style: Style,
        marks: &[(Range<usize>, Style)],
    ) {
        let mut column = 0;
        let mut pen = Pen::new(area, buf, "");
        for glyph in glyphs(&self.text) {
            let cells = self.cells(glyph.width);
            if column < scroll {
                let beyond = (column + cells).saturating_sub(scroll);
                pen.skip(u16::try_from(beyond).unwrap_or(0));
            } else if cells > 0 {
                let over = marks.iter().filter(|(range, _)| range.contains(&glyph.start));
                let style = over.fold(style, |style, (_, mark)| style.patch(*mark));
                pen.put(if self.masked { theme.signs.mask } else { glyph.symbol }, style);
            }
            column += cells;
            if pen.rest() == 0 {
                return;
            }
        }
    }
}

/// The first column on the screen: moved as little as the cursor asks for, with one cell at each cut edge for its sign.
fn scrolled(scroll: usize, cursor: usize, all: usize, room: usize) -> usize {
    if all < room {
        return 0;
    }
    let right = usize::from(cursor < all);
    let least = (cursor + 1 + right).saturating_sub(room);
    let most = cursor.saturating_sub(1);
    scroll.min(all + 1 - room).max(least).min(most.max(least).min(cursor))
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Input");
        if self.masked {
            return debug.finish_non_exhaustive();
        }
        debug.field("text", &self.text).field("cursor", &self.cursor).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    fn drawn(input: &Input, width: u16) -> (String, Option<u16>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        let cursor = input.draw(buf.area, &mut buf, &Theme::default(), true);
        (snapshot::text(&buf).trim_end().to_owned(), cursor.map(|at| at.x))
    }

    #[test]
    fn editing_goes_by_graphemes_and_words() {
        let mut input = Input::new().with_text("un film 👩‍👩‍👧e\u{301}");
        assert!(input.backspace());
        assert!(input.backspace());
        assert_eq!(input.text(), "un film ");
        input.word_left();
        input.insert('a');
        assert_eq!(input.text(), "un afilm ");
        input.home();
        input.delete();
        input.right();
        input.right();
        assert!(input.delete_word());
        assert_eq!(input.text(), "afilm ");
        assert!(input.delete_to_end());
        assert!(!input.backspace());
        assert!(input.is_empty());
    }

    #[test]
    fn what_is_pasted_is_harmless_and_not_too_long() {
        let mut input = Input::new().with_max(8);
        input.paste("a\x1b[31m\r\nb\u{202E}c too long\n");
        assert_eq!(input.text(), "a[31m bc");
        assert!(!input.insert('x'));
    }

    #[test]
    fn a_combining_character_leaves_the_cursor_on_a_boundary() {
        let mut input = Input::new().with_text("ex");
        input.left();
        input.insert('\u{301}');
        input.backspace();
        assert_eq!(input.text(), "x");
    }

    #[test]
    fn it_scrolls_no_more_than_needed() {
        let mut input = Input::new().with_text("abcdefghij");
        assert_eq!(drawn(&input, 6), ("…ghij".into(), Some(5)));
        input.left();
        assert_eq!(drawn(&input, 6), ("…ghij".into(), Some(4)));
        for _ in 0..4 {
            input.left();
        }
        assert_eq!(drawn(&input, 6), ("…fghij".into(), Some(1)));
        input.left();
        assert_eq!(drawn(&input, 6), ("…efgh…".into(), Some(1)));
        input.home();
        assert_eq!(drawn(&input, 6), ("abcde…".into(), Some(0)));
        input.click(3);
        assert_eq!(drawn(&input, 12), ("abcdefghij".into(), Some(3)));
    }

    #[test]
    fn a_secret_is_neither_drawn_nor_debugged() {
        let mut input = Input::masked();
        input.paste("héé");
        assert_eq!(drawn(&input, 8), ("•••".into(), Some(3)));
        assert_eq!(format!("{input:?}"), "Input { .. }");
        assert_eq!(input.take(), "héé");
    }

    #[derive(Debug, Clone)]
    enum Act {
        Paste(String),
        Press(u8),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![any::<String>().prop_map(Act::Paste), (0u8..12).prop_map(Act::Press)]
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(acts in prop::collection::vec(act(), 0..30), width in 0u16..20, masked: bool) {
            let mut input = if masked { Input::masked() } else { Input::new() }.with_max(40);
            let theme = Theme::default();
            for act in acts {
                match act {
                    Act::Paste(text) => _ = input.paste(&text),
                    Act::Press(0) => _ = input.backspace(),
                    Act::Press(1) => _ = input.delete(),
                    Act::Press(2) => _ = input.delete_word(),
                    Act::Press(3) => input.left(),
                    Act::Press(4) => input.right(),
                    Act::Press(5) => input.word_left(),
                    Act::Press(6) => input.word_right(),
                    Act::Press(7) => input.home(),
                    Act::Press(8) => input.end(),
                    Act::Press(9) => _ = input.delete_to_start(),
                    Act::Press(10) => _ = input.insert('\u{301}'),
                    Act::Press(_) => input.click(7),
                }
                let mut buf = Buffer::empty(Rect::new(1, 1, 12, 2));
                let area = Rect::new(2, 2, width, 3);
                let cursor = input.draw(area, &mut buf, &theme, true);
                prop_assert!(cursor.is_none_or(|at| area.intersection(buf.area).contains(at)));
                prop_assert_eq!(cursor.is_none(), width == 0);
                prop_assert!(input.text().chars().count() <= 40);
            }
        }
    }
}

//! A text box of several lines.
//!
//! The text and its history are a `ratatui-textarea`; the box draws it itself, because there a grapheme of several
//! characters counts as wide as its parts, and the cursor may stop inside it.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui_textarea::{CursorMove, TextArea};

use super::edit::Edit;
use super::glyph::{following, following_word, glyphs, is_unsafe, previous, previous_word, whole, width, width16};
use super::pen::{row, write};
use super::table::draw_scrollbar;
use super::theme::Theme;
use super::wrap::rows;

/// How many changes can be taken back.
const HISTORY: usize = 1_000;

/// A text of several lines with a cursor, a greatest length in characters, undo and redo. Long lines are wrapped.
#[derive(Debug, Clone)]
pub struct TextBox {
    area: TextArea<'static>,
    max: usize,
    count: usize,
    /// The column that moving up and down keeps to.
    goal: Option<usize>,
    wrap: Cell<u16>,
    page: Cell<u16>,
    first: Cell<usize>,
}

/// One row of the screen: a line of the text and the part of it.
struct Row {
    line: usize,
    start: usize,
    end: usize,
}

impl TextBox {
    /// An empty box for at most `max` characters (line ends count; no box holds more than 65,535).
    pub fn new(max: usize) -> Self {
        let max = max.min(usize::from(u16::MAX));
        let (wrap, page, first) = (Cell::new(80), Cell::new(1), Cell::new(0));
        TextBox { area: fresh(Vec::new()), max, count: 0, goal: None, wrap, page, first }
    }

    /// The same with a text; the cursor stands behind it.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.set(text);
        self
    }

    /// Replaces the text and forgets the history; the cursor stands behind it.
    pub fn set(&mut self, text: &str) {
        let text: String = clean(text).chars().take(self.max).collect();
        self.area = fresh(text.split('\n').map(str::to_owned).collect());
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
        self.recount();
    }

    /// The text, with `\n` between lines.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many characters it has, line ends included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many bytes of UTF-8 it has, line ends included.
    pub fn bytes(&self) -> usize {
        let lines = self.area.lines();
        lines.iter().map(String::len).sum::<usize>() + lines.len() - 1
    }

    /// How many it may have.
    pub fn max(&self) -> usize {
        self.max
    }

    /// Where the cursor stands, in characters from the beginning (line ends count).
    pub fn caret(&self) -> usize {
        let (line, column) = (self.area.cursor().0, self.area.cursor().1);
        let before = self.area.lines().iter().take(line).map(|line| line.chars().count() + 1);
        before.sum::<usize>() + column
    }

    /// Puts the cursor there, or at the end of a text that is shorter.
    pub fn set_caret(&mut self, caret: usize) {
        let mut left = caret;
        let lines = self.area.lines();
        for (at, line) in lines.iter().enumerate() {
            let count = line.chars().count();
            if left <= count || at + 1 == lines.len() {
                let byte = line.char_indices().nth(left).map_or(line.len(), |(byte, _)| byte);
                self.jump(at, byte);
                break;
            }
            left -= count + 1;
        }
        self.settle();
        self.goal = None;
    }

    fn recount(&mut self) {
        let lines = self.area.lines();
        self.count = lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len() - 1;
        self.goal = None;
    }

    /// Inserts a text, without what is unsafe and as much as there is room for. Says whether the text changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let room = self.max.saturating_sub(self.count);
        let text: String = clean(text).chars().take(room).collect();
        let changed = !text.is_empty() && self.area.insert_str(&text);
        self.settle();
        self.recount();
        changed
    }

    /// Does one step of editing. Says whether anything changed or moved.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let before = (self.area.cursor(), self.count);
        match edit {
            Edit::Up => return self.climb(-1),
            Edit::Down => return self.climb(1),
            Edit::PageUp => return self.climb(-isize::from(self.page.get().cast_signed().max(1))),
            Edit::PageDown => return self.climb(isize::from(self.page.get().cast_signed().max(1))),
            Edit::Insert(c) => return self.paste(c.encode_utf8(&mut [0; 4])),
            Edit::Newline => return self.paste("\n"),
            Edit::Undo | Edit::Redo => {
                let done = if edit == Edit::Undo { self.area.undo() } else { self.area.redo() };
                self.settle();
                self.recount();
                return done;
            }
            Edit::Backspace => self.delete_back(previous),
            Edit::DeleteWord => self.delete_back(previous_word),
            Edit::DeleteToStart => self.delete_back(|_, _| 0),
            Edit::Delete => self.delete_on(following),
            Edit::DeleteToEnd => self.delete_on(|line, _| line.len()),
            Edit::Left => self.go_back(previous),
            Edit::WordLeft => self.go_back(previous_word),
            Edit::Right => self.go_on(following),
            Edit::WordRight => self.go_on(following_word),
            Edit::Home => self.jump(self.at().0, 0),
            Edit::End => self.jump(self.at().0, self.line().len()),
            Edit::Top => self.jump(0, 0),
            Edit::Bottom => {
                let last = self.area.lines().len() - 1;
                self.jump(last, self.area.lines()[last].len());
            }
        }
        self.recount();
        before != (self.area.cursor(), self.count)
    }

    /// The cursor: its line and the byte offset in it.
    fn at(&self) -> (usize, usize) {
        let (line, column) = (self.area.cursor().0, self.area.cursor().1);
        let text = &self.area.lines()[line];
        (line, text.char_indices().nth(column).map_or(text.len(), |(byte, _)| byte))
    }

    fn line(&self) -> &str {
        &self.area.lines()[self.at().0]
    }

    /// Moves the cursor to a byte offset of a line.
    fn jump(&mut self, line: usize, byte: usize) {
        let column = self.area.lines()[line][..byte].chars().count();
        let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(small(line), small(column)));
    }

    /// Moves a cursor that stands inside a grapheme to its end.
    fn settle(&mut self) {
        let (line, byte) = self.at();
        let end = whole(&self.area.lines()[line], byte);
        if end != byte {
            self.jump(line, end);
        }
    }

    fn go_back(&mut self, target: fn(&str, usize) -> usize) {
        match self.at() {
            (0, 0) => {}
            (line, 0) => self.jump(line - 1, self.area.lines()[line - 1].len()),
            (line, byte) => self.jump(line, target(self.line(), byte)),
        }
    }

    fn go_on(&mut self, target: fn(&str, usize) -> usize) {
        let (line, byte) = self.at();
        if byte < self.line().len() {
            self.jump(line, target(self.line(), byte));
        } else if line + 1 < self.area.lines().len() {
            self.jump(line + 1, 0);
        }
    }

    fn delete_back(&mut self, target: fn(&str, usize) -> usize) {
        let (line, byte) = self.at();
        if byte == 0 {
            self.area.delete_newline();
        } else {
            let start = target(self.line(), byte);
            let characters = self.line()[start..byte].chars().count();
            self.jump(line, start);
            self.area.delete_str(characters);
        }
        self.settle();
    }

    fn delete_on(&mut self, target: fn(&str, usize) -> usize) {
        let (_, byte) = self.at();
        if byte == self.line().len() {
            self.area.delete_next_char();
        } else {
            let end = target(self.line(), byte);
            let characters = self.line()[byte..end].chars().count();
            self.area.delete_str(characters);
        }
        self.settle();
    }

    /// The text as rows of the screen.
    fn rows(&self, cells: u16) -> Vec<Row> {
        let wrapped = |(line, text): (usize, &String)| {
            rows(text, usize::from(cells)).into_iter().map(move |part| Row { line, start: part.start, end: part.end })
        };
        self.area.lines().iter().enumerate().flat_map(wrapped).collect()
    }

    /// The cursor's row among `rows` and its column.
    fn place(&self, rows: &[Row]) -> (usize, usize) {
        let (line, byte) = self.at();
        let index = rows.partition_point(|row| (row.line, row.start) <= (line, byte)).saturating_sub(1);
        let column = rows.get(index).map_or(0, |row| width(&self.area.lines()[line][row.start..byte]));
        (index, column)
    }

    /// Moves the cursor by rows of the screen. Says whether it moved.
    fn climb(&mut self, by: isize) -> bool {
        let rows = self.rows(self.wrap.get());
        let (from, column) = self.place(&rows);
        let goal = self.goal.unwrap_or(column);
        let to = from.saturating_add_signed(by).min(rows.len() - 1);
        if to != from {
            self.jump_to(&rows, to, goal);
            self.goal = Some(goal);
        }
        to != from
    }

    /// Moves the cursor to a column of a row; a wrapped row ends before its last grapheme, which leads to the next.
    fn jump_to(&mut self, rows: &[Row], index: usize, column: usize) {
        let Row { line, start, end } = rows[index];
        let wrapped = rows.get(index + 1).is_some_and(|next| next.line == line);
        let mut at = 0;
        let mut byte = end;
        for glyph in glyphs(&self.area.lines()[line][start..end]) {
            at += usize::from(glyph.width);
            if at > column || (wrapped && start + glyph.end == end) {
                byte = start + glyph.start;
                break;
            }
        }
        self.jump(line, byte);
    }

    /// Puts the cursor where a click stands, counted from the top left of the box.
    pub fn click(&mut self, x: u16, y: u16) {
        let rows = self.rows(self.wrap.get());
        let index = (self.first.get() + usize::from(y)).min(rows.len() - 1);
        self.jump_to(&rows, index, usize::from(x));
        self.goal = None;
    }

    /// Draws the box and, if it has the focus, returns where the cursor stands. The last column is kept for the cursor
    /// behind a full line and for a scrollbar.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        self.wrap.set(area.width.saturating_sub(1).max(1));
        self.page.set(area.height);
        let rows = self.rows(self.wrap.get());
        let (index, column) = self.place(&rows);
        let page = usize::from(area.height);
        // A text that nobody is in stays where it was left: a new one at its beginning, wherever its cursor stands.
        let kept = self.first.get();
        let first = if focused { kept.min(index).max((index + 1).saturating_sub(page)) } else { kept };
        let first = first.min(rows.len().saturating_sub(page));
        self.first.set(first);
        let style = if focused { theme.text } else { theme.dim };
        for line in 0..area.height {
            let Some(part) = rows.get(first + usize::from(line)) else { break };
            write(row(area, line), buf, &self.area.lines()[part.line][part.start..part.end], style, "");
        }
        if rows.len() > page {
            draw_scrollbar(area, buf, first, page, rows.len(), theme);
        }
        let x = area.x + u16::try_from(column).unwrap_or(u16::MAX).min(area.width - 1);
        let y = area.y + u16::try_from(index.saturating_sub(first)).unwrap_or(u16::MAX).min(area.height - 1);
        focused.then_some(Position { x, y })
    }

    /// Draws how many characters there are and may be at the right end of a row.
    pub fn draw_count(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let full = self.count * 10 >= self.max * 9;
        let count = format!("{}/{}", self.count, self.max);
        let area = row(area, 0);
        let shift = area.width.saturating_sub(width16(&count));
        let end = Rect { x: area.x.saturating_add(shift), width: area.width - shift, ..area };
        write(end, buf, &count, if full { theme.warning } else { theme.faint }, theme.signs.ellipsis);
    }
}

fn fresh(lines: Vec<String>) -> TextArea<'static> {
    let mut area = TextArea::new(lines);
    area.set_max_histories(HISTORY);
    area
}

/// Line ends become `\n`, tabs blanks; other unsafe characters go.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', "    ");
    text.chars().filter(|c| *c == '\n' || !is_unsafe(*c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    fn drawn(text: &TextBox, width: u16, height: u16) -> (String, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = text.draw(buf.area, &mut buf, &Theme::default(), true);
        (snapshot::text(&buf), cursor)
    }

    fn at(x: u16, y: u16) -> Option<Position> {
        Some(Position { x, y })
    }

    #[test]
    fn it_wraps_and_says_where_the_cursor_is() {
        let mut text = TextBox::new(100).with_text("a film that stays\n\n東京 👩‍👩‍👧!");
        assert_eq!(drawn(&text, 12, 5), ("a film that\nstays\n\n東京 👩‍👩‍👧!\n\n".into(), at(8, 3)));
        text.edit(Edit::Left);
        text.edit(Edit::Left);
        assert_eq!(drawn(&text, 12, 5).1, at(5, 3));
        text.edit(Edit::Up);
        assert_eq!(drawn(&text, 12, 5).1, at(0, 2));
        text.edit(Edit::Up);
        assert_eq!(drawn(&text, 12, 5).1, at(5, 1));
        text.edit(Edit::PageUp);
        assert_eq!(drawn(&text, 12, 5).1, at(5, 0));
        text.click(40, 0);
        assert_eq!(drawn(&text, 12, 5).1, at(11, 0));
        assert_eq!(drawn(&text, 12, 2).0, "a film that█\nstays      │\n");
    }

    #[test]
    fn editing_goes_by_graphemes_and_can_be_undone() {
        let mut text = TextBox::new(100).with_text("one\ntwo 👩‍👩‍👧");
        assert!(text.edit(Edit::Backspace));
        assert_eq!(text.text(), "one\ntwo ");
        assert!(text.edit(Edit::DeleteWord));
        assert!(text.edit(Edit::Backspace));
        assert_eq!(text.text(), "one");
        for _ in 0..3 {
            assert!(text.edit(Edit::Undo));
        }
        assert_eq!(text.text(), "one\ntwo 👩‍👩‍👧");
        assert!(text.edit(Edit::Redo));
        assert_eq!(text.text(), "one\ntwo ");
        text.edit(Edit::Top);
        text.edit(Edit::DeleteToEnd);
        text.edit(Edit::Delete);
        assert_eq!((text.text(), text.count()), ("two ".into(), 4));
        assert!(!text.edit(Edit::Up));
    }

    #[test]
    fn it_holds_no_more_than_it_may_and_nothing_unsafe() {
        let mut text = TextBox::new(8);
        assert!(text.paste("a\x1b[\r\nb\u{202E}\tc too long"));
        assert_eq!((text.text(), text.count()), ("a[\nb    ".into(), 8));
        assert!(!text.edit(Edit::Insert('x')));
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
        text.draw_count(buf.area, &mut buf, &Theme::default());
        insta::assert_snapshot!(snapshot::styled(&buf), @"
        |       8/8
        :.......aaa
        a = 179
        ");
    }

    #[test]
    fn it_can_go_to_another_thread() {
        fn check<T: Send>() {}
        check::<TextBox>();
    }

    const EDITS: [Edit; 20] = [
        Edit::Insert('\u{301}'),
        Edit::Newline,
        Edit::Backspace,
        Edit::Delete,
        Edit::DeleteWord,
        Edit::DeleteToStart,
        Edit::DeleteToEnd,
        Edit::Left,
        Edit::Right,
        Edit::Up,
        Edit::Down,
        Edit::WordLeft,
        Edit::WordRight,
        Edit::Home,
        Edit::End,
        Edit::Top,
        Edit::PageUp,
        Edit::PageDown,
        Edit::Undo,
        Edit::Redo,
    ];

    proptest! {
        #[test]
        fn nothing_breaks_it(
            edits in prop::collection::vec((0..EDITS.len() + 4, "[a-z 東👩\u{200D}\u{301}\n]{0,9}"), 0..40),
            (width, height) in (0u16..20, 0u16..6),
        ) {
            let mut text = TextBox::new(60);
            for (edit, paste) in edits {
                match EDITS.get(edit) {
                    Some(edit) => _ = text.edit(*edit),
                    None => _ = text.paste(&paste),
                }
                let mut buf = Buffer::empty(Rect::new(1, 1, 12, 4));
                let area = Rect::new(2, 2, width, height);
                let cursor = text.draw(area, &mut buf, &Theme::default(), true);
                prop_assert!(cursor.is_none_or(|at| area.intersection(buf.area).contains(at)));
                prop_assert_eq!(text.count(), text.text().chars().count());
                prop_assert!(text.count() <= 60);
            }
        }
    }
}

//! The data table: columns are data, only the rows on the screen are asked for and drawn.

mod cell;
mod layout;
mod state;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::cell::CellPainter;
pub use self::state::{Key, Keys, SortBy, TableHit, TableState};
use super::glyph::width16;
use super::pen::{Pen, row};
use super::theme::Theme;

/// How wide a column is, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Always this wide.
    Fixed(u16),
    /// At least `min`; what is left over is shared out by `weight`.
    Grow {
        /// The least width.
        min: u16,
        /// The share of what is left over.
        weight: u16,
    },
}

impl Width {
    fn least(self) -> u16 {
        match self {
            Width::Fixed(width) | Width::Grow { min: width, .. } => width,
        }
    }
}

/// Where a cell's text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// At the right, as numbers do.
    Right,
    /// In the middle.
    Center,
}

/// A column over rows of `T`, drawn with a context `C` (the session's language, what was searched for…).
#[derive(Debug)]
pub struct Column<T, C> {
    /// What the column is known by, and the message id of its title.
    pub title: &'static str,
    /// How wide it is.
    pub width: Width,
    /// Where its text stands.
    pub align: Align,
    /// What goes first when the screen is narrow: the greatest number. The columns of 0 stay longest.
    pub priority: u8,
    /// Whether the rows can be sorted by it.
    pub sortable: bool,
    /// Draws one cell.
    pub cell: fn(&T, &C, &mut CellPainter<'_>),
}

/// The cells at the left of every row: the cursor's mark, the selection's mark and a blank.
const MARKS: u16 = 3;

/// Draws a table: a header, and as many rows as there is room for, in time that does not depend on how many there are.
/// `rows` gives the key and the row at an index; `titles` are the translated titles in the order of `columns`.
/// The cursor's row is highlighted strongly only if `focused`.
#[expect(clippy::too_many_arguments, reason = "a table is drawn from exactly these; a struct would only rename them")]
pub fn draw_table<'r, T: 'r, C, S: AsRef<str>>(
    area: Rect,
    buf: &mut Buffer,
    rows: impl Fn(usize) -> Option<(Key, &'r T)>,
    len: usize,
    columns: &[Column<T, C>],
    titles: &[S],
    state: &TableState,
    ctx: &C,
    theme: &Theme,
    focused: bool,
) {
    let area = area.intersection(buf.area);
    let page = usize::from(area.height.saturating_sub(1));
    let first = state.settle(len, page);
    let scrolls = len > page && area.width > MARKS + 1;
    let mut drawn = state.drawn.borrow_mut();
    drawn.header = row(area, 0);
    drawn.body = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
    drawn.ids.clear();
    drawn.ids.extend(columns.iter().map(|column| column.title));
    if area.is_empty() {
        drawn.slots.clear();
        return;
    }
    let room = area.width.saturating_sub(MARKS + u16::from(scrolls) * 2);
    layout::lay_out(columns, area.x.saturating_add(MARKS).min(area.right()), room, &mut drawn.slots);
    draw_header(drawn.header, buf, columns, titles, state.sort, &drawn.slots, theme);
    for line in 0..drawn.body.height {
        let index = first + usize::from(line);
        let Some((key, item)) = (index < len).then(|| rows(index)).flatten() else { break };
        let line = row(drawn.body, line);
        let selected = state.is_selected(key, index);
        let on_cursor = index == state.cursor_index();
        draw_marks(line, buf, theme, on_cursor && focused, selected);
        for slot in &drawn.slots {
            let column = &columns[slot.column];
            let cell = Rect { x: slot.x, width: slot.width, ..line };
            (column.cell)(item, ctx, &mut CellPainter::new(cell, buf, theme, column.align, on_cursor, selected));
        }
        if on_cursor {
            let style = if focused { theme.cursor } else { theme.title };
            buf.set_style(Rect { width: line.width - u16::from(scrolls), ..line }, style);
        }
    }
    if scrolls {
        draw_scrollbar(drawn.body, buf, first, page, len, theme);
    }
}

fn draw_header<T, C, S: AsRef<str>>(
    line: Rect,
    buf: &mut Buffer,
    columns: &[Column<T, C>],
    titles: &[S],
    sort: Option<SortBy>,
    slots: &[layout::Slot],
    theme: &Theme,
) {
    for slot in slots {
        let column = &columns[slot.column];
        let title = titles.get(slot.column).map_or("", AsRef::as_ref);
        let arrow = match sort.filter(|sort| sort.column == column.title) {
            Some(SortBy { descending: true, .. }) => theme.signs.descending,
            Some(_) => theme.signs.ascending,
            None => "",
        };
        let wide = width16(title).saturating_add(width16(arrow) * 2).min(slot.width);
        let shift = match column.align {
            Align::Left => 0,
            Align::Right => slot.width - wide,
            Align::Center => (slot.width - wide) / 2,
        };
        let text = wide - (width16(arrow) * 2).min(wide);
        let x = slot.x.saturating_add(shift);
        Pen::new(Rect { x, width: text, ..line }, buf, theme.signs.ellipsis).put(title, theme.header);
        let rest = Rect { x: x.saturating_add(text), width: wide - text, ..line };
        if rest.width > 1 {
            Pen::new(rest, buf, "").skip(1).put(arrow, theme.accent);
        }
    }
}

fn draw_marks(line: Rect, buf: &mut Buffer, theme: &Theme, cursor: bool, selected: bool) {
    let mut pen = Pen::new(Rect { width: line.width.min(MARKS), ..line }, buf, "");
    match cursor {
        true => pen.put(theme.signs.cursor, theme.accent),
        false => pen.skip(1),
    };
    if selected {
        pen.put(theme.signs.selected, theme.selection);
    }
}

/// Draws a scrollbar into the last column of `area`: which part of `len` lines is on the screen.
pub(crate) fn draw_scrollbar(area: Rect, buf: &mut Buffer, first: usize, page: usize, len: usize, theme: &Theme) {
    let height = usize::from(area.height);
    if height == 0 || area.width == 0 || len == 0 {
        return;
    }
    let thumb = (height * page.min(len) / len).clamp(1, height);
    let most = len.saturating_sub(page).max(1);
    let top = (height - thumb) * first.min(most) / most;
    for line in 0..area.height {
        let on = (top..top + thumb).contains(&usize::from(line));
        let (sign, style) = if on { (theme.signs.thumb, theme.dim) } else { (theme.signs.track, theme.faint) };
        let x = area.right().saturating_sub(1);
        Pen::new(Rect { x, width: 1, ..row(area, line) }, buf, "").put(sign, style);
    }
}

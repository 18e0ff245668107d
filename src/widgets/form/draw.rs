//! Drawing a form: fields under each other, in whole fields scrolled to the one that has the focus.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::field::{Choice, Control, Kind};
use super::{Entry, Form};
use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row, write};
use crate::widgets::table::draw_scrollbar;
use crate::widgets::theme::Theme;
use crate::widgets::wrap::wrapped;

/// How many lines the text under a field may take.
const NOTE_LINES: usize = 3;
/// The narrowest form whose labels stand beside the fields, and the widest that a label gets there.
const BESIDE: u16 = 56;
const LABELS: u16 = 24;

/// How a form stands in its area.
#[derive(Clone, Copy)]
struct Layout {
    width: u16,
    /// Blank rows between fields.
    gap: u16,
    /// The column of the labels; none where they stand above the fields.
    labels: u16,
    /// The least rows of a text.
    texts: u16,
}

impl Form {
    /// How many rows the form wants at a width, its scrollbar aside.
    pub fn height(&self, width: u16) -> u16 {
        let layout = self.layout(width, 0);
        self.rows(&Layout { gap: u16::from(layout.labels == 0), ..layout })
    }

    /// Draws the form and returns where the cursor stands. Fields stand apart where there is room for that.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        let mut places = self.places.borrow_mut();
        places.clear();
        if area.is_empty() {
            return None;
        }
        let (layout, scrolls) = self.fit(area);
        let inner = Rect { width: layout.width, ..area };
        let first = self.scroll(area.height, &layout);
        let mut cursor = None;
        let mut y = 0u16;
        let mut shown = 0;
        for (index, entry) in self.entries.iter().enumerate().skip(first) {
            let head = entry.head_height(index == first);
            if y.saturating_add(head) >= area.height {
                break;
            }
            let height = entry.height(&layout);
            let block = Rect { y: inner.y + y, height: (inner.height - y).min(head.saturating_add(height)), ..inner };
            let block = entry.draw_head(block, buf, theme, index == first);
            let focused = index == self.focus;
            let place = entry.control_area(block, &layout);
            cursor = entry.draw(block, place, buf, theme, focused, &layout).or(cursor);
            places.push((index, place));
            y = y.saturating_add(head).saturating_add(height).saturating_add(layout.gap);
            shown += usize::from(y <= area.height.saturating_add(layout.gap));
        }
        if scrolls {
            draw_scrollbar(area, buf, first, shown.max(1), self.entries.len(), theme);
        }
        cursor
    }

    fn layout(&self, width: u16, height: u16) -> Layout {
        let widest = self.entries.iter().map(|entry| width16(&entry.field.label)).max().unwrap_or(0);
        let labels = if self.beside && width >= BESIDE { widest.min(LABELS).saturating_add(4) } else { 0 };
        Layout { width, gap: 0, labels, texts: if self.beside { height / 5 } else { 0 } }
    }

    /// The rows of all fields.
    fn rows(&self, layout: &Layout) -> u16 {
        self.height_of(0, self.entries.len(), layout).saturating_sub(layout.gap)
    }

    /// The rows of some fields with a gap behind each, drawn from the first of them on.
    fn height_of(&self, first: usize, end: usize, layout: &Layout) -> u16 {
        let blocks = self.entries.iter().enumerate().take(end).skip(first);
        let height = |(index, entry): (usize, &Entry)| {
            entry.head_height(index == first).saturating_add(entry.height(layout)).saturating_add(layout.gap)
        };
        blocks.map(height).fold(0u16, u16::saturating_add)
    }

    /// How the form stands in an area, and whether it must scroll even without gaps.
    fn fit(&self, area: Rect) -> (Layout, bool) {
        let tight = self.layout(area.width, area.height);
        let loose = Layout { gap: 1, ..tight };
        if tight.labels == 0 && self.rows(&loose) <= area.height {
            return (loose, false);
        }
        let scrolls = self.rows(&tight) > area.height;
        let width = area.width.saturating_sub(if scrolls { 2 } else { 0 });
        // A form that fits by a hair must not lose its labels' column to the scrollbar.
        (Layout { width, ..tight }, scrolls)
    }

    /// The first field to draw, so that the one with the focus is on the screen as a whole, if it fits.
    fn scroll(&self, room: u16, layout: &Layout) -> usize {
        let mut first = self.first.get().min(self.focus);
        while first < self.focus && self.height_of(first, self.focus + 1, layout).saturating_sub(layout.gap) > room {
            first += 1;
        }
        // What was scrolled away comes back when there is room for all that follows.
        let end = self.entries.len();
        while first > 0 && self.height_of(first - 1, end, layout).saturating_sub(layout.gap) <= room {
            first -= 1;
        }
        self.first.set(first);
        first
    }
}

impl Entry {
    /// What stands under the control: the error or else the help.
    fn note(&self) -> &str {
        self.error.as_deref().unwrap_or(&self.field.help)
    }

    fn note_height(&self, layout: &Layout) -> u16 {
        let note = self.note();
        if note.is_empty() {
            return 0;
        }
        let cells = usize::from(layout.width.saturating_sub(layout.labels)).saturating_sub(2);
        u16::try_from(wrapped(note, cells).take(NOTE_LINES).count()).unwrap_or(1)
    }

    fn control_height(&self, layout: &Layout) -> u16 {
        match (&self.field.kind, &self.control) {
            (Kind::Text { rows, .. }, _) => (*rows).max(layout.texts).max(1),
            (_, Control::Checks(checks)) => checks.height(layout.width.saturating_sub(layout.labels + 2)),
            _ => 1,
        }
    }

    /// The rows of the group's heading, where one begins; `top`: nothing stands above it.
    fn head_height(&self, top: bool) -> u16 {
        if self.field.group.is_empty() { 0 } else { 2 - u16::from(top) }
    }

    /// The rows of the field without a heading.
    fn height(&self, layout: &Layout) -> u16 {
        u16::from(layout.labels == 0) + self.control_height(layout) + self.note_height(layout)
    }

    /// Draws the heading and returns what is left of the block.
    fn draw_head(&self, block: Rect, buf: &mut Buffer, theme: &Theme, top: bool) -> Rect {
        let head = self.head_height(top).min(block.height);
        if head > 0 {
            let mut pen = Pen::new(row(block, head - 1), buf, theme.signs.ellipsis);
            pen.put(&self.field.group, theme.header).put(" ", theme.border);
            if !self.field.group_note.is_empty() {
                pen.put(theme.signs.dot, theme.faint).put(" ", theme.border).put(&self.field.group_note, theme.dim);
                pen.put(" ", theme.border);
            }
            pen.fill(theme.signs.frame[4], theme.border);
        }
        Rect { y: block.y + head, height: block.height - head, ..block }
    }

    /// Where the control stands in the field's block; the note keeps its place when the block is cut.
    fn control_area(&self, block: Rect, layout: &Layout) -> Rect {
        let above = u16::from(layout.labels == 0);
        let room = block.height.saturating_sub(above + self.note_height(layout)).max(1);
        let height = self.control_height(layout).min(room).min(block.height.saturating_sub(above));
        let indent = block.width.min(layout.labels + 2);
        Rect { x: block.x + indent, y: block.y + above, width: block.width - indent, height }
    }

    fn draw(
        &self,
        block: Rect,
        place: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        focused: bool,
        layout: &Layout,
    ) -> Option<Position> {
        let count = self.draw_label(block, buf, theme, focused, layout);
        let left = block.x + block.width.min(layout.labels);
        let bar = Rect { x: left, width: (block.right() - left).min(1), ..place };
        for line in 0..place.height {
            let style = if focused { theme.accent } else { theme.faint };
            let sign = if focused { theme.signs.cursor } else { theme.signs.track };
            write(row(bar, line), buf, sign, style, "");
        }
        let behind = count.as_deref().unwrap_or(&self.field.unit);
        let unit = width16(behind).min(place.width / 2);
        let short = match (&self.field.kind, unit) {
            (_, 0) => place,
            // A short value has its unit near by.
            (Kind::Line { max }, unit) => {
                let wide = u16::try_from(*max).unwrap_or(u16::MAX).saturating_add(1);
                Rect { width: wide.min(place.width.saturating_sub(unit + 1)), ..place }
            }
            (_, unit) => Rect { width: place.width.saturating_sub(unit + 1), ..place },
        };
        let cursor = self.draw_control(short, buf, theme, focused);
        if unit > 0 && place.height > 0 {
            let x = short.right().saturating_add(1);
            let rest = Rect { x, width: place.right().saturating_sub(x), ..place };
            let style = if count.is_some() { self.count_style(theme) } else { theme.dim };
            write(row(rest, 0), buf, behind, style, theme.signs.ellipsis);
        }
        let below = Rect {
            x: left,
            y: place.bottom(),
            width: block.right().saturating_sub(left),
            height: block.bottom().saturating_sub(place.bottom()),
        };
        self.draw_note(below, buf, theme);
        cursor
    }

    /// Draws the label, and how much of a field is used up where that matters; returns the latter if it stands
    /// behind the value.
    fn draw_label(
        &self,
        block: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        focused: bool,
        layout: &Layout,
    ) -> Option<String> {
        let label = if focused { theme.accent.patch(theme.title) } else { theme.text };
        let beside = layout.labels > 0;
        let place = if beside { Rect { width: block.width.min(layout.labels - 1), ..block } } else { block };
        let mut pen = Pen::new(row(place, 0), buf, theme.signs.ellipsis);
        pen.skip(u16::from(beside) * 2).put(&self.field.label, label);
        if self.field.required {
            pen.put(" *", theme.accent);
        }
        let (count, max) = self.control.count(&self.field)?;
        // Nobody counts characters before the end is near.
        if count * 5 < max * 4 || max < 5 {
            return None;
        }
        let count = format!("{count}/{max}");
        let style = self.count_style(theme);
        match (&self.control, beside) {
            (_, false) => _ = pen.skip(1).put_right(&count, style),
            (Control::Line(_), true) => return Some(count),
            _ => _ = Pen::new(row(place, 1), buf, "").skip(2).put(&count, style),
        }
        None
    }

    /// The colour of a count, which warns when hardly anything fits any more.
    fn count_style(&self, theme: &Theme) -> Style {
        let full = self.control.count(&self.field).is_some_and(|(count, max)| count * 10 >= max * 9);
        if full { theme.warning } else { theme.faint }
    }

    /// Draws the error or the help.
    fn draw_note(&self, below: Rect, buf: &mut Buffer, theme: &Theme) {
        let (sign, style) = match self.error {
            Some(_) => (theme.signs.cross, theme.danger),
            None => (" ", theme.dim),
        };
        let lines = wrapped(self.note(), usize::from(below.width).saturating_sub(2)).take(NOTE_LINES);
        for (line, text) in lines.enumerate() {
            let mut pen = Pen::new(row(below, u16::try_from(line).unwrap_or(u16::MAX)), buf, theme.signs.ellipsis);
            pen.put(if line == 0 { sign } else { " " }, style).put(" ", style).put(text, style);
        }
    }

    fn draw_control(&self, place: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let on_screen = |at: Position| focused && place.contains(at);
        match &self.control {
            Control::Line(input) => input.draw(place, buf, theme, focused),
            Control::Text(text) => text.draw(place, buf, theme, focused),
            Control::Choice { options, at } => draw_choice(options, *at, place, buf, theme, focused),
            Control::Checks(checks) => checks.draw(place, buf, theme, focused),
            Control::Search { label, .. } => {
                let style = if focused { theme.text.patch(theme.field) } else { theme.dim.patch(theme.field) };
                buf.set_style(row(place, 0).intersection(buf.area), style);
                Pen::new(place, buf, theme.signs.ellipsis).put(label, style);
                Some(place.as_position()).filter(|at| on_screen(*at))
            }
            Control::Fixed(value) => {
                let value: String = value.chars().take(usize::from(place.width) + 1).collect();
                Pen::new(place, buf, theme.signs.ellipsis).put(&value.replace('\n', " "), theme.faint);
                Some(place.as_position()).filter(|at| on_screen(*at))
            }
            Control::Toggle(on) => {
                let signs = theme.signs;
                let style = if focused { theme.accent } else { theme.text };
                let mut pen = Pen::new(place, buf, "");
                pen.put("[", theme.dim).put(if *on { signs.check } else { " " }, style).put("]", theme.dim);
                focused
                    .then_some(Position { x: place.x + 1, y: place.y })
                    .filter(|_| place.width > 1 && place.height > 0)
            }
        }
    }
}

/// Draws the options side by side where they fit, else the chosen one between arrows.
fn draw_choice(
    options: &[Choice],
    at: usize,
    place: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    focused: bool,
) -> Option<Position> {
    let wide: usize = options.iter().map(|option| crate::widgets::glyph::width(&option.label) + 4).sum();
    let mut pen = Pen::new(place, buf, theme.signs.ellipsis);
    let chosen = if focused { theme.accent.patch(theme.title) } else { theme.title };
    let mut cursor = None;
    if wide <= usize::from(place.width) + 2 {
        for (index, option) in options.iter().enumerate() {
            let on = index == at;
            if on {
                cursor = Some(Position { x: pen.x(), y: pen.y() });
            }
            let style = if on { chosen } else { theme.dim };
            pen.put(theme.signs.radio[usize::from(!on)], style).put(" ", style).put(&option.label, style).skip(2);
        }
    } else if let Some(option) = options.get(at) {
        cursor = Some(Position { x: pen.x(), y: pen.y() });
        let count = format!(" ({}/{})", at + 1, options.len());
        pen.put("< ", theme.dim).put(&option.label, chosen).put(" >", theme.dim).put(&count, theme.faint);
    }
    cursor.filter(|at| focused && place.contains(*at))
}

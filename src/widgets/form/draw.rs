//! Drawing a form: fields under each other, in whole fields scrolled to the one that has the focus.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::{Choice, Control, Kind};
use super::{Entry, Form};
use crate::widgets::pen::{Pen, row, write};
use crate::widgets::table::draw_scrollbar;
use crate::widgets::theme::Theme;
use crate::widgets::wrap::wrapped;

/// How many lines the text under a field may take.
const NOTE_LINES: usize = 3;

impl Form {
    /// How many rows the form wants at a width, its scrollbar aside.
    pub fn height(&self, width: u16) -> u16 {
        let rows = self.entries.iter().map(|entry| entry.height(width)).fold(0u16, u16::saturating_add);
        rows.saturating_add(u16::try_from(self.entries.len().saturating_sub(1)).unwrap_or(u16::MAX))
    }

    /// Draws the form and returns where the cursor stands. Fields stand apart where there is room for that.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let area = area.intersection(buf.area);
        let mut places = self.places.borrow_mut();
        places.clear();
        if area.is_empty() {
            return None;
        }
        let (gap, scrolls) = self.fit(area);
        let inner = Rect { width: area.width.saturating_sub(if scrolls { 2 } else { 0 }), ..area };
        let first = self.scroll(inner, gap);
        let mut cursor = None;
        let mut y = 0;
        let mut shown = 0;
        for (index, entry) in self.entries.iter().enumerate().skip(first) {
            if y >= area.height {
                break;
            }
            let block = Rect { y: inner.y + y, height: (inner.height - y).min(entry.height(inner.width)), ..inner };
            let focused = index == self.focus;
            let place = entry.control_area(block);
            cursor = entry.draw(block, place, buf, theme, focused).or(cursor);
            places.push((index, place));
            y = y.saturating_add(entry.height(inner.width)).saturating_add(gap);
            shown += usize::from(y <= area.height.saturating_add(gap));
        }
        if scrolls {
            draw_scrollbar(area, buf, first, shown.max(1), self.entries.len(), theme);
        }
        cursor
    }

    /// The blank rows between fields, and whether the form must scroll even without them.
    fn fit(&self, area: Rect) -> (u16, bool) {
        let blanks = u16::try_from(self.entries.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let height = self.height(area.width);
        if height <= area.height {
            return (1, false);
        }
        (0, height.saturating_sub(blanks) > area.height)
    }

    /// The first field to draw, so that the one with the focus is on the screen as a whole, if it fits.
    fn scroll(&self, area: Rect, gap: u16) -> usize {
        let mut first = self.first.get().min(self.focus);
        let height = |first: usize| {
            let blocks = self.entries.iter().take(self.focus + 1).skip(first);
            blocks.map(|entry| entry.height(area.width).saturating_add(gap)).fold(0u16, u16::saturating_add)
        };
        while first < self.focus && height(first).saturating_sub(gap) > area.height {
            first += 1;
        }
        // What was scrolled away comes back when there is room for all that follows.
        let tail = |first: usize| {
            let blocks = self.entries.iter().skip(first);
            blocks.map(|entry| entry.height(area.width).saturating_add(gap)).fold(0u16, u16::saturating_add)
        };
        while first > 0 && tail(first - 1).saturating_sub(gap) <= area.height {
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

    fn note_height(&self, width: u16) -> u16 {
        let note = self.note();
        if note.is_empty() {
            return 0;
        }
        let lines = wrapped(note, usize::from(width).saturating_sub(2)).take(NOTE_LINES).count();
        u16::try_from(lines).unwrap_or(1)
    }

    fn control_height(&self) -> u16 {
        match self.field.kind {
            Kind::Text { rows, .. } => rows.max(1),
            _ => 1,
        }
    }

    fn height(&self, width: u16) -> u16 {
        1 + self.control_height() + self.note_height(width)
    }

    /// Where the control stands in the field's block; the note keeps its place when the block is cut.
    fn control_area(&self, block: Rect) -> Rect {
        let room = block.height.saturating_sub(1 + self.note_height(block.width)).max(1);
        let height = self.control_height().min(room).min(block.height.saturating_sub(1));
        let indent = block.width.min(2);
        Rect { x: block.x + indent, y: block.y + 1, width: block.width - indent, height }
    }

    fn draw(&self, block: Rect, place: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let label = if focused { theme.accent.patch(theme.title) } else { theme.text };
        let mut pen = Pen::new(row(block, 0), buf, theme.signs.ellipsis);
        pen.put(&self.field.label, label);
        if self.field.required {
            pen.put(" *", theme.accent);
        }
        let taken = pen.x() - block.x;
        if let Control::Text(text) = &self.control {
            let rest = Rect { x: block.x + taken, width: block.width - taken, ..block };
            text.draw_count(
                Rect { x: rest.x + rest.width.min(1), width: rest.width.saturating_sub(1), ..rest },
                buf,
                theme,
            );
        }
        let bar = Rect { x: block.x, width: block.width.min(1), ..place };
        for line in 0..place.height {
            let style = if focused { theme.accent } else { theme.faint };
            let sign = if focused { theme.signs.cursor } else { theme.signs.track };
            write(row(bar, line), buf, sign, style, "");
        }
        let cursor = self.draw_control(place, buf, theme, focused);
        let (sign, style) = match self.error {
            Some(_) => (theme.signs.cross, theme.danger),
            None => (" ", theme.dim),
        };
        let below = Rect { y: place.bottom(), height: block.bottom().saturating_sub(place.bottom()), ..block };
        for (line, text) in
            wrapped(self.note(), usize::from(below.width).saturating_sub(2)).take(NOTE_LINES).enumerate()
        {
            let mut pen = Pen::new(row(below, u16::try_from(line).unwrap_or(u16::MAX)), buf, theme.signs.ellipsis);
            pen.put(if line == 0 { sign } else { " " }, style).put(" ", style).put(text, style);
        }
        cursor
    }

    fn draw_control(&self, place: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        match &self.control {
            Control::Line(input) => input.draw(place, buf, theme, focused),
            Control::Text(text) => text.draw(place, buf, theme, focused),
            Control::Choice { options, at } => draw_choice(options, *at, place, buf, theme, focused),
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

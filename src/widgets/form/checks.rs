//! Several options that can be on or off, flowing over as many rows as they need.

use std::cell::{Cell, RefCell};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Choice;
use crate::widgets::edit::Edit;
use crate::widgets::glyph::width16;
use crate::widgets::pen::Pen;
use crate::widgets::theme::Theme;

/// The box before an option.
const BOX: u16 = 4;
/// Between two options.
const GAP: u16 = 2;

/// The options, which of them are on, and the one under the cursor.
#[derive(Debug, Clone)]
pub(super) struct Checks {
    options: Vec<(Choice, bool)>,
    at: usize,
    /// How wide it was drawn last: up and down go by its rows.
    width: Cell<u16>,
    places: RefCell<Vec<Rect>>,
}

impl Checks {
    pub(super) fn new(options: Vec<Choice>) -> Self {
        let options = options.into_iter().map(|option| (option, false)).collect();
        Self { options, at: 0, width: Cell::new(60), places: RefCell::default() }
    }

    /// Turns on what is named, one value to a line, and everything else off.
    pub(super) fn set(&mut self, values: &str) {
        for (option, on) in &mut self.options {
            *on = values.lines().any(|value| value == option.value);
        }
    }

    pub(super) fn value(&self) -> String {
        let on = self.options.iter().filter(|(_, on)| *on).map(|(option, _)| option.value.as_str());
        on.collect::<Vec<_>>().join("\n")
    }

    fn toggle(&mut self) -> bool {
        match self.options.get_mut(self.at) {
            Some((_, on)) => *on = !*on,
            None => return false,
        }
        true
    }

    pub(super) fn edit(&mut self, edit: Edit) -> bool {
        let last = self.options.len().saturating_sub(1);
        let to = match edit {
            Edit::Insert(' ') => return self.toggle(),
            Edit::Left => self.at.saturating_sub(1),
            Edit::Right => (self.at + 1).min(last),
            Edit::Home => 0,
            Edit::End => last,
            Edit::Up | Edit::Down => self.climb(edit == Edit::Up).unwrap_or(self.at),
            _ => self.at,
        };
        std::mem::replace(&mut self.at, to) != to
    }

    /// The option above or below the one under the cursor.
    fn climb(&self, up: bool) -> Option<usize> {
        let places = self.flow(self.width.get());
        let (x, y) = *places.get(self.at)?;
        let row = if up { y.checked_sub(1)? } else { y + 1 };
        let there = places.iter().enumerate().filter(|(_, place)| place.1 == row);
        there.min_by_key(|(_, place)| place.0.abs_diff(x)).map(|(index, _)| index)
    }

    /// Turns over the option that was clicked.
    pub(super) fn click(&mut self, x: u16, y: u16) {
        let hit = self.places.borrow().iter().position(|place| place.contains(Position { x, y }));
        if let Some(at) = hit {
            self.at = at;
            self.toggle();
        }
    }

    /// Column and row of each option.
    fn flow(&self, width: u16) -> Vec<(u16, u16)> {
        let (mut x, mut y) = (0u16, 0u16);
        let place = |(option, _): &(Choice, bool)| {
            let wide = width16(&option.label).saturating_add(BOX);
            if x > 0 && x.saturating_add(wide) > width {
                (x, y) = (0, y.saturating_add(1));
            }
            let place = (x, y);
            x = x.saturating_add(wide).saturating_add(GAP);
            place
        };
        self.options.iter().map(place).collect()
    }

    pub(super) fn height(&self, width: u16) -> u16 {
        self.flow(width).last().map_or(1, |(_, y)| y.saturating_add(1))
    }

    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        self.width.set(area.width);
        let flow = self.flow(area.width);
        // The row of the cursor stays on the screen.
        let here = flow.get(self.at).map_or(0, |(_, y)| *y);
        let first = (here + 1).saturating_sub(area.height);
        let mut cursor = None;
        let mut places = self.places.borrow_mut();
        places.clear();
        for (index, ((option, on), (x, y))) in self.options.iter().zip(flow).enumerate() {
            let wide = width16(&option.label).saturating_add(BOX).min(area.width.saturating_sub(x));
            let shown = y >= first && y - first < area.height;
            if !shown {
                places.push(Rect::default());
                continue;
            }
            let place = Rect { x: area.x + x, y: area.y + (y - first), width: wide, height: 1 };
            places.push(place);
            let here = focused && index == self.at;
            let style = match (here, *on) {
                (true, _) => theme.accent.patch(theme.title),
                (false, true) => theme.text,
                (false, false) => theme.dim,
            };
            let mut pen = Pen::new(place, buf, theme.signs.ellipsis);
            let sign = if *on { theme.signs.check } else { " " };
            pen.put("[", theme.dim).put(sign, if here { style } else { theme.ok });
            pen.put("] ", theme.dim).put(&option.label, style);
            if here && wide > 1 {
                cursor = Some(Position { x: place.x + 1, y: place.y });
            }
        }
        cursor
    }
}

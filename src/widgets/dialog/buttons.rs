//! A row of buttons.

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row};
use crate::widgets::theme::Theme;

/// One button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it is known by.
    pub id: &'static str,
    /// What it says.
    pub label: String,
    /// Whether it does harm; such a button does not have the focus at first.
    pub harmful: bool,
    /// Whether it can be pressed.
    pub enabled: bool,
}

impl Button {
    /// A button that does no harm.
    pub fn new(id: &'static str, label: impl Into<String>) -> Self {
        Button { id, label: label.into(), harmful: false, enabled: true }
    }

    /// A button that does harm.
    pub fn harmful(id: &'static str, label: impl Into<String>) -> Self {
        Button { harmful: true, ..Button::new(id, label) }
    }
}

/// Buttons side by side and the one that has the focus.
#[derive(Debug, Default)]
pub struct Buttons {
    items: Vec<Button>,
    focus: usize,
    places: RefCell<Vec<Rect>>,
}

impl Buttons {
    /// Buttons with the focus on the first that can be pressed and does no harm; if there is none, on the last.
    pub fn new(items: impl IntoIterator<Item = Button>) -> Self {
        let items: Vec<Button> = items.into_iter().collect();
        let harmless = items.iter().position(|button| button.enabled && !button.harmful);
        let focus = harmless.unwrap_or(items.len().saturating_sub(1));
        Buttons { items, focus, places: RefCell::default() }
    }

    /// The button that has the focus, if it can be pressed.
    pub fn focused(&self) -> Option<&'static str> {
        self.items.get(self.focus).filter(|button| button.enabled).map(|button| button.id)
    }

    /// Puts the focus on a button, if it can be pressed.
    pub fn focus(&mut self, id: &str) {
        let found = self.items.iter().position(|button| button.id == id && button.enabled);
        self.focus = found.unwrap_or(self.focus);
    }

    /// Moves the focus to the next button that can be pressed, after the last to the first.
    pub fn next(&mut self) {
        self.step(1);
    }

    /// Moves the focus to the button before.
    pub fn previous(&mut self) {
        self.step(self.items.len().saturating_sub(1));
    }

    fn step(&mut self, by: usize) {
        let count = self.items.len();
        let steps = (1..=count).map(|step| (self.focus + step * by) % count);
        let next = steps.into_iter().find(|index| self.items[*index].enabled);
        self.focus = next.unwrap_or(self.focus);
    }

    /// Lets a button be pressed, or not; a button that cannot be pressed loses the focus.
    pub fn enable(&mut self, id: &str, enabled: bool) {
        if let Some(button) = self.items.iter_mut().find(|button| button.id == id) {
            button.enabled = enabled;
        }
        if self.focused().is_none() {
            let fresh = Buttons::new(std::mem::take(&mut self.items));
            *self = fresh;
        }
    }

    /// The harmful button, if there is one.
    pub fn harmful(&self) -> Option<&'static str> {
        self.items.iter().find(|button| button.harmful).map(|button| button.id)
    }

    /// The button at a place of the screen, as last drawn, if it can be pressed.
    pub fn click(&self, x: u16, y: u16) -> Option<&'static str> {
        let hit = self.places.borrow().iter().position(|place| place.contains(Position { x, y }))?;
        self.items.get(hit).filter(|button| button.enabled).map(|button| button.id)
    }

    /// How wide the row is.
    pub fn width(&self) -> u16 {
        let widths = self.items.iter().map(|button| width16(&button.label).saturating_add(4));
        let gaps = u16::try_from(self.items.len().saturating_sub(1) * 2).unwrap_or(u16::MAX);
        widths.fold(gaps, u16::saturating_add)
    }

    /// Draws the buttons at the right end of the first row of `area`; the focus is shown only if `focused`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        let area = row(area.intersection(buf.area), 0);
        let mut places = self.places.borrow_mut();
        places.clear();
        let mut pen = Pen::new(area, buf, theme.signs.ellipsis);
        pen.skip(area.width.saturating_sub(self.width()));
        for (index, button) in self.items.iter().enumerate() {
            let own = if button.harmful { theme.danger } else { theme.text };
            let style = match (button.enabled, focused && index == self.focus) {
                (false, _) => theme.faint,
                (true, true) if button.harmful => {
                    theme.danger.patch(theme.focus).fg(theme.danger.fg.unwrap_or_default())
                }
                (true, true) => theme.focus,
                (true, false) => own,
            };
            let start = pen.x();
            pen.put("[ ", style).put(&button.label, style).put(" ]", style);
            places.push(Rect { x: start, width: pen.x().saturating_sub(start), ..area });
            pen.skip(2);
        }
    }
}

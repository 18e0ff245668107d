//! A vertical list to pick from: each item a line with dim lines under it.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::glyph::width16;
use super::pen::{Pen, row, write};
use super::table::draw_scrollbar;
use super::theme::{Theme, Tone};

/// One item of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MenuItem {
    /// What it says.
    pub label: String,
    /// What stands before the label, in its own style.
    pub lead: Option<(Style, String)>,
    /// The byte ranges of the label that were searched for.
    pub marked: Vec<Range<usize>>,
    /// What stands dim at the right end of its line (a key, a place).
    pub aside: String,
    /// The lines under it.
    pub details: Vec<String>,
    /// Its sign and colour, if it stands for a state.
    pub tone: Option<Tone>,
    /// Whether it is shown but cannot be picked.
    pub disabled: bool,
    /// Whether it is the heading of those that follow.
    pub heading: bool,
    /// Whether what stands at the right end is no aside but what the line is about.
    pub bright: bool,
}

impl MenuItem {
    /// An item of one line.
    pub fn new(label: impl Into<String>) -> Self {
        MenuItem { label: label.into(), ..MenuItem::default() }
    }

    /// The same with a line under it.
    #[must_use]
    pub fn detail(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// The same with a text at the right end.
    #[must_use]
    pub fn aside(self, aside: impl Into<String>) -> Self {
        MenuItem { aside: aside.into(), ..self }
    }

    /// The same with something before the label.
    #[must_use]
    pub fn lead(self, style: Style, text: impl Into<String>) -> Self {
        MenuItem { lead: Some((style, text.into())), ..self }
    }

    /// The same with the sign and colour of a tone.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        MenuItem { tone: Some(tone), ..self }
    }

    /// The same with parts of its label marked.
    #[must_use]
    pub fn marked(self, marked: Vec<Range<usize>>) -> Self {
        MenuItem { marked, ..self }
    }

    /// The same, shown but not to be picked.
    #[must_use]
    pub fn disabled(self) -> Self {
        MenuItem { disabled: true, ..self }
    }

    /// The same as the heading of those that follow; it cannot be picked.
    #[must_use]
    pub fn heading(self) -> Self {
        MenuItem { disabled: true, heading: true, ..self }
    }

    /// The same with what stands at its right end as bright as its label.
    #[must_use]
    pub fn bright(self) -> Self {
        MenuItem { bright: true, ..self }
    }

    fn height(&self) -> usize {
        1 + self.details.len()
    }
}

/// The items of a menu and the one that is picked.
#[derive(Debug, Default)]
pub struct Menu {
    items: Vec<MenuItem>,
    cursor: usize,
    first: Cell<usize>,
    page: Cell<usize>,
    places: RefCell<Vec<(usize, Rect)>>,
}

impl Menu {
    /// A menu with its cursor on the first item that can be picked.
    pub fn new(items: Vec<MenuItem>) -> Self {
        let mut menu = Menu::default();
        menu.set_items(items);
        menu
    }

    /// Replaces the items (after another letter of a filter); the cursor goes to the first that can be picked.
    pub fn set_items(&mut self, items: Vec<MenuItem>) {
        self.cursor = items.iter().position(|item| !item.disabled).unwrap_or(0);
        self.items = items;
        self.first.set(0);
    }

    /// Replaces the items by others in the same places: the cursor and what is seen stay where they are, if they can.
    pub fn renew(&mut self, items: Vec<MenuItem>) {
        let (cursor, first) = (self.cursor, self.first.get());
        self.set_items(items);
        if self.items.get(cursor).is_some_and(|item| !item.disabled) {
            self.cursor = cursor;
            self.first.set(first);
        }
    }

    /// The items.
    pub fn items(&self) -> &[MenuItem] {
        &self.items
    }

    /// The index of the item that the cursor is on, unless it cannot be picked.
    pub fn picked(&self) -> Option<usize> {
        self.items.get(self.cursor).filter(|item| !item.disabled).map(|_| self.cursor)
    }

    /// Moves the cursor by some items that can be picked, not beyond the ends.
    pub fn move_by(&mut self, by: isize) {
        let step = by.signum();
        for _ in 0..by.unsigned_abs().min(self.items.len()) {
            let mut next = self.cursor;
            loop {
                let Some(index) = next.checked_add_signed(step).filter(|index| *index < self.items.len()) else {
                    return;
                };
                next = index;
                if !self.items[index].disabled {
                    break;
                }
            }
            self.cursor = next;
        }
    }

    /// Moves the cursor by some pages.
    pub fn page_by(&mut self, pages: isize) {
        self.move_by(pages.saturating_mul(isize::try_from(self.page.get().max(1)).unwrap_or(isize::MAX)));
    }

    /// Moves the cursor to the first item that can be picked.
    pub fn home(&mut self) {
        self.move_by(-isize::MAX);
    }

    /// Moves the cursor to the last item that can be picked.
    pub fn end(&mut self) {
        self.move_by(isize::MAX);
    }

    /// Puts the cursor on the item at a place of the screen. Says whether one that can be picked stands there.
    pub fn click(&mut self, x: u16, y: u16) -> bool {
        let hit =
            self.places.borrow().iter().find(|(_, place)| place.contains(Position { x, y })).map(|(index, _)| *index);
        let Some(index) = hit.filter(|index| self.items.get(*index).is_some_and(|item| !item.disabled)) else {
            return false;
        };
        self.cursor = index;
        true
    }

    /// How many rows all items take.
    pub fn height(&self) -> u16 {
        u16::try_from(self.items.iter().map(MenuItem::height).sum::<usize>()).unwrap_or(u16::MAX)
    }

    /// Draws the menu, scrolled so that the cursor's item is on the screen.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let area = area.intersection(buf.area);
        let mut places = self.places.borrow_mut();
        places.clear();
        if area.is_empty() {
            return;
        }
        let first = self.scroll(usize::from(area.height));
        let scrolls = self.height() > area.height;
        let inner = Rect { width: area.width.saturating_sub(if scrolls { 2 } else { 0 }), ..area };
        let mut y = 0;
        for (index, item) in self.items.iter().enumerate().skip(first) {
            if y >= area.height {
                break;
            }
            let height = u16::try_from(item.height()).unwrap_or(u16::MAX).min(area.height - y);
            let place = Rect { y: inner.y + y, height, ..inner };
            item.draw(place, buf, theme, index == self.cursor);
            places.push((index, place));
            y += height;
        }
        self.page.set(places.len());
        if scrolls {
            draw_scrollbar(area, buf, first, places.len(), self.items.len(), theme);
        }
    }

    fn scroll(&self, room: usize) -> usize {
        let mut first = self.first.get().min(self.cursor);
        let height =
            |first: usize| -> usize { self.items.iter().take(self.cursor + 1).skip(first).map(MenuItem::height).sum() };
        while first < self.cursor && height(first) > room {
            first += 1;
        }
        // The heading of the uppermost stays with it.
        if first > 0 && self.items[first - 1].heading && height(first - 1) <= room {
            first -= 1;
        }
        self.first.set(first);
        first
    }
}

impl MenuItem {
    fn draw(&self, place: Rect, buf: &mut Buffer, theme: &Theme, cursor: bool) {
        let base = match self.tone {
            _ if self.heading => theme.header,
            _ if self.disabled => theme.faint,
            Some(tone) => theme.status(tone),
            None => theme.text,
        };
        let line = row(place, 0);
        let mut pen = Pen::new(line, buf, theme.signs.ellipsis);
        match cursor && !self.disabled {
            true => pen.put(theme.signs.cursor, theme.accent),
            false => pen.skip(1),
        };
        pen.skip(1);
        if let Some(tone) = self.tone {
            pen.put(theme.sign(tone), base).put(" ", base);
        }
        if let Some((style, lead)) = &self.lead {
            pen.put(lead, *style).put("  ", base);
        }
        let aside = width16(&self.aside).saturating_add(2);
        let from = pen.x();
        let fits = !self.aside.is_empty() && aside + 8 < pen.rest();
        let room = pen.rest() - if fits { aside } else { 0 };
        let label = Rect { x: from, width: room, ..line };
        let marked = base.patch(theme.matched);
        Pen::new(label, buf, theme.signs.ellipsis).put_marked(&self.label, &self.marked, base, marked);
        if fits {
            let end = Rect { x: label.right(), width: aside, ..line };
            Pen::new(end, buf, "").put_right(&self.aside, if self.bright { theme.title } else { theme.dim });
        }
        for (index, detail) in (1..place.height).zip(&self.details) {
            let at = row(place, index);
            let indent = at.width.min(4);
            let text = Rect { x: at.x + indent, width: at.width - indent, ..at };
            write(text, buf, detail, if self.disabled { theme.faint } else { theme.dim }, theme.signs.ellipsis);
        }
        if cursor && !self.disabled {
            buf.set_style(line, theme.cursor);
            let below = Rect { y: place.y.saturating_add(1), height: place.height.saturating_sub(1), ..place };
            buf.set_style(below, Style { add_modifier: ratatui::style::Modifier::empty(), ..theme.cursor });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    fn menu() -> Menu {
        Menu::new(vec![
            MenuItem::new("Nothing can be done here").detail("because it is closed").disabled(),
            MenuItem::new("Candidate").tone(Tone::Good).detail("6 of 9 say yes").detail("nobody is missing"),
            MenuItem::new("Back to the first round").tone(Tone::Progress).aside("r"),
            MenuItem::new("Refuse").tone(Tone::Bad).disabled(),
            MenuItem::new("Open the film list").aside("F2").marked(std::iter::once(9..13).collect()),
        ])
    }

    fn shot(menu: &Menu, height: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, height));
        menu.draw(buf.area, &mut buf, &Theme::default());
        snapshot::styled(&buf)
    }

    #[test]
    fn it_shows_what_can_be_picked() {
        insta::assert_snapshot!("menu", shot(&menu(), 9));
        let mut menu = menu();
        menu.end();
        insta::assert_snapshot!("menu_scrolled", shot(&menu, 4));
    }

    #[test]
    fn the_cursor_passes_over_what_cannot_be_picked() {
        let mut menu = menu();
        assert_eq!(menu.picked(), Some(1));
        menu.move_by(2);
        assert_eq!(menu.picked(), Some(4));
        menu.move_by(-1);
        assert_eq!(menu.picked(), Some(2));
        menu.home();
        assert_eq!(menu.picked(), Some(1));
        shot(&menu, 9);
        assert!(menu.click(3, 5));
        assert_eq!(menu.picked(), Some(2));
        assert!(!menu.click(3, 0));
        menu.set_items(vec![MenuItem::new("no").disabled()]);
        menu.move_by(1);
        assert_eq!(menu.picked(), None);
    }

    proptest! {
        #[test]
        fn it_stays_in_its_area(
            (x, y, width, height) in (0u16..40, 0u16..12, 0u16..60, 0u16..12),
            (by, label) in (-6isize..6, any::<String>()),
        ) {
            let mut menu = menu();
            let mut items = menu.items().to_vec();
            items.push(MenuItem::new(label.clone()).detail(label.clone()).aside(label));
            menu.set_items(items);
            menu.move_by(by);
            let mut buf = Buffer::filled(Rect::new(1, 1, 40, 9), ratatui::buffer::Cell::new("#"));
            let area = Rect::new(x, y, width, height);
            menu.draw(area, &mut buf, &Theme::default());
            for y in buf.area.top()..buf.area.bottom() {
                for x in buf.area.left()..buf.area.right() {
                    prop_assert!(area.contains((x, y).into()) || buf[(x, y)].symbol() == "#");
                }
            }
        }
    }
}

//! Dialogs: a frame over the screen, a text, perhaps something to type, and buttons.

mod buttons;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use self::buttons::{Button, Buttons};
use super::edit::Edit;
use super::glyph::{width, width16};
use super::input::Input;
use super::keyvalue::Scroll;
use super::pen::{Pen, clear, row, write};
use super::table::draw_scrollbar;
use super::theme::Theme;
use super::wrap::{truncate, wrapped};

/// The widest a dialog of text gets, so that its lines stay readable.
const WIDEST: u16 = 72;

/// The narrowest, where the screen allows it.
const NARROWEST: u16 = 40;

/// A rectangle of at most this size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let (x, y) = (area.x + (area.width - width) / 2, area.y + (area.height - height) / 2);
    Rect { x, y, width, height }
}

/// Empties `area`, draws a frame with a title around it and returns what is inside, one cell apart from the sides.
pub fn draw_frame(area: Rect, buf: &mut Buffer, title: &str, danger: bool, theme: &Theme) -> Rect {
    let area = area.intersection(buf.area);
    clear(area, buf, theme.text);
    let [top_left, top_right, bottom_left, bottom_right, horizontal, vertical] = theme.signs.frame;
    let style = if danger { theme.danger } else { theme.border };
    for line in 0..area.height {
        let mut pen = Pen::new(row(area, line), buf, "");
        let inside = area.width.saturating_sub(2);
        match line {
            0 => pen.put(top_left, style).repeat(horizontal, inside, style).put(top_right, style),
            _ if line + 1 == area.height => {
                pen.put(bottom_left, style).repeat(horizontal, inside, style).put(bottom_right, style)
            }
            _ => pen.put(vertical, style).skip(inside).put(vertical, style),
        };
    }
    if !title.is_empty() && area.width > 6 {
        let title = format!(" {} ", truncate(title, usize::from(area.width - 6), theme.signs.ellipsis));
        // The border's colour must not shine through.
        let place = Rect { x: area.x + 2, width: width16(&title).min(area.width - 4), ..row(area, 0) };
        clear(place, buf, theme.text);
        write(place, buf, &title, if danger { theme.danger } else { theme.title }, "");
    }
    if area.width < 5 || area.height < 3 {
        return Rect { width: 0, height: 0, ..area };
    }
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// What must be typed before a harmful button can be pressed: a count, a name.
#[derive(Debug, Clone)]
pub struct Typed {
    prompt: String,
    expected: String,
    input: Input,
}

impl Typed {
    /// Asks for exactly `expected`.
    pub fn new(prompt: impl Into<String>, expected: impl Into<String>) -> Self {
        let expected = expected.into();
        let input = Input::new().with_max(expected.chars().count() + 8);
        Typed { prompt: prompt.into(), expected, input }
    }

    /// Whether it was typed; blanks around it do not matter.
    pub fn matches(&self) -> bool {
        self.input.text().trim() == self.expected
    }
}

/// A dialog of text and buttons.
#[derive(Debug)]
pub struct Dialog {
    title: String,
    body: String,
    danger: bool,
    typed: Option<Typed>,
    /// Whether the focus is on what must be typed.
    typing: bool,
    buttons: Buttons,
    scroll: Scroll,
}

impl Dialog {
    /// A dialog; the focus is on the first button that does no harm. It looks dangerous if one does.
    pub fn new(title: impl Into<String>, body: impl Into<String>, buttons: impl IntoIterator<Item = Button>) -> Self {
        let buttons = Buttons::new(buttons);
        let danger = buttons.harmful().is_some();
        let (title, body) = (title.into(), body.into());
        Dialog { title, body, danger, typed: None, typing: false, buttons, scroll: Scroll::default() }
    }

    /// The same, but the harmful button can be pressed only after something was typed, and the focus is there.
    #[must_use]
    pub fn with_typed(mut self, typed: Typed) -> Self {
        if let Some(id) = self.buttons.harmful() {
            self.buttons.enable(id, typed.matches());
        }
        self.typed = Some(typed);
        self.typing = true;
        self
    }

    /// Whether the focus is on what must be typed.
    pub fn typing(&self) -> bool {
        self.typing
    }

    /// Does one step of editing in what must be typed. Says whether the focus is there.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let Some(typed) = self.typed.as_mut().filter(|_| self.typing) else { return false };
        typed.input.edit(edit);
        self.follow_typing();
        true
    }

    /// Inserts a text into what must be typed. Says whether the focus is there.
    pub fn paste(&mut self, text: &str) -> bool {
        let Some(typed) = self.typed.as_mut().filter(|_| self.typing) else { return false };
        typed.input.paste(text);
        self.follow_typing();
        true
    }

    fn follow_typing(&mut self) {
        if let (Some(id), Some(typed)) = (self.buttons.harmful(), &self.typed) {
            self.buttons.enable(id, typed.matches());
        }
    }

    /// Moves the focus on: from what must be typed to the buttons, and through them.
    pub fn next(&mut self) {
        if self.typing {
            self.typing = false;
        } else {
            self.buttons.next();
        }
    }

    /// Moves the focus back.
    pub fn previous(&mut self) {
        if self.typing {
            self.typing = false;
        } else {
            self.buttons.previous();
        }
    }

    /// Puts the focus back on what must be typed, if there is such a thing.
    pub fn to_typing(&mut self) {
        self.typing = self.typed.is_some();
    }

    /// Enter: the button that has the focus; or from what was typed rightly to the harmful button, which a second Enter
    /// then presses.
    pub fn activate(&mut self) -> Option<&'static str> {
        if !self.typing {
            return self.buttons.focused();
        }
        if let Some(id) = self.buttons.harmful().filter(|_| self.typed.as_ref().is_some_and(Typed::matches)) {
            self.typing = false;
            self.buttons.focus(id);
        }
        None
    }

    /// The button that stands at a place of the screen.
    pub fn click(&mut self, x: u16, y: u16) -> Option<&'static str> {
        self.buttons.click(x, y)
    }

    /// Scrolls a body that is longer than its room.
    pub fn scroll_by(&self, lines: isize) -> bool {
        self.scroll.by(lines)
    }

    /// Where the dialog would stand on a screen.
    pub fn place(&self, screen: Rect) -> Rect {
        let longest = self.body.lines().map(width).max().unwrap_or(0);
        let wanted = [longest, width(&self.title) + 2, usize::from(self.buttons.width()), self.prompt_width()];
        let wanted = u16::try_from(wanted.into_iter().max().unwrap_or(0)).unwrap_or(u16::MAX).saturating_add(6);
        let wide = wanted.clamp(NARROWEST, WIDEST).min(screen.width.saturating_sub(2));
        let body = wrapped(&self.body, usize::from(wide.saturating_sub(6))).count();
        let typed = if self.typed.is_some() { 2 } else { 0 };
        let height = u16::try_from(body).unwrap_or(u16::MAX).saturating_add(4 + typed);
        centred(screen, wide, height.min(screen.height.saturating_sub(2).max(6)))
    }

    fn prompt_width(&self) -> usize {
        self.typed.as_ref().map_or(0, |typed| width(&typed.prompt) + width(&typed.expected) + 9)
    }

    /// Draws the dialog over the middle of the screen and returns where the cursor stands. The buttons stay when there is
    /// too little room for the text.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let screen = screen.intersection(buf.area);
        let inner = draw_frame(self.place(screen), buf, &self.title, self.danger, theme);
        let buttons = row(inner, inner.height.saturating_sub(1));
        self.buttons.draw(buttons, buf, theme, !self.typing);
        let mut room = inner.height.saturating_sub(2);
        let mut cursor = None;
        if let Some(typed) = &self.typed {
            cursor = typed.draw(row(inner, room.saturating_sub(1)), buf, theme, self.typing);
            room = room.saturating_sub(2);
        }
        let body = Rect { height: room, ..inner };
        let lines: Vec<&str> = wrapped(&self.body, usize::from(inner.width.saturating_sub(2))).collect();
        let first = self.scroll.settle(lines.len(), usize::from(room));
        for (line, text) in (0..room).zip(lines.iter().skip(first)) {
            write(row(body, line), buf, text, theme.text, theme.signs.ellipsis);
        }
        if lines.len() > usize::from(room) {
            draw_scrollbar(body, buf, first, usize::from(room), lines.len(), theme);
        }
        cursor
    }
}

impl Typed {
    fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let room = area.width.saturating_sub(width16(&self.expected).saturating_add(5));
        let mut pen = Pen::new(Rect { width: room, ..area }, buf, theme.signs.ellipsis);
        pen.put(&self.prompt, theme.text).skip(1);
        let x = pen.x();
        let field =
            Rect { x, width: area.right().saturating_sub(x).min(width16(&self.expected).saturating_add(4)), ..area };
        self.input.draw(field, buf, theme, focused)
    }
}

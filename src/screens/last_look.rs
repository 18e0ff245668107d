//! The last look before a change: two buttons, and above so many rows the count that is typed to confirm.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::session::Session;
use crate::widgets::dialog::{Button, Buttons};
use crate::widgets::glyph::width16;
use crate::widgets::input::Input;
use crate::widgets::pen::{Pen, row};

use super::{Canvas, typing};

/// Above so many rows the count is typed.
pub(crate) const MANY: usize = 10;

const GO: &str = "go";
const BACK: &str = "back";

/// What a key decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Do it.
    Go,
    /// Back to what comes before.
    Back,
    /// The count is not the one that is asked for.
    Miscounted,
    /// Nothing yet.
    Open,
}

/// The buttons, and the count.
#[derive(Default)]
pub(crate) struct LastLook {
    buttons: Buttons,
    /// The count that must be typed, if one must.
    count: Option<usize>,
    input: Input,
    /// The count has the focus, not a button.
    on_count: bool,
}

impl LastLook {
    /// Two buttons by their labels; the one that goes on has the focus unless it is harmful. `count`: what must be typed.
    pub(crate) fn new(back: String, go: String, harmful: bool, count: Option<usize>) -> Self {
        let go = if harmful { Button::harmful(GO, go) } else { Button::new(GO, go) };
        let mut buttons = Buttons::new([Button::new(BACK, back), go]);
        if !harmful {
            buttons.focus(GO);
        }
        Self { buttons, count, input: Input::new().with_max(9), on_count: count.is_some() }
    }

    /// Whether digits are typed.
    pub(crate) fn typing(&self) -> bool {
        self.on_count
    }

    fn counted(&self) -> bool {
        self.count.is_none_or(|count| self.input.text().trim().parse() == Ok(count))
    }

    /// Whether the focus is on the first button, with nothing before it.
    pub(crate) fn at_first(&self) -> bool {
        !self.on_count && self.buttons.focused() == Some(BACK)
    }

    /// Puts the focus on the button that goes on: asking once more is one key.
    pub(crate) fn ready(&mut self) {
        self.on_count = false;
        self.buttons.focus(GO);
    }

    /// Puts the focus on the button that goes back: what was looked at has changed.
    pub(crate) fn wary(mut self) -> Self {
        self.buttons.focus(BACK);
        self
    }

    /// Does an action.
    pub(crate) fn act(&mut self, action: Action) -> Decision {
        match action {
            Action::Back => return Decision::Back,
            Action::NextField => self.next(true),
            Action::PreviousField => self.next(false),
            Action::Accept if self.on_count && self.counted() => self.ready(),
            Action::Accept if self.on_count => return Decision::Miscounted,
            Action::Accept => return self.press(self.buttons.focused()),
            _ => {}
        }
        Decision::Open
    }

    fn press(&mut self, button: Option<&str>) -> Decision {
        match button {
            Some(BACK) => Decision::Back,
            Some(_) if self.counted() => Decision::Go,
            Some(_) => {
                self.on_count = true;
                Decision::Miscounted
            }
            None => Decision::Open,
        }
    }

    /// A click on a button presses it.
    pub(crate) fn click(&mut self, x: u16, y: u16) -> Decision {
        let button = self.buttons.click(x, y);
        self.press(button)
    }

    /// The next thing: the count, if it is asked for, and the buttons.
    fn next(&mut self, forward: bool) {
        let (first, last) = if forward { (BACK, GO) } else { (GO, BACK) };
        if self.on_count {
            self.on_count = false;
            self.buttons.focus(first);
        } else if self.count.is_some() && self.buttons.focused() == Some(last) {
            self.on_count = true;
        } else if forward {
            self.buttons.next();
        } else {
            self.buttons.previous();
        }
    }

    /// A key for the count.
    pub(crate) fn typed(&mut self, key: Key) -> bool {
        self.on_count && key.typed().is_none_or(|c| c.is_ascii_digit()) && typing::edit(&mut self.input, key)
    }

    /// What is asked for, for whoever did not type it.
    pub(crate) fn demand(&self, session: &Session) -> String {
        session.tr_with("look-type-count", &[("count", self.count.unwrap_or_default().into())])
    }

    /// How many rows it takes.
    pub(crate) fn height(&self) -> u16 {
        if self.count.is_some() { 3 } else { 1 }
    }

    /// Draws it at the foot of a dialog.
    pub(crate) fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = &canvas.session.theme;
        if self.count.is_some() {
            let label = self.demand(canvas.session);
            let line = row(area, 0);
            Pen::new(line, canvas.buf, theme.signs.ellipsis).put(&label, theme.text);
            let x = line.x.saturating_add(width16(&label) + 1).min(line.right());
            let field = Rect { x, width: line.right().saturating_sub(x).min(10), ..line };
            if let Some(cursor) = self.input.draw(field, canvas.buf, theme, self.on_count) {
                canvas.cursor = Some(cursor);
            }
        }
        self.buttons.draw(row(area, area.height.saturating_sub(1)), canvas.buf, theme, !self.on_count);
    }
}

//! The keys that move through a menu or a long text, the same in every box.

use crate::app::action::Action;
use crate::widgets::keyvalue::Scroll;
use crate::widgets::menu::Menu;

/// Moves a menu's cursor. Says whether the action was about that.
pub(crate) fn steer(menu: &mut Menu, action: Action) -> bool {
    match action {
        Action::Down => menu.move_by(1),
        Action::Up => menu.move_by(-1),
        Action::PageDown => menu.page_by(1),
        Action::PageUp => menu.page_by(-1),
        Action::First => menu.home(),
        Action::Last => menu.end(),
        _ => return false,
    }
    true
}

/// Scrolls a text. Says whether the action was about that.
pub(crate) fn scrolled(scroll: &Scroll, action: Action) -> bool {
    match action {
        Action::Up => scroll.by(-1),
        Action::Down => scroll.by(1),
        Action::PageUp => scroll.page_by(-1),
        Action::PageDown => scroll.page_by(1),
        Action::First => scroll.home(),
        Action::Last => scroll.end(),
        _ => return false,
    };
    true
}

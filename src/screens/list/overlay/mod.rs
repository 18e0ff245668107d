//! Boxes that a list opens over itself and that work on it while it is seen: its statuses, its searches, its columns.

mod choose;
mod columns;
mod searches;

use ratatui::layout::Rect;

use crate::api::{Answer, Failure};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::msg::{Mouse, Ticket};
use crate::screens::Canvas;

use super::ListPane;
use super::order::ListRow;

pub(super) use choose::Choose;
pub(super) use columns::{Columns, read as read_columns};
pub(super) use searches::{Naming, Searches};

/// Whether a box stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stays {
    /// It does.
    Open,
    /// It is done.
    Closes,
}

/// A box over a list.
pub(super) trait Overlay<T: ListRow>: Send {
    /// Whether a text has the focus.
    fn typing(&self) -> bool {
        false
    }

    /// Does an action of a menu.
    fn act(&mut self, action: Action, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays;

    /// A key without a binding, or one for the text that has the focus.
    fn typed(&mut self, key: Key, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays;

    /// A pasted text.
    fn pasted(&mut self, _text: &str) {}

    /// The mouse.
    fn mouse(&mut self, _mouse: Mouse, _list: &mut ListPane<T>, _cx: &mut Cx<'_>) -> Stays {
        Stays::Open
    }

    /// The end of a request, perhaps not of its own.
    fn reply(&mut self, _ticket: Ticket, _result: &Result<Answer, Failure>, _cx: &mut Cx<'_>) -> Stays {
        Stays::Open
    }

    /// Draws over the list.
    fn view(&self, list: &ListPane<T>, area: Rect, canvas: &mut Canvas<'_>);
}

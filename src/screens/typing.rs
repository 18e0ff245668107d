//! Keys that edit a text, the same in every input.

use crate::app::key::{Code, Key};
use crate::widgets::edit::Edit;
use crate::widgets::input::Input;

/// The step of editing that a key stands for.
pub fn step(key: Key) -> Option<Edit> {
    if let Some(c) = key.typed() {
        return Some(Edit::Insert(c));
    }
    let word = key.ctrl || key.alt;
    Some(match key.code {
        Code::Backspace if word => Edit::DeleteWord,
        Code::Backspace => Edit::Backspace,
        Code::Delete => Edit::Delete,
        Code::Left if word => Edit::WordLeft,
        Code::Right if word => Edit::WordRight,
        Code::Left => Edit::Left,
        Code::Right => Edit::Right,
        Code::Up => Edit::Up,
        Code::Down => Edit::Down,
        Code::Home if key.ctrl => Edit::Top,
        Code::End if key.ctrl => Edit::Bottom,
        Code::Home => Edit::Home,
        Code::End => Edit::End,
        Code::PageUp => Edit::PageUp,
        Code::PageDown => Edit::PageDown,
        Code::Char('w') if key.ctrl => Edit::DeleteWord,
        Code::Char('u') if key.ctrl => Edit::DeleteToStart,
        Code::Char('k') if key.ctrl => Edit::DeleteToEnd,
        Code::Char('a') if key.ctrl => Edit::Home,
        Code::Char('e') if key.ctrl => Edit::End,
        Code::Char('z') if key.ctrl => Edit::Undo,
        Code::Char('y') if key.ctrl => Edit::Redo,
        _ => return None,
    })
}

/// Lets a key edit an input of one line. Says whether it was one that edits.
pub fn edit(input: &mut Input, key: Key) -> bool {
    let Some(step) = step(key) else { return false };
    input.edit(step);
    !matches!(step, Edit::Up | Edit::Down | Edit::PageUp | Edit::PageDown)
}

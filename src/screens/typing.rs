//! Keys that edit one line of text, the same in every input.

use crate::app::key::{Code, Key};
use crate::widgets::input::Input;

/// Lets a key edit an input. Says whether it was one that edits.
pub fn edit(input: &mut Input, key: Key) -> bool {
    if let Some(c) = key.typed() {
        input.insert(c);
        return true;
    }
    let word = key.ctrl || key.alt;
    match key.code {
        Code::Backspace if word => _ = input.delete_word(),
        Code::Backspace => _ = input.backspace(),
        Code::Delete => _ = input.delete(),
        Code::Left if word => input.word_left(),
        Code::Right if word => input.word_right(),
        Code::Left => input.left(),
        Code::Right => input.right(),
        Code::Home => input.home(),
        Code::End => input.end(),
        Code::Char('w') if key.ctrl => _ = input.delete_word(),
        Code::Char('u') if key.ctrl => _ = input.delete_to_start(),
        Code::Char('k') if key.ctrl => _ = input.delete_to_end(),
        Code::Char('a') if key.ctrl => input.home(),
        Code::Char('e') if key.ctrl => input.end(),
        _ => return false,
    }
    true
}

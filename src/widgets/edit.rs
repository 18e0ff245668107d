//! The steps of editing a text, named once for every widget that takes them.

/// One step of editing. What a widget cannot do (a new line in one line) it refuses by saying `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Types a character.
    Insert(char),
    /// Begins a new line.
    Newline,
    /// Deletes before the cursor.
    Backspace,
    /// Deletes at the cursor.
    Delete,
    /// Deletes the word before the cursor.
    DeleteWord,
    /// Deletes back to the beginning of the line.
    DeleteToStart,
    /// Deletes to the end of the line.
    DeleteToEnd,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// To the beginning of the word.
    WordLeft,
    /// To the end of the word.
    WordRight,
    /// To the beginning of the line.
    Home,
    /// To the end of the line.
    End,
    /// To the beginning of the text.
    Top,
    /// To the end of the text.
    Bottom,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Takes the last change back.
    Undo,
    /// Does again what was taken back.
    Redo,
}

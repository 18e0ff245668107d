//! A line that says what happened, two where one does not hold it, with a key that goes on from there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::glyph::width16;
use super::pen::{Pen, clear, row};
use super::theme::Theme;
use super::wrap::wrap;

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It was done.
    Done,
    /// Good to know.
    Info,
    /// Something to look at.
    Warning,
    /// It was refused or it failed.
    Error,
}

/// A message of one line, or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What kind it is.
    pub mood: Mood,
    /// What it says.
    pub text: String,
    /// A key and what it does, such as `u` and "undo".
    pub key: Option<(String, String)>,
}

impl Toast {
    /// A message.
    pub fn new(mood: Mood, text: impl Into<String>) -> Self {
        Toast { mood, text: text.into(), key: None }
    }

    /// The same with a key and what it does.
    #[must_use]
    pub fn with_key(self, key: impl Into<String>, label: impl Into<String>) -> Self {
        Toast { key: Some((key.into(), label.into())), ..self }
    }

    /// What the key takes of a line.
    fn hint(&self) -> u16 {
        self.key.as_ref().map_or(0, |(key, label)| width16(key).saturating_add(width16(label)).saturating_add(3))
    }

    /// How many rows it takes in this width: a second one where one line would cut the text.
    pub fn height(&self, width: u16) -> u16 {
        let needed = width16(&self.text).saturating_add(2).saturating_add(self.hint());
        if needed > width { 2 } else { 1 }
    }

    /// Draws it over the first rows of `area`. The key stays readable, at the end of the last row; the text gives way to it.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let area = area.intersection(buf.area);
        let rows = self.height(area.width).min(area.height);
        let area = Rect { height: rows, ..area };
        (0..rows).for_each(|y| clear(row(area, y), buf, theme.text));
        let signs = theme.signs;
        let (sign, style) = match self.mood {
            Mood::Done => (signs.check, theme.ok),
            Mood::Info => (signs.dot, theme.info),
            Mood::Warning => (signs.warning, theme.warning),
            Mood::Error => (signs.cross, theme.danger),
        };
        let said = if self.mood == Mood::Done || self.mood == Mood::Info { theme.text } else { style };
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        let (first, second) = match wrap(&self.text, room).first() {
            Some(line) if rows > 1 && line.end < self.text.len() => {
                (&self.text[line.clone()], self.text[line.end..].trim_start())
            }
            _ if rows > 1 => (self.text.as_str(), ""),
            _ => ("", self.text.as_str()),
        };
        let mut line = row(area, rows.saturating_sub(1));
        if rows > 1 {
            let mut pen = Pen::new(row(area, 0), buf, signs.ellipsis);
            pen.put(sign, style).put(" ", style).put(first.trim_end(), said);
        }
        let hint = self.hint();
        let room = if hint + 10 < line.width { line.width - hint } else { line.width };
        let mut pen = Pen::new(Rect { width: room, ..line }, buf, signs.ellipsis);
        pen.put(if rows > 1 { " " } else { sign }, style).put(" ", style).put(second, said);
        // Below a text of one row the key stands by itself.
        let end = if second.is_empty() { line.x } else { pen.x() };
        if let Some((key, label)) = self.key.as_ref().filter(|_| room < area.width) {
            line = Rect { x: end, width: area.right() - end, ..line };
            Pen::new(line, buf, signs.ellipsis).skip(2).put(key, theme.key).put(" ", theme.dim).put(label, theme.dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    #[test]
    fn each_mood_has_its_sign_and_the_key_stays() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 44, 6));
        let theme = Theme::default();
        let toasts = [
            Toast::new(Mood::Done, "Saved.").with_key("u", "undo"),
            Toast::new(Mood::Info, "A text that is far too long to be shown on this line").with_key("u", "undo"),
            Toast::new(Mood::Warning, "Changed by someone else."),
            Toast::new(Mood::Error, "The database does not answer."),
        ];
        let mut y = 0;
        for toast in &toasts {
            let height = toast.height(buf.area.width);
            toast.draw(Rect { y, height, ..buf.area }, &mut buf, &theme);
            y += height;
        }
        insta::assert_snapshot!("toasts", snapshot::styled(&buf));
    }

    proptest! {
        #[test]
        fn it_breaks_nowhere(x in 0u16..30, y in 0u16..4, width in 0u16..40, text: String, key: String) {
            let mut buf = Buffer::empty(Rect::new(1, 1, 20, 2));
            let toast = Toast::new(Mood::Done, text.clone()).with_key(key, text);
            toast.draw(Rect::new(x, y, width, 2), &mut buf, &Theme::default());
        }
    }
}

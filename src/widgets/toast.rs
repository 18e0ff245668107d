//! One line that says what happened, with a key that goes on from there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::glyph::width16;
use super::pen::{Pen, clear, row};
use super::theme::Theme;

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

/// A message of one line.
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

    /// Draws it over the first row of `area`. The key stays readable; the text gives way to it.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let area = row(area.intersection(buf.area), 0);
        clear(area, buf, theme.text);
        let signs = theme.signs;
        let (sign, style) = match self.mood {
            Mood::Done => (signs.check, theme.ok),
            Mood::Info => (signs.dot, theme.info),
            Mood::Warning => (signs.warning, theme.warning),
            Mood::Error => (signs.cross, theme.danger),
        };
        let hint =
            self.key.as_ref().map_or(0, |(key, label)| width16(key).saturating_add(width16(label)).saturating_add(3));
        let room = if hint + 10 < area.width { area.width - hint } else { area.width };
        let mut pen = Pen::new(Rect { width: room, ..area }, buf, signs.ellipsis);
        pen.put(sign, style).put(" ", style);
        pen.put(&self.text, if self.mood == Mood::Done || self.mood == Mood::Info { theme.text } else { style });
        let end = pen.x();
        if let Some((key, label)) = self.key.as_ref().filter(|_| room < area.width) {
            let rest = Rect { x: end, width: area.right() - end, ..area };
            Pen::new(rest, buf, "").skip(2).put(key, theme.key).put(" ", theme.dim).put(label, theme.dim);
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
        let mut buf = Buffer::empty(Rect::new(0, 0, 44, 5));
        let theme = Theme::default();
        let toasts = [
            Toast::new(Mood::Done, "Saved.").with_key("u", "undo"),
            Toast::new(Mood::Info, "A text that is far too long to be shown on this line").with_key("u", "undo"),
            Toast::new(Mood::Warning, "Changed by someone else."),
            Toast::new(Mood::Error, "The database does not answer."),
        ];
        for (line, toast) in (0..).zip(&toasts) {
            toast.draw(row(buf.area, line), &mut buf, &theme);
        }
        insta::assert_snapshot!("toasts", snapshot::styled(&buf));
    }

    proptest! {
        #[test]
        fn it_breaks_nowhere(x in 0u16..30, y in 0u16..4, width in 0u16..40, text: String, key: String) {
            let mut buf = Buffer::empty(Rect::new(1, 1, 20, 2));
            let toast = Toast::new(Mood::Done, text.clone()).with_key(key, text);
            toast.draw(Rect::new(x, y, width, 1), &mut buf, &Theme::default());
        }
    }
}

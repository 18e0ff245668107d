//! Forms are data: fields with labels, kinds and rules; the form moves the focus, checks and draws.

mod checks;
mod draw;
mod field;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};

use ratatui::layout::{Position, Rect};

use self::field::Control;
pub use self::field::{Choice, Field, Kind, REQUIRED};
use super::edit::Edit;

/// One field with its control, what it began with and what is wrong with it.
#[derive(Debug)]
struct Entry {
    field: Field,
    control: Control,
    initial: String,
    error: Option<String>,
}

/// The state of a form.
#[derive(Debug, Default)]
pub struct Form {
    entries: Vec<Entry>,
    focus: usize,
    /// Labels stand beside their fields where there is room, and texts take what a tall screen gives.
    beside: bool,
    /// The first field on the screen.
    first: Cell<usize>,
    /// Where the last drawing put each field's control.
    places: RefCell<Vec<(usize, Rect)>>,
}

impl Form {
    /// A form with its focus on the first field.
    pub fn new(fields: impl IntoIterator<Item = Field>) -> Self {
        let entries = fields.into_iter().map(|field| {
            let control = Control::new(&field.kind, &field.value);
            let initial = control.value();
            Entry { field, control, initial, error: None }
        });
        Form { entries: entries.collect(), ..Form::default() }
    }

    /// The same with its labels beside the fields, where there is room: for a form of many fields.
    #[must_use]
    pub fn beside(self) -> Self {
        Form { beside: true, ..self }
    }

    /// The name of the field that has the focus.
    pub fn focused(&self) -> Option<&'static str> {
        self.entries.get(self.focus).map(|entry| entry.field.name)
    }

    /// Whether the focus is on the last field.
    pub fn at_last(&self) -> bool {
        self.focus + 1 >= self.entries.len()
    }

    /// Puts the focus on a field.
    pub fn focus(&mut self, name: &str) {
        self.focus = self.index(name).unwrap_or(self.focus);
    }

    /// Puts the focus on the next field, after the last one on the first.
    pub fn next(&mut self) {
        self.focus = if self.at_last() { 0 } else { self.focus + 1 };
    }

    /// Puts the focus on the field before, before the first one on the last.
    pub fn previous(&mut self) {
        self.focus = self.focus.checked_sub(1).unwrap_or(self.entries.len().saturating_sub(1));
    }

    /// Does one step of editing in the field that has the focus. Up and down leave it for the next one where it has no
    /// line there. Says whether anything changed or moved; a new line in a field of one line is refused.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let Some(entry) = self.entries.get_mut(self.focus) else { return false };
        if entry.control.edit(edit) {
            // Moving about says nothing about the error; only another value does.
            if entry.error.is_some() && changes(edit) {
                entry.error = None;
            }
            return true;
        }
        match edit {
            Edit::Up if self.focus > 0 => self.previous(),
            Edit::Down if !self.at_last() => self.next(),
            Edit::PageUp => self.focus = self.group_before(),
            Edit::PageDown => self.focus = self.group_behind(),
            _ => return false,
        }
        true
    }

    /// The first field of the group before, or of this one if another of it has the focus.
    fn group_before(&self) -> usize {
        self.entries.iter().take(self.focus).rposition(|entry| !entry.field.group.is_empty()).unwrap_or(0)
    }

    /// The first field of the next group, or else the last field.
    fn group_behind(&self) -> usize {
        let next = self.entries.iter().skip(self.focus + 1).position(|entry| !entry.field.group.is_empty());
        next.map_or(self.entries.len().saturating_sub(1), |behind| self.focus + 1 + behind)
    }

    /// Inserts a text into the field that has the focus. Says whether it changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let Some(entry) = self.entries.get_mut(self.focus) else { return false };
        let changed = entry.control.paste(text);
        if changed {
            entry.error = None;
        }
        changed
    }

    /// The value of a field; empty if there is none of that name.
    pub fn value(&self, name: &str) -> String {
        self.index(name).map(|index| self.entries[index].control.value()).unwrap_or_default()
    }

    /// Every value, in the order of the fields.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        self.entries.iter().map(|entry| (entry.field.name, entry.control.value())).collect()
    }

    /// Sets the value of a field, as if it had been typed.
    pub fn set_value(&mut self, name: &str, value: &str) {
        if let Some(index) = self.index(name) {
            self.entries[index].control.set(value);
            self.entries[index].error = None;
        }
    }

    /// Takes one of many for a field that is searched, with what is shown for it.
    pub fn pick(&mut self, name: &str, value: &str, shown: &str) {
        if let Some(Entry { control: Control::Search { value: to, label }, error, .. }) =
            self.index(name).and_then(|index| self.entries.get_mut(index))
        {
            value.clone_into(to);
            shown.clone_into(label);
            *error = None;
        }
    }

    /// What the field that has the focus asks for.
    pub fn kind(&self) -> Option<&Kind> {
        self.entries.get(self.focus).map(|entry| &entry.field.kind)
    }

    /// Whether any value differs from what it began with.
    pub fn dirty(&self) -> bool {
        self.entries.iter().any(|entry| entry.control.value() != entry.initial)
    }

    /// The names of the fields whose value differs from what it began with.
    pub fn changed(&self) -> Vec<&'static str> {
        let changed = self.entries.iter().filter(|entry| entry.control.value() != entry.initial);
        changed.map(|entry| entry.field.name).collect()
    }

    /// Takes a value for what a field began with: somebody else saved it.
    pub fn rebase(&mut self, name: &str, value: &str) {
        if let Some(index) = self.index(name) {
            let mut control = Control::new(&self.entries[index].field.kind, value);
            control.set(value);
            self.entries[index].initial = control.value();
        }
    }

    /// Takes the values as they are for what the form began with (they have been saved).
    pub fn settle(&mut self) {
        for entry in &mut self.entries {
            entry.initial = entry.control.value();
        }
    }

    /// Shows an error under a field and puts the focus on it.
    pub fn set_error(&mut self, name: &str, text: impl Into<String>) {
        if let Some(index) = self.index(name) {
            self.entries[index].error = Some(text.into());
            self.focus = index;
        }
    }

    /// Shows an error under a field, or takes it away, and leaves the focus where it is.
    pub fn say(&mut self, name: &str, error: Option<String>) {
        if let Some(index) = self.index(name) {
            self.entries[index].error = error;
        }
    }

    /// The first field with an error gets the focus. Says whether there is one.
    pub fn focus_wrong(&mut self) -> bool {
        let wrong = self.entries.iter().position(|entry| entry.error.is_some());
        self.focus = wrong.unwrap_or(self.focus);
        wrong.is_some()
    }

    /// Takes every error away.
    pub fn clear_errors(&mut self) {
        for entry in &mut self.entries {
            entry.error = None;
        }
    }

    /// Checks every field, shows what is wrong (`say` turns a message id into a sentence) and puts the focus on the first
    /// field that is wrong. Says whether all is well.
    pub fn check(&mut self, say: impl Fn(&'static str) -> String) -> bool {
        for entry in &mut self.entries {
            entry.error = entry.wrong().map(&say);
        }
        let wrong = self.entries.iter().position(|entry| entry.error.is_some());
        self.focus = wrong.unwrap_or(self.focus);
        wrong.is_none()
    }

    /// Puts the focus, and the cursor in a text, where a click stands. Says whether it hit a field.
    pub fn click(&mut self, x: u16, y: u16) -> bool {
        let hit = self.places.borrow().iter().find(|(_, place)| place.contains(Position { x, y })).copied();
        let Some((index, place)) = hit else { return false };
        self.focus = index;
        match self.entries.get_mut(index).map(|entry| &mut entry.control) {
            Some(Control::Line(input)) => input.click(x - place.x),
            Some(Control::Text(text)) => text.click(x - place.x, y - place.y),
            Some(Control::Checks(checks)) => checks.click(x, y),
            Some(control) => _ = control.edit(Edit::Right),
            None => {}
        }
        true
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.field.name == name)
    }
}

impl Entry {
    /// The message id of what is wrong with the value.
    fn wrong(&self) -> Option<&'static str> {
        let value = self.control.value();
        if value.trim().is_empty() {
            return self.field.required.then_some(REQUIRED);
        }
        (self.field.validate)(&value).err()
    }
}

/// Whether an edit changes the value rather than the place of the cursor, in any kind of field.
fn changes(edit: Edit) -> bool {
    !matches!(
        edit,
        Edit::Up
            | Edit::Down
            | Edit::WordLeft
            | Edit::WordRight
            | Edit::Top
            | Edit::Bottom
            | Edit::PageUp
            | Edit::PageDown
    )
}

//! The filter line at work: keys for it, and what it asks of the rows.

use std::sync::Arc;

use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::domain::text::fold;

use super::ListPane;
use super::fields::{Marked, asks_for_marks};
use super::line::tongue;
use super::order::ListRow;
use super::plain::{Holds, holds};

impl<T: ListRow> ListPane<T> {
    /// What the line asks of rows beside words.
    pub(super) fn holds(&self) -> Option<Holds<T>> {
        holds(self.line.query(), self.spec.fields, self.spec.get, &self.marked())
    }

    /// The words that the line asks for, folded.
    pub(super) fn words(&self) -> Vec<String> {
        self.line.query().words().map(fold).filter(|word| !word.is_empty()).collect()
    }

    /// The rows that the list itself has marked, as far as the line asks for them.
    fn marked(&self) -> Marked {
        if !asks_for_marks(self.line.query(), self.spec.fields) {
            return Marked::default();
        }
        let selected = Arc::new(self.table.borrow().selection().clone());
        Marked { selected, changed: Arc::new(self.changed.iter().copied().collect()) }
    }

    /// Puts a text into the line.
    pub(crate) fn set_filter(&mut self, text: &str, cx: &mut Cx<'_>) {
        if self.line.set(text) {
            self.rearrange(cx);
        }
    }

    /// What stands in the line.
    pub(super) fn filter_text(&self) -> &str {
        self.line.input.text()
    }

    /// The choices of a field that the line asks for.
    pub(super) fn chosen_choices(&self, field: usize) -> Vec<usize> {
        self.line.query().choices(field).collect()
    }

    /// Asks for a choice of a field too, or for it no longer.
    pub(super) fn toggle_choice(&mut self, field: usize, choice: usize, cx: &mut Cx<'_>) {
        let mut chosen = self.chosen_choices(field);
        chosen.dedup();
        match chosen.contains(&choice) {
            true => chosen.retain(|other| *other != choice),
            false => chosen.push(choice),
        }
        if self.line.set_choices(field, &chosen, tongue(cx.session)) {
            self.rearrange(cx);
        }
    }

    /// The columns that somebody chose; none: the usual ones.
    pub(crate) fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// Shows these columns.
    pub(super) fn show_columns(&mut self, columns: Vec<&'static str>) {
        self.columns = columns;
    }

    /// The line is no longer typed.
    pub(super) fn stop_typing(&mut self) {
        self.line.stop();
    }

    /// Does what the line does; `false` for everything else.
    pub(super) fn line_act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        let tongue = tongue(cx.session);
        let typing = self.line.typing;
        let other = match action {
            Action::Filter => {
                self.line.start();
                false
            }
            Action::Accept if typing && self.line.choosing() => self.line.take(tongue),
            Action::Accept if typing => {
                self.line.stop();
                false
            }
            Action::ClearFilter if typing && self.line.close_offer() => false,
            Action::ClearFilter if typing => {
                self.line.stop();
                self.line.set("")
            }
            Action::Complete if typing => self.complete(1, cx),
            Action::CompleteBack if typing => self.complete(-1, cx),
            Action::Down if typing && self.line.choosing() => self.complete(1, cx),
            Action::Up if typing && self.line.choosing() => self.complete(-1, cx),
            _ => return false,
        };
        if other {
            self.rearrange(cx);
        }
        true
    }

    fn complete(&mut self, by: isize, cx: &Cx<'_>) -> bool {
        let values = self.known_values();
        self.line.complete(tongue(cx.session), &values, by)
    }

    /// The texts that occur in the field that is being typed.
    fn known_values(&self) -> Arc<[String]> {
        match self.line.wants_values() {
            Some(field) => {
                let get = || (self.spec.get)(self.spec.fields[field].name.english);
                self.values.of(&self.rows, &self.jurors, field, get)
            }
            None => Arc::new([]),
        }
    }

    /// A key for the filter.
    pub(crate) fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        if !self.line.typing {
            return false;
        }
        let (edits, other) = self.line.key(key);
        if edits {
            let values = self.known_values();
            self.line.preview(tongue(cx.session), &values);
        }
        if other {
            self.rearrange(cx);
        }
        edits
    }

    /// A pasted text for the filter.
    pub(crate) fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if self.line.typing && self.line.paste(text) {
            self.rearrange(cx);
        }
    }
}

//! The filter line at work: keys for it, and what it asks of the rows.

use std::sync::Arc;

use crate::api::Rows;
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::domain::query::Query;

use super::ListPane;
use super::fields::{Marked, asks_for_marks};
use super::find::{Search, narrows};
use super::line::tongue;
use super::order::ListRow;

impl<T: ListRow> ListPane<T> {
    /// What the line asks of these rows.
    pub(super) fn search(&self, rows: &Rows<T>) -> Search<T> {
        let query = self.line.query().clone();
        let marked = self.marked();
        let synopses = self.deep.synopses.clone();
        Search {
            among: self.among(rows, &query),
            query,
            fields: self.spec.fields,
            get: self.spec.get,
            find: self.spec.find,
            marked,
            jurors: Arc::clone(&self.jurors),
            synopses,
        }
    }

    /// What is shown, if nothing else can be found.
    fn among(&self, rows: &Rows<T>, query: &Query) -> Option<Arc<[u32]>> {
        let (left_by, synopses) = self.left_by.as_ref()?;
        let same = match (synopses, &self.deep.synopses) {
            (Some(before), Some(now)) => before.same(now),
            (before, now) => before.is_none() && now.is_none(),
        };
        let marks = [left_by, query].into_iter().any(|query| asks_for_marks(query, self.spec.fields));
        (same && !marks && rows.same(&self.rows) && narrows(left_by, query)).then(|| Arc::clone(&self.order))
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
            self.read_deep(false, false, cx);
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
        self.choose(field, &chosen, cx);
    }

    /// Asks for this choice of a field alone, or for none any more where it was the only one.
    pub(super) fn choose_only(&mut self, field: usize, choice: usize, cx: &mut Cx<'_>) {
        let only = self.chosen_choices(field).iter().all(|chosen| *chosen == choice);
        let none = only && !self.chosen_choices(field).is_empty();
        self.choose(field, if none { &[] } else { std::slice::from_ref(&choice) }, cx);
    }

    fn choose(&mut self, field: usize, choices: &[usize], cx: &mut Cx<'_>) {
        if self.line.set_choices(field, choices, tongue(cx.session)) {
            self.asked_anew(cx);
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
                self.read_deep(false, false, cx);
                false
            }
            Action::Accept if typing && self.line.choosing() => self.line.take(tongue),
            Action::Accept if typing && self.line.wrong().next().is_some() => {
                self.say_wrong(cx);
                false
            }
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
            self.asked_anew(cx);
        }
        true
    }

    /// The list shows more than the line means as long as a word of it can't be read.
    pub(super) fn say_wrong(&self, cx: &mut Cx<'_>) {
        cx.toast(Tone::Problem, cx.session.tr("list-filter-wrong"));
    }

    /// What is typed asks for something else: the cursor goes to the best of what is left.
    fn asked_anew(&mut self, cx: &mut Cx<'_>) {
        self.to_best = !self.line.query().is_empty();
        self.rearrange(cx);
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
            self.asked_anew(cx);
        }
        edits
    }

    /// A pasted text for the filter.
    pub(crate) fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if self.line.typing && self.line.paste(text) {
            self.asked_anew(cx);
        }
    }
}

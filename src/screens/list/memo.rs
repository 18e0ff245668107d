//! Figures over all rows, counted once for each list and not on every drawing.

use std::cell::RefCell;

use crate::api::Rows;

/// Figures and the rows that they are of.
pub(crate) struct Memo<T, V>(RefCell<Option<(Rows<T>, V)>>);

impl<T, V> Default for Memo<T, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T, V: Clone> Memo<T, V> {
    /// The figures of these rows, counted anew if these are not the same rows as last time.
    pub(crate) fn of(&self, rows: &Rows<T>, count: impl FnOnce(&Rows<T>) -> V) -> V {
        let mut known = self.0.borrow_mut();
        match &*known {
            Some((of, figures)) if of.same(rows) => figures.clone(),
            _ => known.insert((rows.clone(), count(rows))).1.clone(),
        }
    }
}

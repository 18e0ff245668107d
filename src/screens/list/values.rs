//! The texts that occur in a field, for completion: gathered when they are first wanted, and once for the same rows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::api::film::Juror;
use crate::api::{Indexed, Rows};

use super::fields::Get;

/// As many texts are kept: nobody reads more.
const KEPT: usize = 2_000;

/// The texts of some fields, and the rows that they are of.
pub(super) struct Values<T>(RefCell<Option<(Rows<T>, ByField)>>);

/// Texts by the number of their field.
type ByField = HashMap<usize, Arc<[String]>>;

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T: Indexed> Values<T> {
    /// The texts of a field, the most frequent first.
    pub(super) fn of(
        &self,
        rows: &Rows<T>,
        jurors: &[Juror],
        field: usize,
        get: impl FnOnce() -> Get<T>,
    ) -> Arc<[String]> {
        let mut known = self.0.borrow_mut();
        if known.as_ref().is_none_or(|(of, _)| !of.same(rows)) {
            *known = Some((rows.clone(), HashMap::new()));
        }
        match known.as_mut() {
            Some((_, fields)) => Arc::clone(fields.entry(field).or_insert_with(|| texts(rows, jurors, &get()))),
            None => Arc::new([]),
        }
    }
}

fn texts<T: Indexed>(rows: &Rows<T>, jurors: &[Juror], get: &Get<T>) -> Arc<[String]> {
    let mut counts: HashMap<&str, u32, foldhash::fast::RandomState> = HashMap::default();
    match get {
        Get::Text(text) => {
            for row in rows.iter() {
                *counts.entry(row.text(*text).trim()).or_default() += 1;
            }
        }
        Get::People(_) => counts.extend(jurors.iter().map(|juror| (&*juror.name, 1))),
        _ => {}
    }
    counts.remove("");
    let mut texts: Vec<(&str, u32)> = counts.into_iter().collect();
    let likelier = |a: &(&str, u32), b: &(&str, u32)| b.1.cmp(&a.1).then(a.0.cmp(b.0));
    if texts.len() > KEPT {
        texts.select_nth_unstable_by(KEPT, likelier);
        texts.truncate(KEPT);
    }
    texts.sort_unstable_by(likelier);
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}

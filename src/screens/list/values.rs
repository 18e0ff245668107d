//! The texts that occur in a field, for completion: gathered when they are first wanted, and once for the same rows.

use std::cell::RefCell;
use std::cmp::Reverse;
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

impl<T: Indexed + Send + Sync> Values<T> {
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

fn texts<T: Indexed + Send + Sync>(rows: &Rows<T>, jurors: &[Juror], get: &Get<T>) -> Arc<[String]> {
    match get {
        Get::Text(text) => frequent(rows, *text),
        Get::People(_) => {
            let mut names: Vec<String> = jurors.iter().map(|juror| juror.name.to_string()).collect();
            names.sort_unstable();
            names.dedup();
            names.retain(|name| !name.is_empty());
            names.into()
        }
        _ => Arc::new([]),
    }
}

/// One text of all rows, counted by its rank: spellings that are the same to a filter are one, written as in the first
/// row that has it.
fn frequent<T: Indexed + Send + Sync>(rows: &Rows<T>, text: usize) -> Arc<[String]> {
    let column = rows.index().column(text);
    // By rank: how many rows have it, and the first that does.
    let mut counts = vec![(0_u32, 0_usize); column.len()];
    for (row, rank) in column.ranks().iter().enumerate() {
        if let Some((count, first)) = counts.get_mut(*rank as usize) {
            if *count == 0 {
                *first = row;
            }
            *count += 1;
        }
    }
    // Rank 0 is blank.
    let there = counts.iter().enumerate().skip(1).filter(|(_, (count, _))| *count > 0);
    let mut ranks: Vec<usize> = there.map(|(rank, _)| rank).collect();
    let likelier = |rank: &usize| (Reverse(counts[*rank].0), *rank);
    if ranks.len() > KEPT {
        ranks.select_nth_unstable_by_key(KEPT, likelier);
        ranks.truncate(KEPT);
    }
    ranks.sort_unstable_by_key(likelier);
    let first = |rank: usize| rows.get(counts[rank].1).map(|row| row.text(text).trim().to_owned());
    ranks.into_iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str);

    impl Indexed for Row {
        const TEXTS: usize = 1;

        fn text(&self, _column: usize) -> &str {
            self.0
        }
    }

    #[test]
    fn the_most_frequent_come_first_and_spellings_are_one() {
        let rows: Rows<Row> =
            ["Maroc", " France", "", "ÉGYPTE", "france", "Egypte", "FRANCE", "Algérie"].map(Row).into_iter().collect();
        assert_eq!(*texts(&rows, &[], &Get::Text(0)), ["France", "ÉGYPTE", "Algérie", "Maroc"]);
        assert!(texts(&Rows::<Row>::default(), &[], &Get::Text(0)).is_empty());
    }
}

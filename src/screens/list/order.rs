//! Which rows of a list are shown and in which order: pure work that runs off the loop.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::api::Rows;
use crate::api::film::Juror;
use crate::app::effect::{Cancelled, Computed, Job};
use crate::domain::UserId;
use crate::domain::text::fold;
use crate::widgets::table::{Key, SortBy};

/// A row of a list.
pub(crate) trait ListRow: Clone + Send + Sync + 'static {
    /// What it is known by, whatever its place.
    fn key(&self) -> Key;
}

/// What a column is sorted by. Rows without it come last in both directions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SortKey {
    /// A count, a date, a rank.
    Number(i64),
    /// Folded words.
    Text(String),
    /// Nothing there.
    Missing,
}

impl SortKey {
    /// Words as people look them up; empty ones are missing.
    pub(crate) fn text(text: &str) -> Self {
        let folded = fold(text.trim());
        if folded.is_empty() { SortKey::Missing } else { SortKey::Text(folded) }
    }

    /// A number that may be missing.
    pub(crate) fn number(number: Option<impl Into<i64>>) -> Self {
        number.map_or(SortKey::Missing, |n| SortKey::Number(n.into()))
    }
}

/// How a row answers for a column.
pub(crate) type SortFn<T> = fn(&T, &str) -> SortKey;

/// What the filter looks in, folded; jurors by their names where a row only has their ids.
pub(crate) type FindFn<T> = for<'a> fn(&'a T, &Jurors) -> Cow<'a, str>;

/// Jurors' names, folded, by id.
pub(crate) type Jurors = HashMap<UserId, String, foldhash::fast::RandomState>;

/// What is to be shown and how.
pub(crate) struct Wish<T> {
    /// The words that a row must have, folded.
    pub(crate) words: Vec<String>,
    /// Where they may stand.
    pub(crate) find: FindFn<T>,
    /// By which column it is sorted; `None`: the list's own order.
    pub(crate) sort: Option<SortBy>,
    /// How.
    pub(crate) key: SortFn<T>,
    /// The jurors.
    pub(crate) jurors: Arc<[Juror]>,
}

/// The words of a filter, folded.
pub(crate) fn words(filter: &str) -> Vec<String> {
    fold(filter).split_whitespace().map(str::to_owned).collect()
}

/// How many rows are looked at between two looks at whether somebody still waits.
const STRIDE: usize = 4096;

/// A job that filters and sorts all rows.
pub(crate) fn arrange<T: ListRow>(rows: Rows<T>, wish: Wish<T>) -> Job {
    Job::new("arrange", move |cancelled| {
        let Wish { words, find, sort, key, jurors } = wish;
        let jurors: Jurors = jurors.iter().map(|juror| (juror.id, fold(&juror.name))).collect();
        let mut shown: Vec<u32> = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            if index % STRIDE == 0 && cancelled.is_cancelled() {
                return Computed::Nothing;
            }
            if words.is_empty() || matches(&find(row, &jurors), &words) {
                shown.push(position(index));
            }
        }
        match sort {
            Some(sort) => sorted(&rows, shown, sort, key, cancelled),
            None => Computed::Order(shown.into()),
        }
    })
}

/// A job that keeps the rows that were shown in the order they had, at their new positions; rows that are gone go, rows
/// that are new wait for the next visit.
pub(crate) fn keep<T: ListRow>(old: Rows<T>, shown: Arc<[u32]>, new: Rows<T>) -> Job {
    Job::new("keep-order", move |cancelled| {
        let places: HashMap<Key, u32, foldhash::fast::RandomState> =
            new.iter().enumerate().map(|(index, row)| (row.key(), position(index))).collect();
        if cancelled.is_cancelled() {
            return Computed::Nothing;
        }
        let still = |index: &u32| old.get(*index as usize).and_then(|row| places.get(&row.key())).copied();
        Computed::Order(shown.iter().filter_map(still).collect())
    })
}

fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn matches(folded: &str, words: &[String]) -> bool {
    words.iter().all(|word| folded.contains(word.as_str()))
}

fn sorted<T: ListRow>(
    rows: &Rows<T>,
    shown: Vec<u32>,
    sort: SortBy,
    key: SortFn<T>,
    cancelled: &Cancelled,
) -> Computed {
    let keyed = |index: u32| rows.get(index as usize).map_or(SortKey::Missing, |row| key(row, sort.column));
    let mut keyed: Vec<(SortKey, u32)> = shown.into_iter().map(|index| (keyed(index), index)).collect();
    if cancelled.is_cancelled() {
        return Computed::Nothing;
    }
    // Stable, so that equal rows keep the list's own order in both directions.
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (SortKey::Missing, _) | (_, SortKey::Missing) => a.cmp(b),
        _ if sort.descending => b.cmp(a),
        _ => a.cmp(b),
    });
    Computed::Order(keyed.into_iter().map(|(_, index)| index).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[derive(Clone)]
    struct Word(i64, &'static str);

    impl ListRow for Word {
        fn key(&self) -> Key {
            self.0
        }
    }

    fn rows() -> Rows<Word> {
        [Word(9, "Été"), Word(7, "beta"), Word(5, "Alpha"), Word(3, ""), Word(1, "ALPHABET")].into_iter().collect()
    }

    fn run(job: Job) -> Vec<u32> {
        match job.run(&Cancelled::default()) {
            Computed::Order(order) => order.to_vec(),
            Computed::Nothing => panic!("cancelled"),
        }
    }

    fn wish(filter: &str, sort: Option<SortBy>) -> Wish<Word> {
        let find: FindFn<Word> = |row, _| fold(row.1).into();
        Wish { words: words(filter), find, sort, key: by_text, jurors: Arc::new([]) }
    }

    fn by_text(row: &Word, _: &str) -> SortKey {
        SortKey::text(row.1)
    }

    #[test]
    fn filters_by_every_word_and_sorts_with_the_missing_last() {
        let sort = |descending| Some(SortBy { column: "word", descending });
        let arranged = |filter: &str, sort| run(arrange(rows(), wish(filter, sort)));
        assert_eq!(arranged("", None), [0, 1, 2, 3, 4]);
        assert_eq!(arranged("BET alp", None), [4]);
        assert_eq!(arranged("ete", None), [0]);
        assert_eq!(arranged("", sort(false)), [2, 4, 1, 0, 3]);
        assert_eq!(arranged("", sort(true)), [0, 1, 4, 2, 3]);
    }

    #[test]
    fn a_cancelled_job_computes_nothing() {
        let cancelled = Cancelled::default();
        cancelled.cancel();
        assert_eq!(arrange(rows(), wish("", None)).run(&cancelled), Computed::Nothing);
    }

    #[test]
    fn keeping_drops_what_is_gone_and_waits_with_what_is_new() {
        let new: Rows<Word> = [Word(11, "new"), Word(9, "Été"), Word(5, "Alpha"), Word(1, "A")].into_iter().collect();
        assert_eq!(run(keep(rows(), Arc::new([4, 1, 0]), new)), [3, 1]);
    }
}

//! Which rows of a list are shown and in which order: pure work that runs off the loop.

use std::collections::HashMap;
use std::sync::Arc;

use crate::api::{Indexed, Rows};
use crate::app::effect::{Cancelled, Computed, Job};
use crate::widgets::table::Key;

use super::find::{self, Search};

/// A row of a list.
pub(crate) trait ListRow: Indexed + Clone + Send + Sync + 'static {
    /// What it is known by, whatever its place.
    fn key(&self) -> Key;
}

/// How a row answers with a number.
type NumberFn<T> = Box<dyn Fn(&T) -> Option<i64> + Send + Sync>;

/// What a column sorts by. Rows without it come last in both directions.
pub(crate) enum By<T> {
    /// One of the row's texts, as people look words up; blank ones are missing.
    Text(usize),
    /// A count, a date, a place in an order.
    Number(NumberFn<T>),
    /// Nothing: the list's own order.
    Nothing,
}

impl<T: 'static> By<T> {
    /// A number that may be missing.
    pub(crate) fn number(number: impl Fn(&T) -> Option<i64> + Send + Sync + 'static) -> Self {
        By::Number(Box::new(number))
    }

    /// The same for rows that have such a row in them, with the same texts.
    pub(crate) fn of<U: 'static>(self, inner: fn(&U) -> &T) -> By<U> {
        match self {
            By::Text(column) => By::Text(column),
            By::Number(number) => By::Number(Box::new(move |row| number(inner(row)))),
            By::Nothing => By::Nothing,
        }
    }
}

/// What a column sorts by, by its id.
pub(crate) type ByFn<T> = fn(&str) -> By<T>;

/// What is to be shown and how.
pub(crate) struct Wish<T> {
    /// Which rows.
    pub(crate) search: Search<T>,
    /// By what they are sorted, and whether from the greatest to the least; `None`: the best first, or the list's own
    /// order.
    pub(crate) sort: Option<(By<T>, bool)>,
}

/// A job that filters and sorts all rows.
pub(crate) fn arrange<T: ListRow>(rows: Rows<T>, wish: Wish<T>) -> Job {
    Job::new("arrange", move |cancelled| {
        order(&rows, &wish, cancelled).map_or(Computed::Nothing, |order| Computed::Order(order.into()))
    })
}

fn order<T: ListRow>(rows: &Rows<T>, wish: &Wish<T>, cancelled: &Cancelled) -> Option<Vec<u32>> {
    let found = find::find(rows, &wish.search, cancelled)?;
    if cancelled.is_cancelled() {
        return None;
    }
    match &wish.sort {
        Some((by, descending)) => sorted(rows, found.rows, by, *descending, cancelled),
        None => Some(found.ranked()),
    }
}

/// A job that makes a list ready to be searched and sorted, so that the first key need not wait for it.
pub(crate) fn prepare<T: ListRow>(rows: Rows<T>) -> Job {
    Job::new("prepare", move |_| {
        rows.index();
        Computed::Nothing
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

/// Stable, so that equal rows keep the list's own order in both directions.
fn sorted<T: ListRow>(
    rows: &Rows<T>,
    shown: Vec<u32>,
    by: &By<T>,
    descending: bool,
    cancelled: &Cancelled,
) -> Option<Vec<u32>> {
    let keys: Vec<Option<i64>> = match by {
        By::Nothing => return Some(shown),
        By::Text(column) => {
            let ranks = rows.index().column(*column).ranks();
            let rank = |row: &u32| ranks.get(*row as usize).filter(|rank| **rank > 0);
            shown.iter().map(|row| rank(row).map(|rank| i64::from(*rank))).collect()
        }
        By::Number(number) => shown.iter().map(|row| rows.get(*row as usize).and_then(number)).collect(),
    };
    if cancelled.is_cancelled() {
        return None;
    }
    let there = || keys.iter().flatten().copied();
    let (Some(least), Some(most)) = (there().min(), there().max()) else { return Some(shown) };
    let distance = |key: i64| if descending { most.abs_diff(key) } else { key.abs_diff(least) };
    let mut keyed: Vec<(u64, u32)> =
        shown.iter().zip(&keys).filter_map(|(row, key)| Some((distance((*key)?), *row))).collect();
    sort_by_digits(&mut keyed, most.abs_diff(least));
    let missing = shown.iter().zip(&keys).filter(|(_, key)| key.is_none()).map(|(row, _)| *row);
    Some(keyed.into_iter().map(|(_, row)| row).chain(missing).collect())
}

/// Sorts by numbers up to `most`, stably: digit by digit from the least, which takes as many passes as `most` has digits.
fn sort_by_digits(keyed: &mut Vec<(u64, u32)>, most: u64) {
    const BITS: u32 = 11;
    let mut other = vec![(0, 0); keyed.len()];
    let mut shift = 0;
    while shift < u64::BITS && most >> shift > 0 {
        let digit = |key: u64| (key >> shift) as usize & ((1 << BITS) - 1);
        let mut next = [0; 1 << BITS];
        for (key, _) in keyed.iter() {
            next[digit(*key)] += 1;
        }
        let mut sum = 0;
        for count in &mut next {
            sum += std::mem::replace(count, sum);
        }
        for pair in keyed.iter() {
            let place = &mut next[digit(pair.0)];
            other[*place] = *pair;
            *place += 1;
        }
        std::mem::swap(keyed, &mut other);
        shift += BITS;
    }
}

//! Which rows of a list have what was typed, and how well: each word is looked for once in each distinct text, then every
//! row asks what is known of its texts.

use std::collections::HashSet;

use crate::api::film::Juror;
use crate::api::index::Place;
use crate::api::{Index, Rows};
use crate::app::effect::Cancelled;
use crate::domain::UserId;
use crate::domain::text::fold;

use super::order::ListRow;

/// What words are looked for in, by number of the row's text. A row must have every word somewhere.
pub(crate) struct Find<T> {
    /// What names a row: found there counts most.
    pub(crate) title: usize,
    /// Whom it is of: found there counts next.
    pub(crate) name: Option<usize>,
    /// Whatever else.
    pub(crate) others: &'static [usize],
    /// Jurors whose names count as well.
    pub(crate) people: Option<fn(&T) -> &[UserId]>,
}

impl<T> Clone for Find<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Find<T> {}

/// How good a row is, the best first; [`NOT`] is none.
type Group = u8;

/// A word begins the title, begins a word of it, is inside one, is in the name, or anywhere else.
const GROUPS: usize = 5;
const NAME: Group = 3;
const ELSEWHERE: Group = 4;
const NOT: Group = Group::MAX;

/// Rows that were found, in the list's own order, with how good each is.
pub(super) struct Found {
    pub(super) rows: Vec<u32>,
    groups: Vec<Group>,
}

impl Found {
    /// Every row of a list.
    pub(super) fn all(rows: usize) -> Self {
        Self { rows: (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect(), groups: Vec::new() }
    }

    /// Keeps the rows of which something holds; stops early if nobody waits any more.
    pub(super) fn retain(&mut self, cancelled: &Cancelled, holds: impl Fn(u32) -> bool) {
        let mut kept = 0;
        for at in 0..self.rows.len() {
            if at % STRIDE == 0 && cancelled.is_cancelled() {
                break;
            }
            if holds(self.rows[at]) {
                self.rows[kept] = self.rows[at];
                if let Some(group) = self.groups.get(at).copied() {
                    self.groups[kept] = group;
                }
                kept += 1;
            }
        }
        self.rows.truncate(kept);
        self.groups.truncate(kept);
    }

    /// The best first, as good ones in the list's own order.
    pub(super) fn ranked(self) -> Vec<u32> {
        let mut starts = [0; GROUPS + 1];
        for group in &self.groups {
            starts[usize::from(*group) + 1] += 1;
        }
        // All of them, or all as good as each other.
        if self.groups.is_empty() || starts.contains(&self.rows.len()) {
            return self.rows;
        }
        for group in 0..GROUPS {
            starts[group + 1] += starts[group];
        }
        let mut ranked = vec![0; self.rows.len()];
        for (row, group) in self.rows.iter().zip(&self.groups) {
            let next = &mut starts[usize::from(*group)];
            ranked[*next] = *row;
            *next += 1;
        }
        ranked
    }
}

/// One word in one text of the rows.
struct Lane<'a> {
    ranks: &'a [u32],
    /// By rank.
    groups: Vec<Group>,
}

/// One word: wherever it may stand.
struct Word<'a, T> {
    lanes: Vec<Lane<'a>>,
    people: Option<(fn(&T) -> &[UserId], HashSet<UserId, foldhash::fast::RandomState>)>,
}

impl<'a, T> Word<'a, T> {
    fn new(word: &str, find: &Find<T>, index: &'a Index, jurors: &[(UserId, String)]) -> Self {
        let lane = |column: usize, group: fn(Place) -> Group| {
            let column = index.column(column);
            Lane { ranks: column.ranks(), groups: column.places(word).into_iter().map(group).collect() }
        };
        let title = lane(find.title, |place| match place {
            Place::Nowhere => NOT,
            place => place as Group,
        });
        let name = find.name.map(|name| lane(name, |place| if place == Place::Nowhere { NOT } else { NAME }));
        let others = find.others.iter();
        let others = others.map(|other| lane(*other, |place| if place == Place::Nowhere { NOT } else { ELSEWHERE }));
        let lanes = [title].into_iter().chain(name).chain(others).collect();
        let named = jurors.iter().filter(|(_, name)| name.contains(word)).map(|(id, _)| *id);
        Self { lanes, people: find.people.map(|people| (people, named.collect())) }
    }

    /// How good a row is. The row itself is only looked at where its texts do not say.
    fn group<'r>(&self, position: usize, row: impl FnOnce() -> Option<&'r T>) -> Group
    where
        T: 'r,
    {
        let of = |lane: &Lane<'_>| {
            let rank = lane.ranks.get(position).map_or(usize::MAX, |rank| *rank as usize);
            lane.groups.get(rank).copied().unwrap_or(NOT)
        };
        let best = self.lanes.iter().map(of).min().unwrap_or(NOT);
        match &self.people {
            Some((people, named)) if best == NOT && !named.is_empty() => {
                let has = row().is_some_and(|row| people(row).iter().any(|id| named.contains(id)));
                if has { ELSEWHERE } else { NOT }
            }
            _ => best,
        }
    }
}

/// Rows that are looked at between two looks at whether somebody still waits.
const STRIDE: usize = 4096;

/// The rows that have every word; `None` if nobody waits for them any more.
pub(super) fn find<T: ListRow>(
    rows: &Rows<T>,
    words: &[String],
    find: &Find<T>,
    jurors: &[Juror],
    cancelled: &Cancelled,
) -> Option<Found> {
    let index = rows.index();
    let jurors: Vec<(UserId, String)> = match find.people {
        Some(_) => jurors.iter().map(|juror| (juror.id, fold(&juror.name))).collect(),
        None => Vec::new(),
    };
    let mut compiled = Vec::with_capacity(words.len());
    for word in words {
        if cancelled.is_cancelled() {
            return None;
        }
        compiled.push(Word::new(word, find, index, &jurors));
    }
    let mut found = Found { rows: Vec::new(), groups: Vec::new() };
    for position in 0..rows.len() {
        if position % STRIDE == 0 && cancelled.is_cancelled() {
            return None;
        }
        // As good as the worst of its words.
        let mut group = 0;
        for word in &compiled {
            group = group.max(word.group(position, || rows.get(position)));
            if group == NOT {
                break;
            }
        }
        if group != NOT {
            found.rows.push(u32::try_from(position).unwrap_or(u32::MAX));
            found.groups.push(group);
        }
    }
    Some(found)
}

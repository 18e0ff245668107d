//! Where the cursor is, what is selected, how it is sorted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use ratatui::layout::{Position, Rect};

use super::layout::Slot;

/// What a row is known by, whatever its place: its id.
pub type Key = i64;

/// The rows of a table as far as its state must know them.
pub trait Keys {
    /// How many rows there are.
    fn len(&self) -> usize;
    /// The key of the row at an index.
    fn key(&self, index: usize) -> Option<Key>;
    /// Whether there are no rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Keys for [Key] {
    fn len(&self) -> usize {
        <[Key]>::len(self)
    }

    fn key(&self, index: usize) -> Option<Key> {
        self.get(index).copied()
    }
}

/// A count and a function from index to key.
impl<F: Fn(usize) -> Option<Key>> Keys for (usize, F) {
    fn len(&self) -> usize {
        self.0
    }

    fn key(&self, index: usize) -> Option<Key> {
        self.1(index)
    }
}

/// By which column a table is sorted; the caller sorts, the table shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortBy {
    /// The id of the column.
    pub column: &'static str,
    /// From the greatest to the least.
    pub descending: bool,
}

/// What a click on a table hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableHit {
    /// The row at this index.
    Row(usize),
    /// The head of the column with this id.
    Header(&'static str),
}

/// The state of one table. The cursor belongs to a row's key: when the order changes, [`TableState::restore`] finds it
/// again, and it stays on the same line of the screen.
#[derive(Debug, Default)]
pub struct TableState {
    cursor: Option<Key>,
    index: usize,
    selection: BTreeSet<Key>,
    anchor: Option<(Key, usize)>,
    counted: Cell<Option<Counted>>,
    /// By which column it is sorted.
    pub sort: Option<SortBy>,
    pub(super) offset: Cell<usize>,
    pub(super) page: Cell<usize>,
    pub(super) drawn: RefCell<Drawn>,
}

/// How many rows of a range were not selected before it: told on every drawing, counted only where the range moved.
#[derive(Debug, Clone, Copy)]
struct Counted {
    /// The range, its end excluded, and of how many rows.
    first: usize,
    end: usize,
    len: usize,
    fresh: usize,
}

/// Where the last drawing put things.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) header: Rect,
    pub(super) body: Rect,
    pub(super) slots: Vec<Slot>,
    pub(super) ids: Vec<&'static str>,
}

impl TableState {
    /// A table with its cursor at the top.
    pub fn new() -> Self {
        TableState::default()
    }

    /// The key of the row that the cursor is on; `None` if there are no rows.
    pub fn cursor(&self) -> Option<Key> {
        self.cursor
    }

    /// The index of that row in the order last told.
    pub fn cursor_index(&self) -> usize {
        self.index
    }

    /// The index of the first row on the screen.
    pub fn offset(&self) -> usize {
        self.offset.get()
    }

    /// How many rows the last drawing had room for; at least 1.
    pub fn page(&self) -> usize {
        self.page.get().max(1)
    }

    /// Puts the cursor on the row at an index, or on the last one.
    pub fn to<K: Keys + ?Sized>(&mut self, index: usize, rows: &K) {
        self.index = index.min(rows.len().saturating_sub(1));
        self.cursor = rows.key(self.index);
    }

    /// Moves the cursor by some rows, not beyond the ends.
    pub fn move_by<K: Keys + ?Sized>(&mut self, by: isize, rows: &K) {
        self.to(self.index.saturating_add_signed(by), rows);
    }

    /// Moves the cursor and the view by some pages.
    pub fn page_by<K: Keys + ?Sized>(&mut self, pages: isize, rows: &K) {
        let by = pages.saturating_mul(isize::try_from(self.page()).unwrap_or(isize::MAX));
        self.shift(by, rows);
    }

    /// Moves the cursor and the view by some halves of a page.
    pub fn half_page_by<K: Keys + ?Sized>(&mut self, halves: isize, rows: &K) {
        let half = isize::try_from(self.page() / 2).unwrap_or(isize::MAX).max(1);
        self.shift(halves.saturating_mul(half), rows);
    }

    fn shift<K: Keys + ?Sized>(&mut self, by: isize, rows: &K) {
        self.move_by(by, rows);
        self.scroll(by, rows.len());
    }

    /// Moves the cursor to the first row.
    pub fn home<K: Keys + ?Sized>(&mut self, rows: &K) {
        self.to(0, rows);
    }

    /// Moves the cursor to the last row.
    pub fn end<K: Keys + ?Sized>(&mut self, rows: &K) {
        self.to(rows.len(), rows);
    }

    fn scroll(&self, by: isize, len: usize) {
        self.offset.set(self.offset.get().saturating_add_signed(by).min(len.saturating_sub(self.page())));
    }

    /// After the rows or their order changed: finds the cursor's row again and keeps it on its line of the screen. A row
    /// that is gone gives the cursor to the one that took its place. `find` is asked, twice at most, for an index by key.
    /// The selection stays as it is.
    pub fn restore<K: Keys + ?Sized>(&mut self, rows: &K, find: impl Fn(Key) -> Option<usize>) {
        let line = self.index.saturating_sub(self.offset.get());
        let found = self.cursor.and_then(&find);
        self.to(found.unwrap_or(self.index), rows);
        self.offset.set(self.index.saturating_sub(line));
        self.anchor = self.anchor.and_then(|(key, _)| find(key).map(|index| (key, index)));
        self.counted.take();
    }

    /// Takes out of the selection what `keep` does not hold (rows that are gone). Rows that a filter hides stay selected
    /// unless the caller says otherwise here.
    pub fn retain_selection(&mut self, keep: impl Fn(Key) -> bool) {
        self.selection.retain(|key| keep(*key));
        self.counted.take();
    }

    /// Selects the cursor's row or takes it out of the selection; ends a range that is being selected.
    pub fn toggle<K: Keys + ?Sized>(&mut self, rows: &K) {
        if self.anchor.is_some() {
            self.keep_range(rows);
        } else if let Some(key) = self.cursor
            && !self.selection.remove(&key)
        {
            self.selection.insert(key);
        }
    }

    /// Begins a range at the cursor, or adds the range from there to the cursor to the selection.
    pub fn select_range<K: Keys + ?Sized>(&mut self, rows: &K) {
        match (self.anchor, self.cursor) {
            (Some(_), _) => self.keep_range(rows),
            (None, Some(key)) => {
                self.anchor = Some((key, self.index));
                self.counted.take();
            }
            (None, None) => {}
        }
    }

    /// Whether a range is being selected.
    pub fn selecting(&self) -> bool {
        self.anchor.is_some()
    }

    fn keep_range<K: Keys + ?Sized>(&mut self, rows: &K) {
        if let Some((first, last)) = self.range() {
            self.selection.extend((first..=last).filter_map(|index| rows.key(index)));
        }
        self.anchor = None;
    }

    fn range(&self) -> Option<(usize, usize)> {
        self.anchor.map(|(_, anchor)| (anchor.min(self.index), anchor.max(self.index)))
    }

    /// Selects every row.
    pub fn select_all<K: Keys + ?Sized>(&mut self, rows: &K) {
        self.anchor = None;
        self.selection.extend((0..rows.len()).filter_map(|index| rows.key(index)));
    }

    /// Drops the selection and a range that was begun; says whether there was one.
    pub fn clear_selection(&mut self) -> bool {
        let had = self.anchor.is_some() || !self.selection.is_empty();
        self.anchor = None;
        self.selection.clear();
        had
    }

    /// The selected keys without a range that is only begun.
    pub fn selection(&self) -> &BTreeSet<Key> {
        &self.selection
    }

    /// Whether the row with this key and index is selected, a begun range included.
    pub fn is_selected(&self, key: Key, index: usize) -> bool {
        self.range().is_some_and(|(first, last)| (first..=last).contains(&index)) || self.selection.contains(&key)
    }

    /// How many rows are selected, a begun range included.
    pub fn selected_count<K: Keys + ?Sized>(&self, rows: &K) -> usize {
        if self.selection.is_empty() {
            // Asked for every frame: a range over a whole list must not cost a look at each row.
            return self.range().map_or(0, |(first, last)| rows.len().min(last + 1).saturating_sub(first));
        }
        self.selection.len() + self.range().map_or(0, |(first, last)| self.fresh(first, last + 1, rows))
    }

    /// How many rows from `first` to before `end` are not selected yet. The selection stays the same as long as a range
    /// is open, and the order too unless [`TableState::restore`] says so: only rows that came in or went are looked at.
    fn fresh<K: Keys + ?Sized>(&self, first: usize, end: usize, rows: &K) -> usize {
        let count = |from: usize, to: usize| {
            let fresh = |index: &usize| rows.key(*index).is_some_and(|key| !self.selection.contains(&key));
            (from..to).filter(fresh).count()
        };
        let len = rows.len();
        let fresh = match self.counted.get().filter(|before| before.len == len) {
            Some(before) if first < before.end && before.first < end => {
                let more = count(first, before.first) + count(before.end, end);
                (before.fresh + more).saturating_sub(count(before.first, first) + count(end, before.end))
            }
            _ => count(first, end),
        };
        self.counted.set(Some(Counted { first, end, len, fresh }));
        fresh
    }

    /// What an action works on: the selected keys (a begun range included) or else the cursor's row.
    pub fn chosen<K: Keys + ?Sized>(&self, rows: &K) -> Vec<Key> {
        let mut chosen = self.selection.clone();
        if let Some((first, last)) = self.range() {
            chosen.extend((first..=last).filter_map(|index| rows.key(index)));
        }
        if chosen.is_empty() { self.cursor.into_iter().collect() } else { chosen.into_iter().collect() }
    }

    /// Sorts by a column, or turns the direction if it is sorted by it already.
    pub fn sort_by(&mut self, column: &'static str) -> SortBy {
        let descending = self.sort.is_some_and(|sort| sort.column == column && !sort.descending);
        let sort = SortBy { column, descending };
        self.sort = Some(sort);
        sort
    }

    /// What stands at a place of the screen, as last drawn. The caller moves the cursor with [`TableState::to`].
    pub fn click(&self, x: u16, y: u16, len: usize) -> Option<TableHit> {
        let drawn = self.drawn.borrow();
        let at = Position { x, y };
        if drawn.body.contains(at) {
            let index = self.offset.get() + usize::from(y - drawn.body.y);
            return (index < len).then_some(TableHit::Row(index));
        }
        if !drawn.header.contains(at) {
            return None;
        }
        let slot = drawn.slots.iter().find(|slot| (slot.x..slot.x.saturating_add(slot.width)).contains(&x))?;
        drawn.ids.get(slot.column).map(|id| TableHit::Header(id))
    }

    /// Moves the view so that the cursor is on it and no page is left half empty; returns the first row's index.
    pub(super) fn settle(&self, len: usize, page: usize) -> usize {
        self.page.set(page);
        let index = self.index.min(len.saturating_sub(1));
        let offset = self.offset.get().min(index).max((index + 1).saturating_sub(page));
        let offset = offset.min(len.saturating_sub(page));
        self.offset.set(offset);
        offset
    }
}

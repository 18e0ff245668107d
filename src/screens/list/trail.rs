//! What a list and the pages above it share: the way through the rows, and what is to be done on coming back.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::api::Rows;
use crate::widgets::table::Key;

use super::order::ListRow;

/// No row.
const NONE: Key = Key::MIN;

/// Left by pages and dialogs above a list for the list itself. Both live in one session, on one thread.
#[derive(Clone, Debug)]
pub(crate) struct Trail(Arc<Marks>);

#[derive(Debug)]
struct Marks {
    row: AtomicI64,
    served: Mutex<Option<Served>>,
    acting: AtomicBool,
}

/// What of a selection did what it was made for.
#[derive(Debug)]
pub(super) enum Served {
    /// All of it.
    All,
    /// These rows, by rising key; the others are left to do.
    Rows(Vec<Key>),
}

impl Default for Trail {
    fn default() -> Self {
        Self(Arc::new(Marks { row: AtomicI64::new(NONE), served: Mutex::default(), acting: AtomicBool::new(false) }))
    }
}

impl Trail {
    /// The list's cursor goes to this row on coming back, as soon as it is there.
    pub(crate) fn walk_to(&self, key: Key) {
        self.0.row.store(key, Ordering::Relaxed);
    }

    /// The row to go to.
    pub(super) fn row(&self) -> Option<Key> {
        Some(self.0.row.load(Ordering::Relaxed)).filter(|key| *key != NONE)
    }

    /// The list's cursor is there.
    pub(super) fn arrived(&self) {
        self.0.row.store(NONE, Ordering::Relaxed);
    }

    /// What changes from now on is one's own doing, until a key is pressed in the list again.
    pub(crate) fn acting(&self, acting: bool) {
        self.0.acting.store(acting, Ordering::Relaxed);
    }

    /// Whether a change is one's own doing.
    pub(crate) fn is_own(&self) -> bool {
        self.0.acting.load(Ordering::Relaxed)
    }

    /// The selection did what it was made for.
    pub(crate) fn served(&self) {
        self.serve(Served::All);
    }

    /// These rows of it did, before somebody stopped: the others stay selected.
    pub(crate) fn served_rows(&self, rows: impl IntoIterator<Item = Key>) {
        let mut rows: Vec<Key> = rows.into_iter().collect();
        rows.sort_unstable();
        self.serve(Served::Rows(rows));
    }

    fn serve(&self, served: Served) {
        // Nothing is done under the lock that could panic half way.
        *self.0.served.lock().unwrap_or_else(PoisonError::into_inner) = Some(served);
    }

    /// What of it did, once.
    pub(super) fn take_served(&self) -> Option<Served> {
        self.0.served.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The rows of a list in the order in which they were shown, with a place among them.
#[derive(Clone)]
pub(crate) struct Route<T> {
    rows: Rows<T>,
    order: Arc<[u32]>,
    at: usize,
    trail: Trail,
}

impl<T: ListRow> Route<T> {
    pub(super) fn new(rows: Rows<T>, order: Arc<[u32]>, at: usize, trail: Trail) -> Self {
        Self { rows, order, at, trail }
    }

    /// The same through some of the rows only, from the one on which it stands if that is one of them, else from the first;
    /// unchanged where there is none.
    pub(crate) fn through(self, of: impl Fn(&T) -> bool) -> Self {
        let stays = |position: &u32| self.rows.get(*position as usize).is_some_and(&of);
        let here = self.order.get(self.at).copied();
        let order: Arc<[u32]> = self.order.iter().copied().filter(stays).collect();
        let at = order.iter().position(|position| Some(*position) == here).unwrap_or(0);
        if order.is_empty() { self } else { Self { order, at, ..self } }
    }

    /// The same on the next row of this kind: behind the one on which it stands, then from the first one on; where none of
    /// those that were shown is left, the first of all rows.
    pub(crate) fn next(&self, of: impl Fn(&T) -> bool) -> Option<Self> {
        let stands = |order: &[u32], at: usize| {
            let row = order.get(at).and_then(|position| self.rows.get(*position as usize));
            row.is_some_and(|row| of(row) && self.current().is_none_or(|current| current.key() != row.key()))
        };
        let around = (self.at + 1..self.order.len()).chain(0..self.at.min(self.order.len()));
        let (rows, trail) = (self.rows.clone(), self.trail());
        if let Some(at) = around.into_iter().find(|at| stands(&self.order, *at)) {
            return Some(Self { rows, order: Arc::clone(&self.order), at, trail });
        }
        let all: Arc<[u32]> = (0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX)).collect();
        let at = (0..all.len()).find(|at| stands(&all, *at))?;
        Some(Self { rows, order: all, at, trail })
    }

    /// The way through this one row.
    pub(crate) fn alone(&self) -> Self {
        let order = self.order.get(self.at).copied().into_iter().collect();
        Self { rows: self.rows.clone(), order, at: 0, trail: self.trail() }
    }

    /// The row that is read.
    pub(crate) fn current(&self) -> Option<&T> {
        self.order.get(self.at).and_then(|position| self.rows.get(*position as usize))
    }

    /// Its place, from 1, and how many rows there are.
    pub(crate) fn place(&self) -> (usize, usize) {
        (self.at + 1, self.order.len())
    }

    /// Goes to the next row (`1`) or the one before (`-1`); `false` at the ends.
    pub(crate) fn walk(&mut self, by: isize) -> bool {
        let at = self.at.saturating_add_signed(by);
        let moves = at != self.at && at < self.order.len();
        if moves {
            self.at = at;
            if let Some(row) = self.current() {
                self.trail.walk_to(row.key());
            }
        }
        moves
    }

    /// What the list learns on coming back.
    pub(crate) fn trail(&self) -> Trail {
        self.trail.clone()
    }
}

//! Chance that falls the same way everywhere: ChaCha, one stream for each thing that is made, so that a film comes out the
//! same whatever was made before it.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// What a stream of chance is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Person,
    Plan,
    Film,
    Event,
    Reader,
    Picture,
}

/// Chance for one thing.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of the thing with this number.
    pub(super) fn new(seed: u64, part: Part, number: u32) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream((part as u64) << 32 | u64::from(number));
        Self(rng)
    }

    /// A number from `low` to `high`, both included; `low` where `high` is below it.
    pub(super) fn number(&mut self, low: i64, high: i64) -> i64 {
        if high <= low { low } else { self.0.random_range(low..=high) }
    }

    /// A count from `low` to `high`, both included.
    pub(super) fn count(&mut self, low: usize, high: usize) -> usize {
        let (low, high) = (i64::try_from(low).unwrap_or(0), i64::try_from(high).unwrap_or(i64::MAX));
        usize::try_from(self.number(low, high)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.0.random_ratio(percent.min(100), 100)
    }

    /// One of them.
    ///
    /// # Panics
    /// On an empty slice; every table of this module has rows.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.count(0, from.len() - 1)]
    }

    /// One of those that are not copied.
    ///
    /// # Panics
    /// On an empty slice.
    pub(super) fn one_of<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.count(0, from.len() - 1)]
    }

    /// In another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.count(0, last);
            items.swap(last, other);
        }
    }

    /// So many different ids from `first` on, of `pool` ids; fewer where the pool is smaller.
    pub(super) fn ids(&mut self, first: i32, pool: usize, count: usize) -> Vec<i32> {
        let mut ids: Vec<i32> = Vec::with_capacity(count);
        while ids.len() < count.min(pool) {
            let id = first + i32::try_from(self.count(0, pool - 1)).unwrap_or(0);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// A name of so many characters as video platforms make them.
    pub(super) fn code(&mut self, length: usize) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        (0..length).map(|_| char::from(self.pick(LETTERS))).collect()
    }
}

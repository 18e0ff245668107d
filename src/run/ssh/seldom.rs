//! What strangers can make happen as often as they like is said seldom, or it would fill the log.

use std::time::{Duration, Instant};

/// It is said no more often than this.
const SAID: Duration = Duration::from_secs(10);

/// Counts what is not said.
#[derive(Debug, Default)]
pub(super) struct Seldom {
    said: Option<Instant>,
    count: u64,
}

impl Seldom {
    /// It happened again: how often since it was said last, if it is to be said now.
    pub(super) fn again(&mut self) -> Option<u64> {
        self.count += 1;
        if self.said.is_some_and(|said| said.elapsed() <= SAID) {
            return None;
        }
        self.said = Some(Instant::now());
        Some(std::mem::take(&mut self.count))
    }
}

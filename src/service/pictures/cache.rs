//! What was found, and what was not, for a while and within bounds.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Source;
use crate::api::picture::{Found, PictureTrouble};

/// The most bytes that are kept.
const MOST: usize = 24 * 1024 * 1024;

/// What an entry costs beside its bytes.
const ENTRY: usize = 256;

/// After this long a picture is looked for anew: the web site may have changed it.
const FRESH: Duration = Duration::from_secs(10 * 60);

/// After this long something that failed is tried again.
const FAILED: Duration = Duration::from_secs(30);

/// What something is kept under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The file as it was read, or why it could not be.
    File(Source),
    /// Its picture, scaled to fit.
    Scaled(Source, (u16, u16)),
}

/// What is kept.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    File(Arc<[u8]>),
    Found(Found),
    Trouble(PictureTrouble),
}

impl Kept {
    fn cost(&self) -> usize {
        ENTRY
            + match self {
                Kept::File(bytes) => bytes.len(),
                Kept::Found(found) => found.pixels.rgb().len(),
                Kept::Trouble(_) => 0,
            }
    }

    fn lasts(&self) -> Duration {
        if matches!(self, Kept::Trouble(_)) { FAILED } else { FRESH }
    }
}

#[derive(Debug)]
struct Entry {
    kept: Kept,
    until: Instant,
    used: u64,
}

/// A cache that forgets what was not used for the longest time first.
#[derive(Debug, Default)]
pub(super) struct Cache {
    entries: HashMap<Key, Entry>,
    cost: usize,
    uses: u64,
}

impl Cache {
    pub(super) fn get(&mut self, key: &Key, now: Instant) -> Option<Kept> {
        if self.entries.get(key)?.until <= now {
            self.forget(key);
            return None;
        }
        self.uses += 1;
        let uses = self.uses;
        let entry = self.entries.get_mut(key)?;
        entry.used = uses;
        Some(entry.kept.clone())
    }

    pub(super) fn put(&mut self, key: Key, kept: Kept, now: Instant) {
        self.forget(&key);
        let cost = kept.cost();
        // One that would push out most of the others is not worth it.
        if cost > MOST / 2 {
            return;
        }
        while self.cost + cost > MOST {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.used).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { break };
            self.forget(&oldest);
        }
        self.uses += 1;
        self.cost += cost;
        let until = now + kept.lasts();
        self.entries.insert(key, Entry { kept, until, used: self.uses });
    }

    fn forget(&mut self, key: &Key) {
        if let Some(entry) = self.entries.remove(key) {
            self.cost -= entry.kept.cost();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::File(Source::File(vec![name.to_owned()]))
    }

    fn file(bytes: usize) -> Kept {
        Kept::File(vec![0; bytes].into())
    }

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let (mut cache, now) = (Cache::default(), Instant::now());
        for name in ["a", "b", "c"] {
            cache.put(key(name), file(MOST / 4), now);
        }
        assert!(cache.get(&key("a"), now).is_some());
        cache.put(key("d"), file(MOST / 3), now);
        let there = |cache: &mut Cache, name: &str| cache.get(&key(name), now).is_some();
        assert!(there(&mut cache, "a") && !there(&mut cache, "b") && there(&mut cache, "c") && there(&mut cache, "d"));
        cache.put(key("huge"), file(MOST), now);
        assert!(!there(&mut cache, "huge") && there(&mut cache, "a"));
        cache.put(key("a"), file(1), now);
        let cost: usize = cache.entries.values().map(|entry| entry.kept.cost()).sum();
        assert!(cache.cost == cost && cost <= MOST);
    }

    #[test]
    fn failures_are_forgotten_sooner() {
        let (mut cache, now) = (Cache::default(), Instant::now());
        cache.put(key("picture"), file(1), now);
        cache.put(key("trouble"), Kept::Trouble(PictureTrouble::Missing), now);
        assert!(cache.get(&key("trouble"), now).is_some());
        assert!(cache.get(&key("trouble"), now + FAILED).is_none());
        assert!(cache.get(&key("picture"), now + FAILED).is_some());
        assert!(cache.get(&key("picture"), now + FRESH).is_none());
        assert_eq!((cache.cost, cache.entries.len()), (0, 0));
    }
}

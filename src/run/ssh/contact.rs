//! What a connection tells of the other end while it lasts, for whoever decides whose place a newcomer gets.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

/// The signs of life of one connection. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Contact(Arc<Signs>);

#[derive(Debug)]
struct Signs {
    born: Instant,
    begun: AtomicBool,
    /// Milliseconds after `born`.
    heard: AtomicU64,
    typed: AtomicU64,
    replaced: Notify,
}

impl Contact {
    pub(super) fn new(now: Instant) -> Self {
        Self(Arc::new(Signs {
            born: now,
            begun: AtomicBool::new(false),
            heard: AtomicU64::new(0),
            typed: AtomicU64::new(0),
            replaced: Notify::new(),
        }))
    }

    /// Somebody says who they are.
    pub(super) fn begin(&self) {
        self.0.begun.store(true, Ordering::Relaxed);
    }

    /// Whether anybody has begun to say who they are.
    pub(super) fn begun(&self) -> bool {
        self.0.begun.load(Ordering::Relaxed)
    }

    /// Bytes came, if only the client's answer to whether it is there.
    pub(super) fn hear(&self, now: Instant) {
        self.0.heard.store(self.since_birth(now), Ordering::Relaxed);
    }

    /// Something came for the console.
    pub(super) fn typed(&self, now: Instant) {
        self.0.typed.store(self.since_birth(now), Ordering::Relaxed);
    }

    /// For how long nothing came at all, and nothing for the console.
    pub(super) fn silence(&self, now: Instant) -> (Duration, Duration) {
        let since = |at: &AtomicU64| {
            now.saturating_duration_since(self.0.born + Duration::from_millis(at.load(Ordering::Relaxed)))
        };
        (since(&self.0.heard), since(&self.0.typed))
    }

    /// Another console of the account takes this one's place.
    pub(super) fn replace(&self) {
        self.0.replaced.notify_one();
    }

    /// Waits until another console of the account takes this one's place.
    pub(super) async fn replaced(&self) {
        self.0.replaced.notified().await;
    }

    fn since_birth(&self, now: Instant) -> u64 {
        u64::try_from(now.saturating_duration_since(self.0.born).as_millis()).unwrap_or(u64::MAX)
    }
}

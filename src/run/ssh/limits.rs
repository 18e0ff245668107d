//! The limits of a server.

use std::time::Duration;

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at a time.
    pub total: usize,
    /// Connections at a time from one address; of IPv6, from one network of 64 bits. One of 48 bits has four times as
    /// many.
    pub per_address: usize,
    /// Consoles that one account may have open; with one more, the one that was left alone the longest ends.
    pub per_account: usize,
    /// So many new connections of one address are let in at once.
    pub burst: u32,
    /// Those after them come in one by one, this far apart.
    pub step: Duration,
    /// How long somebody may take to sign in.
    pub grace: Duration,
    /// Whoever has not even begun to sign in for this long goes first when a newcomer needs a place.
    pub silent: Duration,
    /// Then whoever has begun and not signed in for this long.
    pub begun: Duration,
    /// Wrong passwords on one connection before it is closed.
    pub wrong_passwords: u32,
    /// How long the output of somebody who has not signed in may be stuck.
    pub stalled_stranger: Duration,
    /// The same of somebody who has. A train's tunnel takes ten minutes; TCP tries again two minutes later at most.
    pub stalled: Duration,
    /// How fast a client's bytes are taken: keys as somebody types them, a paste of 64 KiB at once.
    pub input: Rate,
    /// After silence of this length a client is asked whether it is there.
    pub keepalive: Duration,
}

/// So much at once, then so much a second; in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// By and by.
    pub per_second: u32,
    /// At once.
    pub burst: u32,
}

impl Rate {
    /// How long it takes until so many bytes may come.
    pub(super) fn time(self, bytes: u32) -> Duration {
        Duration::from_micros(u64::from(bytes) * 1_000_000 / u64::from(self.per_second.max(1)))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: 1_000,
            per_address: 100,
            per_account: 8,
            burst: 20,
            step: Duration::from_millis(100),
            grace: Duration::from_secs(120),
            silent: Duration::from_secs(8),
            begun: Duration::from_secs(30),
            wrong_passwords: 6,
            stalled_stranger: Duration::from_secs(30),
            stalled: Duration::from_secs(13 * 60),
            // The protocol's own bytes come on top of the 64 KiB.
            input: Rate { per_second: 8 * 1024, burst: 72 * 1024 },
            keepalive: Duration::from_secs(60),
        }
    }
}

impl Limits {
    /// Connections at a time on which nobody has signed in: they must not take the places of those who do.
    pub(super) fn strangers(&self) -> usize {
        (self.total / 4).max(50).min(self.total)
    }
}

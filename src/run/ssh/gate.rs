//! How many may come in, and how fast. Whoever comes too fast waits: a whole jury may share one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at a time.
    pub total: usize,
    /// Connections at a time from one address.
    pub per_address: usize,
    /// So many new connections of one address are let in at once.
    pub burst: u32,
    /// Those after them come in one by one, this far apart.
    pub step: Duration,
    /// How long somebody may take to sign in.
    pub grace: Duration,
    /// Wrong passwords on one connection before it is closed.
    pub wrong_passwords: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: 1_000,
            per_address: 100,
            burst: 20,
            step: Duration::from_millis(100),
            grace: Duration::from_secs(120),
            wrong_passwords: 6,
        }
    }
}

/// Counts who is in.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    limits: Limits,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    total: usize,
    addresses: HashMap<IpAddr, Address>,
}

#[derive(Debug, Default)]
struct Address {
    inside: usize,
    /// When the next one would come in if all came evenly.
    next: Option<Instant>,
}

/// A place at the server, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    gate: Gate,
    address: IpAddr,
}

impl Gate {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, state: Arc::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Counters stay right whatever happened to a task that held them.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody in who came at `now`: a place and how long to wait first; `None` when all places are taken.
    pub(super) fn enter(&self, address: IpAddr, now: Instant) -> Option<(Place, Duration)> {
        let mut state = self.state();
        if state.total >= self.limits.total {
            return None;
        }
        state.addresses.retain(|_, a| a.inside > 0 || a.next.is_some_and(|next| next > now));
        let entry = state.addresses.entry(address).or_default();
        if entry.inside >= self.limits.per_address {
            return None;
        }
        entry.inside += 1;
        let step = self.limits.step;
        let next = entry.next.map_or(now, |next| next.max(now)) + step;
        entry.next = Some(next);
        state.total += 1;
        let wait = (next - now).saturating_sub(step * self.limits.burst);
        Some((Place { gate: self.clone(), address }, wait))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        state.total -= 1;
        if let Some(entry) = state.addresses.get_mut(&self.address) {
            entry.inside -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn gate() -> Gate {
        Gate::new(Limits { total: 5, per_address: 3, burst: 2, ..Limits::default() })
    }

    const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn places_are_limited_and_given_back() {
        let (gate, now) = (gate(), Instant::now());
        let inside: Vec<_> = (0..3).map(|_| gate.enter(A, now).unwrap().0).collect();
        assert!(gate.enter(A, now).is_none());
        let others: Vec<_> = (0..2).map(|_| gate.enter(B, now).unwrap().0).collect();
        assert!(gate.enter(B, now).is_none());
        drop(inside);
        assert!(gate.enter(A, now).is_some());
        drop(others);
        assert_eq!(gate.state().total, 0);
    }

    #[test]
    fn who_comes_too_fast_waits_and_is_forgiven() {
        let (gate, now) = (gate(), Instant::now());
        let waits: Vec<_> = (0..6).map(|_| gate.enter(A, now).unwrap().1.as_millis()).collect();
        assert_eq!(waits, [0, 0, 100, 200, 300, 400]);
        assert_eq!(gate.enter(B, now).unwrap().1, Duration::ZERO);
        assert_eq!(gate.enter(A, now + Duration::from_secs(2)).unwrap().1, Duration::ZERO);
    }
}

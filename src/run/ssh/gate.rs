//! How many may come in, and how fast. Whoever comes too fast waits: a whole jury may share one address.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::UserId;

use super::guard::Cut;

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at a time.
    pub total: usize,
    /// Connections at a time from one address; of IPv6, from one network of 64 bits.
    pub per_address: usize,
    /// Consoles that one account may have open.
    pub per_account: usize,
    /// So many new connections of one address are let in at once.
    pub burst: u32,
    /// Those after them come in one by one, this far apart.
    pub step: Duration,
    /// How long somebody may take to sign in.
    pub grace: Duration,
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
    fn strangers(&self) -> usize {
        (self.total / 4).max(50).min(self.total)
    }
}

/// An account has as many consoles open as it may: so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany(pub(super) usize);

/// Counts who is in.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    limits: Limits,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// The number of the next place.
    next: u64,
    total: usize,
    addresses: HashMap<IpAddr, Address>,
    accounts: HashMap<UserId, usize>,
    /// Those who have not signed in, the oldest first.
    strangers: BTreeMap<u64, (IpAddr, Cut)>,
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
    number: u64,
    address: IpAddr,
    cut: Cut,
    user: Option<UserId>,
}

/// What counts as one address: whoever has one of IPv6 has all of its network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
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
    pub(super) fn enter(&self, address: IpAddr, now: Instant, cut: Cut) -> Option<(Place, Duration)> {
        let address = network(address);
        let mut state = self.state();
        let inside = state.addresses.get(&address).map_or(0, |entry| entry.inside);
        if state.total >= self.limits.total || inside >= self.limits.per_address {
            return None;
        }
        if state.strangers.len() >= self.limits.strangers() && !state.make_room(address) {
            return None;
        }
        state.addresses.retain(|_, a| a.inside > 0 || a.next.is_some_and(|next| next > now));
        let entry = state.addresses.entry(address).or_default();
        entry.inside += 1;
        let step = self.limits.step;
        let next = entry.next.map_or(now, |next| next.max(now)) + step;
        entry.next = Some(next);
        state.total += 1;
        state.next += 1;
        let number = state.next;
        state.strangers.insert(number, (address, cut.clone()));
        let wait = (next - now).saturating_sub(step * self.limits.burst);
        Some((Place { gate: self.clone(), number, address, cut, user: None }, wait))
    }

    /// How many are in: all, strangers, accounts.
    #[cfg(test)]
    pub(super) fn inside(&self) -> (usize, usize, usize) {
        let state = self.state();
        (state.total, state.strangers.len(), state.accounts.values().sum())
    }
}

impl State {
    /// Cuts off the oldest stranger of the address that has the most, if `address` has fewer even with one more.
    fn make_room(&mut self, address: IpAddr) -> bool {
        let mut counts = HashMap::<IpAddr, usize>::new();
        for (address, _) in self.strangers.values() {
            *counts.entry(*address).or_default() += 1;
        }
        let own = counts.get(&address).copied().unwrap_or_default();
        let Some((most, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return false };
        let oldest = self.strangers.iter().find(|(_, (address, _))| *address == most).map(|(number, _)| *number);
        match oldest.filter(|_| own + 1 < count).and_then(|number| self.strangers.remove(&number)) {
            Some((_, cut)) => {
                cut.now();
                true
            }
            None => false,
        }
    }

    fn leave(&mut self, user: UserId) {
        if let Some(count) = self.accounts.get_mut(&user) {
            *count -= 1;
            if *count == 0 {
                self.accounts.remove(&user);
            }
        }
    }
}

impl Place {
    /// From now on the console here is this account's, or nobody's.
    pub(super) fn belongs_to(&mut self, user: Option<UserId>) -> Result<(), TooMany> {
        if user == self.user {
            return Ok(());
        }
        let mut state = self.gate.state();
        if let Some(new) = user {
            let count = state.accounts.entry(new).or_default();
            if *count >= self.gate.limits.per_account {
                return Err(TooMany(*count));
            }
            *count += 1;
            state.strangers.remove(&self.number);
        } else {
            state.strangers.insert(self.number, (self.address, self.cut.clone()));
        }
        if let Some(old) = std::mem::replace(&mut self.user, user) {
            state.leave(old);
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        state.total -= 1;
        state.strangers.remove(&self.number);
        if let Some(user) = self.user {
            state.leave(user);
        }
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
        Gate::new(Limits { total: 5, per_address: 3, per_account: 2, burst: 2, ..Limits::default() })
    }

    const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    fn enter(gate: &Gate, address: IpAddr, now: Instant) -> Option<(Place, Duration)> {
        gate.enter(address, now, Cut::default())
    }

    #[test]
    fn places_are_limited_and_given_back() {
        let (gate, now) = (gate(), Instant::now());
        let inside: Vec<_> = (0..3).map(|_| enter(&gate, A, now).unwrap().0).collect();
        assert!(enter(&gate, A, now).is_none());
        let others: Vec<_> = (0..2).map(|_| enter(&gate, B, now).unwrap().0).collect();
        assert!(enter(&gate, B, now).is_none());
        drop(inside);
        assert!(enter(&gate, A, now).is_some());
        drop(others);
        assert_eq!(gate.inside(), (0, 0, 0));
    }

    #[test]
    fn who_comes_too_fast_waits_and_is_forgiven() {
        let (gate, now) = (gate(), Instant::now());
        let waits: Vec<_> = (0..6).map(|_| enter(&gate, A, now).unwrap().1.as_millis()).collect();
        assert_eq!(waits, [0, 0, 100, 200, 300, 400]);
        assert_eq!(enter(&gate, B, now).unwrap().1, Duration::ZERO);
        assert_eq!(enter(&gate, A, now + Duration::from_secs(2)).unwrap().1, Duration::ZERO);
    }

    #[test]
    fn an_account_has_so_many_consoles_and_the_newcomer_is_told() {
        let (gate, now) = (gate(), Instant::now());
        let mut places: Vec<_> = (0..3).map(|_| enter(&gate, A, now).unwrap().0).collect();
        let told: Vec<_> = places.iter_mut().map(|place| place.belongs_to(Some(UserId(7)))).collect();
        assert_eq!(told, [Ok(()), Ok(()), Err(TooMany(2))]);
        assert_eq!(gate.inside(), (3, 1, 2));
        // Somebody else signs in where the account's console was, and nobody is there after that.
        assert_eq!(places[0].belongs_to(Some(UserId(8))), Ok(()));
        assert_eq!(places[2].belongs_to(Some(UserId(7))), Ok(()));
        assert_eq!(places[0].belongs_to(None), Ok(()));
        assert_eq!(gate.inside(), (3, 1, 2));
        drop(places);
        assert_eq!(gate.inside(), (0, 0, 0));
    }

    #[test]
    fn strangers_leave_room_and_the_many_of_one_address_make_it() {
        let gate = Gate::new(Limits { total: 100, per_address: 90, ..Limits::default() });
        let now = Instant::now();
        let mut all: Vec<_> = (0..50).map(|_| enter(&gate, A, now).unwrap().0).collect();
        assert!(enter(&gate, A, now).is_none());
        // Another address comes in for the oldest of the many.
        let first = enter(&gate, B, now).unwrap().0;
        assert!(all[0].cut.is_cut() && !all[1].cut.is_cut() && !first.cut.is_cut());
        assert_eq!(gate.inside(), (51, 50, 0));
        // Who signs in is no stranger.
        for (user, place) in (1..).zip(&mut all[1..]) {
            place.belongs_to(Some(UserId(user))).unwrap();
        }
        assert_eq!(gate.inside(), (51, 1, 49));
        assert!(enter(&gate, B, now).is_some());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:10.0.0.1"), A);
    }
}

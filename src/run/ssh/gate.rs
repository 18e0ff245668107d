//! Who has a place, and who must give theirs to a newcomer. Whoever comes too fast waits: a whole jury may share one
//! address, and with it whatever else is behind that address.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::UserId;

use super::contact::Contact;
use super::guard::Cut;
use super::limits::Limits;

/// A network of 48 bits of IPv6 is a site: it has so many times the places of one address.
const SITE: usize = 4;

/// Why there is no place for a newcomer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    /// Everybody who is in has signed in, or has only just come.
    Server,
    /// The same of those from the newcomer's address.
    Address,
}

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
    /// Those who are in, the oldest first. Whoever was cut off is not, though it may take them a moment to go.
    inside: BTreeMap<u64, Entry>,
    /// When the next one of an address would come in if all came evenly.
    turns: HashMap<IpAddr, Instant>,
}

#[derive(Debug)]
struct Entry {
    from: Source,
    /// When they came in, or will after their wait, or when their console became nobody's.
    since: Instant,
    user: Option<UserId>,
    /// Told to go, so that another console of the account can come in.
    leaving: bool,
    contact: Contact,
    cut: Cut,
}

/// Where somebody comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Source {
    /// Whoever has one address of IPv6 has all of its network.
    address: IpAddr,
    /// And often some ten thousand such networks.
    site: IpAddr,
}

impl Source {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                let network = |d| Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into();
                Self { address: network(d), site: network(0) }
            }
            v4 => Self { address: v4, site: v4 },
        }
    }
}

/// A place at the server, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    gate: Gate,
    number: u64,
    contact: Contact,
}

impl Gate {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, state: Arc::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The lists stay right whatever happened to a task that held them.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody in who came at `now`: a place and how long to wait first. If need be a stranger is cut off for it.
    pub(super) fn enter(&self, address: IpAddr, now: Instant, cut: Cut) -> Result<(Place, Duration), Full> {
        let from = Source::of(address);
        let mut state = self.state();
        state.make_room(&self.limits, from, now)?;
        let step = self.limits.step;
        state.turns.retain(|_, next| *next > now);
        let turn = state.turns.entry(from.address).or_insert(now);
        *turn += step;
        let wait = (*turn - now).saturating_sub(step * self.limits.burst);
        state.next += 1;
        let (number, contact) = (state.next, Contact::new(now));
        let place = Place { gate: self.clone(), number, contact: contact.clone() };
        state.inside.insert(number, Entry { from, since: now + wait, user: None, leaving: false, contact, cut });
        Ok((place, wait))
    }

    /// How many are in: all, strangers, signed in.
    #[cfg(test)]
    pub(super) fn inside(&self) -> (usize, usize, usize) {
        let state = self.state();
        let strangers = state.inside.values().filter(|entry| entry.user.is_none()).count();
        (state.inside.len(), strangers, state.inside.len() - strangers)
    }
}

impl State {
    /// Sees to it that one more from there may come in.
    fn make_room(&mut self, limits: &Limits, from: Source, now: Instant) -> Result<(), Full> {
        let count = |of: &dyn Fn(&Entry) -> bool| self.inside.values().filter(|entry| of(entry)).count();
        let (here, near) = (|entry: &Entry| entry.from == from, |entry: &Entry| entry.from.site == from.site);
        let patience = (limits.silent, limits.begun);
        let (victim, full) = if count(&here) >= limits.per_address {
            (self.stranger(here, patience, now), Full::Address)
        } else if count(&near) >= limits.per_address * SITE {
            (self.stranger(near, patience, now), Full::Address)
        } else if self.inside.len() >= limits.total || count(&|entry| entry.user.is_none()) >= limits.strangers() {
            let crowd = self.crowd(from);
            let in_crowd = |entry: &Entry| crowd == Some(entry.from.site);
            let victim = self
                .stranger(|entry| in_crowd(entry) && !entry.contact.begun(), (Duration::ZERO, Duration::ZERO), now)
                .or_else(|| self.stranger(|entry| !entry.contact.begun(), patience, now))
                .or_else(|| self.stranger(in_crowd, (Duration::ZERO, Duration::ZERO), now))
                .or_else(|| self.stranger(|_| true, patience, now));
            (victim, Full::Server)
        } else {
            return Ok(());
        };
        if let Some(entry) = self.leave(victim.ok_or(full)?, limits, now) {
            entry.cut.now();
        }
        Ok(())
    }

    /// The site with the most strangers, if a newcomer's own would have fewer even with one more.
    fn crowd(&self, from: Source) -> Option<IpAddr> {
        let mut counts = HashMap::<IpAddr, usize>::new();
        for entry in self.inside.values().filter(|entry| entry.user.is_none()) {
            *counts.entry(entry.from.site).or_default() += 1;
        }
        let own = counts.get(&from.site).copied().unwrap_or_default();
        let (most, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (own + 1 < count).then_some(most)
    }

    /// The oldest of the strangers in question who has been silent, or else has been signing in, for so long.
    fn stranger(
        &self,
        of: impl Fn(&Entry) -> bool,
        (silent, begun): (Duration, Duration),
        now: Instant,
    ) -> Option<u64> {
        let strangers = self.inside.iter().filter(|(_, entry)| entry.user.is_none() && of(entry));
        let late = strangers.filter(|(_, entry)| {
            let patience = if entry.contact.begun() { begun } else { silent };
            now.saturating_duration_since(entry.since) >= patience
        });
        late.min_by_key(|(number, entry)| (entry.contact.begun(), **number)).map(|(number, _)| *number)
    }

    /// Takes a place back, and the turn of whoever has still waited for it.
    fn leave(&mut self, number: u64, limits: &Limits, now: Instant) -> Option<Entry> {
        let entry = self.inside.remove(&number)?;
        if entry.since > now
            && let Some(turn) = self.turns.get_mut(&entry.from.address)
        {
            *turn -= limits.step;
        }
        Some(entry)
    }
}

impl Place {
    /// What the connection tells of the other end.
    pub(super) fn contact(&self) -> &Contact {
        &self.contact
    }

    /// Source now on the console here is this account's, or nobody's. If the account has as many as it may, the one ends
    /// whose client is gone, as far as one can tell, or that was left alone the longest.
    pub(super) fn belongs_to(&mut self, user: Option<UserId>, now: Instant) {
        let limits = &self.gate.limits;
        let mut state = self.gate.state();
        let Some(entry) = state.inside.get_mut(&self.number).filter(|entry| entry.user != user) else { return };
        entry.user = None;
        entry.since = now;
        if user.is_some() {
            let own = || state.inside.values().filter(|entry| entry.user == user && !entry.leaving);
            let count = own().count();
            let alone = state.inside.iter_mut().filter(|(_, entry)| entry.user == user && !entry.leaving);
            // Clients are asked, and answer, after each `keepalive`.
            let alone = alone.max_by_key(|(_, entry)| {
                let (silence, idle) = entry.contact.silence(now);
                (silence > limits.keepalive * 2, idle)
            });
            if let Some((_, entry)) = alone.filter(|_| count >= limits.per_account) {
                entry.leaving = true;
                entry.contact.replace();
            }
        }
        if let Some(entry) = state.inside.get_mut(&self.number) {
            entry.user = user;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.gate.state().leave(self.number, &self.gate.limits, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn gate() -> Gate {
        Gate::new(Limits { total: 5, per_address: 3, per_account: 2, burst: 2, ..Limits::default() })
    }

    /// So many strangers at most, of whom one address may have nearly all.
    fn crowded() -> Gate {
        Gate::new(Limits { total: 50, per_address: 49, ..Limits::default() })
    }

    const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    fn enter(gate: &Gate, address: IpAddr, now: Instant) -> Result<(Place, Duration), Full> {
        gate.enter(address, now, Cut::default())
    }

    fn places(gate: &Gate, address: IpAddr, now: Instant, count: usize) -> Vec<Place> {
        (0..count).map(|_| enter(gate, address, now).unwrap().0).collect()
    }

    /// Which of them still have their place.
    fn stay(gate: &Gate, places: &[Place]) -> Vec<bool> {
        places.iter().map(|place| gate.state().inside.contains_key(&place.number)).collect()
    }

    #[test]
    fn places_are_limited_and_given_back() {
        let (gate, now) = (gate(), Instant::now());
        let inside = places(&gate, A, now, 3);
        assert_eq!(enter(&gate, A, now).unwrap_err(), Full::Address);
        let others = places(&gate, B, now, 2);
        assert_eq!(enter(&gate, B, now).unwrap_err(), Full::Server);
        drop(inside);
        assert!(enter(&gate, A, now).is_ok());
        drop(others);
        assert_eq!(gate.inside(), (0, 0, 0));
    }

    #[test]
    fn who_comes_too_fast_waits_and_is_forgiven() {
        let (gate, now) = (crowded(), Instant::now());
        let waits: Vec<_> = (0..24).map(|_| enter(&gate, A, now).unwrap()).collect();
        let millis: Vec<_> = waits[18..].iter().map(|(_, wait)| wait.as_millis()).collect();
        assert_eq!(millis, [0, 0, 100, 200, 300, 400]);
        assert_eq!(enter(&gate, B, now).unwrap().1, Duration::ZERO);
        assert_eq!(enter(&gate, A, now + Duration::from_secs(3)).unwrap().1, Duration::ZERO);
    }

    #[test]
    fn whoever_goes_while_waiting_gives_the_turn_back() {
        let (gate, now) = (crowded(), Instant::now() + Duration::from_secs(3600));
        let stays = places(&gate, A, now, 20);
        for _ in 0..1_000 {
            let (place, wait) = enter(&gate, A, now).unwrap();
            assert_eq!(wait.as_millis(), 100);
            drop(place);
        }
        drop(stays);
    }

    #[test]
    fn the_silent_of_an_address_make_room_and_those_who_have_signed_in_never() {
        let (gate, now) = (gate(), Instant::now());
        let mut inside = places(&gate, A, now, 3);
        inside[0].contact.begin();
        // The oldest of those who say nothing goes, and whoever types a password has half a minute.
        let later = now + Duration::from_secs(8);
        let fourth = enter(&gate, A, later).unwrap().0;
        assert_eq!(stay(&gate, &inside), [true, false, true]);
        inside[2].belongs_to(Some(UserId(1)), later);
        assert_eq!(enter(&gate, A, later).unwrap_err(), Full::Address);
        let late = now + Duration::from_secs(30);
        fourth.contact.begin();
        let fifth = enter(&gate, A, late).unwrap().0;
        assert_eq!(stay(&gate, &inside), [false, false, true]);
        for (user, mut place) in [(2, fourth), (3, fifth)] {
            place.belongs_to(Some(UserId(user)), late);
            inside.push(place);
        }
        assert_eq!(enter(&gate, A, late + Duration::from_secs(3600)).unwrap_err(), Full::Address);
        assert_eq!(gate.inside(), (3, 0, 3));
        drop(inside);
        assert_eq!(gate.inside(), (0, 0, 0));
    }

    #[test]
    fn an_account_has_so_many_consoles_and_the_one_left_alone_longest_ends() {
        let (gate, now) = (gate(), Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        let mut places: Vec<_> = (0..3).map(|_| enter(&gate, A, now).unwrap().0).collect();
        let replaced = |place: &Place| gate.state().inside[&place.number].leaving;
        places[0].belongs_to(Some(UserId(7)), now);
        places[1].belongs_to(Some(UserId(7)), now);
        // The first one's client is there, but nobody types; the second one's is lost.
        places[1].contact.typed(after(10));
        places[0].contact.hear(after(300));
        places[2].belongs_to(Some(UserId(7)), after(300));
        assert_eq!([0, 1, 2].map(|i| replaced(&places[i])), [false, true, false]);
        assert_eq!(gate.inside(), (3, 0, 3));
        // Of two whose clients are there the idle one, and never the newcomer.
        let mut fourth = enter(&gate, B, after(300)).unwrap().0;
        places[2].contact.hear(after(310));
        places[2].contact.typed(after(310));
        fourth.belongs_to(Some(UserId(7)), after(310));
        assert_eq!([0, 1, 2].map(|i| replaced(&places[i])), [true, true, false]);
        assert!(!replaced(&fourth));
        // Somebody else signs in where the account's console was, and nobody is there after that.
        places[2].belongs_to(Some(UserId(8)), after(311));
        places[2].belongs_to(None, after(312));
        assert_eq!(gate.inside(), (4, 1, 3));
        drop((places, fourth));
        assert_eq!(gate.inside(), (0, 0, 0));
    }

    #[test]
    fn strangers_leave_room_and_the_many_of_one_address_make_it() {
        let gate = Gate::new(Limits { total: 100, per_address: 90, ..Limits::default() });
        let now = Instant::now();
        let mut all = places(&gate, A, now, 50);
        assert_eq!(enter(&gate, A, now).unwrap_err(), Full::Server);
        // Another address comes in for the oldest of the many who has not begun to sign in.
        all[0].contact.begin();
        let first = enter(&gate, B, now).unwrap().0;
        assert_eq!(stay(&gate, &all)[..3], [true, false, true]);
        assert_eq!(gate.inside(), (50, 50, 0));
        // Who signs in is no stranger.
        for (user, place) in (1..).zip(&mut all[2..]) {
            place.belongs_to(Some(UserId(user)), now);
        }
        assert_eq!(gate.inside(), (50, 2, 48));
        assert!(enter(&gate, B, now).is_ok());
        drop(first);
    }

    #[test]
    fn where_all_addresses_have_as_many_the_oldest_silent_one_makes_room() {
        let (gate, now) = (crowded(), Instant::now());
        let address = |i: u8| IpAddr::from([10, 1, 0, i]);
        let all: Vec<_> = (0..50).map(|i| enter(&gate, address(i), now).unwrap().0).collect();
        all[0].contact.begin();
        assert_eq!(enter(&gate, A, now).unwrap_err(), Full::Server);
        let later = now + Duration::from_secs(8);
        let _newcomer = enter(&gate, A, later).unwrap();
        assert_eq!(stay(&gate, &all)[..3], [true, false, true]);
    }

    #[test]
    fn a_juror_with_a_password_outlasts_the_silent_ones_of_many_addresses() {
        let (gate, now) = (crowded(), Instant::now());
        let jurors = places(&gate, A, now, 2);
        jurors.iter().for_each(|juror| juror.contact.begin());
        let address = |i: u8| IpAddr::from([10, 1, 0, i]);
        let _silent: Vec<_> = (0..48).map(|i| enter(&gate, address(i), now).unwrap().0).collect();
        let later = now + Duration::from_secs(8);
        let _more: Vec<_> = (100..140).map(|i| enter(&gate, address(i), later).unwrap().0).collect();
        assert_eq!(stay(&gate, &jurors), [true, true]);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_a_larger_one_a_site() {
        let of = |text: &str| Source::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        let (one, other) = (of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert!(one.address != other.address && one.site == other.site);
        assert_ne!(one.site, of("2001:db8:2:2::1").site);
        assert_eq!(of("::ffff:10.0.0.1").site, A);
    }

    #[test]
    fn whoever_has_ten_thousand_networks_of_ipv6_is_one_of_many_all_the_same() {
        let now = Instant::now();
        let own = |i: u16| IpAddr::from([0x2001, 0xdb8, 1, i, 0, 0, 0, 1]);
        let gate = Gate::new(Limits { per_address: 3, ..Limits::default() });
        let _inside: Vec<_> = (0..12).map(|i| enter(&gate, own(i), now).unwrap().0).collect();
        assert_eq!(enter(&gate, own(12), now).unwrap_err(), Full::Address);
        let gate = crowded();
        let inside: Vec<_> = (0..50).map(|i| enter(&gate, own(i), now).unwrap().0).collect();
        let _newcomer = enter(&gate, A, now).unwrap();
        assert_eq!(stay(&gate, &inside)[..2], [false, true]);
    }
}

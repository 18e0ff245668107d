//! How long somebody waits who types wrong passwords, so that guessing is slow and nobody can keep others out.
//!
//! Wrong passwords are counted three times: of the account from this network, of the account from anywhere, and of the
//! network for any account. From a network that the account has signed in from before only the first count decides, which
//! nobody elsewhere can raise; from any other the other two.

use std::net::IpAddr;

/// Wrong passwords of a network that weigh as much as one of an account: a whole jury may sit behind one address.
const PER_NETWORK: u32 = 5;

/// Seconds that somebody waits before the next try after so many wrong passwords in a row: none for the first four,
/// then doubling up to a minute, so that nobody is locked out for good.
fn wait_after(failures: u32) -> u32 {
    match failures {
        0..=4 => 0,
        n => 2u32.saturating_pow(n - 4).min(60),
    }
}

/// Wrong passwords in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// Milliseconds since the last one.
    pub since: u32,
}

impl Failures {
    /// Milliseconds that are still to wait, where so many weigh as one.
    fn wait(self, weight: u32) -> u32 {
        wait_after(self.count / weight).saturating_mul(1000).saturating_sub(self.since)
    }
}

/// What a try is judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of the account from this network.
    pub own: Failures,
    /// Of the account from anywhere.
    pub account: Failures,
    /// Of the network for any account.
    pub network: Failures,
}

impl Tally {
    /// Seconds that are still to wait; `known` says that the account has signed in from this network before.
    pub fn wait(&self, known: bool) -> u32 {
        let wait = if known { self.own.wait(1) } else { self.account.wait(1).max(self.network.wait(PER_NETWORK)) };
        wait.div_ceil(1000)
    }
}

/// The network of an address: whoever has one IPv6 address has all of its 64 bits.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn waiting_grows_and_ends() {
        assert_eq!([0, 4, 5, 6, 9, 10, 99].map(wait_after), [0, 0, 2, 4, 32, 60, 60]);
    }

    #[test]
    fn who_waits_by_table() {
        let at = |count, since| Failures { count, since };
        // Own, account, network; known or not; seconds.
        let cases = [
            ([at(0, 0), at(0, 0), at(0, 0)], false, 0),
            ([at(4, 0), at(4, 0), at(24, 0)], false, 0),
            ([at(0, 0), at(5, 0), at(0, 0)], false, 2),
            ([at(0, 0), at(5, 1_001), at(0, 0)], false, 1),
            ([at(0, 0), at(5, 2_000), at(0, 0)], false, 0),
            ([at(0, 0), at(0, 0), at(25, 0)], false, 2),
            ([at(0, 0), at(10, 30_000), at(25, 0)], false, 30),
            // Whatever others do, elsewhere or here, is nothing to whoever is known here.
            ([at(0, 0), at(99, 0), at(999, 0)], true, 0),
            ([at(4, 0), at(99, 0), at(999, 0)], true, 0),
            // Guessing is slow there as well.
            ([at(5, 0), at(5, 0), at(5, 0)], true, 2),
            ([at(99, 0), at(99, 0), at(99, 0)], true, 60),
            ([at(99, 60_000), at(99, 0), at(99, 0)], true, 0),
        ];
        for ([own, account, network], known, seconds) in cases {
            let tally = Tally { own, account, network };
            assert_eq!(tally.wait(known), seconds, "{tally:?} {known}");
        }
    }

    #[test]
    fn networks() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!((of("192.0.2.7").as_str(), of("::ffff:192.0.2.7").as_str()), ("192.0.2.7", "192.0.2.7"));
        assert_eq!(of("2001:db8:0:1::7"), of("2001:db8::1:99:0:0:1"));
        assert_ne!(of("2001:db8:0:1::7"), of("2001:db8:0:2::7"));
    }
}

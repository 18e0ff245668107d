//! Who asks, from where, and who watches the answer grow.

use std::fmt;
use std::net::IpAddr;

use uuid::Uuid;

use crate::api::Progress;
use crate::api::account::Proof;
use crate::domain::{UserId, throttle};

/// Who asks and from where.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who is signed in.
    pub user: Option<UserId>,
    /// Whether this is who holds the database's own credentials on a local terminal (the first run, `marsai user`).
    pub operator: bool,
    /// Where from; kept in the ledger.
    pub origin: Origin,
    /// The visit in which they ask, if there is one.
    pub visit: Option<Uuid>,
    /// What they signed in by; an account that is another one by now is not theirs.
    pub proof: Option<Proof>,
}

impl Caller {
    /// Somebody who has not signed in.
    pub fn nobody(origin: Origin) -> Self {
        Self { user: None, operator: false, origin, visit: None, proof: None }
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A console on a local terminal.
    Terminal {
        /// The operating system's user (`alice@laptop`).
        os_user: String,
    },
    /// A console over SSH.
    Ssh {
        /// The other end.
        address: IpAddr,
    },
    /// `marsai call`.
    Call {
        /// The operating system's user.
        os_user: String,
    },
    /// Another command (`marsai user`).
    Command {
        /// The operating system's user.
        os_user: String,
    },
    /// Rules that the console applies by itself.
    Console,
}

impl Origin {
    /// What failed sign-ins are counted by beside the account: the network, or the local user.
    pub fn throttle_key(&self) -> String {
        match self {
            Origin::Ssh { address } => throttle::network(*address),
            other => other.to_string(),
        }
    }

    /// The same of an origin that was written down.
    pub(super) fn throttle_key_of(written: &str) -> String {
        let address = written.strip_prefix("ssh ").and_then(|address| address.parse().ok());
        address.map_or_else(|| written.to_owned(), throttle::network)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Terminal { os_user } => write!(f, "terminal {os_user}"),
            Origin::Ssh { address } => write!(f, "ssh {address}"),
            Origin::Call { os_user } => write!(f, "call {os_user}"),
            Origin::Command { os_user } => write!(f, "command {os_user}"),
            Origin::Console => f.write_str("console"),
        }
    }
}

/// Whoever waits for an answer and can give up.
pub trait Observer: Send + Sync {
    /// Something to show before the answer is complete.
    fn progress(&self, progress: Progress);
    /// Whether the person has given up: asked between the batches of long work, never inside one.
    fn cancelled(&self) -> bool;
}

/// Nobody watches and nobody gives up.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoObserver;

impl Observer for NoObserver {
    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_reads_as_the_ledger_keeps_it() {
        let ssh = Origin::Ssh { address: "10.0.0.7".parse().unwrap_or(IpAddr::from([0, 0, 0, 0])) };
        assert_eq!((ssh.to_string(), ssh.throttle_key()), ("ssh 10.0.0.7".to_owned(), "10.0.0.7".to_owned()));
        let terminal = Origin::Terminal { os_user: "alice@laptop".to_owned() };
        assert_eq!(
            (terminal.to_string(), terminal.throttle_key()),
            ("terminal alice@laptop".into(), "terminal alice@laptop".into())
        );
        for address in ["10.0.0.7", "2001:db8::1:2"] {
            let ssh = Origin::Ssh { address: address.parse().unwrap_or(IpAddr::from([0, 0, 0, 0])) };
            assert_eq!(Origin::throttle_key_of(&ssh.to_string()), ssh.throttle_key());
        }
        assert_eq!(Origin::throttle_key_of(&terminal.to_string()), terminal.throttle_key());
    }
}

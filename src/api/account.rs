//! Accounts and sessions.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::Serialize;

use super::setting::PreferenceRow;
use crate::domain::UserId;
use crate::domain::user::Role;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountRow {
    /// Who.
    pub id: UserId,
    /// As the database has it.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub enabled: bool,
    /// Since when; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
}

/// An SSH key by which somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// `SHA256:…`, as OpenSSH shows it.
    pub fingerprint: String,
    /// Whose.
    pub user: UserId,
    /// Their email.
    pub email: String,
    /// `ssh-ed25519`, …
    pub algorithm: String,
    /// What stands behind the key in its file, usually `name@computer`.
    pub comment: String,
    /// When it was added.
    pub added: Option<DateTime<Utc>>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// As the database has it.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// The answer to a sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// A key by which this computer is known again, if it asked for one. The run loop keeps it; no screen sees it.
    pub token: Option<SecretString>,
    /// What the person keeps for themselves and a console needs at once: language, theme, zone, place.
    pub own: Vec<PreferenceRow>,
    /// What the sign-in went by; `None` where nothing was asked.
    pub proof: Option<Proof>,
}

/// What a sign-in went by. Once that is changed, the session that began with it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The number of the last change of any account before it.
    pub change: i64,
    /// Since when the account is there, by which it is told from a later one under the same id; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
    /// The SSH key's fingerprint.
    pub key: Option<String>,
}

impl From<Person> for SignedIn {
    fn from(person: Person) -> Self {
        Self { person, token: None, own: Vec::new(), proof: None }
    }
}

/// What a console needs to know before somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Welcome {
    /// The festival's name.
    pub festival: String,
    /// Whether there is an administrator who may sign in.
    pub has_administrator: bool,
    /// The settings that sessions go by: time zone, unit of durations, panel size, minutes until the lock.
    pub settings: Vec<super::setting::SettingRow>,
}

//! Who is on, and who was.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::UserId;
use crate::domain::user::Role;

/// One visit to the console, from the sign-in to its end, or a sign-in that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionRow {
    /// The visit.
    pub session: Uuid,
    /// Who; `None` where nobody came in.
    pub user: Option<UserId>,
    /// Their name, or the email that was tried.
    pub name: String,
    /// Their role.
    pub role: Option<Role>,
    /// From where (`ssh 10.0.0.7`, `terminal alice@laptop`).
    pub origin: String,
    /// How they signed in (`password`, `key`, `token`).
    pub method: String,
    /// Since when.
    pub opened: DateTime<Utc>,
    /// The last key.
    pub active: DateTime<Utc>,
    /// When it ended; `None`: still on.
    pub ended: Option<DateTime<Utc>>,
    /// Why it ended or was refused: a word that the language files know (`session-end-…`), or a rule's name.
    pub why: Option<String>,
    /// The administrator who asked for its end.
    pub ended_by: Option<String>,
    /// Whether it is the session that asks.
    pub own: bool,
}

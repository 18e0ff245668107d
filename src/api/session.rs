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
    /// How they signed in: the name of a [`Way`](crate::domain::visit::Way), or `refused`.
    pub method: String,
    /// Since when.
    pub opened: DateTime<Utc>,
    /// The last key.
    pub active: DateTime<Utc>,
    /// When it ended; `None`: still on.
    pub ended: Option<DateTime<Utc>>,
    /// Why it ended: the name of a [`Why`](crate::domain::visit::Why); or of the rule that refused it.
    pub why: Option<String>,
    /// The administrator who asked for its end.
    pub ended_by: Option<String>,
    /// Refusals of the same kind that were counted here and not written down.
    pub left_out: u32,
    /// Whether it is the session that asks.
    pub own: bool,
}

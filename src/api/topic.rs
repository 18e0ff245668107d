//! What others changed: a topic and, where known, the ids.

use serde::{Deserialize, Serialize};

/// An area of the festival's data that screens listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Films with their panels, votes and awards.
    Films,
    /// Events and reservations.
    Events,
    /// Categories; which films have them belongs to the films.
    Categories,
    /// Sponsors.
    Sponsors,
    /// Accounts.
    Users,
    /// The festival's settings.
    Settings,
    /// Who is on.
    Sessions,
}

impl Topic {
    /// All topics.
    pub const ALL: [Topic; 7] = [
        Topic::Films,
        Topic::Events,
        Topic::Categories,
        Topic::Sponsors,
        Topic::Users,
        Topic::Settings,
        Topic::Sessions,
    ];

    /// Its name in `console_topics`.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Films => "films",
            Topic::Events => "events",
            Topic::Categories => "categories",
            Topic::Sponsors => "sponsors",
            Topic::Users => "users",
            Topic::Settings => "settings",
            Topic::Sessions => "sessions",
        }
    }
}

/// Something of a topic was changed and the shared lists already show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which area.
    pub topic: Topic,
    /// The rows, or `None` where that is not known.
    pub ids: Option<Vec<i32>>,
}

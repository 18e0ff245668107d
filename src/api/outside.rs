//! What the web site changed without telling us.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::outside::{Settled, What};
use crate::domain::{FilmId, MarkId};

/// A change that staff have to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutsideRow {
    /// By which it is settled.
    pub mark: MarkId,
    /// The film; it is gone where `what` says so.
    pub film: FilmId,
    /// Its title as the console knew it: make it inert before showing it.
    pub title: String,
    /// What was changed.
    pub what: What,
    /// As the console last knew it.
    pub before: Option<String>,
    /// As the web site left it.
    pub after: Option<String>,
    /// When it was found.
    pub found: DateTime<Utc>,
    /// How it was settled; `None` while it is open.
    pub settled: Option<Settled>,
}

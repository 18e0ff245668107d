//! Ballots as screens show them.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::vote::{Note, SetAside};
use crate::domain::{FilmId, UserId, VoteId};

/// A ballot with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VoteRow {
    /// The row.
    pub vote: VoteId,
    /// The film.
    pub film: FilmId,
    /// Whose.
    pub juror: UserId,
    /// Their name.
    pub juror_name: String,
    /// `None`: the column holds no note that we know.
    pub note: Option<Note>,
    /// As the juror wrote it.
    pub comments: Option<String>,
    /// NULL counts as 0.
    pub modification_count: i32,
    /// Why it is shown but not counted; `None` where it counts.
    pub set_aside: Option<SetAside>,
    /// When it was cast; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
    /// When it was changed last.
    pub updated: Option<DateTime<Utc>>,
    /// What it said before, the oldest first.
    pub history: Vec<VoteHistoryRow>,
}

/// What a ballot said before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VoteHistoryRow {
    /// `None`: unknown (an old FLOAT column in which texts were stored as 0).
    pub note: Option<Note>,
    /// As the juror wrote it.
    pub comments: Option<String>,
    /// When it was replaced.
    pub at: Option<DateTime<Utc>>,
}

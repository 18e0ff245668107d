//! What the web site changed without telling us.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::outside::{Settled, What};
use crate::domain::slip::Slip;
use crate::domain::{FilmId, MarkId, UserId};

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
    /// The ballots that it is about, where it is about ballots; `before` and `after` say nothing then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ballots: Option<Box<BallotMark>>,
    /// When it was found.
    pub found: DateTime<Utc>,
    /// How it was settled; `None` while it is open.
    pub settled: Option<Settled>,
}

/// What the web site did with a juror's ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BallotMark {
    /// Whose ballot.
    pub juror: UserId,
    /// Their name.
    pub juror_name: String,
    /// The ballot that counts beside a second one, or ours as it was; nothing for a late vote.
    pub ours: Option<Slip>,
    /// The ballot as the site left it.
    pub site: Option<Slip>,
    /// Notes and comments are kept from staff until the round is complete: the ballots say nothing then.
    pub hidden: bool,
}

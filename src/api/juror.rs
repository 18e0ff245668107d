//! What jurors need besides ballots: a film to judge, their deadlines, what they did.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::deadline::{Deadlines, VoteRound};
use crate::domain::film::FilmStatus;
use crate::domain::vote::Note;
use crate::domain::{FilmId, UserId};

/// A film as somebody needs it to judge it: nothing of what anybody thinks of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmToJudge {
    /// The film.
    pub film: FilmId,
    /// Its status.
    pub status: FilmStatus,
    /// Its texts by the platform's column, in the order in which they are read; those that are empty or not on this
    /// database are left out.
    pub texts: Vec<(String, String)>,
    /// Who submitted it.
    pub producer: String,
    /// Who worked on it, with what they did.
    pub team: Vec<(String, String)>,
    /// In the festival's unit (`films.duration_unit`).
    pub duration: Option<i32>,
    /// Where it can be watched: an http(s) address, or else what is stored in its place, which nobody should open.
    pub watch: Option<String>,
}

/// The deadlines of the festival, and who was given more time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AllDeadlines {
    /// The festival's.
    #[serde(flatten)]
    pub festival: Deadlines,
    /// Later ones of single jurors, by name.
    pub extensions: Vec<ExtensionRow>,
}

/// More time for a juror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExtensionRow {
    /// Who.
    pub juror: UserId,
    /// Their name.
    pub name: String,
    /// In which round.
    pub round: VoteRound,
    /// Until when; `None`: the extension was taken back.
    pub until: Option<DateTime<Utc>>,
}

/// Something that a juror did with a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Cast the first vote.
    Voted,
    /// Changed it.
    Changed,
    /// Let it stand.
    LetStand,
    /// Promoted the film.
    Promoted,
    /// Said that they cannot judge it.
    Recused,
}

/// One line of a juror's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryLine {
    /// When; `None` for a zero date.
    pub at: Option<DateTime<Utc>>,
    /// The film.
    pub film: FilmId,
    /// Its title; empty where the film is theirs no more.
    pub title: String,
    /// What was done.
    pub deed: Deed,
    /// The note of a vote.
    pub note: Option<Note>,
    /// The comment as it was written.
    pub comments: Option<String>,
}

//! Ballots as screens show them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::film::{FilmStatus, Proposal};
use crate::domain::jury::{Recusal, Why};
use crate::domain::rule::Refusal;
use crate::domain::vote::{Note, SetAside};
use crate::domain::{AwardId, FilmId, UserId, VoteId};

use super::film::{FilmRow, refused_films};

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
    /// Its juror let it stand in discussion.
    pub stands: bool,
    /// Note and comment are kept from whoever asked (`voting.staff_see`): `note` and `comments` say nothing then.
    pub hidden: bool,
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

/// A vote as its juror handed it in, and what became of the film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cast {
    /// The vote as it now is.
    #[serde(flatten)]
    pub vote: VoteRow,
    /// The film's status as it now is.
    pub status: FilmStatus,
    /// Whether the vote moved the film.
    pub moved: bool,
}

/// A film that a juror promoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promoted {
    /// The film.
    pub film: FilmId,
    /// Its status as it now is.
    pub status: FilmStatus,
    /// What stands in `jury_comment`.
    pub jury_comment: Option<String>,
}

/// What a juror said of not judging a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recused {
    /// The film.
    pub film: FilmId,
    /// Why.
    pub why: Why,
    /// Staff have to answer; otherwise the film is theirs no more.
    pub waiting: bool,
}

/// What a juror may see of a film in discussion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discussion {
    /// The film.
    pub film: FilmId,
    /// Its status.
    pub status: FilmStatus,
    /// One's own votes and those of the others, as far as one may see them: of somebody whose second vote is not for these
    /// eyes yet the first one, as if there were no other.
    pub votes: Vec<VoteRow>,
    /// The names of those who still hold a change; empty for whoever sees nothing of the others.
    pub holders: Vec<String>,
    /// What the jury wrote of the film; nothing for whoever sees nothing of the others.
    pub jury_comment: Option<String>,
    /// Whether jurors may promote films.
    pub promotion: bool,
}

/// Somebody who has to do with the votes on a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatRow {
    /// Who.
    pub juror: UserId,
    /// Their name.
    pub name: String,
    /// On the panel.
    pub on_panel: bool,
    /// May vote and holds the round open.
    pub active: bool,
    /// Has a vote that counts.
    pub voted: bool,
    /// Has spent the one change.
    pub changed: bool,
    /// Has let the vote stand.
    pub stands: bool,
    /// Was released with the vote kept.
    pub kept: bool,
    /// Round 1 was opened again for them and they have not voted yet.
    pub reopened: bool,
    /// What they said of not judging the film.
    pub recusal: Option<Recusal>,
}

/// Everything about the votes on one film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmVotes {
    /// The film as the lists know it.
    pub film: FilmRow,
    /// What its votes say should be done with it.
    pub proposal: Proposal,
    /// Its panel, and whoever else has to do with its votes, by name.
    pub jurors: Vec<SeatRow>,
    /// All its ballots in the order in which they were cast.
    pub votes: Vec<VoteRow>,
    /// Votes that it takes to close the round.
    pub quorum: u32,
    /// Staff closed the round that it is in.
    pub closed: bool,
    /// Notes and comments are kept from staff until the round is complete.
    pub hidden: bool,
    /// Whether the change moved the film.
    pub moved: bool,
}

/// Somebody on a panel who may be somebody of the film: shown, not refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suspicion {
    /// The juror.
    pub juror: UserId,
    /// Their name.
    pub name: String,
    /// The producer or collaborator with an equal name or email.
    pub resembles: String,
}

/// A film's panel as it now is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PanelRow {
    /// The film.
    pub film: FilmId,
    /// Its jurors, by id.
    pub jurors: Vec<UserId>,
    /// The film's status as it now is.
    pub status: FilmStatus,
    /// Whether the change moved the film.
    pub moved: bool,
    /// Jurors who may be somebody of the film.
    pub suspicions: Vec<Suspicion>,
}

/// What releasing a juror does to one film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseStep {
    /// The film.
    pub film: FilmId,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: FilmStatus,
    /// The juror has voted on it.
    pub voted: bool,
    /// Their vote stays; otherwise it is deleted.
    pub kept: bool,
    /// Who takes their place.
    pub replacement: Option<UserId>,
    /// Where the film goes because its round is complete then.
    pub moves_to: Option<FilmStatus>,
}

/// What came of releasing a juror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Released {
    /// The juror.
    pub juror: UserId,
    /// What was done, film by film.
    pub done: Vec<ReleaseStep>,
    /// The films of which the juror could not be released, with why.
    #[serde(serialize_with = "refused_films")]
    pub refused: Vec<(FilmId, Refusal)>,
    /// Whether the person cancelled before the end.
    pub cancelled: bool,
}

/// An award with its film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AwardRow {
    /// The award.
    pub id: AwardId,
    /// The film.
    pub film: FilmId,
    /// The film's title.
    pub title: String,
    /// The award's name; empty where NULL.
    pub award: String,
    /// When it was given; `None` for a zero date.
    pub at: Option<DateTime<Utc>>,
}

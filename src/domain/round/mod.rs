//! The two rounds of votes: who may do what with a film's ballots, when a round ends, and what follows by itself.
//!
//! Everything that decides is in a [`FilmVoting`]; every screen, tally and refusal asks it. What a transaction wrote is put
//! into one again, and [`FilmVoting::follow`] says whether the film moves by itself.

mod leaving;
mod paper;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::leaving::{Answered, Leaving};
pub use self::paper::{Paper, remark};

use super::film::{FilmFacts, FilmStatus, Proposal};
use super::jury::{Juror, Why, may_judge};
use super::rule::{Refusal, Rule};
use super::setting;
use super::vote::{Ballot, Closings, Count, Known, Note, Panelist, Stand, count};
use super::{UserId, VoteId};

/// When a film moves to discussion: `voting.open_discussion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpenDiscussion {
    /// When round 1 is complete and somebody asked for it, so that nobody is locked out.
    RoundComplete,
    /// At the first request; a missing first vote may still be cast in discussion.
    FirstRequest,
    /// Never by itself.
    Manual,
}

/// How many votes it takes to close a round: `voting.quorum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quorum {
    /// More than half of the panel.
    Half,
    /// So many, or the whole panel where it is smaller.
    Votes(u16),
}

/// The festival's rules of voting, from its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Most characters of a comment.
    pub comment_max: usize,
    /// Whether a vote needs a comment.
    pub require_comment: bool,
    /// When discussion opens by itself.
    pub open_discussion: OpenDiscussion,
    /// Whether a majority YES makes a film a candidate by itself.
    pub automatic: bool,
    /// Votes that it takes to close a round.
    pub quorum: Quorum,
    /// Whether jurors may promote films.
    pub promotion: bool,
    /// Whether staff see what jurors voted before the round is complete.
    pub staff_see_always: bool,
}

impl Rules {
    /// The settings that make up the rules.
    pub const SETTINGS: [&'static str; 7] = [
        setting::COMMENT_MAX,
        setting::REQUIRE_COMMENT,
        setting::OPEN_DISCUSSION,
        setting::ADVANCE,
        setting::QUORUM,
        setting::PROMOTE,
        setting::STAFF_SEE,
    ];

    /// The rules by the values of the settings; a value that is missing or that this console does not take counts as the
    /// default.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let of = |name: &str| {
            let setting = setting::find(name).ok();
            let kept = setting.and_then(|setting| setting.check(value(name)?).ok());
            kept.unwrap_or_else(|| setting.map_or("", |setting| setting.default).to_owned())
        };
        Rules {
            comment_max: of(setting::COMMENT_MAX).parse().unwrap_or(10_000),
            require_comment: of(setting::REQUIRE_COMMENT) == "true",
            open_discussion: match of(setting::OPEN_DISCUSSION).as_str() {
                "first_request" => OpenDiscussion::FirstRequest,
                "manual" => OpenDiscussion::Manual,
                _ => OpenDiscussion::RoundComplete,
            },
            automatic: of(setting::ADVANCE) == "automatic",
            quorum: of(setting::QUORUM).parse().map_or(Quorum::Half, Quorum::Votes),
            promotion: of(setting::PROMOTE) != "off",
            staff_see_always: of(setting::STAFF_SEE) != "complete",
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Rules::read(|_| None)
    }
}

/// What a juror saw when a ballot was opened: handed in, it must still be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotSeen {
    /// The film's status.
    pub status: FilmStatus,
    /// The note of one's own vote, if there was one.
    #[serde(default)]
    pub note: Option<Note>,
    /// How often one's own vote had been changed, if there was one.
    #[serde(default)]
    pub modification_count: Option<i32>,
}

/// What is known of a film's rounds beside its votes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The ballots at the moments when staff closed rounds.
    pub closings: Closings,
    /// The jurors for whom round 1 was opened again.
    pub reopened: Vec<UserId>,
    /// The film has been in discussion.
    pub discussed: bool,
    /// Staff looked at the votes before the round was complete, although the festival hides them until then.
    pub opened: bool,
}

/// A vote that can be cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// The juror's first vote.
    First,
    /// The one change of this ballot: what it said before goes to the history.
    Second(Ballot),
}

/// A recusal that can be taken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recusing {
    /// The juror leaves the panel at once.
    Leaves,
    /// Staff have to answer.
    Waits,
}

/// Everything about one film that decides what can be done with its votes, as it was read under one lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmVoting {
    /// Where the film stands.
    pub status: FilmStatus,
    /// Who submitted it.
    pub producer: UserId,
    /// Its panel, and whoever else has to do with its votes.
    pub jurors: Vec<Juror>,
    /// All its ballots.
    pub ballots: Vec<Ballot>,
    /// Its rounds.
    pub round: Round,
    /// Its awards.
    pub awards: u16,
}

impl FilmVoting {
    /// Somebody who has to do with its votes.
    pub fn juror(&self, id: UserId) -> Option<&Juror> {
        self.jurors.iter().find(|juror| juror.id == id)
    }

    /// Those whose votes count.
    pub fn panelists(&self) -> Vec<Panelist> {
        self.jurors.iter().filter_map(Juror::panelist).collect()
    }

    /// Its ballots, counted.
    pub fn count(&self) -> Count {
        count(&self.ballots, &self.panelists(), &self.round.closings)
    }

    /// What decides its steps.
    pub fn facts(&self) -> FilmFacts {
        let count = self.count();
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        FilmFacts {
            status: self.status,
            panel: number(self.jurors.iter().filter(|juror| juror.on_panel).count()),
            active: count.active,
            voted: count.voted,
            changed: count.changed,
            decided: count.decided,
            closed: self.is_closed(),
            ballots: number(self.ballots.len()),
            tally: count.tally,
            awards: self.awards,
            first_votes_open: false,
        }
    }

    /// The same by the festival's rules: whether a first vote may still be cast in discussion.
    pub fn facts_by(&self, rules: &Rules) -> FilmFacts {
        let first_request = rules.open_discussion == OpenDiscussion::FirstRequest;
        let open = first_request && first_votes_open(self.status, &self.round.closings);
        FilmFacts { first_votes_open: open, ..self.facts() }
    }

    /// Whether staff closed the round that the film is in.
    pub fn is_closed(&self) -> bool {
        is_closed(self.status, &self.round.closings)
    }

    /// The juror's ballot that counts.
    pub fn counted(&self, juror: UserId) -> Option<&Ballot> {
        let counted = self.count().counted;
        self.ballots.iter().find(|ballot| ballot.juror == juror && counted.contains(&ballot.id))
    }

    /// The active jurors without a counted vote.
    pub fn missing(&self) -> Vec<&Juror> {
        self.jurors.iter().filter(|juror| juror.is_active() && self.counted(juror.id).is_none()).collect()
    }

    /// The jurors who still hold a change in discussion: neither spent nor waived.
    pub fn holders(&self) -> Vec<&Juror> {
        let open = self.status == FilmStatus::ToDiscuss && !self.is_closed();
        let holds = |juror: &&Juror| {
            open && juror.is_active()
                && self.counted(juror.id).is_some_and(|ballot| {
                    ballot.modification_count <= 0 && !juror.stands.is_some_and(|stand| stand.holds(ballot))
                })
        };
        self.jurors.iter().filter(holds).collect()
    }

    /// Whether somebody may touch their own vote on the film at all.
    fn assigned(&self, juror: UserId) -> Result<&Juror, Refusal> {
        let juror = self.juror(juror).ok_or(Rule::NotAssigned)?;
        may_judge(juror.on_panel, juror.recusal)?;
        Ok(juror)
    }

    /// Whether a vote is open to be cast or changed in this status and round.
    fn open(&self) -> Result<(), Refusal> {
        match self.status {
            FilmStatus::Assigned | FilmStatus::ToDiscuss if self.is_closed() => Err(Rule::RoundClosed.into()),
            FilmStatus::Assigned | FilmStatus::ToDiscuss => Ok(()),
            status => Err(Refusal::new(Rule::VotingClosed).with("status", status)),
        }
    }

    fn in_discussion(&self) -> Result<(), Refusal> {
        match self.status {
            FilmStatus::ToDiscuss => Ok(()),
            status => Err(Refusal::new(Rule::NotInDiscussion).with("status", status)),
        }
    }

    /// Judges a vote of a juror whose account may vote.
    ///
    /// # Errors
    /// In this order: assignment, status or round, count.
    pub fn cast(&self, juror: UserId, rules: &Rules) -> Result<Cast, Refusal> {
        let seat = self.assigned(juror)?;
        self.open()?;
        let ballot = self.own(juror);
        match (self.status, ballot) {
            (FilmStatus::Assigned, None) => Ok(Cast::First),
            (FilmStatus::Assigned, Some(_)) => Err(Rule::AlreadyVoted.into()),
            (status, None) if rules.open_discussion == OpenDiscussion::FirstRequest => {
                let open = first_votes_open(status, &self.round.closings);
                if open { Ok(Cast::First) } else { Err(Rule::RoundClosed.into()) }
            }
            (_, None) => Err(Rule::NoFirstVote.into()),
            (_, Some(ballot)) if ballot.modification_count > 0 => Err(Rule::ChangeSpent.into()),
            (_, Some(ballot)) if seat.stands.is_some_and(|stand| stand.holds(ballot)) => Err(Rule::VoteStands.into()),
            (_, Some(ballot)) => Ok(Cast::Second(*ballot)),
        }
    }

    /// The juror's own vote: the counted one, else one that is set aside, which stands in the way of another as well.
    pub fn own(&self, juror: UserId) -> Option<&Ballot> {
        let theirs = || self.ballots.iter().filter(|ballot| ballot.juror == juror);
        self.counted(juror).or_else(|| theirs().max_by_key(|b| (b.modification_count, std::cmp::Reverse(b.id))))
    }

    /// Judges "my vote stands", and answers what stands.
    ///
    /// # Errors
    /// In this order: assignment, status or round, count.
    pub fn let_stand(&self, juror: UserId) -> Result<Stand, Refusal> {
        let seat = self.assigned(juror)?;
        self.in_discussion()?;
        self.open()?;
        let ballot = self.counted(juror).ok_or(Rule::NoFirstVote)?;
        let note = ballot.note.ok_or(Rule::NoFirstVote)?;
        if ballot.modification_count > 0 {
            return Err(Rule::ChangeSpent.into());
        }
        if seat.stands.is_some_and(|stand| stand.holds(ballot)) {
            return Err(Rule::VoteStands.into());
        }
        Ok(Stand { vote: ballot.id, note, modification_count: ballot.modification_count })
    }

    /// Judges a promotion to candidate by a juror.
    ///
    /// # Errors
    /// In this order: assignment, status, the festival's rule.
    pub fn promote(&self, juror: UserId, rules: &Rules) -> Result<(), Refusal> {
        self.assigned(juror)?;
        self.in_discussion()?;
        if rules.promotion { Ok(()) } else { Err(Rule::PromotionOff.into()) }
    }

    /// Judges "I cannot judge this film".
    ///
    /// # Errors
    /// The film is not the juror's, or the reason is one that a vote contradicts.
    pub fn recuse(&self, juror: UserId, why: Why) -> Result<Recusing, Refusal> {
        self.assigned(juror)?;
        let voted = self.ballots.iter().any(|ballot| ballot.juror == juror);
        match why {
            Why::Conflict if voted => Ok(Recusing::Waits),
            Why::Conflict => Ok(Recusing::Leaves),
            Why::CannotWatch | Why::Language if voted => Err(Rule::AlreadyVoted.into()),
            Why::CannotWatch | Why::Language => self.open().map(|()| Recusing::Waits),
        }
    }

    /// Judges a whole new panel. `wanted` are all its jurors, whether they sit on it already or not.
    ///
    /// # Errors
    /// Somebody who cannot join, somebody who could never vote any more, somebody who has voted and would be left out.
    pub fn set_panel(&self, wanted: &[Juror]) -> Result<(), Refusal> {
        for juror in wanted.iter().filter(|juror| !juror.on_panel) {
            juror.may_join(self.producer)?;
            if !matches!(self.status, FilmStatus::Submitted | FilmStatus::Assigned) {
                return Err(Refusal::new(Rule::DiscussionBegun).with("name", juror.name.as_str()));
            }
            if self.is_closed() {
                return Err(Rule::RoundClosed.into());
            }
        }
        let left_out = self.jurors.iter().filter(|j| j.on_panel && wanted.iter().all(|wanted| wanted.id != j.id));
        for juror in left_out {
            if self.ballots.iter().any(|ballot| ballot.juror == juror.id) {
                return Err(Refusal::new(Rule::JurorHasVoted).with("name", juror.name.as_str()));
            }
        }
        Ok(())
    }

    /// Votes that it takes to close the round.
    pub fn quorum(&self, rules: &Rules) -> u32 {
        let panel = u32::try_from(self.panelists().len()).unwrap_or(u32::MAX);
        match rules.quorum {
            Quorum::Half => panel / 2 + 1,
            Quorum::Votes(votes) => u32::from(votes).min(panel.max(1)),
        }
    }

    /// Judges closing the round with votes missing, and answers the film's closings as they then are.
    ///
    /// # Errors
    /// There is no round to close, it is closed, or the votes do not suffice.
    pub fn close(&self, rules: &Rules) -> Result<Closings, Refusal> {
        self.open()?;
        let (votes, needed) = (self.count().tally.total(), self.quorum(rules));
        if votes < needed {
            return Err(Refusal::new(Rule::QuorumMissing).with("votes", votes).with("needed", needed));
        }
        let known = |ballot: &Ballot| Known { vote: ballot.id, modification_count: ballot.modification_count };
        let known = Some(self.ballots.iter().filter(|b| !self.round.closings.is_late(b)).map(known).collect());
        let mut closings = self.round.closings.clone();
        match self.status {
            FilmStatus::Assigned => closings.first = known,
            _ => closings.second = known,
        }
        Ok(closings)
    }

    /// Judges opening a closed round again for everybody.
    ///
    /// # Errors
    /// There is no round, or it is open.
    pub fn reopen(&self) -> Result<Closings, Refusal> {
        match self.open() {
            Ok(()) => Err(Rule::RoundOpen.into()),
            Err(refusal) if refusal.rule != Rule::RoundClosed => Err(refusal),
            Err(_) => Ok(match self.status {
                FilmStatus::Assigned => Closings { first: None, ..self.round.closings.clone() },
                _ => Closings { second: None, ..self.round.closings.clone() },
            }
            .instead_of(&self.round.closings, &self.ballots)),
        }
    }

    /// Judges opening round 1 again for one juror, who may have to join the panel for it: the film goes back to assigned,
    /// its votes untouched, until they have voted.
    ///
    /// # Errors
    /// The film is not in discussion (nor back in round 1 for another juror), or the juror cannot join, or has voted.
    pub fn reopen_for(&self, juror: &Juror) -> Result<(), Refusal> {
        match self.status {
            FilmStatus::ToDiscuss => {}
            FilmStatus::Assigned if !self.round.reopened.is_empty() => {}
            status => return Err(Refusal::new(Rule::NotInDiscussion).with("status", status)),
        }
        juror.may_join(self.producer)?;
        if self.own(juror.id).is_some() {
            return Err(Refusal::new(Rule::NothingToReopen).with("name", juror.name.as_str()));
        }
        Ok(())
    }

    /// Judges giving a juror their one change back, spent or waived.
    ///
    /// # Errors
    /// It is neither, or the change came late: giving it back would let it count without anybody having said so.
    pub fn reset(&self, vote: VoteId) -> Result<(), Refusal> {
        let ballot = self.ballots.iter().find(|ballot| ballot.id == vote);
        let stands = |ballot: &Ballot| {
            let seat = self.juror(ballot.juror);
            seat.and_then(|juror| juror.stands).is_some_and(|stand| stand.holds(ballot))
        };
        match ballot {
            Some(ballot) if self.round.closings.is_late(ballot) => Err(Rule::CameLate.into()),
            Some(ballot) if ballot.modification_count > 0 || stands(ballot) => Ok(()),
            _ => Err(Rule::NothingToReset.into()),
        }
    }

    /// Judges letting a late vote count, and answers the film's closings as they then are.
    ///
    /// # Errors
    /// It did not come late.
    pub fn admit(&self, vote: VoteId) -> Result<Closings, Refusal> {
        let mut closings = self.round.closings.clone();
        let ballot = self.ballots.iter().find(|ballot| ballot.id == vote && closings.is_late(ballot));
        let ballot = ballot.ok_or(Rule::NotLate)?;
        let known = Known { vote, modification_count: ballot.modification_count };
        closings.late.retain(|late| *late != vote);
        for closing in [&mut closings.first, &mut closings.second].into_iter().flatten() {
            let others = closing.iter().copied().filter(|other| other.vote != vote);
            *closing = others.chain([known]).collect();
        }
        Ok(closings)
    }

    /// Judges deleting one ballot. In discussion its juror could not vote again, which has to be said (`anyway`).
    ///
    /// # Errors
    /// [`Rule::CouldNotVoteAgain`].
    pub fn delete(&self, vote: VoteId, rules: &Rules, anyway: bool) -> Result<(), Refusal> {
        let locked_out = |juror: UserId| {
            let mut without = self.clone();
            without.ballots.retain(|ballot| ballot.id != vote);
            self.status == FilmStatus::ToDiscuss && without.cast(juror, rules).is_err()
        };
        let ballot = self.ballots.iter().find(|ballot| ballot.id == vote);
        let counted = ballot.filter(|ballot| self.counted(ballot.juror).is_some_and(|counted| counted.id == vote));
        let active = counted.and_then(|ballot| self.juror(ballot.juror)).filter(|juror| juror.is_active());
        match active {
            Some(juror) if !anyway && locked_out(juror.id) => {
                Err(Refusal::new(Rule::CouldNotVoteAgain).with("name", juror.name.as_str()))
            }
            _ => Ok(()),
        }
    }

    /// Where the film goes by itself now. Asked after a vote, a change of the panel, a recusal, a release or a closing, and
    /// when the web site did one of these. A status never goes back by itself.
    pub fn follow(&self, rules: &Rules) -> Option<FilmStatus> {
        let facts = self.facts_by(rules);
        match self.status {
            FilmStatus::Assigned if !self.round.reopened.is_empty() => {
                let waits = |id: &UserId| {
                    self.juror(*id).is_some_and(|juror| juror.is_active() && self.counted(juror.id).is_none())
                };
                let back = !self.is_closed() && self.round.reopened.iter().any(waits);
                (!back).then_some(FilmStatus::ToDiscuss)
            }
            FilmStatus::Assigned if facts.tally.needs_discussion() => match rules.open_discussion {
                OpenDiscussion::RoundComplete => facts.round_one_ended().then_some(FilmStatus::ToDiscuss),
                OpenDiscussion::FirstRequest => Some(FilmStatus::ToDiscuss),
                OpenDiscussion::Manual => None,
            },
            FilmStatus::Assigned | FilmStatus::ToDiscuss => {
                (rules.automatic && facts.proposal() == Proposal::Candidate).then_some(FilmStatus::Candidate)
            }
            _ => None,
        }
    }
}

/// Whether a first vote may be cast although the film is in discussion, where that opens at the first request: round 1 was not
/// closed before.
pub fn first_votes_open(status: FilmStatus, closings: &Closings) -> bool {
    status == FilmStatus::ToDiscuss && closings.first.is_none()
}

/// Whether staff closed the round that a film in this status is in.
pub fn is_closed(status: FilmStatus, closings: &Closings) -> bool {
    match status {
        FilmStatus::Assigned => closings.first.is_some(),
        FilmStatus::ToDiscuss => closings.second.is_some(),
        _ => false,
    }
}

impl FilmVoting {
    /// What becomes of the film's rounds when it moves from where it stands.
    #[must_use]
    pub fn round_at(&self, to: FilmStatus) -> Round {
        self.round_moved(self.status, to)
    }

    /// What becomes of the film's rounds when it moves, or has moved. Discussed it stays where it goes back to round 1 from discussion only,
    /// and a film that is submitted again begins anew; but what came late stays late.
    #[must_use]
    pub fn round_moved(&self, from: FilmStatus, to: FilmStatus) -> Round {
        let was = &self.round;
        let closed = |closings: Closings| closings.instead_of(&was.closings, &self.ballots);
        match to {
            FilmStatus::Assigned if from == FilmStatus::ToDiscuss => {
                Round { closings: closed(Closings::default()), reopened: Vec::new(), ..was.clone() }
            }
            FilmStatus::Submitted | FilmStatus::Assigned => {
                Round { closings: closed(Closings::default()), ..Round::default() }
            }
            FilmStatus::ToDiscuss => {
                let closings = closed(Closings { second: None, ..was.closings.clone() });
                Round { closings, reopened: Vec::new(), discussed: true, opened: was.opened }
            }
            // The web site may have put it there: nothing of ours knew of the discussion.
            _ if from == FilmStatus::ToDiscuss => Round { discussed: true, ..was.clone() },
            _ => was.clone(),
        }
    }
}

//! The status of a film: which steps there are, what speaks for each, and who may force one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::consensus::{Majority, Tally};
use super::rule::{Param, Refusal, Rule};

/// Where a film stands: `movies.selection_status`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilmStatus {
    /// Received.
    Submitted,
    /// With its panel: round 1.
    Assigned,
    /// Talked over by its panel: round 2.
    ToDiscuss,
    /// In the running for an award.
    Candidate,
    /// Has an award.
    Awarded,
    /// Not taken.
    Refused,
    /// An older status, shown and kept.
    Selected,
    /// An older status, shown and kept.
    Finalist,
    /// Whatever else the column holds: shown calmly, left only by force.
    #[default]
    #[serde(other)]
    Unknown,
}

use FilmStatus::{Assigned, Awarded, Candidate, Finalist, Refused, Selected, Submitted, ToDiscuss};

impl FilmStatus {
    /// The platform's statuses in the order of a film's life.
    pub const ALL: [FilmStatus; 8] = [Submitted, Assigned, ToDiscuss, Selected, Finalist, Candidate, Awarded, Refused];

    /// The platform's spelling (`unknown` for [`FilmStatus::Unknown`], which is never written).
    pub fn as_sql(self) -> &'static str {
        match self {
            Submitted => "submitted",
            Assigned => "assigned",
            ToDiscuss => "to_discuss",
            Candidate => "candidate",
            Awarded => "awarded",
            Refused => "refused",
            Selected => "selected",
            Finalist => "finalist",
            FilmStatus::Unknown => "unknown",
        }
    }

    /// Reads the platform's spelling; anything else is [`FilmStatus::Unknown`].
    pub fn from_sql(text: &str) -> FilmStatus {
        Self::ALL.into_iter().find(|status| status.as_sql() == text).unwrap_or(FilmStatus::Unknown)
    }

    /// The id of the status's name in the language files.
    pub fn message(self) -> &'static str {
        match self {
            Submitted => "status-submitted",
            Assigned => "status-assigned",
            ToDiscuss => "status-to-discuss",
            Candidate => "status-candidate",
            Awarded => "status-awarded",
            Refused => "status-refused",
            Selected => "status-selected",
            Finalist => "status-finalist",
            FilmStatus::Unknown => "status-unknown",
        }
    }

    /// Whether the film is still judged: nobody has decided on it.
    pub fn is_judged(self) -> bool {
        matches!(self, Submitted | Assigned | ToDiscuss)
    }

    /// The arrows of the status table out of this status, in the order in which they are offered.
    pub fn arrows(self) -> &'static [FilmStatus] {
        match self {
            Submitted => &[Assigned, Candidate, Refused],
            Assigned => &[ToDiscuss, Candidate, Refused, Submitted],
            ToDiscuss => &[Candidate, Selected, Finalist, Refused],
            Candidate => &[Awarded, Finalist, Refused, ToDiscuss],
            Selected => &[Candidate, Finalist, Awarded, Refused],
            Finalist => &[Awarded, Candidate, Refused],
            Awarded => &[Finalist],
            Refused => &[Submitted],
            FilmStatus::Unknown => &[],
        }
    }
}

impl fmt::Display for FilmStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_sql())
    }
}

impl From<FilmStatus> for Param {
    fn from(status: FilmStatus) -> Self {
        Param::Message(status.message().to_owned())
    }
}

/// Everything about a film that decides a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilmFacts {
    /// Where it stands.
    pub status: FilmStatus,
    /// Jurors on its panel, active or not.
    pub panel: u16,
    /// Active jurors on its panel.
    pub active: u16,
    /// Active jurors with a counted vote.
    pub voted: u16,
    /// Active jurors whose one change is spent.
    pub changed: u16,
    /// Active jurors who spent it or let their vote stand.
    pub decided: u16,
    /// Staff closed the round that the film is in.
    pub closed: bool,
    /// Rows of `votes`, counted or not.
    pub ballots: u16,
    /// Counted votes by note.
    pub tally: Tally,
    /// Awards the film has.
    pub awards: u16,
    /// In discussion, whoever has no vote yet may still cast one.
    pub first_votes_open: bool,
}

impl FilmFacts {
    /// Round 1 is complete when there is a counted vote and every active juror has one.
    pub fn round_one_complete(&self) -> bool {
        self.tally.total() > 0 && self.voted >= self.active
    }

    /// Round 1 has ended: it is complete, or staff closed it.
    pub fn round_one_ended(&self) -> bool {
        self.round_one_complete() || self.closed
    }

    /// Round 2 is over when every active juror with a vote has changed it or let it stand and nobody is to cast a first one,
    /// or staff closed it.
    pub fn round_two_over(&self) -> bool {
        let awaited = self.first_votes_open && self.missing() > 0;
        self.closed || self.tally.total() > 0 && self.decided >= self.voted && !awaited
    }

    /// Active jurors without a counted vote.
    pub fn missing(&self) -> u16 {
        self.active.saturating_sub(self.voted)
    }

    /// What the votes propose while they are the question.
    pub fn proposal(&self) -> Proposal {
        match self.status {
            Assigned if self.round_one_ended() => match self.tally.majority() {
                _ if self.tally.needs_discussion() => Proposal::Discussion,
                Majority::Yes => Proposal::Candidate,
                Majority::No => Proposal::Refused,
                Majority::Neither => Proposal::Discussion,
            },
            ToDiscuss if self.round_two_over() => match self.tally.majority() {
                Majority::Yes => Proposal::Candidate,
                Majority::No => Proposal::Refused,
                Majority::Neither => Proposal::ChairDecides,
            },
            Assigned | ToDiscuss => Proposal::Waiting,
            _ => Proposal::Nothing,
        }
    }

    /// The step that the votes propose; never `refused`, which is always a person's decision.
    pub fn recommended(&self) -> Option<FilmStatus> {
        match (self.status, self.proposal()) {
            (_, Proposal::Candidate) => Some(Candidate),
            (Assigned, Proposal::Discussion) => Some(ToDiscuss),
            (Submitted, _) if self.panel > 0 => Some(Assigned),
            (Candidate | Selected | Finalist, _) if self.awards > 0 => Some(Awarded),
            _ => None,
        }
    }
}

/// What a film's votes say should be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// The film is in no round: the votes are not the question.
    Nothing,
    /// The round has not ended.
    Waiting,
    /// A majority YES: ready for `candidate`.
    Candidate,
    /// A majority NO: ready for `refused`, which is a person's decision.
    Refused,
    /// Round 1 ended with a request to discuss, or without a majority: ready for discussion.
    Discussion,
    /// Round 2 is over without a majority: the chair decides.
    ChairDecides,
}

/// What becomes of a film's ballots when it goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballots {
    /// They stay as they are.
    Keep,
    /// They are taken out of the tables and kept in the ledger (`refused` → `submitted`).
    Strike,
    /// Spent second votes may be changed once more (`to_discuss` → `assigned`).
    Reset,
}

/// A step that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Where to.
    pub to: FilmStatus,
    /// Why, in the person's own words.
    pub reason: Option<&'a str>,
    /// An administrator insists although the table has no such arrow.
    pub force: bool,
    /// What becomes of the ballots, where that is a question.
    pub ballots: Option<Ballots>,
}

/// Judges a step. `Ok(true)` is one that only force made possible.
///
/// # Errors
/// The first rule that stands in the way. `awarded` without an award, leaving `awarded` with one and `assigned` without a
/// juror are refused even by force.
pub fn judge(facts: &FilmFacts, step: &Step<'_>) -> Result<bool, Refusal> {
    let (from, to) = (facts.status, step.to);
    if from == to {
        return Err(Refusal::new(Rule::SameStatus).with("to", to));
    }
    never(facts, to)?;
    let forced = match arrow(facts, to) {
        Ok(()) => false,
        Err(_) if step.force => true,
        Err(refusal) => return Err(refusal),
    };
    let reasoned = step.reason.is_some_and(|reason| !reason.trim().is_empty());
    if !reasoned && (forced || needs_reason(from, to)) {
        return Err(Refusal::new(Rule::ReasonNeeded).with("to", to));
    }
    if asks_about_ballots(facts, to) && step.ballots.is_none() {
        return Err(Refusal::new(Rule::BallotsUndecided).with("votes", facts.ballots));
    }
    Ok(forced)
}

/// What even force can't do.
fn never(facts: &FilmFacts, to: FilmStatus) -> Result<(), Refusal> {
    if to == FilmStatus::Unknown {
        Err(Refusal::new(Rule::NotAllowed).with("from", facts.status).with("to", to))
    } else if to == Awarded && facts.awards == 0 {
        Err(Refusal::new(Rule::NoAward))
    } else if facts.status == Awarded && facts.awards > 0 {
        Err(Refusal::new(Rule::HasAward).with("awards", facts.awards))
    } else if to == Assigned && facts.panel == 0 {
        Err(Refusal::new(Rule::NoPanel))
    } else {
        Ok(())
    }
}

/// What the status table says.
fn arrow(facts: &FilmFacts, to: FilmStatus) -> Result<(), Refusal> {
    if !facts.status.arrows().contains(&to) {
        Err(Refusal::new(Rule::NotAllowed).with("from", facts.status).with("to", to))
    } else if (facts.status, to) == (Assigned, Submitted) && (facts.panel > 0 || facts.ballots > 0) {
        Err(Refusal::new(Rule::HasPanelOrVotes).with("panel", facts.panel).with("votes", facts.ballots))
    } else {
        Ok(())
    }
}

/// Whether the step wants a written reason although the table has its arrow.
pub fn needs_reason(from: FilmStatus, to: FilmStatus) -> bool {
    (from, to) == (Candidate, ToDiscuss)
}

/// Whether the step can't be taken before somebody said what becomes of the ballots.
pub fn asks_about_ballots(facts: &FilmFacts, to: FilmStatus) -> bool {
    (facts.status, to) == (Refused, Submitted) && facts.ballots > 0
}

/// Whether the step may give spent second votes back.
pub fn offers_reset(facts: &FilmFacts, to: FilmStatus) -> bool {
    (facts.status, to) == (ToDiscuss, Assigned) && facts.changed > 0
}

/// What speaks for or against a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// More than half of the counted votes say YES.
    MajorityYes(Tally),
    /// More than half say NO.
    MajorityNo(Tally),
    /// There are votes, and no majority.
    NoMajority(Tally),
    /// Nobody has voted.
    NoVotes,
    /// So many jurors asked to discuss.
    DiscussionAsked(u16),
    /// Nobody asked to discuss.
    NoDiscussionAsked,
    /// Every active juror has voted.
    RoundComplete,
    /// So many of so many active jurors have not voted yet: they could not vote any more, or not yet.
    VotesMissing(u16, u16),
    /// So many of so many voters still hold their one change.
    ChangesUnspent(u16, u16),
    /// So many jurors are on the panel.
    PanelReady(u16),
    /// The film has so many awards.
    Awards(u16),
    /// The table wants a reason for this step.
    WantsReason,
}

impl Ground {
    /// Whether it tells what the votes say, or that they do not say it.
    pub fn tells_votes(self) -> bool {
        matches!(
            self,
            Ground::MajorityYes(_)
                | Ground::MajorityNo(_)
                | Ground::NoMajority(_)
                | Ground::NoVotes
                | Ground::DiscussionAsked(_)
                | Ground::NoDiscussionAsked
        )
    }

    /// Whether it speaks for the step (`None`: it only informs).
    pub fn speaks_for(self, to: FilmStatus) -> Option<bool> {
        match self {
            Ground::MajorityYes(_) => Some(to != Refused),
            Ground::MajorityNo(_) => Some(to == Refused),
            Ground::DiscussionAsked(_) => Some(to == ToDiscuss),
            Ground::NoMajority(_) | Ground::NoVotes | Ground::NoDiscussionAsked => Some(false),
            Ground::RoundComplete | Ground::PanelReady(_) | Ground::Awards(_) => Some(true),
            Ground::VotesMissing(..) | Ground::ChangesUnspent(..) => Some(false),
            Ground::WantsReason => None,
        }
    }
}

/// One target that can be offered for a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where to.
    pub to: FilmStatus,
    /// The step that the votes propose.
    pub recommended: bool,
    /// What speaks for and against.
    pub grounds: Vec<Ground>,
}

/// The legal targets of a film, the recommended one first and `refused` never before another.
pub fn targets(facts: &FilmFacts) -> Vec<Target> {
    let recommended = facts.recommended();
    let mut targets: Vec<Target> = facts
        .status
        .arrows()
        .iter()
        .filter(|to| never(facts, **to).is_ok() && arrow(facts, **to).is_ok())
        .map(|&to| Target { to, recommended: recommended == Some(to), grounds: grounds(facts, to) })
        .collect();
    targets.sort_by_key(|target| (!target.recommended, target.to == Refused));
    targets
}

/// The targets that the table does not have but force could reach, in the order of a film's life.
pub fn forcible(facts: &FilmFacts) -> Vec<FilmStatus> {
    FilmStatus::ALL
        .into_iter()
        .filter(|to| *to != facts.status && never(facts, *to).is_ok() && arrow(facts, *to).is_err())
        .collect()
}

/// What speaks for and against one step.
pub fn grounds(facts: &FilmFacts, to: FilmStatus) -> Vec<Ground> {
    let mut grounds = Vec::new();
    match to {
        Assigned => grounds.push(Ground::PanelReady(facts.panel)),
        Submitted => {}
        Awarded => grounds.push(Ground::Awards(facts.awards)),
        ToDiscuss if facts.tally.to_discuss > 0 => grounds.push(Ground::DiscussionAsked(facts.tally.to_discuss)),
        ToDiscuss => grounds.push(Ground::NoDiscussionAsked),
        _ => grounds.push(match facts.tally.majority() {
            _ if facts.tally.total() == 0 => Ground::NoVotes,
            Majority::Yes => Ground::MajorityYes(facts.tally),
            Majority::No => Ground::MajorityNo(facts.tally),
            Majority::Neither => Ground::NoMajority(facts.tally),
        }),
    }
    if facts.status == Assigned && to != Submitted {
        grounds.push(match facts.missing() {
            0 if facts.round_one_complete() => Ground::RoundComplete,
            missing => Ground::VotesMissing(missing, facts.active),
        });
    }
    if facts.status == Assigned && facts.tally.needs_discussion() && !matches!(to, ToDiscuss | Submitted) {
        grounds.push(Ground::DiscussionAsked(facts.tally.to_discuss));
    }
    if facts.status == ToDiscuss && facts.voted > facts.decided {
        grounds.push(Ground::ChangesUnspent(facts.voted - facts.decided, facts.voted));
    }
    if needs_reason(facts.status, to) {
        grounds.push(Ground::WantsReason);
    }
    grounds
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts(status: FilmStatus) -> FilmFacts {
        FilmFacts { status, ..FilmFacts::default() }
    }

    fn step(to: FilmStatus) -> Step<'static> {
        Step { to, reason: None, force: false, ballots: None }
    }

    fn name(result: Result<bool, Refusal>) -> &'static str {
        match result {
            Ok(false) => "ok",
            Ok(true) => "forced",
            Err(refusal) => refusal.rule.name(),
        }
    }

    /// The table of the jury's statuses, row by row, for a film with a panel, no votes and no award.
    #[test]
    fn the_status_table() {
        let table = [
            (Submitted, "same ok no no ok no no ok"),
            (Assigned, "hpv same ok no ok no no ok"),
            (ToDiscuss, "no no same ok ok ok no ok"),
            (Selected, "no no no same ok ok noaw ok"),
            (Candidate, "no no why no same ok noaw ok"),
            (Finalist, "no no no no ok same noaw ok"),
            (Refused, "ok no no no no no no same"),
        ];
        let columns = [Submitted, Assigned, ToDiscuss, Selected, Candidate, Finalist, Awarded, Refused];
        for (from, row) in table {
            let facts = FilmFacts { panel: 3, active: 3, ..facts(from) };
            for (to, expected) in columns.into_iter().zip(row.split(' ')) {
                let expected = match expected {
                    "same" => "same_status",
                    "no" if to == Awarded => "no_award",
                    "no" => "not_allowed",
                    "hpv" => "has_panel_or_votes",
                    "noaw" => "no_award",
                    "why" => "reason_needed",
                    ok => ok,
                };
                assert_eq!(name(judge(&facts, &step(to))), expected, "{from} to {to}");
            }
        }
    }

    #[test]
    fn what_force_can_and_cannot_do() {
        let forced = |to, reason| Step { to, reason, force: true, ballots: None };
        let panel = |status| FilmFacts { panel: 3, active: 3, ..facts(status) };
        let awarded = FilmFacts { awards: 1, ..panel(Awarded) };
        let cases = [
            (panel(Submitted), forced(Finalist, None), "reason_needed"),
            (panel(Submitted), forced(Finalist, Some("  ")), "reason_needed"),
            (panel(Submitted), forced(Finalist, Some("wild card")), "forced"),
            (panel(Candidate), forced(Awarded, Some("please")), "no_award"),
            (awarded, forced(Finalist, Some("please")), "has_award"),
            (awarded, forced(Refused, Some("please")), "has_award"),
            (panel(Awarded), forced(Finalist, None), "ok"),
            (panel(Awarded), forced(Refused, Some("withdrawn")), "forced"),
            (facts(Submitted), forced(Assigned, Some("please")), "no_panel"),
            (panel(Assigned), forced(Submitted, Some("start again")), "forced"),
            (panel(FilmStatus::Unknown), step(Candidate), "not_allowed"),
            (panel(FilmStatus::Unknown), forced(Candidate, Some("repaired")), "forced"),
            (panel(Submitted), forced(FilmStatus::Unknown, Some("no")), "not_allowed"),
        ];
        for (facts, step, expected) in cases {
            assert_eq!(name(judge(&facts, &step)), expected, "{facts:?} {step:?}");
        }
    }

    #[test]
    fn going_back_asks_about_the_ballots() {
        let refused = FilmFacts { ballots: 2, ..facts(Refused) };
        assert_eq!(name(judge(&refused, &step(Submitted))), "ballots_undecided");
        for ballots in [Ballots::Keep, Ballots::Strike] {
            assert_eq!(name(judge(&refused, &Step { ballots: Some(ballots), ..step(Submitted) })), "ok");
        }
        assert_eq!(name(judge(&facts(Refused), &step(Submitted))), "ok");
        let discussed = FilmFacts { panel: 1, active: 1, voted: 1, changed: 1, ..facts(ToDiscuss) };
        assert!(offers_reset(&discussed, Assigned));
        assert!(!offers_reset(&FilmFacts { changed: 0, ..discussed }, Assigned));
    }

    #[test]
    fn what_the_votes_propose() {
        let tally = |yes, no, to_discuss| Tally { yes, no, to_discuss };
        let voted = |status, tally: Tally, active: u16, changed: u16| FilmFacts {
            panel: active,
            active,
            voted: u16::try_from(tally.total()).unwrap(),
            changed,
            decided: changed,
            tally,
            ..facts(status)
        };
        use Proposal::{ChairDecides, Discussion, Nothing, Waiting};
        let closed = |facts: FilmFacts| FilmFacts { closed: true, ..facts };
        let cases = [
            (facts(Submitted), Nothing, None),
            (FilmFacts { panel: 1, ..facts(Submitted) }, Nothing, Some(Assigned)),
            (voted(Assigned, tally(0, 0, 0), 3, 0), Waiting, None),
            (voted(Assigned, tally(2, 0, 0), 3, 0), Waiting, None),
            (closed(voted(Assigned, tally(2, 0, 0), 3, 0)), Proposal::Candidate, Some(Candidate)),
            (voted(Assigned, tally(2, 1, 0), 3, 0), Proposal::Candidate, Some(Candidate)),
            (voted(Assigned, tally(2, 0, 1), 3, 0), Discussion, Some(ToDiscuss)),
            (closed(voted(Assigned, tally(1, 0, 1), 3, 0)), Discussion, Some(ToDiscuss)),
            (voted(Assigned, tally(0, 3, 0), 3, 0), Proposal::Refused, None),
            (voted(Assigned, tally(1, 1, 0), 2, 0), Discussion, Some(ToDiscuss)),
            (voted(ToDiscuss, tally(3, 0, 0), 3, 2), Waiting, None),
            (FilmFacts { decided: 3, ..voted(ToDiscuss, tally(3, 0, 0), 3, 2) }, Proposal::Candidate, Some(Candidate)),
            (closed(voted(ToDiscuss, tally(2, 0, 1), 3, 0)), Proposal::Candidate, Some(Candidate)),
            (voted(ToDiscuss, tally(3, 0, 0), 3, 3), Proposal::Candidate, Some(Candidate)),
            (voted(ToDiscuss, tally(1, 2, 0), 3, 3), Proposal::Refused, None),
            (voted(ToDiscuss, tally(1, 1, 1), 3, 3), ChairDecides, None),
            (FilmFacts { awards: 1, ..facts(Candidate) }, Nothing, Some(Awarded)),
            (facts(Candidate), Nothing, None),
        ];
        for (facts, proposal, recommended) in cases {
            assert_eq!((facts.proposal(), facts.recommended()), (proposal, recommended), "{facts:?}");
        }
    }

    #[test]
    fn statuses_read_back_and_the_unknown_stay_unknown() {
        for status in FilmStatus::ALL {
            assert_eq!(FilmStatus::from_sql(status.as_sql()), status);
        }
        for text in ["", "SUBMITTED", "archived", "unknown"] {
            assert_eq!(FilmStatus::from_sql(text), FilmStatus::Unknown, "{text}");
        }
    }

    fn any_status() -> impl Strategy<Value = FilmStatus> {
        prop::sample::select([FilmStatus::ALL.as_slice(), &[FilmStatus::Unknown]].concat())
    }

    prop_compose! {
        fn any_facts()(
            status in any_status(), panel in 0u16..6, inactive in 0u16..6, missing in 0u16..6, unchanged in 0u16..6,
            standing in 0u16..3, closed: bool,
            (yes, no, to_discuss) in (0u16..6, 0u16..6, 0u16..6), extra in 0u16..3, awards in 0u16..3,
        ) -> FilmFacts {
            let active = panel.saturating_sub(inactive);
            let voted = active.saturating_sub(missing);
            let tally = Tally { yes, no, to_discuss };
            let ballots = yes + no + to_discuss + extra;
            let decided = voted.saturating_sub(unchanged);
            let changed = decided.saturating_sub(standing);
            FilmFacts { status, panel, active, voted, changed, decided, closed, ballots, tally, awards, first_votes_open: closed }
        }
    }

    proptest! {
        #[test]
        fn what_is_offered_is_exactly_what_is_accepted(facts in any_facts()) {
            let offered: Vec<_> = targets(&facts).into_iter().map(|t| t.to).collect();
            let forcible = forcible(&facts);
            for to in FilmStatus::ALL {
                let willing = Step { to, reason: Some("why"), force: false, ballots: Some(Ballots::Keep) };
                prop_assert_eq!(judge(&facts, &willing).is_ok(), offered.contains(&to), "{} to {}", facts.status, to);
                let forced = judge(&facts, &Step { force: true, ..willing });
                prop_assert_eq!(forced == Ok(true), forcible.contains(&to));
                prop_assert_eq!(forced == Ok(false), offered.contains(&to));
            }
        }

        #[test]
        fn the_recommended_comes_first_and_refused_is_never_before_another(facts in any_facts()) {
            let targets = targets(&facts);
            if let Some(first) = targets.first() {
                prop_assert!(first.to != Refused || targets.len() == 1);
            }
            prop_assert!(targets.iter().skip(1).all(|t| !t.recommended));
            prop_assert!(facts.recommended() != Some(Refused));
            if let Some(recommended) = facts.recommended() {
                prop_assert_eq!(targets.first().map(|t| t.to), Some(recommended));
            }
        }

        #[test]
        fn an_award_and_its_status_never_part(facts in any_facts(), force: bool) {
            let why = Some("why");
            let out = FilmFacts { status: Awarded, awards: facts.awards.max(1), ..facts };
            for to in FilmStatus::ALL {
                let left = judge(&out, &Step { to, reason: why, force, ballots: None });
                prop_assert!(left.is_err());
            }
            let none = FilmFacts { awards: 0, ..facts };
            let entered = judge(&none, &Step { to: Awarded, reason: why, force, ballots: None });
            prop_assert!(entered.is_err());
        }
    }
}

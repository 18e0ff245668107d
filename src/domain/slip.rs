//! What the web site did with ballots that it should not have: a second ballot of a juror, a ballot of ours written over
//! without a trace, a vote after the round was closed. Each is marked with both texts for staff to settle.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::outside::{Mark, Settled, Step, What};
use super::vote::{Count, Note, SetAside};
use super::{UserId, VoteId};

/// A ballot as a mark keeps it: what its juror said, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The ballot.
    pub vote: VoteId,
    /// Whose.
    pub juror: UserId,
    /// `None` where the column holds something that is no note.
    pub note: Option<Note>,
    /// As the juror wrote it.
    pub comments: Option<String>,
    /// How often it had been changed.
    pub modification_count: i32,
}

impl Slip {
    /// Whether two slips say the same; no comment is as good as an empty one.
    pub fn says(&self, other: &Slip) -> bool {
        self.note == other.note && self.words() == other.words()
    }

    /// Whether a ballot is as this slip has it, also in how often it was changed.
    pub fn is(&self, other: &Slip) -> bool {
        self.vote == other.vote && self.modification_count == other.modification_count && self.says(other)
    }

    fn words(&self) -> &str {
        self.comments.as_deref().unwrap_or_default()
    }

    /// As a mark keeps it: its id first, by which it is found again.
    pub fn to_json(&self) -> String {
        // Numbers and texts always have a form as JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads back what a mark keeps.
    pub fn from_json(json: &str) -> Option<Slip> {
        serde_json::from_str(json).ok()
    }
}

/// What a ballot said before: a note, where it is known, and a comment.
pub type Said = (Option<Note>, Option<String>);

/// What is known of one film's ballots.
#[derive(Clone, Debug, Default)]
pub struct Slips {
    /// The ballots as they are.
    pub now: Vec<Slip>,
    /// Which of them count.
    pub count: Count,
    /// What they said before, by the history that the site and we write.
    pub earlier: HashMap<VoteId, Vec<Said>>,
    /// What the console wrote last into each ballot that it wrote.
    pub ours: HashMap<VoteId, Slip>,
    /// The console wrote ballots of this film since it was looked at.
    pub touched: bool,
    /// What was marked before and settled.
    pub settled: Vec<(Mark, Settled)>,
}

impl Slips {
    /// What is to be marked: of which ballot, what it was, and what it is.
    fn found(&self) -> Vec<(What, Option<Slip>, &Slip)> {
        let by_id = |id: VoteId| self.now.iter().find(|slip| slip.vote == id);
        let aside = self.count.set_aside.iter().filter_map(|(id, why)| {
            let slip = by_id(*id)?;
            match why {
                SetAside::Duplicate => {
                    let counted = self.count.counted.iter().filter_map(|id| by_id(*id));
                    Some((What::Duplicate, counted.into_iter().find(|other| other.juror == slip.juror).cloned(), slip))
                }
                SetAside::Late => Some((What::Late, None, slip)),
                SetAside::NotOnPanel | SetAside::UnknownNote => None,
            }
        });
        let overwritten = self.now.iter().filter_map(|slip| {
            let ours = self.ours.get(&slip.vote).filter(|ours| !ours.says(slip))?;
            (!self.has_history(ours)).then(|| (What::Overwritten, Some(ours.clone()), slip))
        });
        aside.chain(overwritten).collect()
    }

    /// Whether the history keeps what was written over. An old history that kept texts as 0 knows no note.
    fn has_history(&self, ours: &Slip) -> bool {
        let kept = |(note, comments): &Said| {
            note.is_none_or(|note| Some(note) == ours.note) && comments.as_deref().unwrap_or_default() == ours.words()
        };
        self.earlier.get(&ours.vote).is_some_and(|earlier| earlier.iter().any(kept))
    }

    /// What follows for the marks: new ones, ones of which the site has written once more, and ones that are moot. What staff
    /// left as it was is not marked again.
    pub fn judge(&self, open: &[Mark]) -> Vec<Step> {
        let found = self.found();
        let about = |mark: &Mark| mark.after.as_deref().and_then(Slip::from_json);
        let open: Vec<(&Mark, Option<Slip>)> =
            open.iter().filter(|mark| What::BALLOTS.contains(&mark.what)).map(|mark| (mark, about(mark))).collect();
        let mut steps = Vec::new();
        for (mark, slip) in &open {
            let still = |(what, _, now): &&(What, Option<Slip>, &Slip)| {
                *what == mark.what && slip.as_ref().is_some_and(|slip| slip.vote == now.vote)
            };
            match found.iter().find(still) {
                None => steps.push(Step::Settle { mark: mark.id, how: self.why(mark, slip.as_ref()) }),
                Some((_, _, now)) if slip.as_ref().is_some_and(|slip| slip.is(now)) => {}
                Some((_, _, now)) => steps.push(Step::Move { mark: mark.id, after: Some(now.to_json()) }),
            }
        }
        for (what, before, now) in found {
            let same = |mark: &Mark, slip: &Slip| mark.what == what && slip.vote == now.vote;
            let known = open.iter().any(|(mark, slip)| slip.as_ref().is_some_and(|slip| same(mark, slip)));
            let left = |(mark, how): &(Mark, Settled)| {
                *how == Settled::Kept && about(mark).is_some_and(|slip| same(mark, &slip) && slip.is(now))
            };
            if !known && !self.settled.iter().any(left) {
                let before = before.map(|slip| slip.to_json());
                steps.push(Step::Mark { what, before, after: Some(now.to_json()) });
            }
        }
        steps
    }

    /// Why a mark is moot: the site took back what it did, or somebody of us decided.
    fn why(&self, mark: &Mark, slip: Option<&Slip>) -> Settled {
        let there = slip.is_some_and(|slip| self.now.iter().any(|now| now.vote == slip.vote));
        // Only staff let late votes count.
        if self.touched || (there && mark.what == What::Late) { Settled::Decided } else { Settled::Reverted }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::MarkId;
    use crate::domain::vote::{Ballot, Closings, Known, Panelist, count};

    fn slip(vote: i32, juror: i32, note: Note, comments: &str, modification_count: i32) -> Slip {
        let comments = Some(comments.to_owned());
        Slip { vote: VoteId(vote), juror: UserId(juror), note: Some(note), comments, modification_count }
    }

    fn slips(now: Vec<Slip>, closings: &Closings) -> Slips {
        let panel = [1, 2].map(|id| Panelist { id: UserId(id), active: true, stands: None });
        let ballot =
            |s: &Slip| Ballot { id: s.vote, juror: s.juror, note: s.note, modification_count: s.modification_count };
        let ballots: Vec<Ballot> = now.iter().map(ballot).collect();
        Slips { count: count(&ballots, &panel, closings), now, ..Slips::default() }
    }

    fn open(what: What, after: &Slip) -> Mark {
        Mark { id: MarkId(7), what, before: None, after: Some(after.to_json()) }
    }

    fn tell(steps: &[Step]) -> String {
        let short = |json: &Option<String>| {
            let slip = json.as_deref().and_then(Slip::from_json);
            slip.map_or("-".to_owned(), |slip| format!("{}{}", slip.vote, slip.comments.unwrap_or_default()))
        };
        let step = |step: &Step| match step {
            Step::Mark { what, before, after } => format!("{} {}>{}", what.name(), short(before), short(after)),
            Step::Move { mark, after } => format!("{mark} to {}", short(after)),
            Step::Settle { mark, how } => format!("{mark} {}", how.name()),
        };
        steps.iter().map(step).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_second_ballot_is_marked_until_it_is_gone_or_left() {
        let (first, second) = (slip(10, 1, Note::Yes, "a", 0), slip(11, 1, Note::No, "b", 0));
        let none = Closings::default();
        let both = slips(vec![first.clone(), second.clone()], &none);
        assert_eq!(tell(&both.judge(&[])), "duplicate 10a>11b");
        let mark = open(What::Duplicate, &second);
        assert_eq!(tell(&both.judge(std::slice::from_ref(&mark))), "");
        assert_eq!(tell(&slips(vec![first.clone()], &none).judge(std::slice::from_ref(&mark))), "7 reverted");
        let left = Slips { settled: vec![(mark.clone(), Settled::Kept)], ..both.clone() };
        assert_eq!(tell(&left.judge(&[])), "");
        // Changed once more it is the one that counts, and the other is the second one.
        let changed = Slip { modification_count: 1, ..second };
        let turned = Slips { settled: vec![(mark.clone(), Settled::Kept)], ..slips(vec![first, changed], &none) };
        assert_eq!(tell(&turned.judge(&[mark])), "7 reverted, duplicate 11b>10a");
    }

    #[test]
    fn a_ballot_of_ours_is_marked_where_nothing_keeps_what_it_said() {
        let (ours, site) = (slip(10, 1, Note::Yes, "ours", 0), slip(10, 1, Note::No, "site", 0));
        let none = Closings::default();
        let written =
            |now: &Slip| Slips { ours: [(ours.vote, ours.clone())].into(), ..slips(vec![now.clone()], &none) };
        assert_eq!(tell(&written(&ours).judge(&[])), "");
        assert_eq!(tell(&written(&site).judge(&[])), "overwritten 10ours>10site");
        let earlier = |note, text: &str| [(ours.vote, vec![(note, Some(text.to_owned()))])].into();
        let proper = Slips { earlier: earlier(Some(Note::Yes), "ours"), ..written(&site) };
        assert_eq!(tell(&proper.judge(&[])), "");
        let float = Slips { earlier: earlier(None, "ours"), ..written(&site) };
        assert_eq!(tell(&float.judge(&[])), "");
        let other = Slips { earlier: earlier(Some(Note::Yes), "other"), ..written(&site) };
        assert_eq!(tell(&other.judge(&[])), "overwritten 10ours>10site");
        let mark = open(What::Overwritten, &site);
        let again = slip(10, 1, Note::No, "again", 0);
        assert_eq!(tell(&written(&again).judge(std::slice::from_ref(&mark))), "7 to 10again");
        assert_eq!(tell(&written(&ours).judge(std::slice::from_ref(&mark))), "7 reverted");
        let touched = Slips { touched: true, ..written(&ours) };
        assert_eq!(tell(&touched.judge(std::slice::from_ref(&mark))), "7 decided");
        assert_eq!(tell(&written(&site).judge(&[mark])), "");
    }

    #[test]
    fn a_late_vote_is_marked_until_it_counts() {
        let late = slip(12, 2, Note::Yes, "late", 0);
        let closed = |vote| Closings {
            first: Some([Known { vote: VoteId(vote), modification_count: 0 }].into()),
            ..Closings::default()
        };
        assert_eq!(tell(&slips(vec![late.clone()], &closed(1)).judge(&[])), "late ->12late");
        let mark = open(What::Late, &late);
        assert_eq!(tell(&slips(vec![late], &closed(12)).judge(&[mark])), "7 decided");
    }
}

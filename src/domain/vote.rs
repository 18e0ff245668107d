//! Ballots: which count, and which are set aside.

use serde::{Deserialize, Serialize};

use super::consensus::Tally;
use super::{UserId, VoteId};

/// What a juror says of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Note {
    /// The film should be in the selection.
    #[serde(rename = "YES")]
    Yes,
    /// It should not.
    #[serde(rename = "NO")]
    No,
    /// The panel should talk about it.
    #[serde(rename = "TO DISCUSS")]
    ToDiscuss,
}

impl Note {
    /// All notes in the order of the platform's ENUM.
    pub const ALL: [Note; 3] = [Note::Yes, Note::No, Note::ToDiscuss];

    /// The platform's spelling.
    pub fn as_sql(self) -> &'static str {
        match self {
            Note::Yes => "YES",
            Note::No => "NO",
            Note::ToDiscuss => "TO DISCUSS",
        }
    }

    /// Its index in the platform's ENUM, for an old FLOAT column.
    pub fn index(self) -> i32 {
        match self {
            Note::Yes => 1,
            Note::No => 2,
            Note::ToDiscuss => 3,
        }
    }

    /// Reads the platform's spelling, or the ENUM's index that an old FLOAT column holds (1, 2, 3). Anything else,
    /// a silently stored 0 above all, is unknown and never counted.
    pub fn from_sql(text: &str) -> Option<Note> {
        match text {
            "YES" | "1" => Some(Note::Yes),
            "NO" | "2" => Some(Note::No),
            "TO DISCUSS" | "3" => Some(Note::ToDiscuss),
            _ => None,
        }
    }
}

/// A row of `votes`, as far as counting needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The row.
    pub id: VoteId,
    /// Whose.
    pub juror: UserId,
    /// `None` where the column holds something that is no note.
    pub note: Option<Note>,
    /// How often it was changed; NULL counts as 0, the site may have written more than 1.
    pub modification_count: i32,
}

/// Somebody whose votes on a film count: on its panel, or released with the vote kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panelist {
    /// Who.
    pub id: UserId,
    /// Whether they may vote and hold a round open; see [`super::jury::Juror::is_active`].
    pub active: bool,
    /// The ballot that they let stand in round 2, as it was then.
    pub stands: Option<Stand>,
}

/// "My vote stands", with the ballot as it was then: a change made on the web site voids it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// The ballot.
    pub vote: VoteId,
    /// Its note.
    pub note: Note,
    /// How often it had been changed.
    pub modification_count: i32,
}

impl Stand {
    /// Whether the ballot is still as its juror let it stand.
    pub fn holds(&self, ballot: &Ballot) -> bool {
        (self.vote, Some(self.note), self.modification_count) == (ballot.id, ballot.note, ballot.modification_count)
    }
}

/// A ballot as it was when staff closed a round. What is not among them, or was changed since, came late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The ballot.
    pub vote: VoteId,
    /// How often it had been changed.
    pub modification_count: i32,
}

/// The ballots that stood when staff closed the rounds of a film; `None` for a round that was not closed. What came late stays
/// late when a round is opened again, until staff say that it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closings {
    /// Round 1, while the film was assigned: any other ballot is late.
    pub first: Option<Box<[Known]>>,
    /// Round 2, while it was in discussion: any later change is late.
    pub second: Option<Box<[Known]>>,
    /// Ballots that came late for a round that is open again, or gone by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<VoteId>,
}

impl Closings {
    /// Whether the web site took a ballot after its round was closed and staff have not said that it counts.
    pub fn is_late(&self, ballot: &Ballot) -> bool {
        let among = |known: &[Known], counted: bool| {
            known.iter().any(|k| k.vote == ballot.id && (!counted || ballot.modification_count <= k.modification_count))
        };
        self.late.contains(&ballot.id)
            || self.first.as_ref().is_some_and(|known| !among(known, false))
            || self.second.as_ref().is_some_and(|known| !among(known, true))
    }

    /// These closings in place of others: what was late by those stays late.
    #[must_use]
    pub fn instead_of(mut self, before: &Closings, ballots: &[Ballot]) -> Closings {
        self.late.clone_from(&before.late);
        let late =
            ballots.iter().filter(|ballot| before.is_late(ballot) && !self.is_late(ballot)).map(|ballot| ballot.id);
        let late: Vec<VoteId> = late.collect();
        self.late.extend(late);
        self
    }
}

/// Why a ballot is shown but not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetAside {
    /// The juror is not on the film's panel.
    NotOnPanel,
    /// The same juror has another ballot on this film that counts.
    Duplicate,
    /// The note is none of the three.
    UnknownNote,
    /// The web site took it after staff had closed the round, and staff have not said that it counts.
    Late,
}

/// A film's ballots, judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The counted ballots by note.
    pub tally: Tally,
    /// The counted ballots.
    pub counted: Vec<VoteId>,
    /// The others, with why.
    pub set_aside: Vec<(VoteId, SetAside)>,
    /// Active jurors on the panel.
    pub active: u16,
    /// Active jurors with a counted ballot.
    pub voted: u16,
    /// Active jurors whose counted ballot has been changed: their one change is spent.
    pub changed: u16,
    /// Active jurors who have spent their change or let their vote stand: nothing more is to be expected of them.
    pub decided: u16,
}

/// Counts a film's ballots: one per juror of `panel`. Of duplicates (the site's) the one with the higher
/// `modification_count` counts, then the older (the lower id); one that came late or says nothing never stands in the way
/// of another.
pub fn count(ballots: &[Ballot], panel: &[Panelist], closings: &Closings) -> Count {
    let mut order: Vec<&Ballot> = ballots.iter().collect();
    order.sort_by_key(|b| (b.juror, std::cmp::Reverse(b.modification_count), b.id));
    let mut result = Count { active: clamp(panel.iter().filter(|p| p.active).count()), ..Count::default() };
    let mut counted_juror = None;
    for ballot in order {
        let Some(panelist) = panel.iter().find(|p| p.id == ballot.juror) else {
            result.set_aside.push((ballot.id, SetAside::NotOnPanel));
            continue;
        };
        let Some(note) = ballot.note else {
            result.set_aside.push((ballot.id, SetAside::UnknownNote));
            continue;
        };
        if closings.is_late(ballot) {
            result.set_aside.push((ballot.id, SetAside::Late));
            continue;
        }
        if counted_juror == Some(ballot.juror) {
            result.set_aside.push((ballot.id, SetAside::Duplicate));
            continue;
        }
        counted_juror = Some(ballot.juror);
        result.tally.add(note);
        result.counted.push(ballot.id);
        if panelist.active {
            let changed = ballot.modification_count > 0;
            result.voted += 1;
            result.changed += u16::from(changed);
            result.decided += u16::from(changed || panelist.stands.is_some_and(|stand| stand.holds(ballot)));
        }
    }
    result
}

fn clamp(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ballot(id: i32, juror: i32, note: Option<Note>, modification_count: i32) -> Ballot {
        Ballot { id: VoteId(id), juror: UserId(juror), note, modification_count }
    }

    fn on(id: i32, active: bool) -> Panelist {
        Panelist { id: UserId(id), active, stands: None }
    }

    #[test]
    fn of_duplicates_the_changed_one_counts_then_the_older() {
        let yes = Some(Note::Yes);
        let no = Some(Note::No);
        let panel = [on(1, true), on(2, true), on(3, false)];
        let ballots = [
            ballot(10, 1, yes, 0),
            ballot(11, 1, no, 1),
            ballot(12, 2, yes, 0),
            ballot(13, 2, no, 0),
            ballot(14, 3, no, 0),
            ballot(15, 9, yes, 0),
            ballot(16, 2, None, 5),
        ];
        let count = count(&ballots, &panel, &Closings::default());
        assert_eq!(count.counted, [VoteId(11), VoteId(12), VoteId(14)]);
        assert_eq!(
            count.set_aside,
            [
                (VoteId(10), SetAside::Duplicate),
                (VoteId(16), SetAside::UnknownNote),
                (VoteId(13), SetAside::Duplicate),
                (VoteId(15), SetAside::NotOnPanel),
            ]
        );
        assert_eq!(count.tally, Tally { yes: 1, no: 2, to_discuss: 0 });
        assert_eq!((count.active, count.voted, count.changed), (2, 2, 1));
    }

    #[test]
    fn what_came_late_is_set_aside_and_hides_nothing() {
        let panel = [on(1, true), on(2, true), on(3, true)];
        let known = |vote, modification_count| Known { vote: VoteId(vote), modification_count };
        let ballots = [
            ballot(10, 1, Some(Note::Yes), 0),
            ballot(11, 2, Some(Note::No), 1),
            ballot(12, 3, Some(Note::No), 0),
            ballot(13, 1, Some(Note::No), 1),
        ];
        let first = Closings { first: Some([known(10, 0), known(11, 0)].into()), ..Closings::default() };
        let counted = count(&ballots, &panel, &first);
        assert_eq!(counted.counted, [VoteId(10), VoteId(11)]);
        assert_eq!(counted.set_aside, [(VoteId(13), SetAside::Late), (VoteId(12), SetAside::Late)]);
        let second =
            Closings { second: Some([known(10, 0), known(11, 0), known(12, 0)].into()), ..Closings::default() };
        let counted = count(&ballots, &panel, &second);
        assert_eq!(counted.counted, [VoteId(10), VoteId(12)]);
        assert_eq!(counted.set_aside, [(VoteId(13), SetAside::Late), (VoteId(11), SetAside::Late)]);
    }

    #[test]
    fn a_vote_that_stands_is_decided_until_the_site_changes_it() {
        let stand = Stand { vote: VoteId(10), note: Note::Yes, modification_count: 0 };
        let panel = [Panelist { id: UserId(1), active: true, stands: Some(stand) }];
        let cases = [(Note::Yes, 0, 1), (Note::No, 0, 0), (Note::Yes, 1, 1)];
        for (note, changed, decided) in cases {
            let count = count(&[ballot(10, 1, Some(note), changed)], &panel, &Closings::default());
            assert_eq!(count.decided, decided, "{note:?} {changed}");
            assert_eq!(i32::from(count.changed), changed);
        }
    }

    #[test]
    fn notes_in_every_spelling_that_was_seen() {
        for note in Note::ALL {
            assert_eq!(Note::from_sql(note.as_sql()), Some(note));
            assert_eq!(Note::from_sql(&note.index().to_string()), Some(note));
        }
        for (text, note) in
            [("1", Some(Note::Yes)), ("3", Some(Note::ToDiscuss)), ("0", None), ("", None), ("yes", None)]
        {
            assert_eq!(Note::from_sql(text), note, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_ballot_is_counted_or_set_aside_and_one_counts_per_juror(
            rows in prop::collection::vec((0i32..6, 0usize..4, 0i32..3), 0..24),
            panel in prop::collection::btree_map(0i32..6, any::<bool>(), 0..6),
        ) {
            let ballots: Vec<_> = rows.iter().enumerate()
                .map(|(i, (juror, note, changed))| ballot(i as i32, *juror, Note::ALL.get(*note).copied(), *changed))
                .collect();
            let panel: Vec<_> = panel.into_iter().map(|(id, active)| on(id, active)).collect();
            let count = count(&ballots, &panel, &Closings::default());
            prop_assert_eq!(count.counted.len() + count.set_aside.len(), ballots.len());
            prop_assert_eq!(count.tally.total() as usize, count.counted.len());
            let mut jurors: Vec<_> = count.counted.iter().map(|id| ballots[id.0 as usize].juror).collect();
            jurors.sort();
            jurors.dedup();
            prop_assert_eq!(jurors.len(), count.counted.len());
            prop_assert!(count.changed <= count.decided && count.decided <= count.voted && count.voted <= count.active);
        }
    }
}

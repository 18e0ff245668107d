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

/// A member of a film's panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panelist {
    /// Who.
    pub id: UserId,
    /// Role `JURY` and enabled: may vote and holds a round open.
    pub active: bool,
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
}

/// Counts a film's ballots: one per juror on the panel. Of duplicates (the site's) the one with the higher
/// `modification_count` counts, then the older (the lower id).
pub fn count(ballots: &[Ballot], panel: &[Panelist]) -> Count {
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
        if counted_juror == Some(ballot.juror) {
            result.set_aside.push((ballot.id, SetAside::Duplicate));
            continue;
        }
        counted_juror = Some(ballot.juror);
        result.tally.add(note);
        result.counted.push(ballot.id);
        if panelist.active {
            result.voted += 1;
            result.changed += u16::from(ballot.modification_count > 0);
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
        Panelist { id: UserId(id), active }
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
        let count = count(&ballots, &panel);
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
    fn notes_in_every_spelling_that_was_seen() {
        for note in Note::ALL {
            assert_eq!(Note::from_sql(note.as_sql()), Some(note));
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
            let count = count(&ballots, &panel);
            prop_assert_eq!(count.counted.len() + count.set_aside.len(), ballots.len());
            prop_assert_eq!(count.tally.total() as usize, count.counted.len());
            let mut jurors: Vec<_> = count.counted.iter().map(|id| ballots[id.0 as usize].juror).collect();
            jurors.sort();
            jurors.dedup();
            prop_assert_eq!(jurors.len(), count.counted.len());
            prop_assert!(count.changed <= count.voted && count.voted <= count.active);
        }
    }
}

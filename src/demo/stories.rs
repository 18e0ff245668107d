//! What can have happened to a film by now: every status in each of its states, and the ballots that led there.

use super::dice::{Dice, Part};
use crate::domain::film::FilmStatus;
use crate::domain::vote::Note;

/// What happened to a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Story {
    /// Received; nobody has looked at it.
    Received,
    /// Received again after a refusal, with its old panel.
    ReceivedAgain,
    /// Round 1, nobody has voted.
    Waiting,
    /// Round 1, some have voted.
    UnderWay,
    /// Round 1 is complete: majority YES.
    Liked,
    /// Round 1 is complete: majority NO.
    Disliked,
    /// Round 1 is complete: a tie of two jurors.
    Tied,
    /// Round 1 is complete and somebody asked to discuss; the web site has not moved it.
    Asked,
    /// In round 1 although its panel was emptied.
    Deserted,
    /// Round 1; a disabled juror on the panel has not voted, all the others have.
    Stalled,
    /// Round 2, nobody has changed their vote.
    Discussed,
    /// Round 2, some have.
    Reconsidered,
    /// Round 2; one who voted has left the jury since.
    Bereft,
    /// Round 2 is over: majority YES.
    Convinced,
    /// Round 2 is over: majority NO.
    Dropped,
    /// Round 2 is over without a majority.
    Undecided,
    /// Candidate straight from round 1.
    Chosen,
    /// Candidate, promoted by a juror out of the discussion.
    Promoted,
    /// An older status.
    Selected,
    /// An older status.
    Finalist,
    /// With one award.
    Awarded,
    /// With two.
    AwardedTwice,
    /// Refused after round 1.
    Refused,
    /// Refused after round 2.
    RefusedLate,
    /// Refused without a panel.
    Ineligible,
}

use Story::*;

/// How often each happens, of [`BLOCK`] films. The first of each come first, so that a small festival has variety too.
const STORIES: &[(Story, usize)] = &[
    (UnderWay, 7),
    (Liked, 4),
    (Received, 6),
    (Discussed, 2),
    (Chosen, 4),
    (Refused, 5),
    (Awarded, 1),
    (Waiting, 4),
    (Reconsidered, 4),
    (Convinced, 3),
    (Selected, 2),
    (Finalist, 2),
    (AwardedTwice, 1),
    (Promoted, 2),
    (Disliked, 2),
    (Asked, 2),
    (Tied, 1),
    (Undecided, 1),
    (Dropped, 1),
    (RefusedLate, 1),
    (Ineligible, 1),
    (ReceivedAgain, 1),
    (Stalled, 1),
    (Bereft, 1),
    (Deserted, 1),
];

/// Films after which every story has been told.
pub(super) const BLOCK: usize = {
    let (mut sum, mut i) = (0, 0);
    while i < STORIES.len() {
        sum += STORIES[i].1;
        i += 1;
    }
    sum
};

/// The stories of one block of films, each block in an order of its own.
pub(super) fn block(seed: u64, number: u32, films: usize) -> Vec<Story> {
    let firsts = STORIES.iter().map(|(story, _)| *story);
    let others = STORIES.iter().flat_map(|(story, count)| std::iter::repeat_n(*story, count - 1));
    let mut stories: Vec<Story> = firsts.chain(others).take(films).collect();
    Dice::new(seed, Part::Plan, number).shuffle(&mut stories);
    stories
}

/// Who sits on the panel beside the usual jurors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guest {
    /// The juror whose account is disabled.
    Disabled,
    /// The one who is of the jury no longer.
    Gone,
}

impl Story {
    /// Where the film stands.
    pub(super) fn status(self) -> FilmStatus {
        match self {
            Received | ReceivedAgain => FilmStatus::Submitted,
            Waiting | UnderWay | Liked | Disliked | Tied | Asked | Deserted | Stalled => FilmStatus::Assigned,
            Discussed | Reconsidered | Bereft | Convinced | Dropped | Undecided => FilmStatus::ToDiscuss,
            Chosen | Promoted => FilmStatus::Candidate,
            Selected => FilmStatus::Selected,
            Finalist => FilmStatus::Finalist,
            Awarded | AwardedTwice => FilmStatus::Awarded,
            Refused | RefusedLate | Ineligible => FilmStatus::Refused,
        }
    }

    /// How many jurors are on the panel where a panel has `usual`.
    pub(super) fn panel(self, usual: usize, dice: &mut Dice) -> usize {
        match self {
            Received | Deserted | Ineligible => 0,
            Tied => 2,
            Undecided | Stalled | Bereft => usual,
            _ if dice.chance(8) => usual - 1,
            _ => usual,
        }
    }

    /// The odd one on the panel; they take its first seat.
    pub(super) fn guest(self) -> Option<Guest> {
        match self {
            Stalled => Some(Guest::Disabled),
            Bereft => Some(Guest::Gone),
            _ => None,
        }
    }

    /// How many awards it has.
    pub(super) fn awards(self) -> usize {
        match self {
            Awarded => 1,
            AwardedTwice => 2,
            _ => 0,
        }
    }

    /// The ballots of a panel of so many, seat by seat: first note and changed note.
    pub(super) fn ballots(self, seats: usize, dice: &mut Dice) -> Vec<(Option<Note>, Option<Note>)> {
        let nobody = vec![(None, None); seats];
        let once = |notes: Vec<Note>| notes.into_iter().map(|note| (Some(note), None)).collect();
        match self {
            _ if seats == 0 => nobody,
            Received | ReceivedAgain | Waiting | Deserted | Ineligible => nobody,
            UnderWay => {
                let voted = dice.count(1, seats - 1);
                let notes = (0..seats).map(|_| dice.pick(&[Note::Yes, Note::Yes, Note::No, Note::ToDiscuss]));
                notes.enumerate().map(|(seat, note)| ((seat < voted).then_some(note), None)).collect()
            }
            Liked | Chosen => once(mostly(Note::Yes, seats, dice)),
            Disliked | Refused => once(mostly(Note::No, seats, dice)),
            Tied => once((0..seats).map(|seat| if seat % 2 == 0 { Note::Yes } else { Note::No }).collect()),
            Asked | Discussed => once(asking(seats, dice)),
            Stalled => {
                let notes = mostly(Note::Yes, seats, dice);
                notes.into_iter().enumerate().map(|(seat, note)| ((seat > 0).then_some(note), None)).collect()
            }
            Reconsidered | Bereft => {
                let changed = dice.count(1, seats - 1);
                let second = mostly(Note::Yes, seats, dice);
                let both = asking(seats, dice).into_iter().zip(second).enumerate();
                // From the last seat on, so that the one who left the jury has kept their first vote.
                both.map(|(seat, (first, second))| (Some(first), (seat >= seats - changed).then_some(second))).collect()
            }
            Convinced | Promoted | Selected | Finalist | Awarded | AwardedTwice => twice(Note::Yes, seats, dice),
            Dropped | RefusedLate => twice(Note::No, seats, dice),
            Undecided => asking(seats, dice)
                .into_iter()
                .enumerate()
                .map(|(seat, first)| (Some(first), Some(Note::ALL[seat % Note::ALL.len()])))
                .collect(),
        }
    }
}

/// A majority for a note, the others against it, nobody asking to discuss.
fn mostly(note: Note, seats: usize, dice: &mut Dice) -> Vec<Note> {
    let against = if note == Note::Yes { Note::No } else { Note::Yes };
    let agreed = dice.count(seats / 2 + 1, seats);
    let mut notes: Vec<Note> = (0..seats).map(|seat| if seat < agreed { note } else { against }).collect();
    dice.shuffle(&mut notes);
    notes
}

/// Any notes with at least one that asks to discuss.
fn asking(seats: usize, dice: &mut Dice) -> Vec<Note> {
    let mut notes = vec![Note::ToDiscuss];
    notes.extend((1..seats).map(|_| dice.pick(&[Note::Yes, Note::No, Note::Yes, Note::ToDiscuss])));
    dice.shuffle(&mut notes);
    notes
}

/// A discussion that everybody came out of with a majority for a note.
fn twice(note: Note, seats: usize, dice: &mut Dice) -> Vec<(Option<Note>, Option<Note>)> {
    let second = mostly(note, seats, dice);
    asking(seats, dice).into_iter().zip(second).map(|(first, second)| (Some(first), Some(second))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::consensus::{Majority, Tally};

    #[test]
    fn every_block_tells_every_story_and_a_small_one_many() {
        for number in 0..3 {
            let block = block(7, number, BLOCK);
            assert!(STORIES.iter().all(|(s, count)| block.iter().filter(|other| *other == s).count() == *count));
        }
        assert_ne!(block(7, 0, BLOCK), block(7, 1, BLOCK));
        let few: std::collections::HashSet<_> = block(7, 0, 10).into_iter().collect();
        assert_eq!(few.len(), 10);
    }

    #[test]
    fn ballots_say_what_the_story_says() {
        for round in 0..200 {
            let dice = &mut Dice::new(1, Part::Plan, round);
            for (story, _) in STORIES {
                for usual in [3, 6] {
                    let seats = story.panel(usual, dice);
                    let ballots = story.ballots(seats, dice);
                    assert_eq!(ballots.len(), seats, "{story:?}");
                    let mut tally = Tally::default();
                    ballots.iter().filter_map(|(first, second)| second.or(*first)).for_each(|note| tally.add(note));
                    let voted = ballots.iter().filter(|(first, _)| first.is_some()).count();
                    let changed = ballots.iter().filter(|(_, second)| second.is_some()).count();
                    let asked = ballots.iter().any(|(first, _)| *first == Some(Note::ToDiscuss));
                    match story {
                        UnderWay | Stalled => assert!(voted > 0 && voted < seats && changed == 0, "{story:?}"),
                        Liked | Chosen => assert!(voted == seats && tally.majority() == Majority::Yes && !asked),
                        Disliked | Refused => assert!(voted == seats && tally.majority() == Majority::No && !asked),
                        Tied => assert!(voted == seats && tally.majority() == Majority::Neither),
                        Asked | Discussed => assert!(voted == seats && changed == 0 && asked),
                        Reconsidered | Bereft => assert!(voted == seats && changed > 0 && changed < seats && asked),
                        Convinced => assert!(changed == seats && tally.majority() == Majority::Yes && asked),
                        Dropped => assert!(changed == seats && tally.majority() == Majority::No && asked),
                        Undecided => assert!(changed == seats && tally.majority() == Majority::Neither),
                        _ => {}
                    }
                }
            }
        }
    }
}

//! Tallies and what they say: the share of YES and the majorities.

use serde::Serialize;

use super::vote::Note;

/// Counted votes of one film, by note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Tally {
    /// Counted votes YES.
    pub yes: u16,
    /// Counted votes NO.
    pub no: u16,
    /// Counted votes TO DISCUSS.
    pub to_discuss: u16,
}

/// What a majority of the counted votes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Majority {
    /// More than half say YES.
    Yes,
    /// More than half say NO.
    No,
    /// Neither.
    Neither,
}

impl Tally {
    /// Adds one counted vote.
    pub fn add(&mut self, note: Note) {
        let count = match note {
            Note::Yes => &mut self.yes,
            Note::No => &mut self.no,
            Note::ToDiscuss => &mut self.to_discuss,
        };
        *count = count.saturating_add(1);
    }

    /// All counted votes.
    pub fn total(self) -> u32 {
        u32::from(self.yes) + u32::from(self.no) + u32::from(self.to_discuss)
    }

    /// The share of YES among the counted votes, 0 to 1; `None` without votes, never NaN.
    pub fn consensus(self) -> Option<f64> {
        (self.total() > 0).then(|| f64::from(self.yes) / f64::from(self.total()))
    }

    /// The share of YES in whole per cent, rounded half up; `None` without votes.
    pub fn percent(self) -> Option<u8> {
        let total = self.total();
        (total > 0).then(|| u8::try_from((200 * u32::from(self.yes) + total) / (2 * total)).unwrap_or(100))
    }

    /// Whether somebody asked to discuss the film.
    pub fn needs_discussion(self) -> bool {
        self.to_discuss > 0
    }

    /// Majority YES is 2 × YES > counted votes, `TO DISCUSS` among them; majority NO likewise.
    pub fn majority(self) -> Majority {
        if 2 * u32::from(self.yes) > self.total() {
            Majority::Yes
        } else if 2 * u32::from(self.no) > self.total() {
            Majority::No
        } else {
            Majority::Neither
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn majorities_by_table() {
        let cases = [
            ((0, 0, 0), Majority::Neither, None),
            ((1, 0, 0), Majority::Yes, Some(100)),
            ((1, 1, 0), Majority::Neither, Some(50)),
            ((2, 1, 0), Majority::Yes, Some(67)),
            ((2, 1, 1), Majority::Neither, Some(50)),
            ((1, 2, 0), Majority::No, Some(33)),
            ((0, 2, 2), Majority::Neither, Some(0)),
            ((0, 3, 2), Majority::No, Some(0)),
        ];
        for ((yes, no, to_discuss), majority, percent) in cases {
            let tally = Tally { yes, no, to_discuss };
            assert_eq!((tally.majority(), tally.percent()), (majority, percent), "{tally:?}");
        }
    }

    proptest! {
        #[test]
        fn a_share_is_a_number_between_nothing_and_all(yes: u16, no: u16, to_discuss: u16) {
            let tally = Tally { yes, no, to_discuss };
            match tally.consensus() {
                None => prop_assert_eq!(tally.total(), 0),
                Some(share) => {
                    prop_assert!((0.0..=1.0).contains(&share));
                    let percent = f64::from(tally.percent().unwrap());
                    prop_assert!((share * 100.0 - percent).abs() <= 0.5 + 1e-9);
                }
            }
        }
    }
}

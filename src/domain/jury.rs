//! Panels: how many jurors a film should have, and what is odd about the ones it has.

use super::film::{FilmFacts, FilmStatus};

/// What is odd about a film's panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanelFlag {
    /// Nobody is on it although the film is past `submitted`.
    Empty,
    /// Fewer active jurors than `jury.size`.
    Small,
    /// Somebody on it may not vote (disabled, or no longer of the jury).
    Inactive,
}

/// Judges a film's panel against `jury.size`. A film that is decided (refused, awarded) needs none.
pub fn panel_flag(facts: &FilmFacts, jury_size: u16) -> Option<PanelFlag> {
    match facts.status {
        FilmStatus::Refused | FilmStatus::Awarded => None,
        FilmStatus::Submitted if facts.panel == 0 => None,
        _ if facts.panel == 0 => Some(PanelFlag::Empty),
        _ if facts.active < facts.panel => Some(PanelFlag::Inactive),
        _ if facts.active < jury_size => Some(PanelFlag::Small),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::consensus::Tally;

    #[test]
    fn by_table() {
        use FilmStatus::{Assigned, Refused, Submitted};
        let cases = [
            (Submitted, 0, 0, None),
            (Assigned, 0, 0, Some(PanelFlag::Empty)),
            (Assigned, 2, 2, Some(PanelFlag::Small)),
            (Assigned, 3, 2, Some(PanelFlag::Inactive)),
            (Assigned, 3, 3, None),
            (Refused, 1, 1, None),
        ];
        for (status, panel, active, expected) in cases {
            let tally = Tally::default();
            let facts = FilmFacts { status, panel, active, voted: 0, changed: 0, ballots: 0, tally, awards: 0 };
            assert_eq!(panel_flag(&facts, 3), expected, "{facts:?}");
        }
    }
}

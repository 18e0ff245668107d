//! What the festival's web site changed without telling us: what of it is marked for staff, and when a mark is moot.
//!
//! A look compares a film as it was known with the film as it now is, and takes out of the difference what the console
//! did itself since. Films are compared by sums over chunks of ids first, so that a look that finds nothing reads little.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::MarkId;
use super::film::FilmStatus;

/// What of a film is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// `selection_status`.
    Status,
    /// `title`.
    Title,
    /// `duration`.
    Duration,
    /// `youtube_link`.
    YoutubeLink,
    /// `trailer`.
    Trailer,
    /// `youtube_movie_id`.
    YoutubeMovieId,
    /// The film itself.
    Gone,
    /// A second ballot of a juror: set aside until staff strike it.
    Duplicate,
    /// A ballot of ours, written over without a trace.
    Overwritten,
    /// A vote after the round was closed: set aside until staff let it count.
    Late,
}

impl What {
    /// Everything that can be marked.
    pub const ALL: [What; 10] = [
        What::Status,
        What::Title,
        What::Duration,
        What::YoutubeLink,
        What::Trailer,
        What::YoutubeMovieId,
        What::Gone,
        What::Duplicate,
        What::Overwritten,
        What::Late,
    ];

    /// What can be marked of a ballot, as [`Slips`](super::slip::Slips) judges it: both values are slips.
    pub const BALLOTS: [What; 3] = [What::Duplicate, What::Overwritten, What::Late];

    /// The columns that tell jurors what they vote on: a change is marked once somebody has voted.
    pub const WATCHED: [What; 5] =
        [What::Title, What::Duration, What::YoutubeLink, What::Trailer, What::YoutubeMovieId];

    /// Its name in our table, and the name of its column but for the status and the film itself.
    pub fn name(self) -> &'static str {
        match self {
            What::Status => "status",
            What::Title => "title",
            What::Duration => "duration",
            What::YoutubeLink => "youtube_link",
            What::Trailer => "trailer",
            What::YoutubeMovieId => "youtube_movie_id",
            What::Gone => "gone",
            What::Duplicate => "duplicate",
            What::Overwritten => "overwritten",
            What::Late => "late",
        }
    }

    /// Reads the name back.
    pub fn from_name(name: &str) -> Option<What> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }

    /// Whether two values are the same: NULL is as good as an empty text, one unknown status as another, and `60` as
    /// `60.00`.
    pub fn same(self, one: Option<&str>, other: Option<&str>) -> bool {
        let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
        let number = |text: &str| text.trim().parse::<f64>().ok();
        match self {
            What::Status => FilmStatus::from_sql(one) == FilmStatus::from_sql(other),
            What::Duration if number(one).is_some() => number(one) == number(other),
            _ => one == other,
        }
    }
}

/// What is watched of one film.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Film {
    /// Its `createdAt` as the server writes it, because an id can come again; `None` where it is not known.
    pub born: Option<String>,
    /// `selection_status` as it stands in the table.
    pub status: String,
    /// The other watched columns; what the table lacks is not there.
    pub values: BTreeMap<What, Option<String>>,
    /// Whether anybody has voted on it.
    pub voted: bool,
}

impl Film {
    /// One watched value.
    pub fn value(&self, what: What) -> Option<&str> {
        match what {
            What::Status => Some(&self.status),
            _ => self.values.get(&what)?.as_deref(),
        }
    }

    fn has(&self, what: What) -> bool {
        what == What::Status || self.values.contains_key(&what)
    }

    /// Whether this is the film that had this id before.
    fn is(&self, before: &Film) -> bool {
        self.born.is_none() || before.born.is_none() || self.born == before.born
    }
}

/// What the console itself did with a film since it was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// It was taken out of the table.
    pub gone: bool,
    /// The values that were written.
    pub values: BTreeMap<What, Option<String>>,
}

/// A mark that nobody has settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its id.
    pub id: MarkId,
    /// What was changed.
    pub what: What,
    /// As the console last knew it.
    pub before: Option<String>,
    /// As the web site has it.
    pub after: Option<String>,
}

/// How a mark is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// Staff took the site's value.
    Kept,
    /// Staff put ours back.
    PutBack,
    /// Staff wrote another value since.
    Decided,
    /// The site took it back itself.
    Reverted,
    /// The film is gone.
    Gone,
}

impl Settled {
    /// Every way.
    pub const ALL: [Settled; 5] = [Settled::Kept, Settled::PutBack, Settled::Decided, Settled::Reverted, Settled::Gone];

    /// Reads the name back.
    pub fn from_name(name: &str) -> Option<Settled> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }

    /// Its name in our table.
    pub fn name(self) -> &'static str {
        match self {
            Settled::Kept => "kept",
            Settled::PutBack => "put_back",
            Settled::Decided => "decided",
            Settled::Reverted => "reverted",
            Settled::Gone => "gone",
        }
    }
}

/// What follows from a look at one film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new mark.
    Mark {
        /// What was changed.
        what: What,
        /// As we knew it.
        before: Option<String>,
        /// As it is.
        after: Option<String>,
    },
    /// The site changed it once more.
    Move {
        /// The mark.
        mark: MarkId,
        /// As it is now.
        after: Option<String>,
    },
    /// A mark is moot.
    Settle {
        /// The mark.
        mark: MarkId,
        /// Why.
        how: Settled,
    },
}

/// Compares a film as it was known with what it is now (`None`: it is gone), knowing what the console did meanwhile, the
/// oldest first, and which marks are open.
pub fn judge(before: &Film, now: Option<&Film>, ours: &[Own], open: &[Mark]) -> Vec<Step> {
    let Some(now) = now.filter(|now| now.is(before)) else {
        let left = open.iter().filter(|mark| mark.what != What::Gone);
        let mut steps: Vec<Step> = left.map(|mark| Step::Settle { mark: mark.id, how: Settled::Gone }).collect();
        if !ours.iter().any(|own| own.gone) {
            steps.push(Step::Mark { what: What::Gone, before: Some(before.status.clone()), after: None });
        }
        return steps;
    };
    let voted = before.voted || now.voted;
    let watched = What::WATCHED.into_iter().filter(|what| before.has(*what) && now.has(*what));
    let steps = [What::Status].into_iter().chain(watched);
    steps.flat_map(|what| value(what, before, now, ours, open, voted)).collect()
}

/// The same for one value.
fn value(what: What, before: &Film, now: &Film, ours: &[Own], open: &[Mark], voted: bool) -> Vec<Step> {
    let mark = open.iter().find(|mark| mark.what == what);
    // What was put back to the site's value by an undo is marked again.
    let undone =
        |written: &&Option<String>| mark.is_some_and(|mark| what.same(mark.after.as_deref(), written.as_deref()));
    let written = ours.iter().rev().find_map(|own| own.values.get(&what)).filter(|written| !undone(written));
    let expected = written.map_or(before.value(what), Option::as_deref);
    let (is, owned) = (now.value(what), |value: Option<&str>| value.map(str::to_owned));
    let as_expected = what.same(expected, is);
    let mut steps = Vec::new();
    match (mark, written) {
        (Some(mark), Some(_)) => steps.push(Step::Settle { mark: mark.id, how: Settled::Decided }),
        (Some(mark), None) if !as_expected && what.same(mark.before.as_deref(), is) => {
            return vec![Step::Settle { mark: mark.id, how: Settled::Reverted }];
        }
        (Some(mark), None) if !as_expected => return vec![Step::Move { mark: mark.id, after: owned(is) }],
        _ => {}
    }
    if !as_expected && (what == What::Status || voted) {
        steps.push(Step::Mark { what, before: owned(expected), after: owned(is) });
    }
    steps
}

/// Films whose ids differ in their last digits only are summed together.
const CHUNK: i64 = 256;

/// The chunk of a film's id.
pub fn chunk_of(id: i32) -> i64 {
    i64::from(id) / CHUNK
}

/// The first and the last id of a chunk. The chunk around zero is twice as large, as the server's DIV has it.
pub fn bounds(chunk: i64) -> (i64, i64) {
    let low = if chunk <= 0 { chunk * CHUNK - (CHUNK - 1) } else { chunk * CHUNK };
    let high = if chunk < 0 { chunk * CHUNK } else { chunk * CHUNK + (CHUNK - 1) };
    (low, high)
}

/// Sums over films and what hangs on them: of one film or of a chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Every column of the films.
    pub film: u64,
    /// Who sits on the panel.
    pub panel: u64,
    /// Every column of the ballots.
    pub votes: u64,
    /// Every column of the awards.
    pub awards: u64,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Sums) {
        self.film = self.film.wrapping_add(other.film);
        self.panel = self.panel.wrapping_add(other.panel);
        self.votes = self.votes.wrapping_add(other.votes);
        self.awards = self.awards.wrapping_add(other.awards);
    }
}

/// Sums by chunk.
pub type Chunks = BTreeMap<i64, Sums>;

/// The chunks that are not as they were known. A chunk without anything in it is none.
pub fn differing(known: &Chunks, now: &Chunks) -> Vec<i64> {
    let nothing = Sums::default();
    let differs = |chunk: &i64| known.get(chunk).unwrap_or(&nothing) != now.get(chunk).unwrap_or(&nothing);
    let mut chunks: Vec<i64> = known.keys().chain(now.keys()).copied().filter(differs).collect();
    chunks.sort_unstable();
    chunks.dedup();
    chunks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn film(status: &str, title: &str, voted: bool) -> Film {
        let values = [(What::Title, Some(title.to_owned())), (What::Duration, None)];
        Film { born: Some("2026-01-01 10:00:00".into()), status: status.into(), values: values.into(), voted }
    }

    fn own(what: What, value: &str) -> Own {
        Own { gone: false, values: [(what, Some(value.to_owned()))].into() }
    }

    fn mark(what: What, before: &str, after: &str) -> Mark {
        Mark { id: MarkId(1), what, before: Some(before.into()), after: Some(after.into()) }
    }

    fn tell(steps: &[Step]) -> String {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let step = |step: &Step| match step {
            Step::Mark { what, before, after } => format!("{} {}>{}", what.name(), text(before), text(after)),
            Step::Move { mark, after } => format!("{mark} to {}", text(after)),
            Step::Settle { mark, how } => format!("{mark} {}", how.name()),
        };
        steps.iter().map(step).collect::<Vec<_>>().join(", ")
    }

    /// What happened, the film as it was known and as it is, what we wrote, what is marked already, and the steps.
    type Case = (&'static str, Film, Option<Film>, Vec<Own>, Vec<Mark>, &'static str);

    #[test]
    fn what_is_marked_by_table() {
        let known = film("assigned", "Red", false);
        let voted = film("assigned", "Red", true);
        let status = |text: &str| film(text, "Red", false);
        let none: &[Own] = &[];
        let cases: Vec<Case> = vec![
            ("nothing", known.clone(), Some(known.clone()), none.into(), vec![], ""),
            (
                "the site's status",
                known.clone(),
                Some(status("refused")),
                none.into(),
                vec![],
                "status assigned>refused",
            ),
            ("ours", known.clone(), Some(status("refused")), vec![own(What::Status, "refused")], vec![], ""),
            (
                "ours, there and back",
                known.clone(),
                Some(status("assigned")),
                vec![own(What::Status, "refused"), own(What::Status, "assigned")],
                vec![],
                "",
            ),
            (
                "the site's after ours",
                known.clone(),
                Some(status("awarded")),
                vec![own(What::Status, "refused")],
                vec![],
                "status refused>awarded",
            ),
            ("unknown words are alike", status("odd"), Some(status("")), none.into(), vec![], ""),
            (
                "a title before the first vote",
                known.clone(),
                Some(film("assigned", "Blue", false)),
                none.into(),
                vec![],
                "",
            ),
            ("after it", voted.clone(), Some(film("assigned", "Blue", true)), none.into(), vec![], "title Red>Blue"),
            ("with it", known.clone(), Some(film("assigned", "Blue", true)), none.into(), vec![], "title Red>Blue"),
            (
                "and then no vote",
                voted.clone(),
                Some(film("assigned", "Blue", false)),
                none.into(),
                vec![],
                "title Red>Blue",
            ),
            (
                "our title",
                voted.clone(),
                Some(film("assigned", "Blue", true)),
                vec![own(What::Title, "Blue")],
                vec![],
                "",
            ),
            ("gone", known.clone(), None, none.into(), vec![], "gone assigned>-"),
            ("in our trash", known.clone(), None, vec![Own { gone: true, ..Own::default() }], vec![], ""),
            (
                "gone with a mark",
                known.clone(),
                None,
                none.into(),
                vec![mark(What::Status, "submitted", "assigned")],
                "1 gone, gone assigned>-",
            ),
            (
                "its id used again",
                known.clone(),
                Some(Film { born: Some("2026-02-02 10:00:00".into()), ..known.clone() }),
                none.into(),
                vec![],
                "gone assigned>-",
            ),
            (
                "without a date nobody can tell",
                known.clone(),
                Some(Film { born: None, ..known.clone() }),
                none.into(),
                vec![],
                "",
            ),
            (
                "still marked",
                known.clone(),
                Some(known.clone()),
                none.into(),
                vec![mark(What::Status, "submitted", "assigned")],
                "",
            ),
            (
                "set back by the site",
                known.clone(),
                Some(status("submitted")),
                none.into(),
                vec![mark(What::Status, "submitted", "assigned")],
                "1 reverted",
            ),
            (
                "set once more",
                known.clone(),
                Some(status("refused")),
                none.into(),
                vec![mark(What::Status, "submitted", "assigned")],
                "1 to refused",
            ),
            (
                "decided by us",
                known.clone(),
                Some(status("refused")),
                vec![own(What::Status, "refused")],
                vec![mark(What::Status, "submitted", "assigned")],
                "1 decided",
            ),
            (
                "decided by us and undone",
                status("refused"),
                Some(known.clone()),
                vec![own(What::Status, "refused"), own(What::Status, "assigned")],
                vec![mark(What::Status, "submitted", "assigned")],
                "1 to assigned",
            ),
            (
                "decided by us and set again",
                known.clone(),
                Some(status("awarded")),
                vec![own(What::Status, "refused")],
                vec![mark(What::Status, "submitted", "assigned")],
                "1 decided, status refused>awarded",
            ),
        ];
        for (name, before, now, ours, open, expected) in cases {
            assert_eq!(tell(&judge(&before, now.as_ref(), &ours, &open)), expected, "{name}");
        }
        let grown = Film { values: BTreeMap::new(), ..voted.clone() };
        assert_eq!(tell(&judge(&grown, Some(&voted), &[], &[])), "", "a column that was not there");
    }

    #[test]
    fn values_that_are_alike() {
        for (what, one, other, expected) in [
            (What::Duration, Some("60"), Some("60.00"), true),
            (What::Duration, Some("060"), Some("60"), true),
            (What::Duration, Some("60"), Some("60.5"), false),
            (What::Duration, Some("0"), None, false),
            (What::Duration, None, Some(""), true),
            (What::Duration, Some("1:00:00"), Some("1:00"), false),
            (What::Title, Some("60"), Some("60.00"), false),
            (What::Title, None, Some(""), true),
        ] {
            assert_eq!(what.same(one, other), expected, "{what:?} {one:?} {other:?}");
            assert_eq!(what.same(other, one), expected, "{what:?} {other:?} {one:?}");
        }
    }

    #[test]
    fn names_read_back() {
        for what in What::ALL {
            assert_eq!(What::from_name(what.name()), Some(what));
        }
        assert_eq!(What::from_name("synopsis"), None);
    }

    /// A festival of films by id, each with what its sum would be.
    fn festival() -> impl Strategy<Value = BTreeMap<i32, u64>> {
        let ids = prop_oneof![-600..3_000_i32, any::<i32>()];
        prop::collection::btree_map(ids, 1..u64::MAX, 0..300)
    }

    fn summed(films: &BTreeMap<i32, u64>) -> Chunks {
        let mut chunks = Chunks::new();
        for (id, film) in films {
            *chunks.entry(chunk_of(*id)).or_default() += Sums { film: *film, ..Sums::default() };
        }
        chunks
    }

    proptest! {
        #[test]
        fn every_id_lies_in_its_chunk_alone(id: i32) {
            let chunk = chunk_of(id);
            let (low, high) = bounds(chunk);
            prop_assert!((low..=high).contains(&i64::from(id)));
            prop_assert_eq!(bounds(chunk + 1).0, high + 1);
        }

        #[test]
        fn a_changed_film_is_found_by_its_chunk_and_no_other_is_read(
            before in festival(), changes in prop::collection::btree_map(-600..3_000_i32, prop::option::of(1..u64::MAX), 0..4),
        ) {
            let mut now = before.clone();
            for (id, change) in &changes {
                match change {
                    Some(sum) => now.insert(*id, *sum),
                    None => now.remove(id),
                };
            }
            let different = |id: &&i32| before.get(id) != now.get(id);
            let mut expected: Vec<i64> = changes.keys().filter(different).map(|id| chunk_of(*id)).collect();
            expected.dedup();
            // Two changes of one chunk that add up to nothing are beyond what a sum can tell.
            let (known, live) = (summed(&before), summed(&now));
            expected.retain(|chunk| known.get(chunk) != live.get(chunk));
            prop_assert_eq!(differing(&known, &live), expected.clone());
            if changes.len() == 1 {
                prop_assert_eq!(expected.len(), changes.keys().filter(different).count());
            }
        }
    }
}

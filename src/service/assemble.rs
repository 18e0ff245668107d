//! Light rows from what separate queries brought: joined and counted in memory, which is far quicker than in SQL.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::api::film::{FilmRow, Juror};
use crate::domain::text::fold;
use crate::domain::vote::{Ballot, Panelist, count};
use crate::domain::{FilmId, UserId};
use crate::store::films::{FilmLine, RawBallot, Seat};
use crate::store::people::Name;

/// Short texts that many films share, kept once each together with their folded form.
#[derive(Debug, Default)]
pub(super) struct Shared {
    texts: HashMap<Arc<str>, Box<str>>,
}

impl Shared {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some((kept, _)) = self.texts.get_key_value(text) {
            return Arc::clone(kept);
        }
        let kept: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&kept), fold(text).into());
        kept
    }

    fn folded(&self, text: &str) -> &str {
        self.texts.get(text).map_or("", |folded| folded)
    }
}

/// What the queries brought about some films.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The films.
    pub(super) films: Vec<FilmLine>,
    /// Producers and jurors, as far as the films name them.
    pub(super) names: HashMap<i32, Name>,
    /// Their panels.
    pub(super) seats: Vec<Seat>,
    /// Their ballots.
    pub(super) ballots: Vec<RawBallot>,
    /// Films with awards, once per award.
    pub(super) awards: Vec<i32>,
    /// Accounts that may not sign in.
    pub(super) disabled: HashSet<i32>,
}

impl Raw {
    /// Whether somebody on a panel may vote.
    fn is_active(&self, user: i32) -> bool {
        self.names.get(&user).is_some_and(|name| name.jury) && !self.disabled.contains(&user)
    }

    /// The jury: whoever has its role, and whoever sits on one of the panels.
    pub(super) fn jurors(&self) -> Arc<[Juror]> {
        let mut ids: Vec<i32> = self.names.iter().filter(|(_, name)| name.jury).map(|(id, _)| *id).collect();
        ids.extend(self.seats.iter().map(|seat| seat.user));
        ids.sort_unstable();
        ids.dedup();
        let juror = |id: i32| Juror {
            id: UserId(id),
            name: self.names.get(&id).map(|name| name.full().into()).unwrap_or_default(),
            active: self.is_active(id),
        };
        ids.into_iter().map(juror).collect()
    }

    /// The rows, the newest (highest id) first.
    pub(super) fn rows(mut self) -> Vec<FilmRow> {
        // Rising, as the tables have most of it already: such a list is sorted at a glance.
        let mut films = std::mem::take(&mut self.films);
        films.sort_unstable_by_key(|film| film.id);
        self.seats.sort_unstable_by_key(|seat| (seat.film, seat.user));
        self.seats.dedup();
        self.ballots.sort_unstable_by_key(|ballot| ballot.film);
        self.awards.sort_unstable();
        let active: HashSet<i32> = self.names.keys().copied().filter(|id| self.is_active(*id)).collect();
        let mut joined = Joined { raw: &self, active, shared: Shared::default(), seat: 0, ballot: 0, award: 0 };
        let mut rows: Vec<FilmRow> = films.into_iter().map(|film| joined.next(film)).collect();
        rows.reverse();
        rows
    }
}

/// Walks films, seats, ballots and awards side by side, all of them by film.
struct Joined<'a> {
    raw: &'a Raw,
    active: HashSet<i32>,
    shared: Shared,
    seat: usize,
    ballot: usize,
    award: usize,
}

impl Joined<'_> {
    fn next(&mut self, film: FilmLine) -> FilmRow {
        let seats = run(&self.raw.seats, &mut self.seat, film.id, |seat| seat.film);
        let ballots = run(&self.raw.ballots, &mut self.ballot, film.id, |ballot| ballot.film);
        let awards = run(&self.raw.awards, &mut self.award, film.id, |award| *award).len();
        let panel: Vec<Panelist> =
            seats.iter().map(|s| Panelist { id: UserId(s.user), active: self.active.contains(&s.user) }).collect();
        let ballots: Vec<Ballot> = ballots.iter().map(|ballot| ballot.ballot).collect();
        let count = count(&ballots, &panel);
        let producer = self.raw.names.get(&film.producer).map(Name::full).unwrap_or_default();
        let (country, language) = (self.shared.get(&film.country), self.shared.get(&film.language));
        let (ai_tool, producer_name) = (self.shared.get(&film.ai_tool), self.shared.get(&producer));
        let folded = [
            fold(&film.title).as_str(),
            self.shared.folded(&producer),
            self.shared.folded(&film.country),
            self.shared.folded(&film.ai_tool),
        ]
        .join("\n");
        FilmRow {
            id: FilmId(film.id),
            status: film.status,
            title: film.title.into(),
            country,
            language,
            duration: film.duration,
            year: film.year,
            ai_tool,
            producer: UserId(film.producer),
            producer_name,
            panel: panel.iter().map(|p| p.id).collect(),
            active: count.active,
            voted: count.voted,
            changed: count.changed,
            ballots: clamp(ballots.len()),
            tally: count.tally,
            awards: clamp(awards),
            folded: folded.into(),
        }
    }
}

/// The run of rows about one film in a list sorted by film; rows of films that are not there are passed over.
fn run<'a, T>(list: &'a [T], at: &mut usize, film: i32, key: impl Fn(&T) -> i32) -> &'a [T] {
    let from = *at + list[*at..].iter().take_while(|row| key(row) < film).count();
    let to = from + list[from..].iter().take_while(|row| key(row) == film).count();
    *at = to;
    &list[from..to]
}

fn clamp(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::VoteId;
    use crate::domain::consensus::Tally;
    use crate::domain::film::FilmStatus;
    use crate::domain::vote::Note;

    fn film(id: i32, title: &str) -> FilmLine {
        FilmLine {
            id,
            title: title.into(),
            country: "Sénégal".into(),
            language: String::new(),
            duration: None,
            year: Some(2026),
            ai_tool: "Sora".into(),
            producer: 9,
            status: FilmStatus::Assigned,
        }
    }

    fn ballot(film: i32, juror: i32, note: Option<Note>) -> RawBallot {
        RawBallot {
            film,
            ballot: Ballot { id: VoteId(film * 10 + juror), juror: UserId(juror), note, modification_count: 0 },
        }
    }

    #[test]
    fn rows_are_joined_and_counted_newest_first() {
        let name = |first: &str, jury| Name { first: first.into(), last: "X".into(), jury };
        let raw = Raw {
            films: vec![film(1, "Été"), film(3, "Trois")],
            names: [(1, name("Ann", true)), (2, name("Bob", true)), (9, name("Zoé", false))].into(),
            seats: [(1, 2), (1, 1), (2, 1), (3, 1), (3, 1)].map(|(film, user)| Seat { film, user }).to_vec(),
            ballots: vec![
                ballot(1, 1, Some(Note::Yes)),
                ballot(3, 1, None),
                ballot(2, 1, Some(Note::No)),
                ballot(3, 2, Some(Note::No)),
                ballot(1, 2, Some(Note::ToDiscuss)),
            ],
            awards: vec![3, 1, 3, 7],
            disabled: [2].into(),
        };
        let jurors = raw.jurors();
        assert_eq!(
            jurors.iter().map(|j| (j.id.0, &*j.name, j.active)).collect::<Vec<_>>(),
            [(1, "Ann X", true), (2, "Bob X", false)]
        );
        let rows = raw.rows();
        assert_eq!(rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [3, 1]);
        let [three, one] = &rows[..] else { unreachable!() };
        assert_eq!((&*three.panel, three.ballots, three.tally.total(), three.awards), (&[UserId(1)][..], 2, 0, 2));
        assert_eq!((one.active, one.voted, one.awards), (1, 1, 1));
        assert_eq!(one.tally, Tally { yes: 1, no: 0, to_discuss: 1 });
        assert_eq!(&*one.folded, "ete\nzoe x\nsenegal\nsora");
        assert!(Arc::ptr_eq(&one.country, &three.country));
    }
}

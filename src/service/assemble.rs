//! Light rows from what separate queries brought: joined and counted in memory, which is far quicker than in SQL.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::api::film::{FilmRow, Juror};
use crate::domain::consensus::Tally;
use crate::domain::jury::Recusal;
use crate::domain::vote::{Ballot, Closings, Panelist, count};
use crate::domain::{FilmId, UserId, round, sight};
use crate::store::films::{FilmLine, RawBallot, Seat};
use crate::store::noted::{NotedRound, NotedSeat};
use crate::store::people::Name;

/// Films above which two threads join the rows: below it they would only get in each other's way.
const MANY: usize = 10_000;

/// Short texts that many films share, kept once each.
#[derive(Debug, Default)]
struct Shared {
    known: HashSet<Arc<str>, RandomState>,
    /// The names of producers.
    people: HashMap<i32, Arc<str>, RandomState>,
}

impl Shared {
    fn keep(&mut self, text: &str) -> Arc<str> {
        if let Some(kept) = self.known.get(text) {
            return Arc::clone(kept);
        }
        let kept: Arc<str> = text.into();
        self.known.insert(Arc::clone(&kept));
        kept
    }

    fn keep_name(&mut self, id: i32, names: &HashMap<i32, Name>) -> Arc<str> {
        if let Some(kept) = self.people.get(&id) {
            return Arc::clone(kept);
        }
        let kept = self.keep(&names.get(&id).map(Name::full).unwrap_or_default());
        self.people.insert(id, Arc::clone(&kept));
        kept
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
    /// What is noted of rounds, by film.
    pub(super) rounds: HashMap<i32, NotedRound, RandomState>,
    /// What is noted of jurors.
    pub(super) noted: Vec<NotedSeat>,
    /// Tallies are shown once the round is complete, not before (`voting.staff_see`).
    pub(super) veils: bool,
    /// Discussion opens at the first request (`voting.open_discussion`).
    pub(super) first_request: bool,
    /// Films of which the web site changed something that nobody has settled.
    pub(super) outside: HashSet<i32>,
    /// How many films it deleted without anybody having taken note.
    pub(super) gone: u32,
}

impl Raw {
    /// Whether somebody on a panel may vote.
    fn is_active(&self, user: i32) -> bool {
        self.names.get(&user).is_some_and(|name| name.jury) && !self.disabled.contains(&user)
    }

    /// The jury: whoever has its role, and whoever sits on one of the panels.
    pub(super) fn jurors(&self) -> Arc<[Juror]> {
        let named = self.names.iter().filter(|(_, name)| name.jury).map(|(id, _)| *id);
        let seated = self.seats.iter().map(|seat| seat.user);
        let ids: HashSet<i32, RandomState> = named.chain(seated).collect();
        let mut ids: Vec<i32> = ids.into_iter().collect();
        ids.sort_unstable();
        let juror = |id: i32| Juror {
            id: UserId(id),
            name: self.names.get(&id).map(|name| name.full().into()).unwrap_or_default(),
            active: self.is_active(id),
        };
        ids.into_iter().map(juror).collect()
    }

    /// The rows, the newest (highest id) first.
    pub(super) fn rows(mut self) -> Vec<FilmRow> {
        let mut films = std::mem::take(&mut self.films);
        films.sort_unstable_by_key(|film| film.id);
        let places = Places::of(&films);
        let hung = Hung {
            outside: std::mem::take(&mut self.outside),
            rounds: std::mem::take(&mut self.rounds),
            veils: self.veils,
            first_request: self.first_request,
            noted: Grouped::new(&places, &self.noted, |seat| (seat.film, *seat)),
            seats: Grouped::new(&places, &self.seats, |seat| (seat.film, seat.user)),
            ballots: Grouped::new(&places, &self.ballots, |ballot| (ballot.film, ballot.ballot)),
            awards: Grouped::new(&places, &self.awards, |film| (*film, ())),
            active: self.names.keys().copied().filter(|id| self.is_active(*id)).collect(),
            names: &self.names,
        };
        if films.len() < MANY {
            return hung.rows(0, films);
        }
        let newer = films.split_off(films.len() / 2);
        let from = films.len();
        std::thread::scope(|scope| {
            let older = scope.spawn(|| hung.rows(0, films));
            let mut rows = hung.rows(from, newer);
            // A panic in there goes on here.
            rows.append(&mut older.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            rows
        })
    }
}

/// Where each film stands in a list sorted by id.
enum Places<'a> {
    /// Ids are close together: looked up directly, `u32::MAX` where there is none.
    Dense(Vec<u32>),
    /// Ids are far apart: searched for.
    Sparse(&'a [FilmLine]),
}

impl<'a> Places<'a> {
    fn of(films: &'a [FilmLine]) -> Self {
        let most = films.last().and_then(|film| usize::try_from(film.id).ok()).unwrap_or(usize::MAX);
        if films.first().is_some_and(|film| film.id < 0) || most > 8 * films.len() + 1024 {
            return Places::Sparse(films);
        }
        let mut places = vec![u32::MAX; most + 1];
        for (at, film) in (0..).zip(films) {
            if let Some(place) = usize::try_from(film.id).ok().and_then(|id| places.get_mut(id)) {
                *place = at;
            }
        }
        Places::Dense(places)
    }

    fn len(&self) -> usize {
        match self {
            Places::Dense(places) => places.iter().filter(|place| **place != u32::MAX).count(),
            Places::Sparse(films) => films.len(),
        }
    }

    fn find(&self, film: i32) -> Option<usize> {
        match self {
            Places::Dense(places) => {
                let place = *places.get(usize::try_from(film).ok()?)?;
                usize::try_from(place).ok().filter(|_| place != u32::MAX)
            }
            Places::Sparse(films) => films.binary_search_by_key(&film, |line| line.id).ok(),
        }
    }
}

/// Rows by film: each film's together, in the order in which they came. Rows of films that are not there are left out.
struct Grouped<T> {
    /// Where each film's rows begin, and where the last one's end.
    starts: Vec<usize>,
    rows: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    fn new<R>(places: &Places<'_>, rows: &[R], split: impl Fn(&R) -> (i32, T)) -> Self {
        let mut starts = vec![0; places.len() + 1];
        for row in rows {
            if let Some(place) = places.find(split(row).0) {
                starts[place + 1] += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let Some(first) = rows.first() else { return Self { starts, rows: Vec::new() } };
        let mut next = starts.clone();
        let mut grouped = vec![split(first).1; sum];
        for row in rows {
            let (film, value) = split(row);
            if let Some(place) = places.find(film) {
                grouped[next[place]] = value;
                next[place] += 1;
            }
        }
        Self { starts, rows: grouped }
    }

    fn of(&self, place: usize) -> &[T] {
        &self.rows[self.starts[place]..self.starts[place + 1]]
    }
}

/// What hangs on films, by their place in the list.
struct Hung<'a> {
    seats: Grouped<i32>,
    noted: Grouped<NotedSeat>,
    rounds: HashMap<i32, NotedRound, RandomState>,
    veils: bool,
    first_request: bool,
    ballots: Grouped<Ballot>,
    awards: Grouped<()>,
    active: HashSet<i32, RandomState>,
    names: &'a HashMap<i32, Name>,
    outside: HashSet<i32>,
}

impl Hung<'_> {
    /// The rows of films that stand together in the list, the newest first.
    fn rows(&self, from: usize, films: Vec<FilmLine>) -> Vec<FilmRow> {
        let mut shared = Shared::default();
        let mut panel = Vec::new();
        let films = films.into_iter().enumerate().rev();
        films.map(|(at, film)| self.row(from + at, film, &mut shared, &mut panel)).collect()
    }

    /// One row. `panel` is lent, so that not every film asks for memory of its own.
    fn row(&self, place: usize, film: FilmLine, shared: &mut Shared, panel: &mut Vec<Panelist>) -> FilmRow {
        let (seated, recusals) = self.panel(place, panel);
        let ballots = self.ballots.of(place);
        let nothing = Closings::default();
        let round = self.rounds.get(&film.id);
        let closings = round.map_or(&nothing, |round| &round.closings);
        let count = count(ballots, panel, closings);
        let mut row = FilmRow {
            id: FilmId(film.id),
            status: film.status,
            title: film.title.into(),
            country: shared.keep(&film.country),
            language: shared.keep(&film.language),
            duration: film.duration,
            year: film.year,
            ai_tool: shared.keep(&film.ai_tool),
            producer: UserId(film.producer),
            producer_name: shared.keep_name(film.producer, self.names),
            panel: seated,
            active: count.active,
            voted: count.voted,
            changed: count.changed,
            decided: count.decided,
            closed: round::is_closed(film.status, closings),
            first_votes_open: self.first_request && round::first_votes_open(film.status, closings),
            veiled: false,
            recusals,
            ballots: clamp(ballots.len()),
            tally: count.tally,
            awards: clamp(self.awards.of(place).len()),
            outside: self.outside.contains(&film.id),
        };
        if self.veils && sight::is_veiled(&row.facts(), round.is_some_and(|round| round.opened)) {
            (row.veiled, row.tally) = (true, Tally::default());
        }
        row
    }

    /// Puts together whose votes on a film count; answers who sits on its panel, and how many of those wait for staff.
    fn panel(&self, place: usize, panel: &mut Vec<Panelist>) -> (Box<[UserId]>, u16) {
        panel.clear();
        let seated = self.seats.of(place).iter();
        panel.extend(seated.map(|user| Panelist {
            id: UserId(*user),
            active: self.active.contains(user),
            stands: None,
        }));
        panel.sort_unstable_by_key(|panelist| panelist.id);
        panel.dedup_by_key(|panelist| panelist.id);
        let seated: Box<[UserId]> = panel.iter().map(|panelist| panelist.id).collect();
        let mut recusals = 0;
        for noted in self.noted.of(place) {
            let id = UserId(noted.user);
            match panel.iter_mut().find(|panelist| panelist.id == id) {
                Some(panelist) => {
                    panelist.active &= !noted.recusal.is_some_and(Recusal::bars);
                    panelist.stands = noted.stands;
                    recusals += u16::from(noted.recusal.is_some_and(|recusal| recusal.waiting));
                }
                None if noted.kept => panel.push(Panelist { id, active: false, stands: None }),
                None => {}
            }
        }
        (seated, recusals)
    }
}

fn clamp(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::VoteId;
    use crate::domain::film::FilmStatus;
    use crate::domain::jury::Why;
    use crate::domain::vote::{Known, Note, Stand};

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

    #[test]
    fn many_films_in_two_threads_are_as_few_in_one() {
        let films = i32::try_from(MANY).unwrap() + 1;
        let raw = |ids: Vec<i32>| Raw {
            seats: ids.iter().map(|id| Seat { film: *id, user: id % 3 }).collect(),
            ballots: ids.iter().map(|id| ballot(*id, id % 3, Some(Note::Yes))).collect(),
            awards: ids.iter().copied().filter(|id| id % 5 == 0).collect(),
            films: ids.into_iter().map(|id| film(id, &format!("Film {id}"))).collect(),
            ..Raw::default()
        };
        // Ids far apart and below zero are no hindrance.
        for step in [1, 20_011] {
            let ids: Vec<i32> = (0..films).map(|n| (n - 2 * (step - 1).min(1)) * step).collect();
            let all = raw(ids.clone()).rows();
            let few: Vec<FilmRow> = ids.chunks(1000).rev().flat_map(|part| raw(part.to_vec()).rows()).collect();
            assert!(all == few && all.len() == MANY + 1 && all.iter().all(|row| row.tally.yes == 1));
        }
    }

    fn ballot(film: i32, juror: i32, note: Option<Note>) -> RawBallot {
        RawBallot {
            film,
            ballot: Ballot {
                id: VoteId(film.wrapping_mul(10) + juror),
                juror: UserId(juror),
                note,
                modification_count: 0,
            },
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
            outside: [3, 4].into(),
            ..Raw::default()
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
        assert!(three.outside && !one.outside);
        assert_eq!((one.active, one.voted, one.awards), (1, 1, 1));
        assert_eq!(one.tally, Tally { yes: 1, no: 0, to_discuss: 1 });
        assert_eq!((&*one.producer_name, &*one.country, &*one.ai_tool), ("Zoé X", "Sénégal", "Sora"));
        assert!(Arc::ptr_eq(&one.country, &three.country));
    }

    fn noted(user: i32) -> NotedSeat {
        NotedSeat { film: 1, user, recusal: None, kept: false, stands: None }
    }

    /// Film 1 with a panel of three, of whom two have voted, and a vote of somebody who has left it.
    fn festival() -> Raw {
        let name = |first: &str| Name { first: first.into(), last: "X".into(), jury: true };
        Raw {
            films: vec![film(1, "Un")],
            names: [(1, name("Ann")), (2, name("Bob")), (3, name("Cy"))].into(),
            seats: [1, 2, 3].map(|user| Seat { film: 1, user }).to_vec(),
            ballots: vec![
                ballot(1, 1, Some(Note::Yes)),
                ballot(1, 2, Some(Note::ToDiscuss)),
                ballot(1, 4, Some(Note::No)),
            ],
            ..Raw::default()
        }
    }

    fn only(raw: Raw) -> FilmRow {
        raw.rows().pop().unwrap()
    }

    #[test]
    fn what_is_noted_of_jurors_decides_whose_votes_count_and_who_is_waited_for() {
        let recused = |why, waiting| Some(Recusal { why, waiting });
        let stands = Some(Stand { vote: VoteId(11), note: Note::Yes, modification_count: 0 });
        let cases = [
            (vec![], (3, 2, 0, 0), 2),
            (vec![NotedSeat { kept: true, ..noted(4) }], (3, 2, 0, 0), 3),
            (vec![NotedSeat { recusal: recused(Why::Language, true), ..noted(3) }], (3, 2, 0, 1), 2),
            (vec![NotedSeat { recusal: recused(Why::Language, false), ..noted(3) }], (2, 2, 0, 0), 2),
            (vec![NotedSeat { recusal: recused(Why::Conflict, true), ..noted(1) }], (2, 1, 0, 1), 2),
            (vec![NotedSeat { recusal: recused(Why::Conflict, false), ..noted(4) }], (3, 2, 0, 0), 2),
            (vec![NotedSeat { stands, ..noted(1) }], (3, 2, 1, 0), 2),
        ];
        for (noted, expected, votes) in cases {
            let row = only(Raw { noted: noted.clone(), ..festival() });
            assert_eq!((row.active, row.voted, row.decided, row.recusals), expected, "{noted:?}");
            assert_eq!((row.tally.total(), row.ballots, row.panel.len()), (votes, 3, 3), "{noted:?}");
        }
    }

    #[test]
    fn a_closed_round_takes_no_votes_and_a_tally_is_veiled_until_the_round_has_ended() {
        let known = |vote| Known { vote: VoteId(vote), modification_count: 0 };
        let round = |first: Option<Box<[Known]>>, opened| NotedRound {
            closings: Closings { first, ..Closings::default() },
            opened,
        };
        let seen = |raw: Raw| {
            let row = only(raw);
            (row.closed, row.veiled, row.tally.total(), row.voted)
        };
        let with = |round, veils| Raw { rounds: [(1, round)].into_iter().collect(), veils, ..festival() };
        assert_eq!(seen(with(round(Some([known(11)].into()), false), false)), (true, false, 1, 1));
        assert_eq!(seen(with(round(Some([known(11)].into()), false), true)), (true, false, 1, 1));
        assert_eq!(seen(with(round(None, false), true)), (false, true, 0, 2));
        assert_eq!(seen(with(round(None, true), true)), (false, false, 2, 2));
        let complete = Raw { seats: [1, 2].map(|user| Seat { film: 1, user }).to_vec(), veils: true, ..festival() };
        assert_eq!(seen(complete), (false, false, 2, 2));
    }
}

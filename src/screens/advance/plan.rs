//! What advancing some films would do: which steps can be offered, for whom each is open, and why not for the others.

use crate::api::film::FilmRow;
use crate::domain::film::{
    Ballots, FilmFacts, FilmStatus, Ground, Step, Target, asks_about_ballots, forcible, grounds, judge, needs_reason,
    offers_reset, targets,
};
use crate::domain::{FilmId, Refusal};
use crate::screens::last_look::MANY;

/// One of the films.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) id: FilmId,
    pub(crate) title: Box<str>,
    pub(crate) facts: FilmFacts,
    /// Whether the web site changed something of it that nobody has settled.
    pub(crate) outside: bool,
    /// What its votes say is kept from whoever asks: nothing of its tally holds.
    pub(crate) veiled: bool,
}

impl From<&FilmRow> for Subject {
    fn from(row: &FilmRow) -> Self {
        Self { id: row.id, title: row.title.clone(), facts: row.facts(), outside: row.outside, veiled: row.veiled }
    }
}

/// A status that can be chosen.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) to: FilmStatus,
    /// The votes propose it.
    pub(crate) recommended: bool,
    /// What speaks for and against; of a single film only.
    pub(crate) grounds: Vec<Ground>,
    /// The films that can go there, as positions.
    pub(crate) can: Vec<usize>,
    /// The others, by why not.
    pub(crate) cannot: Vec<(Refusal, Vec<usize>)>,
    /// How many of `can` only force moves.
    pub(crate) forced: usize,
}

impl Offer {
    /// How many films stay behind.
    pub(crate) fn left(&self) -> usize {
        self.cannot.iter().map(|(_, films)| films.len()).sum()
    }

    /// Whether a written reason is wanted.
    pub(crate) fn wants_reason(&self, films: &[Subject]) -> bool {
        self.forced > 0 || self.movers(films).any(|film| needs_reason(film.facts.status, self.to))
    }

    /// How many of the films that move ask what becomes of their ballots.
    pub(crate) fn asks_about_ballots(&self, films: &[Subject]) -> usize {
        self.movers(films).filter(|film| asks_about_ballots(&film.facts, self.to)).count()
    }

    /// How many second votes the step could give back.
    pub(crate) fn spent(&self, films: &[Subject]) -> u32 {
        let resets = self.movers(films).filter(|film| offers_reset(&film.facts, self.to));
        resets.map(|film| u32::from(film.facts.changed)).sum()
    }

    /// Whether the dialog's last button does harm: films go back or out, or a rule is passed over.
    pub(crate) fn harmful(&self) -> bool {
        self.to == FilmStatus::Refused || self.forced > 0
    }

    /// The films that move.
    pub(crate) fn movers<'a>(&'a self, films: &'a [Subject]) -> impl Iterator<Item = &'a Subject> {
        self.can.iter().filter_map(|at| films.get(*at))
    }
}

/// The steps that can be offered: the ordinary ones, or (`force`) those that only force reaches.
pub(crate) fn offers(films: &[Subject], force: bool) -> Vec<Offer> {
    match films {
        [film] => single(&film.facts, force),
        films => many(films, force),
    }
}

fn single(facts: &FilmFacts, force: bool) -> Vec<Offer> {
    let offer = |target: Target, forced| Offer {
        to: target.to,
        recommended: target.recommended,
        grounds: target.grounds,
        can: vec![0],
        cannot: Vec::new(),
        forced,
    };
    if force {
        let target = |to| Target { to, recommended: false, grounds: grounds(facts, to) };
        forcible(facts).into_iter().map(|to| offer(target(to), 1)).collect()
    } else {
        targets(facts).into_iter().map(|target| offer(target, 0)).collect()
    }
}

fn many(films: &[Subject], force: bool) -> Vec<Offer> {
    let open = FilmStatus::ALL.into_iter().map(|to| survey(films, to, force));
    let mut open: Vec<Offer> =
        open.filter(|offer| if force { offer.forced > 0 } else { !offer.can.is_empty() }).collect();
    if !force {
        let votes_for = |to| films.iter().filter(|film| film.facts.recommended() == Some(to)).count();
        let best = open.iter().map(|offer| (votes_for(offer.to), offer.to)).max_by_key(|(count, _)| *count);
        for offer in &mut open {
            offer.recommended = best.is_some_and(|(count, to)| count > 0 && to == offer.to);
        }
    }
    open.sort_by_key(|offer| (!offer.recommended, offer.to == FilmStatus::Refused));
    open
}

/// Asks every film whether it could go there, as if all that the dialog still asks for were there.
fn survey(films: &[Subject], to: FilmStatus, force: bool) -> Offer {
    let step = Step { to, reason: Some("…"), force, ballots: Some(Ballots::Keep) };
    let mut offer =
        Offer { to, recommended: false, grounds: Vec::new(), can: Vec::new(), cannot: Vec::new(), forced: 0 };
    for (at, film) in films.iter().enumerate() {
        match judge(&film.facts, &step) {
            Ok(forced) => {
                offer.can.push(at);
                offer.forced += usize::from(forced);
            }
            Err(refusal) => match offer.cannot.iter_mut().find(|(why, _)| alike(why, &refusal)) {
                Some((_, group)) => group.push(at),
                None => offer.cannot.push((refusal, vec![at])),
            },
        }
    }
    offer.cannot.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    offer
}

/// Whether two films stay for the same reason, as people see it.
fn alike(a: &Refusal, b: &Refusal) -> bool {
    let from =
        |refusal: &Refusal| refusal.params.iter().find(|(name, _)| *name == "from").map(|(_, from)| from.clone());
    a.rule == b.rule && from(a) == from(b)
}

/// Whether the count must be typed: above ten films, or when some cannot move.
pub(crate) fn count_is_typed(films: &[Subject], offer: &Offer) -> bool {
    films.len() > 1 && (offer.can.len() > MANY || offer.left() > 0)
}

#[cfg(test)]
mod tests {
    use super::FilmStatus::{Assigned, Candidate, Finalist, Refused, Selected, Submitted, ToDiscuss};
    use super::*;
    use crate::domain::Rule;
    use crate::domain::consensus::Tally;

    fn film(id: i32, status: FilmStatus, tally: (u16, u16, u16), panel: u16) -> Subject {
        let (yes, no, to_discuss) = tally;
        let tally = Tally { yes, no, to_discuss };
        let voted = yes + no + to_discuss;
        let facts = FilmFacts { status, panel, active: panel, voted, ballots: voted, tally, ..FilmFacts::default() };
        Subject { id: FilmId(id), title: format!("Film {id}").into(), facts, outside: false, veiled: false }
    }

    fn to(offers: &[Offer]) -> Vec<FilmStatus> {
        offers.iter().map(|offer| offer.to).collect()
    }

    #[test]
    fn a_single_film_gets_its_arrows_or_what_force_adds() {
        let films = [film(1, Assigned, (3, 0, 0), 3)];
        let ordinary = offers(&films, false);
        assert_eq!(to(&ordinary), [Candidate, ToDiscuss, Refused]);
        assert!(ordinary[0].recommended && !ordinary[0].wants_reason(&films) && !count_is_typed(&films, &ordinary[0]));
        let forced = offers(&films, true);
        assert_eq!(to(&forced), [Submitted, Selected, Finalist]);
        assert!(forced.iter().all(|offer| offer.wants_reason(&films) && offer.harmful()));
    }

    #[test]
    fn a_selection_is_sorted_into_who_moves_and_who_stays_and_why() {
        let films = [
            film(1, Assigned, (3, 0, 0), 3),
            film(2, Assigned, (2, 1, 0), 3),
            film(3, Candidate, (3, 0, 0), 3),
            film(4, Refused, (0, 3, 0), 3),
            film(5, Refused, (0, 3, 0), 3),
        ];
        let ordinary = offers(&films, false);
        let candidate = &ordinary[0];
        assert_eq!((candidate.to, candidate.recommended, candidate.can.as_slice()), (Candidate, true, &[0, 1][..]));
        let groups: Vec<_> = candidate.cannot.iter().map(|(why, who)| (why.rule, who.as_slice())).collect();
        assert_eq!(groups, [(Rule::NotAllowed, &[3, 4][..]), (Rule::SameStatus, &[2][..])]);
        assert!(count_is_typed(&films, candidate) && candidate.left() == 3);
        assert_eq!(ordinary.last().map(|offer| offer.to), Some(Refused));
        let submitted = ordinary.iter().find(|offer| offer.to == Submitted);
        assert_eq!(submitted.map(|offer| offer.asks_about_ballots(&films)), Some(2));
        let forced = offers(&films, true);
        let candidate = forced.iter().find(|offer| offer.to == Candidate);
        assert_eq!(candidate.map(|offer| (offer.can.len(), offer.forced)), Some((4, 2)));
    }

    #[test]
    fn above_ten_films_the_count_is_typed_even_when_all_move() {
        for (count, typed) in [(2, false), (10, false), (11, true)] {
            let films: Vec<Subject> = (0..count).map(|id| film(id, Assigned, (3, 0, 0), 3)).collect();
            let offers = offers(&films, false);
            assert_eq!((offers[0].can.len(), count_is_typed(&films, &offers[0])), (films.len(), typed));
        }
    }
}

//! Who sees which votes of a film.

use super::film::{FilmFacts, FilmStatus};
use super::jury::Recusal;
use super::round::{FilmVoting, Rules};
use super::vote::Ballot;
use super::{UserId, VoteId};

/// How much of another's ballot somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing, not even that there is one.
    Nothing,
    /// What it said first.
    First,
    /// All of it.
    All,
}

/// What a juror sees of the counted ballots on a film, their own among them.
///
/// Their own votes always. Those of the others once the film is in discussion, and later: first votes for whoever has a
/// first vote, another's second vote once they have used or waived their own change: a film that is a candidate may come back
/// to discussion. When the film is refused or awarded nothing can be swayed any more. A juror with a conflict sees nothing of
/// the others.
pub fn of_juror(voting: &FilmVoting, viewer: UserId) -> Vec<(VoteId, Sight)> {
    let counted = voting.count().counted;
    let others = of_others(voting, viewer);
    let sight = |ballot: &Ballot| match ballot.juror == viewer {
        true => Sight::All,
        false if !counted.contains(&ballot.id) => Sight::Nothing,
        false => others,
    };
    voting.ballots.iter().map(|ballot| (ballot.id, sight(ballot))).filter(|(_, s)| *s != Sight::Nothing).collect()
}

/// How much a juror sees of the others' ballots that count.
pub fn of_others(voting: &FilmVoting, viewer: UserId) -> Sight {
    let Some(seat) = voting.juror(viewer).filter(|juror| juror.on_panel) else { return Sight::Nothing };
    let past = !matches!(voting.status, FilmStatus::Submitted | FilmStatus::Assigned | FilmStatus::ToDiscuss);
    let announced = matches!(voting.status, FilmStatus::Refused | FilmStatus::Awarded);
    // A vote can have been changed only in discussion, also where the web site has moved the film on since.
    let changed = voting.ballots.iter().any(|ballot| ballot.modification_count > 0);
    let discussed = voting.status == FilmStatus::ToDiscuss || voting.round.discussed || past && changed;
    if !discussed || seat.recusal.is_some_and(Recusal::bars) {
        return Sight::Nothing;
    }
    match voting.counted(viewer) {
        _ if announced => Sight::All,
        None => Sight::Nothing,
        Some(own) if own.modification_count > 0 => Sight::All,
        Some(own) if seat.stands.is_some_and(|stand| stand.holds(own)) => Sight::All,
        Some(_) => Sight::First,
    }
}

/// Whether staff see what jurors voted, and not only who has: always, or (by `voting.staff_see`) once round 1 has ended or
/// the film has gone on, or when somebody opened the votes earlier.
pub fn of_staff(voting: &FilmVoting, rules: &Rules) -> bool {
    rules.staff_see_always || !is_veiled(&voting.facts(), voting.round.opened)
}

/// Whether a film's votes are kept from staff where the festival keeps them until the round is complete.
pub fn is_veiled(facts: &FilmFacts, opened: bool) -> bool {
    facts.status == FilmStatus::Assigned && !opened && !facts.round_one_ended()
}

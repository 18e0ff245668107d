//! What staff do with a film's votes and rounds: each a change that says what follows from it and why it is made.

use std::cmp::Reverse;

use crate::api::vote::{FilmVotes, SeatRow, VoteRow};
use crate::api::{Reply, Request};
use crate::app::session::Session;
use crate::domain::film::{FilmFacts, FilmStatus};
use crate::domain::jury::{Recusal, Why};
use crate::domain::round::BallotSeen;
use crate::domain::text::inert;
use crate::domain::vote::SetAside;
use crate::domain::{FilmId, Rule, UserId, VoteId};
use crate::screens::list::Trail;
use crate::screens::reasoned::{Done, Given, Plan, Reasoned, Way, Weight};
use crate::screens::words::{few, note, proposal};

/// Names of missing jurors that are said before a number stands for the rest.
const NAMED: usize = 5;

/// A sentence of a kind, and what is said when the film moved with it.
fn done(id: &'static str, name: String) -> Done {
    Box::new(move |reply, session| {
        let text = session.tr_with(id, &[("name", (&name).into())]);
        match reply {
            Reply::Voting(voting) if voting.moved => format!("{text} {}", moved(voting.film.status, session)),
            _ => text,
        }
    })
}

/// That a film moved by itself.
pub(crate) fn moved(to: FilmStatus, session: &Session) -> String {
    let status = session.tr(to.message());
    session.tr_with("voting-moved", &[("status", (&status).into())])
}

/// What a choice is called, and what follows from it.
fn pair(session: &Session, ids: [&str; 2], name: &str) -> (String, String) {
    let [label, about] = ids.map(|id| session.tr_with(id, &[("name", name.into())]));
    (label, about)
}

/// The dialog for a film's votes as they are now, made anew where somebody else changes them meanwhile; `None` where there
/// is nothing to do.
fn dialog(
    film: &FilmVotes,
    trail: &Trail,
    session: &Session,
    plan: impl Fn(&FilmVotes, &Session) -> Option<Plan> + Send + 'static,
) -> Option<Reasoned> {
    let first = plan(film, session)?;
    Some(Reasoned::new(first, trail.clone(), session).renewing(film.film.id, Box::new(plan)))
}

/// A ballot of the film.
fn ballot(film: &FilmVotes, id: VoteId) -> Option<&VoteRow> {
    film.votes.iter().find(|vote| vote.vote == id)
}

/// The ballot that counts of a juror, else the one that stands in the way of another.
fn own(juror: UserId, film: &FilmVotes) -> Option<&VoteRow> {
    let theirs = || film.votes.iter().filter(|vote| vote.juror == juror);
    let counted = theirs().find(|vote| vote.set_aside.is_none());
    counted.or_else(|| theirs().max_by_key(|vote| (vote.modification_count, Reverse(vote.vote))))
}

/// What the page shows of a ballot, or that there is none: it must still be so. Of a hidden one nothing is shown.
fn seen(vote: Option<&VoteRow>, film: &FilmVotes) -> Option<BallotSeen> {
    let (note, modification_count) = match vote {
        Some(vote) if vote.hidden => return None,
        Some(vote) => (vote.note, Some(vote.modification_count)),
        None => (None, None),
    };
    Some(BallotSeen { status: film.film.status, note, modification_count })
}

/// Deletes a ballot; where its juror could not vote again, there are other ways.
pub(super) fn delete(vote: VoteId, film: &FilmVotes, trail: &Trail, session: &Session) -> Option<Reasoned> {
    let on = trail.clone();
    dialog(film, trail, session, move |film, session| Some(delete_plan(ballot(film, vote)?, film, &on, session)))
}

fn delete_plan(vote: &VoteRow, film: &FilmVotes, trail: &Trail, session: &Session) -> Plan {
    let name = inert(&vote.juror_name).into_owned();
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    let mut says = vec![(Weight::Plain, note(session, vote.note).1), (Weight::Quiet, session.tr("vote-delete-kept"))];
    if film.film.status == FilmStatus::ToDiscuss && vote.set_aside.is_none() {
        says.push((Weight::Warning, with_name("vote-delete-discussion")));
    }
    let (id, juror, of) = (vote.vote, vote.juror, vote.film);
    let seen = seen(Some(vote), film);
    let anyway = move |given: &Given| Request::DeleteVote { vote: id, reason: given.why(), anyway: true, seen };
    let mut ways = Vec::new();
    if vote.modification_count > 0 || vote.stands {
        ways.push(Way {
            label: pair(session, ["vote-way-reset", "vote-way-reset-about"], &name),
            request: Box::new(move |given| Request::ResetVote { vote: id, reason: given.why(), seen }),
            done: done("vote-reset", name.clone()),
            then: None,
        });
    }
    let again = (name.clone(), trail.clone(), film.film.status);
    ways.push(Way {
        label: pair(session, ["vote-way-reopen", "vote-way-reopen-about"], &name),
        request: Box::new(anyway),
        done: done("vote-deleted", name.clone()),
        then: Some(Box::new(move |given, session| {
            let (name, trail, status) = again;
            reopen_for(of, status, (juror, &name), &trail, session).because(given.reason.as_deref())
        })),
    });
    ways.push(Way {
        label: pair(session, ["vote-way-anyway", "vote-way-anyway-about"], &name),
        request: Box::new(anyway),
        done: done("vote-deleted", name.clone()),
        then: None,
    });
    Plan {
        heading: with_name("vote-delete-heading"),
        says,
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("vote-delete-button"), true),
        request: Box::new(move |given| Request::DeleteVote { vote: id, reason: given.why(), anyway: false, seen }),
        done: done("vote-deleted", name),
        ways: Some((Rule::CouldNotVoteAgain, ways)),
    }
}

/// The active jurors without a vote.
pub(super) fn missing(film: &FilmVotes) -> Vec<&SeatRow> {
    film.jurors.iter().filter(|seat| seat.active && !seat.voted).collect()
}

/// Closes the round with votes missing; `None` where none is open.
pub(super) fn close(film: &FilmVotes, trail: &Trail, session: &Session) -> Option<Reasoned> {
    let open =
        |film: &FilmVotes| !film.closed && matches!(film.film.status, FilmStatus::Assigned | FilmStatus::ToDiscuss);
    dialog(film, trail, session, move |film, session| open(film).then(|| close_plan(film, session)))
}

fn close_plan(film: &FilmVotes, session: &Session) -> Plan {
    let (id, status) = (film.film.id, film.film.status);
    let missing = missing(film);
    let unchanged = film.jurors.iter().filter(|seat| seat.active && seat.voted && !seat.changed && !seat.stands);
    let late: Vec<&SeatRow> = if status == FilmStatus::ToDiscuss { unchanged.collect() } else { missing };
    let names: Vec<&str> = late.iter().take(NAMED).map(|seat| seat.name.as_str()).collect();
    let mut says = Vec::new();
    if late.is_empty() {
        says.push((Weight::Good, session.tr("round-close-nobody")));
    } else {
        let names = few(session, &names, late.len());
        let id = if status == FilmStatus::ToDiscuss { "round-close-unchanged" } else { "round-close-missing" };
        says.push((Weight::Warning, session.tr_with(id, &[("names", (&names).into())])));
    }
    // Where the tally is hidden, the ballots still stand there.
    let votes = u32::try_from(film.votes.iter().filter(|vote| vote.set_aside.is_none()).count()).unwrap_or(u32::MAX);
    let weight = if votes < film.quorum { Weight::Warning } else { Weight::Good };
    let args = [("votes", votes.into()), ("needed", film.quorum.into())];
    says.push((weight, session.tr_with("round-close-quorum", &args)));
    let then = FilmFacts { closed: true, ..film.film.facts() }.proposal();
    if let Some((_, text)) = proposal(session, then).filter(|_| !film.hidden) {
        says.push((Weight::Plain, session.tr_with("round-close-then", &[("then", (&text).into())])));
    }
    says.push((Weight::Quiet, session.tr("round-close-about")));
    Plan {
        heading: session.tr("round-close-heading"),
        says,
        choices: Vec::new(),
        needs_reason: false,
        button: (session.tr("round-close-button"), !late.is_empty()),
        request: Box::new(move |given| Request::CloseRound {
            film: id,
            reason: given.reason.clone(),
            seen: Some(status),
        }),
        done: done("round-closed", String::new()),
        ways: None,
    }
}

/// Opens a closed round again for everybody; `None` where none is closed.
pub(super) fn reopen(film: &FilmVotes, trail: &Trail, session: &Session) -> Option<Reasoned> {
    dialog(film, trail, session, |film, session| film.closed.then(|| reopen_plan(film, session)))
}

fn reopen_plan(film: &FilmVotes, session: &Session) -> Plan {
    let (id, status) = (film.film.id, film.film.status);
    Plan {
        heading: session.tr("round-reopen-heading"),
        says: vec![(Weight::Plain, session.tr("round-reopen-about"))],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("round-reopen-button"), false),
        request: Box::new(move |given| Request::ReopenRound {
            film: id,
            juror: None,
            reason: given.why(),
            seen: Some(status),
        }),
        done: done("round-reopened", String::new()),
        ways: None,
    }
}

/// Opens round 1 of a film in discussion again for one juror.
pub(crate) fn reopen_for(
    film: FilmId,
    status: FilmStatus,
    (juror, name): (UserId, &str),
    trail: &Trail,
    session: &Session,
) -> Reasoned {
    let name = inert(name).into_owned();
    let plan = move |status, session: &Session| reopen_for_plan(film, status, (juror, name.clone()), session);
    let first = plan(status, session);
    let renew = move |now: &FilmVotes, session: &Session| Some(plan(now.film.status, session));
    Reasoned::new(first, trail.clone(), session).renewing(film, Box::new(renew))
}

fn reopen_for_plan(film: FilmId, status: FilmStatus, (juror, name): (UserId, String), session: &Session) -> Plan {
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    Plan {
        heading: with_name("round-reopen-for-heading"),
        says: vec![
            (Weight::Plain, with_name("round-reopen-for-about")),
            (Weight::Quiet, session.tr("round-reopen-for-back")),
        ],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("round-reopen-for-button"), false),
        request: Box::new(move |given| Request::ReopenRound {
            film,
            juror: Some(juror),
            reason: given.why(),
            seen: Some(status),
        }),
        done: done("round-reopened-for", name),
        ways: None,
    }
}

/// Gives a juror the one change back; `None` where it is not spent.
pub(super) fn reset(vote: VoteId, film: &FilmVotes, trail: &Trail, session: &Session) -> Option<Reasoned> {
    dialog(film, trail, session, move |film, session| {
        let spent = ballot(film, vote).filter(|vote| vote.modification_count > 0 || vote.stands)?;
        Some(reset_plan(spent, film, session))
    })
}

fn reset_plan(vote: &VoteRow, film: &FilmVotes, session: &Session) -> Plan {
    let (id, name) = (vote.vote, inert(&vote.juror_name).into_owned());
    let seen = seen(Some(vote), film);
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    let about = if vote.stands { "vote-reset-stands" } else { "vote-reset-about" };
    Plan {
        heading: with_name("vote-reset-heading"),
        says: vec![(Weight::Plain, note(session, vote.note).1), (Weight::Plain, with_name(about))],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("vote-reset-button"), false),
        request: Box::new(move |given| Request::ResetVote { vote: id, reason: given.why(), seen }),
        done: done("vote-reset", name),
        ways: None,
    }
}

/// Lets a late vote count; `None` where it did not come late.
pub(super) fn admit(vote: VoteId, film: &FilmVotes, trail: &Trail, session: &Session) -> Option<Reasoned> {
    dialog(film, trail, session, move |film, session| {
        let late = ballot(film, vote).filter(|vote| vote.set_aside == Some(SetAside::Late))?;
        Some(admit_plan(late, film, session))
    })
}

fn admit_plan(vote: &VoteRow, film: &FilmVotes, session: &Session) -> Plan {
    let (id, name) = (vote.vote, inert(&vote.juror_name).into_owned());
    let seen = seen(Some(vote), film);
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    Plan {
        heading: with_name("vote-admit-heading"),
        says: vec![(Weight::Plain, note(session, vote.note).1), (Weight::Plain, with_name("vote-admit-about"))],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("vote-admit-button"), false),
        request: Box::new(move |given| Request::AdmitVote { vote: id, reason: given.why(), seen }),
        done: done("vote-admitted", name),
        ways: None,
    }
}

/// The id of why somebody cannot judge a film.
pub(crate) fn why(why: Why) -> &'static str {
    match why {
        Why::Conflict => "recusal-conflict",
        Why::CannotWatch => "recusal-cannot-watch",
        Why::Language => "recusal-language",
    }
}

/// Answers a juror who cannot judge the film; `None` where nobody waits.
pub(super) fn settle(juror: UserId, film: &FilmVotes, trail: &Trail, session: &Session) -> Option<Reasoned> {
    dialog(film, trail, session, move |film, session| {
        let seat = film.jurors.iter().find(|seat| seat.juror == juror)?;
        let recusal = seat.recusal.filter(|recusal| recusal.waiting)?;
        Some(settle_plan(seat, recusal, film, session))
    })
}

fn settle_plan(seat: &SeatRow, recusal: Recusal, film: &FilmVotes, session: &Session) -> Plan {
    let seen = seen(own(seat.juror, film), film);
    let (film, juror, name) = (film.film.id, seat.juror, inert(&seat.name).into_owned());
    let choice = |ids| pair(session, ids, &name);
    let refuse = || choice(["recusal-refuse", "recusal-refuse-about"]);
    let (choices, answers): (Vec<_>, &'static [(bool, Option<bool>)]) = match (recusal.waiting, seat.voted) {
        (false, _) => (vec![choice(["recusal-mistaken", "recusal-mistaken-about"])], &[(false, None)]),
        (true, false) => {
            (vec![choice(["recusal-agree", "recusal-agree-about"]), refuse()], &[(true, None), (false, None)])
        }
        (true, true) => (
            vec![
                choice(["recusal-keep", "recusal-keep-about"]),
                choice(["recusal-strike", "recusal-strike-about"]),
                refuse(),
            ],
            &[(true, Some(true)), (true, Some(false)), (false, None)],
        ),
    };
    let why = session.tr(why(recusal.why));
    Plan {
        heading: session.tr_with("recusal-heading", &[("name", (&name).into())]),
        says: vec![(
            Weight::Warning,
            session.tr_with("recusal-says", &[("name", (&name).into()), ("why", (&why).into())]),
        )],
        choices,
        needs_reason: recusal.bars(),
        button: (session.tr("recusal-button"), false),
        request: Box::new(move |given| {
            let (agree, kept) = answers.get(given.choice).copied().unwrap_or((false, None));
            Request::SettleRecusal { film, juror, agree, kept, reason: given.reason.clone(), seen }
        }),
        done: done("recusal-settled", name),
        ways: None,
    }
}

/// Looks at the votes before the festival shows them.
pub(super) fn open_votes(film: FilmId, trail: &Trail, session: &Session) -> Reasoned {
    let plan = Plan {
        heading: session.tr("votes-open-heading"),
        says: vec![(Weight::Warning, session.tr("votes-open-about"))],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("votes-open-button"), false),
        request: Box::new(move |given| Request::OpenVotes { film, reason: given.why() }),
        done: done("votes-opened", String::new()),
        ways: None,
    };
    Reasoned::new(plan, trail.clone(), session)
}

//! What staff do with a film's votes and rounds: each a change that says what follows from it and why it is made.

use crate::api::vote::{FilmVotes, SeatRow, VoteRow};
use crate::api::{Reply, Request};
use crate::app::session::Session;
use crate::domain::film::{FilmFacts, FilmStatus};
use crate::domain::jury::Why;
use crate::domain::text::inert;
use crate::domain::vote::SetAside;
use crate::domain::{FilmId, Rule, UserId};
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

/// Deletes a ballot; where its juror could not vote again, there are other ways.
pub(super) fn delete(vote: &VoteRow, film: &FilmVotes, trail: &Trail, session: &Session) -> Reasoned {
    let name = inert(&vote.juror_name).into_owned();
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    let mut says = vec![(Weight::Plain, note(session, vote.note).1), (Weight::Quiet, session.tr("vote-delete-kept"))];
    if film.film.status == FilmStatus::ToDiscuss && vote.set_aside.is_none() {
        says.push((Weight::Warning, with_name("vote-delete-discussion")));
    }
    let (id, juror, of) = (vote.vote, vote.juror, vote.film);
    let anyway = move |given: &Given| Request::DeleteVote { vote: id, reason: given.why(), anyway: true, seen: None };
    let mut ways = Vec::new();
    if vote.modification_count > 0 || vote.stands {
        ways.push(Way {
            label: pair(session, ["vote-way-reset", "vote-way-reset-about"], &name),
            request: Box::new(move |given| Request::ResetVote { vote: id, reason: given.why(), seen: None }),
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
    let plan = Plan {
        heading: with_name("vote-delete-heading"),
        says,
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("vote-delete-button"), true),
        request: Box::new(move |given| Request::DeleteVote {
            vote: id,
            reason: given.why(),
            anyway: false,
            seen: None,
        }),
        done: done("vote-deleted", name),
        ways: Some((Rule::CouldNotVoteAgain, ways)),
    };
    Reasoned::new(plan, trail.clone(), session)
}

/// The active jurors without a vote.
pub(super) fn missing(film: &FilmVotes) -> Vec<&SeatRow> {
    film.jurors.iter().filter(|seat| seat.active && !seat.voted).collect()
}

/// Closes the round with votes missing.
pub(super) fn close(film: &FilmVotes, trail: &Trail, session: &Session) -> Reasoned {
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
    let votes = film.film.tally.total();
    let weight = if votes < film.quorum { Weight::Warning } else { Weight::Good };
    let args = [("votes", votes.into()), ("needed", film.quorum.into())];
    says.push((weight, session.tr_with("round-close-quorum", &args)));
    let then = FilmFacts { closed: true, ..film.film.facts() }.proposal();
    if let Some((_, text)) = proposal(session, then).filter(|_| !film.hidden) {
        says.push((Weight::Plain, session.tr_with("round-close-then", &[("then", (&text).into())])));
    }
    says.push((Weight::Quiet, session.tr("round-close-about")));
    let plan = Plan {
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
    };
    Reasoned::new(plan, trail.clone(), session)
}

/// Opens a closed round again for everybody.
pub(super) fn reopen(film: &FilmVotes, trail: &Trail, session: &Session) -> Reasoned {
    let (id, status) = (film.film.id, film.film.status);
    let plan = Plan {
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
    };
    Reasoned::new(plan, trail.clone(), session)
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
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    let plan = Plan {
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
    };
    Reasoned::new(plan, trail.clone(), session)
}

/// Gives a juror the one change back.
pub(super) fn reset(vote: &VoteRow, trail: &Trail, session: &Session) -> Reasoned {
    let (id, name) = (vote.vote, inert(&vote.juror_name).into_owned());
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    let about = if vote.stands { "vote-reset-stands" } else { "vote-reset-about" };
    let plan = Plan {
        heading: with_name("vote-reset-heading"),
        says: vec![(Weight::Plain, note(session, vote.note).1), (Weight::Plain, with_name(about))],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("vote-reset-button"), false),
        request: Box::new(move |given| Request::ResetVote { vote: id, reason: given.why(), seen: None }),
        done: done("vote-reset", name),
        ways: None,
    };
    Reasoned::new(plan, trail.clone(), session)
}

/// Lets a late vote count; `None` where it did not come late.
pub(super) fn admit(vote: &VoteRow, trail: &Trail, session: &Session) -> Option<Reasoned> {
    if vote.set_aside != Some(SetAside::Late) {
        return None;
    }
    let (id, name) = (vote.vote, inert(&vote.juror_name).into_owned());
    let with_name = |id: &str| session.tr_with(id, &[("name", (&name).into())]);
    let plan = Plan {
        heading: with_name("vote-admit-heading"),
        says: vec![(Weight::Plain, note(session, vote.note).1), (Weight::Plain, with_name("vote-admit-about"))],
        choices: Vec::new(),
        needs_reason: true,
        button: (session.tr("vote-admit-button"), false),
        request: Box::new(move |given| Request::AdmitVote { vote: id, reason: given.why(), seen: None }),
        done: done("vote-admitted", name),
        ways: None,
    };
    Some(Reasoned::new(plan, trail.clone(), session))
}

/// The id of why somebody cannot judge a film.
pub(crate) fn why(why: Why) -> &'static str {
    match why {
        Why::Conflict => "recusal-conflict",
        Why::CannotWatch => "recusal-cannot-watch",
        Why::Language => "recusal-language",
    }
}

/// Answers a juror who cannot judge the film, or takes back what was answered; `None` for anybody else.
pub(super) fn settle(seat: &SeatRow, film: FilmId, trail: &Trail, session: &Session) -> Option<Reasoned> {
    let recusal = seat.recusal?;
    let (juror, name) = (seat.juror, inert(&seat.name).into_owned());
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
    let plan = Plan {
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
            Request::SettleRecusal { film, juror, agree, kept, reason: given.reason.clone(), seen: None }
        }),
        done: done("recusal-settled", name),
        ways: None,
    };
    Some(Reasoned::new(plan, trail.clone(), session))
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

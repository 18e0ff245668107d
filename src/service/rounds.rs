//! Rounds: closed, opened again; ballots deleted, given back, admitted.

use super::ask::Ask;
use super::ballots::unseen_by_staff;
use super::panels::jurors_of;
use super::sheet::film_votes;
use super::standing::look;
use super::status::conflict;
use super::trash::checked;
use super::{settings, voting};
use crate::api::{Answer, Failure, Reply};
use crate::domain::film::FilmStatus;
use crate::domain::jury::Juror;
use crate::domain::round::{BallotSeen, FilmVoting, Rules};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{FilmId, UserId, VoteId};
use crate::store::{Tx, tx, votes as store};

/// What an act is about.
#[derive(Clone, Copy, Debug)]
enum On {
    Film(FilmId),
    /// The film of this ballot.
    Vote(VoteId),
}

/// An act on one film's votes.
#[derive(Clone, Copy, Debug)]
struct Act<'a> {
    on: On,
    reason: Option<&'a str>,
    /// Somebody whom the act needs to know.
    juror: Option<UserId>,
    /// The status that the person saw.
    seen: Option<FilmStatus>,
    /// The ballot that the person saw.
    ballot: Option<BallotSeen>,
    /// Whether the film may move by itself then.
    follows: bool,
    undoable: bool,
}

impl<'a> Act<'a> {
    fn new(on: On, reason: Option<&'a str>) -> Self {
        Self { on, reason, juror: None, seen: None, ballot: None, follows: false, undoable: true }
    }
}

/// Judges an act, and makes of the film what becomes of it.
type Judge<'j> = &'j (dyn Fn(&mut FilmVoting, &Rules, Option<&Juror>) -> Result<(), Failure> + Sync);

/// A reason that has to be given.
pub(super) fn needed(reason: &str) -> Result<&str, Refusal> {
    checked(Some(reason))?.ok_or_else(|| Rule::ReasonNeeded.into())
}

async fn act(ask: &Ask<'_>, act: Act<'_>, judge: Judge<'_>) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (votes, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let id = film(ask, tx, act.on).await?;
            let found = look(&mut tx.conn, &tx.shape, &[id.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let found = found.ok_or(Rule::FilmGone)?;
            let again = !ask.done_before(tx).await?.is_empty();
            let (mut moved, mut changed) = (false, again);
            if !again {
                let status = found.voting.status;
                if let Some(seen) = act.seen.filter(|seen| *seen != status) {
                    return Err(conflict(seen, status));
                }
                let rules = settings::rules(&mut tx.conn).await?;
                if let On::Vote(vote) = act.on {
                    let ballot = found.voting.ballots.iter().find(|ballot| ballot.id == vote);
                    unseen_by_staff(&found, ballot, act.ballot, &rules)?;
                }
                let juror = match act.juror {
                    Some(juror) => jurors_of(tx, &found.voting, &[juror]).await?.pop(),
                    None => None,
                };
                let mut now = found.voting.clone();
                judge(&mut now, &rules, juror.as_ref())?;
                if act.follows {
                    now.go_on(&rules);
                }
                moved = now.status != status;
                changed = now != found.voting;
                if changed {
                    voting::write(tx, ask, &found, &now).await?.record(tx, ask, id, 0, act.reason);
                }
            }
            Ok((film_votes(&mut tx.conn, &tx.shape, id, moved).await?, changed, again))
        })
    })
    .await?;
    let reply = Reply::Voting(Box::new(votes));
    if !changed {
        return Ok(reply.into());
    }
    ask.published().await;
    Ok(if act.undoable { ask.undoable(reply, again) } else { Ask::final_answer(reply, again) })
}

/// An act on one ballot as the person saw it, with a reason that has to be given.
async fn on_ballot(
    ask: &Ask<'_>,
    vote: VoteId,
    reason: &str,
    seen: Option<BallotSeen>,
    follows: bool,
    judge: Judge<'_>,
) -> Result<Answer, Failure> {
    let on_ballot = Act { ballot: seen, follows, ..Act::new(On::Vote(vote), Some(needed(reason)?)) };
    act(ask, on_ballot, judge).await
}

/// Which film it is about: of a ballot that this very request deleted, the ledger knows.
async fn film(ask: &Ask<'_>, tx: &mut Tx<'_>, on: On) -> Result<FilmId, Failure> {
    let vote = match on {
        On::Film(film) => return Ok(film),
        On::Vote(vote) => vote,
    };
    if let Some(film) = store::film_of(&mut tx.conn, &tx.shape, vote).await? {
        return Ok(film);
    }
    let lines = ask.done_before(tx).await?;
    let film = lines.first().and_then(|line| line.entry.subject).map(FilmId);
    film.ok_or_else(|| gone(vote))
}

fn gone(vote: VoteId) -> Failure {
    Failure::NotFound { what: "thing-vote", id: vote.0 }
}

fn there(film: &FilmVoting, vote: VoteId) -> Result<(), Failure> {
    if film.ballots.iter().any(|ballot| ballot.id == vote) { Ok(()) } else { Err(gone(vote)) }
}

/// Shows staff the votes before the round is complete, where the festival hides them until then.
pub(super) async fn open_votes(ask: &Ask<'_>, film: FilmId, reason: &str) -> Result<Answer, Failure> {
    let look = Act { undoable: false, ..Act::new(On::Film(film), Some(needed(reason)?)) };
    let judge = |now: &mut FilmVoting, _: &Rules, _: Option<&Juror>| {
        now.round.opened = true;
        Ok(())
    };
    act(ask, look, &judge).await
}

pub(super) async fn delete_vote(
    ask: &Ask<'_>,
    vote: VoteId,
    reason: &str,
    anyway: bool,
    seen: Option<BallotSeen>,
) -> Result<Answer, Failure> {
    let judge = |now: &mut FilmVoting, rules: &Rules, _: Option<&Juror>| {
        there(now, vote)?;
        now.delete(vote, rules, anyway)?;
        now.strike(&[vote]);
        Ok(())
    };
    on_ballot(ask, vote, reason, seen, false, &judge).await
}

pub(super) async fn delete_votes(
    ask: &Ask<'_>,
    film: FilmId,
    reason: &str,
    anyway: bool,
    seen: Option<FilmStatus>,
) -> Result<Answer, Failure> {
    let judge = |now: &mut FilmVoting, rules: &Rules, _: Option<&Juror>| {
        let votes: Vec<VoteId> = now.ballots.iter().map(|ballot| ballot.id).collect();
        for vote in votes {
            now.delete(vote, rules, anyway)?;
            now.strike(&[vote]);
        }
        Ok(())
    };
    act(ask, Act { seen, ..Act::new(On::Film(film), Some(needed(reason)?)) }, &judge).await
}

/// Gives a juror the one change of a vote back, spent or waived.
pub(super) async fn reset_vote(
    ask: &Ask<'_>,
    vote: VoteId,
    reason: &str,
    seen: Option<BallotSeen>,
) -> Result<Answer, Failure> {
    let judge = |now: &mut FilmVoting, _: &Rules, _: Option<&Juror>| {
        there(now, vote)?;
        now.reset(vote)?;
        now.give_back(vote);
        Ok(())
    };
    on_ballot(ask, vote, reason, seen, false, &judge).await
}

/// Lets a late vote count.
pub(super) async fn admit_vote(
    ask: &Ask<'_>,
    vote: VoteId,
    reason: &str,
    seen: Option<BallotSeen>,
) -> Result<Answer, Failure> {
    let judge = |now: &mut FilmVoting, _: &Rules, _: Option<&Juror>| {
        there(now, vote)?;
        now.round.closings = now.admit(vote)?;
        Ok(())
    };
    on_ballot(ask, vote, reason, seen, true, &judge).await
}

/// Closes the round that a film is in with votes missing.
pub(super) async fn close(
    ask: &Ask<'_>,
    film: FilmId,
    reason: Option<&str>,
    seen: Option<FilmStatus>,
) -> Result<Answer, Failure> {
    let judge = |now: &mut FilmVoting, rules: &Rules, _: Option<&Juror>| {
        now.round.closings = now.close(rules)?;
        Ok(())
    };
    let close = Act { seen, follows: true, ..Act::new(On::Film(film), checked(reason)?) };
    act(ask, close, &judge).await
}

/// Opens round 1 again for one juror, or the closed round for everybody.
pub(super) async fn reopen(
    ask: &Ask<'_>,
    film: FilmId,
    juror: Option<UserId>,
    reason: &str,
    seen: Option<FilmStatus>,
) -> Result<Answer, Failure> {
    let judge = |now: &mut FilmVoting, _: &Rules, juror: Option<&Juror>| {
        let Some(juror) = juror else {
            now.round.closings = now.reopen()?;
            return Ok(());
        };
        now.reopen_for(juror)?;
        now.wait_for(juror);
        Ok(())
    };
    act(ask, Act { juror, seen, ..Act::new(On::Film(film), Some(needed(reason)?)) }, &judge).await
}

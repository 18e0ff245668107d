//! What staff change of a film's votes: as it was found under the lock and as it shall be. What differs is written, and told to
//! the ledger in pieces by which it can be put back.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::ask::Ask;
use super::standing::Film;
use crate::api::{Failure, Topic};
use crate::domain::film::FilmStatus;
use crate::domain::round::FilmVoting;
use crate::domain::vote::Known;
use crate::domain::{FilmId, UserId};
use crate::store::rounds::Move;
use crate::store::seats::Seat;
use crate::store::{Tx, outside, panels, rounds, seats, votes};

/// What is kept of somebody, if they have to do with the film at all.
pub(super) fn kept(voting: &FilmVoting, juror: UserId) -> Seat {
    voting.juror(juror).map(Seat::of).unwrap_or_default()
}

/// The pieces of a change for the ledger: before and after.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) before: Map<String, Value>,
    pub(super) after: Map<String, Value>,
}

impl Pieces {
    /// One more piece.
    pub(super) fn put(&mut self, name: &str, before: impl Serialize, after: impl Serialize) {
        self.before.insert(name.to_owned(), json!(before));
        self.after.insert(name.to_owned(), json!(after));
    }

    fn was(&mut self, name: &str, before: impl Serialize) {
        self.before.insert(name.to_owned(), json!(before));
    }

    /// Puts the change into the ledger.
    pub(super) fn record(self, tx: &mut Tx<'_>, ask: &Ask<'_>, film: FilmId, sequence: i32, reason: Option<&str>) {
        let mut entry = ask.entry(Topic::Films, Some(film.0));
        entry.sequence = sequence;
        (entry.before, entry.after) = (Some(self.before.into()), Some(self.after.into()));
        entry.reason = reason.map(str::to_owned);
        tx.record(entry);
    }
}

/// A ballot as it stands.
pub(super) fn known(voting: &FilmVoting, of: impl Fn(UserId) -> bool) -> Vec<Known> {
    let ballots = voting.ballots.iter().filter(|ballot| of(ballot.juror));
    ballots.map(|ballot| Known { vote: ballot.id, modification_count: ballot.modification_count }).collect()
}

/// Whether a film that moves so is taken into or out of a round, so that its ballots have to be as they were for a way back.
pub(super) fn is_round(status: FilmStatus) -> bool {
    matches!(status, FilmStatus::Assigned | FilmStatus::ToDiscuss)
}

/// Writes what differs between a locked film and what shall become of it; new ballots are none of that. Answers the pieces.
pub(super) async fn write(tx: &mut Tx<'_>, ask: &Ask<'_>, film: &Film, now: &FilmVoting) -> Result<Pieces, Failure> {
    let mut pieces = Pieces::default();
    panel(tx, film, now, &mut pieces).await?;
    ballots(tx, film, now, &mut pieces).await?;
    jurors(tx, film, now, &mut pieces).await?;
    let was = &film.voting;
    if was.round != now.round {
        pieces.put("round", &was.round, &now.round);
    }
    settle(tx, ask, film, now).await?;
    if was.status != now.status {
        let (born, round, by) = (film.born.as_deref(), &now.round, (ask.user(), ask.id));
        let step = Move { film: film.id(), born, to: now.status, round, jury_comment: None, by };
        rounds::carry(&mut tx.conn, &tx.shape, step).await?;
        pieces.put("status", was.status.as_sql(), now.status.as_sql());
    } else if was.round != now.round {
        rounds::write(&mut tx.conn, &[(film.id(), film.born.as_deref(), &now.round)]).await?;
    }
    let struck = |juror: UserId| was.ballots_of(juror).len() != now.ballots_of(juror).len();
    let moves = was.status != now.status && is_round(was.status) && is_round(now.status);
    if moves || was.jurors.iter().any(|juror| struck(juror.id)) || was.ballots.len() != now.ballots.len() {
        pieces.after.insert("left".to_owned(), json!(known(now, |juror| moves || struck(juror))));
        pieces.after.insert("whole".to_owned(), json!(moves));
    }
    Ok(pieces)
}

/// Settles what the web site did with ballots on which is decided herewith: they are struck, or count now.
async fn settle(tx: &mut Tx<'_>, ask: &Ask<'_>, film: &Film, now: &FilmVoting) -> Result<(), Failure> {
    for ballot in &film.voting.ballots {
        let struck = now.ballots.iter().all(|other| other.id != ballot.id);
        let admitted = film.voting.round.closings.is_late(ballot) && !now.round.closings.is_late(ballot);
        if struck || admitted {
            outside::decide_ballot(&mut tx.conn, film.id(), ballot.id, ask.user(), ask.id).await?;
        }
    }
    Ok(())
}

async fn panel(tx: &mut Tx<'_>, film: &Film, now: &FilmVoting, pieces: &mut Pieces) -> Result<(), Failure> {
    let (was, now) = (film.voting.panel(), now.panel());
    if was == now {
        return Ok(());
    }
    let lacks = |panel: &[UserId], other: &[UserId]| -> Vec<i32> {
        other.iter().filter(|juror| !panel.contains(juror)).map(|juror| juror.0).collect()
    };
    let removed = panels::remove(&mut tx.conn, &tx.shape, film.id(), &lacks(&now, &was)).await?;
    panels::add(&mut tx.conn, &tx.shape, film.id(), &lacks(&was, &now)).await?;
    pieces.put("panel", was, now);
    pieces.was("removed", removed);
    Ok(())
}

async fn ballots(tx: &mut Tx<'_>, film: &Film, now: &FilmVoting, pieces: &mut Pieces) -> Result<(), Failure> {
    let find = |vote| now.ballots.iter().find(|ballot| ballot.id == vote);
    let (mut struck, mut given_back) = (Vec::new(), Vec::new());
    for was in &film.voting.ballots {
        match find(was.id) {
            None => struck.push(was.id.0),
            Some(now) if now.modification_count != was.modification_count => given_back.push(was.id.0),
            Some(_) => {}
        }
    }
    if !struck.is_empty() {
        let struck = votes::strike_some(&mut tx.conn, &tx.shape, &struck).await?;
        pieces.was("votes", struck.votes);
        pieces.was("history", struck.history);
    }
    if !given_back.is_empty() {
        // Read again under their own lock: the web site may count one up at this moment.
        let counts = votes::changes(&mut tx.conn, &tx.shape, &given_back).await?;
        votes::set_changes(&mut tx.conn, &tx.shape, &given_back, 0).await?;
        let none = given_back.iter().map(|vote| (vote.to_string(), 0)).collect::<std::collections::BTreeMap<_, _>>();
        pieces.put("changes", counts, none);
    }
    Ok(())
}

async fn jurors(tx: &mut Tx<'_>, film: &Film, now: &FilmVoting, pieces: &mut Pieces) -> Result<(), Failure> {
    let mut ids: Vec<UserId> = film.voting.jurors.iter().chain(&now.jurors).map(|juror| juror.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let (mut before, mut after) = (Map::new(), Map::new());
    for juror in ids {
        let (was, seat) = (kept(&film.voting, juror), kept(now, juror));
        if was != seat {
            seats::write(&mut tx.conn, film.id(), film.born.as_deref(), juror, &seat).await?;
            before.insert(juror.to_string(), json!(was));
            after.insert(juror.to_string(), json!(seat));
        }
    }
    if !before.is_empty() {
        pieces.put("jurors", before, after);
    }
    Ok(())
}

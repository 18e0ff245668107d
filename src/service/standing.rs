//! Films with everything that decides what can be done with them, read under one lock, and the steps that they take by
//! themselves.
//!
//! Whoever writes something of a film looks at it here first, in the house's order of locks: the film's row, its guard row
//! (written, see [`rounds::guard`]), then what hangs on it. Nothing of a film that decides is read before.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use sqlx::MySqlConnection;
use uuid::Uuid;

use super::ask::Ask;
use crate::api::Topic;
use crate::domain::film::{self, FilmFacts, FilmStatus, Step};
use crate::domain::jury::Juror;
use crate::domain::round::{FilmVoting, Round, Rules};
use crate::domain::rule::Refusal;
use crate::domain::vote::Ballot;
use crate::domain::{FilmId, UserId, VoteId};
use crate::store::films::{Locked, Which};
use crate::store::rounds::{Move, Standing};
use crate::store::seats::Seat;
use crate::store::votes::Written;
use crate::store::{Entry, Shape, StoreError, Tx, films, rounds, seats, votes};

/// A film with everything that decides on it.
#[derive(Clone, Debug)]
pub(super) struct Film {
    pub(super) row: Locked,
    pub(super) title: String,
    pub(super) jury_comment: Option<String>,
    /// Its `createdAt`, by which rows of ours know it.
    pub(super) born: Option<String>,
    pub(super) voting: FilmVoting,
}

impl Film {
    pub(super) fn id(&self) -> FilmId {
        FilmId(self.row.id)
    }

    /// What decides its steps.
    pub(super) fn facts(&self) -> FilmFacts {
        self.voting.facts()
    }

    /// Judges a step; whether only force made it possible.
    pub(super) fn judge(&self, step: &Step<'_>) -> Result<bool, Refusal> {
        film::judge(&self.facts(), step)
    }

    fn of(standing: Standing, jurors: Option<Vec<Juror>>, ballots: Option<Vec<Ballot>>) -> Self {
        let Standing { row, title, producer, jury_comment, born, awards, round } = standing;
        let (jurors, ballots) = (jurors.unwrap_or_default(), ballots.unwrap_or_default());
        let voting = FilmVoting { status: row.status, producer, jurors, ballots, round, awards };
        Film { row, title, jury_comment, born, voting }
    }
}

/// Films with what decides on them, in the order of their ids; those that are gone are missing. With `lock` nobody of us
/// changes them until the transaction ends, and everything is read after that.
pub(super) async fn look(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    lock: bool,
) -> Result<Vec<Film>, StoreError> {
    let (found, mut jurors) = seated(&mut *conn, shape, ids, lock).await?;
    let there: Vec<i32> = found.iter().map(|standing| standing.row.id).collect();
    let mut ballots: HashMap<i32, Vec<Ballot>> = HashMap::new();
    for ballot in films::ballots(conn, shape, Which::Ids(&there), None).await? {
        ballots.entry(ballot.film).or_default().push(ballot.ballot);
    }
    let film = |standing: Standing| {
        let id = standing.row.id;
        Film::of(standing, jurors.remove(&id), ballots.remove(&id))
    };
    Ok(found.into_iter().map(film).collect())
}

/// One film for a juror: also what they wrote on it.
pub(super) async fn look_as(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    juror: UserId,
    lock: bool,
) -> Result<Option<(Film, HashMap<VoteId, Written>)>, StoreError> {
    let (mut found, mut jurors) = seated(&mut *conn, shape, &[film.0], lock).await?;
    let Some(standing) = found.pop() else { return Ok(None) };
    let (ballots, written) = votes::on_film(conn, shape, film, juror).await?;
    Ok(Some((Film::of(standing, jurors.remove(&film.0), Some(ballots)), written)))
}

async fn seated(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    lock: bool,
) -> Result<(Vec<Standing>, HashMap<i32, Vec<Juror>>), StoreError> {
    if lock {
        rounds::guard(&mut *conn, shape, ids).await?;
    }
    let found = rounds::standing(&mut *conn, shape, ids).await?;
    let born = found.iter().map(|standing| (standing.row.id, standing.born.clone())).collect();
    let jurors = if found.is_empty() { HashMap::new() } else { seats::jurors(conn, shape, &born).await? };
    Ok((found, jurors))
}

/// Notes what is known of a locked film's rounds.
pub(super) async fn note_round(tx: &mut Tx<'_>, film: &mut Film, round: Round) -> Result<(), StoreError> {
    if film.voting.round != round {
        rounds::write(&mut tx.conn, &[(film.id(), film.born.as_deref(), &round)]).await?;
        film.voting.round = round;
    }
    Ok(())
}

/// Notes what is kept of a juror and a locked film.
pub(super) async fn note_seat(tx: &mut Tx<'_>, film: &mut Film, juror: UserId, seat: Seat) -> Result<(), StoreError> {
    seats::write(&mut tx.conn, film.id(), film.born.as_deref(), juror, &seat).await?;
    if let Some(juror) = film.voting.jurors.iter_mut().find(|other| other.id == juror) {
        (juror.recusal, juror.kept, juror.stands) = (seat.recusal, seat.kept, seat.stands);
    }
    Ok(())
}

/// What a step changed of a film, for the ledger: its status, and its rounds where something became of them.
pub(super) type Change = (Map<String, Value>, Map<String, Value>);

/// Moves a locked film, with what becomes of its rounds, and settles what the web site did with its status.
pub(super) async fn carry(
    tx: &mut Tx<'_>,
    ask: &Ask<'_>,
    film: &mut Film,
    to: FilmStatus,
    jury_comment: Option<&str>,
) -> Result<Change, StoreError> {
    carry_by(tx, (ask.user(), ask.id), film, to, jury_comment).await
}

/// The same by somebody and some request.
async fn carry_by(
    tx: &mut Tx<'_>,
    by: (Option<UserId>, Uuid),
    film: &mut Film,
    to: FilmStatus,
    jury_comment: Option<&str>,
) -> Result<Change, StoreError> {
    let round = film.voting.round_at(to);
    let step = Move { film: film.id(), born: film.born.as_deref(), to, round: &round, jury_comment, by };
    rounds::carry(&mut tx.conn, &tx.shape, step).await?;
    let states = states(film, to, &round);
    film.row.status = to;
    film.voting.status = to;
    film.voting.round = round;
    Ok(states)
}

/// What a step to a status, with what becomes of the film's rounds, changes of a film.
pub(super) fn states(film: &Film, to: FilmStatus, round: &Round) -> Change {
    let mut before = Map::from_iter([("status".to_owned(), json!(film.row.status.as_sql()))]);
    let mut after = Map::from_iter([("status".to_owned(), json!(to.as_sql()))]);
    if *round != film.voting.round {
        before.insert("round".into(), json!(film.voting.round));
        after.insert("round".into(), json!(round));
    }
    (before, after)
}

/// Lets a locked film take the steps that follow from what was done with it, if any do, each with a ledger row of its own
/// from this number on; whether it moved.
pub(super) async fn follow(
    tx: &mut Tx<'_>,
    ask: &Ask<'_>,
    rules: &Rules,
    film: &mut Film,
    sequence: i32,
) -> Result<bool, StoreError> {
    let mut entry = ask.entry(Topic::Films, Some(film.row.id));
    entry.sequence = sequence;
    Ok(follow_as(tx, entry, rules, film).await? > 0)
}

/// The same as whoever a row of the ledger names, from its number on; how many steps the film took.
pub(super) async fn follow_as(
    tx: &mut Tx<'_>,
    first: Entry,
    rules: &Rules,
    film: &mut Film,
) -> Result<i32, StoreError> {
    let mut steps = 0;
    // A step leads forward, so this ends.
    while let Some(to) = film.voting.follow(rules) {
        let (before, after) = carry_by(tx, (first.actor, first.request_id), film, to, None).await?;
        let sequence = first.sequence + steps;
        tx.record(Entry { sequence, before: Some(before.into()), after: Some(after.into()), ..first.clone() });
        steps += 1;
    }
    Ok(steps)
}

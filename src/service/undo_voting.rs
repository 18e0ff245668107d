//! Undo of what was done with panels, rounds, votes and awards: piece by piece, only where each is as that change left it.

use serde_json::Value;

use super::ask::Ask;
use super::panels::jurors_of;
use super::standing::Film;
use super::trash::savepoint;
use super::undo::{States, changed_since, does_not_fit};
use super::voting::{self, Pieces};
use crate::api::Failure;
use crate::domain::film::FilmStatus;
use crate::domain::jury::Juror;
use crate::domain::round::{FilmVoting, Round};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::vote::Known;
use crate::domain::{AwardId, UserId};
use crate::store::ledger::Line;
use crate::store::seats::Seat;
use crate::store::votes::Struck;
use crate::store::whole::{self, WholeRow};
use crate::store::{Table, Tx, awards, films, panels, votes};

/// What can be taken back here.
pub(super) const ACTIONS: [&str; 12] = [
    "set_panel",
    "close_round",
    "reopen_round",
    "reset_vote",
    "admit_vote",
    "delete_vote",
    "delete_votes",
    "award",
    "take_back_award",
    "release_juror",
    "settle_recusal",
    "promote",
];

/// Taken back, or what stands in the way.
type Outcome = Result<Result<States, Refusal>, Failure>;

/// Takes one change of a locked film back, or says what stands in the way and has changed nothing.
pub(super) async fn take_back(tx: &mut Tx<'_>, ask: &Ask<'_>, line: &Line, film: Option<Film>) -> Outcome {
    let Some(film) = film else { return Ok(Err(Rule::FilmGone.into())) };
    let change = Change { before: line.entry.before.as_ref(), after: line.entry.after.as_ref() };
    if let Err(what) = change.is_left_so(&film) {
        return Ok(Err(changed_since(what)));
    }
    savepoint(&mut tx.conn, "SAVEPOINT one_change").await?;
    match change.put_back(tx, ask, film).await? {
        Ok(()) => Ok(Ok((line.entry.after.clone(), line.entry.before.clone()))),
        Err(refusal) => {
            savepoint(&mut tx.conn, "ROLLBACK TO SAVEPOINT one_change").await?;
            Ok(Err(refusal))
        }
    }
}

/// A change as the ledger tells of it.
#[derive(Clone, Copy, Debug)]
struct Change<'a> {
    before: Option<&'a Value>,
    after: Option<&'a Value>,
}

fn piece<T: serde::de::DeserializeOwned>(state: Option<&Value>, name: &str) -> Option<T> {
    serde_json::from_value(state?.get(name)?.clone()).ok()
}

fn status(state: Option<&Value>) -> Option<FilmStatus> {
    state?.get("status")?.as_str().map(FilmStatus::from_sql)
}

/// What is kept of jurors, by juror.
fn kept(state: Option<&Value>) -> Vec<(UserId, Seat)> {
    let jurors = state.and_then(|state| state.get("jurors")).and_then(Value::as_object);
    let kept =
        |(id, kept): (&String, &Value)| Some((UserId(id.parse().ok()?), serde_json::from_value(kept.clone()).ok()?));
    jurors.map(|jurors| jurors.iter().filter_map(kept).collect()).unwrap_or_default()
}

impl Change<'_> {
    fn rows(&self, name: &str) -> Vec<WholeRow> {
        piece(self.before, name).unwrap_or_default()
    }

    /// The ballots whose change was given back, with how often each had been changed.
    fn given_back(&self) -> Vec<(i32, i32)> {
        let changes: std::collections::BTreeMap<String, i32> = piece(self.before, "changes").unwrap_or_default();
        changes.iter().filter_map(|(vote, count)| Some((vote.parse().ok()?, *count))).collect()
    }

    /// Whether every piece is as the change left it; otherwise what is not.
    fn is_left_so(&self, film: &Film) -> Result<(), &'static str> {
        let now = &film.voting;
        let same = |is: bool, what| if is { Ok(()) } else { Err(what) };
        same(status(self.after).is_none_or(|status| status == now.status), "thing-film")?;
        same(piece::<Vec<UserId>>(self.after, "panel").is_none_or(|panel| panel == now.panel()), "thing-panel")?;
        same(piece::<Round>(self.after, "round").is_none_or(|round| round == now.round), "thing-film")?;
        same(kept(self.after).iter().all(|(juror, kept)| voting::kept(now, *juror) == *kept), "thing-panel")?;
        let comment = self.after.and_then(|after| after.get("jury_comment"));
        same(comment.is_none_or(|comment| comment.as_str() == film.jury_comment.as_deref()), "thing-film")?;
        let unspent =
            |vote: i32| now.ballots.iter().any(|ballot| ballot.id.0 == vote && ballot.modification_count == 0);
        same(self.given_back().iter().all(|(vote, _)| unspent(*vote)), "thing-vote")?;
        let struck: Vec<i32> = self.rows("votes").iter().filter_map(|row| whole::number(row, "id_user")).collect();
        let whole = piece::<bool>(self.after, "whole").unwrap_or(false);
        let is = voting::known(now, |juror| whole || struck.contains(&juror.0));
        same(piece::<Vec<Known>>(self.after, "left").is_none_or(|left| left == is), "thing-vote")?;
        let (joined, _) = self.moves();
        same(joined.iter().all(|juror| now.ballots_of(*juror).is_empty()), "thing-vote")
    }

    /// Who joined the panel by the change, and who left it.
    fn moves(&self) -> (Vec<UserId>, Vec<UserId>) {
        let panel = |state| piece::<Vec<UserId>>(state, "panel").unwrap_or_default();
        let (before, after) = (panel(self.before), panel(self.after));
        let without = |one: &[UserId], other: &[UserId]| one.iter().filter(|id| !other.contains(id)).copied().collect();
        (without(&after, &before), without(&before, &after))
    }

    /// Puts the pieces back. After a refusal some of them may be there: roll back.
    async fn put_back(&self, tx: &mut Tx<'_>, ask: &Ask<'_>, mut film: Film) -> Result<Result<(), Refusal>, Failure> {
        let (joined, left) = self.moves();
        let left = match jurors_of(tx, &film.voting, &left).await {
            Err(Failure::NotFound { what, .. }) => return Ok(Err(changed_since(what))),
            other => other?,
        };
        for juror in &left {
            let seat = Juror { recusal: None, ..juror.clone() };
            if let Err(refusal) = seat.may_join(film.voting.producer) {
                return Ok(Err(refusal));
            }
        }
        if let Err(error) = panels::put_back(&mut tx.conn, &tx.shape, &self.rows("removed")).await {
            return Ok(Err(does_not_fit(error, Table::MoviesJuries.name())?));
        }
        if let Err(refusal) = self.ballots(tx).await? {
            return Ok(Err(refusal));
        }
        if let Err(refusal) = self.award(tx, &film).await? {
            return Ok(Err(refusal));
        }
        if let Some(comment) = self.before.and_then(|before| before.get("jury_comment")) {
            films::set_jury_comment(&mut tx.conn, &tx.shape, film.id(), comment.as_str()).await?;
        }
        for juror in &left {
            sit(&mut film.voting, juror, true);
        }
        let target = self.target(&film.voting, &joined);
        let _: Pieces = voting::write(tx, ask, &film, &target).await?;
        Ok(Ok(()))
    }

    /// Puts struck ballots back and spends changes that were given back.
    async fn ballots(&self, tx: &mut Tx<'_>) -> Result<Result<(), Refusal>, Failure> {
        let struck = Struck { votes: self.rows("votes"), history: self.rows("history") };
        if let Err(error) = votes::restore(&mut tx.conn, &tx.shape, &struck).await {
            return Ok(Err(does_not_fit(error, Table::Votes.name())?));
        }
        for (vote, count) in self.given_back() {
            votes::set_changes(&mut tx.conn, &tx.shape, &[vote], count).await?;
        }
        Ok(Ok(()))
    }

    /// Takes a new award away again, or puts one back.
    async fn award(&self, tx: &mut Tx<'_>, film: &Film) -> Result<Result<(), Refusal>, Failure> {
        if let Some(given) = self.after.and_then(|after| after.get("award")) {
            let now = awards::list(&mut tx.conn, &tx.shape, Some(film.id())).await?;
            let id = given.get("id").and_then(Value::as_i64);
            let name = given.get("name").and_then(Value::as_str);
            let is = now.iter().find(|award| Some(i64::from(award.id.0)) == id && Some(award.name.as_str()) == name);
            // With another award since it cannot go back to where it was without one.
            let Some(award) = is.filter(|_| status(self.before).is_none() || now.len() == 1) else {
                return Ok(Err(changed_since("thing-award")));
            };
            let ids: [AwardId; 1] = [award.id];
            awards::delete(&mut tx.conn, &tx.shape, &ids).await?;
        }
        if let Some(row) = piece::<WholeRow>(self.before, "award")
            && let Err(error) = awards::put_back(&mut tx.conn, &tx.shape, &row).await
        {
            return Ok(Err(does_not_fit(error, Table::Awards.name())?));
        }
        Ok(Ok(()))
    }

    /// What becomes of the film.
    fn target(&self, now: &FilmVoting, joined: &[UserId]) -> FilmVoting {
        let mut target = now.clone();
        for juror in target.jurors.iter_mut().filter(|juror| joined.contains(&juror.id)) {
            juror.on_panel = false;
        }
        for (id, kept) in kept(self.before) {
            if let Some(juror) = target.jurors.iter_mut().find(|juror| juror.id == id) {
                kept.into_juror(juror);
            }
        }
        target.status = status(self.before).unwrap_or(target.status);
        target.round = piece(self.before, "round").unwrap_or(target.round);
        target
    }
}

/// On the panel or off it.
fn sit(voting: &mut FilmVoting, juror: &Juror, on_panel: bool) {
    match voting.jurors.iter_mut().find(|known| known.id == juror.id) {
        Some(known) => known.on_panel = on_panel,
        None => voting.jurors.push(Juror { on_panel, ..juror.clone() }),
    }
}

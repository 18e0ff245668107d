//! Moving films: what decides a step is read after the lock, judged, written, and put into the ledger.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Utc;
use serde_json::{Map, Value, json};
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::catalogue::one_row;
use super::standing::{self, Film, look};
use super::voting::{is_round, known};
use crate::api::failure::FieldChange;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::FilmId;
use crate::domain::film::{self, Ballots, FilmStatus, Step};
use crate::domain::outside::What;
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::text::filled;
use crate::store::films::Locked;
use crate::store::votes::Struck;
use crate::store::{Shape, Table, Tx, films, outside, rounds, tx, votes, whole};

/// Longest rationale in characters.
pub(super) const REASON_MAX: usize = 10_000;

/// What somebody wants done with films.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) to: FilmStatus,
    pub(super) reason: Option<String>,
    pub(super) force: bool,
    pub(super) ballots: Option<Ballots>,
    pub(super) private: bool,
}

impl Change {
    pub(super) fn step(&self) -> Step<'_> {
        Step { to: self.to, reason: self.reason(), force: self.force, ballots: self.ballots }
    }

    fn reason(&self) -> Option<&str> {
        filled(self.reason.as_deref())
    }

    /// What can be said before any film is looked at.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let length = self.reason().map_or(0, |reason| reason.chars().count());
        if length <= REASON_MAX {
            return Ok(());
        }
        let refusal = Refusal::new(Rule::TooLong).with("field", Param::Message("field-reason".to_owned()));
        Err(refusal.with("max", REASON_MAX as i64).with("length", length as i64))
    }

    /// The line for `admin_comment`, unless the rationale stays in the console.
    fn line(&self, who: &str) -> Option<String> {
        let reason = self.reason().filter(|_| !self.private)?;
        Some(format!("{} {who}: {reason}", Utc::now().format("%Y-%m-%d")))
    }
}

/// A film that will move.
pub(super) struct Mover {
    pub(super) film: Film,
    /// Its number within the request.
    pub(super) sequence: i32,
    pub(super) forced: bool,
}

/// Moves locked and judged films, with one ledger row each.
pub(super) async fn apply(tx: &mut Tx<'_>, ask: &Ask<'_>, change: &Change, movers: &[Mover]) -> Result<(), Failure> {
    let shape = Arc::clone(&tx.shape);
    let (conn, shape) = (&mut *tx.conn, &*shape);
    let who = ask.me()?.name;
    let line = change.line(&who).filter(|_| shape.has(Table::Movies, "admin_comment"));
    let takes = |film: &Film| line.as_deref().filter(|line| fits(shape, &film.row, line));
    let (with, without): (Vec<&Mover>, Vec<&Mover>) = movers.iter().partition(|mover| takes(&mover.film).is_some());
    let ids = |movers: &[&Mover]| movers.iter().map(|mover| mover.film.row.id).collect::<Vec<_>>();
    films::set_status(&mut *conn, shape, &ids(&with), change.to, line.as_deref()).await?;
    films::set_status(&mut *conn, shape, &ids(&without), change.to, None).await?;
    let moved: Vec<i32> = movers.iter().map(|mover| mover.film.row.id).collect();
    outside::decide(&mut *conn, &moved, &[What::Status], ask.user(), ask.id).await?;
    let mut struck = strike(&mut *conn, shape, change, movers).await?;
    let reset = reset(&mut *conn, shape, change, movers).await?;
    let mut noted = Vec::new();
    for mover in movers {
        let row = &mover.film.row;
        let round = mover.film.voting.round_at(change.to);
        let (mut before, mut after) = standing::states(&mover.film, change.to, &round);
        if round != mover.film.voting.round {
            noted.push((mover.film.id(), mover.film.born.as_deref(), round));
        }
        if let Some(line) = takes(&mover.film) {
            before.insert("admin_comment".into(), json!(row.admin_comment));
            after.insert("admin_comment".into(), json!(with_line(row.admin_comment.as_deref(), line)));
        }
        if let Some(struck) = struck.remove(&row.id) {
            before.insert("votes".into(), json!(struck.votes));
            before.insert("history".into(), json!(struck.history));
        }
        if let Some(changes) = reset.get(&row.id) {
            before.insert("changes".into(), Value::Object(changes.clone()));
        }
        if is_round(row.status) || is_round(change.to) {
            let mut left = known(&mover.film.voting, |_| true);
            let given_back = reset.get(&row.id);
            for ballot in left.iter_mut().filter(|b| given_back.is_some_and(|g| g.contains_key(&b.vote.to_string()))) {
                ballot.modification_count = 0;
            }
            after.insert("left".into(), json!(left));
        }
        let mut entry = ask.entry(Topic::Films, Some(row.id));
        entry.sequence = mover.sequence;
        (entry.before, entry.after) = (Some(before.into()), Some(after.into()));
        entry.reason = change.reason().map(str::to_owned);
        (entry.private, entry.forced) = (change.private, mover.forced);
        tx.record(entry);
    }
    let noted: Vec<_> = noted.iter().map(|(film, born, round)| (*film, *born, round)).collect();
    rounds::write(&mut tx.conn, &noted).await?;
    Ok(())
}

/// An `admin_comment` with one more line; what stood there stays.
fn with_line(comment: Option<&str>, line: &str) -> String {
    match comment.filter(|comment| !comment.is_empty()) {
        Some(comment) => format!("{comment}\n{line}"),
        None => line.to_owned(),
    }
}

/// Whether one more line has room in the column. Where it has not the ledger alone keeps the rationale.
fn fits(shape: &Shape, row: &Locked, line: &str) -> bool {
    let max = shape.column(Table::Movies, "admin_comment").and_then(|column| column.length).unwrap_or(0);
    let needed = row.admin_comment.as_ref().map_or(0, String::len) + 1 + line.len();
    u64::try_from(needed).is_ok_and(|needed| needed <= max)
}

/// Takes the ballots out of the tables, of films that asked about them.
async fn strike(
    conn: &mut MySqlConnection,
    shape: &Shape,
    change: &Change,
    movers: &[Mover],
) -> Result<HashMap<i32, Struck>, Failure> {
    let asked = |mover: &&Mover| film::asks_about_ballots(&mover.film.facts(), change.to);
    let ids: Vec<i32> = movers.iter().filter(asked).map(|mover| mover.film.row.id).collect();
    if change.ballots != Some(Ballots::Strike) || ids.is_empty() {
        return Ok(HashMap::new());
    }
    let all = votes::strike(conn, shape, &ids).await?;
    let mut film_of = HashMap::new();
    let mut struck: HashMap<i32, Struck> = HashMap::new();
    for row in all.votes {
        if let Some(film) = whole::number(&row, "id_movie") {
            film_of.extend(whole::number(&row, "id_vote").map(|vote| (vote, film)));
            struck.entry(film).or_default().votes.push(row);
        }
    }
    for row in all.history {
        if let Some(film) = whole::number(&row, "id_vote").and_then(|vote| film_of.get(&vote)) {
            struck.entry(*film).or_default().history.push(row);
        }
    }
    Ok(struck)
}

/// Gives spent second votes back, and answers how often each had been changed.
async fn reset(
    conn: &mut MySqlConnection,
    shape: &Shape,
    change: &Change,
    movers: &[Mover],
) -> Result<HashMap<i32, Map<String, Value>>, Failure> {
    if change.ballots != Some(Ballots::Reset) {
        return Ok(HashMap::new());
    }
    let offered = movers.iter().filter(|mover| film::offers_reset(&mover.film.facts(), change.to));
    let spent = offered.flat_map(|mover| {
        let changed = mover.film.voting.ballots.iter().filter(|ballot| ballot.modification_count != 0);
        changed.map(|ballot| (ballot.id.0, mover.film.row.id))
    });
    let film_of: HashMap<i32, i32> = spent.collect();
    let ids: Vec<i32> = film_of.keys().copied().collect();
    // Read again under their own lock: the web site may count one up at this moment.
    let counts = if ids.is_empty() { HashMap::new() } else { votes::changes(&mut *conn, shape, &ids).await? };
    votes::set_changes(conn, shape, &ids, 0).await?;
    let mut reset: HashMap<i32, Map<String, Value>> = HashMap::new();
    for (vote, count) in counts {
        if let Some(film) = film_of.get(&vote) {
            reset.entry(*film).or_default().insert(vote.to_string(), json!(count));
        }
    }
    Ok(reset)
}

/// Moves one film. `seen` is the status that the person saw.
pub(super) async fn set_status(
    ask: &Ask<'_>,
    id: FilmId,
    change: &Change,
    seen: Option<FilmStatus>,
) -> Result<Answer, Failure> {
    change.check()?;
    ask.inner.baseline().await?;
    let (row, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let film = look(&mut tx.conn, &tx.shape, &[id.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let film = film.ok_or(Rule::FilmGone)?;
            let repeated = !ask.done_before(tx).await?.is_empty();
            if !repeated {
                if let Some(seen) = seen.filter(|seen| *seen != film.row.status) {
                    return Err(conflict(seen, film.row.status));
                }
                let forced = film.judge(&change.step())?;
                apply(tx, ask, change, &[Mover { film, sequence: 0, forced }]).await?;
            }
            let row = one_row(&mut tx.conn, &tx.shape, id).await?.ok_or(Rule::FilmGone)?;
            Ok((row, repeated))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::FilmRow(Box::new(row)), repeated))
}

/// Somebody else moved the film since.
pub(super) fn conflict(seen: FilmStatus, now: FilmStatus) -> Failure {
    let field = "selection_status".to_owned();
    Failure::Conflict(vec![FieldChange { field, loaded: seen.to_string(), now: now.to_string() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rationale_is_added_and_never_put_over_another() {
        assert_eq!(with_line(None, "b"), "b");
        assert_eq!(with_line(Some(""), "b"), "b");
        assert_eq!(with_line(Some("a"), "b"), "a\nb");
    }

    #[test]
    fn a_private_rationale_has_no_line() {
        let change = |reason: &str, private| Change {
            to: FilmStatus::Refused,
            reason: Some(reason.to_owned()),
            force: false,
            ballots: None,
            private,
        };
        assert!(change(" fine ", false).line("Ann").is_some_and(|line| line.ends_with(" Ann: fine")));
        assert_eq!(change("fine", true).line("Ann"), None);
        assert_eq!(change("  ", false).line("Ann"), None);
        assert!(change(&"x".repeat(REASON_MAX + 1), false).check().is_err());
    }
}

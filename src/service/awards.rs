//! Awards, and the films that have them.

use std::collections::HashMap;

use serde_json::json;

use super::ask::Ask;
use super::catalogue::one_row;
use super::film_form::{check_columns, not_here};
use super::standing::{Film, look};
use super::status::conflict;
use super::voting;
use crate::api::vote::AwardRow;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::FilmId;
use crate::domain::film::{self, FilmFacts, FilmStatus, Step};
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::text::{filled, fold};
use crate::store::awards::{self as store, Award};
use crate::store::films::{self, Which};
use crate::store::{Shape, Table, Tx, ledger, tx};

/// Rows of a film's story in which the status before its award is looked for.
const STORY: u32 = 200;

pub(super) async fn awards(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let given = store::list(&mut reader.conn, &reader.shape, None).await?;
            let ids: Vec<i32> = given.iter().map(|award| award.film.0).collect();
            let lines = films::lines(&mut reader.conn, &reader.shape, Which::Ids(&ids)).await?;
            let titles: HashMap<i32, String> = lines.into_iter().map(|line| (line.id, line.title)).collect();
            let row = |Award { id, film, name: award, given: at }| {
                let title = titles.get(&film.0).cloned().unwrap_or_default();
                AwardRow { id, film, title, award, at }
            };
            Ok(given.into_iter().map(row).collect())
        })
    })
    .await?;
    Ok(Reply::Awards(rows).into())
}

/// A name of an award that its column takes.
fn named<'a>(shape: &Shape, name: &'a str) -> Result<&'a str, Refusal> {
    let field = || Param::Message("field-award".to_owned());
    let name = filled(Some(name)).ok_or_else(|| Refusal::new(Rule::FieldNeeded).with("field", field()))?;
    if name.chars().any(char::is_control) {
        return Err(Refusal::new(Rule::BadText).with("field", field()));
    }
    let max = shape.column(Table::Awards, "award_name").and_then(|column| column.length).unwrap_or(255);
    let (max, length) = (i64::try_from(max).unwrap_or(i64::MAX), name.chars().count() as i64);
    if length > max {
        return Err(Refusal::new(Rule::TooLong).with("field", field()).with("max", max).with("length", length));
    }
    Ok(name)
}

/// A locked film's award of this name; of several the newest.
async fn find(tx: &mut Tx<'_>, film: FilmId, name: &str) -> Result<Option<Award>, Failure> {
    let given = store::list(&mut tx.conn, &tx.shape, Some(film)).await?;
    let exact = given.iter().rev().find(|award| award.name.trim() == name.trim());
    Ok(exact.or_else(|| given.iter().rev().find(|award| fold(award.name.trim()) == fold(name.trim()))).cloned())
}

/// Whether a film may have one more award, and by that becomes awarded.
fn may_have(film: &Film) -> Result<bool, Refusal> {
    let facts = film.facts();
    if facts.status == FilmStatus::Awarded {
        return Ok(false);
    }
    let then = FilmFacts { awards: facts.awards.saturating_add(1), ..facts };
    film::judge(&then, &Step { to: FilmStatus::Awarded, reason: None, force: false, ballots: None })?;
    Ok(true)
}

/// Gives a film an award. A film that is in the running is awarded by that.
pub(super) async fn give(ask: &Ask<'_>, id: FilmId, award: &str, seen: Option<FilmStatus>) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let found = look(&mut tx.conn, &tx.shape, &[id.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let found = found.ok_or(Rule::FilmGone)?;
            let again = !ask.done_before(tx).await?.is_empty();
            if !again {
                if let Some(seen) = seen.filter(|seen| *seen != found.row.status) {
                    return Err(conflict(seen, found.row.status));
                }
                if !tx.shape.present(Table::Awards) {
                    return Err(not_here("thing-award"));
                }
                check_columns(&tx.shape, Table::Awards)?;
                let name = named(&tx.shape, award)?;
                let moves = may_have(&found)?;
                if let Some(award) = find(tx, id, name).await? {
                    return Err(Refusal::new(Rule::HasThisAward).with("award", award.name).into());
                }
                let award = store::insert(&mut tx.conn, &tx.shape, id, name).await?;
                let mut now = found.voting.clone();
                if moves {
                    now.go(FilmStatus::Awarded);
                }
                let mut pieces = voting::write(tx, ask, &found, &now).await?;
                pieces.after.insert("award".to_owned(), json!({ "id": award, "name": name }));
                pieces.record(tx, ask, id, 0, None);
            }
            Ok((one_row(&mut tx.conn, &tx.shape, id).await?.ok_or(Rule::FilmGone)?, again))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::FilmRow(Box::new(row)), again))
}

/// Takes an award back. A film that has no other one returns to where it was before.
pub(super) async fn take_back(ask: &Ask<'_>, id: FilmId, award: &str) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let found = look(&mut tx.conn, &tx.shape, &[id.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let found = found.ok_or(Rule::FilmGone)?;
            let again = !ask.done_before(tx).await?.is_empty();
            if !again {
                let Some(award) = find(tx, id, award).await? else {
                    return Err(Refusal::new(Rule::NotThisAward).with("award", award).into());
                };
                let rows = store::delete(&mut tx.conn, &tx.shape, &[award.id]).await?;
                let mut now = found.voting.clone();
                if now.status == FilmStatus::Awarded && now.awards <= 1 {
                    now.go(before(tx, id).await?);
                }
                let mut pieces = voting::write(tx, ask, &found, &now).await?;
                pieces.before.insert("award".to_owned(), json!(rows.first()));
                pieces.after.insert("taken".to_owned(), json!(award.name));
                pieces.record(tx, ask, id, 0, None);
            }
            Ok((one_row(&mut tx.conn, &tx.shape, id).await?.ok_or(Rule::FilmGone)?, again))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::FilmRow(Box::new(row)), again))
}

/// Where a film was before it was awarded, as far as the ledger knows.
async fn before(tx: &mut Tx<'_>, film: FilmId) -> Result<FilmStatus, Failure> {
    let story = ledger::story(&mut tx.conn, Topic::Films, film.0, STORY).await?;
    let status = |state: &Option<serde_json::Value>| state.as_ref()?.get("status")?.as_str().map(FilmStatus::from_sql);
    let awarded = story.iter().find(|line| status(&line.entry.after) == Some(FilmStatus::Awarded));
    let known = awarded.and_then(|line| status(&line.entry.before));
    let known = known.filter(|status| !matches!(status, FilmStatus::Awarded | FilmStatus::Unknown));
    Ok(known.unwrap_or(FilmStatus::Candidate))
}

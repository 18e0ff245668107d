//! Sponsors: read, add, edit, delete.

use serde_json::{Value, json};

use super::ask::Ask;
use crate::api::failure::FieldChange;
use crate::api::sponsor::SponsorRow;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::SponsorId;
use crate::domain::sponsor::{self, SponsorFields};
use crate::domain::text::filled;
use crate::store::{Table, Tx, ledger, sponsors as store, tx, whole};

pub(super) async fn sponsors(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(store::list(&mut reader.conn, &reader.shape).await?) })
    });
    Ok(Reply::Sponsors(rows.await?).into())
}

fn gone(id: SponsorId) -> Failure {
    Failure::NotFound { what: "thing-sponsor", id: id.0 }
}

/// The columns as the ledger keeps them.
fn state(fields: &SponsorFields) -> Value {
    json!({ "name": fields.name, "logo": fields.logo, "url": fields.url, "category": fields.category })
}

/// What differs between two states of a sponsor, blank and missing being the same.
pub(super) fn differences(loaded: &SponsorFields, now: &SponsorFields) -> Vec<FieldChange> {
    let pairs = [
        ("name", Some(&loaded.name), Some(&now.name)),
        ("logo", Some(&loaded.logo), Some(&now.logo)),
        ("url", loaded.url.as_ref(), now.url.as_ref()),
        ("category", loaded.category.as_ref(), now.category.as_ref()),
    ];
    let text = |value: Option<&String>| filled(value.map(String::as_str)).unwrap_or_default().to_owned();
    pairs
        .into_iter()
        .map(|(field, loaded, now)| FieldChange { field: field.to_owned(), loaded: text(loaded), now: text(now) })
        .filter(|change| change.loaded != change.now)
        .collect()
}

/// The sponsor that this request made or changed before, as it now is.
async fn repeated(tx: &mut Tx<'_>, lines: &[ledger::Line]) -> Result<SponsorRow, Failure> {
    let id = SponsorId(lines.first().and_then(|line| line.entry.subject).unwrap_or_default());
    store::lock(&mut tx.conn, &tx.shape, id).await?.ok_or_else(|| gone(id))
}

pub(super) async fn create(ask: &Ask<'_>, fields: &SponsorFields) -> Result<Answer, Failure> {
    let fields = &sponsor::check(fields)?;
    ask.inner.baseline().await?;
    let (row, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            ask.still_allowed(tx).await?;
            let before = ask.done_before(tx).await?;
            if !before.is_empty() {
                return Ok((repeated(tx, &before).await?, true));
            }
            let id = store::insert(&mut tx.conn, &tx.shape, fields).await?;
            let mut entry = ask.entry(Topic::Sponsors, Some(id.0));
            entry.after = Some(state(fields));
            tx.record(entry);
            Ok((SponsorRow { id, fields: fields.clone() }, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Sponsor(row), again))
}

pub(super) async fn edit(
    ask: &Ask<'_>,
    id: SponsorId,
    fields: &SponsorFields,
    loaded: Option<&SponsorFields>,
) -> Result<Answer, Failure> {
    let fields = &sponsor::check(fields)?;
    ask.inner.baseline().await?;
    let (row, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let now = store::lock(&mut tx.conn, &tx.shape, id).await?;
            ask.still_allowed(tx).await?;
            let now = now.ok_or_else(|| gone(id))?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((now, true, true));
            }
            let conflict = loaded.map(|loaded| differences(loaded, &now.fields)).unwrap_or_default();
            if !conflict.is_empty() {
                return Err(Failure::Conflict(conflict));
            }
            if now.fields == *fields {
                return Ok((now, false, false));
            }
            let row = SponsorRow { id, fields: fields.clone() };
            store::update(&mut tx.conn, &tx.shape, &row).await?;
            let mut entry = ask.entry(Topic::Sponsors, Some(id.0));
            (entry.before, entry.after) = (Some(state(&now.fields)), Some(state(fields)));
            tx.record(entry);
            Ok((row, true, false))
        })
    })
    .await?;
    if !changed {
        return Ok(Reply::Sponsor(row).into());
    }
    ask.published().await;
    Ok(ask.undoable(Reply::Sponsor(row), again))
}

/// Deletes a sponsor; the ledger keeps every column of it.
pub(super) async fn delete(ask: &Ask<'_>, id: SponsorId) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let row = store::lock(&mut tx.conn, &tx.shape, id).await?;
            ask.still_allowed(tx).await?;
            if let Some(line) = ask.done_before(tx).await?.first() {
                return Ok((deleted(id, line), true));
            }
            let row = row.ok_or_else(|| gone(id))?;
            let kept = whole::lock(&mut tx.conn, &tx.shape, Table::Sponsors, "id_sponsor", &[id.0]).await?;
            store::delete(&mut tx.conn, &tx.shape, id).await?;
            let mut entry = ask.entry(Topic::Sponsors, Some(id.0));
            entry.before = Some(json!({ "row": kept.first() }));
            tx.record(entry);
            Ok((row, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Sponsor(row), again))
}

/// A deleted sponsor as the ledger has it.
fn deleted(id: SponsorId, line: &ledger::Line) -> SponsorRow {
    let row = line.entry.before.as_ref().and_then(|before| before.get("row"));
    let text = |column: &str| row.and_then(|row| row.get(column)?.as_str().map(str::to_owned));
    let fields = SponsorFields {
        name: text("name").unwrap_or_default(),
        logo: text("logo").unwrap_or_default(),
        url: text("url"),
        category: text("category"),
    };
    SponsorRow { id, fields }
}

//! Who worked on films: listed, put on a film, changed, taken off.

use serde_json::{Value, json};

use super::ask::Ask;
use super::film_form::{check_columns, conflict, first, not_here, only, wanted};
use crate::api::film_form::Collaborator;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::film_field::{self, FilmValues};
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::{CollaboratorId, FilmId};
use crate::store::{StoreError, Table, Tx, collaborators as store, film_form, films, tx, whole};

pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(store::list(&mut reader.conn, &reader.shape).await?) })
    });
    Ok(Reply::Collaborators(rows.await?).into())
}

fn gone(id: CollaboratorId) -> Failure {
    Failure::NotFound { what: "thing-collaborator", id: id.0 }
}

async fn now(tx: &mut Tx<'_>, id: CollaboratorId) -> Result<Collaborator, Failure> {
    store::find(&mut tx.conn, &tx.shape, id).await?.ok_or_else(|| gone(id))
}

/// The answer that shows somebody; who has gone since a request that is repeated can't be shown.
fn shown(row: Option<Collaborator>) -> Reply {
    row.map_or(Reply::Done, Reply::Collaborator)
}

/// Locks the film, then looks whether this was done before and whether there can be collaborators at all.
async fn begin(ask: &Ask<'_>, tx: &mut Tx<'_>, film: FilmId) -> Result<Vec<crate::store::ledger::Line>, Failure> {
    let there = films::standing(&mut tx.conn, &tx.shape, &[film.0], true).await?;
    ask.still_allowed(tx).await?;
    let done = ask.done_before(tx).await?;
    if !done.is_empty() {
        return Ok(done);
    }
    if there.is_empty() {
        return Err(Rule::FilmGone.into());
    }
    if !store::present(&tx.shape) {
        return Err(not_here("thing-collaborator"));
    }
    Ok(done)
}

/// Who a ledger row is about.
pub(super) fn person_of(state: Option<&Value>) -> Option<CollaboratorId> {
    let id = state?.get("collaborator")?.as_i64()?;
    i32::try_from(id).ok().map(CollaboratorId)
}

/// Somebody has this email, where the database wants it unique.
fn taken(error: StoreError, values: &FilmValues) -> Failure {
    match error.is_duplicate() {
        true => Refusal::new(Rule::EmailTaken).with("email", values.get("email").unwrap_or_default()).into(),
        false => error.into(),
    }
}

/// Who is to be put on a film.
#[derive(Debug)]
pub(super) enum Whom {
    Known(CollaboratorId),
    New(FilmValues),
}

impl Whom {
    /// One of the two and not both.
    pub(super) fn of(fields: Option<FilmValues>, known: Option<CollaboratorId>) -> Result<Self, Failure> {
        match (fields, known) {
            (None, Some(id)) => Ok(Whom::Known(id)),
            (Some(fields), None) if fields.iter().any(|(_, value)| value.is_some()) => Ok(Whom::New(fields)),
            _ => {
                let label = Param::Message("field-collaborator".to_owned());
                Err(Refusal::new(Rule::FieldNeeded).with("field", label).into())
            }
        }
    }
}

pub(super) async fn add(ask: &Ask<'_>, film: FilmId, whom: &Whom) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            if let Some(line) = begin(ask, tx, film).await?.first() {
                let id = person_of(line.entry.after.as_ref()).unwrap_or(CollaboratorId(0));
                return Ok((store::find(&mut tx.conn, &tx.shape, id).await?, true));
            }
            check_columns(&tx.shape, Table::CollaboratorsMovies)?;
            let (id, after) = match whom {
                Whom::Known(id) => {
                    store::lock(&mut tx.conn, &tx.shape, *id).await?.ok_or_else(|| gone(*id))?;
                    if store::is_on(&mut tx.conn, &tx.shape, *id, film).await? {
                        let name = now(tx, *id).await?.name();
                        return Err(Refusal::new(Rule::OnFilmAlready).with("name", name).into());
                    }
                    (*id, json!({ "collaborator": id }))
                }
                Whom::New(fields) => {
                    check_columns(&tx.shape, Table::Collaborators)?;
                    let limits = film_form::collaborator_limits(&tx.shape);
                    let values = film_field::check_new(fields, &limits).map_err(first)?;
                    let added = store::insert(&mut tx.conn, &tx.shape, &values).await;
                    let id = added.map_err(|error| taken(error, &values))?;
                    // What was left empty has the column's default.
                    let new = store::lock(&mut tx.conn, &tx.shape, id).await?.unwrap_or_default();
                    (id, json!({ "collaborator": id, "new": only(&new, &values) }))
                }
            };
            store::link(&mut tx.conn, &tx.shape, id, film).await?;
            let mut entry = ask.entry(Topic::Films, Some(film.0));
            entry.after = Some(after);
            tx.record(entry);
            Ok((Some(now(tx, id).await?), false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(shown(row), again))
}

pub(super) async fn edit(
    ask: &Ask<'_>,
    film: FilmId,
    id: CollaboratorId,
    fields: &FilmValues,
    loaded: Option<&FilmValues>,
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let done = begin(ask, tx, film).await?;
            let before = store::lock(&mut tx.conn, &tx.shape, id).await?;
            if !done.is_empty() {
                return Ok((store::find(&mut tx.conn, &tx.shape, id).await?, true, true));
            }
            let before = before.ok_or_else(|| gone(id))?;
            if !store::is_on(&mut tx.conn, &tx.shape, id, film).await? {
                return Err(gone(id));
            }
            let limits = film_form::collaborator_limits(&tx.shape);
            let wanted = wanted(fields, &before, &limits)?;
            conflict(&wanted, loaded, &before, &limits)?;
            if wanted.is_empty() {
                return Ok((Some(now(tx, id).await?), false, false));
            }
            let updated = store::update(&mut tx.conn, &tx.shape, id, &wanted).await;
            let written = updated.map_err(|error| taken(error, &wanted))?;
            let mut entry = ask.entry(Topic::Films, Some(film.0));
            entry.before = Some(json!({ "collaborator": id, "values": only(&before, &wanted) }));
            entry.after = Some(json!({ "collaborator": id, "values": written }));
            tx.record(entry);
            Ok((Some(now(tx, id).await?), true, false))
        })
    })
    .await?;
    if !changed {
        return Ok(shown(row).into());
    }
    ask.published().await;
    Ok(ask.undoable(shown(row), again))
}

/// Takes somebody off a film; the ledger keeps the link as it was.
pub(super) async fn remove(ask: &Ask<'_>, film: FilmId, id: CollaboratorId) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let done = begin(ask, tx, film).await?;
            let there = store::lock(&mut tx.conn, &tx.shape, id).await?;
            if !done.is_empty() {
                return Ok((store::find(&mut tx.conn, &tx.shape, id).await?, true));
            }
            there.ok_or_else(|| gone(id))?;
            let mut links =
                whole::lock(&mut tx.conn, &tx.shape, Table::CollaboratorsMovies, "id_movie", &[film.0]).await?;
            links.retain(|row| whole::number(row, "id_collaborator") == Some(id.0));
            if links.is_empty() {
                return Err(gone(id));
            }
            store::unlink(&mut tx.conn, &tx.shape, id, film).await?;
            let mut entry = ask.entry(Topic::Films, Some(film.0));
            entry.before = Some(json!({ "collaborator": id, "links": links }));
            tx.record(entry);
            Ok((Some(now(tx, id).await?), false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(shown(row), again))
}

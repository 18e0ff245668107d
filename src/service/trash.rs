//! The trash: films are deleted with all that hangs on them, kept whole in the ledger, and put back under their old ids.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::batches::{Films, Numbered, Outcome, in_batches, span};
use super::catalogue::one_row;
use super::status::REASON_MAX;
use super::undo::{States, changed_since};
use crate::api::failure::{Trouble, Unavailable};
use crate::api::trash::{Deleted, DeletedMany, Hung, Left, LeftOut, Restored};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::FilmId;
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::text::filled;
use crate::store::ledger::Line;
use crate::store::trash::{self, Document, Kept, Obstacle, PutBack};
use crate::store::{Entry, Shape, Tx, films, tx};

/// Films that are deleted in one transaction: each brings all its texts.
pub(super) const BATCH: usize = 50;
/// Bytes of a statement that the document may not fill: everything else in its row.
const MARGIN: usize = 64 * 1024;

/// What would go with a film.
pub(super) async fn hangs_on(ask: &Ask<'_>, film: FilmId) -> Result<Answer, Failure> {
    let load = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(trash::load(&mut reader.conn, &reader.shape, film).await?) })
    })
    .await?;
    Ok(Reply::Load(load.ok_or(Failure::NotFound { what: "thing-film", id: film.0 })?).into())
}

pub(super) async fn trash(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let rows =
        tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(trash::list(&mut reader.conn).await?) })).await?;
    Ok(Reply::Trash(rows.into_iter().map(|kept| kept.row).collect()).into())
}

/// A reason without blanks around it, if there is one and it is not too long.
pub(super) fn checked(reason: Option<&str>) -> Result<Option<&str>, Refusal> {
    let reason = filled(reason);
    let length = reason.map_or(0, |reason| reason.chars().count());
    if length <= REASON_MAX {
        return Ok(reason);
    }
    let refusal = Refusal::new(Rule::TooLong).with("field", Param::Message("field-reason".to_owned()));
    Err(refusal.with("max", REASON_MAX as i64).with("length", length as i64))
}

pub(super) async fn delete_film(ask: &Ask<'_>, film: FilmId, reason: Option<&str>) -> Result<Answer, Failure> {
    let reason = checked(reason)?;
    ask.inner.baseline().await?;
    let (deleted, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let there = films::standing(&mut tx.conn, &tx.shape, &[film.0], true).await?;
            ask.still_allowed(tx).await?;
            if let Some(line) = ask.done_before(tx).await?.first() {
                return Ok((told(line), true));
            }
            if there.is_empty() {
                return Err(Rule::FilmGone.into());
            }
            let outcome = take_out(tx, ask, &[(0, film.0)], reason).await?.pop();
            Ok((outcome.ok_or(Rule::FilmGone)?.1?, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Deleted(deleted), again))
}

/// A film that this request deleted before, as the ledger tells of it.
fn told(line: &Line) -> Deleted {
    let after = line.entry.after.as_ref();
    let hung = after.and_then(|after| after.get("hung")).cloned();
    Deleted {
        film: FilmId(line.entry.subject.unwrap_or_default()),
        title: after.and_then(|after| after.get("title")?.as_str()).unwrap_or_default().to_owned(),
        hung: hung.and_then(|hung| serde_json::from_value::<Hung>(hung).ok()).unwrap_or_default(),
    }
}

pub(super) async fn delete_films(ask: &Ask<'_>, films: &[FilmId], reason: Option<&str>) -> Result<Answer, Failure> {
    let reason = checked(reason)?;
    let films = Films::of(ask, films).await?;
    let mut outcome = Outcome::default();
    let able = survey(ask, &films.left(), &mut outcome.refused).await?;
    let reply = |outcome: Outcome| {
        let Outcome { done: deleted, refused, cancelled, .. } = outcome;
        Reply::DeletedMany(DeletedMany { deleted, refused, cancelled })
    };
    in_batches(ask, &films, (&able, BATCH), outcome, reply, |part| Box::pin(batch(ask, part, reason))).await
}

/// Looks at all films, and what hangs on them, before the first one is locked: those that can go, and the others with why.
async fn survey(
    ask: &Ask<'_>,
    films: &[Numbered],
    refused: &mut Vec<(FilmId, Refusal)>,
) -> Result<Vec<Numbered>, Failure> {
    let mut able = Vec::with_capacity(films.len());
    if films.is_empty() {
        return Ok(able);
    }
    let now =
        tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(Shape::read(&mut reader.conn).await?) })).await?;
    let now = &now;
    for part in films.chunks(BATCH) {
        let ids: Vec<i32> = part.iter().map(|(_, id)| *id).collect();
        let ids = &ids;
        let (found, mut why) = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move {
                let mut documents = trash::gather(&mut reader.conn, now, ids, false).await?;
                let why = refusals(&mut reader.conn, now, &mut documents).await?;
                Ok((documents.into_keys().collect::<HashSet<i32>>(), why))
            })
        })
        .await?;
        for film in part {
            match found.contains(&film.1) {
                true => able.push(*film),
                false => refused.push((FilmId(film.1), why.remove(&film.1).unwrap_or_else(|| Rule::FilmGone.into()))),
            }
        }
    }
    Ok(able)
}

async fn batch(ask: &Ask<'_>, films: &[Numbered], reason: Option<&str>) -> Result<Outcome, Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
            films::standing(&mut tx.conn, &tx.shape, &ids, true).await?;
            ask.still_allowed(tx).await?;
            let (first, last) = span(films);
            let before = ask.steps_before(&mut tx.conn, first, last).await?;
            let (again, now): (Vec<Numbered>, Vec<Numbered>) = films.iter().partition(|(n, _)| before.contains(n));
            let mut done: Vec<FilmId> = again.into_iter().map(|(_, id)| FilmId(id)).collect();
            let mut refused = Vec::new();
            for (film, outcome) in take_out(tx, ask, &now, reason).await? {
                match outcome {
                    Ok(_) => done.push(film),
                    Err(refusal) => refused.push((film, refusal)),
                }
            }
            Ok(Outcome { done, refused, ..Outcome::default() })
        })
    })
    .await
}

/// What came of each film.
type Outcomes = Vec<(FilmId, Result<Deleted, Refusal>)>;

/// Deletes locked films with all that hangs on them; each is one document in the ledger and one row of the trash.
async fn take_out(
    tx: &mut Tx<'_>,
    ask: &Ask<'_>,
    films: &[Numbered],
    reason: Option<&str>,
) -> Result<Outcomes, Failure> {
    let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
    let (shape, mut documents) = gather(tx, &ids).await?;
    let mut refused = refusals(&mut tx.conn, &shape, &mut documents).await?;
    if !trash::take_out(&mut tx.conn, &shape, &documents).await? {
        return Err(others_wrote());
    }
    let mut outcomes = Vec::new();
    for (sequence, id) in films {
        let outcome = match documents.remove(id) {
            Some(document) => {
                let mut entry = ask.entry(Topic::Films, Some(*id));
                entry.sequence = *sequence;
                entry.reason = reason.map(str::to_owned);
                let hung = document.hung();
                let title = document.title().to_owned();
                entry.after = Some(gone(&document));
                keep(tx, entry, &document).await?;
                Ok(Deleted { film: FilmId(*id), title, hung })
            }
            None => Err(refused.remove(id).unwrap_or_else(|| Rule::FilmGone.into())),
        };
        outcomes.push((FilmId(*id), outcome));
    }
    Ok(outcomes)
}

/// A locked film with all that hangs on it as a few letters: by them undo knows that nothing was changed since.
pub(super) async fn digest(tx: &mut Tx<'_>, film: FilmId) -> Result<Option<String>, Failure> {
    let (_, documents) = gather(tx, &[film.0]).await?;
    Ok(documents.get(&film.0).map(Document::digest))
}

/// Films with all that hangs on them, by the tables as they are at this moment.
async fn gather(tx: &mut Tx<'_>, ids: &[i32]) -> Result<(Arc<Shape>, BTreeMap<i32, Document>), Failure> {
    let shape = tx.shape_now().await?;
    let documents = trash::gather(&mut tx.conn, &shape, ids, true).await?;
    Ok((shape, documents))
}

/// Takes those out of the documents that can't be deleted, and says why.
async fn refusals(
    conn: &mut MySqlConnection,
    shape: &Shape,
    documents: &mut BTreeMap<i32, Document>,
) -> Result<BTreeMap<i32, Refusal>, Failure> {
    let mut refused = BTreeMap::new();
    for (film, table) in trash::strangers(&mut *conn, shape, documents).await? {
        refused.insert(film, Refusal::new(Rule::UnknownDependent).with("table", table));
    }
    let most = trash::largest(conn).await?.saturating_sub(MARGIN);
    for (film, document) in &*documents {
        let size = document.state().to_string().len();
        if size > most {
            let megabytes = |bytes: usize| i64::try_from(bytes.div_ceil(1 << 20)).unwrap_or(i64::MAX);
            let refusal = Refusal::new(Rule::TooLargeToKeep).with("size", megabytes(size));
            refused.insert(*film, refusal.with("max", megabytes(most)));
        }
    }
    documents.retain(|film, _| !refused.contains_key(film));
    Ok(refused)
}

/// What the ledger says after a film was deleted, beside the document.
fn gone(document: &Document) -> Value {
    json!({ "title": document.title(), "created": document.fingerprint(), "hung": document.hung() })
}

/// Puts a deleted film into the ledger and the trash.
async fn keep(tx: &mut Tx<'_>, mut entry: Entry, document: &Document) -> Result<(), Failure> {
    trash::insert(&mut tx.conn, &entry, document).await?;
    entry.before = Some(document.state());
    tx.record(entry);
    Ok(())
}

/// Somebody hung something on the film meanwhile, where no foreign key makes them wait: tried again as a whole.
fn others_wrote() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Busy, detail: "rows came or went meanwhile".to_owned() })
}

pub(super) async fn restore_film(
    ask: &Ask<'_>,
    film: Option<FilmId>,
    operation: Option<uuid::Uuid>,
) -> Result<Answer, Failure> {
    if film.is_none() && operation.is_none() {
        return Err(film_needed().into());
    }
    ask.inner.baseline().await?;
    let (restored, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let found = trash::find(&mut tx.conn, film, operation).await?;
            let before = ask.done_before(tx).await?;
            let line = before.first();
            let id = line.and_then(|line| line.entry.subject).map(FilmId).or(found.first().map(|kept| kept.row.film));
            let Some(id) = id else {
                ask.still_allowed(tx).await?;
                return Err(Rule::NotInTrash.into());
            };
            films::standing(&mut tx.conn, &tx.shape, &[id.0], true).await?;
            ask.still_allowed(tx).await?;
            let left_out = match (line, &found[..]) {
                (Some(line), _) => left_out(line),
                (None, [_, _, ..]) if film.is_none() => return Err(film_needed().into()),
                (None, [kept, ..]) => {
                    let back = put_back(tx, kept).await??;
                    let mut entry = ask.entry(Topic::Films, Some(id.0));
                    entry.after = Some(state(kept, &back));
                    tx.record(entry);
                    back.left_out
                }
                (None, []) => return Err(Rule::NotInTrash.into()),
            };
            let row = one_row(&mut tx.conn, &tx.shape, id).await?.ok_or(Rule::FilmGone)?;
            Ok((Restored { row, left_out }, line.is_some()))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Restored(Box::new(restored)), again))
}

fn film_needed() -> Refusal {
    Refusal::new(Rule::FieldNeeded).with("field", Param::Message("field-film".to_owned()))
}

/// What the ledger says after a film came back.
fn state(kept: &Kept, back: &PutBack) -> Value {
    json!({ "title": kept.row.title, "digest": back.digest, "left_out": back.left_out })
}

/// What was left out when this very request restored the film before.
fn left_out(line: &Line) -> Vec<LeftOut> {
    let list = line.entry.after.as_ref().and_then(|after| after.get("left_out")).cloned();
    list.and_then(|list| serde_json::from_value(list).ok()).unwrap_or_default()
}

/// Takes a film out of the trash and puts it back. A refusal may have written something: roll back.
async fn put_back(tx: &mut Tx<'_>, kept: &Kept) -> Result<Result<PutBack, Refusal>, Failure> {
    let document = trash::document(&mut tx.conn, kept).await?;
    if !trash::take(&mut tx.conn, kept).await? {
        return Ok(Err(Rule::NotInTrash.into()));
    }
    let shape = tx.shape_now().await?;
    let outcome = trash::put_back(&mut tx.conn, &shape, &document).await?;
    Ok(outcome.map_err(|obstacle| refusal(kept, obstacle)))
}

fn refusal(kept: &Kept, obstacle: Obstacle) -> Refusal {
    match obstacle {
        Obstacle::FilmThere(title) => Refusal::new(Rule::FilmIdTaken).with("id", kept.row.film.0).with("title", title),
        Obstacle::IdTaken { table, id } => Refusal::new(Rule::RowIdTaken).with("table", table).with("id", id),
        Obstacle::ProducerGone(name) => Refusal::new(Rule::ProducerGone).with("name", name),
        Obstacle::VoterGone(name) => Refusal::new(Rule::VoterGone).with("name", name),
        Obstacle::Table(table) => Refusal::new(Rule::DoesNotFit).with("table", table),
    }
}

/// Undoes a deletion: only if everything can come back. Whoever deleted the film again since, it is the same film.
pub(super) async fn undo_delete(tx: &mut Tx<'_>, line: &Line) -> Result<Result<States, Refusal>, Failure> {
    let film = line.entry.subject.map(FilmId);
    let found = trash::find(&mut tx.conn, film, Some(line.entry.request_id)).await?;
    let found = if found.is_empty() { trash::find(&mut tx.conn, film, None).await? } else { found };
    let created = line.entry.after.as_ref().and_then(|after| after.get("created")?.as_str());
    let Some(kept) = found.first().filter(|kept| kept.fingerprint.as_deref() == created) else {
        return Ok(Err(changed_since("thing-film")));
    };
    savepoint(&mut tx.conn, "SAVEPOINT one_film").await?;
    let missing = |back: &PutBack| back.left_out.iter().find(|left| left.what != Left::NewColumn).cloned();
    let refusal = match put_back(tx, kept).await? {
        Ok(back) => match missing(&back) {
            None => return Ok(Ok((None, Some(state(kept, &back))))),
            Some(left) => Refusal::new(Rule::WouldLeaveOut).with("name", left.name),
        },
        Err(refusal) => refusal,
    };
    savepoint(&mut tx.conn, "ROLLBACK TO SAVEPOINT one_film").await?;
    Ok(Err(refusal))
}

/// Sets a savepoint or goes back to it.
pub(super) async fn savepoint(conn: &mut MySqlConnection, statement: &'static str) -> Result<(), Failure> {
    // The servers do not prepare these.
    sqlx::raw_sql(statement).execute(conn).await?;
    Ok(())
}

/// Undoes a restoring: deletes the film again, if it is as it came back. `there`: it is, and locked.
pub(super) async fn undo_restore(
    tx: &mut Tx<'_>,
    ask: &Ask<'_>,
    line: &Line,
    there: bool,
) -> Result<Result<States, Refusal>, Failure> {
    let Some(id) = line.entry.subject.filter(|_| there) else { return Ok(Err(Rule::FilmGone.into())) };
    let (shape, mut documents) = gather(tx, &[id]).await?;
    let then = line.entry.after.as_ref().and_then(|after| after.get("digest")?.as_str()).unwrap_or_default();
    if documents.get(&id).map(Document::digest).as_deref() != Some(then) {
        return Ok(Err(changed_since("thing-film")));
    }
    if let Some(refusal) = refusals(&mut tx.conn, &shape, &mut documents).await?.remove(&id) {
        return Ok(Err(refusal));
    }
    if !trash::take_out(&mut tx.conn, &shape, &documents).await? {
        return Err(others_wrote());
    }
    let Some(document) = documents.remove(&id) else { return Ok(Err(Rule::FilmGone.into())) };
    let mut entry = ask.entry(Topic::Films, Some(id));
    entry.sequence = line.entry.sequence;
    trash::insert(&mut tx.conn, &entry, &document).await?;
    Ok(Ok((Some(document.state()), Some(gone(&document)))))
}

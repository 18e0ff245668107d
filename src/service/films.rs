//! Reading films: all of them, one's own, and every field of one.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::assemble::Raw;
use super::catalogue::one_row;
use crate::api::film::{FilmDetail, FilmList, FilmRow, StoryChange, StoryLine};
use crate::api::{Answer, Failure, Reply, Rows, Topic};
use crate::domain::FilmId;
use crate::domain::consensus::Tally;
use crate::domain::film::FilmStatus;
use crate::domain::jury::Recusal;
use crate::store::films::{self, Which};
use crate::store::ledger::Line;
use crate::store::{Shape, StoreError, categories, collaborators, ledger, noted, people, tx};

/// Lines of a film's story that are shown.
const STORY: u32 = 200;
/// Characters of a text that a line of the story shows.
const SHORT: usize = 240;

pub(super) async fn films(ask: &Ask<'_>, fresh: bool) -> Result<Answer, Failure> {
    let list = ask.inner.all_films(fresh, ask.observer).await?;
    Ok(Reply::Films(list).into())
}

/// The films on whose panel the juror sits and that they can judge. What others voted is not even read.
pub(super) async fn my_films(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let mut raw = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let which = Which::Panel(me);
            let films = films::lines(&mut *conn, shape, which).await?;
            let seats = films::seats(&mut *conn, shape, which).await?;
            let ballots = films::ballots(&mut *conn, shape, which, Some(me)).await?;
            let awards = films::awarded(&mut *conn, shape, which).await?;
            let mut ids: Vec<i32> = films.iter().map(|f| f.producer).chain(seats.iter().map(|s| s.user)).collect();
            ids.sort_unstable();
            ids.dedup();
            let names = people::names(&mut *conn, shape, Some(&ids)).await?;
            let disabled = people::disabled(&mut *conn, shape).await?;
            let mine: Vec<i32> = films.iter().map(|film| film.id).collect();
            let rounds = noted::rounds(&mut *conn, shape, Some(&mine)).await?;
            let noted = noted::seats(conn, shape, Some(&mine)).await?;
            // What the web site changed is for staff to settle.
            Ok(Raw { films, names, seats, ballots, awards, disabled, rounds, noted, ..Raw::default() })
        })
    })
    .await?;
    let own: HashMap<i32, Recusal> =
        raw.noted.iter().filter(|seat| seat.user == me.0).filter_map(|seat| Some((seat.film, seat.recusal?))).collect();
    // A film that somebody cannot judge is theirs no more.
    raw.films.retain(|film| !own.get(&film.id).is_some_and(|recusal| recusal.bars()));
    let jurors = raw.jurors();
    let hide = |mut row: FilmRow| {
        row.tally = Tally::default();
        row.recusals = u16::from(own.get(&row.id.0).is_some_and(|recusal| recusal.waiting));
        row
    };
    let rows: Rows<FilmRow> = raw.rows().into_iter().map(hide).collect();
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Ok(Reply::Films(FilmList { rows, total, complete: true, gone: 0, jurors }).into())
}

pub(super) async fn film(ask: &Ask<'_>, film: FilmId) -> Result<Answer, Failure> {
    let detail = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(detail(&mut reader.conn, &reader.shape, film).await?) })
    });
    let detail = detail.await?.ok_or(Failure::NotFound { what: "thing-film", id: film.0 })?;
    Ok(Reply::Film(Box::new(detail)).into())
}

/// Every field of a film and what hangs on it, if it is there.
pub(super) async fn detail(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
) -> Result<Option<FilmDetail>, StoreError> {
    let Some(row) = one_row(&mut *conn, shape, film).await? else { return Ok(None) };
    let Some(lesser) = films::lesser(&mut *conn, shape, film).await? else { return Ok(None) };
    let producer = people::find(&mut *conn, shape, row.producer).await?;
    Ok(Some(FilmDetail {
        fields: lesser.fields,
        categories: categories::of_film(&mut *conn, shape, film).await?,
        collaborators: collaborators::of_film(&mut *conn, shape, film).await?,
        awards_given: films::awards_given(&mut *conn, shape, film).await?,
        producer_email: producer.map(|account| account.email).unwrap_or_default(),
        created: lesser.created,
        updated: lesser.updated,
        story: ledger::story(conn, Topic::Films, film.0, STORY).await?.into_iter().map(story).collect(),
        row,
    }))
}

fn story(line: Line) -> StoryLine {
    let status = |state: &Option<serde_json::Value>| {
        let text = state.as_ref()?.get("status")?.as_str()?;
        Some(FilmStatus::from_sql(text))
    };
    let changes = match (values(&line.entry.before), values(&line.entry.after)) {
        (Some(before), Some(after)) => changes(before, after),
        _ => Vec::new(),
    };
    StoryLine {
        at: line.at,
        from: status(&line.entry.before),
        to: status(&line.entry.after),
        who: line.entry.actor_name,
        action: line.entry.action,
        reason: line.entry.reason,
        forced: line.entry.forced,
        origin: line.entry.origin,
        private: line.entry.private,
        changes,
    }
}

/// The fields of a state of the ledger.
fn values(state: &Option<Value>) -> Option<&Map<String, Value>> {
    state.as_ref()?.get("values")?.as_object()
}

/// The fields that differ.
fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<StoryChange> {
    let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = fields.into_iter().filter(|field| before.get(*field) != after.get(*field));
    let change = |field: &String| StoryChange {
        field: field.clone(),
        before: before.get(field).and_then(short),
        after: after.get(field).and_then(short),
    };
    differ.map(change).collect()
}

/// A value as a text that is not too long; `None` for nothing.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let cut = text.char_indices().nth(SHORT).map(|(end, _)| format!("{}…", &text[..end]));
    Some(cut.unwrap_or(text)).filter(|text| !text.trim().is_empty())
}

//! One change of many films: looked at as a whole first, then in batches, each film with a ledger row of its own.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::json;
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::batches::{BATCH, Films, Numbered, Outcome, in_batches, numbered, span};
use super::film_form::{check_columns, first, not_here, only, state};
use super::moving::LOOK;
use super::undo::changed_since;
use crate::api::film_form::{EditPreview, Edited};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::film_field::{self, FilmValues, Kind, PRODUCER, same};
use crate::domain::outside::What;
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{CategoryId, FilmId, UserId};
use crate::store::films::Which;
use crate::store::{Shape, Table, Tx, categories, film_form, films, outside, people, tx, whole};

/// What somebody wants done with films.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// This value into this column.
    Field { column: String, value: Option<String> },
    /// This category given, or taken away.
    Category { id: CategoryId, remove: bool },
}

/// A change that was judged once for all films.
#[derive(Clone, Debug)]
enum Judged {
    Field { column: &'static str, kind: Kind, values: FilmValues, producer: Option<(i32, String)> },
    Category { id: CategoryId, remove: bool },
}

/// What stands in a film now.
#[derive(Clone, Debug, Default)]
struct Now {
    values: FilmValues,
    on_panel: bool,
    has_category: bool,
}

impl Now {
    fn hashed(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.values.0.hash(&mut hasher);
        hasher.finish()
    }
}

impl Change {
    /// Whether it can be done at all.
    async fn judge(&self, conn: &mut MySqlConnection, shape: &Shape) -> Result<Judged, Failure> {
        match self {
            Change::Field { column, value } => {
                let limits = film_form::limits(shape);
                let values = FilmValues::from_iter([(column.as_str(), value.as_deref())]);
                let values = film_field::check(&values, &limits).map_err(first)?;
                let limit = limits.iter().find(|limit| limit.column == column).ok_or(Rule::UnknownField)?;
                let mut producer = None;
                if let Some(id) = values.get(PRODUCER).and_then(|id| id.parse().ok()) {
                    let found = people::find(conn, shape, UserId(id)).await?;
                    producer = Some((id, found.ok_or(Failure::NotFound { what: "thing-user", id })?.name()));
                }
                Ok(Judged::Field { column: limit.column, kind: limit.kind, values, producer })
            }
            Change::Category { id, remove } => {
                if !categories::present(shape) {
                    return Err(not_here("thing-category"));
                }
                if !remove {
                    check_columns(shape, Table::MoviesCategories)?;
                }
                match categories::hold(conn, shape, &[id.0]).await?.is_empty() {
                    true => Err(Failure::NotFound { what: "thing-category", id: id.0 }),
                    false => Ok(Judged::Category { id: *id, remove: *remove }),
                }
            }
        }
    }
}

impl Judged {
    /// What stands in films now; those that are gone are missing. With `lock` until the transaction ends.
    async fn look(
        &self,
        conn: &mut MySqlConnection,
        shape: &Shape,
        ids: &[i32],
        lock: bool,
    ) -> Result<HashMap<i32, Now>, Failure> {
        match self {
            Judged::Field { column, producer, .. } => {
                let found = film_form::values(&mut *conn, shape, ids, &[column], lock).await?;
                let mut panels = HashSet::new();
                if let Some((id, _)) = producer {
                    let seats = films::seats(conn, shape, Which::Ids(ids)).await?;
                    panels.extend(seats.into_iter().filter(|seat| seat.user == *id).map(|seat| seat.film));
                }
                let now = |(id, values)| (id, Now { values, on_panel: panels.contains(&id), has_category: false });
                Ok(found.into_iter().map(now).collect())
            }
            Judged::Category { id, .. } => {
                let found = films::standing(&mut *conn, shape, ids, lock).await?;
                let links: HashSet<(i32, i32)> = categories::links(conn, shape, ids).await?.into_iter().collect();
                let now = |row: films::Locked| {
                    (row.id, Now { has_category: links.contains(&(row.id, id.0)), ..Now::default() })
                };
                Ok(found.into_iter().map(now).collect())
            }
        }
    }

    /// Whether a film would change.
    fn changes(&self, now: Option<&Now>) -> Result<bool, Refusal> {
        let now = now.ok_or(Rule::FilmGone)?;
        match self {
            Judged::Field { column, kind, values, producer } => {
                let changes = !same(*kind, values.get(column), now.values.get(column));
                match producer {
                    Some((_, name)) if changes && now.on_panel => {
                        Err(Refusal::new(Rule::ProducerOnPanel).with("name", name.as_str()))
                    }
                    _ => Ok(changes),
                }
            }
            Judged::Category { remove, .. } => Ok(now.has_category == *remove),
        }
    }

    /// Whether something else would be lost.
    fn overwrites(&self, now: Option<&Now>) -> bool {
        let held = |now: &Now| now.values.iter().any(|(_, value)| value.is_some());
        matches!(self, Judged::Field { .. }) && now.is_some_and(held)
    }

    /// Changes locked films, with one ledger row each.
    async fn apply(
        &self,
        tx: &mut Tx<'_>,
        ask: &Ask<'_>,
        films: &[Numbered],
        now: &HashMap<i32, Now>,
    ) -> Result<(), Failure> {
        let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
        let mut removed: HashMap<i32, Vec<whole::WholeRow>> = HashMap::new();
        let mut written = FilmValues::default();
        match self {
            Judged::Field { column, values, .. } => {
                written = film_form::update(&mut tx.conn, &tx.shape, &ids, values).await?;
                let watched = What::from_name(column);
                outside::decide(&mut tx.conn, &ids, watched.as_slice(), ask.user(), ask.id).await?;
            }
            Judged::Category { id, remove: false } => {
                let pairs: Vec<(i32, i32)> = ids.iter().map(|film| (*film, id.0)).collect();
                categories::link(&mut tx.conn, &tx.shape, &pairs).await?;
            }
            Judged::Category { id, remove: true } => {
                let links = whole::lock(&mut tx.conn, &tx.shape, Table::MoviesCategories, "id_movie", &ids).await?;
                for row in links.into_iter().filter(|row| whole::number(row, "id_categorie") == Some(id.0)) {
                    removed.entry(whole::number(&row, "id_movie").unwrap_or_default()).or_default().push(row);
                }
                categories::unlink(&mut tx.conn, &tx.shape, &ids, *id).await?;
            }
        }
        for (sequence, id) in films {
            let mut entry = ask.entry(Topic::Films, Some(*id));
            entry.sequence = *sequence;
            (entry.before, entry.after) = match self {
                Judged::Field { values, .. } => {
                    let before = now.get(id).map(|now| state(&only(&now.values, values)));
                    (before, Some(state(&written)))
                }
                Judged::Category { id: category, remove: false } => (None, Some(json!({ "category": category }))),
                Judged::Category { id: category, remove: true } => {
                    (Some(json!({ "category": category, "links": removed.remove(id) })), None)
                }
            };
            tx.record(entry);
        }
        Ok(())
    }
}

/// What became of some films.
#[derive(Debug, Default)]
struct Sorted {
    change: Vec<Numbered>,
    /// What stood in those that will change, as a hash, because they may be many and hold long texts.
    seen: HashMap<i32, u64>,
    overwrite: u32,
    unchanged: Vec<FilmId>,
    refused: Vec<(FilmId, Refusal)>,
}

/// Looks at all films before the first one is locked.
async fn survey(ask: &Ask<'_>, films: &[Numbered], change: &Change) -> Result<Sorted, Failure> {
    let mut sorted = Sorted::default();
    // Also with no film at all: a wrong value is refused in any case.
    let parts = films.chunks(LOOK).chain(films.is_empty().then_some(films));
    for part in parts {
        let ids: Vec<i32> = part.iter().map(|(_, id)| *id).collect();
        let ids = &ids;
        let (judged, now) = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move {
                let judged = change.judge(&mut reader.conn, &reader.shape).await?;
                let now = judged.look(&mut reader.conn, &reader.shape, ids, false).await?;
                Ok((judged, now))
            })
        })
        .await?;
        for film in part {
            let now = now.get(&film.1);
            match judged.changes(now) {
                Ok(true) => {
                    sorted.change.push(*film);
                    sorted.seen.extend(now.map(|now| (film.1, now.hashed())));
                    sorted.overwrite += u32::from(judged.overwrites(now));
                }
                Ok(false) => sorted.unchanged.push(FilmId(film.1)),
                Err(refusal) => sorted.refused.push((FilmId(film.1), refusal)),
            }
        }
    }
    Ok(sorted)
}

/// What a change would do, without doing it.
pub(super) async fn preview(ask: &Ask<'_>, films: &[FilmId], change: &Change) -> Result<Answer, Failure> {
    let sorted = survey(ask, &numbered(films)?, change).await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let preview = EditPreview {
        change: count(sorted.change.len()),
        overwrite: sorted.overwrite,
        unchanged: count(sorted.unchanged.len()),
        refused: sorted.refused,
    };
    Ok(Reply::EditPreview(preview).into())
}

pub(super) async fn change(ask: &Ask<'_>, films: &[FilmId], change: &Change) -> Result<Answer, Failure> {
    let films = Films::of(ask, films).await?;
    let Sorted { change: able, seen, unchanged, refused, .. } = survey(ask, &films.left(), change).await?;
    let outcome = Outcome { unchanged, refused, ..Outcome::default() };
    let reply = |outcome: Outcome| {
        let Outcome { done, refused, unchanged, cancelled } = outcome;
        Reply::Edited(Edited { done, unchanged, refused, cancelled })
    };
    in_batches(ask, &films, (&able, BATCH), outcome, reply, |part| Box::pin(batch(ask, part, &seen, change))).await
}

/// Changes some films, but for those in which somebody has written something since they were seen.
async fn batch(
    ask: &Ask<'_>,
    films: &[Numbered],
    seen: &HashMap<i32, u64>,
    change: &Change,
) -> Result<Outcome, Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
            // The films first; only then what the change itself needs.
            films::standing(&mut tx.conn, &tx.shape, &ids, true).await?;
            ask.still_allowed(tx).await?;
            let judged = change.judge(&mut tx.conn, &tx.shape).await?;
            let now = judged.look(&mut tx.conn, &tx.shape, &ids, true).await?;
            let (from, to) = span(films);
            let before = ask.steps_before(&mut tx.conn, from, to).await?;
            let (mut outcome, mut able) = (Outcome::default(), Vec::new());
            for film in films.iter().copied() {
                if before.contains(&film.0) {
                    outcome.done.push(FilmId(film.1));
                    continue;
                }
                let now = now.get(&film.1);
                match judged.changes(now) {
                    Ok(true) if judged.overwrites(now) && now.map(Now::hashed) != seen.get(&film.1).copied() => {
                        outcome.refused.push((FilmId(film.1), changed_since("thing-film")));
                    }
                    Ok(true) => able.push(film),
                    Ok(false) => outcome.unchanged.push(FilmId(film.1)),
                    Err(refusal) => outcome.refused.push((FilmId(film.1), refusal)),
                }
            }
            judged.apply(tx, ask, &able, &now).await?;
            outcome.done.extend(able.into_iter().map(|(_, id)| FilmId(id)));
            Ok(outcome)
        })
    })
    .await
}

//! Moving many films: looked at as a whole first, then in batches, each film with a ledger row of its own.

use std::collections::{HashMap, HashSet};

use super::ask::Ask;
use super::status::{Change, Mover, apply, look};
use crate::api::film::Moved;
use crate::api::{Answer, Failure, Progress, Reply};
use crate::domain::FilmId;
use crate::domain::rule::{Refusal, Rule};
use crate::store::tx;

/// Most films that one operation may name.
pub(super) const MOST: usize = 100_000;
/// Films per transaction.
pub(super) const BATCH: usize = 200;
/// Films that are looked at together before anything is locked.
pub(super) const LOOK: usize = 1_000;

/// A film with its number within the request.
pub(super) type Numbered = (i32, i32);

pub(super) async fn set_statuses(ask: &Ask<'_>, films: &[FilmId], change: &Change) -> Result<Answer, Failure> {
    change.check()?;
    let films = numbered(films)?;
    ask.inner.baseline().await?;
    let mut moved = Moved { moved: Vec::new(), refused: Vec::new(), to: change.to, cancelled: false };
    let done = steps_done(ask).await?;
    let left: Vec<Numbered> = films.iter().filter(|(sequence, _)| !done.contains(sequence)).copied().collect();
    let (able, refused) = survey(ask, &left, change).await?;
    moved.refused = refused;
    let outcome = batches(ask, &able, change, &mut moved).await;
    let wrote = !moved.moved.is_empty();
    if wrote {
        ask.published().await;
    }
    outcome?;
    moved.moved.extend(films.iter().filter(|(sequence, _)| done.contains(sequence)).map(|(_, id)| FilmId(*id)));
    let operation = (!moved.moved.is_empty()).then_some(ask.id);
    Ok(Answer { reply: Reply::Moved(moved), operation, repeated: !wrote && !done.is_empty() })
}

/// Gives films their numbers within a request; a film named twice has one.
pub(super) fn numbered(films: &[FilmId]) -> Result<Vec<Numbered>, Refusal> {
    if films.len() > MOST {
        return Err(Refusal::new(Rule::TooManyFilms).with("max", MOST as i64));
    }
    let mut named = HashSet::new();
    Ok((0..).zip(films.iter().map(|id| id.0).filter(|id| named.insert(*id))).collect())
}

/// Which numbers of this very request were done before.
pub(super) async fn steps_done(ask: &Ask<'_>) -> Result<HashSet<i32>, Failure> {
    let (from, to) = (i32::MIN, i32::MAX);
    tx::read(&ask.inner.db, |reader| Box::pin(async move { ask.steps_before(&mut reader.conn, from, to).await })).await
}

/// Looks at all films before the first one is locked: those that can move, and the others with why.
async fn survey(
    ask: &Ask<'_>,
    films: &[Numbered],
    change: &Change,
) -> Result<(Vec<Numbered>, Vec<(FilmId, Refusal)>), Failure> {
    let (mut able, mut refused) = (Vec::new(), Vec::new());
    for part in films.chunks(LOOK) {
        let ids: Vec<i32> = part.iter().map(|(_, id)| *id).collect();
        let ids = &ids;
        let found = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move { Ok(look(&mut reader.conn, &reader.shape, ids, false).await?) })
        })
        .await?;
        let found: HashMap<i32, _> = found.into_iter().map(|film| (film.row.id, film)).collect();
        for numbered in part {
            match found.get(&numbered.1).ok_or_else(|| Rule::FilmGone.into()).and_then(|f| f.judge(&change.step())) {
                Ok(_) => able.push(*numbered),
                Err(refusal) => refused.push((FilmId(numbered.1), refusal)),
            }
        }
    }
    Ok((able, refused))
}

/// Moves batch after batch until all are done or the person gives up. What was done stays done.
async fn batches(ask: &Ask<'_>, films: &[Numbered], change: &Change, moved: &mut Moved) -> Result<(), Failure> {
    let total = u32::try_from(films.len()).unwrap_or(u32::MAX);
    let mut through = 0;
    for part in films.chunks(BATCH) {
        ask.observer.progress(Progress::Steps { done: through, total });
        if ask.observer.cancelled() {
            moved.cancelled = true;
            return Ok(());
        }
        match batch(ask, part, change).await {
            Ok((done, refused)) => {
                moved.moved.extend(done);
                moved.refused.extend(refused);
            }
            // A refusal says that nothing was written, which is not so any more: the rest is given up instead.
            Err(failure) if !moved.moved.is_empty() && !matches!(failure, Failure::Unavailable(_)) => {
                tracing::warn!(?failure, "the rest of the films stays where it is");
                moved.cancelled = true;
                return Ok(());
            }
            Err(failure) => return Err(failure),
        }
        through += u32::try_from(part.len()).unwrap_or(0);
    }
    ask.observer.progress(Progress::Steps { done: total, total });
    Ok(())
}

type Batch = (Vec<FilmId>, Vec<(FilmId, Refusal)>);

async fn batch(ask: &Ask<'_>, films: &[Numbered], change: &Change) -> Result<Batch, Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
            let found = look(&mut tx.conn, &tx.shape, &ids, true).await?;
            ask.still_allowed(tx).await?;
            let (first, last) = (films.first().map_or(0, |f| f.0), films.last().map_or(0, |f| f.0));
            let before = ask.steps_before(&mut tx.conn, first, last).await?;
            let mut found: HashMap<i32, _> = found.into_iter().map(|film| (film.row.id, film)).collect();
            let (mut done, mut refused, mut movers) = (Vec::new(), Vec::new(), Vec::new());
            for (sequence, id) in films.iter().copied() {
                let film = found.remove(&id).ok_or_else(|| Refusal::new(Rule::FilmGone));
                if before.contains(&sequence) {
                    done.push(FilmId(id));
                    continue;
                }
                match film.and_then(|film| Ok((film.judge(&change.step())?, film))) {
                    Ok((forced, film)) => {
                        movers.push(Mover { film, sequence, forced });
                        done.push(FilmId(id));
                    }
                    Err(refusal) => refused.push((FilmId(id), refusal)),
                }
            }
            apply(tx, ask, change, &movers).await?;
            Ok((done, refused))
        })
    })
    .await
}

//! One operation on many films: batch after batch, each a transaction of its own, with progress, a way to stop, and what was
//! done before when it is asked again.

use std::collections::{BTreeSet, HashSet};

use futures_util::future::BoxFuture;

use super::ask::Ask;
use crate::api::{Answer, Failure, Progress, Reply};
use crate::domain::FilmId;
use crate::domain::rule::{Refusal, Rule};
use crate::store::tx;

/// Most films that one operation may name.
const MOST: usize = 100_000;
/// Films per transaction.
pub(super) const BATCH: usize = 200;

/// A film with its number within the request.
pub(super) type Numbered = (i32, i32);

/// The numbers of the first and the last of some films.
pub(super) fn span(films: &[Numbered]) -> (i32, i32) {
    (films.first().map_or(0, |film| film.0), films.last().map_or(0, |film| film.0))
}

/// The films of a request, and which of them this very request has done before.
#[derive(Debug)]
pub(super) struct Films {
    all: Vec<Numbered>,
    done: HashSet<i32>,
}

/// What became of some films.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Done, also by this very request before.
    pub(super) done: Vec<FilmId>,
    /// Not done, and why.
    pub(super) refused: Vec<(FilmId, Refusal)>,
    /// Nothing to do.
    pub(super) unchanged: Vec<FilmId>,
    /// Whether the rest was given up.
    pub(super) cancelled: bool,
}

impl Outcome {
    fn add(&mut self, part: Outcome) {
        self.done.extend(part.done);
        self.refused.extend(part.refused);
        self.unchanged.extend(part.unchanged);
    }
}

/// Gives films their numbers within a request; a film named twice has one.
pub(super) fn numbered(films: &[FilmId]) -> Result<Vec<Numbered>, Refusal> {
    if films.len() > MOST {
        return Err(Refusal::new(Rule::TooManyFilms).with("max", MOST as i64));
    }
    let mut named = HashSet::new();
    Ok((0..).zip(films.iter().map(|id| id.0).filter(|id| named.insert(*id))).collect())
}

impl Films {
    /// Looks what was done of them before, before anything is written.
    pub(super) async fn of(ask: &Ask<'_>, films: &[FilmId]) -> Result<Self, Failure> {
        let all = numbered(films)?;
        ask.inner.baseline().await?;
        let (from, to) = (i32::MIN, i32::MAX);
        let done = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move { ask.steps_before(&mut reader.conn, from, to).await })
        });
        Ok(Self { all, done: done.await? })
    }

    /// The same for films that the request does not name, because what is done to them takes them out of those that are looked
    /// for: each has its own id as its number, and those that were done before are added.
    pub(super) async fn found(ask: &Ask<'_>, films: &[i32]) -> Result<Self, Failure> {
        let done = Self::of(ask, &[]).await?.done;
        let ids: BTreeSet<i32> = films.iter().chain(&done).copied().collect();
        Ok(Self { all: ids.into_iter().map(|id| (id, id)).collect(), done })
    }

    /// Whether there are none, done or not.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many were done before.
    pub(super) fn done(&self) -> usize {
        self.done.len()
    }

    /// Those that are still to be done.
    pub(super) fn left(&self) -> Vec<Numbered> {
        self.all.iter().filter(|(sequence, _)| !self.done.contains(sequence)).copied().collect()
    }
}

/// Carries out batch after batch, at most `size` films in each, until all of `able` are done or the person gives up. What was done
/// stays done. `outcome` holds what the look at all films found, `reply` says what became of them.
///
/// # Errors
/// The first batch was refused, or the trouble with the database: asked again, the operation goes on where it stopped.
pub(super) async fn in_batches<'a, F>(
    ask: &Ask<'_>,
    films: &Films,
    (able, size): (&'a [Numbered], usize),
    mut outcome: Outcome,
    reply: impl FnOnce(Outcome) -> Reply + Send,
    batch: F,
) -> Result<Answer, Failure>
where
    F: Fn(&'a [Numbered]) -> BoxFuture<'a, Result<Outcome, Failure>> + Sync,
{
    let carried = carry_out(ask, able, size, &mut outcome, &batch).await;
    let wrote = !outcome.done.is_empty();
    if wrote {
        ask.published().await;
    }
    carried?;
    let before = films.all.iter().filter(|(sequence, _)| films.done.contains(sequence));
    outcome.done.extend(before.map(|(_, id)| FilmId(*id)));
    let operation = (!outcome.done.is_empty()).then_some(ask.id);
    Ok(Answer { reply: reply(outcome), operation, repeated: !wrote && !films.done.is_empty() })
}

async fn carry_out<'a, F>(
    ask: &Ask<'_>,
    able: &'a [Numbered],
    size: usize,
    outcome: &mut Outcome,
    batch: &F,
) -> Result<(), Failure>
where
    F: Fn(&'a [Numbered]) -> BoxFuture<'a, Result<Outcome, Failure>> + Sync,
{
    let total = u32::try_from(able.len()).unwrap_or(u32::MAX);
    let mut through = 0;
    for part in able.chunks(size) {
        ask.observer.progress(Progress::Steps { done: through, total });
        if ask.observer.cancelled() {
            outcome.cancelled = true;
            return Ok(());
        }
        match batch(part).await {
            Ok(part) => outcome.add(part),
            // A refusal says that nothing was written, which is not so any more: the rest is given up instead.
            Err(failure) if !outcome.done.is_empty() && !matches!(failure, Failure::Unavailable(_)) => {
                tracing::warn!(?failure, "the rest of the films stays as it is");
                outcome.cancelled = true;
                return Ok(());
            }
            Err(failure) => return Err(failure),
        }
        through += u32::try_from(part.len()).unwrap_or(0);
    }
    ask.observer.progress(Progress::Steps { done: total, total });
    Ok(())
}

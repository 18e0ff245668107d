//! Moving many films: looked at as a whole first, then in batches, each film with a ledger row of its own.

use std::collections::HashMap;

use super::ask::Ask;
use super::batches::{BATCH, Films, Numbered, Outcome, in_batches, span};
use super::standing::look;
use super::status::{Change, Mover, apply};
use crate::api::film::Moved;
use crate::api::{Answer, Failure, Reply};
use crate::domain::FilmId;
use crate::domain::rule::{Refusal, Rule};
use crate::store::tx;

/// Films that are looked at together before anything is locked.
pub(super) const LOOK: usize = 1_000;

pub(super) async fn set_statuses(ask: &Ask<'_>, films: &[FilmId], change: &Change) -> Result<Answer, Failure> {
    change.check()?;
    let films = Films::of(ask, films).await?;
    let (able, refused) = survey(ask, &films.left(), change).await?;
    let outcome = Outcome { refused, ..Outcome::default() };
    let reply = |outcome: Outcome| {
        let Outcome { done: moved, refused, cancelled, .. } = outcome;
        Reply::Moved(Moved { moved, refused, to: change.to, cancelled })
    };
    in_batches(ask, &films, (&able, BATCH), outcome, reply, |part| Box::pin(batch(ask, part, change))).await
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

async fn batch(ask: &Ask<'_>, films: &[Numbered], change: &Change) -> Result<Outcome, Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
            let found = look(&mut tx.conn, &tx.shape, &ids, true).await?;
            ask.still_allowed(tx).await?;
            let (first, last) = span(films);
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
            Ok(Outcome { done, refused, ..Outcome::default() })
        })
    })
    .await
}

//! What the web site changed: found by the [look](look), shown, and settled by staff.

mod ballots;
mod follow;
mod look;

use serde_json::{Map, Value, json};
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::standing::{Film, look};
use super::undo::{States, changed_since};
use crate::api::failure::FieldChange;
use crate::api::outside::OutsideRow;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::film::{Ballots, FilmStatus, Step};
use crate::domain::outside::{Settled, What};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{FilmId, MarkId};
use crate::store::ledger::Line;
use crate::store::outside::{self, Kept, Settling};
use crate::store::{Shape, StoreError, Tx, films, tx};

pub use look::Looked;
pub(super) use look::Looker;

/// Marks as staff see them.
async fn rows(conn: &mut MySqlConnection, shape: &Shape, marks: Vec<Kept>) -> Result<Vec<OutsideRow>, StoreError> {
    let mut ballots = ballots::shown(conn, shape, &marks).await?;
    let row = |kept: Kept| {
        let ballots = ballots.remove(&kept.mark.id.0).map(Box::new);
        let value = |value: Option<String>| value.filter(|_| ballots.is_none());
        OutsideRow {
            mark: kept.mark.id,
            film: kept.film,
            title: kept.title,
            what: kept.mark.what,
            before: value(kept.mark.before),
            after: value(kept.mark.after),
            ballots,
            found: kept.found,
            settled: kept.settled.map(|(how, _)| how),
        }
    };
    Ok(marks.into_iter().map(row).collect())
}

async fn row(tx: &mut Tx<'_>, kept: Kept) -> Result<OutsideRow, Failure> {
    let gone = Failure::NotFound { what: "thing-mark", id: kept.mark.id.0 };
    rows(&mut tx.conn, &tx.shape, vec![kept]).await?.pop().ok_or(gone)
}

/// What nobody has settled yet, of all films or of one.
pub(super) async fn open(ask: &Ask<'_>, film: Option<FilmId>) -> Result<Answer, Failure> {
    let open = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let ids = film.map(|film| [film.0]);
            let open = outside::open(&mut reader.conn, ids.as_ref().map(<[i32; 1]>::as_slice), false).await?;
            Ok(rows(&mut reader.conn, &reader.shape, open).await?)
        })
    });
    Ok(Reply::Outside(open.await?).into())
}

/// Settles one change: the site's value is kept, or ours is put back. What somebody else has settled already stays so.
pub(super) async fn settle(ask: &Ask<'_>, id: MarkId, put_back: bool) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (row, wrote, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let gone = || Failure::NotFound { what: "thing-mark", id: id.0 };
            let film = outside::one(&mut tx.conn, id, false).await?.ok_or_else(gone)?.film;
            let found = look(&mut tx.conn, &tx.shape, &[film.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let mut kept = outside::one(&mut tx.conn, id, true).await?.ok_or_else(gone)?;
            let repeated = !ask.done_before(tx).await?.is_empty();
            if repeated || kept.settled.is_some() {
                return Ok((row(tx, kept).await?, false, repeated));
            }
            let how = if put_back { Settled::PutBack } else { Settled::Kept };
            let mut entry = ask.entry(Topic::Films, Some(film.0));
            entry.reason = put_back.then(|| "put back".to_owned());
            let (mut before, mut after) = (&kept.mark.before, &kept.mark.after);
            let what = kept.mark.what;
            if What::BALLOTS.contains(&what) {
                let (before, after) = ballots::settle(tx, &kept, put_back).await?;
                (entry.before, entry.after) = (Some(before), Some(after));
            } else {
                if put_back {
                    entry.forced = write(tx, &kept, found.as_ref(), after.as_deref(), before.as_deref()).await?;
                    std::mem::swap(&mut before, &mut after);
                } else {
                    stands(tx, &kept, after.as_deref()).await?;
                }
                (entry.before, entry.after) = (Some(state(what, before)), Some(state(what, after)));
            }
            tx.record(entry);
            let settling = Settling { how, by: ask.user(), request: Some(ask.id), version: None };
            outside::settle(&mut tx.conn, id, settling).await?;
            kept.settled = Some((how, Some(ask.id)));
            Ok((row(tx, kept).await?, true, false))
        })
    })
    .await?;
    let reply = Reply::OutsideMark(row);
    if !wrote && !repeated {
        return Ok(Ask::final_answer(reply, false));
    }
    ask.published().await;
    Ok(ask.undoable(reply, repeated))
}

fn state(what: What, value: &Option<String>) -> Value {
    Value::Object(Map::from_iter([(what.name().to_owned(), json!(value))]))
}

/// Whether a locked film is still the marked one and has this value. Of a film that is gone there is nothing to look at.
async fn stands(tx: &mut Tx<'_>, kept: &Kept, value: Option<&str>) -> Result<(), Failure> {
    let what = kept.mark.what;
    if what == What::Gone {
        return Ok(());
    }
    let now = outside::film(&mut tx.conn, &tx.shape, kept.film.0).await?;
    let same = |live: &outside::Live| kept.born.is_none() || live.film.born.is_none() || live.film.born == kept.born;
    let now = now.filter(same).ok_or(Rule::FilmGone)?;
    let is = now.film.value(what);
    if what.same(is, value) {
        return Ok(());
    }
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let field = if what == What::Status { "selection_status" } else { what.name() };
    Err(Failure::Conflict(vec![FieldChange { field: field.to_owned(), loaded: text(value), now: text(is) }]))
}

/// Writes a value over another one into a locked film; whether only force made that possible. It must still be that film,
/// and still that value.
async fn write(
    tx: &mut Tx<'_>,
    kept: &Kept,
    film: Option<&Film>,
    over: Option<&str>,
    value: Option<&str>,
) -> Result<bool, Failure> {
    let what = kept.mark.what;
    let film = film.filter(|_| what != What::Gone).ok_or(Rule::FilmGone)?;
    stands(tx, kept, over).await?;
    if what != What::Status {
        outside::put_back(&mut tx.conn, &tx.shape, kept.film, what, value).await?;
        return Ok(false);
    }
    let to = FilmStatus::from_sql(value.unwrap_or_default());
    let step = Step { to, reason: Some("put back"), force: true, ballots: Some(Ballots::Keep) };
    let forced = film.judge(&step)?;
    films::put_back(&mut tx.conn, &tx.shape, kept.film, to, None).await?;
    Ok(forced)
}

/// Takes a settlement back: the change is open again, and as the web site had it. The mark itself is opened by the caller.
pub(super) async fn unsettle(
    tx: &mut Tx<'_>,
    line: &Line,
    film: Option<&Film>,
) -> Result<Result<States, Refusal>, Failure> {
    let id = FilmId(line.entry.subject.unwrap_or_default());
    let Some(kept) = outside::settled_by(&mut tx.conn, id, line.entry.request_id).await? else {
        return Ok(Err(changed_since("thing-mark")));
    };
    let what = kept.mark.what;
    let put_back = kept.settled.as_ref().is_some_and(|(how, _)| *how == Settled::PutBack);
    if What::BALLOTS.contains(&what) {
        return match ballots::unsettle(tx, &kept, put_back, line).await {
            Ok((was, is)) => Ok(Ok((Some(was), Some(is)))),
            Err(Failure::Rule(refusal)) => Ok(Err(refusal)),
            Err(failure) => Err(failure),
        };
    }
    let again = outside::open(&mut tx.conn, Some(&[id.0]), true).await?;
    if again.iter().any(|other| other.mark.what == what) {
        return Ok(Err(changed_since("thing-film")));
    }
    let (before, site) = (kept.mark.before.as_deref(), kept.mark.after.as_deref());
    let done = match put_back {
        true => write(tx, &kept, film, before, site).await.map(|_| Some(state(what, &kept.mark.before))),
        false => stands(tx, &kept, site).await.map(|()| Some(state(what, &kept.mark.after))),
    };
    match done {
        Ok(was) => Ok(Ok((was, Some(state(what, &kept.mark.after))))),
        Err(Failure::Rule(refusal)) => Ok(Err(refusal)),
        Err(Failure::Conflict(_)) => Ok(Err(changed_since("thing-film"))),
        Err(failure) => Err(failure),
    }
}

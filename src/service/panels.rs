//! The panels of films.

use std::collections::BTreeSet;

use super::ask::Ask;
use super::film_form::{check_columns, not_here};
use super::jurors::{called, somebody};
use super::standing::{Film, look};
use super::{settings, voting};
use crate::api::failure::FieldChange;
use crate::api::vote::{PanelRow, Suspicion};
use crate::api::{Answer, Failure, Reply};
use crate::domain::film::FilmStatus;
use crate::domain::jury::{Juror, Somebody, may_be_one};
use crate::domain::round::{FilmVoting, Leaving};
use crate::domain::rule::Rule;
use crate::domain::user::Role;
use crate::domain::{FilmId, UserId};
use crate::store::people::Account;
use crate::store::{Table, Tx, panels as store, people, tx};

/// Gives a film its whole panel. A film that was only submitted is assigned by that; a round that is complete without those
/// who left is over.
pub(super) async fn set(
    ask: &Ask<'_>,
    film: FilmId,
    jurors: &[UserId],
    loaded: Option<&[UserId]>,
) -> Result<Answer, Failure> {
    let wanted: &BTreeSet<UserId> = &jurors.iter().copied().collect();
    ask.inner.baseline().await?;
    let (row, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let found = look(&mut tx.conn, &tx.shape, &[film.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let found = found.ok_or(Rule::FilmGone)?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((row(tx, film, &found.voting, false).await?, true, true));
            }
            if wanted.iter().eq(&found.voting.panel()) {
                return Ok((row(tx, film, &found.voting, false).await?, false, false));
            }
            if !tx.shape.present(Table::MoviesJuries) {
                return Err(not_here("thing-panel"));
            }
            check_columns(&tx.shape, Table::MoviesJuries)?;
            let wanted: Vec<UserId> = wanted.iter().copied().collect();
            let wanted = jurors_of(tx, &found.voting, &wanted).await?;
            unchanged(tx, loaded, &found.voting).await?;
            let now = changed(&found, &wanted, tx).await?;
            let moved = now.status != found.voting.status;
            voting::write(tx, ask, &found, &now).await?.record(tx, ask, film, 0, None);
            Ok((row(tx, film, &now, moved).await?, true, false))
        })
    })
    .await?;
    let reply = Reply::Panel(row);
    if !changed {
        return Ok(reply.into());
    }
    ask.published().await;
    Ok(ask.undoable(reply, again))
}

/// Judges a new panel, and answers what becomes of the film.
async fn changed(film: &Film, wanted: &[Juror], tx: &mut Tx<'_>) -> Result<FilmVoting, Failure> {
    film.voting.set_panel(wanted)?;
    let mut now = film.voting.clone();
    for left in film.voting.panel().iter().filter(|id| wanted.iter().all(|juror| juror.id != **id)) {
        now.leave(*left, Leaving::Unvoted);
    }
    for juror in wanted.iter().filter(|juror| !juror.on_panel) {
        now.join(juror);
    }
    if now.status == FilmStatus::Submitted && !wanted.is_empty() {
        now.go(FilmStatus::Assigned);
    }
    now.go_on(&settings::rules(&mut tx.conn).await?);
    Ok(now)
}

/// These people as a locked film's jurors, whether they have to do with it already or not. Until the transaction ends nobody
/// changes the account of somebody who is not on the panel yet, and who may judge is read after that.
pub(super) async fn jurors_of(tx: &mut Tx<'_>, film: &FilmVoting, ids: &[UserId]) -> Result<Vec<Juror>, Failure> {
    let sits = |id: &UserId| film.juror(*id).is_some_and(|juror| juror.on_panel);
    let joining: Vec<UserId> = ids.iter().filter(|id| !sits(id)).copied().collect();
    let accounts = joining_now(tx, &joining).await?;
    ids.iter()
        .map(|id| match (film.juror(*id), accounts.iter().find(|account| account.id == *id)) {
            (Some(juror), Some(account)) => {
                Ok(Juror { jury: account.role == Role::Jury, enabled: account.enabled, ..juror.clone() })
            }
            (Some(juror), None) => Ok(juror.clone()),
            (None, Some(account)) => Ok(newcomer(account)),
            (None, None) => Err(Failure::NotFound { what: "thing-user", id: id.0 }),
        })
        .collect()
}

/// The accounts of people who join panels of locked films, as they stay until the transaction ends: a change of accounts looks
/// at panels under the same guard.
pub(super) async fn joining_now(tx: &mut Tx<'_>, ids: &[UserId]) -> Result<Vec<Account>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    people::guard(&mut tx.conn).await?;
    let ids: Vec<i32> = ids.iter().map(|id| id.0).collect();
    Ok(people::some(&mut tx.conn, &tx.shape, &ids).await?)
}

/// Somebody as a panel could take them.
pub(super) fn newcomer(account: &Account) -> Juror {
    Juror::newcomer(account.id, &account.name(), account.role == Role::Jury, account.enabled)
}

/// Whether the panel is still the one that was seen.
async fn unchanged(tx: &mut Tx<'_>, loaded: Option<&[UserId]>, film: &FilmVoting) -> Result<(), Failure> {
    let Some(loaded) = loaded else { return Ok(()) };
    let (mut loaded, now) = (loaded.to_vec(), film.panel());
    loaded.sort_unstable();
    loaded.dedup();
    if loaded == now {
        return Ok(());
    }
    let ids: Vec<i32> = loaded.iter().chain(&now).map(|id| id.0).collect();
    let accounts = people::some(&mut tx.conn, &tx.shape, &ids).await?;
    let names = |ids: &[UserId]| {
        let named = accounts.iter().filter(|account| ids.contains(&account.id)).map(Account::name);
        named.collect::<Vec<_>>().join(", ")
    };
    let field = "panel".to_owned();
    Err(Failure::Conflict(vec![FieldChange { field, loaded: names(&loaded), now: names(&now) }]))
}

async fn row(tx: &mut Tx<'_>, film: FilmId, voting: &FilmVoting, moved: bool) -> Result<PanelRow, Failure> {
    let jurors = voting.panel();
    let ids: Vec<i32> = jurors.iter().map(|id| id.0).collect();
    let accounts = people::some(&mut tx.conn, &tx.shape, &ids).await?;
    let makers = store::makers(&mut tx.conn, &tx.shape, &[film.0]).await?.remove(&film.0).unwrap_or_default();
    let suspicions = accounts.iter().filter_map(|account| suspicion(account, &makers)).collect();
    Ok(PanelRow { film, jurors, status: voting.status, moved, suspicions })
}

fn suspicion(account: &Account, makers: &[Somebody]) -> Option<Suspicion> {
    let juror = somebody(account);
    let maker = makers.iter().find(|maker| may_be_one(&juror, maker))?;
    Some(Suspicion { juror: account.id, name: account.name(), resembles: called(maker) })
}

//! The categories of a film, and new ones.

use std::collections::BTreeSet;

use serde_json::json;

use super::ask::Ask;
use super::film_form::{check_columns, first, not_here, now, shown};
use super::films::detail;
use crate::api::failure::FieldChange;
use crate::api::film_form::Category;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::film_field::{self, FilmValues};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::text::fold;
use crate::domain::{CategoryId, FilmId};
use crate::store::{Table, Tx, categories as store, film_form, films, tx, whole};

/// These categories, each once, all of them there until the transaction ends.
pub(super) async fn known(tx: &mut Tx<'_>, ids: &[CategoryId]) -> Result<Vec<i32>, Failure> {
    let wanted: BTreeSet<i32> = ids.iter().map(|id| id.0).collect();
    let wanted: Vec<i32> = wanted.into_iter().collect();
    if wanted.is_empty() {
        return Ok(wanted);
    }
    if !store::present(&tx.shape) {
        return Err(not_here("thing-category"));
    }
    let found = store::hold(&mut tx.conn, &tx.shape, &wanted).await?;
    match wanted.iter().find(|id| !found.iter().any(|category| category.id.0 == **id)) {
        Some(id) => Err(Failure::NotFound { what: "thing-category", id: *id }),
        None => Ok(wanted),
    }
}

/// The categories of one film, whatever others have.
pub(super) async fn of(tx: &mut Tx<'_>, film: i32) -> Result<Vec<i32>, Failure> {
    let links = store::links(&mut tx.conn, &tx.shape, &[film]).await?;
    Ok(links.into_iter().map(|(_, category)| category).collect())
}

pub(super) async fn set(
    ask: &Ask<'_>,
    film: FilmId,
    wanted: &[CategoryId],
    loaded: Option<&[CategoryId]>,
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (film, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let there = films::standing(&mut tx.conn, &tx.shape, &[film.0], true).await?;
            ask.still_allowed(tx).await?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((detail(&mut tx.conn, &tx.shape, film).await?, true, true));
            }
            if there.is_empty() {
                return Err(Rule::FilmGone.into());
            }
            let wanted = known(tx, wanted).await?;
            let before = of(tx, film.0).await?;
            if wanted == before {
                return Ok((Some(now(tx, film).await?), false, false));
            }
            conflict(tx, loaded, &before).await?;
            let links = replace(tx, film.0, &before, &wanted).await?;
            let mut entry = ask.entry(Topic::Films, Some(film.0));
            entry.before = Some(json!({ "categories": before, "links": links }));
            entry.after = Some(json!({ "categories": wanted }));
            tx.record(entry);
            Ok((Some(now(tx, film).await?), true, false))
        })
    })
    .await?;
    let reply = shown(film);
    if !changed {
        return Ok(reply.into());
    }
    ask.published().await;
    Ok(ask.undoable(reply, again))
}

/// Whether somebody else gave or took a category since they were loaded.
async fn conflict(tx: &mut Tx<'_>, loaded: Option<&[CategoryId]>, before: &[i32]) -> Result<(), Failure> {
    let Some(loaded) = loaded else { return Ok(()) };
    let loaded: BTreeSet<i32> = loaded.iter().map(|id| id.0).collect();
    if loaded.iter().eq(before) {
        return Ok(());
    }
    let ids: Vec<i32> = loaded.iter().chain(before).copied().collect();
    let names = store::hold(&mut tx.conn, &tx.shape, &ids).await?;
    let list = |has: &dyn Fn(i32) -> bool| {
        let named = names.iter().filter(|category| has(category.id.0)).map(|category| category.name.as_str());
        named.collect::<Vec<_>>().join(", ")
    };
    let (loaded, now) = (list(&|id| loaded.contains(&id)), list(&|id| before.contains(&id)));
    Err(Failure::Conflict(vec![FieldChange { field: "categories".to_owned(), loaded, now }]))
}

/// Gives a film these categories instead of those; answers the rows that were taken away.
pub(super) async fn replace(
    tx: &mut Tx<'_>,
    film: i32,
    before: &[i32],
    wanted: &[i32],
) -> Result<Vec<whole::WholeRow>, Failure> {
    let gone: Vec<i32> = before.iter().filter(|id| !wanted.contains(id)).copied().collect();
    let new: Vec<(i32, i32)> = wanted.iter().filter(|id| !before.contains(id)).map(|id| (film, *id)).collect();
    if !new.is_empty() {
        check_columns(&tx.shape, Table::MoviesCategories)?;
    }
    let mut links = whole::lock(&mut tx.conn, &tx.shape, Table::MoviesCategories, "id_movie", &[film]).await?;
    links.retain(|row| whole::number(row, "id_categorie").is_some_and(|id| gone.contains(&id)));
    for category in gone {
        store::unlink(&mut tx.conn, &tx.shape, &[film], CategoryId(category)).await?;
    }
    store::link(&mut tx.conn, &tx.shape, &new).await?;
    Ok(links)
}

pub(super) async fn create(ask: &Ask<'_>, name: &str) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (category, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            store::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            if !store::present(&tx.shape) {
                return Err(not_here("thing-category"));
            }
            let all = store::list(&mut tx.conn, &tx.shape).await?;
            if let Some(line) = ask.done_before(tx).await?.first() {
                let id = line.entry.subject.unwrap_or_default();
                let found = all.into_iter().find(|category| category.id.0 == id);
                return Ok((found.ok_or(Failure::NotFound { what: "thing-category", id })?, true));
            }
            let limits = film_form::category_limits(&tx.shape);
            let values = FilmValues::from_iter([("name", Some(name))]);
            let values = film_field::check_new(&values, &limits).map_err(first)?;
            let name = values.get("name").unwrap_or_default();
            if all.iter().any(|category| fold(category.name.trim()) == fold(name)) {
                return Err(Refusal::new(Rule::CategoryTaken).with("name", name).into());
            }
            check_columns(&tx.shape, Table::Categories)?;
            let id = store::insert(&mut tx.conn, &tx.shape, name).await?;
            let mut entry = ask.entry(Topic::Categories, Some(id.0));
            entry.after = Some(json!({ "name": name }));
            tx.record(entry);
            Ok((Category { id, name: name.to_owned(), films: 0 }, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Category(category), again))
}

//! Undo of what was written about films: fields, categories, collaborators, each only where it is as that change left it.

use serde_json::Value;

use super::categories as film_categories;
use super::collaborators::person_of;
use super::film_form::{check_producer, kind_of, state};
use super::undo::{States, changed_since};
use crate::api::Failure;
use crate::domain::film_field::{FilmValues, changed};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{CategoryId, CollaboratorId, FilmId};
use crate::store::ledger::Line;
use crate::store::whole::WholeRow;
use crate::store::{StoreError, Table, Tx, categories, collaborators, film_form, whole};

/// Taken back, or what stands in the way.
type Outcome = Result<Result<States, Refusal>, Failure>;

/// Takes one change back, or says what stands in the way and has changed nothing. `there`: its film is, and locked.
pub(super) async fn take_back(tx: &mut Tx<'_>, line: &Line, there: bool) -> Outcome {
    let entry = &line.entry;
    let id = entry.subject.unwrap_or_default();
    if entry.action == "create_category" {
        return new_category(tx, line, CategoryId(id)).await;
    }
    if !there {
        return Ok(Err(Rule::FilmGone.into()));
    }
    let film = FilmId(id);
    match entry.action.as_str() {
        "edit_film" | "edit_films" => fields(tx, line, film).await,
        "set_categories" => all_categories(tx, line, film).await,
        "add_category" | "remove_category" => one_category(tx, line, film).await,
        "add_collaborator" => added(tx, line, film).await,
        "edit_collaborator" => edited(tx, line).await,
        _ => removed(tx, line, film).await,
    }
}

fn done(line: &Line) -> Outcome {
    Ok(Ok((line.entry.after.clone(), line.entry.before.clone())))
}

fn in_the_way(what: &str) -> Outcome {
    Ok(Err(changed_since(what)))
}

/// The columns that a ledger row holds.
fn values(state: Option<&Value>, name: &str) -> FilmValues {
    let values = state.and_then(|state| state.get(name)).cloned();
    values.and_then(|values| serde_json::from_value(values).ok()).unwrap_or_default()
}

/// The rows that a ledger row holds.
fn rows(state: Option<&Value>) -> Vec<WholeRow> {
    let list = state.and_then(|state| state.get("links")).and_then(Value::as_array);
    list.map(|list| list.iter().filter_map(Value::as_object).cloned().collect()).unwrap_or_default()
}

fn ids(state: Option<&Value>) -> Vec<i32> {
    let list = state.and_then(|state| state.get("categories")).and_then(Value::as_array);
    let id = |value: &Value| i32::try_from(value.as_i64()?).ok();
    list.map(|list| list.iter().filter_map(id).collect()).unwrap_or_default()
}

async fn fields(tx: &mut Tx<'_>, line: &Line, film: FilmId) -> Outcome {
    let (before, left) = (values(line.entry.before.as_ref(), "values"), values(line.entry.after.as_ref(), "values"));
    let limits = film_form::limits(&tx.shape);
    let columns: Vec<&str> = left.iter().map(|(column, _)| column).collect();
    let found = film_form::values(&mut tx.conn, &tx.shape, &[film.0], &columns, true).await?.pop();
    let Some((_, now)) = found else { return Ok(Err(Rule::FilmGone.into())) };
    if columns.iter().any(|column| !now.names(column)) || !changed(&left, &now, kind_of(&limits)).is_empty() {
        return in_the_way("thing-film");
    }
    match check_producer(tx, &before, &[film.0]).await {
        Ok(()) => {}
        Err(Failure::Rule(refusal)) => return Ok(Err(refusal)),
        Err(Failure::NotFound { what, .. }) => return in_the_way(what),
        Err(failure) => return Err(failure),
    }
    let written = film_form::update(&mut tx.conn, &tx.shape, &[film.0], &before).await?;
    Ok(Ok((line.entry.after.clone(), Some(state(&written)))))
}

/// Puts rows of a join table back as they were; where that is not possible any more, as new ones.
async fn relink(tx: &mut Tx<'_>, table: Table, rows: &[WholeRow]) -> Result<bool, StoreError> {
    for row in rows {
        match whole::restore(&mut tx.conn, &tx.shape, table, row).await {
            Ok(()) => {}
            Err(error) if error.is_duplicate() => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(!rows.is_empty())
}

async fn all_categories(tx: &mut Tx<'_>, line: &Line, film: FilmId) -> Outcome {
    let (before, left) = (ids(line.entry.before.as_ref()), ids(line.entry.after.as_ref()));
    let now = film_categories::of(tx, film.0).await?;
    let there = categories::hold(&mut tx.conn, &tx.shape, &before).await?;
    if now != left {
        return in_the_way("thing-film");
    }
    if there.len() != before.len() {
        return in_the_way("thing-category");
    }
    let links = rows(line.entry.before.as_ref());
    relink(tx, Table::MoviesCategories, &links).await?;
    let now = film_categories::of(tx, film.0).await?;
    film_categories::replace(tx, film.0, &now, &before).await?;
    done(line)
}

async fn one_category(tx: &mut Tx<'_>, line: &Line, film: FilmId) -> Outcome {
    let gave = line.entry.action == "add_category";
    let state = if gave { line.entry.after.as_ref() } else { line.entry.before.as_ref() };
    let id = state.and_then(|state| state.get("category")?.as_i64()).and_then(|id| i32::try_from(id).ok());
    let Some(id) = id else { return in_the_way("thing-film") };
    let has = film_categories::of(tx, film.0).await?.contains(&id);
    if has != gave {
        return in_the_way("thing-film");
    }
    if gave {
        categories::unlink(&mut tx.conn, &tx.shape, &[film.0], CategoryId(id)).await?;
        return done(line);
    }
    if categories::hold(&mut tx.conn, &tx.shape, &[id]).await?.is_empty() {
        return in_the_way("thing-category");
    }
    if !relink(tx, Table::MoviesCategories, &rows(state)).await? {
        categories::link(&mut tx.conn, &tx.shape, &[(film.0, id)]).await?;
    }
    done(line)
}

/// Deletes a new category that no film has yet.
async fn new_category(tx: &mut Tx<'_>, line: &Line, id: CategoryId) -> Outcome {
    let row = whole::lock(&mut tx.conn, &tx.shape, Table::Categories, "id_categorie", &[id.0]).await?.pop();
    let links = whole::lock(&mut tx.conn, &tx.shape, Table::MoviesCategories, "id_categorie", &[id.0]).await?;
    let name = line.entry.after.as_ref().and_then(|after| after.get("name")?.as_str());
    if row.as_ref().and_then(|row| whole::text(row, "name")) != name || !links.is_empty() {
        return in_the_way("thing-category");
    }
    categories::delete(&mut tx.conn, &tx.shape, id).await?;
    done(line)
}

/// Takes somebody off a film again; a person who came with that and is on no other film goes too.
async fn added(tx: &mut Tx<'_>, line: &Line, film: FilmId) -> Outcome {
    let state = line.entry.after.as_ref();
    let Some(id) = person_of(state) else { return in_the_way("thing-collaborator") };
    let Some(now) = collaborators::lock(&mut tx.conn, &tx.shape, id).await? else {
        return in_the_way("thing-collaborator");
    };
    let new = values(state, "new");
    let edited = !changed(&new, &now, |column| kind(tx, column)).is_empty();
    if edited || !collaborators::is_on(&mut tx.conn, &tx.shape, id, film).await? {
        return in_the_way("thing-collaborator");
    }
    collaborators::unlink(&mut tx.conn, &tx.shape, id, film).await?;
    let elsewhere = collaborators::find(&mut tx.conn, &tx.shape, id).await?.is_none_or(|person| person.films > 0);
    if !new.is_empty() && !elsewhere {
        collaborators::delete(&mut tx.conn, &tx.shape, id).await?;
    }
    done(line)
}

fn kind(tx: &Tx<'_>, column: &str) -> crate::domain::film_field::Kind {
    kind_of(&film_form::collaborator_limits(&tx.shape))(column)
}

async fn edited(tx: &mut Tx<'_>, line: &Line) -> Outcome {
    let (before, left) = (values(line.entry.before.as_ref(), "values"), values(line.entry.after.as_ref(), "values"));
    let id = person_of(line.entry.after.as_ref()).unwrap_or(CollaboratorId(0));
    let now = collaborators::lock(&mut tx.conn, &tx.shape, id).await?;
    let Some(_) = now.filter(|now| changed(&left, now, |column| kind(tx, column)).is_empty()) else {
        return in_the_way("thing-collaborator");
    };
    match collaborators::update(&mut tx.conn, &tx.shape, id, &before).await {
        Ok(_) => done(line),
        // Somebody else has this email by now.
        Err(error) if error.is_duplicate() => in_the_way("thing-collaborator"),
        Err(error) => Err(error.into()),
    }
}

async fn removed(tx: &mut Tx<'_>, line: &Line, film: FilmId) -> Outcome {
    let state = line.entry.before.as_ref();
    let id = person_of(state).unwrap_or(CollaboratorId(0));
    let there = collaborators::lock(&mut tx.conn, &tx.shape, id).await?.is_some();
    if !there || collaborators::is_on(&mut tx.conn, &tx.shape, id, film).await? {
        return in_the_way("thing-collaborator");
    }
    if !relink(tx, Table::CollaboratorsMovies, &rows(state)).await? {
        collaborators::link(&mut tx.conn, &tx.shape, id, film).await?;
    }
    done(line)
}

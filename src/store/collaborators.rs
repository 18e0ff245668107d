//! Collaborators and which films they worked on.

use std::collections::HashMap;

use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, full_name, int, text};
use super::film_form::{filled, push_names, read, write};
use super::{Shape, StoreError, Table};
use crate::api::film_form::Collaborator;
use crate::domain::film_field::FilmValues;
use crate::domain::{CollaboratorId, FilmId};

/// Their columns.
pub const COLUMNS: [&str; 4] = ["first_name", "last_name", "email", "job"];

const KEY: (Table, &str) = (Table::Collaborators, "id_collaborator");

/// Whether films can have collaborators here.
pub fn present(shape: &Shape) -> bool {
    shape.present(Table::CollaboratorsMovies) && shape.present(Table::Collaborators)
}

fn select(shape: &Shape) -> QueryBuilder<sqlx::MySql> {
    QueryBuilder::new(format!(
        "SELECT c.id_collaborator, {} FROM {} c",
        shape.select_list(Table::Collaborators, "c", &COLUMNS),
        shape.table(Table::Collaborators)
    ))
}

fn collaborator(row: &MySqlRow, films: &HashMap<i32, u32>) -> Result<Collaborator, StoreError> {
    let id = int(row, 0)?;
    Ok(Collaborator {
        id: CollaboratorId(id),
        first_name: text(row, 1)?.to_owned(),
        last_name: text(row, 2)?.to_owned(),
        email: text(row, 3)?.to_owned(),
        job: text(row, 4)?.to_owned(),
        films: films.get(&id).copied().unwrap_or(0),
    })
}

/// On how many films somebody is: all, or those of one film's crew, or one.
async fn films(conn: &mut MySqlConnection, shape: &Shape, which: &str) -> Result<HashMap<i32, u32>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT id_collaborator, COUNT(DISTINCT id_movie) FROM {} {which} GROUP BY id_collaborator",
        shape.table(Table::CollaboratorsMovies)
    ));
    let mut films = HashMap::new();
    for row in query.build().fetch_all(conn).await? {
        if let Some(id) = cells::maybe_int(&row, 0)? {
            films.insert(id, cells::count(&row, 1)?);
        }
    }
    Ok(films)
}

/// Everybody, by name.
///
/// # Errors
/// A statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<Collaborator>, StoreError> {
    if !present(shape) {
        return Ok(Vec::new());
    }
    let films = films(&mut *conn, shape, "").await?;
    let mut query = select(shape);
    query.push(" ORDER BY last_name, first_name, c.id_collaborator");
    query.build().fetch_all(conn).await?.iter().map(|row| collaborator(row, &films)).collect()
}

/// A film's crew.
///
/// # Errors
/// A statement failed.
pub async fn of_film(conn: &mut MySqlConnection, shape: &Shape, film: FilmId) -> Result<Vec<Collaborator>, StoreError> {
    if !present(shape) {
        return Ok(Vec::new());
    }
    let crew = format!("SELECT l.id_collaborator FROM {} l WHERE l.id_movie = {film}", links(shape));
    let films = films(&mut *conn, shape, &format!("WHERE id_collaborator IN ({crew})")).await?;
    let mut query = select(shape);
    query.push(format!(" WHERE c.id_collaborator IN ({crew}) ORDER BY c.id_collaborator"));
    query.build().fetch_all(conn).await?.iter().map(|row| collaborator(row, &films)).collect()
}

/// A film's crew by name, with what each did.
///
/// # Errors
/// The statement failed.
pub async fn credits(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
) -> Result<Vec<(String, String)>, StoreError> {
    if !present(shape) {
        return Ok(Vec::new());
    }
    let mut query = select(shape);
    query.push(format!(
        " WHERE c.id_collaborator IN (SELECT l.id_collaborator FROM {} l WHERE l.id_movie = ",
        links(shape)
    ));
    query.push_bind(film.0).push(") ORDER BY c.id_collaborator");
    let credit = |row| Ok((full_name(text(row, 1)?, text(row, 2)?), text(row, 4)?.to_owned()));
    query.build().fetch_all(conn).await?.iter().map(credit).collect()
}

fn links(shape: &Shape) -> &str {
    shape.table(Table::CollaboratorsMovies)
}

/// Somebody, if they are there.
///
/// # Errors
/// A statement failed.
pub async fn find(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: CollaboratorId,
) -> Result<Option<Collaborator>, StoreError> {
    let films = films(&mut *conn, shape, &format!("WHERE id_collaborator = {id}")).await?;
    let mut query = select(shape);
    query.push(" WHERE c.id_collaborator = ").push_bind(id.0);
    query.build().fetch_optional(conn).await?.map(|row| collaborator(&row, &films)).transpose()
}

/// Somebody's fields, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn lock(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: CollaboratorId,
) -> Result<Option<FilmValues>, StoreError> {
    Ok(read(conn, shape, KEY, &[id.0], &COLUMNS, true).await?.pop().map(|(_, values)| values))
}

/// Whether somebody is on a film.
///
/// # Errors
/// The statement failed.
pub async fn is_on(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: CollaboratorId,
    film: FilmId,
) -> Result<bool, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT COUNT(*) FROM {} WHERE id_collaborator = ", links(shape)));
    query.push_bind(id.0).push(" AND id_movie = ").push_bind(film.0);
    let found: i64 = query.build_query_scalar().fetch_one(conn).await?;
    Ok(found > 0)
}

/// Adds somebody. The values were checked.
///
/// # Errors
/// The statement failed.
pub async fn insert(
    conn: &mut MySqlConnection,
    shape: &Shape,
    values: &FilmValues,
) -> Result<CollaboratorId, StoreError> {
    let (columns, stamps) = shape.stamps(Table::Collaborators);
    // A key of 0 or NULL is given by the server.
    let mut query = QueryBuilder::new(format!("INSERT INTO {} (id_collaborator", shape.table(Table::Collaborators)));
    push_names(&mut query, shape, Table::Collaborators, values);
    query.push(columns).push(") VALUES (NULL");
    for (_, value) in filled(values) {
        query.push(", ").push_bind(value.to_owned());
    }
    query.push(stamps).push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    let odd = |_| StoreError::Odd { column: "collaborators.id_collaborator", detail: id.to_string() };
    i32::try_from(id).map(CollaboratorId).map_err(odd)
}

/// Writes the named fields of somebody; answers the values that stand there now.
///
/// # Errors
/// A statement failed.
pub async fn update(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: CollaboratorId,
    values: &FilmValues,
) -> Result<FilmValues, StoreError> {
    write(conn, shape, KEY, &[id.0], values).await
}

/// Deletes somebody who is on no film.
///
/// # Errors
/// The statement failed.
pub async fn delete(conn: &mut MySqlConnection, shape: &Shape, id: CollaboratorId) -> Result<(), StoreError> {
    let mut query =
        QueryBuilder::new(format!("DELETE FROM {} WHERE id_collaborator = ", shape.table(Table::Collaborators)));
    query.push_bind(id.0).build().execute(conn).await?;
    Ok(())
}

/// Puts somebody on a film.
///
/// # Errors
/// The statement failed.
pub async fn link(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: CollaboratorId,
    film: FilmId,
) -> Result<(), StoreError> {
    let (columns, values) = shape.stamps(Table::CollaboratorsMovies);
    let mut query =
        QueryBuilder::new(format!("INSERT INTO {} (id_collaborator, id_movie{columns}) VALUES (", links(shape)));
    query.push_bind(id.0).push(", ").push_bind(film.0).push(values).push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// Takes somebody off a film.
///
/// # Errors
/// The statement failed.
pub async fn unlink(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: CollaboratorId,
    film: FilmId,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE id_collaborator = ", links(shape)));
    query.push_bind(id.0).push(" AND id_movie = ").push_bind(film.0);
    query.build().execute(conn).await?;
    Ok(())
}

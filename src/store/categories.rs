//! Categories and which films have them.

use std::collections::HashMap;

use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, text};
use super::{Shape, StoreError, Table};
use crate::api::film_form::{Category, FilmCategory};
use crate::domain::{CategoryId, FilmId};

/// Whether films can have categories here.
pub fn present(shape: &Shape) -> bool {
    shape.present(Table::MoviesCategories) && shape.present(Table::Categories)
}

/// All categories with how many films they have, in alphabetical order.
///
/// # Errors
/// A statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<Category>, StoreError> {
    if !present(shape) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT id_categorie, COUNT(DISTINCT id_movie) FROM {} GROUP BY id_categorie",
        shape.table(Table::MoviesCategories)
    ));
    let mut films = HashMap::new();
    for row in query.build().fetch_all(&mut *conn).await? {
        films.extend(cells::maybe_int(&row, 0)?.map(|id| (id, cells::count(&row, 1))));
    }
    let mut query = select(shape);
    query.push(" ORDER BY c.name, c.id_categorie");
    let mut categories = Vec::new();
    for row in query.build().fetch_all(conn).await? {
        let id = int(&row, 0)?;
        let films = films.remove(&id).transpose()?.unwrap_or(0);
        categories.push(Category { id: CategoryId(id), name: text(&row, 1)?.to_owned(), films });
    }
    Ok(categories)
}

fn select(shape: &Shape) -> QueryBuilder<sqlx::MySql> {
    QueryBuilder::new(format!(
        "SELECT c.id_categorie, {} FROM {} c",
        shape.select(Table::Categories, "c", "name"),
        shape.table(Table::Categories)
    ))
}

/// The categories of a film, in alphabetical order.
///
/// # Errors
/// The statement failed.
pub async fn of_film(conn: &mut MySqlConnection, shape: &Shape, film: FilmId) -> Result<Vec<FilmCategory>, StoreError> {
    if !present(shape) {
        return Ok(Vec::new());
    }
    let mut query = select(shape);
    query.push(format!(
        " WHERE c.id_categorie IN (SELECT l.id_categorie FROM {} l WHERE l.id_movie = ",
        shape.table(Table::MoviesCategories)
    ));
    query.push_bind(film.0).push(") ORDER BY c.name, c.id_categorie");
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok(FilmCategory { id: CategoryId(int(row, 0)?), name: text(row, 1)?.to_owned() })).collect()
}

/// Which of these categories are there; they stay until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn hold(conn: &mut MySqlConnection, shape: &Shape, ids: &[i32]) -> Result<Vec<FilmCategory>, StoreError> {
    if !present(shape) || ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = select(shape);
    query.push(" WHERE c.id_categorie IN (");
    cells::push_ids(&mut query, ids);
    query.push(") ORDER BY c.id_categorie LOCK IN SHARE MODE");
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok(FilmCategory { id: CategoryId(int(row, 0)?), name: text(row, 1)?.to_owned() })).collect()
}

/// The categories of some films: (film, category), each once.
///
/// # Errors
/// The statement failed.
pub async fn links(conn: &mut MySqlConnection, shape: &Shape, films: &[i32]) -> Result<Vec<(i32, i32)>, StoreError> {
    if !present(shape) || films.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT DISTINCT id_movie, id_categorie FROM {} WHERE id_categorie IS NOT NULL AND id_movie IN (",
        shape.table(Table::MoviesCategories)
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY id_movie, id_categorie");
    query.build().fetch_all(conn).await?.iter().map(|row| Ok((int(row, 0)?, int(row, 1)?))).collect()
}

/// Gives films categories that they do not have yet: (film, category).
///
/// # Errors
/// The statement failed.
pub async fn link(conn: &mut MySqlConnection, shape: &Shape, pairs: &[(i32, i32)]) -> Result<(), StoreError> {
    if pairs.is_empty() {
        return Ok(());
    }
    let (columns, values) = shape.stamps(Table::MoviesCategories);
    let mut query = QueryBuilder::new(format!(
        "INSERT INTO {} (id_movie, id_categorie{columns}) VALUES ",
        shape.table(Table::MoviesCategories)
    ));
    for (at, (film, category)) in pairs.iter().enumerate() {
        query.push(if at == 0 { "(" } else { ", (" }).push(*film).push(", ").push(*category).push(&values).push(")");
    }
    query.build().execute(conn).await?;
    Ok(())
}

/// Takes a category from films.
///
/// # Errors
/// The statement failed.
pub async fn unlink(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
    category: CategoryId,
) -> Result<(), StoreError> {
    if films.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(format!(
        "DELETE FROM {} WHERE id_categorie = {category} AND id_movie IN (",
        shape.table(Table::MoviesCategories)
    ));
    cells::push_ids(&mut query, films);
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// Lets one new category through at a time, on every node of a cluster, until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn guard(conn: &mut MySqlConnection) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_meta (name, value) VALUES ('guard.categories', '1') \
         ON DUPLICATE KEY UPDATE value = value + 1",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds a category.
///
/// # Errors
/// The statement failed.
pub async fn insert(conn: &mut MySqlConnection, shape: &Shape, name: &str) -> Result<CategoryId, StoreError> {
    let (columns, values) = shape.stamps(Table::Categories);
    let mut query =
        QueryBuilder::new(format!("INSERT INTO {} (name{columns}) VALUES (", shape.table(Table::Categories)));
    query.push_bind(name).push(values).push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    let odd = |_| StoreError::Odd { column: "categories.id_categorie", detail: id.to_string() };
    i32::try_from(id).map(CategoryId).map_err(odd)
}

/// Deletes a category that no film has.
///
/// # Errors
/// The statement failed.
pub async fn delete(conn: &mut MySqlConnection, shape: &Shape, id: CategoryId) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE id_categorie = ", shape.table(Table::Categories)));
    query.push_bind(id.0).build().execute(conn).await?;
    Ok(())
}

//! What hangs on many films, read for an export.

use std::collections::HashMap;

use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, full_name, int, text};
use super::{Shape, StoreError, Table, categories, collaborators};

/// All films by id, the oldest first.
///
/// # Errors
/// The statement failed.
pub async fn ids(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<i32>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT id_movie FROM {} ORDER BY id_movie", shape.table(Table::Movies)));
    query.build().fetch_all(conn).await?.iter().map(|row| int(row, 0)).collect()
}

/// Texts by film.
pub type ByFilm<T> = HashMap<i32, Vec<T>>;

/// The names of films' categories, in alphabetical order.
///
/// # Errors
/// The statement failed.
pub async fn category_names(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
) -> Result<ByFilm<String>, StoreError> {
    let mut found = ByFilm::new();
    if !categories::present(shape) {
        return Ok(found);
    }
    let (link, table) = (shape.table(Table::MoviesCategories), shape.table(Table::Categories));
    let mut query = QueryBuilder::new(format!(
        "SELECT DISTINCT l.id_movie, {} FROM {link} l JOIN {table} c ON c.id_categorie = l.id_categorie \
         WHERE l.id_movie IN (",
        shape.select(Table::Categories, "c", "name"),
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY 1, 2");
    for row in query.build().fetch_all(conn).await? {
        found.entry(int(&row, 0)?).or_default().push(text(&row, 1)?.to_owned());
    }
    Ok(found)
}

/// One of a film's crew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crew {
    /// First and last name.
    pub name: String,
    /// What they did; empty where NULL.
    pub job: String,
    /// Email; empty where NULL.
    pub email: String,
}

/// The crews of films.
///
/// # Errors
/// The statement failed.
pub async fn crews(conn: &mut MySqlConnection, shape: &Shape, films: &[i32]) -> Result<ByFilm<Crew>, StoreError> {
    let mut found = ByFilm::new();
    if !collaborators::present(shape) {
        return Ok(found);
    }
    let (link, table) = (shape.table(Table::CollaboratorsMovies), shape.table(Table::Collaborators));
    let mut query = QueryBuilder::new(format!(
        "SELECT DISTINCT l.id_movie, c.id_collaborator, {} FROM {link} l \
         JOIN {table} c ON c.id_collaborator = l.id_collaborator WHERE l.id_movie IN (",
        shape.select_list(Table::Collaborators, "c", &collaborators::COLUMNS),
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY 1, 2");
    for row in query.build().fetch_all(conn).await? {
        let name = full_name(text(&row, 2)?, text(&row, 3)?);
        let crew = Crew { name, email: text(&row, 4)?.to_owned(), job: text(&row, 5)?.to_owned() };
        found.entry(int(&row, 0)?).or_default().push(crew);
    }
    Ok(found)
}

/// The names of films' awards, the oldest first; empty where NULL.
///
/// # Errors
/// The statement failed.
pub async fn award_names(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
) -> Result<ByFilm<String>, StoreError> {
    let mut found = ByFilm::new();
    if !shape.present(Table::Awards) {
        return Ok(found);
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT a.id_movie, {} FROM {} a WHERE a.id_movie IN (",
        shape.select(Table::Awards, "a", "award_name"),
        shape.table(Table::Awards)
    ));
    cells::push_ids(&mut query, films);
    query.push(") ORDER BY a.id_movie, a.id_award");
    for row in query.build().fetch_all(conn).await? {
        found.entry(int(&row, 0)?).or_default().push(text(&row, 1)?.to_owned());
    }
    Ok(found)
}

/// Emails of people.
///
/// # Errors
/// The statement failed.
pub async fn emails(
    conn: &mut MySqlConnection,
    shape: &Shape,
    people: &[i32],
) -> Result<HashMap<i32, String>, StoreError> {
    let mut query =
        QueryBuilder::new(format!("SELECT id_user, email FROM {} WHERE id_user IN (", shape.table(Table::Users)));
    cells::push_ids(&mut query, people);
    query.push(")");
    query.build().fetch_all(conn).await?.iter().map(|row| Ok((int(row, 0)?, text(row, 1)?.to_owned()))).collect()
}

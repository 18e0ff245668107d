//! Who sits on a film's panel, and who made the film.

use std::collections::HashMap;

use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, full_name, int, text};
use super::whole::{self, WholeRow};
use super::{Shape, StoreError, Table, collaborators};
use crate::domain::film::FilmStatus;
use crate::domain::jury::Somebody;
use crate::domain::{FilmId, UserId};

/// Puts jurors on a film's panel who are not on it yet.
///
/// # Errors
/// The statement failed.
pub async fn add(conn: &mut MySqlConnection, shape: &Shape, film: FilmId, jurors: &[i32]) -> Result<(), StoreError> {
    if jurors.is_empty() {
        return Ok(());
    }
    let (columns, values) = shape.stamps(Table::MoviesJuries);
    let mut query = QueryBuilder::new(format!("INSERT INTO {} (id_movie, id_user{columns}) VALUES ", seats(shape)));
    for (at, juror) in jurors.iter().enumerate() {
        query.push(if at == 0 { "(" } else { ", (" }).push(film.0).push(", ").push(*juror).push(&values).push(")");
    }
    query.build().execute(conn).await?;
    Ok(())
}

/// Takes jurors off films' panels, and answers the rows as they were, each with every column.
///
/// # Errors
/// The statement failed.
pub async fn remove(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    jurors: &[i32],
) -> Result<Vec<WholeRow>, StoreError> {
    if jurors.is_empty() {
        return Ok(Vec::new());
    }
    let rows = whole::lock(&mut *conn, shape, Table::MoviesJuries, "id_movie", &[film.0]).await?;
    let theirs = |row: &WholeRow| whole::number(row, "id_user").is_some_and(|user| jurors.contains(&user));
    let rows: Vec<WholeRow> = rows.into_iter().filter(theirs).collect();
    let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE id_movie = {film} AND id_user IN (", seats(shape)));
    cells::push_ids(&mut query, jurors);
    query.push(")");
    query.build().execute(conn).await?;
    Ok(rows)
}

/// Puts seats back as they were.
///
/// # Errors
/// The statement failed; [`StoreError::misfit`] if something stands in their place or the table would not hold them as they
/// were.
pub async fn put_back(conn: &mut MySqlConnection, shape: &Shape, rows: &[WholeRow]) -> Result<(), StoreError> {
    for row in rows {
        whole::restore(&mut *conn, shape, Table::MoviesJuries, row).await?;
    }
    Ok(())
}

fn seats(shape: &Shape) -> &str {
    shape.table(Table::MoviesJuries)
}

/// The films on whose panel somebody sits and that are still judged, by id.
///
/// # Errors
/// The statement failed.
pub async fn judged_by(conn: &mut MySqlConnection, shape: &Shape, juror: UserId) -> Result<Vec<i32>, StoreError> {
    if !shape.present(Table::MoviesJuries) {
        return Ok(Vec::new());
    }
    let statuses: Vec<String> =
        FilmStatus::ALL.iter().filter(|status| status.is_judged()).map(|status| format!("'{status}'")).collect();
    let mut query = QueryBuilder::new(format!(
        "SELECT DISTINCT m.id_movie FROM {} j JOIN {} m ON m.id_movie = j.id_movie \
         WHERE j.id_user = {juror} AND m.selection_status IN ({}) ORDER BY m.id_movie",
        seats(shape),
        shape.table(Table::Movies),
        statuses.join(", ")
    ));
    query.build().fetch_all(conn).await?.iter().map(|row| int(row, 0)).collect()
}

/// Everybody who made these films, as far as they are known: their producers and collaborators.
///
/// # Errors
/// A statement failed.
pub async fn makers(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
) -> Result<HashMap<i32, Vec<Somebody>>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT m.id_movie, u.email, {} FROM {} m JOIN {} u ON u.id_user = m.id_user WHERE m.id_movie IN (",
        shape.select_list(Table::Users, "u", &["first_name", "last_name"]),
        shape.table(Table::Movies),
        shape.table(Table::Users)
    ));
    cells::push_ids(&mut query, films);
    query.push(")");
    let mut makers = HashMap::new();
    collect(&mut *conn, query, &mut makers).await?;
    if collaborators::present(shape) {
        let mut query = QueryBuilder::new(format!(
            "SELECT l.id_movie, {} FROM {} l JOIN {} c ON c.id_collaborator = l.id_collaborator WHERE l.id_movie IN (",
            shape.select_list(Table::Collaborators, "c", &["email", "first_name", "last_name"]),
            shape.table(Table::CollaboratorsMovies),
            shape.table(Table::Collaborators)
        ));
        cells::push_ids(&mut query, films);
        query.push(") ORDER BY l.id_movie, c.id_collaborator");
        collect(conn, query, &mut makers).await?;
    }
    Ok(makers)
}

async fn collect(
    conn: &mut MySqlConnection,
    mut query: QueryBuilder<sqlx::MySql>,
    makers: &mut HashMap<i32, Vec<Somebody>>,
) -> Result<(), StoreError> {
    for row in query.build().fetch_all(conn).await? {
        let name = full_name(text(&row, 2)?, text(&row, 3)?);
        let somebody = Somebody { name, email: text(&row, 1)?.to_owned() };
        makers.entry(int(&row, 0)?).or_default().push(somebody);
    }
    Ok(())
}

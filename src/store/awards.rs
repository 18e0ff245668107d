//! Awards: the platform's `awards`, one row for each that a film has.

use chrono::{DateTime, Utc};
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, text};
use super::whole::{self, WholeRow};
use super::{Shape, StoreError, Table};
use crate::domain::{AwardId, FilmId};

/// An award that a film has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Its row.
    pub id: AwardId,
    /// The film.
    pub film: FilmId,
    /// As the database has it; empty for NULL.
    pub name: String,
    /// Since when; `None` for a zero date.
    pub given: Option<DateTime<Utc>>,
}

/// Awards, all or those of one film, the oldest first.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape, film: Option<FilmId>) -> Result<Vec<Award>, StoreError> {
    if !shape.present(Table::Awards) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT a.id_award, a.id_movie, a.award_name, {} FROM {} a",
        shape.select_moment(Table::Awards, "a", "createdAt"),
        shape.table(Table::Awards)
    ));
    if let Some(film) = film {
        query.push(" WHERE a.id_movie = ").push_bind(film.0);
    }
    query.push(" ORDER BY a.id_award");
    let mut awards = Vec::new();
    for row in query.build().fetch_all(conn).await? {
        if let Some(film) = cells::maybe_int(&row, 1)? {
            let (id, name, given) = (AwardId(int(&row, 0)?), text(&row, 2)?.to_owned(), cells::moment(&row, 3)?);
            awards.push(Award { id, film: FilmId(film), name, given });
        }
    }
    Ok(awards)
}

/// Gives a film an award, and answers its row.
///
/// # Errors
/// The statement failed.
pub async fn insert(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    name: &str,
) -> Result<AwardId, StoreError> {
    let (columns, values) = shape.stamps(Table::Awards);
    let mut query = QueryBuilder::new(format!(
        "INSERT INTO {} (id_movie, award_name{columns}) VALUES ({film}, ",
        shape.table(Table::Awards)
    ));
    query.push_bind(name).push(values).push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    i32::try_from(id).map(AwardId).map_err(|_| StoreError::Odd { column: "awards.id_award", detail: id.to_string() })
}

/// Takes awards back, and answers the rows as they were, each with every column.
///
/// # Errors
/// The statement failed.
pub async fn delete(conn: &mut MySqlConnection, shape: &Shape, ids: &[AwardId]) -> Result<Vec<WholeRow>, StoreError> {
    let ids: Vec<i32> = ids.iter().map(|id| id.0).collect();
    let rows = whole::lock(&mut *conn, shape, Table::Awards, "id_award", &ids).await?;
    let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE id_award IN (", shape.table(Table::Awards)));
    cells::push_ids(&mut query, &ids);
    query.push(")");
    query.build().execute(conn).await?;
    Ok(rows)
}

/// Puts an award back under its old id.
///
/// # Errors
/// The statement failed; [`StoreError::misfit`] if something stands in its place or the table would not hold it as it was.
pub async fn put_back(conn: &mut MySqlConnection, shape: &Shape, row: &WholeRow) -> Result<(), StoreError> {
    whole::restore(conn, shape, Table::Awards, row).await
}

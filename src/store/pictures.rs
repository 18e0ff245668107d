//! What `movies` holds of a film's pictures.

use sqlx::{MySqlConnection, QueryBuilder};

use super::{Shape, StoreError, Table, cells};
use crate::domain::FilmId;
use crate::domain::picture::Picture;

/// A film's pictures as they are stored, without NULL, blank and missing ones; `None` if there is no such film.
///
/// # Errors
/// The statement failed.
pub async fn of(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
) -> Result<Option<Vec<(Picture, String)>>, StoreError> {
    let columns: Vec<String> =
        Picture::ALL.iter().map(|picture| shape.select_text(Table::Movies, "m", picture.column())).collect();
    let mut query = QueryBuilder::new(format!(
        "SELECT {} FROM {} m WHERE id_movie = ",
        columns.join(", "),
        shape.table(Table::Movies)
    ));
    let Some(row) = query.push_bind(film.0).build().fetch_optional(conn).await? else { return Ok(None) };
    let mut stored = Vec::new();
    for (index, picture) in Picture::ALL.into_iter().enumerate() {
        let value = cells::text(&row, index)?.trim();
        if !value.is_empty() {
            stored.push((picture, value.to_owned()));
        }
    }
    Ok(Some(stored))
}

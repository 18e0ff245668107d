//! Sponsors.

use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{int, maybe_text, text};
use super::{Shape, StoreError, Table};
use crate::api::sponsor::SponsorRow;
use crate::domain::SponsorId;
use crate::domain::sponsor::SponsorFields;

fn select(shape: &Shape) -> QueryBuilder<sqlx::MySql> {
    QueryBuilder::new(format!(
        "SELECT s.id_sponsor, {} FROM {} s",
        shape.select_list(Table::Sponsors, "s", &["name", "logo", "url", "category"]),
        shape.table(Table::Sponsors)
    ))
}

fn sponsor(row: &MySqlRow) -> Result<SponsorRow, StoreError> {
    let fields = SponsorFields {
        name: text(row, 1)?.to_owned(),
        logo: text(row, 2)?.to_owned(),
        url: maybe_text(row, 3)?.map(str::to_owned),
        category: maybe_text(row, 4)?.map(str::to_owned),
    };
    Ok(SponsorRow { id: SponsorId(int(row, 0)?), fields })
}

/// All sponsors, in the order in which they were added.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<SponsorRow>, StoreError> {
    if !shape.present(Table::Sponsors) {
        return Ok(Vec::new());
    }
    let mut query = select(shape);
    query.push(" ORDER BY s.id_sponsor");
    query.build().fetch_all(conn).await?.iter().map(sponsor).collect()
}

/// One sponsor, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn lock(conn: &mut MySqlConnection, shape: &Shape, id: SponsorId) -> Result<Option<SponsorRow>, StoreError> {
    let mut query = select(shape);
    query.push(" WHERE s.id_sponsor = ").push_bind(id.0).push(" FOR UPDATE");
    query.build().fetch_optional(conn).await?.as_ref().map(sponsor).transpose()
}

/// Adds a sponsor.
///
/// # Errors
/// The statement failed.
pub async fn insert(
    conn: &mut MySqlConnection,
    shape: &Shape,
    fields: &SponsorFields,
) -> Result<SponsorId, StoreError> {
    let (columns, values) = shape.stamps(Table::Sponsors);
    let mut query = QueryBuilder::new(format!(
        "INSERT INTO {} (name, logo, url, category{columns}) VALUES (",
        shape.table(Table::Sponsors)
    ));
    let mut list = query.separated(", ");
    list.push_bind(&fields.name).push_bind(&fields.logo).push_bind(&fields.url).push_bind(&fields.category);
    query.push(values).push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    i32::try_from(id)
        .map(SponsorId)
        .map_err(|_| StoreError::Odd { column: "sponsors.id_sponsor", detail: id.to_string() })
}

/// Writes a sponsor's fields.
///
/// # Errors
/// The statement failed.
pub async fn update(conn: &mut MySqlConnection, shape: &Shape, row: &SponsorRow) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("UPDATE {} SET name = ", shape.table(Table::Sponsors)));
    query.push_bind(&row.fields.name).push(", logo = ").push_bind(&row.fields.logo);
    query.push(", url = ").push_bind(&row.fields.url).push(", category = ").push_bind(&row.fields.category);
    query.push(shape.touch(Table::Sponsors)).push(" WHERE id_sponsor = ").push_bind(row.id.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// Deletes a sponsor.
///
/// # Errors
/// The statement failed.
pub async fn delete(conn: &mut MySqlConnection, shape: &Shape, id: SponsorId) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE id_sponsor = ", shape.table(Table::Sponsors)));
    query.push_bind(id.0).build().execute(conn).await?;
    Ok(())
}

//! Whole rows, every column that the database lists: what is deleted can be put back as it was.

use serde_json::{Map, Value};
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{maybe_text, push_ids};
use super::shape::quote;
use super::{Shape, StoreError, Table};

/// A row: every column by name, each as the server writes it as text, or null.
pub type WholeRow = Map<String, Value>;

/// The rows of a table whose column has one of these ids, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn lock(
    conn: &mut MySqlConnection,
    shape: &Shape,
    table: Table,
    column: &'static str,
    ids: &[i32],
) -> Result<Vec<WholeRow>, StoreError> {
    if !shape.present(table) || ids.is_empty() {
        return Ok(Vec::new());
    }
    let columns = shape.columns(table);
    let list: Vec<String> = columns.iter().map(|column| shape.select_text(table, "t", &column.name)).collect();
    let mut query = QueryBuilder::new(format!(
        "SELECT {} FROM {} t WHERE t.{} IN (",
        list.join(", "),
        shape.table(table),
        quote(column)
    ));
    push_ids(&mut query, ids);
    query.push(") FOR UPDATE");
    let rows = query.build().fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let cell = |(index, column): (usize, &super::shape::Column)| {
                let value = maybe_text(row, index)?.map_or(Value::Null, |text| Value::String(text.to_owned()));
                Ok((column.name.clone(), value))
            };
            columns.iter().enumerate().map(cell).collect()
        })
        .collect()
}

/// Puts a row back under its old id. Columns that are gone meanwhile are left out.
///
/// # Errors
/// The statement failed; a duplicate if something stands in its place.
pub async fn restore(
    conn: &mut MySqlConnection,
    shape: &Shape,
    table: Table,
    row: &WholeRow,
) -> Result<(), StoreError> {
    match insert(&mut *conn, shape, table, row).await {
        Err(error) if error.number().is_some_and(|number| STRICT.contains(&number)) => {
            leniently(&mut *conn, true).await?;
            let restored = insert(&mut *conn, shape, table, row).await;
            leniently(conn, false).await?;
            restored
        }
        outcome => outcome,
    }
}

/// What only a strict session refuses: an unknown word of an ENUM or an impossible date that the site once wrote.
const STRICT: [u16; 4] = [1265, 1292, 1366, 1411];

/// Lets the session write what the site's sessions can write, or makes it strict again.
async fn leniently(conn: &mut MySqlConnection, lenient: bool) -> Result<(), StoreError> {
    if lenient {
        sqlx::query("SET @console_sql_mode = @@SESSION.sql_mode").execute(&mut *conn).await?;
        sqlx::query("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'").execute(conn).await?;
    } else {
        sqlx::query("SET SESSION sql_mode = @console_sql_mode").execute(conn).await?;
    }
    Ok(())
}

async fn insert(conn: &mut MySqlConnection, shape: &Shape, table: Table, row: &WholeRow) -> Result<(), StoreError> {
    let kept: Vec<_> = row.iter().filter_map(|(name, value)| Some((shape.column(table, name)?, value))).collect();
    let names: Vec<String> = kept.iter().map(|(column, _)| quote(&column.name)).collect();
    let mut query = QueryBuilder::new(format!("INSERT INTO {} ({}) VALUES (", shape.table(table), names.join(", ")));
    let mut list = query.separated(", ");
    for (_, value) in kept {
        match value.as_str() {
            Some(text) => list.push_bind(text.to_owned()),
            None => list.push("NULL"),
        };
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// A number in a whole row.
pub fn number(row: &WholeRow, column: &str) -> Option<i32> {
    row.iter().find(|(name, _)| name.eq_ignore_ascii_case(column))?.1.as_str()?.parse().ok()
}

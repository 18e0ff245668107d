//! Whole rows, every column that the database lists: what is deleted can be put back as it was.

use serde_json::{Map, Value, json};
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{maybe_text, push_ids};
use super::shape::{Column, TableShape, quote};
use super::{Shape, StoreError, Table};

/// A row: every column by name, each as the server writes it as text, `{"hex": …}` for bytes, or null.
pub type WholeRow = Map<String, Value>;

/// Rows that are put back by one statement, at most.
const ROWS: usize = 100;
/// Bytes that are put back by one statement, about; a single row may have more.
const BYTES: usize = 500_000;

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
    match shape.name(table) {
        Some(name) => any(conn, shape, name, &[(column, ids)], true).await,
        None => Ok(Vec::new()),
    }
}

/// The rows of a table by its own name of which any of these columns has one of these ids. With `hold` they are locked until
/// the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn any(
    conn: &mut MySqlConnection,
    shape: &Shape,
    name: &str,
    any: &[(&str, &[i32])],
    hold: bool,
) -> Result<Vec<WholeRow>, StoreError> {
    let Some(table) = shape.named(name).filter(|_| any.iter().any(|(_, ids)| !ids.is_empty())) else {
        return Ok(Vec::new());
    };
    let list: Vec<String> = table.columns.iter().map(read).collect();
    let mut query = QueryBuilder::new(format!("SELECT {} FROM {} t", list.join(", "), quote(name)));
    push_any(&mut query, "t.", any);
    if hold {
        query.push(" FOR UPDATE");
    }
    let rows = query.build().persistent(false).fetch_all(conn).await?;
    rows.iter().map(|row| whole(row, table)).collect()
}

/// Deletes the rows of which any of these columns has one of these ids, and answers how many they were.
///
/// # Errors
/// The statement failed.
pub async fn delete_any(conn: &mut MySqlConnection, name: &str, any: &[(&str, &[i32])]) -> Result<u64, StoreError> {
    if any.iter().all(|(_, ids)| ids.is_empty()) {
        return Ok(0);
    }
    let mut query = QueryBuilder::new(format!("DELETE FROM {}", quote(name)));
    push_any(&mut query, "", any);
    Ok(query.build().persistent(false).execute(conn).await?.rows_affected())
}

fn push_any(query: &mut QueryBuilder<sqlx::MySql>, alias: &str, any: &[(&str, &[i32])]) {
    let mut word = " WHERE ";
    for (column, ids) in any.iter().filter(|(_, ids)| !ids.is_empty()) {
        query.push(format!("{word}{alias}{} IN (", quote(column)));
        push_ids(query, ids);
        query.push(")");
        word = " OR ";
    }
}

/// A column such that nothing of it is lost on the way.
fn read(column: &Column) -> String {
    let name = quote(&column.name);
    match column.kind.as_str() {
        _ if column.is_binary() => format!("HEX(t.{name})"),
        // As a FLOAT it would be written with six digits.
        "float" => format!("CAST(t.{name} + 0e0 AS CHAR)"),
        _ => format!("CAST(t.{name} AS CHAR)"),
    }
}

fn whole(row: &MySqlRow, table: &TableShape) -> Result<WholeRow, StoreError> {
    let cell = |(index, column): (usize, &Column)| {
        let value = match maybe_text(row, index)? {
            None => Value::Null,
            Some(hex) if column.is_binary() => json!({ "hex": hex }),
            Some(text) => Value::String(text.to_owned()),
        };
        Ok((column.name.clone(), value))
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// Puts a row back under its old id. Columns that are gone meanwhile are left out.
///
/// # Errors
/// The statement failed; [`StoreError::misfit`] if something stands in its place or the table would not hold it as it was.
pub async fn restore(
    conn: &mut MySqlConnection,
    shape: &Shape,
    table: Table,
    row: &WholeRow,
) -> Result<(), StoreError> {
    let name = shape.name(table).ok_or(StoreError::MissingTable(table.name()))?;
    restore_all(conn, shape, name, std::slice::from_ref(row)).await
}

/// The same for many rows of one table by its own name, which all have the same columns. After an error some of them may be
/// there: roll back.
///
/// # Errors
/// The statement failed; [`StoreError::misfit`] if something stands in the place of one of them or the table would not hold it
/// as it was.
pub async fn restore_all(
    conn: &mut MySqlConnection,
    shape: &Shape,
    name: &str,
    rows: &[WholeRow],
) -> Result<(), StoreError> {
    let Some(table) = shape.named(name) else { return Ok(()) };
    let mut rest = rows;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(portion(rest));
        match insert(&mut *conn, table, name, now).await {
            Err(error) if error.number().is_some_and(|number| STRICT.contains(&number)) => {
                sqlx::raw_sql("SAVEPOINT lenient_rows").execute(&mut *conn).await?;
                leniently(&mut *conn, true).await?;
                let restored = insert(&mut *conn, table, name, now).await;
                leniently(&mut *conn, false).await?;
                restored?;
                if let Some(unlike) = unlike(&mut *conn, table, name, now).await? {
                    sqlx::raw_sql("ROLLBACK TO SAVEPOINT lenient_rows").execute(&mut *conn).await?;
                    return Err(unlike);
                }
            }
            outcome => outcome?,
        }
        rest = later;
    }
    Ok(())
}

/// How many of these rows fit into one statement.
fn portion(rows: &[WholeRow]) -> usize {
    let mut bytes = 0;
    let fits = |row: &&WholeRow| {
        bytes += row.values().map(|value| value.as_str().map_or(8, str::len)).sum::<usize>();
        bytes <= BYTES
    };
    rows.iter().take(ROWS).take_while(fits).count().max(1)
}

/// What only a strict session refuses: an unknown word of an ENUM or an impossible date that the site once wrote, or nothing
/// for a column that was added since and must have something.
const STRICT: [u16; 5] = [1265, 1292, 1364, 1366, 1411];

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

/// The columns of rows, by the names that they have there, that can be written today.
fn kept<'r>(table: &'r TableShape, rows: &'r [WholeRow]) -> Vec<(&'r str, &'r Column)> {
    let names = rows.first().into_iter().flat_map(WholeRow::keys);
    let column = |name: &'r String| Some((name.as_str(), table.column(name).filter(|column| !column.generated)?));
    names.filter_map(column).collect()
}

/// Reads back what was written without strictness: the error if a row is not there just as it was.
async fn unlike(
    conn: &mut MySqlConnection,
    table: &TableShape,
    name: &str,
    rows: &[WholeRow],
) -> Result<Option<StoreError>, StoreError> {
    let kept = kept(table, rows);
    let primary = table.indexes.iter().find(|index| index.name == "PRIMARY");
    let known = primary.and_then(|index| index.columns.first()).map_or("id_movie", String::as_str);
    let by = |wanted: &str| {
        let filled = |name: &str| rows.iter().all(|row| row.get(name).is_some_and(Value::is_string));
        kept.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted) && filled(name)).map(|(name, _)| *name)
    };
    let error = |column: Option<&str>| StoreError::Unlike { table: name.to_owned(), column: column.map(str::to_owned) };
    let Some(key) = by(known).or_else(|| by("id_movie")) else { return Ok(Some(error(None))) };
    let list: Vec<String> = kept.iter().map(|(_, column)| read(column)).collect();
    let (from, column) = (quote(name), quote(key));
    let mut query = QueryBuilder::new(format!("SELECT {} FROM {from} t WHERE t.{column} IN (", list.join(", ")));
    let mut values = query.separated(", ");
    for value in rows.iter().filter_map(|row| text(row, key)) {
        values.push_bind(value);
    }
    query.push(")");
    let mut there = Vec::new();
    for row in query.build().persistent(false).fetch_all(conn).await? {
        let cells = (0..kept.len()).map(|at| Ok(maybe_text(&row, at)?.map(str::to_owned)));
        there.push(cells.collect::<Result<Vec<_>, StoreError>>()?);
    }
    for row in rows {
        let differing = |now: &Vec<Option<String>>| -> Vec<&str> {
            let pairs =
                kept.iter().zip(now).filter(|((name, column), now)| !alike(column, row.get(*name), now.as_deref()));
            pairs.map(|((name, _), _)| *name).collect()
        };
        // Where no key tells rows apart, the nearest is taken for it.
        let nearest = there.iter().map(differing).enumerate().min_by_key(|(_, columns)| columns.len());
        match nearest {
            Some((at, columns)) if columns.is_empty() => _ = there.swap_remove(at),
            nearest => return Ok(Some(error(nearest.and_then(|(_, columns)| columns.first().copied())))),
        }
    }
    Ok(None)
}

/// Whether a cell holds what it held, also if its column shows more or fewer places behind the point now.
fn alike(column: &Column, then: Option<&Value>, now: Option<&str>) -> bool {
    let then = match then {
        Some(Value::String(text)) if !column.is_binary() => Some(text.as_str()),
        Some(Value::Object(bytes)) if column.is_binary() => bytes.get("hex").and_then(Value::as_str),
        None | Some(Value::Null) => None,
        _ => return false,
    };
    let places = ["float", "double", "decimal", "datetime", "timestamp", "time"].contains(&column.kind.as_str());
    let short = |text: &'_ str| match text.contains('.') && places {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    then.map(short) == now.map(short)
}

async fn insert(
    conn: &mut MySqlConnection,
    table: &TableShape,
    name: &str,
    rows: &[WholeRow],
) -> Result<(), StoreError> {
    let kept = kept(table, rows);
    if kept.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = kept.iter().map(|(name, _)| quote(name)).collect();
    let mut query = QueryBuilder::new(format!("INSERT INTO {} ({}) VALUES ", quote(name), names.join(", ")));
    for (index, row) in rows.iter().enumerate() {
        query.push(if index == 0 { "(" } else { ", (" });
        for (index, (name, _)) in kept.iter().enumerate() {
            query.push(if index == 0 { "" } else { ", " });
            match row.get(*name) {
                Some(Value::String(text)) => query.push_bind(text.clone()),
                Some(Value::Object(bytes)) => {
                    let hex = bytes.get("hex").and_then(Value::as_str).unwrap_or_default();
                    query.push("UNHEX(").push_bind(hex.to_owned()).push(")")
                }
                _ => query.push("NULL"),
            };
        }
        query.push(")");
    }
    query.build().persistent(false).execute(conn).await?;
    Ok(())
}

/// A number in a whole row.
pub fn number(row: &WholeRow, column: &str) -> Option<i32> {
    text(row, column)?.parse().ok()
}

/// A text in a whole row, whatever the case of the column's name; `None` for NULL and for bytes.
pub fn text<'r>(row: &'r WholeRow, column: &str) -> Option<&'r str> {
    row.iter().find(|(name, _)| name.eq_ignore_ascii_case(column))?.1.as_str()
}

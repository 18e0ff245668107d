//! What this database takes for each field that people write, and the fields of films: read, added, changed.

use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, maybe_text};
use super::shape::{Column, quote};
use super::{Shape, StoreError, Table};
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::film_field::{
    CATEGORY_FIELDS, COLLABORATOR_FIELDS, FIELDS, FieldLimit, FilmField, FilmValues, Kind, Repertoire,
};

/// The fields of a film that this database has.
pub fn limits(shape: &Shape) -> Vec<FieldLimit> {
    limits_of(shape, Table::Movies, FIELDS)
}

/// The fields of a collaborator that this database has.
pub fn collaborator_limits(shape: &Shape) -> Vec<FieldLimit> {
    limits_of(shape, Table::Collaborators, COLLABORATOR_FIELDS)
}

/// The fields of a category.
pub fn category_limits(shape: &Shape) -> Vec<FieldLimit> {
    let mut limits = limits_of(shape, Table::Categories, CATEGORY_FIELDS);
    limits.iter_mut().for_each(|limit| limit.required = true);
    limits
}

/// What a column of a table takes; `None` where the table lacks it.
pub fn limit_of(shape: &Shape, table: Table, field: &FilmField) -> Option<FieldLimit> {
    shape.column(table, field.column).filter(|column| !column.generated).map(|column| limit(field, column))
}

fn limits_of(shape: &Shape, table: Table, fields: &[FilmField]) -> Vec<FieldLimit> {
    fields.iter().filter_map(|field| limit_of(shape, table, field)).collect()
}

/// What a column takes of a field.
fn limit(field: &FilmField, column: &Column) -> FieldLimit {
    let mut limit = FieldLimit::new(field);
    limit.required = !column.nullable && !column.has_default || field.column == "title";
    limit.choices = column.words();
    let length = column.length.map(|length| u32::try_from(length).unwrap_or(u32::MAX));
    match column.kind.as_str() {
        "char" | "varchar" => limit.max_chars = length,
        "enum" => {}
        _ => match numbers(column) {
            Some((from, to)) => {
                let (min, max) = limit.range.unwrap_or((i64::MIN, i64::MAX));
                limit.range = Some((min.max(from), max.min(to)));
                if limit.kind != Kind::Person {
                    limit.kind = Kind::Number;
                }
            }
            None => limit.max_bytes = length,
        },
    }
    limit.repertoire = match column.charset.as_str() {
        "utf8" | "utf8mb3" | "ucs2" => Repertoire::ThreeBytes,
        "latin1" => Repertoire::Western,
        "ascii" => Repertoire::Ascii,
        _ => Repertoire::Any,
    };
    limit
}

/// The whole numbers that a column keeps as they are, if it keeps numbers.
fn numbers(column: &Column) -> Option<(i64, i64)> {
    let unsigned = column.full.contains("unsigned");
    let whole = |bits: u32| {
        let most = 1_i64 << (bits - 1);
        if unsigned { (0, most.saturating_mul(2).saturating_sub(1)) } else { (-most, most - 1) }
    };
    // A float counts without gaps up to here.
    let float = |bits: u32| (-(1_i64 << bits), 1_i64 << bits);
    Some(match column.kind.as_str() {
        "tinyint" => whole(8),
        "smallint" => whole(16),
        "mediumint" => whole(24),
        "int" => whole(32),
        "bigint" => (if unsigned { 0 } else { i64::MIN }, i64::MAX),
        "year" => (1901, 2155),
        "float" => float(24),
        "double" => float(53),
        "decimal" => {
            let inside = column.full.split(['(', ')']).nth(1).unwrap_or("10,0");
            let mut digits = inside.split(',').map(|part| part.trim().parse::<u32>().unwrap_or(0));
            let before_point = digits.next().unwrap_or(10).saturating_sub(digits.next().unwrap_or(0)).min(18);
            let most = 10_i64.pow(before_point) - 1;
            (if unsigned { 0 } else { -most }, most)
        }
        _ => return None,
    })
}

/// A column that an INSERT has to write and that we do not know.
pub fn unknown_needed(shape: &Shape, table: Table, known: &[&str]) -> Option<String> {
    let needed = |column: &&Column| {
        !column.nullable && !column.has_default && !known.iter().any(|name| column.name.eq_ignore_ascii_case(name))
    };
    shape.columns(table).iter().find(needed).map(|column| column.name.clone())
}

/// Fields of films as texts, in the order of their ids; films that are gone are missing. With `lock` until the transaction
/// ends. Columns that the database lacks are left out.
///
/// # Errors
/// The statement failed.
pub async fn values(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    columns: &[&str],
    lock: bool,
) -> Result<Vec<(i32, FilmValues)>, StoreError> {
    read(conn, shape, (Table::Movies, "id_movie"), ids, columns, lock).await
}

/// The same for the rows of another table with a number for its key.
pub(super) async fn read(
    conn: &mut MySqlConnection,
    shape: &Shape,
    (table, key): (Table, &'static str),
    ids: &[i32],
    columns: &[&str],
    lock: bool,
) -> Result<Vec<(i32, FilmValues)>, StoreError> {
    let there: Vec<&str> = columns.iter().copied().filter(|column| shape.has(table, column)).collect();
    let mut query = QueryBuilder::new(format!("SELECT t.{key}"));
    for column in &there {
        query.push(", ").push(shape.select_text(table, "t", column));
    }
    query.push(format!(" FROM {} t WHERE t.{key} IN (", shape.table(table)));
    cells::push_ids(&mut query, ids);
    query.push(format!(") ORDER BY t.{key}"));
    if lock {
        query.push(" FOR UPDATE");
    }
    let rows = query.build().fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let mut values = FilmValues::default();
            for (index, column) in there.iter().enumerate() {
                values.set(column, maybe_text(row, index + 1)?.map(str::to_owned));
            }
            Ok((int(row, 0)?, values))
        })
        .collect()
}

/// Adds a film that begins as submitted. The values were checked, the producer among them.
///
/// # Errors
/// The statement failed.
pub async fn insert(conn: &mut MySqlConnection, shape: &Shape, values: &FilmValues) -> Result<FilmId, StoreError> {
    let mut query = QueryBuilder::new(format!("INSERT INTO {} (selection_status", shape.table(Table::Movies)));
    let (columns, stamps) = shape.stamps(Table::Movies);
    push_names(&mut query, shape, Table::Movies, values);
    query.push(columns).push(") VALUES (").push_bind(FilmStatus::Submitted.as_sql());
    for (_, value) in filled(values) {
        query.push(", ").push_bind(value.to_owned());
    }
    query.push(stamps).push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    i32::try_from(id).map(FilmId).map_err(|_| StoreError::Odd { column: "movies.id_movie", detail: id.to_string() })
}

/// Those with a value: what is empty is left to the column's default.
pub(super) fn filled(values: &FilmValues) -> impl Iterator<Item = (&str, &str)> {
    values.iter().filter_map(|(column, value)| Some((column, value?)))
}

pub(super) fn push_names(query: &mut QueryBuilder<sqlx::MySql>, shape: &Shape, table: Table, values: &FilmValues) {
    for (column, _) in filled(values) {
        let name = shape.column(table, column).map_or(column, |column| &column.name);
        query.push(format!(", {}", quote(name)));
    }
}

/// Writes the named fields of locked films, the same values into all; answers the values that stand there now, because
/// a column that can't be empty takes its default instead.
///
/// # Errors
/// A statement failed.
pub async fn update(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    values: &FilmValues,
) -> Result<FilmValues, StoreError> {
    write(conn, shape, (Table::Movies, "id_movie"), ids, values).await
}

/// The same for another table with a number for its key.
pub(super) async fn write(
    conn: &mut MySqlConnection,
    shape: &Shape,
    (table, key): (Table, &'static str),
    ids: &[i32],
    values: &FilmValues,
) -> Result<FilmValues, StoreError> {
    let mut written = values.clone();
    if ids.is_empty() || values.is_empty() {
        return Ok(written);
    }
    let mut defaults = Vec::new();
    let mut query = QueryBuilder::new(format!("UPDATE {} SET ", shape.table(table)));
    // To the last blank: undo puts back what stood there.
    for (at, (column, value)) in values.0.iter().enumerate() {
        let known = shape.column(table, column);
        query.push(if at == 0 { "" } else { ", " });
        query.push(format!("{} = ", quote(known.map_or(column.as_str(), |column| &column.name))));
        match value {
            Some(value) => query.push_bind(value.clone()),
            None if known.is_some_and(|column| !column.nullable) => {
                defaults.push(column.as_str());
                query.push("DEFAULT")
            }
            None => query.push("NULL"),
        };
    }
    query.push(shape.touch(table)).push(format!(" WHERE {key} IN ("));
    cells::push_ids(&mut query, ids);
    query.push(")");
    query.build().execute(&mut *conn).await?;
    if !defaults.is_empty() {
        // The same in all of them.
        let stood = read(conn, shape, (table, key), &ids[..1], &defaults, false).await?.pop();
        written.0.extend(stood.map(|(_, stood)| stood.0).unwrap_or_default());
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn column(kind: &str, full: &str, length: Option<u64>, charset: &str) -> Column {
        Column {
            name: String::new(),
            kind: kind.into(),
            full: full.into(),
            nullable: true,
            has_default: true,
            length,
            generated: false,
            charset: charset.into(),
        }
    }

    #[test]
    fn numbers_by_table() {
        for (kind, full, expected) in [
            ("int", "int(11)", Some((-2_147_483_648, 2_147_483_647))),
            ("int", "int(10) unsigned", Some((0, 4_294_967_295))),
            ("tinyint", "tinyint(4)", Some((-128, 127))),
            ("smallint", "smallint unsigned", Some((0, 65_535))),
            ("bigint", "bigint(20)", Some((i64::MIN, i64::MAX))),
            ("decimal", "decimal(5,2)", Some((-999, 999))),
            ("decimal", "decimal(10,0) unsigned", Some((0, 9_999_999_999))),
            ("year", "year(4)", Some((1901, 2155))),
            ("float", "float", Some((-16_777_216, 16_777_216))),
            ("varchar", "varchar(255)", None),
            ("geometry", "geometry", None),
        ] {
            assert_eq!(numbers(&column(kind, full, None, "")), expected, "{full}");
        }
    }

    #[test]
    fn a_column_says_what_a_field_takes() {
        let field = |name: &str| FIELDS.iter().find(|field| field.column == name).unwrap();
        let year = limit(field("release_year"), &column("year", "year(4)", None, ""));
        assert_eq!((year.kind, year.range), (Kind::Number, Some((1901, 2100))));
        let text = limit(field("synopsis"), &column("text", "text", Some(65_535), "utf8mb3"));
        assert_eq!((text.max_chars, text.max_bytes, text.repertoire), (None, Some(65_535), Repertoire::ThreeBytes));
        let line = limit(field("workshop"), &column("varchar", "varchar(40)", Some(40), "latin1"));
        assert_eq!((line.max_chars, line.max_bytes, line.repertoire), (Some(40), None, Repertoire::Western));
        let word = limit(field("ai_tool"), &column("enum", "enum('Sora','Veo')", Some(4), "utf8mb4"));
        assert_eq!((word.max_chars, word.choices.as_slice()), (None, &["Sora".to_owned(), "Veo".to_owned()][..]));
        let flag = limit(field("translation"), &column("tinyint", "tinyint(1)", None, ""));
        assert_eq!((flag.kind, flag.range), (Kind::Number, Some((-128, 127))));
    }
}

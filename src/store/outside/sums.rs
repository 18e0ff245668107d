//! Films and what hangs on them as sums: by chunks of ids, and film by film where a chunk differs.
//!
//! A row's CRC32 alone would not do: it is linear, so that two films that change in the same way (both refused by the site
//! in one second) change their checksums by the same bits, and any plain XOR of the two is as before. So each is first
//! multiplied by an odd number made of its id, of which the upper bits are kept; and they are added, because panels without
//! a key may hold a row twice.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, MySqlConnection, Row};

use super::super::cells::{int, maybe_text, text};
use super::super::shape::{Column, quote};
use super::super::{Shape, StoreError, Table};
use crate::domain::outside::{Chunks, Film, Sums, What, bounds};

/// What a look compares of a film.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// What is watched.
    pub film: Film,
    /// Everything, as sums.
    pub sums: Sums,
    /// Its title, whether or not that is watched.
    pub title: String,
}

/// Column types that can't be read as bytes on both servers.
const SPATIAL: [&str; 9] = [
    "geometry",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
    "geomcollection",
];

/// What of a table is summed, and the number that tells its rows apart.
fn parts(shape: &Shape, table: Table) -> (Vec<String>, String) {
    let all = |id: &str| {
        let whole = |column: &&Column| !SPATIAL.contains(&column.kind.as_str());
        let columns = shape.columns(table).iter().filter(whole).map(|column| quote(&column.name)).collect();
        (columns, format!("COALESCE({id}, 0) * 2654435761"))
    };
    match table {
        Table::Votes => all("id_vote"),
        Table::Awards if shape.has(Table::Awards, "id_award") => all("id_award"),
        Table::MoviesJuries => {
            let columns = ["`id_movie`", "`id_user`"].map(str::to_owned).to_vec();
            (columns, "id_movie * 2654435761 + COALESCE(id_user, 0) * 40503".to_owned())
        }
        _ => all("id_movie"),
    }
}

/// What a row adds to the sum.
fn term(shape: &Shape, table: Table) -> String {
    let (columns, factor) = parts(shape, table);
    // As bytes, because columns may have collations that do not fit together.
    let columns: Vec<String> =
        columns.iter().map(|column| format!("COALESCE(CAST({column} AS BINARY), '~')")).collect();
    let row = format!("CRC32(CONCAT_WS('|', {}))", columns.join(", "));
    format!("({row} * ((({factor}) & 4294967295) | 1)) >> 24")
}

/// The sum over rows.
fn sum(shape: &Shape, table: Table) -> String {
    format!("CAST(SUM({}) AS UNSIGNED)", term(shape, table))
}

/// Where a table's sum stands.
type Place = fn(&mut Sums) -> &mut u64;

/// The tables that are summed, each with its place in [`Sums`].
const SUMMED: [(Table, Place); 4] = [
    (Table::Movies, |sums| &mut sums.film),
    (Table::MoviesJuries, |sums| &mut sums.panel),
    (Table::Votes, |sums| &mut sums.votes),
    (Table::Awards, |sums| &mut sums.awards),
];

/// The sums as the tables are now.
///
/// # Errors
/// The statement failed.
pub async fn live(conn: &mut MySqlConnection, shape: &Shape) -> Result<Chunks, StoreError> {
    let mut chunks = Chunks::new();
    for (table, place) in SUMMED {
        if !shape.present(table) {
            continue;
        }
        let sql = format!(
            "SELECT id_movie DIV 256 AS chunk, {} FROM {} WHERE id_movie IS NOT NULL GROUP BY chunk",
            sum(shape, table),
            shape.table(table)
        );
        for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *conn).await? {
            *place(chunks.entry(row.try_get_unchecked(0)?).or_default()) = row.try_get_unchecked(1)?;
        }
    }
    Ok(chunks)
}

/// `id_movie` within some chunks.
pub(super) fn within(chunks: &[i64]) -> String {
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for (low, high) in chunks.iter().map(|chunk| bounds(*chunk)) {
        match ranges.last_mut().filter(|last| last.1 + 1 == low) {
            Some(last) => last.1 = high,
            None => ranges.push((low, high)),
        }
    }
    let ranges: Vec<String> = ranges.iter().map(|(low, high)| format!("id_movie BETWEEN {low} AND {high}")).collect();
    if ranges.is_empty() { "FALSE".to_owned() } else { format!("({})", ranges.join(" OR ")) }
}

/// The films of some chunks as they are now.
///
/// # Errors
/// The statement failed.
pub async fn films(
    conn: &mut MySqlConnection,
    shape: &Shape,
    chunks: &[i64],
) -> Result<BTreeMap<i32, Live>, StoreError> {
    some(conn, shape, &within(chunks)).await
}

/// One film as it is now.
///
/// # Errors
/// The statement failed.
pub async fn film(conn: &mut MySqlConnection, shape: &Shape, id: i32) -> Result<Option<Live>, StoreError> {
    Ok(some(conn, shape, &format!("id_movie = {id}")).await?.remove(&id))
}

async fn some(conn: &mut MySqlConnection, shape: &Shape, which: &str) -> Result<BTreeMap<i32, Live>, StoreError> {
    let watched: Vec<What> = What::WATCHED.into_iter().filter(|what| shape.has(Table::Movies, what.name())).collect();
    let columns: Vec<String> = watched.iter().map(|what| shape.select_text(Table::Movies, "m", what.name())).collect();
    let sql = format!(
        "SELECT id_movie, {}, {}, {}, {}, {} FROM {} m WHERE {which}",
        term(shape, Table::Movies),
        shape.select_text(Table::Movies, "m", "createdAt"),
        shape.select_text(Table::Movies, "m", "selection_status"),
        shape.select_text(Table::Movies, "m", "title"),
        columns.join(", "),
        shape.table(Table::Movies)
    );
    let mut films = BTreeMap::new();
    for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *conn).await? {
        let owned = |index| Ok::<_, StoreError>(maybe_text(&row, index)?.map(str::to_owned));
        let values = watched.iter().enumerate().map(|(at, what)| Ok((*what, owned(5 + at)?)));
        let values = values.collect::<Result<BTreeMap<_, _>, StoreError>>()?;
        let film = Film { born: owned(2)?, status: text(&row, 3)?.to_owned(), values, voted: false };
        let sums = Sums { film: row.try_get_unchecked(1)?, ..Sums::default() };
        films.insert(int(&row, 0)?, Live { film, sums, title: text(&row, 4)?.to_owned() });
    }
    for (table, place) in &SUMMED[1..] {
        if !shape.present(*table) {
            continue;
        }
        let sql = format!(
            "SELECT id_movie, {} FROM {} WHERE {which} GROUP BY id_movie",
            sum(shape, *table),
            shape.table(*table)
        );
        for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *conn).await? {
            if let Some(live) = films.get_mut(&int(&row, 0)?) {
                *place(&mut live.sums) = row.try_get_unchecked(1)?;
                live.film.voted |= *table == Table::Votes;
            }
        }
    }
    Ok(films)
}

//! Putting a film back under its old id: what stands in the way, what has to be left out, and the rest as it was.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;
use sqlx::{MySqlConnection, QueryBuilder};

use super::document::{Document, HANGING, Other, POINTERS, delete_own, gather, others, pointed_to};
use crate::api::trash::{Left, LeftOut};
use crate::store::cells::text;
use crate::store::shape::{Dependent, quote};
use crate::store::whole::{self, WholeRow};
use crate::store::{Shape, StoreError, Table};

/// What stands in the way of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Another film has its id now; its title.
    FilmThere(String),
    /// Another row has the id of one of its rows.
    IdTaken {
        /// Which table.
        table: String,
        /// Which id.
        id: String,
    },
    /// Its producer's account is gone; the name.
    ProducerGone(String),
    /// The account of a juror who voted on it is gone; the name.
    VoterGone(String),
    /// A row does not fit into this table any more, or into this column of it.
    Table(String),
}

/// A film that is back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutBack {
    /// What could not come back with it.
    pub left_out: Vec<LeftOut>,
    /// What it is now, to know later whether it was changed since.
    pub digest: String,
}

/// Puts a film back with all that hung on it. After an obstacle something may have been written: roll back.
///
/// # Errors
/// A statement failed.
pub async fn put_back(
    conn: &mut MySqlConnection,
    shape: &Shape,
    document: &Document,
) -> Result<Result<PutBack, Obstacle>, StoreError> {
    let mut document = document.clone();
    let mut left_out = Vec::new();
    let film = whole::number(&document.film, "id_movie").unwrap_or_default();
    if let Some(there) = whole::lock(&mut *conn, shape, Table::Movies, "id_movie", &[film]).await?.first() {
        return Ok(Err(Obstacle::FilmThere(whole::text(there, "title").unwrap_or_default().to_owned())));
    }
    if let Some(obstacle) = known_others(&mut *conn, shape, &mut document, &mut left_out).await? {
        return Ok(Err(obstacle));
    }
    if let Some(obstacle) = other_keys(&mut *conn, shape, &mut document, &mut left_out).await? {
        return Ok(Err(obstacle));
    }
    if let Some(obstacle) = tables_and_columns(shape, &mut document, &mut left_out) {
        return Ok(Err(obstacle));
    }
    if let Some(obstacle) = taken(&mut *conn, shape, &mut document, film).await? {
        return Ok(Err(obstacle));
    }
    for table in [Table::Movies].into_iter().chain(HANGING.into_iter().rev()) {
        // Ballots before what they said earlier: the reverse of the order in which they went.
        let Some(name) = shape.name(table) else { continue };
        if let Err(error) = whole::restore_all(&mut *conn, shape, name, document.rows(table)).await {
            return error.misfit(name).map(|place| Err(Obstacle::Table(place))).ok_or(error);
        }
    }
    own(&mut *conn, shape, &document, film).await?;
    let digest = gather(conn, shape, &[film], true).await?.get(&film).map(Document::digest).unwrap_or_default();
    Ok(Ok(PutBack { left_out, digest }))
}

/// Whether somebody who was there then is not there now: gone, or their id is somebody else's.
fn is_gone(then: Option<&Other>, now: Option<&Other>) -> bool {
    then.is_some_and(|then| now.is_none_or(|now| now.created != then.created))
}

/// People, categories and collaborators. They stay until the transaction ends.
async fn known_others(
    conn: &mut MySqlConnection,
    shape: &Shape,
    document: &mut Document,
    left_out: &mut Vec<LeftOut>,
) -> Result<Option<Obstacle>, StoreError> {
    let mut there: HashMap<&str, HashMap<i32, Other>> = HashMap::new();
    for table in [Table::Users, Table::Categories, Table::Collaborators] {
        let ids: Vec<i32> = pointed_to(document, table).into_iter().collect();
        there.insert(table.name(), others(&mut *conn, shape, table, &ids, true).await?);
    }
    for (from, column, to) in POINTERS {
        let (Some(then), Some(now)) = (document.others.get(to.name()), there.get(to.name())) else { continue };
        let gone = |row: &WholeRow| {
            let id = whole::number(row, column)?;
            is_gone(then.get(&id), now.get(&id)).then(|| then.get(&id).map(|other| other.name.clone()))?
        };
        let names: BTreeSet<String> = document.rows(from).iter().filter_map(gone).collect();
        let Some(name) = names.first().cloned() else { continue };
        let what = match from {
            Table::Movies => return Ok(Some(Obstacle::ProducerGone(name))),
            Table::Votes => return Ok(Some(Obstacle::VoterGone(name))),
            Table::MoviesJuries => Left::Juror,
            Table::MoviesCategories => Left::Category,
            _ => Left::Collaborator,
        };
        left_out.extend(names.into_iter().map(|name| LeftOut { what, name }));
        let mut rows = document.rows(from).to_vec();
        rows.retain(|row| gone(row).is_none());
        document.tables.insert(from.name().to_owned(), rows);
    }
    Ok(None)
}

/// Foreign keys that the platform's document does not have: a pointer that may be empty becomes so, any other stands in the way.
async fn other_keys(
    conn: &mut MySqlConnection,
    shape: &Shape,
    document: &mut Document,
    left_out: &mut Vec<LeftOut>,
) -> Result<Option<Obstacle>, StoreError> {
    let own = |name: &str| HANGING.into_iter().chain([Table::Movies]).find(|table| shape.name(*table) == Some(name));
    for key in shape.foreign_keys() {
        let Some(table) = own(&key.table) else { continue };
        let within = matches!(own(&key.parent), Some(Table::Movies | Table::Votes));
        if within || POINTERS.iter().any(|(from, column, _)| *from == table && key.column.eq_ignore_ascii_case(column))
        {
            continue;
        }
        let rows = document.rows(table).iter();
        let values: BTreeSet<String> =
            rows.filter_map(|row| whole::text(row, &key.column)).map(str::to_owned).collect();
        for value in values {
            if exists(&mut *conn, key, &value).await? {
                continue;
            }
            if shape.column(table, &key.column).is_none_or(|column| !column.nullable) {
                return Ok(Some(Obstacle::Table(key.parent.clone())));
            }
            left_out.push(LeftOut { what: Left::Pointer, name: format!("{}.{}", key.table, key.column) });
            let mut rows = document.rows(table).to_vec();
            for row in rows.iter_mut().filter(|row| whole::text(row, &key.column) == Some(&value)) {
                let columns = row.iter_mut().filter(|(name, _)| name.eq_ignore_ascii_case(&key.column));
                columns.for_each(|(_, cell)| *cell = Value::Null);
            }
            match rows.pop() {
                Some(film) if table == Table::Movies => document.film = film,
                last => {
                    rows.extend(last);
                    document.tables.insert(table.name().to_owned(), rows);
                }
            }
        }
    }
    Ok(None)
}

async fn exists(conn: &mut MySqlConnection, key: &Dependent, value: &str) -> Result<bool, StoreError> {
    let (parent, column) = (quote(&key.parent), quote(&key.parent_column));
    let mut query = QueryBuilder::new(format!("SELECT 1 FROM {parent} WHERE {column} = "));
    query.push_bind(value).push(" LIMIT 1 LOCK IN SHARE MODE");
    Ok(query.build().fetch_optional(conn).await?.is_some())
}

/// What of the database has changed its form since.
fn tables_and_columns(shape: &Shape, document: &mut Document, left_out: &mut Vec<LeftOut>) -> Option<Obstacle> {
    for table in [Table::Movies].into_iter().chain(HANGING) {
        let rows = document.rows(table).to_vec();
        let Some(first) = rows.first() else { continue };
        let Some(now) = shape.shape_of(table) else {
            if matches!(table, Table::Votes | Table::VoteHistory | Table::Awards | Table::Movies) {
                return Some(Obstacle::Table(table.name().to_owned()));
            }
            left_out.push(LeftOut { what: Left::Table, name: table.name().to_owned() });
            document.tables.remove(table.name());
            continue;
        };
        let filled = |name: &String| rows.iter().any(|row| row.get(name).is_some_and(|value| !value.is_null()));
        let gone = first.keys().filter(|name| now.column(name).is_none() && filled(name));
        left_out.extend(gone.map(|name| LeftOut { what: Left::Column, name: format!("{}.{name}", table.name()) }));
        let new = now
            .columns
            .iter()
            .filter(|column| !column.generated && !first.keys().any(|name| name.eq_ignore_ascii_case(&column.name)));
        left_out.extend(
            new.map(|column| LeftOut { what: Left::NewColumn, name: format!("{}.{}", table.name(), column.name) }),
        );
    }
    None
}

/// Ids that mean another row now. Links that somebody made meanwhile, where no foreign key forbade it, are there already.
async fn taken(
    conn: &mut MySqlConnection,
    shape: &Shape,
    document: &mut Document,
    film: i32,
) -> Result<Option<Obstacle>, StoreError> {
    for table in HANGING {
        let (Some(name), Some(now)) = (shape.name(table), shape.shape_of(table)) else { continue };
        let links = [Table::MoviesCategories, Table::CollaboratorsMovies, Table::MoviesJuries].contains(&table);
        let other = POINTERS.iter().find(|(from, _, _)| *from == table).map(|(_, column, _)| *column);
        if let Some(other) = other.filter(|_| links && !document.rows(table).is_empty()) {
            let there = whole::any(&mut *conn, shape, name, &[("id_movie", &[film])], true).await?;
            let there: BTreeSet<i32> = there.iter().filter_map(|row| whole::number(row, other)).collect();
            let mut rows = document.rows(table).to_vec();
            rows.retain(|row| whole::number(row, other).is_none_or(|id| !there.contains(&id)));
            document.tables.insert(table.name().to_owned(), rows);
        }
        let primary = now.indexes.iter().find(|index| index.name == "PRIMARY").map(|index| index.columns.as_slice());
        let Some([key]) = primary else { continue };
        let ids: Vec<&str> = document.rows(table).iter().filter_map(|row| whole::text(row, key)).collect();
        for part in ids.chunks(500) {
            let column = quote(key);
            let mut query =
                QueryBuilder::new(format!("SELECT CAST({column} AS CHAR) FROM {} WHERE {column} IN (", quote(name)));
            let mut list = query.separated(", ");
            for id in part {
                list.push_bind(*id);
            }
            query.push(") LIMIT 1");
            if let Some(row) = query.build().persistent(false).fetch_optional(&mut *conn).await? {
                return Ok(Some(Obstacle::IdTaken { table: name.to_owned(), id: text(&row, 0)?.to_owned() }));
            }
        }
    }
    Ok(None)
}

/// What we kept ourselves about the film. It helps, and nothing depends on it: what does not fit any more stays away.
async fn own(conn: &mut MySqlConnection, shape: &Shape, document: &Document, film: i32) -> Result<(), StoreError> {
    for (name, rows) in document.own.iter().filter(|(name, _)| shape.named(name).is_some()) {
        delete_own(&mut *conn, shape, name, &[(film, document.fingerprint())]).await?;
        match whole::restore_all(&mut *conn, shape, name, rows).await {
            Err(error) if error.misfit(name).is_some() => {
                tracing::info!(table = name, film, "rows of our own stay away");
            }
            outcome => outcome?,
        }
    }
    Ok(())
}

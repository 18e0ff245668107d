//! A film with all that hangs on it, as one document: gathered under locks, deleted and counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sqlx::{MySqlConnection, QueryBuilder};

use crate::api::trash::{Hung, Load};
use crate::domain::FilmId;
use crate::store::cells::{self, full_name, maybe_text, push_ids, text};
use crate::store::shape::quote;
use crate::store::whole::{self, WholeRow};
use crate::store::{Shape, StoreError, Table};

/// What hangs on a film, in the order in which it is deleted, whether or not a foreign key says so.
pub(super) const HANGING: [Table; 6] = [
    Table::VoteHistory,
    Table::Votes,
    Table::Awards,
    Table::MoviesCategories,
    Table::CollaboratorsMovies,
    Table::MoviesJuries,
];

/// Columns that point to somebody or something else: (table, column, where to).
pub(super) const POINTERS: [(Table, &str, Table); 5] = [
    (Table::Movies, "id_user", Table::Users),
    (Table::Votes, "id_user", Table::Users),
    (Table::MoviesJuries, "id_user", Table::Users),
    (Table::MoviesCategories, "id_categorie", Table::Categories),
    (Table::CollaboratorsMovies, "id_collaborator", Table::Collaborators),
];

/// Our own tables that say nothing about one film, or tell of the trash itself.
const NOT_OF_FILMS: [&str; 3] = ["console_ledger", "console_trash", "console_seen"];

/// The column of our own tables that says which film an id meant: its `createdAt`.
const BORN: &str = "born";

/// Values that one question names at most.
const CHUNK: usize = 1_000;

/// The form of the document.
const FORMAT: u32 = 1;

/// A film with all that hangs on it: every column of every row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    format: u32,
    pub(super) film: WholeRow,
    /// Rows by the table's name in the platform's document.
    pub(super) tables: BTreeMap<String, Vec<WholeRow>>,
    /// Rows of our own tables by name.
    pub(super) own: BTreeMap<String, Vec<WholeRow>>,
    /// Who and what it points to, by table and id: known again after their ids were used for others.
    pub(super) others: BTreeMap<String, BTreeMap<i32, Other>>,
}

/// Somebody or something that a film points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Other {
    pub(super) name: String,
    /// Its `createdAt` as the server writes it.
    pub(super) created: Option<String>,
}

impl Document {
    /// What stands in the ledger, read again.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Wrapped {
            trash: Document,
        }
        let wrapped: Wrapped = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if wrapped.trash.format > FORMAT {
            return Err("a newer version of this program has written it".to_owned());
        }
        Ok(wrapped.trash)
    }

    /// As the ledger keeps it. Its beginning is how the ledger knows it.
    pub fn state(&self) -> serde_json::Value {
        serde_json::json!({ "trash": self })
    }

    /// Its title.
    pub fn title(&self) -> &str {
        whole::text(&self.film, "title").unwrap_or_default()
    }

    /// What its id stands for.
    pub fn fingerprint(&self) -> Option<&str> {
        whole::text(&self.film, "createdAt")
    }

    /// The rows of a table.
    pub(super) fn rows(&self, table: Table) -> &[WholeRow] {
        match table {
            Table::Movies => std::slice::from_ref(&self.film),
            _ => self.tables.get(table.name()).map_or(&[], Vec::as_slice),
        }
    }

    /// How much hangs on it.
    pub fn hung(&self) -> Hung {
        let count = |table| u32::try_from(self.rows(table).len()).unwrap_or(u32::MAX);
        Hung {
            votes: count(Table::Votes),
            histories: count(Table::VoteHistory),
            awards: count(Table::Awards),
            panel: count(Table::MoviesJuries),
            categories: count(Table::MoviesCategories),
            people: count(Table::CollaboratorsMovies),
        }
    }

    /// The same for the same film with the same rows of the platform, in whatever order they were read.
    pub fn digest(&self) -> String {
        let mut hashes = Vec::new();
        for table in HANGING.into_iter().chain([Table::Movies]) {
            for row in self.rows(table) {
                let row = serde_json::Value::Object(row.clone()).to_string();
                hashes.push(Sha256::digest(format!("{}\n{row}", table.name())));
            }
        }
        hashes.sort_unstable();
        let mut all = Sha256::new();
        for hash in hashes {
            all.update(hash);
        }
        STANDARD_NO_PAD.encode(all.finalize())
    }

    /// Whether a row of ours with this film's id is about this film, and not about one that had the id before.
    fn is_meant_by(&self, row: &WholeRow) -> bool {
        match (whole::text(row, BORN), self.fingerprint()) {
            (Some(born), Some(created)) => born == created,
            _ => true,
        }
    }

    fn of(film: WholeRow) -> Self {
        Self { format: FORMAT, film, ..Self::default() }
    }
}

/// The columns by which rows of a table hang on films and their ballots.
fn links<'i>(shape: &Shape, table: Table, films: &'i [i32], votes: &'i [i32]) -> Vec<(&'static str, &'i [i32])> {
    let mut links = Vec::new();
    if table == Table::VoteHistory {
        links.push(("id_vote", votes));
    }
    if shape.has(table, "id_movie") {
        links.push(("id_movie", films));
    }
    links
}

/// Our own tables that keep something about films.
fn own_tables(shape: &Shape) -> impl Iterator<Item = &str> {
    let ours = |name: &str| name.starts_with("console_") && !NOT_OF_FILMS.contains(&name);
    shape.tables().filter(move |(name, table)| ours(name) && table.column("id_movie").is_some()).map(|(name, _)| name)
}

/// Films with all that hangs on them, by id. With `hold` everything is locked until the transaction ends; lock the films first:
/// nobody hangs anything more on them then where foreign keys are in force.
///
/// # Errors
/// A statement failed.
pub async fn gather(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    hold: bool,
) -> Result<BTreeMap<i32, Document>, StoreError> {
    let all = async |conn: &mut MySqlConnection, table: Table, any: &[(&str, &[i32])]| match shape.name(table) {
        Some(name) => whole::any(conn, shape, name, any, hold).await,
        None => Ok(Vec::new()),
    };
    let films = all(&mut *conn, Table::Movies, &[("id_movie", ids)]).await?;
    let films = films.into_iter().filter_map(|film| Some((whole::number(&film, "id_movie")?, Document::of(film))));
    let mut documents: BTreeMap<i32, Document> = films.collect();
    let ids: Vec<i32> = documents.keys().copied().collect();
    let votes = all(&mut *conn, Table::Votes, &[("id_movie", &ids)]).await?;
    let film_of: HashMap<i32, i32> = votes
        .iter()
        .filter_map(|row| Some((whole::number(row, "id_vote")?, whole::number(row, "id_movie")?)))
        .collect();
    let cast: Vec<i32> = film_of.keys().copied().collect();
    for row in votes {
        hang(&mut documents, Table::Votes, whole::number(&row, "id_movie"), row);
    }
    for table in HANGING.into_iter().filter(|table| *table != Table::Votes) {
        for row in all(&mut *conn, table, &links(shape, table, &ids, &cast)).await? {
            let by_vote = whole::number(&row, "id_vote").and_then(|vote| film_of.get(&vote).copied());
            hang(&mut documents, table, by_vote.or_else(|| whole::number(&row, "id_movie")), row);
        }
    }
    for name in own_tables(shape) {
        for row in whole::any(&mut *conn, shape, name, &[("id_movie", &ids)], hold).await? {
            let document = whole::number(&row, "id_movie").and_then(|film| documents.get_mut(&film));
            if let Some(document) = document.filter(|document| document.is_meant_by(&row)) {
                document.own.entry(name.to_owned()).or_default().push(row);
            }
        }
    }
    name_others(conn, shape, &mut documents).await?;
    Ok(documents)
}

fn hang(documents: &mut BTreeMap<i32, Document>, table: Table, film: Option<i32>, row: WholeRow) {
    if let Some(document) = film.and_then(|film| documents.get_mut(&film)) {
        document.tables.entry(table.name().to_owned()).or_default().push(row);
    }
}

/// Writes down who and what the films point to.
async fn name_others(
    conn: &mut MySqlConnection,
    shape: &Shape,
    documents: &mut BTreeMap<i32, Document>,
) -> Result<(), StoreError> {
    for table in [Table::Users, Table::Categories, Table::Collaborators] {
        let ids: BTreeSet<i32> = documents.values().flat_map(|document| pointed_to(document, table)).collect();
        let ids: Vec<i32> = ids.into_iter().collect();
        let known = others(&mut *conn, shape, table, &ids, false).await?;
        for document in documents.values_mut() {
            let mine = pointed_to(document, table);
            let mine = mine.into_iter().filter_map(|id| Some((id, known.get(&id)?.clone()))).collect();
            document.others.insert(table.name().to_owned(), mine);
        }
    }
    Ok(())
}

/// The ids of a table that a film and what hangs on it point to.
pub(super) fn pointed_to(document: &Document, table: Table) -> BTreeSet<i32> {
    let pointers = POINTERS.iter().filter(|(_, _, to)| *to == table);
    let ids = |(from, column, _): &(Table, &str, Table)| -> Vec<i32> {
        document.rows(*from).iter().filter_map(|row| whole::number(row, column)).collect()
    };
    pointers.flat_map(ids).collect()
}

/// Names and moments by which people, categories and collaborators are known again. With `hold` none of them goes away until
/// the transaction ends.
pub(super) async fn others(
    conn: &mut MySqlConnection,
    shape: &Shape,
    table: Table,
    ids: &[i32],
    hold: bool,
) -> Result<HashMap<i32, Other>, StoreError> {
    let (key, names): (&str, [&str; 3]) = match table {
        Table::Users => ("id_user", ["first_name", "last_name", "email"]),
        Table::Categories => ("id_categorie", ["name", "last_name", "email"]),
        _ => ("id_collaborator", ["first_name", "last_name", "email"]),
    };
    if !shape.present(table) || ids.is_empty() {
        return Ok(HashMap::new());
    }
    let names: Vec<String> = names.iter().map(|name| shape.select_text(table, "o", name)).collect();
    let created = shape.select_text(table, "o", "createdAt");
    let from = shape.table(table);
    let mut query =
        QueryBuilder::new(format!("SELECT o.{key}, {}, {created} FROM {from} o WHERE o.{key} IN (", names.join(", ")));
    push_ids(&mut query, ids);
    query.push(if hold { ") LOCK IN SHARE MODE" } else { ")" });
    let rows = query.build().persistent(false).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let name = full_name(text(row, 1)?, text(row, 2)?);
            let name = if name.is_empty() { text(row, 3)?.to_owned() } else { name };
            Ok((cells::int(row, 0)?, Other { name, created: maybe_text(row, 4)?.map(str::to_owned) }))
        })
        .collect()
}

/// Films on which rows of a table hang that the console does not know, with its name: deleting them would lose these.
///
/// # Errors
/// A statement failed.
pub async fn strangers(
    conn: &mut MySqlConnection,
    shape: &Shape,
    documents: &BTreeMap<i32, Document>,
) -> Result<BTreeMap<i32, String>, StoreError> {
    let mut found = BTreeMap::new();
    for parent in HANGING.into_iter().chain([Table::Movies]) {
        for key in shape.dependents_of(parent) {
            let known = HANGING.into_iter().any(|table| {
                shape.name(table) == Some(key.table.as_str())
                    && match parent {
                        Table::Movies => key.column.eq_ignore_ascii_case("id_movie"),
                        Table::Votes => table == Table::VoteHistory && key.column.eq_ignore_ascii_case("id_vote"),
                        _ => false,
                    }
            });
            if known {
                continue;
            }
            let rows =
                documents.iter().flat_map(|(film, document)| document.rows(parent).iter().map(move |row| (*film, row)));
            let values: Vec<(&str, i32)> =
                rows.filter_map(|(film, row)| Some((whole::text(row, &key.parent_column)?, film))).collect();
            for part in values.chunks(CHUNK) {
                let (column, table) = (quote(&key.column), quote(&key.table));
                let mut query = QueryBuilder::new(format!(
                    "SELECT DISTINCT CAST({column} AS CHAR) FROM {table} WHERE {column} IN ("
                ));
                let mut list = query.separated(", ");
                for (value, _) in part {
                    list.push_bind(*value);
                }
                query.push(")");
                for row in query.build().persistent(false).fetch_all(&mut *conn).await? {
                    let value = text(&row, 0)?;
                    let films = part.iter().filter(|(of, _)| *of == value).map(|(_, film)| *film);
                    found.extend(films.map(|film| (film, key.table.clone())));
                }
            }
        }
    }
    Ok(found)
}

/// Deletes gathered films with all that hangs on them; `false` if not just that went which was gathered: then roll back.
///
/// # Errors
/// A statement failed.
pub async fn take_out(
    conn: &mut MySqlConnection,
    shape: &Shape,
    documents: &BTreeMap<i32, Document>,
) -> Result<bool, StoreError> {
    let films: Vec<i32> = documents.keys().copied().collect();
    let votes: Vec<i32> = documents
        .values()
        .flat_map(|document| document.rows(Table::Votes))
        .filter_map(|row| whole::number(row, "id_vote"))
        .collect();
    let meant: Vec<(i32, Option<&str>)> =
        documents.iter().map(|(film, document)| (*film, document.fingerprint())).collect();
    for name in own_tables(shape) {
        delete_own(&mut *conn, shape, name, &meant).await?;
    }
    for table in HANGING.into_iter().chain([Table::Movies]) {
        let Some(name) = shape.name(table) else { continue };
        let gone = whole::delete_any(&mut *conn, name, &links(shape, table, &films, &votes)).await?;
        let kept: usize = documents.values().map(|document| document.rows(table).len()).sum();
        if u64::try_from(kept) != Ok(gone) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Deletes the rows of one of our own tables that are about these films: by id, and by `createdAt` where the table keeps it.
pub(super) async fn delete_own(
    conn: &mut MySqlConnection,
    shape: &Shape,
    name: &str,
    films: &[(i32, Option<&str>)],
) -> Result<(), StoreError> {
    let born = shape.named(name).is_some_and(|table| table.column(BORN).is_some());
    if films.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(format!("DELETE FROM {} WHERE ", quote(name)));
    let mut any = query.separated(" OR ");
    for (film, created) in films {
        any.push("(id_movie = ").push_bind_unseparated(*film);
        if let Some(created) = created.filter(|_| born) {
            any.push_unseparated(format!(" AND ({BORN} IS NULL OR {BORN} = "));
            any.push_bind_unseparated(created).push_unseparated(")");
        }
        any.push_unseparated(")");
    }
    query.build().persistent(false).execute(conn).await?;
    Ok(())
}

/// What would go with a film; `None` if it is gone.
///
/// # Errors
/// A statement failed.
pub async fn load(conn: &mut MySqlConnection, shape: &Shape, film: FilmId) -> Result<Option<Load>, StoreError> {
    let mut documents = gather(&mut *conn, shape, &[film.0], false).await?;
    let unknown = strangers(conn, shape, &documents).await?.remove(&film.0);
    let load = |document: Document| Load { film, title: document.title().to_owned(), hung: document.hung(), unknown };
    Ok(documents.remove(&film.0).map(load))
}

//! Bringing a database to the shape that the console needs: what it is ([`verdict`]), what there is to do ([`plan`]), and
//! doing it ([`apply`]). Forward only; safe to run twice, and when two start at once. No column of the platform is ever
//! added, changed or dropped.

mod apply;
mod error;
mod platform;

use std::collections::BTreeSet;

use sqlx::MySqlConnection;
use sqlx::migrate::Migrator;

use super::meta::{self, Origin};
use super::shape::quote;
use super::{Shape, StoreError, Table};

pub use apply::{Applied, apply};
pub use error::MigrateError;

/// The oldest console that may work on a database that this one has migrated.
const MIN_VERSION: &str = "0.1.0";

/// The table in which sqlx keeps which migrations have run.
const RECORD: &str = "console_migrations";

/// Without these it is not the platform's database.
const CORE: [Table; 3] = [Table::Users, Table::Movies, Table::Votes];

/// Indexes that make the console's reads quick, in the tables of the platform.
const INDEXES: [(Table, &str, &[&str]); 5] = [
    (Table::Movies, "console_movies_title", &["title", "id_movie"]),
    (Table::Movies, "console_movies_updated", &["updatedAt", "id_movie"]),
    (Table::Movies, "console_movies_status", &["selection_status", "updatedAt", "id_movie"]),
    (Table::Votes, "console_votes_tally", &["id_movie", "id_user", "note", "modification_count"]),
    (Table::Reservations, "console_reservations_seats", &["id_event", "number_seats"]),
];
const UNIQUE_INDEX: &str = "console_votes_one_ballot";

/// What a database is to this console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing in it: a migration makes the platform's tables and the console's.
    Empty,
    /// The platform's, ready.
    Platform {
        /// Tables of the platform that it does without.
        missing: Vec<Table>,
    },
    /// Something else.
    NotThePlatform {
        /// How that shows.
        why: String,
    },
    /// The platform's, without all that the console needs.
    NeedsMigration,
    /// A newer console has been here, and this one may not work on it.
    TooNew {
        /// The oldest version that may.
        min_version: String,
    },
}

/// What may be asked for beside the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// A unique key on the votes of an adopted database: the site's silent duplicate becomes an error of the site.
    pub unique_votes: bool,
    /// How many seconds a table is waited for that a transaction of the site holds. Whoever comes later waits as long.
    pub table_wait: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { unique_votes: false, table_wait: 10 }
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does, in a few words.
    pub title: String,
    /// The statement.
    pub sql: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One of `migrations/`, with its version.
    Migration(i64),
    /// A table of the platform.
    Table,
    /// An index; done without where the server can't make it.
    Index,
    /// The unique key.
    Unique,
    /// A row of `console_meta`.
    Meta(&'static str, &'static str),
}

impl Kind {
    /// The privilege that it takes.
    fn needs(self) -> &'static str {
        match self {
            Kind::Migration(_) | Kind::Table => "CREATE, REFERENCES, SELECT, INSERT, UPDATE",
            Kind::Index | Kind::Unique => "INDEX",
            Kind::Meta(..) => "INSERT, UPDATE",
        }
    }
}

/// What a migration would do. Looking changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the database is now.
    pub verdict: Verdict,
    /// Where its platform tables come from.
    pub origin: Origin,
    /// What there is to do, in its order; nothing if it is ready.
    pub steps: Vec<Step>,
    /// What is odd and stays so.
    pub notes: Vec<String>,
}

/// A juror with several votes on one film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// `id_movie`.
    pub film: i32,
    /// `id_user`.
    pub juror: i32,
    /// How many.
    pub votes: i64,
}

/// The console's own tables, as sqlx runs them. The lock is ours: sqlx's is not one on MariaDB.
fn migrator() -> Migrator {
    let mut migrator = sqlx::migrate!();
    migrator.dangerous_set_table_name(RECORD);
    migrator.set_ignore_missing(true).set_locking(false);
    migrator
}

/// What is known of a database before anything is done to it.
struct Known {
    origin: Option<Origin>,
    min_version: Option<String>,
    pending: Vec<(i64, String)>,
}

async fn look(conn: &mut MySqlConnection, shape: &Shape) -> Result<Known, StoreError> {
    let has = |name: &str| shape.tables().any(|(table, _)| table.eq_ignore_ascii_case(name));
    let (mut origin, mut min_version) = (None, None);
    if has("console_meta") {
        origin = match meta::get(conn, "origin").await?.as_deref() {
            Some("fresh") => Some(Origin::Fresh),
            Some(_) => Some(Origin::Adopted),
            None => None,
        };
        min_version = meta::get(conn, "min_version").await?;
    }
    let mut done: BTreeSet<i64> = BTreeSet::new();
    if has(RECORD) {
        let versions = sqlx::query_scalar("SELECT version FROM console_migrations WHERE success = TRUE");
        done.extend(versions.fetch_all(conn).await?.into_iter().map(|version: i64| version));
    }
    let pending = migrator()
        .iter()
        .filter(|migration| !done.contains(&migration.version))
        .map(|migration| (migration.version, migration.sql.as_str().to_owned()))
        .collect();
    Ok(Known { origin, min_version, pending })
}

/// Judges a database.
///
/// # Errors
/// It could not be read.
pub async fn verdict(conn: &mut MySqlConnection, shape: &Shape) -> Result<Verdict, StoreError> {
    let known = look(conn, shape).await?;
    Ok(judge(shape, &known))
}

fn judge(shape: &Shape, known: &Known) -> Verdict {
    if let Some(needs) = known.min_version.as_deref().filter(|needs| newer(needs, env!("CARGO_PKG_VERSION"))) {
        return Verdict::TooNew { min_version: needs.to_owned() };
    }
    let strangers = shape.tables().filter(|(name, _)| !name.starts_with("console_")).count() + shape.views().len();
    let absent: Vec<Table> = Table::ALL.into_iter().filter(|table| !shape.present(*table)).collect();
    match known.origin {
        // A first migration that was cut off in the middle.
        Some(Origin::Fresh) if !absent.is_empty() => return Verdict::NeedsMigration,
        None if strangers == 0 => return Verdict::Empty,
        _ => {}
    }
    let lacking: Vec<&str> = CORE.into_iter().filter(|table| absent.contains(table)).map(Table::name).collect();
    if !lacking.is_empty() {
        return Verdict::NotThePlatform { why: format!("it has no table {}", lacking.join(", no ")) };
    }
    for table in Table::ALL.into_iter().filter(|table| shape.present(*table)) {
        if let Some(column) = table.required().iter().find(|column| !shape.has(table, column)) {
            let name = shape.name(table).unwrap_or(table.name());
            let name = crate::domain::text::inert(name);
            return Verdict::NotThePlatform { why: format!("its table {name} has no column {column}") };
        }
    }
    if !known.pending.is_empty() || known.min_version.is_none() || known.origin.is_none() {
        return Verdict::NeedsMigration;
    }
    Verdict::Platform { missing: absent }
}

/// Whether version `a` is newer than `b`. What is no number counts as 0.
fn newer(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> Vec<u64> {
        let core = text.split(['-', '+']).next().unwrap_or_default();
        let mut parts: Vec<u64> = core.split('.').map(|part| part.parse().unwrap_or_default()).collect();
        parts.resize(3, 0);
        parts
    };
    parts(a) > parts(b)
}

/// What a migration would do. Changes nothing.
///
/// # Errors
/// The database is none to migrate, or could not be read.
pub async fn plan(conn: &mut MySqlConnection, options: Options) -> Result<Plan, MigrateError> {
    let shape = Shape::read(conn).await?;
    let known = look(conn, &shape).await?;
    let verdict = judge(&shape, &known);
    match &verdict {
        Verdict::NotThePlatform { why } => return Err(MigrateError::NotThePlatform(why.clone())),
        Verdict::TooNew { min_version } => return Err(MigrateError::TooNew { needs: min_version.clone() }),
        Verdict::Empty | Verdict::Platform { .. } | Verdict::NeedsMigration => {}
    }
    let fresh = verdict == Verdict::Empty || known.origin == Some(Origin::Fresh);
    let origin = if fresh { Origin::Fresh } else { Origin::Adopted };
    let mut steps: Vec<Step> = known.pending.into_iter().map(|(version, sql)| own_table(version, sql)).collect();
    if known.origin.is_none() {
        steps.push(note("origin", origin.as_sql()));
    }
    if origin == Origin::Fresh {
        let missing = platform::statements().iter().filter(|(table, _)| !shape.present(*table));
        steps.extend(missing.map(|(table, sql)| Step {
            title: format!("create {}", table.name()),
            sql: (*sql).to_owned(),
            kind: Kind::Table,
        }));
    }
    if options.unique_votes {
        steps.extend(unique_votes(conn, &shape).await?);
    }
    let (indexes, notes) = indexes(&shape);
    steps.extend(indexes);
    if known.min_version.as_deref().is_none_or(|has| newer(MIN_VERSION, has)) {
        steps.push(note("min_version", MIN_VERSION));
    }
    Ok(Plan { verdict, origin, steps, notes })
}

fn own_table(version: i64, sql: String) -> Step {
    let name = sql.split_whitespace().find(|word| word.starts_with("console_")).unwrap_or_default();
    let title = format!("create {}", name.split('(').next().unwrap_or_default());
    Step { title, sql, kind: Kind::Migration(version) }
}

fn note(name: &'static str, value: &'static str) -> Step {
    Step {
        title: format!("write {name} = {value} into console_meta"),
        sql: format!("INSERT INTO console_meta (name, value) VALUES ('{name}', '{value}')"),
        kind: Kind::Meta(name, value),
    }
}

/// The indexes that are not there yet, in tables that are, and what is odd about those tables.
fn indexes(shape: &Shape) -> (Vec<Step>, Vec<String>) {
    let mut steps = Vec::new();
    let mut notes = Vec::new();
    for (table, name, columns) in INDEXES {
        let Some(there) = shape.shape_of(table) else { continue };
        let fits = columns.iter().all(|column| there.column(column).is_some_and(|c| !c.is_long()));
        if !fits || there.index_on(columns).is_some() {
            continue;
        }
        let list = columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(", ");
        let shown = shape.name(table).unwrap_or(table.name());
        steps.push(Step {
            title: format!("add an index on ({}) to {shown}", columns.join(", ")),
            sql: format!("CREATE INDEX {name} ON {} ({list})", shape.table(table)),
            kind: Kind::Index,
        });
    }
    for table in Table::ALL {
        if let Some(there) = shape.shape_of(table).filter(|there| !there.engine.eq_ignore_ascii_case("InnoDB")) {
            let name = crate::domain::text::inert(shape.name(table).unwrap_or(table.name())).into_owned();
            notes.push(format!("{name} is kept by {}, which has no transactions: make it InnoDB", there.engine));
        }
    }
    (steps, notes)
}

async fn unique_votes(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<Step>, MigrateError> {
    if shape.votes_are_unique() || !shape.present(Table::Votes) {
        return Ok(Vec::new());
    }
    let found = duplicate_votes(conn, shape).await?;
    if !found.is_empty() {
        return Err(MigrateError::DuplicateVotes(found));
    }
    let table = shape.table(Table::Votes);
    Ok(vec![Step {
        title: "make votes unique by film and juror".to_owned(),
        sql: format!("CREATE UNIQUE INDEX {UNIQUE_INDEX} ON {table} (`id_movie`, `id_user`)"),
        kind: Kind::Unique,
    }])
}

/// Jurors with several votes on one film.
///
/// # Errors
/// The statement failed.
pub async fn duplicate_votes(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<Duplicate>, StoreError> {
    let sql = format!(
        "SELECT id_movie, id_user, COUNT(*) FROM {} GROUP BY id_movie, id_user HAVING COUNT(*) > 1 \
         ORDER BY id_movie, id_user",
        shape.table(Table::Votes)
    );
    let rows: Vec<(i32, i32, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(film, juror, votes)| Duplicate { film, juror, votes }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        for (a, b, expected) in [
            ("0.1.0", "0.1.0", false),
            ("0.2.0", "0.1.9", true),
            ("0.10.0", "0.9.0", true),
            ("1.0", "0.9.9", true),
            ("0.1.0-beta", "0.1.0", false),
            ("nonsense", "0.0.1", false),
        ] {
            assert_eq!(newer(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn every_migration_is_one_statement_that_may_run_twice() {
        for migration in migrator().iter() {
            let sql = migration.sql.as_str();
            assert!(sql.starts_with("CREATE TABLE IF NOT EXISTS console_"), "{}", migration.description);
            assert!(!sql.contains(';'), "{}", migration.description);
        }
        assert!(!newer(MIN_VERSION, env!("CARGO_PKG_VERSION")));
    }
}

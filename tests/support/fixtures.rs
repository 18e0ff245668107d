//! Databases of the platform as they were seen: the document's own, and each way in which others differ from it.

use sqlx::Connection;
use sqlx::mysql::MySqlConnection;

use super::Database;

/// What a fixture's accounts sign in with.
pub(crate) const PASSWORD: &str = "Kk4DQuMMfZL9o";

/// The document's own database, with a few rows of everything.
pub(crate) const DOCUMENT: &str = include_str!("../fixtures/document.sql");

macro_rules! differing {
    ($name:literal) => {
        ($name, concat!(include_str!("../fixtures/document.sql"), include_str!(concat!("../fixtures/", $name, ".sql"))))
    };
}

/// Every fixture, by name.
pub(crate) const ALL: &[(&str, &str)] = &[
    ("document", DOCUMENT),
    differing!("float_history"),
    differing!("bare_panels"),
    differing!("running_site"),
    differing!("plural_names"),
    differing!("strangers"),
    differing!("odd_values"),
    differing!("core_only"),
];

/// One fixture's statements.
pub(crate) fn named(name: &str) -> &'static str {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, sql)| *sql).unwrap()
}

/// Fills an empty database, as leniently as the site's servers were when this data came about.
pub(crate) async fn load(database: &Database, sql: &'static str) {
    let mut conn = MySqlConnection::connect_with(&database.options()).await.unwrap();
    sqlx::raw_sql("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'").execute(&mut conn).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

//! The store on real servers: every shape of the platform's database, migrations, transactions that meet trouble.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod connecting;
mod ledger;
mod migrating;
mod proxy;
mod shapes;
mod transactions;

use marsai::store::connect::{PoolSettings, Target, pool};
use marsai::store::migrate::{Applied, MigrateError, Options, apply};
use marsai::store::{Db, Shape};
use sqlx::{AssertSqlSafe, MySqlConnection};

/// Migrates and says nothing.
async fn migrate(conn: &mut MySqlConnection) -> Result<Applied, MigrateError> {
    apply(conn, Options::default(), &mut |_, _, _| {}).await
}

/// A migrated, empty festival and its database as a process opens it.
async fn festival(kind: support::Kind) -> (support::Database, Db) {
    let database = support::database_on(kind).await;
    migrate(&mut database.connect().await).await.unwrap();
    let db = open(&database).await;
    (database, db)
}

async fn open(database: &support::Database) -> Db {
    Db::open(pool(&Target::parse(database.url()).unwrap(), PoolSettings::default())).await.unwrap()
}

async fn shape_of(database: &support::Database) -> Shape {
    Shape::read(&mut database.connect().await).await.unwrap()
}

async fn run(conn: &mut MySqlConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await.unwrap();
}

async fn count(conn: &mut MySqlConnection, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(conn).await.unwrap()
}

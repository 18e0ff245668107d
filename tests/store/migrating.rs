//! Migrations: what they make, what they leave alone, and what they refuse.

use std::collections::BTreeMap;

use marsai::store::meta::{self, Origin};
use marsai::store::migrate::{MigrateError, Options, Verdict, apply, plan, verdict};
use marsai::store::{Shape, Table};
use sqlx::{AssertSqlSafe, MySqlConnection};

use crate::support::fixtures::{self, load};
use crate::support::{Database, Kind, database_on, server, servers};
use crate::{count, migrate, run, shape_of};

/// Contents and columns of everything that is not the console's.
async fn platform(conn: &mut MySqlConnection) -> BTreeMap<String, (Option<i64>, Vec<String>)> {
    let shape = Shape::read(conn).await.unwrap();
    let mut found = BTreeMap::new();
    for (name, table) in shape.tables().filter(|(name, _)| !name.starts_with("console_")) {
        let sql = format!("CHECKSUM TABLE `{name}`");
        let (_, sum): (String, Option<i64>) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *conn).await.unwrap();
        let columns = table.columns.iter().map(|column| format!("{column:?}")).collect();
        found.insert(name.to_owned(), (sum, columns));
    }
    found
}

async fn judged(conn: &mut MySqlConnection) -> Verdict {
    let shape = Shape::read(conn).await.unwrap();
    verdict(conn, &shape).await.unwrap()
}

#[tokio::test]
async fn an_empty_database_becomes_a_festival() {
    for kind in servers() {
        let database = database_on(kind).await;
        let mut conn = database.connect().await;
        assert_eq!(judged(&mut conn).await, Verdict::Empty);
        let mut heard = Vec::new();
        let options = Options::default();
        let applied = apply(&mut conn, options, &mut |index, _, step| heard.push((index, step.title.clone()))).await;
        let applied = applied.unwrap();
        assert_eq!(applied.origin, Origin::Fresh);
        assert_eq!(heard.len(), applied.done.len());
        assert_eq!(judged(&mut conn).await, Verdict::Platform { missing: vec![] });
        assert_eq!(meta::origin(&mut conn).await.unwrap(), Origin::Fresh);
        let shape = shape_of(&database).await;
        assert!(Table::ALL.into_iter().all(|table| shape.name(table) == Some(table.name())));
        assert!(shape.votes_are_unique());
        assert!(shape.shape_of(Table::MoviesJuries).unwrap().is_unique(&["id_user", "id_movie"]));
        assert_eq!(shape.dependents_of(Table::Votes).len(), 1);
        assert!(
            shape
                .tables()
                .all(|(_, table)| table.engine == "InnoDB" && table.indexes.iter().any(|i| i.name == "PRIMARY"))
        );
        assert!(migrate(&mut conn).await.unwrap().done.is_empty());
        // The site's own texts of several scripts, and two different emoji that are not one.
        run(&mut conn, "INSERT INTO sponsors (name, logo) VALUES ('🎬', 'a'), ('🎥', '東京')").await;
        assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM sponsors WHERE name = '🎬'").await, 1);
    }
}

#[tokio::test]
async fn a_first_migration_that_was_cut_off_goes_on() {
    let database = database_on(Kind::MariaDb).await;
    let mut conn = database.connect().await;
    migrate(&mut conn).await.unwrap();
    run(&mut conn, "DROP TABLE movies_juries, sponsors; DELETE FROM console_meta WHERE name = 'min_version'").await;
    run(&mut conn, "UPDATE console_migrations SET success = FALSE WHERE version = 3").await;
    assert_eq!(judged(&mut conn).await, Verdict::NeedsMigration);
    migrate(&mut conn).await.unwrap();
    assert_eq!(judged(&mut conn).await, Verdict::Platform { missing: vec![] });
    let all = i64::try_from(std::fs::read_dir("migrations").unwrap().count()).unwrap();
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM console_migrations WHERE success").await, all);
}

#[tokio::test]
async fn each_database_of_the_platform_is_adopted_and_left_as_it_was() {
    for kind in servers() {
        for (name, sql) in fixtures::ALL {
            let database = database_on(kind).await;
            load(&database, sql).await;
            let mut conn = database.connect().await;
            let before = platform(&mut conn).await;
            assert_eq!(judged(&mut conn).await, Verdict::NeedsMigration, "{name} on {kind:?}");

            let whole = shape_of(&database).await;
            let planned = plan(&mut conn, Options::default()).await.unwrap();
            assert_eq!(planned.origin, Origin::Adopted);
            assert_eq!(shape_of(&database).await, whole, "looking changed {name}");

            let applied = migrate(&mut conn).await.unwrap_or_else(|error| panic!("{name} on {kind:?}: {error}"));
            let titles: Vec<_> = planned.steps.into_iter().map(|step| step.title).collect();
            assert_eq!(applied.done, titles, "{name}: what was done is what was planned");
            assert!(applied.notes.is_empty(), "{name}: {:?}", applied.notes);
            assert_eq!(platform(&mut conn).await, before, "{name} on {kind:?}");
            assert!(!shape_of(&database).await.votes_are_unique());
            assert_eq!(meta::origin(&mut conn).await.unwrap(), Origin::Adopted);

            assert!(plan(&mut conn, Options::default()).await.unwrap().steps.is_empty(), "{name}");
            assert!(migrate(&mut conn).await.unwrap().done.is_empty(), "{name}: twice");
            let missing = if *name == "core_only" { 11 } else { 0 };
            assert!(
                matches!(judged(&mut conn).await, Verdict::Platform { missing: m } if m.len() == missing),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn an_index_that_is_there_is_not_made_again() {
    let database = database_on(Kind::MariaDb).await;
    load(&database, fixtures::named("strangers")).await;
    migrate(&mut database.connect().await).await.unwrap();
    let shape = shape_of(&database).await;
    let names: Vec<_> = shape.shape_of(Table::Movies).unwrap().indexes.iter().map(|i| i.name.as_str()).collect();
    assert!(names.contains(&"by_title") && !names.contains(&"console_movies_title"), "{names:?}");
    assert!(names.contains(&"console_movies_status"), "{names:?}");
}

#[tokio::test]
async fn two_at_once_make_one() {
    for kind in servers() {
        for sql in [None, Some(fixtures::DOCUMENT)] {
            let database = database_on(kind).await;
            if let Some(sql) = sql {
                load(&database, sql).await;
            }
            let (mut a, mut b, mut c) = (database.connect().await, database.connect().await, database.connect().await);
            let (a, b, c) = tokio::join!(migrate(&mut a), migrate(&mut b), migrate(&mut c));
            let done = [a.unwrap().done, b.unwrap().done, c.unwrap().done];
            assert_eq!(done.iter().filter(|done| !done.is_empty()).count(), 1, "{done:?}");
            let mut conn = database.connect().await;
            assert_eq!(judged(&mut conn).await, Verdict::Platform { missing: vec![] });
        }
    }
}

/// On a cluster the lock holds for one node: what the other node's console does then shows as duplicates and half-done rows.
#[tokio::test]
async fn another_console_without_the_lock_is_waited_for() {
    let database = database_on(Kind::MariaDb).await;
    let mut conn = database.connect().await;
    migrate(&mut conn).await.unwrap();
    run(&mut conn, "UPDATE console_migrations SET success = FALSE WHERE version = 5; DELETE FROM console_meta").await;
    let mut other = database.connect().await;
    let ends = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        run(&mut other, "UPDATE console_migrations SET success = TRUE WHERE version = 5").await;
    };
    let (done, ()) = tokio::join!(migrate(&mut conn), ends);
    done.unwrap();
    assert_eq!(judged(&mut conn).await, Verdict::Platform { missing: vec![] });
}

#[tokio::test]
async fn other_databases_are_refused_unchanged() {
    for kind in servers() {
        for (sql, why) in [
            ("CREATE TABLE wp_posts (id INT PRIMARY KEY)", "no table users, no movies, no votes"),
            (
                "CREATE TABLE users (id INT PRIMARY KEY); CREATE TABLE movies (id INT); CREATE TABLE votes (id INT)",
                "no column id_user",
            ),
            ("CREATE VIEW only AS SELECT 1 AS one", "no table users"),
        ] {
            let database = database_on(kind).await;
            let mut conn = database.connect().await;
            run(&mut conn, sql).await;
            let before = shape_of(&database).await;
            assert!(matches!(judged(&mut conn).await, Verdict::NotThePlatform { .. }));
            let error = migrate(&mut conn).await.unwrap_err();
            assert!(matches!(error, MigrateError::NotThePlatform(_)), "{error:?}");
            assert!(error.to_string().contains(why), "{error}");
            assert_eq!(shape_of(&database).await, before);
        }
    }
}

#[tokio::test]
async fn a_newer_consoles_database_is_left_to_it() {
    let database = database_on(Kind::MariaDb).await;
    let mut conn = database.connect().await;
    migrate(&mut conn).await.unwrap();
    // A newer console may have run migrations that this one does not know; that alone does no harm.
    run(&mut conn, "INSERT INTO console_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, '', 1)").await;
    assert_eq!(judged(&mut conn).await, Verdict::Platform { missing: vec![] });
    meta::set(&mut conn, "min_version", "99.2.0").await.unwrap();
    assert_eq!(judged(&mut conn).await, Verdict::TooNew { min_version: "99.2.0".into() });
    let error = migrate(&mut conn).await.unwrap_err();
    assert!(error.to_string().contains("needs marsai 99.2.0 or newer"), "{error}");
}

#[tokio::test]
async fn ballots_become_unique_only_when_asked_and_possible() {
    let unique = Options { unique_votes: true, ..Options::default() };
    for kind in servers() {
        let database = database_on(kind).await;
        load(&database, fixtures::named("odd_values")).await;
        let mut conn = database.connect().await;
        migrate(&mut conn).await.unwrap();
        let before = shape_of(&database).await;
        let error = apply(&mut conn, unique, &mut |_, _, _| {}).await.unwrap_err().to_string();
        assert!(error.contains("film 8 juror 2 (3 votes)"), "{error}");
        assert_eq!(shape_of(&database).await, before);

        run(&mut conn, "DELETE FROM votes WHERE id_vote IN (10, 12)").await;
        apply(&mut conn, unique, &mut |_, _, _| {}).await.unwrap();
        let shape = shape_of(&database).await;
        assert!(shape.votes_are_unique());
        assert!(apply(&mut conn, unique, &mut |_, _, _| {}).await.unwrap().done.is_empty());
        assert!(migrate(&mut conn).await.unwrap().done.is_empty());
    }
}

/// Signs in as an account that may do only so much.
async fn with_rights(database: &Database, rights: &str) -> (String, MySqlConnection) {
    let mut conn = database.connect().await;
    let user = format!("u{}", &database.name()[5..25]);
    run(
        &mut conn,
        &format!(
            "CREATE USER {user}@localhost IDENTIFIED BY 'narrow'; GRANT {rights} ON {}.* TO {user}@localhost",
            database.name()
        ),
    )
    .await;
    let options = server().await.connect_options().username(&user).password("narrow").database(database.name());
    (user, <MySqlConnection as sqlx::Connection>::connect_with(&options).await.unwrap())
}

#[tokio::test]
async fn a_missing_privilege_is_named() {
    for (rights, needs) in [("SELECT", "CREATE"), ("SELECT, INSERT, UPDATE, CREATE", "INDEX")] {
        let database = database_on(Kind::MariaDb).await;
        load(&database, fixtures::DOCUMENT).await;
        let mut admin = database.connect().await;
        let before = platform(&mut admin).await;
        let (user, mut narrow) = with_rights(&database, rights).await;
        let error = migrate(&mut narrow).await.unwrap_err();
        assert!(matches!(&error, MigrateError::Privilege { needs: named, .. } if named == needs), "{error:?}");
        assert_eq!(platform(&mut admin).await, before);
        // It goes on where it stopped, once the right is there.
        run(&mut admin, &format!("GRANT ALL ON {}.* TO {user}@localhost", database.name())).await;
        migrate(&mut database.connect().await).await.unwrap();
        run(&mut admin, &format!("DROP USER {user}@localhost")).await;
    }
}

#[tokio::test]
async fn a_table_in_use_holds_nobody_up() {
    let database = database_on(Kind::MariaDb).await;
    load(&database, fixtures::DOCUMENT).await;
    let mut site = database.connect().await;
    run(&mut site, "BEGIN; SELECT * FROM movies LIMIT 1").await;
    let mut conn = database.connect().await;
    let impatient = Options { table_wait: 1, ..Options::default() };
    let error = apply(&mut conn, impatient, &mut |_, _, _| {}).await.unwrap_err();
    assert!(matches!(error, MigrateError::InUse { .. }), "{error:?}");
    run(&mut site, "ROLLBACK").await;
    migrate(&mut conn).await.unwrap();
}

//! What is read of each shape that the platform's database was seen in.

use marsai::store::shape::HistoryNote;
use marsai::store::{Shape, Table};
use sqlx::{AssertSqlSafe, Row};

use crate::support::fixtures::{self, load};
use crate::support::{database_on, servers};
use crate::{run, shape_of};

#[tokio::test]
async fn each_deviation_is_seen() {
    for kind in servers() {
        for (name, sql) in fixtures::ALL {
            let database = database_on(kind).await;
            load(&database, sql).await;
            let shape = shape_of(&database).await;
            let core = [Table::Users, Table::Movies, Table::Votes];
            assert!(core.into_iter().all(|table| shape.present(table)), "{name} on {kind:?}");
            assert!(!shape.votes_are_unique(), "{name}");
            let history = match *name {
                "float_history" => Some(HistoryNote::Number),
                "core_only" => None,
                _ => Some(HistoryNote::Word),
            };
            assert_eq!(shape.history_note(), history, "{name}");
            assert_eq!(shape.has(Table::MoviesJuries, "id_movie_jury"), *name == "running_site", "{name}");
            let stamped = !matches!(*name, "running_site" | "bare_panels" | "core_only");
            assert_eq!(shape.has(Table::MoviesJuries, "createdAt"), stamped, "{name}");
            assert_eq!(shape.events_have_ends(), !matches!(*name, "running_site" | "core_only"), "{name}");
            assert_eq!(shape.has(Table::Votes, "decision"), *name == "running_site");
            assert_eq!(shape.present(Table::Newsletter), *name != "core_only", "{name}");
        }
    }
}

#[tokio::test]
async fn knows_who_depends_on_a_film() {
    for kind in servers() {
        let database = database_on(kind).await;
        load(&database, fixtures::named("strangers")).await;
        let shape = shape_of(&database).await;
        let mut tables: Vec<_> = shape.dependents_of(Table::Movies).into_iter().map(|d| d.table.as_str()).collect();
        tables.sort_unstable();
        let expected = ["awards", "collaborators_movies", "movies_categories", "movies_juries", "subtitles", "votes"];
        assert_eq!(tables, expected);
        assert!(
            shape.dependents_of(Table::Votes).iter().all(|d| d.table == "vote_histories" && d.on_delete == "CASCADE")
        );
        assert_eq!(shape.views(), ["public_movies"]);
        let role = shape.column(Table::Users, "ROLE").unwrap();
        assert_eq!(role.words(), ["ADMIN", "JURY", "PRODUCER"]);
        assert!(role.has_default && !role.nullable);
        let created = shape.column(Table::Movies, "createdAt").unwrap();
        assert!(!created.has_default && !created.nullable);
    }
}

/// Every SELECT list that can be rendered runs on every shape, whatever the rows hold.
#[tokio::test]
async fn rendered_lists_run_on_every_shape() {
    for kind in servers() {
        for (name, sql) in fixtures::ALL {
            let database = database_on(kind).await;
            load(&database, sql).await;
            let mut conn = database.connect().await;
            let shape = Shape::read(&mut conn).await.unwrap();
            for table in Table::ALL.into_iter().filter(|table| shape.present(*table)) {
                let moments =
                    ["createdAt", "updatedAt", "start_date", "date", "birth_date", "subscribed_at", "reservation_date"];
                let moments: Vec<_> = moments.iter().map(|c| shape.select_moment(table, "t", c)).collect();
                let words =
                    ["note", "role", "selection_status", "event_type", "decision", "modification_count", "absent"];
                let words: Vec<_> = words.iter().map(|c| shape.select_text(table, "t", c)).collect();
                let plain =
                    shape.select_list(table, "t", &["id_movie", "title", "email", "source", "assigned_jury_id"]);
                let lists = [words.join(", "), moments.join(", "), plain].join(", ");
                let sql = format!("SELECT {lists} FROM {} t", shape.table(table));
                let rows = sqlx::query(AssertSqlSafe(sql))
                    .fetch_all(&mut conn)
                    .await
                    .unwrap_or_else(|error| panic!("{name} {table:?}: {error}"));
                for row in rows {
                    // What cannot be a moment is none, and nothing fails to decode.
                    let _: Option<chrono::NaiveDateTime> = row.try_get("createdAt").unwrap();
                    let _: Option<chrono::NaiveDateTime> = row.try_get("start_date").unwrap();
                    let _: Option<chrono::NaiveDateTime> = row.try_get("birth_date").unwrap();
                    let _: Option<chrono::NaiveDateTime> = row.try_get("updatedAt").unwrap();
                    let _: Option<String> = row.try_get("note").unwrap();
                    let _: Option<String> = row.try_get("role").unwrap();
                    let _: Option<String> = row.try_get("modification_count").unwrap();
                }
            }
        }
    }
}

#[tokio::test]
async fn a_history_in_floats_reads_as_indexes() {
    let database = database_on(crate::support::Kind::MariaDb).await;
    load(&database, fixtures::named("float_history")).await;
    let mut conn = database.connect().await;
    let shape = Shape::read(&mut conn).await.unwrap();
    let sql = format!(
        "SELECT {} FROM {} h ORDER BY id_vote_history",
        shape.select_text(Table::VoteHistory, "h", "note"),
        shape.table(Table::VoteHistory)
    );
    let notes: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut conn).await.unwrap();
    assert_eq!(notes, ["0", "2"]);
    run(&mut conn, "DROP TABLE vote_history").await;
    assert_eq!(Shape::read(&mut conn).await.unwrap().history_note(), None);
}

//! The made-up festival in a real database.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use marsai::demo::{self, Festival, Options, festival};
use marsai::store::{Shape, Table, migrate};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};

fn options(films: u32) -> Options {
    let now: DateTime<Utc> = "2026-03-14T10:37:12.345Z".parse().unwrap();
    Options { films, ..Options::new(now) }
}

/// A migrated database with a festival on it.
async fn filled(kind: support::Kind, options: &Options) -> (support::Database, MySqlConnection, Festival) {
    let database = support::database_on(kind).await;
    let mut conn = database.connect().await;
    migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
    let festival = demo::fill(&mut conn, options, |_, _| {}).await.unwrap();
    (database, conn, festival)
}

async fn number(conn: &mut MySqlConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(conn).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// The checksum of every table that the demo fills.
async fn checksums(conn: &mut MySqlConnection) -> BTreeMap<Table, Option<i64>> {
    let shape = Shape::read(conn).await.unwrap();
    let mut sums = BTreeMap::new();
    for table in Table::ALL {
        let sql = format!("CHECKSUM TABLE {}", shape.table(table));
        let (_, sum): (String, Option<i64>) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *conn).await.unwrap();
        sums.insert(table, sum);
    }
    sums
}

#[tokio::test]
async fn it_counts_what_it_wrote_and_every_status_is_there() {
    for kind in support::servers() {
        let options = options(200);
        let (_database, mut conn, festival) = filled(kind, &options).await;
        let counts = festival.counts;
        let draft = festival::generate(&options);
        for (sql, counted, made) in [
            ("SELECT COUNT(*) FROM users", counts.users, draft.users.len()),
            ("SELECT COUNT(*) FROM movies", counts.films, 200),
            ("SELECT COUNT(*) FROM votes", counts.votes, draft.films().map(|file| file.votes.len()).sum()),
            (
                "SELECT COUNT(*) FROM vote_histories",
                counts.earlier_votes,
                draft.films().map(|file| file.earlier.len()).sum(),
            ),
            ("SELECT COUNT(*) FROM awards", counts.awards, draft.films().map(|file| file.awards.len()).sum()),
            ("SELECT COUNT(*) FROM events", counts.events, draft.events.len()),
            ("SELECT COUNT(*) FROM reservations", counts.reservations, draft.reservations.len()),
            ("SELECT COUNT(*) FROM sponsors", counts.sponsors, draft.sponsors.len()),
            ("SELECT COUNT(*) FROM newsletter_subscribers", counts.subscribers, draft.subscribers.len()),
        ] {
            let there = number(&mut conn, sql).await;
            assert_eq!((i64::from(counted), i64::try_from(made).unwrap()), (there, there), "{kind:?}: {sql}");
        }
        let statuses = number(&mut conn, "SELECT COUNT(DISTINCT selection_status) FROM movies").await;
        assert_eq!(statuses, 8);
        let links = [
            "SELECT COUNT(*) FROM movies_categories",
            "SELECT COUNT(*) FROM collaborators_movies",
            "SELECT COUNT(*) FROM movies_juries",
            "SELECT COUNT(*) FROM movies m LEFT JOIN movies_juries j ON j.id_movie = m.id_movie WHERE j.id_user IS NULL",
            "SELECT COUNT(*) FROM votes WHERE comments IS NULL",
            "SELECT COUNT(*) FROM reservations WHERE number_seats IS NULL",
            "SELECT COUNT(*) FROM users u JOIN console_accounts a ON a.id_user = u.id_user AND a.fingerprint = u.createdAt \
             WHERE a.disabled_at IS NOT NULL AND u.role = 'JURY'",
            "SELECT COUNT(*) FROM movies WHERE title LIKE '%👩‍🚀%'",
            "SELECT COUNT(*) FROM console_seats s JOIN votes v ON v.id_vote = s.stands_vote AND v.id_user = s.id_user",
            "SELECT COUNT(*) FROM console_seats s JOIN movies m ON m.id_movie = s.id_movie \
             AND CAST(m.createdAt AS CHAR) = s.born WHERE s.recusal_waiting",
            "SELECT COUNT(*) FROM console_rounds r JOIN movies m ON m.id_movie = r.id_movie \
             AND CAST(m.createdAt AS CHAR) = r.born WHERE r.closed_first IS NOT NULL AND m.selection_status = 'assigned'",
        ];
        for sql in links {
            assert!(number(&mut conn, sql).await > 0, "{kind:?}: {sql}");
        }
        conn.close().await.unwrap();
    }
}

/// Statements that count what must not be there.
const NEVER: &[&str] = &[
    // Without an award nothing is awarded, and what has one is.
    "SELECT COUNT(*) FROM movies m WHERE (m.selection_status = 'awarded') <> EXISTS (SELECT 1 FROM awards a WHERE a.id_movie = m.id_movie)",
    // Who voted sits on the panel.
    "SELECT COUNT(*) FROM votes v LEFT JOIN movies_juries j ON j.id_movie = v.id_movie AND j.id_user = v.id_user WHERE j.id_user IS NULL",
    // A changed vote has one row of history, of the same juror and film, and no other has any.
    "SELECT COUNT(*) FROM votes v WHERE v.modification_count <> (SELECT COUNT(*) FROM vote_histories h \
     WHERE h.id_vote = v.id_vote AND h.id_user = v.id_user AND h.id_movie = v.id_movie)",
    // Nobody changes a vote in round 1, and nobody votes before it.
    "SELECT COUNT(*) FROM votes v JOIN movies m ON m.id_movie = v.id_movie WHERE m.selection_status = 'submitted' \
     OR (m.selection_status = 'assigned' AND v.modification_count > 0)",
    // A film in discussion has a request to discuss, before a change or after it.
    "SELECT COUNT(*) FROM movies m WHERE m.selection_status = 'to_discuss' \
     AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.id_movie = m.id_movie AND v.note = 'TO DISCUSS') \
     AND NOT EXISTS (SELECT 1 FROM vote_histories h WHERE h.id_movie = m.id_movie AND h.note = 'TO DISCUSS')",
    // Nobody judges a film of their own.
    "SELECT COUNT(*) FROM movies m JOIN movies_juries j ON j.id_movie = m.id_movie WHERE j.id_user = m.id_user",
    // Foreign keys were not looked at while writing.
    "SELECT COUNT(*) FROM movies m LEFT JOIN users u ON u.id_user = m.id_user WHERE u.id_user IS NULL OR u.role <> 'PRODUCER'",
    "SELECT COUNT(*) FROM movies_juries j LEFT JOIN users u ON u.id_user = j.id_user LEFT JOIN movies m ON m.id_movie = j.id_movie \
     WHERE u.id_user IS NULL OR m.id_movie IS NULL",
    "SELECT COUNT(*) FROM movies_categories x LEFT JOIN categories c ON c.id_categorie = x.id_categorie WHERE c.id_categorie IS NULL",
    "SELECT COUNT(*) FROM collaborators_movies x LEFT JOIN collaborators c ON c.id_collaborator = x.id_collaborator \
     WHERE c.id_collaborator IS NULL",
    "SELECT COUNT(*) FROM reservations r LEFT JOIN events e ON e.id_event = r.id_event WHERE e.id_event IS NULL",
];

#[tokio::test]
async fn what_hangs_together_does_so_in_the_database() {
    let (_database, mut conn, _) = filled(support::Kind::MariaDb, &options(700)).await;
    for sql in NEVER {
        assert_eq!(number(&mut conn, sql).await, 0, "{sql}");
    }
    let checks: (i64, i64) = sqlx::query_as("SELECT @@SESSION.foreign_key_checks, @@SESSION.unique_checks")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(checks, (1, 1), "the session checks again");
    conn.close().await.unwrap();
}

#[tokio::test]
async fn the_same_seed_writes_the_same_bytes() {
    let options = options(90);
    let (_one, mut first, _) = filled(support::Kind::MariaDb, &options).await;
    let (_two, mut second, _) = filled(support::Kind::MariaDb, &options).await;
    let (_three, mut third, _) = filled(support::Kind::MariaDb, &Options { seed: 7, ..options }).await;
    let sums = checksums(&mut first).await;
    assert!(sums.values().all(|sum| sum.is_some_and(|sum| sum != 0)), "{sums:?}");
    assert_eq!(sums, checksums(&mut second).await);
    assert_ne!(sums, checksums(&mut third).await);
    for conn in [first, second, third] {
        conn.close().await.unwrap();
    }
}

#[tokio::test]
async fn it_leaves_a_festival_that_is_there_alone() {
    let (_database, mut conn, _) = filled(support::Kind::MariaDb, &options(3)).await;
    let sums = checksums(&mut conn).await;
    let refused = demo::fill(&mut conn, &options(5), |_, _| {}).await;
    assert!(matches!(refused, Err(demo::Error::NotEmpty)), "{refused:?}");
    assert_eq!(sums, checksums(&mut conn).await);
    conn.close().await.unwrap();
}

#[tokio::test]
async fn a_larger_festival_has_larger_panels_and_tells_how_far_it_is() {
    let database = support::database().await;
    let mut conn = database.connect().await;
    migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
    let mut heard = Vec::new();
    demo::fill(&mut conn, &options(5_000), |done, total| heard.push((done, total))).await.unwrap();
    assert_eq!((heard.first(), heard.last()), (Some(&(0, 5_000)), Some(&(5_000, 5_000))));
    assert!(heard.is_sorted() && heard.len() > 5, "{heard:?}");
    assert_eq!(
        number(&mut conn, "SELECT COUNT(*) FROM console_settings WHERE name = 'jury.size' AND value = '6'").await,
        1
    );
    conn.close().await.unwrap();
}

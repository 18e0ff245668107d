//! Deleting films into the trash and putting them back.

use marsai::api::trash::{Deleted, DeletedMany, Hung, Left, Restored, TrashRow};
use marsai::api::{Answer, Failure, Progress, Reply, Request};
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use marsai::domain::{FilmId, UserId};
use marsai::service::NoObserver;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::desk::{ANN, BEN, Desk, JURORS, Watcher, caller, refused, step, undo, undone};
use super::support::{self, fixtures};

pub(crate) fn delete(film: i32) -> Request {
    Request::DeleteFilm { film: FilmId(film), reason: Some(" sent twice ".into()) }
}

pub(crate) fn delete_many(films: impl IntoIterator<Item = i32>) -> Request {
    Request::DeleteFilms { films: films.into_iter().map(FilmId).collect(), reason: None }
}

pub(crate) fn restore(film: i32) -> Request {
    Request::RestoreFilm { film: Some(FilmId(film)), operation: None }
}

fn deleted(answer: &Answer) -> &Deleted {
    match &answer.reply {
        Reply::Deleted(deleted) => deleted,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn deleted_many(answer: &Answer) -> &DeletedMany {
    match &answer.reply {
        Reply::DeletedMany(deleted) => deleted,
        other => panic!("{other:?}"),
    }
}

fn restored(answer: &Answer) -> &Restored {
    match &answer.reply {
        Reply::Restored(restored) => restored,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn trash(desk: &Desk) -> Vec<TrashRow> {
    match desk.ask(ANN, Request::Trash {}).await.unwrap().reply {
        Reply::Trash(rows) => rows,
        other => panic!("{other:?}"),
    }
}

fn left(answer: &Answer) -> Vec<(Left, &str)> {
    restored(answer).left_out.iter().map(|left| (left.what, left.name.as_str())).collect()
}

/// Every column of every row of the platform's tables.
pub(crate) async fn everything(desk: &Desk) -> String {
    let mut conn = desk.connect().await;
    sqlx::raw_sql("SET SESSION group_concat_max_len = 16777216").execute(&mut conn).await.unwrap();
    let columns = "SELECT CAST(c.table_name AS CHAR), \
        CAST(GROUP_CONCAT('HEX(COALESCE(`', c.column_name, '`, ''NULL''))' ORDER BY c.ordinal_position) AS CHAR) \
        FROM information_schema.columns c WHERE c.table_schema = DATABASE() AND c.table_name NOT LIKE 'console%' \
        AND c.table_name NOT LIKE 'public%' GROUP BY c.table_name ORDER BY c.table_name";
    let tables: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(&mut conn).await.unwrap();
    let mut all = String::new();
    for (table, columns) in tables {
        let rows = format!(
            "SELECT CAST(GROUP_CONCAT(x.r ORDER BY x.r SEPARATOR ';') AS CHAR) \
             FROM (SELECT CONCAT_WS('|', {columns}) r FROM `{table}`) x"
        );
        let rows: Option<String> = sqlx::query_scalar(AssertSqlSafe(rows)).fetch_one(&mut conn).await.unwrap();
        all.push_str(&format!("{table}: {}\n", rows.unwrap_or_default()));
    }
    all
}

#[tokio::test]
async fn a_film_goes_with_all_that_hangs_on_it_and_comes_back_as_it_was() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let database = support::database_on(kind).await;
            fixtures::load(&database, sql).await;
            let desk = Desk::on(database).await;
            let before = everything(&desk).await;
            let films = desk.films().await;
            for row in films.rows.iter() {
                let id = row.id.0;
                if *name == "strangers" && id == 1 {
                    assert_eq!(refused(desk.ask(ANN, delete(id)).await), Rule::UnknownDependent);
                    continue;
                }
                let gone = desk.ask(ANN, delete(id)).await.unwrap_or_else(|failure| panic!("{name} {id}: {failure:?}"));
                assert_eq!(deleted(&gone).hung.votes, u32::from(row.ballots), "{name} {id}");
                assert_eq!(deleted(&gone).hung.awards, u32::from(row.awards), "{name} {id}");
                assert!(desk.films().await.rows.iter().all(|other| other.id != row.id));
                let back =
                    desk.ask(ANN, restore(id)).await.unwrap_or_else(|failure| panic!("{name} {id}: {failure:?}"));
                assert_eq!((left(&back), &restored(&back).row), (vec![], row), "{name} {id}");
            }
            assert_eq!(everything(&desk).await, before, "{name}");
            // All of them together, and undone together.
            let all = desk.ask(ANN, delete_many(films.rows.iter().map(|row| row.id.0))).await.unwrap();
            let expected = usize::from(*name == "strangers");
            assert_eq!(deleted_many(&all).refused.len(), expected, "{name}");
            assert_eq!(trash(&desk).await.len() + expected, films.rows.len(), "{name}");
            let back = desk.ask(ANN, undo(&all)).await.unwrap();
            assert_eq!((undone(&back).ids.len() + expected, undone(&back).left.len()), (films.rows.len(), 0), "{name}");
            assert_eq!(everything(&desk).await, before, "{name}");
            assert_eq!(trash(&desk).await, []);
        }
    }
}

#[tokio::test]
async fn it_is_told_what_went_and_listed_with_who_and_why() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.films().await;
        let load = match desk.ask(ANN, Request::HangsOn { film: FilmId(2) }).await.unwrap().reply {
            Reply::Load(load) => load,
            other => panic!("{other:?}"),
        };
        let mut news = desk.service.subscribe();
        let gone = desk.ask(ANN, delete(2)).await.unwrap();
        assert_eq!(news.recv().await.unwrap().ids, Some(vec![2]));
        let hung = Hung { votes: 1, histories: 0, awards: 0, panel: 3, categories: 1, people: 1 };
        assert_eq!((deleted(&gone).title.as_str(), deleted(&gone).hung), ("Two Moons", hung));
        assert_eq!((load.hung, load.unknown), (hung, None));
        let rows = trash(&desk).await;
        let told =
            (rows[0].film.0, rows[0].title.as_str(), rows[0].who.as_str(), rows[0].reason.as_deref(), rows[0].hung);
        assert_eq!(told, (2, "Two Moons", "Ann Test", Some("sent twice"), hung));
        assert_eq!((rows[0].operation, rows[0].origin.as_str()), (gone.operation.unwrap(), "terminal test@laptop"));
        // Nothing knows it any more.
        let missing = Failure::NotFound { what: "thing-film", id: 2 };
        assert_eq!(desk.ask(ANN, Request::Film { film: FilmId(2) }).await.unwrap_err(), missing);
        assert_eq!(desk.ask(ANN, Request::HangsOn { film: FilmId(2) }).await.unwrap_err(), missing);
        assert_eq!(refused(desk.ask(ANN, step(2, FilmStatus::Refused)).await), Rule::FilmGone);
        assert_eq!(refused(desk.ask(ANN, delete(2)).await), Rule::FilmGone);
        assert!(matches!(desk.ask(JURORS[0], delete(3)).await, Err(Failure::Forbidden { .. })));
        assert!(matches!(desk.ask(JURORS[0], Request::Trash {}).await, Err(Failure::Forbidden { .. })));
        // Only its own story has grown.
        desk.ask(ANN, restore(2)).await.unwrap();
        let story = desk.film(2).await.story;
        assert_eq!(story.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(), ["restore_film", "delete_film"]);
    }
}

#[tokio::test]
async fn asked_again_it_does_nothing_twice() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
        let first = desk.ask_as(ANN, delete(3), one).await.unwrap();
        let again = desk.ask_as(ANN, delete(3), one).await.unwrap();
        assert_eq!((deleted(&first), first.repeated, again.repeated), (deleted(&again), false, true));
        let back = desk.ask_as(ANN, restore(3), two).await.unwrap();
        let again = desk.ask_as(ANN, restore(3), two).await.unwrap();
        assert_eq!((restored(&back), back.repeated, again.repeated), (restored(&again), false, true));
        assert_eq!(refused(desk.ask_as(ANN, delete(3), two).await), Rule::RequestIdTaken);
        assert_eq!(refused(desk.ask(ANN, restore(3)).await), Rule::NotInTrash);
        let many = Uuid::new_v4();
        let first = desk.ask_as(ANN, delete_many([3, 4, 99]), many).await.unwrap();
        let again = desk.ask_as(ANN, delete_many([3, 4, 99]), many).await.unwrap();
        assert_eq!(deleted_many(&first).deleted, [FilmId(3), FilmId(4)]);
        assert_eq!((deleted_many(&again), again.repeated), (deleted_many(&first), true));
        assert_eq!(
            deleted_many(&first).refused.iter().map(|(id, r)| (id.0, r.rule)).collect::<Vec<_>>(),
            [(99, Rule::FilmGone)]
        );
    }
}

#[tokio::test]
async fn undo_goes_back_and_forth() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = everything(&desk).await;
        let gone = desk.ask(ANN, delete(3)).await.unwrap();
        let back = desk.ask(ANN, restore(3)).await.unwrap();
        assert_eq!(undone(&desk.ask(ANN, undo(&back)).await.unwrap()).action, "restore_film");
        assert_eq!(trash(&desk).await.len(), 1);
        // What the undo put into the trash is the film of the first deletion.
        desk.ask(ANN, undo(&gone)).await.unwrap();
        assert_eq!(everything(&desk).await, before);
        assert_eq!(refused(desk.ask(ANN, undo(&gone)).await), Rule::NothingToUndo);
        // A film that was changed since it came back is not deleted again.
        desk.ask(ANN, delete(3)).await.unwrap();
        let back = desk.ask(ANN, restore(3)).await.unwrap();
        desk.run("INSERT INTO awards (id_movie, award_name, createdAt, updatedAt) VALUES (3, 'Late', '2026-01-01', '2026-01-01')").await;
        assert_eq!(refused(desk.ask(ANN, undo(&back)).await), Rule::ChangedSince);
        assert_eq!(refused(desk.ask(BEN, undo(&back)).await), Rule::NothingToUndo);
    }
}

#[tokio::test]
async fn a_table_that_nobody_knows_holds_a_film_only_if_it_hangs_on_it() {
    for kind in support::servers() {
        for rule in ["CASCADE", "RESTRICT", "SET NULL"] {
            let desk = Desk::open_on(kind).await;
            // Made after the console opened.
            desk.run(&format!(
                "CREATE TABLE stars (id INT PRIMARY KEY, film INT NULL, FOREIGN KEY (film) REFERENCES movies (id_movie) ON DELETE {rule});
                 CREATE TABLE seals (id INT PRIMARY KEY, ballot INT, FOREIGN KEY (ballot) REFERENCES votes (id_vote) ON DELETE {rule});
                 CREATE TABLE prizes (id INT PRIMARY KEY, award INT, FOREIGN KEY (award) REFERENCES awards (id_award) ON DELETE {rule});
                 INSERT INTO stars VALUES (1, 1); INSERT INTO seals VALUES (1, 4); INSERT INTO prizes VALUES (1, 1)"
            ))
            .await;
            let before = everything(&desk).await;
            for (film, table) in [(1, "stars"), (6, "seals"), (5, "prizes")] {
                match desk.ask(ANN, delete(film)).await {
                    Err(Failure::Rule(refusal)) => {
                        assert_eq!(refusal.rule, Rule::UnknownDependent);
                        assert_eq!(refusal.params, [("table", table.into())]);
                    }
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(everything(&desk).await, before);
            let many = desk.ask(ANN, delete_many(1..=6)).await.unwrap();
            assert_eq!(deleted_many(&many).deleted, [FilmId(2), FilmId(3), FilmId(4)]);
            desk.ask(ANN, undo(&many)).await.unwrap();
            assert_eq!(everything(&desk).await, before);
        }
    }
}

#[tokio::test]
async fn every_kind_of_key_and_none_at_all_let_it_go() {
    for kind in support::servers() {
        for rule in ["ON DELETE RESTRICT", "ON DELETE NO ACTION", ""] {
            let desk = Desk::open_on(kind).await;
            for table in
                ["votes", "awards", "movies_categories", "collaborators_movies", "movies_juries", "vote_histories"]
            {
                let names = desk.value(&format!(
                    "SELECT GROUP_CONCAT(DISTINCT k.constraint_name) FROM information_schema.key_column_usage k WHERE k.table_schema = DATABASE() \
                     AND k.table_name = '{table}' AND k.referenced_table_name IN ('movies', 'votes')")).await;
                for name in names.split(',').filter(|name| *name != "NULL") {
                    desk.run(&format!("ALTER TABLE {table} DROP FOREIGN KEY `{name}`")).await;
                }
                if !rule.is_empty() && table != "vote_histories" {
                    desk.run(&format!(
                        "ALTER TABLE {table} ADD FOREIGN KEY (id_movie) REFERENCES movies (id_movie) {rule}"
                    ))
                    .await;
                }
            }
            let before = everything(&desk).await;
            for film in 1..=6 {
                desk.ask(ANN, delete(film)).await.unwrap();
            }
            for table in ["movies", "votes", "awards", "vote_histories", "movies_juries"] {
                assert_eq!(desk.value(&format!("SELECT COUNT(*) FROM {table}")).await, "0", "{table}");
            }
            for film in 1..=6 {
                desk.ask(ANN, restore(film)).await.unwrap();
            }
            assert_eq!(everything(&desk).await, before, "{rule}");
        }
    }
}

#[tokio::test]
async fn it_comes_back_among_other_neighbours_and_other_forms_of_the_tables() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(
            "UPDATE movies SET ai_tool = 'Sora', workshop = 'West' WHERE id_movie = 3;
             ALTER TABLE movies ADD COLUMN doubled INT AS (duration * 2) STORED, ADD COLUMN raw VARBINARY(8), ADD COLUMN ratio FLOAT;
             UPDATE movies SET raw = UNHEX('00FF27'), ratio = 16777.217 WHERE id_movie = 3",
        )
        .await;
        let ratio = desk.value("SELECT ratio = CAST(16777.217 AS FLOAT) FROM movies WHERE id_movie = 3").await;
        desk.ask(ANN, delete(3)).await.unwrap();
        desk.run(
            "INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) VALUES
             (41, 'Later', 'submitted', 7, '2026-05-01', '2026-05-01');
             INSERT INTO votes (id_vote, id_user, id_movie, note, createdAt, updatedAt) VALUES (90, 3, 41, 'YES', '2026-05-01', '2026-05-01');
             ALTER TABLE movies DROP COLUMN workshop, ADD COLUMN rating INT NOT NULL, ADD COLUMN mood VARCHAR(9) NOT NULL DEFAULT 'calm';
             ALTER TABLE votes MODIFY comments LONGTEXT",
        )
        .await;
        let back = desk.ask(ANN, restore(3)).await.unwrap();
        let expected =
            [(Left::Column, "movies.workshop"), (Left::NewColumn, "movies.rating"), (Left::NewColumn, "movies.mood")];
        assert_eq!(left(&back), expected);
        let row =
            "SELECT CONCAT_WS('|', HEX(raw), doubled, rating, mood, ai_tool, updatedAt) FROM movies WHERE id_movie = 3";
        assert_eq!(desk.value(row).await, "00FF27|180|0|calm|Sora|2026-01-03 10:00:00");
        assert_eq!(desk.value("SELECT ratio = CAST(16777.217 AS FLOAT) FROM movies WHERE id_movie = 3").await, ratio);
        assert_eq!(
            desk.value("SELECT GROUP_CONCAT(id_vote ORDER BY id_vote) FROM votes WHERE id_movie = 3").await,
            "2,3"
        );
        assert_eq!(desk.value("SELECT id_vote_history FROM vote_histories WHERE id_vote = 2").await, "1");
        assert_eq!(desk.value("SELECT @@SESSION.sql_mode LIKE '%STRICT%'").await, "1");
    }
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_and_the_rest_is_left_out_by_name() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let refusal = async |film: i32| match desk.ask(ANN, restore(film)).await {
            Err(Failure::Rule(refusal)) => (refusal.rule, refusal.params),
            other => panic!("{other:?}"),
        };
        desk.run("UPDATE movies SET id_user = 6 WHERE id_movie = 4; INSERT INTO movies_categories (id_movie, id_categorie) VALUES (5, 1);
            INSERT INTO collaborators_movies (id_collaborator, id_movie) VALUES (1, 5); INSERT INTO movies_juries (id_movie, id_user) VALUES (5, 5)").await;
        let all = desk.ask(ANN, delete_many([2, 3, 4, 5, 6])).await.unwrap();
        let operation = all.operation;
        let which = Request::RestoreFilm { film: None, operation };
        assert_eq!(refused(desk.ask(ANN, which).await), Rule::FieldNeeded);
        assert_eq!(
            refused(desk.ask(ANN, Request::RestoreFilm { film: None, operation: None }).await),
            Rule::FieldNeeded
        );
        // Its number is another film's now.
        desk.run("INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) VALUES (2, 'New', 'submitted', 7, '2026-06-01', '2026-06-01')").await;
        assert_eq!(refusal(2).await, (Rule::FilmIdTaken, vec![("id", 2.into()), ("title", "New".into())]));
        // A ballot's number is another ballot's now.
        desk.run("INSERT INTO votes (id_vote, id_user, id_movie, note, createdAt, updatedAt) VALUES (4, 3, 2, 'YES', '2026-06-01', '2026-06-01')").await;
        assert_eq!(refusal(6).await, (Rule::RowIdTaken, vec![("table", "votes".into()), ("id", "4".into())]));
        // A producer's account is gone, and so is a juror's with a ballot, whoever has their number now.
        desk.run("DELETE FROM users WHERE id_user IN (4, 6)").await;
        assert_eq!(refusal(4).await, (Rule::ProducerGone, vec![("name", "Fay Test".into())]));
        desk.run("INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES (4, 'Dora', 'New', 'dora@example.org', 'x', 'JURY', '2026-06-01', '2026-06-01')").await;
        assert_eq!(refusal(3).await, (Rule::VoterGone, vec![("name", "Dan Test".into())]));
        // Links to what is gone are left out.
        desk.run("DELETE FROM users WHERE id_user = 5; DELETE FROM categories WHERE id_categorie = 1; DELETE FROM collaborators WHERE id_collaborator = 1").await;
        let partly = desk.ask(ANN, undo(&all)).await;
        assert_eq!(refused(partly), Rule::ChangedSince);
        let back = desk.ask(ANN, Request::RestoreFilm { film: Some(FilmId(5)), operation }).await.unwrap();
        let expected = [(Left::Juror, "Eve Test"), (Left::Category, "Fiction"), (Left::Collaborator, "Ida Noor")];
        assert_eq!(left(&back), expected);
        assert_eq!(restored(&back).row.panel.iter().map(|juror| juror.0).collect::<Vec<_>>(), [3]);
        let mut there: Vec<i32> = trash(&desk).await.iter().map(|row| row.film.0).collect();
        there.sort_unstable();
        assert_eq!(there, [2, 3, 4, 6]);
        // A table is gone, one way and the other.
        desk.run("DELETE FROM movies WHERE id_movie = 2").await;
        desk.run("INSERT INTO categories (id_categorie, name, createdAt, updatedAt) VALUES (1, 'Fiction', '2026-01-01', '2026-01-01'); DROP TABLE movies_categories").await;
        desk.run("DELETE FROM movies_juries").await;
        let back = desk.ask(ANN, restore(2)).await.unwrap();
        assert!(left(&back).contains(&(Left::Table, "movies_categories")), "{back:?}");
        desk.ask(ANN, delete(5)).await.unwrap();
        desk.run("DROP TABLE awards").await;
        assert_eq!(refusal(5).await, (Rule::DoesNotFit, vec![("table", "awards".into())]));
    }
}

#[tokio::test]
async fn what_is_undone_is_undone_whole() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let all = desk.ask(ANN, delete_many([1, 2, 3])).await.unwrap();
        desk.run("DELETE FROM categories").await;
        let partly = desk.ask(ANN, undo(&all)).await.unwrap();
        assert_eq!((&undone(&partly).ids[..], &undone(&partly).left[..]), (&[1, 3][..], &[2][..]));
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies_juries WHERE id_movie = 2").await, "0");
        assert_eq!(trash(&desk).await.len(), 1);
        let gone = desk.ask(ANN, delete(5)).await.unwrap();
        desk.run("DELETE FROM users WHERE id_user = 3").await;
        assert_eq!(refused(desk.ask(ANN, undo(&gone)).await), Rule::WouldLeaveOut);
        let back = desk.ask(ANN, restore(5)).await.unwrap();
        assert_eq!(left(&back), [(Left::Juror, "Cleo Test")]);
    }
}

#[tokio::test]
async fn large_films_fit_or_are_refused_with_their_size() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("UPDATE movies SET synopsis = REPEAT('é', 32767), synopsis_anglais = REPEAT('\\\"', 65535), admin_comment = REPEAT('🎬', 16383) WHERE id_movie = 3").await;
        let people: Vec<String> = (1000..1300)
            .map(|id| format!("({id}, 'J', '{id}', 'j{id}@example.org', 'x', 'JURY', '2026-01-01', '2026-01-01')"))
            .collect();
        desk.run(&format!(
            "INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES {}",
            people.join(",")
        ))
        .await;
        desk.run("INSERT INTO votes (id_user, id_movie, note, comments, createdAt, updatedAt) SELECT id_user, 3, 'YES', REPEAT('x', 20000), '2026-01-01', '2026-01-01' FROM users WHERE id_user >= 1000").await;
        let before = everything(&desk).await;
        let gone = desk.ask(ANN, delete(3)).await.unwrap();
        assert_eq!(deleted(&gone).hung.votes, 302);
        desk.ask(ANN, undo(&gone)).await.unwrap();
        assert_eq!(everything(&desk).await, before);
        assert_eq!(desk.film(3).await.story.len(), 2);
        // More than one statement may hold.
        desk.run("UPDATE votes SET comments = REPEAT('\\n', 65535) WHERE id_user >= 1000").await;
        let max: i64 = desk.value("SELECT @@max_allowed_packet").await.parse().unwrap();
        if max <= 32 << 20 {
            let rows = desk.ledger_rows().await;
            assert_eq!(refused(desk.ask(ANN, delete(3)).await), Rule::TooLargeToKeep);
            assert_eq!((desk.ledger_rows().await, desk.status(3).await.as_str()), (rows, "to_discuss"));
        }
    }
}

#[tokio::test]
async fn two_consoles_and_the_site_at_once() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let other = desk.beside().await;
        let before = everything(&desk).await;
        for _ in 0..8 {
            let (ann, ben) = (caller(ANN), caller(BEN));
            let (one, two) = tokio::join!(
                desk.service.call(&ann, delete(3), None, &NoObserver),
                other.call(&ben, delete(3), None, &NoObserver),
            );
            let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
            assert_eq!(refused(lost), Rule::FilmGone);
            assert_eq!(deleted(&won.unwrap()).hung.votes, 2);
            let (one, two) = tokio::join!(
                desk.service.call(&ann, restore(3), None, &NoObserver),
                other.call(&ben, restore(3), None, &NoObserver),
            );
            let lost = if one.is_ok() { two } else { one };
            assert_eq!(refused(lost), Rule::NotInTrash);
        }
        assert_eq!(everything(&desk).await, before);
        // The site takes a ballot at the moment of deleting: it goes too, or it stays away.
        desk.run("ALTER TABLE votes MODIFY comments TEXT NULL").await;
        for round in 0..8 {
            let ann = caller(ANN);
            let insert = format!(
                "INSERT INTO votes (id_user, id_movie, note, createdAt, updatedAt) VALUES (5, 2, 'NO', '2026-01-0{}', '2026-01-01')",
                round + 1
            );
            let mut site = desk.connect().await;
            let (gone, cast) = tokio::join!(
                desk.service.call(&ann, delete(2), None, &NoObserver),
                sqlx::raw_sql(AssertSqlSafe(insert)).execute(&mut site),
            );
            let hung = deleted(&gone.unwrap()).hung.votes;
            desk.ask(ANN, restore(2)).await.unwrap();
            assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 2").await, hung.to_string());
            drop(cast);
        }
        // The site was there first.
        desk.run("DELETE FROM movies WHERE id_movie = 4").await;
        assert_eq!(refused(desk.ask(ANN, delete(4)).await), Rule::FilmGone);
        let many = desk.ask(ANN, delete_many([4])).await.unwrap();
        assert_eq!((deleted_many(&many).refused.len(), many.operation), (1, None));
    }
}

#[tokio::test]
async fn many_films_go_in_batches_that_can_be_given_up_and_go_on() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let rows: Vec<String> =
            (1001..=1120).map(|id| format!("({id}, 'x', 'submitted', 7, '2026-01-01', '2026-01-01')")).collect();
        let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
        desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
        let id = Uuid::new_v4();
        let watcher = Watcher::with_patience(1);
        let first = desk.service.call(&caller(ANN), delete_many(1001..=1120), Some(id), &watcher).await.unwrap();
        assert!(deleted_many(&first).cancelled && deleted_many(&first).deleted.len() == 50);
        assert!(matches!(watcher.heard.lock().unwrap()[..], [Progress::Steps { done: 0, total: 120 }, ..]));
        let second = desk.ask_as(ANN, delete_many(1001..=1120), id).await.unwrap();
        assert_eq!((deleted_many(&second).deleted.len(), second.repeated), (120, false));
        assert_eq!(desk.films().await.rows.len(), 6);
        desk.ask(ANN, undo(&second)).await.unwrap();
        assert_eq!(desk.films().await.rows.len(), 126);
        assert!(trash(&desk).await.is_empty());
    }
}

#[tokio::test]
async fn what_we_keep_about_a_film_goes_and_comes_with_it() {
    let desk = Desk::open().await;
    desk.run(
        "CREATE TABLE console_extra (id INT AUTO_INCREMENT PRIMARY KEY, id_movie INT NOT NULL, word VARCHAR(9));
         INSERT INTO console_extra (id_movie, word) VALUES (3, 'mine'), (4, 'yours')",
    )
    .await;
    desk.ask(ANN, delete(3)).await.unwrap();
    assert_eq!(desk.value("SELECT GROUP_CONCAT(word) FROM console_extra").await, "yours");
    desk.ask(ANN, restore(3)).await.unwrap();
    assert_eq!(desk.value("SELECT GROUP_CONCAT(word ORDER BY id) FROM console_extra").await, "mine,yours");
    // A number that was used again is another film's: each has its own place in the trash.
    desk.ask(ANN, delete(3)).await.unwrap();
    desk.run("INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) VALUES (3, 'Second', 'submitted', 7, '2026-06-01', '2026-06-01')").await;
    let second = desk.ask(ANN, delete(3)).await.unwrap();
    let rows = trash(&desk).await;
    assert_eq!(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Second", "東京"]);
    let first = Request::RestoreFilm { film: Some(FilmId(3)), operation: Some(rows[1].operation) };
    assert_eq!(&*restored(&desk.ask(ANN, first).await.unwrap()).row.title, "東京");
    assert_eq!(refused(desk.ask(ANN, undo(&second)).await), Rule::FilmIdTaken);
    let nobody = UserId(7);
    assert!(matches!(desk.ask(nobody, restore(3)).await, Err(Failure::Forbidden { .. })));
}

//! What was deleted comes back just as it was, or is refused by name: never cut, never blanked, and none in the way of others.

use marsai::api::{Answer, Failure, Progress, Reply, Request};
use marsai::domain::film::{Ballots, FilmStatus};
use marsai::domain::rule::{Param, Rule};
use marsai::domain::{FilmId, SponsorId};

use super::desk::{ANN, Desk, Watcher, caller, undo, undone};
use super::moving::with_ballots;
use super::support;
use super::trash::{delete, delete_many, deleted_many, everything, restore, trash};

/// What the site's sessions can write.
const LENIENT: &str = "SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'";

fn misfit(outcome: Result<Answer, Failure>) -> Vec<(&'static str, Param)> {
    match outcome {
        Err(Failure::Rule(refusal)) if refusal.rule == Rule::DoesNotFit => refusal.params,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_zero_date_opens_no_door_to_cut_texts_and_blank_words() {
    for kind in support::servers() {
        for (then, narrow, wide, place) in [
            (
                "ai_tool = REPEAT('x', 200)",
                "ALTER TABLE movies MODIFY ai_tool VARCHAR(100)",
                "ALTER TABLE movies MODIFY ai_tool VARCHAR(255)",
                "movies.ai_tool",
            ),
            (
                "selection_status = 'finalist'",
                "ALTER TABLE movies MODIFY selection_status ENUM('submitted', 'assigned', 'to_discuss', 'candidate', 'awarded', 'refused', 'selected') NOT NULL DEFAULT 'submitted'",
                "ALTER TABLE movies MODIFY selection_status ENUM('submitted', 'assigned', 'to_discuss', 'candidate', 'awarded', 'refused', 'selected', 'finalist') NOT NULL DEFAULT 'submitted'",
                "movies.selection_status",
            ),
            (
                "duration = 40000",
                "ALTER TABLE movies MODIFY duration SMALLINT",
                "ALTER TABLE movies MODIFY duration INTEGER",
                "movies.duration",
            ),
            (
                "synopsis = NULL",
                "ALTER TABLE movies MODIFY synopsis TEXT NOT NULL",
                "ALTER TABLE movies MODIFY synopsis TEXT",
                "movies",
            ),
        ] {
            let desk = Desk::open_on(kind).await;
            desk.run(&format!(
                "{LENIENT}; UPDATE movies SET synopsis = 's'; UPDATE movies SET updatedAt = '0000-00-00 00:00:00', {then} WHERE id_movie = 3"
            ))
            .await;
            let before = everything(&desk).await;
            let gone = desk.ask(ANN, delete(3)).await.unwrap();
            desk.run(narrow).await;
            let without = everything(&desk).await;
            // On the way a missing value or the wrong word may be found before or after the zero date.
            let named = |params: Vec<(&'static str, Param)>| match &params[..] {
                [("table", Param::Text(named))] => named == place || named == "movies",
                _ => false,
            };
            let params = misfit(desk.ask(ANN, restore(3)).await);
            assert!(named(params.clone()), "{place}: {params:?}");
            assert!(named(misfit(desk.ask(ANN, undo(&gone)).await)), "{place}");
            assert_eq!((everything(&desk).await, trash(&desk).await.len()), (without, 1), "{place}");
            desk.run(wide).await;
            desk.ask(ANN, restore(3)).await.unwrap_or_else(|failure| panic!("{place}: {failure:?}"));
            assert_eq!(everything(&desk).await, before, "{place}");
        }
    }
}

#[tokio::test]
async fn a_word_that_is_gone_is_named_without_any_zero_date() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("UPDATE movies SET selection_status = 'finalist' WHERE id_movie = 3").await;
        let gone = desk.ask(ANN, delete(3)).await.unwrap();
        desk.run("ALTER TABLE movies MODIFY selection_status ENUM('submitted', 'assigned', 'to_discuss', 'candidate', 'awarded', 'refused') NOT NULL DEFAULT 'submitted'").await;
        let named = vec![("table", "movies.selection_status".into())];
        assert_eq!(misfit(desk.ask(ANN, restore(3)).await), named);
        assert_eq!(misfit(desk.ask(ANN, undo(&gone)).await), named);
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies WHERE id_movie = 3").await, "0");
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 3").await, "0");
    }
}

#[tokio::test]
async fn columns_of_another_form_hold_what_they_held() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(&format!("{LENIENT}; UPDATE movies SET updatedAt = '0000-00-00 00:00:00' WHERE id_movie = 3")).await;
        desk.ask(ANN, delete(3)).await.unwrap();
        desk.run(
            "ALTER TABLE movies MODIFY createdAt DATETIME(3) NOT NULL, MODIFY updatedAt DATETIME(6) NOT NULL, \
             MODIFY duration DECIMAL(10, 2), MODIFY release_year BIGINT, MODIFY ai_tool MEDIUMTEXT",
        )
        .await;
        desk.ask(ANN, restore(3)).await.unwrap();
        let row = "SELECT CONCAT_WS('|', createdAt, YEAR(updatedAt), duration, release_year, ai_tool) FROM movies WHERE id_movie = 3";
        assert_eq!(desk.value(row).await, "2026-01-03 10:00:00.000|0|90.00|2025|Sora");
    }
}

#[tokio::test]
async fn a_film_that_does_not_fit_keeps_no_other_from_coming_back() {
    for kind in support::servers() {
        for (then, narrow, table) in [
            ("title = 'A title that is long'", "ALTER TABLE movies MODIFY title VARCHAR(12) NOT NULL", "movies"),
            ("duration = 40000", "ALTER TABLE movies MODIFY duration SMALLINT", "movies"),
            ("title = ''", "ALTER TABLE movies ADD CHECK (title <> '')", "movies"),
            (
                "title = 'Stopped'",
                "CREATE TRIGGER guard BEFORE INSERT ON movies FOR EACH ROW \
                 IF NEW.title = 'Stopped' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF",
                "movies",
            ),
        ] {
            let desk = Desk::open_on(kind).await;
            desk.run(&format!("UPDATE movies SET {then} WHERE id_movie = 3")).await;
            let all = desk.ask(ANN, delete_many(1..=6)).await.unwrap();
            desk.run(narrow).await;
            assert_eq!(misfit(desk.ask(ANN, restore(3)).await), [("table", table.into())], "{narrow}");
            let back = desk.ask(ANN, undo(&all)).await.unwrap();
            assert_eq!((&undone(&back).ids[..], &undone(&back).left[..]), (&[1, 2, 4, 5, 6][..], &[3][..]), "{narrow}");
            assert_eq!(misfit(desk.ask(ANN, undo(&all)).await), [("table", table.into())], "{narrow}");
            assert_eq!(trash(&desk).await.iter().map(|row| row.film.0).collect::<Vec<_>>(), [3]);
        }
    }
}

#[tokio::test]
async fn struck_ballots_and_sponsors_do_not_come_back_changed() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let struck = desk.ask(ANN, with_ballots(6, FilmStatus::Submitted, Ballots::Strike)).await.unwrap();
        desk.run("ALTER TABLE vote_histories MODIFY note ENUM('NO', 'TO DISCUSS') NOT NULL").await;
        assert_eq!(misfit(desk.ask(ANN, undo(&struck)).await), [("table", "vote_histories.note".into())]);
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 6").await, "0");
        assert_eq!(desk.status(6).await, "submitted");
        // Among many others, nothing of it stays either.
        desk.run("ALTER TABLE vote_histories MODIFY note ENUM('YES', 'NO', 'TO DISCUSS') NOT NULL").await;
        desk.ask(ANN, undo(&struck)).await.unwrap();
        let many = Request::SetStatuses {
            films: [3, 6].map(FilmId).to_vec(),
            to: FilmStatus::Submitted,
            reason: Some("again".into()),
            force: true,
            ballots: Some(Ballots::Strike),
            private: false,
        };
        let struck = desk.ask(ANN, many).await.unwrap();
        desk.run("ALTER TABLE vote_histories MODIFY note ENUM('NO', 'TO DISCUSS') NOT NULL").await;
        let back = desk.ask(ANN, undo(&struck)).await.unwrap();
        assert_eq!((&undone(&back).ids[..], &undone(&back).left[..]), (&[3][..], &[6][..]));
        assert_eq!(desk.value("SELECT GROUP_CONCAT(id_vote ORDER BY id_vote) FROM votes").await, "1,2,3");
        let gone = desk.ask(ANN, Request::DeleteSponsor { sponsor: SponsorId(1) }).await.unwrap();
        desk.run("ALTER TABLE sponsors MODIFY logo VARCHAR(3) NOT NULL").await;
        assert_eq!(misfit(desk.ask(ANN, undo(&gone)).await), [("table", "sponsors".into())]);
    }
}

#[tokio::test]
async fn many_films_are_looked_at_before_the_first_one_goes() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let rows: Vec<String> =
            (1001..=1120).map(|id| format!("({id}, 'x', 'submitted', 7, '2026-01-01', '2026-01-01')")).collect();
        let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
        desk.run(&format!(
            "INSERT INTO movies ({columns}) VALUES {};
             CREATE TABLE stars (id INT PRIMARY KEY, film INT NULL, FOREIGN KEY (film) REFERENCES movies (id_movie));
             INSERT INTO stars VALUES (1, 1119)",
            rows.join(",")
        ))
        .await;
        // Given up after the first part, and still told of the last one.
        let watcher = Watcher::with_patience(1);
        let asked = desk.service.call(&caller(ANN), delete_many(1001..=1121), None, &watcher).await.unwrap();
        let many = deleted_many(&asked);
        assert_eq!((many.deleted.len(), many.cancelled), (50, true));
        let why: Vec<_> = many.refused.iter().map(|(film, refusal)| (film.0, refusal.rule)).collect();
        assert_eq!(why, [(1119, Rule::UnknownDependent), (1121, Rule::FilmGone)]);
        assert!(matches!(watcher.heard.lock().unwrap()[..], [Progress::Steps { done: 0, total: 119 }, ..]));
        // Undone in parts of the same size.
        let rest = desk.ask(ANN, delete_many(1051..=1120)).await.unwrap();
        assert_eq!(deleted_many(&rest).deleted.len(), 69);
        let watcher = Watcher::patient();
        let back = desk.service.call(&caller(ANN), undo(&rest), None, &watcher).await.unwrap();
        assert!(matches!(&back.reply, Reply::Undone(undone) if undone.ids.len() == 69));
        let heard = watcher.heard.lock().unwrap();
        assert!(matches!(heard[..], [Progress::Steps { done: 0, .. }, Progress::Steps { done: 50, total: 69 }]));
    }
}

#[tokio::test]
async fn what_the_web_site_did_to_an_earlier_film_of_the_same_number_stays_told() {
    let desk = Desk::open().await;
    let told = "SELECT GROUP_CONCAT(title ORDER BY id) FROM console_outside";
    desk.run(
        "INSERT INTO console_outside (id_movie, born, title, what, found_at, version, settled_at) VALUES
         (3, '2025-01-01 00:00:00', 'Earlier', 'title', '2026-01-01', 1, '2026-01-02'),
         (3, '2026-01-03 10:00:00', 'This', 'title', '2026-01-01', 1, '2026-01-02'),
         (3, NULL, 'Unknown', 'title', '2026-01-01', 1, '2026-01-02'),
         (4, '2026-01-04 10:00:00', 'Other', 'title', '2026-01-01', 1, '2026-01-02')",
    )
    .await;
    let gone = desk.ask(ANN, delete(3)).await.unwrap();
    assert_eq!(desk.value(told).await, "Earlier,Other");
    desk.ask(ANN, undo(&gone)).await.unwrap();
    assert_eq!(desk.value(told).await, "Earlier,This,Unknown,Other");
    desk.ask(ANN, delete_many([3, 4])).await.unwrap();
    assert_eq!(desk.value(told).await, "Earlier");
}

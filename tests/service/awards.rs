//! Awards: given, taken back, and the statuses that come with them.

use marsai::api::{Failure, Reply};
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use uuid::Uuid;

use super::desk::{ANN, Desk, film_row, refused, say, step, undo};
use super::support::{self, fixtures};

async fn awards(desk: &Desk) -> Vec<(i32, String, String)> {
    match desk.say(r#"{"request":"awards"}"#).await.unwrap().reply {
        Reply::Awards(rows) => rows.into_iter().map(|row| (row.film.0, row.title, row.award)).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_award_makes_a_film_awarded_and_back() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let given =
            desk.say(r#"{"request":"award","film":4,"award":" Prix du jury ","seen":"candidate"}"#).await.unwrap();
        assert_eq!((film_row(&given).status, film_row(&given).awards), (FilmStatus::Awarded, 1));
        let all = [(5, "Five", "Grand Prix"), (4, "Quatre 🎬", "Prix du jury")];
        let all: Vec<_> =
            all.iter().map(|(film, title, award)| (*film, title.to_string(), award.to_string())).collect();
        assert_eq!(awards(&desk).await, all);
        let story = desk.film(4).await.story;
        assert_eq!((story[0].from, story[0].to), (Some(FilmStatus::Candidate), Some(FilmStatus::Awarded)));
        let second = desk.say(r#"{"request":"award","film":4,"award":"Prix du public"}"#).await.unwrap();
        assert_eq!(film_row(&second).awards, 2);
        // With another award it cannot go back to where it had none.
        assert_eq!(refused(desk.ask(ANN, undo(&given)).await), Rule::ChangedSince);
        let less = desk.say(r#"{"request":"take_back_award","film":4,"award":"PRIX DU PUBLIC"}"#).await.unwrap();
        assert_eq!((film_row(&less).status, film_row(&less).awards), (FilmStatus::Awarded, 1));
        assert_eq!(refused(desk.ask(ANN, undo(&second)).await), Rule::ChangedSince);
        desk.ask(ANN, undo(&given)).await.unwrap();
        assert_eq!((desk.status(4).await.as_str(), awards(&desk).await.len()), ("candidate", 1));
    }
}

#[tokio::test]
async fn the_last_award_taken_back_restores_the_status_before() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = desk.dump("awards").await;
        // Where the ledger knows nothing it is a candidate.
        let taken = desk.say(r#"{"request":"take_back_award","film":5,"award":"Grand Prix"}"#).await.unwrap();
        assert_eq!(film_row(&taken).status, FilmStatus::Candidate);
        desk.ask(ANN, undo(&taken)).await.unwrap();
        assert_eq!((desk.status(5).await.as_str(), desk.dump("awards").await), ("awarded", before));
        desk.ask(ANN, step(4, FilmStatus::Finalist)).await.unwrap();
        desk.say(r#"{"request":"award","film":4,"award":"Prix"}"#).await.unwrap();
        let taken = desk.say(r#"{"request":"take_back_award","film":4,"award":"Prix"}"#).await.unwrap();
        assert_eq!((film_row(&taken).status, film_row(&taken).awards), (FilmStatus::Finalist, 0));
        let none = desk.say(r#"{"request":"take_back_award","film":4,"award":"Prix"}"#).await;
        assert_eq!(refused(none), Rule::NotThisAward);
    }
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let desk = Desk::open().await;
    let cases = [
        (99, "Prix".to_owned(), Rule::FilmGone),
        (4, " \u{3000}".to_owned(), Rule::FieldNeeded),
        (4, "x".repeat(300), Rule::TooLong),
        (1, "Prix".to_owned(), Rule::NotAllowed),
        (2, "Prix".to_owned(), Rule::NotAllowed),
        (3, "Prix".to_owned(), Rule::NotAllowed),
        (6, "Prix".to_owned(), Rule::NotAllowed),
        (5, "grand  prix".replace("  ", " "), Rule::HasThisAward),
    ];
    for (film, award, rule) in cases {
        let line = format!(r#"{{"request":"award","film":{film},"award":"{award}"}}"#);
        assert_eq!(refused(desk.say(&line).await), rule, "{line}");
    }
    let stale = desk.say(r#"{"request":"award","film":4,"award":"Prix","seen":"finalist"}"#).await;
    assert!(matches!(stale, Err(Failure::Conflict(_))), "{stale:?}");
    assert_eq!((desk.ledger_rows().await, awards(&desk).await.len()), (0, 1));
    let (id, request) = (Uuid::new_v4(), || say(r#"{"request":"award","film":4,"award":"Prix"}"#));
    desk.ask_as(ANN, request(), id).await.unwrap();
    assert!(desk.ask_as(ANN, request(), id).await.unwrap().repeated);
    assert_eq!((desk.ledger_rows().await, awards(&desk).await.len()), (1, 2));
}

#[tokio::test]
async fn awards_come_and_go_in_every_shape() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let database = support::database_on(kind).await;
            fixtures::load(&database, sql).await;
            let desk = Desk::on(database).await;
            let given = desk.say(r#"{"request":"award","film":4,"award":"Prix 🎬"}"#).await;
            if *name == "core_only" {
                assert_eq!(refused(given), Rule::NotHere);
                assert!(awards(&desk).await.is_empty());
                continue;
            }
            let given = given.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            assert_eq!(film_row(&given).status, FilmStatus::Awarded, "{name}");
            let taken = desk.say(r#"{"request":"take_back_award","film":4,"award":"Prix 🎬"}"#).await.unwrap();
            assert_eq!(film_row(&taken).status, FilmStatus::Candidate, "{name}");
            desk.ask(ANN, undo(&taken)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            desk.ask(ANN, undo(&given)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            assert_eq!(desk.film(4).await.row.status, FilmStatus::Candidate, "{name}");
        }
    }
}

//! Panels: who sits on them, who may not, and what a change of one sets off.

use marsai::api::vote::PanelRow;
use marsai::api::{Answer, Failure, Reply};
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use uuid::Uuid;

use super::desk::{ANN, BEN, Desk, JURORS, refused, say, undo};
use super::support::{self, fixtures};

fn panel(answer: &Answer) -> &PanelRow {
    match &answer.reply {
        Reply::Panel(panel) => panel,
        other => panic!("{other:?}"),
    }
}

/// Film 2 with a request to discuss of juror 4; juror 5 has not voted.
const ASKED: &str = "INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) \
    VALUES (20, 4, 2, 'TO DISCUSS', 'hm', 0, '2026-02-02 10:00:00', '2026-02-02 10:00:00')";

#[tokio::test]
async fn a_panel_assigns_a_film_and_is_taken_back() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let mut news = desk.service.subscribe();
        desk.films().await;
        let answer = desk.say(r#"{"request":"set_panel","film":1,"jurors":[4,3,4],"loaded":[]}"#).await.unwrap();
        let row = panel(&answer);
        assert_eq!((&row.jurors[..], row.status, row.moved), (&JURORS[..2], FilmStatus::Assigned, true));
        assert!(row.suspicions.is_empty());
        assert_eq!((desk.panel(1).await.as_str(), desk.status(1).await.as_str()), ("3,4", "assigned"));
        assert_eq!(news.recv().await.unwrap().ids, Some(vec![1]));
        let story = desk.film(1).await.story;
        assert_eq!((story[0].action.as_str(), story[0].to), ("set_panel", Some(FilmStatus::Assigned)));
        // The same panel again is no change.
        let same = desk.say(r#"{"request":"set_panel","film":1,"jurors":[3,4],"loaded":[5]}"#).await.unwrap();
        assert!(same.operation.is_none() && desk.ledger_rows().await == 1);
        let more = desk.say(r#"{"request":"set_panel","film":1,"jurors":[4,5]}"#).await.unwrap();
        assert!(!panel(&more).moved);
        // The first change is not as it was left any more.
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ChangedSince);
        desk.ask(ANN, undo(&more)).await.unwrap();
        assert_eq!(desk.panel(1).await, "3,4");
        assert_eq!(refused(desk.ask(BEN, undo(&answer)).await), Rule::NothingToUndo);
        desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!((desk.panel(1).await.as_str(), desk.status(1).await.as_str()), ("NULL", "submitted"));
        // An empty panel leaves the status.
        let empty = desk.say(r#"{"request":"set_panel","film":4,"jurors":[]}"#).await.unwrap();
        assert_eq!((panel(&empty).status, desk.panel(4).await.as_str()), (FilmStatus::Candidate, "NULL"));
    }
}

#[tokio::test]
async fn who_may_not_sit_is_named_and_nothing_is_written() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("UPDATE users SET role = 'JURY' WHERE id_user = 7").await;
        let born = "(SELECT CAST(createdAt AS CHAR) FROM movies WHERE id_movie = 1)";
        desk.run(&format!(
            "INSERT INTO console_seats (id_movie, id_user, born, recusal, changed_at) \
             VALUES (1, 5, {born}, 'conflict', UTC_TIMESTAMP(3))"
        ))
        .await;
        let cases = [
            (99, "[3]", Rule::FilmGone),
            (1, "[3,1]", Rule::NotAJuror),
            (1, "[6]", Rule::JurorDisabled),
            (1, "[7]", Rule::OwnFilm),
            (1, "[5]", Rule::ConflictDeclared),
            (2, "[4,5]", Rule::JurorHasVoted),
            (3, "[3,4,5]", Rule::DiscussionBegun),
            (4, "[3,4]", Rule::DiscussionBegun),
            (6, "[4]", Rule::JurorHasVoted),
        ];
        for (film, jurors, rule) in cases {
            let line = format!(r#"{{"request":"set_panel","film":{film},"jurors":{jurors}}}"#);
            assert_eq!(refused(desk.say(&line).await), rule, "{line}");
        }
        let Err(Failure::Rule(refusal)) = desk.say(r#"{"request":"set_panel","film":1,"jurors":[6]}"#).await else {
            panic!()
        };
        assert!(refusal.params.iter().any(|(name, value)| *name == "name" && format!("{value:?}").contains("Fay")));
        let nobody = desk.say(r#"{"request":"set_panel","film":1,"jurors":[3,99]}"#).await;
        assert_eq!(nobody.unwrap_err(), Failure::NotFound { what: "thing-user", id: 99 });
        // Somebody changed it since it was loaded.
        let stale = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4],"loaded":[3,4]}"#).await;
        let Err(Failure::Conflict(changes)) = stale else { panic!() };
        let told = (changes[0].field.as_str(), changes[0].loaded.as_str(), changes[0].now.as_str());
        assert_eq!(told, ("panel", "Cleo Test, Dan Test", "Cleo Test, Dan Test, Eve Test"));
        assert_eq!((desk.ledger_rows().await, desk.panel(1).await.as_str()), (0, "NULL"));
    }
}

#[tokio::test]
async fn a_round_that_nobody_else_holds_open_is_over() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(ASKED).await;
        let answer = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4]}"#).await.unwrap();
        assert_eq!((panel(&answer).status, panel(&answer).moved), (FilmStatus::ToDiscuss, true));
        let noted = "SELECT discussed FROM console_rounds WHERE id_movie = 2";
        assert_eq!((desk.status(2).await.as_str(), desk.value(noted).await.as_str()), ("to_discuss", "1"));
        assert_eq!(desk.ledger_rows().await, 1);
        // Somebody votes in the second round: the way back is closed.
        desk.run("UPDATE votes SET note = 'YES', modification_count = 1 WHERE id_vote = 20").await;
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ChangedSince);
        desk.run("UPDATE votes SET note = 'TO DISCUSS', modification_count = 0 WHERE id_vote = 20").await;
        desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!((desk.status(2).await.as_str(), desk.panel(2).await.as_str()), ("assigned", "3,4,5"));
        assert_eq!(desk.value(noted).await, "0");
        // By hand only, where the festival wants it so.
        desk.say(r#"{"request":"set_setting","name":"voting.open_discussion","value":"manual"}"#).await.unwrap();
        let answer = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4]}"#).await.unwrap();
        assert!(!panel(&answer).moved);
    }
}

#[tokio::test]
async fn asked_again_it_does_nothing_twice() {
    let desk = Desk::open().await;
    let (id, request) = (Uuid::new_v4(), || say(r#"{"request":"set_panel","film":1,"jurors":[3,4],"loaded":[]}"#));
    assert!(!desk.ask_as(ANN, request(), id).await.unwrap().repeated);
    desk.ask(BEN, say(r#"{"request":"set_panel","film":1,"jurors":[3,4,5]}"#)).await.unwrap();
    let again = desk.ask_as(ANN, request(), id).await.unwrap();
    assert!(again.repeated && panel(&again).jurors == JURORS);
    assert_eq!(desk.ledger_rows().await, 2);
    assert_eq!(refused(desk.ask_as(BEN, request(), id).await), Rule::RequestIdTaken);
}

#[tokio::test]
async fn somebody_who_may_be_of_the_film_is_shown() {
    let desk = Desk::open().await;
    desk.run("UPDATE users SET first_name = 'NOOR', last_name = 'Idá' WHERE id_user = 4").await;
    desk.run("UPDATE users SET email = 'Sound@Example.org' WHERE id_user = 5").await;
    desk.run("UPDATE collaborators SET email = 'sound@example.ORG' WHERE id_collaborator = 1").await;
    let answer = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4]}"#).await.unwrap();
    let told: Vec<_> = panel(&answer).suspicions.iter().map(|one| (one.juror, one.resembles.as_str())).collect();
    assert_eq!(told, [(JURORS[1], "Ida Noor")]);
    let answer = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,5]}"#).await.unwrap();
    assert_eq!(panel(&answer).suspicions[0].juror, JURORS[2]);
}

#[tokio::test]
async fn panels_change_and_come_back_in_every_shape() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let database = support::database_on(kind).await;
            fixtures::load(&database, sql).await;
            let desk = Desk::on(database).await;
            if *name == "core_only" {
                let none = desk.say(r#"{"request":"set_panel","film":1,"jurors":[2,3]}"#).await;
                assert_eq!(refused(none), Rule::NotHere);
                continue;
            }
            let before = (desk.dump("movies_juries").await, desk.dump("movies").await);
            let one = desk.say(r#"{"request":"set_panel","film":1,"jurors":[2,3]}"#).await;
            let one = one.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            assert_eq!((panel(&one).status, panel(&one).moved), (FilmStatus::Assigned, true), "{name}");
            let two = desk.say(r#"{"request":"set_panel","film":2,"jurors":[2]}"#).await;
            let two = two.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            for change in [&two, &one] {
                desk.ask(ANN, undo(change)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            }
            assert_eq!((desk.dump("movies_juries").await, desk.dump("movies").await), before, "{name}");
        }
    }
}

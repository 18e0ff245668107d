//! Moving films: one, many, by force, back again.

use marsai::api::{Failure, Progress, Request};
use marsai::domain::FilmId;
use marsai::domain::film::{Ballots, FilmStatus};
use marsai::domain::rule::Rule;
use uuid::Uuid;

use super::ballots::cast;
use super::desk::{ANN, BEN, Desk, JURORS, Watcher, caller, film_row, moved, refused, step, steps, undo, undone};
use super::support;

#[tokio::test]
async fn a_step_is_written_told_and_kept() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = desk.films().await;
        let mut news = desk.service.subscribe();
        let why = Request::SetStatus {
            film: FilmId(2),
            to: FilmStatus::ToDiscuss,
            reason: Some("  the panel is split  ".into()),
            force: false,
            ballots: None,
            private: false,
            seen: Some(FilmStatus::Assigned),
        };
        let answer = desk.ask(ANN, why).await.unwrap();
        assert_eq!(film_row(&answer).status, FilmStatus::ToDiscuss);
        assert_eq!(desk.status(2).await, "to_discuss");
        let comment = desk.value("SELECT admin_comment FROM movies WHERE id_movie = 2").await;
        assert!(comment.ends_with(" Ann Test: the panel is split"), "{comment}");
        assert_ne!(desk.value("SELECT updatedAt FROM movies WHERE id_movie = 2").await, "2026-01-02 10:00:00");
        let changed = news.recv().await.unwrap();
        assert_eq!(changed.ids, Some(vec![2]));
        let after = desk.films().await;
        assert_eq!(after.rows.get(4).unwrap().status, FilmStatus::ToDiscuss);
        assert_eq!(before.rows.get(4).unwrap().status, FilmStatus::Assigned);
        let story = desk.film(2).await.story;
        assert_eq!((story[0].from, story[0].to), (Some(FilmStatus::Assigned), Some(FilmStatus::ToDiscuss)));
        assert_eq!((story[0].who.as_str(), story[0].reason.as_deref()), ("Ann Test", Some("the panel is split")));
        let row = "SELECT CONCAT_WS('|', actor, origin, action, topic, subject, private, forced, sequence) FROM console_ledger";
        assert_eq!(desk.value(row).await, "1|terminal test@laptop|set_status|films|2|0|0|0");
    }
}

#[tokio::test]
async fn a_rationale_is_added_to_what_stands_there_or_kept_to_the_console() {
    let desk = Desk::open().await;
    desk.run("UPDATE movies SET admin_comment = 'first words' WHERE id_movie = 1").await;
    desk.run("UPDATE movies SET admin_comment = REPEAT('x', 65530) WHERE id_movie = 4").await;
    let to = |film, private| Request::SetStatus {
        film: FilmId(film),
        to: FilmStatus::Refused,
        reason: Some("no".into()),
        force: false,
        ballots: None,
        private,
        seen: None,
    };
    desk.ask(ANN, to(1, false)).await.unwrap();
    assert!(desk.value("SELECT admin_comment FROM movies WHERE id_movie = 1").await.starts_with("first words\n20"));
    desk.ask(ANN, to(2, true)).await.unwrap();
    assert_eq!(desk.value("SELECT admin_comment FROM movies WHERE id_movie = 2").await, "NULL");
    assert_eq!(desk.film(2).await.story[0].reason.as_deref(), Some("no"));
    // No room: the ledger alone has it.
    desk.ask(ANN, to(4, false)).await.unwrap();
    assert_eq!(desk.value("SELECT LENGTH(admin_comment) FROM movies WHERE id_movie = 4").await, "65530");
    assert_eq!(desk.film(4).await.story[0].reason.as_deref(), Some("no"));
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let forced = |film, to, reason: Option<&str>| Request::SetStatus {
            film: FilmId(film),
            to,
            reason: reason.map(str::to_owned),
            force: true,
            ballots: None,
            private: false,
            seen: None,
        };
        let cases = [
            (step(99, FilmStatus::Refused), Rule::FilmGone),
            (step(1, FilmStatus::Submitted), Rule::SameStatus),
            (step(1, FilmStatus::Assigned), Rule::NoPanel),
            (step(1, FilmStatus::Finalist), Rule::NotAllowed),
            (step(2, FilmStatus::Submitted), Rule::HasPanelOrVotes),
            (step(4, FilmStatus::Awarded), Rule::NoAward),
            (step(4, FilmStatus::ToDiscuss), Rule::ReasonNeeded),
            (step(5, FilmStatus::Finalist), Rule::HasAward),
            (step(6, FilmStatus::Submitted), Rule::BallotsUndecided),
            (forced(1, FilmStatus::Finalist, Some(" ")), Rule::ReasonNeeded),
            (forced(5, FilmStatus::Refused, Some("please")), Rule::HasAward),
            (forced(1, FilmStatus::Finalist, Some(&"x".repeat(10_001))), Rule::TooLong),
        ];
        for (request, rule) in cases {
            let text = format!("{request:?}");
            assert_eq!(refused(desk.ask(ANN, request).await), rule, "{text}");
        }
        assert_eq!(desk.ledger_rows().await, 0);
        desk.ask(ANN, forced(1, FilmStatus::Finalist, Some("wild card"))).await.unwrap();
        assert!(desk.film(1).await.story[0].forced);
    }
}

#[tokio::test]
async fn somebody_elses_step_is_a_conflict() {
    let desk = Desk::open().await;
    let saw = |seen| Request::SetStatus {
        film: FilmId(2),
        to: FilmStatus::Refused,
        reason: None,
        force: false,
        ballots: None,
        private: false,
        seen: Some(seen),
    };
    let Err(Failure::Conflict(changes)) = desk.ask(ANN, saw(FilmStatus::Submitted)).await else { panic!() };
    assert_eq!((changes[0].loaded.as_str(), changes[0].now.as_str()), ("submitted", "assigned"));
    desk.ask(ANN, saw(FilmStatus::Assigned)).await.unwrap();
}

#[tokio::test]
async fn asked_again_under_the_same_id_it_does_nothing_twice() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let id = Uuid::new_v4();
        assert!(!desk.ask_as(ANN, step(2, FilmStatus::Candidate), id).await.unwrap().repeated);
        desk.ask(BEN, step(2, FilmStatus::Finalist)).await.unwrap();
        let again = desk.ask_as(ANN, step(2, FilmStatus::Candidate), id).await.unwrap();
        assert!(again.repeated && film_row(&again).status == FilmStatus::Finalist);
        assert_eq!(desk.ledger_rows().await, 2);
        assert_eq!(refused(desk.ask_as(BEN, step(2, FilmStatus::Candidate), id).await), Rule::RequestIdTaken);
        assert_eq!(refused(desk.ask_as(ANN, steps([3], FilmStatus::Candidate, ""), id).await), Rule::RequestIdTaken);
    }
}

#[tokio::test]
async fn a_step_between_rounds_is_not_undone_over_votes_cast_since() {
    let desk = Desk::open().await;
    let discussed = desk.ask(ANN, step(2, FilmStatus::ToDiscuss)).await.unwrap();
    desk.ask(ANN, undo(&discussed)).await.unwrap();
    let discussed = desk.ask(ANN, step(2, FilmStatus::ToDiscuss)).await.unwrap();
    desk.ask(JURORS[0], cast(2, "NO", "after all")).await.unwrap();
    assert_eq!(refused(desk.ask(ANN, undo(&discussed)).await), Rule::ChangedSince);
    assert_eq!(desk.status(2).await, "to_discuss");
    // Spent changes that the step itself gave back are as it left them.
    let mut again = step(2, FilmStatus::Assigned);
    if let Request::SetStatus { ballots, reason, force, .. } = &mut again {
        (*ballots, *reason, *force) = (Some(Ballots::Reset), Some("so".into()), true);
    }
    let again = desk.ask(ANN, again).await.unwrap();
    desk.ask(ANN, undo(&again)).await.unwrap();
    assert_eq!(desk.value("SELECT modification_count FROM votes WHERE id_vote = 1").await, "1");
}

#[tokio::test]
async fn undo_puts_status_and_comment_back_once() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("UPDATE movies SET admin_comment = 'before' WHERE id_movie = 2").await;
        let mut why = step(2, FilmStatus::Candidate);
        if let Request::SetStatus { reason, .. } = &mut why {
            *reason = Some("good".into());
        }
        let answer = desk.ask(ANN, why).await.unwrap();
        assert_eq!(refused(desk.ask(BEN, undo(&answer)).await), Rule::NothingToUndo);
        let back = desk.ask(ANN, Request::Undo { operation: None }).await.unwrap();
        assert_eq!((undone(&back).action.as_str(), &undone(&back).ids[..]), ("set_status", &[2][..]));
        assert_eq!(
            desk.value("SELECT CONCAT(selection_status, admin_comment) FROM movies WHERE id_movie = 2").await,
            "assignedbefore"
        );
        for request in [undo(&answer), Request::Undo { operation: None }] {
            assert_eq!(refused(desk.ask(ANN, request).await), Rule::NothingToUndo);
        }
        assert_eq!(desk.ledger_rows().await, 2);
        assert_eq!(desk.film(2).await.story[0].action, "undo");
    }
}

#[tokio::test]
async fn what_was_changed_since_is_not_undone() {
    let desk = Desk::open().await;
    let answer = desk.ask(ANN, step(2, FilmStatus::Candidate)).await.unwrap();
    desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
    assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ChangedSince);
    desk.run("UPDATE movies SET selection_status = 'candidate', admin_comment = 'of the site' WHERE id_movie = 2")
        .await;
    desk.ask(ANN, undo(&answer)).await.unwrap();
    assert_eq!(desk.value("SELECT admin_comment FROM movies WHERE id_movie = 2").await, "of the site");
    // An award since: its status stays.
    let answer = desk.ask(ANN, step(2, FilmStatus::Candidate)).await.unwrap();
    desk.run("DELETE FROM movies_juries WHERE id_movie = 2").await;
    assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::NoPanel);
    desk.run("DELETE FROM movies WHERE id_movie = 2").await;
    assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::FilmGone);
}

pub(crate) fn with_ballots(film: i32, to: FilmStatus, ballots: Ballots) -> Request {
    let ballots = Some(ballots);
    Request::SetStatus {
        film: FilmId(film),
        to,
        reason: Some("again".into()),
        force: true,
        ballots,
        private: true,
        seen: None,
    }
}

/// Every row of a table as one text.
async fn dump(desk: &Desk, table: &str, columns: &str) -> String {
    desk.value(&format!("SELECT GROUP_CONCAT(CONCAT_WS(',', {columns}) ORDER BY 1 SEPARATOR ';') FROM {table}")).await
}

#[tokio::test]
async fn struck_ballots_come_back_with_their_history() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let all = async || {
            let votes =
                dump(&desk, "votes", "id_vote,id_user,id_movie,note,comments,modification_count,createdAt,updatedAt")
                    .await;
            votes
                + &dump(&desk, "vote_histories", "id_vote_history,id_vote,id_user,id_movie,note,comments,createdAt")
                    .await
        };
        let before = all().await;
        let kept = desk.ask(ANN, with_ballots(6, FilmStatus::Submitted, Ballots::Keep)).await.unwrap();
        assert_eq!(all().await, before);
        desk.ask(ANN, undo(&kept)).await.unwrap();
        let struck = desk.ask(ANN, with_ballots(6, FilmStatus::Submitted, Ballots::Strike)).await.unwrap();
        assert_eq!(film_row(&struck).ballots, 0);
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 6").await, "0");
        assert!(
            desk.value("SELECT before_state FROM console_ledger ORDER BY id DESC LIMIT 1")
                .await
                .contains("once I liked it")
        );
        desk.ask(ANN, undo(&struck)).await.unwrap();
        assert_eq!(all().await, before);
        // Ballots cast since stay, and the old ones do not come back beside them.
        let struck = desk.ask(ANN, with_ballots(6, FilmStatus::Submitted, Ballots::Strike)).await.unwrap();
        desk.run("INSERT INTO votes (id_user, id_movie, note, comments, createdAt, updatedAt) VALUES (3, 6, 'YES', 'new', '2026-03-01', '2026-03-01')").await;
        assert_eq!(refused(desk.ask(ANN, undo(&struck)).await), Rule::ChangedSince);
    }
}

#[tokio::test]
async fn strike_and_reset_only_where_they_are_a_question() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.ask(ANN, with_ballots(3, FilmStatus::Candidate, Ballots::Strike)).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 3").await, "2");
        desk.ask(ANN, with_ballots(3, FilmStatus::ToDiscuss, Ballots::Reset)).await.unwrap();
        let counts = "SELECT GROUP_CONCAT(modification_count ORDER BY id_vote) FROM votes WHERE id_movie = 3";
        assert_eq!(desk.value(counts).await, "1,0");
        let reset = desk.ask(ANN, with_ballots(3, FilmStatus::Assigned, Ballots::Reset)).await.unwrap();
        assert_eq!((desk.value(counts).await.as_str(), film_row(&reset).changed), ("0,0", 0));
        desk.ask(ANN, undo(&reset)).await.unwrap();
        assert_eq!(desk.value(counts).await, "1,0");
    }
}

/// So many more films, from 1001, with a panel and a vote of each juror.
async fn crowd(desk: &Desk, films: i32) {
    let rows: Vec<String> = (1001..=1000 + films)
        .map(|id| format!("({id}, 'Film {id}', 'submitted', 7, '2026-01-01', '2026-01-01')"))
        .collect();
    let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
    desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
    desk.run("INSERT INTO movies_juries (id_movie, id_user) SELECT id_movie, 3 FROM movies WHERE id_movie > 1000")
        .await;
}

#[tokio::test]
async fn many_films_move_and_the_others_are_named() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        crowd(&desk, 450).await;
        desk.films().await;
        let mut news = desk.service.subscribe();
        let watcher = Watcher::patient();
        let all = (1001..=1450).chain([1, 2, 99, 1001]);
        let id = Uuid::new_v4();
        let request = steps(all.clone(), FilmStatus::Assigned, "round one");
        let answer = desk.service.call(&caller(ANN), request, Some(id), &watcher).await.unwrap();
        let done = moved(&answer);
        assert_eq!((done.moved.len(), done.cancelled, answer.operation), (450, false, Some(id)));
        let why: Vec<_> = done.refused.iter().map(|(film, refusal)| (film.0, refusal.rule)).collect();
        assert_eq!(why, [(1, Rule::NoPanel), (2, Rule::SameStatus), (99, Rule::FilmGone)]);
        let steps_heard: Vec<_> = watcher
            .heard
            .lock()
            .unwrap()
            .iter()
            .map(|progress| match progress {
                Progress::Steps { done, total } => (*done, *total),
                Progress::Partial(_) => panic!(),
            })
            .collect();
        assert_eq!(steps_heard, [(0, 450), (200, 450), (400, 450), (450, 450)]);
        assert_eq!(desk.ledger_rows().await, 450);
        assert_eq!(news.recv().await.unwrap().ids.map(|ids| ids.len()), Some(450));
        assert_eq!(desk.films().await.rows.iter().filter(|row| row.status == FilmStatus::Assigned).count(), 451);
        let again = desk.ask_as(ANN, steps(all, FilmStatus::Assigned, "round one"), id).await.unwrap();
        assert!(again.repeated && moved(&again).moved.len() == 450);
        assert_eq!(desk.ledger_rows().await, 450);
        desk.run("UPDATE movies SET selection_status = 'candidate' WHERE id_movie = 1003").await;
        let back = desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!((undone(&back).ids.len(), &undone(&back).left[..]), (449, &[1003][..]));
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies WHERE selection_status = 'submitted'").await, "450");
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies WHERE admin_comment IS NOT NULL").await, "1");
    }
}

#[tokio::test]
async fn giving_up_keeps_what_was_done_and_asking_again_goes_on() {
    let desk = Desk::open().await;
    crowd(&desk, 450).await;
    let id = Uuid::new_v4();
    let request = || steps(1001..=1450, FilmStatus::Refused, "");
    let watcher = Watcher::with_patience(1);
    let answer = desk.service.call(&caller(ANN), request(), Some(id), &watcher).await.unwrap();
    assert_eq!((moved(&answer).moved.len(), moved(&answer).cancelled), (200, true));
    let rest = desk.ask_as(ANN, request(), id).await.unwrap();
    assert_eq!((moved(&rest).moved.len(), moved(&rest).cancelled, rest.repeated), (450, false, false));
    assert_eq!(desk.ledger_rows().await, 450);
    assert_eq!(undone(&desk.ask(ANN, undo(&rest)).await.unwrap()).ids.len(), 450);
}

#[tokio::test]
async fn too_many_and_none_at_all() {
    let desk = Desk::open().await;
    let none = desk.ask(ANN, steps([], FilmStatus::Refused, "")).await.unwrap();
    assert!(moved(&none).moved.is_empty() && none.operation.is_none());
    assert_eq!(refused(desk.ask(ANN, steps(1..=100_001, FilmStatus::Refused, "")).await), Rule::TooManyFilms);
    assert!(matches!(desk.ask(JURORS[0], steps([1], FilmStatus::Refused, "")).await, Err(Failure::Forbidden { .. })));
}

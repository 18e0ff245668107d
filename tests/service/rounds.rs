//! Rounds: closed and opened again, ballots deleted, given back, admitted, shown.

use marsai::api::{Failure, Reply, Request};
use marsai::domain::film::{FilmStatus, Proposal};
use marsai::domain::rule::Rule;
use marsai::domain::vote::SetAside;
use uuid::Uuid;

use super::desk::{ANN, Desk, JURORS, refused, say, undo, voting};
use super::support;

/// Juror 4 asks to discuss film 2; juror 5 has not voted.
const ASKED: &str = "INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) \
    VALUES (20, 4, 2, 'TO DISCUSS', 'hm', 0, '2026-02-02 10:00:00', '2026-02-02 10:00:00')";
/// Juror 5 votes on film 2.
const FIFTH: &str = "INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) \
    VALUES (21, 5, 2, 'NO', 'no', 0, '2026-02-04 10:00:00', '2026-02-04 10:00:00')";

const ROUND: &str = "SELECT CONCAT_WS('|', closed_first IS NOT NULL, closed_second IS NOT NULL, COALESCE(reopened, '-'), \
    discussed) FROM console_rounds WHERE id_movie = ";

async fn round(desk: &Desk, film: i32) -> String {
    desk.value(&format!("{ROUND}{film}")).await
}

#[tokio::test]
async fn a_round_is_closed_with_votes_missing_and_opened_again() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let close = r#"{"request":"close_round","film":2,"reason":"Eve is away","seen":"assigned"}"#;
        let Err(Failure::Rule(few)) = desk.say(close).await else { panic!() };
        assert_eq!((few.rule, few.params.len()), (Rule::QuorumMissing, 2));
        desk.run("UPDATE votes SET note = 'NO' WHERE id_vote = 1").await;
        desk.run(&ASKED.replace("TO DISCUSS", "NO")).await;
        let stale = desk.say(r#"{"request":"close_round","film":2,"seen":"to_discuss"}"#).await;
        assert!(matches!(stale, Err(Failure::Conflict(_))), "{stale:?}");
        let closed = desk.say(close).await.unwrap();
        let sheet = voting(&closed);
        assert_eq!((sheet.closed, sheet.moved, sheet.proposal), (true, false, Proposal::Refused));
        assert_eq!(desk.film(2).await.story[0].reason.as_deref(), Some("Eve is away"));
        assert_eq!(refused(desk.say(close).await), Rule::RoundClosed);
        assert_eq!(refused(desk.say(r#"{"request":"close_round","film":4}"#).await), Rule::VotingClosed);
        assert_eq!(refused(desk.say(r#"{"request":"close_round","film":99}"#).await), Rule::FilmGone);
        let reopened = desk.say(r#"{"request":"reopen_round","film":2,"reason":"back"}"#).await.unwrap();
        assert_eq!((voting(&reopened).closed, voting(&reopened).proposal), (false, Proposal::Waiting));
        let open = desk.say(r#"{"request":"reopen_round","film":2,"reason":"back"}"#).await;
        assert_eq!(refused(open), Rule::RoundOpen);
        desk.ask(ANN, undo(&reopened)).await.unwrap();
        assert_eq!(round(&desk, 2).await, "1|0|-|0");
        desk.ask(ANN, undo(&closed)).await.unwrap();
        assert_eq!(round(&desk, 2).await, "0|0|-|0");
    }
}

#[tokio::test]
async fn closing_a_round_in_which_somebody_asked_opens_the_discussion() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(ASKED).await;
        let closed = desk.say(r#"{"request":"close_round","film":2}"#).await.unwrap();
        assert_eq!((voting(&closed).moved, voting(&closed).film.status), (true, FilmStatus::ToDiscuss));
        assert_eq!((desk.ledger_rows().await, round(&desk, 2).await.as_str()), (1, "1|0|-|1"));
        // The web site takes a vote all the same: it came late, and counts only if staff say so.
        desk.run(FIFTH).await;
        let Reply::Voting(sheet) = desk.say(r#"{"request":"voting","film":2}"#).await.unwrap().reply else { panic!() };
        assert_eq!(sheet.votes[2].set_aside, Some(SetAside::Late));
        assert_eq!(refused(desk.ask(ANN, undo(&closed)).await), Rule::ChangedSince);
        let admit = r#"{"request":"admit_vote","vote":21,"reason":"the train"}"#;
        let admitted = desk.say(admit).await.unwrap();
        assert_eq!(voting(&admitted).votes[2].set_aside, None);
        assert_eq!(refused(desk.say(admit).await), Rule::NotLate);
        desk.ask(ANN, undo(&admitted)).await.unwrap();
        assert_eq!(voting(&desk.say(admit).await.unwrap()).film.tally.total(), 3);
        // The second round: over when staff say so.
        desk.say(r#"{"request":"close_round","film":3}"#).await.unwrap();
        assert_eq!(round(&desk, 3).await, "0|1|-|0");
    }
}

#[tokio::test]
async fn what_came_late_stays_late_until_staff_say_otherwise() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let sheet = async || match desk.say(r#"{"request":"voting","film":2}"#).await.unwrap().reply {
            Reply::Voting(sheet) => (sheet.film.tally.total(), sheet.votes.last().and_then(|vote| vote.set_aside)),
            other => panic!("{other:?}"),
        };
        desk.run(&ASKED.replace("TO DISCUSS", "YES")).await;
        desk.say(r#"{"request":"close_round","film":2}"#).await.unwrap();
        desk.run(FIFTH).await;
        let reopened = desk.say(r#"{"request":"reopen_round","film":2,"reason":"back"}"#).await.unwrap();
        assert_eq!(sheet().await, (2, Some(SetAside::Late)));
        assert!(desk.dump("console_rounds").await.contains("late"));
        let reset = desk.say(r#"{"request":"reset_vote","vote":21,"reason":"so"}"#).await;
        assert_eq!(refused(reset), Rule::CameLate);
        let list = desk.films().await;
        let row = list.rows.iter().find(|row| row.id.0 == 2).unwrap();
        assert_eq!((row.tally.total(), row.closed), (2, false));
        desk.ask(ANN, undo(&reopened)).await.unwrap();
        assert!(!desk.dump("console_rounds").await.contains("late"));
        desk.say(r#"{"request":"reopen_round","film":2,"reason":"back"}"#).await.unwrap();
        desk.say(r#"{"request":"set_status","film":2,"to":"candidate"}"#).await.unwrap();
        assert_eq!(sheet().await, (2, Some(SetAside::Late)));
        desk.say(r#"{"request":"admit_vote","vote":21,"reason":"the train"}"#).await.unwrap();
        assert_eq!((sheet().await, round(&desk, 2).await.as_str()), ((3, None), "0|0|-|0"));
    }
}

#[tokio::test]
async fn whoever_joins_a_round_that_was_opened_again_can_vote() {
    let desk = Desk::open().await;
    desk.say(r#"{"request":"reopen_round","film":3,"juror":5,"reason":"new"}"#).await.unwrap();
    desk.run("INSERT INTO users (id_user, email, password, first_name, last_name, role, createdAt, updatedAt) \
        SELECT 70, 'late@example.org', password, 'Lou', 'Late', 'JURY', createdAt, updatedAt FROM users WHERE id_user = 5").await;
    desk.say(r#"{"request":"set_panel","film":3,"jurors":[3,4,5,70]}"#).await.unwrap();
    assert_eq!(round(&desk, 3).await, "0|0|[5,70]|0");
    assert!(!voting_moved(votes(&desk, 2, 3, "NO").await.unwrap()));
    assert_eq!(desk.status(3).await, "assigned");
    // A round that staff closed takes nobody in.
    desk.run(&ASKED.replace("TO DISCUSS", "YES")).await;
    desk.say(r#"{"request":"close_round","film":2}"#).await.unwrap();
    let joins = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4,5,70]}"#).await;
    assert_eq!(refused(joins), Rule::RoundClosed);
}

fn voting_moved(answer: marsai::api::Answer) -> bool {
    match answer.reply {
        Reply::Cast(cast) => cast.moved,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn round_one_is_opened_again_for_one_juror() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let reopen = |juror: i32| format!(r#"{{"request":"reopen_round","film":3,"juror":{juror},"reason":"new"}}"#);
        for (line, rule) in [
            (reopen(3), Rule::NothingToReopen),
            (reopen(1), Rule::NotAJuror),
            (reopen(6), Rule::JurorDisabled),
            (reopen(5).replace("\"film\":3", "\"film\":4"), Rule::NotInDiscussion),
            (reopen(5).replace("new", " "), Rule::ReasonNeeded),
        ] {
            assert_eq!(refused(desk.say(&line).await), rule, "{line}");
        }
        let reopened = desk.say(&reopen(5)).await.unwrap();
        let sheet = voting(&reopened);
        assert_eq!((sheet.film.status, sheet.moved), (FilmStatus::Assigned, true));
        let waits: Vec<_> = sheet.jurors.iter().filter(|seat| seat.reopened).map(|seat| seat.juror).collect();
        assert_eq!((waits, desk.panel(3).await.as_str()), (vec![JURORS[2]], "3,4,5"));
        desk.ask(ANN, undo(&reopened)).await.unwrap();
        assert_eq!((desk.status(3).await.as_str(), desk.panel(3).await.as_str()), ("to_discuss", "3,4"));
        assert_eq!(round(&desk, 3).await, "0|0|-|0");
        // Without the juror for whom it was opened there is nothing to wait for.
        desk.say(&reopen(5)).await.unwrap();
        desk.say(r#"{"request":"set_panel","film":3,"jurors":[3,4]}"#).await.unwrap();
        assert_eq!((desk.status(3).await.as_str(), round(&desk, 3).await.as_str()), ("to_discuss", "0|0|-|1"));
    }
}

#[tokio::test]
async fn a_change_is_given_back() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let reset = |vote: i32| format!(r#"{{"request":"reset_vote","vote":{vote},"reason":"the wrong film"}}"#);
        let count = "SELECT modification_count FROM votes WHERE id_vote = 2";
        let given = desk.say(&reset(2)).await.unwrap();
        assert_eq!((desk.value(count).await.as_str(), voting(&given).votes[0].modification_count), ("0", 0));
        assert_eq!(voting(&given).votes[0].history.len(), 1);
        assert_eq!(refused(desk.say(&reset(2)).await), Rule::NothingToReset);
        assert_eq!(desk.say(&reset(99)).await.unwrap_err(), Failure::NotFound { what: "thing-vote", id: 99 });
        desk.ask(ANN, undo(&given)).await.unwrap();
        assert_eq!(desk.value(count).await, "1");
        // A vote that its juror let stand.
        let stand = "INSERT INTO console_seats (id_movie, id_user, born, stands_vote, stands_note, stands_count, changed_at) \
            SELECT 3, 4, CAST(createdAt AS CHAR), 3, 'TO DISCUSS', 0, UTC_TIMESTAMP(3) FROM movies WHERE id_movie = 3";
        desk.run(stand).await;
        let given = desk.say(&reset(3)).await.unwrap();
        assert!(voting(&given).votes.iter().all(|vote| !vote.stands));
        desk.ask(ANN, undo(&given)).await.unwrap();
        let Reply::Voting(sheet) = desk.say(r#"{"request":"voting","film":3}"#).await.unwrap().reply else { panic!() };
        assert!(sheet.votes[1].stands);
    }
}

#[tokio::test]
async fn ballots_are_deleted_and_come_back_under_their_ids() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = (desk.dump("votes").await, desk.dump("vote_histories").await);
        let delete = |vote: i32, anyway: bool| {
            say(&format!(r#"{{"request":"delete_vote","vote":{vote},"reason":"a wrong account","anyway":{anyway}}}"#))
        };
        assert_eq!(refused(desk.ask(ANN, delete(2, false)).await), Rule::CouldNotVoteAgain);
        let blank = desk.say(r#"{"request":"delete_vote","vote":1,"reason":" "}"#).await;
        assert_eq!(refused(blank), Rule::ReasonNeeded);
        let id = Uuid::new_v4();
        let gone = desk.ask_as(ANN, delete(2, true), id).await.unwrap();
        assert_eq!(voting(&gone).votes.len(), 1);
        // Asked again it answers, although the ballot that named the film is gone.
        assert!(desk.ask_as(ANN, delete(2, true), id).await.unwrap().repeated);
        let again = desk.ask(ANN, delete(2, true)).await;
        assert_eq!(again.unwrap_err(), Failure::NotFound { what: "thing-vote", id: 2 });
        desk.ask(ANN, undo(&gone)).await.unwrap();
        assert_eq!((desk.dump("votes").await, desk.dump("vote_histories").await), before);
        // Somebody who voted anew keeps that vote.
        let gone = desk.ask(ANN, delete(1, false)).await.unwrap();
        desk.run(
            "INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) \
             VALUES (30, 3, 2, 'NO', 'after all', 0, '2026-02-05 10:00:00', '2026-02-05 10:00:00')",
        )
        .await;
        assert_eq!(refused(desk.ask(ANN, undo(&gone)).await), Rule::ChangedSince);
        desk.run("DELETE FROM votes WHERE id_vote = 30").await;
        // Somebody else's vote does not stand in the way.
        desk.run(ASKED).await;
        desk.ask(ANN, undo(&gone)).await.unwrap();
        desk.run("DELETE FROM votes WHERE id_vote = 20").await;
        let all = desk.say(r#"{"request":"delete_votes","film":6,"reason":"begun anew"}"#).await.unwrap();
        assert!(voting(&all).votes.is_empty());
        let none = desk.say(r#"{"request":"delete_votes","film":6,"reason":"begun anew"}"#).await.unwrap();
        assert!(none.operation.is_none());
        desk.ask(ANN, Request::Undo { operation: None }).await.unwrap();
        assert_eq!((desk.dump("votes").await, desk.dump("vote_histories").await), before);
        let discussed = desk.say(r#"{"request":"delete_votes","film":3,"reason":"x"}"#).await;
        assert_eq!(refused(discussed), Rule::CouldNotVoteAgain);
    }
}

/// The fields of which something else was seen.
fn unlike(outcome: Result<marsai::api::Answer, Failure>) -> Vec<String> {
    match outcome {
        Err(Failure::Conflict(changes)) => changes.into_iter().map(|change| change.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_done_to_a_ballot_since_it_was_seen_is_said_and_nothing_is_written() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(ASKED).await;
        let asks = "INSERT INTO console_seats (id_movie, id_user, born, recusal, recusal_waiting, changed_at) \
            SELECT 2, 3, CAST(createdAt AS CHAR), 'language', TRUE, UTC_TIMESTAMP(3) FROM movies WHERE id_movie = 2";
        desk.run(asks).await;
        let seen = |status: &str, note: &str, count: i32| {
            format!(r#","seen":{{"status":"{status}","note":"{note}","modification_count":{count}}}}}"#)
        };
        let (reset, delete) = (
            r#"{"request":"reset_vote","vote":2,"reason":"why""#,
            r#"{"request":"delete_vote","vote":2,"reason":"why","anyway":true"#,
        );
        let settle = r#"{"request":"settle_recusal","film":2,"juror":3,"agree":true,"kept":true"#;
        for (line, fields) in [
            (format!("{reset}{}", seen("to_discuss", "YES", 0)), &["modification_count"][..]),
            (format!("{delete}{}", seen("assigned", "NO", 1)), &["selection_status", "note"]),
            (r#"{"request":"delete_votes","film":2,"reason":"why","seen":"to_discuss"}"#.into(), &["selection_status"]),
            (format!("{settle}{}", seen("assigned", "NO", 0)), &["note"]),
        ] {
            assert_eq!(unlike(desk.say(&line).await), fields, "{line}");
        }
        desk.say(r#"{"request":"close_round","film":2}"#).await.unwrap();
        desk.run(FIFTH).await;
        let admit = r#"{"request":"admit_vote","vote":21,"reason":"why""#;
        assert_eq!(unlike(desk.say(&format!("{admit}{}", seen("to_discuss", "YES", 0))).await), ["note"]);
        let before = desk.ledger_rows().await;
        for line in [
            format!("{admit}{}", seen("to_discuss", "NO", 0)),
            format!("{reset}{}", seen("to_discuss", "YES", 1)),
            format!("{delete}{}", seen("to_discuss", "YES", 0)),
        ] {
            desk.say(&line).await.unwrap();
        }
        assert_eq!(desk.ledger_rows().await, before + 3);
    }
}

#[tokio::test]
async fn votes_that_are_hidden_until_the_round_is_complete_are_opened_for_a_reason() {
    let desk = Desk::open().await;
    desk.say(r#"{"request":"set_setting","name":"voting.staff_see","value":"complete"}"#).await.unwrap();
    let sheet = async |film: i32| match desk.say(&format!(r#"{{"request":"voting","film":{film}}}"#)).await {
        Ok(answer) => voting(&answer).clone(),
        other => panic!("{other:?}"),
    };
    let hidden = sheet(2).await;
    assert!(hidden.hidden && hidden.votes.iter().all(|vote| vote.note.is_none() && vote.comments.is_none()));
    assert!(!sheet(3).await.hidden);
    let opened = desk.say(r#"{"request":"open_votes","film":2,"reason":"a complaint"}"#).await.unwrap();
    assert!(opened.operation.is_none() && voting(&opened).votes[0].note.is_some());
    assert_eq!(desk.film(2).await.story[0].reason.as_deref(), Some("a complaint"));
}

async fn votes(desk: &Desk, juror: usize, film: i32, note: &str) -> Result<marsai::api::Answer, Failure> {
    let line = format!(r#"{{"request":"cast_vote","film":{film},"note":"{note}","comments":"because"}}"#);
    desk.ask(JURORS[juror], say(&line)).await
}

#[tokio::test]
async fn what_staff_open_again_is_used_and_not_undone_then() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let reopened = desk.say(r#"{"request":"reopen_round","film":3,"juror":5,"reason":"new"}"#).await.unwrap();
        assert_eq!(refused(votes(&desk, 1, 3, "YES").await), Rule::AlreadyVoted);
        // Whatever the notes are, the film goes back where it was.
        votes(&desk, 2, 3, "YES").await.unwrap();
        assert_eq!(desk.status(3).await, "to_discuss");
        assert_eq!(refused(desk.ask(ANN, undo(&reopened)).await), Rule::ChangedSince);
        let given = desk.say(r#"{"request":"reset_vote","vote":2,"reason":"a mistake"}"#).await.unwrap();
        votes(&desk, 0, 3, "NO").await.unwrap();
        assert_eq!(refused(votes(&desk, 0, 3, "NO").await), Rule::ChangeSpent);
        assert_eq!(refused(desk.ask(ANN, undo(&given)).await), Rule::ChangedSince);
        desk.say(r#"{"request":"close_round","film":3}"#).await.unwrap();
        assert_eq!(refused(votes(&desk, 1, 3, "NO").await), Rule::RoundClosed);
        desk.say(r#"{"request":"reopen_round","film":3,"reason":"too early"}"#).await.unwrap();
        votes(&desk, 1, 3, "NO").await.unwrap();
    }
}

#[tokio::test]
async fn a_promotion_is_taken_back_by_who_made_it() {
    let desk = Desk::open().await;
    desk.run("UPDATE movies SET jury_comment = 'before' WHERE id_movie = 3").await;
    let promote = say(r#"{"request":"promote","film":3,"jury_comment":"a must"}"#);
    let promoted = desk.ask(JURORS[0], promote).await.unwrap();
    assert_eq!(refused(desk.ask(ANN, undo(&promoted)).await), Rule::NothingToUndo);
    desk.ask(JURORS[0], undo(&promoted)).await.unwrap();
    let now = "SELECT CONCAT_WS('|', selection_status, jury_comment) FROM movies WHERE id_movie = 3";
    assert_eq!(desk.value(now).await, "to_discuss|before");
    // Never a cast ballot.
    let cast = votes(&desk, 1, 3, "YES").await.unwrap();
    assert!(cast.operation.is_none());
    assert_eq!(refused(desk.ask(JURORS[1], Request::Undo { operation: None }).await), Rule::NothingToUndo);
}

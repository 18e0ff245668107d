//! Until when jurors are asked to vote, and who was given more time.

use chrono::{DateTime, Utc};
use marsai::api::juror::{AllDeadlines, ExtensionRow};
use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::UserId;
use marsai::domain::deadline::{Deadlines, VoteRound};
use marsai::domain::rule::Rule;
use uuid::Uuid;

use super::ballots::{cast, setting};
use super::desk::{ANN, BEN, DISABLED, Desk, JURORS, PRODUCER, refused, say, undo};
use super::support;

const DAN: UserId = JURORS[1];
const EVE: UserId = JURORS[2];

fn extend(juror: UserId, round: VoteRound, until: Option<&str>) -> Request {
    Request::ExtendDeadline { juror, round, until: until.map(str::to_owned) }
}

fn utc(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").replacen(' ', "T", 1).parse().unwrap()
}

fn extension(answer: &Answer) -> &ExtensionRow {
    match &answer.reply {
        Reply::Extension(row) => row,
        other => panic!("{other:?}"),
    }
}

async fn mine(desk: &Desk, who: UserId) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    match desk.ask(who, Request::MyDeadlines {}).await.unwrap().reply {
        Reply::MyDeadlines(Deadlines { first, second }) => (first, second),
        other => panic!("{other:?}"),
    }
}

async fn all(desk: &Desk) -> AllDeadlines {
    match desk.ask(BEN, Request::Deadlines {}).await.unwrap().reply {
        Reply::Deadlines(all) => all,
        other => panic!("{other:?}"),
    }
}

async fn festival(desk: &Desk) {
    desk.ask(ANN, setting("voting.deadline_1", "2082-05-30 18:00")).await.unwrap();
    desk.ask(ANN, setting("voting.deadline_2", "2082-12-10 12:00")).await.unwrap();
}

#[tokio::test]
async fn a_juror_is_given_more_time_and_nobody_else() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        assert_eq!((mine(&desk, DAN).await, all(&desk).await), ((None, None), AllDeadlines::default()));
        festival(&desk).await;
        let (first, second) = (Some(utc("2082-05-30 16:00")), Some(utc("2082-12-10 11:00")));
        assert_eq!(mine(&desk, DAN).await, (first, second));
        let before = desk.ledger_rows().await;
        let later = desk.ask(ANN, extend(DAN, VoteRound::First, Some(" 2082-06-02T10:30 "))).await.unwrap();
        let row = ExtensionRow {
            juror: DAN,
            name: "Dan Test".into(),
            round: VoteRound::First,
            until: Some(utc("2082-06-02 08:30")),
        };
        assert_eq!(extension(&later), &row);
        assert_eq!(mine(&desk, DAN).await, (row.until, second));
        assert_eq!(mine(&desk, EVE).await, (first, second));
        let told = all(&desk).await;
        assert_eq!((told.festival.first, told.extensions), (first, vec![row.clone()]));
        // The same again changes nothing; what is not more time than everybody has is refused.
        let same = desk.ask(BEN, extend(DAN, VoteRound::First, Some("2082-06-02 10:30"))).await.unwrap();
        assert!(same.operation.is_none() && desk.ledger_rows().await == before + 1);
        for less in ["2082-01-01 10:00", "2082-12-10 12:00", "10/12/2082 12:00", "2020-01-01"] {
            let answer = desk.ask(ANN, extend(EVE, VoteRound::Second, Some(less))).await;
            assert_eq!(refused(answer), Rule::NotMoreTime, "{less}");
        }
        assert_eq!(mine(&desk, EVE).await, (first, second));
        assert_eq!(desk.value("SELECT topic FROM console_ledger ORDER BY id DESC LIMIT 1").await, "settings");
        let kept = desk.value("SELECT after_state FROM console_ledger WHERE action = 'extend_deadline' LIMIT 1").await;
        assert!(kept.contains("Dan Test") && kept.contains("2082-06-02T08:30:00Z"), "{kept}");
        for back in [None, Some("")] {
            let none = desk.ask(ANN, extend(DAN, VoteRound::First, back)).await.unwrap();
            assert_eq!(extension(&none).until, None);
        }
        assert_eq!(mine(&desk, DAN).await, (first, second));
    }
}

#[tokio::test]
async fn more_time_is_taken_back_by_undo_where_nobody_changed_it_since() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        festival(&desk).await;
        let id = Uuid::new_v4();
        let first = desk.ask_as(ANN, extend(DAN, VoteRound::First, Some("2082-06-02 10:00")), id).await.unwrap();
        let again = desk.ask_as(ANN, extend(DAN, VoteRound::First, Some("2082-06-02 10:00")), id).await.unwrap();
        assert!(again.repeated && extension(&again) == extension(&first) && again.operation == first.operation);
        let more = desk.ask(BEN, extend(DAN, VoteRound::First, Some("2082-06-03 10:00"))).await.unwrap();
        assert_eq!(refused(desk.ask(ANN, undo(&first)).await), Rule::ChangedSince);
        desk.ask(BEN, undo(&more)).await.unwrap();
        assert_eq!(mine(&desk, DAN).await.0, Some(utc("2082-06-02 08:00")));
        desk.ask(ANN, undo(&first)).await.unwrap();
        assert_eq!((mine(&desk, DAN).await.0, all(&desk).await.extensions), (Some(utc("2082-05-30 16:00")), vec![]));
        let given = desk.ask(ANN, extend(DAN, VoteRound::Second, Some("2082-12-12 10:00"))).await.unwrap();
        let back = desk.ask(ANN, extend(DAN, VoteRound::Second, None)).await.unwrap();
        desk.ask(ANN, Request::Undo { operation: None }).await.unwrap();
        assert_eq!(mine(&desk, DAN).await.1, extension(&given).until);
        assert_eq!(refused(desk.ask(ANN, undo(&back)).await), Rule::NothingToUndo);
        // An account of another juror under the same id was given nothing.
        desk.run("UPDATE users SET createdAt = '2025-12-02 08:00:00' WHERE id_user = 4").await;
        assert_eq!((mine(&desk, DAN).await.1, all(&desk).await.extensions), (Some(utc("2082-12-10 11:00")), vec![]));
        assert_eq!(refused(desk.ask(ANN, undo(&given)).await), Rule::ChangedSince);
        desk.ask(ANN, extend(DAN, VoteRound::Second, Some("2082-12-12 10:00"))).await.unwrap();
        assert_eq!(all(&desk).await.extensions.len(), 1);
    }
}

#[tokio::test]
async fn who_is_given_time_and_what_is_no_moment() {
    let desk = Desk::open().await;
    festival(&desk).await;
    let moment = Some("2082-06-02 10:00");
    for (juror, name) in [(ANN, Rule::NotAJuror), (PRODUCER, Rule::NotAJuror)] {
        assert_eq!(refused(desk.ask(ANN, extend(juror, VoteRound::First, moment)).await), name);
        assert!(desk.ask(ANN, extend(juror, VoteRound::First, None)).await.is_ok());
    }
    let gone = desk.ask(ANN, extend(UserId(99), VoteRound::First, moment)).await.unwrap_err();
    assert_eq!(gone, Failure::NotFound { what: "thing-user", id: 99 });
    for wrong in ["tomorrow", "2082-02-30 10:00", "2082-06-02 10:00:00", "\u{1b}"] {
        assert_eq!(
            refused(desk.ask(ANN, extend(DAN, VoteRound::First, Some(wrong))).await),
            Rule::BadMoment,
            "{wrong}"
        );
    }
    assert!(serde_json::from_str::<Request>(r#"{"request":"extend_deadline","juror":4,"round":3}"#).is_err());
    desk.ask(ANN, say(r#"{"request":"extend_deadline","juror":4,"round":2,"until":"2082-12-24 10:00"}"#))
        .await
        .unwrap();
    desk.ask(ANN, extend(DISABLED, VoteRound::First, moment)).await.unwrap();
    for request in [extend(EVE, VoteRound::First, moment), Request::Deadlines {}] {
        assert!(matches!(desk.ask(DAN, request).await, Err(Failure::Forbidden { .. })));
    }
    assert!(matches!(desk.ask(ANN, Request::MyDeadlines {}).await, Err(Failure::Forbidden { .. })));
    // A deadline that is over refuses nothing; more time is still to come.
    desk.ask(ANN, setting("voting.deadline_1", "2020-01-01 00:00")).await.unwrap();
    let over = desk.ask(ANN, extend(EVE, VoteRound::First, Some("2020-01-02"))).await;
    assert_eq!(refused(over), Rule::NotMoreTime);
    desk.ask(ANN, extend(EVE, VoteRound::First, Some("30/11/2082"))).await.unwrap();
    desk.ask(ANN, setting("voting.deadline_1", "")).await.unwrap();
    assert_eq!(refused(desk.ask(ANN, extend(DAN, VoteRound::First, moment)).await), Rule::NoDeadline);
    desk.ask(ANN, extend(EVE, VoteRound::First, None)).await.unwrap();
    desk.ask(DAN, cast(2, "YES", "late, and counted")).await.unwrap();
}

#[tokio::test]
async fn deadlines_go_by_the_festivals_clock_as_it_is_now() {
    let desk = Desk::open().await;
    desk.ask(ANN, setting("festival.time_zone", "America/New_York")).await.unwrap();
    desk.ask(ANN, setting("voting.deadline_1", "2082-03-08 02:30")).await.unwrap();
    // There is no half past two in that night.
    assert_eq!(mine(&desk, DAN).await.0, Some(utc("2082-03-08 07:00")));
    let given = desk.ask(ANN, extend(DAN, VoteRound::First, Some("2082-11-01 01:30"))).await.unwrap();
    assert_eq!(extension(&given).until, Some(utc("2082-11-01 05:30")));
    // What was given to somebody was given as a moment.
    desk.ask(ANN, setting("festival.time_zone", "Europe/Paris")).await.unwrap();
    assert_eq!(mine(&desk, DAN).await.0, Some(utc("2082-11-01 05:30")));
    assert_eq!(mine(&desk, EVE).await.0, Some(utc("2082-03-08 01:30")));
}

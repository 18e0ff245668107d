//! What the lists show of votes: with what our own tables know of rounds and jurors.

use marsai::api::film::FilmRow;
use marsai::api::{Reply, Request, Topic};
use marsai::domain::FilmId;

use super::ballots::setting;
use super::desk::{ANN, Desk, JURORS, films};
use super::support;

async fn row(desk: &Desk, id: i32) -> FilmRow {
    desk.films().await.rows.iter().find(|row| row.id == FilmId(id)).unwrap().clone()
}

/// Reads everything again, and one film alone: both must show the same.
async fn fresh(desk: &Desk, id: i32) -> FilmRow {
    let list = films(desk.ask(ANN, Request::Films { fresh: true }).await.unwrap());
    let row = list.rows.iter().find(|row| row.id == FilmId(id)).unwrap().clone();
    assert_eq!(row, desk.film(id).await.row);
    row
}

const BORN: &str = "(SELECT CAST(createdAt AS CHAR) FROM movies WHERE id_movie = 2)";

#[tokio::test]
async fn rounds_and_seats_count_for_the_film_that_they_were_written_for() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let plain = fresh(&desk, 2).await;
        assert_eq!((plain.active, plain.voted, plain.decided, plain.closed, plain.recusals), (3, 1, 0, false, 0));
        let seats = |born: &str| {
            format!(
                "REPLACE INTO console_seats VALUES (2, 3, {born}, NULL, FALSE, FALSE, 1, 'YES', 0, UTC_TIMESTAMP(3)), \
                 (2, 4, {born}, 'language', TRUE, FALSE, NULL, NULL, NULL, UTC_TIMESTAMP(3)), \
                 (2, 5, {born}, 'conflict', FALSE, FALSE, NULL, NULL, NULL, UTC_TIMESTAMP(3))"
            )
        };
        let round = |born: &str, noted: &str| {
            format!("REPLACE INTO console_rounds VALUES (2, {born}, 1, '[]', NULL, NULL, FALSE, FALSE, {noted})")
        };
        // A film that had this id before.
        desk.run(&seats("'2020-01-01 00:00:00'")).await;
        desk.run(&round("'2020-01-01 00:00:00'", "TRUE")).await;
        assert_eq!(fresh(&desk, 2).await, plain);
        desk.run(&seats(BORN)).await;
        let row = fresh(&desk, 2).await;
        assert_eq!((row.active, row.voted, row.decided, row.recusals), (2, 1, 1, 1));
        desk.run(&round(BORN, "FALSE")).await;
        assert_eq!(fresh(&desk, 2).await, row);
        desk.run(&round(BORN, "TRUE")).await;
        let row = fresh(&desk, 2).await;
        assert_eq!((row.closed, row.voted, row.ballots, row.tally.total()), (true, 0, 1, 0));
        // Somebody of whom the panel is rid, the vote kept.
        desk.run("DELETE FROM console_rounds; DELETE FROM movies_juries WHERE id_movie = 2 AND id_user = 3").await;
        assert_eq!(fresh(&desk, 2).await.tally.total(), 0);
        desk.run("UPDATE console_seats SET kept = TRUE WHERE id_user = 3").await;
        let row = fresh(&desk, 2).await;
        assert_eq!((row.tally.total(), row.voted, row.panel.len()), (1, 0, 2));
    }
}

#[tokio::test]
async fn a_film_that_a_juror_cannot_judge_is_theirs_no_more() {
    let desk = Desk::open().await;
    let seat = |user: i32, why: &str, waiting: &str| {
        format!(
            "REPLACE INTO console_seats VALUES (2, {user}, {BORN}, '{why}', {waiting}, FALSE, NULL, NULL, NULL, UTC_TIMESTAMP(3))"
        )
    };
    let mine = async |juror| {
        let list = films(desk.ask(juror, Request::MyFilms { fresh: true }).await.unwrap());
        list.rows.iter().map(|row| (row.id.0, row.recusals)).collect::<Vec<_>>()
    };
    assert_eq!(mine(JURORS[1]).await, [(6, 0), (3, 0), (2, 0)]);
    desk.run(&seat(4, "language", "TRUE")).await;
    assert_eq!(mine(JURORS[1]).await, [(6, 0), (3, 0), (2, 1)]);
    assert_eq!(mine(JURORS[2]).await, [(2, 0)]);
    desk.run(&seat(4, "conflict", "TRUE")).await;
    assert_eq!(mine(JURORS[1]).await, [(6, 0), (3, 0)]);
}

#[tokio::test]
async fn tallies_are_veiled_and_shown_as_the_festival_wants_it() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        assert_eq!((row(&desk, 2).await.veiled, row(&desk, 2).await.tally.total()), (false, 1));
        let mut news = desk.service.subscribe();
        let set = |value: &str| Request::SetSetting { name: "voting.staff_see".into(), value: value.into() };
        desk.ask(ANN, set("complete")).await.unwrap();
        let told = [news.recv().await.unwrap(), news.recv().await.unwrap()];
        assert!(told.iter().any(|news| news.topic == Topic::Films && news.ids.is_none()), "{told:?}");
        let veiled = row(&desk, 2).await;
        assert_eq!((veiled.veiled, veiled.tally.total(), veiled.voted), (true, 0, 1));
        assert_eq!(veiled, desk.film(2).await.row);
        // Films that have gone on are open to all staff.
        assert!(!row(&desk, 3).await.veiled && row(&desk, 3).await.tally.total() == 2);
        desk.run(&format!("INSERT INTO console_rounds VALUES (2, {BORN}, 1, NULL, NULL, NULL, FALSE, TRUE, TRUE)"))
            .await;
        assert_eq!((fresh(&desk, 2).await.veiled, fresh(&desk, 2).await.tally.total()), (false, 1));
        desk.run("DELETE FROM console_rounds").await;
        assert!(fresh(&desk, 2).await.veiled);
        desk.ask(ANN, set("always")).await.unwrap();
        assert!(!row(&desk, 2).await.veiled);
    }
}

#[tokio::test]
async fn a_first_vote_that_may_still_come_keeps_round_two_open() {
    let desk = Desk::open().await;
    desk.run("UPDATE votes SET modification_count = 1 WHERE id_movie = 3; INSERT INTO movies_juries (id_movie, id_user) VALUES (3, 5)").await;
    let seen = async || {
        let row = fresh(&desk, 3).await;
        let Reply::Voting(sheet) = desk.say(r#"{"request":"voting","film":3}"#).await.unwrap().reply else { panic!() };
        assert_eq!(row.facts().proposal(), sheet.proposal);
        (row.first_votes_open, row.facts().round_two_over())
    };
    assert_eq!(seen().await, (false, true));
    desk.ask(ANN, setting("voting.open_discussion", "first_request")).await.unwrap();
    // The list that is already there shows it as well.
    assert!(row(&desk, 3).await.first_votes_open);
    assert_eq!(seen().await, (true, false));
    desk.say(r#"{"request":"close_round","film":3}"#).await.unwrap();
    assert_eq!(seen().await, (true, true));
}

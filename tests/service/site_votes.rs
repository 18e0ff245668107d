//! Votes, panels and statuses that the web site writes past the console: no lock, no unique key, sometimes twice and sometimes
//! over what was there. The next look finds it, counts each juror once and applies the rules as the console.

use std::time::Duration;

use marsai::api::film::FilmRow;
use marsai::api::outside::OutsideRow;
use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::film::{FilmStatus, Proposal};
use marsai::domain::outside::{Settled, What};
use marsai::domain::rule::Rule;
use marsai::domain::vote::{Note, SetAside};
use marsai::domain::{FilmId, MarkId, UserId};
use marsai::service::{Looked, Service};

use super::desk::{ANN, Desk, films, refused, undo};
use super::support::{self, fixtures};

/// Longer than any test.
const LEASE: Duration = Duration::from_secs(600);

/// Fixtures whose votes, panels and films have the document's names.
const SHAPES: [&str; 4] = ["document", "float_history", "bare_panels", "running_site"];

async fn look(service: &Service) -> usize {
    match service.look_outside(LEASE).await.unwrap() {
        Looked::Found(films) => films,
        Looked::Elsewhere => panic!("another process looks"),
    }
}

/// An adopted database whose films are known. On its film 2 jurors 2, 3 and 4 sit, of whom 2 has voted YES (vote 1); on film 3
/// in discussion 2 (TO DISCUSS, vote 2) and 3 (YES, changed, vote 3).
async fn adopted(name: &str) -> Desk {
    let database = support::database().await;
    fixtures::load(&database, fixtures::named(name)).await;
    let desk = Desk::on(database).await;
    desk.films().await;
    assert!(look(&desk.service).await > 0);
    desk
}

/// A vote as the web site casts it.
async fn vote(desk: &Desk, film: i32, juror: i32, note: &str, text: &str) {
    desk.run(&format!(
        "INSERT INTO votes (id_movie, id_user, note, comments, modification_count, createdAt, updatedAt) \
         VALUES ({film}, {juror}, '{note}', '{text}', 0, '2026-03-01 10:00:00', '2026-03-01 10:00:00')"
    ))
    .await;
}

async fn row(desk: &Desk, id: i32) -> FilmRow {
    let list = films(desk.ask(ANN, Request::Films { fresh: true }).await.unwrap());
    list.rows.iter().find(|row| row.id == FilmId(id)).unwrap().clone()
}

/// What the console did with a film by itself, the oldest first.
async fn deeds(desk: &Desk, film: i32) -> String {
    let one = "CONCAT(COALESCE(JSON_UNQUOTE(JSON_EXTRACT(before_state, '$.status')), '-'), '>', \
               COALESCE(JSON_UNQUOTE(JSON_EXTRACT(after_state, '$.status')), '-'))";
    let own = "actor IS NULL AND actor_name = 'console' AND action = 'look_outside' AND topic = 'films'";
    desk.value(&format!(
        "SELECT GROUP_CONCAT({one} ORDER BY id SEPARATOR ', ') FROM console_ledger WHERE {own} AND subject = {film}"
    ))
    .await
}

async fn open(desk: &Desk, film: i32) -> Vec<OutsideRow> {
    match desk.ask(ANN, Request::Outside { film: Some(FilmId(film)) }).await.unwrap().reply {
        Reply::Outside(marks) => marks,
        other => panic!("{other:?}"),
    }
}

async fn settle(desk: &Desk, mark: MarkId, put_back: bool) -> Result<Answer, Failure> {
    desk.ask(ANN, Request::SettleOutside { mark, put_back }).await
}

#[tokio::test]
async fn a_round_that_the_site_completes_moves_the_film_once() {
    for name in SHAPES {
        let desk = adopted(name).await;
        vote(&desk, 2, 3, "YES", "fine").await;
        assert_eq!(look(&desk.service).await, 1);
        assert_eq!((desk.status(2).await.as_str(), deeds(&desk, 2).await.as_str()), ("assigned", "NULL"), "{name}");
        vote(&desk, 2, 4, "TO DISCUSS", "let us talk").await;
        assert_eq!(look(&desk.service).await, 1);
        assert_eq!(desk.status(2).await, "to_discuss", "{name}");
        assert_eq!(deeds(&desk, 2).await, "assigned>to_discuss", "{name}");
        assert_eq!(desk.value("SELECT discussed FROM console_rounds WHERE id_movie = 2").await, "1");
        let shown = desk.films().await;
        assert_eq!(shown.rows.iter().find(|row| row.id.0 == 2).unwrap().status, FilmStatus::ToDiscuss);
        // What the console did itself is no news to it, and no mark.
        while look(&desk.service).await > 0 {}
        assert_eq!(deeds(&desk, 2).await, "assigned>to_discuss", "{name}");
        assert_eq!(open(&desk, 2).await, []);
    }
}

#[tokio::test]
async fn a_panel_that_the_site_makes_smaller_completes_the_round_too() {
    let desk = adopted("document").await;
    vote(&desk, 2, 3, "TO DISCUSS", "let us talk").await;
    look(&desk.service).await;
    assert_eq!(desk.status(2).await, "assigned");
    desk.run("DELETE FROM movies_juries WHERE id_movie = 2 AND id_user = 4").await;
    look(&desk.service).await;
    assert_eq!((desk.status(2).await.as_str(), deeds(&desk, 2).await.as_str()), ("to_discuss", "assigned>to_discuss"));
}

#[tokio::test]
async fn what_was_complete_when_the_database_was_joined_is_proposed_and_not_moved() {
    let database = support::database().await;
    fixtures::load(&database, fixtures::DOCUMENT).await;
    let desk = Desk::on(database).await;
    vote(&desk, 2, 3, "YES", "fine").await;
    vote(&desk, 2, 4, "TO DISCUSS", "let us talk").await;
    look(&desk.service).await;
    desk.run("UPDATE movies SET description = 'new' WHERE id_movie = 2").await;
    look(&desk.service).await;
    assert_eq!((desk.status(2).await.as_str(), deeds(&desk, 2).await.as_str()), ("assigned", "NULL"));
    assert_eq!(row(&desk, 2).await.facts().proposal(), Proposal::Discussion);
}

#[tokio::test]
async fn a_film_that_a_person_moved_back_stays_there_until_something_else_changes() {
    let desk = adopted("document").await;
    vote(&desk, 2, 3, "YES", "fine").await;
    vote(&desk, 2, 4, "TO DISCUSS", "let us talk").await;
    look(&desk.service).await;
    assert_eq!(desk.status(2).await, "to_discuss");
    let back = |reason: &str| Request::SetStatus {
        film: FilmId(2),
        to: FilmStatus::Assigned,
        reason: Some(reason.to_owned()),
        force: true,
        ballots: None,
        private: false,
        seen: None,
    };
    desk.ask(ANN, back("once more")).await.unwrap();
    look(&desk.service).await;
    assert_eq!(look(&desk.service).await, 0);
    assert_eq!(desk.status(2).await, "assigned");
    desk.run("UPDATE votes SET comments = 'again' WHERE id_movie = 2 AND id_user = 3").await;
    look(&desk.service).await;
    assert_eq!(desk.status(2).await, "to_discuss");
    // The same on the site: its people are not overruled either.
    while look(&desk.service).await > 0 {}
    desk.run("UPDATE movies SET selection_status = 'assigned' WHERE id_movie = 2").await;
    while look(&desk.service).await > 0 {}
    assert_eq!(desk.status(2).await, "assigned");
    assert_eq!(open(&desk, 2).await.iter().map(|mark| mark.what).collect::<Vec<_>>(), [What::Status]);
}

#[tokio::test]
async fn a_status_of_the_sites_opens_the_discussion_and_what_follows_from_it() {
    let desk = adopted("document").await;
    desk.run("UPDATE movies SET selection_status = 'to_discuss' WHERE id_movie = 2").await;
    look(&desk.service).await;
    assert_eq!(desk.value("SELECT discussed FROM console_rounds WHERE id_movie = 2").await, "1");
    assert_eq!((desk.status(2).await.as_str(), deeds(&desk, 2).await.as_str()), ("to_discuss", "->-"));
    // With the votes there already, the first round that the site opens is over at once.
    desk.run("INSERT INTO movies_juries (id_movie, id_user, createdAt, updatedAt) VALUES (1, 2, NOW(), NOW())").await;
    vote(&desk, 1, 2, "TO DISCUSS", "hm").await;
    look(&desk.service).await;
    assert_eq!(desk.status(1).await, "submitted");
    desk.run("UPDATE movies SET selection_status = 'assigned' WHERE id_movie = 1").await;
    look(&desk.service).await;
    assert_eq!((desk.status(1).await.as_str(), deeds(&desk, 1).await.as_str()), ("to_discuss", "assigned>to_discuss"));
}

#[tokio::test]
async fn a_majority_moves_on_by_itself_only_where_the_festival_wants_it() {
    let desk = adopted("document").await;
    let set = Request::SetSetting { name: "voting.advance".into(), value: "automatic".into() };
    desk.ask(ANN, set).await.unwrap();
    for juror in [3, 4] {
        vote(&desk, 2, juror, "YES", "fine").await;
    }
    look(&desk.service).await;
    assert_eq!((desk.status(2).await.as_str(), deeds(&desk, 2).await.as_str()), ("candidate", "assigned>candidate"));
}

#[tokio::test]
async fn two_processes_that_look_at_once_move_a_film_once() {
    let desk = adopted("document").await;
    desk.service.look_no_more().await.unwrap();
    let beside = desk.beside().await;
    for juror in [3, 4] {
        vote(&desk, 2, juror, "TO DISCUSS", "let us talk").await;
    }
    let (one, other) = tokio::join!(desk.service.look_outside(LEASE), beside.look_outside(LEASE));
    assert!([one.unwrap(), other.unwrap()].contains(&Looked::Found(1)));
    assert_eq!(deeds(&desk, 2).await, "assigned>to_discuss");
}

#[tokio::test]
async fn a_second_ballot_is_found_counted_once_and_struck_or_left() {
    for name in SHAPES {
        let desk = adopted(name).await;
        vote(&desk, 2, 2, "NO", "changed my mind").await;
        assert_eq!(look(&desk.service).await, 1);
        let now = row(&desk, 2).await;
        assert_eq!((now.tally.yes, now.tally.no, now.ballots, now.outside), (1, 0, 2, true), "{name}");
        let Reply::Votes(votes) = desk.ask(ANN, Request::Votes { film: Some(FilmId(2)) }).await.unwrap().reply else {
            panic!()
        };
        let aside: Vec<_> = votes.iter().map(|vote| vote.set_aside).collect();
        assert_eq!(aside, [None, Some(SetAside::Duplicate)]);
        let marks = open(&desk, 2).await;
        let [mark] = &marks[..] else { panic!("{marks:?}") };
        let ballots = mark.ballots.as_ref().unwrap();
        assert_eq!(
            (mark.what, ballots.juror, ballots.juror_name.as_str()),
            (What::Duplicate, UserId(2), "Jules Petit")
        );
        let said = |slip: &Option<marsai::domain::slip::Slip>| {
            slip.as_ref().map(|slip| (slip.note, slip.comments.clone().unwrap_or_default()))
        };
        assert_eq!(said(&ballots.ours), Some((Some(Note::Yes), "Moving.".to_owned())));
        assert_eq!(said(&ballots.site), Some((Some(Note::No), "changed my mind".to_owned())));
        // Struck, taken back, left as it is.
        let struck = settle(&desk, mark.mark, true).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 2").await, "1", "{name}");
        assert_eq!(open(&desk, 2).await, []);
        while look(&desk.service).await > 0 {}
        desk.ask(ANN, undo(&struck)).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_movie = 2").await, "2", "{name}");
        assert_eq!(open(&desk, 2).await, marks, "{name}");
        while look(&desk.service).await > 0 {}
        settle(&desk, mark.mark, false).await.unwrap();
        desk.run("UPDATE votes SET updatedAt = '2026-03-02 10:00:00' WHERE id_movie = 2").await;
        while look(&desk.service).await > 0 {}
        assert_eq!(open(&desk, 2).await, [], "{name}");
        // One that the site takes away by itself needs nobody.
        vote(&desk, 2, 3, "YES", "one").await;
        vote(&desk, 2, 3, "YES", "one").await;
        look(&desk.service).await;
        let [twice] = &open(&desk, 2).await[..] else { panic!() };
        desk.run("DELETE FROM votes WHERE id_user = 3 AND id_movie = 2 ORDER BY id_vote DESC LIMIT 1").await;
        look(&desk.service).await;
        let how = desk.value(&format!("SELECT settled_how FROM console_outside WHERE id = {}", twice.mark)).await;
        assert_eq!(how, Settled::Reverted.name());
    }
}

#[tokio::test]
async fn a_vote_that_stood_and_was_changed_on_the_site_stands_no_more() {
    let desk = adopted("document").await;
    desk.run(
        "INSERT INTO console_seats SELECT 3, 2, CAST(createdAt AS CHAR), NULL, FALSE, FALSE, 2, 'TO DISCUSS', 0, \
         UTC_TIMESTAMP(3) FROM movies WHERE id_movie = 3",
    )
    .await;
    assert_eq!(row(&desk, 3).await.decided, 2);
    desk.run(
        "INSERT INTO vote_histories (id_vote, id_user, id_movie, note, comments, createdAt, updatedAt) VALUES \
         (2, 2, 3, 'TO DISCUSS', 'Let us talk.', '2026-03-01 10:00:00', '2026-03-01 10:00:00'); \
         UPDATE votes SET note = 'YES', comments = 'Yes.', modification_count = 1 WHERE id_vote = 2",
    )
    .await;
    look(&desk.service).await;
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_seats WHERE stands_vote IS NOT NULL").await, "0");
    let now = row(&desk, 3).await;
    assert_eq!((now.changed, now.decided, now.status), (2, 2, FilmStatus::ToDiscuss));
    assert_eq!(now.facts().proposal(), Proposal::Candidate);
    // With its history there is nothing to settle.
    assert_eq!(open(&desk, 3).await, []);
}

#[tokio::test]
async fn of_two_votes_that_stood_and_were_changed_at_once_both_are_told() {
    let desk = adopted("document").await;
    for juror in [2, 3] {
        desk.run(&format!(
            "INSERT IGNORE INTO movies_juries (id_movie, id_user) VALUES (3, {juror}); \
             DELETE FROM votes WHERE id_movie = 3 AND id_user = {juror}; \
             INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) VALUES \
             (9{juror}, {juror}, 3, 'TO DISCUSS', 'hm', 0, '2026-02-01 10:00:00', '2026-02-01 10:00:00'); \
             INSERT INTO console_seats SELECT 3, {juror}, CAST(createdAt AS CHAR), NULL, FALSE, FALSE, 9{juror}, 'TO DISCUSS', 0, \
             UTC_TIMESTAMP(3) FROM movies WHERE id_movie = 3"
        ))
        .await;
    }
    while look(&desk.service).await > 0 {}
    desk.run("UPDATE votes SET note = 'YES', modification_count = 1 WHERE id_vote IN (92, 93)").await;
    look(&desk.service).await;
    let told =
        "SELECT GROUP_CONCAT(JSON_KEYS(before_state, '$.jurors')) FROM console_ledger WHERE action = 'look_outside'";
    assert_eq!(desk.value(told).await, r#"["2", "3"]"#);
    let stood = "SELECT MAX(JSON_EXTRACT(before_state, '$.jurors.\"2\".stands.vote')) FROM console_ledger WHERE action = 'look_outside'";
    assert_eq!(desk.value(stood).await, "92");
}

#[tokio::test]
async fn a_film_that_was_brought_back_stays_where_it_is_until_something_changes() {
    let desk = adopted("document").await;
    let delete = |film| Request::DeleteFilm { film: FilmId(film), reason: None };
    for undoes in [true, false] {
        let gone = desk.ask(ANN, delete(2)).await.unwrap();
        while look(&desk.service).await > 0 {}
        let back = Request::RestoreFilm { film: Some(FilmId(2)), operation: None };
        desk.ask(ANN, if undoes { undo(&gone) } else { back }).await.unwrap();
        // What is complete when it comes back is proposed.
        for (juror, note) in [(3, "YES"), (4, "TO DISCUSS")] {
            desk.run(&format!("DELETE FROM votes WHERE id_movie = 2 AND id_user = {juror}")).await;
            vote(&desk, 2, juror, note, "hm").await;
        }
        while look(&desk.service).await > 0 {}
        assert_eq!(desk.status(2).await, "assigned", "{undoes}");
    }
}

/// A vote as its juror casts it in the console.
async fn cast(desk: &Desk, film: i32, juror: i32, note: &str, text: &str) {
    let (film, note, comments) = (FilmId(film), note.to_owned(), Some(text.to_owned()));
    desk.ask(UserId(juror), Request::CastVote { film, note, comments, seen: None, draft: None }).await.unwrap();
}

async fn text(desk: &Desk, film: i32, juror: i32) -> String {
    let one = format!("FROM votes WHERE id_movie = {film} AND id_user = {juror}");
    desk.value(&format!("SELECT CONCAT(note, ' ', comments, ' ', modification_count) {one}")).await
}

#[tokio::test]
async fn a_ballot_of_ours_that_the_site_wrote_over_is_shown_with_both_texts_and_put_back_or_kept() {
    for name in SHAPES {
        let desk = adopted(name).await;
        cast(&desk, 2, 3, "NO", "ours").await;
        assert_eq!(look(&desk.service).await, 1, "{name}");
        assert_eq!(open(&desk, 2).await, [], "{name}");
        let overwrite = "UPDATE votes SET note = 'YES', comments = 'theirs' WHERE id_movie = 2 AND id_user = 3";
        desk.run(overwrite).await;
        look(&desk.service).await;
        let marks = open(&desk, 2).await;
        let [mark] = &marks[..] else { panic!("{name}: {marks:?}") };
        let ballots = mark.ballots.as_ref().unwrap();
        let said = |slip: &Option<marsai::domain::slip::Slip>| slip.as_ref().unwrap().comments.clone().unwrap();
        assert_eq!(
            (mark.what, said(&ballots.ours), said(&ballots.site)),
            (What::Overwritten, "ours".into(), "theirs".into())
        );
        let back = settle(&desk, mark.mark, true).await.unwrap();
        assert_eq!(text(&desk, 2, 3).await, "NO ours 0", "{name}");
        while look(&desk.service).await > 0 {}
        assert_eq!(open(&desk, 2).await, [], "{name}");
        desk.ask(ANN, undo(&back)).await.unwrap();
        assert_eq!((text(&desk, 2, 3).await.as_str(), open(&desk, 2).await), ("YES theirs 0", marks.clone()), "{name}");
        while look(&desk.service).await > 0 {}
        assert_eq!(open(&desk, 2).await, marks, "{name}");
        // From here on the site's is what is known.
        settle(&desk, mark.mark, false).await.unwrap();
        while look(&desk.service).await > 0 {}
        assert_eq!(open(&desk, 2).await, [], "{name}");
        desk.run("UPDATE votes SET comments = 'once more' WHERE id_movie = 2 AND id_user = 3").await;
        look(&desk.service).await;
        let [mark] = &open(&desk, 2).await[..] else { panic!("{name}") };
        let ballots = mark.ballots.as_ref().unwrap();
        assert_eq!((said(&ballots.ours), said(&ballots.site)), ("theirs".into(), "once more".into()), "{name}");
        // What changed since it was marked is not written over.
        desk.run("UPDATE votes SET comments = 'and more' WHERE id_movie = 2 AND id_user = 3").await;
        settle(&desk, mark.mark, true).await.unwrap_err();
    }
}

#[tokio::test]
async fn a_change_that_the_site_keeps_in_the_history_is_in_order() {
    let desk = adopted("document").await;
    cast(&desk, 2, 3, "TO DISCUSS", "ours").await;
    cast(&desk, 2, 4, "YES", "mine").await;
    assert_eq!(desk.status(2).await, "to_discuss");
    let id = desk.value("SELECT id_vote FROM votes WHERE id_movie = 2 AND id_user = 3").await;
    desk.run(&format!(
        "INSERT INTO vote_histories (id_vote, id_user, id_movie, note, comments, createdAt, updatedAt) VALUES \
         ({id}, 3, 2, 'TO DISCUSS', 'ours', '2026-03-01 10:00:00', '2026-03-01 10:00:00'); \
         UPDATE votes SET note = 'YES', comments = 'theirs', modification_count = 1 WHERE id_vote = {id}"
    ))
    .await;
    while look(&desk.service).await > 0 {}
    assert_eq!(open(&desk, 2).await, []);
    assert_eq!((row(&desk, 2).await.changed, deeds(&desk, 2).await.as_str()), (1, "NULL"));
}

#[tokio::test]
async fn a_vote_after_the_round_was_closed_is_set_aside_until_staff_let_it_count() {
    for name in SHAPES {
        let desk = adopted(name).await;
        vote(&desk, 2, 3, "NO", "no").await;
        look(&desk.service).await;
        let close = Request::CloseRound { film: FilmId(2), reason: Some("in time".into()), seen: None };
        desk.ask(ANN, close).await.unwrap();
        while look(&desk.service).await > 0 {}
        vote(&desk, 2, 4, "YES", "sorry, late").await;
        look(&desk.service).await;
        let now = row(&desk, 2).await;
        assert_eq!((now.closed, now.tally.total(), now.ballots, now.outside), (true, 2, 3, true), "{name}");
        let marks = open(&desk, 2).await;
        let [mark] = &marks[..] else { panic!("{name}: {marks:?}") };
        let late = mark.ballots.as_ref().unwrap().site.clone().unwrap();
        assert_eq!((mark.what, late.juror, late.comments.as_deref()), (What::Late, UserId(4), Some("sorry, late")));
        assert_eq!(refused(settle(&desk, mark.mark, true).await), Rule::AdmitInstead, "{name}");
        let admit = Request::AdmitVote { vote: late.vote, reason: "the train was late".into(), seen: None };
        let admitted = desk.ask(ANN, admit).await.unwrap();
        assert_eq!((row(&desk, 2).await.tally.total(), open(&desk, 2).await), (3, vec![]), "{name}");
        while look(&desk.service).await > 0 {}
        assert_eq!(open(&desk, 2).await, [], "{name}");
        desk.ask(ANN, undo(&admitted)).await.unwrap();
        assert_eq!((row(&desk, 2).await.tally.total(), open(&desk, 2).await), (2, marks.clone()), "{name}");
        settle(&desk, mark.mark, false).await.unwrap();
        desk.run("UPDATE votes SET updatedAt = '2026-03-02 10:00:00' WHERE id_movie = 2").await;
        while look(&desk.service).await > 0 {}
        assert_eq!(open(&desk, 2).await, [], "{name}");
    }
}

#[tokio::test]
async fn what_is_kept_from_staff_until_the_round_is_complete_is_not_told_by_marks() {
    let desk = adopted("document").await;
    let set = Request::SetSetting { name: "voting.staff_see".into(), value: "complete".into() };
    desk.ask(ANN, set).await.unwrap();
    vote(&desk, 2, 2, "NO", "changed my mind").await;
    look(&desk.service).await;
    let [mark] = &open(&desk, 2).await[..] else { panic!() };
    let ballots = mark.ballots.as_ref().unwrap();
    let site = ballots.site.as_ref().unwrap();
    assert!(ballots.hidden && site.note.is_none() && site.comments.is_none());
    assert_eq!((mark.before.clone(), mark.after.clone()), (None, None));
}

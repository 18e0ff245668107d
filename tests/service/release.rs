//! Releasing jurors, and answering those who cannot judge a film.

use marsai::api::vote::{ReleaseStep, Released};
use marsai::api::{Answer, Failure, Reply};
use marsai::domain::UserId;
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use marsai::service::{NoObserver, Service};
use uuid::Uuid;

use super::desk::{ANN, Desk, JURORS, Watcher, caller, refused, say, undo, undone, voting};
use super::support;

const ASKED: &str = "INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) \
    VALUES (20, 4, 2, 'TO DISCUSS', 'hm', 0, '2026-02-02 10:00:00', '2026-02-02 10:00:00')";
/// Two more jurors, and a film 1 that only juror 5 judges.
const MORE: &str = "INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES \
    (8, 'Hal', 'Test', 'hal@example.org', '', 'JURY', '2025-12-01', '2025-12-01'), \
    (9, 'Ina', 'Test', 'ina@example.org', '', 'JURY', '2025-12-01', '2025-12-01'); \
    INSERT INTO movies_juries (id_movie, id_user) VALUES (1, 5); \
    UPDATE movies SET selection_status = 'assigned' WHERE id_movie = 1";

fn released(answer: &Answer) -> &Released {
    match &answer.reply {
        Reply::Released(released) => released,
        other => panic!("{other:?}"),
    }
}

async fn plan(desk: &Desk, line: &str) -> Vec<ReleaseStep> {
    match desk.say(line).await.unwrap().reply {
        Reply::ReleasePlan(steps) => steps,
        other => panic!("{other:?}"),
    }
}

/// Film, voted, kept, replacement, where it goes.
type Told = (i32, bool, bool, Option<i32>, Option<FilmStatus>);

fn told(steps: &[ReleaseStep]) -> Vec<Told> {
    let one =
        |step: &ReleaseStep| (step.film.0, step.voted, step.kept, step.replacement.map(|juror| juror.0), step.moves_to);
    steps.iter().map(one).collect()
}

#[tokio::test]
async fn a_juror_leaves_all_films_and_the_votes_stay() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = (desk.dump("movies_juries").await, desk.dump("votes").await);
        let expected = [(2, true, true, None, None), (3, true, true, None, None)];
        assert_eq!(told(&plan(&desk, r#"{"request":"preview_release","juror":3}"#).await), expected);
        assert_eq!(desk.ledger_rows().await, 0);
        let id = Uuid::new_v4();
        let release = || say(r#"{"request":"release_juror","juror":3,"reason":"ill"}"#);
        let answer = desk.ask_as(ANN, release(), id).await.unwrap();
        assert_eq!(told(&released(&answer).done), expected);
        assert_eq!((desk.panel(2).await.as_str(), desk.panel(3).await.as_str()), ("4,5", "4"));
        // A film that is decided keeps its panel.
        assert_eq!(desk.panel(4).await, "3");
        assert_eq!(desk.value("SELECT COUNT(*) FROM console_seats WHERE kept").await, "2");
        let Reply::Voting(sheet) = desk.say(r#"{"request":"voting","film":2}"#).await.unwrap().reply else { panic!() };
        assert_eq!((sheet.votes[0].set_aside, sheet.film.tally.total()), (None, 1));
        let again = desk.ask_as(ANN, release(), id).await.unwrap();
        assert!(again.repeated && told(&released(&again).done) == expected);
        assert_eq!(refused(desk.ask(ANN, release()).await), Rule::NoSeats);
        let back = desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!(undone(&back).ids, [2, 3]);
        assert_eq!((desk.dump("movies_juries").await, desk.dump("votes").await), before);
        assert_eq!(desk.value("SELECT COUNT(*) FROM console_seats").await, "0");
    }
}

#[tokio::test]
async fn places_are_taken_in_turn_and_rounds_that_are_complete_end() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(MORE).await;
        desk.run(ASKED).await;
        let ask = |request: &str, replacements: &str| {
            format!(r#"{{"request":"{request}","juror":5,"replacements":{replacements}}}"#)
        };
        let nobody = told(&plan(&desk, &ask("preview_release", "[]")).await);
        assert_eq!(nobody, [(1, false, false, None, None), (2, false, false, None, Some(FilmStatus::ToDiscuss))]);
        let expected = [(1, false, false, Some(8), None), (2, false, false, Some(9), None)];
        assert_eq!(told(&plan(&desk, &ask("preview_release", "[8,9]")).await), expected);
        // Juror 4 is on the second panel already.
        let other = told(&plan(&desk, &ask("preview_release", "[4]")).await);
        assert_eq!(other, [(1, false, false, Some(4), None), (2, false, false, None, Some(FilmStatus::ToDiscuss))]);
        assert_eq!(refused(desk.say(&ask("preview_release", "[1]")).await), Rule::NotAJuror);
        assert_eq!(refused(desk.say(&ask("release_juror", "[8,6]")).await), Rule::JurorDisabled);
        assert_eq!(refused(desk.say(&ask("release_juror", "[8,5]")).await), Rule::OwnReplacement);
        let answer = desk.say(&ask("release_juror", "[8,9]")).await.unwrap();
        assert_eq!(told(&released(&answer).done), expected);
        assert_eq!((desk.panel(1).await.as_str(), desk.panel(2).await.as_str()), ("8", "3,4,9"));
        desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!((desk.panel(1).await.as_str(), desk.panel(2).await.as_str()), ("5", "3,4,5"));
        let answer = desk.say(&ask("release_juror", "[]")).await.unwrap();
        assert_eq!(desk.status(2).await, "to_discuss");
        // What somebody has voted on since stays, the rest goes back.
        desk.run("UPDATE votes SET note = 'YES', modification_count = 1 WHERE id_vote = 20").await;
        let back = desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!((&undone(&back).ids[..], &undone(&back).left[..]), (&[1][..], &[2][..]));
    }
}

#[tokio::test]
async fn votes_are_struck_with_a_reason_and_come_back() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = (desk.dump("votes").await, desk.dump("vote_histories").await, desk.dump("movies_juries").await);
        let bare = desk.say(r#"{"request":"release_juror","juror":3,"kept":false}"#).await;
        assert_eq!(refused(bare), Rule::ReasonNeeded);
        assert_eq!(desk.ledger_rows().await, 0);
        let answer = desk.say(r#"{"request":"release_juror","juror":3,"kept":false,"reason":"bribed"}"#).await.unwrap();
        assert_eq!(told(&released(&answer).done)[1], (3, true, false, None, None));
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_user = 3 AND id_movie IN (2, 3)").await, "0");
        desk.ask(ANN, undo(&answer)).await.unwrap();
        let now = (desk.dump("votes").await, desk.dump("vote_histories").await, desk.dump("movies_juries").await);
        assert_eq!(now, before);
    }
}

/// Films 1001 and on, in round one with the panel of jurors 4 and 5.
async fn many(desk: &Desk, films: i32) {
    let row = |id: i32| format!("({id}, 'Film {id}', 'assigned', 7, '2026-01-01', '2026-01-01')");
    let films: Vec<i32> = (1001..1001 + films).collect();
    let rows: Vec<String> = films.iter().map(|id| row(*id)).collect();
    let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
    desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
    let seats: Vec<String> = films.iter().map(|id| format!("({id}, 4), ({id}, 5)")).collect();
    desk.run(&format!("INSERT INTO movies_juries (id_movie, id_user) VALUES {}", seats.join(","))).await;
}

async fn watched(service: &Service, id: Uuid, watcher: &Watcher) -> Result<Answer, Failure> {
    let request = say(r#"{"request":"release_juror","juror":5,"replacements":[3]}"#);
    service.call(&caller(ANN), request, Some(id), watcher).await
}

#[tokio::test]
async fn giving_up_keeps_what_was_done_and_asking_again_goes_on() {
    let desk = Desk::open().await;
    many(&desk, 450).await;
    let (id, watcher) = (Uuid::new_v4(), Watcher::with_patience(1));
    let first = watched(&desk.service, id, &watcher).await.unwrap();
    assert!(released(&first).cancelled && released(&first).done.len() == 200);
    let second = watched(&desk.service, id, &Watcher::patient()).await.unwrap();
    assert_eq!((second.repeated, released(&second).done.len(), released(&second).cancelled), (false, 451, false));
    let left = "SELECT COUNT(*) FROM movies_juries WHERE id_user = 5";
    assert_eq!((desk.value(left).await.as_str(), desk.ledger_rows().await), ("0", 451));
    let third = watched(&desk.service, id, &Watcher::patient()).await.unwrap();
    assert!(third.repeated && released(&third).done.len() == 451);
    let back = desk.ask(ANN, undo(&second)).await.unwrap();
    assert_eq!((undone(&back).ids.len(), undone(&back).left.len()), (451, 0));
    assert_eq!(desk.value(left).await, "451");
}

#[tokio::test]
async fn who_judges_films_is_not_simply_disabled() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let Err(Failure::Rule(refusal)) = desk.say(r#"{"request":"disable_user","user":3}"#).await else { panic!() };
        assert_eq!((refusal.rule, refusal.params.len()), (Rule::JurorOnPanels, 2));
        let role = desk.say(r#"{"request":"set_role","user":4,"role":"PRODUCER"}"#).await;
        assert_eq!(refused(role), Rule::JurorOnPanels);
        let struck = desk.say(r#"{"request":"set_role","user":4,"role":"PRODUCER","kept":false}"#).await;
        assert_eq!(refused(struck), Rule::ReasonNeeded);
        assert_eq!(desk.ledger_rows().await, 0);
        let id = Uuid::new_v4();
        let off = || say(r#"{"request":"disable_user","user":3,"kept":true}"#);
        let answer = desk.ask_as(ANN, off(), id).await.unwrap();
        let Reply::Account(account) = &answer.reply else { panic!() };
        assert!(!account.enabled);
        assert_eq!((desk.panel(2).await.as_str(), desk.ledger_rows().await), ("4,5", 3));
        assert!(desk.ask_as(ANN, off(), id).await.unwrap().repeated);
        let role = r#"{"request":"set_role","user":4,"role":"PRODUCER","kept":false,"reason":"theirs"}"#;
        desk.say(role).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM votes WHERE id_user = 4 AND id_movie = 3").await, "0");
        // Who judges nothing is asked nothing.
        desk.say(r#"{"request":"disable_user","user":2}"#).await.unwrap();
    }
}

/// What a juror said of not judging a film.
async fn says(desk: &Desk, film: i32, juror: UserId, why: &str) {
    desk.run(&format!(
        "INSERT INTO console_seats (id_movie, id_user, born, recusal, recusal_waiting, changed_at) \
         SELECT {film}, {juror}, CAST(createdAt AS CHAR), '{why}', TRUE, UTC_TIMESTAMP(3) FROM movies WHERE id_movie = {film}"
    ))
    .await;
}

#[tokio::test]
async fn who_cannot_judge_is_answered() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(ASKED).await;
        let settle = |film: i32, juror: UserId, rest: &str| {
            format!(r#"{{"request":"settle_recusal","film":{film},"juror":{juror},{rest}}}"#)
        };
        let [three, _, five] = JURORS;
        assert_eq!(refused(desk.say(&settle(2, five, r#""agree":true"#)).await), Rule::NothingToSettle);
        says(&desk, 2, five, "language").await;
        let stays = desk.say(&settle(2, five, r#""agree":false,"reason":"there are subtitles""#)).await.unwrap();
        assert_eq!((desk.panel(2).await.as_str(), voting(&stays).moved), ("3,4,5", false));
        assert!(voting(&stays).jurors.iter().all(|seat| seat.recusal.is_none()));
        desk.ask(ANN, undo(&stays)).await.unwrap();
        // The round waited for this answer alone.
        let leaves = desk.say(&settle(2, five, r#""agree":true"#)).await.unwrap();
        assert_eq!((desk.panel(2).await.as_str(), voting(&leaves).moved), ("3,4", true));
        assert_eq!(desk.status(2).await, "to_discuss");
        desk.ask(ANN, undo(&leaves)).await.unwrap();
        assert_eq!((desk.panel(2).await.as_str(), desk.status(2).await.as_str()), ("3,4,5", "assigned"));
        let waiting = "SELECT recusal_waiting FROM console_seats WHERE id_movie = 2 AND id_user = 5";
        assert_eq!(desk.value(waiting).await, "1");
        // A conflict that came up after the vote.
        says(&desk, 2, three, "conflict").await;
        assert_eq!(refused(desk.say(&settle(2, three, r#""agree":false"#)).await), Rule::ReasonNeeded);
        assert_eq!(refused(desk.say(&settle(2, three, r#""agree":true"#)).await), Rule::VoteUndecided);
        let bare = desk.say(&settle(2, three, r#""agree":true,"kept":false"#)).await;
        assert_eq!(refused(bare), Rule::ReasonNeeded);
        let struck = desk.say(&settle(2, three, r#""agree":true,"kept":false,"reason":"family""#)).await.unwrap();
        assert_eq!(voting(&struck).votes.len(), 1);
        desk.ask(ANN, undo(&struck)).await.unwrap();
        let kept = desk.say(&settle(2, three, r#""agree":true,"kept":true"#)).await.unwrap();
        assert_eq!((voting(&kept).film.tally.total(), desk.panel(2).await.as_str()), (2, "4,5"));
        let back = desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4,5]}"#).await;
        assert_eq!(refused(back), Rule::ConflictDeclared);
        // They were mistaken, and say so.
        let mistaken = settle(2, three, r#""agree":false,"reason":"another film of that name""#);
        desk.say(&mistaken).await.unwrap();
        desk.say(r#"{"request":"set_panel","film":2,"jurors":[3,4,5]}"#).await.unwrap();
        assert_eq!(refused(desk.say(&mistaken).await), Rule::NothingToSettle);
    }
}

#[tokio::test]
async fn a_vote_at_the_same_moment_is_kept_or_refused() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let other = desk.beside().await;
        let (ann, eve) = (caller(ANN), caller(JURORS[2]));
        let vote = say(r#"{"request":"cast_vote","film":2,"note":"NO","comments":"no"}"#);
        let (released, cast) = tokio::join!(
            desk.service.call(&ann, say(r#"{"request":"release_juror","juror":5}"#), None, &NoObserver),
            other.call(&eve, vote, None, &NoObserver),
        );
        let step = told(&self::released(&released.unwrap()).done)[0];
        let ballots = desk.value("SELECT COUNT(*) FROM votes WHERE id_user = 5 AND id_movie = 2").await;
        match cast {
            Ok(_) => assert_eq!((step, ballots.as_str()), ((2, true, true, None, None), "1")),
            refusal => {
                assert_eq!(refused(refusal), Rule::NotAssigned);
                assert_eq!((step, ballots.as_str()), ((2, false, false, None, None), "0"));
            }
        }
        assert_eq!(desk.panel(2).await, "3,4");
    }
}

#[tokio::test]
async fn what_was_complete_is_only_repeated() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let id = Uuid::new_v4();
        let release = || say(r#"{"request":"release_juror","juror":5,"replacements":[3]}"#);
        let first = desk.ask_as(ANN, release(), id).await.unwrap();
        // On another film since, and who could take the place is of the jury no more.
        desk.say(r#"{"request":"set_panel","film":1,"jurors":[5]}"#).await.unwrap();
        desk.run("UPDATE users SET role = 'PRODUCER' WHERE id_user = 3").await;
        let rows = desk.ledger_rows().await;
        let again = desk.ask_as(ANN, release(), id).await.unwrap();
        assert!(again.repeated && released(&again).done == released(&first).done);
        assert_eq!((desk.panel(1).await.as_str(), desk.ledger_rows().await), ("5", rows));
        // The same for who was disabled, enabled again and put on a film.
        let (id, off) = (Uuid::new_v4(), || say(r#"{"request":"disable_user","user":5,"kept":true}"#));
        desk.ask_as(ANN, off(), id).await.unwrap();
        assert_eq!(desk.panel(1).await, "NULL");
        desk.say(r#"{"request":"enable_user","user":5}"#).await.unwrap();
        desk.say(r#"{"request":"set_panel","film":1,"jurors":[5]}"#).await.unwrap();
        assert!(desk.ask_as(ANN, off(), id).await.unwrap().repeated);
        assert_eq!(desk.panel(1).await, "5");
    }
}

const WAITING: &str = "SELECT COUNT(*) FROM information_schema.processlist p \
    WHERE p.db = DATABASE() AND p.info LIKE '%guard.accounts%' AND p.info NOT LIKE '%processlist%'";
const GUARD: &str =
    "INSERT INTO console_meta (name, value) VALUES ('guard.accounts', '1') ON DUPLICATE KEY UPDATE value = value + 1";

/// Asks while another console changes accounts by these statements, which it commits once the request has to wait for it.
async fn while_accounts_change(desk: &Desk, line: &str, change: &'static str) -> Result<Answer, Failure> {
    let mut other = desk.connect().await;
    sqlx::raw_sql("BEGIN").execute(&mut other).await.unwrap();
    sqlx::raw_sql(GUARD).execute(&mut other).await.unwrap();
    let (service, request) = (desk.service.clone(), say(line));
    let asked = tokio::spawn(async move { service.call(&caller(ANN), request, None, &NoObserver).await });
    while desk.value(WAITING).await == "0" && !asked.is_finished() {
        tokio::task::yield_now().await;
    }
    sqlx::raw_sql(change).execute(&mut other).await.unwrap();
    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    asked.await.unwrap()
}

#[tokio::test]
async fn nobody_is_seated_who_is_disabled_at_the_same_moment() {
    for kind in support::servers() {
        let off = "INSERT INTO console_accounts (id_user, fingerprint, disabled_at) \
            SELECT id_user, CAST(createdAt AS DATETIME), UTC_TIMESTAMP(3) FROM users WHERE id_user = 4";
        let desk = Desk::open_on(kind).await;
        let panel = r#"{"request":"set_panel","film":1,"jurors":[4]}"#;
        assert_eq!(refused(while_accounts_change(&desk, panel, off).await), Rule::JurorDisabled);
        let desk = Desk::open_on(kind).await;
        desk.run(MORE).await;
        let release = r#"{"request":"release_juror","juror":5,"replacements":[4]}"#;
        let answer = while_accounts_change(&desk, release, off).await.unwrap();
        assert!(released(&answer).done.iter().all(|step| step.replacement.is_none()));
        assert_eq!(desk.panel(1).await, "NULL");
    }
}

#[tokio::test]
async fn a_juror_whom_others_put_on_a_film_meanwhile_is_released_from_it_too() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let off = r#"{"request":"disable_user","user":3,"kept":true}"#;
        let added = "INSERT INTO movies_juries (id_movie, id_user) VALUES (1, 3); \
            UPDATE movies SET selection_status = 'assigned' WHERE id_movie = 1";
        while_accounts_change(&desk, off, added).await.unwrap();
        assert_eq!((desk.panel(1).await.as_str(), desk.panel(2).await.as_str()), ("NULL", "4,5"));
        assert_eq!(
            desk.value("SELECT COUNT(*) FROM console_accounts WHERE id_user = 3 AND disabled_at IS NOT NULL").await,
            "1"
        );
    }
}

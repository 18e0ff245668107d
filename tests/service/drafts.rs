//! Votes as far as they are written: kept for their juror, wherever they sign in.

use marsai::api::draft::DraftRow;
use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::jury::Why;
use marsai::domain::rule::Rule;
use marsai::domain::vote::Note;
use marsai::domain::{FilmId, UserId};
use uuid::Uuid;

use super::ballots::{cast, stand};
use super::desk::{ANN, DISABLED, Desk, JURORS, PRODUCER, refused};
use super::support;

const CLEO: UserId = JURORS[0];
const DAN: UserId = JURORS[1];
const EVE: UserId = JURORS[2];

fn keep(film: i32, note: Option<&str>, comments: &str, base: Option<i64>) -> Request {
    let (note, comments, caret) = (note.map(str::to_owned), comments.to_owned(), 3);
    Request::KeepDraft { film: FilmId(film), note, comments, caret, base }
}

fn drop(film: i32) -> Request {
    Request::DropDraft { film: FilmId(film), base: None }
}

fn draft(answer: &Answer) -> &DraftRow {
    match &answer.reply {
        Reply::Draft(row) => row,
        other => panic!("{other:?}"),
    }
}

async fn kept(desk: &Desk, who: UserId, request: Request) -> DraftRow {
    draft(&desk.ask(who, request).await.unwrap()).clone()
}

async fn drafts(desk: &Desk, who: UserId) -> Vec<DraftRow> {
    match desk.ask(who, Request::Drafts {}).await.unwrap().reply {
        Reply::Drafts(rows) => rows,
        other => panic!("{other:?}"),
    }
}

fn conflict(outcome: Result<Answer, Failure>) -> Vec<(String, String, String)> {
    match outcome {
        Err(Failure::Conflict(changes)) => changes.into_iter().map(|c| (c.field, c.loaded, c.now)).collect(),
        other => panic!("{other:?}"),
    }
}

const ROWS: &str = "SELECT COUNT(*) FROM console_drafts";

#[tokio::test]
async fn a_draft_is_kept_as_it_is_typed_and_nobody_else_hears_of_it() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.films().await;
        let (before, topics) = (desk.ledger_rows().await, desk.dump("console_topics").await);
        let odd = "  was\u{1b}[2J 🎬\u{301}\u{202e} \t\r\n né\u{0}\u{7}? ";
        let first = kept(&desk, DAN, keep(2, None, odd, None)).await;
        assert_eq!((first.film, first.title.as_str(), first.note, first.caret), (FilmId(2), "Two Moons", None, 3));
        assert_eq!(first.comments, odd);
        let second = kept(&desk, DAN, keep(2, Some("TO DISCUSS"), "and", Some(first.revision))).await;
        assert!(second.revision > first.revision && second.note == Some(Note::ToDiscuss) && second.at >= first.at);
        // The text is kept to the last blank.
        let third = kept(&desk, DAN, keep(2, Some("YES"), "and ", Some(second.revision))).await;
        assert_eq!(drafts(&desk, DAN).await, std::slice::from_ref(&third));
        let other = kept(&desk, DAN, keep(3, None, "", None)).await;
        assert_eq!(drafts(&desk, DAN).await.iter().map(|row| row.film.0).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(drafts(&desk, CLEO).await, []);
        desk.ask(CLEO, drop(2)).await.unwrap();
        assert!(matches!(desk.ask(DAN, drop(3)).await.unwrap().reply, Reply::Done));
        desk.ask(DAN, drop(3)).await.unwrap();
        assert_eq!(drafts(&desk, DAN).await, [third]);
        // What comes after counts on, so that nothing of before is taken for it.
        let anew = kept(&desk, DAN, keep(3, None, "", None)).await;
        assert!(anew.revision > other.revision);
        assert_eq!((desk.ledger_rows().await, desk.dump("console_topics").await), (before, topics));
    }
}

#[tokio::test]
async fn of_two_desks_of_one_juror_the_later_one_is_told() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let here = kept(&desk, DAN, keep(2, Some("YES"), "here", None)).await;
        let there = kept(&desk, DAN, keep(2, Some("NO"), "there", Some(here.revision))).await;
        for base in [None, Some(here.revision), Some(there.revision + 1)] {
            let told = conflict(desk.ask(DAN, keep(2, Some("YES"), "here too", base)).await);
            let word = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
            let expected = [
                ("note", "YES".to_owned(), "NO".to_owned()),
                ("comments", "here too".to_owned(), "there".to_owned()),
                ("revision", word(base), word(Some(there.revision))),
            ];
            assert_eq!(told, expected.map(|(field, loaded, now)| (field.to_owned(), loaded, now)));
        }
        assert_eq!(drafts(&desk, DAN).await, std::slice::from_ref(&there));
        let over = kept(&desk, DAN, keep(2, Some("YES"), "here too", Some(-1))).await;
        assert!(over.revision > there.revision);
        assert_eq!(drafts(&desk, DAN).await, std::slice::from_ref(&over));
        // It was handed in or dropped elsewhere: the text is not lost.
        desk.ask(DAN, drop(2)).await.unwrap();
        let back = kept(&desk, DAN, keep(2, Some("YES"), "here again", Some(over.revision))).await;
        assert_eq!(drafts(&desk, DAN).await, std::slice::from_ref(&back));
        // -1 where there is nothing begins one.
        desk.ask(DAN, drop(2)).await.unwrap();
        kept(&desk, DAN, keep(2, None, "", Some(-1))).await;
    }
}

#[tokio::test]
async fn kept_again_after_a_lost_answer_it_is_the_same() {
    let desk = Desk::open().await;
    let id = Uuid::new_v4();
    let first = desk.ask_as(DAN, keep(2, Some("YES"), "so ", None), id).await.unwrap();
    for request in [keep(2, Some("YES"), "so ", None), keep(2, Some("YES"), "so ", Some(7))] {
        let again = desk.ask_as(DAN, request, id).await.unwrap();
        assert_eq!(draft(&again), draft(&first));
    }
    // A blank more is another text.
    conflict(desk.ask_as(DAN, keep(2, Some("YES"), "so", None), id).await);
    assert_eq!(desk.value(ROWS).await, "1");
}

#[tokio::test]
async fn many_at_once_keep_one_draft_each() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let keeps = (0..12).map(|n| {
            let (service, text) = (desk.service.clone(), format!("{n}"));
            tokio::spawn(async move {
                let caller = super::desk::caller(DAN);
                service.call(&caller, keep(2, None, &text, Some(-1)), None, &marsai::service::NoObserver).await
            })
        });
        for kept in keeps.collect::<Vec<_>>() {
            kept.await.unwrap().unwrap();
        }
        assert_eq!(desk.value(ROWS).await, "1");
    }
}

#[tokio::test]
async fn a_vote_that_is_cast_takes_its_draft_along() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        kept(&desk, DAN, keep(2, Some("YES"), "clear", None)).await;
        kept(&desk, EVE, keep(2, Some("YES"), "mine", None)).await;
        kept(&desk, DAN, keep(3, Some("NO"), "second thoughts", None)).await;
        desk.ask(DAN, cast(2, "YES", "clear")).await.unwrap();
        assert_eq!(drafts(&desk, DAN).await.iter().map(|row| row.film.0).collect::<Vec<_>>(), [3]);
        // What is refused leaves it.
        assert_eq!(refused(desk.ask(DAN, cast(3, "MAYBE", "x")).await), Rule::BadNote);
        assert_eq!(drafts(&desk, DAN).await.len(), 1);
        // What was not handed in stays: another text than the vote, and a vote that stands names which one goes.
        let [left] = &drafts(&desk, DAN).await[..] else { panic!() };
        let mut stands = stand(3);
        if let Request::LetStand { draft, .. } = &mut stands {
            *draft = Some(left.revision);
        }
        desk.ask(DAN, stands).await.unwrap();
        assert_eq!((drafts(&desk, DAN).await, drafts(&desk, EVE).await.len()), (vec![], 1));
    }
}

#[tokio::test]
async fn what_was_written_elsewhere_meanwhile_does_not_go_with_a_vote() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let of = |film, comments, revision| {
            let mut request = cast(film, "YES", comments);
            if let Request::CastVote { draft, .. } = &mut request {
                *draft = revision;
            }
            request
        };
        let here = kept(&desk, DAN, keep(2, Some("YES"), "here", None)).await;
        let there = kept(&desk, DAN, keep(2, Some("NO"), "there, later", Some(here.revision))).await;
        desk.ask(DAN, of(2, "here", Some(here.revision))).await.unwrap();
        assert_eq!(drafts(&desk, DAN).await, [there], "a newer one");
        let other = kept(&desk, EVE, keep(2, Some("YES"), "another text", None)).await;
        desk.ask(EVE, of(2, "here", None)).await.unwrap();
        assert_eq!(drafts(&desk, EVE).await, [other], "one that says something else");
        desk.ask(EVE, Request::DropDraft { film: FilmId(2), base: Some(3) }).await.unwrap();
        assert_eq!(drafts(&desk, EVE).await.len(), 1, "only the revision that is named is dropped");
    }
}

#[tokio::test]
async fn what_was_sent_before_its_vote_and_comes_after_begins_no_draft() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let first = kept(&desk, DAN, keep(2, Some("YES"), "clear", None)).await;
        desk.ask(DAN, cast(2, "YES", "clear")).await.unwrap();
        let late = desk.ask(DAN, keep(2, Some("YES"), "clear", Some(first.revision))).await.unwrap();
        assert!(matches!(late.reply, Reply::Done));
        assert_eq!(desk.value(ROWS).await, "0");
        kept(&desk, DAN, keep(2, Some("YES"), "clearer", Some(first.revision))).await;
    }
}

#[tokio::test]
async fn a_draft_whose_vote_was_cast_and_the_line_broke_is_swept() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.ask(DAN, cast(2, "YES", "clear\r\nand brave")).await.unwrap();
        // As it stood a moment before the vote.
        let at = "(SELECT updatedAt FROM votes WHERE id_movie = 2 AND id_user = 4)";
        let put = |text: &str, note: &str, moment: &str| {
            format!(
                "REPLACE INTO console_drafts SELECT 4, 2, createdAt, NULL, '{note}', '{text}', 0, 7, {moment} \
                 FROM users WHERE id_user = 4"
            )
        };
        for (text, note, moment, left) in [
            (" clear\\nand brave ", "YES", format!("{at} + INTERVAL 900000 MICROSECOND"), 0),
            (" clear\\nand brave ", "YES", format!("{at} + INTERVAL 1 SECOND"), 1),
            ("clear\\nand brave!", "YES", at.to_owned(), 1),
            ("clear\\nand brave", "NO", at.to_owned(), 1),
        ] {
            desk.run(&put(text, note, &moment)).await;
            assert_eq!(drafts(&desk, DAN).await.len(), left, "{text} {note} {moment}");
            assert_eq!(desk.value(ROWS).await, left.to_string(), "{text} {note} {moment}");
        }
    }
}

#[tokio::test]
async fn who_may_not_vote_keeps_no_draft_and_can_still_read_theirs() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let of = async |who, film| refused(desk.ask(who, keep(film, Some("YES"), "x", None)).await);
        // The order of refusals: note, comment, film gone, account, assignment.
        desk.run("INSERT INTO movies_juries (id_movie, id_user) VALUES (2, 6)").await;
        let long = "é".repeat(60_001);
        assert_eq!(refused(desk.ask(DISABLED, keep(99, Some("yes"), &long, None)).await), Rule::BadNote);
        assert_eq!(refused(desk.ask(DISABLED, keep(99, Some("YES"), &long, None)).await), Rule::TooLong);
        assert_eq!(of(DISABLED, 99).await, Rule::FilmGone);
        assert_eq!(of(DISABLED, 2).await, Rule::AccountDisabled);
        assert_eq!(refused(desk.ask(DISABLED, drop(2)).await), Rule::AccountDisabled);
        assert_eq!(of(EVE, 3).await, Rule::NotAssigned);
        assert_eq!(of(EVE, 1).await, Rule::NotAssigned);
        assert!(matches!(desk.ask(PRODUCER, keep(2, None, "", None)).await, Err(Failure::Forbidden { .. })));
        assert!(matches!(desk.ask(ANN, keep(2, None, "", None)).await, Err(Failure::Forbidden { .. })));
        assert_eq!(desk.value(ROWS).await, "0");
        // A film whose round is over, or on which one has voted, may be written about: what is not handed in harms nobody.
        let whole = kept(&desk, CLEO, keep(2, None, &"🎬".repeat(60_000), None)).await;
        assert_eq!(drafts(&desk, CLEO).await, [whole]);
        kept(&desk, DAN, keep(2, Some("NO"), "I know her", None)).await;
        kept(&desk, EVE, keep(2, Some("NO"), "in a language", None)).await;
        desk.ask(DAN, Request::Recuse { film: FilmId(2), why: Why::Conflict }).await.unwrap();
        assert_eq!(of(DAN, 2).await, Rule::Recused);
        desk.ask(EVE, Request::Recuse { film: FilmId(2), why: Why::Language }).await.unwrap();
        let waits = drafts(&desk, EVE).await[0].revision;
        kept(&desk, EVE, keep(2, Some("NO"), "in some language", Some(waits))).await;
        desk.run("DELETE FROM movies_juries WHERE id_user = 5").await;
        assert_eq!(of(EVE, 2).await, Rule::NotAssigned);
        for (who, text) in [(DAN, "I know her"), (EVE, "in some language")] {
            let [row] = &drafts(&desk, who).await[..] else { panic!() };
            assert_eq!((row.comments.as_str(), row.title.as_str()), (text, "Two Moons"));
            desk.ask(who, drop(2)).await.unwrap();
            assert_eq!(drafts(&desk, who).await, []);
        }
    }
}

#[tokio::test]
async fn ids_that_come_again_bring_no_draft_along() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        kept(&desk, DAN, keep(2, None, "of the film before", None)).await;
        kept(&desk, EVE, keep(2, None, "of the juror before", None)).await;
        desk.run("UPDATE users SET createdAt = '2025-12-02 08:00:00' WHERE id_user = 5").await;
        assert_eq!(drafts(&desk, EVE).await, []);
        kept(&desk, EVE, keep(2, None, "of this one", None)).await;
        desk.run("UPDATE movies SET createdAt = '2026-01-09 08:00:00' WHERE id_movie = 2").await;
        assert_eq!((drafts(&desk, DAN).await, drafts(&desk, EVE).await), (vec![], vec![]));
        let anew = kept(&desk, DAN, keep(2, None, "of this film", None)).await;
        assert_eq!(drafts(&desk, DAN).await, [anew]);
        // A film that is gone has no draft, but it may come back.
        desk.run("DELETE FROM movies WHERE id_movie = 2").await;
        assert_eq!((drafts(&desk, DAN).await, desk.value(ROWS).await.as_str()), (vec![], "2"));
    }
}

#[tokio::test]
async fn nobody_fills_the_database() {
    let desk = Desk::open().await;
    desk.run(
        "INSERT INTO console_drafts (id_user, id_movie, comments, caret, revision, updated_at) \
         WITH RECURSIVE n (n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM n WHERE n < 1999) \
         SELECT 4, n + 1000 * k, '', 0, 1, '2026-01-01' FROM n, (SELECT 1 k UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) k",
    )
    .await;
    assert_eq!(refused(desk.ask(DAN, keep(2, None, "", None)).await), Rule::TooManyDrafts);
    desk.ask(DAN, drop(2000)).await.unwrap();
    let one = kept(&desk, DAN, keep(2, None, "", None)).await;
    kept(&desk, DAN, keep(2, None, "x", Some(one.revision))).await;
}

#[tokio::test]
async fn a_draft_waits_for_no_vote_and_no_vote_for_a_draft() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let one = kept(&desk, DAN, keep(2, None, "a", None)).await;
        let mut vote = desk.connect().await;
        let held = "SET innodb_lock_wait_timeout = 1; BEGIN; SELECT id_movie FROM movies WHERE id_movie IN (2, 3) FOR UPDATE; \
            UPDATE console_rounds SET guard = guard + 1; SELECT * FROM movies_juries FOR UPDATE; \
            SELECT * FROM votes FOR UPDATE; SELECT * FROM console_seats FOR UPDATE; SELECT * FROM users FOR UPDATE";
        sqlx::raw_sql(held).execute(&mut vote).await.unwrap();
        // Everything that a vote locks is locked: a draft is kept all the same.
        let two = kept(&desk, DAN, keep(2, None, "ab", Some(one.revision))).await;
        kept(&desk, DAN, keep(3, None, "new", None)).await;
        assert_eq!(drafts(&desk, DAN).await.len(), 2);
        desk.ask(DAN, drop(2)).await.unwrap();
        kept(&desk, DAN, keep(2, None, "abc", Some(two.revision))).await;
        sqlx::raw_sql("ROLLBACK").execute(&mut vote).await.unwrap();
    }
}

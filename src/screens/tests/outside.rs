//! What the web site changed: the mark in the list, both values side by side, and what staff do about it.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::outside::{BallotMark, OutsideRow};
use crate::api::{Answer, Changed, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::outside::{Settled, What};
use crate::domain::slip::Slip;
use crate::domain::user::Role;
use crate::domain::vote::Note;
use crate::domain::{FilmId, MarkId, UserId, VoteId};

/// The films tab with two marked films and one that is gone.
fn films_tab() -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    marked(&mut harness);
    harness
}

#[test]
fn marked_films_carry_a_sign_and_are_counted() {
    let harness = films_tab();
    let screen = harness.screen();
    assert!(in_order(&screen, &["▲ 3", "▲ Harbour of Machines"]), "{screen}");
    assert_eq!(screen.matches('▲').count(), 3, "{screen}");
}

#[test]
fn a_films_changes_are_settled_one_after_the_other() {
    let mut harness = films_tab();
    harness.press("j j w");
    let asked = harness.answer("outside", Reply::Outside(outside(Some(198))));
    assert!(matches!(asked, Request::Outside { film: Some(FilmId(198)) }));
    let screen = harness.screen();
    let words = [
        "The web site changed “Harbour of Machines",
        "▌ Status",
        "candidate",
        "→",
        "assigned",
        "YouTube",
        "As we knew it",
        "On the web site now",
        "[ Keep the site’s ]",
        "[ Put ours back ]",
        "[ Later ]",
    ];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Right Enter");
    // Nothing is asked twice while it is under way.
    harness.press("Enter Down");
    let operation = Some(Uuid::from_u128(9));
    let row = |at: usize, how| OutsideRow { settled: Some(how), ..outside(Some(198))[at].clone() };
    let reply = Reply::OutsideMark(row(0, Settled::PutBack));
    let request = harness.answer("settle_outside", Answer { reply, operation, repeated: false });
    assert!(matches!(request, Request::SettleOutside { mark: MarkId(1), put_back: true }), "{request:?}");
    assert!(!harness.waits_for("settle_outside"));
    let screen = harness.screen();
    assert!(in_order(&screen, &["▌ YouTube", "ours is back, on the web site too", "u undo"]), "{screen}");
    harness.press("Enter");
    let reply = Reply::OutsideMark(row(1, Settled::Kept));
    let request = harness.answer("settle_outside", Answer { reply, operation, repeated: false });
    assert!(matches!(request, Request::SettleOutside { mark: MarkId(2), put_back: false }), "{request:?}");
    let screen = harness.screen();
    assert!(screen.contains("the web site’s stays") && !screen.contains("As we knew it"), "{screen}");
}

#[test]
fn everything_that_is_open_can_be_looked_through() {
    let mut harness = films_tab();
    harness.press("w");
    let asked = harness.answer("outside", Reply::Outside(outside(None)));
    assert!(matches!(asked, Request::Outside { film: None }));
    harness.press("End");
    let screen = harness.screen();
    assert!(in_order(&screen, &["Changed on the web site", "▌ Gone Girl Machine", "deleted", "[ Noted ]"]), "{screen}");
    assert!(!screen.contains("Put ours back"), "{screen}");
    // What others settle goes away under the cursor, which stays on its row.
    harness.press("Up");
    harness.send(Msg::Changed(Changed { topic: Topic::Films, ids: None }));
    let left = outside(None).split_off(1);
    let here = left[left.len() - 2].mark;
    harness.answer("outside", Reply::Outside(left));
    harness.press("Enter");
    assert!(matches!(harness.asked("settle_outside").1, Request::SettleOutside { mark, .. } if mark == here));
    harness.press("Esc");
    assert!(!harness.screen().contains("As we knew it"));
}

#[test]
fn nothing_to_settle_is_said_plainly() {
    let mut harness = films_tab();
    harness.press("w");
    harness.answer("outside", Reply::Outside(Vec::new()));
    assert!(in_order(&harness.screen(), &["nothing that is left to settle", "[ Close ]"]));
    harness.press("Enter");
    assert!(!harness.screen().contains("[ Close ]"));
}

#[test]
fn deciding_on_what_the_site_moved_warns() {
    let mut harness = films_tab();
    harness.press("j j a");
    let asked = harness.answer("outside", Reply::Outside(outside(Some(198))));
    assert!(matches!(asked, Request::Outside { film: Some(FilmId(198)) }));
    let screen = harness.screen();
    assert!(in_order(&screen, &["▲ The web site changed its status by itself", "candidate → assigned"]), "{screen}");
    harness.press("Esc Ctrl-a a");
    let screen = harness.screen();
    assert!(screen.contains("2 of these films were changed by the web site"), "{screen}");
    assert!(!harness.waits_for("outside"));
}

/// A juror's second ballot, and one of ours written over.
fn ballots(hidden: bool) -> Vec<OutsideRow> {
    let slip = |vote, note, comments: &str| {
        let comments = Some(comments.to_owned());
        Some(Slip { vote: VoteId(vote), juror: UserId(31), note: Some(note), comments, modification_count: 0 })
    };
    let row = |mark, what, before, after| {
        let ballots = BallotMark {
            juror: UserId(31),
            juror_name: "Inès Roux".into(),
            ours: slip(7, Note::Yes, before),
            site: slip(8, Note::No, after),
            hidden,
        };
        let (before, after, ballots) = (None, None, Some(Box::new(ballots)));
        OutsideRow { what, mark: MarkId(mark), before, after, ballots, ..outside(Some(198))[0].clone() }
    };
    vec![
        row(8, What::Duplicate, "A voice of its own.", "Sent twice\u{202e}."),
        row(9, What::Overwritten, "We should keep it.", "Rewritten."),
    ]
}

#[test]
fn second_ballots_are_struck_or_left_and_ours_put_back() {
    let mut harness = films_tab();
    harness.press("j j w");
    harness.answer("outside", Reply::Outside(ballots(false)));
    let screen = harness.screen();
    let words = [
        "Second ballot, Inès Roux",
        "This one counts",
        "Set aside",
        "yes · A voice of its own.",
        "no · Sent twice",
        "the one changed more often",
        "[ Leave it aside ]",
        "[ Strike it ]",
    ];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Right Enter");
    let row = OutsideRow { settled: Some(Settled::PutBack), ..ballots(false)[0].clone() };
    let reply = Answer { reply: Reply::OutsideMark(row), operation: Some(Uuid::from_u128(9)), repeated: false };
    let request = harness.answer("settle_outside", reply);
    assert!(matches!(request, Request::SettleOutside { mark: MarkId(8), put_back: true }), "{request:?}");
    let screen = harness.screen();
    let words = ["yes · We should keep it.", "no · Rewritten.", "[ Keep the site’s ]"];
    assert!(in_order(&screen, &words), "{screen}");
}

#[test]
fn ballots_that_staff_may_not_see_yet_are_not_shown() {
    let mut harness = films_tab();
    harness.press("j j w");
    harness.answer("outside", Reply::Outside(ballots(true)));
    let screen = harness.screen();
    assert!(screen.contains("hidden until the round") && !screen.contains("voice"), "{screen}");
}

#[test]
fn every_kind_is_told_in_words() {
    for language in [Language::En, Language::Fr] {
        let mut harness = console(language, Role::Admin);
        harness.press("w");
        let all = What::ALL.into_iter().zip(1..).map(|(what, id)| {
            let before = Some("1".to_owned());
            OutsideRow { what, mark: MarkId(id), before, after: None, ..outside(None)[0].clone() }
        });
        harness.answer("outside", Reply::Outside(all.collect()));
        for _ in What::ALL {
            let screen = harness.screen();
            assert!(!screen.contains("outside-") && !screen.contains("field-"), "{screen}");
            harness.press("Down");
        }
    }
}

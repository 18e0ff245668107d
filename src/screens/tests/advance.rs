//! Moving films to another status.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::failure::{FieldChange, Trouble, Unavailable};
use crate::api::film::{FilmRow, Moved};
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::effect::Effect;
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::domain::film::{Ballots, FilmStatus};
use crate::domain::user::Role;
use crate::domain::{FilmId, Refusal, Rule};

fn films_tab() -> Harness {
    console(Language::En, Role::Admin)
}

/// Opens the dialog on the n-th film.
fn advance(at: usize) -> Harness {
    let mut harness = films_tab();
    for _ in 0..at {
        harness.press("j");
    }
    harness.press("a");
    harness
}

fn operation() -> Uuid {
    Uuid::from_u128(7)
}

fn moved(row: FilmRow) -> Answer {
    Answer { reply: Reply::FilmRow(Box::new(row)), operation: Some(operation()), repeated: false }
}

fn lost(why: Trouble) -> Failure {
    Failure::Unavailable(Unavailable { why, detail: String::new() })
}

#[test]
fn a_film_moves_to_what_its_votes_propose() {
    let mut harness = advance(2);
    let screen = harness.screen();
    let words = [
        "Advance “Harbour of Machines",
        "round 1",
        "▌",
        "candidate",
        "recommended by the votes",
        "3 of 3 votes say yes",
        "every juror has voted",
        "to discuss",
        "nobody asked to discuss it",
        "refused",
    ];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Enter").type_text("Bold.").press("Ctrl-s");
    let screen = harness.screen();
    assert!(screen.contains("Bold.") && screen.contains("producers and the web site show this"), "{screen}");
    assert!(screen.contains("The web site shows it at once"), "{screen}");
    harness.press("Enter");
    let request = harness.answer("set_status", moved(FilmRow { status: FilmStatus::Candidate, ..film(2) }));
    assert!(matches!(
        request,
        Request::SetStatus { film: FilmId(198), to: FilmStatus::Candidate, reason: Some(reason), force: false,
            ballots: None, private: false, seen: Some(FilmStatus::Assigned) } if reason == "Bold."
    ));
    let screen = harness.screen();
    assert!(screen.contains("is now candidate, on the web site too") && screen.contains("u undo"), "{screen}");
    harness.press("u");
    assert!(matches!(harness.asked("undo").1, Request::Undo { operation: Some(id) } if id == operation()));
}

#[test]
fn refused_is_never_preselected_and_its_button_neither() {
    let mut harness = advance(8);
    assert!(harness.screen().contains("submitted"), "{}", harness.screen());
    harness.press("Esc g j a End Enter Ctrl-s");
    let screen = harness.screen();
    assert!(screen.contains("→") && screen.contains("refused"), "{screen}");
    harness.press("Enter");
    assert!(!harness.waits_for("set_status"), "the harmful button had the focus");
    harness.press("Ctrl-s Tab Enter");
    assert!(matches!(harness.asked("set_status").1, Request::SetStatus { to: FilmStatus::Refused, .. }));
}

#[test]
fn a_letter_never_confirms() {
    let mut harness = advance(2);
    harness.press("Enter Ctrl-s y n Y Space o");
    assert!(!harness.waits_for("set_status") && harness.screen().contains("Move"));
}

#[test]
fn a_rationale_can_be_kept_to_the_console() {
    let mut harness = advance(2);
    harness.press("Enter").type_text("Between us").press("Ctrl-k");
    assert!(harness.screen().contains("kept to the console"), "{}", harness.screen());
    harness.press("Ctrl-s Enter");
    assert!(matches!(harness.asked("set_status").1, Request::SetStatus { private: true, .. }));
}

#[test]
fn force_offers_the_rest_and_wants_a_reason() {
    let mut harness = advance(2);
    assert!(harness.screen().contains("Ctrl-f shows what only force can reach"));
    harness.press("Ctrl-f");
    let screen = harness.screen();
    assert!(in_order(&screen, &["By force", "submitted", "selected", "finalist"]), "{screen}");
    harness.press("j Down Enter Ctrl-s");
    assert!(harness.screen().contains("needs a written reason"), "{}", harness.screen());
    harness.type_text("The chair insists").press("F2");
    assert!(harness.screen().contains("By force."));
    harness.press("Tab Enter");
    assert!(matches!(harness.asked("set_status").1, Request::SetStatus { force: true, reason: Some(_), .. }));
}

#[test]
fn an_awarded_film_stays_and_the_dialog_says_so() {
    let mut harness = advance(7);
    assert!(harness.screen().contains("There is no next step from here"));
    harness.press("Ctrl-f Enter");
    assert!(harness.screen().contains("Not even force"), "{}", harness.screen());
    harness.press("Esc");
    assert!(!harness.screen().contains("Not even force"));
}

#[test]
fn going_back_to_submitted_asks_about_the_ballots() {
    let mut harness = advance(8);
    harness.press("Enter");
    let screen = harness.screen();
    assert!(in_order(&screen, &["The film has 3 votes", "● keep them", "○ strike them"]), "{screen}");
    harness.press("Tab Down Enter");
    assert!(harness.screen().contains("The votes are struck"), "{}", harness.screen());
    harness.press("Tab Enter");
    assert!(matches!(harness.asked("set_status").1, Request::SetStatus { ballots: Some(Ballots::Strike), .. }));
}

#[test]
fn going_back_to_round_one_offers_the_second_votes_back() {
    let mut harness = advance(3);
    harness.press("Ctrl-f");
    while !harness.screen().lines().any(|line| line.contains("▌ ◐ assigned")) {
        harness.press("Down");
    }
    harness.press("Enter");
    answer_all(&mut harness);
    assert!(harness.screen().contains("Second votes are spent: Amina Benali"), "{}", harness.screen());
    harness.type_text("again").press("Tab Down Ctrl-s Tab Enter");
    let request = harness.asked("set_status").1;
    assert!(matches!(request, Request::SetStatus { ballots: Some(Ballots::Reset), force: true, .. }), "{request:?}");
}

#[test]
fn somebody_elses_step_is_shown_and_nothing_is_lost() {
    let mut harness = advance(2);
    harness.press("Enter").type_text("My reason").press("Ctrl-s Enter");
    let change = FieldChange { field: "selection_status".into(), loaded: "assigned".into(), now: "to_discuss".into() };
    harness.fail("set_status", Failure::Conflict(vec![change]));
    let screen = harness.screen();
    assert!(screen.contains("it was assigned, now") && screen.contains("kept"), "{screen}");
    let mut now = detail(2);
    now.row.status = FilmStatus::ToDiscuss;
    harness.answer("film", Reply::Film(Box::new(now)));
    assert!(harness.screen().contains("round 2"), "{}", harness.screen());
    harness.press("Enter Enter Ctrl-s Enter");
    assert!(!harness.waits_for("set_status"), "nothing is chosen before");
    harness.press("Down Enter Ctrl-s Enter");
    let request = harness.asked("set_status").1;
    assert!(
        matches!(&request, Request::SetStatus { seen: Some(FilmStatus::ToDiscuss), reason: Some(reason), .. }
            if reason == "My reason"),
        "{request:?}"
    );
}

#[test]
fn a_lost_database_keeps_everything_and_asks_for_the_very_same_again() {
    let mut harness = advance(2);
    harness.press("Enter").type_text("My reason").press("Ctrl-s Enter");
    let (first, _) = *harness.calls.iter().find(|(_, request)| request.entry().name == "set_status").as_ref().unwrap();
    let first = *first;
    harness.fail("set_status", lost(Trouble::Unknown));
    let screen = harness.screen();
    assert!(screen.contains("may be done or not") && screen.contains("My reason"), "{screen}");
    harness.press("Enter");
    let (second, _) = harness.asked("set_status");
    assert_eq!(second, first, "a change without an answer has to be the same change");
    harness.send(crate::app::msg::Msg::Reply(second, Err(lost(Trouble::Lost))));
    harness.press("Esc").type_text("!").press("Ctrl-s Enter");
    let (third, request) = harness.asked("set_status");
    assert!(third != first, "another rationale is another change");
    assert!(matches!(request, Request::SetStatus { reason: Some(reason), .. } if reason == "My reason!"));
}

#[test]
fn what_was_written_is_not_thrown_away_unasked() {
    let mut harness = advance(2);
    harness.press("Enter").type_text("long thoughts").press("Esc Esc");
    assert!(harness.screen().contains("Discard the rationale"), "{}", harness.screen());
    harness.press("Enter Enter");
    assert!(harness.screen().contains("long thoughts"), "{}", harness.screen());
    harness.press("Esc Esc Tab Enter");
    assert!(!harness.screen().contains("Advance “"), "{}", harness.screen());
}

#[test]
fn a_refusal_of_the_service_is_shown_where_one_is() {
    let mut harness = advance(2);
    harness.press("Enter Ctrl-s Enter");
    harness.fail("set_status", Rule::FilmGone.into());
    assert!(harness.screen().contains("not there any more"));
}

/// Selects the first three films of round 1 and the refused one.
fn selection() -> Harness {
    let mut harness = films_tab();
    harness.press("j Space Space j Space End k k k Space a");
    harness
}

#[test]
fn a_selection_shows_who_moves_and_who_stays_and_why() {
    let harness = selection();
    let screen = harness.screen();
    let words = [
        "Advance 4 films",
        "candidate",
        "3 films can move",
        "one cannot",
        "Will move: 東京の夜に",
        "One stays",
        "no such step from refused (Vieux port)",
    ];
    assert!(in_order(&screen, &words), "{screen}");
}

#[test]
fn the_count_is_typed_when_some_stay() {
    let mut harness = selection();
    harness.press("Enter Ctrl-s Enter");
    assert!(!harness.waits_for("set_statuses"));
    harness.type_text("x2").press("Enter");
    assert!(!harness.waits_for("set_statuses"), "2 is not 3");
    harness.press("Backspace").type_text("3").press("Enter Enter");
    let request = harness.asked("set_statuses").1;
    let Request::SetStatuses { films, to: FilmStatus::Candidate, force: false, .. } = request else {
        panic!("{request:?}")
    };
    assert_eq!(films, [FilmId(199), FilmId(198), FilmId(196)]);
}

#[test]
fn the_result_of_many_is_one_line_and_the_selection_has_served() {
    let mut harness = selection();
    harness.press("Enter Ctrl-s").type_text("3").press("Enter Enter");
    harness.progress("set_statuses", Progress::Steps { done: 2, total: 3 });
    let screen = harness.screen();
    assert!(screen.contains("Moving: 2 of 3") && screen.contains("Esc stops"), "{screen}");
    let result = Moved {
        moved: vec![FilmId(199), FilmId(198)],
        refused: vec![(FilmId(196), Refusal::new(Rule::FilmGone))],
        to: FilmStatus::Candidate,
        cancelled: false,
    };
    let answer = Answer { reply: Reply::Moved(result), operation: Some(operation()), repeated: false };
    harness.answer("set_statuses", answer);
    harness.resize(120, 40);
    let screen = harness.screen();
    assert!(screen.contains("2 films are now candidate · 2 could not move: Vieux port, Ctrl"), "{screen}");
    assert!(!screen.contains("selected"), "{screen}");
}

#[test]
fn many_can_be_stopped_between_batches() {
    let mut harness = selection();
    harness.press("Enter Ctrl-s").type_text("3").press("Enter Enter Esc Esc");
    let cancels = harness.effects.iter().filter(|effect| matches!(effect, Effect::Cancel(_))).count();
    assert!(cancels == 1 && harness.screen().contains("Stopping"), "{}", harness.screen());
    let result = Moved { moved: vec![FilmId(199)], refused: vec![], to: FilmStatus::Candidate, cancelled: true };
    harness.answer("set_statuses", Answer::from(Reply::Moved(result)));
    let screen = harness.screen();
    assert!(screen.contains("Stopped: one film is now candidate"), "{screen}");
    assert!(screen.contains(" selected"), "what was not reached stays: {screen}");
}

#[test]
fn a_selection_can_be_forced_and_says_how_many_are() {
    let mut harness = films_tab();
    harness.press("g Space Space a Ctrl-f");
    let screen = harness.screen();
    assert!(screen.contains("By force") && screen.contains("can move"), "{screen}");
    harness.press("Enter").type_text("because").press("Ctrl-s");
    assert!(harness.screen().contains("by force"), "{}", harness.screen());
}

#[test]
fn the_page_of_a_film_advances_it_too() {
    let mut harness = films_tab();
    harness.press("j j Enter");
    answer_all(&mut harness);
    harness.press("a");
    assert!(harness.screen().contains("Advance “Harbour of Machines"), "{}", harness.screen());
    harness.press("Enter Ctrl-s Enter");
    harness.answer("set_status", moved(FilmRow { status: FilmStatus::Candidate, ..film(2) }));
    assert!(harness.screen().contains("3 of 12"), "back on the page\n{}", harness.screen());
}

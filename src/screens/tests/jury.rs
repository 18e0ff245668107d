//! Panels: jurors ticked, what speaks against each, what is lost said before.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::film::FilmRow;
use crate::api::juror::ExtensionRow;
use crate::api::vote::{PanelRow, ReleaseStep, Released};
use crate::api::{Answer, Failure, FieldChange, Progress, Reply, Request};
use crate::app::effect::Effect;
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::deadline::VoteRound;
use crate::domain::film::FilmStatus;
use crate::domain::user::Role;
use crate::domain::{FilmId, Refusal, Rule, UserId};

/// The panel of a film of the list.
fn dialog(at: usize) -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(100, 40);
    harness.press("2");
    answer_all(&mut harness);
    harness.press(&format!("{} p", "j ".repeat(at)));
    answer_all(&mut harness);
    harness
}

fn saved(film: i32, jurors: &[i32], moved: bool) -> Answer {
    let jurors = jurors.iter().copied().map(UserId).collect();
    let panel = PanelRow { film: FilmId(film), jurors, status: FilmStatus::Assigned, moved, suspicions: Vec::new() };
    Answer { reply: Reply::Panel(panel), operation: Some(Uuid::from_u128(3)), repeated: false }
}

fn asked(harness: &mut Harness) -> (Vec<i32>, Option<Vec<i32>>) {
    let request = harness.asked("set_panel").1;
    let Request::SetPanel { jurors, loaded, .. } = request else { panic!("{request:?}") };
    let ids = |jurors: Vec<UserId>| jurors.into_iter().map(|id| id.0).collect::<Vec<_>>();
    (ids(jurors), loaded.map(ids))
}

#[test]
fn everybody_stands_there_with_their_work_and_what_speaks_against_them() {
    let harness = dialog(1);
    let screen = harness.screen();
    let words = [
        "3 of 3 jurors",
        "[✓]  Amina Benali",
        "4 of 5 films judged",
        "has voted on this film",
        "[✓]  Chiara",
        "does not know its language",
        "[ ]  Dr Évariste",
        "disabled · has a conflict of interest",
        "[ ]  Noé Petit",
        "no films",
        "may be Tom O’Neill, who is of this film",
    ];
    assert!(in_order(&screen, &words), "{screen}");
}

#[test]
fn one_more_juror_is_saved_at_once_and_the_film_may_move() {
    let mut harness = dialog(1);
    harness.type_text("noe").press("Enter Ctrl-s");
    let ticket = harness.calls.back().unwrap().0;
    assert_eq!(asked(&mut harness), (vec![11, 12, 13, 16], Some(vec![11, 12, 13])));
    harness.send(Msg::Reply(ticket, Ok(saved(199, &[11, 12, 13, 16], true))));
    let screen = harness.screen();
    assert!(screen.contains("has 4 jurors now. The film is assigned now.") && screen.contains("u undo"), "{screen}");
}

#[test]
fn who_has_voted_cannot_be_dropped_and_who_is_barred_cannot_join() {
    let mut harness = dialog(1);
    harness.press("Enter");
    assert!(harness.screen().contains("Amina Benali has voted on this film"), "{}", harness.screen());
    harness.type_text("variste").press("Enter");
    assert!(harness.screen().contains("The account of Dr Évariste Ô is disabled"), "{}", harness.screen());
    harness.press("Ctrl-s");
    assert!(!harness.waits_for("set_panel") && harness.screen().contains("Nothing to save"), "{}", harness.screen());
}

#[test]
fn what_is_lost_or_odd_is_said_before() {
    let mut harness = dialog(1);
    harness.type_text("chiara").press("Enter Ctrl-s");
    let screen = harness.screen();
    assert!(in_order(&screen, &["▲ 2 of 3 jurors", "Leaving: Chiara", "[ Go back ]", "[ Set the panel ]"]), "{screen}");
    harness.press("Enter");
    assert!(!harness.waits_for("set_panel"), "the harmful button had the focus");
    harness.press("Ctrl-s Tab Enter");
    assert_eq!(asked(&mut harness).0, [11, 12]);
    let mut harness = dialog(1);
    harness.type_text("tom").press("Enter Ctrl-s");
    let screen = harness.screen();
    assert!(in_order(&screen, &["Tom ONeill may be Tom O’Neill", "Joining: Tom ONeill"]), "{screen}");
}

#[test]
fn a_refusal_names_the_juror_and_keeps_the_ticks() {
    let mut harness = dialog(1);
    harness.type_text("noe").press("Enter Ctrl-s");
    let refusal = Refusal::new(Rule::ConflictDeclared).with("name", "Noé Petit");
    harness.fail("set_panel", refusal.into());
    assert!(in_order(&harness.screen(), &["Noé Petit said that they cannot", "4 of 3 jurors"]), "{}", harness.screen());
}

#[test]
fn two_peoples_ticks_are_put_together() {
    let mut harness = dialog(1);
    harness.type_text("noe").press("Enter Ctrl-s");
    let change = FieldChange { field: "panel".into(), loaded: "11, 12, 13".into(), now: "11, 12".into() };
    harness.fail("set_panel", Failure::Conflict(vec![change]));
    let mut film = voting(1);
    film.jurors.retain(|seat| seat.juror != UserId(13));
    harness.answer("voting", Reply::Voting(Box::new(film)));
    answer_all(&mut harness);
    let screen = harness.screen();
    assert!(screen.contains("Somebody else changed this panel too"), "{screen}");
    harness.press("Ctrl-s");
    assert_eq!(asked(&mut harness), (vec![11, 12, 16], Some(vec![11, 12])));
}

#[test]
fn who_comes_too_late_is_offered_round_one_again() {
    let mut harness = dialog(3);
    harness.type_text("noe").press("Enter");
    let screen = harness.screen();
    assert!(screen.contains("Open round 1 again for Noé Petit"), "{screen}");
    harness.type_text("New on the jury.").press("Enter Enter");
    let request = harness.asked("reopen_round").1;
    assert!(matches!(request, Request::ReopenRound { juror: Some(UserId(16)), film: FilmId(197), .. }), "{request:?}");
}

#[test]
fn the_producer_is_not_on_their_own_panel() {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(100, 40);
    harness.press("2");
    answer_all(&mut harness);
    harness.press("j p");
    let mut film = voting(1);
    film.film = FilmRow { producer: UserId(16), ..film.film };
    harness.answer("voting", Reply::Voting(Box::new(film)));
    answer_all(&mut harness);
    assert!(in_order(&harness.screen(), &["Noé Petit", "submitted this film"]), "{}", harness.screen());
    harness.type_text("noe").press("Enter");
    assert!(harness.screen().contains("Noé Petit submitted this film, so"), "{}", harness.screen());
}

/// The release of the first juror, up to what becomes of the votes.
fn releasing() -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(100, 40);
    harness.press("2");
    answer_all(&mut harness);
    harness.press("R");
    answer_all(&mut harness);
    harness.type_text("amina").press("Enter");
    harness
}

#[test]
fn a_juror_is_released_with_the_votes_kept_and_somebody_in_their_place() {
    let mut harness = releasing();
    let screen = harness.screen();
    assert!(in_order(&screen, &["Release Amina Benali", "4 of 5 films judged", "▌ Their votes stay"]), "{screen}");
    harness.press("Enter");
    let screen = harness.screen();
    assert!(!screen.contains("]  Amina") && !screen.contains("]  Dr Évariste"), "{screen}");
    harness.type_text("noe").press("Enter Ctrl-s");
    let asked = harness.answer("preview_release", Reply::ReleasePlan(release(true, &[UserId(16)])));
    assert!(
        matches!(&asked, Request::PreviewRelease { juror: UserId(11), kept: true, replacements } if *replacements == [UserId(16)]),
        "{asked:?}"
    );
    let screen = harness.screen();
    let words = [
        "3 votes stay",
        "2 films get somebody else",
        "One film moves on",
        "東京の夜に",
        "vote stays",
        "Harbour",
        "→ Noé Petit · then to discuss",
    ];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Enter Tab Enter");
    harness.progress("release_juror", Progress::Steps { done: 2, total: 5 });
    assert!(harness.screen().contains("2 of 5 films"), "{}", harness.screen());
    let released = Released { juror: UserId(11), done: release(true, &[]), refused: Vec::new(), cancelled: false };
    let answer = Answer { reply: Reply::Released(released), operation: Some(Uuid::from_u128(6)), repeated: false };
    let request = harness.answer("release_juror", answer);
    assert!(matches!(request, Request::ReleaseJuror { kept: true, reason: None, .. }), "{request:?}");
    let screen = harness.screen();
    assert!(screen.contains("Amina Benali is released from 5 films.") && screen.contains("u undo"), "{screen}");
}

#[test]
fn many_films_are_scrolled_before_a_juror_is_released() {
    let mut harness = releasing();
    harness.resize(80, 24).press("Enter Ctrl-s");
    let one = release(true, &[]).swap_remove(0);
    let steps = (1..=30).map(|at| ReleaseStep { title: format!("Film {at:02}"), ..one.clone() }).collect();
    harness.answer("preview_release", Reply::ReleasePlan(steps));
    let screen = harness.screen();
    assert!(screen.contains("Film 01") && !screen.contains("Film 30"), "{screen}");
    harness.press("Enter End");
    let screen = harness.screen();
    assert!(screen.contains("Film 30") && screen.contains("[ Release ]") && !screen.contains("Film 01"), "{screen}");
    harness.press("PgUp PgUp PgUp PgUp PgUp");
    assert!(harness.screen().contains("Film 01"), "{}", harness.screen());
}

#[test]
fn a_release_with_another_reason_is_another_change() {
    let mut harness = releasing();
    harness.press("Enter Ctrl-s");
    answer_all(&mut harness);
    harness.type_text("Ill").press("Enter Tab Enter");
    let lost = || Failure::Unavailable(Unavailable { why: Trouble::Unknown, detail: String::new() });
    let first = harness.calls.back().unwrap().0;
    harness.fail("release_juror", lost());
    harness.press("Enter");
    let again = harness.calls.back().unwrap().0;
    assert_eq!(again, first);
    harness.fail("release_juror", lost());
    harness.press("Left Left").type_text(".").press("Enter Tab Enter");
    let (other, request) = harness.asked("release_juror");
    assert!(matches!(&request, Request::ReleaseJuror { reason: Some(reason), .. } if reason == "Ill."), "{request:?}");
    assert_ne!(other, first);
}

#[test]
fn striking_votes_needs_a_reason_and_work_can_be_stopped() {
    let mut harness = releasing();
    harness.press("Down Enter Ctrl-s");
    answer_all(&mut harness);
    assert!(harness.screen().contains("3 votes are deleted"), "{}", harness.screen());
    harness.press("Enter Tab Enter");
    assert!(!harness.waits_for("release_juror") && harness.screen().contains("Say why first"), "{}", harness.screen());
    harness.type_text("Never answered.").press("Enter Enter");
    let (ticket, request) = harness.calls.back().map(|(ticket, request)| (*ticket, request.clone())).unwrap();
    let Request::ReleaseJuror { kept: false, reason: Some(reason), .. } = request else { panic!("{request:?}") };
    assert_eq!(reason, "Never answered.");
    harness.press("Esc");
    assert!(harness.effects.iter().any(|effect| matches!(effect, Effect::Cancel(asked) if *asked == ticket)));
}

#[test]
fn who_sits_on_no_panel_cannot_be_released() {
    let mut harness = releasing();
    harness.press("Enter Ctrl-s");
    harness.fail("preview_release", Refusal::new(Rule::NoSeats).with("name", "Amina Benali").into());
    assert!(harness.screen().contains("is on no panel"), "{}", harness.screen());
}

/// The box of deadlines.
fn more_time() -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("2");
    answer_all(&mut harness);
    harness.press("E");
    answer_all(&mut harness);
    harness
}

fn extension(juror: i32, round: VoteRound, until: Option<&str>) -> Answer {
    let until = until.map(|until| format!("{until}:00Z").parse().unwrap());
    let row = ExtensionRow { juror: UserId(juror), name: "Bruno Costa".into(), round, until };
    Answer { reply: Reply::Extension(row), operation: Some(Uuid::from_u128(4)), repeated: false }
}

fn extended(harness: &mut Harness) -> (i32, VoteRound, Option<String>) {
    let request = harness.asked("extend_deadline").1;
    let Request::ExtendDeadline { juror, round, until } = request else { panic!("{request:?}") };
    (juror.0, round, until)
}

#[test]
fn who_has_more_time_stands_there_and_one_more_gets_a_day() {
    let mut harness = more_time();
    let words = [
        "Deadlines, and jurors with more time",
        "Give a juror more time in round 1",
        "Everybody has until 20 May 2026 18:00.",
        "Give a juror more time in round 2",
        "This round has no deadline",
        "More time has",
        "Amina Benali",
        "round 2",
        "no effect",
        "Chiara",
        "round 1",
    ];
    assert!(in_order(&harness.screen(), &words), "{}", harness.screen());
    harness.press("Enter");
    answer_all(&mut harness);
    let screen = harness.screen();
    assert!(screen.contains("Bruno Costa") && !screen.contains("Chiara"), "{screen}");
    assert!(!screen.contains("Évariste"), "a disabled account: {screen}");
    harness.type_text("bruno").press("Enter");
    let words = ["Bruno Costa · round 1", "21 May 2026 18:00", "In the festival’s time", "Everybody has until 20 May"];
    assert!(in_order(&harness.screen(), &words), "{}", harness.screen());
    let ticket = {
        harness.press("Ctrl-s");
        harness.calls.back().unwrap().0
    };
    assert_eq!(extended(&mut harness), (12, VoteRound::First, Some("2026-05-21 18:00".into())));
    harness.send(Msg::Reply(ticket, Ok(extension(12, VoteRound::First, Some("2026-05-21T16:00")))));
    assert!(harness.screen().contains("Bruno Costa has until 21 May 2026 18:00 in round 1."), "{}", harness.screen());
    // The box below is read again.
    assert!(harness.waits_for("deadlines"));
    answer_all(&mut harness);
    harness.press("Esc");
    assert!(!harness.screen().contains("Deadlines, and jurors"), "{}", harness.screen());
}

#[test]
fn more_time_is_taken_back_by_an_empty_field_and_what_is_no_moment_is_said() {
    let mut harness = more_time();
    harness.press("End Enter");
    let words = ["Chiara D’Amico · round 1", "22 May 2026 18:00"];
    assert!(in_order(&harness.screen(), &words), "{}", harness.screen());
    harness.press("Ctrl-u").type_text("tomorrow").press("Ctrl-s");
    let screen = harness.screen();
    assert!(!harness.waits_for("extend_deadline") && screen.contains("“tomorrow” is not a date"), "{screen}");
    harness.press("Ctrl-u").type_text("20/05/2026 18:00").press("Ctrl-s");
    let screen = harness.screen();
    let less = "not more time: write a moment after 20 May 2026 18:00";
    assert!(!harness.waits_for("extend_deadline") && screen.contains(less), "{screen}");
    harness.press("Esc");
    assert!(harness.screen().contains("The deadline has not been changed yet."), "{}", harness.screen());
    harness.press("Esc Ctrl-u Ctrl-s");
    let ticket = harness.calls.back().unwrap().0;
    assert_eq!(extended(&mut harness), (13, VoteRound::First, None));
    harness.send(Msg::Reply(ticket, Ok(extension(13, VoteRound::First, None))));
    assert!(harness.screen().contains("has as long as everybody in round 1"), "{}", harness.screen());
}

#[test]
fn a_round_without_a_deadline_says_where_to_set_one() {
    let mut harness = more_time();
    harness.press("Down Enter");
    assert!(harness.screen().contains("Round 2 has no deadline: set it first in Settings."), "{}", harness.screen());
    assert!(!harness.waits_for("jurors"));
}

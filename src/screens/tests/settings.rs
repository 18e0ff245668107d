//! The festival's settings: read, changed, and changed by others.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::setting::SettingRow;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::setting::{AUTH_SCHEME, FESTIVAL_NAME, JURY_SIZE, MEDIA_URL, QUORUM, TIME_ZONE};
use crate::domain::user::Role;

fn tab() -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(100, 40);
    harness.press("7");
    answer_all(&mut harness);
    harness
}

fn with(name: &str, value: &str) -> Vec<SettingRow> {
    let mut rows = settings();
    for row in rows.iter_mut().filter(|row| row.name == name) {
        (row.value, row.is_default) = (value.into(), false);
    }
    rows
}

fn done(name: &str, value: &str) -> Answer {
    let row = with(name, value).into_iter().find(|row| row.name == name).unwrap();
    Answer { reply: Reply::Setting(row), operation: Some(Uuid::from_u128(5)), repeated: false }
}

fn others_change(harness: &mut Harness, rows: &[SettingRow]) {
    harness.send(Msg::Changed(Changed { topic: Topic::Settings, ids: None }));
    harness.welcome(true);
    while harness.waits_for("settings") {
        harness.answer("settings", Reply::Settings(rows.to_vec()));
    }
}

#[test]
fn a_number_is_changed_and_said_and_undone() {
    let mut harness = tab();
    to_setting(&mut harness, JURY_SIZE);
    harness.press("Backspace").type_text("05").press("Enter");
    let screen = harness.screen();
    assert!(in_order(&screen, &["3 → 5", "Votes are under way: 4 films in round 1, one in round 2"]), "{screen}");
    harness.press("Enter");
    let request = harness.answer("set_setting", done(JURY_SIZE, "5"));
    assert!(matches!(request, Request::SetSetting { name, value } if name == JURY_SIZE && value == "5"));
    let screen = harness.screen();
    assert!(screen.contains("“Jurors per panel” is now: 5.") && screen.contains("u undo"), "{screen}");
    others_change(&mut harness, &with(JURY_SIZE, "5"));
    assert!(!harness.screen().contains("Somebody else"), "{}", harness.screen());
    harness.press("u");
    assert!(harness.waits_for("undo"));
}

#[test]
fn what_it_does_not_take_stays_and_says_what_it_takes() {
    let cases = [
        (JURY_SIZE, "100", "A whole number from 1 to 99."),
        (JURY_SIZE, "many", "A whole number from 1 to 99."),
        (FESTIVAL_NAME, &"x".repeat(61), "at most 60 characters"),
        (MEDIA_URL, "ftp://site.example", "begins with https://"),
    ];
    for (name, value, says) in cases {
        let mut harness = tab();
        to_setting(&mut harness, name);
        harness.press("Ctrl-u").type_text(value).press("Enter");
        let screen = harness.screen();
        assert!(screen.contains(says) && screen.contains(&value[..3]), "{screen}");
        assert!(!harness.waits_for("set_setting"));
    }
}

#[test]
fn a_choice_says_what_follows_and_which_one_holds() {
    let mut harness = tab();
    to_setting(&mut harness, AUTH_SCHEME);
    let screen = harness.screen();
    assert!(
        in_order(&screen, &["as this database needs it", "now", "argon2id", "no longer sign in there"]),
        "{screen}"
    );
    harness.press("Down Enter");
    let screen = harness.screen();
    assert!(in_order(&screen, &["as this database needs it → argon2id", "no longer sign in there"]), "{screen}");
    assert!(!screen.contains("under way"), "it has nothing to do with votes");
    harness.press("Enter");
    let request = harness.asked("set_setting").1;
    assert!(matches!(request, Request::SetSetting { value, .. } if value == "argon2id"));
}

#[test]
fn a_word_or_a_number_is_chosen_first_and_then_typed() {
    let mut harness = tab();
    to_setting(&mut harness, QUORUM);
    harness.press("Down Enter").type_text("100").press("Enter");
    assert!(harness.screen().contains("✗ A whole number from 1 to 99."), "{}", harness.screen());
    harness.press("Backspace Backspace Esc");
    let screen = harness.screen();
    assert!(in_order(&screen, &["more than half of the panel", "now", "▌ a number of votes"]), "{screen}");
    harness.press("Enter").type_text("2").press("Enter");
    let screen = harness.screen();
    assert!(in_order(&screen, &["more than half of the panel → 2", "The same for every panel"]), "{screen}");
    harness.press("Enter");
    let request = harness.asked("set_setting").1;
    assert!(matches!(request, Request::SetSetting { name, value } if name == QUORUM && value == "2"));
}

#[test]
fn a_zone_is_found_by_typing() {
    let mut harness = tab();
    to_setting(&mut harness, TIME_ZONE);
    harness.type_text("apia").press("Enter Enter");
    let request = harness.asked("set_setting").1;
    assert!(matches!(request, Request::SetSetting { value, .. } if value == "Pacific/Apia"));
}

#[test]
fn the_same_value_asks_nothing_and_typing_is_not_thrown_away_unasked() {
    let mut harness = tab();
    to_setting(&mut harness, JURY_SIZE);
    harness.press("Enter");
    assert!(!harness.waits_for("set_setting") && harness.screen().contains("Nothing to save"));
    to_setting(&mut harness, JURY_SIZE);
    harness.type_text("0").press("Enter Esc Esc");
    assert!(harness.screen().contains("has not been changed yet"), "{}", harness.screen());
    harness.press("Enter");
    assert!(harness.screen().contains("30"), "it is kept: {}", harness.screen());
}

#[test]
fn a_lost_answer_is_asked_for_once_more_and_a_refusal_is_said() {
    let mut harness = tab();
    to_setting(&mut harness, JURY_SIZE);
    harness.press("Backspace").type_text("5").press("Enter Enter");
    let ticket = harness.calls.back().unwrap().0;
    let lost = Unavailable { why: Trouble::Unknown, detail: String::new() };
    harness.fail("set_setting", Failure::Unavailable(lost));
    assert!(in_order(&harness.screen(), &["may be done or not", "3 → 5"]), "{}", harness.screen());
    harness.press("Enter");
    let (again, _) = *harness.calls.iter().find(|(_, request)| request.entry().name == "set_setting").unwrap();
    assert_eq!(again, ticket);
    harness.fail("set_setting", Failure::Forbidden { needs: Some(Role::Admin) });
    assert!(in_order(&harness.screen(), &["administrator", "3 → 5"]), "{}", harness.screen());
}

#[test]
fn what_others_change_is_marked_and_the_cursor_stays() {
    let mut harness = tab();
    harness.press("j j");
    let cursor = |harness: &Harness| harness.screen().lines().find(|line| line.contains('▌')).map(str::to_owned);
    let before = cursor(&harness);
    others_change(&mut harness, &with(TIME_ZONE, "UTC"));
    assert_eq!(cursor(&harness), before);
    let screen = harness.screen();
    assert!(
        screen.contains("Somebody else has just changed one setting") && screen.contains("• Time zone"),
        "{screen}"
    );
    harness.press("1 7");
    harness.answer("settings", Reply::Settings(with(TIME_ZONE, "UTC")));
    assert!(!harness.screen().contains("Somebody else"), "the next visit begins anew");
}

#[test]
fn what_others_make_of_the_very_setting_is_said_in_the_dialog() {
    let mut harness = tab();
    to_setting(&mut harness, JURY_SIZE);
    harness.press("Backspace").type_text("5").press("Enter");
    others_change(&mut harness, &with(JURY_SIZE, "4"));
    let screen = harness.screen();
    assert!(in_order(&screen, &["Somebody else has changed it meanwhile; now it is: 4", "4 → 5"]), "{screen}");
}

#[test]
fn the_session_follows_a_change() {
    let mut harness = tab();
    harness.send(Msg::Changed(Changed { topic: Topic::Settings, ids: None }));
    assert!(harness.waits_for("welcome"), "the festival that the session holds is read again");
}

//! Who is on: shown as they come and go, ended, and what the log keeps.

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::session::SessionRow;
use crate::api::{Changed, Failure, Reply, Request, Topic};
use crate::app::harness::{Harness, noon};
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::rule::Rule;
use crate::domain::user::Role;

fn tab() -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(120, 40);
    harness.press("6");
    answer_all(&mut harness);
    harness
}

fn changes(harness: &mut Harness, rows: Vec<SessionRow>) {
    harness.send(Msg::Changed(Changed { topic: Topic::Sessions, ids: None }));
    harness.answer("sessions", Reply::Sessions(rows));
}

/// The line of the table that names somebody.
fn line(harness: &Harness, name: &str) -> String {
    let screen = harness.screen();
    screen.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("no {name}: {screen}")).to_owned()
}

#[test]
fn who_comes_and_goes_is_seen_at_once() {
    let mut harness = tab();
    assert!(line(&harness, "▌  Camille Roux").contains("you"));
    assert!(line(&harness, "Jun Sato").contains("12 min"));
    harness.press("j");
    let mut rows = sessions(false);
    rows.remove(2);
    rows.insert(
        0,
        SessionRow { name: "Dr Évariste Ô".into(), session: uuid::Uuid::from_u128(99 << 64), ..rows[1].clone() },
    );
    changes(&mut harness, rows);
    let screen = harness.screen();
    assert!(screen.contains("Évariste") && !screen.contains("Amina") && !screen.contains("changed since"), "{screen}");
    assert!(line(&harness, "Jun Sato").starts_with('▌'), "{screen}");
    // What others do elsewhere is none of its business.
    harness.send(Msg::Changed(Changed { topic: Topic::Films, ids: None }));
    assert!(!harness.waits_for("sessions"));
}

#[test]
fn idle_times_are_read_again_once_a_minute_while_somebody_looks() {
    let mut harness = tab();
    harness.screen();
    harness.wait(1);
    harness.answer("sessions", Reply::Sessions(sessions(false)));
    assert!(line(&harness, "Jun Sato").contains("13 min"));
    harness.screen();
    harness.wait(1);
    harness.answer("sessions", Reply::Sessions(sessions(false)));
    harness.screen();
    harness.press("1");
    answer_all(&mut harness);
    harness.wait(1);
    // Once more at most: it had been looked at since.
    answer_all(&mut harness);
    harness.screen();
    harness.wait(1);
    assert!(!harness.waits_for("sessions"), "nobody looks any more");
    harness.press("6");
    assert!(harness.waits_for("sessions"));
}

#[test]
fn ending_a_session_says_what_will_be_seen_and_asks_first() {
    let mut harness = tab();
    harness.press("j d");
    let screen = harness.screen();
    assert!(
        in_order(&screen, &["End the session of Jun Sato?", "ssh 192.0.2.17", "They can sign in again"]),
        "{screen}"
    );
    harness.press("Enter");
    assert!(!harness.waits_for("end_session"), "the harmless button is chosen");
    harness.press("Del Tab Enter");
    let row = SessionRow { ended_by: Some("Camille Roux".into()), ..sessions(false).remove(1) };
    let request = harness.answer("end_session", Reply::Session(row.clone()));
    assert!(matches!(request, Request::EndSession { session } if session == row.session));
    let screen = harness.screen();
    assert!(screen.contains("The session of Jun Sato is being ended.") && !screen.contains("u undo"), "{screen}");
    let mut rows = sessions(false);
    rows[1] = row;
    changes(&mut harness, rows);
    assert!(line(&harness, "Jun Sato").contains("ending"));
}

#[test]
fn ending_ones_own_session_says_that_it_is_the_present_one() {
    let mut harness = tab();
    harness.press("g d");
    assert!(harness.screen().contains("the session that you are in"), "{}", harness.screen());
    harness.press("Tab Enter");
    assert!(harness.waits_for("end_session"));
}

#[test]
fn what_is_over_is_not_ended_again() {
    let mut harness = tab();
    harness.press("j d Tab Enter");
    harness.fail("end_session", Rule::SessionOver.into());
    assert!(harness.screen().contains("has ended already"), "{}", harness.screen());
    harness.press("f");
    answer_all(&mut harness);
    harness.press("G d");
    assert!(harness.screen().contains("has ended already") && !harness.waits_for("end_session"));
}

#[test]
fn the_log_has_ends_and_refusals_and_keeps_its_place() {
    let mut harness = tab();
    harness.press("j f");
    assert!(matches!(harness.answer("sessions", Reply::Sessions(sessions(true))), Request::Sessions { ended: true }));
    assert!(line(&harness, "root").contains("wrong password (+36)"));
    assert!(line(&harness, "Chiara").contains("connection lost"));
    assert!(harness.screen().contains("ended by Camille Roux"));
    harness.press("/").type_text("is:refused").press("Enter");
    let screen = harness.screen();
    assert!(screen.contains("producers stay outside") && !screen.contains("connection lost"), "{screen}");
    harness.press("f");
    assert!(matches!(harness.answer("sessions", Reply::Sessions(sessions(false))), Request::Sessions { ended: false }));
    assert!(line(&harness, "Jun Sato").starts_with('▌'));
    harness.press("f");
    answer_all(&mut harness);
    assert!(!harness.screen().contains("connection lost"), "the filter is still there");
}

#[test]
fn a_visit_that_is_read_shows_its_end() {
    let mut harness = tab();
    harness.press("j Enter");
    answer_all(&mut harness);
    let screen = harness.screen();
    assert!(
        in_order(&screen, &["Jun Sato", "state", "on", "juror", "ssh 192.0.2.17", "SSH key", "12 min"]),
        "{screen}"
    );
    let mut rows = sessions(true);
    (rows[1].ended, rows[1].why) = (Some(noon()), Some("something new".into()));
    harness.send(Msg::Changed(Changed { topic: Topic::Sessions, ids: None }));
    while harness.waits_for("sessions") {
        harness.answer("sessions", Reply::Sessions(rows.clone()));
    }
    // A newer console may know ends that this one does not.
    assert!(harness.screen().contains("something new"), "{}", harness.screen());
    harness.press("d");
    assert!(harness.screen().contains("has ended already"));
}

#[test]
fn a_lost_database_is_said_and_the_list_stays() {
    let mut harness = tab();
    harness.press("r");
    let lost = Unavailable { why: Trouble::Lost, detail: String::new() };
    harness.fail("sessions", Failure::Unavailable(lost));
    assert!(harness.screen().contains("Jun Sato"));
}

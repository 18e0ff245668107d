//! One's own account: password, keys, language, colours, zone; and what one did.

use secrecy::ExposeSecret;

use super::fixtures::*;
use super::juror::words;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Changed, Failure, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::user::Role;
use crate::domain::{Refusal, Rule};
use crate::widgets::theme::Mode;

const NOW: &str = "what I had so far";
const NEW: &str = "a much better one";
const LINE: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti jun@tower";

fn account() -> Harness {
    let mut h = console(Language::En, Role::Jury);
    h.press("3");
    answer_all(&mut h);
    h
}

/// Types three passwords; hands them in.
pub(super) fn passwords(h: &mut Harness, [current, new, again]: [&str; 3]) {
    h.press("g Enter").type_text(current).press("Tab").type_text(new).press("Tab").type_text(again).press("Enter");
}

fn lost() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() })
}

#[test]
fn a_password_is_changed_and_never_seen() {
    let mut h = account();
    passwords(&mut h, [NOW, NEW, NEW]);
    let seen = format!("{} {:?} {:?}", h.screen(), h.calls, h.effects);
    assert!(!seen.contains(NOW) && !seen.contains(NEW), "{seen}");
    match h.answer("change_password", Reply::Done) {
        Request::ChangePassword { current, password } => {
            assert_eq!((current.expose_secret(), password.expose_secret()), (NOW, NEW));
        }
        other => panic!("{other:?}"),
    }
    answer_all(&mut h);
    assert!(h.screen().contains("Your password is changed") && h.screen().contains("jun@laptop"), "{}", h.screen());
}

#[test]
fn what_is_wrong_with_a_password_is_said_at_its_field() {
    for (typed, says) in [
        ([NOW, "short", "short"], "Use at least 10 characters"),
        ([NOW, NEW, "another one"], "The two passwords differ"),
    ] {
        let mut h = account();
        passwords(&mut h, typed);
        assert!(h.screen().contains(says) && !h.waits_for("change_password"), "{}", h.screen());
    }
    for (rule, label) in [
        (Refusal::from(Rule::PasswordWrong), "The password that you have now"),
        (Refusal::new(Rule::PasswordTooLong).with("max", 72), "The new password"),
    ] {
        let mut h = account();
        passwords(&mut h, [NOW, NEW, NEW]);
        let says = h.app.session().lang.refusal(&rule);
        h.fail("change_password", rule.into());
        let screen = h.screen();
        let says = says.split('.').next().unwrap();
        assert!(in_order(&screen, &[label, says]), "{screen}");
        // The field has the focus: what is typed next corrects it.
        h.type_text("x").press("Esc");
        assert!(h.screen().contains("jun@laptop"), "{}", h.screen());
    }
}

#[test]
fn a_lost_answer_is_asked_for_by_the_same_name() {
    let mut h = account();
    passwords(&mut h, [NOW, NEW, NEW]);
    let (first, _) = h.asked("change_password");
    h.send(Msg::Reply(first, Err(lost())));
    h.press("Ctrl-s");
    let (again, _) = h.asked("change_password");
    assert_eq!(first, again);
    h.send(Msg::Reply(again, Err(lost())));
    h.type_text("x").press("Backspace Backspace x Ctrl-s");
    assert!(h.screen().contains("differ"), "{}", h.screen());
}

#[test]
fn keys_are_listed_added_and_taken_away() {
    let mut h = account();
    let screen = h.screen();
    assert!(in_order(&screen, &["jun@laptop", "SHA256:UCUiLr7P", "rsa-sha2-512", "SHA256:q1Xv8tS0", "Add a key"]));
    h.press("n");
    assert!(h.screen().contains("cat ~/.ssh/id_ed25519.pub"), "{}", h.screen());
    h.send(Msg::Paste { text: format!("  {LINE}\n"), cut: false });
    h.press("Enter");
    let (ticket, request) = h.asked("add_my_key");
    assert!(matches!(&request, Request::AddMyKey { key } if key == LINE), "{request:?}");
    h.send(Msg::Reply(ticket, Ok(Reply::Key(keys().remove(0)).into())));
    assert!(words(&h).contains("lets you in from now on") && h.waits_for("my_keys"), "{}", h.screen());
    answer_all(&mut h);

    h.press("g j d");
    let screen = h.screen();
    assert!(screen.contains("jun@laptop") && words(&h).contains("with your other keys and with your"), "{screen}");
    h.press("Enter");
    assert!(!h.waits_for("remove_my_key"), "the button that takes it away is not preselected");
    h.press("d Tab Enter");
    let request = h.answer("remove_my_key", Reply::Key(keys().remove(0)));
    assert!(matches!(&request, Request::RemoveMyKey { fingerprint } if fingerprint == &keys()[0].fingerprint));
    h.send(Msg::Changed(Changed { topic: Topic::Users, ids: Some(vec![2]) }));
    h.answer("my_keys", Reply::Keys(keys().split_off(1)));
    assert!(!h.screen().contains("UCUiLr7P"), "{}", h.screen());
    h.press("g j Enter");
    assert!(words(&h).contains("It is your last key"), "{}", h.screen());
}

#[test]
fn empty_fields_are_named_in_words() {
    let mut h = account();
    passwords(&mut h, ["", "", ""]);
    let screen = h.screen();
    assert!(screen.contains("needed") && !screen.contains("field-required"), "{screen}");
}

#[test]
fn a_private_key_goes_nowhere() {
    let mut h = account();
    h.press("n");
    let text = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----";
    h.send(Msg::Paste { text: text.into(), cut: false });
    h.press("Enter");
    assert!(!h.waits_for("add_my_key") && words(&h).contains("make a new key pair"), "{}", h.screen());
    assert!(!h.screen().contains("b3BlbnNzaC1"), "{}", h.screen());
    for rule in [Rule::BadKey, Rule::TooManyKeys] {
        h.type_text("ssh-rsa AAAA").press("Enter");
        h.fail("add_my_key", Refusal::new(rule).with("max", 20).into());
        assert!(h.screen().contains("ssh-rsa AAAA"), "what was typed stays: {}", h.screen());
    }
}

/// The preferences that were kept since.
fn kept(h: &mut Harness) -> Vec<(String, Option<String>)> {
    let mut kept = Vec::new();
    while h.waits_for("set_preference") {
        if let (_, Request::SetPreference { name, value }) = h.asked("set_preference") {
            kept.push((name, value));
        }
    }
    kept
}

fn is(name: &str, value: &str) -> Vec<(String, Option<String>)> {
    vec![(name.to_owned(), Some(value.to_owned()))]
}

#[test]
fn language_colours_and_zone_hold_at_once_and_are_kept() {
    let mut h = account();
    // From the bottom: what one did, then the zone, the colours, the language.
    h.press("G k k Enter");
    assert_eq!(kept(&mut h), is("ui.theme", "light"));
    assert_eq!(h.app.session().theme.mode, Mode::Light);
    h.press("k Enter");
    assert_eq!(kept(&mut h), is("ui.language", "fr"));
    assert!(h.screen().contains("Fuseau horaire"), "{}", h.screen());
    h.press("j j Enter").type_text("tokyo");
    assert!(h.screen().contains("Asia/Tokyo"), "{}", h.screen());
    h.press("Enter");
    assert_eq!(kept(&mut h), is("ui.zone", "Asia/Tokyo"));
    assert_eq!(h.app.session().zone, Some(chrono_tz::Asia::Tokyo));
    assert!(h.screen().contains("Asia/Tokyo"), "{}", h.screen());
    // Back to the festival's: the first of the list.
    h.press("Enter Home Enter");
    assert_eq!(kept(&mut h), [("ui.zone".to_owned(), None)]);
    assert_eq!(h.app.session().zone, None);
    h.press("Enter Esc");
    assert!(kept(&mut h).is_empty() && h.screen().contains("celui du festival"), "{}", h.screen());
}

#[test]
fn administrators_have_it_as_a_page() {
    let mut h = console(Language::En, Role::Admin);
    h.press("M");
    answer_all(&mut h);
    assert!(h.screen().contains("Change the password") && !h.screen().contains("My work"), "{}", h.screen());
    h.press("M Esc");
    answer_all(&mut h);
    assert!(!h.screen().contains("Change the password"), "one page only: {}", h.screen());
    let mut h = console(Language::En, Role::Jury);
    h.press("M");
    answer_all(&mut h);
    assert!(h.screen().contains("My work"), "{}", h.screen());
}

#[test]
fn what_failed_can_be_read_again() {
    let mut h = console(Language::En, Role::Jury);
    h.press("3");
    h.fail("my_keys", lost());
    assert!(h.screen().contains('▲') && h.screen().contains("Change the password"), "{}", h.screen());
    h.press("r");
    answer_all(&mut h);
    assert!(h.screen().contains("jun@laptop") && !h.screen().contains('▲'), "{}", h.screen());
}

#[test]
fn what_one_did_is_told_with_every_word() {
    for keys in ["h", "3 h", "3 G Enter"] {
        let mut h = console(Language::En, Role::Jury);
        for key in keys.split(' ') {
            h.press(key);
            answer_all(&mut h);
        }
        let screen = h.screen();
        let told =
            ["31 Mar 2026", "Ångström", "promoted", "changed the vote: ✓ yes", "let the vote stand", "(no date)"];
        assert!(in_order(&screen, &told), "{keys}: {screen}");
        h.press("j Enter");
        assert!(words(&h).contains("I would not want to lose it"), "{}", h.screen());
        h.press("Esc Esc");
        assert!(!h.screen().contains("changed the vote"), "{}", h.screen());
    }
    let mut h = console(Language::En, Role::Jury);
    h.press("h");
    h.answer("my_history", Reply::MyHistory(Vec::new()));
    assert!(h.screen().contains("You have not voted on any film yet"), "{}", h.screen());
    h.press("Enter L");
    assert!(h.screen().contains("Vous n’avez encore voté"), "{}", h.screen());
}

//! The frame around the screens: sign-in, lock, help, palette, quitting, languages.

use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Failure, Request};
use crate::domain::Rule;
use crate::domain::user::Role;

use super::effect::Effect;
use super::harness::Harness;
use super::lang::Language;
use super::msg::Msg;

fn gate() -> Harness {
    let mut harness = Harness::new(Language::En);
    harness.welcome(true);
    harness
}

#[test]
fn signing_in_opens_the_tabs() {
    let mut harness = gate();
    assert!(harness.screen().contains("Sign in to MarsAI 2026"), "{}", harness.screen());
    harness.sign_in(Role::Admin);
    let screen = harness.screen();
    assert!(screen.contains("Camille Roux (administrator)") && screen.contains("1 Films"), "{screen}");
}

#[test]
fn strangers_see_the_festivals_name_and_not_its_database() {
    let mut harness = Harness::stranger(Language::En);
    harness.welcome(true);
    let screen = harness.screen();
    assert!(screen.contains("Sign in to MarsAI 2026") && !screen.contains("db.example.org"), "{screen}");
    harness.sign_in(Role::Jury);
    assert!(harness.screen().contains("db.example.org"), "{}", harness.screen());
}

#[test]
fn a_refused_password_is_forgotten_and_the_email_kept() {
    let mut harness = gate();
    harness.type_text("camille@marsai.example").press("Enter").type_text("wrong password").press("Enter");
    let request = harness.fail("sign_in", Rule::WrongPassword.into());
    assert!(matches!(request, Request::SignIn { remember: true, .. }));
    assert!(harness.screen().contains("camille@marsai.example"));
    harness.press("Enter");
    assert!(!harness.waits_for("sign_in"), "an empty password was sent");
}

#[test]
fn a_lost_database_keeps_what_was_typed() {
    let mut harness = gate();
    harness.type_text("camille@marsai.example").press("Enter").type_text("a long password").press("Enter");
    let lost = Unavailable { why: Trouble::Lost, detail: String::new() };
    harness.fail("sign_in", Failure::Unavailable(lost));
    harness.press("Enter");
    assert!(harness.waits_for("sign_in"), "the password was lost:\n{}", harness.screen());
}

#[test]
fn a_festival_without_an_administrator_gets_one() {
    let mut harness = Harness::new(Language::En);
    harness.welcome(false);
    for text in ["Camille", "Roux", "camille@marsai.example", "a long password"] {
        harness.type_text(text).press("Enter");
    }
    harness.type_text("another password").press("Enter");
    assert!(!harness.waits_for("create_first_administrator"));
    assert!(harness.screen().contains("differ"), "{}", harness.screen());
    harness.press("Ctrl-u").type_text("a long password").press("Enter");
    assert!(harness.waits_for("create_first_administrator"));
}

#[test]
fn idle_sessions_lock_and_come_back_where_they_were() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("2").wait(29);
    assert!(harness.app.session().person.is_some() && !harness.screen().contains("Locked"));
    harness.wait(2);
    assert!(harness.waits_for("sign_out"));
    let locked = harness.screen();
    assert!(locked.contains("Locked") && !locked.contains("Films"), "{locked}");
    harness.press("? 1 q");
    assert!(harness.screen().contains("Locked") && !harness.quits());
    harness.press("Ctrl-u").type_text("a long password").press("Enter");
    let signed_in = super::harness::person(Role::Admin).into();
    harness.answer("sign_in", crate::api::Reply::SignedIn(signed_in));
    assert_eq!(harness.app.stack.active(), 1, "the tab was forgotten");
}

#[test]
fn somebody_else_does_not_find_what_was_open() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("2 K");
    let signed_in = super::harness::person(Role::Jury).into();
    harness.type_text("x").press("Enter");
    harness.answer("sign_in", crate::api::Reply::SignedIn(signed_in));
    assert_eq!(harness.app.stack.active(), 0);
    assert!(!harness.screen().contains("Sponsors"), "{}", harness.screen());
}

#[test]
fn help_and_palette_read_the_one_table() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("?");
    assert!(harness.screen().contains("What the keys do here"));
    harness.press("Esc :").type_text("spons");
    assert!(harness.screen().contains("go to Sponsors"), "{}", harness.screen());
    harness.press("Enter");
    assert_eq!(harness.app.stack.active(), 4);
}

#[test]
fn q_quits_from_the_top_only() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("? q");
    assert!(!harness.quits());
    harness.press("q");
    assert!(harness.quits());
}

#[test]
fn language_and_theme_change_on_a_key() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("L");
    assert!(harness.screen().contains("administration"), "{}", harness.screen());
    harness.press("T L");
    assert!(harness.screen().contains("administrator"));
}

#[test]
fn a_lost_database_is_said_and_its_return_reads_again() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.calls.clear();
    harness.send(Msg::Database(false));
    assert!(harness.screen().contains("database out of reach"));
    harness.send(Msg::Database(true));
    assert!(harness.screen().contains("The database is back") && harness.waits_for("films"));
}

#[test]
fn small_terminals_say_so() {
    let mut harness = gate();
    harness.resize(59, 24);
    assert!(harness.screen().contains("at least 60 columns and 15 rows"));
    for (width, height) in [(0, 0), (1, 1), (60, 15), (300, 100)] {
        harness.resize(width, height).screen();
    }
}

#[test]
fn ctrl_l_draws_anew() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("Ctrl-l");
    assert!(matches!(harness.effects.last(), Some(Effect::Repaint)));
}

/// The app's own screens as pictures, in both languages and sizes.
#[test]
fn frames() {
    for (language, tag) in [(Language::En, "en"), (Language::Fr, "fr")] {
        for (width, height) in [(80, 24), (120, 40)] {
            let shot = |name: &str, harness: &mut Harness| {
                harness.resize(width, height);
                insta::assert_snapshot!(format!("{name}_{tag}_{width}"), harness.styled());
            };
            let mut harness = Harness::new(language);
            shot("opening", &mut harness);
            harness.welcome(true);
            shot("sign_in", &mut harness);
            harness.type_text("camille@marsai.example").press("Enter").type_text("wrong password").press("Enter");
            harness.fail("sign_in", Rule::WrongPassword.into());
            shot("sign_in_refused", &mut harness);
            let mut harness = Harness::new(language);
            harness.welcome(false);
            shot("first_administrator", &mut harness);
            let mut harness = Harness::signed_in(language, Role::Admin);
            harness.press("?");
            shot("help", &mut harness);
            harness.press("Esc :");
            shot("palette", &mut harness);
            harness.press("Esc K");
            shot("locked", &mut harness);
        }
    }
}

#[test]
fn the_settings_are_asked_for_once_unless_the_answer_was_lost() {
    let mut harness = gate();
    harness.sign_in(Role::Admin);
    harness.press("X");
    harness.calls.clear();
    harness.type_text("camille@marsai.example").press("Enter").type_text("a long password").press("Enter");
    let signed_in: crate::api::account::SignedIn = super::harness::person(Role::Admin).into();
    harness.answer("sign_in", crate::api::Reply::SignedIn(signed_in.clone()));
    assert!(!harness.waits_for("welcome"));

    let mut harness = Harness::new(Language::En);
    harness.fail("welcome", Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() }));
    harness.type_text("camille@marsai.example").press("Enter").type_text("a long password").press("Enter");
    harness.answer("sign_in", crate::api::Reply::SignedIn(signed_in));
    assert!(harness.waits_for("welcome"));
}

/// What goes with a person, and the clock.
mod coming_back {
    use chrono::TimeDelta;

    use super::super::harness::{Harness, noon, person};
    use crate::api::account::{SignedIn, Welcome};
    use crate::api::setting::{PreferenceRow, SettingRow};
    use crate::api::{Changed, Reply, Request, Topic};
    use crate::app::Known;
    use crate::app::effect::Effect;
    use crate::app::lang::Language;
    use crate::app::msg::Msg;
    use crate::domain::user::Role;
    use crate::widgets::theme::Mode;

    fn setting(name: &str, value: &str) -> SettingRow {
        SettingRow { name: name.into(), value: value.into(), is_default: false, expected: String::new() }
    }

    fn own(rows: &[(&str, &str)]) -> SignedIn {
        let row = |&(name, value): &(&str, &str)| PreferenceRow { name: name.into(), value: Some(value.into()) };
        SignedIn { own: rows.iter().map(row).collect(), ..person(Role::Jury).into() }
    }

    #[test]
    fn ones_own_language_theme_and_zone_come_with_the_sign_in() {
        let known =
            own(&[("ui.language", "fr"), ("ui.theme", "light"), ("ui.zone", "Asia/Tokyo"), ("place", "nonsense")]);
        let h = Harness::start(Language::En, Known::Person(known));
        let session = h.app.session();
        assert_eq!(session.lang.language, Language::Fr);
        assert_eq!(session.theme.mode, Mode::Light);
        assert_eq!(session.zone, Some(chrono_tz::Asia::Tokyo));
        let odd = own(&[
            ("ui.language", "xx"),
            ("ui.theme", "pink"),
            ("ui.zone", "Mars/Olympus"),
            ("place", "{\"tab\":77,\"places\":[]}"),
        ]);
        let h = Harness::start(Language::En, Known::Person(odd));
        assert_eq!((h.app.session().lang.language, h.app.session().zone), (Language::En, None));
    }

    #[test]
    fn a_switched_language_is_kept_and_ends_with_the_session() {
        let mut h = Harness::signed_in(Language::En, Role::Jury);
        h.press("L");
        let kept = h.calls.iter().any(|(_, request)| {
            matches!(request, Request::SetPreference { name, value } if name == "ui.language" && value.as_deref() == Some("fr"))
        });
        assert!(kept, "{:?}", h.calls);
        h.press("X");
        assert_eq!(h.app.session().lang.language, Language::En);
        h.sign_in(Role::Jury);
        assert_eq!(h.app.session().lang.language, Language::En);
    }

    #[test]
    fn a_juror_is_locked_out_no_sooner_than_after_half_an_hour() {
        for (role, locked) in [(Role::Admin, true), (Role::Jury, false)] {
            let mut h = Harness::signed_in(Language::En, role);
            let after = setting("auth.lock_after_minutes", "5");
            h.send(Msg::Changed(Changed { topic: Topic::Settings, ids: None }));
            h.answer(
                "welcome",
                Reply::Welcome(Welcome { festival: "M".into(), has_administrator: true, settings: vec![after] }),
            );
            h.wait(29);
            assert_eq!(h.screen().contains("Locked"), locked, "{role:?}");
            h.wait(2);
            assert!(h.screen().contains("Locked"), "{role:?}");
        }
    }

    #[test]
    fn the_clock_is_set_to_what_comes_first() {
        let h = Harness::signed_in(Language::En, Role::Jury);
        let at = h.effects.iter().rev().find_map(|effect| match effect {
            Effect::WakeAt(at) => Some(*at),
            _ => None,
        });
        assert_eq!(at, Some(noon() + TimeDelta::minutes(30)));
    }
}

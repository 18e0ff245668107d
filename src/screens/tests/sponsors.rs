//! Sponsors: added, changed, deleted.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::failure::{FieldChange, Trouble, Unavailable};
use crate::api::sponsor::SponsorRow;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::SponsorId;
use crate::domain::sponsor::SponsorFields;
use crate::domain::user::Role;

fn tab() -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("5");
    answer_all(&mut harness);
    harness
}

fn done(row: SponsorRow) -> Answer {
    Answer { reply: Reply::Sponsor(row), operation: Some(Uuid::from_u128(9)), repeated: false }
}

fn new_row() -> SponsorRow {
    let fields = SponsorFields {
        name: "Éditions du Phare".into(),
        logo: "/p.png".into(),
        url: Some("https://phare.example".into()),
        category: None,
    };
    SponsorRow { id: SponsorId(4), fields }
}

fn fill(harness: &mut Harness) {
    harness.press("n").type_text("Éditions du Phare").press("Tab").type_text("/p.png").press("Tab");
    harness.type_text("https://phare.example");
}

#[test]
fn what_a_full_field_does_not_take_does_nothing_else() {
    let mut harness = tab();
    harness.press("n").type_text(&"x".repeat(255));
    let before = harness.screen();
    harness.type_text("u2qLéX");
    assert_eq!(harness.screen(), before);
    assert!(!harness.waits_for("undo") && !harness.quits());
}

#[test]
fn an_empty_list_says_how_to_begin() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("5");
    harness.answer("sponsors", Reply::Sponsors(Vec::new()));
    assert!(harness.screen().contains("Press n to add the first one"), "{}", harness.screen());
}

#[test]
fn a_new_sponsor_is_saved_and_found_in_the_list() {
    let mut harness = tab();
    fill(&mut harness);
    harness.press("Ctrl-s");
    let row = new_row();
    let request = harness.answer("create_sponsor", done(row.clone()));
    assert!(matches!(request, Request::CreateSponsor { fields } if fields == row.fields));
    assert!(harness.screen().contains("“Éditions du Phare” is added") && harness.screen().contains("u undo"));
    let mut rows = sponsors();
    rows.insert(0, row);
    harness.answer("sponsors", Reply::Sponsors(rows));
    let screen = harness.screen();
    assert!(screen.lines().any(|line| line.starts_with('▌') && line.contains("Phare")), "{screen}");
    assert!(!screen.contains("changed since"), "{screen}");
}

#[test]
fn what_is_wrong_stands_under_its_field_and_nothing_is_asked() {
    let mut harness = tab();
    harness.press("n Ctrl-s");
    assert!(harness.screen().contains("Name is missing"), "{}", harness.screen());
    harness.type_text("N").press("Tab").type_text("l").press("Tab").type_text("phare.example").press("F2");
    assert!(harness.screen().contains("Web site is no web address"), "{}", harness.screen());
    assert!(!harness.waits_for("create_sponsor"));
}

#[test]
fn a_lost_database_keeps_what_was_typed() {
    let mut harness = tab();
    fill(&mut harness);
    harness.press("Ctrl-s");
    let (ticket, _) = harness.calls.back().map(|(ticket, request)| (*ticket, request.clone())).unwrap();
    let lost = Unavailable { why: Trouble::Unknown, detail: "server has gone away".into() };
    harness.fail("create_sponsor", Failure::Unavailable(lost));
    let screen = harness.screen();
    assert!(screen.contains("may be done or not") && screen.contains("https://phare.example"), "{screen}");
    harness.press("Ctrl-s");
    assert_eq!(harness.asked("create_sponsor").0, ticket, "no second sponsor when the first was saved after all");
}

#[test]
fn a_change_sends_what_it_started_from() {
    let mut harness = tab();
    harness.press("j e").type_text(" 2").press("Ctrl-s");
    let request = harness.asked("edit_sponsor").1;
    let Request::EditSponsor { sponsor: SponsorId(2), fields, loaded: Some(loaded) } = request else {
        panic!("{request:?}")
    };
    assert_eq!((fields.name.as_str(), loaded.name.as_str()), ("Café de la Friche 2", "Café de la Friche"));
}

#[test]
fn saving_nothing_asks_nothing() {
    let mut harness = tab();
    harness.press("e Ctrl-s");
    assert!(!harness.waits_for("edit_sponsor") && harness.screen().contains("Nothing to save"));
}

#[test]
fn both_versions_are_shown_and_saving_again_decides() {
    let mut harness = tab();
    harness.press("e").type_text(" (moi)").press("Ctrl-s");
    let change = |field: &str, loaded: &str, now: &str| FieldChange {
        field: field.into(),
        loaded: loaded.into(),
        now: now.into(),
    };
    harness.fail(
        "edit_sponsor",
        Failure::Conflict(vec![
            change("name", "Ville de Marseille", "Mairie de Marseille"),
            change("category", "Or", ""),
        ]),
    );
    let screen = harness.screen();
    let words =
        ["Nothing was overwritten", "▌ Name", "it was    Ville de Marseille", "● yours     Ville de Marseille (moi)"];
    assert!(in_order(&screen, &words), "{screen}");
    let words = ["○ theirs    Mairie de Marseille", "Tier", "you left it as it was", "● theirs    (empty)"];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Ctrl-s");
    let request = harness.asked("edit_sponsor").1;
    let Request::EditSponsor { fields, loaded: Some(loaded), .. } = request else { panic!("{request:?}") };
    assert_eq!((fields.name.as_str(), fields.category), ("Ville de Marseille (moi)", None));
    assert_eq!((loaded.name.as_str(), loaded.category), ("Mairie de Marseille", None));
}

#[test]
fn theirs_can_be_kept_and_the_question_put_off() {
    let mut harness = tab();
    harness.press("e").type_text(" (moi)").press("Ctrl-s");
    let change =
        FieldChange { field: "name".into(), loaded: "Ville de Marseille".into(), now: "Mairie de Marseille".into() };
    harness.fail("edit_sponsor", Failure::Conflict(vec![change.clone()]));
    harness.press("Esc");
    let screen = harness.screen();
    assert!(screen.contains("Not saved yet") && screen.contains("Ville de Marseille (moi)"), "{screen}");
    harness.press("Ctrl-s");
    harness.fail("edit_sponsor", Failure::Conflict(vec![change]));
    harness.press("Space Enter");
    assert!(!harness.waits_for("edit_sponsor") && harness.screen().contains("Nothing to save"), "{}", harness.screen());
}

#[test]
fn somebody_elses_change_is_noticed_while_one_types() {
    let mut harness = tab();
    harness.press("e").type_text("!");
    harness.send(Msg::Changed(Changed { topic: Topic::Sponsors, ids: Some(vec![1]) }));
    let mut rows = sponsors();
    rows[0].fields.url = None;
    while harness.waits_for("sponsors") {
        harness.answer("sponsors", Reply::Sponsors(rows.clone()));
    }
    let screen = harness.screen();
    assert!(
        screen.contains("Somebody else has changed Web site") && screen.contains("Ville de Marseille!"),
        "{screen}"
    );
}

#[test]
fn a_field_that_is_left_wrong_says_so_at_once() {
    let mut harness = tab();
    harness.press("n Tab Tab").type_text("phare.example").press("Shift-Tab");
    let screen = harness.screen();
    assert!(screen.contains("Name is missing") && screen.contains("Web site is no web address"), "{screen}");
    harness.press("Tab").press("Home").type_text("https://").press("Shift-Tab");
    assert!(!harness.screen().contains("no web address"), "{}", harness.screen());
}

#[test]
fn typing_is_not_thrown_away_unasked() {
    let mut harness = tab();
    harness.press("n Esc");
    assert!(!harness.screen().contains("New sponsor"), "nothing typed, nothing asked");
    harness.press("n").type_text("Half").press("Esc");
    assert!(harness.screen().contains("Discard what you typed"), "{}", harness.screen());
    harness.press("Enter");
    assert!(harness.screen().contains("Half"));
    harness.press("Ctrl-c");
    assert!(!harness.quits(), "leaving asks too");
}

#[test]
fn deleting_asks_by_a_button_and_can_be_undone() {
    let mut harness = tab();
    harness.press("j d y Enter");
    assert!(!harness.waits_for("delete_sponsor"), "the harmful button had the focus");
    harness.press("d Tab Enter");
    let gone = sponsors().remove(1);
    let request = harness.answer("delete_sponsor", done(gone));
    assert!(matches!(request, Request::DeleteSponsor { sponsor: SponsorId(2) }));
    assert!(harness.screen().contains("“Café de la Friche” is deleted") && harness.screen().contains("u undo"));
    harness.send(Msg::Changed(Changed { topic: Topic::Sponsors, ids: Some(vec![2]) }));
    let mut rows = sponsors();
    rows.remove(1);
    harness.answer("sponsors", Reply::Sponsors(rows));
    let screen = harness.screen();
    assert!(screen.contains("2 of 2 sponsors") && !screen.contains("changed since"), "{screen}");
    assert!(screen.lines().any(|line| line.starts_with('▌') && line.contains("Studio Calanque")), "{screen}");
    harness.press("u");
    assert!(harness.waits_for("undo"));
}

#[test]
fn a_page_knows_when_its_sponsor_is_gone() {
    let mut harness = tab();
    harness.press("j Enter");
    let mut rows = sponsors();
    rows.remove(1);
    harness.answer("sponsors", Reply::Sponsors(rows));
    assert!(harness.screen().contains("The sponsor 2 is not there any more"), "{}", harness.screen());
    harness.press("e d");
    assert!(!harness.screen().contains("Delete “"));
}

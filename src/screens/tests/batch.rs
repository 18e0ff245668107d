//! Many films at once: one field, a category, a file.

use std::sync::Arc;

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::film_form::{Category, EditPreview, Edited, Export, ExportFormat};
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::effect::{Effect, NotSaved};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::user::Role;
use crate::domain::{CategoryId, FilmId, Refusal, Rule};
use uuid::Uuid;

/// The menu over the first three films.
fn batch(keys: &str) -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("Space Space Space b");
    answer_all(&mut harness);
    harness.press(keys);
    harness
}

/// The first films.
fn ids(n: usize) -> Vec<FilmId> {
    (0..n).map(|at| film(at).id).collect()
}

fn done(edited: Edited) -> Answer {
    Answer { reply: Reply::Edited(edited), operation: Some(Uuid::from_u128(6)), repeated: false }
}

/// As far as the last look at another AI tool.
fn tool(harness: &mut Harness) {
    harness.press("Enter").type_text("tool").press("Enter").type_text("Sora 2").press("Enter");
}

#[test]
fn a_field_is_changed_after_a_look_at_the_whole() {
    let mut harness = batch("");
    tool(&mut harness);
    let preview = EditPreview { change: 2, overwrite: 2, unchanged: 1, refused: Vec::new() };
    let request = harness.answer("preview_edit_films", Reply::EditPreview(preview));
    assert!(matches!(&request, Request::PreviewEditFilms { films, field, value: Some(value) }
        if *films == ids(3) && field == "ai_tool" && value == "Sora 2"));
    answer_all(&mut harness);
    let screen = harness.screen();
    let words = [
        "AI tool",
        "→",
        "Sora 2",
        "2 films change",
        "2 of them hold something else",
        "One is so already",
        "Runway Gen-4 → Sora 2",
    ];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Enter");
    assert!(!harness.waits_for("edit_films"), "what is replaced is not lost on one key");
    harness = batch("");
    tool(&mut harness);
    answer_all(&mut harness);
    harness.press("Tab Enter");
    harness.progress("edit_films", Progress::Steps { done: 1, total: 3 });
    assert!(harness.screen().contains("Changing: 1 of 3") && harness.screen().contains("Esc stops"));
    let edited = Edited { done: ids(2), unchanged: vec![FilmId(198)], ..Edited::default() };
    harness.answer("edit_films", done(edited));
    let screen = harness.screen();
    assert!(
        screen.contains("2 films are changed, on the web site too · 1 so already.") && screen.contains("u undo"),
        "{screen}"
    );
    assert!(!screen.contains("selected"), "{screen}");
}

#[test]
fn what_did_not_go_is_listed_with_why() {
    let mut harness = batch("");
    tool(&mut harness);
    answer_all(&mut harness);
    harness.press("Tab Enter");
    let refused = vec![(FilmId(198), Refusal::new(Rule::FilmGone))];
    harness.answer("edit_films", done(Edited { done: ids(2), refused, ..Edited::default() }));
    let screen = harness.screen();
    assert!(in_order(&screen, &["stay as they were", "Harbour of Machines", "not there any more"]), "{screen}");
    harness.press("Esc");
    assert!(!harness.screen().contains("stay as they were"));
}

#[test]
fn above_ten_films_the_count_is_typed() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("Ctrl-a b");
    answer_all(&mut harness);
    tool(&mut harness);
    let preview = EditPreview { change: 12, ..EditPreview::default() };
    harness.answer("preview_edit_films", Reply::EditPreview(preview));
    harness.press("Enter");
    assert!(harness.screen().contains("Type 12 to confirm"), "{}", harness.screen());
    harness.type_text("11").press("Enter Enter");
    assert!(!harness.waits_for("edit_films"));
    harness.press("Backspace").type_text("2").press("Enter Enter");
    assert!(matches!(harness.asked("edit_films").1, Request::EditFilms { films, .. } if films.len() == 12));
}

#[test]
fn wrong_values_and_nothing_to_do_go_no_further() {
    let mut harness = batch("Enter");
    harness.type_text("year").press("Enter").type_text("26").press("Enter");
    assert!(harness.screen().contains("Year takes a whole number") && !harness.waits_for("preview_edit_films"));
    harness.press("Ctrl-u").type_text("2026").press("Enter");
    let preview = EditPreview { unchanged: 3, ..EditPreview::default() };
    harness.answer("preview_edit_films", Reply::EditPreview(preview));
    assert!(harness.screen().contains("Nothing would change"), "{}", harness.screen());
    harness.press("Tab Enter Tab Enter");
    assert!(!harness.waits_for("edit_films"));
}

#[test]
fn one_step_back_keeps_what_was_typed() {
    let mut harness = batch("");
    tool(&mut harness);
    answer_all(&mut harness);
    harness.press("Esc");
    assert!(harness.screen().contains("Sora 2"), "{}", harness.screen());
    harness.press("Esc Esc Esc");
    assert!(harness.screen().contains("3 selected"), "{}", harness.screen());
}

#[test]
fn a_new_category_is_given_at_once() {
    let mut harness = batch("Down Enter");
    harness.type_text("Musical").press("Enter");
    let new = Category { id: CategoryId(9), name: "Musical".into(), films: 0 };
    harness.answer("create_category", Reply::Category(new));
    let preview = EditPreview { change: 3, ..EditPreview::default() };
    let request = harness.answer("preview_category", Reply::EditPreview(preview));
    assert!(matches!(request, Request::PreviewCategory { category: CategoryId(9), remove: false, .. }));
    harness.press("Enter");
    assert!(matches!(harness.asked("add_category").1, Request::AddCategory { category: CategoryId(9), .. }));
    let mut harness = batch("Down Down Enter");
    harness.type_text("fiction").press("Enter");
    answer_all(&mut harness);
    harness.press("Tab Enter");
    assert!(matches!(harness.asked("remove_category").1, Request::RemoveCategory { category: CategoryId(1), .. }));
}

#[test]
fn a_lost_answer_is_asked_for_again_and_work_can_be_stopped() {
    let mut harness = batch("");
    tool(&mut harness);
    answer_all(&mut harness);
    harness.press("Tab Enter");
    let ticket = harness.calls.back().map(|(ticket, _)| *ticket).unwrap();
    let lost = Failure::Unavailable(Unavailable { why: Trouble::Unknown, detail: String::new() });
    harness.fail("edit_films", lost);
    assert!(harness.screen().contains("may be done or not"), "{}", harness.screen());
    harness.press("Enter");
    assert_eq!(harness.asked("edit_films").0, ticket);
    harness.press("Esc Esc");
    assert_eq!(harness.effects.iter().filter(|effect| matches!(effect, Effect::Cancel(_))).count(), 1);
    assert!(harness.screen().contains("Stopping"), "{}", harness.screen());
}

#[test]
fn what_a_stop_left_to_do_stays_selected() {
    let mut harness = batch("");
    tool(&mut harness);
    answer_all(&mut harness);
    harness.press("Tab Enter Esc");
    let refused = vec![(FilmId(199), Rule::FilmGone.into())];
    harness.answer("edit_films", done(Edited { done: ids(1), refused, cancelled: true, ..Edited::default() }));
    harness.press("Enter");
    assert!(harness.screen().contains("1 selected"), "the film that was not reached: {}", harness.screen());
    harness.press("b");
    answer_all(&mut harness);
    tool(&mut harness);
    assert!(matches!(&harness.asked("preview_edit_films").1, Request::PreviewEditFilms { films, .. }
        if *films == [FilmId(198)]));
}

#[test]
fn advancing_goes_to_its_own_dialog() {
    let harness = batch("End Up Enter");
    assert!(harness.screen().contains("Advance 3 films"), "{}", harness.screen());
}

/// The export dialog over the first three films.
fn export() -> Harness {
    batch("Down Down Down Enter")
}

#[test]
fn films_are_written_into_a_file_and_the_line_says_where() {
    let mut harness = export();
    assert!(harness.screen().contains("festival-films-2026-04-01.csv"), "{}", harness.screen());
    harness.press("Tab Right");
    assert!(harness.screen().contains("festival-films-2026-04-01.json"), "{}", harness.screen());
    harness.press("Ctrl-s");
    harness.progress("export_films", Progress::Steps { done: 1, total: 3 });
    assert!(harness.screen().contains("Reading: 1 of 3"), "{}", harness.screen());
    let export = Export { name: "films.json".into(), films: 3, contents: "[]".into() };
    let request = harness.answer("export_films", Reply::Export(export));
    let Request::ExportFilms { films: Some(films), columns, format: ExportFormat::Json, .. } = request else {
        panic!("{request:?}")
    };
    assert!(films == ids(3) && columns.contains(&"title".to_owned()) && !columns.contains(&"synopsis".to_owned()));
    let saved = harness.effects.iter().find_map(|effect| match effect {
        Effect::Save(ticket, file) => Some((*ticket, file.clone())),
        _ => None,
    });
    let (ticket, file) = saved.unwrap();
    assert_eq!((file.path.as_str(), &*file.contents), ("festival-films-2026-04-01.json", "[]"));
    let no = NotSaved::Failed { path: "/nowhere/x".into(), why: "Permission denied".into() };
    harness.send(Msg::Saved(ticket, Err(no)));
    assert!(harness.screen().contains("could not be written"), "{}", harness.screen());
    harness.press("Ctrl-s");
    answer_all(&mut harness);
    let Some(Effect::Save(ticket, _)) = harness.effects.last() else { panic!() };
    let ticket = *ticket;
    harness.send(Msg::Saved(ticket, Ok("/home/ann/festival-films.json".into())));
    assert!(harness.screen().contains("3 films are in /home/ann/festival-films.json"), "{}", harness.screen());
}

#[test]
fn without_columns_or_a_name_there_is_no_file() {
    let mut harness = export();
    harness.press("Ctrl-u Ctrl-s");
    assert!(harness.screen().contains("A file needs a name") && !harness.waits_for("export_films"));
}

#[test]
fn over_ssh_small_lists_go_to_the_clipboard_on_a_key() {
    let mut harness = console(Language::En, Role::Admin);
    harness.elsewhere();
    harness.press("b");
    answer_all(&mut harness);
    harness.press("Down Down Down Enter");
    assert!(harness.screen().contains("Over SSH no file can be written"), "{}", harness.screen());
    harness.press("Ctrl-s");
    answer_all(&mut harness);
    assert!(!harness.effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    assert!(harness.screen().contains("copies"), "{}", harness.screen());
    harness.press("Enter");
    assert!(harness.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text.contains("Été"))));
    harness.press("b");
    answer_all(&mut harness);
    harness.press("Down Down Down Enter Ctrl-s");
    let contents: Arc<str> = "x".repeat(200_000).into();
    harness.answer("export_films", Reply::Export(Export { name: "f".into(), films: 900, contents }));
    assert!(harness.screen().contains("900 films are too much"), "{}", harness.screen());
}

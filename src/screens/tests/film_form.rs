//! Films added and changed, their categories and their people.

use super::fixtures::*;
use crate::api::failure::{FieldChange, Trouble, Unavailable};
use crate::api::film::FilmDetail;
use crate::api::film_form::Category;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::user::Role;
use crate::domain::{CategoryId, CollaboratorId, FilmId, Rule, UserId};
use uuid::Uuid;

/// Opens something on the third film.
fn on_film(keys: &str) -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("j j").press(keys);
    answer_all(&mut harness);
    harness
}

fn done(reply: Reply) -> Answer {
    Answer { reply, operation: Some(Uuid::from_u128(5)), repeated: false }
}

fn lost() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Unknown, detail: String::new() })
}

fn change(field: &str, loaded: &str, now: &str) -> FieldChange {
    FieldChange { field: field.into(), loaded: loaded.into(), now: now.into() }
}

fn film_now(change: impl FnOnce(&mut FilmDetail)) -> Reply {
    let mut film = detail(2);
    change(&mut film);
    Reply::Film(Box::new(film))
}

#[test]
fn only_what_was_changed_is_sent_with_what_it_began_from() {
    let mut harness = on_film("e");
    harness.press("Backspace").type_text("!").press("Ctrl-s");
    let request = harness.answer("edit_film", done(film_now(|film| film.row.title = "Harbour of Machines !".into())));
    let Request::EditFilm { film: FilmId(198), fields, loaded: Some(loaded) } = request else { panic!("{request:?}") };
    assert_eq!(fields.iter().collect::<Vec<_>>(), [("title", Some("Harbour of Machines !"))]);
    assert_eq!((loaded.get("title"), loaded.get("ai_tool")), (Some("Harbour of Machines 🌊"), Some("Sora")));
    let screen = harness.screen();
    assert!(screen.contains("is saved, on the web site too") && screen.contains("u undo"), "{screen}");
    assert!(screen.lines().any(|line| line.starts_with('▌') && line.contains("Harbour")), "{screen}");
}

#[test]
fn saving_nothing_asks_nothing_and_leaving_asks_only_for_what_was_typed() {
    let mut harness = on_film("e");
    harness.press("Ctrl-s");
    assert!(!harness.waits_for("edit_film") && harness.screen().contains("Nothing to save"));
    let mut harness = on_film("e");
    harness.press("Esc e");
    answer_all(&mut harness);
    harness.type_text("x").press("Esc");
    assert!(harness.screen().contains("Discard what you typed about this film"), "{}", harness.screen());
    harness.press("Enter Ctrl-c");
    assert!(!harness.quits() && harness.screen().contains("not saved yet"), "{}", harness.screen());
}

#[test]
fn every_wrong_field_says_so_and_the_first_has_the_focus() {
    let mut harness = on_film("n");
    harness.press("Tab Tab Tab Tab").type_text("an hour").press("Tab");
    assert!(harness.screen().contains("Length takes a whole number"), "{}", harness.screen());
    harness.press("Ctrl-s");
    let screen = harness.screen();
    assert!(in_order(&screen, &["▌", "Title is missing", "Producer is missing", "whole number"]), "{screen}");
    assert!(!harness.waits_for("create_film"));
}

#[test]
fn a_new_film_has_a_producer_and_categories() {
    let mut harness = on_film("n");
    harness.type_text("Neuf").press("Tab").type_text("lambert").press("Enter");
    assert!(harness.screen().contains("Nothing here has these letters"), "{}", harness.screen());
    harness.press("Esc").type_text("neill").press("Enter");
    assert!(harness.screen().contains("Tom O’Neill <tom@oneill.example>"), "{}", harness.screen());
    harness.press("Tab Tab Tab Tab Tab Tab Right Space Right Space Ctrl-s");
    let request = harness.answer("create_film", done(film_now(|film| film.row.title = "Neuf".into())));
    let Request::CreateFilm { fields, producer: UserId(51), categories } = request else { panic!("{request:?}") };
    assert_eq!(fields.iter().collect::<Vec<_>>(), [("title", Some("Neuf"))]);
    assert_eq!(categories, [CategoryId(4), CategoryId(1)]);
    assert!(harness.screen().contains("“Neuf” is added as submitted"), "{}", harness.screen());
}

#[test]
fn several_films_are_changed_one_after_the_other() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("Space j Space e");
    answer_all(&mut harness);
    assert!(harness.screen().contains("1 of 2"), "{}", harness.screen());
    harness.press("Tab Tab").type_text("!").press("Ctrl-n");
    let first = harness.answer("edit_film", done(film_now(|_| ())));
    answer_all(&mut harness);
    let screen = harness.screen();
    assert!(screen.contains("2 of 2") && screen.contains("Harbour") && !screen.contains("not saved yet"), "{screen}");
    harness.type_text("!").press("Ctrl-s");
    let second = harness.asked("edit_film").1;
    for (request, film, country) in [(first, 200, "France!"), (second, 198, "Ireland!")] {
        let Request::EditFilm { film: id, fields, .. } = request else { panic!("{request:?}") };
        assert_eq!((id, fields.get("nationality")), (FilmId(film), Some(country)));
    }
}

#[test]
fn the_end_of_the_way_says_so_and_keeps_the_form() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("End e");
    answer_all(&mut harness);
    harness.press("Ctrl-n");
    assert!(harness.screen().contains("This was the last one") && harness.screen().contains("12 of 12"));
    harness.press("Ctrl-b");
    answer_all(&mut harness);
    assert!(harness.screen().contains("11 of 12"), "{}", harness.screen());
}

#[test]
fn a_lost_database_keeps_the_form_and_asks_for_the_very_same_again() {
    let mut harness = on_film("e");
    harness.type_text("!").press("Ctrl-s");
    let ticket = harness.calls.back().map(|(ticket, _)| *ticket).unwrap();
    harness.fail("edit_film", lost());
    let screen = harness.screen();
    assert!(in_order(&screen, &["may be done or not", "Ctrl-s tries again", "🌊!"]), "{screen}");
    harness.press("Ctrl-s");
    assert_eq!(harness.asked("edit_film").0, ticket);
    harness.send(Msg::Reply(ticket, Err(lost())));
    harness.type_text("?").press("Ctrl-s");
    assert_ne!(harness.asked("edit_film").0, ticket, "another text is another change");
}

#[test]
fn both_versions_are_shown_field_by_field() {
    let mut harness = on_film("e");
    harness.type_text("!").press("Ctrl-s");
    let changes = vec![
        change("ai_tool", "Sora", "Sora 2"),
        change("title", "Harbour of Machines 🌊", "Harbour"),
        change("id_user", "52", "51"),
    ];
    harness.fail("edit_film", Failure::Conflict(changes));
    let screen = harness.screen();
    let words = ["▌ Title", "it was", "● yours", "🌊!", "○ theirs", "AI tool", "you left it", "● theirs    Sora 2"];
    assert!(in_order(&screen, &words), "{screen}");
    assert!(screen.contains("Tom O’Neill"), "{screen}");
    harness.press("j Space Ctrl-s");
    let request = harness.asked("edit_film").1;
    let Request::EditFilm { fields, loaded: Some(loaded), .. } = request else { panic!("{request:?}") };
    assert_eq!((fields.get("title"), fields.get("ai_tool")), (Some("Harbour of Machines 🌊!"), Some("Sora")));
    assert_eq!(
        (loaded.get("title"), loaded.get("ai_tool"), loaded.get("id_user")),
        (Some("Harbour"), Some("Sora 2"), Some("51"))
    );
    assert!(!fields.names("id_user"));
}

#[test]
fn long_versions_are_compared_word_by_word_and_keep_their_marks() {
    let mut harness = on_film("e");
    harness.type_text("!").press("Ctrl-s");
    let was = "A city under water, told by the lighthouse that nobody visits any more.\nSecond line.";
    let theirs = was.replace("nobody visits", "everybody forgot");
    harness.fail("edit_film", Failure::Conflict(vec![change("description", was, &theirs), change("title", "a", "b")]));
    let (before, turned) = (harness.screen(), harness.press("j Space").screen());
    let words = ["yours", "A city under water", "theirs", "visits everybody forgot any more."];
    assert!(in_order(&before, &words) && in_order(&turned, &words), "{before}\n{turned}");
    assert!(!in_order(&before, &["● yours", "● yours"]) && in_order(&turned, &["● yours", "● yours"]), "{turned}");
}

#[test]
fn a_producer_is_searched_by_name_and_email_as_the_field_shows_them() {
    let mut harness = on_film("e");
    harness.press("Tab").type_text("lea@");
    assert!(harness.screen().contains("Léa Martin <lea@martin.example>"), "{}", harness.screen());
    harness.press("Enter");
    assert!(harness.screen().contains("Léa Martin <lea@martin.example>"), "{}", harness.screen());
}

#[test]
fn somebody_elses_change_is_noticed_and_a_vote_is_none() {
    let mut harness = on_film("e");
    harness.type_text("!");
    let changed = || Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![198]) });
    harness.send(changed());
    answer_all(&mut harness);
    assert!(!harness.screen().contains("Somebody else"), "{}", harness.screen());
    harness.send(changed());
    while harness.waits_for("film") {
        harness.answer("film", film_now(|film| film.row.country = "Éire".into()));
    }
    let screen = harness.screen();
    assert!(screen.contains("Somebody else has changed Country") && screen.contains("🌊!"), "{screen}");
}

#[test]
fn a_text_of_64_kb_is_kept_to_the_letter_and_no_longer() {
    let mut harness = on_film("e");
    harness.press("PgDn");
    let text = "é".repeat(32_767);
    harness.send(Msg::Paste { text: format!("{text}é"), cut: false });
    harness.press("Ctrl-s");
    assert!(harness.screen().contains("65,536 bytes"), "{}", harness.screen());
    assert!(!harness.waits_for("edit_film"));
    harness.press("Backspace");
    assert!(harness.screen().contains("65534/65535"), "{}", harness.screen());
    harness.press("Ctrl-s");
    let Request::EditFilm { fields, .. } = harness.asked("edit_film").1 else { panic!() };
    assert_eq!(fields.get("synopsis"), Some(text.as_str()));
}

#[test]
fn what_cannot_be_edited_here_is_never_cut() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("j j e");
    harness.answer("film_form", Reply::FilmForm(Box::new(film_form())));
    let long = "x".repeat(300);
    while harness.waits_for("film") {
        let long = long.clone();
        harness.answer("film", film_now(|film| film.fields.push(("production".into(), long))));
    }
    harness.type_text("!").press("PgDn PgDn").type_text("more");
    harness.resize(80, 60);
    assert!(harness.screen().contains("longer than a form can hold"), "{}", harness.screen());
    harness.press("Ctrl-s");
    let Request::EditFilm { fields, .. } = harness.asked("edit_film").1 else { panic!() };
    assert_eq!(fields.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["title"]);
}

#[test]
fn a_form_that_cannot_begin_says_why_and_tries_again() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("e");
    harness.fail("film_form", lost());
    answer_all(&mut harness);
    let screen = harness.screen();
    assert!(screen.contains("Ctrl-s tries again"), "{screen}");
    harness.press("Ctrl-s");
    answer_all(&mut harness);
    assert!(harness.screen().contains("Le Dernier Été"), "{}", harness.screen());
}

#[test]
fn the_service_has_the_last_word_under_its_field() {
    let mut harness = on_film("e");
    harness.type_text("!").press("Ctrl-s");
    harness.fail("edit_film", Rule::FilmGone.into());
    assert!(harness.screen().contains("not there any more"), "{}", harness.screen());
}

#[test]
fn categories_are_ticked_found_and_added_in_place() {
    let mut harness = on_film("t");
    let screen = harness.screen();
    assert!(in_order(&screen, &["[ ] Documentary", "[✓] Fiction", "[✓] One minute"]), "{screen}");
    harness
        .press("Enter")
        .type_text("sci")
        .press("Enter Backspace Backspace Backspace")
        .type_text("Musical")
        .press("Enter");
    let new = Category { id: CategoryId(9), name: "Musical".into(), films: 0 };
    assert!(
        matches!(harness.answer("create_category", done(Reply::Category(new))), Request::CreateCategory { name } if name == "Musical")
    );
    assert!(harness.screen().contains("[✓] Musical"), "{}", harness.screen());
    harness.press("Ctrl-s");
    let request = harness.answer("set_categories", done(film_now(|_| ())));
    let Request::SetCategories { film: FilmId(198), categories, loaded } = request else { panic!("{request:?}") };
    assert_eq!(categories, [1, 2, 3, 5, 9].map(CategoryId));
    assert_eq!(loaded, Some([1, 2].map(CategoryId).to_vec()));
    assert!(harness.screen().contains("Categories now:"), "{}", harness.screen());
}

#[test]
fn two_people_who_tick_lose_nothing() {
    let mut harness = on_film("t");
    harness.press("Enter Ctrl-s");
    harness.fail("set_categories", Failure::Conflict(vec![change("categories", "Fiction, One minute", "Fiction")]));
    harness.answer("film", film_now(|film| film.categories.truncate(1)));
    assert!(harness.screen().contains("put together below"), "{}", harness.screen());
    harness.press("Ctrl-s");
    let Request::SetCategories { categories, loaded, .. } = harness.asked("set_categories").1 else { panic!() };
    assert_eq!((categories, loaded), ([1, 3].map(CategoryId).to_vec(), Some(vec![CategoryId(1)])));
}

#[test]
fn people_are_added_changed_and_taken_off() {
    let mut harness = on_film("p");
    assert!(harness.screen().contains("Inès Roy"), "{}", harness.screen());
    harness.press("n");
    answer_all(&mut harness);
    harness.type_text("zoé").press("Enter");
    let person = collaborators().remove(2);
    let request = harness.answer("add_collaborator", done(Reply::Collaborator(person)));
    assert!(matches!(request, Request::AddCollaborator { collaborator: Some(CollaboratorId(3)), fields: None, .. }));
    assert!(harness.screen().contains("Zoé Lambert is on this film now"), "{}", harness.screen());
    answer_all(&mut harness);
    harness.press("n");
    answer_all(&mut harness);
    harness.press("Enter").type_text("Ana").press("Ctrl-s");
    let request = harness.asked("add_collaborator").1;
    assert!(
        matches!(&request, Request::AddCollaborator { fields: Some(fields), .. } if fields.get("first_name") == Some("Ana"))
    );
    let mut harness = on_film("p");
    harness.press("e").type_text("!").press("Ctrl-s");
    let request = harness.asked("edit_collaborator").1;
    assert!(
        matches!(&request, Request::EditCollaborator { collaborator: CollaboratorId(1), fields, .. } if fields.get("first_name") == Some("Inès!")),
        "{request:?}"
    );
    let mut harness = on_film("p");
    harness.press("d");
    harness.answer("remove_collaborator", done(Reply::Collaborator(collaborators().remove(0))));
    let screen = harness.screen();
    assert!(screen.contains("Inès Roy is off this film") && screen.contains("u undo"), "{screen}");
}

#[test]
fn a_person_on_other_films_is_marked() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("j j p");
    harness.answer("film_form", Reply::FilmForm(Box::new(film_form())));
    while harness.waits_for("film") {
        harness.answer("film", film_now(|film| film.collaborators[0].films = 4));
    }
    assert!(harness.screen().contains("on 3 other films too"), "{}", harness.screen());
    harness.press("Enter");
    assert!(harness.screen().contains("Also on 3 other films"), "{}", harness.screen());
}

//! Deleting films and restoring them, with keys.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::trash::{Deleted, DeletedMany, Hung, Left, LeftOut, Load, Restored};
use crate::api::{Answer, Changed, Failure, Progress, Reply, Request, Topic};
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::user::Role;
use crate::domain::{FilmId, Refusal, Rule};

fn done(reply: Reply) -> Answer {
    Answer { reply, operation: Some(Uuid::from_u128(7)), repeated: false }
}

fn deleted(film: i32, title: &str) -> Reply {
    let hung = Hung { votes: 2, panel: 3, ..Hung::default() };
    Reply::Deleted(Deleted { film: FilmId(film), title: title.into(), hung })
}

#[test]
fn a_film_is_deleted_only_on_purpose_and_undone_with_u() {
    let mut h = console(Language::En, Role::Admin);
    h.press("j d");
    let screen = h.screen();
    assert!(
        in_order(&screen, &["Delete “東京の夜に”?", "2 ballots, 3 panel seats", "web site will no longer", "Why?"]),
        "{screen}"
    );
    answer_all(&mut h);
    assert!(h.screen().contains("4 ballots, 2 earlier ballots, one award"));
    // Enter twice keeps it: the harmful button is not the first.
    h.press("Enter Enter");
    assert!(!h.waits_for("delete_film") && !h.screen().contains("Why?"));
    h.press("d");
    answer_all(&mut h);
    h.type_text("sent twice").press("Enter Tab Enter");
    assert!(h.screen().contains("Deleting…"));
    h.press("Esc Enter");
    let asked = h.answer("delete_film", done(deleted(199, "東京の夜に")));
    assert!(matches!(asked, Request::DeleteFilm { film: FilmId(199), reason: Some(reason) } if reason == "sent twice"));
    assert!(in_order(&h.screen(), &["“東京の夜に” is deleted, with 2 ballots, 3 panel seats.", "u"]));
    h.press("u");
    assert!(matches!(h.asked("undo").1, Request::Undo { operation: Some(_) }));
}

#[test]
fn what_fails_is_said_and_keeps_what_was_typed() {
    let mut h = console(Language::En, Role::Admin);
    h.press("j d");
    let (ticket, _) = h.asked("hangs_on");
    let load = Load { unknown: Some("stars".into()), ..load(FilmId(199)) };
    h.send(crate::app::msg::Msg::Reply(ticket, Ok(Reply::Load(load).into())));
    assert!(h.screen().contains("“stars”"));
    h.type_text("mine").press("Enter Tab Enter");
    let (first, _) = h.asked("delete_film");
    let lost = Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() });
    h.send(crate::app::msg::Msg::Reply(first, Err(lost)));
    assert!(h.screen().contains("mine"));
    // Asked again, it is the same request.
    h.press("Enter");
    let (second, _) = h.asked("delete_film");
    assert_eq!(first, second);
    h.send(crate::app::msg::Msg::Reply(second, Err(Failure::Rule(Refusal::new(Rule::FilmGone)))));
    assert!(h.screen().contains("not there any more") && !h.screen().contains("mine"));
}

#[test]
fn deleting_from_its_page_closes_it() {
    let mut h = console(Language::En, Role::Admin);
    h.press("j Enter");
    answer_all(&mut h);
    h.press("d");
    answer_all(&mut h);
    h.press("Enter Tab Enter").answer("delete_film", done(deleted(199, "東京の夜に")));
    assert!(h.screen().contains("12 of 12 films"), "{}", h.screen());
}

#[test]
fn many_are_counted_before_they_go_and_told_after() {
    let mut h = console(Language::En, Role::Admin);
    h.press("Ctrl-a d");
    assert!(h.screen().contains("Delete 12 films?"));
    h.press("Enter Enter");
    assert!(!h.waits_for("delete_films"));
    h.type_text("12").press("Enter Enter");
    h.progress("delete_films", Progress::Steps { done: 5, total: 12 });
    assert!(h.screen().contains("Deleted 5 of 12"));
    h.press("Esc");
    let refused = vec![(FilmId(190), Refusal::new(Rule::FilmGone))];
    let many = DeletedMany { deleted: vec![FilmId(199), FilmId(198)], refused, cancelled: true };
    h.answer("delete_films", done(Reply::DeletedMany(many)));
    assert!(h.screen().contains("2 films are deleted. One is not:"), "{}", h.screen());
    assert!(h.screen().contains("9 selected"), "what was not reached stays: {}", h.screen());
}

#[test]
fn the_trash_lists_shows_and_restores() {
    let mut h = console(Language::En, Role::Admin);
    h.press("D");
    answer_all(&mut h);
    assert!(in_order(&h.screen(), &["3 of 3 deleted films", "東京の夜に", "(no title)"]), "{}", h.screen());
    h.press("Enter");
    assert!(in_order(&h.screen(), &["Camille Roux", "terminal camille@laptop", "Sent twice", "3 ballots"]));
    h.press("R");
    assert!(h.screen().contains("comes back under its number, 190, with 3 ballots"));
    h.press("Enter");
    let asked = h.fail("restore_film", Failure::Rule(Refusal::new(Rule::ProducerGone).with("name", "Gil")));
    assert!(matches!(asked, Request::RestoreFilm { film: Some(FilmId(190)), operation: Some(_) }));
    assert!(h.screen().contains("its producer, Gil"));
    h.press("Enter");
    let left_out = vec![LeftOut { what: Left::Juror, name: "Eve".into() }];
    h.answer("restore_film", done(Reply::Restored(Box::new(Restored { row: film(3), left_out }))));
    assert!(h.screen().contains("Eve, of its panel: the account is gone"));
    h.press("Enter");
    answer_all(&mut h);
    assert!(h.screen().contains("deleted films"), "{}", h.screen());
    h.press("Esc");
    assert!(h.screen().contains("12 of 12 films"));
}

#[test]
fn changes_of_other_films_are_no_news_of_the_trash() {
    let mut h = console(Language::En, Role::Admin);
    h.press("D");
    answer_all(&mut h);
    for ids in [Some(vec![199, 198]), None] {
        h.send(Msg::Changed(Changed { topic: Topic::Films, ids }));
        answer_all(&mut h);
        assert!(!h.screen().contains("changed"), "{}", h.screen());
    }
    // One more in it stands there at once.
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![7]) }));
    let mut rows = trash();
    rows[0].operation = Uuid::from_u128(99 << 64);
    rows[0].title = "Just thrown away".into();
    rows.extend(trash().into_iter().take(1));
    h.answer("trash", Reply::Trash(rows));
    assert!(h.screen().contains("Just thrown away"), "{}", h.screen());
}

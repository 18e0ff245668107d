//! The films in discussion: what the panel said beside the list, and the same desk as in the juror's films.

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Changed, Failure, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus::{Candidate, ToDiscuss};
use crate::domain::user::Role;
use crate::domain::vote::Note;

/// The juror's films, these of them in discussion.
pub(super) fn in_discussion(films: &[i32]) -> Reply {
    let mut rows: Vec<_> = (1..6).map(hidden).collect();
    for row in &mut rows {
        row.status = if films.contains(&row.id.0) { ToDiscuss } else { Candidate };
    }
    Reply::Films(list(rows))
}

/// Answers whatever is asked, with these films in discussion.
fn answer_with(h: &mut Harness, films: &[i32]) {
    while h.waits_for("my_films") {
        h.answer("my_films", in_discussion(films));
    }
    answer_all(h);
}

/// The tab with these films in discussion.
pub(super) fn tab(h: &mut Harness, films: &[i32]) {
    h.press("2");
    answer_with(h, films);
}

fn juror(films: &[i32]) -> Harness {
    let mut h = console(Language::En, Role::Jury);
    tab(&mut h, films);
    h
}

fn changed(h: &mut Harness, films: &[i32]) {
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(films.to_vec()) }));
}

fn asked_about(h: &mut Harness) -> FilmId {
    match h.asked("discussion").1 {
        Request::Discussion { film } => film,
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_films_in_discussion_are_here_with_what_the_panel_said() {
    let h = juror(&[197]);
    let screen = h.screen();
    assert!(screen.contains("1 of 1 films in discussion"), "{screen}");
    assert!(in_order(&screen, &["سلام", "What the panel said", "Share of YES", "May still change", "Amina Benali"]));
    assert!(!screen.contains("東京の夜に"), "{screen}");
}

#[test]
fn an_empty_tab_says_when_films_come() {
    let h = juror(&[]);
    assert!(h.screen().contains("A film comes here when its first round is over"), "{}", h.screen());
}

#[test]
fn what_was_said_follows_the_cursor_and_is_asked_once() {
    let mut h = console(Language::En, Role::Jury);
    h.press("2");
    h.answer("my_films", in_discussion(&[199, 197, 195]));
    // What is left to do comes first.
    assert_eq!(asked_about(&mut h), FilmId(197));
    h.press("j");
    assert_eq!(asked_about(&mut h), FilmId(199));
    h.press("k");
    assert_eq!(asked_about(&mut h), FilmId(197), "the first question was given up");
    h.press("j k");
    h.answer("discussion", Reply::Discussion(discussion(FilmId(199))));
    h.answer("discussion", Reply::Discussion(discussion(FilmId(197))));
    h.press("r");
    answer_all(&mut h);
    assert!(h.screen().contains("Amina Benali"), "{}", h.screen());
}

#[test]
fn changes_appear_in_place_and_the_cursor_stays() {
    let mut h = juror(&[199, 197, 195]);
    changed(&mut h, &[197]);
    assert!(h.screen().contains("Amina Benali"), "what was known stays until the answer is there");
    let mut talk = discussion(FilmId(197));
    talk.holders = vec!["Dorothea Vance".into()];
    h.answer("discussion", Reply::Discussion(talk));
    // Another film left the discussion meanwhile.
    answer_with(&mut h, &[197, 195]);
    let screen = h.screen();
    assert!(screen.contains("Dorothea Vance") && screen.contains("2 of 2 films"), "{screen}");
    assert!(screen.lines().any(|line| line.contains('▌') && line.contains("سلام")), "{screen}");
    changed(&mut h, &[195]);
    assert!(!h.waits_for("discussion"), "it was not about the film that is read");
    answer_with(&mut h, &[197, 195]);
    h.press("j");
    assert_eq!(asked_about(&mut h), FilmId(195));
}

#[test]
fn both_tabs_have_one_desk() {
    let mut h = juror(&[197, 195]);
    h.press("n").type_text("The ending is borrowed.").press("Esc");
    answer_all(&mut h);
    assert!(h.screen().contains("draft: ✗ no"), "{}", h.screen());
    h.press("1");
    answer_with(&mut h, &[197, 195]);
    assert!(h.screen().contains("draft: ✗ no"), "{}", h.screen());
    assert!(h.screen().contains("5 of 5 films"), "the others are still known here: {}", h.screen());
    h.press("2");
    answer_with(&mut h, &[197, 195]);
    h.press("g n");
    assert!(h.screen().contains("The ending is borrowed."), "{}", h.screen());
    h.press("Ctrl-s Tab Enter");
    h.answer("cast_vote", cast(my_vote(197, Note::No, "The ending is borrowed.", 1), ToDiscuss, false));
    answer_with(&mut h, &[197, 195]);
    assert!(!h.screen().contains("draft"), "{}", h.screen());
}

#[test]
fn the_keys_are_those_of_my_films() {
    for (keys, title) in [("s", "My vote stands"), ("p", "Promote"), ("x", "cannot judge"), ("Enter", "2 of 2")] {
        let mut h = juror(&[197, 195]);
        h.press(if keys == "Enter" { "j Enter" } else { keys });
        answer_all(&mut h);
        assert!(h.screen().to_lowercase().contains(&title.to_lowercase()), "{keys}: {}", h.screen());
    }
}

#[test]
fn what_failed_is_said_and_asked_again() {
    let mut h = console(Language::En, Role::Jury);
    h.press("2");
    h.answer("my_films", in_discussion(&[197]));
    h.fail("discussion", Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() }));
    assert!(h.screen().contains('▲') && !h.waits_for("discussion"), "{}", h.screen());
    changed(&mut h, &[197]);
    h.answer("discussion", Reply::Discussion(discussion(FilmId(197))));
    answer_all(&mut h);
    assert!(h.screen().contains("Amina Benali"), "{}", h.screen());
}

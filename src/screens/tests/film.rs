//! A film's page: everything about it, whatever the texts are.

use super::fixtures::*;
use crate::api::film::FilmDetail;
use crate::api::{Changed, Failure, Reply, Topic};
use crate::app::effect::Effect;
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::user::Role;

/// The page of a film that has these fields.
fn page(fields: &[(&str, String)], size: (u16, u16)) -> Harness {
    let mut h = console(Language::En, Role::Admin);
    h.resize(size.0, size.1).press("j j Enter");
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    h.answer("film", Reply::Film(Box::new(FilmDetail { fields, ..detail(2) })));
    answer_all(&mut h);
    h
}

#[test]
fn everything_about_a_film_is_there() {
    let mut h = console(Language::En, Role::Admin);
    h.resize(120, 120).press("j j Enter");
    answer_all(&mut h);
    let screen = h.screen();
    let story = [
        "What happened to it",
        "ssh 192.0.2.7",
        "The panel is complete. (kept in the console)",
        "Title: “Harbor of machines” →",
    ];
    for words in [
        &["producer@example.org", "Fiction", "Amina Benali", "Bold, and it breathes.", "I was unsure."][..],
        &["From the administrators", "The web site shows these comments"],
        &["Inès Roy · ines@example.org"],
        &["https://www.youtube.com/watch?v=abc123", "dQw4w9WgXcQ"],
        &story,
    ] {
        assert!(in_order(&screen, words), "{words:?}\n{screen}");
    }
    let (_, drawn) = h.draw();
    assert!(drawn.links.iter().any(|(_, link)| link == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"));
    assert!(drawn.links.iter().all(|(_, link)| !link.contains("javascript")));
}

#[test]
fn of_several_links_one_is_chosen() {
    let mut h = page(&[("youtube_link", "https://example.org/a".into())], (80, 24));
    h.press("c");
    assert!(matches!(h.effects.pop(), Some(Effect::Copy(link)) if link == "https://example.org/a"));
    let mut h =
        page(&[("youtube_link", "https://example.org/a".into()), ("youtube_movie_id", "abcdefghijk".into())], (80, 24));
    h.press("c");
    assert!(in_order(&h.screen(), &["Copy which link?", "https://example.org/a", "watch?v=abcdefghijk"]));
    h.press("Down Enter");
    assert!(matches!(h.effects.pop(), Some(Effect::Copy(link)) if link.ends_with("watch?v=abcdefghijk")));
    assert!(!h.screen().contains("Copy which link?"));
}

#[test]
fn long_and_odd_texts_wrap_and_scroll() {
    let texts = [
        ("description", "東".repeat(255)),
        ("synopsis", "words and words of a long synopsis ".repeat(1_900)),
        ("synopsis_anglais", "👩‍👩‍👧‍👦".repeat(2_000)),
        ("admin_comment", format!("{}\u{1b}[31m\u{7}\u{202e}", "שלום עולם ".repeat(500))),
    ];
    for size in [(60, 15), (80, 24), (160, 48), (200, 60)] {
        let mut h = page(&texts, size);
        let first = h.screen();
        assert!(!first.contains('\u{1b}') && !first.contains('\u{202e}'));
        for keys in ["PgDn", "PgDn", "Down", "End", "Up", "Home"] {
            h.press(keys);
            let screen = h.screen();
            assert!(!screen.contains('\u{1b}') && !screen.contains('\u{7}'), "{keys}");
        }
        assert_eq!(h.screen(), first);
        h.press("End");
        assert!(h.screen().contains("Camille Roux") || h.screen().contains("console"), "{}", h.screen());
    }
}

#[test]
fn what_others_do_to_it_is_marked_and_read_again_in_place() {
    let mut h = page(&[], (80, 24));
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![198]) }));
    assert!(h.screen().contains("changed meanwhile"));
    answer_all(&mut h);
    assert!(h.screen().contains("changed meanwhile") && !h.screen().contains("Loading"));
    h.press("r");
    answer_all(&mut h);
    assert!(!h.screen().contains("changed meanwhile"));
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![198]) }));
    h.fail("film", Failure::NotFound { what: "thing-film", id: 198 });
    // What was known of it stays for whoever was reading.
    assert!(in_order(&h.screen(), &["The film 198 is not there any more", "The film"]), "{}", h.screen());
}

#[test]
fn the_way_back_to_a_neighbour_shows_it_at_once() {
    let mut h = page(&[("production", "Studio Nord".into())], (80, 40));
    h.press("Right");
    answer_all(&mut h);
    assert!(!h.screen().contains("Studio Nord"));
    h.press("Left");
    assert!(h.screen().contains("Studio Nord"), "{}", h.screen());
}

//! Watching a film: the address whole, the code that a phone reads, and a console that does not lock meanwhile.

use chrono::{DateTime, TimeDelta, Utc};

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Failure, Reply, Request};
use crate::app::effect::Effect;
use crate::app::harness::{Harness, noon};
use crate::app::lang::Language;
use crate::domain::FilmId;
use crate::domain::user::Role;
use crate::widgets::qr;

const YOUTUBE: &str = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

/// Watching this film of the list, which is the one of the row.
pub(super) fn watch(h: &mut Harness, film: i32) {
    let rows = vec![hidden(usize::try_from(200 - film).unwrap())];
    h.press("r");
    h.answer("my_films", Reply::Films(list(rows)));
    answer_all(h);
    h.press("w");
    answer_all(h);
}

fn watching(film: i32, size: (u16, u16)) -> Harness {
    let mut h = console(Language::En, Role::Jury);
    h.resize(size.0, size.1);
    watch(&mut h, film);
    h
}

/// What a camera reads on the screen.
fn read(h: &Harness) -> Vec<String> {
    qr::read(&h.draw().0)
}

fn copied(h: &Harness) -> Option<&str> {
    h.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    })
}

/// When the console would look at the clock next.
fn wakes_at(h: &Harness) -> Option<DateTime<Utc>> {
    h.effects.iter().rev().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        _ => None,
    })
}

#[test]
fn a_phone_reads_the_code_and_a_person_the_address() {
    for size in [(80, 24), (120, 40), (200, 60)] {
        let h = watching(199, size);
        assert_eq!(read(&h), ["https://youtu.be/dQw4w9WgXcQ"], "{size:?}");
        let screen = h.screen();
        assert!(screen.lines().any(|line| line.trim() == YOUTUBE), "the address has a line of its own: {screen}");
        assert!(in_order(&screen, &["My films", YOUTUBE, "東京の夜に", "1:03", "Point your phone"]), "{screen}");
        let (_, drawn) = h.draw();
        assert!(drawn.links.iter().any(|(_, link)| link == YOUTUBE), "{:?}", drawn.links);
    }
}

#[test]
fn a_long_address_takes_the_whole_screen_for_its_code() {
    assert!((79..=106).contains(&LONG.len()), "{}", LONG.len());
    let h = watching(198, (80, 24));
    assert_eq!(read(&h), [LONG]);
    let screen = h.screen();
    assert!(!screen.contains("My films"), "the header gives its rows: {screen}");
    let (_, drawn) = h.draw();
    assert!(drawn.links.iter().filter(|(_, link)| link == LONG).count() > 1, "each part of it leads there");
    let h = watching(198, (120, 40));
    assert_eq!(read(&h), [LONG]);
    assert!(h.screen().lines().any(|line| line.trim() == LONG) && h.screen().contains("My films"));
}

#[test]
fn another_size_is_another_fit() {
    let mut h = watching(198, (80, 24));
    h.resize(80, 22);
    assert!(read(&h).is_empty() && h.screen().contains("does not fit into this window"), "{}", h.screen());
    assert!(h.screen().contains("My films"), "{}", h.screen());
    h.resize(80, 24);
    assert_eq!(read(&h), [LONG]);
    h.resize(60, 15);
    assert!(read(&h).is_empty());
}

#[test]
fn without_blocks_there_is_only_the_address() {
    let mut h = console(Language::En, Role::Jury);
    h.plain();
    watch(&mut h, 199);
    let screen = h.screen();
    assert!(screen.contains("plain characters only") && screen.contains(YOUTUBE), "{screen}");
    assert!(!screen.contains('█'), "{screen}");
}

#[test]
fn what_is_no_address_is_a_text_and_no_code() {
    for (film, text) in [(196, "javascript:alert(\u{fffd}]8;;1)"), (195, "https://ann:secret@films.example/x.mp4")] {
        let mut h = watching(film, (120, 40));
        assert!(read(&h).is_empty());
        assert!(h.screen().contains(text) && h.screen().contains("no address that can be opened"), "{}", h.screen());
        assert!(h.draw().1.links.is_empty());
        h.press("c");
        assert_eq!(copied(&h), None);
    }
    let h = watching(197, (80, 24));
    assert!(h.screen().contains("is not known") && read(&h).is_empty(), "{}", h.screen());
}

#[test]
fn a_key_copies_the_whole_address() {
    let mut h = watching(198, (80, 24));
    h.press("c");
    assert_eq!(copied(&h), Some(LONG));
    let mut h = console(Language::En, Role::Jury);
    h.press("Enter");
    answer_all(&mut h);
    assert!(h.screen().lines().any(|line| line.trim() == YOUTUBE), "{}", h.screen());
    h.press("c");
    assert_eq!(copied(&h), Some(YOUTUBE));
}

#[test]
fn the_ballot_opens_from_there() {
    for (key, note) in [("y", "● ✓ yes"), ("n", "● ✗ no"), ("d", "● ? to discuss")] {
        let mut h = watching(199, (80, 24));
        h.press(key);
        let screen = h.screen();
        assert!(screen.contains(note) && read(&h).is_empty(), "{key}: {screen}");
        h.press("Esc");
        assert_eq!(read(&h), ["https://youtu.be/dQw4w9WgXcQ"]);
        h.press("Esc");
        assert!(h.screen().contains("1 of 1 films"), "{}", h.screen());
    }
}

#[test]
fn nothing_locks_before_the_film_ends() {
    // A film of which nobody knows how long it is: three hours, and then the half hour.
    let mut h = console(Language::En, Role::Jury);
    h.press("r");
    h.answer("my_films", Reply::Films(list(vec![crate::api::film::FilmRow { duration: None, ..hidden(1) }])));
    // No deadline: nothing else wakes the console.
    h.answer("my_deadlines", Reply::MyDeadlines(crate::domain::deadline::Deadlines::default()));
    answer_all(&mut h);
    h.press("w");
    answer_all(&mut h);
    assert!(h.screen().contains("2026 17:00."), "{}", h.screen());
    h.wait(60);
    assert_eq!(wakes_at(&h), Some(noon() + TimeDelta::minutes(210)));
    h.press("r");
    answer_all(&mut h);
    h.wait(149);
    assert!(!h.screen().contains("Locked"), "{}", h.screen());
    h.wait(2);
    assert!(h.screen().contains("Locked"), "{}", h.screen());
}

#[test]
fn a_lost_answer_is_said_and_asked_for_again() {
    let mut h = console(Language::En, Role::Jury);
    h.press("w");
    let request = h.fail("my_film", Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() }));
    assert!(matches!(request, Request::MyFilm { film: FilmId(199) }), "{request:?}");
    assert!(h.screen().contains('▲'), "{}", h.screen());
    h.press("r");
    answer_all(&mut h);
    assert_eq!(read(&h), ["https://youtu.be/dQw4w9WgXcQ"]);
}

#[test]
fn the_page_says_what_it_takes_to_judge_a_film() {
    for (language, order) in [
        (
            Language::En,
            ["Documentary", "My vote", "A harbour at night", "Un port, la nuit", "Veo 3, Suno", "Tom O’Neill"],
        ),
        (
            Language::Fr,
            ["Documentary", "Mon vote", "Un port, la nuit", "A harbour at night", "Veo 3, Suno", "Tom O’Neill"],
        ),
    ] {
        let mut h = console(language, Role::Jury);
        h.resize(120, 50).press("Enter");
        answer_all(&mut h);
        let screen = h.screen();
        assert!(in_order(&screen, &order) && screen.contains("Zoé Lambert"), "{screen}");
    }
    // The way back to a neighbour shows it at once.
    let mut h = console(Language::En, Role::Jury);
    h.press("r");
    h.answer("my_films", Reply::Films(list(vec![hidden(1), hidden(2)])));
    answer_all(&mut h);
    h.press("Enter");
    answer_all(&mut h);
    h.press("Right");
    assert!(!h.screen().contains(YOUTUBE));
    answer_all(&mut h);
    assert!(h.screen().contains(LONG.get(..60).unwrap()), "{}", h.screen());
    h.press("Left");
    assert!(h.screen().contains(YOUTUBE), "{}", h.screen());
}

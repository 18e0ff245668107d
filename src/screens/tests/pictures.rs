//! Looking at films' pictures.

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::picture::PictureTrouble;
use crate::api::{Failure, Reply, Request};
use crate::app::effect::Effect;
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::FilmId;
use crate::domain::picture::Picture;
use crate::domain::user::Role;
use crate::widgets::picture::Show;

const CELLS: Show = Show::Pixels { cell: (10, 20) };

/// The film that has pictures, in the list.
fn films(show: Show) -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(120, 40).send(Msg::Pictures(show));
    harness.press("j");
    harness
}

fn asked(harness: &mut Harness) -> (Option<Picture>, u16, u16) {
    let request = harness.asked("picture");
    let Request::Picture { film, which, width, height } = &request.1 else { panic!("{request:?}") };
    assert_eq!(*film, FilmId(199));
    let seen = picture(*film, *which, (*width, *height));
    harness.send(Msg::Reply(request.0, Ok(Reply::Picture(seen).into())));
    (*which, *width, *height)
}

#[test]
fn the_viewer_goes_round_and_says_what_it_shows() {
    let mut harness = films(Show::Blocks);
    harness.press("i");
    assert!(harness.screen().contains("Loading…"));
    assert_eq!(asked(&mut harness), (Some(Picture::Poster), 118, 64));
    let screen = harness.screen();
    assert!(screen.contains("Poster · uploads/affiche été.jpg · 1200 × 1600 pixels"), "{screen}");
    assert!(screen.contains("1 of 3") && screen.contains('▀') && screen.contains("東京の夜に"));
    harness.press("Right");
    // What was there stays until the next one comes.
    let screen = harness.screen();
    assert!(screen.contains('▀') && screen.contains("Picture 1 · still-1.jpg · Loading…"), "{screen}");
    assert_eq!(asked(&mut harness).0, Some(Picture::First));
    let screen = harness.screen();
    assert!(screen.contains("It is not where the web site’s files are.") && !screen.contains('▀'), "{screen}");
    harness.press("l");
    assert_eq!(asked(&mut harness).0, Some(Picture::Thumbnail));
    assert!(harness.screen().contains("Thumbnail · https://example.org/thumb.webp"));
    harness.press("Right");
    assert_eq!(asked(&mut harness).0, Some(Picture::Poster));
    harness.press("Left");
    assert_eq!(asked(&mut harness).0, Some(Picture::Thumbnail));
    harness.press("Esc");
    assert!(harness.screen().contains("films"));
}

#[test]
fn what_is_left_is_cancelled_and_what_comes_late_forgotten() {
    let mut harness = films(Show::Blocks);
    harness.press("i");
    let (ticket, _) = harness.asked("picture");
    harness.press("Esc");
    assert!(harness.effects.iter().any(|effect| matches!(effect, Effect::Cancel(cancelled) if *cancelled == ticket)));
    let seen = picture(FilmId(199), Some(Picture::Poster), (20, 20));
    harness.send(Msg::Reply(ticket, Ok(Reply::Picture(seen).into())));
    assert!(!harness.screen().contains('▀'));
}

#[test]
fn another_size_asks_for_another_picture() {
    let mut harness = films(CELLS);
    harness.press("i");
    assert_eq!(asked(&mut harness), (Some(Picture::Poster), 1180, 640));
    harness.resize(100, 30);
    assert_eq!(asked(&mut harness), (Some(Picture::Poster), 980, 440));
    // A window that is being dragged: the last size counts.
    harness.send(Msg::Pictures(Show::Pixels { cell: (8, 16) }));
    for width in 101..120 {
        harness.resize(width, 30);
    }
    assert_eq!(harness.calls.len(), 1);
    assert_eq!(asked(&mut harness), (Some(Picture::Poster), 784, 352));
    assert_eq!(asked(&mut harness), (Some(Picture::Poster), 936, 352));
    assert!(harness.calls.is_empty());
    harness.resize(119, 30);
    assert!(harness.calls.is_empty());
}

#[test]
fn failures_are_said_and_a_terminal_without_pictures_asks_for_none() {
    let mut harness = films(Show::Blocks);
    harness.press("i");
    harness.fail("picture", Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() }));
    assert!(harness.screen().contains("r tries again"), "{}", harness.screen());
    harness.press("r");
    assert_eq!(asked(&mut harness).0, Some(Picture::Poster));
    for trouble in PictureTrouble::ALL {
        harness.press("r");
        let (ticket, _) = harness.asked("picture");
        let mut seen = picture(FilmId(199), Some(Picture::Poster), (20, 20));
        seen.found = Err(trouble);
        harness.send(Msg::Reply(ticket, Ok(Reply::Picture(seen).into())));
        let first = harness.app.session().tr(trouble.message());
        let words: Vec<&str> = first.split(' ').take(4).collect();
        assert!(harness.screen().contains(&words.join(" ")), "{trouble:?}: {}", harness.screen());
    }
    let mut harness = films(Show::Nothing);
    harness.press("i");
    assert!(!harness.waits_for("picture"));
    assert!(harness.screen().contains("This terminal shows no pictures"));
}

#[test]
fn a_page_has_one_beside_its_text_where_there_is_room() {
    let mut harness = films(CELLS);
    harness.press("Enter");
    assert_eq!(asked(&mut harness), (None, 320, 280));
    answer_all(&mut harness);
    let (buf, drawn) = harness.draw();
    let [(area, pixels)] = &drawn.pictures[..] else { panic!("{:?}", drawn.pictures) };
    assert_eq!((area.right(), area.y, area.width, area.height), (119, 4, 21, 14));
    assert_eq!(pixels.size(), (210, 280));
    assert!(area.positions().all(|position| buf[position].symbol() == " "));
    // A box over the page hides it, and so does a terminal that became narrow.
    harness.press("?");
    assert!(harness.draw().1.pictures.is_empty());
    harness.press("Esc");
    assert_eq!(harness.draw().1.pictures.len(), 1);
    harness.resize(99, 40);
    assert!(harness.draw().1.pictures.is_empty() && !harness.waits_for("picture"));
    // The next film has none, and the one before stays nowhere.
    harness.resize(120, 40);
    harness.press("Right");
    answer_all(&mut harness);
    assert!(harness.draw().1.pictures.is_empty());
}

#[test]
fn jurors_look_at_theirs() {
    let mut harness = console(Language::En, Role::Jury);
    harness.press("i");
    answer_all(&mut harness);
    assert!(harness.screen().contains("affiche été.jpg"));
    harness.press("Esc Enter i");
    answer_all(&mut harness);
    assert!(harness.screen().contains("affiche été.jpg"), "{}", harness.screen());
}

//! The synopses of all films: who may have them, what is found in them, and how they follow the database.

use marsai::api::synopses::Synopses;
use marsai::api::{Answer, Failure, Progress, Reply, Request};
use marsai::domain::FilmId;
use marsai::domain::film::FilmStatus;

use super::desk::{ANN, Desk, JURORS, Watcher, caller, step};
use super::support;

fn synopses(answer: Answer) -> Synopses {
    match answer.reply {
        Reply::Synopses(synopses) => synopses,
        other => panic!("{other:?}"),
    }
}

async fn read(desk: &Desk, fresh: bool) -> Synopses {
    synopses(desk.ask(ANN, Request::Synopses { fresh }).await.unwrap())
}

fn having(synopses: &Synopses, word: &str) -> Vec<i32> {
    synopses.having(word, &|| false).unwrap().into_iter().map(|film| film.0).collect()
}

#[tokio::test]
async fn words_are_found_in_both_languages_whatever_their_length() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        // All that a TEXT holds, and the word at its very end.
        let long = format!("{}Épilogue", "é".repeat((65_535 - "Épilogue".len()) / 2));
        desk.run(&format!("UPDATE movies SET synopsis = '{long}' WHERE id_movie = 3")).await;
        desk.run(
            "UPDATE movies SET synopsis = 'Deux LUNES', synopsis_anglais = 'Two Moons' WHERE id_movie = 2;
             UPDATE movies SET synopsis_anglais = 'The moon alone' WHERE id_movie = 6;
             UPDATE movies SET synopsis = '  ' WHERE id_movie = 1",
        )
        .await;
        let synopses = read(&desk, false).await;
        assert_eq!(synopses.len(), 3);
        assert_eq!(having(&synopses, "epilogue"), [3]);
        assert_eq!((having(&synopses, "moon"), having(&synopses, "lunes")), (vec![6, 2], vec![2]));
        assert_eq!(synopses.of(FilmId(2)), "deux lunes\ntwo moons");
        assert!(read(&desk, false).await.same(&synopses));
    }
}

#[tokio::test]
async fn jurors_do_not_get_them() {
    let desk = Desk::open().await;
    let refused = desk.ask(JURORS[0], Request::Synopses { fresh: false }).await.unwrap_err();
    assert!(matches!(refused, Failure::Forbidden { .. }), "{refused:?}");
}

#[tokio::test]
async fn reading_them_tells_how_far_it_is() {
    let desk = Desk::open().await;
    let (watcher, ann) = (Watcher::patient(), caller(ANN));
    for _ in 0..2 {
        desk.service.call(&ann, Request::Synopses { fresh: false }, None, &watcher).await.unwrap();
    }
    let heard = watcher.heard.lock().unwrap();
    assert!(matches!(&heard[..], [Progress::Steps { done: 0, total: 6 }]), "{heard:?}");
}

#[tokio::test]
async fn they_follow_what_is_changed() {
    let desk = Desk::open().await;
    desk.run("UPDATE movies SET synopsis = 'a lighthouse' WHERE id_movie IN (2, 3)").await;
    let before = read(&desk, false).await;
    // A step that leaves the texts alone leaves these alone.
    desk.ask(ANN, step(4, FilmStatus::Refused)).await.unwrap();
    assert!(read(&desk, false).await.same(&before));
    // What the web site wrote is read with the next change of that film, or when everything is read anew.
    desk.run("UPDATE movies SET synopsis = 'a harbour' WHERE id_movie IN (1, 2)").await;
    desk.ask(ANN, step(2, FilmStatus::Refused)).await.unwrap();
    assert_eq!(having(&read(&desk, false).await, "a harbour"), [2]);
    assert_eq!(having(&read(&desk, true).await, "a harbour"), [2, 1]);
    desk.run("DELETE FROM movies WHERE id_movie = 3").await;
    assert_eq!(having(&read(&desk, true).await, "lighthouse"), Vec::<i32>::new());
}

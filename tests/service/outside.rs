//! What the web site does behind the console's back: found, marked, and never taken for what we did ourselves.

use std::time::Duration;

use marsai::api::outside::OutsideRow;
use marsai::api::{Answer, Failure, Reply, Request, Topic};
use marsai::domain::film::FilmStatus;
use marsai::domain::film_field::FilmValues;
use marsai::domain::outside::{Settled, What};
use marsai::domain::rule::Rule;
use marsai::domain::{CategoryId, CollaboratorId, FilmId, UserId};
use marsai::service::{Looked, Service};
use marsai::store::leases;
use uuid::Uuid;

use super::desk::{ANN, BEN, Desk, JURORS, refused, step, steps, undo};
use super::support::{self, Kind, fixtures};

/// Longer than any test.
const LEASE: Duration = Duration::from_secs(600);

async fn look(service: &Service) -> usize {
    match service.look_outside(LEASE).await.unwrap() {
        Looked::Found(films) => films,
        Looked::Elsewhere => panic!("another process looks"),
    }
}

/// A desk whose films are known.
async fn known(kind: Kind) -> Desk {
    let desk = Desk::open_on(kind).await;
    desk.films().await;
    assert_eq!(look(&desk.service).await, 6);
    assert_eq!(marks(&desk).await, "NULL");
    desk
}

/// The marks that are open, the oldest first.
async fn marks(desk: &Desk) -> String {
    let one = "CONCAT_WS(' ', id_movie, what, COALESCE(before_value, '-'), '>', COALESCE(after_value, '-'))";
    let open = "FROM console_outside WHERE settled_at IS NULL";
    desk.value(&format!("SELECT GROUP_CONCAT({one} ORDER BY id SEPARATOR ', ') {open}")).await
}

#[tokio::test]
async fn each_kind_of_change_is_marked_and_told() {
    for kind in support::servers() {
        let desk = known(kind).await;
        assert_eq!(look(&desk.service).await, 0);
        let mut news = desk.service.subscribe();
        desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
        assert_eq!(look(&desk.service).await, 1);
        assert_eq!(marks(&desk).await, "2 status assigned > refused");
        let told = news.recv().await.unwrap();
        assert_eq!((told.topic, told.ids), (Topic::Films, Some(vec![2])));
        let row = |list: &marsai::api::film::FilmList, id| {
            list.rows.iter().find(|row| row.id.0 == id).map(|row| (row.outside, row.status))
        };
        assert_eq!(row(&desk.films().await, 2), Some((true, FilmStatus::Refused)));
        // A film with votes, and one without.
        desk.run("UPDATE movies SET youtube_link = 'https://x.example', duration = 99 WHERE id_movie IN (1, 3)").await;
        assert_eq!(look(&desk.service).await, 2);
        let expected = "2 status assigned > refused, 3 duration 90 > 99, 3 youtube_link - > https://x.example";
        assert_eq!(marks(&desk).await, expected);
        desk.run("DELETE FROM movies WHERE id_movie = 3").await;
        assert_eq!(look(&desk.service).await, 1);
        assert_eq!(marks(&desk).await, "2 status assigned > refused, 3 gone to_discuss > -");
        assert_eq!(row(&desk.films().await, 3), None);
        assert_eq!(look(&desk.service).await, 0);
    }
}

#[tokio::test]
async fn every_other_change_is_told_and_not_marked() {
    for kind in support::servers() {
        let desk = known(kind).await;
        let mut news = desk.service.subscribe();
        let moments = "'2026-04-01 10:00:00', '2026-04-01 10:00:00'";
        let changes = [
            (2, "UPDATE movies SET description = 'new' WHERE id_movie = 2".to_owned()),
            (4, "UPDATE movies SET title = 'No vote yet' WHERE id_movie = 4".to_owned()),
            (2, "DELETE FROM movies_juries WHERE id_movie = 2 LIMIT 1".to_owned()),
            (3, "UPDATE votes SET comments = 'rewritten' WHERE id_vote = 2".to_owned()),
            (6, "UPDATE votes SET note = 'YES' WHERE id_vote = 4".to_owned()),
            (3, "DELETE FROM votes WHERE id_vote = 3".to_owned()),
            (2, format!("INSERT INTO awards (id_movie, award_name, createdAt, updatedAt) VALUES (2, 'X', {moments})")),
            (
                70_000,
                format!(
                    "INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) VALUES (70000, 'New', 'submitted', 7, {moments})"
                ),
            ),
        ];
        for (film, sql) in changes {
            desk.run(&sql).await;
            assert_eq!(look(&desk.service).await, 1, "{sql}");
            assert_eq!(news.recv().await.unwrap().ids, Some(vec![film]), "{sql}");
        }
        assert_eq!(marks(&desk).await, "NULL");
        assert!(desk.films().await.rows.iter().any(|row| row.id.0 == 70_000));
        assert_eq!(look(&desk.service).await, 0);
    }
}

/// A checksum is linear, so that equal changes of two rows would take each other's place in a plain XOR.
#[tokio::test]
async fn many_films_that_change_alike_in_one_second_are_all_found() {
    for kind in support::servers() {
        let desk = known(kind).await;
        let rows: Vec<String> = (100..900)
            .map(|id| format!("({id}, 'Film', 'assigned', 7, '2026-01-01 10:00:00', '2026-01-01 10:00:00')"))
            .collect();
        let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
        desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
        assert_eq!(look(&desk.service).await, 800);
        for (low, high) in [(100, 102), (200, 202), (300, 304), (400, 900)] {
            let set = "selection_status = 'refused', updatedAt = '2026-02-02 10:00:00'";
            desk.run(&format!("UPDATE movies SET {set} WHERE id_movie >= {low} AND id_movie < {high}")).await;
            assert_eq!(look(&desk.service).await, high - low);
        }
        desk.run("UPDATE movies_juries SET id_user = 5 WHERE id_user = 4 AND id_movie NOT IN (SELECT j.id_movie FROM (SELECT id_movie FROM movies_juries WHERE id_user = 5) j)").await;
        let moved = desk.value("SELECT COUNT(*) FROM movies_juries WHERE id_user = 5").await;
        assert!(look(&desk.service).await > 0, "{moved}");
    }
}

#[tokio::test]
async fn set_and_set_back_is_nothing() {
    let desk = known(Kind::MariaDb).await;
    desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
    desk.run("UPDATE movies SET selection_status = 'assigned' WHERE id_movie = 2").await;
    look(&desk.service).await;
    assert_eq!(marks(&desk).await, "NULL");
    // Found, changed again, and taken back.
    desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
    look(&desk.service).await;
    desk.run("UPDATE movies SET selection_status = 'candidate' WHERE id_movie = 2").await;
    look(&desk.service).await;
    assert_eq!(marks(&desk).await, "2 status assigned > candidate");
    desk.run("UPDATE movies SET selection_status = 'assigned' WHERE id_movie = 2").await;
    look(&desk.service).await;
    assert_eq!(marks(&desk).await, "NULL");
    assert_eq!(desk.value("SELECT settled_how FROM console_outside").await, "reverted");
    assert!(desk.films().await.rows.iter().all(|row| !row.outside));
}

#[tokio::test]
async fn what_we_do_is_never_marked_and_what_the_site_does_in_the_same_second_is() {
    for kind in support::servers() {
        let desk = known(kind).await;
        let moved = desk.ask(ANN, step(4, FilmStatus::Refused)).await.unwrap();
        desk.ask(ANN, steps([1, 2], FilmStatus::Refused, "no")).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "NULL");
        desk.ask(ANN, undo(&moved)).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "NULL");
        // Ours, and the site's over it, before anybody looked.
        desk.ask(ANN, step(4, FilmStatus::Refused)).await.unwrap();
        desk.run("UPDATE movies SET selection_status = 'finalist' WHERE id_movie = 4").await;
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "4 status refused > finalist");
    }
}

#[tokio::test]
async fn deciding_on_a_marked_film_settles_it_and_undoing_that_opens_it_again() {
    let desk = known(Kind::MariaDb).await;
    desk.run("UPDATE movies SET selection_status = 'candidate' WHERE id_movie = 2").await;
    look(&desk.service).await;
    let decided = desk.ask(ANN, step(2, FilmStatus::Refused)).await.unwrap();
    assert_eq!(marks(&desk).await, "NULL");
    look(&desk.service).await;
    assert_eq!(marks(&desk).await, "NULL");
    desk.ask(ANN, undo(&decided)).await.unwrap();
    assert_eq!(marks(&desk).await, "2 status assigned > candidate");
    look(&desk.service).await;
    assert_eq!(marks(&desk).await, "2 status assigned > candidate");
    assert!(desk.films().await.rows.iter().find(|row| row.id.0 == 2).unwrap().outside);
}

#[tokio::test]
async fn an_id_that_comes_again_is_another_film() {
    let desk = known(Kind::MariaDb).await;
    desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
    look(&desk.service).await;
    let row = "(2, 'Another', 'submitted', 7, '2026-05-05 10:00:00', '2026-05-05 10:00:00')";
    let again = format!(
        "DELETE FROM movies WHERE id_movie = 2; INSERT INTO movies (id_movie, title, selection_status, id_user, \
         createdAt, updatedAt) VALUES {row}"
    );
    desk.run(&again).await;
    look(&desk.service).await;
    assert_eq!(marks(&desk).await, "2 gone refused > -");
    assert_eq!(desk.value("SELECT title FROM console_outside WHERE settled_at IS NULL").await, "Two Moons");
    assert!(desk.films().await.rows.iter().all(|row| !row.outside));
}

#[tokio::test]
async fn one_process_looks_at_a_time() {
    for kind in support::servers() {
        let desk = known(kind).await;
        let other = desk.beside().await;
        assert_eq!(other.look_outside(LEASE).await.unwrap(), Looked::Elsewhere);
        // It hears of what the first one finds.
        other.poll_changes().await.unwrap();
        let mut news = other.subscribe();
        desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
        assert_eq!(look(&desk.service).await, 1);
        other.poll_changes().await.unwrap();
        assert_eq!(news.recv().await.unwrap().ids, Some(vec![2]));
        // A clean end hands it over.
        desk.service.look_no_more().await.unwrap();
        assert_eq!(look(&other).await, 0);
        assert_eq!(desk.service.look_outside(LEASE).await.unwrap(), Looked::Elsewhere);
        // One that was killed is waited for, by the server's clock.
        desk.run("UPDATE console_leases SET until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND").await;
        desk.run("UPDATE movies SET selection_status = 'finalist' WHERE id_movie = 4").await;
        assert_eq!(look(&desk.service).await, 1);
        assert_eq!(other.look_outside(LEASE).await.unwrap(), Looked::Elsewhere);
        assert_eq!(marks(&desk).await, "2 status assigned > refused, 4 status candidate > finalist");
    }
}

#[tokio::test]
async fn a_free_lease_is_taken_by_one_alone() {
    let desk = Desk::open().await;
    for _ in 0..5 {
        desk.run("UPDATE console_leases SET until = '2000-01-01'").await;
        let (mut one, mut two) = (desk.connect().await, desk.connect().await);
        let (a, b) = (Uuid::new_v4(), Uuid::new_v4());
        let (one, two) =
            tokio::join!(leases::hold(&mut one, leases::LOOK, a, 60), leases::hold(&mut two, leases::LOOK, b, 60),);
        let held = [one.unwrap(), two.unwrap()];
        assert_eq!(held.iter().filter(|held| **held == leases::Held::Anew).count(), 1, "{held:?}");
    }
}

#[tokio::test]
async fn nothing_grows_and_nothing_is_lost_from_no_film_to_many() {
    let desk = Desk::empty_on(Kind::MariaDb).await;
    assert_eq!(look(&desk.service).await, 0);
    desk.run("INSERT INTO users (id_user, first_name, last_name, email, password, createdAt, updatedAt) VALUES (7, 'G', 'B', 'g@example.org', 'x', '2026-01-01', '2026-01-01')").await;
    let rows: Vec<String> =
        (1..=20_000).map(|id| format!("({id}, 'Film {id}', 7, '2026-01-01', '2026-01-01')")).collect();
    for part in rows.chunks(5_000) {
        desk.run(&format!(
            "INSERT INTO movies (id_movie, title, id_user, createdAt, updatedAt) VALUES {}",
            part.join(",")
        ))
        .await;
    }
    assert_eq!(look(&desk.service).await, 20_000);
    assert_eq!(marks(&desk).await, "NULL");
    assert_eq!(look(&desk.service).await, 0);
    desk.service.look_no_more().await.unwrap();
    assert_eq!(look(&desk.beside().await).await, 0);
}

#[tokio::test]
async fn every_shape_is_adopted_without_a_mark_and_watched_from_then_on() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let database = support::database_on(kind).await;
            fixtures::load(&database, sql).await;
            let desk = Desk::on(database).await;
            assert!(look(&desk.service).await > 0, "{name}");
            assert_eq!(marks(&desk).await, "NULL", "{name}");
            assert_eq!(look(&desk.service).await, 0, "{name}");
            let movies = if *name == "plural_names" { "Movies" } else { "movies" };
            let before = desk.value(&format!("SELECT selection_status FROM {movies} WHERE id_movie = 3")).await;
            desk.run(&format!(
                "UPDATE {movies} SET selection_status = 'finalist', title = 'Changed' WHERE id_movie = 3"
            ))
            .await;
            assert_eq!(look(&desk.service).await, 1, "{name}");
            let marks = marks(&desk).await;
            assert!(
                marks.starts_with(&format!("3 status {before} > finalist")) && marks.contains("> Changed"),
                "{name}: {marks}"
            );
            desk.run(&format!("DELETE FROM {movies} WHERE id_movie = 1")).await;
            assert_eq!(look(&desk.service).await, 1, "{name}");
            assert_eq!(look(&desk.service).await, 0, "{name}");
        }
    }
}

async fn open(desk: &Desk, film: Option<i32>) -> Vec<OutsideRow> {
    match desk.ask(ANN, Request::Outside { film: film.map(FilmId) }).await.unwrap().reply {
        Reply::Outside(rows) => rows,
        other => panic!("{other:?}"),
    }
}

/// The request that settles the only open change of a film.
async fn settle(desk: &Desk, film: i32, put_back: bool) -> Request {
    let rows = open(desk, Some(film)).await;
    let [row] = &rows[..] else { panic!("{rows:?}") };
    Request::SettleOutside { mark: row.mark, put_back }
}

fn settled(answer: &Answer) -> Option<Settled> {
    match &answer.reply {
        Reply::OutsideMark(row) => row.settled,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_sites_status_is_kept_or_ours_put_back_and_both_can_be_undone() {
    for kind in support::servers() {
        let desk = known(kind).await;
        desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 2").await;
        look(&desk.service).await;
        let rows = open(&desk, None).await;
        assert_eq!(
            (rows.len(), rows[0].film, rows[0].what, &*rows[0].title),
            (1, FilmId(2), What::Status, "Two Moons")
        );
        assert_eq!((rows[0].before.as_deref(), rows[0].after.as_deref()), (Some("assigned"), Some("refused")));
        assert!(matches!(desk.ask(JURORS[0], Request::Outside { film: None }).await, Err(Failure::Forbidden { .. })));
        let id = Uuid::new_v4();
        let request = settle(&desk, 2, true).await;
        assert!(matches!(desk.ask(JURORS[0], request.clone()).await, Err(Failure::Forbidden { .. })));
        let back = desk.ask_as(ANN, request.clone(), id).await.unwrap();
        assert_eq!((settled(&back), &*desk.status(2).await), (Some(Settled::PutBack), "assigned"));
        assert!(desk.ask_as(ANN, request.clone(), id).await.unwrap().repeated);
        // Somebody else's comes too late and changes nothing.
        let late = desk.ask(BEN, request).await.unwrap();
        assert_eq!((settled(&late), late.operation), (Some(Settled::PutBack), None));
        look(&desk.service).await;
        assert_eq!((marks(&desk).await, desk.ledger_rows().await), ("NULL".to_owned(), 1));
        desk.ask(ANN, undo(&back)).await.unwrap();
        assert_eq!(&*desk.status(2).await, "refused");
        assert_eq!(marks(&desk).await, "2 status assigned > refused");
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "2 status assigned > refused");
        let kept = desk.ask(ANN, settle(&desk, 2, false).await).await.unwrap();
        assert_eq!((settled(&kept), &*desk.status(2).await), (Some(Settled::Kept), "refused"));
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "NULL");
        desk.ask(ANN, undo(&kept)).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "2 status assigned > refused");
        let film = desk.film(2).await;
        assert!(film.row.outside && film.story.len() == 4, "{:?}", film.story);
    }
}

#[tokio::test]
async fn a_link_goes_back_and_a_newer_one_stands_in_the_way() {
    for kind in support::servers() {
        let desk = known(kind).await;
        desk.run("UPDATE movies SET duration = 99 WHERE id_movie = 3").await;
        look(&desk.service).await;
        let back = desk.ask(ANN, settle(&desk, 3, true).await).await.unwrap();
        assert_eq!(desk.value("SELECT duration FROM movies WHERE id_movie = 3").await, "90");
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "NULL");
        desk.ask(ANN, undo(&back)).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "3 duration 90 > 99");
        let request = settle(&desk, 3, true).await;
        desk.run("UPDATE movies SET duration = 100 WHERE id_movie = 3").await;
        let Err(Failure::Conflict(changes)) = desk.ask(ANN, request.clone()).await else { panic!() };
        assert_eq!((&*changes[0].field, &*changes[0].loaded, &*changes[0].now), ("duration", "99", "100"));
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "3 duration 90 > 100");
        desk.ask(ANN, request).await.unwrap();
        assert_eq!(desk.value("SELECT duration FROM movies WHERE id_movie = 3").await, "90");
    }
}

#[tokio::test]
async fn what_is_kept_is_what_stands_there() {
    for kind in support::servers() {
        let desk = known(kind).await;
        desk.run("UPDATE movies SET duration = 99 WHERE id_movie = 3").await;
        look(&desk.service).await;
        let request = settle(&desk, 3, false).await;
        desk.run("UPDATE movies SET duration = 100 WHERE id_movie = 3").await;
        let Err(Failure::Conflict(changes)) = desk.ask(ANN, request.clone()).await else { panic!() };
        assert_eq!((&*changes[0].field, &*changes[0].loaded, &*changes[0].now), ("duration", "99", "100"));
        assert_eq!((marks(&desk).await.as_str(), desk.ledger_rows().await), ("3 duration 90 > 99", 0));
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "3 duration 90 > 100");
        let kept = desk.ask(ANN, request).await.unwrap();
        assert_eq!(settled(&kept), Some(Settled::Kept));
        // What staff write afterwards stands in the way of opening it again, and is no change of the site's.
        let fields = FilmValues([("duration".to_owned(), Some("77".to_owned()))].into());
        let edited = desk.ask(ANN, Request::EditFilm { film: FilmId(3), fields, loaded: None }).await.unwrap();
        assert_eq!(refused(desk.ask(ANN, undo(&kept)).await), Rule::ChangedSince);
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "NULL");
        desk.ask(ANN, undo(&edited)).await.unwrap();
        desk.ask(ANN, undo(&kept)).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "3 duration 90 > 100");
        // Of a film that went away meanwhile nothing is kept.
        let request = settle(&desk, 3, false).await;
        desk.run("DELETE FROM movies WHERE id_movie = 3").await;
        assert_eq!(refused(desk.ask(ANN, request).await), Rule::FilmGone);
    }
}

#[tokio::test]
async fn what_goes_back_is_judged() {
    let desk = known(Kind::MariaDb).await;
    // Film 5 has an award, which the site takes away together with the status.
    desk.run(
        "DELETE FROM awards WHERE id_movie = 5; UPDATE movies SET selection_status = 'finalist' WHERE id_movie = 5",
    )
    .await;
    look(&desk.service).await;
    assert_eq!(refused(desk.ask(ANN, settle(&desk, 5, true).await).await), Rule::NoAward);
    assert_eq!(marks(&desk).await, "5 status awarded > finalist");
    desk.run("DELETE FROM movies WHERE id_movie = 4").await;
    look(&desk.service).await;
    assert_eq!(refused(desk.ask(ANN, settle(&desk, 4, true).await).await), Rule::FilmGone);
    let list = desk.films().await;
    assert_eq!(list.gone, 1);
    let noted = desk.ask(ANN, settle(&desk, 4, false).await).await.unwrap();
    assert_eq!(desk.films().await.gone, 0);
    desk.ask(ANN, undo(&noted)).await.unwrap();
    assert_eq!(marks(&desk).await, "5 status awarded > finalist, 4 gone candidate > -");
    assert!(matches!(
        desk.ask(ANN, Request::SettleOutside { mark: marsai::domain::MarkId(99), put_back: false }).await,
        Err(Failure::NotFound { what: "thing-mark", id: 99 })
    ));
}

#[tokio::test]
async fn our_trash_is_no_change_of_the_sites() {
    for kind in support::servers() {
        let desk = known(kind).await;
        let delete = |film| Request::DeleteFilm { film: FilmId(film), reason: None };
        let deleted = desk.ask(ANN, delete(2)).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "NULL");
        desk.ask(ANN, undo(&deleted)).await.unwrap();
        look(&desk.service).await;
        let deleted = desk.ask(ANN, delete(3)).await.unwrap();
        desk.ask(ANN, undo(&deleted)).await.unwrap();
        look(&desk.service).await;
        desk.ask(ANN, delete(3)).await.unwrap();
        let restored = desk.ask(ANN, Request::RestoreFilm { film: Some(FilmId(3)), operation: None }).await.unwrap();
        desk.ask(ANN, undo(&restored)).await.unwrap();
        look(&desk.service).await;
        assert_eq!((marks(&desk).await, look(&desk.service).await), ("NULL".to_owned(), 0));
        // And one that the site deletes after it came back is.
        desk.run("DELETE FROM movies WHERE id_movie = 2").await;
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "2 gone assigned > -");
    }
}

#[tokio::test]
async fn nothing_that_the_console_writes_about_a_film_is_marked() {
    for kind in support::servers() {
        let desk = known(kind).await;
        desk.run("UPDATE movies SET title = 'From the site' WHERE id_movie = 3").await;
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "3 title 東京 > From the site");
        let values = |column: &str, value: &str| FilmValues([(column.to_owned(), Some(value.to_owned()))].into());
        let film = FilmId(3);
        let edit = |column, value| Request::EditFilm { film, fields: values(column, value), loaded: None };
        // What staff write themselves settles the mark; taking it back opens it again.
        let edited = desk.ask(ANN, edit("title", "Tokyo")).await.unwrap();
        assert_eq!(marks(&desk).await, "NULL");
        look(&desk.service).await;
        desk.ask(ANN, undo(&edited)).await.unwrap();
        look(&desk.service).await;
        assert_eq!(marks(&desk).await, "3 title 東京 > From the site");
        let films = || vec![FilmId(2), FilmId(3)];
        // So with many films at once, whether a look came between or not.
        for between in [false, true] {
            let request = Request::EditFilms { films: films(), field: "title".into(), value: Some("Tokyo".into()) };
            let edited = desk.ask(ANN, request).await.unwrap();
            assert_eq!(marks(&desk).await, "NULL");
            if between {
                look(&desk.service).await;
                assert_eq!(marks(&desk).await, "NULL");
            }
            desk.ask(ANN, undo(&edited)).await.unwrap();
            assert_eq!(marks(&desk).await, "3 title 東京 > From the site");
            look(&desk.service).await;
            assert_eq!(marks(&desk).await, "3 title 東京 > From the site");
        }
        let (category, collaborator) = (CategoryId(1), CollaboratorId(1));
        let requests = [
            edit("title", "Tokyo"),
            edit("youtube_link", "https://t.example"),
            Request::EditFilms { films: films(), field: "trailer".into(), value: Some("https://u.example".into()) },
            Request::EditFilms { films: films(), field: "duration".into(), value: Some("77".into()) },
            Request::SetCategories { film, categories: vec![category], loaded: None },
            Request::AddCategory { films: films(), category },
            Request::RemoveCategory { films: films(), category },
            Request::AddCollaborator { film, fields: None, collaborator: Some(collaborator) },
            Request::CreateFilm { fields: values("title", "New"), producer: UserId(7), categories: vec![] },
        ];
        for request in requests {
            let name = format!("{request:?}");
            let answer = desk.ask(ANN, request).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            look(&desk.service).await;
            assert_eq!(marks(&desk).await, "NULL", "{name}");
            if !name.starts_with("EditFilm {") {
                desk.ask(ANN, undo(&answer)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
                look(&desk.service).await;
                assert_eq!(marks(&desk).await, "NULL", "undo of {name}");
            }
        }
    }
}

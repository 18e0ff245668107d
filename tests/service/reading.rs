//! What can be read.

use marsai::api::{Failure, Progress, Reply, Request};
use marsai::domain::consensus::Tally;
use marsai::domain::film::FilmStatus;
use marsai::domain::vote::Note;
use marsai::domain::{EventId, FilmId, UserId};

use super::desk::{ANN, Desk, JURORS, Watcher, caller, films, operator};
use super::support;

#[tokio::test]
async fn all_films_with_panels_and_tallies() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let list = desk.films().await;
        assert!(list.complete && list.total == 6);
        assert_eq!(list.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [6, 5, 4, 3, 2, 1]);
        let three = list.rows.get(3).unwrap();
        assert_eq!((three.status, &*three.title, &*three.country), (FilmStatus::ToDiscuss, "東京", ""));
        assert_eq!(three.tally, Tally { yes: 1, no: 0, to_discuss: 1 });
        assert_eq!((three.active, three.voted, three.changed, three.ballots, three.awards), (2, 2, 1, 2, 0));
        assert_eq!((&*three.producer_name, three.duration, three.year), ("Gil Test", Some(90), Some(2025)));
        assert_eq!(list.rows.get(1).unwrap().awards, 1);
        let index = list.rows.index();
        let texts: Vec<&str> = (0..5).map(|n| index.column(n).text(index.column(n).ranks()[5])).collect();
        assert_eq!(texts, ["ete sans fin", "gil test", "france", "sora", "francais"]);
        let jurors: Vec<_> = list.jurors.iter().map(|juror| (juror.id.0, juror.active)).collect();
        assert_eq!(jurors, [(3, true), (4, true), (5, true), (6, false)]);
    }
}

#[tokio::test]
async fn the_first_page_comes_before_the_list_and_only_once() {
    let desk = Desk::open().await;
    let watcher = Watcher::patient();
    let ann = caller(ANN);
    let ask = || desk.service.call(&ann, Request::Films { fresh: false }, None, &watcher);
    assert!(films(ask().await.unwrap()).complete);
    assert!(films(ask().await.unwrap()).complete);
    let heard = watcher.heard.lock().unwrap();
    let [Progress::Partial(Reply::Films(page))] = &heard[..] else { panic!("{heard:?}") };
    assert!(!page.complete && page.total == 6 && page.rows.len() == 6);
    assert_eq!(page.rows.get(3).unwrap().tally.total(), 2);
}

#[tokio::test]
async fn the_jury_with_its_work_and_who_may_be_somebody_of_a_film() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let jurors = async |film: Option<i32>| match desk.ask(ANN, Request::Jurors { film: film.map(FilmId) }).await {
            Ok(answer) => match answer.reply {
                Reply::Jurors(rows) => rows,
                other => panic!("{other:?}"),
            },
            Err(failure) => panic!("{failure:?}"),
        };
        let rows = jurors(None).await;
        let seen: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.enabled, row.films, row.voted)).collect();
        let expected = [("Cleo Test", true, 2, 2), ("Dan Test", true, 2, 1), ("Eve Test", true, 1, 0)];
        assert_eq!(seen, [&expected[..], &[("Fay Test", false, 0, 0)]].concat());
        assert!(rows.iter().all(|row| row.resembles.is_none()));
        desk.run("UPDATE users SET first_name = 'TEST', last_name = 'gil' WHERE id_user = 4").await;
        desk.run("UPDATE collaborators SET first_name = 'noor', last_name = 'ÍDA', email = ' EVE@example.org'").await;
        let alike: Vec<_> = jurors(Some(2)).await.into_iter().map(|row| (row.juror, row.resembles)).collect();
        let alike: Vec<_> = alike.iter().filter_map(|(id, name)| Some((*id, name.as_deref()?))).collect();
        assert_eq!(alike, [(JURORS[2], "noor ÍDA"), (JURORS[1], "Gil Test")]);
        let gone = desk.ask(ANN, Request::Jurors { film: Some(FilmId(99)) }).await;
        assert!(matches!(gone, Err(Failure::NotFound { what: "thing-film", id: 99 })));
    }
}

#[tokio::test]
async fn fresh_shows_what_the_web_site_did() {
    let desk = Desk::open().await;
    let before = desk.films().await;
    desk.run("UPDATE movies SET title = 'Renamed' WHERE id_movie = 1; DELETE FROM movies WHERE id_movie = 4").await;
    assert!(desk.films().await.rows.same(&before.rows));
    let fresh = films(desk.ask(ANN, Request::Films { fresh: true }).await.unwrap());
    assert_eq!((fresh.rows.len(), &*fresh.rows.get(4).unwrap().title), (5, "Renamed"));
    assert!(desk.films().await.rows.same(&fresh.rows));
}

#[tokio::test]
async fn every_field_of_one_film() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(
            "UPDATE movies SET synopsis = 'Deux lunes', admin_comment = ' ', jury_comment = '' WHERE id_movie = 2",
        )
        .await;
        let film = desk.film(2).await;
        assert_eq!(film.fields, [("synopsis".to_owned(), "Deux lunes".to_owned())]);
        let (category, person) = (&film.categories[0], &film.collaborators[0]);
        assert_eq!((category.id.0, category.name.as_str(), film.categories.len()), (1, "Fiction", 1));
        assert_eq!(
            (person.id.0, person.name().as_str(), person.job.as_str(), person.films),
            (1, "Ida Noor", "Sound", 1)
        );
        assert_eq!((film.producer_email.as_str(), film.row.id), ("gil@example.org", FilmId(2)));
        assert_eq!(film.created.unwrap().to_string(), "2026-01-02 10:00:00 UTC");
        let given = desk.film(5).await.awards_given;
        assert_eq!((given[0].name.as_str(), given[0].at.is_some(), given.len()), ("Grand Prix", true, 1));
        let gone = desk.ask(ANN, Request::Film { film: FilmId(99) }).await.unwrap_err();
        assert_eq!(gone, Failure::NotFound { what: "thing-film", id: 99 });
    }
}

#[tokio::test]
async fn a_juror_sees_their_own_films_and_nothing_of_what_others_voted() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let mine = |who: UserId| desk.ask(who, Request::MyFilms { fresh: false });
        let cleo = films(mine(JURORS[0]).await.unwrap());
        let told: Vec<_> = cleo.rows.iter().map(|r| (r.id.0, r.voted, r.changed, r.ballots, r.tally.total())).collect();
        assert_eq!(told, [(6, 1, 0, 1, 0), (5, 0, 0, 0, 0), (4, 0, 0, 0, 0), (3, 1, 1, 1, 0), (2, 1, 0, 1, 0)]);
        assert_eq!(cleo.jurors.iter().map(|juror| juror.id.0).collect::<Vec<_>>(), [3, 4, 5]);
        let eve = films(mine(JURORS[2]).await.unwrap());
        assert_eq!(eve.rows.iter().map(|r| (r.id.0, r.voted, r.ballots)).collect::<Vec<_>>(), [(2, 0, 0)]);
        assert!(matches!(mine(ANN).await, Err(Failure::Forbidden { .. })));
    }
}

#[tokio::test]
async fn ballots_with_their_history() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("INSERT INTO votes (id_vote, id_user, id_movie, note, comments, createdAt, updatedAt) VALUES (9, 6, 3, 'NO', NULL, '2026-02-01', '2026-02-01')").await;
        let Reply::Votes(all) = desk.ask(ANN, Request::Votes { film: None }).await.unwrap().reply else { panic!() };
        assert_eq!(all.iter().map(|vote| vote.vote.0).collect::<Vec<_>>(), [4, 5, 2, 3, 9, 1]);
        let Reply::Votes(three) = desk.ask(ANN, Request::Votes { film: Some(FilmId(3)) }).await.unwrap().reply else {
            panic!()
        };
        assert_eq!(three, all[2..5]);
        assert_eq!(
            (three[0].note, three[0].history[0].note, three[0].juror_name.as_str()),
            (Some(Note::Yes), Some(Note::ToDiscuss), "Cleo Test")
        );
        assert_eq!(serde_json::to_value(three[2].set_aside).unwrap(), "not_on_panel");
        let Reply::Vote(Some(mine)) = desk.ask(JURORS[0], Request::MyVote { film: FilmId(3) }).await.unwrap().reply
        else {
            panic!()
        };
        assert_eq!(*mine, three[0]);
        let Reply::Vote(none) = desk.ask(JURORS[1], Request::MyVote { film: FilmId(2) }).await.unwrap().reply else {
            panic!()
        };
        assert_eq!(none, None);
        let gone = desk.ask(JURORS[1], Request::MyVote { film: FilmId(99) }).await.unwrap_err();
        assert_eq!(gone, Failure::NotFound { what: "thing-film", id: 99 });
        let Reply::Votes(own) = desk.ask(JURORS[1], Request::MyVotes {}).await.unwrap().reply else { panic!() };
        assert_eq!(own.iter().map(|vote| (vote.vote.0, vote.set_aside)).collect::<Vec<_>>(), [(5, None), (3, None)]);
    }
}

#[tokio::test]
async fn events_reservations_sponsors_settings() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let Reply::Events(events) = desk.ask(ANN, Request::Events {}).await.unwrap().reply else { panic!() };
        let told: Vec<_> =
            events.iter().map(|e| (e.id.0, e.name.as_str(), e.event_type.as_str(), e.reservations, e.seats)).collect();
        assert_eq!(told, [(1, "Opening", "MEETUP", 2, 4), (2, "", "", 0, 0)]);
        let reservations = |event| desk.ask(ANN, Request::Reservations { event: EventId(event) });
        let Reply::Reservations(rows) = reservations(1).await.unwrap().reply else { panic!() };
        assert_eq!(
            rows.iter().map(|r| (r.reservation.0, r.seats, r.email.as_str())).collect::<Vec<_>>(),
            [(1, 3, "lou@example.org"), (2, 1, "")]
        );
        assert_eq!(rows[1].at.unwrap().to_string(), "2026-05-02 00:00:00 UTC");
        assert_eq!(reservations(9).await.unwrap_err(), Failure::NotFound { what: "thing-event", id: 9 });
        let Reply::Sponsors(sponsors) = desk.ask(ANN, Request::Sponsors {}).await.unwrap().reply else { panic!() };
        assert_eq!(sponsors[0].fields.url.as_deref(), Some("https://mistral.example"));
        let Reply::Settings(settings) = desk.ask(ANN, Request::Settings {}).await.unwrap().reply else { panic!() };
        assert!(settings.iter().all(|row| row.is_default) && settings.len() >= 6);
        let welcome = desk.service.call(&operator(), Request::Welcome {}, None, &Watcher::patient()).await.unwrap();
        let Reply::Welcome(welcome) = welcome.reply else { panic!() };
        assert_eq!((welcome.festival.as_str(), welcome.has_administrator), ("MarsAI", true));
    }
}

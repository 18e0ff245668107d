//! Every known shape of the platform's database: all that can be read is read, and films are moved and put back.

use marsai::api::{Reply, Request};
use marsai::domain::film::{Ballots, FilmStatus};
use marsai::domain::vote::SetAside;
use marsai::domain::{EventId, FilmId, UserId};

use super::desk::{ANN, Desk, films, undo};
use super::support::{self, Kind, fixtures};

async fn desk(kind: Kind, sql: &'static str) -> Desk {
    let database = support::database_on(kind).await;
    fixtures::load(&database, sql).await;
    Desk::on(database).await
}

/// What an administrator and a juror may read.
async fn read_everything(desk: &Desk, name: &str) {
    let list = desk.films().await;
    for row in list.rows.iter() {
        desk.film(row.id.0).await;
    }
    let mut reads = vec![Request::Votes { film: None }, Request::Events {}, Request::Sponsors {}, Request::Settings {}];
    reads.extend((1..6).map(|film| Request::Votes { film: Some(FilmId(film)) }));
    reads.extend([Request::Users { all: true }, Request::Keys { user: None }]);
    reads.extend([Request::Jurors { film: None }, Request::Jurors { film: Some(FilmId(1)) }]);
    for request in reads {
        let text = format!("{name}: {request:?}");
        desk.ask(ANN, request).await.unwrap_or_else(|failure| panic!("{text}: {failure:?}"));
    }
    let Reply::Events(events) = desk.ask(ANN, Request::Events {}).await.unwrap().reply else { panic!() };
    for event in events {
        desk.ask(ANN, Request::Reservations { event: EventId(event.id.0) }).await.unwrap();
    }
    let juror = UserId(2);
    let mut reads = vec![Request::MyFilms { fresh: false }, Request::MyVotes {}, Request::MyVote { film: FilmId(3) }];
    reads.extend([Request::MyHistory {}, Request::MyDeadlines {}]);
    if name != "core_only" {
        reads.extend([2, 3, 4].map(|film| Request::MyFilm { film: FilmId(film) }));
        let comments = "so far".to_owned();
        reads.push(Request::KeepDraft { film: FilmId(3), note: Some("NO".into()), comments, caret: 6, base: None });
    }
    for request in reads {
        let text = format!("{name}: {request:?}");
        desk.ask(juror, request).await.unwrap_or_else(|failure| panic!("{text}: {failure:?}"));
    }
    let Reply::Drafts(drafts) = desk.ask(juror, Request::Drafts {}).await.unwrap().reply else { panic!() };
    assert_eq!(drafts.len(), usize::from(name != "core_only"), "{name}");
    desk.ask(juror, Request::DropDraft { film: FilmId(3), base: None }).await.unwrap();
}

fn forced(film: i32, to: FilmStatus, ballots: Ballots) -> Request {
    let (film, reason, ballots) = (FilmId(film), Some("try".to_owned()), Some(ballots));
    Request::SetStatus { film, to, reason, force: true, ballots, private: false, seen: None }
}

/// Every column of a table's rows.
async fn dump(desk: &Desk, table: &str) -> String {
    let columns = format!(
        "SELECT GROUP_CONCAT('`', c.column_name, '`' ORDER BY c.ordinal_position) FROM information_schema.columns c \
        WHERE c.table_schema = DATABASE() AND c.table_name = '{table}'"
    );
    let columns = desk.value(&columns).await;
    desk.value(&format!("SELECT GROUP_CONCAT(CONCAT_WS('|', {columns}) ORDER BY 1 SEPARATOR ';') FROM `{table}`")).await
}

#[tokio::test]
async fn everything_is_read_and_films_move_in_every_shape() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let desk = desk(kind, sql).await;
            read_everything(&desk, name).await;
            let table = desk.value("SELECT MIN(t.table_name) FROM information_schema.tables t WHERE t.table_schema = DATABASE() AND LOWER(t.table_name) = 'votes'").await;
            let before = dump(&desk, &table).await;
            for film in [2, 3, 4] {
                let away = desk.ask(ANN, forced(film, FilmStatus::Refused, Ballots::Keep)).await.unwrap();
                let struck = desk.ask(ANN, forced(film, FilmStatus::Submitted, Ballots::Strike)).await;
                let struck = struck.unwrap_or_else(|failure| panic!("{name} {film}: {failure:?}"));
                desk.ask(ANN, undo(&struck)).await.unwrap_or_else(|failure| panic!("{name} {film}: {failure:?}"));
                let back = desk.ask(ANN, undo(&away)).await;
                // A film can't go back to a round without anybody to vote in it.
                assert!(back.is_ok() || *name == "core_only" && film == 2, "{name} {film}: {back:?}");
            }
            assert_eq!(dump(&desk, &table).await, before, "{name}");
            if *name != "core_only" {
                let row = films(desk.ask(ANN, Request::Films { fresh: true }).await.unwrap());
                let three = row.rows.iter().find(|row| row.id.0 == 3).unwrap();
                assert_eq!((three.tally.total(), three.status), (2, FilmStatus::ToDiscuss), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn odd_values_are_shown_calmly_and_survive_a_round_trip() {
    for kind in support::servers() {
        let desk = desk(kind, fixtures::named("odd_values")).await;
        let list = desk.films().await;
        let row = |id: i32| list.rows.iter().find(|row| row.id.0 == id).unwrap();
        assert_eq!((row(7).status, &*row(7).title, &*row(7).producer_name), (FilmStatus::Unknown, "", ""));
        assert_eq!((row(8).tally.no, row(8).tally.yes, row(8).ballots, row(8).awards), (1, 0, 4, 1));
        let film = desk.film(7).await;
        assert_eq!((film.created, film.updated), (None, None));
        let Reply::Votes(votes) = desk.ask(ANN, Request::Votes { film: Some(FilmId(8)) }).await.unwrap().reply else {
            panic!()
        };
        let told: Vec<_> = votes.iter().map(|vote| (vote.vote.0, vote.modification_count, vote.set_aside)).collect();
        let expected = [
            (10, 0, Some(SetAside::Duplicate)),
            (11, 2, None),
            (12, 0, Some(SetAside::UnknownNote)),
            (13, 0, Some(SetAside::NotOnPanel)),
        ];
        assert_eq!(told, expected);
        let before = dump(&desk, "votes").await;
        desk.ask(ANN, forced(8, FilmStatus::Refused, Ballots::Keep)).await.unwrap();
        let struck = desk.ask(ANN, forced(8, FilmStatus::Submitted, Ballots::Strike)).await.unwrap();
        desk.ask(ANN, undo(&struck)).await.unwrap();
        assert_eq!(dump(&desk, "votes").await, before);
        assert_eq!(desk.value("SELECT @@SESSION.sql_mode LIKE '%STRICT%'").await, "1");
        desk.ask(ANN, forced(7, FilmStatus::Candidate, Ballots::Keep)).await.unwrap();
        let sponsors = dump(&desk, "sponsors").await;
        let gone = desk.ask(ANN, Request::DeleteSponsor { sponsor: marsai::domain::SponsorId(2) }).await.unwrap();
        desk.ask(ANN, undo(&gone)).await.unwrap();
        assert_eq!(dump(&desk, "sponsors").await, sponsors);
    }
}

#[tokio::test]
async fn a_changed_shape_is_read_again() {
    let desk = Desk::open().await;
    desk.films().await;
    desk.run("ALTER TABLE movies DROP COLUMN ai_tool; RENAME TABLE sponsors TO Sponsors").await;
    let list = films(desk.ask(ANN, Request::Films { fresh: true }).await.unwrap());
    assert!(list.rows.iter().all(|row| row.ai_tool.is_empty()));
    let deleted = desk.ask(ANN, Request::DeleteSponsor { sponsor: marsai::domain::SponsorId(1) }).await.unwrap();
    desk.ask(ANN, undo(&deleted)).await.unwrap();
}

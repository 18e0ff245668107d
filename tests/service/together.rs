//! Several consoles on one database, and a database that breaks off.

use marsai::api::failure::{Trouble, Unavailable};
use marsai::api::{Failure, Request, Topic};
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use marsai::service::{NoObserver, Service};
use tokio::task::JoinSet;

use super::desk::{ANN, BEN, Desk, Watcher, caller, films, moved, refused, step, steps, undo};
use super::support;

async fn list(service: &Service) -> Vec<(i32, FilmStatus)> {
    let answer = service.call(&caller(ANN), Request::Films { fresh: false }, None, &NoObserver).await.unwrap();
    films(answer).rows.iter().map(|row| (row.id.0, row.status)).collect()
}

#[tokio::test]
async fn what_one_console_does_the_other_shows() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let other = desk.beside().await;
        list(&other).await;
        let mut news = other.subscribe();
        desk.ask(ANN, step(2, FilmStatus::Candidate)).await.unwrap();
        desk.ask(ANN, step(3, FilmStatus::Refused)).await.unwrap();
        other.poll_changes().await.unwrap();
        let changed = news.recv().await.unwrap();
        assert_eq!((changed.topic, changed.ids), (Topic::Films, Some(vec![2, 3])));
        assert_eq!(list(&other).await, list(&desk.service).await);
        other.poll_changes().await.unwrap();
        assert!(news.try_recv().is_err());
        // Who may vote changes what is counted.
        desk.ask(ANN, Request::DisableUser { user: super::desk::JURORS[0], kept: Some(true), reason: None })
            .await
            .unwrap();
        other.poll_changes().await.unwrap();
        assert_eq!(news.recv().await.unwrap().topic, Topic::Users);
        // And ends their sessions.
        assert_eq!(news.recv().await.unwrap().topic, Topic::Sessions);
        let answer = other.call(&caller(ANN), Request::Films { fresh: false }, None, &NoObserver).await.unwrap();
        assert_eq!(films(answer).rows.get(4).unwrap().active, 2);
        desk.ask(ANN, Request::SetSetting { name: "jury.size".into(), value: "4".into() }).await.unwrap();
        other.poll_changes().await.unwrap();
        assert_eq!(news.recv().await.unwrap().topic, Topic::Settings);
    }
}

#[tokio::test]
async fn films_that_came_and_went_are_patched_in_their_place() {
    let desk = Desk::open().await;
    list(&desk.service).await;
    desk.run(
        "INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) VALUES
         (9, 'Nine', 'assigned', 7, '2026-01-01', '2026-01-01'), (12, 'Twelve', 'assigned', 7, '2026-01-01', '2026-01-01');
         DELETE FROM movies WHERE id_movie = 4",
    )
    .await;
    desk.ask(ANN, steps([9, 12, 4, 2], FilmStatus::Refused, "")).await.unwrap();
    let shown = list(&desk.service).await;
    let refused = FilmStatus::Refused;
    // Nobody told of the deleted one: it was refused, not changed.
    assert_eq!(shown[..3], [(12, refused), (9, refused), (6, refused)]);
    assert!(shown.contains(&(2, refused)) && shown.len() == 8);
    desk.run("INSERT INTO console_ledger (request_id, sequence, at, actor_name, origin, action, topic, subject, private, forced, writer, version)
        VALUES (RANDOM_BYTES(16), 0, UTC_TIMESTAMP(3), 'other', 'call', 'trash', 'films', 4, 0, 0, REPEAT('w', 16), 7);
        INSERT INTO console_topics VALUES ('films', REPEAT('w', 16), 7, UTC_TIMESTAMP(3))").await;
    desk.service.poll_changes().await.unwrap();
    assert_eq!(list(&desk.service).await.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [12, 9, 6, 5, 3, 2, 1]);
}

#[tokio::test]
async fn sessions_that_ask_at_once_share_one_list() {
    let desk = Desk::open().await;
    let mut asking = JoinSet::new();
    for _ in 0..8 {
        let service = desk.service.clone();
        asking.spawn(async move {
            films(service.call(&caller(ANN), Request::Films { fresh: false }, None, &NoObserver).await.unwrap())
        });
    }
    let lists = asking.join_all().await;
    assert!(lists.iter().all(|list| list.complete && list.rows.same(&lists[0].rows)));
}

#[tokio::test]
async fn of_two_who_move_a_film_at_once_one_moves_it() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let other = desk.beside().await;
        for _ in 0..10 {
            let (ann, ben) = (caller(ANN), caller(BEN));
            let (one, two) = tokio::join!(
                desk.service.call(&ann, step(2, FilmStatus::Candidate), None, &NoObserver),
                other.call(&ben, step(2, FilmStatus::Candidate), None, &NoObserver),
            );
            let (won, lost, who) = if one.is_ok() { (one, two, ANN) } else { (two, one, BEN) };
            assert_eq!(refused(lost), Rule::SameStatus);
            // And of two who undo it at once one does.
            let request = undo(&won.unwrap());
            let (first, second) = (caller(who), caller(who));
            let (one, two) = tokio::join!(
                desk.service.call(&first, request.clone(), None, &NoObserver),
                other.call(&second, request, None, &NoObserver),
            );
            assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
            assert!(matches!(refused(if one.is_ok() { two } else { one }), Rule::NothingToUndo | Rule::ChangedSince));
            assert_eq!(desk.status(2).await, "assigned");
        }
        assert_eq!(desk.ledger_rows().await, 20);
    }
}

#[tokio::test]
async fn two_bulk_moves_that_cross_do_each_film_once() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let rows: Vec<String> =
            (1001..=1400).map(|id| format!("({id}, 'x', 'submitted', 7, '2026-01-01', '2026-01-01')")).collect();
        let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
        desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
        let other = desk.beside().await;
        let (ann, ben) = (caller(ANN), caller(BEN));
        let (one, two) = tokio::join!(
            desk.service.call(&ann, steps(1001..=1400, FilmStatus::Refused, "a"), None, &NoObserver),
            other.call(&ben, steps((1001..=1400).rev(), FilmStatus::Refused, "b"), None, &NoObserver),
        );
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(moved(&one).moved.len() + moved(&two).moved.len(), 400);
        assert_eq!(moved(&one).refused.len() + moved(&two).refused.len(), 400);
        assert_eq!(desk.ledger_rows().await, 400);
    }
}

#[tokio::test]
async fn a_session_that_goes_away_in_the_middle_leaves_a_list_that_mends() {
    let desk = Desk::open().await;
    list(&desk.service).await;
    let other = desk.beside().await;
    other.poll_changes().await.unwrap();
    for film in [2, 3, 4] {
        // Dropped at its first wait, or wherever it has come to.
        let ann = caller(ANN);
        let request = desk.service.call(&ann, step(film, FilmStatus::Refused), None, &NoObserver);
        let _ = tokio::time::timeout(std::time::Duration::from_millis(u64::try_from(film).unwrap() * 2), request).await;
    }
    // Whatever was committed is told once the rows are free again.
    desk.run("UPDATE movies SET title = title").await;
    desk.service.poll_changes().await.unwrap();
    for (film, status) in list(&desk.service).await {
        assert_eq!(status.as_sql(), desk.status(film).await, "{film}");
    }
}

#[tokio::test]
async fn killed_connections_are_replaced() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        list(&desk.service).await;
        let all = "SELECT GROUP_CONCAT(p.id) FROM information_schema.processlist p WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID()";
        let kill = async || {
            for id in desk.value(all).await.split(',').filter(|id| *id != "NULL") {
                // It may have gone by itself.
                let mut admin = desk.connect().await;
                let _ = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("KILL {id}"))).execute(&mut admin).await;
            }
        };
        kill().await;
        desk.ask(ANN, step(2, FilmStatus::Candidate)).await.unwrap();
        kill().await;
        films(desk.ask(ANN, Request::Films { fresh: true }).await.unwrap());
        kill().await;
        desk.service.poll_changes().await.unwrap();
        assert_eq!(desk.ledger_rows().await, 1);
    }
}

#[tokio::test]
async fn without_a_database_everything_is_unavailable_and_nothing_hangs() {
    let desk = Desk::open().await;
    desk.pool.close().await;
    for request in [Request::Me {}, Request::Films { fresh: true }, step(2, FilmStatus::Refused)] {
        let outcome = desk.ask(ANN, request).await;
        assert!(matches!(outcome, Err(Failure::Unavailable(Unavailable { why: Trouble::Lost, .. }))), "{outcome:?}");
    }
    assert!(desk.service.poll_changes().await.is_err());
}

#[tokio::test]
async fn a_missing_table_of_ours_asks_for_a_migration() {
    let desk = Desk::open().await;
    desk.run("DROP TABLE console_ledger").await;
    let outcome = desk.ask(ANN, step(2, FilmStatus::Refused)).await;
    assert!(matches!(outcome, Err(Failure::Unavailable(Unavailable { why: Trouble::Shape, .. }))), "{outcome:?}");
    assert_eq!(desk.status(2).await, "assigned");
}

#[test]
fn a_request_can_be_answered_on_any_thread() {
    fn send<T: Send>(_: &T) {}
    fn check(service: &Service, watcher: &Watcher) {
        let ann = caller(ANN);
        send(&service.call(&ann, Request::Me {}, None, watcher));
        send(&service.poll_changes());
    }
    let _: fn(&Service, &Watcher) = check;
}

//! The ledger, the topics and the settings.

use marsai::api::Topic;
use marsai::domain::UserId;
use marsai::store::{Entry, ledger, settings, topics, tx};
use serde_json::json;
use uuid::Uuid;

use crate::festival;
use crate::support::{Kind, servers};

/// A change of a film, by a juror.
pub(crate) fn entry(request_id: Uuid, sequence: i32, subject: i32) -> Entry {
    Entry {
        request_id,
        sequence,
        actor: Some(UserId(7)),
        actor_name: "Ada".into(),
        origin: "call".into(),
        action: "set_status".into(),
        topic: Topic::Films,
        subject: Some(subject),
        before: Some(json!({"status": "submitted"})),
        after: Some(json!({"status": "assigned", "title": "東京 🎬"})),
        reason: Some("a good one".into()),
        private: true,
        forced: false,
        undoes: None,
    }
}

async fn write(db: &marsai::store::Db, entries: Vec<Entry>) {
    let entries = &entries;
    tx::write(db, |tx| {
        Box::pin(async move {
            entries.iter().cloned().for_each(|entry| tx.record(entry));
            Ok(())
        })
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_was_written_is_read_again() {
    for kind in servers() {
        let (_database, db) = festival(kind).await;
        let (request, later) = (Uuid::new_v4(), Uuid::new_v4());
        let first = vec![entry(request, 0, 1), entry(request, 1, 2)];
        write(&db, first.clone()).await;
        write(&db, vec![Entry { reason: None, before: None, actor: None, ..entry(later, 0, 1) }]).await;

        let conn = &mut *db.pool().acquire().await.unwrap();
        let lines = ledger::operation(conn, request).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.entry.clone()).collect::<Vec<_>>(), first);
        assert!(ledger::operation(conn, Uuid::new_v4()).await.unwrap().is_empty());
        let story = ledger::story(conn, Topic::Films, 1, 10).await.unwrap();
        assert_eq!(story.iter().map(|line| line.entry.request_id).collect::<Vec<_>>(), [later, request]);
        assert_eq!(ledger::story(conn, Topic::Films, 1, 1).await.unwrap().len(), 1);
        assert!(ledger::story(conn, Topic::Events, 1, 10).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_last_operation_is_undone_once() {
    let (_database, db) = festival(Kind::MariaDb).await;
    let (first, second, undo) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
    write(&db, vec![entry(first, 0, 1)]).await;
    write(&db, vec![entry(second, 0, 2), entry(second, 1, 3)]).await;
    write(&db, vec![Entry { action: "cast_vote".into(), ..entry(Uuid::new_v4(), 0, 4) }]).await;
    let me = Some(UserId(7));
    let conn = &mut *db.pool().acquire().await.unwrap();
    assert_eq!(ledger::last_undoable(conn, me, &["set_status"]).await.unwrap(), Some(second));
    assert_eq!(ledger::last_undoable(conn, Some(UserId(8)), &["set_status"]).await.unwrap(), None);
    assert_eq!(ledger::last_undoable(conn, None, &["set_status"]).await.unwrap(), None);
    assert_eq!(ledger::last_undoable(conn, me, &[]).await.unwrap(), None);

    let row = ledger::operation(conn, second).await.unwrap()[0].id;
    write(&db, vec![Entry { undoes: Some(row), action: "undo".into(), ..entry(undo, 0, 2) }]).await;
    assert_eq!(ledger::taken_back(conn, second, i32::MIN, i32::MAX).await.unwrap().len(), 1);
    assert!(ledger::taken_back(conn, second, 7, 9).await.unwrap().is_empty());
    assert_eq!(ledger::last_undoable(conn, me, &["set_status", "undo"]).await.unwrap(), Some(first));
}

#[tokio::test]
async fn others_hear_which_rows_changed() {
    for kind in servers() {
        let (_database, db) = festival(kind).await;
        let conn = &mut *db.pool().acquire().await.unwrap();
        assert!(topics::poll(conn).await.unwrap().is_empty());
        write(&db, vec![entry(Uuid::new_v4(), 0, 1)]).await;
        let seen = topics::poll(conn).await.unwrap();
        assert_eq!(seen.iter().map(|v| (v.topic, v.writer)).collect::<Vec<_>>(), [(Topic::Films, db.writer())]);

        let request = Uuid::new_v4();
        write(
            &db,
            vec![entry(request, 0, 9), entry(request, 1, 4), Entry { topic: Topic::Events, ..entry(request, 2, 5) }],
        )
        .await;
        let now = topics::poll(conn).await.unwrap();
        let films = now.iter().find(|v| v.topic == Topic::Films).unwrap();
        assert_eq!(films.version, seen[0].version + 1);
        let ids = ledger::ids_since(conn, Topic::Films, db.writer(), seen[0].version).await.unwrap();
        assert_eq!(ids, Some(vec![4, 9]));

        // A change that the ledger does not hold, and one without a row: all may have changed.
        tx::write(&db, |tx| {
            tx.touch(Topic::Films);
            Box::pin(async { Ok(()) })
        })
        .await
        .unwrap();
        assert_eq!(ledger::ids_since(conn, Topic::Films, db.writer(), films.version).await.unwrap(), None);
        write(&db, vec![Entry { subject: None, ..entry(Uuid::new_v4(), 0, 0) }]).await;
        assert_eq!(ledger::ids_since(conn, Topic::Films, db.writer(), films.version).await.unwrap(), None);

        crate::run(conn, "UPDATE console_topics SET updated_at = updated_at - INTERVAL 8 DAY WHERE topic = 'events'")
            .await;
        assert_eq!(topics::sweep(conn).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn settings_come_and_go() {
    let (_database, db) = festival(Kind::MariaDb).await;
    let conn = &mut *db.pool().acquire().await.unwrap();
    settings::set(conn, "jury.size", Some("5"), Some(UserId(1))).await.unwrap();
    settings::set(conn, "jury.size", Some("7"), None).await.unwrap();
    settings::set(conn, "festival.name", Some("Élan 🎬"), None).await.unwrap();
    let all: Vec<_> = settings::all(conn).await.unwrap().into_iter().collect();
    assert_eq!(all, [("festival.name".into(), "Élan 🎬".into()), ("jury.size".to_owned(), "7".to_owned())]);
    settings::set(conn, "jury.size", None, None).await.unwrap();
    assert_eq!(settings::lock(conn, "jury.size").await.unwrap(), None);
    assert_eq!(settings::lock(conn, "festival.name").await.unwrap().as_deref(), Some("Élan 🎬"));
}

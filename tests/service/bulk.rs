//! One change of many films: previewed, done in batches, given up, cut off, gone on with, taken back as one.

use marsai::api::film_form::{EditPreview, Edited};
use marsai::api::{Answer, Failure, Progress, Reply, Request};
use marsai::domain::rule::Rule;
use marsai::domain::{CategoryId, FilmId};
use marsai::service::{NoObserver, Observer};
use uuid::Uuid;

use super::desk::{ANN, Desk, JURORS, Watcher, caller, refused, undo, undone};
use super::support;

fn edit(films: impl IntoIterator<Item = i32>, field: &str, value: &str) -> Request {
    let value = Some(value.to_owned()).filter(|value| !value.is_empty());
    Request::EditFilms { films: films.into_iter().map(FilmId).collect(), field: field.to_owned(), value }
}

fn preview(films: impl IntoIterator<Item = i32>, field: &str, value: &str) -> Request {
    let Request::EditFilms { films, field, value } = edit(films, field, value) else { panic!() };
    Request::PreviewEditFilms { films, field, value }
}

fn give(films: impl IntoIterator<Item = i32>, category: i32) -> Request {
    Request::AddCategory { films: films.into_iter().map(FilmId).collect(), category: CategoryId(category) }
}

fn take(films: impl IntoIterator<Item = i32>, category: i32) -> Request {
    Request::RemoveCategory { films: films.into_iter().map(FilmId).collect(), category: CategoryId(category) }
}

fn edited(answer: &Answer) -> &Edited {
    match &answer.reply {
        Reply::Edited(edited) => edited,
        other => panic!("{other:?}"),
    }
}

fn seen(answer: Answer) -> EditPreview {
    match answer.reply {
        Reply::EditPreview(preview) => preview,
        other => panic!("{other:?}"),
    }
}

/// So many more films, from 1001.
async fn crowd(desk: &Desk, films: i32) {
    let rows: Vec<String> = (1001..=1000 + films)
        .map(|id| format!("({id}, 'Film {id}', 'submitted', 7, '2026-01-01', '2026-01-01')"))
        .collect();
    let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
    desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
}

async fn count(desk: &Desk, condition: &str) -> u32 {
    desk.value(&format!("SELECT COUNT(*) FROM movies WHERE {condition}")).await.parse().unwrap()
}

#[tokio::test]
async fn a_preview_says_what_would_become_of_each() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let answer = desk.ask(ANN, preview([1, 2, 3, 4, 4, 98, 99], "ai_tool", " Sora ")).await.unwrap();
        let seen_now = seen(answer);
        assert_eq!((seen_now.change, seen_now.overwrite, seen_now.unchanged), (2, 1, 2));
        let why: Vec<_> = seen_now.refused.iter().map(|(film, refusal)| (film.0, refusal.rule)).collect();
        assert_eq!(why, [(98, Rule::FilmGone), (99, Rule::FilmGone)]);
        let request =
            |remove| Request::PreviewCategory { films: (1..=6).map(FilmId).collect(), category: CategoryId(1), remove };
        let (give, take) = (desk.ask(ANN, request(false)).await.unwrap(), desk.ask(ANN, request(true)).await.unwrap());
        let (give, take) = (seen(give), seen(take));
        assert_eq!((give.change, give.unchanged, take.change, take.unchanged), (5, 1, 1, 5));
        assert_eq!(desk.ledger_rows().await, 0);
        for (request, rule) in [
            (preview([1], "ai_tool", &"x".repeat(256)), Rule::TooLong),
            (edit([1], "ai_tool", &"x".repeat(256)), Rule::TooLong),
            (edit([], "selection_status", "awarded"), Rule::UnknownField),
            (edit([1], "title", " "), Rule::FieldNeeded),
            (edit(1..=100_001, "ai_tool", "x"), Rule::TooManyFilms),
        ] {
            assert_eq!(refused(desk.ask(ANN, request).await), rule);
        }
        let gone = desk.ask(ANN, give_nothing()).await.unwrap_err();
        assert_eq!(gone, Failure::NotFound { what: "thing-category", id: 9 });
        assert!(matches!(desk.ask(JURORS[0], edit([1], "ai_tool", "x")).await, Err(Failure::Forbidden { .. })));
    }
}

fn give_nothing() -> Request {
    give([1], 9)
}

#[tokio::test]
async fn many_films_change_and_are_put_back_as_one() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        crowd(&desk, 450).await;
        desk.run("UPDATE movies SET workshop = 'Arles' WHERE id_movie = 1010").await;
        desk.run("UPDATE movies SET workshop = 'Nice ' WHERE id_movie = 1011").await;
        desk.films().await;
        let mut news = desk.service.subscribe();
        let watcher = Watcher::patient();
        let id = Uuid::new_v4();
        let all = (1001..=1450).chain([99, 1001]);
        let request = edit(all.clone(), "workshop", "Arles");
        let answer = desk.service.call(&caller(ANN), request, Some(id), &watcher).await.unwrap();
        let done = edited(&answer);
        assert_eq!((done.done.len(), done.unchanged.len(), done.cancelled), (449, 1, false));
        assert_eq!(
            done.refused.iter().map(|(film, why)| (film.0, why.rule)).collect::<Vec<_>>(),
            [(99, Rule::FilmGone)]
        );
        let steps =
            watcher.heard.lock().unwrap().iter().filter(|p| matches!(p, Progress::Steps { total: 449, .. })).count();
        assert_eq!((steps, desk.ledger_rows().await), (4, 449));
        assert_eq!(news.recv().await.unwrap().ids.map(|ids| ids.len()), Some(449));
        assert_eq!(count(&desk, "workshop = 'Arles'").await, 450);
        let again = desk.ask_as(ANN, edit(all, "workshop", "Arles"), id).await.unwrap();
        assert!(again.repeated && edited(&again).done.len() == 449);
        desk.run("UPDATE movies SET workshop = 'theirs' WHERE id_movie = 1003").await;
        let back = desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!((undone(&back).ids.len(), &undone(&back).left[..]), (448, &[1003][..]));
        assert_eq!(count(&desk, "workshop IS NULL").await, 453);
        assert_eq!(desk.value("SELECT HEX(workshop) FROM movies WHERE id_movie = 1011").await, "4E69636520");
    }
}

#[tokio::test]
async fn categories_are_given_and_taken() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        crowd(&desk, 250).await;
        let links = async || desk.value("SELECT COUNT(*) FROM movies_categories").await;
        let given = desk.ask(ANN, give((1001..=1250).chain([2]), 1)).await.unwrap();
        assert_eq!((edited(&given).done.len(), edited(&given).unchanged.as_slice()), (250, &[FilmId(2)][..]));
        assert_eq!(links().await, "251");
        let taken = desk.ask(ANN, take([2, 3, 1001, 1002], 1)).await.unwrap();
        assert_eq!((edited(&taken).done.len(), edited(&taken).unchanged.as_slice()), (3, &[FilmId(3)][..]));
        assert_eq!(links().await, "248");
        let back = desk.ask(ANN, undo(&given)).await.unwrap();
        assert_eq!((undone(&back).ids.len(), undone(&back).left.len()), (248, 2));
        desk.ask(ANN, undo(&taken)).await.unwrap();
        let left = "SELECT GROUP_CONCAT(id_movie ORDER BY id_movie) FROM movies_categories";
        assert_eq!(desk.value(left).await, "2,1001,1002");
    }
}

#[tokio::test]
async fn a_producer_on_some_panels_is_refused_there() {
    let desk = Desk::open().await;
    let answer = desk.ask(ANN, edit(1..=6, "id_user", "5")).await.unwrap();
    let why: Vec<_> = edited(&answer).refused.iter().map(|(film, refusal)| (film.0, refusal.rule)).collect();
    assert_eq!((edited(&answer).done.len(), why), (5, vec![(2, Rule::ProducerOnPanel)]));
}

/// Does something between two batches.
struct Between<F: Fn(u32) + Send + Sync>(F);

impl<F: Fn(u32) + Send + Sync> Observer for Between<F> {
    fn progress(&self, progress: Progress) {
        if let Progress::Steps { done, .. } = progress {
            (self.0)(done);
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}

/// Runs statements while a request waits.
fn meanwhile(desk: &Desk, sql: &str) {
    let (options, sql) = (desk.database.options(), sql.to_owned());
    let work = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut conn = <sqlx::MySqlConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
        });
    });
    work.join().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn films_that_vanish_or_change_meanwhile_are_named() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        crowd(&desk, 400).await;
        desk.run("UPDATE movies SET workshop = 'Nice' WHERE id_movie IN (1303, 1304, 1305)").await;
        let between = Between(|done| {
            if done == 200 {
                meanwhile(
                    &desk,
                    "DELETE FROM movies WHERE id_movie = 1300; UPDATE movies SET workshop = 'Arles' WHERE id_movie = 1301; \
                     UPDATE movies SET workshop = 'theirs' WHERE id_movie IN (1302, 1303); \
                     UPDATE movies SET workshop = NULL WHERE id_movie = 1304",
                );
            }
        });
        let request = edit(1001..=1400, "workshop", "Arles");
        let answer = desk.service.call(&caller(ANN), request, None, &between).await.unwrap();
        let done = edited(&answer);
        assert_eq!((done.done.len(), done.unchanged.as_slice()), (396, &[FilmId(1301)][..]));
        assert_eq!(
            done.refused.iter().map(|(film, why)| (film.0, why.rule)).collect::<Vec<_>>(),
            [(1300, Rule::FilmGone), (1302, Rule::ChangedSince), (1303, Rule::ChangedSince)]
        );
        assert_eq!((desk.ledger_rows().await, count(&desk, "workshop = 'theirs'").await), (396, 2));
        let back = desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!(undone(&back).ids.len(), 396);
        assert_eq!(count(&desk, "workshop = 'Arles'").await, 1);
    }
}

#[tokio::test]
async fn giving_up_keeps_what_was_done_and_the_same_id_goes_on() {
    let desk = Desk::open().await;
    crowd(&desk, 450).await;
    let id = Uuid::new_v4();
    let request = || give(1001..=1450, 1);
    let watcher = Watcher::with_patience(1);
    let answer = desk.service.call(&caller(ANN), request(), Some(id), &watcher).await.unwrap();
    assert_eq!((edited(&answer).done.len(), edited(&answer).cancelled), (200, true));
    let rest = desk.ask_as(ANN, request(), id).await.unwrap();
    assert_eq!((edited(&rest).done.len(), edited(&rest).cancelled, rest.repeated), (450, false, false));
    assert_eq!((desk.ledger_rows().await, undone(&desk.ask(ANN, undo(&rest)).await.unwrap()).ids.len()), (450, 450));
}

#[tokio::test]
async fn an_undo_that_was_given_up_goes_on_where_it_stopped() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        crowd(&desk, 450).await;
        let answer = desk.ask(ANN, edit(1001..=1450, "workshop", "Arles")).await.unwrap();
        let id = Uuid::new_v4();
        let impatient = Watcher::with_patience(1);
        let some = desk.service.call(&caller(ANN), undo(&answer), Some(id), &impatient).await.unwrap();
        let ids = |answer: &Answer| undone(answer).ids.clone();
        assert_eq!((ids(&some), undone(&some).left.clone()), ((1001..=1200).collect(), (1201..=1450).collect()));
        assert_eq!(count(&desk, "workshop = 'Arles'").await, 250);
        // The same request again, and then once more.
        let rest = desk.ask_as(ANN, undo(&answer), id).await.unwrap();
        assert_eq!((ids(&rest).len(), undone(&rest).left.len(), rest.repeated), (450, 0, false));
        let again = desk.ask_as(ANN, undo(&answer), id).await.unwrap();
        assert!(again.repeated && ids(&again).len() == 450);
        assert_eq!((count(&desk, "workshop IS NULL").await, desk.ledger_rows().await), (456, 900));
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::NothingToUndo);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_connection_stops_nothing_and_the_same_id_goes_on() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        crowd(&desk, 600).await;
        let id = Uuid::new_v4();
        let request = || edit(1001..=1600, "workshop", "Arles");
        let ids = "SELECT GROUP_CONCAT(p.id) FROM information_schema.processlist p WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID()";
        let url = desk.database.options();
        let between = Between(move |done| {
            if done != 200 {
                return;
            }
            let url = url.clone();
            let work = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let mut conn = <sqlx::MySqlConnection as sqlx::Connection>::connect_with(&url).await.unwrap();
                    let found: Option<String> = sqlx::query_scalar(ids).fetch_one(&mut conn).await.unwrap();
                    for id in found.unwrap_or_default().split(',').filter(|id| !id.is_empty()) {
                        // It may have gone by itself.
                        let _ = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("KILL {id}"))).execute(&mut conn).await;
                    }
                });
            });
            work.join().unwrap();
        });
        let first = desk.service.call(&caller(ANN), request(), Some(id), &between).await;
        if let Err(failure) = &first {
            assert!(matches!(failure, Failure::Unavailable(_)), "{failure:?}");
        }
        let rest = desk.service.call(&caller(ANN), request(), Some(id), &NoObserver).await.unwrap();
        assert_eq!((edited(&rest).done.len(), edited(&rest).unchanged.len()), (600, 0));
        assert_eq!((desk.ledger_rows().await, count(&desk, "workshop = 'Arles'").await), (600, 600));
        assert_eq!(undone(&desk.ask(ANN, undo(&rest)).await.unwrap()).ids.len(), 600);
    }
}

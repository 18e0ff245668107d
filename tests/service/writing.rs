//! Writing films: new ones, changed ones, categories, collaborators, and taking it all back.

use marsai::api::film::FilmDetail;
use marsai::api::film_form::{Category, Collaborator, FilmForm};
use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::film::FilmStatus;
use marsai::domain::film_field::FilmValues;
use marsai::domain::rule::Rule;
use marsai::domain::{CategoryId, CollaboratorId, FilmId, UserId};
use marsai::service::NoObserver;
use uuid::Uuid;

use super::desk::{ANN, BEN, Desk, JURORS, PRODUCER, caller, refused, undo};
use super::support::{self, fixtures};

pub(crate) fn values(values: &[(&str, &str)]) -> FilmValues {
    values.iter().map(|(column, value)| (*column, Some(*value).filter(|value| !value.is_empty()))).collect()
}

fn create(fields: &[(&str, &str)], producer: UserId, categories: &[i32]) -> Request {
    let categories = categories.iter().map(|id| CategoryId(*id)).collect();
    Request::CreateFilm { fields: values(fields), producer, categories }
}

fn edit(film: i32, fields: &[(&str, &str)], loaded: Option<FilmValues>) -> Request {
    Request::EditFilm { film: FilmId(film), fields: values(fields), loaded }
}

fn set_categories(film: i32, categories: &[i32], loaded: Option<&[i32]>) -> Request {
    let ids = |ids: &[i32]| ids.iter().map(|id| CategoryId(*id)).collect::<Vec<_>>();
    Request::SetCategories { film: FilmId(film), categories: ids(categories), loaded: loaded.map(ids) }
}

fn add(film: i32, fields: &[(&str, &str)]) -> Request {
    Request::AddCollaborator { film: FilmId(film), fields: Some(values(fields)), collaborator: None }
}

fn add_known(film: i32, id: i32) -> Request {
    Request::AddCollaborator { film: FilmId(film), fields: None, collaborator: Some(CollaboratorId(id)) }
}

fn edit_person(film: i32, id: i32, fields: &[(&str, &str)], loaded: Option<FilmValues>) -> Request {
    Request::EditCollaborator { film: FilmId(film), collaborator: CollaboratorId(id), fields: values(fields), loaded }
}

fn remove(film: i32, id: i32) -> Request {
    Request::RemoveCollaborator { film: FilmId(film), collaborator: CollaboratorId(id) }
}

fn film(answer: &Answer) -> &FilmDetail {
    match &answer.reply {
        Reply::Film(film) => film,
        other => panic!("{other:?}"),
    }
}

fn person(answer: &Answer) -> &Collaborator {
    match &answer.reply {
        Reply::Collaborator(person) => person,
        other => panic!("{other:?}"),
    }
}

fn category(answer: &Answer) -> &Category {
    match &answer.reply {
        Reply::Category(category) => category,
        other => panic!("{other:?}"),
    }
}

async fn form(desk: &Desk) -> FilmForm {
    match desk.ask(ANN, Request::FilmForm {}).await.unwrap().reply {
        Reply::FilmForm(form) => *form,
        other => panic!("{other:?}"),
    }
}

fn conflicts(outcome: Result<Answer, Failure>) -> Vec<(String, String, String)> {
    match outcome {
        Err(Failure::Conflict(changes)) => changes.into_iter().map(|c| (c.field, c.loaded, c.now)).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_form_knows_what_the_database_takes() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(
            "ALTER TABLE movies MODIFY workshop VARCHAR(20), MODIFY ai_tool ENUM('Sora', 'Veo', 'Kling'), \
             MODIFY synopsis MEDIUMTEXT, MODIFY subtitle VARCHAR(255) CHARACTER SET latin1, DROP COLUMN translation",
        )
        .await;
        desk.run(
            "INSERT INTO categories (name, createdAt, updatedAt) VALUES ('Animation', '2026-01-01', '2026-01-01')",
        )
        .await;
        // Another process has read the tables before.
        let desk = Desk { service: desk.beside().await, ..desk };
        let form = form(&desk).await;
        let limit = |column: &str| form.fields.iter().find(|limit| limit.column == column).unwrap();
        assert!(limit("title").required && limit("id_user").required && !limit("duration").required);
        assert_eq!((limit("title").max_chars, limit("workshop").max_chars), (Some(255), Some(20)));
        assert_eq!((limit("synopsis").max_bytes, limit("description").max_bytes), (Some(16_777_215), Some(65_535)));
        assert_eq!(limit("ai_tool").choices, ["Sora", "Veo", "Kling"]);
        assert!(form.fields.iter().all(|limit| limit.column != "translation" && limit.column != "selection_status"));
        let categories: Vec<_> = form.categories.iter().map(|c| (c.name.as_str(), c.films)).collect();
        assert_eq!(categories, [("Animation", 0), ("Fiction", 1)]);
        let gil = form.producers.iter().find(|producer| producer.id == PRODUCER).unwrap();
        assert_eq!((gil.name.as_str(), gil.email.as_str()), ("Gil Test", "gil@example.org"));
        for (fields, rule) in [
            (&[("workshop", "x".repeat(21).as_str())][..], Rule::TooLong),
            (&[("ai_tool", "Runway")], Rule::BadChoice),
            (&[("subtitle", "日本語")], Rule::BadCharacter),
            (&[("translation", "fr")], Rule::UnknownField),
            (&[("selection_status", "awarded")], Rule::UnknownField),
            (&[("description", "é".repeat(32_768).as_str())], Rule::TooManyBytes),
            (&[("title", "")], Rule::FieldNeeded),
        ] {
            assert_eq!(refused(desk.ask(ANN, edit(1, fields, None)).await), rule);
            refused(desk.ask(ANN, create(fields, PRODUCER, &[])).await);
        }
        assert_eq!(desk.ledger_rows().await, 0);
        desk.ask(ANN, edit(1, &[("ai_tool", "veo"), ("synopsis", "é".repeat(40_000).as_str())], None)).await.unwrap();
        assert_eq!(
            desk.value("SELECT CONCAT(ai_tool, LENGTH(synopsis)) FROM movies WHERE id_movie = 1").await,
            "Veo80000"
        );
    }
}

#[tokio::test]
async fn a_new_film_stands_in_the_list_and_can_be_taken_back() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.films().await;
        let fields = [("title", " Les Étoiles 🎬 "), ("duration", "58"), ("synopsis", "un\r\ndeux"), ("ai_tool", "")];
        let id = Uuid::new_v4();
        let answer = desk.ask_as(ANN, create(&fields, PRODUCER, &[1, 1]), id).await.unwrap();
        let new = film(&answer);
        assert_eq!(
            (&*new.row.title, new.row.status, new.row.duration),
            ("Les Étoiles 🎬", FilmStatus::Submitted, Some(58))
        );
        assert_eq!(
            (new.row.producer, new.categories.len(), new.values().get("synopsis")),
            (PRODUCER, 1, Some("un\ndeux"))
        );
        assert!(new.created.is_some() && new.created == new.updated);
        let film_id = new.row.id;
        assert_eq!(desk.films().await.rows.get(0).unwrap().id, film_id);
        let again = desk.ask_as(ANN, create(&fields, PRODUCER, &[1]), id).await.unwrap();
        assert!(again.repeated && film(&again).row.id == film_id && desk.ledger_rows().await == 1);
        assert_eq!(refused(desk.ask(BEN, undo(&answer)).await), Rule::NothingToUndo);
        // Somebody votes on it, or changes it: it is not ours alone any more.
        desk.run(&format!("UPDATE movies SET workshop = 'theirs' WHERE id_movie = {film_id}")).await;
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ChangedSince);
        desk.run(&format!("UPDATE movies SET workshop = NULL WHERE id_movie = {film_id}")).await;
        desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies").await, "6");
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies_categories").await, "1");
        assert_eq!(desk.films().await.rows.len(), 6);
        for (request, expected) in [
            (create(&[("title", "A")], UserId(99), &[]), Failure::NotFound { what: "thing-user", id: 99 }),
            (create(&[("title", "A")], PRODUCER, &[1, 9]), Failure::NotFound { what: "thing-category", id: 9 }),
        ] {
            assert_eq!(desk.ask(ANN, request).await.unwrap_err(), expected);
        }
        assert!(matches!(
            desk.ask(JURORS[0], create(&[("title", "A")], PRODUCER, &[])).await,
            Err(Failure::Forbidden { .. })
        ));
        assert_eq!(desk.value("SELECT COUNT(*) FROM movies").await, "6");
    }
}

#[tokio::test]
async fn a_database_that_wants_more_is_said_to() {
    let desk = Desk::open().await;
    desk.run("ALTER TABLE movies ADD COLUMN licence VARCHAR(20) NOT NULL").await;
    let desk = Desk { service: desk.beside().await, ..desk };
    assert_eq!(refused(desk.ask(ANN, create(&[("title", "A")], PRODUCER, &[])).await), Rule::ColumnNeeded);
    desk.ask(ANN, edit(1, &[("title", "A")], None)).await.unwrap();
    // A key that counts by itself is nothing that anybody needs to write.
    desk.run("ALTER TABLE movies DROP COLUMN licence; ALTER TABLE movies_categories ADD COLUMN no INT NOT NULL AUTO_INCREMENT UNIQUE").await;
    let desk = Desk { service: desk.beside().await, ..desk };
    desk.ask(ANN, create(&[("title", "A")], PRODUCER, &[1])).await.unwrap();
    let rows = desk.ledger_rows().await;
    for table in ["movies_categories", "categories", "collaborators", "collaborators_movies"] {
        desk.run(&format!("ALTER TABLE {table} ADD COLUMN season VARCHAR(20) NOT NULL")).await;
    }
    let desk = Desk { service: desk.beside().await, ..desk };
    let named = async |request: Request| match desk.ask(ANN, request).await {
        Err(Failure::Rule(refusal)) if refusal.rule == Rule::ColumnNeeded => format!("{:?}", refusal.params),
        other => panic!("{other:?}"),
    };
    let films = vec![FilmId(3)];
    for (request, column) in [
        (create(&[("title", "A")], PRODUCER, &[1]), "movies_categories.season"),
        (set_categories(3, &[1], None), "movies_categories.season"),
        (Request::AddCategory { films: films.clone(), category: CategoryId(1) }, "movies_categories.season"),
        (
            Request::PreviewCategory { films: films.clone(), category: CategoryId(1), remove: false },
            "movies_categories.season",
        ),
        (Request::CreateCategory { name: "Essay".into() }, "categories.season"),
        (add_known(3, 1), "collaborators_movies.season"),
    ] {
        assert!(named(request).await.contains(column), "{column}");
    }
    desk.run("ALTER TABLE collaborators_movies DROP COLUMN season").await;
    let desk = Desk { service: desk.beside().await, ..desk };
    assert_eq!(refused(desk.ask(ANN, add(3, &[("last_name", "N")])).await), Rule::ColumnNeeded);
    desk.ask(ANN, add_known(3, 1)).await.unwrap();
    // What is taken away needs nothing.
    desk.ask(ANN, set_categories(2, &[], None)).await.unwrap();
    assert_eq!(desk.ledger_rows().await, rows + 2);
}

#[tokio::test]
async fn what_was_done_is_done_also_when_the_film_has_gone_since() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let requests = [
            create(&[("title", "A")], PRODUCER, &[]),
            edit(2, &[("title", "B")], None),
            set_categories(2, &[], None),
            add(2, &[("last_name", "N")]),
            edit_person(2, 1, &[("job", "Light")], None),
            remove(2, 1),
        ];
        let mut done = Vec::new();
        for request in requests {
            let id = Uuid::new_v4();
            desk.ask_as(ANN, request.clone(), id).await.unwrap();
            done.push((request, id));
        }
        let rows = desk.ledger_rows().await;
        desk.run("SET foreign_key_checks = 0; DELETE FROM movies; DELETE FROM collaborators_movies; DELETE FROM collaborators").await;
        for (request, id) in done {
            let again =
                desk.ask_as(ANN, request.clone(), id).await.unwrap_or_else(|why| panic!("{request:?}: {why:?}"));
            assert!(again.repeated && again.operation == Some(id) && matches!(again.reply, Reply::Done), "{request:?}");
            assert!(desk.ask(ANN, request).await.is_err() || desk.value("SELECT COUNT(*) FROM movies").await == "1");
        }
        assert_eq!(desk.ledger_rows().await, rows + 1);
    }
}

#[tokio::test]
async fn a_film_of_nobody_has_no_producer() {
    let desk = Desk::open().await;
    desk.run("ALTER TABLE movies MODIFY id_user INT NULL; UPDATE movies SET id_user = NULL WHERE id_movie = 1").await;
    let loaded = desk.film(1).await.values();
    assert!(loaded.names("id_user") && loaded.get("id_user").is_none());
    let fields = [("id_user", "7"), ("title", "A")];
    desk.ask(ANN, edit(1, &fields, Some(loaded))).await.unwrap();
    assert_eq!(desk.value("SELECT id_user FROM movies WHERE id_movie = 1").await, "7");
}

#[tokio::test]
async fn what_is_cleared_has_its_default_in_the_ledger_too() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run(
            "UPDATE movies SET trailer = 'a.mp4'; \
             ALTER TABLE movies MODIFY trailer VARCHAR(255) NOT NULL DEFAULT 'none.mp4'; \
             ALTER TABLE collaborators MODIFY job VARCHAR(255) NOT NULL DEFAULT 'Crew'",
        )
        .await;
        let desk = Desk { service: desk.beside().await, ..desk };
        let look = async || desk.service.look_outside(std::time::Duration::from_secs(600)).await.unwrap();
        look().await;
        let trailers =
            async || desk.value("SELECT GROUP_CONCAT(DISTINCT trailer) FROM movies WHERE id_movie < 4").await;
        let films = (1..=3).map(FilmId).collect();
        let requests = [
            (edit(3, &[("trailer", "")], None), "a.mp4,none.mp4"),
            (Request::EditFilms { films, field: "trailer".into(), value: None }, "none.mp4"),
        ];
        for (request, expected) in requests {
            let answer = desk.ask(ANN, request).await.unwrap();
            assert_eq!(trailers().await, expected);
            let written = "SELECT after_state FROM console_ledger ORDER BY id DESC LIMIT 1";
            assert_eq!(desk.value(written).await, r#"{"values":{"trailer":"none.mp4"}}"#);
            look().await;
            // Film 3 has votes: what is not ours would be marked.
            assert_eq!(desk.value("SELECT COUNT(*) FROM console_outside").await, "0");
            desk.ask(ANN, undo(&answer)).await.unwrap();
            assert_eq!(trailers().await, "a.mp4");
        }
        for (request, before) in
            [(edit_person(2, 1, &[("job", "")], None), "Sound"), (add(2, &[("last_name", "N"), ("job", "")]), "Sound")]
        {
            let answer = desk.ask(ANN, request).await.unwrap();
            assert_eq!(person(&answer).job, "Crew");
            desk.ask(ANN, undo(&answer)).await.unwrap();
            assert_eq!(desk.value("SELECT GROUP_CONCAT(job) FROM collaborators").await, before);
        }
        let new = desk.ask(ANN, create(&[("title", "A"), ("trailer", "")], PRODUCER, &[])).await.unwrap();
        let written = "SELECT after_state LIKE '%none.mp4%' FROM console_ledger ORDER BY id DESC LIMIT 1";
        assert_eq!(desk.value(written).await, "1");
        desk.ask(ANN, undo(&new)).await.unwrap();
    }
}

#[tokio::test]
async fn only_what_is_named_is_written_and_undo_puts_it_back_to_the_last_blank() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.films().await;
        desk.run("UPDATE movies SET synopsis = ' as it was\\r\\n', youtube_link = 'no address', duration = -7 WHERE id_movie = 1")
            .await;
        let before = desk
            .value("SELECT CONCAT_WS('|', title, synopsis, youtube_link, duration) FROM movies WHERE id_movie = 1")
            .await;
        let wide = "影".repeat(255);
        let text = "🎬é".repeat(10_922);
        let fields =
            [("title", wide.as_str()), ("synopsis", &text), ("youtube_link", "no address"), ("duration", "-7")];
        let answer = desk.ask(ANN, edit(1, &fields, None)).await.unwrap();
        assert_eq!(
            (&*film(&answer).row.title, film(&answer).values().get("synopsis")),
            (wide.as_str(), Some(text.as_str()))
        );
        assert_eq!(&*desk.films().await.rows.iter().find(|row| row.id.0 == 1).unwrap().title, wide);
        assert_ne!(desk.value("SELECT updatedAt FROM movies WHERE id_movie = 1").await, "2026-01-01 10:00:00");
        // The two that differ, of four.
        assert_eq!(desk.value("SELECT JSON_LENGTH(after_state, '$.values') FROM console_ledger").await, "2");
        // The same once more changes nothing and leaves no trace.
        let same = desk.ask(ANN, edit(1, &fields, None)).await.unwrap();
        assert!(same.operation.is_none() && desk.ledger_rows().await == 1);
        desk.run("UPDATE movies SET title = 'theirs' WHERE id_movie = 1").await;
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ChangedSince);
        desk.run(&format!("UPDATE movies SET title = '{wide}', workshop = 'theirs' WHERE id_movie = 1")).await;
        desk.ask(ANN, undo(&answer)).await.unwrap();
        let after = "SELECT CONCAT_WS('|', title, synopsis, youtube_link, duration) FROM movies WHERE id_movie = 1";
        assert_eq!(desk.value(after).await, before);
        assert_eq!(desk.value("SELECT workshop FROM movies WHERE id_movie = 1").await, "theirs");
        assert_eq!(refused(desk.ask(ANN, edit(99, &[("title", "A")], None)).await), Rule::FilmGone);
    }
}

#[tokio::test]
async fn somebody_elses_change_is_named_field_by_field_and_nothing_is_overwritten() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let other = desk.beside().await;
        let loaded = desk.film(1).await.values();
        // Ben's console, and a plain SQL client.
        other.call(&caller(BEN), edit(1, &[("title", "Ben’s")], None), None, &NoObserver).await.unwrap();
        desk.run("UPDATE movies SET ai_tool = 'Veo', release_year = NULL WHERE id_movie = 1").await;
        // What they did not touch is no conflict, and theirs stays.
        desk.ask(ANN, edit(1, &[("workshop", "W")], Some(loaded.clone()))).await.unwrap();
        let fields = [("title", "Ann’s"), ("duration", "59")];
        let found = conflicts(desk.ask(ANN, edit(1, &fields, Some(loaded.clone()))).await);
        let text = |texts: [&str; 3]| (texts[0].to_owned(), texts[1].to_owned(), texts[2].to_owned());
        let expected = [
            text(["ai_tool", "Sora", "Veo"]),
            text(["release_year", "2026", ""]),
            text(["title", "Été sans fin", "Ben’s"]),
            text(["workshop", "", "W"]),
        ];
        assert_eq!(found, expected);
        let row = "SELECT CONCAT_WS('|', title, duration, ai_tool, workshop) FROM movies WHERE id_movie = 1";
        assert_eq!(desk.value(row).await, "Ben’s|60|Veo|W");
        // Both came to the same.
        let same = desk.ask(ANN, edit(1, &[("title", "Ben’s")], Some(loaded.clone()))).await.unwrap();
        assert!(same.operation.is_none());
        // Having seen theirs, Ann's is kept.
        let seen = desk.film(1).await.values();
        desk.ask(ANN, edit(1, &fields, Some(seen))).await.unwrap();
        assert_eq!(desk.value(row).await, "Ann’s|59|Veo|W");
    }
}

#[tokio::test]
async fn two_consoles_that_save_at_once_overwrite_nothing() {
    let desk = Desk::open().await;
    let other = desk.beside().await;
    for round in 0..10 {
        let loaded = desk.film(1).await.values();
        let (ann, ben) = (caller(ANN), caller(BEN));
        let (mine, theirs) = (format!("Ann {round}"), format!("Ben {round}"));
        let (one, two) = tokio::join!(
            desk.service.call(&ann, edit(1, &[("title", &mine)], Some(loaded.clone())), None, &NoObserver),
            other.call(&ben, edit(1, &[("title", &theirs)], Some(loaded.clone())), None, &NoObserver),
        );
        let (won, lost) = if one.is_ok() { (mine, two) } else { (theirs, one) };
        assert_eq!(conflicts(lost)[0].2, won);
        assert_eq!(desk.value("SELECT title FROM movies WHERE id_movie = 1").await, won);
    }
}

#[tokio::test]
async fn a_producer_is_there_and_on_no_panel_of_the_film() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let id = |user: UserId| user.to_string();
        assert_eq!(refused(desk.ask(ANN, edit(2, &[("id_user", &id(JURORS[0]))], None)).await), Rule::ProducerOnPanel);
        let gone = desk.ask(ANN, edit(2, &[("id_user", "99")], None)).await.unwrap_err();
        assert_eq!(gone, Failure::NotFound { what: "thing-user", id: 99 });
        let answer = desk.ask(ANN, edit(2, &[("id_user", &id(BEN))], None)).await.unwrap();
        assert_eq!((film(&answer).row.producer, &*film(&answer).row.producer_name), (BEN, "Ben Test"));
        desk.run("INSERT INTO movies_juries (id_movie, id_user) VALUES (2, 7)").await;
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ProducerOnPanel);
    }
}

#[tokio::test]
async fn categories_of_a_film() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let id = Uuid::new_v4();
        let made = desk.ask_as(ANN, Request::CreateCategory { name: "  Expérimental ".into() }, id).await.unwrap();
        let new = category(&made).clone();
        assert_eq!((new.name.as_str(), new.films), ("Expérimental", 0));
        let again = desk.ask_as(ANN, Request::CreateCategory { name: "Expérimental".into() }, id).await.unwrap();
        assert!(again.repeated && category(&again).id == new.id);
        for (name, rule) in [
            ("experimental", Rule::CategoryTaken),
            ("FICTION ", Rule::CategoryTaken),
            (" ", Rule::FieldNeeded),
            ("a\nb", Rule::BadText),
            (&"x".repeat(256), Rule::TooLong),
        ] {
            assert_eq!(refused(desk.ask(ANN, Request::CreateCategory { name: name.into() }).await), rule, "{name}");
        }
        let links = "SELECT GROUP_CONCAT(id_categorie ORDER BY id_categorie) FROM movies_categories WHERE id_movie = 2";
        let set = desk.ask(ANN, set_categories(2, &[new.id.0, new.id.0], Some(&[1]))).await.unwrap();
        assert_eq!(film(&set).categories.iter().map(|c| c.id).collect::<Vec<_>>(), [new.id]);
        let same = desk.ask(ANN, set_categories(2, &[new.id.0], Some(&[1]))).await.unwrap();
        assert!(same.operation.is_none());
        let found = conflicts(desk.ask(ANN, set_categories(2, &[], Some(&[1]))).await);
        assert_eq!(found, [("categories".to_owned(), "Fiction".to_owned(), "Expérimental".to_owned())]);
        assert_eq!(refused(desk.ask(ANN, undo(&made)).await), Rule::ChangedSince);
        desk.ask(ANN, undo(&set)).await.unwrap();
        assert_eq!(desk.value(links).await, "1");
        desk.ask(ANN, undo(&made)).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM categories").await, "1");
        let gone = desk.ask(ANN, set_categories(2, &[new.id.0], None)).await.unwrap_err();
        assert_eq!(gone, Failure::NotFound { what: "thing-category", id: new.id.0 });
        assert_eq!(refused(desk.ask(ANN, set_categories(99, &[], None)).await), Rule::FilmGone);
        let none = desk.ask(ANN, set_categories(2, &[], None)).await.unwrap();
        desk.run("INSERT INTO movies_categories (id_movie, id_categorie) VALUES (2, 1)").await;
        assert_eq!(refused(desk.ask(ANN, undo(&none)).await), Rule::ChangedSince);
    }
}

#[tokio::test]
async fn of_two_who_add_the_same_category_at_once_one_does() {
    let desk = Desk::open().await;
    let other = desk.beside().await;
    for round in 0..5 {
        let (ann, ben) = (caller(ANN), caller(BEN));
        let request = |name: String| Request::CreateCategory { name };
        let (one, two) = tokio::join!(
            desk.service.call(&ann, request(format!("Genre {round}")), None, &NoObserver),
            other.call(&ben, request(format!("genre {round}")), None, &NoObserver),
        );
        assert_eq!(refused(if one.is_ok() { two } else { one }), Rule::CategoryTaken);
    }
}

#[tokio::test]
async fn collaborators_of_a_film() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let people = async || desk.value("SELECT COUNT(*) FROM collaborators").await;
        let id = Uuid::new_v4();
        let fields = [("first_name", "Bo"), ("last_name", "Ñandú"), ("job", " Music "), ("email", "bo@studio.example")];
        let added = desk.ask_as(ANN, add(2, &fields), id).await.unwrap();
        let bo = person(&added).clone();
        assert_eq!((bo.name().as_str(), bo.job.as_str(), bo.films), ("Bo Ñandú", "Music", 1));
        assert!(desk.ask_as(ANN, add(2, &fields), id).await.unwrap().repeated);
        assert_eq!(people().await, "2");
        assert_eq!(refused(desk.ask(ANN, add_known(2, bo.id.0)).await), Rule::OnFilmAlready);
        let known = desk.ask(ANN, add_known(3, bo.id.0)).await.unwrap();
        assert_eq!(person(&known).films, 2);
        for (request, rule) in [
            (add(2, &[]), Rule::FieldNeeded),
            (add(2, &[("email", "bo")]), Rule::BadEmail),
            (add(2, &[("job", &"x".repeat(101))]), Rule::TooLong),
            (add(99, &fields), Rule::FilmGone),
        ] {
            assert_eq!(refused(desk.ask(ANN, request).await), rule);
        }
        let gone = |id| Failure::NotFound { what: "thing-collaborator", id };
        assert_eq!(desk.ask(ANN, add_known(2, 99)).await.unwrap_err(), gone(99));
        assert_eq!(desk.ask(ANN, remove(4, bo.id.0)).await.unwrap_err(), gone(bo.id.0));
        assert_eq!(desk.ask(ANN, edit_person(4, bo.id.0, &[("job", "x")], None)).await.unwrap_err(), gone(bo.id.0));
        let edited = desk.ask(ANN, edit_person(2, bo.id.0, &[("job", "Score")], Some(bo.values()))).await.unwrap();
        assert_eq!((person(&edited).job.as_str(), person(&edited).films), ("Score", 2));
        let found = conflicts(desk.ask(ANN, edit_person(2, bo.id.0, &[("job", "Sound")], Some(bo.values()))).await);
        assert_eq!(found, [("job".to_owned(), "Music".to_owned(), "Score".to_owned())]);
        assert_eq!(refused(desk.ask(ANN, undo(&added)).await), Rule::ChangedSince);
        desk.ask(ANN, undo(&edited)).await.unwrap();
        // On another film too: only the link goes.
        desk.ask(ANN, undo(&added)).await.unwrap();
        assert_eq!((people().await.as_str(), desk.film(2).await.collaborators.len()), ("2", 1));
        desk.ask(ANN, undo(&known)).await.unwrap();
        assert_eq!(people().await, "2");
        let alone = desk.ask(ANN, add(2, &fields)).await.unwrap();
        desk.ask(ANN, undo(&alone)).await.unwrap();
        assert_eq!(people().await, "2");
        let off = desk.ask(ANN, remove(2, 1)).await.unwrap();
        assert_eq!((person(&off).films, desk.film(2).await.collaborators.len()), (0, 0));
        desk.ask(ANN, undo(&off)).await.unwrap();
        assert_eq!(desk.film(2).await.collaborators[0].name(), "Ida Noor");
        let Reply::Collaborators(all) = desk.ask(ANN, Request::Collaborators {}).await.unwrap().reply else { panic!() };
        assert_eq!(all.iter().map(|person| (person.name(), person.films)).collect::<Vec<_>>().len(), 2);
    }
}

#[tokio::test]
async fn films_are_written_in_every_shape() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let database = support::database_on(kind).await;
            fixtures::load(&database, sql).await;
            let desk = Desk::on(database).await;
            let count = async || desk.films().await.rows.len();
            let before = count().await;
            let bare = *name == "core_only";
            let form = form(&desk).await;
            assert_eq!((form.has_categories, form.collaborator_fields.is_empty()), (!bare, bare), "{name}");
            let fields =
                [("title", "Nouveau 🎬"), ("duration", "60"), ("synopsis", "Deux\nlignes"), ("jury_comment", "!")];
            let made = desk.ask(ANN, create(&fields, UserId(5), &[])).await;
            let made = made.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            let id = film(&made).row.id.0;
            let edited = desk.ask(ANN, edit(id, &[("title", "Autre"), ("duration", "")], None)).await.unwrap();
            assert_eq!((&*film(&edited).row.title, film(&edited).row.duration), ("Autre", None), "{name}");
            if bare {
                assert_eq!(refused(desk.ask(ANN, set_categories(id, &[1], None)).await), Rule::NotHere);
                assert_eq!(refused(desk.ask(ANN, add(id, &[("job", "Sound")])).await), Rule::NotHere);
                assert_eq!(refused(desk.ask(ANN, Request::CreateCategory { name: "x".into() }).await), Rule::NotHere);
            } else {
                let set = desk.ask(ANN, set_categories(id, &[1], Some(&[]))).await.unwrap();
                assert_eq!(film(&set).categories[0].name, "Animation", "{name}");
                let added = desk.ask(ANN, add(id, &[("first_name", "Zoé"), ("job", "Son")])).await.unwrap();
                let off = desk.ask(ANN, remove(id, person(&added).id.0)).await.unwrap();
                for answer in [&off, &added, &set] {
                    desk.ask(ANN, undo(answer)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
                }
            }
            desk.ask(ANN, undo(&edited)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            let stamp = format!("UPDATE {} SET updatedAt = createdAt WHERE id_movie = {id}", table(&desk).await);
            desk.run(&stamp).await;
            desk.ask(ANN, undo(&made)).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            assert_eq!(count().await, before, "{name}");
        }
    }
}

/// The films' table by its own name.
async fn table(desk: &Desk) -> String {
    let tables = "SELECT MIN(t.table_name) FROM information_schema.tables t \
        WHERE t.table_schema = DATABASE() AND LOWER(t.table_name) = 'movies'";
    desk.value(tables).await
}

#[tokio::test]
async fn odd_films_can_be_edited_and_put_back() {
    for kind in support::servers() {
        let database = support::database_on(kind).await;
        fixtures::load(&database, fixtures::named("odd_values")).await;
        let desk = Desk::on(database).await;
        for id in [7, 8] {
            let row = format!(
                "SELECT CONCAT_WS('|', HEX(title), duration, release_year, ai_tool) FROM movies WHERE id_movie = {id}"
            );
            let before = desk.value(&row).await;
            let loaded = desk.film(id).await.values();
            let answer =
                desk.ask(ANN, edit(id, &[("title", "Plain"), ("ai_tool", "Sora")], Some(loaded))).await.unwrap();
            desk.ask(ANN, undo(&answer)).await.unwrap();
            assert_eq!(desk.value(&row).await, before);
        }
        let loaded = desk.film(8).await.values();
        desk.ask(ANN, edit(8, &[("workshop", "W")], Some(loaded))).await.unwrap();
    }
}

//! Films as a file: every column, safe cells, parts, giving up.

use std::sync::Mutex;

use marsai::api::failure::{Trouble, Unavailable};
use marsai::api::film_form::{Export, ExportFormat};
use marsai::api::{Answer, Failure, Progress, Reply, Request};
use marsai::domain::FilmId;
use marsai::domain::rule::Rule;
use marsai::service::Observer;
use serde_json::{Value, json};

use super::desk::{ANN, Desk, JURORS, Watcher, caller, refused};
use super::support::{self, fixtures};

fn export(films: Option<&[i32]>, columns: &[&str], format: ExportFormat) -> Request {
    let films = films.map(|films| films.iter().map(|id| FilmId(*id)).collect());
    Request::ExportFilms { films, columns: columns.iter().map(|c| (*c).to_owned()).collect(), format, parts: false }
}

fn file(answer: Answer) -> Export {
    match answer.reply {
        Reply::Export(export) => export,
        other => panic!("{other:?}"),
    }
}

async fn text(desk: &Desk, request: Request) -> String {
    file(desk.ask(ANN, request).await.unwrap()).contents.to_string()
}

#[tokio::test]
async fn cells_are_safe_and_whole() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("UPDATE movies SET title = '=1+1', synopsis = 'a \"b\",\\nc', ai_tool = '@x', workshop = '-y' WHERE id_movie = 1")
            .await;
        desk.run("UPDATE movies SET title = CONCAT('a', CHAR(27), '[31m') WHERE id_movie = 2").await;
        let columns = ["id_movie", "title", "synopsis", "ai_tool", "workshop", "duration"];
        let csv = text(&desk, export(Some(&[1, 2, 99, 1]), &columns, ExportFormat::Csv)).await;
        let expected = "id_movie,title,synopsis,ai_tool,workshop,duration\r\n\
            1,'=1+1,\"a \"\"b\"\",\nc\",'@x,'-y,60\r\n2,a\u{FFFD}[31m,,,,\r\n";
        assert_eq!(csv, expected);
        let wide = "影🎬".repeat(9_000);
        desk.run(&format!("UPDATE movies SET synopsis = '{wide}' WHERE id_movie = 3")).await;
        let json: Value =
            serde_json::from_str(&text(&desk, export(Some(&[2, 3]), &[], ExportFormat::Json)).await).unwrap();
        assert_eq!(json[1]["synopsis"], wide);
        assert_eq!(json[0]["title"], "a\u{1b}[31m");
        let two = &json[0];
        assert_eq!(
            (&two["categories"], &two["panel"]),
            (&json!(["Fiction"]), &json!(["Cleo Test", "Dan Test", "Eve Test"]))
        );
        assert_eq!(two["collaborators"], json!([{"name": "Ida Noor", "job": "Sound", "email": ""}]));
        assert_eq!((&two["yes"], &two["share_of_yes"], &two["duration"]), (&json!(1), &json!(1.0), &Value::Null));
        assert_eq!((&two["producer_email"], &two["selection_status"]), (&json!("gil@example.org"), &json!("assigned")));
        assert_eq!(two["createdAt"], "2026-01-02 10:00:00");
        let awards = text(&desk, export(Some(&[5]), &["awards", "voted", "share_of_yes"], ExportFormat::Csv)).await;
        assert_eq!(awards, "awards,voted,share_of_yes\r\nGrand Prix,0,\r\n");
        assert_eq!(refused(desk.ask(ANN, export(None, &["password"], ExportFormat::Csv)).await), Rule::UnknownField);
        let juror = desk.ask(JURORS[0], export(None, &[], ExportFormat::Csv)).await;
        assert!(matches!(juror, Err(Failure::Forbidden { .. })));
        assert_eq!(desk.ledger_rows().await, 0);
    }
}

/// Puts parts together.
#[derive(Default)]
struct Parts(Mutex<Vec<Export>>);

impl Observer for Parts {
    fn progress(&self, progress: Progress) {
        if let Progress::Partial(Reply::Export(part)) = progress {
            self.0.lock().unwrap().push(part);
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}

#[tokio::test]
async fn parts_are_the_whole_and_one_can_give_up() {
    let desk = Desk::open().await;
    let rows: Vec<String> =
        (1001..=2200).map(|id| format!("({id}, 'Film {id}', 'submitted', 7, '2026-01-01', '2026-01-01')")).collect();
    let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
    desk.run(&format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
    for format in [ExportFormat::Csv, ExportFormat::Json] {
        let whole = file(desk.ask(ANN, export(None, &["title", "panel"], format)).await.unwrap());
        assert_eq!(
            (whole.films, whole.contents.lines().count()),
            (1206, if format == ExportFormat::Csv { 1207 } else { 1208 })
        );
        let parts = Parts::default();
        let Request::ExportFilms { films, columns, .. } = export(None, &["title", "panel"], format) else { panic!() };
        let request = Request::ExportFilms { films, columns, format, parts: true };
        let last = file(desk.service.call(&caller(ANN), request, None, &parts).await.unwrap());
        let parts = parts.0.into_inner().unwrap();
        assert_eq!((last.films, &*last.contents, parts.len()), (1206, "", 4));
        assert_eq!(parts.iter().map(|part| &*part.contents).collect::<String>(), *whole.contents);
    }
    let gives_up = Watcher::with_patience(1);
    let outcome = desk.service.call(&caller(ANN), export(None, &[], ExportFormat::Csv), None, &gives_up).await;
    assert!(matches!(outcome, Err(Failure::Unavailable(Unavailable { why: Trouble::Cancelled, .. }))), "{outcome:?}");
}

#[tokio::test]
async fn every_shape_can_be_exported() {
    for kind in support::servers() {
        for (name, sql) in fixtures::ALL {
            let database = support::database_on(kind).await;
            fixtures::load(&database, sql).await;
            let desk = Desk::on(database).await;
            let films = desk.films().await.rows.len();
            let json: Value = serde_json::from_str(&text(&desk, export(None, &[], ExportFormat::Json)).await).unwrap();
            assert_eq!(json.as_array().map(Vec::len), Some(films), "{name}");
            text(&desk, export(None, &[], ExportFormat::Csv)).await;
        }
    }
}

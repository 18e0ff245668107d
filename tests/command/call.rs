//! `marsai call`: JSON in, JSON out.

use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};

use super::program::{Computer, PASSWORD};
use super::support::{self, Database};

const ANN: &str = "ann@example.org";
const BEN: &str = "ben@example.org";

/// A festival with an administrator and a juror, and two films.
async fn festival() -> (Database, Computer) {
    let database = support::database().await;
    let computer = Computer::joined(&database).with("MARSAI_PASSWORD", PASSWORD);
    computer.run(&["migrate"]).well();
    computer.add(ANN, "admin");
    computer.add(BEN, "jury");
    let films = "INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) VALUES \
        (1, 'Été 🎬', 'to_discuss', 1, '2026-01-01', '2026-01-01'), (2, 'Two', 'submitted', 1, '2026-01-01', '2026-01-01')";
    sqlx::raw_sql(films).execute(&mut database.connect().await).await.unwrap();
    (database, computer)
}

/// What a conversation says, line by line, and its exit code.
fn talk(computer: &Computer, email: &str, lines: &[Value]) -> (Vec<Value>, i32) {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let said = computer.run_with(&["call", "--email", email], input.as_bytes());
    (said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), said.code)
}

#[tokio::test]
async fn signing_in_is_needed() {
    let (database, computer) = festival().await;
    assert_eq!(talk(&computer, ANN, &[]), (vec![], 0));
    let wrong = Computer::joined(&database).with("MARSAI_PASSWORD", "wrong-password");
    for (computer, email) in [(&wrong, ANN), (&computer, "nobody@example.org"), (&Computer::joined(&database), ANN)] {
        let said = computer.run_with(&["call", "--email", email], b"{\"request\":\"me\"}\n");
        assert_eq!(said.out, "");
        said.badly(3);
    }
}

#[tokio::test]
async fn an_administrator_works_with_films_and_sponsors() {
    let (_database, computer) = festival().await;
    let (replies, code) = talk(
        &computer,
        ANN,
        &[
            json!({"request": "me"}),
            json!({"request": "films"}),
            json!({"request": "set_status", "film": 1, "to": "candidate"}),
            json!({"request": "film", "film": 1}),
            json!({"request": "create_sponsor", "fields": {"name": "Mistral", "logo": "m.png"}}),
            json!({"request": "set_setting", "name": "jury.size", "value": 5}),
            json!({"request": "sponsors"}),
        ],
    );
    assert_eq!(code, 0, "{replies:?}");
    assert_eq!(replies[0]["ok"]["email"], ANN);
    let titles: Vec<&Value> = replies[1]["ok"].as_array().unwrap().iter().map(|film| &film["title"]).collect();
    assert_eq!(titles, ["Two", "Été 🎬"]);
    assert_eq!((&replies[2]["ok"]["status"], replies[2].get("repeated")), (&"candidate".into(), None));
    assert!(replies[2]["operation"].is_string());
    assert_eq!(replies[3]["ok"]["status"], "candidate");
    assert_eq!(replies[5]["ok"]["value"], "5");
    assert_eq!(replies[6]["ok"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_refused_says_why_by_name() {
    let (_database, computer) = festival().await;
    let (replies, code) = talk(
        &computer,
        ANN,
        &[
            json!({"request": "set_status", "film": 1, "to": "to_discuss"}),
            json!({"request": "set_status", "film": 2, "to": "awarded", "force": true, "reason": "no"}),
            json!({"request": "set_status", "film": 77, "to": "refused"}),
            json!({"request": "set_setting", "name": "jury.size", "value": "many"}),
            json!({"request": "my_votes"}),
            json!({"request": "create_sponsor", "fields": {"name": "Mistral", "logo": "m.png"}}),
            json!({"request": "edit_sponsor", "sponsor": 1, "fields": {"name": "B", "logo": "m.png"},
               "loaded": {"name": "A", "logo": "m.png"}}),
        ],
    );
    assert_eq!(code, 1);
    let kinds: Vec<&Value> = replies.iter().map(|reply| &reply["error"]["kind"]).collect();
    assert_eq!(
        kinds,
        [
            &json!("rule"),
            &json!("rule"),
            &json!("rule"),
            &json!("rule"),
            &json!("forbidden"),
            &Value::Null,
            &json!("conflict")
        ]
    );
    let rules: Vec<&Value> = replies.iter().take(4).map(|reply| &reply["error"]["rule"]).collect();
    assert_eq!(rules, ["same_status", "no_award", "film_gone", "bad_setting"]);
    let changed = &replies[6]["error"]["fields"][0];
    assert_eq!(changed, &json!({"field": "name", "loaded": "A", "now": "Mistral"}));

    let (replies, code) = talk(
        &computer,
        BEN,
        &[json!({"request": "films"}), json!({"request": "users"}), json!({"request": "my_films"})],
    );
    assert_eq!((replies.len(), code), (3, 1));
    assert_eq!((&replies[0]["error"]["kind"], &replies[1]["error"]["needs"]), (&json!("forbidden"), &json!("ADMIN")));
    assert_eq!(replies[2]["ok"], json!([]));
}

#[tokio::test]
async fn a_request_id_is_done_once() {
    let (database, computer) = festival().await;
    let again = json!({"request": "set_status", "film": 1, "to": "candidate", "request_id": "9f1c2f0e-6d4b-4b7e-8f5a-2d7b1c3e4f50"});
    let sponsor = json!({"request": "create_sponsor", "fields": {"name": "M", "logo": "m"}, "request_id": "9f1c2f0e-6d4b-4b7e-8f5a-2d7b1c3e4f51"});
    let (first, _) = talk(&computer, ANN, &[again.clone(), sponsor.clone()]);
    let (second, code) = talk(&computer, ANN, &[again, sponsor]);
    assert_eq!(code, 0, "{second:?}");
    for (first, second) in first.iter().zip(&second) {
        assert_eq!((&first["ok"], first.get("repeated")), (&second["ok"], None));
        assert_eq!(second["repeated"], true);
    }
    let count: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sponsors").fetch_one(&mut database.connect().await).await.unwrap();
    assert_eq!(count, 1);
}

#[tokio::test]
async fn each_reply_comes_before_the_next_request() {
    let (_database, computer) = festival().await;
    let mut child = computer.start(&["call", "--email", ANN]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for line in ["{\"request\":\"me\"}", "nonsense", "{\"request\":\"sponsors\"}"] {
        writeln!(input, "{line}").unwrap();
        let mut reply = String::new();
        output.read_line(&mut reply).unwrap();
        assert!(reply.starts_with(if line == "nonsense" { "{\"error\"" } else { "{\"ok\"" }), "{reply}");
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[tokio::test]
async fn secrets_stay_out_of_the_log() {
    let (database, computer) = festival().await;
    let computer = computer.with("MARSAI_LOG_LEVEL", "trace");
    let secret = "very-secret-word";
    let add = json!({"request": "add_user", "email": "c@example.org", "first_name": "C", "last_name": "D", "role": "JURY", "password": secret});
    let (replies, _) = talk(&computer, ANN, &[add]);
    assert_eq!(replies[0]["ok"]["email"], "c@example.org");
    let directory = computer.home().join("state/marsai/log");
    for file in std::fs::read_dir(directory).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains(secret) && !text.contains(PASSWORD), "{text}");
    }
    let ledger: Vec<Option<String>> = sqlx::query_scalar("SELECT after_state FROM console_ledger")
        .fetch_all(&mut database.connect().await)
        .await
        .unwrap();
    assert!(!ledger.into_iter().flatten().any(|state| state.contains(secret) || state.contains("$argon2")));
}

#[tokio::test]
async fn an_administrator_writes_films() {
    let (_database, computer) = festival().await;
    let id = "7f1c2f0e-6d4b-4b7e-8f5a-2d7b1c3e4f50";
    let create = json!({"request": "create_film", "fields": {"title": "Neuf 🎬", "duration": 58}, "producer": 1, "request_id": id});
    let (replies, code) = talk(
        &computer,
        ANN,
        &[
            json!({"request": "film_form"}),
            create.clone(),
            create,
            json!({"request": "create_category", "name": "Animation"}),
            json!({"request": "add_category", "films": [1, 2, 99], "category": 1}),
            json!({"request": "preview_edit_films", "films": [1, 2, 99], "field": "duration", "value": 60}),
            json!({"request": "edit_film", "film": 1, "fields": {"title": "B"}, "loaded": {"title": "A"}}),
            json!({"request": "edit_film", "film": 1, "fields": {"release_year": 12}}),
            json!({"request": "add_collaborator", "film": 1, "fields": {"first_name": "Ida", "job": "Sound"}}),
            json!({"request": "export_films", "films": [1], "columns": ["title", "categories"], "format": "csv"}),
            json!({"request": "undo"}),
        ],
    );
    assert_eq!(code, 1);
    assert_eq!(replies[0]["ok"]["fields"][0]["column"], "title");
    assert_eq!((&replies[1]["ok"]["title"], &replies[1]["ok"]["status"]), (&json!("Neuf 🎬"), &json!("submitted")));
    assert_eq!((&replies[2]["repeated"], &replies[2]["ok"]["id"]), (&json!(true), &replies[1]["ok"]["id"]));
    assert_eq!(replies[3]["ok"], json!({"id": 1, "name": "Animation", "films": 0}));
    let given = json!({"done": [1, 2], "unchanged": [], "refused": [[99, "film_gone"]], "cancelled": false});
    assert_eq!(replies[4]["ok"], given);
    let preview = json!({"change": 2, "overwrite": 0, "unchanged": 0, "refused": [[99, "film_gone"]]});
    assert_eq!(replies[5]["ok"], preview);
    let fields = json!([{"field": "title", "loaded": "A", "now": "Été 🎬"}]);
    assert_eq!((&replies[6]["error"]["kind"], &replies[6]["error"]["fields"]), (&json!("conflict"), &fields));
    assert_eq!((&replies[7]["error"]["rule"], &replies[7]["error"]["min"]), (&json!("bad_number"), &json!(1888)));
    assert_eq!((&replies[8]["ok"]["first_name"], &replies[8]["ok"]["films"]), (&json!("Ida"), &json!(1)));
    assert_eq!(replies[9]["ok"]["contents"], "title,categories\r\nÉté 🎬,Animation\r\n");
    assert_eq!(replies[10]["ok"]["action"], "add_collaborator");
}

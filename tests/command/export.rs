//! `marsai export`: films to standard output and into a file.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use super::program::{Computer, PASSWORD};
use super::support::{self, Database};

const ANN: &str = "ann@example.org";
const BEN: &str = "ben@example.org";

async fn festival() -> (Database, Computer) {
    let database = support::database().await;
    let computer = Computer::joined(&database).with("MARSAI_PASSWORD", PASSWORD);
    computer.run(&["migrate"]).well();
    computer.add(ANN, "admin");
    computer.add(BEN, "jury");
    let films = "INSERT INTO movies (id_movie, title, nationality, duration, synopsis, selection_status, id_user, createdAt, updatedAt) VALUES \
        (1, 'Été, \"one\" 🎬', 'France', 60, 'two\nlines', 'candidate', 1, '2026-01-01', '2026-01-01'), \
        (2, '=SUM(A1)', 'Ghana', NULL, NULL, 'submitted', 1, '2026-01-01', '2026-01-01')";
    sqlx::raw_sql(films).execute(&mut database.connect().await).await.unwrap();
    (database, computer)
}

#[tokio::test]
async fn films_run_out_as_a_spreadsheet_reads_them() {
    let (_database, computer) = festival().await;
    let said = computer.run(&["export", "films", "--email", ANN, "--columns", "id_movie,title,duration,synopsis"]);
    assert_eq!(
        said.out,
        "id_movie,title,duration,synopsis\r\n1,\"Été, \"\"one\"\" 🎬\",60,\"two\nlines\"\r\n2,'=SUM(A1),,\r\n"
    );
    assert_eq!(said.code, 0);
}

#[tokio::test]
async fn a_filter_leaves_some_and_says_where_it_is_wrong() {
    let (_database, computer) = festival().await;
    let run = |line: &str| {
        computer.run(&["export", "films", "--email", ANN, "--columns", "title", "--format", "json", "--where", line])
    };
    let films: Value = serde_json::from_str(&run("status:candidate country:FR").out).unwrap();
    assert_eq!(films, serde_json::json!([{"title": "Été, \"one\" 🎬"}]));
    let films: Value = serde_json::from_str(&run("ete -status:submitted").out).unwrap();
    assert_eq!(films.as_array().map(Vec::len), Some(1));
    let none = run("nothing has this");
    assert_eq!((none.out.as_str(), none.code), ("[\n]\n", 0));
    let said = run("status:candidat stauts:x");
    assert!(said.err.contains("stauts"), "{}", said.err);
    said.badly(2);
}

#[tokio::test]
async fn a_file_is_written_whole_and_for_one_person() {
    let (_database, computer) = festival().await;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("films.json");
    std::fs::write(&path, "older").unwrap();
    let file = path.to_str().unwrap();
    let said = computer.run(&["export", "films", "--email", ANN, "--format", "json", "--output", file]);
    assert_eq!((said.out.as_str(), said.code), ("", 0));
    assert!(said.err.contains("2 films"), "{}", said.err);
    let films: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!((films[0]["producer_email"].as_str(), films[1]["duration"].as_i64()), (Some(ANN), None));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(&path, "older").unwrap();
    computer.run(&["export", "films", "--email", ANN, "--columns", "password", "--output", file]).badly(1);
    computer.run(&["export", "films", "--email", BEN, "--output", file]).badly(1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "older");
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
}

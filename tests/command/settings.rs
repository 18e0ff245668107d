//! Arguments, settings, databases that can't be used, migrations.

use super::program::Computer;
use super::support::{self, fixtures};

#[test]
fn what_needs_no_database() {
    let computer = Computer::new();
    assert_eq!(computer.run(&["--version"]).well(), format!("marsai {}\n", env!("CARGO_PKG_VERSION")));
    assert!(computer.run(&["--help"]).well().contains("migrate"));
    assert!(computer.run(&["keys"]).well().contains("| `advance` |"));
    assert!(computer.run(&["keys", "--language", "fr"]).well().contains("| `advance` |"));
    let list = computer.run(&["call", "--list"]).well();
    let status = list.lines().find(|line| line.contains("\"set_status\"")).unwrap();
    let entry: serde_json::Value = serde_json::from_str(status).unwrap();
    assert_eq!(
        (&entry["fields"]["film"], &entry["fields"]["force"]),
        (&"number".into(), &"true or false, optional".into())
    );
    assert!(!list.contains("sign_in"), "signing in is no request of a script");
}

#[test]
fn wrong_arguments_end_with_two() {
    let computer = Computer::new();
    for (arguments, part) in [
        (&["--nonsense"][..], "unexpected argument '--nonsense'"),
        (&["nonsense"], "unrecognized subcommand"),
        (&["demo", "--films", "0"], "0 is not in 1..=1000000"),
        (&["demo", "--as", "producer"], "invalid value 'producer'"),
        (&["call"], "--email"),
        (&["user", "add", "a@b.org"], "--first-name"),
        (&["--language", "de", "keys"], "--language: “language” takes \"auto\", \"en\" or \"fr\""),
        (&["serve", "--listen", "2222"], "--listen: “listen” takes an address and a port"),
        (&["--database", "mysql://a:s3cret@host", "user", "list"], "--database: the database URL is wrong"),
        (&["--config", "/nowhere/at/all.toml", "keys"], "/nowhere/at/all.toml: the settings cannot be read"),
        (&[], "needs a terminal"),
        (&["demo"], "needs a terminal"),
    ] {
        let error = computer.run(arguments).badly(2);
        assert!(error.contains(part) && !error.contains("s3cret"), "{arguments:?}: {error}");
    }
    let left: Vec<_> = std::fs::read_dir(computer.home()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.contains(&"data".into()), "nothing was to be started: {left:?}");
}

#[test]
fn a_wrong_setting_is_named_with_its_line() {
    let computer = Computer::new();
    let path =
        computer.configure("[database]\nurl = \"mysql://ann:s3cret@db.example.org/marsai\"\n\n[ui]\nlanguage = 7\n");
    let error = computer.run(&["user", "list"]).badly(2);
    assert_eq!(error, format!("marsai: {}:5:12: “language” takes \"auto\", \"en\" or \"fr\"\n", path.display()));
    computer.configure("[keys]\nadvance = \"v\"\n");
    assert!(computer.run(&["keys"]).badly(2).contains("config.toml:2:1: the key v means both"));
    computer.configure("[keys]\nadvance = \"F6\"\n");
    assert!(computer.run(&["keys"]).well().contains("| `F6` |"));
}

#[test]
fn a_database_that_cannot_be_reached_is_said_in_one_line() {
    for (url, part) in [
        ("mysql://ann:s3cret@127.0.0.1:1/marsai", "127.0.0.1:1 refused the connection"),
        ("mysql://ann:s3cret@localhost/marsai?socket=/nowhere/s.sock", "no socket /nowhere/s.sock"),
    ] {
        let computer = Computer::new().with("MARSAI_DATABASE_URL", url);
        for arguments in [&["user", "list"][..], &["migrate"]] {
            let error = computer.run(arguments).badly(1);
            assert!(error.contains(part) && !error.contains("s3cret") && error.lines().count() == 1, "{error}");
        }
    }
}

#[tokio::test]
async fn migrate_says_what_it_would_do_and_does_it_once() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    assert!(computer.run(&["user", "list"]).badly(1).contains("is empty: run “marsai migrate”"));
    let plan = computer.run(&["migrate", "--dry-run"]).well();
    assert!(plan.contains("nothing was changed") && plan.contains("CREATE TABLE"), "{plan}");
    assert_eq!(tables(&database).await, 0);
    let done = computer.run(&["migrate"]).well();
    assert!(done.ends_with("Done: the database is ready.\n"), "{done}");
    assert!(tables(&database).await > 14);
    assert!(computer.run(&["migrate"]).well().contains("there is nothing to do"));
    assert_eq!(computer.run(&["user", "list"]).well().lines().count(), 1);
}

async fn tables(database: &support::Database) -> i64 {
    let mut conn = database.connect().await;
    let count = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()";
    sqlx::query_scalar(count).fetch_one(&mut conn).await.unwrap()
}

#[tokio::test]
async fn databases_that_are_not_ready_are_left_alone() {
    let site = support::database().await;
    fixtures::load(&site, fixtures::DOCUMENT).await;
    let error = Computer::joined(&site).run(&["user", "list"]).badly(1);
    assert!(error.contains("is not ready for the console: run “marsai migrate”"), "{error}");

    let other = support::database().await;
    fixtures::load(&other, "CREATE TABLE books (id INT PRIMARY KEY)").await;
    for arguments in [&["user", "list"][..], &["migrate"]] {
        let error = Computer::joined(&other).run(arguments).badly(1);
        assert!(error.contains("not the festival platform's database"), "{error}");
    }
    assert_eq!(tables(&other).await, 1);

    let newer = support::database().await;
    let computer = Computer::joined(&newer);
    computer.run(&["migrate"]).well();
    fixtures::load(&newer, "UPDATE console_meta SET value = '99.0.0' WHERE name = 'min_version'").await;
    for arguments in [&["user", "list"][..], &["migrate"]] {
        let error = computer.run(arguments).badly(1);
        assert!(error.contains("needs marsai 99.0.0 or newer"), "{error}");
    }
}

#[tokio::test]
async fn votes_are_made_unique_only_when_asked() {
    let database = support::database().await;
    fixtures::load(&database, fixtures::named("odd_values")).await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    let error = computer.run(&["migrate", "--unique-votes"]).badly(1);
    assert!(error.contains("votes can't be unique yet") && error.contains("film 8 juror 2"), "{error}");
}

#[test]
fn without_a_database_the_private_one_is_used_and_said_so() {
    let computer = Computer::new();
    let said = computer.run(&["user", "list"]);
    assert!(said.err.contains("using the private one on this computer"), "{said:?}");
    said.well();
    computer.add("ann@example.org", "admin");
    assert!(computer.run(&["user", "list"]).well().contains("ann@example.org"));
    let logs = computer.home().join("state/marsai/log");
    assert_eq!(std::fs::read_dir(logs).unwrap().count(), 1);
}

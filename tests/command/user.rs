//! `marsai user`.

use super::program::{Computer, PASSWORD};
use super::support;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti ann@laptop";
const FINGERPRINT: &str = "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ";

/// Whether somebody can sign in.
fn signs_in(computer: Computer, email: &str, password: &str) -> bool {
    let said = computer.with("MARSAI_PASSWORD", password).run(&["call", "--email", email]);
    assert!([0, 3].contains(&said.code), "{said:?}");
    said.code == 0
}

#[tokio::test]
async fn an_account_from_its_first_day_to_its_last() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    computer.add("ann@example.org", "admin");
    computer.add("Ben@Example.org", "jury");
    let list = computer.run(&["user", "list"]).well();
    assert!(list.starts_with("EMAIL") && list.contains("Ann Lee") && list.lines().count() == 3, "{list}");

    let new = "another-password-7";
    computer.run_with(&["user", "passwd", "ben@example.org"], format!("{new}\r\n").as_bytes()).well();
    assert!(!signs_in(Computer::joined(&database), "ben@example.org", PASSWORD));
    assert!(signs_in(Computer::joined(&database), "BEN@example.org", new));

    computer.run(&["user", "disable", "ben@example.org"]).well();
    assert!(!signs_in(Computer::joined(&database), "ben@example.org", new));
    let list = computer.run(&["user", "list"]).well();
    assert!(list.lines().any(|line| line.contains("Ben@Example.org") && line.contains(" no ")), "{list}");
    computer.run(&["user", "enable", "ben@example.org"]).well();
    computer.run(&["user", "role", "ben@example.org", "producer"]).well();
    assert!(!signs_in(Computer::joined(&database), "ben@example.org", new));
    assert_eq!(computer.run(&["user", "list"]).well().lines().count(), 2);
    assert_eq!(computer.run(&["user", "list", "--all"]).well().lines().count(), 3);

    let mut conn = database.connect().await;
    let origins: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT origin FROM console_ledger").fetch_all(&mut conn).await.unwrap();
    assert!(origins.len() == 1 && origins[0].starts_with("command ") && origins[0].contains('@'), "{origins:?}");
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    computer.add("ann@example.org", "admin");
    let before = computer.run(&["user", "list", "--all"]).well();
    let add =
        |email: &'static str| vec!["user", "add", email, "--first-name", "A", "--last-name", "B", "--role", "jury"];
    for (arguments, input, code) in [
        (vec!["user", "disable", "ann@example.org"], "", 1),
        (vec!["user", "role", "ann@example.org", "jury"], "", 1),
        (vec!["user", "disable", "nobody@example.org"], "", 2),
        (vec!["user", "passwd", "ann@example.org"], "short\n", 1),
        (vec!["user", "passwd", "ann@example.org"], "", 2),
        (add("ANN@example.org"), "long-enough-1\n", 1),
        (add("no email"), "long-enough-1\n", 1),
        (add("ben@example.org"), "\n", 2),
    ] {
        let error = computer.run_with(&arguments, input.as_bytes()).badly(code);
        assert_eq!(error.lines().count(), 1, "{arguments:?}: {error}");
    }
    assert_eq!(computer.run(&["user", "list", "--all"]).well(), before);
    let french = computer.run(&["--language", "fr", "user", "disable", "ann@example.org"]).badly(1);
    assert!(french.contains("dernier compte"), "{french}");
    assert!(signs_in(Computer::joined(&database), "ann@example.org", PASSWORD));
}

#[tokio::test]
async fn a_juror_with_films_is_released_when_disabled() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    computer.add("ann@example.org", "admin");
    computer.add("ben@example.org", "jury");
    let films = "INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) \
        SELECT 1, 'Red', 'assigned', MIN(id_user), '2026-01-01', '2026-01-01' FROM users; \
        INSERT INTO movies_juries (id_movie, id_user) SELECT 1, MAX(id_user) FROM users";
    sqlx::raw_sql(films).execute(&mut database.connect().await).await.unwrap();
    let disable = ["user", "disable", "ben@example.org"];
    let error = computer.run(&disable).badly(1);
    assert!(error.contains("one film"), "{error}");
    computer.run(&[&disable[..], &["--votes", "keep", "--reason", "ill"]].concat()).well();
    let seats = "SELECT COUNT(*) FROM movies_juries";
    let seats: i64 = sqlx::query_scalar(seats).fetch_one(&mut database.connect().await).await.unwrap();
    assert_eq!(seats, 0);
}

#[tokio::test]
async fn keys_come_and_go() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    computer.add("ann@example.org", "admin");
    let file = computer.home().join("id.pub");
    std::fs::write(&file, format!("# mine\n{KEY}\n\n")).unwrap();
    let add = ["user", "key", "add", "ann@example.org", file.to_str().unwrap()];
    assert!(computer.run(&add).well().contains(FINGERPRINT));
    computer.run(&add).well();
    assert!(computer.run(&["user", "key", "list", "ann@example.org"]).well().contains("ann@laptop"));
    let [algorithm, key, _] = KEY.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{KEY}") };
    let authorized = ["user", "key", "authorized", algorithm, key];
    assert_eq!(computer.run(&authorized).well(), format!("restrict,pty {algorithm} {key}\n"));
    let other = "AAAAC3NzaC1lZDI1NTE5AAAAIK6sU4pBL8XxE+oAWJHM0cCmMfD2dHPpDGsWVSTHZKsa";
    for stranger in [other, "AAAA", "x\nssh-ed25519"] {
        assert_eq!(computer.run(&["user", "key", "authorized", algorithm, stranger]).well(), "");
    }
    computer.run(&["user", "key", "remove", FINGERPRINT]).well();
    assert_eq!(computer.run(&authorized).well(), "");
    assert_eq!(computer.run(&["user", "key", "list"]).well().lines().count(), 1);
    computer.run(&["user", "key", "remove", FINGERPRINT]).badly(1);
    let stdin = ["user", "key", "add", "ann@example.org", "-"];
    computer.add("ben@example.org", "jury");
    computer.run_with(&["user", "key", "add", "ben@example.org", "-"], KEY.as_bytes()).well();
    computer.run(&["user", "disable", "ben@example.org"]).well();
    assert_eq!(computer.run(&authorized).well(), "");
    computer.run(&["user", "key", "remove", FINGERPRINT]).well();
    assert!(computer.run_with(&stdin, KEY.as_bytes()).well().contains(FINGERPRINT));
    for (input, code) in [("", 2), ("a\nb\n", 2), ("-----BEGIN OPENSSH PRIVATE KEY-----", 1)] {
        computer.run_with(&stdin, input.as_bytes()).badly(code);
    }
    computer.run(&["user", "key", "add", "ann@example.org", "/nowhere.pub"]).badly(1);
}

//! `marsai doctor` on databases of every kind.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::program::Computer;
use super::support::{self, Database, fixtures};

/// The findings of one mark, without it.
fn marked<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    text.lines().filter_map(|line| line.strip_prefix(mark)).map(str::trim).collect()
}

async fn migrated(sql: &'static str) -> (Database, Computer) {
    let database = support::database().await;
    fixtures::load(&database, sql).await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    (database, computer)
}

#[tokio::test]
async fn a_fresh_festival_lacks_only_its_administrator() {
    let (_database, computer) = migrated("SELECT 1").await;
    let said = computer.run(&["doctor"]);
    let wrong = marked(&said.out, "✗");
    assert_eq!((wrong.len(), said.code), (1, 1), "{}", said.out);
    assert!(wrong[0].contains("no administrator"), "{wrong:?}");
    computer.add("ann@example.org", "admin");
    let said = computer.run(&["doctor"]).well();
    assert!(said.ends_with("\nAll is well.\n"), "{said}");
}

#[tokio::test]
async fn a_database_in_use_is_described() {
    let (_database, computer) = migrated(fixtures::named("odd_values")).await;
    let said = computer.run(&["doctor"]);
    let odd = marked(&said.out, "!").join("\n");
    for part in ["several votes on one film (juror 2 on film 8)", "zero dates in ", "users.createdAt"] {
        assert!(odd.contains(part), "{part}: {}", said.out);
    }
    assert_eq!(marked(&said.out, "✗"), Vec::<&str>::new(), "{}", said.out);
    said.well();

    let (_database, computer) = migrated(fixtures::named("float_history")).await;
    let said = computer.run(&["doctor"]).well();
    let odd = marked(&said, "!").join("\n");
    assert!(odd.contains("notes as numbers"), "{said}");
    assert!(odd.contains("keeps the web site from storing a second vote"), "{said}");

    for (name, sql) in fixtures::ALL {
        let (_database, computer) = migrated(sql).await;
        let said = computer.run(&["doctor"]);
        assert!(said.code <= 1 && !said.out.contains("could not be asked"), "{name}: {said:?}");
    }
}

#[tokio::test]
async fn orphans_are_swept_when_asked() {
    let (database, computer) = migrated("SELECT 1").await;
    computer.add("ann@example.org", "admin");
    let orphans = "INSERT INTO console_accounts (id_user, fingerprint, disabled_at) VALUES \
        (77, NULL, '2026-01-01'), (1, '2001-01-01', '2026-01-01'); \
        INSERT INTO console_rounds (id_movie, guard) VALUES (88, 1), (89, 1); \
        INSERT INTO console_seats (id_movie, id_user, changed_at) VALUES (88, 1, '2026-01-01'), (89, 1, '2026-01-01'); \
        INSERT INTO console_drafts (id_user, id_movie, comments, caret, revision, updated_at) \
        VALUES (77, 89, 'x', 0, 1, '2026-01-01'), (1, 88, 'x', 0, 1, '2026-01-01'), (1, 89, 'x', 0, 1, '2026-01-01'); \
        INSERT INTO console_extensions (id_user, round, until_at, changed_at) VALUES (77, 1, '2026-01-01', '2026-01-01'); \
        INSERT INTO console_trash (request_id, sequence, id_movie, title, deleted_at, deleted_by_name, origin, hung) \
        VALUES (REPEAT('r', 16), 0, 89, 'In the trash', '2026-01-01', 'Ann', 'test', '{}')";
    sqlx::raw_sql(orphans).execute(&mut database.connect().await).await.unwrap();
    let said = computer.run(&["doctor"]).well();
    assert!(
        marked(&said, "!").join("\n").contains(
            "console_accounts (2), console_extensions (1), console_rounds (1), console_seats (1), console_drafts (2)"
        ),
        "{said}"
    );
    assert!(computer.run(&["doctor", "--mend"]).well().contains("7 rows"));
    assert!(computer.run(&["doctor"]).well().ends_with("All is well.\n"));
}

#[tokio::test]
async fn missing_privileges_are_named() {
    let (database, computer) = migrated("SELECT 1").await;
    computer.add("ann@example.org", "admin");
    let user = format!("u{}", &database.name()[5..20]);
    let sql = format!(
        "CREATE USER {user}@localhost IDENTIFIED BY 'weak-secret'; GRANT SELECT, INSERT, UPDATE ON {}.* TO {user}@localhost",
        database.name()
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut database.connect().await).await.unwrap();
    let mut url = url::Url::parse(database.url()).unwrap();
    url.set_username(&user).unwrap();
    url.set_password(Some("weak-secret")).unwrap();
    let said = Computer::new().with("MARSAI_DATABASE_URL", url.as_str()).run(&["doctor"]);
    let wrong = marked(&said.out, "✗").join("\n");
    assert!(wrong.contains("DELETE on users") && !wrong.contains("UPDATE on"), "{}", said.out);
    assert!(!said.out.contains("weak-secret"));
    said.badly(1);
    let drop_user = format!("DROP USER {user}@localhost");
    sqlx::raw_sql(sqlx::AssertSqlSafe(drop_user)).execute(&mut database.connect().await).await.unwrap();
}

#[tokio::test]
async fn what_is_not_ready_says_what_to_do() {
    let database = support::database().await;
    let said = Computer::joined(&database).run(&["doctor"]);
    assert!(said.out.contains("the database is empty") && said.out.contains("marsai migrate"), "{said:?}");
    said.badly(1);
    fixtures::load(&database, fixtures::DOCUMENT).await;
    assert!(Computer::joined(&database).run(&["doctor"]).out.contains("run “marsai migrate”"));
    let unreachable = Computer::new().with("MARSAI_DATABASE_URL", "mysql://a:s3cret@127.0.0.1:1/marsai");
    let said = unreachable.run(&["doctor"]);
    assert!(said.out.contains("✗ database") && !said.out.contains("s3cret"), "{said:?}");
    said.badly(1);
}

#[tokio::test]
async fn this_computer_is_looked_at_too() {
    let (database, computer) = migrated("SELECT 1").await;
    computer.add("ann@example.org", "admin");
    let path = computer.configure("[ui]\nascii = true\n");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let said = computer.with("MARSAI_UI_ASCI", "1").run(&["doctor"]).well();
    assert!(said.contains("chmod 600") && said.contains("nothing reads the variable MARSAI_UI_ASCI"), "{said}");
    assert!(said.is_ascii() || !said.contains('✓'), "{said}");
    drop(database);
}

#[tokio::test]
async fn a_server_is_looked_at_where_one_has_run() {
    let (database, computer) = migrated("SELECT 1").await;
    computer.add("ann@example.org", "admin");
    let with = |listen: &str| {
        let settings = format!("[database]\nurl = \"{}\"\n[ssh]\nlisten = \"{listen}\"\n", database.url());
        let file = computer.configure(&settings);
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
    };
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    with(&address);
    assert!(computer.run(&["doctor"]).well().ends_with("All is well.\n"), "nobody serves here");
    let folder = computer.home().join("data/marsai");
    std::fs::create_dir_all(&folder).unwrap();
    let key = folder.join("ssh_host_ed25519_key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    let other = std::thread::spawn(move || {
        let (mut client, _) = taken.accept().unwrap();
        client.write_all(b"SSH-2.0-Other\x1b\r\n").unwrap();
    });
    let said = computer.run(&["doctor"]);
    other.join().unwrap();
    assert!(said.out.contains("another program has") && said.out.contains("SSH-2.0-Other"), "{}", said.out);
    assert!(said.out.contains("SHA256:") && said.out.contains("only this computer reaches"), "{}", said.out);
    assert!(!said.out.contains('\x1b'));
    said.badly(1);
    with("127.0.0.1:0");
    assert!(computer.run(&["doctor"]).well().contains("is free"));
    with("192.0.2.1:2222");
    let said = computer.run(&["doctor"]);
    assert!(said.out.contains("no address 192.0.2.1"), "{}", said.out);
    said.badly(1);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = computer.run(&["doctor"]);
    assert!(said.out.contains("others may read the host key"), "{}", said.out);
    let elsewhere = computer.home().join("config/marsai/config.toml");
    let said = computer.run(&["--config", elsewhere.to_str().unwrap(), "doctor"]);
    assert!(said.out.contains(&format!("{} is sound", elsewhere.display())), "{}", said.out);
}

//! The second way in: OpenSSH's own server, the console as its forced command.

use sqlx::AssertSqlSafe;

use super::client::Key;
use super::festival::{EMAIL, FILM, Festival, NAME, PASSWORD, TITLE, advance};
use super::openssh::{Mistake, Sshd};
use super::terminal::Client;

/// What somebody sees who is not known.
const STRANGER: &str = "Sign in to";

/// Waits until nobody but this test is connected to the festival's database.
async fn nobody_is_left(festival: &Festival) {
    let mut conn = festival.database.connect().await;
    let sql = format!(
        "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{}' AND id <> CONNECTION_ID()",
        festival.database.name()
    );
    loop {
        let left: i64 = sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_one(&mut conn).await.unwrap();
        if left == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

async fn number(festival: &Festival, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut festival.database.connect().await).await.unwrap()
}

/// What consoles behind sshd have written down.
fn logged(festival: &Festival) -> String {
    let files = std::fs::read_dir(festival.home.path().join("log")).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_key_opens_its_own_account_and_the_ledger_says_where_from() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::None) else { return };
    let key = Key::of(&festival, EMAIL);
    let mut client = sshd.client(&key);
    client.reads(NAME).await;
    client.reads(TITLE).await;
    client.resize(40, 120).await;
    advance(&mut client).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    client.is_restored().await;
    let origin = "SELECT origin FROM console_ledger WHERE topic = 'films' AND subject = ? ORDER BY id DESC LIMIT 1";
    let mut conn = festival.database.connect().await;
    let origin: String = sqlx::query_scalar(origin).bind(FILM).fetch_one(&mut conn).await.unwrap();
    assert_eq!(origin, "ssh 127.0.0.1");
    sshd.is_empty().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_no_account_has_leads_to_the_sign_in_screen_and_is_remembered_nowhere() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::None) else { return };
    let key = Key::make(festival.home.path(), "stranger");
    let mut client = sshd.client(&key);
    assert_eq!(client.ended().await, 255, "sshd refuses it");
    sshd.let_in(&key);
    for _ in 0..2 {
        let mut client = sshd.client(&key);
        client.reads(STRANGER).await;
        client.press(&format!("{EMAIL}\t{PASSWORD}\r"));
        client.reads(NAME).await;
        client.press("q");
        assert_eq!(client.ended().await, 0);
    }
    assert_eq!(number(&festival, "SELECT COUNT(*) FROM console_sessions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_stays_outside() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::None) else { return };
    let key = Key::of(&festival, EMAIL);
    let disable = "INSERT INTO console_accounts (id_user, fingerprint, disabled_at) \
                   SELECT id_user, createdAt, UTC_TIMESTAMP(3) FROM users WHERE id_user = 1";
    sqlx::raw_sql(disable).execute(&mut festival.database.connect().await).await.unwrap();
    let mut client = sshd.client(&key);
    assert_eq!(client.ended().await, 255);
    sshd.let_in(&key);
    let mut client = sshd.client(&key);
    client.reads(STRANGER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_exposed_a_visitor_still_is_not_the_operator() {
    let festival = Festival::open().await;
    sqlx::raw_sql("UPDATE users SET role = 'PRODUCER'").execute(&mut festival.database.connect().await).await.unwrap();
    let Some(sshd) = Sshd::start(&festival, Mistake::NothingExposed) else { return };
    let key = Key::make(festival.home.path(), "stranger");
    sshd.let_in(&key);
    // The operator would be asked to make the first administrator here.
    let mut client = sshd.client(&key);
    client.reads(STRANGER).await;
    client.press("q");
    let mut client = Client::start(sshd.ssh(&key, &["-t"]));
    client.reads(STRANGER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_something_that_hides_sshd_nobody_is_known_as_the_one_before() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::NoTrace) else { return };
    let key = Key::of(&festival, EMAIL);
    for _ in 0..2 {
        let mut client = sshd.client(&key);
        client.reads(STRANGER).await;
        client.press(&format!("{EMAIL}\t{PASSWORD}\r"));
        client.reads(NAME).await;
        client.press("q");
        assert_eq!(client.ended().await, 0);
    }
    assert_eq!(number(&festival, "SELECT COUNT(*) FROM console_sessions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_sends_decides_nothing() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::EveryVariable) else { return };
    let key = Key::of(&festival, EMAIL);
    let public = key.public();
    // A file that the system makes of the client's own variables, and settings that would be the client's own.
    let forged = format!(
        "SetEnv=SSH_USER_AUTH=/proc/self/environ \"FORGED=\npublickey {public}\" MARSAI_UI_LANGUAGE=fr \
         MARSAI_DATABASE_URL=mysql://127.0.0.1:1/x MARSAI_CONFIG=/nowhere HOME=/nowhere XDG_CONFIG_HOME=/nowhere"
    );
    let mut client = Client::start(sshd.ssh(&key, &["-o", &forged]));
    client.reads(STRANGER).await;
    client.press("\x03");
    assert_eq!(client.ended().await, 0);
    sshd.is_empty().await;
    let log = logged(&festival);
    assert!(log.contains("what sshd says of a visitor cannot be used"), "{log}");
    let mut client = Client::start(sshd.ssh(&key, &["-o", "SetEnv=LANG=fr_FR.UTF-8"]));
    client.reads("Mot de passe").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_but_the_console() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::None) else { return };
    let key = Key::of(&festival, EMAIL);
    let door = sshd.door();
    let (identity, batch) = (format!("IdentityFile={}", key.path()), "BatchMode=yes");
    let with = |more: &[&'static str]| {
        let mut all = vec!["-o".to_owned(), identity.clone(), "-o".to_owned(), batch.to_owned()];
        all.extend(more.iter().map(|&word| word.to_owned()));
        all
    };
    let run = |program: &str, arguments: Vec<String>| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        door.without_terminal(program, &arguments).output().unwrap()
    };
    for command in ["id", "sh -i", "marsai --database mysql://x/y user list", "/usr/lib/openssh/sftp-server"] {
        let said = run("ssh", with(&["127.0.0.1", command]));
        assert_eq!((said.status.code(), said.stdout.len()), (Some(2), 0), "{command}");
        let error = String::from_utf8_lossy(&said.stderr);
        assert!(error.contains("only screens here") && error.trim().lines().count() == 1, "{command}: {error}");
    }
    let here = festival.home.path().join("copied");
    for (program, words) in [("sftp", vec!["127.0.0.1"]), ("scp", vec!["127.0.0.1:/etc/hostname", "copied"])] {
        let mut arguments = with(&[]);
        arguments.extend(words.into_iter().map(str::to_owned));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = door.without_terminal(program, &arguments).current_dir(festival.home.path()).output().unwrap();
        assert!(!said.status.success() && !here.exists(), "{program}");
    }
    for forwarding in [
        &["-W", "127.0.0.1:1", "127.0.0.1"][..],
        &["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", "127.0.0.1"],
        &["-N", "-o", "ExitOnForwardFailure=yes", "-R", "/tmp/marsai-never:127.0.0.1:1", "127.0.0.1"],
    ] {
        let said = run("ssh", with(forwarding));
        assert_eq!(said.status.code(), Some(255), "{forwarding:?}: {}", String::from_utf8_lossy(&said.stderr));
    }
    // A command with a terminal is the console all the same.
    let mut client = Client::start(door.ssh_with(&["-tt", "-i", key.path()], &["id"]));
    client.reads(NAME).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_ends_the_console() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::None) else { return };
    let key = Key::of(&festival, EMAIL);
    let mut client = sshd.client(&key);
    client.reads(TITLE).await;
    client.child.kill().unwrap();
    sshd.is_empty().await;
    nobody_is_left(&festival).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_a_festival_says_so() {
    let festival = Festival::open().await;
    let Some(sshd) = Sshd::start(&festival, Mistake::None) else { return };
    let key = Key::of(&festival, EMAIL);
    std::fs::write(festival.home.path().join("console.toml"), "[database]\nurl = \"\"\n").unwrap();
    sshd.let_in(&key);
    let mut client = sshd.client(&key);
    client.reads("knows no festival").await;
    assert_eq!(client.ended().await, 2);
    client.reads("console.toml").await;
}

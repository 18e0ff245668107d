//! One's own password and SSH keys.

use marsai::api::account::KeyRow;
use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::UserId;
use marsai::domain::rule::{Param, Rule};
use marsai::service::NoObserver;
use secrecy::SecretString;
use uuid::Uuid;

use super::desk::{ANN, DISABLED, Desk, JURORS, PASSWORD, PRODUCER, nobody, refused};
use super::support;

const CLEO: UserId = JURORS[0];
const DAN: UserId = JURORS[1];

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti cleo@laptop";
const PRINT: &str = "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ";

fn change(current: &str, password: &str) -> Request {
    Request::ChangePassword { current: SecretString::from(current), password: SecretString::from(password) }
}

fn sign_in(email: &str, password: &str) -> Request {
    Request::SignIn { email: email.into(), password: SecretString::from(password), remember: true }
}

async fn anybody(desk: &Desk, request: Request) -> Result<Answer, Failure> {
    desk.service.call(&nobody(), request, None, &NoObserver).await
}

async fn token(desk: &Desk, email: &str) -> SecretString {
    match anybody(desk, sign_in(email, PASSWORD)).await.unwrap().reply {
        Reply::SignedIn(signed_in) => signed_in.token.unwrap(),
        other => panic!("{other:?}"),
    }
}

async fn keys(desk: &Desk, who: UserId) -> Vec<KeyRow> {
    match desk.ask(who, Request::MyKeys {}).await.unwrap().reply {
        Reply::Keys(keys) => keys,
        other => panic!("{other:?}"),
    }
}

fn add(key: &str) -> Request {
    Request::AddMyKey { key: key.into() }
}

fn remove(fingerprint: &str) -> Request {
    Request::RemoveMyKey { fingerprint: fingerprint.into() }
}

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let (own, others) = (token(&desk, "cleo@example.org").await, token(&desk, "dan@example.org").await);
        assert_eq!(refused(desk.ask(CLEO, change("wrong password", "long enough")).await), Rule::PasswordWrong);
        assert_eq!(refused(desk.ask(CLEO, change(PASSWORD, "short")).await), Rule::PasswordTooShort);
        assert_eq!(desk.ledger_rows().await, 0);
        let id = Uuid::new_v4();
        let done = desk.ask_as(CLEO, change(PASSWORD, "long enough"), id).await.unwrap();
        assert!(matches!(done.reply, Reply::Done) && done.operation.is_none() && !done.repeated);
        // The answer was lost: the old password is none any more, and it is done all the same.
        assert!(desk.ask_as(CLEO, change(PASSWORD, "long enough"), id).await.unwrap().repeated);
        assert_eq!(refused(desk.ask(CLEO, change(PASSWORD, "longer still")).await), Rule::PasswordWrong);
        // Her other computers ask again, his do not, and she who asked goes on.
        assert_eq!(refused(anybody(&desk, Request::Resume { token: own }).await), Rule::WrongPassword);
        assert!(anybody(&desk, Request::Resume { token: others }).await.is_ok());
        assert!(desk.ask(CLEO, Request::Me {}).await.is_ok());
        assert_eq!(refused(anybody(&desk, sign_in("cleo@example.org", PASSWORD)).await), Rule::WrongPassword);
        assert!(anybody(&desk, sign_in("cleo@example.org", "long enough")).await.is_ok());
        let told =
            "SELECT CONCAT_WS('|', actor, action, topic, subject, before_state, after_state) FROM console_ledger";
        assert_eq!(desk.value(told).await, "3|change_password|users|3");
        assert_eq!(desk.value("SELECT LEFT(password, 4) FROM users WHERE id_user = 3").await, "$arg");
        assert_eq!(desk.value("SELECT COUNT(DISTINCT password) FROM users").await, "2");
    }
}

#[tokio::test]
async fn whoever_guesses_at_an_open_console_waits_as_at_a_sign_in() {
    let desk = Desk::open().await;
    for _ in 0..5 {
        assert_eq!(refused(desk.ask(CLEO, change("wrong password", "long enough")).await), Rule::PasswordWrong);
    }
    let later = "UPDATE console_sign_in_failures SET last_at = UTC_TIMESTAMP(3) + INTERVAL 10 MINUTE";
    desk.run(later).await;
    // The right one has to wait as well, else waiting would tell which one is right.
    assert_eq!(refused(desk.ask(CLEO, change(PASSWORD, "long enough")).await), Rule::TooManyAttempts);
    assert_eq!(refused(anybody(&desk, sign_in("cleo@example.org", PASSWORD)).await), Rule::TooManyAttempts);
    desk.run("UPDATE console_sign_in_failures SET last_at = UTC_TIMESTAMP(3) - INTERVAL 3 SECOND").await;
    desk.ask(CLEO, change(PASSWORD, "long enough")).await.unwrap();
    assert!(anybody(&desk, sign_in("cleo@example.org", "long enough")).await.is_ok());
}

#[tokio::test]
async fn new_passwords_follow_the_festivals_scheme() {
    let desk = Desk::open().await;
    let bcrypt = Request::SetSetting { name: "auth.scheme".into(), value: "bcrypt".into() };
    desk.ask(ANN, bcrypt).await.unwrap();
    assert_eq!(refused(desk.ask(CLEO, change(PASSWORD, &"é".repeat(37))).await), Rule::PasswordTooLong);
    desk.ask(CLEO, change(PASSWORD, "long enough")).await.unwrap();
    assert_eq!(desk.value("SELECT LEFT(password, 4) FROM users WHERE id_user = 3").await, "$2b$");
    assert_eq!(refused(desk.ask(DISABLED, change(PASSWORD, "long enough")).await), Rule::AccountDisabled);
    assert!(matches!(desk.ask(PRODUCER, change(PASSWORD, "long enough")).await, Err(Failure::Forbidden { .. })));
    desk.ask(ANN, change(PASSWORD, "long enough")).await.unwrap();
}

#[tokio::test]
async fn keys_are_ones_own() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        assert_eq!(refused(desk.ask(CLEO, add("ssh-ed25519 nonsense")).await), Rule::BadKey);
        let Reply::Key(key) = desk.ask(CLEO, add(&format!("  {KEY}\n"))).await.unwrap().reply else { panic!() };
        assert_eq!((key.fingerprint.as_str(), key.user, key.comment.as_str()), (PRINT, CLEO, "cleo@laptop"));
        assert_eq!((keys(&desk, CLEO).await, keys(&desk, DAN).await), (vec![key.clone()], vec![]));
        // The same again is no error and no second row.
        desk.ask(CLEO, add(KEY)).await.unwrap();
        assert_eq!(desk.ledger_rows().await, 1);
        let Err(Failure::Rule(taken)) = desk.ask(DAN, add(KEY)).await else { panic!() };
        assert_eq!(taken.rule, Rule::KeyTaken);
        // Whose it is, is nobody's business but staff's.
        assert_eq!(taken.params, [("email", Param::Message("account-of-somebody".into()))]);
        let gone = Failure::NotFound { what: "thing-key", id: 0 };
        assert_eq!(desk.ask(DAN, remove(PRINT)).await.unwrap_err(), gone);
        assert_eq!(keys(&desk, CLEO).await.len(), 1);
        assert!(matches!(desk.ask(DAN, Request::Keys { user: Some(CLEO) }).await, Err(Failure::Forbidden { .. })));
        assert_eq!(refused(desk.ask(DISABLED, add(KEY)).await), Rule::AccountDisabled);
        let Reply::Key(left) = desk.ask(CLEO, remove(PRINT)).await.unwrap().reply else { panic!() };
        assert_eq!((left, keys(&desk, CLEO).await), (key, vec![]));
        assert_eq!(desk.ask(CLEO, remove(PRINT)).await.unwrap_err(), gone);
        let actions = "SELECT GROUP_CONCAT(CONCAT(action, actor) ORDER BY id) FROM console_ledger";
        assert_eq!(desk.value(actions).await, "add_my_key3,remove_my_key3");
    }
}

#[tokio::test]
async fn nobody_gives_themselves_keys_without_end() {
    let desk = Desk::open().await;
    desk.run(
        "INSERT INTO console_ssh_keys (fingerprint, id_user, user_created, algorithm, public_key, comment, added_at) \
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20) \
         SELECT CONCAT('SHA256:', n), 3, '2025-12-01 08:00:00', 'ssh-ed25519', 'x', 'x', '2026-01-01' FROM n",
    )
    .await;
    assert_eq!(refused(desk.ask(CLEO, add(KEY)).await), Rule::TooManyKeys);
    desk.ask(CLEO, remove("SHA256:7")).await.unwrap();
    desk.ask(CLEO, add(KEY)).await.unwrap();
    desk.ask(CLEO, add(KEY)).await.unwrap();
    assert_eq!(keys(&desk, CLEO).await.len(), 20);
}

//! Signing in, accounts, keys, and who may ask for what.

use marsai::api::account::{AccountRow, SignedIn};
use marsai::api::{Answer, Failure, Reply, Request, Who};
use marsai::domain::UserId;
use marsai::domain::deadline::VoteRound;
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use marsai::domain::sponsor::SponsorFields;
use marsai::domain::user::Role;
use marsai::domain::visit::{Way, Why};
use marsai::domain::{EventId, FilmId, SponsorId};
use marsai::service::{Caller, NoObserver, Origin};
use secrecy::{ExposeSecret, SecretString};

use super::desk::{
    ANN, BEN, DISABLED, Desk, JURORS, PASSWORD, PRODUCER, caller, nobody, operator, refused, step, steps,
};
use super::support;

fn sign_in(email: &str, password: &str, remember: bool) -> Request {
    Request::SignIn { email: email.into(), password: SecretString::from(password), remember }
}

async fn as_caller(desk: &Desk, who: &Caller, request: Request) -> Result<Answer, Failure> {
    desk.service.call(who, request, None, &NoObserver).await
}

fn signed_in(outcome: Result<Answer, Failure>) -> SignedIn {
    match outcome.unwrap().reply {
        Reply::SignedIn(signed_in) => signed_in,
        other => panic!("{other:?}"),
    }
}

fn account(outcome: Result<Answer, Failure>) -> AccountRow {
    match outcome.unwrap().reply {
        Reply::Account(account) => account,
        other => panic!("{other:?}"),
    }
}

fn add(email: &str, role: Role, password: &str) -> Request {
    let password = SecretString::from(password);
    Request::AddUser { email: email.into(), first_name: "New".into(), last_name: "One".into(), role, password }
}

#[tokio::test]
async fn signing_in_by_password() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let try_in =
            async |email: &str, password: &str| as_caller(&desk, &nobody(), sign_in(email, password, false)).await;
        let ben = signed_in(try_in("  bEN@example.org ", PASSWORD).await);
        assert_eq!((ben.person.id, ben.person.name.as_str(), ben.person.role), (BEN, "Ben Test", Role::Admin));
        assert!(ben.token.is_none());
        for (email, password, rule) in [
            ("ann@example.org", "wrong password", Rule::WrongPassword),
            ("nobody@example.org", PASSWORD, Rule::WrongPassword),
            ("fay@example.org", "wrong password", Rule::WrongPassword),
            ("fay@example.org", PASSWORD, Rule::AccountDisabled),
            ("gil@example.org", "wrong password", Rule::WrongPassword),
            ("gil@example.org", PASSWORD, Rule::ProducersOutside),
            ("", "", Rule::WrongPassword),
        ] {
            assert_eq!(refused(try_in(email, password).await), rule, "{email} {password}");
        }
        assert_eq!(desk.ledger_rows().await, 0);
    }
}

/// As if the last wrong password came a little later or earlier than it did, so that no test has to be quick or to wait.
const LATER: &str = "UPDATE console_sign_in_failures SET last_at = UTC_TIMESTAMP(3) + INTERVAL 10 MINUTE";
const EARLIER: &str = "UPDATE console_sign_in_failures SET last_at = UTC_TIMESTAMP(3) - INTERVAL 3 SECOND";

#[tokio::test]
async fn wrong_passwords_make_one_wait_and_are_forgotten() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let try_in =
            async |email: &str, password: &str| as_caller(&desk, &nobody(), sign_in(email, password, false)).await;
        for email in ["ann@example.org", "unknown@example.org"] {
            for _ in 0..5 {
                assert_eq!(refused(try_in(email, "wrong password").await), Rule::WrongPassword);
            }
            desk.run(LATER).await;
            // The right one has to wait as well, else waiting would tell which one is right.
            assert_eq!(refused(try_in(email, PASSWORD).await), Rule::TooManyAttempts, "{email}");
            desk.run(EARLIER).await;
        }
        signed_in(try_in("ben@example.org", PASSWORD).await);
        assert_eq!(refused(try_in("ann@example.org", "wrong password").await), Rule::WrongPassword);
        desk.run(LATER).await;
        assert_eq!(refused(try_in("ann@example.org", PASSWORD).await), Rule::TooManyAttempts);
        desk.run("UPDATE console_sign_in_failures SET last_at = UTC_TIMESTAMP(3) - INTERVAL 16 MINUTE").await;
        signed_in(try_in("ann@example.org", PASSWORD).await);
        for _ in 0..4 {
            assert_eq!(refused(try_in("ann@example.org", "wrong password").await), Rule::WrongPassword);
        }
        signed_in(try_in("ann@example.org", PASSWORD).await);
        // From one address at last nobody gets in, from another everybody does.
        desk.run("UPDATE console_sign_in_failures SET failures = 60").await;
        desk.run(LATER).await;
        assert_eq!(refused(try_in("ben@example.org", PASSWORD).await), Rule::TooManyAttempts);
        signed_in(as_caller(&desk, &caller(BEN), sign_in("ben@example.org", PASSWORD, false)).await);
    }
}

fn from(address: &str) -> Caller {
    Caller::nobody(Origin::Ssh { address: address.parse().unwrap() })
}

#[tokio::test]
async fn nobody_elsewhere_keeps_a_juror_out_of_where_they_are_known() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let try_in = async |address: &str, password: &str| {
            as_caller(&desk, &from(address), sign_in("cleo@example.org", password, false)).await
        };
        for home in ["192.0.2.9", "2001:db8:1:2::7"] {
            let cleo = signed_in(try_in(home, PASSWORD).await);
            desk.service.visits().begin(&cleo, &from(home).origin, Way::Password).close(Why::Quit);
        }
        desk.service.write_visits().await.unwrap();
        for _ in 0..60 {
            desk.run("UPDATE console_sign_in_failures SET last_at = UTC_TIMESTAMP(3) - INTERVAL 61 SECOND").await;
            assert_eq!(refused(try_in("198.51.100.1", "wrong password").await), Rule::WrongPassword);
        }
        desk.run(LATER).await;
        let counted =
            "SELECT GROUP_CONCAT(HEX(subject), failures, last_at ORDER BY subject) FROM console_sign_in_failures";
        let before = desk.value(counted).await;
        // Whoever is new where they are has to wait, and so has whoever guesses on.
        for address in ["198.51.100.1", "203.0.113.5"] {
            assert_eq!(refused(try_in(address, PASSWORD).await), Rule::TooManyAttempts);
        }
        // At home, also under another address of the same network, nobody has.
        for home in ["192.0.2.9", "2001:db8:1:2::7", "2001:db8:1:2:ffff::1"] {
            signed_in(try_in(home, PASSWORD).await);
        }
        // That helps nobody who guesses.
        assert_eq!(desk.value(counted).await, before);
        assert_eq!(refused(try_in("198.51.100.1", PASSWORD).await), Rule::TooManyAttempts);
        // Guessing at home is slow as well, and helps nobody either.
        for _ in 0..5 {
            assert_eq!(refused(try_in("192.0.2.9", "wrong password").await), Rule::WrongPassword);
        }
        desk.run(LATER).await;
        assert_eq!(refused(try_in("192.0.2.9", PASSWORD).await), Rule::TooManyAttempts);
        assert_eq!(desk.value("SELECT MAX(failures) FROM console_sign_in_failures").await, "65");
        // The id is somebody else's now: the home was not theirs.
        desk.run("DELETE FROM console_sign_in_failures WHERE failures = 5").await;
        signed_in(try_in("192.0.2.9", PASSWORD).await);
        desk.run("UPDATE users SET createdAt = '2025-12-02 08:00:00' WHERE id_user = 3").await;
        assert_eq!(refused(try_in("192.0.2.9", PASSWORD).await), Rule::TooManyAttempts);
    }
}

#[tokio::test]
async fn a_whole_jury_signs_in_by_one_address() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let many = "INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) \
                    SELECT 100 + n, 'J', n, CONCAT('j', n, '@example.org'), password, 'JURY', createdAt, updatedAt FROM users, \
                    (SELECT a.id_user * 6 + b.id_user - 7 AS n FROM users a, users b WHERE a.id_user < 6 AND b.id_user < 7) x \
                    WHERE id_user = 1";
        desk.run(many).await;
        let hotel = from("192.0.2.50");
        let all = (0..30).map(|n| as_caller(&desk, &hotel, sign_in(&format!("j{n}@example.org"), PASSWORD, false)));
        for outcome in futures_util::future::join_all(all).await {
            signed_in(outcome);
        }
        assert_eq!(desk.value("SELECT COUNT(*) FROM console_sign_in_failures").await, "0");
        // Somebody there has typed many wrong ones. Once a minute is over the others come in one after the other: a success
        // is no new wait.
        assert_eq!(refused(as_caller(&desk, &hotel, sign_in("x@y.org", "wrong", false)).await), Rule::WrongPassword);
        let waited =
            "UPDATE console_sign_in_failures SET failures = 60, last_at = UTC_TIMESTAMP(3) - INTERVAL 61 SECOND";
        desk.run(waited).await;
        for email in ["j1@example.org", "j2@example.org"] {
            signed_in(as_caller(&desk, &hotel, sign_in(email, PASSWORD, false)).await);
        }
    }
}

#[tokio::test]
async fn many_tries_at_once_are_no_way_around_the_wait() {
    let desk = Desk::open().await;
    refused(as_caller(&desk, &nobody(), sign_in("cleo@example.org", "wrong", false)).await);
    // The next wrong one makes everybody wait for a minute.
    desk.run("UPDATE console_sign_in_failures SET failures = 9, last_at = UTC_TIMESTAMP(3) - INTERVAL 61 SECOND").await;
    let callers: Vec<Caller> = (1..=20).map(|n| from(&format!("192.0.2.{n}"))).collect();
    let all = callers.iter().map(|from| as_caller(&desk, from, sign_in("cleo@example.org", "wrong", false)));
    let outcomes = futures_util::future::join_all(all).await.into_iter().map(refused);
    assert_eq!(outcomes.filter(|rule| *rule == Rule::WrongPassword).count(), 1);
}

#[tokio::test]
async fn a_token_is_known_again_until_the_password_changes() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let token = async |email: &str| {
            signed_in(as_caller(&desk, &nobody(), sign_in(email, PASSWORD, true)).await).token.unwrap()
        };
        let resume =
            async |token: &SecretString| as_caller(&desk, &nobody(), Request::Resume { token: token.clone() }).await;
        let (ann, cleo, dan) =
            (token("ann@example.org").await, token("cleo@example.org").await, token("dan@example.org").await);
        assert_eq!(signed_in(resume(&ann).await).person.id, ANN);
        assert_eq!(desk.value("SELECT LENGTH(token_hash) FROM console_sessions LIMIT 1").await, "32");
        assert_eq!(refused(resume(&SecretString::from("made up")).await), Rule::WrongPassword);
        as_caller(&desk, &caller(ANN), Request::SignOut { token: Some(ann.clone()) }).await.unwrap();
        assert_eq!(refused(resume(&ann).await), Rule::WrongPassword);
        let password = SecretString::from("another password");
        desk.ask(ANN, Request::SetPassword { user: JURORS[0], password }).await.unwrap();
        assert_eq!(refused(resume(&cleo).await), Rule::WrongPassword);
        // The web site changes the password without knowing of tokens.
        assert_eq!(signed_in(resume(&dan).await).person.id, JURORS[1]);
        desk.run("UPDATE users SET password = '$2b$04$x' WHERE id_user = 4").await;
        assert_eq!(refused(resume(&dan).await), Rule::WrongPassword);
        let ben = token("ben@example.org").await;
        desk.run("UPDATE users SET createdAt = '2025-12-02 08:00:00' WHERE id_user = 2").await;
        assert_eq!(refused(resume(&ben).await), Rule::WrongPassword);
    }
}

#[tokio::test]
async fn both_kinds_of_hashes_open_and_new_ones_follow_the_setting() {
    let desk = Desk::open().await;
    let hash = async |id: i32| desk.value(&format!("SELECT LEFT(password, 4) FROM users WHERE id_user = {id}")).await;
    let new = account(desk.ask(ANN, add("one@example.org", Role::Jury, "long enough")).await);
    assert_eq!(hash(new.id.0).await, "$arg");
    signed_in(as_caller(&desk, &nobody(), sign_in("one@example.org", "long enough", false)).await);
    desk.ask(ANN, Request::SetSetting { name: "auth.scheme".into(), value: "bcrypt".into() }).await.unwrap();
    let long = "é".repeat(37);
    assert_eq!(refused(desk.ask(ANN, add("two@example.org", Role::Jury, &long)).await), Rule::PasswordTooLong);
    let new = account(desk.ask(ANN, add("two@example.org", Role::Jury, "long enough")).await);
    assert_eq!(hash(new.id.0).await, "$2b$");
    desk.ask(ANN, Request::SetSetting { name: "auth.scheme".into(), value: "auto".into() }).await.unwrap();
    desk.run("UPDATE console_meta SET value = 'adopted' WHERE name = 'origin'").await;
    desk.ask(ANN, Request::SetPassword { user: ANN, password: SecretString::from("long enough") }).await.unwrap();
    assert_eq!(hash(1).await, "$2b$");
    signed_in(as_caller(&desk, &nobody(), sign_in("ann@example.org", "long enough", false)).await);
}

#[tokio::test]
async fn the_first_administrator() {
    for kind in support::servers() {
        let desk = Desk::empty_on(kind).await;
        let first = |email: &str| Request::CreateFirstAdministrator {
            first_name: " Zoé ".into(),
            last_name: "Roi".into(),
            email: email.into(),
            password: SecretString::from("long enough"),
        };
        let Reply::Welcome(welcome) = as_caller(&desk, &nobody(), Request::Welcome {}).await.unwrap().reply else {
            panic!()
        };
        assert!(!welcome.has_administrator);
        assert!(matches!(as_caller(&desk, &nobody(), first("a@b.org")).await, Err(Failure::Forbidden { needs: None })));
        let other = desk.beside().await;
        let (boss, boss_too) = (operator(), operator());
        let (one, two) = tokio::join!(
            desk.service.call(&boss, first("zoe@example.org"), None, &NoObserver),
            other.call(&boss_too, first("eva@example.org"), None, &NoObserver),
        );
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        let won = signed_in(won);
        assert_eq!((won.person.name.as_str(), won.person.role), ("Zoé Roi", Role::Admin));
        assert_eq!(refused(lost), Rule::AdministratorExists);
        signed_in(as_caller(&desk, &nobody(), Request::Resume { token: won.token.unwrap() }).await);
        assert_eq!(desk.value("SELECT COUNT(*) FROM users").await, "1");
        assert_eq!(
            desk.value("SELECT CONCAT(COALESCE(actor, 'none'), actor_name) FROM console_ledger").await,
            "noneoperator"
        );
    }
}

#[tokio::test]
async fn accounts_are_added_and_changed() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        for (email, rule) in [("no email", Rule::BadEmail), (" ANN@example.org", Rule::EmailTaken)] {
            assert_eq!(refused(desk.ask(ANN, add(email, Role::Jury, "long enough")).await), rule, "{email}");
        }
        assert_eq!(refused(desk.ask(ANN, add("x@example.org", Role::Jury, "short")).await), Rule::PasswordTooShort);
        let new = account(desk.ask(ANN, add(" X@example.org ", Role::Jury, "long enough")).await);
        assert_eq!((new.email.as_str(), new.role, new.enabled), ("X@example.org", Role::Jury, true));
        let list = async |all| match desk.ask(ANN, Request::Users { all }).await.unwrap().reply {
            Reply::Accounts(rows) => rows,
            other => panic!("{other:?}"),
        };
        assert_eq!(list(false).await.iter().map(|row| row.id.0).collect::<Vec<_>>()[..6], [1, 2, 3, 4, 5, 6]);
        assert_eq!((list(true).await.len(), list(false).await.len()), (8, 7));
        let off = account(desk.ask(ANN, Request::DisableUser { user: new.id, kept: Some(true), reason: None }).await);
        assert!(!off.enabled && !list(false).await.last().unwrap().enabled);
        let rows = desk.ledger_rows().await;
        assert!(
            !account(desk.ask(ANN, Request::DisableUser { user: new.id, kept: Some(true), reason: None }).await)
                .enabled
        );
        assert_eq!(desk.ledger_rows().await, rows);
        assert!(account(desk.ask(ANN, Request::EnableUser { user: new.id }).await).enabled);
        assert_eq!(
            account(
                desk.ask(ANN, Request::SetRole { user: new.id, role: Role::Admin, kept: Some(true), reason: None })
                    .await
            )
            .role,
            Role::Admin
        );
        let gone = desk.ask(ANN, Request::EnableUser { user: UserId(99) }).await.unwrap_err();
        assert_eq!(gone, Failure::NotFound { what: "thing-user", id: 99 });
        let ledger = desk
            .value("SELECT GROUP_CONCAT(CONCAT_WS(' ', action, before_state, after_state)) FROM console_ledger")
            .await;
        assert!(!ledger.contains("long enough") && !ledger.contains('$') && ledger.contains("X@example.org"));
    }
}

#[tokio::test]
async fn there_is_always_an_administrator() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let other = desk.beside().await;
        let (ann, ben) = (caller(ANN), caller(BEN));
        // Each puts the other out at the same moment: one of them stays.
        let (one, two) = tokio::join!(
            desk.service.call(
                &ann,
                Request::DisableUser { user: BEN, kept: Some(true), reason: None },
                None,
                &NoObserver
            ),
            other.call(
                &ben,
                Request::SetRole { user: ANN, role: Role::Jury, kept: Some(true), reason: None },
                None,
                &NoObserver
            ),
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let left = if one.is_ok() { ANN } else { BEN };
        let boss = operator();
        for request in [
            Request::DisableUser { user: left, kept: Some(true), reason: None },
            Request::SetRole { user: left, role: Role::Producer, kept: Some(true), reason: None },
        ] {
            assert_eq!(refused(as_caller(&desk, &boss, request).await), Rule::LastAdministrator);
        }
    }
}

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti cleo@laptop";
const PRINT: &str = "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ";

#[tokio::test]
async fn keys_open_their_own_account_only() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let server = operator();
        let by_key = async |email: &str, fingerprint: &str| {
            let (email, fingerprint) = (email.into(), fingerprint.into());
            as_caller(&desk, &server, Request::SignInByKey { email, fingerprint, proved: true }).await
        };
        let add_key = async |user, key: &str| desk.ask(ANN, Request::AddKey { user, key: key.into() }).await;
        assert_eq!(refused(add_key(JURORS[0], "ssh-ed25519 nonsense").await), Rule::BadKey);
        let Reply::Key(key) = add_key(JURORS[0], KEY).await.unwrap().reply else { panic!() };
        assert_eq!(
            (key.fingerprint.as_str(), key.comment.as_str(), key.email.as_str()),
            (PRINT, "cleo@laptop", "cleo@example.org")
        );
        assert!(key.added.is_some());
        add_key(JURORS[0], KEY).await.unwrap();
        assert_eq!(refused(add_key(JURORS[1], KEY).await), Rule::KeyTaken);
        assert_eq!(signed_in(by_key("Cleo@Example.org", PRINT).await).person.id, JURORS[0]);
        assert_eq!(signed_in(by_key("", PRINT).await).person.id, JURORS[0]);
        assert_eq!(refused(by_key("", "SHA256:other").await), Rule::WrongPassword);
        let owner = async |print: &str| desk.ask(ANN, Request::KeyOwner { fingerprint: print.into() }).await;
        assert_eq!(account(owner(PRINT).await).id, JURORS[0]);
        assert_eq!(owner("SHA256:other").await.unwrap_err(), Failure::NotFound { what: "thing-key", id: 0 });
        assert_eq!(refused(by_key("dan@example.org", PRINT).await), Rule::WrongPassword);
        assert_eq!(refused(by_key("cleo@example.org", "SHA256:other").await), Rule::WrongPassword);
        let Reply::Keys(keys) = desk.ask(ANN, Request::Keys { user: Some(JURORS[0]) }).await.unwrap().reply else {
            panic!()
        };
        assert_eq!(keys, [key]);
        desk.ask(ANN, Request::DisableUser { user: JURORS[0], kept: Some(true), reason: None }).await.unwrap();
        assert_eq!(refused(by_key("cleo@example.org", PRINT).await), Rule::AccountDisabled);
        desk.ask(ANN, Request::RemoveKey { fingerprint: PRINT.into() }).await.unwrap();
        assert_eq!(refused(by_key("cleo@example.org", PRINT).await), Rule::WrongPassword);
        let again = desk.ask(ANN, Request::RemoveKey { fingerprint: PRINT.into() }).await.unwrap_err();
        assert_eq!(again, Failure::NotFound { what: "thing-key", id: 0 });
        // The id means somebody else now.
        add_key(JURORS[1], KEY).await.unwrap();
        desk.run("UPDATE users SET createdAt = '2025-12-02 08:00:00' WHERE id_user = 4").await;
        assert_eq!(refused(by_key("dan@example.org", PRINT).await), Rule::WrongPassword);
        let Reply::Key(key) = add_key(JURORS[2], KEY).await.unwrap().reply else { panic!() };
        assert_eq!(key.user, JURORS[2]);
    }
}

/// Those that films are written with, as a script would ask.
const ABOUT_FILMS: &[&str] = &[
    r#"{"request":"hangs_on","film":99}"#,
    r#"{"request":"delete_film","film":99}"#,
    r#"{"request":"delete_films","films":[99]}"#,
    r#"{"request":"trash"}"#,
    r#"{"request":"restore_film","film":99}"#,
    r#"{"request":"film_form"}"#,
    r#"{"request":"create_film","fields":{},"producer":99}"#,
    r#"{"request":"edit_film","film":99,"fields":{"title":"A"}}"#,
    r#"{"request":"edit_films","films":[99],"field":"title","value":"A"}"#,
    r#"{"request":"preview_edit_films","films":[99],"field":"title","value":"A"}"#,
    r#"{"request":"set_categories","film":99,"categories":[]}"#,
    r#"{"request":"create_category","name":" "}"#,
    r#"{"request":"add_category","films":[99],"category":99}"#,
    r#"{"request":"remove_category","films":[99],"category":99}"#,
    r#"{"request":"preview_category","films":[99],"category":99}"#,
    r#"{"request":"collaborators"}"#,
    r#"{"request":"add_collaborator","film":99,"collaborator":99}"#,
    r#"{"request":"edit_collaborator","film":99,"collaborator":99,"fields":{}}"#,
    r#"{"request":"remove_collaborator","film":99,"collaborator":99}"#,
    r#"{"request":"export_films","films":[99],"format":"csv"}"#,
    r#"{"request":"outside"}"#,
    r#"{"request":"settle_outside","mark":99}"#,
    r#"{"request":"jurors","film":1}"#,
    r#"{"request":"set_panel","film":99,"jurors":[]}"#,
    r#"{"request":"voting","film":99}"#,
    r#"{"request":"open_votes","film":99,"reason":"x"}"#,
    r#"{"request":"close_round","film":99}"#,
    r#"{"request":"reopen_round","film":99,"reason":"x"}"#,
    r#"{"request":"reset_vote","vote":99,"reason":"x"}"#,
    r#"{"request":"admit_vote","vote":99,"reason":"x"}"#,
    r#"{"request":"delete_vote","vote":99,"reason":"x"}"#,
    r#"{"request":"delete_votes","film":99,"reason":"x"}"#,
    r#"{"request":"preview_release","juror":99}"#,
    r#"{"request":"release_juror","juror":99}"#,
    r#"{"request":"settle_recusal","film":99,"juror":99,"agree":true}"#,
    r#"{"request":"awards"}"#,
    r#"{"request":"award","film":99,"award":"x"}"#,
    r#"{"request":"take_back_award","film":99,"award":"x"}"#,
    r#"{"request":"preferences"}"#,
    r#"{"request":"set_preference","name":"films.columns"}"#,
];

/// What jurors ask about votes.
const OF_JURORS: &[&str] = &[
    r#"{"request":"cast_vote","film":99,"note":""}"#,
    r#"{"request":"let_stand","film":99}"#,
    r#"{"request":"promote","film":99}"#,
    r#"{"request":"recuse","film":99,"why":"language"}"#,
    r#"{"request":"discussion","film":99}"#,
    r#"{"request":"drafts"}"#,
    r#"{"request":"keep_draft","film":99,"comments":""}"#,
    r#"{"request":"drop_draft","film":99}"#,
    r#"{"request":"my_film","film":99}"#,
    r#"{"request":"my_deadlines"}"#,
    r#"{"request":"my_history"}"#,
];

/// One of each request, harmless or refused by a rule once the permission is there.
fn every_request() -> Vec<Request> {
    let secret = || SecretString::from("");
    let text = String::new;
    let mut requests = vec![
        Request::Welcome {},
        sign_in("", "", false),
        Request::Resume { token: secret() },
        Request::SignInByKey { email: text(), fingerprint: text(), proved: true },
        Request::SignOut { token: None },
        Request::CreateFirstAdministrator { first_name: text(), last_name: text(), email: text(), password: secret() },
        Request::Me {},
        Request::Films { fresh: false },
        Request::Film { film: FilmId(1) },
        Request::MyFilms { fresh: false },
        step(99, FilmStatus::Refused),
        steps([99], FilmStatus::Refused, ""),
        Request::Undo { operation: None },
        Request::Votes { film: None },
        Request::MyVote { film: FilmId(2) },
        Request::MyVotes {},
        Request::Events {},
        Request::Reservations { event: EventId(1) },
        Request::Sponsors {},
        Request::CreateSponsor { fields: SponsorFields::default() },
        Request::EditSponsor { sponsor: SponsorId(1), fields: SponsorFields::default(), loaded: None },
        Request::DeleteSponsor { sponsor: SponsorId(99) },
        Request::Users { all: false },
        add("", Role::Jury, ""),
        Request::SetPassword { user: UserId(99), password: secret() },
        Request::SetRole { user: UserId(99), role: Role::Jury, kept: Some(true), reason: None },
        Request::DisableUser { user: UserId(99), kept: Some(true), reason: None },
        Request::EnableUser { user: UserId(99) },
        Request::Synopses { fresh: false },
        Request::Picture { film: FilmId(99), which: None, width: 9, height: 9 },
        Request::Keys { user: None },
        Request::AddKey { user: UserId(99), key: text() },
        Request::KeyOwner { fingerprint: text() },
        Request::RemoveKey { fingerprint: text() },
        Request::ChangePassword { current: secret(), password: secret() },
        Request::MyKeys {},
        Request::AddMyKey { key: text() },
        Request::RemoveMyKey { fingerprint: text() },
        Request::Sessions { ended: false },
        Request::EndSession { session: uuid::Uuid::nil() },
        Request::Deadlines {},
        Request::ExtendDeadline { juror: UserId(99), round: VoteRound::First, until: None },
        Request::Settings {},
        Request::SetSetting { name: "nonsense".into(), value: text() },
    ];
    requests.extend(ABOUT_FILMS.iter().chain(OF_JURORS).map(|line| serde_json::from_str::<Request>(line).unwrap()));
    requests
}

#[tokio::test]
async fn who_may_ask_for_what() {
    let desk = Desk::open().await;
    let requests = every_request();
    for entry in Request::ENTRIES {
        assert!(requests.iter().any(|request| request.entry().name == entry.name), "{} is not tried", entry.name);
    }
    let people = [
        ("an administrator", caller(ANN), Some(Role::Admin)),
        ("a juror", caller(JURORS[0]), Some(Role::Jury)),
        ("a producer", caller(PRODUCER), Some(Role::Producer)),
        ("a disabled juror", caller(DISABLED), None),
        ("somebody who is gone", caller(UserId(99)), None),
        ("nobody", nobody(), None),
        ("the operator", operator(), None),
    ];
    for (name, who, role) in people {
        for request in every_request() {
            let entry = request.entry();
            let outcome = as_caller(&desk, &who, request).await;
            // Of a juror's ballot the note and the comment are named before the account.
            let ballot = name == "a disabled juror" && entry.who == Who::Juror && entry.writes;
            let disabled = matches!(&outcome, Err(Failure::Rule(refusal))
                if ballot || refusal.rule == Rule::AccountDisabled);
            let kept_out = disabled || matches!(outcome, Err(Failure::Forbidden { .. }));
            let expected = entry.who == Who::Anyone || entry.who.allows(role, who.operator);
            assert_eq!(!kept_out, expected, "{name} asks for {}: {outcome:?}", entry.name);
        }
    }
    assert_eq!(desk.ledger_rows().await, 0);
}

#[tokio::test]
async fn who_loses_a_role_while_asking_is_refused() {
    let desk = Desk::open().await;
    let mut holding = desk.connect().await;
    // The film is held, so the request passes its first look and waits for the lock.
    sqlx::raw_sql("BEGIN; UPDATE movies SET title = title WHERE id_movie = 2").execute(&mut holding).await.unwrap();
    let service = desk.service.clone();
    let waiting =
        tokio::spawn(async move { service.call(&caller(ANN), step(2, FilmStatus::Refused), None, &NoObserver).await });
    let waits = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%FROM `movies`%FOR UPDATE%' AND info NOT LIKE '%processlist%'";
    while desk.value(waits).await == "0" {
        tokio::task::yield_now().await;
    }
    desk.run("UPDATE users SET role = 'JURY' WHERE id_user = 1").await;
    sqlx::raw_sql("COMMIT").execute(&mut holding).await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap_err(), Failure::Forbidden { needs: Some(Role::Admin) });
    assert_eq!(desk.status(2).await, "assigned");
}

#[test]
fn secrets_are_not_in_debug() {
    let (token, text) = (SecretString::from("the token"), "the token");
    assert_eq!(token.expose_secret(), text);
    assert!(
        !format!("{:?} {:?}", Request::Resume { token: token.clone() }, Request::SignOut { token: Some(token) })
            .contains(text)
    );
}

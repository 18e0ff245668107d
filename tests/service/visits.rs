//! Who is on: written down from the sign-in to the end, told to end from another process, refused with a trace.

use std::time::Duration;

use marsai::api::account::{Person, SignedIn};
use marsai::api::session::SessionRow;
use marsai::api::{Failure, Reply, Request};
use marsai::domain::UserId;
use marsai::domain::rule::Rule;
use marsai::domain::user::Role;
use marsai::domain::visit::{Way, Why};
use marsai::service::presence::{Told, Visit};
use marsai::service::{Caller, NoObserver, Origin, Service};
use secrecy::SecretString;

use super::desk::{ANN, BEN, DISABLED, Desk, JURORS, PASSWORD, PRODUCER, caller, nobody, operator, refused};
use super::support;

fn person(id: UserId, name: &str, role: Role) -> Person {
    Person { id, name: name.into(), email: format!("{name}@example.org"), role }
}

fn cleo() -> Person {
    person(JURORS[0], "Cleo Test", Role::Jury)
}

fn ssh(address: &str) -> Origin {
    Origin::Ssh { address: address.parse().unwrap() }
}

/// Somebody comes, as a console's driver would say it.
fn comes(service: &Service, who: &Person) -> Visit {
    service.visits().begin(&who.clone().into(), &ssh("192.0.2.9"), Way::Key)
}

async fn sessions(service: &Service, ended: bool) -> Vec<SessionRow> {
    match service.call(&caller(ANN), Request::Sessions { ended }, None, &NoObserver).await.unwrap().reply {
        Reply::Sessions(rows) => rows,
        other => panic!("{other:?}"),
    }
}

async fn end(service: &Service, who: &Caller, visit: &Visit) -> Result<SessionRow, Failure> {
    let answer = service.call(who, Request::EndSession { session: visit.id() }, None, &NoObserver).await?;
    match answer.reply {
        Reply::Session(row) => Ok(row),
        other => panic!("{other:?}"),
    }
}

/// What a session is told at once, if it is told anything.
async fn told(visit: &Visit) -> Option<Told> {
    tokio::time::timeout(Duration::ZERO, visit.told()).await.ok()
}

fn sign_in(email: &str, password: &str) -> Request {
    Request::SignIn { email: email.into(), password: SecretString::from(password), remember: false }
}

#[tokio::test]
async fn a_visit_is_written_down_from_the_sign_in_to_the_end() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let service = &desk.service;
        assert!(sessions(service, true).await.is_empty());
        let visits: Vec<Visit> =
            Way::ALL.into_iter().map(|way| service.visits().begin(&cleo().into(), &ssh("192.0.2.9"), way)).collect();
        service.write_visits().await.unwrap();
        // Nothing new: nothing is written.
        service.write_visits().await.unwrap();
        let rows = sessions(service, false).await;
        let mut ways: Vec<&str> = rows.iter().map(|row| row.method.as_str()).collect();
        let mut expected = Way::ALL.map(Way::name);
        ways.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ways, expected);
        let row = rows.iter().find(|row| row.session == visits[0].id()).unwrap();
        assert_eq!((row.user, row.name.as_str(), row.role), (Some(JURORS[0]), "Cleo Test", Some(Role::Jury)));
        assert_eq!((row.origin.as_str(), row.ended, row.why.as_deref()), ("ssh 192.0.2.9", None, None));
        assert!(!row.own && row.opened == row.active);
        let mine = Caller { visit: Some(visits[0].id()), ..caller(ANN) };
        let answer = service.call(&mine, Request::Sessions { ended: false }, None, &NoObserver).await.unwrap();
        let Reply::Sessions(rows) = answer.reply else { panic!() };
        assert_eq!(rows.iter().filter(|row| row.own).map(|row| row.session).collect::<Vec<_>>(), [visits[0].id()]);
        for (visit, why) in visits.into_iter().zip(Why::ALL) {
            visit.close(why);
        }
        // One that comes and goes before anybody writes.
        comes(service, &cleo()).close(Why::Quit);
        service.write_visits().await.unwrap();
        assert!(sessions(service, false).await.is_empty());
        let rows = sessions(service, true).await;
        let mut ends: Vec<&str> = rows.iter().map(|row| row.why.as_deref().unwrap()).collect();
        let mut expected: Vec<&str> = Why::ALL.iter().take(8).map(|why| why.name()).chain(["quit"]).collect();
        ends.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ends, expected);
        assert!(rows.iter().all(|row| row.ended.unwrap() >= row.opened && row.active >= row.opened));
        assert_eq!(desk.ledger_rows().await, 0);
    }
}

#[tokio::test]
async fn a_key_costs_nothing_and_is_told_with_the_next_sign_of_life() {
    let desk = Desk::open().await;
    let service = &desk.service;
    let (idle, busy) = (comes(service, &cleo()), comes(service, &cleo()));
    service.write_visits().await.unwrap();
    let back = "UPDATE console_visits SET active_at = active_at - INTERVAL 10 MINUTE, opened_at = opened_at - INTERVAL 10 MINUTE, \
                alive_at = alive_at - INTERVAL 1 MINUTE";
    desk.run(back).await;
    busy.touch();
    service.beat().await.unwrap();
    let rows = sessions(service, false).await;
    let of = |visit: &Visit| rows.iter().find(|row| row.session == visit.id()).unwrap().clone();
    assert!(of(&busy).active > of(&busy).opened);
    let alive = "SELECT COUNT(*) FROM console_visits WHERE alive_at > UTC_TIMESTAMP(3) - INTERVAL 30 SECOND";
    assert_eq!(desk.value(alive).await, "2");
    drop(idle);
    service.write_visits().await.unwrap();
    assert_eq!(desk.value("SELECT why FROM console_visits WHERE ended_at IS NOT NULL").await, "stopped");
}

#[tokio::test]
async fn a_session_is_ended_from_another_process() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let (server, laptop) = (&desk.service, &desk.beside().await);
        server.poll_changes().await.unwrap();
        let (visit, other) = (comes(server, &cleo()), comes(server, &cleo()));
        server.write_visits().await.unwrap();
        assert_eq!(sessions(laptop, false).await.len(), 2);
        let remembered = Request::SignIn {
            email: "cleo@example.org".into(),
            password: SecretString::from(PASSWORD),
            remember: true,
        };
        laptop.call(&nobody(), remembered, None, &NoObserver).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM console_sessions").await, "1");
        let row = end(laptop, &caller(BEN), &visit).await.unwrap();
        // No computer lets them in again without a question.
        assert_eq!(desk.value("SELECT COUNT(*) FROM console_sessions").await, "0");
        assert_eq!((row.session, row.ended, row.ended_by.as_deref()), (visit.id(), None, Some("Ben Test")));
        assert_eq!(told(&visit).await, None, "the server has not looked yet");
        server.poll_changes().await.unwrap();
        assert_eq!((told(&visit).await, told(&other).await), (Some(Told::Ended), None));
        // Asked once more before it has gone: nothing new.
        assert_eq!(end(laptop, &caller(ANN), &visit).await.unwrap().ended_by.as_deref(), Some("Ben Test"));
        let id = visit.id();
        visit.close(Told::Ended.why());
        server.write_visits().await.unwrap();
        let again = laptop.call(&caller(BEN), Request::EndSession { session: id }, None, &NoObserver).await;
        assert_eq!(refused(again), Rule::SessionOver);
        let row = sessions(laptop, true).await.into_iter().find(|row| row.session == id).unwrap();
        assert_eq!((row.why.as_deref(), row.ended_by.as_deref()), (Some("ended"), Some("Ben Test")));
        assert_eq!(sessions(laptop, false).await.len(), 1);
        let ledger = "SELECT GROUP_CONCAT(CONCAT_WS(' ', actor_name, action, topic, subject)) FROM console_ledger";
        assert_eq!(desk.value(ledger).await, "Ben Test end_session sessions 3");
        let gone = Request::EndSession { session: uuid::Uuid::nil() };
        let gone = laptop.call(&caller(BEN), gone, None, &NoObserver).await;
        assert_eq!(gone.unwrap_err(), Failure::NotFound { what: "thing-session", id: 0 });
    }
}

#[tokio::test]
async fn a_change_of_the_account_ends_its_sessions() {
    let desk = Desk::open().await;
    let service = &desk.service;
    service.poll_changes().await.unwrap();
    let secret = || SecretString::from("another password");
    let changes = [
        (JURORS[0], Request::SetPassword { user: JURORS[0], password: secret() }),
        (JURORS[1], Request::SetRole { user: JURORS[1], role: Role::Admin, kept: Some(true), reason: None }),
        (JURORS[2], Request::DisableUser { user: JURORS[2], kept: Some(true), reason: None }),
    ];
    for (user, request) in changes {
        let (theirs, also) =
            (comes(service, &person(user, "x", Role::Jury)), comes(service, &person(user, "x", Role::Jury)));
        let ann = comes(service, &person(ANN, "Ann Test", Role::Admin));
        service.write_visits().await.unwrap();
        // By whoever holds the database's credentials as well.
        service.call(&operator(), request, None, &NoObserver).await.unwrap();
        let all = (told(&theirs).await, told(&also).await, told(&ann).await);
        assert_eq!(all, (Some(Told::Account), Some(Told::Account), None), "{user:?}");
    }
    // One's own new password keeps the session in which it was asked for.
    let [here, there] = [(); 2].map(|()| comes(service, &person(ANN, "Ann Test", Role::Admin)));
    service.write_visits().await.unwrap();
    let mine = Caller { visit: Some(here.id()), ..caller(ANN) };
    service.call(&mine, Request::SetPassword { user: ANN, password: secret() }, None, &NoObserver).await.unwrap();
    assert_eq!((told(&here).await, told(&there).await), (None, Some(Told::Account)));
    // What changes nothing ends nothing.
    let juror = comes(service, &person(JURORS[1], "x", Role::Jury));
    service.write_visits().await.unwrap();
    let same = Request::SetRole { user: JURORS[1], role: Role::Admin, kept: None, reason: None };
    service.call(&mine, same, None, &NoObserver).await.unwrap();
    service.call(&mine, Request::EnableUser { user: JURORS[1] }, None, &NoObserver).await.unwrap();
    assert_eq!(told(&juror).await, None);
}

/// Signs in, and does not open the console yet.
async fn proves(service: &Service, request: Request) -> SignedIn {
    let door = Caller { operator: true, ..nobody() };
    match service.call(&door, request, None, &NoObserver).await.unwrap().reply {
        Reply::SignedIn(signed_in) => signed_in,
        other => panic!("{other:?}"),
    }
}

fn opens(service: &Service, signed_in: &SignedIn) -> Visit {
    service.visits().begin(signed_in, &ssh("192.0.2.9"), Way::Password)
}

#[tokio::test]
async fn whoever_signed_in_before_a_change_and_comes_after_it_is_ended() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let (server, laptop) = (&desk.service, &desk.beside().await);
        server.poll_changes().await.unwrap();
        let secret = || SecretString::from("another password");
        let changes = [
            ("cleo@example.org", Request::SetPassword { user: JURORS[0], password: secret() }),
            (
                "dan@example.org",
                Request::SetRole { user: JURORS[1], role: Role::Admin, kept: Some(true), reason: None },
            ),
            ("eve@example.org", Request::DisableUser { user: JURORS[2], kept: Some(true), reason: None }),
        ];
        for (email, request) in changes {
            let [early, late] =
                [proves(server, sign_in(email, PASSWORD)).await, proves(server, sign_in(email, PASSWORD)).await];
            let ben = opens(server, &proves(server, sign_in("ben@example.org", PASSWORD)).await);
            // Here already, and not written down yet.
            let early = opens(server, &early);
            laptop.call(&operator(), request, None, &NoObserver).await.unwrap();
            let late = opens(server, &late);
            assert_eq!((told(&early).await, told(&late).await), (None, None), "the server has not looked yet");
            server.write_visits().await.unwrap();
            let all = (told(&early).await, told(&late).await, told(&ben).await);
            assert_eq!(all, (Some(Told::Account), Some(Told::Account), None), "{email}");
        }
        // Whoever signs in after it stays.
        let after = opens(server, &proves(server, sign_in("cleo@example.org", "another password")).await);
        server.write_visits().await.unwrap();
        server.beat().await.unwrap();
        assert_eq!(told(&after).await, None);
        // Those of others are heard of with the next news.
        let request = Request::SetPassword { user: JURORS[0], password: SecretString::from(PASSWORD) };
        laptop.call(&caller(ANN), request, None, &NoObserver).await.unwrap();
        server.poll_changes().await.unwrap();
        assert_eq!(told(&after).await, Some(Told::Account));
    }
}

#[tokio::test]
async fn a_removed_key_ends_what_it_opened() {
    let desk = Desk::open().await;
    let (server, laptop) = (&desk.service, &desk.beside().await);
    server.poll_changes().await.unwrap();
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti cleo@laptop";
    let print = "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ";
    let by_key = || Request::SignInByKey { email: String::new(), fingerprint: print.into(), proved: true };
    for own in [false, true] {
        desk.ask(ANN, Request::AddKey { user: JURORS[0], key: key.into() }).await.unwrap();
        let late = proves(server, by_key()).await;
        let keyed = opens(server, &proves(server, by_key()).await);
        let asking = opens(server, &proves(server, by_key()).await);
        let typed = opens(server, &proves(server, sign_in("cleo@example.org", PASSWORD)).await);
        server.write_visits().await.unwrap();
        let (who, request) = if own {
            let cleo = Caller { visit: Some(asking.id()), ..caller(JURORS[0]) };
            (cleo, Request::RemoveMyKey { fingerprint: print.into() })
        } else {
            (operator(), Request::RemoveKey { fingerprint: print.into() })
        };
        laptop.call(&who, request, None, &NoObserver).await.unwrap();
        server.poll_changes().await.unwrap();
        let late = opens(server, &late);
        server.write_visits().await.unwrap();
        assert_eq!((told(&keyed).await, told(&late).await), (Some(Told::Account), Some(Told::Account)), "{own}");
        // Whoever takes their own away goes on where they are.
        assert_eq!((told(&asking).await, told(&typed).await), ((!own).then_some(Told::Account), None), "{own}");
    }
}

#[tokio::test]
async fn another_account_under_the_same_id_is_not_theirs() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let service = &desk.service;
        let signed_in = proves(service, sign_in("ben@example.org", PASSWORD)).await;
        let visit = opens(service, &signed_in);
        let ben = Caller { visit: Some(visit.id()), proof: signed_in.proof, ..caller(BEN) };
        let ask = async |request| service.call(&ben, request, None, &NoObserver).await;
        ask(Request::Me {}).await.unwrap();
        // The site has deleted him, and somebody else has his number.
        desk.run("UPDATE users SET createdAt = '2026-05-05 08:00:00' WHERE id_user = 2").await;
        for request in [Request::Me {}, Request::Users { all: true }, Request::CreateCategory { name: "x".into() }] {
            assert_eq!(ask(request).await.unwrap_err(), Failure::Forbidden { needs: None });
        }
        assert_eq!(told(&visit).await, Some(Told::Account));
    }
}

#[tokio::test]
async fn sessions_of_a_process_that_died_are_closed_by_whoever_looks() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let (server, laptop) = (&desk.service, &desk.beside().await);
        let (visit, here) = (comes(server, &cleo()), comes(laptop, &cleo()));
        server.write_visits().await.unwrap();
        laptop.write_visits().await.unwrap();
        let id = visit.id();
        let silent = "UPDATE console_visits SET alive_at = alive_at - INTERVAL 101 SECOND, opened_at = opened_at - INTERVAL 5 MINUTE";
        desk.run(silent).await;
        laptop.beat().await.unwrap();
        assert_eq!(sessions(laptop, false).await.iter().map(|row| row.session).collect::<Vec<_>>(), [here.id()]);
        let row = sessions(laptop, true).await.into_iter().find(|row| row.session == id).unwrap();
        assert_eq!(row.why.as_deref(), Some("silent"));
        assert!(row.ended.is_some());
        // It had only slept: with its next sign of life it is on again.
        server.beat().await.unwrap();
        assert_eq!(sessions(laptop, false).await.len(), 2);
        visit.close(Why::Lost);
        server.write_visits().await.unwrap();
        server.beat().await.unwrap();
        let row = sessions(laptop, true).await.into_iter().find(|row| row.session == id).unwrap();
        assert_eq!(row.why.as_deref(), Some("lost"));
    }
}

#[tokio::test]
async fn refused_sign_ins_are_written_down() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let try_in = async |email: &str, password: &str| {
            refused(desk.service.call(&nobody(), sign_in(email, password), None, &NoObserver).await)
        };
        for (email, password, rule) in [
            ("ann@example.org", "wrong", Rule::WrongPassword),
            ("fay@example.org", PASSWORD, Rule::AccountDisabled),
            ("gil@example.org", PASSWORD, Rule::ProducersOutside),
            (" no\u{1b}[31mbody@x\n ", "wrong", Rule::WrongPassword),
            (&format!("x@{}", "x".repeat(400)), "wrong", Rule::WrongPassword),
            // A password, perhaps, one field too early.
            (PASSWORD, "", Rule::WrongPassword),
        ] {
            assert_eq!(try_in(email, password).await, rule);
        }
        // A key that is only offered is no refusal.
        let offered =
            Request::SignInByKey { email: "cleo@example.org".into(), fingerprint: "SHA256:x".into(), proved: false };
        let at_the_door = Caller { operator: true, ..nobody() };
        assert!(desk.service.call(&at_the_door, offered, None, &NoObserver).await.is_err());
        let mut rows = sessions(&desk.service, true).await;
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        let told: Vec<(&str, &str)> =
            rows.iter().map(|row| (&row.name[..row.name.len().min(15)], row.why.as_deref().unwrap())).collect();
        assert_eq!(
            told,
            [
                ("***", "wrong_password"),
                ("ann@example.org", "wrong_password"),
                ("fay@example.org", "account_disabled"),
                ("gil@example.org", "producers_outside"),
                ("no\u{fffd}[31mbody@x", "wrong_password"),
                ("x@xxxxxxxxxxxxx", "wrong_password"),
            ]
        );
        assert!(rows.iter().all(|row| row.user.is_none() && row.method == "refused" && row.ended == Some(row.opened)));
        assert_eq!((rows[5].name.len(), rows[0].origin.as_str()), (320, "ssh 192.0.2.7"));
        assert!(sessions(&desk.service, false).await.is_empty());
    }
}

#[tokio::test]
async fn a_sign_of_life_closes_what_died_and_forgets_wrong_passwords() {
    let desk = Desk::open().await;
    let (server, laptop) = (&desk.service, &desk.beside().await);
    let visit = comes(server, &cleo());
    server.write_visits().await.unwrap();
    desk.run("UPDATE console_visits SET alive_at = alive_at - INTERVAL 101 SECOND").await;
    let failures = "INSERT INTO console_sign_in_failures VALUES (UNHEX(SHA2('a', 256)), 5, UTC_TIMESTAMP(3) - INTERVAL 16 MINUTE), \
                    (UNHEX(SHA2('b', 256)), 5, UTC_TIMESTAMP(3))";
    desk.run(failures).await;
    laptop.beat().await.unwrap();
    assert_eq!(desk.value("SELECT why FROM console_visits").await, "silent");
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_sign_in_failures").await, "1");
    drop(visit);
}

#[tokio::test]
async fn a_proved_key_that_opens_nothing_is_written_down() {
    let desk = Desk::open().await;
    let door = Caller { operator: true, ..nobody() };
    for (user, email, rule) in
        [(DISABLED, "fay@example.org", Rule::AccountDisabled), (PRODUCER, "gil@example.org", Rule::ProducersOutside)]
    {
        let key = format!(
            "INSERT INTO console_ssh_keys VALUES ('SHA256:{0}', {0}, '2025-12-01 08:00:00', 'x', 'x', '', UTC_TIMESTAMP(3))",
            user.0
        );
        desk.run(&key).await;
        let by_key =
            |proved| Request::SignInByKey { email: String::new(), fingerprint: format!("SHA256:{}", user.0), proved };
        // Whoever only offers it learns nothing of the account.
        let offered = desk.service.call(&door, by_key(false), None, &NoObserver).await.unwrap();
        assert!(matches!(offered.reply, Reply::Done));
        let told = format!("SELECT GROUP_CONCAT(why) FROM console_visits WHERE name = '{email}'");
        assert_eq!(desk.value(&told).await, "NULL");
        assert_eq!(refused(desk.service.call(&door, by_key(true), None, &NoObserver).await), rule);
        assert_eq!(desk.value(&told).await, rule.name());
    }
}

#[tokio::test]
async fn whoever_has_to_wait_is_written_down_once_a_wait() {
    let desk = Desk::open().await;
    let try_in = async |password: &str| {
        refused(desk.service.call(&nobody(), sign_in("ann@example.org", password), None, &NoObserver).await)
    };
    let waits = "SELECT COUNT(*) FROM console_visits WHERE why = 'too_many_attempts'";
    for wait in ["1", "2"] {
        desk.run("UPDATE console_sign_in_failures SET failures = 5, last_at = UTC_TIMESTAMP(3) - INTERVAL 14 MINUTE")
            .await;
        assert_eq!(try_in("wrong").await, Rule::WrongPassword);
        desk.run("UPDATE console_sign_in_failures SET failures = 20, last_at = UTC_TIMESTAMP(3)").await;
        for _ in 0..3 {
            assert_eq!(try_in(PASSWORD).await, Rule::TooManyAttempts);
        }
        assert_eq!(desk.value(waits).await, wait);
    }
}

#[tokio::test]
async fn refusals_cannot_fill_the_table() {
    let desk = Desk::open().await;
    let service = &desk.service;
    let from = |address: &str| Caller::nobody(ssh(address));
    let forgive = "DELETE FROM console_sign_in_failures";
    for _ in 0..23 {
        desk.run(forgive).await;
        refused(service.call(&from("192.0.2.1"), sign_in("ann@example.org", "wrong"), None, &NoObserver).await);
    }
    let kept = "SELECT CONCAT(COUNT(*), ' ', SUM(left_out)) FROM console_visits WHERE origin = 'ssh 192.0.2.1'";
    assert_eq!(desk.value(kept).await, "20 3");
    // Another origin is not kept out by that one.
    refused(service.call(&from("192.0.2.2"), sign_in("ann@example.org", "wrong"), None, &NoObserver).await);
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_visits").await, "21");
    // From everywhere at once there are no more than a certain number an hour, but whoever is new is still seen once.
    let many = "INSERT INTO console_visits (id, name, origin, method, server, opened_at, active_at, alive_at, ended_at, why) \
                SELECT UNHEX(MD5(RAND())), name, CONCAT('ssh ', HEX(id)), method, server, opened_at, active_at, alive_at, ended_at, why \
                FROM console_visits";
    for _ in 0..4 {
        desk.run(many).await;
    }
    for address in ["192.0.2.3", "192.0.2.4"] {
        desk.run(forgive).await;
        refused(service.call(&from(address), sign_in("ann@example.org", "wrong"), None, &NoObserver).await);
    }
    assert_eq!(desk.value("SELECT CONCAT(COUNT(*), ' ', SUM(left_out)) FROM console_visits").await, "338 3");
    // An hour later there is room again, and what is older than a quarter of a year is forgotten.
    desk.run("UPDATE console_visits SET opened_at = opened_at - INTERVAL 61 MINUTE").await;
    desk.run(forgive).await;
    refused(service.call(&from("192.0.2.3"), sign_in("ann@example.org", "wrong"), None, &NoObserver).await);
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_visits").await, "339");
    desk.run("UPDATE console_visits SET opened_at = opened_at - INTERVAL 91 DAY WHERE origin <> 'ssh 192.0.2.3'").await;
    service.beat().await.unwrap();
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_visits").await, "2");
    desk.run("UPDATE console_visits SET opened_at = opened_at - INTERVAL 91 DAY").await;
    service.beat().await.unwrap();
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_visits").await, "2", "not twice an hour");
}

#[tokio::test]
async fn a_thousand_who_come_and_go_are_written_in_a_few_statements() {
    let desk = Desk::open().await;
    let service = &desk.service;
    let visits: Vec<Visit> = (0..1_000).map(|_| comes(service, &cleo())).collect();
    service.write_visits().await.unwrap();
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_visits WHERE ended_at IS NULL").await, "1000");
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_topics WHERE topic = 'sessions'").await, "1");
    service.beat().await.unwrap();
    drop(visits);
    service.write_visits().await.unwrap();
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_visits WHERE ended_at IS NULL").await, "0");
    assert_eq!(service.visits().count(), 0);
}

//! The driver with a terminal that is a list of events: keys in, bytes out. The clock stands still and jumps on when
//! nothing is left to do, so that nothing hangs on how quick the machine is.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use secrecy::SecretString;
use tokio::task::JoinHandle;

use crate::api::{Changed, Topic};
use crate::app::Known;
use crate::app::key::{Code, Key};
use crate::app::msg::Msg;
use crate::domain::UserId;
use crate::domain::visit::{Way, Why};
use crate::service::presence::{self, Told, Visits};
use crate::service::{Caller, Origin};

use super::backend::{End, Event};
use super::driver::{Visitor, run};
use super::host::{Host, News};
use super::testing::{BOB, EMAIL, PASSWORD, Script, Tester, Wire, open, person, wire};
use super::token::TokenFile;

/// A console that runs.
struct Console {
    tester: Tester,
    service: Arc<Script>,
    end: JoinHandle<End>,
}

fn start(known: Known, tokens: Option<TokenFile>) -> Console {
    start_on(known, tokens, |_| {})
}

fn start_on(known: Known, tokens: Option<TokenFile>, prepare: impl FnOnce(&mut Wire)) -> Console {
    let service = Script::new();
    let host = Host::new(Arc::clone(&service), open);
    let (mut wire, tester) = wire();
    prepare(&mut wire);
    let user = match &known {
        Known::Person(signed_in) => Some(signed_in.person.id),
        _ => None,
    };
    let origin = Origin::Terminal { os_user: "ada@here".to_owned() };
    let visitor =
        Visitor { caller: Caller { user, ..Caller::nobody(origin) }, known, way: Way::Key, tokens, standing: None };
    let end = tokio::spawn(async move { run(&host, wire, visitor).await });
    Console { tester, service, end }
}

impl Console {
    fn key(&self, key: Key) {
        self.tester.events.send(Event::Input(Msg::Key(key))).unwrap();
    }

    fn type_in(&self, text: &str) {
        text.chars().for_each(|c| self.key(Key::char(c)));
    }

    fn plain(&self, code: Code) {
        self.key(Key::plain(code));
    }
}

#[tokio::test(start_paused = true)]
async fn somebody_signs_in_and_asks_under_their_name_and_leaves() {
    let dir = tempfile::tempdir().unwrap();
    let tokens = TokenFile::new(dir.path().join("token"));
    let mut console = start(Known::No, Some(tokens.clone()));
    console.tester.reads("Sign in to Short Nights").await;
    console.type_in(EMAIL);
    console.plain(Code::Tab);
    console.type_in(PASSWORD);
    console.tester.reads(EMAIL).await;
    console.plain(Code::Enter);
    console.tester.reads("Ada Lovelace").await;
    assert!(!console.tester.screen.screen().contents().contains(PASSWORD));
    assert!(tokens.load().is_some());
    console.type_in("q");
    assert_eq!(console.end.await.unwrap(), End::Quit);
    let asked = console.service.asked();
    let before = asked.iter().position(|(_, name)| *name == "sign_in").unwrap();
    assert!(asked[..=before].iter().all(|(user, _)| user.is_none()), "{asked:?}");
    assert!(asked[before + 1..].iter().all(|(user, _)| *user == Some(UserId(7))), "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn an_idle_console_writes_nothing() {
    let mut console = start(Known::Person(person(EMAIL).into()), None);
    console.tester.reads("test database").await;
    // A round trip through the loop: the answers of before are on the screen.
    console.tester.events.send(Event::Input(Msg::Resize(80, 24))).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    console.tester.drain();
    console.service.news.send(News::Database(true)).unwrap();
    console.service.news.send(News::Changed(Changed { topic: Topic::Sponsors, ids: Some(vec![1]) })).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(console.tester.drain(), 0);
    drop(console.tester);
    assert_eq!(console.end.await.unwrap(), End::Hangup);
}

#[tokio::test(start_paused = true)]
async fn losing_the_database_and_finding_it_again_shows() {
    let mut console = start(Known::Person(person(EMAIL).into()), None);
    console.tester.reads("test database").await;
    console.service.news.send(News::Database(false)).unwrap();
    console.tester.until("loss", |s| !s.contents().contains("test database")).await;
    console.service.news.send(News::Database(true)).unwrap();
    console.tester.reads("test database").await;
}

#[tokio::test(start_paused = true)]
async fn many_keys_that_wait_are_one_frame() {
    let mut console = start(Known::No, None);
    console.tester.reads("Sign in to Short Nights").await;
    let before = console.tester.frames;
    console.type_in("a-very-long-address-that-was-typed-in-one-go@festival.example");
    console.tester.reads("in-one-go@festival.example").await;
    assert!(console.tester.frames - before <= 2, "{} frames", console.tester.frames - before);
}

#[tokio::test(start_paused = true)]
async fn a_new_size_is_drawn_at_once_and_whole() {
    let mut console = start(Known::Person(person(EMAIL).into()), None);
    console.tester.reads("Ada Lovelace").await;
    console.tester.screen.screen_mut().set_size(40.try_into().unwrap(), 120.try_into().unwrap());
    console.tester.events.send(Event::Input(Msg::Resize(120, 40))).unwrap();
    let wide = |screen: &vt100::Screen| screen.rows(0, 120).next().is_some_and(|row| row.trim_end().len() > 100);
    console.tester.until("the wide header", wide).await;
    assert!(console.tester.screen.screen().contents().contains("Ada Lovelace"));
}

#[tokio::test(start_paused = true)]
async fn a_signal_ends_it() {
    let console = start(Known::No, None);
    console.tester.events.send(Event::End(End::Terminated)).unwrap();
    assert_eq!(console.end.await.unwrap().exit_code(), 143);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_tried_first() {
    let mut console = start(Known::Token(SecretString::from("token")), None);
    console.tester.reads("Password").await;
    assert!(console.service.asked().iter().any(|(_, name)| *name == "resume"));
}

/// What is to be written down of visits; from then on it is.
fn written(visits: &Visits) -> presence::News {
    let news = visits.news();
    visits.written(&news);
    news
}

#[tokio::test(start_paused = true)]
async fn a_visit_begins_with_the_sign_in_and_ends_with_the_console() {
    let mut console = start(Known::No, None);
    console.tester.reads("Sign in to Short Nights").await;
    assert_eq!(console.service.visits.count(), 0);
    console.type_in(EMAIL);
    console.plain(Code::Tab);
    console.type_in(PASSWORD);
    console.plain(Code::Enter);
    console.tester.reads("Ada Lovelace").await;
    let news = written(&console.service.visits);
    let [came] = &news.came[..] else { panic!("{news:?}") };
    assert_eq!((came.person.id, came.origin.as_str(), came.way), (UserId(7), "terminal ada@here", Way::Password));
    // Locked, and back again: it is the same visit.
    console.type_in("K");
    console.tester.reads("Locked").await;
    console.type_in(PASSWORD);
    console.plain(Code::Enter);
    console.tester.reads("Ada Lovelace").await;
    console.type_in("X");
    console.tester.reads("Sign in").await;
    let news = written(&console.service.visits);
    assert_eq!((news.came.len(), news.went.len(), console.service.visits.count()), (0, 1, 0));
    assert_eq!((news.went[0].id, news.went[0].why), (came.id, Why::SignedOut));
    drop(console.tester);
    console.end.await.unwrap();
    assert!(written(&console.service.visits).went.is_empty());
}

#[tokio::test(start_paused = true)]
async fn every_end_of_a_visit_is_known() {
    for (keys, end, why) in [
        ("q", None, Why::Quit),
        ("", Some(End::Hangup), Why::Lost),
        ("", Some(End::Terminated), Why::Stopped),
        ("K", Some(End::Hangup), Why::Locked),
        ("K", Some(End::Terminated), Why::Stopped),
    ] {
        let mut console = start(Known::Person(person(EMAIL).into()), None);
        console.tester.reads("Ada Lovelace").await;
        console.type_in(keys);
        if keys == "K" {
            console.tester.reads("Locked").await;
        }
        if let Some(end) = end {
            console.tester.events.send(Event::End(end)).unwrap();
        }
        console.end.await.unwrap();
        let went = written(&console.service.visits).went;
        assert_eq!(went.iter().map(|went| went.why).collect::<Vec<_>>(), [why], "{keys} {end:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_that_is_told_to_end_ends_and_says_so() {
    for (told, why, words) in [
        (Told::Ended, Why::Ended, "An administrator ended this session"),
        (Told::Account, Why::Account, "Your account was changed"),
    ] {
        let mut console = start(Known::Person(person(EMAIL).into()), None);
        console.tester.reads("Ada Lovelace").await;
        let came = written(&console.service.visits).came;
        console.service.visits.tell(uuid::Uuid::nil(), told);
        console.service.visits.tell(came[0].id, told);
        let end = console.end.await.unwrap();
        assert!(end.words().unwrap().starts_with(words) && end.exit_code() == 1, "{end:?}");
        assert_eq!(written(&console.service.visits).went[0].why, why);
    }
}

#[tokio::test]
async fn a_fault_ends_a_visit_as_well() {
    let visits = Visits::default();
    let visit = visits.begin(&person(EMAIL).into(), &Origin::Console, Way::Key);
    let fault = tokio::spawn(async move {
        let _visit = visit;
        panic!("as the test wants it");
    });
    assert!(fault.await.is_err());
    assert_eq!(written(&visits).went[0].why, Why::Fault);
    assert_eq!(visits.count(), 0);
}

/// All sessions of a thread draw on one buffer.
#[tokio::test(start_paused = true)]
async fn a_fault_while_drawing_shows_nobody_the_screen_of_another() {
    let faulty = start_on(Known::Person(person(EMAIL).into()), None, |wire| wire.faults_after = 1);
    let mut tester = faulty.tester;
    tester.reads("Ada Lovelace").await;
    assert!(faulty.end.await.unwrap_err().is_panic());
    let mut console = start(Known::Person(person(BOB).into()), None);
    console.tester.reads("Bob Kahn").await;
    console.key(Key::char('?'));
    console.tester.reads("What the keys do here").await;
    assert!(!console.tester.screen.screen().contents().contains("Ada"));
}

#[tokio::test(start_paused = true)]
async fn keys_are_taken_while_output_is_stuck_and_only_the_newest_frame_waits() {
    let mut console = start_on(Known::Person(person(EMAIL).into()), None, |wire| wire.stuck_after = 1);
    console.tester.until("the first frame", |screen| !screen.contents().is_empty()).await;
    for _ in 0..3 {
        console.key(Key::char('?'));
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        console.plain(Code::Esc);
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    assert_eq!(console.tester.drain(), 0);
    console.type_in("q");
    assert_eq!(console.end.await.unwrap(), End::Quit);
}

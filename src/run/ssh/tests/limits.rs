//! How many may come in, for how long without signing in, and what they are told.

use std::io::Read as _;

use russh::client::{AuthResult, Config, KeyboardInteractiveAuthResponse as Step};

use crate::run::testing::{BOB, EMAIL, PASSWORD};

use super::*;

/// A console at its own sign-in screen.
async fn at_the_screen(port: u16) -> (Probe, Screen) {
    let mut probe = Probe::connect(port).await;
    let step = probe.handle.authenticate_keyboard_interactive_start("laptop", None).await.unwrap();
    assert!(matches!(step, Step::Success));
    let mut screen = probe.console().await;
    screen.reads("Password").await;
    (probe, screen)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_sign_in_is_sent_away() {
    let served = serve(Limits { grace: Duration::from_millis(300), ..Limits::default() }).await;
    let mut silent = std::net::TcpStream::connect(("127.0.0.1", served.port)).unwrap();
    silent.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let greeting = tokio::task::spawn_blocking(move || {
        let mut sink = Vec::new();
        let end = silent.read_to_end(&mut sink);
        (sink, end.is_ok())
    });
    let (greeting, closed) = greeting.await.unwrap();
    assert!(greeting.starts_with(b"SSH-2.0-marsai\r\n") && closed);
    served.end().await;
}

/// A console at its own sign-in screen with little time left, of which a busy machine gets more.
async fn at_the_screen_for_a_moment() -> (Served, Duration, Probe, Screen) {
    for seconds in [3, 12, 50] {
        let grace = Duration::from_secs(seconds);
        let served = serve(Limits { grace, ..Limits::default() }).await;
        match tokio::spawn(at_the_screen(served.port)).await {
            Ok((probe, screen)) => return (served, grace, probe, screen),
            Err(_) => served.end().await,
        }
    }
    panic!("no console opens");
}

#[tokio::test]
async fn the_sign_in_screen_waits_no_longer_and_says_so() {
    let (served, _, _probe, mut screen) = at_the_screen_for_a_moment().await;
    assert_eq!(screen.ended().await, Some(1));
    let text = screen.text();
    assert!(text.contains("Nobody signed in in time") && text.contains("Personne ne s’est identifié"), "{text}");
    served.until_inside((0, 0, 0)).await;
    served.end().await;
}

#[tokio::test]
async fn whoever_is_signed_in_stays_and_after_signing_out_the_clock_runs_again() {
    let (served, grace, _probe, mut screen) = at_the_screen_for_a_moment().await;
    screen.press(format!("{EMAIL}\t{PASSWORD}\r")).await;
    screen.reads("Ada Lovelace").await;
    served.until_inside((1, 0, 1)).await;
    tokio::time::sleep(grace + Duration::from_millis(500)).await;
    screen.works().await;
    screen.press("X").await;
    screen.reads("Password").await;
    served.until_inside((1, 1, 0)).await;
    assert_eq!(screen.ended().await, Some(1));
    served.end().await;
}

#[tokio::test]
async fn wrong_passwords_count_at_the_sign_in_screen_too() {
    let served = serve(Limits { wrong_passwords: 3, ..Limits::default() }).await;
    let (probe, mut screen) = at_the_screen(served.port).await;
    screen.press(format!("{EMAIL}\t")).await;
    let channel = screen.channel.id();
    let stubborn = tokio::spawn(async move {
        while probe.handle.data(channel, "wrong\r").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    assert_eq!(screen.ended().await, Some(1));
    assert!(screen.text().contains("Too many wrong passwords"), "{}", screen.text());
    assert_eq!(served.service.asked().iter().filter(|(_, asked)| *asked == "sign_in").count(), 3);
    stubborn.abort();
    served.end().await;
}

#[tokio::test]
async fn wrong_passwords_end_a_connection() {
    let served = serve(Limits { wrong_passwords: 2, ..Limits::default() }).await;
    let mut probe = Probe::connect(served.port).await;
    for _ in 0..2 {
        let refused = probe.handle.authenticate_password(EMAIL, "wrong").await.unwrap();
        assert!(matches!(refused, AuthResult::Failure { .. }) && !probe.handle.is_closed());
    }
    // Not even the right one any more.
    assert!(!probe.handle.authenticate_password(EMAIL, PASSWORD).await.is_ok_and(|result| result.success()));
    probe.closed().await;
    served.end().await;
}

#[tokio::test]
async fn an_account_has_so_many_consoles_and_the_one_left_alone_longest_ends() {
    let served = serve(Limits { per_account: 2, ..Limits::default() }).await;
    let (_first, mut first) = served.signed_in(EMAIL).await;
    let (_second, mut second) = served.signed_in(EMAIL).await;
    let (_bob, mut bob) = served.signed_in(BOB).await;
    first.works().await;
    let (_third, mut third) = served.signed_in(EMAIL).await;
    assert_eq!(second.ended().await, Some(1));
    let text = second.text();
    assert!(text.contains("2 consoles are the most") && text.contains("2 consoles au plus"), "{text}");
    for screen in [&mut first, &mut third, &mut bob] {
        screen.works().await;
    }
    served.end().await;
}

/// Passes a client's bytes on and keeps the server's side open when the client has gone.
async fn before_one_that_never_closes(server: u16) -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut near, _) = listener.accept().await.unwrap();
        let mut far = tokio::net::TcpStream::connect(("127.0.0.1", server)).await.unwrap();
        let ((mut from_near, mut to_near), (mut from_far, mut to_far)) = (near.split(), far.split());
        tokio::select! {
            _ = tokio::io::copy(&mut from_near, &mut to_far) => {}
            _ = tokio::io::copy(&mut from_far, &mut to_near) => {}
        }
        std::future::pending::<()>().await;
    });
    port
}

#[tokio::test]
async fn a_client_that_says_goodbye_and_keeps_the_connection_keeps_no_place() {
    let served = serve(Limits::default()).await;
    for signed_in in [false, true] {
        let mut probe = Probe::connect(before_one_that_never_closes(served.port).await).await;
        if signed_in {
            probe.sign_in(EMAIL).await;
            probe.console().await.reads("Ada Lovelace").await;
            served.until_inside((1, 0, 1)).await;
        }
        probe.handle.disconnect(russh::Disconnect::ByApplication, "", "").await.unwrap();
        served.until_inside((0, 0, 0)).await;
    }
    served.end().await;
}

#[tokio::test]
async fn the_silent_of_an_address_keep_nobody_out() {
    let limits = Limits { per_address: 3, silent: Duration::ZERO, burst: 1_000, ..Limits::default() };
    let served = serve(limits).await;
    let (_honest, mut honest) = served.honest().await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(tokio::net::TcpStream::connect(("127.0.0.1", served.port)).await.unwrap());
    }
    let (_bob, mut bob) = served.signed_in(BOB).await;
    bob.works().await;
    honest.works().await;
    served.until_inside((3, 1, 2)).await;
    served.end().await;
}

/// Waits until the server has closed a raw connection; answers what it said.
async fn heard(mut stream: tokio::net::TcpStream) -> Vec<u8> {
    use tokio::io::AsyncReadExt as _;
    let mut said = Vec::new();
    // Closed with bytes that nobody has read, the connection is reset.
    let _ = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut said)).await.expect("it stays");
    said
}

#[tokio::test]
async fn who_waits_for_a_turn_is_not_greeted_and_gives_the_place_back() {
    use tokio::io::AsyncWriteExt as _;
    let knock = async |port| {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(b"SSH-2.0-early\r\n").await.unwrap();
        stream
    };
    let limits = Limits { burst: 1, step: Duration::from_secs(3600), per_address: 2, ..Limits::default() };
    let served = serve(Limits { silent: Duration::ZERO, ..limits }).await;
    let (honest, mut screen) = served.honest().await;
    // Somebody who goes while they wait.
    let waits = knock(served.port).await;
    served.until_inside((2, 1, 1)).await;
    drop(waits);
    served.until_inside((1, 0, 1)).await;
    // The end of the server.
    let waits = knock(served.port).await;
    served.until_inside((2, 1, 1)).await;
    screen.works().await;
    let heard = tokio::spawn(heard(waits));
    drop((honest, screen));
    served.end().await;
    assert_eq!(heard.await.unwrap(), b"");
}

#[tokio::test]
async fn who_waits_for_a_turn_gets_it_or_is_cut_off() {
    let limits = Limits { burst: 1, step: Duration::from_millis(100), total: 50, ..roomy() };
    let served = serve(limits).await;
    let mut waiting = Vec::new();
    for _ in 0..5 {
        waiting.push(Probe::connect(served.port).await);
    }
    served.until_inside((5, 5, 0)).await;
    drop(waiting);
    served.until_inside((0, 0, 0)).await;
    served.end().await;
    // Another address has a place that somebody waits in.
    let served = serve(Limits { step: Duration::from_secs(3600), ..limits }).await;
    let mut waiting = std::collections::VecDeque::new();
    for _ in 0..50 {
        waiting.push_back(tokio::net::TcpStream::connect(("127.0.0.1", served.port)).await.unwrap());
    }
    served.until_inside((50, 50, 0)).await;
    let enter = || served.gate.enter([10, 0, 0, 1].into(), Instant::now(), Cut::default()).unwrap();
    // The first of them did not have to wait.
    let newcomers = (enter(), enter());
    assert_eq!(heard(waiting.pop_front().unwrap()).await, b"SSH-2.0-marsai\r\n");
    assert_eq!(heard(waiting.pop_front().unwrap()).await, b"");
    drop(newcomers);
    drop(waiting);
    served.end().await;
}

#[tokio::test]
async fn an_address_has_so_many_connections() {
    let served = serve(Limits { per_address: 2, ..Limits::default() }).await;
    let (_first, mut first) = served.signed_in(EMAIL).await;
    let (second, _screen) = served.signed_in(BOB).await;
    assert!(Probe::try_connect(served.port, Config::default()).await.is_err());
    first.works().await;
    drop((second, _screen));
    served.until_inside((1, 0, 1)).await;
    let (_third, mut third) = served.signed_in(BOB).await;
    third.works().await;
    served.end().await;
}

#[tokio::test]
async fn strangers_never_take_all_places() {
    let served = serve(Limits { total: 60, silent: Duration::from_secs(3600), ..roomy() }).await;
    let mut silent = Vec::new();
    for _ in 0..60 {
        silent.push(tokio::net::TcpStream::connect(("127.0.0.1", served.port)).await.unwrap());
    }
    served.until_inside((50, 50, 0)).await;
    // Whoever had signed in before goes on; one stranger goes and the next person comes in.
    drop(silent.remove(0));
    served.until_inside((49, 49, 0)).await;
    let (_honest, mut honest) = served.honest().await;
    honest.works().await;
    assert_eq!(served.gate.inside(), (50, 49, 1));
    served.end().await;
}

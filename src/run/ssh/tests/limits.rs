//! How many may come in, for how long without signing in, and what they are told.

use std::io::Read as _;

use russh::client::{AuthResult, Config, KeyboardInteractiveAuthResponse as Step};

use crate::run::testing::{BOB, EMAIL, PASSWORD};

use super::*;

/// A console at its own sign-in screen.
async fn at_the_screen(served: &Served) -> (Probe, Screen) {
    let mut probe = Probe::connect(served.port).await;
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

#[tokio::test]
async fn the_sign_in_screen_waits_no_longer_and_says_so() {
    let served = serve(Limits { grace: Duration::from_secs(5), ..Limits::default() }).await;
    let (_probe, mut screen) = at_the_screen(&served).await;
    assert_eq!(screen.ended().await, Some(1));
    let text = screen.text();
    assert!(text.contains("Nobody signed in in time") && text.contains("Personne ne s’est identifié"), "{text}");
    served.until_inside((0, 0, 0)).await;
    served.end().await;
}

#[tokio::test]
async fn whoever_is_signed_in_stays_and_after_signing_out_the_clock_runs_again() {
    let served = serve(Limits { grace: Duration::from_secs(5), ..Limits::default() }).await;
    let (_probe, mut screen) = at_the_screen(&served).await;
    screen.press(format!("{EMAIL}\t{PASSWORD}\r")).await;
    screen.reads("Ada Lovelace").await;
    served.until_inside((1, 0, 1)).await;
    tokio::time::sleep(Duration::from_secs(6)).await;
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
    let (probe, mut screen) = at_the_screen(&served).await;
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
async fn an_account_has_so_many_consoles_and_the_newcomer_is_told() {
    let served = serve(Limits { per_account: 2, ..Limits::default() }).await;
    let (_first, mut first) = served.signed_in(EMAIL).await;
    let (_second, mut second) = served.signed_in(EMAIL).await;
    let mut third = Probe::connect(served.port).await;
    third.sign_in(EMAIL).await;
    let mut screen = third.console().await;
    assert_eq!(screen.ended().await, Some(1));
    assert!(screen.text().contains("2 consoles open already"), "{}", screen.text());
    // Others come in, and the oldest stay.
    let (_bob, mut bob) = served.signed_in(BOB).await;
    for screen in [&mut first, &mut second, &mut bob] {
        screen.works().await;
    }
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
    let served = serve(Limits { total: 60, ..roomy() }).await;
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

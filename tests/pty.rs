//! The real program on a pseudo-terminal, as somebody uses it who reads nothing but the screen.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/festival.rs"]
mod festival;
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::process::Stdio;

use festival::{EMAIL, Festival, NAME, PASSWORD, TITLE, advance, reports};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use portable_pty::CommandBuilder;
use terminal::Client;

/// Opens a console and signs in on its own screen.
async fn signed_in(command: CommandBuilder) -> Client {
    let mut client = Client::start(command);
    client.reads("Email").await;
    client.press(&format!("{EMAIL}\t{PASSWORD}\r"));
    client.reads(NAME).await;
    client.reads(TITLE).await;
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_finds_a_film_advances_it_and_leaves() {
    let festival = Festival::open().await;
    let mut client = signed_in(festival.marsai(&[])).await;
    advance(&mut client).await;
    assert_eq!(festival.status().await, "candidate");
    client.press("q");
    assert_eq!(client.ended().await, 0);
    client.is_restored().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computer_that_knows_somebody_asks_for_no_password() {
    let festival = Festival::open().await;
    let mut client = signed_in(festival.marsai(&[])).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    let mut client = Client::start(festival.marsai(&[]));
    client.reads(NAME).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_gives_the_terminal_back() {
    let festival = Festival::open().await;
    for (signal, code) in [(Signal::SIGTERM, 143), (Signal::SIGHUP, 129)] {
        let mut client = Client::start(festival.marsai(&[]));
        client.reads("Email").await;
        let pid = i32::try_from(client.child.process_id().unwrap()).unwrap();
        kill(Pid::from_raw(pid), signal).unwrap();
        assert_eq!(client.ended().await, code, "{signal}");
        client.is_restored().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_gives_the_terminal_back_and_says_where_the_report_is() {
    let festival = Festival::open().await;
    let mut command = festival.marsai(&[]);
    command.env("MARSAI_TEST_PANIC", "1");
    let mut client = Client::start(command);
    client.reads("Email").await;
    client.press("\x1b[24~");
    assert_eq!(client.ended().await, 101);
    client.is_restored().await;
    client.reads("the report is").await;
    let reports = reports(festival.home.path());
    assert!(matches!(&reports[..], [report] if report.contains("MARSAI_TEST_PANIC")), "{reports:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_terminal_it_says_so_in_one_sentence() {
    let festival = Festival::open().await;
    let output = festival.command(&[]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim().lines().count(), 1);
}

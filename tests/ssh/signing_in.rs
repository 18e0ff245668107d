//! The ways in.

use super::client::Key;
use super::festival::{EMAIL, Festival, NAME, PASSWORD, TITLE, advance};
use super::served::Served;
use super::terminal::Client;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_by_password_finds_a_film_advances_it_and_leaves() {
    let festival = Festival::open().await;
    let served = Served::start(&festival, 0);
    let mut client = Client::start(served.ssh(&festival, EMAIL, &["-o", "PreferredAuthentications=password"]));
    client.reads("password:").await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads(NAME).await;
    client.reads(TITLE).await;
    client.resize(40, 120).await;
    advance(&mut client).await;
    assert_eq!(festival.status().await, "candidate");
    client.press("q");
    assert_eq!(client.ended().await, 0);
    client.is_restored().await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_the_account_opens_the_console_until_the_server_stops() {
    let festival = Festival::open().await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, EMAIL);
    let mut client = served.by_key(&festival, EMAIL, &key);
    client.reads(NAME).await;
    served.stop();
    client.ended().await;
    client.is_restored().await;
}

/// The one way in by questions and answers.
const QUESTIONS: &[&str] = &["-o", "PreferredAuthentications=keyboard-interactive"];

#[tokio::test(flavor = "multi_thread")]
async fn the_password_is_asked_for_by_keyboard_interactive_too() {
    let festival = Festival::open().await;
    let served = Served::start(&festival, 0);
    let mut client = Client::start(served.ssh(&festival, EMAIL, QUESTIONS));
    client.reads("Password:").await;
    client.press("not-the-password\n");
    client.until("the question again", |screen| screen.contents().matches("Password:").count() == 2).await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads(NAME).await;
    client.reads(TITLE).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_says_nothing_leads_to_the_sign_in_screen() {
    let festival = Festival::open().await;
    let served = Served::start(&festival, 0);
    // What a client sends by itself: the login of the laptop.
    let mut client = Client::start(served.ssh(&festival, "laptop", &[]));
    client.reads("Sign in to").await;
    client.press(&format!("{EMAIL}\twrong-password\r"));
    client.reads("wrong").await;
    // The password's field is empty again, or is made so.
    client.press(&format!("\x15{PASSWORD}\r"));
    client.reads(NAME).await;
    client.reads(TITLE).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_key_needs_no_name() {
    let festival = Festival::open().await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, EMAIL);
    let mut client = served.by_key(&festival, "laptop", &key);
    client.reads(NAME).await;
    // It is nobody else's.
    let mut client = served.by_key(&festival, "gil@example.org", &key);
    assert_eq!(client.ended().await, 255);
    served.stop();
}

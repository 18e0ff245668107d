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

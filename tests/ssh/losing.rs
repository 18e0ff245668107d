//! Connections that are lost in the middle of a sentence, and servers that go.

use std::time::{Duration, Instant};

use super::client::{Door, Key};
use super::festival::{FILM, Festival};
use super::jury::{BEN, BENS_NAME, bens_vote, comment, convene};
use super::relay::Relay;
use super::served::Served;
use super::terminal::Client;

const HALF: &str = "Half a thought";

/// Waits until a text of Ben's in the database is as it should be.
async fn holds(festival: &Festival, sql: &'static str, right: impl Fn(&str) -> bool) {
    let start = Instant::now();
    loop {
        let mut conn = festival.database.connect().await;
        let text: Option<String> = sqlx::query_scalar(sql).fetch_optional(&mut conn).await.unwrap();
        if text.as_deref().is_some_and(&right) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{sql}: {text:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until the database has what was typed.
async fn is_kept(festival: &Festival, text: &str) {
    holds(festival, "SELECT comments FROM console_drafts WHERE id_user = 3", |kept| kept == text).await;
}

/// Waits until the database has where the person is, too, which it gets now and then.
async fn is_placed(festival: &Festival) {
    let sql = "SELECT value FROM console_preferences WHERE id_user = 3 AND name = 'place'";
    holds(festival, sql, |place| place.contains("ballot")).await;
}

/// Signs in again, finds what was typed, and ends the sentence there.
async fn goes_on(festival: &Festival, served: &Served, key: &Key) {
    let mut client = served.by_key(festival, BEN, key);
    client.reads(BENS_NAME).await;
    client.reads(HALF).await;
    client.press(", and its end.");
    client.reads("Half a thought, and its end.").await;
    client.press("\x13");
    client.reads("Cast this vote?").await;
    client.press("\x1b[D\r");
    client.reads("Voted on").await;
    let vote = bens_vote(festival, FILM).await;
    assert_eq!(vote, Some(("YES".to_owned(), "Half a thought, and its end.".to_owned(), 0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_dies_in_the_middle_of_a_comment_loses_none_of_it() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    comment(&mut client, HALF).await;
    client.child.kill().unwrap();
    is_kept(&festival, HALF).await;
    goes_on(&festival, &served, &key).await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_breaks_loses_nothing_and_one_that_falls_silent_only_waits() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let relay = Relay::start(served.port()).await;
    let door = Door { home: festival.home.path(), port: relay.port(), user: BEN };
    let mut client = Client::start(door.ssh(&["-i", key.path()]));
    comment(&mut client, "Half").await;
    relay.fall_silent();
    client.press(" a thought");
    relay.come_back();
    client.reads(HALF).await;
    relay.cut();
    assert_eq!(client.ended().await, 255);
    is_kept(&festival, HALF).await;
    goes_on(&festival, &served, &key).await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so_and_keeps_what_was_typed() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    comment(&mut client, HALF).await;
    served.stop();
    client.ended().await;
    client.is_restored().await;
    client.reads("The server is stopping").await;
    is_kept(&festival, HALF).await;
    let served = Served::start(&festival, 0);
    goes_on(&festival, &served, &key).await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_loses_nothing_that_was_kept() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    comment(&mut client, HALF).await;
    is_kept(&festival, HALF).await;
    is_placed(&festival).await;
    served.kill();
    assert_eq!(client.ended().await, 255);
    let served = Served::start(&festival, 0);
    goes_on(&festival, &served, &key).await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_there_on_another_computer() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let (one, other) = (Served::start(&festival, 0), Served::start(&festival, 0));
    let key = Key::of(&festival, BEN);
    let mut client = one.by_key(&festival, BEN, &key);
    comment(&mut client, HALF).await;
    is_kept(&festival, HALF).await;
    is_placed(&festival).await;
    goes_on(&festival, &other, &key).await;
    one.stop();
    other.stop();
}

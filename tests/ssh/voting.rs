//! Voting in both rounds, at a window of any size, with a text from elsewhere.

use super::client::Key;
use super::festival::{FILM, Festival, TITLE};
use super::jury::{BEN, BENS_NAME, DISCUSSED, bens_vote, comment, convene, find};
use super::served::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_juror_votes_in_both_rounds() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    client.reads(BENS_NAME).await;
    comment(&mut client, "It breathes.").await;
    client.press("\x13");
    client.reads("Cast this vote?").await;
    assert_eq!(bens_vote(&festival, FILM).await, None);
    client.press("\x1b[D\r");
    client.reads("Voted on").await;
    assert_eq!(bens_vote(&festival, FILM).await, Some(("YES".to_owned(), "It breathes.".to_owned(), 0)));
    // Over what the filter line held before.
    find(&mut client, "\x7f\x7f\x7fmoons", TITLE).await;
    client.press("n");
    client.reads("the only change").await;
    client.press("After all: no.");
    client.reads("After all: no.").await;
    client.press("\x13");
    client.reads("This is the only change").await;
    client.press("\x1b[D\r");
    client.reads("Changed your vote").await;
    let (note, text, changes) = bens_vote(&festival, DISCUSSED).await.unwrap();
    assert_eq!((note.as_str(), changes), ("NO", 1));
    assert!(text.contains("After all: no."), "{text}");
    client.press("q");
    assert_eq!(client.ended().await, 0);
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_may_change_in_the_middle_of_a_comment() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    comment(&mut client, "Before ").await;
    for (rows, columns) in [(40, 120), (24, 80), (50, 160)] {
        client.resize(rows, columns).await;
        client.reads("Before").await;
    }
    client.press("and after.");
    client.reads("Before and after.").await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_is_cut_visibly_and_the_rest_skipped() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    comment(&mut client, "Pasted: ").await;
    client.press(&format!("\x1b[200~{}q\x1b[201~", "x".repeat(100_000)));
    client.reads("Only the first 64 kB").await;
    // Nothing of the rest was taken for keys, and keys go on.
    client.press("\x13");
    client.reads("at most 10,000 fit").await;
    assert_eq!(bens_vote(&festival, FILM).await, None);
    served.stop();
}

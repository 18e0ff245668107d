//! The console over a connection: opened, left, its own screen and nobody else's.

use crate::run::testing::{BOB, EMAIL, FAULTY, PASSWORD};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_the_console_and_q_ends_it_cleanly() {
    let served = serve(Limits::default()).await;
    let mut client = served.ssh(EMAIL, PASSWORD_ONLY, &[]);
    client.reads("password:").await;
    client.press("wrong\n");
    client.until("second question", |s| s.contents().matches("password:").count() == 2).await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads("Ada Lovelace").await;
    client.resize(40, 120).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    client.is_restored().await;
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_ends_one_session_and_no_other() {
    let served = serve(Limits::default()).await;
    let mut other = served.ssh_signed_in(EMAIL, &[], &[]).await;
    other.reads("Ada Lovelace").await;
    let mut client = served.ssh_signed_in(FAULTY, &[], &[]).await;
    assert_eq!(client.ended().await, 1);
    client.is_restored().await;
    client.reads("because of a fault").await;
    other.press("q");
    assert_eq!(other.ended().await, 0);
    served.end().await;
}

/// One thread draws both: every frame of each is looked at.
#[tokio::test]
async fn nobody_sees_a_cell_of_another_ones_screen() {
    let served = serve(Limits::default()).await;
    let (_ada, mut ada) = served.signed_in(EMAIL).await;
    let (_bob, mut bob) = served.signed_in(BOB).await;
    for _ in 0..10 {
        ada.press("?").await;
        bob.press("?").await;
        for (screen, other) in [(&mut ada, "Bob"), (&mut bob, "Ada")] {
            screen
                .until("help", |text| {
                    assert!(!text.contains(other), "{text}");
                    text.contains("What the keys do here")
                })
                .await;
            screen.press("\x1b").await;
            screen
                .until("page", |text| {
                    assert!(!text.contains(other), "{text}");
                    !text.contains("What the keys do here")
                })
                .await;
        }
    }
    served.end().await;
}

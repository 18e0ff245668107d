//! How sessions end when the server does.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::run::testing::EMAIL;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn stopping_the_server_gives_every_terminal_back() {
    let served = serve(Limits::default()).await;
    let mut client = served.ssh_signed_in(EMAIL, &[], &[]).await;
    client.reads("Ada Lovelace").await;
    served.end().await;
    client.ended().await;
    client.is_restored().await;
    client.reads("The server is stopping; what you had written is kept.").await;
}

#[tokio::test]
async fn a_stop_under_many_sessions_tells_each_of_them() {
    let served = serve(roomy()).await;
    let mut sessions = Vec::new();
    for _ in 0..60 {
        sessions.push(served.signed_in(EMAIL).await);
    }
    // Some have only begun to come in.
    let mut strangers = Vec::new();
    for _ in 0..20 {
        strangers.push(Probe::connect(served.port).await);
    }
    let mut ended = tokio::task::JoinSet::new();
    for (probe, mut screen) in sessions {
        ended.spawn(async move {
            let status = screen.ended().await;
            drop(probe);
            (status, screen.text())
        });
    }
    served.end().await;
    while let Some(session) = ended.join_next().await {
        let (status, text) = session.unwrap();
        assert_eq!(status, Some(1));
        assert!(text.contains("The server is stopping") && text.contains("Le serveur s’arrête"), "{text}");
    }
    for probe in strangers {
        probe.closed().await;
    }
}

#[tokio::test]
async fn the_terminal_comes_back_first_and_what_is_being_written_is_finished() {
    let served = serve(Limits::default()).await;
    let (probe, mut screen) = served.signed_in(EMAIL).await;
    let service = Arc::clone(&served.service);
    let asked = |what: &str| service.asked().iter().any(|(_, asked)| *asked == what);
    let held = service.held.lock().await;
    screen.press("X").await;
    while !asked("sign_out") {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let stopped = Arc::new(AtomicBool::new(false));
    let (task, tell) = (served.task, Arc::clone(&stopped));
    served.stop.send(()).unwrap();
    let serving = tokio::spawn(async move {
        task.await.unwrap();
        tell.store(true, Ordering::SeqCst);
    });
    assert_eq!(screen.ended().await, Some(1));
    assert!(screen.text().contains("The server is stopping"), "{}", screen.text());
    drop(probe);
    assert!(!stopped.load(Ordering::SeqCst) && !asked("signed out"));
    drop(held);
    serving.await.unwrap();
    assert!(asked("signed out"));
    assert_eq!(served.gate.inside(), (0, 0, 0));
}

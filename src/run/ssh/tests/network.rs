//! A network that goes silent, as in a tunnel.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use crate::run::host::News;
use crate::run::testing::BOB;

use super::*;

/// Passes bytes on between clients and a server, unless told to stop.
struct Network {
    port: u16,
    passes: watch::Sender<bool>,
}

impl Network {
    fn before(server: u16) -> Self {
        let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (passes, passing) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let socket = TcpSocket::new_v4().unwrap();
                socket.set_recv_buffer_size(4096).unwrap();
                let far = socket.connect(([127, 0, 0, 1], server).into()).await.unwrap();
                let (near, far) = (near.into_split(), far.into_split());
                tokio::spawn(pass(near.0, far.1, passing.clone()));
                tokio::spawn(pass(far.0, near.1, passing.clone()));
            }
        });
        Self { port, passes }
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut passing: watch::Receiver<bool>) {
    let mut bytes = [0; 4096];
    while let Ok(()) = passing.wait_for(|passing| *passing).await.map(|_| ()) {
        tokio::select! {
            read = from.read(&mut bytes) => match read {
                Ok(n @ 1..) => {
                    if to.write_all(&bytes[..n]).await.is_err() {
                        return;
                    }
                }
                _ => return,
            },
            _ = passing.changed() => {}
        }
    }
}

/// Something happens that every screen shows, more often than the system keeps frames.
async fn much_happens(served: &Served) {
    for i in 0..600 {
        served.service.news.send(News::Database(i % 2 == 1)).unwrap();
        tokio::time::sleep(Duration::from_millis(9)).await;
    }
}

async fn signed_in_through(network: &Network) -> (Probe, Screen) {
    let mut probe = Probe::connect(network.port).await;
    probe.sign_in(BOB).await;
    let mut screen = probe.console().await;
    screen.reads("Bob Kahn").await;
    (probe, screen)
}

#[tokio::test]
async fn a_session_goes_on_after_a_silent_network_with_only_its_newest_frame() {
    // The server asks all the time whether the client is there, and gets no answer.
    let served = serve(Limits { keepalive: Duration::from_millis(100), ..roomy() }).await;
    let network = Network::before(served.port);
    let (_honest, mut honest) = served.honest().await;
    let (_probe, mut screen) = signed_in_through(&network).await;
    network.passes.send_replace(false);
    much_happens(&served).await;
    honest.works().await;
    let all = honest.bytes;
    let before = screen.bytes;
    network.passes.send_replace(true);
    screen.works().await;
    // Most frames of the silence were never made: the others saw them all.
    assert!(screen.bytes - before < all / 2, "{} of {all}", screen.bytes - before);
    served.end().await;
}

#[tokio::test]
async fn output_that_is_stuck_for_too_long_ends_the_session() {
    let limits = Limits { stalled: Duration::from_secs(1), stalled_stranger: Duration::from_secs(1), ..roomy() };
    let served = serve(limits).await;
    let network = Network::before(served.port);
    let (_honest, mut honest) = served.honest().await;
    let (_probe, _screen) = signed_in_through(&network).await;
    served.until_inside((2, 0, 2)).await;
    network.passes.send_replace(false);
    much_happens(&served).await;
    served.until_inside((1, 0, 1)).await;
    honest.works().await;
    served.end().await;
}

#[test]
fn ten_minutes_of_silence_are_within_every_limit() {
    let limits = Limits::default();
    let key = PrivateKey::random(&mut rand::rng(), russh::keys::Algorithm::Ed25519).unwrap();
    let config = config(Options { key, limits, strict_pq: false });
    let silence = Duration::from_secs(10 * 60);
    // The system tries a lost packet again after two minutes at the latest.
    let late = silence + Duration::from_secs(2 * 60);
    assert_eq!(config.inactivity_timeout, None);
    assert!(config.keepalive_interval.unwrap() * u32::try_from(config.keepalive_max).unwrap() > late);
    assert!(limits.stalled > late && SILENCE > late);
}

//! Whoever misbehaves hurts nobody else: beside each attack an honest session presses a key and gets its frame, and
//! every place is free again afterwards.

use russh::client::Config;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::run::testing::{BOB, EMAIL};

use super::*;

async fn knock(port: u16) -> TcpStream {
    TcpStream::connect(("127.0.0.1", port)).await.unwrap()
}

#[tokio::test]
async fn a_thousand_that_connect_and_say_nothing_or_stop_in_the_handshake() {
    let served = serve(Limits { grace: Duration::from_secs(3600), ..roomy() }).await;
    let (_honest, mut honest) = served.honest().await;
    let mut silent = Vec::new();
    for i in 0..1_000 {
        let mut stream = knock(served.port).await;
        let words: &[u8] = match i % 3 {
            0 => b"",
            1 => b"SSH-2.0-half\r\n",
            // The beginning of a packet of 4 kB.
            _ => b"SSH-2.0-half\r\n\x00\x00\x10\x00\x0a\x14half of it",
        };
        stream.write_all(words).await.unwrap();
        silent.push(stream);
    }
    served.until_inside((1_001, 1_000, 1)).await;
    honest.works().await;
    drop(silent);
    served.until_inside((1, 0, 1)).await;
    honest.works().await;
    served.end().await;
}

#[tokio::test]
async fn nonsense_instead_of_a_handshake() {
    let served = serve(roomy()).await;
    let (_honest, mut honest) = served.honest().await;
    let long = [b'x'; 70_000];
    for words in [&b"GET / HTTP/1.1\r\n\r\n"[..], &long, b"SSH-2.0-x\r\n\xff\xff\xff\xff\xff\xff\xff\xff", b"\0\0\0\0"]
    {
        let mut stream = knock(served.port).await;
        // It may be closed before all of it is out.
        let _ = stream.write_all(words).await;
        let _ = stream.shutdown().await;
    }
    served.until_inside((1, 0, 1)).await;
    honest.works().await;
    served.end().await;
}

#[tokio::test]
async fn clients_with_a_small_window_and_clients_that_never_read() {
    let served = serve(roomy()).await;
    let (_honest, mut honest) = served.honest().await;
    let (mut slow, mut deaf) = (Vec::new(), tokio::task::JoinSet::new());
    for i in 0..120 {
        let never = i % 6 == 0;
        let config = match never {
            // What the channel holds is never taken out, so that the client stops to read.
            true => Config { channel_buffer_size: 1, ..Config::default() },
            false => Config { window_size: 2048, maximum_packet_size: 1024, ..Config::default() },
        };
        let mut probe = Probe::connect_with(served.port, config).await;
        probe.sign_in(BOB).await;
        let mut screen = probe.console().await;
        if never {
            // Much to draw, and nobody looks; at some point the client takes no more keys either.
            deaf.spawn(async move {
                for _ in 0..200 {
                    screen.press("?").await;
                    screen.press("\x1b").await;
                    tokio::task::yield_now().await;
                }
                std::future::pending::<()>().await;
                drop((probe, screen));
            });
        } else {
            screen.works().await;
            slow.push((probe, screen));
        }
    }
    honest.works().await;
    for (_, screen) in &mut slow {
        screen.works().await;
    }
    drop((slow, deaf));
    served.until_inside((1, 0, 1)).await;
    served.end().await;
}

#[tokio::test]
async fn floods_of_keys_and_a_paste_without_an_end() {
    let served = serve(roomy()).await;
    let (_honest, mut honest) = served.honest().await;
    let floods: [Vec<u8>; 4] = [
        b"jk?\x1b".repeat(256 * 1024),
        [&b"\x1b[200~"[..], &[b'x'; 4 * 1024 * 1024]].concat(),
        [&b"\x1b["[..], &[b'1'; 1024 * 1024]].concat(),
        [0x1b; 1024 * 1024].to_vec(),
    ];
    let mut probes = Vec::new();
    for flood in floods {
        let (probe, screen) = served.signed_in(BOB).await;
        let Screen { channel, .. } = screen;
        let (mut read, write) = channel.split();
        let sending = tokio::spawn(async move { write.data_bytes(flood).await });
        let reading = tokio::spawn(async move { while read.wait().await.is_some() {} });
        probes.push((probe, sending, reading));
    }
    for _ in 0..5 {
        honest.works().await;
    }
    // All of them still wait for their turn: what is too fast is taken by and by.
    for (probe, sending, reading) in probes {
        assert!(!sending.is_finished());
        sending.abort();
        reading.abort();
        drop(probe);
    }
    served.until_inside((1, 0, 1)).await;
    honest.works().await;
    served.end().await;
}

#[tokio::test]
async fn windows_of_every_size_thousands_of_times() {
    let served = serve(roomy()).await;
    let (_honest, mut honest) = served.honest().await;
    let (_probe, mut screen) = served.signed_in(BOB).await;
    for i in 0..4_000u32 {
        let (columns, rows) = match i % 4 {
            0 => (65_535, 65_535),
            1 => (0, 0),
            2 => (u32::MAX, 1),
            _ => (i % 200 + 1, i % 60 + 1),
        };
        screen.channel.window_change(columns, rows, u32::MAX, i).await.unwrap();
    }
    honest.works().await;
    screen.parser = vt100::Parser::default();
    screen.channel.window_change(80, 24, 0, 0).await.unwrap();
    screen.reads("Bob Kahn").await;
    screen.works().await;
    served.end().await;
}

#[tokio::test]
async fn a_client_that_wants_new_keys_all_the_time() {
    let served = serve(roomy()).await;
    let (_honest, mut honest) = served.honest().await;
    let limits = russh::Limits::new(20_000, 20_000, Duration::from_secs(3600));
    let mut probe = Probe::connect_with(served.port, Config { limits, ..Config::default() }).await;
    probe.sign_in(EMAIL).await;
    let mut screen = probe.console().await;
    for i in 0..20 {
        if i % 4 == 0 {
            probe.handle.rekey_soon().await.unwrap();
        }
        screen.works().await;
    }
    honest.works().await;
    served.end().await;
}

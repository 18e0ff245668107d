//! Only a terminal and a shell on one channel; everything else is refused with a reply, and the session goes on. Types
//! of channels and requests of a channel that nobody has heard of are not tried: no client here can send them.

use russh::ChannelMsg;
use russh::client::Config;

use crate::run::testing::EMAIL;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_console_is_granted_to_openssh() {
    let served = serve(Limits::default()).await;
    for (options, command) in [(&["-T"][..], &[][..]), (&[], &["id"]), (&["-s"], &["sftp"])] {
        let mut client = served.ssh_signed_in(EMAIL, options, command).await;
        assert_ne!(client.ended().await, 0, "{options:?} {command:?}");
    }
    served.end().await;
}

/// The replies that came, in their order.
async fn replies(channel: &mut russh::Channel<russh::client::Msg>, count: usize) -> Vec<bool> {
    let mut got = Vec::new();
    while got.len() < count {
        match tokio::time::timeout(Duration::from_secs(60), channel.wait()).await.expect("a reply") {
            Some(ChannelMsg::Success) => got.push(true),
            Some(ChannelMsg::Failure) => got.push(false),
            Some(_) => {}
            None => break,
        }
    }
    got
}

#[tokio::test]
async fn every_other_request_of_a_channel_is_refused() {
    let served = serve(Limits::default()).await;
    let (_honest, mut honest) = served.honest().await;
    let mut probe = Probe::connect(served.port).await;
    probe.sign_in(EMAIL).await;
    let mut channel = probe.handle.channel_open_session().await.unwrap();
    channel.request_shell(true).await.unwrap();
    channel.exec(true, "id").await.unwrap();
    channel.request_subsystem(true, "sftp").await.unwrap();
    channel.set_env(true, "LD_PRELOAD", "/tmp/evil.so").await.unwrap();
    channel.set_env(true, "LANG", "C").await.unwrap();
    channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.unwrap();
    channel.agent_forward(true).await.unwrap();
    assert_eq!(replies(&mut channel, 7).await, [false; 7]);
    // The channel is as it was: the first terminal and the first shell are granted, a second one of either is not.
    for _ in 0..2 {
        channel.request_pty(true, "xterm", 80, 24, 0, 0, &[]).await.unwrap();
        channel.request_shell(true).await.unwrap();
    }
    channel.exec(true, "id").await.unwrap();
    channel.signal(russh::Sig::KILL).await.unwrap();
    assert_eq!(replies(&mut channel, 5).await, [true, true, false, false, false]);
    honest.works().await;
    served.end().await;
}

#[tokio::test]
async fn every_other_channel_and_all_forwarding_is_refused() {
    let served = serve(Limits::default()).await;
    let (_honest, mut honest) = served.honest().await;
    let mut probe = Probe::connect_with(served.port, Config::default()).await;
    probe.sign_in(EMAIL).await;
    let mut screen = probe.console().await;
    screen.reads("Ada Lovelace").await;
    let handle = &probe.handle;
    assert!(handle.channel_open_session().await.is_err(), "a second session");
    assert!(handle.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1).await.is_err());
    assert!(handle.channel_open_direct_streamlocal("/run/mysqld/mysqld.sock").await.is_err());
    assert!(handle.channel_open_x11("127.0.0.1", 6000).await.is_err());
    assert!(handle.tcpip_forward("0.0.0.0", 8080).await.is_err());
    assert!(handle.cancel_tcpip_forward("0.0.0.0", 8080).await.is_err());
    assert!(handle.streamlocal_forward("/tmp/evil.sock").await.is_err());
    assert!(handle.cancel_streamlocal_forward("/tmp/evil.sock").await.is_err());
    for name in ["unknown@example.org", "\x1b[2J", "hostkeys-prove-00@openssh.com"] {
        assert!(handle.send_global_request(name, b"x", true).await.is_err(), "{name}");
    }
    // The session that asked for it all goes on, and so does the one beside it.
    screen.works().await;
    honest.works().await;
    served.end().await;
}

#[tokio::test]
async fn openssh_is_told_that_forwarding_is_refused() {
    let served = serve(Limits::default()).await;
    let mut client =
        served.ssh_signed_in(EMAIL, &["-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:1"], &[]).await;
    assert_eq!(client.ended().await, 255);
    served.end().await;
}

#[tokio::test]
async fn shells_without_a_terminal_are_told_once() {
    let served = serve(Limits::default()).await;
    let mut probe = Probe::connect(served.port).await;
    probe.sign_in(EMAIL).await;
    let mut channel = probe.handle.channel_open_session().await.unwrap();
    let (mut refused, mut told) = (0, 0);
    for _ in 0..100 {
        channel.request_shell(true).await.unwrap();
    }
    while refused < 100 {
        match tokio::time::timeout(Duration::from_secs(60), channel.wait()).await.expect("a reply").unwrap() {
            ChannelMsg::Failure => refused += 1,
            ChannelMsg::ExtendedData { .. } => told += 1,
            _ => {}
        }
    }
    assert_eq!(told, 1);
    served.end().await;
}

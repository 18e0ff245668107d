//! The network between a client and a server: it flows, falls silent, breaks.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the network does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Flows,
    Silent,
    Cut,
}

/// A network in front of a server.
pub(crate) struct Relay {
    port: u16,
    line: watch::Sender<Line>,
}

impl Relay {
    /// One that flows to a port of this computer.
    pub(crate) async fn start(to: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (line, seen) = watch::channel(Line::Flows);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(("127.0.0.1", to)).await else { return };
                let (client_read, client_write) = client.into_split();
                let (server_read, server_write) = server.into_split();
                tokio::spawn(pass(client_read, server_write, seen.clone()));
                tokio::spawn(pass(server_read, client_write, seen.clone()));
            }
        });
        Self { port, line }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// From now on nothing arrives at either end, and neither is told.
    pub(crate) fn fall_silent(&self) {
        self.line.send_replace(Line::Silent);
    }

    /// What was sent meanwhile arrives.
    pub(crate) fn come_back(&self) {
        self.line.send_replace(Line::Flows);
    }

    /// Both ends find the connection gone.
    pub(crate) fn cut(&self) {
        self.line.send_replace(Line::Cut);
    }
}

/// Passes bytes on as long as the line flows.
async fn pass(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut line: watch::Receiver<Line>,
) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        match line.wait_for(|line| *line != Line::Silent).await.map(|line| *line) {
            Ok(Line::Flows) => {}
            _ => return,
        }
        tokio::select! {
            biased;
            _ = line.changed() => {}
            read = from.read(&mut bytes) => match read {
                Ok(n @ 1..) => if to.write_all(&bytes[..n]).await.is_err() { return },
                _ => return,
            },
        }
    }
}

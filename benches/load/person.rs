//! A juror at the other end of a connection: types, and knows when the bytes of the answer came.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use std::{io, pin::Pin};

use marsai::run::frame::ENTER;
use russh::client::{self, Handle, Msg, Session};
use russh::keys::{PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{ChannelId, ChannelWriteHalf};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;

use super::festival::Juror;

/// Longest wait for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Nothing more came for so long: the screen is at rest.
const QUIET: Duration = Duration::from_millis(300);

/// Bytes that came, and when.
type Seen = (Instant, Vec<u8>);

/// Where people go and how they are known there.
#[derive(Clone, Copy)]
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    /// The user of the operating system, where that is who signs in; else the juror's email is the name.
    pub(crate) account: Option<&'static str>,
}

/// How long it took to come in, each from the first packet of the connection.
#[derive(Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) signed_in: Duration,
    pub(crate) first_frame: Duration,
    pub(crate) films: Duration,
}

/// Somebody at a terminal of 80×24.
pub(crate) struct Person {
    handle: Handle<Eyes>,
    write: ChannelWriteHalf<Msg>,
    seen: mpsc::UnboundedReceiver<Seen>,
    asleep: Arc<AtomicBool>,
    pub(crate) arrival: Arrival,
}

/// What became of a key.
#[derive(Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) after: Duration,
    pub(crate) bytes: usize,
}

struct Eyes(Option<mpsc::UnboundedSender<Seen>>);

impl client::Handler for Eyes {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }

    async fn data(&mut self, _: ChannelId, data: &[u8], _: &mut Session) -> Result<(), Self::Error> {
        if let Some(seen) = &self.0 {
            // Nobody looks any more once the person has left.
            let _ = seen.send((Instant::now(), data.to_vec()));
        }
        Ok(())
    }

    async fn channel_close(&mut self, _: ChannelId, _: &mut Session) -> Result<(), Self::Error> {
        self.0 = None;
        Ok(())
    }
}

/// A connection whose reader may fall asleep: from then on nothing is read, and the kernel's buffers fill.
struct Sleeper {
    stream: TcpStream,
    asleep: Arc<AtomicBool>,
}

impl AsyncRead for Sleeper {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.asleep.load(Ordering::Relaxed) {
            true => Poll::Pending,
            false => Pin::new(&mut self.stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Sleeper {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Connects from an address of its own: everybody comes from somewhere else, as a jury does. All of 127/8 is this computer.
pub(crate) async fn connect(to: SocketAddr, from: usize) -> io::Result<TcpStream> {
    let part = |n: usize| u8::try_from(n % 250).unwrap_or(0);
    let own = Ipv4Addr::new(127, 1 + part(from / 62_500), 1 + part(from / 250), 1 + part(from));
    let socket = TcpSocket::new_v4()?;
    socket.bind((own, 0).into())?;
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

impl Person {
    /// Comes in and waits for the juror's films. `window`: how many bytes the terminal takes ahead.
    pub(crate) async fn come(door: Door, juror: &Juror, from: usize, window: u32) -> Result<Self, String> {
        let entering = Box::pin(Self::enter(door, juror, from, window));
        tokio::time::timeout(PATIENCE, entering).await.unwrap_or_else(|_| Err("not in within a minute".to_owned()))
    }

    async fn enter(door: Door, juror: &Juror, from: usize, window: u32) -> Result<Self, String> {
        let said = |what: &str, error: &dyn std::fmt::Display| format!("{what}: {error}");
        let config = client::Config { window_size: window, nodelay: true, ..client::Config::default() };
        let (sender, seen) = mpsc::unbounded_channel();
        let asleep = Arc::new(AtomicBool::new(false));
        let start = Instant::now();
        let stream = connect(door.address, from).await.map_err(|error| said("no connection", &error))?;
        let stream = Sleeper { stream, asleep: Arc::clone(&asleep) };
        let connected = client::connect_stream(Arc::new(config), stream, Eyes(Some(sender))).await;
        let mut handle = connected.map_err(|error| said("no handshake", &error))?;
        let name = door.account.unwrap_or(&juror.email);
        let key = PrivateKeyWithHashAlg::new(Arc::clone(&juror.key), None);
        let entered = handle.authenticate_publickey(name, key).await.map_err(|error| said("no sign-in", &error))?;
        if !entered.success() {
            return Err("the key was refused".to_owned());
        }
        let signed_in = start.elapsed();
        let channel = handle.channel_open_session().await.map_err(|error| said("no channel", &error))?;
        // What the handler has seen is not to be read a second time.
        let (_, write) = channel.split();
        write.request_pty(false, "xterm-256color", 80, 24, 0, 0, &[]).await.map_err(|error| said("no pty", &error))?;
        write.request_shell(false).await.map_err(|error| said("no shell", &error))?;
        let arrival = Arrival { signed_in, first_frame: Duration::ZERO, films: Duration::ZERO };
        let mut person = Self { handle, write, seen, asleep, arrival };
        person.see_films(juror, start).await?;
        Ok(person)
    }

    async fn see_films(&mut self, juror: &Juror, start: Instant) -> Result<(), String> {
        let mut screen = Vec::new();
        loop {
            let Ok(Some((at, bytes))) = tokio::time::timeout(PATIENCE / 2, self.seen.recv()).await else {
                return Err(format!("no films after {:?}", String::from_utf8_lossy(&screen)));
            };
            screen.extend_from_slice(&bytes);
            if screen.len() > ENTER.len() && self.arrival.first_frame.is_zero() {
                self.arrival.first_frame = at - start;
            }
            let there = |title: &String| memchr::memmem::find(&screen, title.as_bytes()).is_some();
            if juror.titles.iter().any(there) {
                self.arrival.films = at - start;
                return Ok(());
            }
        }
    }

    /// Waits until nothing more comes; how many bytes came.
    pub(crate) async fn rest(&mut self) -> usize {
        let mut bytes = 0;
        while let Ok(Some((_, more))) = tokio::time::timeout(QUIET, self.seen.recv()).await {
            bytes += more.len();
        }
        bytes
    }

    /// Types without looking.
    pub(crate) async fn typed(&self, keys: impl Into<Vec<u8>>) -> bool {
        self.write.data_bytes(keys.into()).await.is_ok()
    }

    /// Presses a key and waits for the frame that it leads to; nothing if none comes.
    pub(crate) async fn press(&mut self, key: &'static [u8]) -> Option<Answered> {
        // What came by itself meanwhile is no answer.
        while self.seen.try_recv().is_ok() {}
        let pressed = Instant::now();
        self.write.data_bytes(key).await.ok()?;
        let (at, bytes) = tokio::time::timeout(PATIENCE / 6, self.seen.recv()).await.ok()??;
        Some(Answered { after: at - pressed, bytes: bytes.len() })
    }

    /// Tells the server another size.
    pub(crate) async fn resize(&self, columns: u32, rows: u32) {
        self.write.window_change(columns, rows, 0, 0).await.unwrap();
    }

    /// Reads nothing any more.
    pub(crate) fn fall_asleep(&self) {
        self.asleep.store(true, Ordering::Relaxed);
    }

    /// Goes, as somebody who closes their laptop.
    pub(crate) async fn leave(self) {
        // It may be gone already.
        let _ = self.handle.disconnect(russh::Disconnect::ByApplication, "", "").await;
    }
}

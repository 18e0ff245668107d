//! The SSH server: every connection gets its own console, the same one as on a local terminal.
//!
//! ```text
//! accept → gate (places, pace) → connection (grace, goodbye) → guarded stream (cut, rate, patience)
//!        → the library's handshake → handler (which terminal) and auth (who)
//!        → remote (channel ↔ driver) → data, exit status, eof, close
//! ```
//!
//! No shell, no commands, no files, no forwarding: a terminal and a shell request start the console, everything else
//! is refused with a reply.

mod auth;
mod connection;
mod contact;
mod farewell;
mod gate;
mod guard;
mod handler;
pub mod host_key;
mod limits;
mod remote;
mod seldom;
mod spare;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use russh::keys::PrivateKey;
use russh::server::Config;
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, kex, mac};
use tokio::io::Interest;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

pub use host_key::{HostKeyError, fingerprint};
pub use limits::{Limits, Rate};

use connection::Newcomer;
use gate::Gate;
use guard::Cut;
use seldom::Seldom;
use spare::Spare;

use super::host::{Host, Service};

/// How long a console may take to say goodbye, and then its client to go.
const GOODBYE: Duration = Duration::from_secs(5);

/// How long all sessions together may take when the server stops: the goodbye, and what is being written.
const DRAIN: Duration = Duration::from_secs(10);

/// A client that has said nothing for this long, though it was asked, is gone. A network may be silent for ten minutes.
const SILENCE: Duration = Duration::from_secs(15 * 60);

/// What the system may keep of a connection's output, in bytes. Its own choice would be megabytes of frames that nobody
/// wants to see any more.
const SEND_BUFFER: u32 = 16 * 1024;

/// The same of its input.
const RECEIVE_BUFFER: u32 = 64 * 1024;

/// How often somebody who waits for their turn is looked after, once they have sent something.
const LOOK: Duration = Duration::from_millis(100);

/// Newcomers that may wait until they are accepted.
const BACKLOG: u32 = 1024;

/// How a server is run.
pub struct Options {
    /// Its key.
    pub key: PrivateKey,
    /// How many may come in, how fast, and for how long.
    pub limits: Limits,
    /// Only key exchange that outlasts quantum computers; clients from before 2025 cannot connect then.
    pub strict_pq: bool,
}

/// A server that listens.
pub struct Server<S> {
    listener: TcpListener,
    config: Arc<Config>,
    host: Host<S>,
    gate: Gate,
    limits: Limits,
}

impl<S: Service> Server<S> {
    /// Listens on an address.
    ///
    /// # Errors
    ///
    /// When the address cannot be had.
    pub async fn bind(address: SocketAddr, options: Options, host: Host<S>) -> io::Result<Self> {
        let limits = options.limits;
        Ok(Self {
            listener: listen(address)?,
            config: Arc::new(config(options)),
            host,
            gate: Gate::new(limits),
            limits,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    ///
    /// When the socket does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is done, then lets every session give its terminal back and finish what it was writing.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        let (mut spare, mut full) = (Spare::new(), Seldom::default());
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => self.admit(stream, peer, &stopped, &mut connections, &mut full),
                    Err(error) => spare.refuse(&self.listener, &error).await,
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(self.listener);
        // Sessions that are gone already hear nothing.
        let _ = stopping.send(true);
        let all = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(DRAIN, all).await.is_err() {
            tracing::warn!("some sessions did not end in time");
        }
    }

    fn admit(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        stopped: &watch::Receiver<bool>,
        connections: &mut JoinSet<()>,
        said: &mut Seldom,
    ) {
        let (address, cut) = (peer.ip().to_canonical(), Cut::default());
        let (place, wait) = match self.gate.enter(address, Instant::now(), cut.clone()) {
            Ok(place) => place,
            Err(full) => {
                if let Some(refused) = said.again() {
                    tracing::warn!(%address, ?full, refused, "no place left for newcomers");
                }
                return;
            }
        };
        let (host, config, limits) = (self.host.clone(), Arc::clone(&self.config), self.limits);
        let mut stopped = stopped.clone();
        connections.spawn(async move {
            if !wait.is_zero() {
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = gone(&stream) => return,
                    () = cut.done() => return,
                    () = connection::stop(&mut stopped) => return,
                }
            }
            connection::run(host, config, limits, Newcomer { stream, address, cut, place }, stopped).await;
        });
    }
}

/// Done when the other end has closed the connection, also behind bytes that nobody has read.
async fn gone(stream: &TcpStream) {
    while stream.ready(Interest::READABLE).await.is_ok_and(|ready| !ready.is_read_closed()) {
        // Bytes that wait make it ready at once, again and again.
        tokio::time::sleep(LOOK).await;
    }
}

/// Listens with small buffers, which connections inherit.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

fn config(Options { key, limits, strict_pq }: Options) -> Config {
    let mut methods = MethodSet::empty();
    methods.push(MethodKind::PublicKey);
    methods.push(MethodKind::KeyboardInteractive);
    methods.push(MethodKind::Password);
    Config {
        server_id: SshId::Standard("SSH-2.0-marsai".into()),
        methods,
        // Agents offer many keys, and each refused one costs this much and counts towards the attempts: passwords
        // have a count of their own.
        auth_rejection_time: Duration::from_millis(250),
        auth_rejection_time_initial: Some(Duration::ZERO),
        max_auth_attempts: 12,
        keys: vec![key],
        window_size: 64 * 1024,
        channel_buffer_size: 8,
        event_buffer_size: 2,
        // The console locks by itself; this finds out about clients that are gone.
        inactivity_timeout: None,
        keepalive_interval: Some(limits.keepalive),
        keepalive_max: usize::try_from(SILENCE.as_millis() / limits.keepalive.as_millis().max(1)).unwrap_or(usize::MAX),
        nodelay: true,
        preferred: preferred(strict_pq),
        ..Config::default()
    }
}

/// Today's algorithms, unless `strict_pq` with one for clients from before 2025 (curve25519) behind the one that outlasts
/// quantum computers.
fn preferred(strict_pq: bool) -> Preferred {
    const STRICT: &[kex::Name] =
        &[kex::MLKEM768X25519_SHA256, kex::EXTENSION_SUPPORT_AS_SERVER, kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER];
    const COMPATIBLE: &[kex::Name] = &[
        kex::MLKEM768X25519_SHA256,
        kex::CURVE25519,
        kex::EXTENSION_SUPPORT_AS_SERVER,
        kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
    ];
    const CIPHERS: &[cipher::Name] = &[cipher::AES_256_GCM, cipher::AES_128_GCM, cipher::AES_256_CTR];
    const MACS: &[mac::Name] = &[mac::HMAC_SHA512_ETM, mac::HMAC_SHA256_ETM];
    let kex = if strict_pq { STRICT } else { COMPATIBLE };
    Preferred { kex: kex.into(), cipher: CIPHERS.into(), mac: MACS.into(), ..Preferred::default() }
}

//! The SSH server: every connection gets its own console, the same one as on a local terminal.
//!
//! ```text
//! accept → gate (places, pace) → guarded stream → the library's handshake → handler (who, which terminal)
//!        → remote (channel ↔ driver) → data, exit status, eof, close
//! ```
//!
//! No shell, no commands, no files, no forwarding: a terminal and a shell request start the console, everything else
//! is refused with a reply.

mod gate;
mod guard;
mod handler;
pub mod host_key;
mod remote;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use russh::keys::PrivateKey;
use russh::server::Config;
use russh::{MethodKind, MethodSet, Preferred, SshId, cipher, kex, mac};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

pub use gate::Limits;
pub use host_key::{HostKeyError, fingerprint};

use gate::{Gate, Place};
use guard::{Cut, Guarded};
use handler::{Connection, Handler};

use super::host::{Host, Service};

/// After a failed accept (no file descriptors left) the server waits this long.
const BREATH: Duration = Duration::from_millis(200);

/// How long sessions may take to say goodbye when the server stops.
const GOODBYE: Duration = Duration::from_secs(10);

/// A server that listens.
pub struct Server<S> {
    listener: TcpListener,
    config: Arc<Config>,
    host: Host<S>,
    gate: Gate,
    limits: Limits,
}

impl<S: Service> Server<S> {
    /// Listens on an address with a host key.
    ///
    /// # Errors
    ///
    /// When the address cannot be had.
    pub async fn bind(address: SocketAddr, key: PrivateKey, limits: Limits, host: Host<S>) -> io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind(address).await?,
            config: Arc::new(config(key)),
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

    /// Serves until `stop` is done, then lets every session give its terminal back.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => self.admit(stream, peer, &stopped, &mut connections),
                    Err(error) => {
                        tracing::warn!(%error, "cannot accept");
                        tokio::time::sleep(BREATH).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(self.listener);
        // Sessions that are gone already hear nothing.
        let _ = stopping.send(true);
        let all = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(GOODBYE, all).await.is_err() {
            tracing::warn!("some sessions did not end in time");
        }
    }

    fn admit(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        stopped: &watch::Receiver<bool>,
        connections: &mut JoinSet<()>,
    ) {
        let address = peer.ip().to_canonical();
        let Some((place, wait)) = self.gate.enter(address, Instant::now()) else {
            tracing::warn!(%address, "no place left");
            return;
        };
        let connection = Connection {
            host: self.host.clone(),
            address,
            limits: self.limits,
            cut: Cut::default(),
            signed_in: Arc::new(Notify::new()),
            stopped: stopped.clone(),
        };
        let config = Arc::clone(&self.config);
        connections.spawn(async move {
            tokio::time::sleep(wait).await;
            connect(config, stream, connection, place).await;
        });
    }
}

/// Runs one connection to its end.
async fn connect<S: Service>(config: Arc<Config>, stream: TcpStream, connection: Connection<S>, place: Place) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no delay");
    }
    let (cut, signed_in) = (connection.cut.clone(), Arc::clone(&connection.signed_in));
    let mut stopped = connection.stopped.clone();
    let (address, grace) = (connection.address, connection.limits.grace);
    let stream = Guarded::new(stream, cut.clone());
    let deadline = tokio::time::Instant::now() + grace;
    let started = russh::server::run_stream(config, stream, Handler::new(connection));
    let running = match tokio::time::timeout_at(deadline, started).await {
        Ok(Ok(running)) => running,
        Ok(Err(error)) => return tracing::debug!(%address, %error, "no handshake"),
        Err(_) => return tracing::debug!(%address, "no handshake in time"),
    };
    tokio::pin!(running);
    // Until somebody has signed in the connection has a deadline, and the server does not wait for it.
    let before = tokio::select! {
        result = &mut running => Some(result),
        () = signed_in.notified() => None,
        () = tokio::time::sleep_until(deadline) => {
            tracing::info!(%address, "nobody signed in in time");
            cut.now();
            None
        }
        () = stop(&mut stopped) => {
            cut.now();
            None
        }
    };
    let result = match before {
        Some(result) => result,
        None => tokio::select! {
            result = &mut running => result,
            () = cut_after(&mut stopped, &cut) => running.await,
        },
    };
    if let Err(error) = result {
        // The library repeats what the other end sent.
        let error = super::frame::inert(&error.to_string());
        tracing::debug!(%address, error, "connection ended");
    }
    drop(place);
}

/// Waits until the server stops.
async fn stop(stopped: &mut watch::Receiver<bool>) {
    // A server that is gone altogether has stopped too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Once the server stops: gives a console the time to say goodbye, then cuts the connection.
async fn cut_after(stopped: &mut watch::Receiver<bool>, cut: &Cut) {
    stop(stopped).await;
    tokio::time::sleep(GOODBYE / 2).await;
    cut.now();
}

fn config(key: PrivateKey) -> Config {
    let mut methods = MethodSet::empty();
    methods.push(MethodKind::PublicKey);
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
        keepalive_interval: Some(Duration::from_secs(60)),
        keepalive_max: 3,
        nodelay: true,
        preferred: preferred(),
        ..Config::default()
    }
}

/// Today's algorithms, with one for clients from before 2024 (curve25519) behind the one that outlasts quantum computers.
fn preferred() -> Preferred {
    const KEX: &[kex::Name] = &[
        kex::MLKEM768X25519_SHA256,
        kex::CURVE25519,
        kex::CURVE25519_PRE_RFC_8731,
        kex::EXTENSION_SUPPORT_AS_SERVER,
        kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
    ];
    const CIPHERS: &[cipher::Name] = &[cipher::AES_256_GCM, cipher::AES_128_GCM, cipher::AES_256_CTR];
    const MACS: &[mac::Name] = &[mac::HMAC_SHA512_ETM, mac::HMAC_SHA256_ETM];
    Preferred { kex: KEX.into(), cipher: CIPHERS.into(), mac: MACS.into(), ..Preferred::default() }
}

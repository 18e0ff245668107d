//! One connection from its first byte to its last: how long it may go without anybody signing in, and how it ends.

use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;

use russh::server::Config;
use tokio::net::TcpStream;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::run::driver::Standing;
use crate::run::host::{Host, Service};

use super::GOODBYE;
use super::auth::shown;
use super::contact::Contact;
use super::farewell::Farewell;
use super::gate::Place;
use super::guard::{Cut, Guarded, Patience};
use super::handler::Handler;
use super::limits::Limits;

/// What a connection is made of.
pub(super) struct Connection<S> {
    pub(super) host: Host<S>,
    pub(super) address: IpAddr,
    pub(super) limits: Limits,
    pub(super) cut: Cut,
    pub(super) patience: Patience,
    pub(super) contact: Contact,
    /// Whose console it is.
    pub(super) standing: watch::Sender<Standing>,
    /// Told to the console when it is to end.
    pub(super) farewell: watch::Sender<Option<Farewell>>,
}

/// Somebody who has just come in.
pub(super) struct Newcomer {
    pub(super) stream: TcpStream,
    pub(super) address: IpAddr,
    pub(super) cut: Cut,
    pub(super) place: Place,
}

/// Runs one connection to its end.
pub(super) async fn run<S: Service>(
    host: Host<S>,
    config: Arc<Config>,
    limits: Limits,
    newcomer: Newcomer,
    mut stopped: watch::Receiver<bool>,
) {
    let Newcomer { stream, address, cut, place } = newcomer;
    prepare(&stream);
    let standing = watch::Sender::new(Standing::default());
    let patience = Patience::new(&limits, standing.subscribe());
    let farewell = watch::Sender::new(None);
    let contact = place.contact().clone();
    let watcher = Watcher {
        address,
        limits,
        cut: cut.clone(),
        place,
        standing: standing.subscribe(),
        farewell: farewell.clone(),
        grace: Some(Instant::now() + limits.grace),
        cut_at: None,
    };
    let stream = Guarded::new(stream, cut.clone(), limits.input, patience.clone(), contact.clone());
    let (console, mut consoles) = oneshot::channel();
    let handler =
        Handler::new(Connection { host, address, limits, cut, patience, contact, standing, farewell }, console);
    let started = tokio::select! {
        started = timeout_at(Instant::now() + limits.grace, russh::server::run_stream(config, stream, handler)) => started,
        () = stop(&mut stopped) => return,
    };
    let result = match started {
        Ok(Ok(running)) => watcher.watch(running, &mut stopped, &mut consoles).await,
        Ok(Err(error)) => Err(error),
        Err(_) => return tracing::debug!(%address, "no handshake in time"),
    };
    if let Err(error) = result {
        // The library repeats what the other end sent.
        let error = shown(&error.to_string());
        tracing::debug!(%address, error, "connection ended");
    }
}

/// Small packets go out at once, and a lost network is waited for as long as a session is.
fn prepare(stream: &TcpStream) {
    let socket = socket2::SockRef::from(stream);
    let done = socket.set_tcp_nodelay(true);
    #[cfg(target_os = "linux")]
    let done = done.and(socket.set_tcp_user_timeout(Some(super::SILENCE)));
    if let Err(error) = done {
        tracing::debug!(%error, "a socket keeps its defaults");
    }
}

/// Waits until the server stops.
pub(super) async fn stop(stopped: &mut watch::Receiver<bool>) {
    // A server that is gone altogether has stopped too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Watches over a connection.
struct Watcher {
    address: IpAddr,
    limits: Limits,
    cut: Cut,
    place: Place,
    standing: watch::Receiver<Standing>,
    farewell: watch::Sender<Option<Farewell>>,
    /// Until when somebody has to sign in; `None` while the console is somebody's.
    grace: Option<Instant>,
    /// When a console that was told to end has had its time.
    cut_at: Option<Instant>,
}

impl Watcher {
    async fn watch(
        mut self,
        running: impl Future<Output = Result<(), russh::Error>>,
        stopped: &mut watch::Receiver<bool>,
        consoles: &mut oneshot::Receiver<tokio::task::JoinHandle<()>>,
    ) -> Result<(), russh::Error> {
        let mut running = pin!(running);
        let result = loop {
            tokio::select! {
                result = &mut running => break result,
                Ok(()) = self.standing.changed() => self.look(),
                () = self.place.contact().replaced() => {
                    self.show_out(Farewell::Replaced(self.limits.per_account));
                }
                () = until(self.grace), if self.cut_at.is_none() => self.show_out(Farewell::Late),
                () = until(self.cut_at) => self.end(),
                () = stop(stopped), if self.farewell.borrow().is_none() => self.show_out(Farewell::Stopping),
            }
        };
        // The place is free once the console has written what it was writing.
        if let Ok(console) = consoles.try_recv() {
            // A fault in it has been reported.
            let _ = console.await;
        }
        result
    }

    /// Somebody signed in or out, or tried to.
    fn look(&mut self) {
        let Standing { user, wrong_passwords } = *self.standing.borrow_and_update();
        self.place.belongs_to(user, Instant::now());
        self.grace = match user {
            Some(_) => None,
            None => self.grace.or_else(|| Some(Instant::now() + self.limits.grace)),
        };
        // Without a console the next try is refused and the connection closed.
        if wrong_passwords >= self.limits.wrong_passwords && self.has_console() {
            self.show_out(Farewell::WrongPasswords);
        }
    }

    fn has_console(&self) -> bool {
        self.farewell.receiver_count() > 0
    }

    /// Ends the connection: a console gets the time to say why.
    fn show_out(&mut self, why: Farewell) {
        match self.standing.borrow().user {
            Some(user) => tracing::info!(address = %self.address, user = user.0, ?why, "shown out"),
            // Strangers may be shown out as often as they like.
            None => tracing::debug!(address = %self.address, ?why, "shown out"),
        }
        let first = self.farewell.send_replace(Some(why)).is_none();
        match self.has_console() {
            true if first => self.cut_at = Some(Instant::now() + GOODBYE),
            true => {}
            false => self.end(),
        }
    }

    fn end(&mut self) {
        self.cut.now();
        self.cut_at = None;
        self.grace = None;
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

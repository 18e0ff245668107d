//! Which terminal somebody has over a connection; nothing else is granted, and each refusal is a reply.

use russh::keys::{HashAlg, PublicKey};
use russh::server::{Auth, ChannelOpenHandle, Msg as ServerMsg, PublicKeyOffer, Response, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, ChannelWriteHalf, Disconnect, Pty};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::app::Known;
use crate::domain::visit::Way;
use crate::run::driver::Visitor;
use crate::run::frame::Caps;
use crate::run::host::Service;
use crate::service::{Caller, Origin};

use super::auth::{Attempt, Door, refused};
use super::connection::Connection;
use super::remote::{self, Line, Remote, Window};

/// Packets of input that may wait; then the client does.
const INPUT: usize = 8;

/// The longest name of a terminal that is looked at, in characters.
const LONGEST_TERM: usize = 64;

/// Keys that may be offered on one connection. Agents hold a handful, and servers of others take six.
const OFFERS: usize = 30;

/// The library's view of a connection.
pub(super) struct Handler<S> {
    connection: Connection<S>,
    door: Door<S>,
    /// Where the console's task is told, once.
    console: Option<oneshot::Sender<JoinHandle<()>>>,
    terminal: Option<Terminal>,
    /// Keys that were offered, and what was said of the last one: the user name, its fingerprint, whether it may be used.
    offers: usize,
    offered: Option<(String, String, bool)>,
    /// Whether it was said that there must be a terminal.
    told: bool,
}

/// The one channel, from its opening to the end.
struct Terminal {
    id: ChannelId,
    /// Until the console starts.
    write: Option<ChannelWriteHalf<ServerMsg>>,
    /// `TERM`, once a terminal was asked for.
    term: Option<String>,
    size: watch::Sender<Window>,
    input: Option<mpsc::Sender<Vec<u8>>>,
}

impl<S: Service> Handler<S> {
    pub(super) fn new(connection: Connection<S>, console: oneshot::Sender<JoinHandle<()>>) -> Self {
        let door = Door::new(&connection);
        Self { connection, door, console: Some(console), terminal: None, offers: 0, offered: None, told: false }
    }

    fn on(&mut self, channel: ChannelId) -> Option<&mut Terminal> {
        self.terminal.as_mut().filter(|terminal| terminal.id == channel)
    }

    /// Whether a key that was offered is worth signing with.
    async fn fits(&mut self, user: &str, fingerprint: String) -> bool {
        if let Some((name, key, fits)) = &self.offered
            && name == user
            && *key == fingerprint
        {
            return *fits;
        }
        let fits = self.door.is_known(user, fingerprint.clone()).await;
        self.offered = Some((user.to_owned(), fingerprint, fits));
        fits
    }

    /// Starts the console on a channel that has a terminal: for whoever signed in, or at its own sign-in screen.
    fn start(&mut self, channel: ChannelId) -> bool {
        let Some(known) = self.door.known() else { return false };
        let Some(terminal) = self.terminal.as_mut().filter(|t| t.id == channel) else { return false };
        let Some(term) = terminal.term.clone() else { return false };
        let Some(write) = terminal.write.take() else { return false };
        let Some(console) = self.console.take() else { return false };
        let (sender, input) = mpsc::channel(INPUT);
        terminal.input = Some(sender);
        let connection = &self.connection;
        let (farewell, patience) = (connection.farewell.subscribe(), connection.patience.clone());
        let line = Line { write, cut: connection.cut.clone(), patience, farewell: farewell.clone() };
        // All that is known of the terminal is its name: variables of the client's environment are refused.
        let caps = Caps::from_env(|name| (name == "TERM").then(|| term.clone()));
        let (remote, output) = Remote::new(input, terminal.size.subscribe(), caps, farewell);
        let user = match &known {
            Known::Person(signed_in) => Some(signed_in.person.id),
            _ => None,
        };
        match user {
            Some(user) => tracing::info!(address = %connection.address, user = user.0, "console opened"),
            // Strangers may open as many as they like.
            None => tracing::debug!(address = %connection.address, "console opened"),
        }
        let caller = Caller { user, ..Caller::nobody(Origin::Ssh { address: connection.address }) };
        let standing = Some(connection.standing.clone());
        let visitor = Visitor { caller, known, way: self.door.way(), tokens: None, standing };
        let running = tokio::spawn(remote::run(connection.host.clone(), remote, output, line, visitor));
        // Whoever waits for it is gone only with the connection.
        let _ = console.send(running);
        true
    }
}

fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

impl<S: Service> russh::server::Handler for Handler<S> {
    type Error = russh::Error;

    /// Refused, so that clients try their keys first.
    async fn auth_none(&mut self, user: &str) -> Result<Auth, Self::Error> {
        self.connection.contact.begin();
        Ok(refused(user))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        self.connection.contact.begin();
        match self.door.password(user, password, Way::Password).await? {
            Attempt::In => Ok(Auth::Accept),
            Attempt::Refused(_) => Ok(refused(user)),
        }
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        self.connection.contact.begin();
        let answer = response.map(|mut answers| answers.next().unwrap_or_default());
        self.door.interactive(user, answer.as_deref()).await
    }

    /// Only whether signing with this key is worth the while: nobody is anybody yet. The library does not count offers.
    async fn auth_publickey_offered(&mut self, user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Self::Error> {
        self.connection.contact.begin();
        self.offers += 1;
        if self.offers > OFFERS {
            return Err(russh::Error::Disconnect);
        }
        let fits = self.fits(user, fingerprint(offer.public_key)).await;
        Ok(if fits { Auth::Accept } else { refused(user) })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        self.connection.contact.begin();
        match self.door.key(user, fingerprint(key.public_key)).await {
            Attempt::In => Ok(Auth::Accept),
            Attempt::Refused(_) => Ok(refused(user)),
        }
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<ServerMsg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), Self::Error> {
        if self.terminal.is_some() {
            // Dropping the reply refuses it.
            return Ok(());
        }
        let id = channel.id();
        // The reading half is not used, and kept it would hold up the connection.
        let (_, write) = channel.split();
        self.terminal = Some(Terminal {
            id,
            write: Some(write),
            term: None,
            size: watch::Sender::new(Window::default()),
            input: None,
        });
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        pixels_wide: u32,
        pixels_high: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        match self.on(channel) {
            Some(terminal) if terminal.term.is_none() => {
                terminal.term = Some(term.chars().take(LONGEST_TERM).collect());
                terminal.size.send_replace(Window::new((columns, rows), (pixels_wide, pixels_high)));
                session.channel_success(channel)
            }
            _ => session.channel_failure(channel),
        }
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        if self.start(channel) {
            return session.channel_success(channel);
        }
        let none = matches!(self.on(channel), Some(Terminal { term: None, write: Some(_), .. }));
        // Once: whoever does not read it would have it kept here again and again.
        if none && !std::mem::replace(&mut self.told, true) {
            session.extended_data(channel, 1, &b"marsai needs a terminal: ssh -t\r\n"[..])?;
        }
        session.channel_failure(channel)
    }

    async fn window_change_request(
        &mut self,
        channel: ChannelId,
        columns: u32,
        rows: u32,
        pixels_wide: u32,
        pixels_high: u32,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        match self.on(channel) {
            Some(terminal) => {
                terminal.size.send_replace(Window::new((columns, rows), (pixels_wide, pixels_high)));
                session.channel_success(channel)
            }
            None => session.channel_failure(channel),
        }
    }

    async fn data(&mut self, channel: ChannelId, data: &[u8], _session: &mut Session) -> Result<(), Self::Error> {
        self.connection.contact.typed(Instant::now());
        if let Some(input) = self.on(channel).and_then(|terminal| terminal.input.as_ref()) {
            // Waiting here holds the client's window shut; a console that has ended takes nothing any more.
            let _ = input.send(data.to_vec()).await;
        }
        Ok(())
    }

    async fn channel_eof(&mut self, channel: ChannelId, _session: &mut Session) -> Result<(), Self::Error> {
        if let Some(terminal) = self.on(channel) {
            terminal.input = None;
        }
        Ok(())
    }

    async fn channel_close(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        if self.on(channel).is_some() {
            self.terminal = None;
            session.disconnect(Disconnect::ByApplication, "", "")?;
        }
        Ok(())
    }

    async fn exec_request(&mut self, channel: ChannelId, _: &[u8], session: &mut Session) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }

    async fn signal(&mut self, channel: ChannelId, _: russh::Sig, session: &mut Session) -> Result<(), Self::Error> {
        session.channel_failure(channel)
    }
}

//! Who comes in over a connection and which terminal they have; nothing else is granted.

use std::net::IpAddr;
use std::sync::Arc;

use russh::keys::{HashAlg, PublicKey};
use russh::server::{Auth, ChannelOpenHandle, Msg as ServerMsg, PublicKeyOffer, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, ChannelWriteHalf, Disconnect, MethodKind, MethodSet, Pty};
use secrecy::SecretString;
use tokio::sync::{Notify, mpsc, watch};

use crate::api::account::SignedIn;
use crate::api::{Failure, Reply, Request};
use crate::app::Known;
use crate::domain::visit::Way;
use crate::run::driver::Visitor;
use crate::run::frame::{Caps, inert};
use crate::run::host::{Host, Service};
use crate::service::{Caller, NoObserver, Origin};

use super::gate::Limits;
use super::guard::Cut;
use super::remote::{self, Line, Remote, Window};

/// Packets of input that may wait; then the client does.
const INPUT: usize = 8;

/// The longest user name that is looked up, in bytes; no email is longer.
const LONGEST_NAME: usize = 320;

/// What a connection is made of.
pub(super) struct Connection<S> {
    pub(super) host: Host<S>,
    pub(super) address: IpAddr,
    pub(super) limits: Limits,
    pub(super) cut: Cut,
    pub(super) signed_in: Arc<Notify>,
    pub(super) stopped: watch::Receiver<bool>,
}

/// The library's view of a connection.
pub(super) struct Handler<S> {
    connection: Connection<S>,
    /// Who has proved to be somebody. Never set where a key was only offered.
    person: Option<SignedIn>,
    way: Way,
    wrong_passwords: u32,
    terminal: Option<Terminal>,
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
    pub(super) fn new(connection: Connection<S>) -> Self {
        Self { connection, person: None, way: Way::Password, wrong_passwords: 0, terminal: None }
    }

    /// Asks the service who somebody is; `None` for whoever may not come in.
    async fn ask(&self, request: Request, operator: bool) -> Option<SignedIn> {
        let address = self.connection.address;
        let caller = Caller { operator, ..Caller::nobody(Origin::Ssh { address }) };
        let answer = self.connection.host.service().call(caller, request, None, Arc::new(NoObserver)).await;
        match answer.map(|answer| answer.reply) {
            Ok(Reply::SignedIn(signed_in)) => Some(signed_in),
            Ok(_) => None,
            Err(Failure::Unavailable(trouble)) => {
                tracing::warn!(%address, ?trouble, "nobody can sign in");
                None
            }
            Err(_) => None,
        }
    }

    async fn by_key(&self, user: &str, key: &PublicKey) -> Option<SignedIn> {
        if user.len() > LONGEST_NAME {
            return None;
        }
        let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
        self.ask(Request::SignInByKey { email: user.to_owned(), fingerprint }, true).await
    }

    fn on(&mut self, channel: ChannelId) -> Option<&mut Terminal> {
        self.terminal.as_mut().filter(|terminal| terminal.id == channel)
    }

    /// Starts the console on a channel that has a terminal.
    fn start(&mut self, channel: ChannelId) -> bool {
        let Some(signed_in) = self.person.clone() else { return false };
        let person = signed_in.person.id;
        let Some(terminal) = self.terminal.as_mut().filter(|t| t.id == channel) else { return false };
        let (Some(term), Some(write)) = (terminal.term.clone(), terminal.write.take()) else { return false };
        let (sender, input) = mpsc::channel(INPUT);
        terminal.input = Some(sender);
        let connection = &self.connection;
        let line = Line { write, cut: connection.cut.clone() };
        let size = terminal.size.subscribe();
        let caps = Caps::from_env(|name| (name == "TERM").then(|| term.clone()));
        let (remote, output) = Remote::new(input, size, caps, connection.stopped.clone());
        let caller = Caller { user: Some(person), ..Caller::nobody(Origin::Ssh { address: connection.address }) };
        tracing::info!(address = %connection.address, user = person.0, "console opened");
        let visitor = Visitor { caller, known: Known::Person(signed_in), way: self.way, tokens: None };
        tokio::spawn(remote::run(connection.host.clone(), remote, output, line, visitor));
        true
    }
}

/// A refusal after which other methods, and the same one, may still be tried.
fn refused() -> Auth {
    let mut methods = MethodSet::empty();
    methods.push(MethodKind::PublicKey);
    methods.push(MethodKind::Password);
    Auth::Reject { proceed_with_methods: Some(methods), partial_success: false }
}

impl<S: Service> russh::server::Handler for Handler<S> {
    type Error = russh::Error;

    async fn auth_none(&mut self, _user: &str) -> Result<Auth, Self::Error> {
        Ok(refused())
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        if self.wrong_passwords >= self.connection.limits.wrong_passwords {
            return Err(russh::Error::Disconnect);
        }
        if user.len() <= LONGEST_NAME {
            let (email, password) = (user.to_owned(), SecretString::from(password));
            self.person = self.ask(Request::SignIn { email, password, remember: false }, false).await;
            self.way = Way::Password;
        }
        if self.person.is_some() {
            return Ok(Auth::Accept);
        }
        self.wrong_passwords += 1;
        tracing::info!(address = %self.connection.address, user = inert(user), "sign-in refused");
        Ok(refused())
    }

    /// Only whether signing with this key is worth the while: nobody is anybody yet.
    async fn auth_publickey_offered(&mut self, user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Self::Error> {
        match self.by_key(user, offer.public_key).await {
            Some(_) => Ok(Auth::Accept),
            None => Ok(refused()),
        }
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        self.person = self.by_key(user, key.public_key).await;
        self.way = Way::Key;
        match self.person {
            Some(_) => Ok(Auth::Accept),
            None => Ok(refused()),
        }
    }

    async fn auth_succeeded(&mut self, _session: &mut Session) -> Result<(), Self::Error> {
        self.connection.signed_in.notify_one();
        Ok(())
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
                terminal.term = Some(term.chars().take(64).collect());
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
        if let Some(Terminal { term: None, write: Some(_), .. }) = self.on(channel) {
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
        _session: &mut Session,
    ) -> Result<(), Self::Error> {
        if let Some(terminal) = self.on(channel) {
            terminal.size.send_replace(Window::new((columns, rows), (pixels_wide, pixels_high)));
        }
        Ok(())
    }

    async fn data(&mut self, channel: ChannelId, data: &[u8], _session: &mut Session) -> Result<(), Self::Error> {
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
}

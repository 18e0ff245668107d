//! A client that sends what OpenSSH does not.

use std::sync::Arc;
use std::time::Duration;

use russh::client::{self, Handle};
use russh::keys::PublicKeyOrCertificate;
use russh::{Channel, ChannelMsg};

use crate::run::testing::PASSWORD;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Trusts every server.
pub(super) struct Trust;

impl client::Handler for Trust {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// A connection.
pub(super) struct Probe {
    pub(super) handle: Handle<Trust>,
}

impl Probe {
    pub(super) async fn connect(port: u16) -> Self {
        Self::connect_with(port, client::Config::default()).await
    }

    pub(super) async fn connect_with(port: u16, config: client::Config) -> Self {
        Self::try_connect(port, config).await.unwrap()
    }

    pub(super) async fn try_connect(port: u16, config: client::Config) -> Result<Self, russh::Error> {
        Ok(Self { handle: client::connect(Arc::new(config), ("127.0.0.1", port), Trust).await? })
    }

    pub(super) async fn sign_in(&mut self, email: &str) {
        assert!(self.handle.authenticate_password(email, PASSWORD).await.unwrap().success());
    }

    /// Opens the console on a terminal of 80×24.
    pub(super) async fn console(&mut self) -> Screen {
        let channel = self.handle.channel_open_session().await.unwrap();
        channel.request_pty(true, "xterm-256color", 80, 24, 0, 0, &[]).await.unwrap();
        channel.request_shell(true).await.unwrap();
        let mut screen = Screen { channel, parser: vt100::Parser::default(), bytes: 0, status: None };
        assert_eq!((screen.reply().await, screen.reply().await), (true, true));
        screen
    }

    /// Waits until the server has closed the connection.
    pub(super) async fn closed(self) {
        // The future of a handle ends with its connection, in whichever way.
        let _ = tokio::time::timeout(PATIENCE, self.handle).await.expect("the connection stays");
    }
}

/// A console as the client sees it.
pub(super) struct Screen {
    pub(super) channel: Channel<client::Msg>,
    pub(super) parser: vt100::Parser,
    /// Bytes that came.
    pub(super) bytes: usize,
    pub(super) status: Option<u32>,
}

impl Screen {
    async fn wait(&mut self, what: &str) -> Option<ChannelMsg> {
        match tokio::time::timeout(PATIENCE, self.channel.wait()).await {
            Ok(msg) => msg,
            Err(_) => panic!("no {what}:\n{}", self.text()),
        }
    }

    /// The reply to a request.
    pub(super) async fn reply(&mut self) -> bool {
        loop {
            match self.wait("reply").await {
                Some(ChannelMsg::Success) => return true,
                Some(ChannelMsg::Failure) => return false,
                Some(msg) => self.take(&msg),
                None => panic!("no reply"),
            }
        }
    }

    fn take(&mut self, msg: &ChannelMsg) {
        match msg {
            ChannelMsg::Data { data } => {
                self.bytes += data.len();
                self.parser.process(data);
            }
            ChannelMsg::ExitStatus { exit_status } => self.status = Some(*exit_status),
            _ => {}
        }
    }

    pub(super) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub(super) async fn until(&mut self, what: &str, condition: impl Fn(&str) -> bool) {
        while !condition(&self.text()) {
            match self.wait(what).await {
                Some(msg) => self.take(&msg),
                None => panic!("the session ended without {what}:\n{}", self.text()),
            }
        }
    }

    pub(super) async fn reads(&mut self, text: &str) {
        self.until(text, |screen| screen.contains(text)).await;
    }

    pub(super) async fn press(&self, keys: impl AsRef<[u8]>) {
        self.channel.data_bytes(keys.as_ref().to_vec()).await.unwrap();
    }

    /// A key, its frame, and back.
    pub(super) async fn works(&mut self) {
        self.press("?").await;
        self.reads("What the keys do here").await;
        self.press("\x1b").await;
        self.until("help to close", |screen| !screen.contains("What the keys do here")).await;
    }

    /// Waits for the end: the exit status.
    pub(super) async fn ended(&mut self) -> Option<u32> {
        while let Some(msg) = self.wait("end").await {
            self.take(&msg);
        }
        self.status
    }
}

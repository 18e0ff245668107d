//! Stand-ins for tests: a service that answers from a script, a terminal that is a list of events and a screen.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{broadcast, mpsc};
use uuid::Uuid;

use crate::api::account::{Person, SignedIn, Welcome};
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::effect::Effect;
use crate::app::keymap::Keymap;
use crate::app::lang::Language;
use crate::app::session::Place;
use crate::app::{App, Known, Start};
use crate::domain::UserId;
use crate::domain::rule::Rule;
use crate::domain::user::Role;
use crate::service::presence::Visits;
use crate::service::{Caller, Observer};
use crate::widgets::theme::Theme;

use super::backend::{Backend, Event};
use super::frame::{Caps, ENTER};
use super::host::{News, Opening, Service};

#[path = "../../tests/support/terminal.rs"]
mod terminal;

pub(super) use terminal::Client;

/// An administrator.
pub(super) const EMAIL: &str = "ada@festival.example";
/// An account whose console faults when it opens.
pub(super) const FAULTY: &str = "faulty@festival.example";
/// Somebody else.
pub(super) const BOB: &str = "bob@festival.example";
/// Whom the console does not let in.
pub(super) const PRODUCER: &str = "producer@festival.example";
/// The password of all of them.
pub(super) const PASSWORD: &str = "correct horse";

pub(super) fn person(email: &str) -> Person {
    let (id, name) = if email == BOB { (8, "Bob Kahn") } else { (7, "Ada Lovelace") };
    Person { id: UserId(id), name: name.to_owned(), email: email.to_owned(), role: Role::Admin }
}

/// Opens consoles in English.
pub(super) fn open(opening: Opening) -> (App, Vec<Effect>) {
    assert!(!matches!(&opening.known, Known::Person(it) if it.person.email == FAULTY), "as the test wants it");
    App::new(Start {
        language: Language::En,
        theme: Theme::default(),
        keymap: Arc::new(Keymap::default()),
        place: Place {
            database: "test database".to_owned(),
            operator: false,
            remember: true,
            saves: true,
            demo: false,
        },
        now: opening.now,
        size: opening.size,
        pictures: opening.caps.show(),
        known: opening.known,
    })
}

/// Answers a few requests and remembers who asked for what.
pub(super) struct Script {
    pub(super) asked: Mutex<Vec<(Option<UserId>, &'static str)>>,
    pub(super) news: broadcast::Sender<News>,
    /// While a test holds it, nobody gets out: signing out waits.
    pub(super) held: tokio::sync::Mutex<()>,
    /// Fingerprints of keys and whose they are.
    pub(super) keys: Mutex<Vec<(String, &'static str)>>,
    pub(super) visits: Visits,
}

impl Script {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            asked: Mutex::default(),
            news: broadcast::channel(16).0,
            held: tokio::sync::Mutex::default(),
            keys: Mutex::default(),
            visits: Visits::default(),
        })
    }

    pub(super) fn asked(&self) -> Vec<(Option<UserId>, &'static str)> {
        self.asked.lock().unwrap().clone()
    }
}

fn unavailable() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Other, detail: String::new() })
}

fn signed_in(email: &str, token: Option<&str>) -> Result<Answer, Failure> {
    Ok(Reply::SignedIn(SignedIn { token: token.map(Into::into), ..person(email).into() }).into())
}

impl Service for Script {
    async fn call(
        &self,
        caller: Caller,
        request: Request,
        _: Option<Uuid>,
        _: Arc<dyn Observer>,
    ) -> Result<Answer, Failure> {
        use secrecy::ExposeSecret as _;
        self.asked.lock().unwrap().push((caller.user, request.entry().name));
        match request {
            Request::Welcome {} => Ok(Reply::Welcome(Welcome {
                festival: "Short Nights".to_owned(),
                has_administrator: true,
                settings: Vec::new(),
            })
            .into()),
            Request::SignIn { email, password, .. } if password.expose_secret() == PASSWORD => match email.as_str() {
                EMAIL | FAULTY | BOB => signed_in(&email, Some("token")),
                PRODUCER => Err(Rule::ProducersOutside.into()),
                _ => Err(Rule::WrongPassword.into()),
            },
            Request::SignInByKey { email, fingerprint, proved } => {
                let keys = self.keys.lock().unwrap();
                let fits = |(print, whose): &&(String, &str)| *print == fingerprint && [*whose, ""].contains(&&*email);
                match keys.iter().find(fits) {
                    Some((_, whose)) if proved && *whose == PRODUCER => Err(Rule::ProducersOutside.into()),
                    Some((_, whose)) if proved => signed_in(whose, None),
                    Some(_) => Ok(Reply::Done.into()),
                    None => Err(Rule::WrongPassword.into()),
                }
            }
            Request::SignIn { .. } => Err(Rule::WrongPassword.into()),
            Request::SignOut { .. } => {
                let _released = self.held.lock().await;
                self.asked.lock().unwrap().push((caller.user, "signed out"));
                Ok(Reply::Done.into())
            }
            _ => Err(unavailable()),
        }
    }

    fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    fn visits(&self) -> &Visits {
        &self.visits
    }
}

/// A terminal for the driver: what a test sends comes in, what is written goes to the test.
pub(super) struct Wire {
    pub(super) events: mpsc::UnboundedReceiver<Event>,
    pub(super) written: mpsc::UnboundedSender<Vec<u8>>,
    sent: Option<Vec<u8>>,
    /// Frames after which it faults, and after which it takes no more output.
    pub(super) faults_after: usize,
    pub(super) stuck_after: usize,
    frames: usize,
}

/// The test's end of a [`Wire`].
pub(super) struct Tester {
    pub(super) events: mpsc::UnboundedSender<Event>,
    written: mpsc::UnboundedReceiver<Vec<u8>>,
    pub(super) screen: vt100::Parser,
    /// Frames so far.
    pub(super) frames: usize,
}

/// Both ends of a terminal of 80×24.
pub(super) fn wire() -> (Wire, Tester) {
    let (events, incoming) = mpsc::unbounded_channel();
    let (outgoing, written) = mpsc::unbounded_channel();
    let mut screen = vt100::Parser::default();
    screen.process(ENTER);
    let wire = Wire {
        events: incoming,
        written: outgoing,
        sent: None,
        faults_after: usize::MAX,
        stuck_after: usize::MAX,
        frames: 0,
    };
    (wire, Tester { events, written, screen, frames: 0 })
}

impl Backend for Wire {
    fn size(&self) -> (u16, u16) {
        (80, 24)
    }

    fn caps(&self) -> Caps {
        Caps::default()
    }

    async fn event(&mut self) -> Event {
        if self.frames < self.stuck_after
            && let Some(buffer) = self.sent.take()
        {
            return Event::Written(buffer);
        }
        match self.events.recv().await {
            Some(event) => event,
            None => Event::End(super::backend::End::Hangup),
        }
    }

    fn waiting(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    fn write(&mut self, bytes: Vec<u8>) {
        assert!(self.sent.is_none(), "one frame at a time");
        self.frames += 1;
        assert!(self.frames <= self.faults_after, "as the test wants it");
        let _ = self.written.send(bytes.clone());
        self.sent = Some(bytes);
    }
}

impl Tester {
    /// Waits until the screen fulfils a condition.
    pub(super) async fn until(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        while !condition(self.screen.screen()) {
            let next = tokio::time::timeout(Duration::from_secs(20), self.written.recv()).await;
            match next {
                Ok(Some(bytes)) => {
                    assert!(!bytes.is_empty(), "an empty frame");
                    self.screen.process(&bytes);
                    self.frames += 1;
                }
                _ => panic!("no {what} on the screen:\n{}", self.screen.screen().contents()),
            }
        }
    }

    /// Waits until a text can be read.
    pub(super) async fn reads(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text)).await;
    }

    /// Takes what has been written meanwhile.
    pub(super) fn drain(&mut self) -> usize {
        let mut bytes = 0;
        while let Ok(frame) = self.written.try_recv() {
            bytes += frame.len();
            self.screen.process(&frame);
        }
        bytes
    }
}

//! Who somebody is: by a key that they proved to have, by a password, or nobody yet, who signs in at the console's own
//! screen.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use russh::server::Auth;
use russh::{MethodKind, MethodSet};
use secrecy::SecretString;
use tokio::sync::watch;

use crate::api::account::SignedIn;
use crate::api::{Failure, Reply, Request};
use crate::app::Known;
use crate::domain::visit::Way;
use crate::run::driver::Standing;
use crate::run::frame::inert;
use crate::run::host::{Host, Service};
use crate::service::{Caller, NoObserver, Origin};

use super::connection::Connection;
use super::farewell::refusal;

/// The longest user name that is looked up, in bytes; no email is longer.
const LONGEST_NAME: usize = 320;

/// The part of a text from a client that is written to the log, in characters.
const SHOWN: usize = 80;

/// The question of keyboard-interactive.
const PROMPT: &[(Cow<'static, str>, bool)] = &[(Cow::Borrowed("Password: "), false)];

/// What an SSH user name says.
enum Named<'a> {
    /// Whose account it is about.
    Email(&'a str),
    /// Nothing: clients send the login of the laptop where none was typed.
    Nothing,
}

impl<'a> Named<'a> {
    fn of(user: &'a str) -> Self {
        if user.contains('@') { Self::Email(user) } else { Self::Nothing }
    }
}

/// A refusal after which other methods, and the same one, may still be tried.
pub(super) fn refused(user: &str) -> Auth {
    let mut methods = MethodSet::empty();
    methods.push(MethodKind::PublicKey);
    methods.push(MethodKind::KeyboardInteractive);
    if let Named::Email(_) = Named::of(user) {
        methods.push(MethodKind::Password);
    }
    Auth::Reject { proceed_with_methods: Some(methods), partial_success: false }
}

/// A text of the other end as the log takes it: without control characters, and cut.
pub(super) fn shown(text: &str) -> String {
    let cut: String = text.chars().take(SHOWN).collect();
    inert(&cut)
}

/// Asks about a key under a user name, if there may be such a one.
fn by_key(user: &str, fingerprint: String, proved: bool) -> Option<Request> {
    let email = match Named::of(user) {
        Named::Email(email) if email.len() > LONGEST_NAME => return None,
        Named::Email(email) => email.to_owned(),
        Named::Nothing => String::new(),
    };
    Some(Request::SignInByKey { email, fingerprint, proved })
}

/// How a try ended.
pub(super) enum Attempt {
    /// They are who they say.
    In,
    /// They are not let in; there may be something to tell them.
    Refused(Option<String>),
}

/// What keyboard-interactive waits for.
#[derive(PartialEq, Eq)]
enum Asked {
    /// The password of this user name.
    Password(String),
    /// That a sentence was read, for which the client sends an empty answer.
    Read,
    /// The same, before the console's own sign-in screen.
    ReadFirst,
}

/// Who is let in.
enum Admitted {
    Nobody,
    Person(SignedIn, Way),
}

/// The door of one connection.
pub(super) struct Door<S> {
    host: Host<S>,
    address: IpAddr,
    allowed: u32,
    standing: watch::Sender<Standing>,
    /// Never set where a key was only offered.
    admitted: Option<Admitted>,
    asked: Option<Asked>,
    /// Why the account of a key that was proved may not come in: said with the next question, as nothing else is shown.
    why: Option<String>,
}

impl<S: Service> Door<S> {
    pub(super) fn new(connection: &Connection<S>) -> Self {
        Self {
            host: connection.host.clone(),
            address: connection.address,
            allowed: connection.limits.wrong_passwords,
            standing: connection.standing.clone(),
            admitted: None,
            asked: None,
            why: None,
        }
    }

    /// How whoever was let in is known to the console.
    pub(super) fn known(&self) -> Option<Known> {
        Some(match self.admitted.as_ref()? {
            Admitted::Nobody => Known::No,
            Admitted::Person(signed_in, _) => Known::Person(signed_in.clone()),
        })
    }

    /// How they came in; who signs in at the console's own screen does so by password.
    pub(super) fn way(&self) -> Way {
        match self.admitted {
            Some(Admitted::Person(_, way)) => way,
            _ => Way::Password,
        }
    }

    /// Asks the service who somebody is.
    async fn ask(&self, request: Request, operator: bool) -> Result<SignedIn, Failure> {
        match self.answer(request, operator).await? {
            Reply::SignedIn(signed_in) => Ok(signed_in),
            _ => Err(Failure::Forbidden { needs: None }),
        }
    }

    async fn answer(&self, request: Request, operator: bool) -> Result<Reply, Failure> {
        let address = self.address;
        let caller = Caller { operator, ..Caller::nobody(Origin::Ssh { address }) };
        let answer = self.host.service().call(caller, request, None, Arc::new(NoObserver)).await;
        if let Err(Failure::Unavailable(trouble)) = &answer {
            tracing::warn!(%address, ?trouble, "nobody can sign in");
        }
        answer.map(|answer| answer.reply)
    }

    /// Whether a key is an account's that may be used under this name. Whether somebody has it is another question, and
    /// so is whether that account may come in.
    pub(super) async fn is_known(&self, user: &str, fingerprint: String) -> bool {
        let Some(request) = by_key(user, fingerprint, false) else { return false };
        self.answer(request, true).await.is_ok()
    }

    /// Somebody has proved to have a key.
    pub(super) async fn key(&mut self, user: &str, fingerprint: String) -> Attempt {
        let Some(request) = by_key(user, fingerprint, true) else { return Attempt::Refused(None) };
        match self.ask(request, true).await {
            Ok(signed_in) => self.admit(signed_in, Way::Key),
            Err(failure) => {
                self.why = refusal(&failure);
                Attempt::Refused(None)
            }
        }
    }

    fn admit(&mut self, signed_in: SignedIn, way: Way) -> Attempt {
        self.admitted = Some(Admitted::Person(signed_in, way));
        Attempt::In
    }

    fn admit_nobody(&mut self) -> Auth {
        self.admitted = Some(Admitted::Nobody);
        Auth::Accept
    }

    /// Tries a password. Too many of them end the connection.
    pub(super) async fn password(&mut self, user: &str, password: &str, way: Way) -> Result<Attempt, russh::Error> {
        if self.standing.borrow().wrong_passwords >= self.allowed {
            return Err(russh::Error::Disconnect);
        }
        let failure = match Named::of(user) {
            Named::Email(email) if email.len() <= LONGEST_NAME => {
                let (email, password) = (email.to_owned(), SecretString::from(password));
                match self.ask(Request::SignIn { email, password, remember: false }, false).await {
                    Ok(signed_in) => return Ok(self.admit(signed_in, way)),
                    Err(failure) => Some(failure),
                }
            }
            // There is nothing that the password could belong to.
            _ => None,
        };
        self.standing.send_modify(|standing| standing.wrong_passwords += 1);
        // Administrators find it with the other refused sign-ins; the log is not to be filled by strangers.
        tracing::debug!(address = %self.address, user = shown(user), "sign-in refused");
        Ok(Attempt::Refused(failure.as_ref().and_then(refusal)))
    }

    /// One step of keyboard-interactive: the password of the account that the name says, or no question at all.
    pub(super) async fn interactive(&mut self, user: &str, answer: Option<&[u8]>) -> Result<Auth, russh::Error> {
        let asked = self.asked.take();
        let Some(answer) = answer else {
            return Ok(match (Named::of(user), self.why.take()) {
                (Named::Nothing, None) => self.admit_nobody(),
                (Named::Nothing, Some(why)) => {
                    self.asked = Some(Asked::ReadFirst);
                    Auth::Partial { name: "".into(), instructions: why.into(), prompts: Cow::Borrowed(&[]) }
                }
                (Named::Email(_), why) => {
                    self.asked = Some(Asked::Password(user.to_owned()));
                    let instructions = why.unwrap_or_default().into();
                    Auth::Partial { name: "".into(), instructions, prompts: PROMPT.into() }
                }
            });
        };
        if let (Some(Asked::ReadFirst), Named::Nothing) = (&asked, Named::of(user)) {
            return Ok(self.admit_nobody());
        }
        if asked != Some(Asked::Password(user.to_owned())) {
            return Ok(refused(user));
        }
        let password = String::from_utf8_lossy(answer);
        Ok(match self.password(user, &password, Way::Keyboard).await? {
            Attempt::In => Auth::Accept,
            Attempt::Refused(None) => refused(user),
            Attempt::Refused(Some(sentence)) => {
                self.asked = Some(Asked::Read);
                Auth::Partial { name: "".into(), instructions: sentence.into(), prompts: Cow::Borrowed(&[]) }
            }
        })
    }
}

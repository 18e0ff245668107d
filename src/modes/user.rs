//! `marsai user`: accounts, with the authority of the database's own credentials.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use russh::keys::{HashAlg, PublicKey};

use super::{Around, Stop, database, password, table};
use crate::api::account::{AccountRow, KeyRow};
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::lang::Lang;
use crate::cli::{KeyCommand, Leaving, User, VotesOf};
use crate::domain::text::inert;
use crate::domain::user::{Role, email_key};
use crate::service::{Caller, NoObserver, Origin, Service};

/// The longest file that is read as a key.
const KEY_FILE_MAX: u64 = 64 * 1024;

pub(super) async fn run(around: &Around, command: User) -> Result<u8, Stop> {
    let opened = database::open(around).await?;
    let origin = Origin::Command { os_user: around.os_user.clone() };
    let caller = Caller { operator: true, ..Caller::nobody(origin) };
    let office = Office { lang: &around.lang, service: opened.service(), caller };
    let done = office.run(command).await;
    drop(office);
    opened.close().await?;
    done.map(|()| 0)
}

fn kept(votes: VotesOf) -> bool {
    votes == VotesOf::Keep
}

/// Asks the service as the operator.
struct Office<'a> {
    lang: &'a Lang,
    service: Service,
    caller: Caller,
}

impl Office<'_> {
    async fn run(&self, command: User) -> Result<(), Stop> {
        match command {
            User::Add { email, first_name, last_name, role } => {
                let password = password::new(&email)?;
                let request = Request::AddUser { email, first_name, last_name, role: role.into(), password };
                self.change(request, "added").await
            }
            User::List { all } => list(self.lang, &self.accounts(all).await?),
            User::Passwd { email } => {
                let user = self.find(&email).await?.id;
                let password = password::new(&email)?;
                self.change(Request::SetPassword { user, password }, "has a new password; signed out everywhere").await
            }
            User::Role { email, role, leaving: Leaving { votes, reason } } => {
                let user = self.find(&email).await?.id;
                let request = Request::SetRole { user, role: role.into(), kept: votes.map(kept), reason };
                self.change(request, "has this role now").await
            }
            User::Disable { email, leaving: Leaving { votes, reason } } => {
                let user = self.find(&email).await?.id;
                let request = Request::DisableUser { user, kept: votes.map(kept), reason };
                self.change(request, "is disabled and can't sign in").await
            }
            User::Enable { email } => {
                let user = self.find(&email).await?.id;
                self.change(Request::EnableUser { user }, "is enabled and can sign in").await
            }
            User::Key(command) => self.key(command).await,
        }
    }

    async fn key(&self, command: KeyCommand) -> Result<(), Stop> {
        match command {
            KeyCommand::Add { email, file } => {
                let user = self.find(&email).await?.id;
                let key = read_key(&file)?;
                self.change_key(Request::AddKey { user, key }, "can sign in with").await
            }
            KeyCommand::List { email } => {
                let user = match email {
                    Some(email) => Some(self.find(&email).await?.id),
                    None => None,
                };
                match self.ask(Request::Keys { user }).await? {
                    Reply::Keys(keys) => list_keys(&keys),
                    _ => Err(odd()),
                }
            }
            KeyCommand::Authorized { algorithm, key } => self.authorized(&algorithm, &key).await,
            KeyCommand::Remove { fingerprint } => {
                self.change_key(Request::RemoveKey { fingerprint }, "can no longer sign in with").await
            }
        }
    }

    /// Answers sshd, which judges the key itself: one that nobody has gets no line.
    async fn authorized(&self, algorithm: &str, key: &str) -> Result<(), Stop> {
        let Ok(key) = PublicKey::from_openssh(&format!("{algorithm} {key}")) else { return Ok(()) };
        let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
        let request = Request::KeyOwner { fingerprint };
        let owner = match self.service.call(&self.caller, request, None, &NoObserver).await {
            Ok(Answer { reply: Reply::Account(owner), .. }) => owner,
            Ok(_) => return Err(odd()),
            Err(Failure::NotFound { .. }) => return Ok(()),
            Err(failure) => return Err(Stop::failure(self.lang, &failure)),
        };
        if !owner.enabled || owner.role == Role::Producer {
            return Ok(());
        }
        let line = key.to_openssh().map_err(|error| Stop::Fault(error.to_string()))?;
        Ok(writeln!(io::stdout(), "restrict,pty {line}")?)
    }

    async fn ask(&self, request: Request) -> Result<Reply, Stop> {
        let answer = self.service.call(&self.caller, request, None, &NoObserver).await;
        answer.map(|Answer { reply, .. }| reply).map_err(|failure| Stop::failure(self.lang, &failure))
    }

    /// Asks for a change and says what came of it.
    async fn change(&self, request: Request, what: &str) -> Result<(), Stop> {
        let Reply::Account(account) = self.ask(request).await? else { return Err(odd()) };
        let (email, role) = (inert(&account.email), self.lang.tr(account.role.message()));
        Ok(writeln!(io::stdout(), "{email} ({role}): {what}.")?)
    }

    async fn change_key(&self, request: Request, what: &str) -> Result<(), Stop> {
        let Reply::Key(key) = self.ask(request).await? else { return Err(odd()) };
        Ok(writeln!(io::stdout(), "{} {what} {}.", inert(&key.email), key.fingerprint)?)
    }

    async fn accounts(&self, all: bool) -> Result<Vec<AccountRow>, Stop> {
        match self.ask(Request::Users { all }).await? {
            Reply::Accounts(accounts) => Ok(accounts),
            _ => Err(odd()),
        }
    }

    /// The account with an email. Where the web site has made two that differ in case only, the spelling decides.
    async fn find(&self, email: &str) -> Result<AccountRow, Stop> {
        let key = email_key(email);
        let mut found: Vec<AccountRow> =
            self.accounts(true).await?.into_iter().filter(|account| email_key(&account.email) == key).collect();
        if found.len() > 1 {
            found.retain(|account| account.email == email.trim());
        }
        match found.pop() {
            Some(account) if found.is_empty() => Ok(account),
            Some(_) => Err(Stop::Usage(format!("several accounts have the email {email}: give each its own first"))),
            None => Err(Stop::Usage(format!("there is no account with the email {email}; see marsai user list --all"))),
        }
    }
}

fn odd() -> Stop {
    Stop::Fault("the service answered with something else than was asked for".to_owned())
}

fn list(lang: &Lang, accounts: &[AccountRow]) -> Result<(), Stop> {
    let row = |account: &AccountRow| {
        [
            account.email.clone(),
            format!("{} {}", account.first_name, account.last_name),
            lang.tr(account.role.message()),
            if account.enabled { "yes" } else { "no" }.to_owned(),
            account.created.map_or_else(String::new, |at| at.format("%Y-%m-%d").to_string()),
        ]
    };
    let rows: Vec<_> = accounts.iter().map(row).collect();
    Ok(table::write(&mut io::stdout().lock(), ["EMAIL", "NAME", "ROLE", "ENABLED", "SINCE"], &rows)?)
}

fn list_keys(keys: &[KeyRow]) -> Result<(), Stop> {
    let row = |key: &KeyRow| {
        [
            key.email.clone(),
            key.algorithm.clone(),
            key.fingerprint.clone(),
            key.comment.clone(),
            key.added.map_or_else(String::new, |at| at.format("%Y-%m-%d").to_string()),
        ]
    };
    let rows: Vec<_> = keys.iter().map(row).collect();
    Ok(table::write(&mut io::stdout().lock(), ["EMAIL", "KIND", "FINGERPRINT", "COMMENT", "ADDED"], &rows)?)
}

/// The one line of a public key file; `-` is standard input.
fn read_key(file: &Path) -> Result<String, Stop> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(KEY_FILE_MAX).read_to_string(&mut text)
    } else {
        fs::File::open(file).and_then(|opened| opened.take(KEY_FILE_MAX).read_to_string(&mut text))
    };
    read.map_err(|source| Stop::File { path: file.to_owned(), source })?;
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    match lines[..] {
        [line] => Ok(line.to_owned()),
        [] => Err(Stop::Usage(format!("{} holds no key", file.display()))),
        _ => Err(Stop::Usage(format!("{} holds more than one line: add one key at a time", file.display()))),
    }
}

//! Accounts and their SSH keys: list, add, change. One change at a time, so that there is always an administrator.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::ask::{Ask, person};
use super::sign_in::remembered;
use super::ssh_key;
use super::trash::checked;
use super::{release, settings, visits};
use crate::api::account::{AccountRow, KeyRow, Proof, SignedIn};
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::UserId;
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::sponsor::required;
use crate::domain::user::{Role, Scheme, check_email, check_password, email_key};
use crate::store::people::{Account, Credentials, NewAccount};
use crate::store::sessions::{Key, Keys};
use crate::store::{Tx, changes, ledger, panels, people, sessions, tx};

/// A new account as somebody typed it.
#[derive(Debug)]
pub(super) struct New {
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) role: Role,
    pub(super) password: SecretString,
}

/// A change of what an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Role(Role),
    Enabled(bool),
}

pub(super) fn row(account: &Account) -> AccountRow {
    AccountRow {
        id: account.id,
        email: account.email.clone(),
        first_name: account.first.clone(),
        last_name: account.last.clone(),
        role: account.role,
        enabled: account.enabled,
        created: account.created,
    }
}

fn gone(user: UserId) -> Failure {
    Failure::NotFound { what: "thing-user", id: user.0 }
}

/// What the ledger keeps of an account: never its password.
fn state(account: &Account) -> Value {
    json!({
        "email": account.email,
        "first_name": account.first,
        "last_name": account.last,
        "role": account.role.as_sql(),
        "enabled": account.enabled,
    })
}

pub(super) async fn users(ask: &Ask<'_>, all: bool) -> Result<Answer, Failure> {
    let accounts = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(people::list(&mut reader.conn, &reader.shape, all).await?) })
    });
    Ok(Reply::Accounts(accounts.await?.iter().map(row).collect()).into())
}

/// The account as it is, locked by the guard of accounts.
async fn account(tx: &mut Tx<'_>, user: UserId) -> Result<Account, Failure> {
    people::find(&mut tx.conn, &tx.shape, user).await?.ok_or_else(|| gone(user))
}

async fn scheme(ask: &Ask<'_>) -> Result<Scheme, Failure> {
    tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(settings::scheme(&mut reader.conn).await?) })).await
}

/// Judges what was typed and hashes the password, before anything is locked.
async fn prepared(ask: &Ask<'_>, new: &New) -> Result<(String, String, String, String), Failure> {
    check_email(&new.email)?;
    let (first, last) = (required("first_name", &new.first_name, 100)?, required("last_name", &new.last_name, 100)?);
    let scheme = scheme(ask).await?;
    check_password(new.password.expose_secret(), scheme)?;
    let hash = ask.inner.hasher.hash(&new.password, scheme).await?;
    Ok((new.email.trim().to_owned(), first, last, hash))
}

async fn insert(tx: &mut Tx<'_>, ask: &Ask<'_>, new: &NewAccount<'_>) -> Result<Account, Failure> {
    let key = email_key(new.email);
    let taken = || Refusal::new(Rule::EmailTaken).with("email", new.email);
    let same = people::by_email(&mut tx.conn, &tx.shape, &key).await?;
    if same.iter().any(|found| email_key(&found.account.email) == key) {
        return Err(taken().into());
    }
    // The database may think two emails equal that are not (`josé@` and `jose@`).
    let id = match people::insert(&mut tx.conn, &tx.shape, new).await {
        Err(error) if error.is_duplicate() => return Err(taken().into()),
        inserted => inserted?,
    };
    let account = account(tx, id).await?;
    let mut entry = ask.entry(Topic::Users, Some(id.0));
    entry.after = Some(state(&account));
    tx.record(entry);
    Ok(account)
}

pub(super) async fn add(ask: &Ask<'_>, new: &New) -> Result<Answer, Failure> {
    let (email, first, last, hash) = &prepared(ask, new).await?;
    ask.inner.baseline().await?;
    let (account, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            if let Some(line) = ask.done_before(tx).await?.first() {
                let user = UserId(line.entry.subject.unwrap_or_default());
                return Ok((account(tx, user).await?, true));
            }
            let new = NewAccount { email, first, last, role: new.role, hash };
            Ok((insert(tx, ask, &new).await?, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Account(row(&account)), repeated))
}

/// Makes the first administrator and signs them in. Of two who try at once one is refused.
pub(super) async fn create_first_administrator(ask: &Ask<'_>, new: &New) -> Result<Answer, Failure> {
    let (email, first, last, hash) = &prepared(ask, new).await?;
    ask.inner.baseline().await?;
    let (account, change) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            if !people::administrators(&mut tx.conn, &tx.shape).await?.is_empty() {
                return Err(Rule::AdministratorExists.into());
            }
            let change = changes::last(&mut tx.conn).await?;
            Ok((insert(tx, ask, &NewAccount { email, first, last, role: Role::Admin, hash }).await?, change))
        })
    })
    .await?;
    ask.published().await;
    let found = Credentials { account, hash: SecretString::from(hash.as_str()) };
    let token = remembered(ask, &found).await?;
    let proof = Some(Proof { change, created: found.account.created, key: None });
    Ok(Reply::SignedIn(SignedIn { token: Some(token), proof, ..person(&found.account).into() }).into())
}

pub(super) async fn set_password(ask: &Ask<'_>, user: UserId, password: &SecretString) -> Result<Answer, Failure> {
    let scheme = scheme(ask).await?;
    check_password(password.expose_secret(), scheme)?;
    let hash = &ask.inner.hasher.hash(password, scheme).await?;
    ask.inner.baseline().await?;
    let (account, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            let account = account(tx, user).await?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((account, true));
            }
            people::set_password(&mut tx.conn, &tx.shape, user, hash).await?;
            sessions::delete_all(&mut tx.conn, user).await?;
            visits::end_all(ask, tx, user, true).await?;
            tx.record(ask.entry(Topic::Users, Some(user.0)));
            Ok((account, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Account(row(&account)), repeated))
}

/// How often a juror is released anew whom others put on panels meanwhile.
const RELEASES: usize = 5;

/// Gives an account another role, disables or enables it. What it already is changes nothing and is no error. A juror who by
/// that judges no more is released from their films first; `votes` says what becomes of their votes, and why.
pub(super) async fn change(
    ask: &Ask<'_>,
    user: UserId,
    change: Change,
    votes: (Option<bool>, Option<String>),
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (kept, reason) = votes;
    let leaves = !matches!(change, Change::Role(Role::Jury) | Change::Enabled(true)) && !is_done(ask).await?;
    let mut left = false;
    let mut outcome = Err(Rule::JurorOnPanels.into());
    for _ in 0..RELEASES {
        outcome = release_and_write(ask, user, change, (kept, reason.as_deref()), leaves.then_some(&mut left)).await;
        let added = matches!(&outcome, Err(Failure::Rule(refusal)) if refusal.rule == Rule::JurorOnPanels);
        if !added || kept.is_none() {
            break;
        }
    }
    let (account, repeated) = outcome.map_err(|failure| match failure {
        // A refusal says that nothing was written, but films were left. Asked again it goes on.
        Failure::Rule(refusal) if left => {
            let detail = format!("released, and then refused: {}", refusal.rule.name());
            Failure::Unavailable(Unavailable { why: Trouble::Busy, detail })
        }
        other => other,
    })?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Account(row(&account)), repeated))
}

/// Whether this very request has changed the account before.
async fn is_done(ask: &Ask<'_>) -> Result<bool, Failure> {
    let id = ask.id;
    let lines =
        tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(ledger::operation(&mut reader.conn, id).await?) }));
    Ok(lines.await?.iter().any(|line| line.entry.topic == Topic::Users))
}

/// Releases a juror from all films if `left` wants to know whether there were any, and changes the account if there are none.
async fn release_and_write(
    ask: &Ask<'_>,
    user: UserId,
    change: Change,
    (kept, reason): (Option<bool>, Option<&str>),
    left: Option<&mut bool>,
) -> Result<(Account, bool), Failure> {
    let leaves = left.is_some();
    if let Some(left) = left {
        *left |= release::leave_all(ask, user, kept, reason.map(str::to_owned)).await?;
    }
    write(ask, user, change, reason, leaves).await
}

async fn write(
    ask: &Ask<'_>,
    user: UserId,
    change: Change,
    reason: Option<&str>,
    leaves: bool,
) -> Result<(Account, bool), Failure> {
    let reason = checked(reason)?;
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            let before = account(tx, user).await?;
            let same = match change {
                Change::Role(role) => before.role == role,
                Change::Enabled(enabled) => before.enabled == enabled,
            };
            // What it did before may have been the films alone.
            let again = ask.done_before(tx).await?.iter().any(|line| line.entry.topic == Topic::Users);
            if again || same {
                return Ok((before, again));
            }
            if leaves && release::is_juror(&before) {
                let films = panels::judged_by(&mut tx.conn, &tx.shape, user).await?.len();
                if films > 0 {
                    return Err(release::on_panels(&before, films).into());
                }
            }
            match change {
                Change::Role(role) => people::set_role(&mut tx.conn, &tx.shape, user, role).await?,
                Change::Enabled(enabled) => {
                    people::set_enabled(&mut tx.conn, &tx.shape, user, enabled, ask.user()).await?;
                    if !enabled {
                        sessions::delete_all(&mut tx.conn, user).await?;
                    }
                }
            }
            if change != Change::Enabled(true) {
                visits::end_all(ask, tx, user, false).await?;
            }
            let was_administrator = before.role == Role::Admin && before.enabled;
            if was_administrator && people::administrators(&mut tx.conn, &tx.shape).await?.is_empty() {
                return Err(Rule::LastAdministrator.into());
            }
            let after = account(tx, user).await?;
            let mut entry = ask.entry(Topic::Users, Some(user.0));
            (entry.before, entry.after) = (Some(state(&before)), Some(state(&after)));
            entry.reason = reason.map(str::to_owned);
            tx.record(entry);
            Ok((after, false))
        })
    })
    .await
}

fn key_row(key: Key) -> KeyRow {
    let Key { fingerprint, user, email, algorithm, comment, added } = key;
    KeyRow { fingerprint, user, email, algorithm, comment, added }
}

pub(super) async fn keys(ask: &Ask<'_>, user: Option<UserId>) -> Result<Answer, Failure> {
    let keys = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let which = match user {
                Some(user) if people::find(&mut reader.conn, &reader.shape, user).await?.is_none() => {
                    return Err(gone(user));
                }
                Some(user) => Keys::Of(user),
                None => Keys::All,
            };
            Ok(sessions::keys(&mut reader.conn, &reader.shape, which).await?)
        })
    });
    Ok(Reply::Keys(keys.await?.into_iter().map(key_row).collect()).into())
}

async fn find_key(tx: &mut Tx<'_>, fingerprint: &str) -> Result<Option<Key>, Failure> {
    Ok(sessions::keys(&mut tx.conn, &tx.shape, Keys::Fingerprint(fingerprint)).await?.pop())
}

/// What the ledger keeps of a key: enough to know it by.
fn key_state(key: &Key) -> Value {
    json!({ "fingerprint": key.fingerprint, "algorithm": key.algorithm, "comment": key.comment })
}

/// Most keys that somebody gives themselves.
const KEYS_MAX: u32 = 20;

/// Whose key it is to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    /// Somebody's, by whoever runs the festival.
    Somebody(UserId),
    /// One's own.
    Own(UserId),
}

impl Of {
    fn user(self) -> UserId {
        match self {
            Of::Somebody(user) | Of::Own(user) => user,
        }
    }

    /// Why a key of another account is not taken. Whose it is, is said to staff only.
    fn taken(self, email: &str) -> Refusal {
        Refusal::new(Rule::KeyTaken).with(
            "email",
            match self {
                Of::Somebody(_) => Param::from(email),
                Of::Own(_) => Param::Message("account-of-somebody".to_owned()),
            },
        )
    }

    /// Whether one more is too many.
    async fn has_room(self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        let Of::Own(user) = self else { return Ok(()) };
        let keys = sessions::keys(&mut tx.conn, &tx.shape, Keys::Of(user)).await?.len();
        if keys < KEYS_MAX as usize {
            return Ok(());
        }
        Err(Refusal::new(Rule::TooManyKeys).with("max", KEYS_MAX).into())
    }
}

/// Adds a key. One that this account already has is no error.
pub(super) async fn add_key(ask: &Ask<'_>, whose: Of, line: &str) -> Result<Answer, Failure> {
    let (user, parsed) = (whose.user(), &ssh_key::parse(line)?);
    ask.inner.baseline().await?;
    let key = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            let account = account(tx, user).await?;
            if let Some(key) = find_key(tx, &parsed.fingerprint).await? {
                return if key.user == user { Ok(key) } else { Err(whose.taken(&key.email).into()) };
            }
            whose.has_room(tx).await?;
            let key = Key {
                fingerprint: parsed.fingerprint.clone(),
                user,
                email: account.email,
                algorithm: parsed.algorithm.clone(),
                comment: parsed.comment.clone(),
                added: None,
            };
            sessions::insert_key(&mut tx.conn, &tx.shape, &key, &parsed.line).await?;
            let mut entry = ask.entry(Topic::Users, Some(user.0));
            entry.after = Some(key_state(&key));
            tx.record(entry);
            Ok(find_key(tx, &parsed.fingerprint).await?.unwrap_or(key))
        })
    })
    .await?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Key(key_row(key)), false))
}

/// Takes a key away: anybody's, or only one of this account.
pub(super) async fn remove_key(ask: &Ask<'_>, of: Option<UserId>, fingerprint: &str) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let key = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            let key = find_key(tx, fingerprint).await?.filter(|key| of.is_none_or(|of| key.user == of));
            let key = key.ok_or(Failure::NotFound { what: "thing-key", id: 0 })?;
            sessions::delete_key(&mut tx.conn, fingerprint).await?;
            visits::end_all_by(ask, tx, key.user, fingerprint, of.is_some()).await?;
            let mut entry = ask.entry(Topic::Users, Some(key.user.0));
            entry.before = Some(key_state(&key));
            tx.record(entry);
            Ok(key)
        })
    })
    .await?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Key(key_row(key)), false))
}

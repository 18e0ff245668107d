//! Signing in and out: by password, by a token from earlier, by an SSH key.

use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};
use sqlx::MySqlConnection;

use super::Origin;
use super::ask::{Ask, person};
use super::password::{new_token, nobody, sha256};
use super::{settings, visits};
use crate::api::account::{Person, SignedIn, Welcome};
use crate::api::setting::PreferenceRow;
use crate::api::{Answer, Failure, Reply};
use crate::domain::UserId;
use crate::domain::round::Rules;
use crate::domain::rule::{Refusal, Rule};
use crate::domain::setting;
use crate::domain::user::{Role, email_key, wait_after};
use crate::store::people::{Account, Credentials};
use crate::store::{people, preferences, sessions, tx};

/// Settings that a session goes by, also before anybody has signed in.
const SHOWN: &[&str] = &[
    setting::FESTIVAL_NAME,
    setting::TIME_ZONE,
    setting::DURATION_UNIT,
    setting::JURY_SIZE,
    setting::LOCK_AFTER,
    setting::MEDIA_URL,
    setting::DEADLINE_1,
    setting::DEADLINE_2,
];

/// The beginnings of the names of preferences that come with a sign-in.
const OWN: &[&str] = &["ui.", "place"];

/// Wrong passwords from one address that weigh as much as one on an account: a whole jury may sit behind one address.
const PER_ADDRESS: u32 = 5;

pub(super) async fn welcome(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let welcome = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let settings = settings::rows(&mut reader.conn).await?;
            let name = settings.iter().find(|row| row.name == setting::FESTIVAL_NAME);
            let festival = name.map(|row| row.value.clone()).unwrap_or_default();
            let shown = |name: &str| SHOWN.contains(&name) || Rules::SETTINGS.contains(&name);
            let settings = settings.into_iter().filter(|row| shown(&row.name)).collect();
            let administrators = people::administrators(&mut reader.conn, &reader.shape).await?;
            Ok(Welcome { festival, has_administrator: !administrators.is_empty(), settings })
        })
    });
    Ok(Reply::Welcome(welcome.await?).into())
}

/// Whose wrong passwords are counted: the account, known or not, and where the person sits.
struct Subjects {
    account: [u8; 32],
    place: [u8; 32],
}

impl Subjects {
    fn new(email_key: &str, origin: &Origin) -> Self {
        let place = match origin {
            // Whoever has one IPv6 address has all of its network.
            Origin::Ssh { address: IpAddr::V6(address) } => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}")
            }
            origin => origin.throttle_key(),
        };
        Self { account: sha256(&format!("account:{email_key}")), place: sha256(&format!("address:{place}")) }
    }

    /// Both, always in the same order, so that two who sign in at once do not wait for each other in a circle.
    fn sorted(&self) -> [(&[u8; 32], u32); 2] {
        let mut both = [(&self.account, 1), (&self.place, PER_ADDRESS)];
        both.sort_unstable();
        both
    }
}

/// Counts a try before it is judged, so that many at once are no way around the wait.
async fn begin(ask: &Ask<'_>, subjects: &Subjects) -> Result<(), Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let mut wait = 0;
            for (subject, weight) in subjects.sorted() {
                let attempts = sessions::attempts(&mut tx.conn, subject).await?;
                let needed = wait_after(attempts.failures / weight).saturating_mul(1000);
                wait = wait.max(needed.saturating_sub(attempts.since));
                sessions::set_attempts(&mut tx.conn, subject, attempts.failures.saturating_add(1)).await?;
            }
            if wait > 0 {
                let seconds = wait.div_ceil(1000);
                // The refusal rolls the counting back: who waits is not made to wait longer.
                return Err(Refusal::new(Rule::TooManyAttempts).with("seconds", seconds).into());
            }
            Ok(())
        })
    })
    .await
}

/// Takes back what [`begin`] counted: the account's altogether, the place's by this one try.
async fn forgive(ask: &Ask<'_>, subjects: &Subjects) -> Result<(), Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            for (subject, weight) in subjects.sorted() {
                let left = match weight {
                    1 => 0,
                    _ => sessions::attempts(&mut tx.conn, subject).await?.failures.saturating_sub(1),
                };
                sessions::set_attempts(&mut tx.conn, subject, left).await?;
            }
            Ok(())
        })
    })
    .await
}

pub(super) async fn sign_in(
    ask: &Ask<'_>,
    email: &str,
    password: &SecretString,
    remember: bool,
) -> Result<Answer, Failure> {
    let outcome = try_in(ask, email, password, remember).await;
    if let Err(failure) = &outcome {
        visits::refused(ask, email, failure).await;
    }
    outcome
}

async fn try_in(ask: &Ask<'_>, email: &str, password: &SecretString, remember: bool) -> Result<Answer, Failure> {
    let key = &email_key(email);
    let subjects = &Subjects::new(key, &ask.caller.origin);
    begin(ask, subjects).await?;
    let (candidate, stand_in) = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let found = people::by_email(&mut reader.conn, &reader.shape, key).await?;
            let stand_in = match people::any_hash(&mut reader.conn, &reader.shape).await? {
                Some(hash) => hash,
                None => SecretString::from(nobody(settings::scheme(&mut reader.conn).await?)),
            };
            Ok((choose(found, key), stand_in))
        })
    })
    .await?;
    let hash = candidate.as_ref().map_or(&stand_in, |found| &found.hash);
    let right = ask.inner.hasher.verify(password, hash.expose_secret()).await?;
    let Some(found) = candidate.filter(|_| right) else { return Err(Rule::WrongPassword.into()) };
    forgive(ask, subjects).await?;
    enter(&found.account)?;
    let token = if remember { Some(remembered(ask, &found).await?) } else { None };
    let user = found.account.id;
    let own = tx::read(&ask.inner.db, |reader| Box::pin(async move { own(&mut reader.conn, user).await })).await?;
    Ok(signed_in(&found.account, token, own))
}

/// Judges the password of somebody who is signed in, counted and slowed down as at a sign-in; answers the hash that it fits.
pub(super) async fn own_password(ask: &Ask<'_>, me: &Person, password: &SecretString) -> Result<SecretString, Failure> {
    let (id, subjects) = (me.id, &Subjects::new(&email_key(&me.email), &ask.caller.origin));
    begin(ask, subjects).await?;
    let found = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(people::with_password(&mut reader.conn, &reader.shape, id).await?) })
    });
    let hash = found.await?.ok_or(Failure::Forbidden { needs: None })?.hash;
    if !ask.inner.hasher.verify(password, hash.expose_secret()).await? {
        return Err(Rule::PasswordWrong.into());
    }
    forgive(ask, subjects).await?;
    Ok(hash)
}

/// Of accounts whose emails differ only in their spelling the one that may enter, then the oldest.
fn choose(found: Vec<Credentials>, key: &str) -> Option<Credentials> {
    let same = found.into_iter().filter(|found| email_key(&found.account.email) == key);
    same.min_by_key(|found| (enter(&found.account).is_err(), found.account.id))
}

/// Whether somebody whose password or key is right may come in.
fn enter(account: &Account) -> Result<(), Refusal> {
    if !account.enabled {
        Err(Rule::AccountDisabled.into())
    } else if account.role == Role::Producer {
        Err(Rule::ProducersOutside.into())
    } else {
        Ok(())
    }
}

fn signed_in(account: &Account, token: Option<SecretString>, own: Vec<PreferenceRow>) -> Answer {
    Reply::SignedIn(SignedIn { person: person(account), token, own }).into()
}

/// What a console needs at once of what somebody keeps for themselves.
async fn own(conn: &mut MySqlConnection, user: UserId) -> Result<Vec<PreferenceRow>, Failure> {
    let mut rows = preferences::of(conn, user).await?;
    rows.retain(|row| OWN.iter().any(|own| row.name.starts_with(own)));
    Ok(rows)
}

/// Keeps a new token, bound to the password as it is: a changed one ends it.
pub(super) async fn remembered(ask: &Ask<'_>, found: &Credentials) -> Result<SecretString, Failure> {
    let (token, kept) = new_token();
    let (user, mark) = (found.account.id, sha256(found.hash.expose_secret()));
    let (kept, mark, origin) = (&kept, &mark, &ask.caller.origin.to_string());
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move { Ok(sessions::insert(&mut tx.conn, &tx.shape, kept, user, mark, origin).await?) })
    })
    .await?;
    Ok(token)
}

pub(super) async fn resume(ask: &Ask<'_>, token: &SecretString) -> Result<Answer, Failure> {
    let token = &sha256(token.expose_secret());
    let (account, own) = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            // As good as a wrong password: nothing is said of what was wrong with it.
            let unknown = || Failure::from(Rule::WrongPassword);
            let session = sessions::find(&mut *conn, shape, token).await?.ok_or_else(unknown)?;
            let found = people::with_password(&mut *conn, shape, session.user).await?.ok_or_else(unknown)?;
            if sha256(found.hash.expose_secret())[..] != session.password_mark[..] {
                return Err(unknown());
            }
            enter(&found.account)?;
            if session.stale {
                sessions::seen(&mut *conn, token).await?;
            }
            let own = own(conn, found.account.id).await?;
            Ok((found.account, own))
        })
    })
    .await?;
    Ok(signed_in(&account, None, own))
}

/// Signs in by a key that somebody has proved to hold; without an email it is whoever the key belongs to.
pub(super) async fn by_key(ask: &Ask<'_>, email: &str, fingerprint: &str) -> Result<Answer, Failure> {
    let key = &email_key(email);
    let (account, own) = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let which = sessions::Keys::Fingerprint(fingerprint);
            let keys = sessions::keys(&mut reader.conn, &reader.shape, which).await?;
            let found = keys.into_iter().find(|found| key.is_empty() || email_key(&found.email) == *key);
            let Some(found) = found else { return Err(Rule::WrongPassword.into()) };
            let account = people::find(&mut reader.conn, &reader.shape, found.user).await?;
            let account = account.ok_or(Rule::WrongPassword)?;
            enter(&account)?;
            let own = own(&mut reader.conn, account.id).await?;
            Ok((account, own))
        })
    })
    .await?;
    Ok(signed_in(&account, None, own))
}

pub(super) async fn sign_out(ask: &Ask<'_>, token: Option<&SecretString>) -> Result<Answer, Failure> {
    if let Some(token) = token {
        let token = &sha256(token.expose_secret());
        tx::write(&ask.inner.db, |tx| Box::pin(async move { Ok(sessions::delete(&mut tx.conn, token).await?) }))
            .await?;
    }
    Ok(Reply::Done.into())
}

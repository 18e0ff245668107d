//! Signing in and out: by password, by a token from earlier, by an SSH key.

use secrecy::{ExposeSecret, SecretString};
use sqlx::MySqlConnection;
use tokio::sync::OwnedSemaphorePermit;

use super::Origin;
use super::ask::{Ask, person};
use super::password::{new_token, nobody, sha256};
use super::turns::Subject;
use super::{accounts, settings, visits};
use crate::api::account::{Person, Proof, SignedIn, Welcome};
use crate::api::setting::PreferenceRow;
use crate::api::{Answer, Failure, Reply};
use crate::domain::UserId;
use crate::domain::round::Rules;
use crate::domain::rule::{Refusal, Rule};
use crate::domain::setting;
use crate::domain::throttle::Tally;
use crate::domain::user::{self, Role, email_key};
use crate::store::people::{Account, Credentials};
use crate::store::{self, changes, people, preferences, sessions, tx};

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

/// Tries from one network that are judged at once: a whole jury may come in by one address.
const AT_ONCE: usize = 4;

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

/// Whose wrong passwords are counted: see [`throttle`](crate::domain::throttle).
struct Subjects {
    own: Subject,
    account: Subject,
    network: Subject,
}

impl Subjects {
    fn new(email_key: &str, origin: &Origin) -> Self {
        let network = origin.throttle_key();
        Self {
            own: sha256(&format!("own:{network} {email_key}")),
            account: sha256(&format!("account:{email_key}")),
            network: sha256(&format!("address:{network}")),
        }
    }
}

/// A try that may be judged. No other one of the same account is while it lasts, so that many at once are no way around
/// the wait; but whoever is known where they are waits for nobody elsewhere.
struct Try {
    subjects: Subjects,
    own: u32,
    _turns: [Option<OwnedSemaphorePermit>; 2],
}

impl Try {
    /// Waits for its turn, and refuses whoever has to wait longer.
    async fn begin(ask: &Ask<'_>, subjects: Subjects, known: bool) -> Result<Self, Failure> {
        let turns = &ask.inner.turns;
        let turns = if known {
            [turns.take(&subjects.own, 1).await, None]
        } else {
            [turns.take(&subjects.account, 1).await, turns.take(&subjects.network, AT_ONCE).await]
        };
        let Subjects { own, account, network } = &subjects;
        let counted = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move { Ok(sessions::failures(&mut reader.conn, [own, account, network]).await?) })
        });
        let [own, account, network] = counted.await?;
        match (Tally { own, account, network }).wait(known) {
            0 => Ok(Self { subjects, own: own.count, _turns: turns }),
            seconds => Err(Refusal::new(Rule::TooManyAttempts).with("seconds", seconds).into()),
        }
    }

    /// It was wrong.
    async fn failed(self, ask: &Ask<'_>) -> Result<(), Failure> {
        // Always in the same order, so that two at once do not wait for each other in a circle.
        let mut all = [self.subjects.own, self.subjects.account, self.subjects.network];
        all.sort_unstable();
        let all = &all;
        tx::write(&ask.inner.db, |tx| {
            Box::pin(async move {
                for subject in all {
                    sessions::failed(&mut tx.conn, subject).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// It was right: those before it, of this account from here, are forgotten. What others did stays.
    async fn succeeded(self, ask: &Ask<'_>) -> Result<(), Failure> {
        if self.own == 0 {
            return Ok(());
        }
        let (mut both, count) = ([self.subjects.own, self.subjects.account], self.own);
        both.sort_unstable();
        let both = &both;
        tx::write(&ask.inner.db, |tx| {
            Box::pin(async move {
                for subject in both {
                    sessions::forgive(&mut tx.conn, subject, count).await?;
                }
                Ok(())
            })
        })
        .await
    }
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
    let (key, here) = (&email_key(email), &ask.caller.origin.throttle_key());
    let (change, candidate, stand_in, known) = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let change = changes::last(&mut reader.conn).await?;
            let found = people::by_email(&mut reader.conn, &reader.shape, key).await?;
            let stand_in = match people::any_hash(&mut reader.conn, &reader.shape).await? {
                Some(hash) => hash,
                None => SecretString::from(nobody(settings::scheme(&mut reader.conn).await?)),
            };
            let candidate = choose(found, key);
            // Asked of nobody as well, so that it takes as long.
            let user = candidate.as_ref().map_or(UserId(0), |found| found.account.id);
            let origins = store::visits::origins(&mut reader.conn, &reader.shape, user).await?;
            let known = origins.iter().any(|origin| Origin::throttle_key_of(origin) == *here);
            Ok((change, candidate, stand_in, known))
        })
    })
    .await?;
    let attempt = Try::begin(ask, Subjects::new(key, &ask.caller.origin), known).await?;
    let hash = candidate.as_ref().map_or(&stand_in, |found| &found.hash);
    let right = ask.inner.hasher.verify(password, hash.expose_secret()).await?;
    let Some(found) = candidate.filter(|_| right) else {
        attempt.failed(ask).await?;
        return Err(Rule::WrongPassword.into());
    };
    attempt.succeeded(ask).await?;
    enter(&found.account)?;
    let token = if remember { Some(remembered(ask, &found).await?) } else { None };
    let user = found.account.id;
    let own = tx::read(&ask.inner.db, |reader| Box::pin(async move { own(&mut reader.conn, user).await })).await?;
    Ok(signed_in(&found.account, token, own, (change, None)))
}

/// Judges the password of somebody who is signed in, counted and slowed down as at a sign-in from where they are known;
/// answers the hash that it fits.
pub(super) async fn own_password(ask: &Ask<'_>, me: &Person, password: &SecretString) -> Result<SecretString, Failure> {
    let id = me.id;
    let attempt = Try::begin(ask, Subjects::new(&email_key(&me.email), &ask.caller.origin), true).await?;
    let found = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(people::with_password(&mut reader.conn, &reader.shape, id).await?) })
    });
    let hash = found.await?.ok_or(Failure::Forbidden { needs: None })?.hash;
    if !ask.inner.hasher.verify(password, hash.expose_secret()).await? {
        attempt.failed(ask).await?;
        return Err(Rule::PasswordWrong.into());
    }
    attempt.succeeded(ask).await?;
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

fn signed_in(
    account: &Account,
    token: Option<SecretString>,
    own: Vec<PreferenceRow>,
    (change, key): (i64, Option<&str>),
) -> Answer {
    let proof = Some(Proof { change, created: account.created, key: key.map(str::to_owned) });
    Reply::SignedIn(SignedIn { person: person(account), token, own, proof }).into()
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
    let (change, account, own) = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let change = changes::last(&mut reader.conn).await?;
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
            Ok((change, found.account, own))
        })
    })
    .await?;
    Ok(signed_in(&account, None, own, (change, None)))
}

/// Signs in by a key that somebody has proved to hold; without an email it is whoever the key belongs to. Of one that is
/// not proved it is only said whether it is anybody's here: what keeps its owner out is said to nobody else.
pub(super) async fn by_key(ask: &Ask<'_>, email: &str, fingerprint: &str, proved: bool) -> Result<Answer, Failure> {
    let (change, found) = key_holder(ask, &email_key(email), fingerprint).await?;
    if !proved {
        return Ok(Reply::Done.into());
    }
    if let Err(refusal) = enter(&found) {
        let failure = refusal.into();
        visits::refused(ask, &found.email, &failure).await;
        return Err(failure);
    }
    let user = found.id;
    let own = tx::read(&ask.inner.db, |reader| Box::pin(async move { own(&mut reader.conn, user).await })).await?;
    Ok(signed_in(&found, None, own, (change, Some(fingerprint))))
}

/// The account that a key belongs to, if it is the one of this email; of any where that is empty. With it the last change
/// of accounts before.
async fn key_holder(ask: &Ask<'_>, email_key: &str, fingerprint: &str) -> Result<(i64, Account), Failure> {
    tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let change = changes::last(&mut reader.conn).await?;
            let which = sessions::Keys::Fingerprint(fingerprint);
            let keys = sessions::keys(&mut reader.conn, &reader.shape, which).await?;
            let own = |email: &str| email_key.is_empty() || user::email_key(email) == *email_key;
            let Some(found) = keys.into_iter().find(|found| own(&found.email)) else {
                return Err(Rule::WrongPassword.into());
            };
            let account = people::find(&mut reader.conn, &reader.shape, found.user).await?;
            Ok((change, account.ok_or(Rule::WrongPassword)?))
        })
    })
    .await
}

/// Whose key it is.
pub(super) async fn key_owner(ask: &Ask<'_>, fingerprint: &str) -> Result<Answer, Failure> {
    let (_, account) = key_holder(ask, "", fingerprint).await.map_err(|failure| match failure {
        Failure::Rule(_) => Failure::NotFound { what: "thing-key", id: 0 },
        other => other,
    })?;
    Ok(Reply::Account(accounts::row(&account)).into())
}

pub(super) async fn sign_out(ask: &Ask<'_>, token: Option<&SecretString>) -> Result<Answer, Failure> {
    if let Some(token) = token {
        let token = &sha256(token.expose_secret());
        tx::write(&ask.inner.db, |tx| Box::pin(async move { Ok(sessions::delete(&mut tx.conn, token).await?) }))
            .await?;
    }
    Ok(Reply::Done.into())
}

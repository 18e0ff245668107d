//! One's own account: password and SSH keys.

use secrecy::{ExposeSecret, SecretString};

use super::accounts::{self, Of};
use super::ask::Ask;
use super::{settings, sign_in, visits};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::rule::Rule;
use crate::domain::user::check_password;
use crate::store::{people, sessions, tx};

/// Gives oneself a new password. Whoever sits at an open console has to know the old one, and waits after wrong ones as at a
/// sign-in. Computers that were remembered are signed out; the session that asks goes on.
pub(super) async fn change_password(
    ask: &Ask<'_>,
    current: &SecretString,
    password: &SecretString,
) -> Result<Answer, Failure> {
    let me = ask.me()?;
    if is_done(ask).await? {
        return Ok(Ask::final_answer(Reply::Done, true));
    }
    let scheme =
        tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(settings::scheme(&mut reader.conn).await?) }))
            .await?;
    check_password(password.expose_secret(), scheme)?;
    let known = &sign_in::own_password(ask, &me, current).await?;
    let hash = &ask.inner.hasher.hash(password, scheme).await?;
    ask.inner.baseline().await?;
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            people::guard(&mut tx.conn).await?;
            ask.still_allowed(tx).await?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok(());
            }
            // An administrator may have given them another one meanwhile.
            let now = people::with_password(&mut tx.conn, &tx.shape, me.id).await?;
            if now.is_none_or(|now| now.hash.expose_secret() != known.expose_secret()) {
                return Err(Rule::PasswordWrong.into());
            }
            people::set_password(&mut tx.conn, &tx.shape, me.id, hash).await?;
            sessions::delete_all(&mut tx.conn, me.id).await?;
            visits::end_all(ask, tx, me.id, true).await?;
            tx.record(ask.entry(Topic::Users, Some(me.id.0)));
            Ok(())
        })
    })
    .await?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Done, false))
}

/// Whether this very request changed it before: the old password is none any more then.
async fn is_done(ask: &Ask<'_>) -> Result<bool, Failure> {
    let steps = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { ask.steps_before(&mut reader.conn, i32::MIN, i32::MAX).await })
    });
    Ok(!steps.await?.is_empty())
}

pub(super) async fn keys(ask: &Ask<'_>) -> Result<Answer, Failure> {
    accounts::keys(ask, Some(ask.me()?.id)).await
}

pub(super) async fn add_key(ask: &Ask<'_>, key: &str) -> Result<Answer, Failure> {
    accounts::add_key(ask, Of::Own(ask.me()?.id), key).await
}

pub(super) async fn remove_key(ask: &Ask<'_>, fingerprint: &str) -> Result<Answer, Failure> {
    accounts::remove_key(ask, Some(ask.me()?.id), fingerprint).await
}

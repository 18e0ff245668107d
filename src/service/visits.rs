//! Who is on, and who was: visits from the sign-in to the end, and sign-ins that were refused. What this process knows of
//! its own is written down here; what others ask of it is told to its sessions.

use std::time::{Duration, Instant};

use serde_json::json;
use uuid::Uuid;

use super::ask::Ask;
use super::dispatch::Inner;
use super::presence::Told;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::UserId;
use crate::domain::rule::Rule;
use crate::domain::visit::Why;
use crate::store::visits::{self, Closed, Opened, Refused};
use crate::store::{Tx, changes, sessions as remembered, tx};

/// How often a process gives a sign of life. Three that were missed mean that it is gone.
pub const BEAT: Duration = Duration::from_secs(30);

/// How often what is too old is forgotten.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// Rules whose refusals are written down.
const WRITTEN: [Rule; 4] = [Rule::WrongPassword, Rule::TooManyAttempts, Rule::AccountDisabled, Rule::ProducersOutside];

/// What is written down for a name that is no email.
const UNNAMED: &str = "***";

impl Inner {
    /// See [`super::Service::write_visits`].
    pub(super) async fn write_visits(&self) -> Result<(), Failure> {
        let _one = self.visits.writing().await;
        let news = self.visits.news();
        if news.came.is_empty() && news.went.is_empty() {
            return Ok(());
        }
        let now = Instant::now();
        let ago = |at: Instant| u64::try_from(now.saturating_duration_since(at).as_micros()).unwrap_or(u64::MAX);
        let opened: Vec<Opened<'_>> = news
            .came
            .iter()
            .map(|came| Opened {
                id: came.id,
                user: came.person.id,
                name: &came.person.name,
                origin: &came.origin,
                way: came.way.name(),
                ago: ago(came.at),
            })
            .collect();
        let closed: Vec<Closed> = news
            .went
            .iter()
            .map(|went| Closed { id: went.id, why: went.why, ago: ago(went.at), idle: ago(went.active) })
            .collect();
        let (opened, closed, server) = (&opened, &closed, self.db.writer());
        tx::write(&self.db, |tx| {
            Box::pin(async move {
                visits::open(&mut tx.conn, &tx.shape, server, opened).await?;
                visits::close(&mut tx.conn, closed).await?;
                tx.touch(Topic::Sessions);
                Ok(())
            })
        })
        .await?;
        self.visits.written(&news);
        // Their account may have been changed between the sign-in and now.
        if news.came.is_empty() { Ok(()) } else { self.tell_changed().await }
    }

    /// See [`super::Service::beat`].
    pub(super) async fn beat(&self) -> Result<(), Failure> {
        let (server, active, here) = (self.db.writer(), &self.visits.active_within(BEAT), self.visits.count() as u64);
        let sweep = self.visits.sweeps(SWEEP_EVERY);
        if here == 0 && !sweep {
            return Ok(());
        }
        let changed = tx::read(&self.db, |reader| {
            Box::pin(async move {
                let open = visits::beat(&mut reader.conn, server, active).await?;
                let revived = if open < here { visits::revive(&mut reader.conn, server).await? } else { 0 };
                // Whose process has died can't say so any more.
                let silent = visits::close_silent(&mut reader.conn).await?;
                if sweep {
                    visits::sweep(&mut reader.conn).await?;
                    remembered::sweep_failures(&mut reader.conn).await?;
                    changes::sweep(&mut reader.conn).await?;
                }
                Ok(revived + silent)
            })
        })
        .await?;
        if changed > 0 {
            self.sessions_changed().await?;
        }
        self.tell_asked().await
    }

    /// Tells the sessions of this process that somebody wants to end.
    pub(super) async fn tell_asked(&self) -> Result<(), Failure> {
        if self.visits.count() == 0 {
            return Ok(());
        }
        let server = self.db.writer();
        let asked =
            tx::read(&self.db, |reader| Box::pin(async move { Ok(visits::asked(&mut reader.conn, server).await?) }));
        for (id, why) in asked.await? {
            let told = if why == Why::Account.name() { Told::Account } else { Told::Ended };
            self.visits.tell(id, told);
        }
        self.tell_changed().await
    }

    /// Tells the sessions of this process that began with what was changed since.
    async fn tell_changed(&self) -> Result<(), Failure> {
        let Some(last) = self.visits.signed_in_after() else { return Ok(()) };
        let changes =
            tx::read(&self.db, |reader| Box::pin(async move { Ok(changes::since(&mut reader.conn, last).await?) }));
        self.visits.tell_changed(&changes.await?);
        Ok(())
    }

    /// Tells every process that somebody has come or gone.
    async fn sessions_changed(&self) -> Result<(), Failure> {
        tx::write(&self.db, |tx| {
            Box::pin(async move {
                tx.touch(Topic::Sessions);
                Ok(())
            })
        })
        .await
    }
}

pub(super) async fn sessions(ask: &Ask<'_>, ended: bool) -> Result<Answer, Failure> {
    let list =
        || tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(visits::list(&mut reader.conn, ended).await?) }));
    let (mut rows, silent) = list().await?;
    if silent {
        // Their process can't say it any more: whoever looks does.
        let closed = tx::write(&ask.inner.db, |tx| {
            Box::pin(async move {
                let closed = visits::close_silent(&mut tx.conn).await?;
                if closed > 0 {
                    tx.touch(Topic::Sessions);
                }
                Ok(closed)
            })
        });
        if closed.await? > 0 {
            rows = list().await?.0;
        }
    }
    for row in &mut rows {
        row.own = Some(row.session) == ask.caller.visit;
    }
    Ok(Reply::Sessions(rows).into())
}

/// Asks a session to end; the process that it is in does so, and writes it down. No computer remembers its account any
/// more.
pub(super) async fn end(ask: &Ask<'_>, session: Uuid) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (mut row, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let row = visits::lock(&mut tx.conn, session).await?;
            ask.still_allowed(tx).await?;
            let row = row.ok_or(Failure::NotFound { what: "thing-session", id: 0 })?;
            let repeated = !ask.done_before(tx).await?.is_empty();
            if repeated || row.ended_by.is_some() && row.ended.is_none() {
                return Ok((row, repeated));
            }
            if row.ended.is_some() {
                return Err(Rule::SessionOver.into());
            }
            let mut entry = ask.entry(Topic::Sessions, row.user.map(|user| user.0));
            entry.before = Some(json!({
                "session": session.to_string(),
                "name": row.name,
                "origin": row.origin,
                "opened": row.opened.to_rfc3339(),
            }));
            visits::ask_end(&mut tx.conn, session, Why::Ended, &entry.actor_name).await?;
            // Else a computer that remembers them would let them in again without a question.
            if let Some(user) = row.user {
                remembered::delete_all(&mut tx.conn, user).await?;
            }
            tx.record(entry);
            let row = visits::lock(&mut tx.conn, session).await?.unwrap_or(row);
            Ok((row, false))
        })
    })
    .await?;
    row.own = Some(row.session) == ask.caller.visit;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Session(row), repeated))
}

/// Asks all sessions of an account to end, within the change of that account; but the one in which it was asked, if that
/// one goes on (`stays`).
pub(super) async fn end_all(ask: &Ask<'_>, tx: &mut Tx<'_>, user: UserId, stays: bool) -> Result<(), Failure> {
    let by = ask.entry(Topic::Sessions, None).actor_name;
    let but = ask.caller.visit.filter(|_| stays);
    visits::ask_end_of(&mut tx.conn, user, Why::Account, &by, but).await?;
    // Those of whoever has signed in already and is not written down yet.
    changes::record(&mut tx.conn, user, None, but).await?;
    tx.touch(Topic::Sessions);
    Ok(())
}

/// The same of those that were signed in to by a key.
pub(super) async fn end_all_by(
    ask: &Ask<'_>,
    tx: &mut Tx<'_>,
    user: UserId,
    key: &str,
    stays: bool,
) -> Result<(), Failure> {
    changes::record(&mut tx.conn, user, Some(key), ask.caller.visit.filter(|_| stays)).await?;
    tx.touch(Topic::Sessions);
    Ok(())
}

/// Writes down that a sign-in was refused, as far as there are not too many already. What is in the way of that keeps
/// nobody from being told.
pub(super) async fn refused(ask: &Ask<'_>, name: &str, failure: &Failure) {
    let Failure::Rule(refusal) = failure else { return };
    if !WRITTEN.contains(&refusal.rule) {
        return;
    }
    // What is no email may be the password, typed one field too early.
    let name =
        if name.contains('@') { crate::domain::text::inert(name.trim()).into_owned() } else { UNNAMED.to_owned() };
    let name = &name;
    let (origin, rule, server) = (&ask.caller.origin.to_string(), refusal.rule.name(), ask.inner.db.writer());
    // Whoever has to wait and does not is named once.
    let once = refusal.rule == Rule::TooManyAttempts;
    let written = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            if visits::refuse(&mut tx.conn, server, Refused { name, origin, rule, once }).await? {
                tx.touch(Topic::Sessions);
            }
            Ok(())
        })
    });
    if let Err(failure) = written.await {
        tracing::warn!(?failure, "a refused sign-in could not be written down");
    }
}

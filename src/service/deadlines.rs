//! Until when jurors are asked to vote. A deadline reminds and refuses nothing.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::settings;
use super::undo::{States, changed_since};
use crate::api::juror::{AllDeadlines, ExtensionRow};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::UserId;
use crate::domain::deadline::{self, Deadlines, VoteRound};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::setting;
use crate::domain::user::Role;
use crate::store::extensions::{self as store, Extension};
use crate::store::ledger::Line;
use crate::store::{StoreError, Tx, people, tx};

/// What the ledger keeps of an extension.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct State {
    juror: UserId,
    name: String,
    round: VoteRound,
    until: Option<DateTime<Utc>>,
}

impl State {
    fn of(value: Option<&Value>) -> Option<Self> {
        serde_json::from_value(value?.clone()).ok()
    }
}

/// The festival's deadlines and the zone in which they are written.
async fn festival(conn: &mut MySqlConnection) -> Result<(Deadlines, Tz), StoreError> {
    let rows = settings::rows(conn).await?;
    let value = |name: &str| rows.iter().find(|row| row.name == name).map_or("", |row| row.value.as_str());
    let zone = value(setting::TIME_ZONE).parse().unwrap_or(Tz::UTC);
    Ok((Deadlines::read(value(setting::DEADLINE_1), value(setting::DEADLINE_2), zone), zone))
}

/// The festival's deadlines, or one's own later ones.
pub(super) async fn mine(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let deadlines = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (festival, _) = festival(&mut reader.conn).await?;
            let mut given = Deadlines::default();
            for extension in store::list(&mut reader.conn, &reader.shape, Some(me)).await? {
                match extension.round {
                    VoteRound::First => given.first = Some(extension.until),
                    VoteRound::Second => given.second = Some(extension.until),
                }
            }
            Ok(festival.extended(&given))
        })
    });
    Ok(Reply::MyDeadlines(deadlines.await?).into())
}

/// The festival's deadlines, and who was given more time.
pub(super) async fn all(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let deadlines = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (festival, _) = festival(&mut reader.conn).await?;
            let mut extensions: Vec<ExtensionRow> = store::list(&mut reader.conn, &reader.shape, None)
                .await?
                .into_iter()
                .map(|Extension { juror, name, round, until }| ExtensionRow { juror, name, round, until: Some(until) })
                .collect();
            extensions.sort_by(|a, b| (&a.name, a.juror, a.round).cmp(&(&b.name, b.juror, b.round)));
            Ok(AllDeadlines { festival, extensions })
        })
    });
    Ok(Reply::Deadlines(deadlines.await?).into())
}

/// Gives a juror more time in a round than everybody has, or takes it back. What it already is changes nothing.
pub(super) async fn extend(
    ask: &Ask<'_>,
    juror: UserId,
    round: VoteRound,
    until: Option<&str>,
) -> Result<Answer, Failure> {
    let until = until.map(str::trim).filter(|until| !until.is_empty()).map(deadline::parse).transpose()?;
    ask.inner.baseline().await?;
    let (row, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let was = store::lock(&mut tx.conn, &tx.shape, juror, round).await?;
            ask.still_allowed(tx).await?;
            let account = people::find(&mut tx.conn, &tx.shape, juror).await?;
            let account = account.ok_or(Failure::NotFound { what: "thing-user", id: juror.0 })?;
            let name = account.name();
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((ExtensionRow { juror, name, round, until: was }, true, true));
            }
            // Whoever judges no more can still lose what they were given.
            if until.is_some() && account.role != Role::Jury {
                return Err(Refusal::new(Rule::NotAJuror).with("name", name).into());
            }
            let (festival, zone) = festival(&mut tx.conn).await?;
            let now = until.map(|local| deadline::moment(local, zone));
            if now != was {
                if let Some(until) = now {
                    let clock = (store::now(&mut tx.conn).await?, zone);
                    deadline::check_more(round, until, festival.of(round), clock)?;
                }
                store::set(&mut tx.conn, &tx.shape, (juror, round), now).await?;
                let state = |until| json!(State { juror, name: name.clone(), round, until });
                let mut entry = ask.entry(Topic::Settings, None);
                (entry.before, entry.after) = (Some(state(was)), Some(state(now)));
                tx.record(entry);
            }
            Ok((ExtensionRow { juror, name, round, until: now }, now != was, false))
        })
    })
    .await?;
    let reply = Reply::Extension(row);
    if !changed {
        return Ok(reply.into());
    }
    ask.published().await;
    Ok(ask.undoable(reply, again))
}

/// Takes an extension back, or gives it again, where it is as that change left it.
pub(super) async fn take_back(tx: &mut Tx<'_>, line: &Line) -> Result<Result<States, Refusal>, Failure> {
    let (before, after) = (line.entry.before.as_ref(), line.entry.after.as_ref());
    let (Some(was), Some(left)) = (State::of(before), State::of(after)) else {
        return Ok(Err(changed_since("thing-deadline")));
    };
    let now = store::lock(&mut tx.conn, &tx.shape, left.juror, left.round).await?;
    let there = people::find(&mut tx.conn, &tx.shape, left.juror).await?.is_some();
    if now != left.until || !there {
        return Ok(Err(changed_since("thing-deadline")));
    }
    store::set(&mut tx.conn, &tx.shape, (left.juror, left.round), was.until).await?;
    Ok(Ok((after.cloned(), before.cloned())))
}

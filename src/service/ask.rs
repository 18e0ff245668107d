//! One request on its way: who asks for what, under which id, and what the ledger says of it.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::MySqlConnection;
use uuid::Uuid;

use super::dispatch::Inner;
use super::{Caller, Observer};
use crate::api::account::Person;
use crate::api::request;
use crate::api::{Answer, Failure, Reply, Topic, Who};
use crate::domain::UserId;
use crate::domain::round::Rules;
use crate::domain::rule::Rule;
use crate::domain::user::Role;
use crate::store::hearing::{self, Hearing};
use crate::store::people::Account;
use crate::store::{Entry, Tx, ledger, people};

/// A request that this person may make.
pub(super) struct Ask<'a> {
    pub(super) inner: &'a Arc<Inner>,
    pub(super) caller: &'a Caller,
    pub(super) observer: &'a dyn Observer,
    /// The operation's id, the caller's own or a new one.
    pub(super) id: Uuid,
    /// Whether the caller chose the id, so that the operation may have been done before.
    asked_again: bool,
    entry: &'static request::Entry,
    actor: Option<Account>,
}

/// What a request was heard with.
pub(super) struct Heard {
    /// The festival's rules of voting.
    pub(super) rules: Rules,
    /// Now, by the server's clock.
    pub(super) now: DateTime<Utc>,
    account: Account,
    done: Option<hearing::Done>,
}

/// Whether this person may ask: by their role as the database has it now, and not with a disabled account.
pub(super) fn allow(who: Who, actor: Option<&Account>, operator: bool) -> Result<(), Failure> {
    if actor.is_some_and(|account| !account.enabled) {
        return Err(Rule::AccountDisabled.into());
    }
    if who.allows(actor.map(|account| account.role), operator) {
        return Ok(());
    }
    let needs = match who {
        _ if actor.is_none() => None,
        Who::Anyone | Who::SignedIn => None,
        Who::Juror => Some(Role::Jury),
        Who::Administrator | Who::Operator => Some(Role::Admin),
    };
    Err(Failure::Forbidden { needs })
}

pub(super) fn person(account: &Account) -> Person {
    Person { id: account.id, name: account.name(), email: account.email.clone(), role: account.role }
}

impl<'a> Ask<'a> {
    pub(super) fn new(
        inner: &'a Arc<Inner>,
        caller: &'a Caller,
        actor: Option<Account>,
        entry: &'static request::Entry,
        request_id: Option<Uuid>,
        observer: &'a dyn Observer,
    ) -> Self {
        let id = request_id.unwrap_or_else(Uuid::new_v4);
        Self { inner, caller, observer, id, asked_again: request_id.is_some(), entry, actor }
    }

    /// Whoever is signed in.
    pub(super) fn me(&self) -> Result<Person, Failure> {
        self.actor.as_ref().map(person).ok_or(Failure::Forbidden { needs: None })
    }

    /// Their id; nobody for the operator.
    pub(super) fn user(&self) -> Option<UserId> {
        self.actor.as_ref().map(|account| account.id)
    }

    /// Looks again at who asks, after the locks: they may have lost their role since.
    pub(super) async fn still_allowed(&self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.still(tx, self.entry.who).await
    }

    /// The same for a right that the request itself does not ask for.
    pub(super) async fn still(&self, tx: &mut Tx<'_>, who: Who) -> Result<(), Failure> {
        let actor = match self.user() {
            Some(user) => people::find(&mut tx.conn, &tx.shape, user).await?,
            None => None,
        };
        let created = |account: &Option<Account>| account.as_ref().map(|account| account.created);
        if created(&self.actor) != created(&actor) {
            return Err(Failure::Forbidden { needs: None });
        }
        allow(who, actor.as_ref(), self.caller.operator)
    }

    /// Hears the request after the locks: who asks, by which rules, and whether it was done before, in one statement. Whether
    /// they may still ask is to be said when its turn comes ([`Ask::allows`]).
    pub(super) async fn hear(&self, tx: &mut Tx<'_>) -> Result<Heard, Failure> {
        let user = self.user().ok_or(Failure::Forbidden { needs: None })?;
        let hearing = hearing::read(&mut tx.conn, &tx.shape, user, self.id, &Rules::SETTINGS).await?;
        let same =
            |hearing: &Hearing| self.actor.as_ref().is_some_and(|actor| actor.created == hearing.account.created);
        let Hearing { account, settings, done, now } =
            hearing.filter(same).ok_or(Failure::Forbidden { needs: None })?;
        let done = done.filter(|_| self.asked_again);
        Ok(Heard { rules: Rules::read(|name| settings.get(name).map(String::as_str)), now, account, done })
    }

    /// Whether this very request was done before, to this row.
    ///
    /// # Errors
    /// [`Rule::RequestIdTaken`] if it was another request.
    pub(super) fn is_repeated(&self, heard: &Heard, subject: i32) -> Result<bool, Failure> {
        let Some(done) = &heard.done else { return Ok(false) };
        let same = done.action == self.entry.name && done.actor == self.user() && done.subject == Some(subject);
        if same { Ok(true) } else { Err(Rule::RequestIdTaken.into()) }
    }

    /// Whether they may still ask.
    pub(super) fn allows(&self, heard: &Heard) -> Result<(), Failure> {
        allow(self.entry.who, Some(&heard.account), self.caller.operator)
    }

    /// Whether they might ask when the request came in, for what decides nothing and needs no second look.
    pub(super) fn allowed_at_first(&self) -> Result<(), Failure> {
        allow(self.entry.who, self.actor.as_ref(), self.caller.operator)
    }

    /// What this very request has already done: nothing unless the caller chose its id and asks again.
    ///
    /// # Errors
    /// [`Rule::RequestIdTaken`] if it was another request.
    pub(super) async fn done_before(&self, tx: &mut Tx<'_>) -> Result<Vec<ledger::Line>, Failure> {
        if !self.asked_again {
            return Ok(Vec::new());
        }
        let lines = ledger::operation(&mut tx.conn, self.id).await?;
        let other = |line: &ledger::Line| line.entry.action != self.entry.name || line.entry.actor != self.user();
        if lines.iter().any(other) { Err(Rule::RequestIdTaken.into()) } else { Ok(lines) }
    }

    /// The same for a request of many steps: the numbers of those that were done, from one to another.
    pub(super) async fn steps_before(
        &self,
        conn: &mut MySqlConnection,
        from: i32,
        to: i32,
    ) -> Result<HashSet<i32>, Failure> {
        if !self.asked_again {
            return Ok(HashSet::new());
        }
        let steps = ledger::steps(conn, self.id, from, to).await?;
        let other = |step: &ledger::Step| step.action != self.entry.name || step.actor != self.user();
        if steps.iter().any(other) {
            return Err(Rule::RequestIdTaken.into());
        }
        Ok(steps.into_iter().map(|step| step.sequence).collect())
    }

    /// A ledger row of this request, to be filled in.
    pub(super) fn entry(&self, topic: Topic, subject: Option<i32>) -> Entry {
        Entry {
            request_id: self.id,
            sequence: 0,
            actor: self.user(),
            actor_name: self.actor.as_ref().map_or_else(|| "operator".to_owned(), Account::name),
            origin: self.caller.origin.to_string(),
            action: self.entry.name.to_owned(),
            topic,
            subject,
            before: None,
            after: None,
            reason: None,
            private: false,
            forced: false,
            undoes: None,
        }
    }

    /// Called when something was written: the shared lists first, then the sessions, then the answer.
    pub(super) async fn published(&self) {
        if let Err(failure) = self.inner.poll().await {
            // It is written. The next look at the topics makes up for it.
            tracing::warn!(?failure, "a change could not be passed on yet");
        }
    }

    /// The answer to a change that can be undone by this operation's id.
    pub(super) fn undoable(&self, reply: Reply, repeated: bool) -> Answer {
        Answer { reply, operation: Some(self.id), repeated }
    }

    /// The answer to a change that can't be undone.
    pub(super) fn final_answer(reply: Reply, repeated: bool) -> Answer {
        Answer { reply, operation: None, repeated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_ask_by_table() {
        let account = |role, enabled| Account {
            id: UserId(1),
            email: String::new(),
            first: String::new(),
            last: String::new(),
            role,
            enabled,
            created: None,
        };
        let (admin, juror, producer) =
            (account(Role::Admin, true), account(Role::Jury, true), account(Role::Producer, true));
        let (gone, nobody) = (account(Role::Admin, false), None);
        let needs = |role| Err(Failure::Forbidden { needs: role });
        let disabled = Err(Failure::from(Rule::AccountDisabled));
        let cases = [
            (Who::Anyone, nobody, false, Ok(())),
            (Who::SignedIn, Some(&juror), false, Ok(())),
            (Who::SignedIn, Some(&producer), false, needs(None)),
            (Who::Juror, Some(&admin), false, needs(Some(Role::Jury))),
            (Who::Administrator, Some(&juror), false, needs(Some(Role::Admin))),
            (Who::Administrator, nobody, true, needs(None)),
            (Who::Administrator, Some(&gone), false, disabled.clone()),
            (Who::Operator, nobody, true, Ok(())),
            (Who::Operator, nobody, false, needs(None)),
            (Who::Operator, Some(&gone), true, disabled),
            (Who::Operator, Some(&admin), false, Ok(())),
        ];
        for (who, actor, operator, expected) in cases {
            assert_eq!(allow(who, actor, operator), expected, "{who:?} {actor:?} {operator}");
        }
    }
}

//! The tasks of one session: requests to the service, computations, and their cancelling.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Failure, Progress, Request};
use crate::app::effect::{Cancelled, Computed, Job, NotSaved, SaveFile};
use crate::app::msg::{Msg, Ticket};
use crate::service::{Caller, Observer};

use super::host::Service;
use super::save::save;

/// Where answers go. A queue keeps room for some dozens of what it carries, in every session: boxes are small.
pub(super) type Answers = mpsc::UnboundedSender<Box<Msg>>;

/// What a session has under way.
pub(super) struct Work {
    answer: Answers,
    turns: Arc<Semaphore>,
    runtime: Handle,
    running: HashMap<Ticket, Cancelled>,
    /// What changes are known by that have no answer yet. A ticket that is asked again has the same one.
    ids: HashMap<Ticket, Uuid>,
    writing: Vec<JoinHandle<()>>,
}

/// Tells the session how a request goes on, and the request whether it is still wanted.
struct Watch {
    ticket: Ticket,
    answer: Answers,
    cancelled: Cancelled,
}

impl Observer for Watch {
    fn progress(&self, progress: Progress) {
        // A session that has ended hears nothing any more.
        let _ = self.answer.send(Box::new(Msg::Progress(self.ticket, progress)));
    }

    fn cancelled(&self) -> bool {
        self.cancelled.is_cancelled()
    }
}

impl Work {
    pub(super) fn new(answer: Answers, turns: Arc<Semaphore>, runtime: Handle) -> Self {
        Self { answer, turns, runtime, running: HashMap::new(), ids: HashMap::new(), writing: Vec::new() }
    }

    /// Starts a request. A fault in it is a failure of this request and nothing else.
    pub(super) fn call<S: Service>(&mut self, service: &Arc<S>, caller: Caller, ticket: Ticket, request: Request) {
        let writes = request.entry().writes;
        // By this the service finds out whether a change whose answer was lost had been done.
        let id = writes.then(|| *self.ids.entry(ticket).or_insert_with(Uuid::new_v4));
        let cancelled = self.begin(ticket);
        let watch = Arc::new(Watch { ticket, answer: self.answer.clone(), cancelled });
        let (service, answer) = (Arc::clone(service), self.answer.clone());
        let task = self.runtime.spawn(async move {
            let work = tokio::spawn(async move { service.call(caller, request, id, watch).await });
            let result = work.await.unwrap_or_else(|fault| Err(broken(&fault)));
            let _ = answer.send(Box::new(Msg::Reply(ticket, result)));
        });
        if writes {
            self.writing.retain(|task| !task.is_finished());
            self.writing.push(task);
        }
    }

    /// Starts a computation on another thread, in its turn.
    pub(super) fn compute(&mut self, ticket: Ticket, job: Job) {
        let cancelled = self.begin(ticket);
        let (turns, answer) = (Arc::clone(&self.turns), self.answer.clone());
        self.runtime.spawn(async move {
            // The turns are never closed; without one the work would only come earlier.
            let _turn = turns.acquire_owned().await.ok();
            let work = tokio::task::spawn_blocking(move || match cancelled.is_cancelled() {
                true => Computed::Nothing,
                false => job.run(&cancelled),
            });
            let _ = answer.send(Box::new(Msg::Computed(ticket, work.await.unwrap_or(Computed::Nothing))));
        });
    }

    /// Writes a file where the person sits, if that is here.
    pub(super) fn save(&mut self, ticket: Ticket, file: SaveFile, here: bool) {
        let answer = self.answer.clone();
        let task = tokio::spawn(async move {
            let failed = || NotSaved::Failed { path: file.path.clone(), why: "interrupted".to_owned() };
            let result = match here {
                true => {
                    let file = file.clone();
                    tokio::task::spawn_blocking(move || save(&file)).await.unwrap_or_else(|_| Err(failed()))
                }
                false => Err(NotSaved::Elsewhere),
            };
            let _ = answer.send(Box::new(Msg::Saved(ticket, result)));
        });
        self.writing.push(task);
    }

    /// Asks what a ticket stands for to stop at its next safe point; its end still comes.
    pub(super) fn cancel(&mut self, ticket: Ticket) {
        if let Some(cancelled) = self.running.remove(&ticket) {
            cancelled.cancel();
        }
    }

    /// What a ticket stands for has ended; with an answer for good, unless the database could not give one.
    pub(super) fn ended(&mut self, ticket: Ticket, answered: bool) {
        self.running.remove(&ticket);
        if answered {
            self.ids.remove(&ticket);
        }
    }

    /// The newest of a ticket wins.
    fn begin(&mut self, ticket: Ticket) -> Cancelled {
        let cancelled = Cancelled::default();
        if let Some(older) = self.running.insert(ticket, cancelled.clone()) {
            older.cancel();
        }
        cancelled
    }

    /// Stops what only reads, and gives what writes a moment to be done.
    pub(super) async fn finish(self, grace: Duration) {
        // What takes longer is cut off by the end of the process, and rolled back by the database.
        let _ = tokio::time::timeout(grace, join_all(self.writing)).await;
        for cancelled in self.running.values() {
            cancelled.cancel();
        }
    }
}

/// The failure that a fault becomes for the person; the report has the rest.
fn broken(fault: &tokio::task::JoinError) -> Failure {
    tracing::error!(%fault, "a request ended in a fault");
    Failure::Unavailable(Unavailable { why: Trouble::Other, detail: String::new() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::run::testing::Script;
    use crate::service::Origin;

    fn work() -> (Work, mpsc::UnboundedReceiver<Box<Msg>>) {
        let (answer, answers) = mpsc::unbounded_channel();
        (Work::new(answer, Arc::new(Semaphore::new(1)), Handle::current()), answers)
    }

    #[tokio::test]
    async fn a_change_is_known_until_it_is_answered() {
        let (mut work, mut answers) = work();
        let service = Script::new();
        let nobody = || Caller::nobody(Origin::Terminal { os_user: "ada@here".to_owned() });
        for ticket in (0..100).map(Ticket) {
            work.call(&service, nobody(), ticket, Request::SignOut { token: None });
            assert!(matches!(answers.recv().await.as_deref(), Some(Msg::Reply(_, Ok(_)))));
            work.ended(ticket, true);
        }
        assert!(work.ids.is_empty());
        // Asked again after no answer, it is the same change.
        work.call(&service, nobody(), Ticket(7), Request::SignOut { token: None });
        let id = work.ids[&Ticket(7)];
        work.ended(Ticket(7), false);
        work.call(&service, nobody(), Ticket(7), Request::SignOut { token: None });
        assert_eq!(work.ids[&Ticket(7)], id);
    }

    #[tokio::test(start_paused = true)]
    async fn all_that_is_being_written_has_one_moment_together() {
        let (mut work, _answers) = work();
        let service = Script::new();
        let _held = service.held.lock().await;
        for ticket in (0..10).map(Ticket) {
            let nobody = Caller::nobody(Origin::Terminal { os_user: "ada@here".to_owned() });
            work.call(&service, nobody, ticket, Request::SignOut { token: None });
        }
        let (start, grace) = (tokio::time::Instant::now(), Duration::from_secs(5));
        work.finish(grace).await;
        assert_eq!(start.elapsed(), grace);
    }
}

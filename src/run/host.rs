//! What every session of this process shares: who answers requests, who tells the news, how a console is opened.

use std::future::Future;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, broadcast};
use uuid::Uuid;

use crate::api::{Answer, Changed, Failure, Request};
use crate::app::effect::Effect;
use crate::app::{App, Known};
use crate::service::presence::Visits;
use crate::service::{Caller, Observer};

use super::frame::Caps;

/// Something that happened outside a session.
#[derive(Debug, Clone)]
pub enum News {
    /// Somebody changed something; the shared lists show it already.
    Changed(Changed),
    /// So much has changed that it is not known what.
    Everything,
    /// The database is out of reach (`false`) or back again (`true`).
    Database(bool),
}

/// Who answers the requests of sessions.
pub trait Service: Send + Sync + 'static {
    /// Does what is asked, with the caller's permissions. A change with a `request_id` that was done before is not done
    /// twice.
    fn call(
        &self,
        caller: Caller,
        request: Request,
        request_id: Option<Uuid>,
        observer: Arc<dyn Observer>,
    ) -> impl Future<Output = Result<Answer, Failure>> + Send;

    /// What happens from now on.
    fn news(&self) -> broadcast::Receiver<News>;

    /// Who is on in this process.
    fn visits(&self) -> &Visits;
}

/// What a console needs to open.
#[derive(Debug)]
pub struct Opening {
    /// How the person is known already.
    pub known: Known,
    /// The terminal's size in cells.
    pub size: (u16, u16),
    /// What the terminal can show.
    pub caps: Caps,
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// Opens a console: the settings of this machine decide on language, theme and keys.
pub type Open = dyn Fn(Opening) -> (App, Vec<Effect>) + Send + Sync;

/// What every session of this process shares.
pub struct Host<S> {
    service: Arc<S>,
    open: Arc<Open>,
    /// What becomes of what a terminal says of itself.
    sees: Arc<dyn Fn(Caps) -> Caps + Send + Sync>,
    jobs: Arc<Semaphore>,
    /// Where requests and computations run, which is not always where a session does.
    runtime: Handle,
    clock: fn() -> DateTime<Utc>,
}

impl<S> Clone for Host<S> {
    fn clone(&self) -> Self {
        Self {
            service: Arc::clone(&self.service),
            open: Arc::clone(&self.open),
            sees: Arc::clone(&self.sees),
            jobs: Arc::clone(&self.jobs),
            runtime: self.runtime.clone(),
            clock: self.clock,
        }
    }
}

impl<S: Service> Host<S> {
    /// A host on the real clock, with as many computations at a time as there are processors. Must be called within the
    /// runtime that is to do the work.
    pub fn new(service: Arc<S>, open: impl Fn(Opening) -> (App, Vec<Effect>) + Send + Sync + 'static) -> Self {
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        let (open, jobs) = (Arc::new(open), Arc::new(Semaphore::new(jobs)));
        Self { service, open, sees: Arc::new(|caps| caps), jobs, runtime: Handle::current(), clock: Utc::now }
    }

    /// The same host where the settings of this computer say otherwise than the terminals.
    #[must_use]
    pub fn seeing(mut self, sees: impl Fn(Caps) -> Caps + Send + Sync + 'static) -> Self {
        self.sees = Arc::new(sees);
        self
    }

    /// What a terminal is taken to show.
    pub(super) fn caps(&self, caps: Caps) -> Caps {
        (self.sees)(caps)
    }

    /// Who answers requests.
    pub fn service(&self) -> &Arc<S> {
        &self.service
    }

    /// Opens a console.
    pub(super) fn open(&self, opening: Opening) -> (App, Vec<Effect>) {
        (self.open)(opening)
    }

    /// What time it is.
    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Where requests and computations run.
    pub(super) fn runtime(&self) -> Handle {
        self.runtime.clone()
    }

    /// The turns that computations take.
    pub(super) fn jobs(&self) -> Arc<Semaphore> {
        Arc::clone(&self.jobs)
    }
}

//! The service as sessions see it, with news of what changed anywhere and whether the database is there.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::api::failure::Trouble;
use crate::api::{Answer, Failure, Request};
use crate::service::{self, Caller, Observer};

use super::host::{News, Service};

/// How often other consoles' changes are looked for while somebody is there.
const EVERY: Duration = Duration::from_secs(1);

/// A database that does not answer for this long is lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// News that a session may leave unread before it has to take everything as changed.
const UNREAD: usize = 256;

/// A service that is looked after: dropped, it looks no more.
#[derive(Debug)]
pub struct Live {
    service: service::Service,
    news: broadcast::Sender<News>,
    feed: JoinHandle<()>,
}

impl Live {
    /// Starts to look after a service. Must be called within the runtime.
    pub fn new(service: service::Service) -> Self {
        let (news, _) = broadcast::channel(UNREAD);
        let feed = tokio::spawn(look(service.clone(), news.clone()));
        Self { service, news, feed }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.feed.abort();
    }
}

impl Service for Live {
    async fn call(
        &self,
        caller: Caller,
        request: Request,
        request_id: Option<Uuid>,
        observer: Arc<dyn Observer>,
    ) -> Result<Answer, Failure> {
        self.service.call(&caller, request, request_id, &*observer).await
    }

    fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }
}

/// Passes changes on, and looks for those of other consoles as long as anybody listens.
async fn look(service: service::Service, news: broadcast::Sender<News>) {
    let mut changes = service.subscribe();
    let mut timer = tokio::time::interval(EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut there = true;
    loop {
        let message = tokio::select! {
            changed = changes.recv() => match changed {
                Ok(changed) => Some(News::Changed(changed)),
                Err(broadcast::error::RecvError::Lagged(_)) => Some(News::Everything),
                Err(broadcast::error::RecvError::Closed) => return,
            },
            // Asked at each tick: a guard of the branch would be asked once, before anybody has come to listen.
            _ = timer.tick() => if news.receiver_count() == 0 { None } else {
                let found = reachable(&service).await;
                let turned = found.is_some_and(|now| now != there);
                there = found.unwrap_or(there);
                turned.then_some(News::Database(there))
            }
        };
        if let Some(message) = message {
            // A session that has just gone misses nothing.
            let _ = news.send(message);
        }
    }
}

/// Looks for changes: whether the database answered, or `None` where something else is wrong.
async fn reachable(service: &service::Service) -> Option<bool> {
    match tokio::time::timeout(PATIENCE, service.poll_changes()).await {
        Ok(Ok(())) => Some(true),
        Ok(Err(Failure::Unavailable(trouble))) if trouble.why == Trouble::Lost => Some(false),
        Ok(Err(failure)) => {
            tracing::warn!(?failure, "changes of others cannot be read");
            None
        }
        Err(_) => Some(false),
    }
}

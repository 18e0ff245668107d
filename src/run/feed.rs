//! The service as sessions see it, with news of what changed anywhere and whether the database is there.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::api::failure::Trouble;
use crate::api::{Answer, Failure, Request};
use crate::service::presence::Visits;
use crate::service::visits::BEAT;
use crate::service::{self, Caller, Looked, Observer};

use super::host::{News, Service};

/// How often other consoles' changes are looked for while somebody is there.
const EVERY: Duration = Duration::from_secs(1);

/// A database that does not answer for this long is lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often the web site's own changes are looked for while somebody is there, where looking costs little.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A look may take one part in so many of the time, on the server and here,
const SHARE: u32 = 50;

/// but is never put off for longer than this.
const LOOK_AT_LEAST: Duration = Duration::from_secs(60);

/// Those who come and go within this time are written down together.
const GATHER: Duration = Duration::from_secs(1);

/// News that a session may leave unread before it has to take everything as changed.
const UNREAD: usize = 256;

/// A service that is looked after: dropped, it looks no more.
#[derive(Debug)]
pub struct Live {
    service: service::Service,
    news: broadcast::Sender<News>,
    feed: JoinHandle<()>,
    watch: Option<JoinHandle<()>>,
    keeper: Keeper,
}

impl Live {
    /// Starts to look after a service. Must be called within the runtime.
    pub fn new(service: service::Service) -> Self {
        let (news, _) = broadcast::channel(UNREAD);
        let feed = tokio::spawn(look(service.clone(), news.clone()));
        let keeper = Keeper::start(service.clone());
        Self { service, news, feed, watch: None, keeper }
    }

    /// The same where a web site writes to the database, too: what it changes is looked for. Must be called within the runtime.
    pub fn beside_a_site(service: service::Service) -> Self {
        let mut live = Self::new(service);
        live.watch = Some(tokio::spawn(watch(live.service.clone(), live.news.clone())));
        live
    }

    /// Looks no more, and lets another process do it at once.
    pub async fn leave(&self) {
        self.feed.abort();
        self.keeper.leave().await;
        let Some(watch) = &self.watch else { return };
        watch.abort();
        match tokio::time::timeout(PATIENCE, self.service.look_no_more()).await {
            Ok(Ok(())) => {}
            // Then the others wait until the lease ends.
            left => tracing::debug!(?left, "the right to look could not be given back"),
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.feed.abort();
        if let Some(watch) = &self.watch {
            watch.abort();
        }
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
        // Kept apart: whoever waits for it is small, and there is one for each connection.
        Box::pin(self.service.call(&caller, request, request_id, &*observer)).await
    }

    fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    fn visits(&self) -> &Visits {
        self.service.visits()
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

/// Looks for what the web site changed, as long as anybody listens.
async fn watch(service: service::Service, news: broadcast::Sender<News>) {
    // What is to be seen first is loading.
    let mut pause = EVERY;
    loop {
        tokio::time::sleep(pause).await;
        if news.receiver_count() == 0 {
            pause = LOOK_EVERY;
            continue;
        }
        let began = Instant::now();
        match service.look_outside(lease(pause)).await {
            Ok(Looked::Found(films @ 1..)) => tracing::info!(films, "films were changed since the last look"),
            Ok(_) => {}
            Err(failure) => tracing::debug!(?failure, "what the web site changed cannot be looked for"),
        }
        pause = pause_after(began.elapsed());
    }
}

/// Writes down who is on, until it is dropped.
#[derive(Debug)]
pub struct Keeper {
    service: service::Service,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Begins. Must be called within the runtime.
    pub fn start(service: service::Service) -> Self {
        Self { task: tokio::spawn(keep(service.clone())), service }
    }

    /// Writes down what is left to write: who has gone at the end.
    pub async fn leave(&self) {
        self.task.abort();
        match tokio::time::timeout(PATIENCE, self.service.write_visits()).await {
            Ok(Ok(())) => {}
            // Then others find out that nothing is heard of this process any more.
            left => tracing::warn!(?left, "who was on could not be written down"),
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Writes down who comes and goes, many at a time, and gives signs of life while somebody is on.
async fn keep(service: service::Service) {
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let written = tokio::select! {
            () = service.visits().stirred() => {
                tokio::time::sleep(GATHER).await;
                service.write_visits().await
            }
            // What could not be written before is tried again with each beat.
            _ = beat.tick() => match service.write_visits().await {
                Ok(()) => service.beat().await,
                failed => failed,
            },
        };
        if let Err(failure) = written {
            tracing::debug!(?failure, "who is on could not be written down");
        }
    }
}

/// How long to wait after a look that took so long.
fn pause_after(cost: Duration) -> Duration {
    (cost * SHARE).clamp(LOOK_EVERY, LOOK_AT_LEAST)
}

/// How long nobody else is to look: a late look or two must not lose the right to it.
fn lease(pause: Duration) -> Duration {
    pause * 3 + PATIENCE
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_take_a_fiftieth_of_the_time_and_never_stay_away() {
        let after = |cost| pause_after(Duration::from_millis(cost)).as_millis();
        assert_eq!([0, 99, 100, 600, 5_000, 500_000].map(after), [5_000, 5_000, 5_000, 30_000, 60_000, 60_000]);
        assert!(lease(LOOK_EVERY) > 2 * LOOK_EVERY && lease(LOOK_AT_LEAST) > 2 * LOOK_AT_LEAST);
    }
}

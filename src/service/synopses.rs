//! The synopses of all films, folded: read when somebody first wants to find words in them, shared by the sessions of the
//! process, patched by id.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;

use super::Observer;
use super::ask::Ask;
use super::dispatch::Inner;
use crate::api::synopses::{Packer, Synopses};
use crate::api::{Answer, Failure, Progress, Reply};
use crate::domain::FilmId;
use crate::domain::text::fold;
use crate::store::films::{self, Which};
use crate::store::tx;

/// Films that are read between two pieces of news: a few tens of milliseconds.
const STEP: u32 = 5_000;

/// The shared synopses, if they were asked for.
#[derive(Debug, Default)]
pub(super) struct Kept {
    current: RwLock<Option<Synopses>>,
    /// Held while reading, so that several sessions load once and a patch never meets an older load.
    gate: Mutex<()>,
}

impl Kept {
    fn current(&self) -> Option<Synopses> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, synopses: Synopses) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(synopses);
    }
}

pub(super) async fn synopses(ask: &Ask<'_>, fresh: bool) -> Result<Answer, Failure> {
    Ok(Reply::Synopses(ask.inner.all_synopses(fresh, ask.observer).await?).into())
}

impl Inner {
    /// All synopses, read if they are not there yet. `fresh`: as they are in the database after this moment.
    async fn all_synopses(self: &Arc<Self>, fresh: bool, observer: &dyn Observer) -> Result<Synopses, Failure> {
        if let Some(synopses) = self.synopses.current().filter(|_| !fresh) {
            return Ok(synopses);
        }
        // What is changed while this reads is found by the next look.
        self.baseline().await?;
        let _gate = self.synopses.gate.lock().await;
        match self.synopses.current() {
            Some(synopses) if !fresh => Ok(synopses),
            _ => self.load_synopses(observer).await,
        }
    }

    /// Reads everything again, if it was ever asked for.
    pub(super) async fn reload_synopses(self: &Arc<Self>) -> Result<(), Failure> {
        let _gate = self.synopses.gate.lock().await;
        if self.synopses.current().is_some() {
            self.load_synopses(&super::NoObserver).await?;
        }
        Ok(())
    }

    /// Reads those of these films again.
    pub(super) async fn patch_synopses(self: &Arc<Self>, ids: &[i32]) -> Result<(), Failure> {
        let _gate = self.synopses.gate.lock().await;
        let Some(synopses) = self.synopses.current() else { return Ok(()) };
        let now = tx::read(&self.db, |reader| {
            Box::pin(async move {
                let mut now = Vec::new();
                let which = Which::Ids(ids);
                films::synopses(&mut reader.conn, &reader.shape, which, |film, texts| now.push((film, folded(texts))))
                    .await?;
                Ok(now)
            })
        })
        .await?;
        let films: Vec<FilmId> = ids.iter().copied().map(FilmId).collect();
        if now.len() == films.len() && now.iter().all(|(film, text)| synopses.of(*film) == text) {
            return Ok(());
        }
        self.synopses.replace(synopses.patched(&films, &now));
        Ok(())
    }

    /// The gate is held.
    async fn load_synopses(self: &Arc<Self>, observer: &dyn Observer) -> Result<Synopses, Failure> {
        let synopses = tx::read(&self.db, |reader| {
            Box::pin(async move {
                let total = films::total(&mut reader.conn, &reader.shape).await?;
                let (mut packer, mut done) = (Packer::default(), 0u32);
                films::synopses(&mut reader.conn, &reader.shape, Which::All, |film, texts| {
                    if done.is_multiple_of(STEP) {
                        observer.progress(Progress::Steps { done, total });
                    }
                    done = done.saturating_add(1);
                    packer.add(film, &folded(texts));
                })
                .await?;
                Ok(packer.finish())
            })
        })
        .await?;
        self.synopses.replace(synopses.clone());
        Ok(synopses)
    }
}

/// A film's texts as one that is looked through.
fn folded(texts: [&str; 2]) -> String {
    fold(texts.join("\n").trim())
}

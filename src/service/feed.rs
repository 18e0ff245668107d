//! What was changed, by this process or another: the shared lists are patched, then the sessions are told.
//!
//! A process's own writes are found in the same way as everybody else's, so that a session that went away in the middle of its
//! write leaves no list behind that does not show it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use uuid::Uuid;

use super::dispatch::Inner;
use crate::api::{Changed, Failure, Topic};
use crate::store::{ledger, outside, topics, tx};

/// Rows in `console_topics` above which those of processes that are long gone are swept.
const MANY: usize = 200;

/// How far the ledger was read, per topic and process; `None` before the first look.
#[derive(Debug, Default)]
pub(super) struct Feed {
    seen: Option<HashMap<(Topic, Uuid), i64>>,
}

impl Inner {
    /// Takes the database as it is now as known. What is read after this and changed meanwhile is found by the next look.
    pub(super) async fn baseline(&self) -> Result<(), Failure> {
        let mut feed = self.feed.lock().await;
        if feed.seen.is_none() {
            let versions = self.versions().await?;
            feed.seen = Some(versions.iter().map(|v| ((v.topic, v.writer), v.version)).collect());
        }
        Ok(())
    }

    async fn versions(&self) -> Result<Vec<topics::Version>, Failure> {
        tx::read(&self.db, |reader| Box::pin(async move { Ok(topics::poll(&mut reader.conn).await?) })).await
    }

    /// See [`super::Service::poll_changes`].
    pub(super) async fn poll(self: &Arc<Self>) -> Result<(), Failure> {
        let mut feed = self.feed.lock().await;
        let versions = self.versions().await?;
        let Some(seen) = &mut feed.seen else {
            feed.seen = Some(versions.iter().map(|v| ((v.topic, v.writer), v.version)).collect());
            return Ok(());
        };
        let news: Vec<(topics::Version, i64)> = versions
            .iter()
            .map(|version| (*version, seen.get(&(version.topic, version.writer)).copied().unwrap_or(0)))
            .filter(|(version, last)| version.version > *last)
            .collect();
        if !news.is_empty() {
            let mut changed = self.changed(&news).await?;
            if changed.contains_key(&Topic::Settings) && self.shown_otherwise().await? {
                changed.insert(Topic::Films, None);
            }
            self.patch(&changed).await?;
            if changed.contains_key(&Topic::Sessions) {
                self.tell_asked().await?;
            }
            for (version, _) in news {
                seen.insert((version.topic, version.writer), version.version);
            }
            for (topic, ids) in changed {
                // Nobody listening is no error.
                let _ = self.news.send(Changed { topic, ids });
            }
        }
        if versions.len() > MANY {
            tx::read(&self.db, |reader| Box::pin(async move { Ok(topics::sweep(&mut reader.conn).await?) })).await?;
        }
        Ok(())
    }

    /// The rows behind news, by topic; `None` where they are not known.
    async fn changed(&self, news: &[(topics::Version, i64)]) -> Result<BTreeMap<Topic, Option<Vec<i32>>>, Failure> {
        tx::read(&self.db, |reader| {
            Box::pin(async move {
                let mut changed: BTreeMap<Topic, Option<Vec<i32>>> = BTreeMap::new();
                for (version, last) in news {
                    let ids = match version.writer {
                        outside::WRITER => outside::ids_since(&mut reader.conn, *last).await?,
                        writer => ledger::ids_since(&mut reader.conn, version.topic, writer, *last).await?,
                    };
                    let known = changed.entry(version.topic).or_insert_with(|| Some(Vec::new()));
                    *known = match (known.take(), ids) {
                        (Some(mut known), Some(ids)) => {
                            known.extend(ids);
                            known.sort_unstable();
                            known.dedup();
                            Some(known)
                        }
                        _ => None,
                    };
                }
                Ok(changed)
            })
        })
        .await
    }

    async fn patch(self: &Arc<Self>, changed: &BTreeMap<Topic, Option<Vec<i32>>>) -> Result<(), Failure> {
        let films = changed.get(&Topic::Films);
        match films {
            // Who may vote decides what the lists count.
            _ if changed.contains_key(&Topic::Users) => self.reload_films().await?,
            Some(Some(ids)) => self.patch_films(ids).await?,
            Some(None) => self.reload_films().await?,
            None => {}
        }
        match films {
            Some(Some(ids)) => self.patch_synopses(ids).await,
            Some(None) => self.reload_synopses().await,
            None => Ok(()),
        }
    }
}

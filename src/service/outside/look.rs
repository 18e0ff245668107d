//! The look: what the web site changed is found, kept and told of, by one process at a time.
//!
//! Everything is read as it was at one moment, the ledger too: a change of ours and its ledger row were committed together,
//! so each is seen with the other or not at all. What follows is written afterwards, guarded by the lease.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::ballots::slips;
use super::follow::{Affected, affected};
use crate::api::failure::{Trouble, Unavailable};
use crate::api::{Failure, Topic};
use crate::domain::FilmId;
use crate::domain::outside::{Chunks, Mark, Own, Settled, Step, What, chunk_of, differing, judge};
use crate::domain::slip::Slips;
use crate::service::dispatch::Inner;
use crate::store::leases::{self, Held};
use crate::store::ledger::{self, Deed};
use crate::store::outside::{self, Kept, Live, Seen, Settling};
use crate::store::{Tx, topics, tx};
use uuid::Uuid;

/// Chunks that are read film by film at once: more would only take memory.
const CHUNKS: usize = 8;
/// Films that are written in one transaction.
const BATCH: usize = 1_000;

/// What a look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// Another process looks.
    Elsewhere,
    /// So many films were not as they were known, by us or the site.
    Found(usize),
}

/// What this process knows while it holds the lease.
#[derive(Debug, Default)]
pub(in crate::service) struct Looker {
    /// The sums as the last look left them; `None` where another process may have looked since.
    known: Option<Chunks>,
}

/// What is to be written about one film.
#[derive(Debug)]
struct Finding {
    film: i32,
    /// As it is now; `None`: it is gone.
    now: Option<Seen>,
    born: Option<String>,
    title: String,
    steps: Vec<Step>,
    /// The marks that the steps were judged by.
    open: Vec<Kept>,
    /// What of it may let the film move by itself.
    affected: Option<Affected>,
}

/// How the sums differ from what was known.
#[derive(Debug)]
struct Probe {
    /// The sums as they were known.
    before: Chunks,
    /// The sums now.
    now: Chunks,
    /// The chunks that differ.
    chunks: Vec<i64>,
    /// Nobody has looked at this database yet: everything is taken as it is.
    adopts: bool,
}

impl Inner {
    /// See [`Service::look_outside`](crate::service::Service::look_outside).
    pub(in crate::service) async fn look_outside(self: &Arc<Self>, lease: Duration) -> Result<Looked, Failure> {
        let mut looker = self.looker.lock().await;
        let looked = self.rounds(&mut looker, lease.as_secs().max(1)).await;
        if looked.is_err() {
            // Whatever was written, the next look begins with what the database knows.
            looker.known = None;
        }
        if let Ok(Looked::Found(1..)) = looked {
            self.poll().await?;
        }
        looked
    }

    /// Gives the lease back, if this process has it.
    pub(in crate::service) async fn look_no_more(&self) -> Result<(), Failure> {
        let mut looker = self.looker.lock().await;
        looker.known = None;
        let holder = self.db.writer();
        tx::read(&self.db, |reader| {
            Box::pin(async move { Ok(leases::give_back(&mut reader.conn, leases::LOOK, holder).await?) })
        })
        .await
    }

    async fn rounds(self: &Arc<Self>, looker: &mut Looker, seconds: u64) -> Result<Looked, Failure> {
        match self.hold(seconds).await? {
            Held::Elsewhere => {
                looker.known = None;
                return Ok(Looked::Elsewhere);
            }
            Held::Anew => looker.known = None,
            Held::Still => {}
        }
        let Probe { before: mut known, now, chunks, adopts } = self.probe(looker.known.as_ref()).await?;
        let mut found = 0;
        for part in chunks.chunks(CHUNKS) {
            // Read later than the sums were: what has changed since differs from them again the next time.
            let findings = self.read(part, adopts).await?;
            for chunk in part {
                known.remove(chunk);
                known.extend(now.get(chunk).map(|sums| (*chunk, *sums)));
            }
            let affected: Vec<Affected> = findings.iter().filter_map(|finding| finding.affected).collect();
            // Before what was found is kept as known: should this process end in between, the next look does it again.
            self.apply_rules(&affected, seconds).await?;
            for findings in findings.chunks(BATCH) {
                found += findings.len();
                for film in self.write(findings, seconds, adopts).await? {
                    // Somebody settled something of it meanwhile: it is looked at again.
                    known.remove(&chunk_of(film));
                }
            }
        }
        looker.known = Some(known);
        Ok(Looked::Found(found))
    }

    async fn hold(&self, seconds: u64) -> Result<Held, Failure> {
        let holder = self.db.writer();
        let held = tx::read(&self.db, |reader| {
            Box::pin(async move { Ok(leases::hold(&mut reader.conn, leases::LOOK, holder, seconds).await?) })
        });
        match held.await {
            // On a cluster somebody else came first.
            Err(Failure::Unavailable(trouble)) if trouble.why == Trouble::Busy => Ok(Held::Elsewhere),
            held => held,
        }
    }

    /// Finds out where something differs.
    async fn probe(&self, known: Option<&Chunks>) -> Result<Probe, Failure> {
        tx::read(&self.db, |reader| {
            Box::pin(async move {
                let shape = Arc::clone(&reader.shape);
                let mut conn = outside::snapshot(&mut reader.conn).await?;
                let before = match known {
                    Some(known) => known.clone(),
                    None => outside::known(&mut conn).await?,
                };
                let now = outside::live(&mut conn, &shape).await?;
                // Not left to the pool: an open transaction would keep the site's own migrations waiting.
                conn.rollback().await?;
                let chunks = differing(&before, &now);
                Ok(Probe { adopts: before.is_empty(), before, now, chunks })
            })
        })
        .await
    }

    /// Reads what differs in some chunks.
    async fn read(&self, chunks: &[i64], adopts: bool) -> Result<Vec<Finding>, Failure> {
        tx::read(&self.db, |reader| {
            Box::pin(async move {
                let shape = Arc::clone(&reader.shape);
                let mut conn = outside::snapshot(&mut reader.conn).await?;
                let live = outside::films_in(&mut conn, &shape, chunks).await?;
                let seen = outside::seen(&mut conn, chunks).await?;
                let different = different(&seen, &live);
                let oldest = different.iter().map(|film| seen.get(film).map_or(0, |seen| seen.ledger)).min();
                let deeds = ledger::of_films(&mut conn, &different, oldest.unwrap_or(0)).await?;
                let open = outside::open(&mut conn, Some(&different), false).await?;
                let voted = if adopts { Vec::new() } else { voted(&different, &seen, &live, &open) };
                let slips = slips(&mut conn, &shape, &voted, &seen).await?;
                conn.rollback().await?;
                Ok(Parts { adopts, seen, live, deeds, open, slips }.compare(&different))
            })
        })
        .await
    }

    /// Writes what was found, and answers the films that had to be left.
    async fn write(&self, findings: &[Finding], seconds: u64, adopts: bool) -> Result<Vec<i32>, Failure> {
        let holder = self.db.writer();
        tx::write(&self.db, |tx| {
            Box::pin(async move {
                renew(tx, holder, seconds).await?;
                let version = match adopts {
                    // Nothing has changed, so nobody is told.
                    true => 0,
                    // The row stays locked, so that versions are committed in their order.
                    false => topics::bump(&mut tx.conn, Topic::Films, outside::WRITER).await?,
                };
                let ids: Vec<i32> = findings.iter().map(|finding| finding.film).collect();
                let open = by_film(outside::open(&mut tx.conn, Some(&ids), true).await?);
                let none = Vec::new();
                let still = |finding: &&Finding| open.get(&finding.film).unwrap_or(&none) == &finding.open;
                let (settled, left): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(still);
                let kept: Vec<(i32, Seen)> =
                    settled.iter().filter_map(|finding| Some((finding.film, finding.now.clone()?))).collect();
                let gone: Vec<i32> =
                    settled.iter().filter(|finding| finding.now.is_none()).map(|finding| finding.film).collect();
                outside::keep(&mut tx.conn, &kept, version).await?;
                outside::forget(&mut tx.conn, &gone).await?;
                for finding in settled {
                    steps(tx, finding, version).await?;
                }
                Ok(left.iter().map(|finding| finding.film).collect())
            })
        })
        .await
    }
}

/// Makes sure that this process may still write what it found: until the transaction ends nobody else can.
pub(super) async fn renew(tx: &mut Tx<'_>, holder: Uuid, seconds: u64) -> Result<(), Failure> {
    if leases::renew(&mut tx.conn, leases::LOOK, holder, seconds).await? {
        return Ok(());
    }
    let detail = "the look took longer than its lease".to_owned();
    Err(Failure::Unavailable(Unavailable { why: Trouble::Other, detail }))
}

async fn steps(tx: &mut Tx<'_>, finding: &Finding, version: i64) -> Result<(), Failure> {
    for step in &finding.steps {
        match step {
            Step::Mark { what, before, after } => {
                let change = (*what, before.as_deref(), after.as_deref());
                let (film, born) = (FilmId(finding.film), finding.born.as_deref());
                outside::mark(&mut tx.conn, film, born, &finding.title, change, version).await?;
            }
            Step::Move { mark, after } => {
                outside::set_after(&mut tx.conn, *mark, after.as_deref(), version).await?;
            }
            Step::Settle { mark, how } => {
                let settling = Settling { how: *how, by: None, request: None, version: Some(version) };
                outside::settle(&mut tx.conn, *mark, settling).await?;
            }
        }
    }
    Ok(())
}

/// The films of which something is not as it was known.
fn different(seen: &BTreeMap<i32, Seen>, live: &BTreeMap<i32, Live>) -> Vec<i32> {
    let changed = |id: &&i32| match (seen.get(id), live.get(id)) {
        (Some(seen), Some(live)) => seen.sums != live.sums || seen.film != live.film,
        _ => true,
    };
    let fresh = live.keys().filter(|id| !seen.contains_key(id));
    let mut ids: Vec<i32> = seen.keys().chain(fresh).filter(changed).copied().collect();
    ids.sort_unstable();
    ids
}

/// The films whose ballots have to be judged: something of them is not as it was known, or marked.
fn voted(different: &[i32], seen: &BTreeMap<i32, Seen>, live: &BTreeMap<i32, Live>, open: &[Kept]) -> Vec<i32> {
    let marked = |id: i32| open.iter().any(|kept| kept.film.0 == id && What::BALLOTS.contains(&kept.mark.what));
    let changed = |id: &i32| {
        live.get(id).is_some_and(|live| {
            let known = seen.get(id).map_or(0, |seen| seen.sums.votes);
            known != live.sums.votes || marked(*id)
        })
    };
    different.iter().copied().filter(changed).collect()
}

fn by_film(open: Vec<Kept>) -> HashMap<i32, Vec<Kept>> {
    let mut marks: HashMap<i32, Vec<Kept>> = HashMap::new();
    for kept in open {
        marks.entry(kept.film.0).or_default().push(kept);
    }
    marks
}

/// What was read of films that differ.
struct Parts {
    adopts: bool,
    seen: BTreeMap<i32, Seen>,
    live: BTreeMap<i32, Live>,
    deeds: Vec<Deed>,
    open: Vec<Kept>,
    slips: HashMap<i32, Slips>,
}

impl Parts {
    /// What is to be written about them.
    fn compare(mut self, different: &[i32]) -> Vec<Finding> {
        let mut open = by_film(std::mem::take(&mut self.open));
        let mut done: HashMap<i32, Vec<Deed>> = HashMap::new();
        for deed in std::mem::take(&mut self.deeds) {
            done.entry(deed.film).or_default().push(deed);
        }
        let finding = |film: &i32| {
            let open = open.remove(film).unwrap_or_default();
            self.finding(*film, done.remove(film).unwrap_or_default(), open)
        };
        different.iter().map(finding).collect()
    }

    fn finding(&mut self, film: i32, deeds: Vec<Deed>, open: Vec<Kept>) -> Finding {
        let (before, now) = (self.seen.get(&film), self.live.remove(&film));
        let from = before.map_or(0, |before| before.ledger);
        let ledger = deeds.iter().map(|deed| deed.id).fold(from, i64::max);
        let since: Vec<&Deed> = deeds.iter().filter(|deed| deed.id > from).collect();
        let ours: Vec<Own> = since.iter().map(|deed| own(deed)).collect();
        let marks: Vec<Mark> = open.iter().map(|kept| kept.mark.clone()).collect();
        let mut steps = match before {
            Some(before) => judge(&before.film, now.as_ref().map(|live| &live.film), &ours, &marks),
            None => appeared(&open, now.as_ref()),
        };
        let affected = match &now {
            Some(now) if !self.adopts => affected(film, before, now, &since, &steps, &marks),
            _ => None,
        };
        steps.extend(self.slips.get(&film).map(|slips| slips.judge(&marks)).unwrap_or_default());
        let known = before.map(|before| before.film.value(What::Title).unwrap_or_default().to_owned());
        // A mark tells of the film that was there when the site changed it.
        let title = match (&now, known) {
            (_, Some(known)) => known,
            (Some(live), None) => live.title.clone(),
            (None, None) => String::new(),
        };
        let born = before.map_or_else(|| now.as_ref().and_then(|live| live.film.born.clone()), |b| b.film.born.clone());
        let now = now.map(|live| Seen { film: live.film, sums: live.sums, ledger });
        Finding { film, now, born, title, steps, open, affected }
    }
}

/// A film that was not known: one that came back is gone no longer.
fn appeared(open: &[Kept], now: Option<&Live>) -> Vec<Step> {
    let same = |kept: &&Kept| now.is_some_and(|live| live.film.born.is_some() && live.film.born == kept.born);
    let back = open.iter().filter(|kept| kept.mark.what == What::Gone).filter(same);
    back.map(|kept| Step::Settle { mark: kept.mark.id, how: Settled::Reverted }).collect()
}

/// What a row of the ledger says that the console wrote into a film.
fn own(deed: &Deed) -> Own {
    let Some(after) = deed.after.as_ref() else { return Own::default() };
    // An undo that deletes again tells what hung on the film, as every deletion does.
    let gone = matches!(deed.action.as_str(), "delete_film" | "delete_films") || after.get("hung").is_some();
    let written = match after.get("collaborator") {
        // Somebody's name is none of the film's fields.
        Some(_) => None,
        None => after.get("values").or(Some(after)),
    };
    let value = |what: What| {
        let value = written?.get(what.name())?;
        Some((what, value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))))
    };
    Own { gone, values: [What::Status].into_iter().chain(What::WATCHED).filter_map(value).collect() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_ledger_says_was_written() {
        let deed = |action: &str, after| Deed { id: 1, film: 1, action: action.to_owned(), after };
        assert!(own(&deed("delete_film", Some(json!({ "trash": 1 })))).gone);
        assert!(own(&deed("undo", Some(json!({ "hung": {} })))).gone);
        let written = own(&deed("edit_film", Some(json!({ "duration": 61, "title": "Red", "trailer": null, "x": 1 }))));
        let expected: [(What, Option<&str>); 3] =
            [(What::Title, Some("Red")), (What::Duration, Some("61")), (What::Trailer, None)];
        assert!(written.values.iter().map(|(what, value)| (*what, value.as_deref())).eq(expected));
        assert!(!written.gone);
        let nested = own(&deed("edit_film", Some(json!({ "values": { "trailer": "x" } }))));
        assert_eq!(nested.values.get(&What::Trailer), Some(&Some("x".to_owned())));
        let person = own(&deed("edit_collaborator", Some(json!({ "collaborator": 1, "values": { "title": "Dr" } }))));
        assert!(person == Own::default() && !own(&deed("remove_category", None)).gone);
    }
}

//! The light rows of all films: loaded once per process, shared by its sessions, patched by id.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;
use futures_util::future::BoxFuture;
use sqlx::MySqlConnection;
use tokio::sync::Mutex;

use super::Observer;
use super::assemble::Raw;
use super::dispatch::Inner;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::film::{FilmList, FilmRow, Juror};
use crate::api::{Failure, Progress, Reply, Rows};
use crate::domain::FilmId;
use crate::domain::round::{OpenDiscussion, Rules};
use crate::store::films::{self, Which};
use crate::store::tx::Reader;
use crate::store::{Shape, StoreError, noted, outside, people, settings, tx};

/// Films on the page that is there before everything else.
const FIRST_PAGE: u32 = 200;
/// Changed films above which everything is read again rather than patched.
const MANY: usize = 5_000;

/// Reads one part of what the list is joined from.
type Part<T> = for<'a, 'c> fn(&'c mut Reader<'a>) -> BoxFuture<'c, Result<T, Failure>>;

/// The shared list, if it was asked for.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    current: RwLock<Option<FilmList>>,
    /// The rules of voting that its rows show: whether tallies are veiled, whether discussion opens at the first request.
    shown_by: [AtomicBool; 2],
    /// Held while reading, so that several sessions load once and a patch never meets an older load.
    gate: Mutex<()>,
    begun: AtomicU64,
    ended: AtomicU64,
}

impl Catalogue {
    fn current(&self) -> Option<FilmList> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, list: FilmList) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(list);
    }
}

impl Inner {
    /// All films. Where they are not loaded yet, the first page comes at once as progress. `fresh`: as they are in the
    /// database after this moment.
    pub(super) async fn all_films(self: &Arc<Self>, fresh: bool, observer: &dyn Observer) -> Result<FilmList, Failure> {
        let begun = self.catalogue.begun.load(Ordering::SeqCst);
        match self.catalogue.current() {
            Some(list) if !fresh => return Ok(list),
            Some(_) => {}
            None => observer.progress(Progress::Partial(Reply::Films(self.first_page().await?))),
        }
        self.baseline().await?;
        let _gate = self.catalogue.gate.lock().await;
        let recent = !fresh || self.catalogue.ended.load(Ordering::SeqCst) > begun;
        match self.catalogue.current() {
            Some(list) if recent => Ok(list),
            _ => self.load().await,
        }
    }

    /// Reads everything again, if it was ever asked for.
    pub(super) async fn reload_films(self: &Arc<Self>) -> Result<(), Failure> {
        let _gate = self.catalogue.gate.lock().await;
        if self.catalogue.current().is_some() {
            self.load().await?;
        }
        Ok(())
    }

    /// Whether films are now shown by other rules than when the list was read.
    pub(super) async fn shown_otherwise(&self) -> Result<bool, Failure> {
        let by = tx::read(&self.db, |reader| Box::pin(async move { Ok(shown_by(&mut reader.conn).await?) })).await?;
        let was = self.catalogue.shown_by.each_ref().map(|rule| rule.load(Ordering::SeqCst));
        Ok(self.catalogue.current().is_some() && by != was)
    }

    /// Reads these films again, new and deleted ones too.
    pub(super) async fn patch_films(self: &Arc<Self>, ids: &[i32]) -> Result<(), Failure> {
        let _gate = self.catalogue.gate.lock().await;
        let Some(list) = self.catalogue.current() else { return Ok(()) };
        if ids.len() > MANY {
            self.load().await?;
            return Ok(());
        }
        let raw = tx::read(&self.db, |reader| {
            Box::pin(async move { Ok(read_some(&mut reader.conn, &reader.shape, ids).await?) })
        })
        .await?;
        let jurors = merged(&list.jurors, &raw.jurors());
        let gone = raw.gone;
        let rows = patched(&list.rows, ids, raw.rows());
        let changed: HashSet<i32, RandomState> = ids.iter().copied().collect();
        let before = list.rows.clone();
        let rows = tokio::task::spawn_blocking(move || rows.indexed_from(&before, |row| changed.contains(&row.id.0)));
        let rows = rows.await.map_err(|_| interrupted())?;
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        self.catalogue.replace(FilmList { rows, total, complete: true, gone, jurors });
        Ok(())
    }

    /// The newest films, in a few milliseconds.
    async fn first_page(self: &Arc<Self>) -> Result<FilmList, Failure> {
        let total = self.part(|r| Box::pin(async move { Ok(films::total(&mut r.conn, &r.shape).await?) }));
        let page = tx::read(&self.db, |reader| {
            Box::pin(async move {
                let (conn, shape) = (&mut *reader.conn, &*reader.shape);
                let lines = films::newest(conn, shape, FIRST_PAGE).await?;
                Ok(hang_on(conn, shape, lines).await?)
            })
        })
        .await?;
        let total = total.await?;
        let jurors = page.jurors();
        let gone = page.gone;
        let rows: Rows<FilmRow> = page.rows().into_iter().collect();
        Ok(FilmList { complete: false, total, gone, rows, jurors })
    }

    /// Reads everything: the parts on several connections at once, joined off the async threads. The gate is held.
    async fn load(self: &Arc<Self>) -> Result<FilmList, Failure> {
        let load = self.catalogue.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let lines = self.part(|r| Box::pin(async move { Ok(films::lines(&mut r.conn, &r.shape, Which::All).await?) }));
        let seats = self.part(|r| Box::pin(async move { Ok(films::seats(&mut r.conn, &r.shape, Which::All).await?) }));
        let ballots =
            self.part(|r| Box::pin(async move { Ok(films::ballots(&mut r.conn, &r.shape, Which::All, None).await?) }));
        let others = self.part(|r| Box::pin(async move { Ok(beside(&mut r.conn, &r.shape, None, None).await?) }));
        let (films, seats, ballots, others) = tokio::try_join!(lines, seats, ballots, others)?;
        let raw = Raw { films, seats, ballots, ..others };
        let (gone, shown_by) = (raw.gone, [raw.veils, raw.first_request]);
        let list = tokio::task::spawn_blocking(move || {
            let jurors = raw.jurors();
            let rows: Rows<FilmRow> = raw.rows().into_iter().collect();
            FilmList { total: u32::try_from(rows.len()).unwrap_or(u32::MAX), complete: true, gone, rows, jurors }
        });
        let list = list.await.map_err(|_| interrupted())?;
        self.catalogue.replace(list.clone());
        for (kept, now) in self.catalogue.shown_by.iter().zip(shown_by) {
            kept.store(now, Ordering::SeqCst);
        }
        self.catalogue.ended.store(load, Ordering::SeqCst);
        Ok(list)
    }

    /// Reads a part in a task of its own, so that parts use both the server's processors and ours.
    fn part<T: Send + 'static>(self: &Arc<Self>, work: Part<T>) -> impl Future<Output = Result<T, Failure>> + use<T> {
        let inner = Arc::clone(self);
        let task = tokio::spawn(async move { tx::read(&inner.db, work).await });
        async move { task.await.map_err(|_| interrupted())? }
    }
}

fn interrupted() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Other, detail: "reading the films was interrupted".to_owned() })
}

/// The light rows of some films.
pub(super) async fn some_rows(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
) -> Result<Vec<FilmRow>, StoreError> {
    Ok(read_some(conn, shape, ids).await?.rows())
}

/// The light row of one film, if it is there.
pub(super) async fn one_row(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
) -> Result<Option<FilmRow>, StoreError> {
    Ok(some_rows(conn, shape, &[film.0]).await?.pop())
}

async fn read_some(conn: &mut MySqlConnection, shape: &Shape, ids: &[i32]) -> Result<Raw, StoreError> {
    let lines = films::lines(&mut *conn, shape, Which::Ids(ids)).await?;
    hang_on(conn, shape, lines).await
}

/// Reads what hangs on some films.
async fn hang_on(conn: &mut MySqlConnection, shape: &Shape, films: Vec<films::FilmLine>) -> Result<Raw, StoreError> {
    let ids: Vec<i32> = films.iter().map(|film| film.id).collect();
    let which = Which::Ids(&ids);
    let seats = films::seats(&mut *conn, shape, which).await?;
    let ballots = films::ballots(&mut *conn, shape, which, None).await?;
    let people: HashSet<i32> =
        films.iter().map(|film| film.producer).chain(seats.iter().map(|seat| seat.user)).collect();
    let people: Vec<i32> = people.into_iter().collect();
    let others = beside(conn, shape, Some(&ids), Some(&people)).await?;
    Ok(Raw { films, seats, ballots, ..others })
}

/// Reads what there is beside films, panels and ballots: of all films, or of some and whom they name.
async fn beside(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: Option<&[i32]>,
    people: Option<&[i32]>,
) -> Result<Raw, StoreError> {
    let [veils, first_request] = shown_by(&mut *conn).await?;
    Ok(Raw {
        veils,
        first_request,
        names: people::names(&mut *conn, shape, people).await?,
        disabled: people::disabled(&mut *conn, shape).await?,
        awards: films::awarded(&mut *conn, shape, films.map_or(Which::All, Which::Ids)).await?,
        rounds: noted::rounds(&mut *conn, shape, films).await?,
        noted: noted::seats(&mut *conn, shape, films).await?,
        outside: outside::films(&mut *conn, films).await?,
        gone: outside::gone(conn).await?,
        ..Raw::default()
    })
}

/// Whether the festival keeps tallies from staff until rounds are complete, and whether it discusses at the first request.
async fn shown_by(conn: &mut MySqlConnection) -> Result<[bool; 2], StoreError> {
    let kept = settings::all(conn).await?;
    let rules = Rules::read(|name| kept.get(name).map(String::as_str));
    Ok([!rules.staff_see_always, rules.open_discussion == OpenDiscussion::FirstRequest])
}

/// Where a film stands in a list by falling id: found, or where it would stand.
fn position(rows: &Rows<FilmRow>, id: i32) -> Result<usize, usize> {
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = low.midpoint(high);
        match rows.get(middle).map(|row| row.id.0.cmp(&id)) {
            Some(std::cmp::Ordering::Greater) => low = middle + 1,
            Some(std::cmp::Ordering::Less) | None => high = middle,
            Some(std::cmp::Ordering::Equal) => return Ok(middle),
        }
    }
    Err(low)
}

/// The list with the rows of these ids as they are now; an id without a row is gone.
fn patched(rows: &Rows<FilmRow>, ids: &[i32], now: Vec<FilmRow>) -> Rows<FilmRow> {
    let there: HashSet<i32> = now.iter().map(|row| row.id.0).collect();
    let gone = |id: &i32| !there.contains(id) && position(rows, *id).is_ok();
    let replaced: Option<Vec<(usize, FilmRow)>> =
        now.iter().map(|row| Some((position(rows, row.id.0).ok()?, row.clone()))).collect();
    match replaced {
        Some(replaced) if !ids.iter().any(gone) => rows.patched(replaced),
        _ => {
            let changed: HashSet<i32> = ids.iter().copied().collect();
            let mut kept = rows.iter().filter(|row| !changed.contains(&row.id.0)).cloned().peekable();
            let mut now = now.into_iter().peekable();
            std::iter::from_fn(|| match (kept.peek(), now.peek()) {
                (Some(old), Some(new)) if old.id > new.id => kept.next(),
                (_, Some(_)) => now.next(),
                (_, None) => kept.next(),
            })
            .collect()
        }
    }
}

/// Jurors by id, those known anew over those known before.
fn merged(before: &Arc<[Juror]>, now: &[Juror]) -> Arc<[Juror]> {
    if now.iter().all(|juror| before.contains(juror)) {
        return Arc::clone(before);
    }
    let kept = before.iter().filter(|juror| !now.iter().any(|n| n.id == juror.id));
    let mut all: Vec<Juror> = kept.chain(now).cloned().collect();
    all.sort_unstable_by_key(|juror| juror.id);
    all.into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::UserId;
    use crate::domain::consensus::Tally;
    use crate::domain::film::FilmStatus;

    fn row(id: i32, year: i32) -> FilmRow {
        FilmRow {
            id: FilmId(id),
            status: FilmStatus::Submitted,
            title: "".into(),
            country: "".into(),
            language: "".into(),
            duration: None,
            year: Some(year),
            ai_tool: "".into(),
            producer: UserId(1),
            producer_name: "".into(),
            panel: Box::default(),
            active: 0,
            voted: 0,
            changed: 0,
            decided: 0,
            closed: false,
            first_votes_open: false,
            veiled: false,
            recusals: 0,
            ballots: 0,
            tally: Tally::default(),
            awards: 0,
            outside: false,
        }
    }

    fn rows(films: &BTreeMap<i32, i32>) -> Rows<FilmRow> {
        films.iter().rev().map(|(id, year)| row(*id, *year)).collect()
    }

    proptest! {
        #[test]
        fn a_patched_list_is_the_list_read_anew(
            before in prop::collection::btree_map(0i32..40, 0i32..3, 0..30),
            changes in prop::collection::btree_map(0i32..40, prop::option::of(0i32..3), 0..12),
        ) {
            let mut after = before.clone();
            for (id, year) in &changes {
                match year {
                    Some(year) => after.insert(*id, *year),
                    None => after.remove(id),
                };
            }
            let ids: Vec<i32> = changes.keys().copied().collect();
            let now = ids.iter().rev().filter_map(|id| Some(row(*id, *after.get(id)?))).collect();
            let patched = patched(&rows(&before), &ids, now);
            prop_assert_eq!(patched.len(), after.len());
            prop_assert!(patched.iter().eq(rows(&after).iter()));
        }
    }

    #[test]
    fn jurors_known_anew_replace_those_known_before() {
        let juror = |id, active| Juror { id: UserId(id), name: "".into(), active };
        let before: Arc<[Juror]> = [juror(1, true), juror(3, true)].into();
        assert!(Arc::ptr_eq(&before, &merged(&before, &[juror(3, true)])));
        assert_eq!(
            *merged(&before, &[juror(2, true), juror(3, false)]),
            [juror(1, true), juror(2, true), juror(3, false)]
        );
    }
}

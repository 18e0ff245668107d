//! Who is on in this process. A key costs one store in memory; what others are to see of it is written down together, now
//! and then, by [`Service::write_visits`](super::Service::write_visits).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use uuid::Uuid;

use super::Origin;
use crate::api::account::{Person, Proof, SignedIn};
use crate::domain::UserId;
use crate::domain::visit::{Way, Why};
use crate::store::changes::Change;

/// The visits of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Visits(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    began: Instant,
    state: Mutex<State>,
    /// Rung when somebody has come or gone.
    stirred: Notify,
    /// Held by whoever writes down.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    /// Who is on.
    here: HashMap<Uuid, Arc<Seat>>,
    /// Those of them that are not written down yet.
    came: Vec<Came>,
    /// Who has gone and is not written down yet.
    went: Vec<Went>,
    /// When what is too old was forgotten last.
    swept: Option<Instant>,
}

/// What a session shares with whoever looks after all of them.
#[derive(Debug)]
struct Seat {
    user: UserId,
    /// What they signed in by.
    proof: Option<Proof>,
    /// Seconds from the beginning of the process to the last key.
    active: AtomicU32,
    /// Whether it is to end, and why.
    told: AtomicU8,
    bell: Notify,
}

/// Somebody has come.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) id: Uuid,
    pub(crate) person: Person,
    pub(crate) origin: String,
    pub(crate) way: Way,
    pub(crate) at: Instant,
}

/// Somebody has gone.
#[derive(Clone, Debug)]
pub(crate) struct Went {
    pub(crate) id: Uuid,
    pub(crate) why: Why,
    pub(crate) active: Instant,
    pub(crate) at: Instant,
}

/// What is to be written down.
#[derive(Clone, Debug, Default)]
pub(crate) struct News {
    pub(crate) came: Vec<Came>,
    pub(crate) went: Vec<Went>,
}

/// Why a session is told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// An administrator ends it.
    Ended,
    /// The account was disabled, or got another role or password, or lost the key that was used.
    Account,
}

impl Told {
    /// What is written down of it.
    pub fn why(self) -> Why {
        match self {
            Told::Ended => Why::Ended,
            Told::Account => Why::Account,
        }
    }
}

impl Default for Visits {
    fn default() -> Self {
        let (state, stirred, writing) = (Mutex::default(), Notify::new(), tokio::sync::Mutex::default());
        Self(Arc::new(Inner { began: Instant::now(), state, stirred, writing }))
    }
}

impl Visits {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is done under the lock that could panic half way.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u32 {
        // 136 years.
        u32::try_from(self.0.began.elapsed().as_secs()).unwrap_or(u32::MAX)
    }

    /// Somebody has signed in.
    pub fn begin(&self, signed_in: &SignedIn, origin: &Origin, way: Way) -> Visit {
        let id = Uuid::new_v4();
        let SignedIn { person, proof, .. } = signed_in;
        let (active, told, bell) = (AtomicU32::new(self.now()), AtomicU8::new(0), Notify::new());
        let seat = Arc::new(Seat { user: person.id, proof: proof.clone(), active, told, bell });
        let came = Came { id, person: person.clone(), origin: origin.to_string(), way, at: Instant::now() };
        let mut state = self.state();
        state.here.insert(id, Arc::clone(&seat));
        state.came.push(came);
        drop(state);
        self.0.stirred.notify_one();
        Visit { id, seat, visits: self.clone(), over: false }
    }

    /// Tells a session of this process to end; nothing happens if it has gone.
    pub fn tell(&self, id: Uuid, told: Told) {
        let seat = self.state().here.get(&id).cloned();
        if let Some(seat) = seat {
            seat.told.store(told as u8 + 1, Ordering::Relaxed);
            seat.bell.notify_one();
        }
    }

    /// The number of the last change of accounts that everybody here has signed in after; `None` if nobody can be ended by
    /// one.
    pub(super) fn signed_in_after(&self) -> Option<i64> {
        self.state().here.values().filter_map(|seat| Some(seat.proof.as_ref()?.change)).min()
    }

    /// Tells the sessions of this process to end that signed in before these changes, by what they changed.
    pub(super) fn tell_changed(&self, changes: &[Change]) {
        let over = |id: &Uuid, seat: &Seat| {
            let Some(proof) = &seat.proof else { return false };
            changes.iter().any(|change| {
                change.id > proof.change
                    && change.user == seat.user
                    && change.spared.as_ref() != Some(id)
                    && (change.key.is_none() || change.key == proof.key)
            })
        };
        let over: Vec<Uuid> = self.state().here.iter().filter(|(id, seat)| over(id, seat)).map(|(id, _)| *id).collect();
        for id in over {
            self.tell(id, Told::Account);
        }
    }

    /// How many are on.
    pub fn count(&self) -> usize {
        self.state().here.len()
    }

    /// Waits until somebody has come or gone since the last call.
    pub async fn stirred(&self) {
        self.0.stirred.notified().await;
    }

    fn end(&self, id: Uuid, seat: &Seat, why: Why) {
        let active = self.0.began + Duration::from_secs(seat.active.load(Ordering::Relaxed).into());
        let mut state = self.state();
        state.here.remove(&id);
        state.went.push(Went { id, why, active, at: Instant::now() });
        drop(state);
        self.0.stirred.notify_one();
    }

    /// Held by whoever writes down, so that nothing is written twice.
    pub(super) async fn writing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.writing.lock().await
    }

    /// What is to be written down.
    pub(crate) fn news(&self) -> News {
        let state = self.state();
        News { came: state.came.clone(), went: state.went.clone() }
    }

    /// It is written down.
    pub(crate) fn written(&self, news: &News) {
        let mut state = self.state();
        // More may have come behind it meanwhile.
        state.came.drain(..news.came.len());
        state.went.drain(..news.went.len());
        // A flood of sign-ins leaves nothing behind.
        state.came.shrink_to_fit();
        state.went.shrink_to_fit();
    }

    /// Whether it is time again to forget what is too old.
    pub(super) fn sweeps(&self, every: Duration) -> bool {
        let mut state = self.state();
        let due = state.swept.is_none_or(|swept| swept.elapsed() >= every);
        if due {
            state.swept = Some(Instant::now());
        }
        due
    }

    /// The sessions in which a key was pressed within this time.
    pub(super) fn active_within(&self, time: Duration) -> Vec<Uuid> {
        let since = self.now().saturating_sub(u32::try_from(time.as_secs()).unwrap_or(u32::MAX));
        let state = self.state();
        let active = state.here.iter().filter(|(_, seat)| seat.active.load(Ordering::Relaxed) >= since);
        active.map(|(id, _)| *id).collect()
    }
}

/// A visit, from the sign-in to its end. Dropped without [`Visit::close`] it ended in a fault, or was cut off.
#[derive(Debug)]
pub struct Visit {
    id: Uuid,
    seat: Arc<Seat>,
    visits: Visits,
    over: bool,
}

impl Visit {
    /// What it is known by.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Whose it is.
    pub fn user(&self) -> UserId {
        self.seat.user
    }

    /// A key was pressed.
    pub fn touch(&self) {
        self.seat.active.store(self.visits.now(), Ordering::Relaxed);
    }

    /// Waits until somebody wants it to end.
    pub async fn told(&self) -> Told {
        loop {
            match self.seat.told.load(Ordering::Relaxed) {
                0 => self.seat.bell.notified().await,
                told if told == Told::Ended as u8 + 1 => return Told::Ended,
                _ => return Told::Account,
            }
        }
    }

    /// It has ended.
    pub fn close(mut self, why: Why) {
        self.finish(why);
    }

    fn finish(&mut self, why: Why) {
        if !std::mem::replace(&mut self.over, true) {
            self.visits.end(self.id, &self.seat, why);
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.finish(if std::thread::panicking() { Why::Fault } else { Why::Stopped });
    }
}

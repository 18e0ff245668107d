//! The app's one clock: when to lock, and when screens want to be woken.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::user::Role;

use super::effect::Effect;
use super::{APP, App};

/// A juror's console locks no sooner: films are watched meanwhile, elsewhere.
const JURORS_AT_LEAST: TimeDelta = TimeDelta::minutes(30);

impl App {
    /// Lets time pass.
    pub(super) fn tick(&mut self, now: DateTime<Utc>) {
        self.session.now = now;
        let due: Vec<_> = self.alarms.iter().filter(|(_, at)| **at <= now).map(|(key, _)| *key).collect();
        for key in due {
            self.alarms.remove(&key);
            if key == APP {
                self.keep_place();
            } else {
                self.dirty = true;
                self.with(key, |screen, cx| screen.woke(cx));
            }
        }
        if self.locks_at().is_some_and(|at| now >= at) {
            self.lock();
        }
        self.set_clock();
    }

    /// When the console locks if nothing is done until then.
    fn locks_at(&self) -> Option<DateTime<Utc>> {
        if self.session.person.is_none() || self.locked.is_some() || self.session.place.never_locks() {
            return None;
        }
        let after = match self.session.role() {
            Some(Role::Jury) => self.session.festival.lock_after.max(JURORS_AT_LEAST),
            _ => self.session.festival.lock_after,
        };
        Some(self.stack.busy_until().map_or(self.last_input, |until| until.max(self.last_input)) + after)
    }

    /// Asks to be woken when something is due next.
    pub(super) fn set_clock(&mut self) {
        if let Some(at) = self.alarms.values().copied().chain(self.locks_at()).min() {
            self.outbox.effects.push(Effect::WakeAt(at));
        }
    }
}

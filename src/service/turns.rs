//! Turns of tries at passwords: each is counted when it is judged, so only a few at once are judged of one account or one
//! network, and the others wait for their turn.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a turn is taken of: the digest of an account's or a network's name.
pub(super) type Subject = [u8; 32];

/// The turns of this process.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<Subject, Weak<Semaphore>>>);

impl Turns {
    /// Waits for a turn, which lasts until it is dropped. `None` never happens: nobody closes these.
    pub(super) async fn take(&self, subject: &Subject, at_once: usize) -> Option<OwnedSemaphorePermit> {
        self.of(subject, at_once).acquire_owned().await.ok()
    }

    fn of(&self, subject: &Subject, at_once: usize) -> Arc<Semaphore> {
        // Nothing is done under the lock that could panic half way.
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = turns.get(subject).and_then(Weak::upgrade) {
            return there;
        }
        // There are as many as tries under way.
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::new(Semaphore::new(at_once));
        turns.insert(*subject, Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[tokio::test]
    async fn so_many_at_once_and_nothing_is_left_behind() {
        let (turns, one, other) = (Turns::default(), [1; 32], [2; 32]);
        let held = [turns.take(&one, 2).await.unwrap(), turns.take(&one, 2).await.unwrap()];
        assert_eq!(turns.of(&one, 2).available_permits(), 0);
        let another = turns.take(&other, 2).await.unwrap();
        drop(held);
        assert_eq!(turns.of(&one, 2).available_permits(), 2);
        drop(another);
        drop(turns.take(&[3; 32], 1).await.unwrap());
        assert_eq!(turns.0.lock().unwrap().len(), 1);
    }
}

//! One function per request: permission, transaction, rule, store, ledger, topic, shared lists.

mod caller;

pub use caller::{Caller, NoObserver, Observer, Origin};

//! What the web site changed: found by the [look](look), shown, and settled by staff.

mod look;

pub use look::Looked;
pub(super) use look::Looker;

//! What can be asked of the console and what comes back, in the festival's words: no SQL, no screen.

pub mod account;
pub mod draft;
pub mod event;
pub mod failure;
pub mod film;
pub mod film_form;
pub mod index;
pub mod juror;
pub mod jury;
pub mod outside;
pub mod picture;
pub mod reply;
pub mod request;
pub mod rows;
pub mod session;
pub mod setting;
pub mod sponsor;
pub mod synopses;
pub mod topic;
pub mod trash;
pub mod vote;

pub use failure::{Failure, FieldChange};
pub use index::{Index, Indexed};
pub use reply::{Answer, Progress, Reply};
pub use request::{Request, Who};
pub use rows::Rows;
pub use topic::{Changed, Topic};

//! The rules of the festival as pure code: facts in, a decision or a [`Refusal`] out.
//!
//! Nothing here knows a database, a screen or a language. A refusal carries its [`Rule`] and parameters; the sentence is
//! made where it is shown.

pub mod consensus;
pub mod deadline;
pub mod event;
pub mod export;
pub mod film;
pub mod film_field;
pub mod id;
pub mod jury;
pub mod outside;
pub mod picture;
pub mod query;
pub mod round;
pub mod rule;
pub mod setting;
pub mod sight;
pub mod slip;
pub mod sponsor;
pub mod text;
pub mod throttle;
pub mod turn;
pub mod user;
pub mod visit;
pub mod vote;
pub mod watching;

pub use id::{AwardId, CategoryId, CollaboratorId, EventId, FilmId, MarkId, ReservationId, SponsorId, UserId, VoteId};
pub use rule::{Param, Refusal, Rule};

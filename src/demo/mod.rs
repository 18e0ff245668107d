//! A believable festival, made up: films from everywhere in every state, a jury that has begun to vote, full houses and
//! empty ones. The same seed and moment make the same rows, byte for byte.
//!
//! [`festival`] makes the rows up and knows no database; [`fill`] writes them; [`posters`] draws the pictures that they name.

use chrono::{DateTime, Duration, SubsecRound, Utc};

mod bulk;
mod columns;
mod dice;
pub mod festival;
mod films;
mod known;
mod letters;
mod load;
mod people;
mod places;
pub mod posters;
mod programme;
mod remarks;
pub mod rows;
mod stories;
mod synopses;
mod titles;
mod tongues;
mod views;

pub use load::{Error, fill};

/// The password of every account of the demo.
pub const PASSWORD: &str = "marseille-1895";

/// What kind of festival to make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many films; everything else grows with them.
    pub films: u32,
    /// Chance begins here.
    pub seed: u64,
    /// The moment at which the festival is looked at: nothing but coming events lies after it.
    pub now: DateTime<Utc>,
}

impl Options {
    /// A festival of 120 films as it stands at a moment.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { films: 120, seed: 1895, now }
    }

    /// So many seconds before now, in whole seconds as the web site writes them.
    fn ago(&self, seconds: i64) -> DateTime<Utc> {
        self.now.trunc_subsecs(0) - Duration::seconds(seconds)
    }
}

/// The festival that was written, and how to enter it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Festival {
    /// Who runs it.
    pub administrator_email: String,
    /// One of its jurors.
    pub juror_email: String,
    /// The password of all accounts.
    pub password: &'static str,
    /// How many rows there are.
    pub counts: Counts,
}

/// Rows written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Accounts, producers among them.
    pub users: u32,
    /// Films.
    pub films: u32,
    /// Ballots.
    pub votes: u32,
    /// Ballots as they were before their change.
    pub earlier_votes: u32,
    /// Awards.
    pub awards: u32,
    /// Events.
    pub events: u32,
    /// Reservations.
    pub reservations: u32,
    /// Sponsors.
    pub sponsors: u32,
    /// Readers of the newsletter.
    pub subscribers: u32,
}

#[cfg(test)]
mod tests;

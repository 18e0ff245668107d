//! Why a database was not brought to shape.

use super::Duplicate;
use crate::store::StoreError;

/// A migration was refused or failed. Each is one sentence; what the web site uses is as it was.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// Not the platform's database, and not an empty one.
    #[error("this is not the festival platform's database: {0}; nothing was changed")]
    NotThePlatform(String),
    /// A newer console has been here.
    #[error("this database needs marsai {needs} or newer, and this is {}; install the newer one", env!("CARGO_PKG_VERSION"))]
    TooNew {
        /// The oldest version that may work on it.
        needs: String,
    },
    /// Somebody else is migrating and did not end.
    #[error("another console is migrating this database and has not finished; try again in a minute")]
    Busy,
    /// A long transaction holds a table.
    #[error("a table is in use by a long transaction ({step}): try again when the site is quieter")]
    InUse {
        /// What was to be done.
        step: String,
    },
    /// The account lacks a privilege.
    #[error("the database account lacks the privilege {needs} ({step}): have it granted and run this again ({detail})")]
    Privilege {
        /// The privilege.
        needs: String,
        /// What was to be done.
        step: String,
        /// The server's words.
        detail: String,
    },
    /// The unique key was asked for and can't be.
    #[error("{}", duplicates(.0))]
    DuplicateVotes(Vec<Duplicate>),
    /// A migration that has run is not the one that this console knows.
    #[error(
        "migration {0} of this database is another one than this console's: it was made by a build of another source"
    )]
    Foreign(i64),
    /// A step failed.
    #[error("{step} failed: {}", .source.detail())]
    Failed {
        /// What was to be done.
        step: String,
        /// Why it failed.
        source: StoreError,
    },
    /// The database could not be looked at.
    #[error("the database could not be looked at: {}", .0.detail())]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for MigrateError {
    fn from(error: sqlx::Error) -> Self {
        MigrateError::Store(error.into())
    }
}

/// How many examples a sentence names.
const EXAMPLES: usize = 5;

fn duplicates(found: &[Duplicate]) -> String {
    let named = found.iter().take(EXAMPLES).map(|d| format!("film {} juror {} ({} votes)", d.film, d.juror, d.votes));
    let more = found.len().saturating_sub(EXAMPLES);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "votes can't be unique yet: {} times a juror has several votes on one film: {}{tail}; strike the extra ones first",
        found.len(),
        named.collect::<Vec<_>>().join(", ")
    )
}

impl MigrateError {
    /// Names what was being done when a statement failed.
    pub(super) fn of_step(step: &str, needs: &str, source: StoreError) -> Self {
        let step = step.to_owned();
        match source.number() {
            Some(1142 | 1143 | 1044 | 1045 | 1227) => {
                let detail = source.detail();
                // "INDEX command denied to user …"; the other numbers do not say which.
                let named = detail.split(" command denied").next().filter(|named| named.len() < detail.len());
                let needs = named.unwrap_or(needs).to_owned();
                MigrateError::Privilege { needs, step, detail }
            }
            Some(crate::store::error::number::LOCK_WAIT) => MigrateError::InUse { step },
            _ => MigrateError::Failed { step, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_are_counted_and_named() {
        let found: Vec<_> = (1..8).map(|film| Duplicate { film, juror: 3, votes: 2 }).collect();
        let sentence = MigrateError::DuplicateVotes(found).to_string();
        assert!(sentence.contains("7 times"), "{sentence}");
        assert!(sentence.contains("film 1 juror 3 (2 votes)") && sentence.contains("and 2 more"), "{sentence}");
    }
}

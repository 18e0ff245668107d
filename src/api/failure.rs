//! The five ways in which a request can fail. A screen sees nothing else of errors.

use serde::Serialize;

use crate::domain::Refusal;
use crate::domain::user::Role;

/// A request was not done. All but [`Failure::Unavailable`] promise that nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A rule of the festival refused it.
    Rule(Refusal),
    /// This person may not ask for it.
    Forbidden {
        /// Who may; `None`: somebody has to sign in first.
        needs: Option<Role>,
    },
    /// Somebody else changed it meanwhile.
    Conflict(Vec<FieldChange>),
    /// What it is about is not there.
    NotFound {
        /// The id of the thing's name in the language files (`thing-film`).
        what: &'static str,
        /// Its id.
        id: i32,
    },
    /// The database did not answer, or not as it should.
    Unavailable(Unavailable),
}

/// A field that somebody else changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The column.
    pub field: String,
    /// What this session had loaded.
    pub loaded: String,
    /// What stands there now.
    pub now: String,
}

/// Why the database could not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable {
    /// What kind of trouble.
    pub why: Trouble,
    /// The server's own words, made inert; never a secret. Empty where there are none.
    pub detail: String,
}

/// Kinds of trouble with a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// It can't be reached; nothing was written.
    Lost,
    /// The connection broke while committing and it could not be asked since: done or not done.
    Unknown,
    /// Others held the rows for too long, also after several tries.
    Busy,
    /// It takes no writes at the moment.
    ReadOnly,
    /// The account lacks a privilege.
    Privilege,
    /// A table or column is missing: `marsai migrate` is needed.
    Shape,
    /// The disk of the server is full.
    Full,
    /// The request was cancelled by the person.
    Cancelled,
    /// Anything else; the log has it.
    Other,
}

impl Trouble {
    /// All kinds, for tests.
    pub const ALL: [Trouble; 9] = [
        Trouble::Lost,
        Trouble::Unknown,
        Trouble::Busy,
        Trouble::ReadOnly,
        Trouble::Privilege,
        Trouble::Shape,
        Trouble::Full,
        Trouble::Cancelled,
        Trouble::Other,
    ];

    /// The id of its sentence in the language files.
    pub fn message(self) -> &'static str {
        match self {
            Trouble::Lost => "trouble-lost",
            Trouble::Unknown => "trouble-unknown",
            Trouble::Busy => "trouble-busy",
            Trouble::ReadOnly => "trouble-read-only",
            Trouble::Privilege => "trouble-privilege",
            Trouble::Shape => "trouble-shape",
            Trouble::Full => "trouble-full",
            Trouble::Cancelled => "trouble-cancelled",
            Trouble::Other => "trouble-other",
        }
    }
}

impl Failure {
    /// The kind's name in a reply of `marsai call`.
    pub fn kind(&self) -> &'static str {
        match self {
            Failure::Rule(_) => "rule",
            Failure::Forbidden { .. } => "forbidden",
            Failure::Conflict(_) => "conflict",
            Failure::NotFound { .. } => "not_found",
            Failure::Unavailable(_) => "unavailable",
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Rule(refusal)
    }
}

impl From<crate::domain::Rule> for Failure {
    fn from(rule: crate::domain::Rule) -> Self {
        Failure::Rule(rule.into())
    }
}

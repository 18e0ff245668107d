//! The jury as those see it who put panels together.

use serde::Serialize;

use crate::domain::UserId;

/// Somebody of the jury with what they have to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JurorRow {
    /// Who.
    pub juror: UserId,
    /// Their name, or their email where there is none.
    pub name: String,
    /// Their email.
    pub email: String,
    /// May sign in and vote.
    pub enabled: bool,
    /// Films on whose panel they sit that are not decided.
    pub films: u32,
    /// Those of them on which they have voted.
    pub voted: u32,
    /// Of the film that was asked about, the producer or collaborator with an equal name or email.
    pub resembles: Option<String>,
}

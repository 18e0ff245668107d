//! Votes that were begun and not handed in.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::FilmId;
use crate::domain::vote::Note;

/// A draft of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftRow {
    /// The film.
    pub film: FilmId,
    /// Its title.
    pub title: String,
    /// The note, if one was chosen.
    pub note: Option<Note>,
    /// The comment as far as it is written.
    pub comments: String,
    /// Where the cursor stands in it, in characters.
    pub caret: u32,
    /// Grows with each time it is kept.
    pub revision: i64,
    /// When it was kept last.
    pub at: DateTime<Utc>,
}

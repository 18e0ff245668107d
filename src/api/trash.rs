//! Films that were deleted and can be put back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::film::FilmRow;
use crate::domain::{FilmId, Refusal};

/// How much hangs on a film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hung {
    /// Ballots, counted or not.
    pub votes: u32,
    /// What ballots said before they were changed.
    pub histories: u32,
    /// Awards.
    pub awards: u32,
    /// Jurors on its panel.
    pub panel: u32,
    /// Categories.
    pub categories: u32,
    /// Collaborators.
    pub people: u32,
}

/// What would go with a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Load {
    /// The film.
    pub film: FilmId,
    /// Its title.
    pub title: String,
    /// What hangs on it.
    #[serde(flatten)]
    pub hung: Hung,
    /// A table that hangs on it and that the console does not know: it can't be deleted.
    pub unknown: Option<String>,
}

/// A film that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// Which.
    pub film: FilmId,
    /// Its title.
    pub title: String,
    /// What went with it.
    #[serde(flatten)]
    pub hung: Hung,
}

/// What came of deleting many films.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeletedMany {
    /// The films that are in the trash.
    pub deleted: Vec<FilmId>,
    /// The films that are not, with why.
    #[serde(serialize_with = "super::film::refused_films")]
    pub refused: Vec<(FilmId, Refusal)>,
    /// Whether the person cancelled before the end.
    pub cancelled: bool,
}

/// A film in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrashRow {
    /// Its id, which it gets back.
    pub film: FilmId,
    /// Its title.
    pub title: String,
    /// When it was deleted.
    pub at: DateTime<Utc>,
    /// Who deleted it.
    pub who: String,
    /// From where.
    pub origin: String,
    /// Why.
    pub reason: Option<String>,
    /// What went with it.
    #[serde(flatten)]
    pub hung: Hung,
    /// The operation that deleted it.
    pub operation: Uuid,
    /// Its number within the operation.
    #[serde(skip)]
    pub sequence: i32,
}

/// A film that is back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The row as it now is.
    #[serde(flatten)]
    pub row: FilmRow,
    /// What could not come back with it.
    pub left_out: Vec<LeftOut>,
}

/// Something that was left out when a film came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// What kind of thing: the id of its sentence is `left-out-` and this.
    pub what: Left,
    /// Its name.
    pub name: String,
}

/// Kinds of what can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// A juror of the panel whose account is gone.
    Juror,
    /// A category that is gone.
    Category,
    /// A collaborator who is gone.
    Collaborator,
    /// What a column pointed to (the juror who nominated it) is gone.
    Pointer,
    /// A column that is gone, with what stood in it.
    Column,
    /// A column that was added since and has its default now.
    NewColumn,
    /// A link whose table is gone.
    Table,
}

impl Left {
    /// The id of its sentence in the language files.
    pub fn message(self) -> &'static str {
        match self {
            Left::Juror => "left-out-juror",
            Left::Category => "left-out-category",
            Left::Collaborator => "left-out-collaborator",
            Left::Pointer => "left-out-pointer",
            Left::Column => "left-out-column",
            Left::NewColumn => "left-out-new-column",
            Left::Table => "left-out-table",
        }
    }
}

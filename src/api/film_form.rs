//! Writing films: what a form needs to begin, categories and collaborators, many films at once, and films as a file.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::film::{FilmDetail, refused_films};
use crate::domain::film_field::{FIELDS, FieldLimit, FilmValues, PRODUCER};
use crate::domain::{CategoryId, CollaboratorId, FilmId, Refusal, UserId};

/// What a form of films begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmForm {
    /// The fields that this database has, in the order of a form.
    pub fields: Vec<FieldLimit>,
    /// The fields of a collaborator; empty where the database has no collaborators.
    pub collaborator_fields: Vec<FieldLimit>,
    /// Whether films can have categories here.
    pub has_categories: bool,
    /// All categories, in alphabetical order.
    pub categories: Vec<Category>,
    /// Everybody who can be a film's producer, by name.
    pub producers: Arc<[Producer]>,
}

/// A category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Which.
    pub id: CategoryId,
    /// Its name as the database has it; empty where NULL.
    pub name: String,
    /// How many films it has.
    pub films: u32,
}

/// A category of a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmCategory {
    /// Which.
    pub id: CategoryId,
    /// Its name as the database has it; empty where NULL.
    pub name: String,
}

/// Somebody who can be a film's producer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Producer {
    /// Whose account.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// Email.
    pub email: String,
}

/// Somebody who worked on films.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collaborator {
    /// Who.
    pub id: CollaboratorId,
    /// First name; empty where NULL, like the other texts.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Email.
    pub email: String,
    /// What they did.
    pub job: String,
    /// How many films they are on.
    pub films: u32,
}

impl Collaborator {
    /// First and last name.
    pub fn name(&self) -> String {
        let parts = [self.first_name.trim(), self.last_name.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What a form starts from.
    pub fn values(&self) -> FilmValues {
        let columns = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("job", &self.job),
        ];
        columns.into_iter().map(|(column, value)| (column, Some(value.as_str()).filter(|v| !v.is_empty()))).collect()
    }
}

impl FilmDetail {
    /// What a form starts from: every field that people write, also those that are empty.
    pub fn values(&self) -> FilmValues {
        let row = &self.row;
        let value = |column: &str| match column {
            "title" => Some(row.title.to_string()),
            "nationality" => Some(row.country.to_string()),
            "main_language" => Some(row.language.to_string()),
            "duration" => row.duration.map(|duration| duration.to_string()),
            "release_year" => row.year.map(|year| year.to_string()),
            "ai_tool" => Some(row.ai_tool.to_string()),
            PRODUCER => (row.producer.0 != 0).then(|| row.producer.to_string()),
            _ => self.fields.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone()),
        };
        FIELDS.iter().map(|field| (field.column, value(field.column).filter(|value| !value.is_empty()))).collect()
    }
}

/// What came of changing many films.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Edited {
    /// The films that were changed.
    pub done: Vec<FilmId>,
    /// The films that were so already.
    pub unchanged: Vec<FilmId>,
    /// The films that could not be changed, with why.
    #[serde(serialize_with = "refused_films")]
    pub refused: Vec<(FilmId, Refusal)>,
    /// Whether the person cancelled before the end.
    pub cancelled: bool,
}

/// What a change of many films would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EditPreview {
    /// Films that would be changed.
    pub change: u32,
    /// Of these, films that hold something else now, which would be lost (but for undo).
    pub overwrite: u32,
    /// Films that are so already.
    pub unchanged: u32,
    /// Films that could not be changed, with why.
    #[serde(serialize_with = "refused_films")]
    pub refused: Vec<(FilmId, Refusal)>,
}

/// How films are written into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
    /// An array with one object on each line.
    Json,
}

/// Films as a file, whole or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Export {
    /// A name for the file.
    pub name: String,
    /// How many films it holds.
    pub films: u32,
    /// The text, UTF-8.
    pub contents: Arc<str>,
}

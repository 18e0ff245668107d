//! The columns of a film, and of a collaborator, that people write: what each takes, where a form shows it, who reads it.
//!
//! A film's status is none of them: it moves by its own table of steps. What a column holds at most is the database's
//! to say ([`FieldLimit`]); whether a value is sound is [`check`]ed against that before anything is written.

mod check;
mod values;

use serde::Serialize;

use super::rule::Param;

pub use check::{check, check_new, fits};
pub use values::{FilmValues, changed, same};

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Line,
    /// A text of several lines.
    Text,
    /// A whole number.
    Number,
    /// An http(s) address.
    Url,
    /// A file's name on the web site, or an http(s) address.
    File,
    /// An email address.
    Email,
    /// Somebody's account, by its id.
    Person,
}

/// Where forms and pages show a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What it is.
    Film,
    /// What it tells.
    Texts,
    /// How it was made.
    Making,
    /// Where it can be seen.
    Links,
    /// What was written about it.
    Comments,
}

impl Group {
    /// In the order in which they are shown.
    pub const ALL: [Group; 5] = [Group::Film, Group::Texts, Group::Making, Group::Links, Group::Comments];
}

/// Who reads a field on the web site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// Everybody: the film's page shows it.
    Everybody,
    /// Everybody too, although it sounds like a note among staff: the site's interface hands it out.
    Published,
    /// The site's own programs.
    Machinery,
}

/// A field that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmField {
    /// Its column.
    pub column: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Where it is shown.
    pub group: Group,
    /// Who reads it.
    pub readers: Readers,
    /// The numbers that make sense, whatever the column could hold.
    pub range: Option<(i64, i64)>,
}

const fn field(column: &'static str, kind: Kind, group: Group, readers: Readers) -> FilmField {
    FilmField { column, kind, group, readers, range: None }
}

const fn number(column: &'static str, kind: Kind, from: i64, to: i64) -> FilmField {
    FilmField { column, kind, group: Group::Film, readers: Readers::Everybody, range: Some((from, to)) }
}

use Readers::{Everybody, Machinery, Published};

/// What a juror writes on a ballot.
pub const COMMENTS: FilmField = field("comments", Kind::Text, Group::Comments, Published);

/// What a juror writes who promotes a film.
pub const JURY_COMMENT: FilmField = field("jury_comment", Kind::Text, Group::Comments, Published);

/// The producer's column.
pub const PRODUCER: &str = "id_user";

/// Every field of a film that people write, in the order of a form.
pub const FIELDS: &[FilmField] = &[
    field("title", Kind::Line, Group::Film, Everybody),
    number(PRODUCER, Kind::Person, 1, i32::MAX as i64),
    field("nationality", Kind::Line, Group::Film, Everybody),
    field("main_language", Kind::Line, Group::Film, Everybody),
    number("duration", Kind::Number, 0, i32::MAX as i64),
    // No film is older than the first one.
    number("release_year", Kind::Number, 1888, 2100),
    field("ai_tool", Kind::Line, Group::Film, Everybody),
    field("synopsis", Kind::Text, Group::Texts, Everybody),
    field("synopsis_anglais", Kind::Text, Group::Texts, Everybody),
    field("description", Kind::Text, Group::Texts, Everybody),
    field("production", Kind::Line, Group::Making, Everybody),
    field("workshop", Kind::Line, Group::Making, Everybody),
    field("translation", Kind::Line, Group::Making, Everybody),
    field("subtitle", Kind::Line, Group::Making, Everybody),
    field("youtube_link", Kind::Url, Group::Links, Everybody),
    field("trailer", Kind::File, Group::Links, Everybody),
    field("thumbnail", Kind::File, Group::Links, Everybody),
    field("display_picture", Kind::File, Group::Links, Everybody),
    field("picture1", Kind::File, Group::Links, Everybody),
    field("picture2", Kind::File, Group::Links, Everybody),
    field("picture3", Kind::File, Group::Links, Everybody),
    field("youtube_status", Kind::Line, Group::Links, Machinery),
    field("youtube_movie_id", Kind::Line, Group::Links, Machinery),
    field("admin_comment", Kind::Text, Group::Comments, Published),
    field("jury_comment", Kind::Text, Group::Comments, Published),
];

/// Every field of a collaborator, in the order of a form.
pub const COLLABORATOR_FIELDS: &[FilmField] = &[
    field("first_name", Kind::Line, Group::Film, Everybody),
    field("last_name", Kind::Line, Group::Film, Everybody),
    field("email", Kind::Email, Group::Film, Published),
    field("job", Kind::Line, Group::Film, Everybody),
];

/// The fields of a category.
pub const CATEGORY_FIELDS: &[FilmField] = &[field("name", Kind::Line, Group::Film, Everybody)];

/// A film's field by its column.
pub fn find(column: &str) -> Option<&'static FilmField> {
    FIELDS.iter().find(|field| field.column == column)
}

/// Which characters a column can keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Repertoire {
    /// All of them.
    #[default]
    Any,
    /// None that takes four bytes: no emoji.
    ThreeBytes,
    /// Those of Western Europe (Windows-1252).
    Western,
    /// ASCII.
    Ascii,
}

/// What a column of this database takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldLimit {
    /// The column.
    pub column: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it can't be left empty.
    pub required: bool,
    /// Longest text in characters.
    pub max_chars: Option<u32>,
    /// Longest text in bytes of UTF-8.
    pub max_bytes: Option<u32>,
    /// Smallest and largest number.
    pub range: Option<(i64, i64)>,
    /// The words of which it takes one; empty: any.
    pub choices: Vec<String>,
    /// Which characters it can keep.
    pub repertoire: Repertoire,
}

impl FieldLimit {
    /// A field that takes anything of its kind.
    pub fn new(field: &FilmField) -> Self {
        Self {
            column: field.column,
            kind: field.kind,
            required: false,
            max_chars: None,
            max_bytes: None,
            range: field.range,
            choices: Vec::new(),
            repertoire: Repertoire::Any,
        }
    }
}

/// The id of a column's label in the language files.
pub(crate) fn label(column: &str) -> Param {
    Param::Message(format!("field-{}", column.replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_stands_there_once_and_the_status_not_at_all() {
        for (at, field) in FIELDS.iter().enumerate() {
            assert!(FIELDS[at + 1..].iter().all(|other| other.column != field.column), "{}", field.column);
            assert_eq!(field.range.is_some(), matches!(field.kind, Kind::Number | Kind::Person), "{}", field.column);
        }
        assert!(find("selection_status").is_none() && find("id_movie").is_none());
        for comment in ["admin_comment", "jury_comment"] {
            assert_eq!(find(comment).map(|field| field.readers), Some(Readers::Published));
        }
    }
}

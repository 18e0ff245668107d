//! Films as the text of a file: read in parts, so that however many there are, one part is held at a time.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::Utc;
use serde::Serializer;
use serde_json::{Value, json};
use sqlx::MySqlConnection;

use super::ask::Ask;
use super::catalogue::some_rows;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::film::FilmRow;
use crate::api::film_form::{Export, ExportFormat};
use crate::api::{Answer, Failure, Progress, Reply};
use crate::domain::export::{chosen, safe_cell};
use crate::domain::film_field::{self, FilmValues, Kind};
use crate::domain::text::is_unsafe;
use crate::domain::{FilmId, UserId};
use crate::store::export::{self as store, ByFilm, Crew};
use crate::store::people::Name;
use crate::store::{Shape, StoreError, film_form, people, tx};

/// Films that are read together.
const PART: usize = 500;

/// What somebody wants to have.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) films: Option<Vec<FilmId>>,
    pub(super) columns: Vec<String>,
    pub(super) format: ExportFormat,
    pub(super) parts: bool,
}

pub(super) async fn films(ask: &Ask<'_>, wanted: &Wanted) -> Result<Answer, Failure> {
    let columns = &chosen(&wanted.columns)?;
    let ids = match &wanted.films {
        Some(films) => {
            let mut named = HashSet::new();
            films.iter().map(|id| id.0).filter(|id| named.insert(*id)).collect()
        }
        None => {
            tx::read(&ask.inner.db, |reader| {
                Box::pin(async move { Ok(store::ids(&mut reader.conn, &reader.shape).await?) })
            })
            .await?
        }
    };
    let extension = match wanted.format {
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
    };
    let name = format!("films-{}.{extension}", Utc::now().format("%Y-%m-%d"));
    let mut file = File { format: wanted.format, columns, films: 0, text: String::new() };
    file.begin().map_err(odd)?;
    let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    for (part, ids) in ids.chunks(PART).enumerate() {
        let done = u32::try_from(part * PART).unwrap_or(u32::MAX);
        ask.observer.progress(Progress::Steps { done, total });
        if ask.observer.cancelled() {
            return Err(Failure::Unavailable(Unavailable { why: Trouble::Cancelled, detail: String::new() }));
        }
        let films = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move { Ok(Part::read(&mut reader.conn, &reader.shape, ids, columns).await?) })
        })
        .await?;
        for id in ids {
            file.film(&films, *id).map_err(odd)?;
        }
        if wanted.parts {
            hand_out(ask, &name, &mut file);
        }
    }
    file.end();
    if wanted.parts {
        hand_out(ask, &name, &mut file);
    }
    ask.observer.progress(Progress::Steps { done: total, total });
    let export = Export { name, films: file.films, contents: file.text.into() };
    Ok(Reply::Export(export).into())
}

/// Gives what is there to whoever waits for parts.
fn hand_out(ask: &Ask<'_>, name: &str, file: &mut File<'_>) {
    let contents: Arc<str> = std::mem::take(&mut file.text).into();
    let part = Export { name: name.to_owned(), films: file.films, contents };
    ask.observer.progress(Progress::Partial(Reply::Export(part)));
}

fn odd(error: impl std::fmt::Display) -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Other, detail: error.to_string() })
}

/// Some films with what hangs on them.
struct Part {
    rows: Vec<FilmRow>,
    values: Vec<(i32, FilmValues)>,
    categories: ByFilm<String>,
    crews: ByFilm<Crew>,
    awards: ByFilm<String>,
    names: std::collections::HashMap<i32, Name>,
    emails: std::collections::HashMap<i32, String>,
}

impl Part {
    /// Reads what the columns need.
    async fn read(
        conn: &mut MySqlConnection,
        shape: &Shape,
        ids: &[i32],
        columns: &[&'static str],
    ) -> Result<Self, StoreError> {
        let wants = |column: &str| columns.contains(&column);
        let rows = some_rows(&mut *conn, shape, ids).await?;
        let panel: HashSet<i32> = rows.iter().flat_map(|row| row.panel.iter().map(|user| user.0)).collect();
        let panel: Vec<i32> = panel.into_iter().filter(|_| wants("panel")).collect();
        let producers: HashSet<i32> = rows.iter().map(|row| row.producer.0).collect();
        let producers: Vec<i32> = producers.into_iter().filter(|_| wants("producer_email")).collect();
        let some = |wanted: bool| if wanted { ids } else { &[] };
        Ok(Self {
            values: film_form::values(&mut *conn, shape, ids, columns, false).await?,
            categories: store::category_names(&mut *conn, shape, some(wants("categories"))).await?,
            crews: store::crews(&mut *conn, shape, some(wants("collaborators"))).await?,
            awards: store::award_names(&mut *conn, shape, some(wants("awards"))).await?,
            names: people::names(&mut *conn, shape, Some(&panel)).await?,
            emails: store::emails(conn, shape, &producers).await?,
            rows,
        })
    }

    /// What stands in a column of a film.
    fn cell(&self, row: &FilmRow, values: &FilmValues, column: &str) -> Value {
        let texts = |found: &ByFilm<String>| json!(found.get(&row.id.0).map_or(&[][..], Vec::as_slice));
        let name = |user: &UserId| self.names.get(&user.0).map(Name::full).unwrap_or_default();
        match column {
            "id_movie" => json!(row.id),
            "producer_name" => json!(row.producer_name),
            "producer_email" => json!(self.emails.get(&row.producer.0)),
            "categories" => texts(&self.categories),
            "awards" => texts(&self.awards),
            "collaborators" => {
                let person = |crew: &Crew| json!({ "name": crew.name, "job": crew.job, "email": crew.email });
                let crew = self.crews.get(&row.id.0).map_or(&[][..], Vec::as_slice);
                Value::Array(crew.iter().map(person).collect())
            }
            "panel" => json!(row.panel.iter().map(name).collect::<Vec<_>>()),
            "voted" => json!(if row.veiled { row.voted.into() } else { row.tally.total() }),
            "yes" => json!((!row.veiled).then_some(row.tally.yes)),
            "no" => json!((!row.veiled).then_some(row.tally.no)),
            "to_discuss" => json!((!row.veiled).then_some(row.tally.to_discuss)),
            "share_of_yes" => json!(row.tally.consensus()),
            _ => field(column, values),
        }
    }
}

/// A column of the film itself.
fn field(column: &str, values: &FilmValues) -> Value {
    let Some(text) = values.0.get(column).and_then(Option::as_deref) else { return Value::Null };
    let number = film_field::find(column).is_some_and(|field| matches!(field.kind, Kind::Number | Kind::Person));
    match text.parse::<i64>() {
        Ok(value) if number => json!(value),
        _ => json!(text),
    }
}

/// The file as far as it is written.
struct File<'a> {
    format: ExportFormat,
    columns: &'a [&'static str],
    films: u32,
    text: String,
}

/// What a line could not be made of.
#[derive(Debug, thiserror::Error)]
enum Unwritten {
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl File<'_> {
    fn begin(&mut self) -> Result<(), Unwritten> {
        match self.format {
            ExportFormat::Csv => self.line(self.columns.iter().map(|column| (*column).to_owned()).collect())?,
            ExportFormat::Json => self.text.push('['),
        }
        Ok(())
    }

    /// Adds a film, if it is there.
    fn film(&mut self, part: &Part, id: i32) -> Result<(), Unwritten> {
        let row = part.rows.iter().find(|row| row.id.0 == id);
        let values = part.values.iter().find(|(film, _)| *film == id);
        let (Some(row), Some((_, values))) = (row, values) else { return Ok(()) };
        let cells: Vec<Value> = self.columns.iter().map(|column| part.cell(row, values, column)).collect();
        match self.format {
            ExportFormat::Csv => self.line(cells.iter().map(cell).collect())?,
            ExportFormat::Json => {
                self.text.push_str(if self.films == 0 { "\n" } else { ",\n" });
                self.text.push_str(&object(self.columns, &cells)?);
            }
        }
        self.films += 1;
        Ok(())
    }

    fn end(&mut self) {
        if self.format == ExportFormat::Json {
            self.text.push_str("\n]\n");
        }
    }

    fn line(&mut self, cells: Vec<String>) -> Result<(), Unwritten> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(&cells)?;
        let line = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        self.text.push_str(&String::from_utf8_lossy(&line));
        Ok(())
    }
}

/// A value as a cell of a spreadsheet.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => safe_cell(text).into_owned(),
        Value::Array(list) => {
            let person = |value: &Value| match (value.get("name"), value.get("job").and_then(Value::as_str)) {
                (Some(name), Some("")) => name.as_str().unwrap_or_default().to_owned(),
                (Some(name), Some(job)) => format!("{} ({job})", name.as_str().unwrap_or_default()),
                _ => value.as_str().unwrap_or_default().to_owned(),
            };
            safe_cell(&list.iter().map(person).collect::<Vec<_>>().join("; ")).into_owned()
        }
        other => other.to_string(),
    }
}

/// A film as an object on one line, its columns in their order. Controls that JSON would let through, and what
/// would turn the direction of a text or be nowhere seen, are escaped.
fn object(columns: &[&'static str], cells: &[Value]) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    serde_json::Serializer::new(&mut bytes).collect_map(columns.iter().zip(cells))?;
    let text = String::from_utf8_lossy(&bytes);
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_unsafe(c) => {
                let escaped =
                    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
                line.push_str(&escaped);
            }
            c => line.push(c),
        }
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cells_of_a_spreadsheet() {
        for (value, expected) in [
            (Value::Null, ""),
            (json!(-5), "-5"),
            (json!("=1+1"), "'=1+1"),
            (json!(["Animation", "Fiction"]), "Animation; Fiction"),
            (json!([{"name": "Ida", "job": "Sound", "email": ""}, {"name": "Bo", "job": ""}]), "Ida (Sound); Bo"),
            (json!(["@all"]), "'@all"),
            (json!([]), ""),
        ] {
            assert_eq!(cell(&value), expected);
        }
    }

    #[test]
    fn an_object_keeps_its_order_and_no_control() {
        let line = object(&["title", "id_movie"], &[json!("a\u{1b}\u{9b}\u{7f}\n\"é"), json!(7)]).unwrap();
        assert_eq!(line, "{\"title\":\"a\\u001b\\u009b\\u007f\\n\\\"é\",\"id_movie\":7}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["title"], "a\u{1b}\u{9b}\u{7f}\n\"é");
        let turned = "\u{202E}a\u{2066}b\u{2069}\u{E0041}東";
        let line = object(&["title"], &[json!(turned)]).unwrap();
        assert_eq!(line, "{\"title\":\"\\u202ea\\u2066b\\u2069\\udb40\\udc41東\"}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["title"], turned);
    }

    #[test]
    fn lines_are_quoted_as_spreadsheets_read_them() {
        let columns = ["title", "synopsis"];
        let mut file = File { format: ExportFormat::Csv, columns: &columns, films: 0, text: String::new() };
        file.begin().unwrap();
        file.line(vec!["a,b \"c\"".into(), "two\nlines".into()]).unwrap();
        assert_eq!(file.text, "title,synopsis\r\n\"a,b \"\"c\"\"\",\"two\nlines\"\r\n");
    }
}

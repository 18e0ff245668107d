//! The fields of a film, and of somebody who worked on one, as fields of a form.

use crate::api::FieldChange;
use crate::app::sentence::field as label;
use crate::app::session::Session;
use crate::domain::Refusal;
use crate::domain::film_field::{self, FieldLimit, FilmField, FilmValues, Group, Kind as Takes, Readers, same};
use crate::domain::text::is_unsafe;
use crate::widgets::form::{Choice, Field, Form, Kind};

/// The least rows of a long text.
const ROWS: u16 = 4;
/// A text without a limit of its own; no box holds more.
const LONGEST: u32 = 65_535;
/// The digits of a number, with a sign.
const DIGITS: usize = 11;

/// A column as a field of a form, with its value.
pub(crate) fn field(limit: &FieldLimit, value: &str, session: &Session) -> Field {
    let text = limit.max_chars.or(limit.max_bytes).unwrap_or(LONGEST).min(LONGEST) as usize;
    let line = limit.max_chars.or(limit.max_bytes).unwrap_or(255) as usize;
    let kind = match limit.kind {
        Takes::Text if value.chars().count() > text => Kind::Fixed,
        Takes::Text => Kind::Text { max: text, rows: ROWS },
        Takes::Number => Kind::Line { max: DIGITS },
        Takes::Person => Kind::Search { label: String::new() },
        _ if !limit.choices.is_empty() => Kind::Choice(choices(limit, value, session)),
        _ if value.chars().count() > line => Kind::Fixed,
        _ => Kind::Line { max: line },
    };
    let help = match () {
        () if kind == Kind::Fixed => session.tr("form-too-long-here"),
        () if value.chars().any(unshowable) => session.tr("form-unshowable"),
        () => film_field::find(limit.column).map(|known| readers(known, session)).unwrap_or_default(),
    };
    let mut field = Field::new(limit.column, label(&session.lang, limit.column), kind).value(value).help(help);
    if limit.column == "duration" {
        field = field.unit(session.tr(if session.festival.minutes { "unit-minutes" } else { "unit-seconds" }));
    }
    if limit.required {
        field = field.required();
    }
    match (limit.max_chars, limit.max_bytes) {
        (None, Some(bytes)) => field.bytes(bytes as usize),
        _ => field,
    }
}

/// What a form does not show, and loses when the text is changed.
fn unshowable(c: char) -> bool {
    is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t')
}

/// Who reads a long text; the short fields share the line of their group.
fn readers(field: &FilmField, session: &Session) -> String {
    match (field.kind, field.readers) {
        (_, Readers::Published) => session.tr("film-readers-published"),
        (_, Readers::Machinery) => session.tr("film-readers-machinery"),
        (Takes::Text, Readers::Everybody) => session.tr("film-readers-everybody"),
        _ => String::new(),
    }
}

/// The words that a column takes; nothing, where it may be empty; and what stands there, whatever that is.
fn choices(limit: &FieldLimit, value: &str, session: &Session) -> Vec<Choice> {
    let mut all: Vec<Choice> =
        limit.choices.iter().map(|word| Choice { value: word.clone(), label: word.clone() }).collect();
    if !limit.choices.iter().any(|word| word == value) && !value.is_empty() {
        all.insert(0, Choice { value: value.to_owned(), label: value.to_owned() });
    }
    if !limit.required || value.is_empty() {
        all.insert(0, Choice { value: String::new(), label: session.tr("page-empty") });
    }
    all
}

/// The heading of a group and what stands beside it.
pub(crate) fn heading(group: Group, session: &Session) -> (String, String) {
    let (title, note) = match group {
        Group::Film => ("film-group-film", "film-group-film-note"),
        Group::Texts => ("film-group-texts", ""),
        Group::Making => ("film-group-making", ""),
        Group::Links => ("film-group-links", "film-group-links-note"),
        Group::Comments => ("film-group-comments", ""),
    };
    (session.tr(title), if note.is_empty() { String::new() } else { session.tr(note) })
}

/// Judges one field; what is as it was loaded may be as odd as it is.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn judge(
    name: &str,
    value: &str,
    loaded: Option<&FilmValues>,
    limits: &[FieldLimit],
) -> Result<(), Refusal> {
    let Some(limit) = limits.iter().find(|limit| limit.column == name) else { return Ok(()) };
    if loaded.is_some_and(|loaded| same(limit.kind, Some(value), loaded.get(name))) {
        return Ok(());
    }
    let values = FilmValues::from_iter([(name, Some(value))]);
    film_field::check(&values, limits).map(|_| ()).map_err(first)
}

/// The first of what is wrong; there is one.
pub(crate) fn first(wrong: Vec<Refusal>) -> Refusal {
    wrong.into_iter().next().unwrap_or_else(|| crate::domain::Rule::UnknownField.into())
}

/// What a form holds.
pub(crate) fn values(form: &Form, limits: &[FieldLimit]) -> FilmValues {
    limits.iter().map(|limit| (limit.column, Some(form.value(limit.column)))).collect()
}

/// What was changed in a form, cleaned; `None`: nothing.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn changed(form: &Form, loaded: &FilmValues, limits: &[FieldLimit]) -> Result<Option<FilmValues>, Refusal> {
    let touched = form.changed();
    let typed = values(form, limits);
    let differs = |(name, value): &(&str, Option<&str>)| {
        touched.contains(name) && !same(kind_of(limits, name), *value, loaded.get(name))
    };
    let fields: FilmValues = typed.iter().filter(differs).collect();
    if fields.is_empty() {
        return Ok(None);
    }
    film_field::check(&fields, limits).map(Some).map_err(first)
}

fn kind_of(limits: &[FieldLimit], name: &str) -> Takes {
    limits.iter().find(|limit| limit.column == name).map_or(Takes::Line, |limit| limit.kind)
}

/// Where what is there now differs from what was loaded.
pub(crate) fn differences(loaded: &FilmValues, now: &FilmValues, limits: &[FieldLimit]) -> Vec<FieldChange> {
    let change = |(name, value): (&str, Option<&str>)| {
        let theirs = now.get(name);
        (!same(kind_of(limits, name), value, theirs)).then(|| FieldChange {
            field: name.to_owned(),
            loaded: value.unwrap_or_default().to_owned(),
            now: theirs.unwrap_or_default().to_owned(),
        })
    };
    loaded.iter().filter(|(name, _)| limits.iter().any(|limit| limit.column == *name)).filter_map(change).collect()
}

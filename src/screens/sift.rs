//! Films by a filter line, where there is no list on a screen.

use crate::api::film::FilmList;
use crate::domain::FilmId;
use crate::domain::query::{Problem, Wrong, parse};
use crate::domain::text::inert;

use super::films::cells::FIND;
use super::films::fields::{FILMS, get};
use super::list::left;

/// The films that a filter line leaves, in the list's order.
///
/// # Errors
/// What could not be read of the line, in a few words.
pub(crate) fn films(list: &FilmList, line: &str) -> Result<Vec<FilmId>, String> {
    let parsed = parse(line, &FILMS);
    if let Some(problem) = parsed.problems.first() {
        return Err(wrong(line, problem));
    }
    let left = left(&list.rows, parsed.query, &FILMS, get, FIND, &list.jurors);
    Ok(left.into_iter().filter_map(|at| list.rows.get(at as usize)).map(|row| row.id).collect())
}

fn wrong(line: &str, problem: &Problem) -> String {
    let place = inert(line.get(problem.span.clone()).unwrap_or_default()).into_owned();
    let why = match &problem.what {
        Wrong::UnknownField { nearest: Some(near), .. } => format!("there is no such field, maybe {}", near.english),
        Wrong::UnknownField { nearest: None, .. } => "there is no such field".to_owned(),
        Wrong::UnknownChoice { nearest: Some(near), .. } => format!("there is no such value, maybe {}", near.english),
        Wrong::UnknownChoice { nearest: None, .. } => "there is no such value".to_owned(),
        Wrong::NotANumber { .. } => "a number is needed".to_owned(),
        Wrong::NotCompared { .. } => "this field holds no numbers to compare".to_owned(),
        Wrong::Backwards { .. } => "the range ends before it begins".to_owned(),
        Wrong::NoValue { .. } => "a value is missing".to_owned(),
        Wrong::OpenQuote => "the quotation mark is not closed".to_owned(),
    };
    format!("“{place}”: {why}")
}

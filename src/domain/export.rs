//! Films as a file: which columns there are, and what a cell must not hold.

use std::borrow::Cow;

use super::film_field::FIELDS;
use super::rule::{Refusal, Rule};
use super::text::is_unsafe;

/// Columns before those of the fields.
const FIRST: [&str; 2] = ["id_movie", "selection_status"];

/// Columns after them: what hangs on a film, and what was made of its votes.
const LAST: [&str; 13] = [
    "producer_name",
    "producer_email",
    "categories",
    "collaborators",
    "panel",
    "voted",
    "yes",
    "no",
    "to_discuss",
    "share_of_yes",
    "awards",
    "createdAt",
    "updatedAt",
];

/// Every column of an export, in its order: the platform's by their own names, the console's behind them.
pub fn columns() -> impl Iterator<Item = &'static str> {
    FIRST.into_iter().chain(FIELDS.iter().map(|field| field.column)).chain(LAST)
}

/// The columns that somebody named, in their order, each once; all where none is named.
///
/// # Errors
/// [`Rule::UnknownField`].
pub fn chosen(names: &[String]) -> Result<Vec<&'static str>, Refusal> {
    if names.is_empty() {
        return Ok(columns().collect());
    }
    let mut chosen = Vec::with_capacity(names.len());
    for name in names {
        let known = columns().find(|column| column.eq_ignore_ascii_case(name.trim()));
        let column = known.ok_or_else(|| Refusal::new(Rule::UnknownField).with("name", name.as_str()))?;
        if !chosen.contains(&column) {
            chosen.push(column);
        }
    }
    Ok(chosen)
}

/// A text as a cell that a spreadsheet takes for a text and not for a formula: what begins like one gets an apostrophe.
/// Control characters other than line ends and tabs are replaced, and what would turn the direction of a text or be nowhere
/// seen is dropped, so that the file can also be looked at on a terminal.
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    let wrong = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t');
    let mut cell = Cow::Borrowed(text);
    if text.contains(wrong) {
        let shown = |c| match c {
            c if !wrong(c) => Some(c),
            '\u{2028}' | '\u{2029}' => Some(' '),
            c => c.is_control().then_some('\u{FFFD}'),
        };
        cell = Cow::Owned(text.chars().filter_map(shown).collect());
    }
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        cell = Cow::Owned(format!("'{cell}"));
    }
    cell
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn columns_are_chosen_by_name() {
        assert_eq!(chosen(&[]).unwrap().len(), columns().count());
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(chosen(&names(&["title", " AWARDS ", "title"])).unwrap(), ["title", "awards"]);
        assert_eq!(chosen(&names(&["password"])).unwrap_err().rule, Rule::UnknownField);
        let all: Vec<_> = columns().collect();
        assert!(all.iter().enumerate().all(|(at, column)| !all[at + 1..].contains(column)));
    }

    #[test]
    fn nothing_begins_like_a_formula() {
        for (text, cell) in [
            ("Red Dust", "Red Dust"),
            ("", ""),
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+33 6", "'+33 6"),
            ("-1", "'-1"),
            ("@here", "'@here"),
            ("\tx", "'\tx"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("a=b", "a=b"),
            ("\u{202E}gpj.exe\u{2066}a\u{2069}", "gpj.exea"),
            ("\u{200F}=1+1", "'=1+1"),
            ("a\u{2028}b", "a b"),
            ("a\u{1b}[31m\u{9b}b\nc", "a\u{FFFD}[31m\u{FFFD}b\nc"),
        ] {
            assert_eq!(safe_cell(text), cell, "{text:?}");
        }
    }
}

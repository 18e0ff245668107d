//! What may be meant at the cursor.

use std::ops::Range;

use super::lex::{Body, Value, lex};
use super::print::quoted;
use super::{FieldSpec, Kind, Name, Tongue, field, plain};
use crate::domain::text::fold;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is, for showing.
    pub label: String,
    /// What is put in place of what is typed.
    pub text: String,
}

/// What is replaced, and by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text that a candidate takes the place of.
    pub replace: Range<usize>,
    /// The candidates, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// What is being typed at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A word, perhaps the beginning of a field's name.
    Name(Range<usize>),
    /// A value of a field.
    Value {
        /// The field's place.
        field: usize,
        /// Where the value stands.
        span: Range<usize>,
        /// What of it stands before the cursor, without quotation marks.
        typed: String,
    },
    /// Nothing that could be completed (a phrase, an unknown field).
    Nothing,
}

/// What is being typed at the cursor, a byte offset.
pub fn place(text: &str, cursor: usize, fields: &[FieldSpec]) -> Place {
    let before = text.get(..cursor).unwrap_or(text);
    // What stands behind the cursor is not looked at: it goes on behind what is put in.
    let Some(piece) = lex(before).pop().filter(|piece| piece.span.end == before.len()) else {
        return Place::Name(before.len()..before.len());
    };
    let open = |value: &Value| !value.quoted || !value.closed;
    match piece.body {
        Body::Word(value) if !value.quoted => Place::Name(value.span),
        Body::Word(_) => Place::Nothing,
        Body::Field { name, values, .. } => match (field(fields, &before[name]), values.into_iter().last()) {
            (Some(field), Some(value)) if open(&value) => Place::Value { field, span: value.span, typed: value.text },
            _ => Place::Nothing,
        },
    }
}

/// The ways to go on at the cursor. `values` gives the texts of a field that occur in the rows, the likeliest first.
pub fn complete<'v>(
    text: &str,
    cursor: usize,
    fields: &[FieldSpec],
    tongue: Tongue,
    values: impl FnOnce(usize) -> Vec<&'v str>,
) -> Completion {
    match place(text, cursor, fields) {
        Place::Name(span) => {
            let typed = text[span.clone()].to_owned();
            let candidates = called(fields.iter().map(|field| &field.name), &typed, ":", tongue);
            Completion { replace: span, candidates }
        }
        Place::Value { field, span, typed } => {
            let candidates = match fields[field].kind {
                Kind::Choice(names) => called(names.iter(), &typed, "", tongue),
                Kind::Number => Vec::new(),
                Kind::Text | Kind::Country => {
                    let wanted = fold(&typed);
                    let (mut first, mut then) = (Vec::new(), Vec::new());
                    for value in values(field) {
                        let folded = fold(value);
                        let candidate = || Candidate { label: value.to_owned(), text: quoted(value) };
                        if folded.starts_with(&wanted) {
                            first.push(candidate());
                        } else if folded.contains(&wanted) {
                            then.push(candidate());
                        }
                    }
                    first.append(&mut then);
                    first
                }
            };
            Completion { replace: span, candidates }
        }
        Place::Nothing => Completion::default(),
    }
}

/// The names that begin as typed, the language's own before others.
fn called<'n>(names: impl Iterator<Item = &'n Name>, typed: &str, after: &str, tongue: Tongue) -> Vec<Candidate> {
    let typed = plain(typed);
    let begins = |name: &&str| plain(name).starts_with(&typed);
    let candidate = |label: &str| Candidate { label: label.to_owned(), text: format!("{label}{after}") };
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for name in names {
        if let Some(label) = Some(name.in_tongue(tongue)).filter(begins) {
            own.push(candidate(label));
        } else if let Some(label) = name.all().find(begins) {
            others.push(candidate(label));
        }
    }
    own.append(&mut others);
    own
}

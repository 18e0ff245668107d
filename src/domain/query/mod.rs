//! The language of the filter line: words, and terms such as `status:to_discuss`, `yes>=3`, `year:2024..2026`,
//! `producer:"Anne Marie"`, `-tool:sora`.
//!
//! The fields are data that a list brings ([`FieldSpec`]); nothing here knows a film. [`parse`] never fails: what it can't
//! read is left out and said as a [`Problem`] with its place, so that the rest of the line still filters. [`print()`] writes a
//! query so that it reads back the same.

mod complete;
mod country;
mod edit;
mod lex;
mod parse;
mod print;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use complete::{Candidate, Completion, Place, complete, place};
pub use country::{CountryTest, country_code};
pub use edit::with_choices;
pub use parse::parse;
pub use print::print;

use super::text::fold;

/// A language in which the names of fields and choices can be typed; all of them are always understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

/// How a field or a choice is called. Accents, case, `-` and `_` make no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// In English: the one that stands for the others.
    pub english: &'static str,
    /// In French.
    pub french: &'static str,
    /// Other names that are understood.
    pub also: &'static [&'static str],
}

impl Name {
    /// The name in a language.
    pub fn in_tongue(&self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::English => self.english,
            Tongue::French => self.french,
        }
    }

    /// All names.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        [self.english, self.french].into_iter().chain(self.also.iter().copied())
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text: found by a part of it.
    Text,
    /// A country as people wrote it: a name or a code. An ISO code of two letters finds both.
    Country,
    /// A whole number.
    Number,
    /// One or several of these.
    Choice(&'static [Name]),
}

/// A field of a list's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// What it is called.
    pub name: Name,
    /// What it holds.
    pub kind: Kind,
    /// Whether bare words are looked for in it.
    pub words: bool,
}

/// What the filter line asks for: rows that every term is true of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The terms in their order.
    pub terms: Vec<Term>,
}

impl Query {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The words and phrases that a row must have, as typed.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().filter(|term| !term.negated).filter_map(|term| match &term.test {
            Test::Word(word) => Some(word.as_str()),
            Test::Field { .. } => None,
        })
    }

    /// The texts that a field must have one of, as typed.
    pub fn texts(&self, field: usize) -> impl Iterator<Item = &str> {
        let tests = self.terms.iter().filter(|term| !term.negated).filter_map(move |term| match &term.test {
            Test::Field { field: of, wanted: Wanted::Texts(texts) } if *of == field => Some(texts),
            _ => None,
        });
        tests.flatten().map(String::as_str)
    }

    /// The choices of a field that are asked for, by their places.
    pub fn choices(&self, field: usize) -> impl Iterator<Item = usize> {
        let tests = self.terms.iter().filter(|term| !term.negated).filter_map(move |term| match &term.test {
            Test::Field { field: of, wanted: Wanted::Choices(choices) } if *of == field => Some(choices),
            _ => None,
        });
        tests.flatten().copied()
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether it must not be true.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

/// What a term asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// A word or phrase (as typed, never empty) stands, folded, in one of the fields that words are looked for in.
    Word(String),
    /// A field has one of the values.
    Field {
        /// Its place among the fields.
        field: usize,
        /// The values, of the field's kind.
        wanted: Wanted,
    },
}

/// The values that a term leaves room for: any of them; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// For [`Kind::Text`] and [`Kind::Country`], as typed: stands, folded, in the field. An empty one: the field is empty.
    Texts(Vec<String>),
    /// For [`Kind::Number`].
    Numbers(Vec<Reach>),
    /// For [`Kind::Choice`]: places among its names.
    Choices(Vec<usize>),
}

/// Whole numbers from one to another, both included; without either any number there is. A row without a number is in
/// none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The least.
    pub from: Option<i64>,
    /// The greatest.
    pub to: Option<i64>,
}

impl Reach {
    /// Whether a number lies in it.
    pub fn holds(self, number: i64) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number <= to)
    }
}

/// Something in the line that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the text that are wrong; they begin and end at characters and are at least one.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub what: Wrong,
    /// The word ends the text: it is probably still being typed.
    pub unfinished: bool,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No field has this name; the nearest one that has.
    UnknownField {
        /// As typed.
        name: String,
        /// What may have been meant.
        nearest: Option<Name>,
    },
    /// The field has no such choice; the nearest one that it has.
    UnknownChoice {
        /// The field's place.
        field: usize,
        /// As typed.
        value: String,
        /// What may have been meant.
        nearest: Option<Name>,
    },
    /// The field holds numbers and this is none.
    NotANumber {
        /// The field's place.
        field: usize,
        /// As typed.
        value: String,
    },
    /// The field does not hold numbers, so it can't be compared.
    NotCompared {
        /// The field's place.
        field: usize,
    },
    /// A range that ends before it begins.
    Backwards {
        /// As typed.
        value: String,
    },
    /// Nothing behind the colon or the comma.
    NoValue {
        /// The field's place.
        field: usize,
    },
    /// A quotation mark that nothing closes.
    OpenQuote,
}

/// A line as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What it asks for.
    pub query: Query,
    /// Where each term of the query stands, in bytes of the text.
    pub spans: Vec<Range<usize>>,
    /// What could not be read, in the order of the text.
    pub problems: Vec<Problem>,
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    fold(name).replace(['-', ' '], "_")
}

/// The place of a field by one of its names.
pub fn field(fields: &[FieldSpec], name: &str) -> Option<usize> {
    let wanted = plain(name);
    fields.iter().position(|field| field.name.all().any(|name| plain(name) == wanted))
}

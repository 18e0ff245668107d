//! What the rows of a list answer to the fields of the filter line.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::UserId;
use crate::domain::query::{FieldSpec, Kind, Name, Query, Test, Wanted};
use crate::widgets::table::Key;

/// `is:selected` and `is:changed`, the first choices of every list's [`flags`]: the list itself answers them.
pub(crate) const MARKS: [Name; 2] = [
    Name { english: "selected", french: "choisi", also: &["sélectionné"] },
    Name { english: "changed", french: "modifié", also: &[] },
];

/// The field `is` with a list's flags; they begin with [`MARKS`].
pub(crate) const fn flags(names: &'static [Name]) -> FieldSpec {
    let name = Name { english: "is", french: "est", also: &[] };
    FieldSpec { name, kind: Kind::Choice(names), words: false }
}

/// A text, looked through for bare words too.
pub(crate) const fn searched(english: &'static str, french: &'static str, also: &'static [&'static str]) -> FieldSpec {
    FieldSpec { name: Name { english, french, also }, kind: Kind::Text, words: true }
}

/// A number.
pub(crate) const fn number(english: &'static str, french: &'static str, also: &'static [&'static str]) -> FieldSpec {
    FieldSpec { name: Name { english, french, also }, kind: Kind::Number, words: false }
}

/// A question to a row.
type Asked<T, V> = Box<dyn Fn(&T) -> V + Send + Sync>;

/// The people of a row.
type People<T> = Box<dyn for<'a> Fn(&'a T) -> &'a [UserId] + Send + Sync>;

/// How a row answers to a field.
pub(crate) enum Get<T> {
    /// With one of its texts, by its number.
    Text(usize),
    /// With people, by whose names it is found.
    People(People<T>),
    /// With a number, if it has one.
    Number(Asked<T, Option<i64>>),
    /// With the choices that hold, a bit for each.
    Choices(Asked<T, u64>),
    /// Not at all.
    Nothing,
}

impl<T: 'static> Get<T> {
    /// People.
    pub(crate) fn people(get: impl for<'a> Fn(&'a T) -> &'a [UserId] + Send + Sync + 'static) -> Self {
        Get::People(Box::new(get))
    }

    /// A number that may be missing.
    pub(crate) fn number<N: Into<i64>>(get: impl Fn(&T) -> Option<N> + Send + Sync + 'static) -> Self {
        Get::Number(Box::new(move |row| get(row).map(Into::into)))
    }

    /// One choice by its place.
    pub(crate) fn choice(get: impl Fn(&T) -> usize + Send + Sync + 'static) -> Self {
        Get::Choices(Box::new(move |row| 1 << get(row).min(63)))
    }

    /// Flags of a list's own, in the order of its names behind [`MARKS`].
    pub(crate) fn flags<const N: usize>(get: impl Fn(&T) -> [bool; N] + Send + Sync + 'static) -> Self {
        let bits = move |row: &T| {
            let flags = get(row);
            (0..N).filter(|flag| flags[*flag]).fold(0, |bits, flag| bits | 1 << (MARKS.len() + flag))
        };
        Get::Choices(Box::new(bits))
    }

    /// The same for rows that have such a row in them, with the same texts.
    pub(crate) fn of<U: 'static>(self, inner: fn(&U) -> &T) -> Get<U> {
        match self {
            Get::Text(text) => Get::Text(text),
            Get::People(get) => Get::People(Box::new(move |row| get(inner(row)))),
            Get::Number(get) => Get::Number(Box::new(move |row| get(inner(row)))),
            Get::Choices(get) => Get::Choices(Box::new(move |row| get(inner(row)))),
            Get::Nothing => Get::Nothing,
        }
    }
}

/// How a row answers to a field, by the field's English name.
pub(crate) type GetFn<T> = fn(&str) -> Get<T>;

/// The rows that the list itself has marked, as far as a query asks for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    /// Selected.
    pub(crate) selected: Arc<BTreeSet<Key>>,
    /// Changed by others since the list was put in order.
    pub(crate) changed: Arc<BTreeSet<Key>>,
}

impl Marked {
    /// The bits of [`MARKS`] that hold for a row.
    pub(crate) fn bits(&self, key: Key) -> u64 {
        u64::from(self.selected.contains(&key)) | u64::from(self.changed.contains(&key)) << 1
    }
}

/// Whether a query asks for marks of the list itself.
pub(crate) fn asks_for_marks(query: &Query, fields: &[FieldSpec]) -> bool {
    query.terms.iter().any(|term| match &term.test {
        Test::Field { field, wanted: Wanted::Choices(choices) } => {
            is_flags(&fields[*field]) && choices.iter().any(|choice| *choice < MARKS.len())
        }
        _ => false,
    })
}

/// Whether this is the field that [`flags`] makes.
pub(crate) fn is_flags(field: &FieldSpec) -> bool {
    field.name.english == "is"
}

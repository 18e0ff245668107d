//! Values of columns by name, as forms and scripts write them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::Kind;
use crate::domain::text::filled;

/// Values by column. A column that is not named is not meant; blank and NULL are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FilmValues(pub BTreeMap<String, Option<String>>);

impl FilmValues {
    /// The value of a column, if it is there and not blank.
    pub fn get(&self, column: &str) -> Option<&str> {
        filled(self.0.get(column)?.as_deref())
    }

    /// Whether the column is named.
    pub fn names(&self, column: &str) -> bool {
        self.0.contains_key(column)
    }

    /// Names a column with its value.
    pub fn set(&mut self, column: &str, value: Option<String>) {
        self.0.insert(column.to_owned(), value);
    }

    /// The columns that are named, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(column, value)| (column.as_str(), filled(value.as_deref())))
    }

    /// Whether no column is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<C: Into<String>, V: Into<String>> FromIterator<(C, Option<V>)> for FilmValues {
    fn from_iter<I: IntoIterator<Item = (C, Option<V>)>>(values: I) -> Self {
        Self(values.into_iter().map(|(column, value)| (column.into(), value.map(Into::into))).collect())
    }
}

/// Scripts may write `60` or `"60"`.
impl<'de> Deserialize<'de> for FilmValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Value {
            Text(String),
            Number(i64),
        }
        let values = BTreeMap::<String, Option<Value>>::deserialize(deserializer)?;
        let text = |value| match value {
            Value::Text(text) => text,
            Value::Number(number) => number.to_string(),
        };
        Ok(Self(values.into_iter().map(|(column, value)| (column, value.map(text))).collect()))
    }
}

/// A value as it is kept: white space around it goes, and line ends and tabs become plain. `None` where nothing is left.
pub(super) fn tidy(kind: Kind, value: Option<&str>) -> Option<String> {
    let mut text = filled(value)?.to_owned();
    if kind == Kind::Text {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Some(text.replace('\t', " "))
}

/// Whether two values of a column are the same to a person: blank is NULL, `060` is `60`, line ends do not matter.
pub fn same(kind: Kind, one: Option<&str>, other: Option<&str>) -> bool {
    let (one, other) = (tidy(kind, one), tidy(kind, other));
    if one == other {
        return true;
    }
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<f64>().ok());
    matches!(kind, Kind::Number | Kind::Person) && number(&one).is_some() && number(&one) == number(&other)
}

/// The values that differ from others, by column; what `others` does not name counts as blank there.
pub fn changed<'v>(values: &'v FilmValues, others: &FilmValues, kind: impl Fn(&str) -> Kind) -> Vec<&'v str> {
    let differs = |(column, value): &(&str, Option<&str>)| !same(kind(column), *value, others.get(column));
    values.iter().filter(differs).map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_texts_and_nothing_are_read() {
        let values: FilmValues = serde_json::from_str(r#"{"duration": 60, "title": " A ", "ai_tool": null}"#).unwrap();
        assert_eq!((values.get("duration"), values.get("title"), values.get("ai_tool")), (Some("60"), Some("A"), None));
        assert!(values.names("ai_tool") && !values.names("workshop"));
        assert_eq!(serde_json::to_string(&values).unwrap(), r#"{"ai_tool":null,"duration":"60","title":" A "}"#);
        for wrong in [r#"{"title": true}"#, r#"{"duration": 1.5}"#, "[]"] {
            assert!(serde_json::from_str::<FilmValues>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_the_same_to_a_person() {
        for (kind, one, other, expected) in [
            (Kind::Line, Some("a"), Some(" a "), true),
            (Kind::Line, Some("  "), None, true),
            (Kind::Line, Some("a"), Some("A"), false),
            (Kind::Line, Some("60"), Some("060"), false),
            (Kind::Number, Some("60"), Some("060"), true),
            (Kind::Number, Some("60"), Some("60.00"), true),
            (Kind::Number, Some("60"), Some("sixty"), false),
            (Kind::Number, Some("0"), None, false),
            (Kind::Text, Some("a\r\nb"), Some("a\nb\n"), true),
            (Kind::Text, Some("a\n\nb"), Some("a\nb"), false),
        ] {
            assert_eq!(same(kind, one, other), expected, "{kind:?} {one:?} {other:?}");
        }
    }

    #[test]
    fn only_what_is_named_can_differ() {
        let values = FilmValues::from_iter([("title", Some("A")), ("ai_tool", None)]);
        let others = FilmValues::from_iter([("title", Some("B")), ("workshop", Some("W"))]);
        assert_eq!(changed(&values, &others, |_| Kind::Line), ["title"]);
    }
}

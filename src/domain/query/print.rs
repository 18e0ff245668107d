//! A query as text.

use std::fmt::Write;

use super::{FieldSpec, Kind, Query, Reach, Test, Tongue, Wanted};

/// Writes a query so that [`parse`](super::parse) reads it back the same. Names are those of a language.
pub fn print(query: &Query, fields: &[FieldSpec], tongue: Tongue) -> String {
    let mut line = String::new();
    for term in &query.terms {
        if !line.is_empty() {
            line.push(' ');
        }
        if term.negated {
            line.push('-');
        }
        match &term.test {
            Test::Word(word) => line.push_str(&quoted(word)),
            Test::Field { field, wanted } => {
                if let Some(spec) = fields.get(*field) {
                    line.push_str(&self::wanted(spec, wanted, tongue));
                }
            }
        }
    }
    line
}

/// A field with what is wanted of it.
pub(super) fn wanted(spec: &FieldSpec, wanted: &Wanted, tongue: Tongue) -> String {
    let name = spec.name.in_tongue(tongue);
    let values: Vec<String> = match (wanted, spec.kind) {
        (Wanted::Numbers(reaches), _) => match reaches.as_slice() {
            [one] if one.from.is_some() != one.to.is_some() => return format!("{name}{}", number(*one)),
            reaches => reaches.iter().copied().map(number).collect(),
        },
        (Wanted::Texts(texts), _) => texts.iter().map(|text| quoted(text)).collect(),
        (Wanted::Choices(choices), Kind::Choice(names)) => {
            choices.iter().filter_map(|choice| names.get(*choice)).map(|name| quoted(name.in_tongue(tongue))).collect()
        }
        (Wanted::Choices(_), _) => Vec::new(),
    };
    format!("{name}:{}", values.join(","))
}

fn number(reach: Reach) -> String {
    match (reach.from, reach.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}..{to}"),
        (Some(from), None) => format!(">={from}"),
        (None, Some(to)) => format!("<={to}"),
        (None, None) => "..".to_owned(),
    }
}

/// A text that is read as one word: in quotation marks unless it is plain.
pub(super) fn quoted(text: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '"' | '\\' | ',' | ':' | '=' | '<' | '>');
    // After a field's colon two slashes would read as an address.
    let begins = ["-", "//"].iter().any(|sign| text.starts_with(sign));
    if !text.is_empty() && !begins && !text.contains(special) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len() + 2);
    line.push('"');
    for c in text.chars() {
        // Writing to a string cannot fail.
        _ = if matches!(c, '"' | '\\') { write!(line, "\\{c}") } else { write!(line, "{c}") };
    }
    line.push('"');
    line
}

//! Pieces given their meaning.

use std::ops::Range;

use strsim::damerau_levenshtein;

use super::lex::{Body, Sign, Value, lex};
use super::{FieldSpec, Kind, Name, Parsed, Problem, Reach, Term, Test, Wanted, Wrong, field, plain};

/// Reads a line.
pub fn parse(text: &str, fields: &[FieldSpec]) -> Parsed {
    let mut reader = Reader { text, fields, parsed: Parsed::default() };
    for piece in lex(text) {
        let test = match piece.body {
            Body::Word(value) => reader.word(value, piece.negated),
            Body::Field { name, sign, values } => reader.field(&name, sign, &values),
        };
        if let Some(test) = test {
            reader.parsed.query.terms.push(Term { negated: piece.negated, test });
            reader.parsed.spans.push(piece.span);
        }
    }
    reader.parsed.problems.sort_by_key(|problem| problem.span.start);
    reader.parsed
}

struct Reader<'a> {
    text: &'a str,
    fields: &'a [FieldSpec],
    parsed: Parsed,
}

impl Reader<'_> {
    fn problem(&mut self, span: &Range<usize>, what: Wrong) {
        let unfinished = span.end == self.text.len();
        self.parsed.problems.push(Problem { span: span.clone(), what, unfinished });
    }

    fn check_closed(&mut self, value: &Value) {
        if !value.closed {
            self.problem(&value.span, Wrong::OpenQuote);
        }
    }

    fn word(&mut self, value: Value, negated: bool) -> Option<Test> {
        self.check_closed(&value);
        // A sign alone is the beginning of something.
        let sign = !negated && !value.quoted && value.text == "-";
        (!value.text.is_empty() && !sign).then_some(Test::Word(value.text))
    }

    fn field(&mut self, name: &Range<usize>, sign: Sign, values: &[Value]) -> Option<Test> {
        let Some(index) = field(self.fields, &self.text[name.clone()]) else {
            let name_typed = self.text[name.clone()].to_owned();
            let nearest = nearest(&name_typed, self.fields.iter().map(|field| field.name));
            // While nothing stands behind the sign, the whole is what is being typed.
            let end = values.last().map_or(name.end, |value| value.span.end);
            let unfinished = end == self.text.len();
            let what = Wrong::UnknownField { name: name_typed, nearest };
            self.parsed.problems.push(Problem { span: name.clone(), what, unfinished });
            return None;
        };
        for value in values {
            self.check_closed(value);
        }
        let kind = self.fields[index].kind;
        if sign != Sign::Is && kind != Kind::Number {
            let end = values.first().map_or(name.end, |value| value.span.start);
            self.problem(&(name.end..end), Wrong::NotCompared { field: index });
            return None;
        }
        let filled: Vec<&Value> = values.iter().filter(|value| value.quoted || !value.text.is_empty()).collect();
        if filled.len() < values.len() {
            let missing = values.iter().find(|value| !value.quoted && value.text.is_empty());
            let at = missing.map_or(name.end, |value| value.span.start);
            // What is marked is the sign or the comma before the gap.
            let start = if Some(at) == values.first().map(|value| value.span.start) { name.start } else { at - 1 };
            self.problem(&(start..at), Wrong::NoValue { field: index });
        }
        let wanted = match kind {
            Kind::Text | Kind::Country => {
                some(filled.into_iter().map(|value| value.text.clone()).collect()).map(Wanted::Texts)
            }
            Kind::Number => {
                let reaches = filled.into_iter().filter_map(|value| self.reach(index, sign, value)).collect();
                some(reaches).map(Wanted::Numbers)
            }
            Kind::Choice(names) => {
                let mut chosen = Vec::new();
                for value in filled {
                    let found = self.choices(index, names, value);
                    chosen.extend(found.into_iter().filter(|choice| !chosen.contains(choice)).collect::<Vec<_>>());
                }
                some(chosen).map(Wanted::Choices)
            }
        }?;
        Some(Test::Field { field: index, wanted })
    }

    /// A number, a range, or a comparison.
    fn reach(&mut self, field: usize, sign: Sign, value: &Value) -> Option<Reach> {
        let text = value.text.trim();
        let (sign, text) = match Sign::at(text) {
            Some((own, wide)) if sign == Sign::Is => (own, text[wide..].trim_start()),
            _ => (sign, text),
        };
        if text.is_empty() {
            self.problem(&value.span, Wrong::NoValue { field });
            return None;
        }
        let reach = match (sign, text.split_once("..")) {
            (Sign::Is, Some((from, to))) => number(from).zip(number(to)).map(|(from, to)| Reach { from, to }),
            (_, Some(_)) => None,
            (sign, None) => number(text).flatten().map(|n| match sign {
                Sign::Is => Reach { from: Some(n), to: Some(n) },
                Sign::AtLeast => Reach { from: Some(n), to: None },
                Sign::Above => Reach { from: Some(n.saturating_add(1)), to: None },
                Sign::AtMost => Reach { from: None, to: Some(n) },
                Sign::Below => Reach { from: None, to: Some(n.saturating_sub(1)) },
            }),
        };
        let what = match reach {
            Some(Reach { from: Some(from), to: Some(to) }) if from > to => {
                Wrong::Backwards { value: value.text.clone() }
            }
            Some(reach) => return Some(reach),
            None => Wrong::NotANumber { field, value: value.text.clone() },
        };
        self.problem(&value.span, what);
        None
    }

    /// The choice of this name, or the ones that begin so: all of them while it is typed, else the only one.
    fn choices(&mut self, field: usize, names: &'static [Name], value: &Value) -> Vec<usize> {
        let wanted = plain(value.text.trim());
        let having = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let has = |name: &Name| name.all().any(|name| test(&plain(name)));
            (0..names.len()).filter(|index| has(&names[*index])).collect()
        };
        let exact = having(&|name| name == wanted);
        if !exact.is_empty() {
            return exact;
        }
        let typing = value.span.end == self.text.len();
        let begin = if wanted.is_empty() { Vec::new() } else { having(&|name| name.starts_with(&wanted)) };
        if begin.len() == 1 || (typing && !begin.is_empty()) {
            return begin;
        }
        let nearest = nearest(&value.text, names.iter().copied());
        self.problem(&value.span, Wrong::UnknownChoice { field, value: value.text.clone(), nearest });
        Vec::new()
    }
}

fn some<T>(values: Vec<T>) -> Option<Vec<T>> {
    (!values.is_empty()).then_some(values)
}

/// A number, or nothing where an end of a range may be left out; `None` if it is neither.
fn number(text: &str) -> Option<Option<i64>> {
    let text = text.trim();
    let text = text.strip_suffix('%').unwrap_or(text);
    match text {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

/// The name that a mistyped one is likely to have meant.
fn nearest(typed: &str, names: impl Iterator<Item = Name>) -> Option<Name> {
    let typed = plain(typed);
    let allowed = (typed.chars().count() / 3).clamp(1, 3);
    let far = |name: &Name| {
        let distance = |name: &str| match plain(name) {
            name if name.starts_with(&typed) || (typed.starts_with(&name) && name.len() > 2) => 1,
            name => damerau_levenshtein(&typed, &name),
        };
        name.all().map(distance).min().unwrap_or(usize::MAX)
    };
    names.map(|name| (far(&name), name)).filter(|(far, _)| *far <= allowed).min_by_key(|(far, _)| *far).map(|(_, n)| n)
}

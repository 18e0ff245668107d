//! The text cut into pieces: words, phrases, and fields with their values; what they mean is not known here.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// One term as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// All of it, the sign of negation included.
    pub(super) span: Range<usize>,
    /// Whether a `-` stands before it.
    pub(super) negated: bool,
    /// What it is.
    pub(super) body: Body,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// A word or a phrase.
    Word(Value),
    /// A name, a sign and values.
    Field {
        /// Where the name stands.
        name: Range<usize>,
        /// The sign.
        sign: Sign,
        /// What stands behind it: at least one, perhaps empty.
        values: Vec<Value>,
    },
}

/// A word, or one value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// All of it, quotation marks included; empty if there is nothing.
    pub(super) span: Range<usize>,
    /// Without quotation marks and escapes.
    pub(super) text: String,
    /// Whether it stands in quotation marks.
    pub(super) quoted: bool,
    /// Whether the mark that opens it is closed.
    pub(super) closed: bool,
}

/// What stands between a field and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `:` or `=`.
    Is,
    /// `>=`.
    AtLeast,
    /// `>`.
    Above,
    /// `<=`.
    AtMost,
    /// `<`.
    Below,
}

impl Sign {
    /// The sign at the beginning of a text, and how long it is.
    pub(super) fn at(text: &str) -> Option<(Sign, usize)> {
        let signs = [
            (">=", Sign::AtLeast),
            ("<=", Sign::AtMost),
            (">", Sign::Above),
            ("<", Sign::Below),
            (":", Sign::Is),
            ("=", Sign::Is),
        ];
        signs.into_iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, meaning)| (meaning, sign.len()))
    }
}

/// Cuts a text.
pub(super) fn lex(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find(|c: char| !c.is_whitespace()).map(|found| at + found) {
        let piece = piece(text, begin);
        at = piece.span.end;
        pieces.push(piece);
    }
    pieces
}

fn piece(text: &str, begin: usize) -> Piece {
    let after = text[begin..].strip_prefix('-').filter(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    let at = begin + usize::from(after.is_some());
    let (body, end) = match field(text, at) {
        Some(field) => field,
        None if text[at..].starts_with('"') => {
            let value = quoted(text, at);
            let end = value.span.end;
            (Body::Word(value), end)
        }
        None => {
            let value = bare(text, at, char::is_whitespace);
            let end = value.span.end;
            (Body::Word(value), end)
        }
    };
    Piece { span: begin..end, negated: after.is_some(), body }
}

/// A name, a sign and values; `None` if this is a word. A name begins with a letter, and addresses are words.
fn field(text: &str, at: usize) -> Option<(Body, usize)> {
    let rest = &text[at..];
    let in_name = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '_' | '-');
    let length = rest.find(|c| !in_name(c))?;
    if !rest.starts_with(char::is_alphabetic) || rest[length..].starts_with("://") {
        return None;
    }
    let (sign, wide) = Sign::at(&rest[length..])?;
    let mut values = Vec::new();
    let mut end = at + length + wide;
    loop {
        let value = match text[end..].starts_with('"') {
            true => quoted(text, end),
            false => bare(text, end, |c| c.is_whitespace() || c == ','),
        };
        end = value.span.end;
        values.push(value);
        if !text[end..].starts_with(',') {
            break;
        }
        end += 1;
    }
    Some((Body::Field { name: at..at + length, sign, values }, end))
}

fn bare(text: &str, at: usize, ends: impl Fn(char) -> bool) -> Value {
    let end = text[at..].find(ends).map_or(text.len(), |found| at + found);
    Value { span: at..end, text: text[at..end].to_owned(), quoted: false, closed: true }
}

/// A text in quotation marks, in which a backslash takes the next character as it is.
fn quoted(text: &str, at: usize) -> Value {
    let mut value = String::new();
    let mut chars = text[at + 1..].char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Value { span: at..at + 1 + index + 1, text: value, quoted: true, closed: true },
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    Value { span: at..text.len(), text: value, quoted: true, closed: false }
}

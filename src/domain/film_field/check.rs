//! Whether values fit their columns, before a database says it in its own words.

use url::Url;

use super::values::tidy;
use super::{FieldLimit, FilmValues, Kind, Repertoire, label};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::sponsor::check_url;
use crate::domain::text::fold;
use crate::domain::user::check_email;

/// Judges and cleans the values that are named.
///
/// # Errors
/// Everything that is wrong with them, in the order of the limits; columns that nobody may write here come last.
pub fn check(values: &FilmValues, limits: &[FieldLimit]) -> Result<FilmValues, Vec<Refusal>> {
    judge(values, limits.iter().filter(|limit| values.names(limit.column)), limits)
}

/// The same for a new row: what is required has to be there.
///
/// # Errors
/// See [`check`].
pub fn check_new(values: &FilmValues, limits: &[FieldLimit]) -> Result<FilmValues, Vec<Refusal>> {
    judge(values, limits.iter().filter(|limit| limit.required || values.names(limit.column)), limits)
}

fn judge<'l>(
    values: &FilmValues,
    meant: impl Iterator<Item = &'l FieldLimit>,
    limits: &[FieldLimit],
) -> Result<FilmValues, Vec<Refusal>> {
    let (mut clean, mut wrong) = (FilmValues::default(), Vec::new());
    for limit in meant {
        match one(limit, values.get(limit.column)) {
            Ok(value) => clean.set(limit.column, value),
            Err(refusal) => wrong.push(refusal),
        }
    }
    let unknown = values.iter().filter(|(column, _)| !limits.iter().any(|limit| limit.column == *column));
    wrong.extend(unknown.map(|(column, _)| Refusal::new(Rule::UnknownField).with("name", column)));
    if wrong.is_empty() { Ok(clean) } else { Err(wrong) }
}

/// Judges one value.
fn one(limit: &FieldLimit, value: Option<&str>) -> Result<Option<String>, Refusal> {
    let refusal = |rule| Refusal::new(rule).with("field", label(limit.column));
    let Some(text) = tidy(limit.kind, value) else {
        return if limit.required { Err(refusal(Rule::FieldNeeded)) } else { Ok(None) };
    };
    if text.chars().any(|c| c.is_control() && !(c == '\n' && limit.kind == Kind::Text)) {
        return Err(refusal(Rule::BadText));
    }
    if !limit.choices.is_empty() {
        let known = limit.choices.iter().find(|choice| fold(choice) == fold(&text));
        let expected = limit.choices.join(", ");
        return known.cloned().map(Some).ok_or_else(|| refusal(Rule::BadChoice).with("expected", expected));
    }
    match limit.kind {
        Kind::Number | Kind::Person => return whole_number(limit, &text).map(Some),
        Kind::Url => check_url(limit.column, &text)?,
        // A file's name is none of these.
        Kind::File if Url::parse(&text).is_ok_and(|url| !matches!(url.scheme(), "http" | "https")) => {
            return Err(refusal(Rule::BadUrl));
        }
        Kind::Email if check_email(&text).is_err() => return Err(refusal(Rule::BadEmail)),
        Kind::Line | Kind::Text | Kind::File | Kind::Email => {}
    }
    fits(limit, &text)?;
    Ok(Some(text))
}

/// Whether a column can hold a text just as it is.
///
/// # Errors
/// [`Rule::BadCharacter`], [`Rule::TooLong`] or [`Rule::TooManyBytes`].
pub fn fits(limit: &FieldLimit, text: &str) -> Result<(), Refusal> {
    let refusal = |rule| Refusal::new(rule).with("field", label(limit.column));
    if let Some(c) = text.chars().find(|c| !limit.repertoire.keeps(*c)) {
        return Err(refusal(Rule::BadCharacter).with("character", c.to_string()));
    }
    let over = |rule, max: Option<u32>, length: usize| match max {
        Some(max) if length as u64 > u64::from(max) => {
            Err(refusal(rule).with("max", max).with("length", length as i64))
        }
        _ => Ok(()),
    };
    over(Rule::TooLong, limit.max_chars, text.chars().count())?;
    over(Rule::TooManyBytes, limit.max_bytes, text.len())
}

fn whole_number(limit: &FieldLimit, text: &str) -> Result<String, Refusal> {
    let (min, max) = limit.range.unwrap_or((i64::MIN, i64::MAX));
    match text.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number.to_string()),
        _ => {
            let refusal = Refusal::new(Rule::BadNumber).with("field", label(limit.column));
            Err(refusal.with("min", min).with("max", max))
        }
    }
}

impl Repertoire {
    /// Whether a column can keep a character.
    fn keeps(self, c: char) -> bool {
        match self {
            Repertoire::Any => true,
            Repertoire::ThreeBytes => c.len_utf8() < 4,
            Repertoire::Western => c <= 'ÿ' || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c),
            Repertoire::Ascii => c.is_ascii(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{COLLABORATOR_FIELDS, FIELDS};
    use super::*;

    /// As the platform's document has them.
    fn limits() -> Vec<FieldLimit> {
        let limit = |field: &super::super::FilmField| {
            let mut limit = FieldLimit::new(field);
            match field.kind {
                Kind::Text => limit.max_bytes = Some(65_535),
                Kind::Number | Kind::Person => {}
                _ => limit.max_chars = Some(255),
            }
            limit.required = ["title", "id_user"].contains(&field.column);
            if field.column == "youtube_status" {
                limit.choices = vec!["uploading".into(), "Ready".into()];
            }
            if field.column == "workshop" {
                limit.repertoire = Repertoire::ThreeBytes;
            }
            if field.column == "subtitle" {
                limit.repertoire = Repertoire::Western;
            }
            if field.column == "translation" {
                limit.repertoire = Repertoire::Ascii;
            }
            limit
        };
        FIELDS.iter().chain(COLLABORATOR_FIELDS).map(limit).collect()
    }

    /// A column, what is typed, and what becomes of it.
    type Case<'a> = (&'a str, &'a str, Result<Option<&'a str>, Rule>);

    #[test]
    fn each_value_by_table() {
        let wide = |n: usize| "影".repeat(n);
        let (bytes, over) = ("é".repeat(32_767), "é".repeat(32_768));
        let family = "👩\u{200d}👩\u{200d}👧";
        let cases: &[Case<'_>] = &[
            ("title", " Red Dust ", Ok(Some("Red Dust"))),
            ("title", "  ", Err(Rule::FieldNeeded)),
            ("title", &wide(255), Ok(Some(&wide(255)))),
            ("title", &wide(256), Err(Rule::TooLong)),
            ("title", &family.repeat(51), Ok(Some(&family.repeat(51)))),
            ("title", &family.repeat(52), Err(Rule::TooLong)),
            ("title", "שלום עולם", Ok(Some("שלום עולם"))),
            ("title", "two\nlines", Err(Rule::BadText)),
            ("title", "a\u{1b}[31mb", Err(Rule::BadText)),
            ("title", "a\tb", Ok(Some("a b"))),
            ("ai_tool", "", Ok(None)),
            ("synopsis", "one\r\n\r\ntwo\rthree", Ok(Some("one\n\ntwo\nthree"))),
            ("synopsis", "a\u{7}b", Err(Rule::BadText)),
            ("synopsis", &bytes, Ok(Some(&bytes))),
            ("synopsis", &over, Err(Rule::TooManyBytes)),
            ("duration", "060", Ok(Some("60"))),
            ("duration", "-1", Err(Rule::BadNumber)),
            ("duration", "1.5", Err(Rule::BadNumber)),
            ("duration", "2147483648", Err(Rule::BadNumber)),
            ("duration", "99999999999999999999", Err(Rule::BadNumber)),
            ("release_year", "2026", Ok(Some("2026"))),
            ("release_year", "26", Err(Rule::BadNumber)),
            ("release_year", "2101", Err(Rule::BadNumber)),
            ("id_user", "7", Ok(Some("7"))),
            ("id_user", "", Err(Rule::FieldNeeded)),
            ("id_user", "0", Err(Rule::BadNumber)),
            ("youtube_link", "https://youtu.be/x", Ok(Some("https://youtu.be/x"))),
            ("youtube_link", "javascript:alert(1)", Err(Rule::BadUrl)),
            ("youtube_link", "youtu.be/x", Err(Rule::BadUrl)),
            ("trailer", "uploads/été 1.mp4", Ok(Some("uploads/été 1.mp4"))),
            ("trailer", "https://cdn.example/x.mp4", Ok(Some("https://cdn.example/x.mp4"))),
            ("trailer", "javascript:alert(1)", Err(Rule::BadUrl)),
            ("trailer", "file:///etc/passwd", Err(Rule::BadUrl)),
            ("youtube_status", "READY", Ok(Some("Ready"))),
            ("youtube_status", "gone", Err(Rule::BadChoice)),
            ("workshop", "東京", Ok(Some("東京"))),
            ("workshop", "🎬", Err(Rule::BadCharacter)),
            ("subtitle", "œuvre “à” 5 €", Ok(Some("œuvre “à” 5 €"))),
            ("subtitle", "東京", Err(Rule::BadCharacter)),
            ("translation", "é", Err(Rule::BadCharacter)),
            ("email", "mika@studio.example", Ok(Some("mika@studio.example"))),
            ("email", "mika", Err(Rule::BadEmail)),
            ("selection_status", "awarded", Err(Rule::UnknownField)),
            ("id_movie", "1", Err(Rule::UnknownField)),
        ];
        for (column, value, expected) in cases {
            let judged = check(&FilmValues::from_iter([(*column, Some(*value))]), &limits());
            match (judged, expected) {
                (Ok(clean), Ok(expected)) => assert_eq!(clean.get(column), *expected, "{column} {value:.40}"),
                (Err(wrong), Err(rule)) => assert_eq!((wrong[0].rule, wrong.len()), (*rule, 1), "{column} {value:.40}"),
                (judged, _) => panic!("{column} {value:.40}: {judged:?}"),
            }
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let values = [("youtube_link", Some("x")), ("title", None), ("release_year", Some("x")), ("rank", Some("1"))];
        let wrong = check(&FilmValues::from_iter(values), &limits()).unwrap_err();
        let rules: Vec<Rule> = wrong.iter().map(|refusal| refusal.rule).collect();
        assert_eq!(rules, [Rule::FieldNeeded, Rule::BadNumber, Rule::BadUrl, Rule::UnknownField]);
    }

    #[test]
    fn a_new_row_needs_what_is_required() {
        let values = FilmValues::from_iter([("ai_tool", Some("Sora"))]);
        assert!(check(&values, &limits()).is_ok());
        let wrong = check_new(&values, &limits()).unwrap_err();
        assert!(wrong.len() == 2 && wrong.iter().all(|refusal| refusal.rule == Rule::FieldNeeded));
        let values = FilmValues::from_iter([("title", Some("A")), ("id_user", Some("7"))]);
        assert_eq!(check_new(&values, &limits()).unwrap(), values);
    }
}

//! Text as people type it: folded for searching, made inert for showing.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text for searching: case and accents go, compatibility forms become plain (`É` and `ﬁ` are `e` and `fi`).
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(plain).collect()
}

/// Letters that normalisation leaves alone although people type them plain.
fn plain(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ς' => 'σ',
        c => c,
    }
}

/// Whether a character could steer a terminal or turn the text around it: C0 and C1 controls, line and paragraph
/// separators, bidirectional overrides and isolates, and tag characters.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}'
            | '\u{061C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || ('\u{E0000}'..='\u{E007F}').contains(&c)
}

/// A text on one line that can be shown anywhere: what is unsafe becomes a space or, inside a word, nothing visible.
pub fn inert(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let shown = |c| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => Some('\u{FFFD}'),
        c if is_unsafe(c) => None,
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// The same for a text of several lines: line ends stay (as `\n`), a tab becomes a space.
pub fn inert_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.split('\n').map(inert).collect::<Vec<_>>().join("\n")
}

/// Trims Unicode white space and drops it altogether if nothing is left.
pub fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_what_people_do_not_type() {
        for (text, folded) in [
            ("Élan VITAL", "elan vital"),
            ("Łódź", "lodz"),
            ("Ångström Ø", "angstrom o"),
            ("ﬁlm", "film"),
            ("東京", "東京"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn shows_controls_as_harmless() {
        for (text, shown) in [
            ("plain é 東京 🎬", "plain é 東京 🎬"),
            ("a\x1b[31mred", "a\u{FFFD}[31mred"),
            ("two\nlines\tand", "two lines and"),
            ("abc\u{202E}cba", "abccba"),
            ("c1\u{9b}31m", "c1\u{FFFD}31m"),
        ] {
            assert_eq!(inert(text), shown, "{text:?}");
        }
        assert_eq!(inert_lines("a\r\nb\x07"), "a\nb\u{FFFD}");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(text: String) {
            prop_assert!(!inert(&text).chars().any(is_unsafe));
            prop_assert!(!inert_lines(&text).chars().any(|c| c != '\n' && is_unsafe(c)));
        }

        #[test]
        fn folding_twice_changes_nothing(text: String) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}

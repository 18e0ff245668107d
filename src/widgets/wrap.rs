//! Measuring, cutting, padding and wrapping text by its width on the screen.

use std::borrow::Cow;
use std::ops::Range;

use super::glyph::{glyphs, width};

/// Cuts a text to at most `cells`, with `ellipsis` (one cell) at the end if something was cut. A grapheme is never split.
pub fn truncate<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let mut used = 0;
    let mut end = 0;
    for glyph in glyphs(text) {
        used += usize::from(glyph.width);
        if used > cells - 1 {
            break;
        }
        end = glyph.end;
    }
    Cow::Owned(format!("{}{ellipsis}", &text[..end]))
}

/// A text of exactly `cells`: cut if it is longer, filled with blanks at its end if it is shorter.
pub fn pad(text: &str, cells: usize, ellipsis: &str) -> String {
    let mut text = truncate(text, cells, ellipsis).into_owned();
    text.extend(std::iter::repeat_n(' ', cells.saturating_sub(width(&text))));
    text
}

/// Breaks a text into lines of at most `cells`, at its own line ends and between words; a word that is longer than a
/// line is broken between graphemes. Returns byte ranges without the blanks at the breaks; an empty line is an empty range.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    for range in paragraphs(text) {
        let paragraph = &text[range.clone()];
        for row in rows(paragraph, cells) {
            let kept = paragraph[row.clone()].trim_end().len();
            lines.push(range.start + row.start..range.start + row.start + kept);
        }
    }
    lines
}

/// [`wrap`] as texts.
pub fn wrapped(text: &str, cells: usize) -> impl Iterator<Item = &str> {
    wrap(text, cells).into_iter().map(|range| &text[range])
}

/// The paragraphs of a text: byte ranges between its line ends (`\n`, `\r\n`).
fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    })
}

/// Breaks one paragraph into rows of at most `cells` without losing a character, as an editor needs it: blanks at a
/// break stay at the end of their row and may hang over its edge. There is always at least one row.
pub fn rows(line: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // Where the row could end (behind the last blank), and how wide it is up to there.
    let mut soft: Option<(usize, usize)> = None;
    for glyph in glyphs(line) {
        let blank = glyph.symbol == " ";
        let cell = usize::from(glyph.width);
        while !blank && used + cell > cells && glyph.start > start {
            let (end, before) = soft.filter(|(end, _)| *end > start).unwrap_or((glyph.start, used));
            rows.push(start..end);
            start = end;
            used -= before;
            soft = None;
        }
        used += cell;
        if blank || breaks_after(glyph.symbol) {
            soft = Some((glyph.end, used));
        }
    }
    rows.push(start..line.len());
    rows
}

/// Scripts without blanks between words may break after any of their characters.
fn breaks_after(symbol: &str) -> bool {
    matches!(
        symbol.chars().next(),
        Some('\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}' | '-' | '\u{200B}')
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cuts_by_width_and_never_inside_a_grapheme() {
        for (text, cells, cut) in [
            ("short", 5, "short"),
            ("longer", 5, "long…"),
            ("東京都庁", 5, "東京…"),
            ("東京都庁", 4, "東…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"),
            ("שלום עולם", 5, "שלום…"),
            ("any", 1, "…"),
            ("any", 0, ""),
        ] {
            assert_eq!(truncate(text, cells, "…"), cut, "{text} in {cells}");
        }
        assert_eq!(pad("東", 4, "…"), "東  ");
    }

    #[test]
    fn wraps_between_words() {
        for (text, cells, lines) in [
            ("the quick brown fox", 10, vec!["the quick", "brown fox"]),
            ("exactly ten", 11, vec!["exactly ten"]),
            ("two  blanks", 4, vec!["two", "blan", "ks"]),
            ("a\n\nb", 5, vec!["a", "", "b"]),
            ("unbreakable", 4, vec!["unbr", "eaka", "ble"]),
            ("東京都庁 前", 5, vec!["東京", "都庁", "前"]),
            ("well-known", 6, vec!["well-", "known"]),
            ("", 5, vec![""]),
            ("line\r\nend", 10, vec!["line", "end"]),
        ] {
            assert_eq!(wrapped(text, cells).collect::<Vec<_>>(), lines, "{text:?} in {cells}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text: String, cells in 2usize..40) {
            prop_assert!(width(&truncate(&text, cells, "…")) <= cells);
            prop_assert_eq!(width(&pad(&text, cells, "…")), cells);
            for line in wrapped(&text, cells) {
                // A single grapheme may be wider than the line; nothing else is.
                prop_assert!(width(line) <= cells || glyphs(line).filter(|glyph| glyph.width > 0).count() == 1);
            }
        }

        #[test]
        fn rows_lose_nothing(text in "[a-z é東👩‍👧\u{301}-]{0,60}", cells in 0usize..12) {
            let mut at = 0;
            for row in rows(&text, cells) {
                prop_assert_eq!(row.start, at);
                at = row.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}

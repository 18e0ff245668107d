//! Text as terminal cells: which symbol goes to which cell and how wide it is.
//!
//! Every widget draws through this, so it is also the guard: characters that could steer a terminal or turn the text
//! around them never become a symbol. Right-to-left text is left in its logical order for the terminal to lay out.

use ratatui::buffer::CellWidth;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The longest symbol of one cell, in bytes: a family of emoji with skin tones fits, a tower of accents does not.
const MAX_SYMBOL: usize = 48;

/// One grapheme as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// What goes into the cell; empty if nothing is drawn.
    pub symbol: &'a str,
    /// Its width in cells; 0 if nothing is drawn.
    pub width: u16,
    /// Where the grapheme begins in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// The graphemes of a text as they are drawn; see [`glyphs`].
#[derive(Debug, Clone)]
pub struct Glyphs<'a> {
    text: &'a str,
    at: usize,
}

/// Splits a text into what is drawn, one grapheme at a time; unsafe characters are replaced or drawn as nothing.
pub fn glyphs(text: &str) -> Glyphs<'_> {
    Glyphs { text, at: 0 }
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let start = self.at;
        let plain = matches!(bytes.first()?, b' '..=b'~') && bytes.get(1).is_none_or(u8::is_ascii);
        let (symbol, width) = if plain {
            self.at += 1;
            (&rest[..1], 1)
        } else {
            let cluster = rest.graphemes(true).next()?;
            self.at += cluster.len();
            let symbol = inert(cluster);
            (symbol, symbol.cell_width())
        };
        Some(Glyph { symbol: if width == 0 { "" } else { symbol }, width, start, end: self.at })
    }
}

/// Whether a character could steer a terminal or turn the text around it.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}'
            | '\u{061C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The harmless part of one grapheme.
fn inert(cluster: &str) -> &str {
    match cluster.chars().next() {
        None => "",
        Some('\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') => " ",
        Some(c) if c.is_control() => "\u{FFFD}",
        Some(c) if is_unsafe(c) => "",
        Some(_) => {
            let end = cluster.char_indices().find(|(at, c)| at + c.len_utf8() > MAX_SYMBOL || is_unsafe(*c));
            end.map_or(cluster, |(at, _)| &cluster[..at])
        }
    }
}

/// The width of a text on one line, in cells.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    glyphs(text).map(|glyph| usize::from(glyph.width)).sum()
}

/// [`width`] as a screen coordinate.
pub fn width16(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// Where the grapheme before `at` begins, or 0. `at` is a byte offset on a character boundary.
pub fn previous(text: &str, at: usize) -> usize {
    text[..at].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
}

/// Where the grapheme that begins at `at` ends, or the end of the text.
pub fn following(text: &str, at: usize) -> usize {
    text[at..].graphemes(true).next().map_or(text.len(), |cluster| at + cluster.len())
}

/// `at`, or where the grapheme that it stands inside ends. `at` is a byte offset on a character boundary.
pub fn whole(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    // The whole text is there, so that neither can fail.
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => at,
    }
}

/// Where the word before `at` begins.
pub fn previous_word(text: &str, at: usize) -> usize {
    let words = text[..at].split_word_bound_indices();
    words.rev().find(|(_, word)| is_word(word)).map_or(0, |(start, _)| start)
}

/// Where the word after `at` ends.
pub fn following_word(text: &str, at: usize) -> usize {
    let mut words = text[at..].split_word_bound_indices();
    words.find(|(_, word)| is_word(word)).map_or(text.len(), |(start, word)| at + start + word.len())
}

fn is_word(word: &str) -> bool {
    word.chars().any(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use proptest::prelude::*;

    use super::*;

    fn drawn(text: &str) -> String {
        glyphs(text).map(|glyph| glyph.symbol).collect()
    }

    #[test]
    fn unsafe_text_is_drawn_inert() {
        for (text, shown) in [
            ("plain é 東京 🎬", "plain é 東京 🎬"),
            ("a\x1b[31mred", "a\u{FFFD}[31mred"),
            ("two\nlines\tand\r\nmore", "two lines and more"),
            ("abc\u{202E}cba", "abccba"),
            ("c1\u{9b}31m", "c1\u{FFFD}31m"),
            ("🏴\u{E0067}\u{E007F}!", "🏴!"),
            ("سلام", "سلام"),
        ] {
            assert_eq!(drawn(text), shown, "{text:?}");
        }
    }

    #[test]
    fn widths_are_those_of_the_terminal() {
        for (text, cells) in [
            ("", 0),
            ("abc", 3),
            ("é", 1),
            ("e\u{301}", 1),
            ("東京", 4),
            ("👩‍👩‍👧", 2),
            ("🇫🇷", 2),
            ("שלום", 4),
            ("\u{301}", 0),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn a_tower_of_accents_is_cut() {
        let tower = format!("e{}x", "\u{301}".repeat(500));
        let first = glyphs(&tower).next().unwrap();
        assert!(first.symbol.len() <= MAX_SYMBOL);
        assert_eq!(first.end, tower.len() - 1);
    }

    #[test]
    fn words_are_found_in_both_directions() {
        let text = "one, deux  東京!";
        assert_eq!(previous_word(text, 4), 0);
        assert_eq!(previous_word(text, 11), 5);
        assert_eq!(following_word(text, 0), 3);
        assert_eq!(following_word(text, 3), 9);
        assert_eq!(following_word(text, text.len()), text.len());
    }

    proptest! {
        #[test]
        fn a_place_inside_a_grapheme_moves_to_its_end(text in "[ae\u{301}\u{200d}👩🇫🇷각\r\n]{0,12}") {
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let mut end = 0;
                while end < at {
                    end = following(&text, end);
                }
                prop_assert_eq!(whole(&text, at), end);
            }
        }

        #[test]
        fn glyphs_cover_the_text_and_hold_nothing_unsafe(text: String) {
            let mut at = 0;
            for glyph in glyphs(&text) {
                prop_assert_eq!(glyph.start, at);
                prop_assert!(!glyph.symbol.chars().any(is_unsafe));
                prop_assert_eq!(glyph.symbol.is_empty(), glyph.width == 0);
                at = glyph.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}

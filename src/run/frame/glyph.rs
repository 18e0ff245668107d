//! What of a cell's text may reach a terminal, and how far it moves the cursor.

use std::fmt::Write as _;

use ratatui::buffer::CellWidth as _;
use unicode_width::UnicodeWidthChar as _;

use super::ascii;

/// The longest cluster that is written as it is: a family of four with skin tones has 41 bytes.
const LONGEST: usize = 48;

/// A cell covers at most this many columns; the writer keeps the number in two bits.
pub(super) const WIDEST: u16 = 3;

/// The text of one cell, made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph<'a> {
    pub(super) text: Text<'a>,
    /// Columns of the buffer that belong to this cell, its own included.
    pub(super) width: u16,
    /// The fewest columns that some terminal moves on by.
    pub(super) least: u16,
    /// The most.
    pub(super) most: u16,
    /// Whether where the cursor stands afterwards is beyond doubt.
    pub(super) sure: bool,
}

/// Where the text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text<'a> {
    /// The cell itself.
    Own(&'a str),
    /// A stand-in.
    Instead(char),
}

impl Text<'_> {
    /// Appends the text.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Text::Own(text) => out.extend_from_slice(text.as_bytes()),
            Text::Instead(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

impl<'a> Glyph<'a> {
    /// Reads a cell's text with `room` columns left in its row.
    pub(super) fn new(symbol: &'a str, room: u16, utf8: bool) -> Self {
        if let [byte] = symbol.as_bytes() {
            return match byte {
                b' '..=b'~' => Self::certain(Text::Own(symbol), 1),
                _ => Self::stand_in(*byte as char, utf8),
            };
        }
        if let Some(bad) = symbol.chars().find(|c| is_unsafe(*c)) {
            return Self::stand_in(bad, utf8);
        }
        let width = symbol.cell_width();
        let Some(first) = symbol.chars().next() else {
            return Self::certain(Text::Own(" "), 1);
        };
        if width == 0 || width > room.min(WIDEST) {
            // A mark without a letter, or a wide glyph cut by the edge: nothing of it can be shown.
            return Self::certain(Text::Instead(' '), 1);
        }
        if !utf8 {
            return Self::certain(Text::Instead(ascii::equivalent(first)), width);
        }
        Self::unicode(symbol, first, width, room)
    }

    fn unicode(symbol: &'a str, first: char, width: u16, room: u16) -> Self {
        let alone = columns(first).clamp(1, width);
        let most = symbol.chars().map(columns).sum::<u16>().max(width);
        if symbol.len() > LONGEST || most > room {
            // Over-long, or so near the edge that a terminal which draws the parts one by one would wrap.
            return Self { text: Text::Instead(first), width, least: alone, most: alone, sure: false };
        }
        Self {
            text: Text::Own(symbol),
            width,
            least: alone,
            most,
            sure: most == 1 && symbol.len() == first.len_utf8() && !is_disputed(first),
        }
    }

    fn certain(text: Text<'a>, width: u16) -> Self {
        Self { text, width, least: 1, most: 1, sure: true }
    }

    fn stand_in(bad: char, utf8: bool) -> Self {
        let shown = match bad {
            _ if !utf8 => '?',
            // The picture of a control character, such as ␛.
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(bad)).unwrap_or('?'),
            '\x7f' => '␡',
            _ => '▯',
        };
        Self::certain(Text::Instead(shown), 1)
    }
}

/// The columns that a character takes on a terminal that knows nothing of clusters.
fn columns(c: char) -> u16 {
    match c {
        // Regional indicators: one column to some, two to others.
        '\u{1f1e6}'..='\u{1f1ff}' => 2,
        // Asks for the picture of the character before it, which some then draw one column wider.
        '\u{fe0f}' => 1,
        // Never more than two.
        _ => c.width().unwrap_or(0).min(2) as u16,
    }
}

/// Characters of one column that some terminal draws in another number: pictures that may be emoji, scripts whose
/// letters join, the soft hyphen.
fn is_disputed(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{590}'..='\u{109f}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..
    )
}

/// Whether a character does something other than being seen: controls (C0, C1, DEL), direction overrides and
/// isolates, marks that steer direction, and the separators of lines and paragraphs.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
        )
}

/// A text made fit for one line of a log or a message: what could steer a terminal is spelled out.
pub fn inert(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            // Writing into a String cannot fail.
            let _ = write!(clean, "\\u{{{:x}}}", u32::from(c));
        } else {
            clean.push(c);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(symbol: &str, utf8: bool) -> String {
        let mut out = Vec::new();
        Glyph::new(symbol, 80, utf8).text.write(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        let cases = [
            ("\x1b", "␛"),
            ("\r\n", "␍"),
            ("\x7f", "␡"),
            ("\u{9b}", "▯"),
            ("a\u{202e}", "▯"),
            ("\u{2066}", "▯"),
            ("\u{2028}", "▯"),
            ("e\u{301}", "e\u{301}"),
            ("\u{301}", " "),
            ("", " "),
            ("ab\x1b[2J", "␛"),
        ];
        for (symbol, expected) in cases {
            assert_eq!(shown(symbol, true), expected, "{symbol:?}");
        }
        assert_eq!(shown("\x1b", false), "?");
    }

    #[test]
    fn over_long_clusters_lose_their_marks() {
        let zalgo = format!("e{}", "\u{301}".repeat(40));
        assert_eq!(shown(&zalgo, true), "e");
        let family = "👩🏽\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏽";
        assert_eq!(shown(family, true), family);
    }

    #[test]
    fn widths_and_what_terminals_make_of_them() {
        let cases = [
            ("a", (1, 1, 1)),
            ("é", (1, 1, 1)),
            ("e\u{301}", (1, 1, 1)),
            ("日", (2, 2, 2)),
            ("❤\u{fe0f}", (2, 1, 2)),
            ("👩\u{200d}👧", (2, 2, 4)),
            ("🇫🇷", (2, 2, 4)),
        ];
        for (symbol, expected) in cases {
            let glyph = Glyph::new(symbol, 80, true);
            assert_eq!((glyph.width, glyph.least, glyph.most), expected, "{symbol:?}");
        }
    }

    #[test]
    fn the_edge_cuts_what_does_not_fit() {
        assert_eq!(Glyph::new("日", 1, true).text, Text::Instead(' '));
        assert_eq!(Glyph::new("👩\u{200d}👧", 3, true).text, Text::Instead('👩'));
        assert_eq!(Glyph::new("👩\u{200d}👧", 4, true).text, Text::Own("👩\u{200d}👧"));
    }

    #[test]
    fn ascii_keeps_the_columns() {
        let glyph = Glyph::new("日", 80, false);
        assert_eq!((glyph.text, glyph.width), (Text::Instead('?'), 2));
        assert_eq!(shown("é", false), "e");
        assert_eq!(shown("│", false), "|");
    }

    #[test]
    fn a_log_line_stays_one_line() {
        assert_eq!(inert("a\x1b[2J\nb\u{202e}"), "a\\u{1b}[2J\\u{a}b\\u{202e}");
    }
}

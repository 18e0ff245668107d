//! What a terminal can show, and how a colour is brought down to that.

use ratatui::style::Color;

use crate::widgets::picture::Show;
use crate::widgets::theme::sixteen;

use super::graphics::Graphics;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// No colour at all; bold, underline and reverse stay.
    None,
    /// The sixteen colours of ANSI.
    Ansi16,
    /// The palette of 256.
    Ansi256,
    /// Twenty-four bits.
    True,
}

/// What the terminal at the other end can do. It decides what the frame writer writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// How many colours it shows.
    pub colour: Colours,
    /// Whether it shows UTF-8; otherwise everything is brought down to ASCII.
    pub utf8: bool,
    /// Whether it understands links (OSC 8).
    pub links: bool,
    /// Whether frames may be marked as one update (mode 2026); terminals ignore a mode that they do not know.
    pub synchronized: bool,
    /// How it draws pictures.
    pub graphics: Graphics,
    /// The size of a cell in pixels, where that is known.
    pub cell: Option<(u16, u16)>,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            colour: Colours::Ansi256,
            utf8: true,
            links: true,
            synchronized: true,
            graphics: Graphics::Blocks,
            cell: None,
        }
    }
}

impl Caps {
    /// Reads the capabilities from the environment of whoever sits at the terminal.
    ///
    /// `get` answers for `TERM`, `COLORTERM`, `NO_COLOR`, `LC_ALL`, `LC_CTYPE`, `LANG` and what terminals set to be known
    /// by. Over SSH only `TERM` is known. Where no locale is named at all, as in a container, UTF-8 is what the terminal really speaks.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let term = get("TERM").unwrap_or_default().to_ascii_lowercase();
        let kind = Kind::of(&term);
        let colour = if get("NO_COLOR").is_some_and(|v| !v.is_empty()) {
            Colours::None
        } else {
            colours(&term, kind, &get("COLORTERM").unwrap_or_default())
        };
        let utf8 = utf8(kind, &get);
        Self {
            colour,
            utf8,
            links: matches!(kind, Kind::Full),
            synchronized: matches!(kind, Kind::Full | Kind::Screen),
            graphics: match kind {
                Kind::Full | Kind::Screen => Graphics::detect(&get, utf8, colour),
                Kind::Dumb | Kind::Vt | Kind::Linux => Graphics::None,
            },
            cell: Graphics::known_cell(&get),
        }
    }

    /// What views need to know of pictures.
    pub fn show(&self) -> Show {
        self.graphics.show(self.cell)
    }
}

/// The families of terminals that differ in what may be sent to them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing is known or nothing is there.
    Dumb,
    /// A hardware terminal or its faithful copy.
    Vt,
    /// The console of Linux: colours, but 512 glyphs and no links.
    Linux,
    /// GNU screen.
    Screen,
    /// Everything that calls itself xterm or better.
    Full,
}

impl Kind {
    fn of(term: &str) -> Self {
        match term {
            "" | "dumb" | "unknown" => Self::Dumb,
            "linux" => Self::Linux,
            t if t.starts_with("vt1") || t.starts_with("vt2") || t == "ansi" => Self::Vt,
            t if t.starts_with("screen") => Self::Screen,
            _ => Self::Full,
        }
    }
}

fn colours(term: &str, kind: Kind, colorterm: &str) -> Colours {
    const TRUE: [&str; 8] = ["direct", "kitty", "alacritty", "ghostty", "foot", "wezterm", "contour", "iterm"];
    match kind {
        Kind::Dumb => return Colours::None,
        Kind::Vt if term != "ansi" => return Colours::None,
        Kind::Linux | Kind::Vt => return Colours::Ansi16,
        Kind::Screen | Kind::Full => {}
    }
    let colorterm = colorterm.to_ascii_lowercase();
    if colorterm == "truecolor" || colorterm == "24bit" || TRUE.iter().any(|t| term.contains(t)) {
        Colours::True
    } else if term.contains("256") || kind == Kind::Screen || term.starts_with("tmux") {
        Colours::Ansi256
    } else {
        Colours::Ansi16
    }
}

fn utf8(kind: Kind, get: &impl Fn(&str) -> Option<String>) -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| get(name)).find(|value| !value.is_empty());
    match named {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => matches!(kind, Kind::Full | Kind::Screen),
    }
}

/// The sixteen colours as most terminals draw them.
const PALETTE: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The steps of the colour cube of the 256.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// A colour as it is written: the default, one of the 256, or 24 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ink {
    /// The terminal's own.
    #[default]
    Default,
    /// A number of the palette; below 16 it has its own short code.
    Palette(u8),
    /// Red, green, blue.
    True(u8, u8, u8),
}

/// Brings a colour down to what the terminal shows.
pub(super) fn ink(colour: Color, depth: Colours) -> Ink {
    if depth == Colours::None {
        return Ink::Default;
    }
    let index = match colour {
        Color::Reset => return Ink::Default,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(i) if i < 16 || depth >= Colours::Ansi256 => i,
        Color::Indexed(i) => sixteen(i).unwrap_or_else(|| nearest16(rgb_of(i))),
        Color::Rgb(r, g, b) => match depth {
            Colours::True => return Ink::True(r, g, b),
            Colours::Ansi256 => nearest256((r, g, b)),
            _ => nearest16((r, g, b)),
        },
    };
    Ink::Palette(index)
}

fn rgb_of(index: u8) -> (u8, u8, u8) {
    match index {
        0..16 => PALETTE[usize::from(index)],
        16..232 => {
            let i = index - 16;
            let step = |n: u8| CUBE[usize::from(n % 6)];
            (step(i / 36), step(i / 6), step(i))
        }
        232.. => {
            let grey = 8 + (index - 232) * 10;
            (grey, grey, grey)
        }
    }
}

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    // Weighted as the eye weighs them.
    2 * square(a.0, b.0) + 4 * square(a.1, b.1) + 3 * square(a.2, b.2)
}

fn nearest16(rgb: (u8, u8, u8)) -> u8 {
    nearest(rgb, 0..=15)
}

fn nearest256(rgb: (u8, u8, u8)) -> u8 {
    // The first sixteen are whatever the person's theme says, so they are no target.
    nearest(rgb, 16..=255)
}

fn nearest(rgb: (u8, u8, u8), among: std::ops::RangeInclusive<u8>) -> u8 {
    among.min_by_key(|i| distance(rgb, rgb_of(*i))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(env: &[(&str, &str)]) -> Caps {
        Caps::from_env(|name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn colours_follow_the_environment() {
        use Colours::{Ansi16, Ansi256, None, True};
        let cases: [(&[(&str, &str)], Colours); 20] = [
            (&[], None),
            (&[("TERM", "dumb")], None),
            (&[("TERM", "vt220")], None),
            (&[("TERM", "linux")], Ansi16),
            (&[("TERM", "xterm")], Ansi16),
            (&[("TERM", "xterm-256color")], Ansi256),
            (&[("TERM", "tmux-256color")], Ansi256),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], True),
            (&[("TERM", "xterm-kitty")], True),
            (&[("TERM", "xterm-direct")], True),
            (&[("TERM", "alacritty")], True),
            (&[("TERM", "xterm-ghostty")], True),
            (&[("TERM", "foot-extra")], True),
            (&[("TERM", "wezterm")], True),
            (&[("TERM", "screen")], Ansi256),
            (&[("TERM", "tmux")], Ansi256),
            (&[("TERM", "putty-256color")], Ansi256),
            (&[("TERM", "unknown")], None),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], None),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Ansi256),
        ];
        for (env, colour) in cases {
            assert_eq!(caps(env).colour, colour, "{env:?}");
        }
    }

    #[test]
    fn the_locale_decides_on_utf8() {
        let cases: [(&[(&str, &str)], bool); 8] = [
            (&[("TERM", "xterm"), ("LANG", "en_GB.UTF-8")], true),
            (&[("TERM", "xterm"), ("LANG", "fr_FR.utf8")], true),
            (&[("TERM", "xterm"), ("LANG", "C")], false),
            (&[("TERM", "xterm"), ("LANG", "fr_FR.ISO-8859-1")], false),
            (&[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "C.UTF-8")], false),
            (&[("TERM", "xterm"), ("LC_ALL", ""), ("LC_CTYPE", "C.UTF-8")], true),
            (&[("TERM", "xterm")], true),
            (&[("TERM", "linux")], false),
        ];
        for (env, utf8) in cases {
            assert_eq!(caps(env).utf8, utf8, "{env:?}");
        }
    }

    #[test]
    fn simple_terminals_get_no_links_and_no_marks() {
        for term in ["dumb", "linux", "vt100"] {
            let caps = caps(&[("TERM", term)]);
            assert!(!caps.links && !caps.synchronized, "{term}");
        }
        assert!(caps(&[("TERM", "xterm")]).links);
    }

    #[test]
    fn colours_are_brought_down() {
        use Colours::{Ansi16, Ansi256, None, True};
        let cases = [
            (Color::Rgb(1, 2, 3), True, Ink::True(1, 2, 3)),
            (Color::Rgb(255, 0, 0), Ansi256, Ink::Palette(196)),
            (Color::Rgb(255, 0, 0), Ansi16, Ink::Palette(9)),
            (Color::Rgb(8, 8, 8), Ansi256, Ink::Palette(232)),
            (Color::Indexed(196), Ansi16, Ink::Palette(9)),
            (Color::Indexed(196), Ansi256, Ink::Palette(196)),
            (Color::Indexed(237), Ansi16, Ink::Palette(4)),
            (Color::Indexed(3), Ansi16, Ink::Palette(3)),
            (Color::White, Ansi16, Ink::Palette(15)),
            (Color::Gray, True, Ink::Palette(7)),
            (Color::Red, None, Ink::Default),
            (Color::Rgb(9, 9, 9), None, Ink::Default),
            (Color::Reset, True, Ink::Default),
        ];
        for (colour, depth, expected) in cases {
            assert_eq!(ink(colour, depth), expected, "{colour:?} {depth:?}");
        }
    }
}

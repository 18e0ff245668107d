//! The style that the terminal writes with, and the shortest way to another one.

use ratatui::style::{Color, Modifier};

use super::caps::{Colours, Ink, ink};

/// What is drawn of the modifiers. Nothing blinks, whatever a screen asks for.
const DRAWN: Modifier = Modifier::BOLD
    .union(Modifier::DIM)
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::REVERSED)
    .union(Modifier::HIDDEN)
    .union(Modifier::CROSSED_OUT);

/// The modifiers that can be seen on a blank cell.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

const ON: [(Modifier, u16); 7] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// A style reduced to what can be seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Look {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl Look {
    /// The terminal's own.
    pub(super) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The style of a cell; of a blank one, only what shows on a blank.
    pub(super) fn of(fg: Color, bg: Color, modifier: Modifier, blank: bool) -> Self {
        let modifier = modifier.intersection(DRAWN);
        if blank && !modifier.intersects(SEEN_ON_BLANK) {
            return Self { fg: Color::Reset, bg, modifier: Modifier::empty() };
        }
        Self { fg, bg, modifier }
    }
}

/// The terminal's current style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Ink,
    bg: Ink,
    modifier: Modifier,
}

impl Pen {
    /// The style after a reset.
    pub(super) const RESET: Self = Self { fg: Ink::Default, bg: Ink::Default, modifier: Modifier::empty() };

    fn new(look: Look, depth: Colours) -> Self {
        Self { fg: ink(look.fg, depth), bg: ink(look.bg, depth), modifier: look.modifier }
    }

    /// Whether `look` is what the terminal writes with.
    pub(super) fn is(self, look: Look, depth: Colours) -> bool {
        self == Self::new(look, depth)
    }

    /// Whether a blank cell of that look comes out right with this pen, though its letters would not.
    pub(super) fn suits_blank(self, look: Look, depth: Colours) -> bool {
        look.modifier.is_empty() && !self.modifier.intersects(SEEN_ON_BLANK) && self.bg == ink(look.bg, depth)
    }

    /// Writes what brings the terminal from this style to `look`: the changes, or a reset and the rest where
    /// that is shorter.
    pub(super) fn change_to(&mut self, look: Look, depth: Colours, out: &mut Vec<u8>) {
        let wanted = Self::new(look, depth);
        if wanted == *self {
            return;
        }
        if wanted == Self::RESET {
            out.extend_from_slice(b"\x1b[m");
            *self = wanted;
            return;
        }
        let start = out.len();
        out.extend_from_slice(b"\x1b[");
        self.changes(wanted, out);
        let middle = out.len();
        out.extend_from_slice(b"\x1b[0;");
        Self::RESET.changes(wanted, out);
        if out.len() - middle < middle - start {
            out.drain(start..middle);
        } else {
            out.truncate(middle);
        }
        // The last byte is the separator after the last number.
        out.pop();
        out.push(b'm');
        *self = wanted;
    }

    /// The parameters that lead to `wanted`, each followed by a separator.
    fn changes(self, wanted: Self, out: &mut Vec<u8>) {
        let intensity = Modifier::BOLD.union(Modifier::DIM);
        let gone = self.modifier.difference(wanted.modifier);
        let mut kept = self.modifier.intersection(wanted.modifier);
        if gone.intersects(intensity) {
            // One code ends both, so the one that stays is set again.
            parameter(out, 22);
            kept.remove(intensity);
        }
        for (modifier, code) in &ON[2..] {
            if gone.contains(*modifier) {
                parameter(out, code + 20);
            }
        }
        for (modifier, code) in ON {
            if wanted.modifier.contains(modifier) && !kept.contains(modifier) {
                parameter(out, code);
            }
        }
        if self.fg != wanted.fg {
            colour(out, wanted.fg, 30);
        }
        if self.bg != wanted.bg {
            colour(out, wanted.bg, 40);
        }
    }
}

/// `base` is 30 for the letters and 40 for the ground.
fn colour(out: &mut Vec<u8>, ink: Ink, base: u16) {
    match ink {
        Ink::Default => parameter(out, base + 9),
        Ink::Palette(i) if i < 8 => parameter(out, base + u16::from(i)),
        Ink::Palette(i) if i < 16 => parameter(out, base + 52 + u16::from(i)),
        Ink::Palette(i) => [base + 8, 5, u16::from(i)].into_iter().for_each(|n| parameter(out, n)),
        Ink::True(r, g, b) => {
            [base + 8, 2, u16::from(r), u16::from(g), u16::from(b)].into_iter().for_each(|n| parameter(out, n))
        }
    }
}

fn parameter(out: &mut Vec<u8>, number: u16) {
    push_number(out, number);
    out.push(b';');
}

/// Writes a number in decimal.
pub(super) fn push_number(out: &mut Vec<u8>, mut number: u16) {
    let mut digits = [0_u8; 5];
    let mut at = digits.len();
    loop {
        at -= 1;
        // A remainder of ten fits a byte.
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(fg: Color, bg: Color, modifier: Modifier) -> Look {
        Look::of(fg, bg, modifier, false)
    }

    #[test]
    fn writes_only_what_changed() {
        use Modifier as M;
        let plain = Look::PLAIN;
        let none = M::empty();
        let reset = Color::Reset;
        let cases = [
            (plain, plain, ""),
            (plain, look(Color::Red, reset, none), "\x1b[31m"),
            (plain, look(Color::LightRed, Color::White, none), "\x1b[91;107m"),
            (plain, look(Color::Indexed(200), reset, none), "\x1b[38;5;200m"),
            (plain, look(Color::Rgb(1, 20, 255), reset, none), "\x1b[38;2;1;20;255m"),
            (look(Color::Red, reset, M::BOLD), look(Color::Red, reset, none), "\x1b[22m"),
            (look(Color::Red, reset, M::BOLD | M::DIM), look(Color::Red, reset, M::DIM), "\x1b[22;2m"),
            (look(Color::Red, reset, none), plain, "\x1b[m"),
            (look(Color::Red, Color::Blue, M::BOLD | M::UNDERLINED), plain, "\x1b[m"),
            (look(Color::Red, Color::Blue, M::BOLD | M::REVERSED), look(reset, reset, M::ITALIC), "\x1b[0;3m"),
            (look(reset, reset, M::CROSSED_OUT), look(reset, reset, M::REVERSED), "\x1b[0;7m"),
            (
                look(Color::Indexed(200), reset, M::CROSSED_OUT),
                look(Color::Indexed(200), reset, M::REVERSED),
                "\x1b[29;7m",
            ),
            (plain, look(reset, reset, M::SLOW_BLINK), ""),
        ];
        for (from, to, expected) in cases {
            let mut pen = Pen::new(from, Colours::True);
            let mut out = Vec::new();
            pen.change_to(to, Colours::True, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{from:?} → {to:?}");
        }
    }

    #[test]
    fn without_colour_the_attributes_stay() {
        let mut out = Vec::new();
        Pen::RESET.clone().change_to(
            look(Color::Red, Color::Blue, Modifier::BOLD | Modifier::REVERSED),
            Colours::None,
            &mut out,
        );
        assert_eq!(out, b"\x1b[1;7m");
    }

    #[test]
    fn a_blank_has_no_letters_to_colour() {
        let blank = |m| Look::of(Color::Red, Color::Blue, m, true);
        assert_eq!(blank(Modifier::BOLD), Look::of(Color::Reset, Color::Blue, Modifier::empty(), true));
        assert_eq!(blank(Modifier::UNDERLINED).fg, Color::Red);
    }

    #[test]
    fn numbers_are_decimal() {
        for number in [0, 7, 10, 99, 100, 65_535] {
            let mut out = Vec::new();
            push_number(&mut out, number);
            assert_eq!(out, number.to_string().into_bytes());
        }
    }
}

//! What things look like: one accent colour, one style per role, one colour and one sign per tone.
//!
//! Colours are from the 256-colour palette and chosen so that [`sixteen`] has a deliberate answer for each. Text and
//! background are the terminal's own. Where there are no colours at all, bold, reverse and underline still tell apart
//! what must be told apart, and every tone has its sign.

use ratatui::style::{Color, Modifier, Style};

use super::signs::Signs;

/// Whether the terminal's background is dark or light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Light text on a dark background.
    #[default]
    Dark,
    /// Dark text on a light background.
    Light,
}

/// What a state means, whatever it is the state of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Nothing has happened yet.
    Neutral,
    /// Work is under way.
    Progress,
    /// Somebody has to decide.
    Question,
    /// It went well.
    Good,
    /// The best that can be reached.
    Great,
    /// It was turned down or it failed.
    Bad,
    /// From an older way of working; kept and shown.
    Old,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Tone; 7] =
        [Tone::Neutral, Tone::Progress, Tone::Question, Tone::Good, Tone::Great, Tone::Bad, Tone::Old];
}

/// The styles and signs of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Which background it is made for.
    pub mode: Mode,
    /// The signs: Unicode or ASCII.
    pub signs: Signs,
    /// Plain text: the terminal's own.
    pub text: Style,
    /// Text of second rank.
    pub dim: Style,
    /// Text that is barely there: rulers, empty bar cells, placeholders.
    pub faint: Style,
    /// Headings.
    pub title: Style,
    /// What is active, and every link.
    pub accent: Style,
    /// The mark of a selected row.
    pub selection: Style,
    /// Laid over the row that the cursor is on.
    pub cursor: Style,
    /// The heads of columns.
    pub header: Style,
    /// Success.
    pub ok: Style,
    /// Something to look at.
    pub warning: Style,
    /// Harm or failure.
    pub danger: Style,
    /// A fact.
    pub info: Style,
    /// Frames and rules.
    pub border: Style,
    /// The part of a text that was searched for.
    pub matched: Style,
    /// A key in a hint.
    pub key: Style,
    /// The button or choice that has the focus.
    pub focus: Style,
    /// The line of an input field.
    pub field: Style,
    tones: [Style; 7],
}

impl Theme {
    /// The theme for a dark or a light background.
    pub fn new(mode: Mode, signs: Signs) -> Self {
        let shades = match mode {
            Mode::Dark => DARK,
            Mode::Light => LIGHT,
        };
        let fg = |index: u8| Style::new().fg(Color::Indexed(index));
        let accent = fg(shades.accent);
        Theme {
            mode,
            signs,
            text: Style::new(),
            dim: fg(shades.dim),
            faint: fg(shades.faint),
            title: Style::new().add_modifier(Modifier::BOLD),
            accent,
            selection: accent.add_modifier(Modifier::BOLD),
            cursor: Style::new().bg(Color::Indexed(shades.cursor)).add_modifier(Modifier::BOLD),
            header: fg(shades.dim).add_modifier(Modifier::BOLD),
            ok: fg(shades.good),
            warning: fg(shades.question),
            danger: fg(shades.bad).add_modifier(Modifier::BOLD),
            info: accent,
            border: fg(shades.faint),
            matched: fg(shades.question).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            key: accent.add_modifier(Modifier::BOLD),
            focus: accent.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            field: Style::new().add_modifier(Modifier::UNDERLINED),
            tones: [
                fg(shades.dim),
                accent,
                fg(shades.question),
                fg(shades.good),
                fg(shades.great).add_modifier(Modifier::BOLD),
                fg(shades.bad),
                fg(shades.old),
            ],
        }
    }

    /// The style of a tone; draw it with [`Theme::sign`], so that it never speaks by colour alone.
    pub fn status(&self, tone: Tone) -> Style {
        self.tones[tone as usize]
    }

    /// The sign of a tone, one cell wide.
    pub fn sign(&self, tone: Tone) -> &'static str {
        self.signs.tones[tone as usize]
    }
}

impl Default for Theme {
    fn default() -> Self {
        Theme::new(Mode::Dark, Signs::UNICODE)
    }
}

struct Shades {
    accent: u8,
    dim: u8,
    faint: u8,
    cursor: u8,
    good: u8,
    great: u8,
    question: u8,
    bad: u8,
    old: u8,
}

const DARK: Shades =
    Shades { accent: 75, dim: 248, faint: 241, cursor: 237, good: 114, great: 220, question: 179, bad: 203, old: 139 };
const LIGHT: Shades =
    Shades { accent: 25, dim: 240, faint: 247, cursor: 254, good: 28, great: 130, question: 94, bad: 124, old: 96 };

/// What a colour of the themes, by its number among the 256, becomes among the sixteen; `None` for any other colour.
/// The nearest colour would hide the cursor's row on a black background.
pub fn sixteen(index: u8) -> Option<u8> {
    Some(match index {
        75 => 14,
        25 | 237 => 4,
        248 | 254 => 7,
        240 | 241 | 247 => 8,
        114 => 10,
        28 => 2,
        220 => 11,
        94 | 130 | 179 => 3,
        203 => 9,
        124 => 1,
        139 => 13,
        96 => 5,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tones_differ_in_every_depth() {
        for mode in [Mode::Dark, Mode::Light] {
            for signs in [Signs::UNICODE, Signs::ASCII] {
                let theme = Theme::new(mode, signs);
                assert_eq!(Tone::ALL.map(|tone| theme.sign(tone)).iter().collect::<HashSet<_>>().len(), 7);
                let colours = Tone::ALL.map(|tone| theme.status(tone).fg);
                assert_eq!(colours.iter().collect::<HashSet<_>>().len(), 7, "{mode:?}");
            }
        }
    }

    fn brought_down(colour: Option<Color>) -> Option<u8> {
        match colour {
            Some(Color::Indexed(index)) => Some(sixteen(index).unwrap()),
            Some(other) => panic!("{other} is not one of the 256"),
            None => None,
        }
    }

    #[test]
    fn a_cursor_row_stays_readable_in_sixteen_colours() {
        for mode in [Mode::Dark, Mode::Light] {
            let theme = Theme::new(mode, Signs::UNICODE);
            let below = brought_down(theme.cursor.bg);
            let tones = Tone::ALL.map(|tone| theme.status(tone));
            for style in
                [theme.dim, theme.accent, theme.ok, theme.warning, theme.danger, theme.faint].iter().chain(&tones)
            {
                assert_ne!(brought_down(style.fg), below, "{mode:?} {style:?}");
            }
        }
    }
}

//! How a terminal draws pictures, by what it calls itself. It is never asked: an answer that comes late would be read as
//! keys.

use crate::widgets::picture::Show;

use super::caps::Colours;

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graphics {
    /// Not at all.
    None,
    /// As cells of two colours.
    Blocks,
    /// The graphics protocol of kitty.
    Kitty,
    /// The inline images of iTerm2.
    Iterm2,
    /// Sixels.
    Sixel,
}

/// A cell's width and height in pixels where nobody has said; kitty and iTerm2 scale to cells anyway.
const USUAL: (u16, u16) = (8, 16);

/// The cell that Windows Terminal draws sixels by, whatever its font.
const WINDOWS: (u16, u16) = (10, 20);

/// The largest cell that is believed, in pixels.
const LARGEST: u32 = 128;

impl Graphics {
    /// What the environment says. Within tmux or screen, and where nothing is known, it is cells.
    pub(super) fn detect(get: &impl Fn(&str) -> Option<String>, utf8: bool, colour: Colours) -> Self {
        let cells = if utf8 && colour >= Colours::Ansi16 { Graphics::Blocks } else { Graphics::None };
        let set = |name: &str| get(name).is_some_and(|value| !value.is_empty());
        let term = get("TERM").unwrap_or_default().to_ascii_lowercase();
        let within = ["tmux", "screen"].iter().any(|name| term.starts_with(name));
        if within || set("TMUX") || set("STY") || set("ZELLIJ") {
            return cells;
        }
        for (name, graphics) in [
            ("kitty", Graphics::Kitty),
            ("ghostty", Graphics::Kitty),
            ("foot", Graphics::Sixel),
            ("mlterm", Graphics::Sixel),
            ("contour", Graphics::Sixel),
        ] {
            if term.contains(name) {
                return graphics;
            }
        }
        // What a program says of itself counts before what it was started from.
        match get("TERM_PROGRAM").unwrap_or_default().to_ascii_lowercase().as_str() {
            "ghostty" => Graphics::Kitty,
            "wezterm" | "iterm.app" => Graphics::Iterm2,
            "contour" => Graphics::Sixel,
            // It shows them only where its user has allowed it, which it does not say.
            "vscode" => cells,
            "" if set("VTE_VERSION") => cells,
            "" if set("KITTY_WINDOW_ID") => Graphics::Kitty,
            "" if set("WT_SESSION") => Graphics::Sixel,
            _ => cells,
        }
    }

    /// The size of a cell that is known from the environment.
    pub(super) fn known_cell(get: &impl Fn(&str) -> Option<String>) -> Option<(u16, u16)> {
        get("WT_SESSION").filter(|session| !session.is_empty()).map(|_| WINDOWS)
    }

    /// What views need to know, with the size of a cell where that is known.
    pub(super) fn show(self, cell: Option<(u16, u16)>) -> Show {
        match (self, cell) {
            (Graphics::None, _) => Show::Nothing,
            // A sixel is as large as it is: without the size of a cell it could cover the text beside it.
            (Graphics::Blocks, _) | (Graphics::Sixel, None) => Show::Blocks,
            (Graphics::Kitty | Graphics::Iterm2 | Graphics::Sixel, cell) => {
                Show::Pixels { cell: cell.unwrap_or(USUAL) }
            }
        }
    }
}

/// The size of a cell by that of the terminal in pixels and in cells, if it is a believable one.
pub fn cell_size(pixels: (u32, u32), cells: (u32, u32)) -> Option<(u16, u16)> {
    let side = |pixels: u32, cells: u32| {
        let size = pixels.checked_div(cells)?;
        u16::try_from(size).ok().filter(|_| (2..=LARGEST).contains(&size))
    };
    Some((side(pixels.0, cells.0)?, side(pixels.1, cells.1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::frame::Caps;

    #[test]
    fn terminals_by_table() {
        use Graphics::{Blocks, Iterm2, Kitty, None, Sixel};
        let xterm = ("TERM", "xterm-256color");
        let cases: [(&[(&str, &str)], Graphics); 25] = [
            (&[("TERM", "xterm-kitty")], Kitty),
            (&[("TERM", "xterm-ghostty")], Kitty),
            (&[xterm, ("KITTY_WINDOW_ID", "1")], Kitty),
            (&[xterm, ("TERM_PROGRAM", "ghostty")], Kitty),
            (&[xterm, ("TERM_PROGRAM", "WezTerm")], Iterm2),
            (&[xterm, ("TERM_PROGRAM", "iTerm.app")], Iterm2),
            (&[("TERM", "foot")], Sixel),
            (&[("TERM", "foot-extra")], Sixel),
            (&[("TERM", "mlterm")], Sixel),
            (&[("TERM", "contour-latest")], Sixel),
            (&[xterm, ("WT_SESSION", "a-b-c")], Sixel),
            (&[xterm], Blocks),
            (&[xterm, ("TERM_PROGRAM", "vscode"), ("KITTY_WINDOW_ID", "1")], Blocks),
            (&[xterm, ("TERM_PROGRAM", "Apple_Terminal")], Blocks),
            (&[xterm, ("VTE_VERSION", "7600"), ("KITTY_WINDOW_ID", "1")], Blocks),
            (&[xterm, ("TMUX", "/tmp/t"), ("KITTY_WINDOW_ID", "1")], Blocks),
            (&[xterm, ("STY", "1.pts"), ("TERM_PROGRAM", "WezTerm")], Blocks),
            (&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux")], Blocks),
            (&[("TERM", "screen.xterm-kitty")], Blocks),
            (&[xterm, ("NO_COLOR", "1")], None),
            (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], Kitty),
            (&[xterm, ("LANG", "C")], None),
            (&[("TERM", "linux")], None),
            (&[("TERM", "dumb")], None),
            (&[], None),
        ];
        for (env, graphics) in cases {
            let caps =
                Caps::from_env(|name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()));
            assert_eq!(caps.graphics, graphics, "{env:?}");
        }
    }

    #[test]
    fn views_hear_of_the_cell() {
        let cases = [
            (Graphics::None, Some((8, 16)), Show::Nothing),
            (Graphics::Blocks, Some((8, 16)), Show::Blocks),
            (Graphics::Kitty, None, Show::Pixels { cell: USUAL }),
            (Graphics::Iterm2, Some((9, 20)), Show::Pixels { cell: (9, 20) }),
            (Graphics::Sixel, Some((9, 20)), Show::Pixels { cell: (9, 20) }),
            (Graphics::Sixel, None, Show::Blocks),
        ];
        for (graphics, cell, show) in cases {
            assert_eq!(graphics.show(cell), show, "{graphics:?} {cell:?}");
        }
    }

    #[test]
    fn only_believable_cells_count() {
        for (pixels, cells, size) in [
            ((800, 480), (80, 24), Some((10, 20))),
            ((0, 0), (80, 24), None),
            ((800, 480), (0, 0), None),
            ((80, 24), (80, 24), None),
            ((u32::MAX, u32::MAX), (1, 1), None),
        ] {
            assert_eq!(cell_size(pixels, cells), size, "{pixels:?} {cells:?}");
        }
    }
}

//! The signs that are drawn: a Unicode set and one that needs nothing but ASCII. Each is one cell wide.

/// One set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// One sign per tone, in the order of [`Tone::ALL`](super::theme::Tone::ALL).
    pub tones: [&'static str; 7],
    /// A selected row.
    pub selected: &'static str,
    /// The row that the cursor is on.
    pub cursor: &'static str,
    /// Sorted upwards.
    pub ascending: &'static str,
    /// Sorted downwards.
    pub descending: &'static str,
    /// A cell of a bar, from one eighth to full.
    pub eighths: [&'static str; 8],
    /// A full bar cell for the second, third… segment where colours cannot tell them apart.
    pub fills: [&'static str; 7],
    /// A bar cell with nothing in it.
    pub empty: &'static str,
    /// Something was cut here.
    pub ellipsis: &'static str,
    /// Work under way; the next one is drawn when the state changes, never by time.
    pub spinner: [&'static str; 8],
    /// Done, or chosen.
    pub check: &'static str,
    /// Not done, or refused.
    pub cross: &'static str,
    /// Closed to changes.
    pub lock: &'static str,
    /// Look at this.
    pub warning: &'static str,
    /// A row that somebody changed.
    pub changed: &'static str,
    /// Something begun and not handed in.
    pub draft: &'static str,
    /// A link.
    pub link: &'static str,
    /// Between things of one line.
    pub dot: &'static str,
    /// A step from one state to the next.
    pub arrow: &'static str,
    /// The thumb of a scrollbar.
    pub thumb: &'static str,
    /// The track of a scrollbar.
    pub track: &'static str,
    /// A hidden character of a password.
    pub mask: &'static str,
    /// A frame: top left, top right, bottom left, bottom right, horizontal, vertical.
    pub frame: [&'static str; 6],
    /// An option that is on, and one that is off.
    pub radio: [&'static str; 2],
}

impl Signs {
    /// For terminals and locales with Unicode.
    pub const UNICODE: Signs = Signs {
        tones: ["○", "◐", "?", "◆", "★", "✗", "◇"],
        selected: "●",
        cursor: "▌",
        ascending: "▲",
        descending: "▼",
        eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
        fills: ["█", "▓", "▒", "█", "▓", "▒", "░"],
        empty: "·",
        ellipsis: "…",
        spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠇"],
        check: "✓",
        cross: "✗",
        lock: "⊘",
        warning: "▲",
        changed: "•",
        draft: "✎",
        link: "↗",
        dot: "·",
        arrow: "→",
        thumb: "█",
        track: "│",
        mask: "•",
        frame: ["╭", "╮", "╰", "╯", "─", "│"],
        radio: ["●", "○"],
    };

    /// For everything else.
    pub const ASCII: Signs = Signs {
        tones: ["o", ">", "?", "+", "*", "x", "-"],
        selected: "*",
        cursor: ">",
        ascending: "^",
        descending: "v",
        eighths: [" ", " ", " ", "#", "#", "#", "#", "#"],
        fills: ["#", "=", "+", "#", "=", "+", "-"],
        empty: ".",
        ellipsis: "~",
        spinner: ["|", "/", "-", "\\", "|", "/", "-", "\\"],
        check: "+",
        cross: "x",
        lock: "X",
        warning: "!",
        changed: "~",
        draft: "&",
        link: "^",
        dot: "-",
        arrow: ">",
        thumb: "#",
        track: "|",
        mask: "*",
        frame: ["+", "+", "+", "+", "-", "|"],
        radio: ["*", "o"],
    };
}

#[cfg(test)]
mod tests {
    use super::super::glyph::width;
    use super::*;

    #[test]
    fn every_sign_is_one_cell() {
        for signs in [Signs::UNICODE, Signs::ASCII] {
            let one = [
                signs.selected,
                signs.cursor,
                signs.ascending,
                signs.descending,
                signs.empty,
                signs.ellipsis,
                signs.check,
                signs.cross,
                signs.lock,
                signs.warning,
                signs.changed,
                signs.draft,
                signs.link,
                signs.dot,
                signs.arrow,
                signs.thumb,
                signs.track,
                signs.mask,
            ];
            let sets =
                [&signs.tones[..], &signs.eighths, &signs.fills, &signs.spinner, &signs.frame, &signs.radio, &one];
            for sign in sets.into_iter().flatten() {
                assert_eq!(width(sign), 1, "{sign}");
            }
        }
        let ascii = format!("{:?}", Signs::ASCII);
        assert!(ascii.is_ascii());
    }
}

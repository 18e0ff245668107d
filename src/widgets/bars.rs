//! Bars: a tally of several parts, a share, and progress.

use ratatui::style::Style;

use super::pen::Pen;
use super::theme::{Theme, Tone};

/// One part of a tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// How much it is.
    pub amount: u32,
    /// What it means.
    pub tone: Tone,
}

/// Draws a tally over `cells` cells: each part as long as its share of `whole` (or of all parts, if they are more). A
/// part that is not nothing gets a cell as long as there are enough; what no part takes stays empty.
pub fn tally(pen: &mut Pen<'_>, cells: u16, parts: &[Part], whole: u32, theme: &Theme) {
    let cells = cells.min(pen.rest());
    let lengths = lengths(cells, parts, whole);
    let mut left = cells;
    for (index, (part, length)) in parts.iter().zip(lengths).enumerate() {
        // Neighbours differ in shape as well, for those who see no colours.
        let fill = theme.signs.fills[index % theme.signs.fills.len()];
        pen.repeat(fill, length, theme.status(part.tone));
        left -= length;
    }
    pen.repeat(theme.signs.empty, left, theme.faint);
}

/// Whole cells per part: never more than `cells` together, and exact when the parts are all of the whole.
fn lengths(cells: u16, parts: &[Part], whole: u32) -> Vec<u16> {
    let sum: u64 = parts.iter().map(|part| u64::from(part.amount)).sum();
    let whole = sum.max(u64::from(whole)).max(1);
    // Rounding where each part ends, not how long it is, keeps the sum right.
    let end =
        |amount: u64| u16::try_from((amount * u64::from(cells) * 2 + whole) / (whole * 2)).unwrap_or(cells).min(cells);
    let mut before = 0;
    let mut lengths: Vec<u16> = Vec::with_capacity(parts.len());
    for part in parts {
        let after = before + u64::from(part.amount);
        lengths.push(end(after) - end(before));
        before = after;
    }
    let wanted = parts.iter().filter(|part| part.amount > 0).count();
    if usize::from(cells) >= wanted {
        while let Some(starved) = (0..parts.len()).find(|index| parts[*index].amount > 0 && lengths[*index] == 0) {
            if lengths.iter().sum::<u16>() == cells {
                let Some(richest) = (0..parts.len()).max_by_key(|index| lengths[*index]) else { break };
                lengths[richest] -= 1;
            }
            lengths[starved] = 1;
        }
    }
    lengths
}

/// Draws a share of `part` in `whole` over `cells` cells, in eighths of a cell where the signs have them.
pub fn share(pen: &mut Pen<'_>, cells: u16, part: u64, whole: u64, style: Style, theme: &Theme) {
    let cells = cells.min(pen.rest());
    let eighths = u128::from(part.min(whole)) * u128::from(cells) * 8 / u128::from(whole.max(1));
    let (full, rest) = (u16::try_from(eighths / 8).unwrap_or(cells), usize::try_from(eighths % 8).unwrap_or(0));
    pen.repeat(theme.signs.eighths[7], full, style);
    let mut left = cells - full;
    let partial = rest.checked_sub(1).map_or(" ", |index| theme.signs.eighths[index]);
    if partial != " " {
        pen.repeat(partial, 1, style);
        left -= 1;
    }
    pen.repeat(theme.signs.empty, left, theme.faint);
}

/// Draws a share as a bar and a percentage, `cells` wide together; without a whole, `none` (such as "no votes").
pub fn percentage(pen: &mut Pen<'_>, cells: u16, part: u64, whole: u64, none: &str, style: Style, theme: &Theme) {
    if whole == 0 {
        pen.put(none, theme.faint);
        return;
    }
    let percent = (u128::from(part.min(whole)) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
    let cells = cells.min(pen.rest());
    if cells > 8 {
        share(pen, cells - 6, part, whole, style, theme);
        pen.put(" ", theme.text);
    }
    pen.put(&format!("{percent:>3} %"), style);
}

/// Draws progress: a bar over what is left of the line, and `done/all` behind it.
pub fn progress(pen: &mut Pen<'_>, done: u64, all: u64, theme: &Theme) {
    let count = format!(" {done}/{all}");
    let room = pen.rest().saturating_sub(u16::try_from(count.len()).unwrap_or(u16::MAX));
    share(pen, room, done, all, theme.accent, theme);
    pen.put(&count, theme.text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::super::signs::Signs;
    use super::super::snapshot;
    use super::super::theme::Mode;
    use super::*;

    const PARTS: [Tone; 3] = [Tone::Good, Tone::Bad, Tone::Question];

    fn parts(amounts: [u32; 3]) -> [Part; 3] {
        std::array::from_fn(|index| Part { amount: amounts[index], tone: PARTS[index] })
    }

    fn shot(signs: Signs) -> String {
        let theme = Theme::new(Mode::Dark, signs);
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 7));
        let mut line = 0;
        let mut draw = |draw: &dyn Fn(&mut Pen<'_>)| {
            draw(&mut Pen::new(Rect::new(0, line, 24, 1), &mut buf, theme.signs.ellipsis));
            line += 1;
        };
        draw(&|pen| tally(pen, 10, &parts([3, 1, 1]), 5, &theme));
        draw(&|pen| tally(pen, 10, &parts([1, 0, 100]), 0, &theme));
        draw(&|pen| tally(pen, 10, &parts([2, 1, 0]), 9, &theme));
        draw(&|pen| share(pen, 10, 37, 100, theme.accent, &theme));
        draw(&|pen| percentage(pen, 16, 2, 3, "no votes", theme.ok, &theme));
        draw(&|pen| percentage(pen, 16, 0, 0, "no votes", theme.ok, &theme));
        draw(&|pen| progress(pen, 45, 200, &theme));
        snapshot::styled(&buf)
    }

    #[test]
    fn bars_are_readable_with_and_without_unicode() {
        insta::assert_snapshot!("bars", shot(Signs::UNICODE));
        insta::assert_snapshot!("bars_ascii", shot(Signs::ASCII));
    }

    proptest! {
        #[test]
        fn a_tally_is_exact(cells in 0u16..200, amounts: [u32; 3], whole: u32) {
            let parts = parts(amounts);
            let lengths = lengths(cells, &parts, whole);
            let sum: u64 = amounts.iter().copied().map(u64::from).sum();
            let drawn = u64::from(lengths.iter().sum::<u16>());
            prop_assert!(drawn <= u64::from(cells));
            if sum >= u64::from(whole) && sum > 0 {
                prop_assert_eq!(drawn, u64::from(cells));
            }
            if cells >= 3 {
                for (part, length) in parts.iter().zip(lengths) {
                    prop_assert_eq!(part.amount > 0, length > 0);
                }
            }
        }

        #[test]
        fn no_bar_breaks(width in 0u16..40, cells: u16, part: u64, whole: u64) {
            let theme = Theme::default();
            let mut buf = Buffer::empty(Rect::new(0, 0, 30, 1));
            let area = Rect::new(3, 0, width, 1);
            share(&mut Pen::new(area, &mut buf, "…"), cells, part, whole, theme.ok, &theme);
            percentage(&mut Pen::new(area, &mut buf, "…"), cells, part, whole, "none", theme.ok, &theme);
            progress(&mut Pen::new(area, &mut buf, "…"), part, whole, &theme);
        }
    }
}

//! A buffer as readable text, for snapshots: every line of the screen with a line of style letters under it, and a
//! legend that says what each letter looks like.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Color;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The text of a buffer, line by line, without trailing blanks.
pub fn text(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        let mut line = String::new();
        cells(buf, y, |cell, _| line.push_str(cell.symbol()));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The text of a buffer with its styles: under each line that has any, one letter per cell (`.` is the terminal's own
/// look), and at the end what the letters mean.
pub fn styled(buf: &Buffer) -> String {
    let mut out = String::new();
    let mut legend: Vec<String> = Vec::new();
    for y in buf.area.top()..buf.area.bottom() {
        let (mut line, mut letters) = (String::new(), String::new());
        cells(buf, y, |cell, width| {
            line.push_str(cell.symbol());
            let letter = letter(&mut legend, describe(cell));
            letters.extend(std::iter::repeat_n(letter, usize::from(width)));
        });
        let _ = writeln!(out, "|{}", line.trim_end());
        let letters = letters.trim_end_matches('.');
        if !letters.is_empty() {
            let _ = writeln!(out, ":{letters}");
        }
    }
    for (index, style) in legend.iter().enumerate() {
        let _ = writeln!(out, "{} = {style}", char::from(LETTERS[index % LETTERS.len()]));
    }
    out
}

/// Calls `see` with every cell of a row that is not the hidden half of a wide one, and with its width.
fn cells(buf: &Buffer, y: u16, mut see: impl FnMut(&Cell, u16)) {
    let mut x = buf.area.left();
    while x < buf.area.right() {
        let Some(cell) = buf.cell((x, y)) else { return };
        let width = cell.cell_width().max(1);
        see(cell, width);
        x = x.saturating_add(width);
    }
}

fn letter(legend: &mut Vec<String>, style: String) -> char {
    if style.is_empty() {
        return '.';
    }
    let index = legend.iter().position(|known| *known == style).unwrap_or_else(|| {
        legend.push(style);
        legend.len() - 1
    });
    char::from(LETTERS[index % LETTERS.len()])
}

fn describe(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        parts.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    parts.extend(cell.modifier.iter_names().map(|(name, _)| name.to_lowercase().replace('_', " ")));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    use super::*;

    #[test]
    fn styles_are_readable() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 8, 2));
        buf.set_string(0, 0, "東 ok", Style::new().fg(Color::Indexed(75)).add_modifier(Modifier::BOLD));
        buf.set_string(2, 1, "plain", Style::new());
        assert_eq!(text(&buf), "東 ok\n  plain\n");
        assert_eq!(styled(&buf), "|東 ok\n:aaaaa\n|  plain\na = 75 bold\n");
    }
}

//! Plain tables for the terminal and for pipes.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use crate::domain::text::inert;

/// Writes rows under their heads, columns two spaces apart. Texts come from the database: they are made inert.
pub(super) fn write<const N: usize>(out: &mut impl Write, heads: [&str; N], rows: &[[String; N]]) -> io::Result<()> {
    let cells: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| inert(cell).into_owned())).collect();
    let mut widths = heads.map(|head| head.width());
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut line = |cells: &[&str]| {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(&widths) {
            text += cell;
            text += &" ".repeat(width - cell.width() + 2);
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&heads)?;
    for row in &cells {
        line(&row.each_ref().map(String::as_str))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut out = Vec::new();
        let rows = [["東京".to_owned(), "a\u{1b}b".to_owned()], ["é".to_owned(), String::new()]];
        write(&mut out, ["NAME", "X"], &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "NAME  X\n東京  a\u{FFFD}b\né\n");
    }
}

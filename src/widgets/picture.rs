//! Pictures: what a terminal shows of them, and how one is drawn with coloured half cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// How a terminal shows pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Show {
    /// Not at all.
    #[default]
    Nothing,
    /// With two colours in each cell, one above the other.
    Blocks,
    /// As they are.
    Pixels {
        /// Width and height of a cell in pixels, at least one.
        cell: (u16, u16),
    },
}

impl Show {
    /// Whether there is anything to be seen.
    pub fn possible(self) -> bool {
        self != Show::Nothing
    }

    /// Pixels of a cell, across and down.
    fn cell(self) -> (u16, u16) {
        match self {
            Show::Nothing | Show::Blocks => (1, 2),
            Show::Pixels { cell } => cell,
        }
    }

    /// The pixels that an area of so many cells has.
    pub fn pixels(self, columns: u16, rows: u16) -> (u16, u16) {
        let (width, height) = self.cell();
        (columns.saturating_mul(width), rows.saturating_mul(height))
    }

    /// The cells that a picture covers.
    pub fn cells(self, (width, height): (u16, u16)) -> (u16, u16) {
        let (across, down) = self.cell();
        (width.div_ceil(across.max(1)), height.div_ceil(down.max(1)))
    }
}

/// Blanks the cells of an area, for a picture that is drawn over them.
pub fn draw_blank(area: Rect, buf: &mut Buffer) {
    for position in area.intersection(buf.area).positions() {
        buf[position].reset();
    }
}

/// Draws a picture of so many pixels, three bytes each, from the top left of an area; what does not fit is left out.
pub fn draw_blocks(area: Rect, buf: &mut Buffer, (width, height): (u16, u16), rgb: &[u8]) {
    let colour = |x: u16, y: u16| {
        let at = (usize::from(y) * usize::from(width) + usize::from(x)) * 3;
        let pixel = (x < width && y < height).then(|| rgb.get(at..at + 3)).flatten()?;
        Some(Color::Rgb(pixel[0], pixel[1], pixel[2]))
    };
    for position in area.intersection(buf.area).positions() {
        let (x, y) = (position.x - area.x, (position.y - area.y).saturating_mul(2));
        let cell = &mut buf[position];
        match (colour(x, y), colour(x, y.saturating_add(1))) {
            (None, _) => continue,
            (Some(colour), below) if below == Some(colour) => cell.set_symbol(" ").set_style(Style::new().bg(colour)),
            (Some(above), below) => {
                cell.set_symbol("▀").set_style(Style::new().fg(above).bg(below.unwrap_or(Color::Reset)))
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: [u8; 3] = [255, 0, 0];
    const BLUE: [u8; 3] = [0, 0, 255];

    #[test]
    fn two_pixels_stand_in_a_cell() {
        // Two columns, three rows: red over blue, red over red; then a half row.
        let rgb: Vec<u8> = [RED, RED, BLUE, RED, BLUE, BLUE].concat();
        let mut buf = Buffer::with_lines(["....", "....", "...."]);
        draw_blocks(Rect::new(1, 0, 3, 3), &mut buf, (2, 3), &rgb);
        let (red, blue) = (Color::Rgb(255, 0, 0), Color::Rgb(0, 0, 255));
        let seen = |x: u16, y: u16| (buf[(x, y)].symbol().to_owned(), buf[(x, y)].fg, buf[(x, y)].bg);
        assert_eq!(seen(1, 0), ("▀".to_owned(), red, blue));
        assert_eq!(seen(2, 0), (" ".to_owned(), Color::Reset, red));
        assert_eq!(seen(1, 1), ("▀".to_owned(), blue, Color::Reset));
        for outside in [(0, 0), (3, 0), (1, 2)] {
            assert_eq!(seen(outside.0, outside.1).0, ".", "{outside:?}");
        }
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let mut buf = Buffer::with_lines(["..", ".."]);
        draw_blocks(Rect::new(1, 1, 9, 9), &mut buf, (9, 9), &[7; 9 * 9 * 3]);
        draw_blocks(Rect::new(0, 0, 2, 2), &mut buf, (9, 9), &[]);
        assert_eq!((buf[(0, 0)].symbol(), buf[(1, 1)].bg), (".", Color::Rgb(7, 7, 7)));
        draw_blank(Rect::new(0, 1, 50, 50), &mut buf);
        assert_eq!((buf[(0, 0)].symbol(), buf[(0, 1)].symbol()), (".", " "));
    }

    #[test]
    fn cells_and_pixels_fit_each_other() {
        let show = Show::Pixels { cell: (9, 18) };
        assert_eq!((show.pixels(10, 5), show.cells((90, 90)), show.cells((91, 91))), ((90, 90), (10, 5), (11, 6)));
        assert_eq!((Show::Blocks.pixels(10, 5), Show::Blocks.cells((10, 9))), ((10, 10), (10, 5)));
        assert!(!Show::Nothing.possible() && Show::Blocks.possible());
    }
}

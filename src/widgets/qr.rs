//! A QR code in half blocks, for a phone's camera.

use qrcode::{EcLevel, QrCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::theme::Mode;

/// How much light ground stands around a code, in modules: as the standard asks, and what every phone is content with.
const QUIET: [usize; 2] = [4, 2];

/// Black and white of the 256, so that the code looks the same on every background.
const BLACK: Color = Color::Indexed(16);
const WHITE: Color = Color::Indexed(231);

/// A code, as modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The smallest code of a text; `None`: it is too long for any.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let dark = code.to_colors().into_iter().map(|colour| colour == qrcode::Color::Dark).collect();
        Some(Self { width: code.width(), dark })
    }

    /// How many cells it takes with so much quiet around it.
    fn cells(&self, quiet: usize) -> (u16, u16) {
        let side = self.width + 2 * quiet;
        let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        (cells(side), cells(side.div_ceil(2)))
    }

    /// How many cells it takes in a room of so many: with the wider margin where that fits; `None`: it does not fit at all.
    pub fn size(&self, room: (u16, u16)) -> Option<(u16, u16)> {
        self.quiet(room).map(|quiet| self.cells(quiet))
    }

    fn quiet(&self, room: (u16, u16)) -> Option<usize> {
        QUIET.into_iter().find(|quiet| {
            let (width, height) = self.cells(*quiet);
            width <= room.0 && height <= room.1
        })
    }

    /// Draws it at the top left of an area and tells which cells it covers; `None`: it does not fit, and nothing is drawn.
    ///
    /// Every cell has the same two colours, dark on light, and its glyph paints what the terminal's own text colour would
    /// paint: so it is right side up even where the colours are taken away.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, mode: Mode) -> Option<Rect> {
        let area = area.intersection(buf.area);
        let quiet = self.quiet((area.width, area.height))?;
        let (width, height) = self.cells(quiet);
        let place = Rect { width, height, ..area };
        let style = match mode {
            Mode::Dark => Style::new().fg(WHITE).bg(BLACK),
            Mode::Light => Style::new().fg(BLACK).bg(WHITE),
        };
        for y in 0..height {
            for x in 0..width {
                let painted = |row: u16| self.is_dark(x, y * 2 + row, quiet) == (mode == Mode::Light);
                let symbol = match (painted(0), painted(1)) {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => " ",
                };
                if let Some(cell) = buf.cell_mut((place.x + x, place.y + y)) {
                    cell.reset();
                    cell.set_symbol(symbol).set_style(style);
                }
            }
        }
        Some(place)
    }

    /// Whether a module is dark; around the code all are light.
    fn is_dark(&self, x: u16, y: u16, quiet: usize) -> bool {
        let inside = |n: u16| usize::from(n).checked_sub(quiet).filter(|n| *n < self.width);
        inside(x).zip(inside(y)).is_some_and(|(x, y)| self.dark.get(y * self.width + x).copied().unwrap_or(false))
    }
}

/// What a camera reads in a buffer: the cells as pixels, light or dark by their own colours.
#[cfg(test)]
pub(crate) fn read(buf: &Buffer) -> Vec<String> {
    const MODULE: usize = 4;
    let (columns, rows) = (usize::from(buf.area.width), usize::from(buf.area.height));
    let light = |x: usize, y: usize| {
        let at = (buf.area.x + (x / MODULE) as u16, buf.area.y + (y / (2 * MODULE)) as u16);
        let cell = &buf[at];
        let below = (y / MODULE) % 2 == 1;
        let painted = match cell.symbol() {
            "█" => true,
            "▀" => !below,
            "▄" => below,
            _ => false,
        };
        let colour = if painted { cell.fg } else { cell.bg };
        // The terminal's own ground is neither black nor white here.
        match colour {
            WHITE => 255,
            BLACK => 0,
            _ => 60,
        }
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(columns * MODULE, rows * 2 * MODULE, light);
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use proptest::prelude::*;

    use super::*;

    fn drawn(text: &str, size: (u16, u16), mode: Mode) -> (Buffer, Option<Rect>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, size.0 + 6, size.1 + 4));
        let place = Qr::of(text).unwrap().draw(Rect::new(3, 2, size.0, size.1), &mut buf, mode);
        (buf, place)
    }

    #[test]
    fn a_camera_reads_what_was_written() {
        let long = format!("https://media.example.org/{}.mp4", "a".repeat(75));
        for text in ["https://youtu.be/dQw4w9WgXcQ", "https://example.org/uploads/film-1.mp4?x=%20&y=2", &long, "é東"]
        {
            for mode in [Mode::Dark, Mode::Light] {
                let (buf, place) = drawn(text, (80, 40), mode);
                assert_eq!(read(&buf), [text], "{mode:?} {place:?}");
            }
        }
    }

    #[test]
    fn it_fits_a_small_terminal() {
        // Version 5 at its fullest, on 80 columns and 21 rows: with the narrower margin.
        let text = "x".repeat(106);
        for mode in [Mode::Dark, Mode::Light] {
            let (buf, place) = drawn(&text, (80, 21), mode);
            assert_eq!(place, Some(Rect::new(3, 2, 41, 21)));
            assert_eq!(read(&buf), [text.as_str()]);
        }
        let code = Qr::of(&text).unwrap();
        assert_eq!((code.size((80, 23)), code.size((80, 20)), code.size((40, 40))), (Some((45, 23)), None, None));
        assert_eq!(drawn(&text, (80, 20), Mode::Dark).0, Buffer::empty(Rect::new(0, 0, 86, 24)));
        assert_eq!(Qr::of(&"x".repeat(3_000)), None);
    }

    #[test]
    fn it_is_dark_on_light_on_every_ground() {
        let seen = |mode| {
            let (buf, place) = drawn("https://youtu.be/dQw4w9WgXcQ", (80, 40), mode);
            let place = place.unwrap();
            let corner = &buf[(place.x, place.y)];
            (corner.symbol().to_owned(), corner.fg, corner.bg)
        };
        assert_eq!(seen(Mode::Dark), ("█".to_owned(), WHITE, BLACK));
        assert_eq!(seen(Mode::Light), (" ".to_owned(), BLACK, WHITE));
    }

    proptest! {
        #[test]
        fn it_stays_in_its_area((x, y, width, height) in (0u16..60, 0u16..30, 0u16..60, 0u16..30)) {
            let mut buf = Buffer::filled(Rect::new(1, 1, 50, 25), ratatui::buffer::Cell::new("#"));
            let area = Rect::new(x, y, width, height);
            let place = Qr::of("https://youtu.be/dQw4w9WgXcQ").unwrap().draw(area, &mut buf, Mode::Dark);
            for y in buf.area.top()..buf.area.bottom() {
                for x in buf.area.left()..buf.area.right() {
                    let inside = place.is_some_and(|place| place.contains((x, y).into()));
                    prop_assert_eq!(inside, buf[(x, y)].symbol() != "#");
                    prop_assert!(!inside || area.contains((x, y).into()));
                }
            }
        }
    }
}

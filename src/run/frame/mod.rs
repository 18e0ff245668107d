//! The frame writer: a buffer of cells in, the bytes out that bring a terminal from the last frame to this one.
//!
//! This is the one diff that is written by hand. Per session it keeps a number per cell, not a second buffer, it
//! writes links and clusters that a cell-by-cell diff cannot, and nothing that a text could hide in itself reaches
//! the terminal raw, whichever screen forgot to clean it.
//!
//! ```text
//! caps.rs   what the terminal can show      pen.rs    the shortest way from one style to another
//! glyph.rs  what of a cell may be written   ascii.rs  what stands for it without UTF-8
//! links.rs  which cells are links           modes.rs  taking a terminal over and giving it back
//! easel.rs  pictures over the cells         encode.rs, graphics.rs  in which protocol
//! ```

mod ascii;
mod caps;
mod easel;
mod encode;
mod glyph;
mod graphics;
mod links;
mod modes;
mod pen;
#[cfg(test)]
mod tests;

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use foldhash::fast::FixedState;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

pub use caps::{Caps, Colours};
pub use easel::Placed;
pub use encode::{Encoded, encode};
pub use glyph::inert;
pub use graphics::{Graphics, cell_size};
pub use modes::{ENTER, LEAVE, TooLong, copy};

use easel::Easel;
use glyph::Glyph;
use links::Links;
use pen::{Look, Pen, push_number};

/// A frame with more bytes than this is marked as one update, or drawn without the cursor.
const MANY: usize = 128;

/// So many blank cells at the end of a row are erased rather than written.
const ERASE_FROM: usize = 4;

/// The bits of a cell's number that hold its width; the rest is a hash of all that can be seen of it.
const WIDTH: u64 = 0b11;

/// The number of a cell that a wide glyph to its left covers.
const COVERED: u64 = 0;

/// Where the terminal's cursor stands, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct At {
    x: Option<u16>,
    y: Option<u16>,
}

/// Writes frames to one terminal, differences only.
#[derive(Debug)]
pub struct FrameWriter {
    /// One number per cell: hash and width of what the terminal shows there.
    cells: Vec<u64>,
    size: (u16, u16),
    caps: Caps,
    /// Whether the next frame begins with clearing the screen.
    stale: bool,
    at: At,
    pen: Pen,
    /// The hash of the link that is being written, 0 outside links.
    link: u64,
    cursor_shown: bool,
    easel: Easel,
    hasher: FixedState,
}

impl Default for FrameWriter {
    fn default() -> Self {
        Self::new()
    }
}

/// What stays the same while one frame is written.
struct Frame<'a> {
    cells: &'a [Cell],
    links: Links<'a>,
}

/// One cell that changed.
struct Change<'a> {
    x: u16,
    y: u16,
    glyph: Glyph<'a>,
    look: Look,
    blank: bool,
    link: (u64, Option<&'a str>),
}

impl FrameWriter {
    /// A writer for a terminal that has been sent [`ENTER`].
    pub fn new() -> Self {
        Self {
            cells: Vec::new(),
            size: (0, 0),
            caps: Caps::default(),
            stale: true,
            at: At::default(),
            pen: Pen::RESET,
            link: 0,
            cursor_shown: false,
            easel: Easel::default(),
            // A seed per session: which texts collide is not to be known from outside.
            hasher: FixedState::with_seed(RandomState::new().hash_one(0_u8)),
        }
    }

    /// Forgets what the terminal shows: the next frame clears it and writes everything.
    pub fn invalidate(&mut self) {
        self.stale = true;
    }

    /// Says which pictures stand over the next frames, until it is said anew. Their cells are to be blank.
    pub fn hang(&mut self, pictures: Vec<Placed>) {
        self.easel.hang(pictures);
    }

    /// Whether a picture is not wholly sent yet, so that another frame is needed.
    pub fn unfinished(&self) -> bool {
        self.easel.unfinished()
    }

    /// Appends to `out` what brings the terminal from the last frame to `buf`; nothing when nothing changed.
    ///
    /// `links` are areas of the frame with their addresses; only harmless web addresses are written. A frame of
    /// another size, or for other capabilities, is written whole.
    pub fn write(
        &mut self,
        buf: &Buffer,
        cursor: Option<Position>,
        links: &[(Rect, String)],
        caps: &Caps,
        out: &mut Vec<u8>,
    ) {
        let start = out.len();
        let size = (buf.area.width, buf.area.height);
        if self.stale || self.size != size || self.caps != *caps {
            self.begin_anew(size, *caps, out);
        }
        for area in self.easel.take_down(out) {
            self.spoil(area);
        }
        let frame = Frame {
            cells: &buf.content,
            links: if caps.links { Links::new(links, &self.hasher) } else { Links::none() },
        };
        for y in 0..size.1 {
            self.row(&frame, y, out);
        }
        self.set_link((0, None), out);
        if self.easel.put_up(out) {
            self.at = At::default();
        }
        self.finish(cursor, start, out);
    }

    /// What the terminal shows in these cells is not what was written there.
    fn spoil(&mut self, area: Rect) {
        let area = area.intersection(Rect::new(0, 0, self.size.0, self.size.1));
        for y in area.rows().map(|row| usize::from(row.y)) {
            let row = y * usize::from(self.size.0);
            self.cells[row + usize::from(area.left())..row + usize::from(area.right())].fill(COVERED);
        }
    }

    fn begin_anew(&mut self, size: (u16, u16), caps: Caps, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[0m\x1b[2J");
        self.easel.begin_anew(out);
        self.size = size;
        self.caps = caps;
        self.stale = false;
        self.at = At::default();
        self.pen = Pen::RESET;
        self.cells.clear();
        self.cells.shrink_to(usize::from(size.0) * usize::from(size.1));
        let blank = self.number(" ", Look::PLAIN, 0) | 1;
        self.cells.resize(usize::from(size.0) * usize::from(size.1), blank);
    }

    /// The hash of a cell, without its width.
    fn number(&self, symbol: &str, look: Look, link: u64) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write_u64(
            u64::from(code(look.fg)) | u64::from(code(look.bg)) << 26 | u64::from(look.modifier.bits()) << 52,
        );
        hasher.write_u64(link);
        hasher.write(symbol.as_bytes());
        hasher.finish() & !WIDTH
    }

    fn row(&mut self, frame: &Frame<'_>, y: u16, out: &mut Vec<u8>) {
        let width = self.size.0;
        let base = usize::from(y) * usize::from(width);
        let row = &frame.cells[base..base + usize::from(width)];
        let linked = frame.links.in_row(y);
        let tail = if linked { width } else { blank_tail(row) };
        // Up to here the terminal may have drawn over cells that did not change.
        let mut spoilt = 0;
        let mut x = 0;
        while x < width {
            let at = base + usize::from(x);
            let cell = &row[usize::from(x)];
            let symbol = cell.symbol();
            let blank = symbol == " ";
            let look = Look::of(cell.fg, cell.bg, cell.modifier, blank);
            let link = if linked { frame.links.at(x, y) } else { (0, None) };
            let number = self.number(symbol, look, link.0);
            let old = self.cells[at];
            if old & !WIDTH == number && old & WIDTH != 0 && x >= spoilt {
                x += (old & WIDTH) as u16;
                continue;
            }
            if x >= tail && self.erase_rest(x, y, frame, out) {
                return;
            }
            let glyph = Glyph::new(symbol, width - x, self.caps.utf8);
            let covered = usize::from(glyph.width);
            self.cells[at] = number | covered as u64;
            self.cells[at + 1..at + covered].fill(COVERED);
            spoilt = spoilt.max(x + glyph.most);
            let next = x + glyph.width;
            // A cell of a link is not written again in passing: it would lose its link.
            let again = (!linked).then_some(row);
            self.put(&Change { x, y, glyph, look, blank, link }, again, out);
            x = next;
        }
    }

    /// Erases from `x` to the end of the row if that is shorter than writing the blanks that changed.
    fn erase_rest(&mut self, x: u16, y: u16, frame: &Frame<'_>, out: &mut Vec<u8>) -> bool {
        let base = usize::from(y) * usize::from(self.size.0);
        let rest = base + usize::from(x)..base + usize::from(self.size.0);
        let blank = self.number(" ", Look::PLAIN, 0) | 1;
        if self.cells[rest.clone()].iter().filter(|n| **n != blank).count() < ERASE_FROM {
            return false;
        }
        self.set_link((0, None), out);
        self.go_to(x, y, Some(&frame.cells[base..]), out);
        if !self.pen.suits_blank(Look::PLAIN, self.caps.colour) {
            self.pen.change_to(Look::PLAIN, self.caps.colour, out);
        }
        out.extend_from_slice(b"\x1b[K");
        self.cells[rest].fill(blank);
        true
    }

    fn put(&mut self, change: &Change<'_>, row: Option<&[Cell]>, out: &mut Vec<u8>) {
        let Change { x, y, glyph, .. } = *change;
        self.set_link(change.link, out);
        self.go_to(x, y, row, out);
        if !(change.blank && self.pen.suits_blank(change.look, self.caps.colour)) {
            self.pen.change_to(change.look, self.caps.colour, out);
        }
        if glyph.least < glyph.width && glyph.width <= glyph.most {
            // A terminal that draws it narrower would keep what stood to its right.
            spaces(glyph.width, out);
            self.at.x = None;
            self.go_to(x, y, None, out);
        }
        glyph.text.write(out);
        spaces(glyph.width.saturating_sub(glyph.most), out);
        let next = x + glyph.width;
        self.at.x = (glyph.sure && next < self.size.0).then_some(next);
    }

    /// Begins, changes or ends the link that the next cells belong to.
    fn set_link(&mut self, link: (u64, Option<&str>), out: &mut Vec<u8>) {
        if self.link != link.0 {
            links::write(link.1, out);
            self.link = link.0;
        }
    }

    /// Moves the cursor the shortest way; `row` are the cells of row `y`, if they may be written again.
    fn go_to(&mut self, x: u16, y: u16, row: Option<&[Cell]>, out: &mut Vec<u8>) {
        let from = self.at;
        self.at = At { x: Some(x), y: Some(y) };
        if from == self.at {
            return;
        }
        match (from.x, from.y) {
            (_, Some(old)) if old == y && x == 0 => out.push(b'\r'),
            (_, Some(old)) if old + 1 == y && x == 0 => out.extend_from_slice(b"\r\n"),
            (Some(old), Some(line)) if line == y && old < x => self.forward(old, x, row, out),
            (_, Some(old)) if old == y => sequence(out, &[x + 1], b'G'),
            (Some(column), Some(old)) if column == x && old + 1 == y => {
                out.extend_from_slice(b"\x1b[B");
            }
            _ if x == 0 && y == 0 => out.extend_from_slice(b"\x1b[H"),
            _ if x == 0 => sequence(out, &[y + 1], b'H'),
            _ => sequence(out, &[y + 1, x + 1], b'H'),
        }
    }

    /// Moves right, by writing what stands in between where that is as short.
    fn forward(&self, from: u16, to: u16, row: Option<&[Cell]>, out: &mut Vec<u8>) {
        let between = row.map(|row| &row[usize::from(from)..usize::from(to)]);
        let fits = |cell: &Cell| {
            let blank = cell.symbol() == " ";
            let look = Look::of(cell.fg, cell.bg, cell.modifier, blank);
            let byte = matches!(cell.symbol().as_bytes(), [b' '..=b'~']);
            byte && (self.pen.is(look, self.caps.colour) || blank && self.pen.suits_blank(look, self.caps.colour))
        };
        match between {
            Some(cells) if cells.len() <= 3 && cells.iter().all(fits) => {
                cells.iter().for_each(|c| out.extend_from_slice(c.symbol().as_bytes()));
            }
            _ if to - from == 1 => out.extend_from_slice(b"\x1b[C"),
            _ => sequence(out, &[to - from], b'C'),
        }
    }

    /// Places the cursor and marks a large frame as one update.
    fn finish(&mut self, cursor: Option<Position>, start: usize, out: &mut Vec<u8>) {
        let large = out.len() - start > MANY;
        if large && self.cursor_shown && !self.caps.synchronized {
            out.splice(start..start, b"\x1b[?25l".iter().copied());
            self.cursor_shown = false;
        }
        match cursor.filter(|p| p.x < self.size.0 && p.y < self.size.1) {
            Some(position) => {
                self.go_to(position.x, position.y, None, out);
                if !self.cursor_shown {
                    out.extend_from_slice(b"\x1b[?25h");
                }
                self.cursor_shown = true;
            }
            None if self.cursor_shown => {
                out.extend_from_slice(b"\x1b[?25l");
                self.cursor_shown = false;
            }
            None => {}
        }
        if large && self.caps.synchronized {
            out.splice(start..start, b"\x1b[?2026h".iter().copied());
            out.extend_from_slice(b"\x1b[?2026l");
        }
    }
}

/// The first column from which a row is blank and plain to its end.
fn blank_tail(row: &[Cell]) -> u16 {
    let used = row
        .iter()
        .rposition(|cell| cell.symbol() != " " || Look::of(cell.fg, cell.bg, cell.modifier, true) != Look::PLAIN);
    // A row is at most 65,535 cells long.
    used.map_or(0, |last| last as u16 + 1)
}

/// A colour as 26 bits.
fn code(colour: Color) -> u32 {
    match colour {
        Color::Reset => 0,
        Color::Rgb(r, g, b) => 2 << 24 | u32::from_be_bytes([0, r, g, b]),
        Color::Indexed(i) => 1 << 24 | u32::from(i),
        Color::Black => 1,
        Color::Red => 2,
        Color::Green => 3,
        Color::Yellow => 4,
        Color::Blue => 5,
        Color::Magenta => 6,
        Color::Cyan => 7,
        Color::Gray => 8,
        Color::DarkGray => 9,
        Color::LightRed => 10,
        Color::LightGreen => 11,
        Color::LightYellow => 12,
        Color::LightBlue => 13,
        Color::LightMagenta => 14,
        Color::LightCyan => 15,
        Color::White => 16,
    }
}

fn spaces(count: u16, out: &mut Vec<u8>) {
    out.extend(std::iter::repeat_n(b' ', usize::from(count)));
}

fn sequence(out: &mut Vec<u8>, numbers: &[u16], end: u8) {
    out.extend_from_slice(b"\x1b[");
    for (i, number) in numbers.iter().enumerate() {
        if i > 0 {
            out.push(b';');
        }
        push_number(out, *number);
    }
    out.push(end);
}

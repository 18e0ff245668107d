//! Pictures over the cells of a frame: put up once, left alone while they stay, taken down when they go.
//!
//! A terminal of kitty's kind is given a picture once and then told where it stands; it comes in pieces over several
//! frames, so that keys are answered between them. Sixels and inline images are drawn like ink: whatever is written over
//! their cells takes them away, so that these cells are written again when a picture goes.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::encode::Encoded;
use super::graphics::Graphics;
use super::sequence;

/// The most bytes of base64 in one sequence of kitty's protocol.
const CHUNK: usize = 4096;

/// Sequences of a picture in one frame: what a slow line carries in the time of a few keys.
const CHUNKS: usize = 12;

/// Pictures that a terminal of kitty's kind keeps for us.
const LOADED: usize = 4;

/// A picture and the cells that it covers.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The cells.
    pub area: Rect,
    /// The picture.
    pub picture: Arc<Encoded>,
}

impl Placed {
    fn key(&self) -> (u64, Rect) {
        (self.picture.id, self.area)
    }
}

/// A picture on its way to a terminal of kitty's kind.
#[derive(Debug)]
struct Sending {
    picture: Arc<Encoded>,
    number: u32,
    at: usize,
}

/// What stands on a terminal, and what should.
#[derive(Debug, Default)]
pub(super) struct Easel {
    wanted: Vec<Placed>,
    /// What stands there: the picture, its cells.
    shown: Vec<(u64, Rect)>,
    /// What the terminal keeps for us, the latest last: the picture, its number there.
    loaded: Vec<(u64, u32)>,
    sending: Option<Sending>,
    /// Pictures sent so far.
    sent: u32,
}

impl Easel {
    /// Says what should stand on the next frame.
    pub(super) fn hang(&mut self, wanted: Vec<Placed>) {
        self.wanted = wanted;
    }

    /// Whether something is still to be sent, so that another frame is needed.
    pub(super) fn unfinished(&self) -> bool {
        self.sending.is_some() || self.wanted.iter().any(|placed| !self.shown.contains(&placed.key()))
    }

    /// The screen was cleared, and nothing is known of what the terminal keeps.
    pub(super) fn begin_anew(&mut self, out: &mut Vec<u8>) {
        self.abandon(out);
        for (_, number) in self.loaded.drain(..) {
            kitty(out, &format!("a=d,d=I,i={number},q=2"), b"");
        }
        self.shown.clear();
    }

    /// Takes down what should not stand any more; tells the cells that have to be written again.
    pub(super) fn take_down(&mut self, out: &mut Vec<u8>) -> Vec<Rect> {
        let unwanted = self.sending.as_ref().is_some_and(|sending| !self.wants(sending.picture.id));
        if unwanted {
            self.abandon(out);
        }
        let wanted = &self.wanted;
        let (stay, gone): (Vec<_>, Vec<_>) =
            self.shown.drain(..).partition(|shown| wanted.iter().any(|placed| placed.key() == *shown));
        self.shown = stay;
        let mut spoilt = Vec::new();
        for (id, area) in gone {
            match self.loaded.iter().find(|(loaded, _)| *loaded == id) {
                Some((_, number)) => kitty(out, &format!("a=d,d=i,i={number},p=1,q=2"), b""),
                None => spoilt.push(area),
            }
        }
        spoilt
    }

    /// Puts up what should stand and does not, as far as it fits this frame. Tells whether the cursor was moved.
    pub(super) fn put_up(&mut self, out: &mut Vec<u8>) -> bool {
        let missing: Vec<Placed> =
            self.wanted.iter().filter(|placed| !self.shown.contains(&placed.key())).cloned().collect();
        let mut moved = false;
        for placed in missing {
            let up = match placed.picture.graphics {
                Graphics::Kitty => self.put_kitty(&placed, out),
                Graphics::Iterm2 => {
                    go_to(placed.area, out);
                    iterm2(&placed, out);
                    true
                }
                Graphics::Sixel => {
                    go_to(placed.area, out);
                    out.extend_from_slice(&placed.picture.bytes);
                    true
                }
                Graphics::None | Graphics::Blocks => false,
            };
            if up {
                moved = true;
                self.shown.push(placed.key());
            }
        }
        moved
    }

    fn wants(&self, id: u64) -> bool {
        self.wanted.iter().any(|placed| placed.picture.id == id)
    }

    /// Sends more of a picture, and places it once it is there.
    fn put_kitty(&mut self, placed: &Placed, out: &mut Vec<u8>) -> bool {
        let id = placed.picture.id;
        let loaded = self.loaded.iter().find(|(loaded, _)| *loaded == id).map(|(_, number)| *number);
        let Some(number) = loaded.or_else(|| self.send(&placed.picture, out)) else { return false };
        go_to(placed.area, out);
        let Rect { width, height, .. } = placed.area;
        kitty(out, &format!("a=p,i={number},p=1,c={width},r={height},C=1,q=2"), b"");
        true
    }

    /// Sends the next piece of a picture; its number once all is sent. One picture at a time, as the protocol wants it.
    fn send(&mut self, picture: &Arc<Encoded>, out: &mut Vec<u8>) -> Option<u32> {
        if self.sending.is_none() {
            self.sent += 1;
            self.sending = Some(Sending { picture: Arc::clone(picture), number: self.sent, at: 0 });
        }
        let sending = self.sending.as_mut().filter(|sending| sending.picture.id == picture.id)?;
        for _ in 0..CHUNKS {
            let rest = &sending.picture.bytes[sending.at..];
            let (piece, more) = (&rest[..rest.len().min(CHUNK)], rest.len() > CHUNK);
            let keys = match sending.at {
                0 => format!("a=t,f=100,t=d,i={},q=2,m={}", sending.number, u8::from(more)),
                _ => format!("q=2,m={}", u8::from(more)),
            };
            kitty(out, &keys, piece);
            sending.at += piece.len();
            if !more {
                let number = sending.number;
                self.sending = None;
                self.keep(picture.id, number, out);
                return Some(number);
            }
        }
        None
    }

    /// The terminal has a picture now; it forgets the oldest that does not stand.
    fn keep(&mut self, id: u64, number: u32, out: &mut Vec<u8>) {
        self.loaded.push((id, number));
        if self.loaded.len() > LOADED {
            let idle = |(id, _): &(u64, u32)| !self.shown.iter().any(|(shown, _)| shown == id) && !self.wants(*id);
            if let Some(at) = self.loaded.iter().position(idle) {
                let (_, number) = self.loaded.remove(at);
                kitty(out, &format!("a=d,d=I,i={number},q=2"), b"");
            }
        }
    }

    /// Ends a picture that is half sent: nothing else of the protocol may come before its end.
    fn abandon(&mut self, out: &mut Vec<u8>) {
        if let Some(sending) = self.sending.take() {
            kitty(out, "q=2,m=0", b"");
            kitty(out, &format!("a=d,d=I,i={},q=2", sending.number), b"");
        }
    }
}

/// One sequence of kitty's protocol. `q=2` in the keys keeps the terminal from answering.
fn kitty(out: &mut Vec<u8>, keys: &str, payload: &[u8]) {
    out.extend_from_slice(b"\x1b_G");
    out.extend_from_slice(keys.as_bytes());
    if !payload.is_empty() {
        out.push(b';');
        out.extend_from_slice(payload);
    }
    out.extend_from_slice(b"\x1b\\");
}

fn iterm2(placed: &Placed, out: &mut Vec<u8>) {
    let Rect { width, height, .. } = placed.area;
    let length = placed.picture.length;
    let head = format!(
        "\x1b]1337;File=inline=1;size={length};width={width};height={height};preserveAspectRatio=1;doNotMoveCursor=1:"
    );
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(&placed.picture.bytes);
    out.push(0x07);
}

fn go_to(area: Rect, out: &mut Vec<u8>) {
    sequence(out, &[area.y + 1, area.x + 1], b'H');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Position;

    use super::super::encode::encode;
    use super::super::encode::tests::gradient;
    use super::super::{Caps, Colours, FrameWriter};
    use super::*;

    /// A terminal and what hangs on it.
    struct Wall {
        writer: FrameWriter,
        caps: Caps,
        buf: Buffer,
    }

    impl Wall {
        fn new(graphics: Graphics) -> Self {
            let caps = Caps { colour: Colours::True, graphics, cell: Some((8, 16)), ..Caps::default() };
            let buf = Buffer::with_lines(["text      text", "          text", "          text", "below         "]);
            let mut wall = Self { writer: FrameWriter::new(), caps, buf };
            wall.frame(&[]);
            wall
        }

        fn frame(&mut self, pictures: &[(Rect, u64)]) -> String {
            let placed = |(area, id): &(Rect, u64)| {
                let pixels = gradient(*id, area.width * 8, area.height * 16);
                Placed { area: *area, picture: Arc::new(encode(&pixels, self.caps.graphics).unwrap()) }
            };
            self.writer.hang(pictures.iter().map(placed).collect());
            self.again()
        }

        fn again(&mut self) -> String {
            let mut out = Vec::new();
            self.writer.write(&self.buf, None, &[], &self.caps, &mut out);
            String::from_utf8(out).unwrap()
        }
    }

    /// The sequences of kitty's protocol in a frame: keys and payload.
    fn sequences(frame: &str) -> Vec<(&str, &str)> {
        let inner = frame.split("\x1b_G").skip(1).map(|part| part.split("\x1b\\").next().unwrap());
        inner.map(|part| part.split_once(';').unwrap_or((part, ""))).collect()
    }

    const HERE: Rect = Rect { x: 0, y: 1, width: 8, height: 2 };
    const THERE: Rect = Rect { x: 2, y: 1, width: 8, height: 2 };

    #[test]
    fn kitty_is_given_a_picture_once_and_told_where_it_stands() {
        let mut wall = Wall::new(Graphics::Kitty);
        let frame = wall.frame(&[(HERE, 7)]);
        let said = sequences(&frame);
        assert_eq!(said.last().unwrap().0, "a=p,i=1,p=1,c=8,r=2,C=1,q=2");
        assert!(said[0].0.starts_with("a=t,f=100,t=d,i=1,q=2,m="));
        let payload: String = said.iter().map(|(_, payload)| *payload).collect();
        let png = image::load_from_memory(&STANDARD.decode(payload).unwrap()).unwrap();
        assert_eq!((png.width(), png.height()), (64, 32));
        assert!(frame.contains("\x1b[2;1H") && frame.starts_with("\x1b[?2026h") && frame.ends_with("\x1b[?2026l"));
        assert!(said.iter().all(|(keys, _)| keys.contains("q=2")));
        // It stays, it moves, it goes, it comes back: nothing of it is sent again.
        assert_eq!(wall.frame(&[(HERE, 7)]), "");
        let keys = |frame: &str| sequences(frame).iter().map(|(keys, _)| (*keys).to_owned()).collect::<Vec<_>>();
        let moved = wall.frame(&[(THERE, 7)]);
        assert_eq!(keys(&moved), ["a=d,d=i,i=1,p=1,q=2", "a=p,i=1,p=1,c=8,r=2,C=1,q=2"]);
        assert_eq!(keys(&wall.frame(&[])), ["a=d,d=i,i=1,p=1,q=2"]);
        assert_eq!(wall.frame(&[]), "");
        assert_eq!(keys(&wall.frame(&[(HERE, 7)])), ["a=p,i=1,p=1,c=8,r=2,C=1,q=2"]);
        // After the screen was cleared nothing is taken for granted.
        wall.writer.invalidate();
        let anew = wall.again();
        assert_eq!(keys(&anew)[0], "a=d,d=I,i=1,q=2");
        assert_eq!(keys(&anew).last().unwrap(), "a=p,i=2,p=1,c=8,r=2,C=1,q=2");
    }

    /// A picture whose base64 is longer than a frame carries.
    fn large(id: u64) -> Placed {
        let bytes = vec![b'A'; CHUNK * CHUNKS * 2 + 10].into_boxed_slice();
        let picture = Encoded { id, graphics: Graphics::Kitty, length: 9, bytes };
        Placed { area: HERE, picture: Arc::new(picture) }
    }

    #[test]
    fn a_large_picture_comes_in_pieces_and_may_be_given_up() {
        let mut wall = Wall::new(Graphics::Kitty);
        wall.writer.hang(vec![large(1)]);
        let mut pieces = Vec::new();
        while wall.writer.unfinished() {
            let frame = wall.again();
            assert!(frame.len() < CHUNKS * (CHUNK + 100));
            pieces.push(frame);
        }
        assert_eq!((pieces.len(), wall.again().as_str()), (3, ""));
        let whole = pieces.concat();
        let said = sequences(&whole);
        assert!(said.iter().all(|(_, payload)| payload.len() <= CHUNK));
        assert_eq!(said.iter().map(|(_, payload)| payload.len()).sum::<usize>(), CHUNK * CHUNKS * 2 + 10);
        assert_eq!(said.iter().filter(|(keys, _)| keys.contains("m=0")).count(), 1);
        // Given up in the middle, it is ended before anything else is said.
        wall.writer.hang(vec![large(2)]);
        assert_eq!(sequences(&wall.again())[0].0, "a=d,d=i,i=1,p=1,q=2");
        wall.writer.hang(Vec::new());
        let frame = wall.again();
        let keys: Vec<&str> = sequences(&frame).iter().map(|(keys, _)| *keys).collect();
        assert_eq!(keys, ["q=2,m=0", "a=d,d=I,i=2,q=2"]);
        assert!(!wall.writer.unfinished());
    }

    #[test]
    fn the_terminal_keeps_a_few_pictures_only() {
        let mut wall = Wall::new(Graphics::Kitty);
        let freed: Vec<String> = (1..=6).map(|id| wall.frame(&[(HERE, id)])).collect();
        let freed = freed.concat();
        let freed: Vec<&str> = sequences(&freed).iter().map(|(keys, _)| *keys).filter(|k| k.contains("d=I")).collect();
        assert_eq!(freed, ["a=d,d=I,i=1,q=2", "a=d,d=I,i=2,q=2"]);
    }

    #[test]
    fn ink_is_drawn_once_and_its_cells_written_again_when_it_goes() {
        for (graphics, begins) in [(Graphics::Sixel, "\x1bP"), (Graphics::Iterm2, "\x1b]1337;File=inline=1;size=")] {
            let mut wall = Wall::new(graphics);
            let frame = wall.frame(&[(HERE, 7)]);
            assert!(frame.contains(&format!("\x1b[2;1H{begins}")), "{graphics:?}");
            assert_eq!(wall.frame(&[(HERE, 7)]), "");
            // What changes elsewhere leaves it alone.
            wall.buf.set_string(0, 3, "other", ratatui::style::Style::new());
            assert!(!wall.again().contains(begins));
            let moved = wall.frame(&[(THERE, 7)]);
            assert!(moved.contains(&format!("\x1b[2;3H{begins}")));
            let gone = wall.frame(&[]);
            let mut screen = vt100::Parser::new(4.try_into().unwrap(), 14.try_into().unwrap(), 0);
            screen.process(b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
            screen.process(gone.as_bytes());
            let rows: Vec<String> = screen.screen().rows(0, 14).collect();
            assert!(
                rows[0] == "x".repeat(14) && rows[1].starts_with("xx        ") && rows[2].starts_with("xx        ")
            );
            assert_eq!(wall.frame(&[]), "");
        }
    }

    #[test]
    fn iterm2_gets_the_cells_and_the_length() {
        let mut wall = Wall::new(Graphics::Iterm2);
        let frame = wall.frame(&[(HERE, 7)]);
        let (_, rest) = frame.split_once("\x1b]1337;File=").unwrap();
        let (head, rest) = rest.split_once(':').unwrap();
        let (payload, _) = rest.split_once('\x07').unwrap();
        let png = STANDARD.decode(payload).unwrap();
        assert!(head.contains(&format!("size={};width=8;height=2;", png.len())), "{head}");
        assert_eq!(image::load_from_memory(&png).unwrap().width(), 64);
    }

    #[test]
    fn the_cursor_is_placed_after_a_picture() {
        let mut wall = Wall::new(Graphics::Sixel);
        let draw = |wall: &mut Wall| {
            let mut out = Vec::new();
            wall.writer.write(&wall.buf, Some(Position::new(3, 3)), &[], &wall.caps, &mut out);
            String::from_utf8(out).unwrap()
        };
        draw(&mut wall);
        let pixels = gradient(7, 64, 32);
        let picture = Arc::new(encode(&pixels, Graphics::Sixel).unwrap());
        wall.writer.hang(vec![Placed { area: HERE, picture }]);
        assert!(draw(&mut wall).ends_with("\x1b\\\x1b[4;4H\x1b[?2026l"));
        assert_eq!(draw(&mut wall), "");
    }
}

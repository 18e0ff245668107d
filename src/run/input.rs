//! Bytes and events of a terminal → the messages of the app.

use std::collections::VecDeque;
use std::time::Duration;

use termina::Parser;
use termina::event::{Event as Parsed, KeyCode, KeyEventKind, Modifiers, MouseButton, MouseEventKind};

use tokio::time::Instant;

use crate::app::key::{Code, Key};
use crate::app::msg::{Mouse, MouseKind, Msg};

/// The longest pasted text that is taken, in bytes. What is longer is cut, and the app told so.
pub const PASTE_MAX: usize = 64 * 1024;

/// A sequence that goes on for longer than this is no sequence.
const PENDING_MAX: usize = 64 * 1024;

const ESC: u8 = 0x1b;

const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns the bytes of a terminal into messages, however they are cut into packets.
///
/// Pasted text is taken out before the parser sees it: it is by far the longest thing that a terminal sends, and only
/// its beginning is kept.
#[derive(Debug, Default)]
pub struct Decoder {
    /// There only in the middle of a sequence: most terminals say nothing most of the time.
    parser: Option<Parser>,
    /// Bytes that the parser holds back, waiting for more.
    pending: usize,
    /// An ESC before the one that the parser holds back: the Escape key, or Alt with the sequence that follows, as PuTTY,
    /// screen and the console of Linux send it.
    doubled: bool,
    /// Whether the last byte that the parser holds back is an ESC.
    held_escape: bool,
    begin: Marker,
    end: Marker,
    paste: Option<Paste>,
}

/// How much of a marker has been seen.
#[derive(Debug, Default)]
struct Marker(usize);

impl Marker {
    /// Whether `byte` completes the marker. Its first byte occurs in it only once.
    fn completed_by(&mut self, byte: u8, marker: &[u8]) -> bool {
        if marker[self.0] == byte {
            self.0 += 1;
        } else {
            self.0 = usize::from(byte == marker[0]);
        }
        let complete = self.0 == marker.len();
        if complete {
            self.0 = 0;
        }
        complete
    }
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    cut: bool,
}

impl Paste {
    fn push(&mut self, byte: u8) {
        // Room for the end marker, which is taken off again.
        if self.bytes.len() < PASTE_MAX + PASTE_END.len() {
            self.bytes.push(byte);
        } else {
            self.cut = true;
        }
    }

    fn finish(mut self) -> Msg {
        if self.cut {
            self.bytes.truncate(PASTE_MAX);
        } else {
            self.bytes.truncate(self.bytes.len().saturating_sub(PASTE_END.len()));
        }
        pasted(String::from_utf8_lossy(&self.bytes).into_owned(), self.cut)
    }
}

/// A pasted text as a message, cut to what is taken.
fn pasted(mut text: String, mut cut: bool) -> Msg {
    if text.len() > PASTE_MAX {
        text.truncate(text.floor_char_boundary(PASTE_MAX));
        cut = true;
    }
    if cut {
        // A character that the cut went through.
        let whole = text.trim_end_matches('\u{fffd}').len();
        text.truncate(whole);
    }
    Msg::Paste { text, cut }
}

impl Decoder {
    /// Takes bytes in and hands each message that is complete to `take`.
    pub fn feed(&mut self, bytes: &[u8], mut take: impl FnMut(Msg)) {
        for byte in bytes {
            self.byte(*byte, &mut take);
        }
    }

    fn byte(&mut self, byte: u8, take: &mut impl FnMut(Msg)) {
        if let Some(paste) = &mut self.paste {
            paste.push(byte);
            if self.end.completed_by(byte, PASTE_END)
                && let Some(paste) = self.paste.take()
            {
                take(paste.finish());
            }
            return;
        }
        if self.begin.completed_by(byte, PASTE_BEGIN) {
            self.single(take);
            self.reset();
            self.paste = Some(Paste::default());
            return;
        }
        if self.pending == 1 && self.held_escape {
            if byte == ESC {
                self.single(take);
                self.doubled = true;
                return;
            }
            if !matches!(byte, b'[' | b'O') {
                self.single(take);
            }
        }
        self.parser.get_or_insert_default().parse(&[byte], true);
        self.pending += 1;
        self.held_escape = byte == ESC;
        self.drain(take);
        if self.pending > PENDING_MAX {
            self.reset();
        }
    }

    /// Whether the terminal may be in the middle of a sequence: if nothing follows soon, [`Self::flush`].
    pub fn is_waiting(&self) -> bool {
        self.pending > 0
    }

    /// An ESC that was doubled stands for itself.
    fn single(&mut self, take: &mut impl FnMut(Msg)) {
        if std::mem::take(&mut self.doubled) {
            take(Msg::Key(Key::plain(Code::Esc)));
        }
    }

    /// Nothing followed: an ESC that stands alone is the Escape key, any other beginning is dropped.
    pub fn flush(&mut self, mut take: impl FnMut(Msg)) {
        self.single(&mut take);
        if let Some(parser) = &mut self.parser {
            parser.parse(&[], false);
        }
        self.drain(&mut take);
        self.reset();
    }

    fn drain(&mut self, take: &mut impl FnMut(Msg)) {
        while let Some(event) = self.parser.as_mut().and_then(Parser::pop) {
            self.pending = 0;
            match message(event) {
                Some(Msg::Key(key)) if std::mem::take(&mut self.doubled) => take(Msg::Key(Key { alt: true, ..key })),
                Some(msg) => {
                    self.single(take);
                    take(msg);
                }
                None => self.single(take),
            }
        }
        // An event leaves nothing behind in the parser.
        if self.pending == 0 {
            self.parser = None;
        }
    }

    fn reset(&mut self) {
        if self.pending > 0 {
            self.parser = None;
            self.pending = 0;
        }
        self.doubled = false;
        self.begin = Marker::default();
    }
}

/// The message of a parsed event; answers of the terminal and releases of keys are none.
fn message(event: Parsed) -> Option<Msg> {
    match event {
        Parsed::Key(key) if key.kind != KeyEventKind::Release => {
            let code = code(key.code)?;
            let held = |modifier| key.modifiers.contains(modifier);
            Some(Msg::Key(new_key(code, held(Modifiers::CONTROL), held(Modifiers::ALT), held(Modifiers::SHIFT))))
        }
        Parsed::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Some(Msg::Mouse(Mouse { kind, column: mouse.column, row: mouse.row }))
        }
        _ => None,
    }
}

fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Escape => Code::Esc,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Insert => Code::Insert,
        KeyCode::Delete => Code::Delete,
        KeyCode::Function(n) => Code::F(n),
        _ => return None,
    })
}

/// A key in the one form that bindings know, whichever terminal it came from: a character says its case itself, and
/// Shift-Tab has a name of its own.
fn new_key(code: Code, ctrl: bool, alt: bool, shift: bool) -> Key {
    let (code, shift) = match code {
        // What Backspace sends on terminals that are set up so, PuTTY among them.
        Code::Char('h' | 'H') if ctrl => return Key { code: Code::Backspace, ctrl: false, alt, shift: false },
        Code::Char(c) if ctrl => (Code::Char(c.to_ascii_lowercase()), false),
        Code::Char(_) | Code::BackTab => (code, false),
        Code::Tab if shift => (Code::BackTab, false),
        _ => (code, shift),
    };
    Key { code, ctrl, alt, shift }
}

/// The messages of a terminal's bytes, in their order, with the Escape key told from the beginning of a sequence.
pub(super) struct Typed {
    decoder: Decoder,
    ready: VecDeque<Msg>,
    /// When the decoder waits for the rest of a sequence: until when.
    escape: Option<Instant>,
    lone_escape: Duration,
}

impl Typed {
    /// An ESC with nothing behind it for `lone_escape` is the Escape key.
    pub(super) fn new(lone_escape: Duration) -> Self {
        Self { decoder: Decoder::default(), ready: VecDeque::new(), escape: None, lone_escape }
    }

    /// Takes bytes in.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.decoder.feed(bytes, |msg| self.ready.push_back(msg));
        self.escape = self.decoder.is_waiting().then(|| Instant::now() + self.lone_escape);
    }

    /// The next message that is complete.
    pub(super) fn next(&mut self) -> Option<Msg> {
        self.ready.pop_front()
    }

    /// Waits until a sequence that was begun counts as the Escape key or nothing; for ever if none was.
    pub(super) async fn escaped(&mut self) {
        match self.escape {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
        self.escape = None;
        self.decoder.flush(|msg| self.ready.push_back(msg));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use proptest::prelude::*;

    use super::*;

    fn feed(decoder: &mut Decoder, bytes: &[u8]) -> Vec<String> {
        let mut got = Vec::new();
        decoder.feed(bytes, |msg| got.push(show(&msg)));
        got
    }

    fn show(msg: &Msg) -> String {
        match msg {
            Msg::Key(key) => key.to_string(),
            Msg::Paste { text, cut } => format!("paste {text:?}{}", if *cut { " cut" } else { "" }),
            Msg::Mouse(m) => format!("{:?} {},{}", m.kind, m.column, m.row),
            other => format!("{other:?}"),
        }
    }

    const CASES: &[(&[u8], &[&str])] = &[
        (b"a", &["a"]),
        (b"G", &["G"]),
        ("é日".as_bytes(), &["é", "日"]),
        (b"\r", &["Enter"]),
        (b"\t", &["Tab"]),
        (b"\x1b[Z", &["Shift-Tab"]),
        (b"\x7f", &["Backspace"]),
        (b"\x13", &["Ctrl-s"]),
        (b"\x1b[A\x1bOB\x1b[C\x1b[D", &["↑", "↓", "→", "←"]),
        (b"\x1b[H\x1b[F\x1b[1~\x1b[4~", &["Home", "End", "Home", "End"]),
        (b"\x1b[5~\x1b[6~\x1b[2~\x1b[3~", &["PgUp", "PgDn", "Ins", "Del"]),
        (b"\x1bOQ\x1b[15~", &["F2", "F5"]),
        (b"\x1b[1;5A\x1b[1;2C", &["Ctrl-↑", "Shift-→"]),
        (b"\x1bx", &["Alt-x"]),
        // Function keys: xterm and Windows Terminal, PuTTY and screen, the console of Linux.
        (b"\x1bOP\x1bOQ\x1bOR\x1bOS", &["F1", "F2", "F3", "F4"]),
        (b"\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~", &["F1", "F2", "F3", "F4", "F5"]),
        (b"\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", &["F1", "F2", "F3", "F4", "F5"]),
        (b"\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~", &["F6", "F7", "F8", "F9", "F10"]),
        (b"\x1b[23~\x1b[24~", &["F11", "F12"]),
        (b"\x1b[1;2P\x1b[1;5Q\x1b[15;5~", &["Shift-F1", "Ctrl-F2", "Ctrl-F5"]),
        // Arrows in application mode (screen, tmux), keys of the block above them with and without modifiers.
        (b"\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", &["↑", "↓", "→", "←", "Home", "End"]),
        (b"\x1b[7~\x1b[8~", &["Home", "End"]),
        (b"\x1b[3;5~\x1b[5;2~\x1b[1;5H", &["Ctrl-Del", "Shift-PgUp", "Ctrl-Home"]),
        // Alt as a modifier and as an ESC before the key.
        (b"\x1b[1;3A\x1b[1;3D\x1b[1;7C", &["Alt-↑", "Alt-←", "Ctrl-Alt-→"]),
        (b"\x1b\x1b[A\x1b\x1bOB\x1b\x1b[15~\x1b\x1b[[A", &["Alt-↑", "Alt-↓", "Alt-F5", "Alt-F1"]),
        (b"\x1bq\x1bQ\x1b1\x1b\r\x1b\x7f", &["Alt-q", "Alt-Q", "Alt-1", "Alt-Enter", "Alt-Backspace"]),
        ("\x1bé".as_bytes(), &["Alt-é"]),
        (b"\x1b\x1bq", &["Esc", "Alt-q"]),
        (b"\x1b\x1b\x1b[B", &["Esc", "Alt-↓"]),
        (b"\x1b\x1b[200~x\x1b[201~", &["Esc", "paste \"x\""]),
        (b"\x1b\x1b[<0;5;3M", &["Esc", "Press 4,2"]),
        (b"\x08\x0e\x1c", &["Backspace", "Ctrl-n", "Ctrl-4"]),
        // The window got and lost the focus, and what a terminal says of its background.
        (b"\x1b[I\x1b[Oq", &["q"]),
        (b"\x1b]11;rgb:0000/0000/0000\x1b\\q", &["q"]),
        (b"\x1b[<0;5;3M\x1b[<0;5;3m", &["Press 4,2"]),
        (b"\x1b[<64;1;1M\x1b[<65;80;24M", &["WheelUp 0,0", "WheelDown 79,23"]),
        (b"\x1b[200~one\r\ntwo\x1b[3\x1b[201~q", &["paste \"one\\r\\ntwo\\u{1b}[3\"", "q"]),
        (b"\x1b[200~\x1b[201~", &["paste \"\""]),
        // Answers of a terminal are no keys, nonsense is none either.
        (b"\x1b[?62;22cq", &["q"]),
        (b"\x1b[<0;0;0Mq", &["Press 0,0", "q"]),
        (b"\xff\xfeq", &["q"]),
    ];

    #[test]
    fn sequences_become_keys_at_every_split() {
        for (bytes, expected) in CASES {
            assert_eq!(feed(&mut Decoder::default(), bytes), *expected, "{bytes:?}");
            for at in 0..bytes.len() {
                let mut decoder = Decoder::default();
                let mut got = feed(&mut decoder, &bytes[..at]);
                got.extend(feed(&mut decoder, &bytes[at..]));
                assert_eq!(got, *expected, "{bytes:?} split at {at}");
            }
        }
    }

    #[test]
    fn a_lone_escape_is_a_key_once_nothing_follows() {
        let mut decoder = Decoder::default();
        assert!(feed(&mut decoder, b"\x1b").is_empty());
        assert!(decoder.is_waiting());
        let mut got = Vec::new();
        decoder.flush(|msg| got.push(show(&msg)));
        assert_eq!(got, ["Esc"]);
        assert!(!decoder.is_waiting());
        // The beginning of a sequence without its end is nothing, and what follows is whole again.
        feed(&mut decoder, b"\x1b[1;");
        decoder.flush(|msg| panic!("{msg:?}"));
        assert_eq!(feed(&mut decoder, b"j"), ["j"]);
    }

    #[test]
    fn a_long_paste_is_cut_and_says_so() {
        let mut bytes = PASTE_BEGIN.to_vec();
        bytes.extend("é".repeat(PASTE_MAX).bytes());
        bytes.extend(PASTE_END);
        bytes.push(b'q');
        let mut got = Vec::new();
        Decoder::default().feed(&bytes, |msg| got.push(msg));
        assert!(matches!(
            &got[..],
            [Msg::Paste { text, cut: true }, Msg::Key(_)] if text.len() == PASTE_MAX && text.chars().all(|c| c == 'é')
        ));
        let exact = format!("\x1b[200~{}\x1b[201~", "x".repeat(PASTE_MAX));
        let mut got = Vec::new();
        Decoder::default().feed(exact.as_bytes(), |msg| got.push(msg));
        assert!(matches!(&got[..], [Msg::Paste { text, cut: false }] if text.len() == PASTE_MAX));
    }

    #[test]
    fn a_sequence_without_an_end_is_given_up() {
        let mut decoder = Decoder::default();
        feed(&mut decoder, b"\x1b[");
        feed(&mut decoder, &[b'1'; PENDING_MAX]);
        assert_eq!(feed(&mut decoder, b"q").last().map(String::as_str), Some("q"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(&b"\x1b[<;0123456789~MmOu"[..])], 0..200)) {
            let mut decoder = Decoder::default();
            decoder.feed(&bytes, |_| {});
            decoder.flush(|_| {});
            prop_assert!(!decoder.is_waiting());
        }
    }
}

//! What is written to a terminal outside frames: taking it over, giving it back, the clipboard.

use crate::app::effect::CLIPBOARD_MAX;
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Takes the terminal over: the other screen, pasted text in brackets, the mouse, no cursor.
pub const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?1000h\x1b[?1006h\x1b[0m\x1b[2J\x1b[H";

/// Gives the terminal back as it was, also out of the middle of a frame.
///
/// The first two bytes end whatever sequence was cut off.
pub const LEAVE: &[u8] = b"\x1b\\\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The text was not copied because it is longer than [`CLIPBOARD_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too long for the clipboard ({0} bytes)")]
pub struct TooLong(pub usize);

/// Writes what asks the terminal to put `text` on the clipboard (OSC 52). Only ever after a key.
///
/// # Errors
///
/// [`TooLong`] where the text is over [`CLIPBOARD_MAX`] bytes; nothing is written then.
pub fn copy(text: &str, out: &mut Vec<u8>) -> Result<(), TooLong> {
    if text.len() > CLIPBOARD_MAX {
        return Err(TooLong(text.len()));
    }
    out.extend_from_slice(b"\x1b]52;c;");
    out.extend_from_slice(STANDARD.encode(text).as_bytes());
    out.extend_from_slice(b"\x1b\\");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_undoes_what_entering_did() {
        let mut parser = vt100::Parser::default();
        parser.process(b"before");
        parser.process(ENTER);
        assert!(parser.screen().alternate_screen());
        assert!(parser.screen().bracketed_paste());
        assert!(parser.screen().hide_cursor());
        parser.process(b"\x1b[31;7mmarsai\x1b[");
        parser.process(LEAVE);
        let screen = parser.screen();
        assert_eq!(screen.contents(), "before");
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!screen.inverse());
    }

    #[test]
    fn the_clipboard_gets_base64_and_never_more_than_its_size() {
        let mut out = Vec::new();
        assert_eq!(copy("film\x1b", &mut out), Ok(()));
        assert_eq!(out, b"\x1b]52;c;ZmlsbRs=\x1b\\");
        out.clear();
        let long = "x".repeat(CLIPBOARD_MAX + 1);
        assert_eq!(copy(&long, &mut out), Err(TooLong(CLIPBOARD_MAX + 1)));
        assert!(out.is_empty());
    }
}

//! A key press as the console knows it, whatever terminal it came from.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character; capital letters come as such, without `shift`.
    Char(char),
    /// Function key, from 1.
    F(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control held.
    pub ctrl: bool,
    /// Alt held.
    pub alt: bool,
    /// Shift held; never with a character, which says it itself.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Control.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The keys that have a name.
    #[cfg(test)]
    pub(crate) const NAMED: [Code; 16] = {
        let mut codes = [Code::Enter; NAMES.len()];
        let mut at = 0;
        while at < NAMES.len() {
            codes[at] = NAMES[at].1;
            at += 1;
        }
        codes
    };

    /// The key without its modifiers, as the settings file names it; characters name themselves.
    pub fn name(self) -> Option<&'static str> {
        NAMES.iter().find(|(_, code)| *code == self.code).map(|(name, _)| *name)
    }

    /// The character that this key types into a text, if it is one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("Ins", Code::Insert),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("↑", Code::Up),
    ("↓", Code::Down),
    ("←", Code::Left),
    ("→", Code::Right),
    ("Space", Code::Char(' ')),
];

/// Words for the arrows in a settings file.
const WORDS: &[(&str, Code)] = &[("Up", Code::Up), ("Down", Code::Down), ("Left", Code::Left), ("Right", Code::Right)];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        match self.code {
            code if NAMES.iter().any(|(_, named)| *named == code) => {
                NAMES.iter().filter(|(_, named)| *named == code).try_for_each(|(name, _)| f.write_str(name))
            }
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            _ => Ok(()),
        }
    }
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no key (examples: a, G, Ctrl-s, F2, Enter, Shift-Tab, Up)")]
pub struct NoKey(pub String);

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let wrong = || NoKey(text.to_owned());
        let mut key = Key::plain(Code::Esc);
        let mut rest = text;
        loop {
            if let Some((_, code)) = NAMES.iter().chain(WORDS).find(|(name, _)| name.eq_ignore_ascii_case(rest)) {
                return Ok(Key { code: *code, ..key });
            }
            match rest.split_once('-') {
                Some((word, after)) if !after.is_empty() && word.eq_ignore_ascii_case("ctrl") => {
                    (key.ctrl, rest) = (true, after);
                }
                Some((word, after)) if !after.is_empty() && word.eq_ignore_ascii_case("alt") => {
                    (key.alt, rest) = (true, after);
                }
                Some((word, after)) if !after.is_empty() && word.eq_ignore_ascii_case("shift") => {
                    (key.shift, rest) = (true, after);
                }
                _ => break,
            }
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.as_str()) {
            (Some(c), "") if !c.is_control() => Ok(Key { code: Code::Char(c), ..key }),
            (Some('F' | 'f'), number) => match number.parse() {
                Ok(n @ 1..=24) => Ok(Key { code: Code::F(n), ..key }),
                _ => Err(wrong()),
            },
            _ => Err(wrong()),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_back_as_it_is_shown() {
        let mut keys =
            vec![Key::char('a'), Key::char('G'), Key::char('-'), Key::char('é'), Key::ctrl('s'), Key::ctrl('-')];
        keys.extend(NAMES.iter().map(|(_, code)| Key::plain(*code)));
        keys.push(Key::plain(Code::F(12)));
        keys.push(Key { code: Code::Up, ctrl: true, alt: true, shift: true });
        for key in keys {
            assert_eq!(key.to_string().parse(), Ok(key), "{key}");
        }
        assert_eq!("ctrl-up".parse(), Ok(Key { ctrl: true, ..Key::plain(Code::Up) }));
        for wrong in ["", "Hyper-x", "F0", "F99", "ab", "Ctrl-"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }
}

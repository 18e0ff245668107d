//! Passwords: from `MARSAI_PASSWORD`, a prompt, or standard input; never from an argument, which other people can read.

use std::fs::File;
use std::io::{self, BufRead as _, IsTerminal as _};

use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Stop, variable};
use crate::domain::user::PASSWORD_MAX;

/// The variable that scripts put a password into.
pub(super) const VARIABLE: &str = "MARSAI_PASSWORD";

/// A new password. At a terminal it is typed twice.
pub(super) fn new(whose: &str) -> Result<SecretString, Stop> {
    if let Some(password) = variable(VARIABLE) {
        return Ok(password.into());
    }
    if !io::stdin().is_terminal() {
        return first_line(io::stdin().lock());
    }
    let once = prompt(&format!("New password for {whose}: "))?;
    let twice = prompt("The same again: ")?;
    if once.expose_secret() == twice.expose_secret() {
        Ok(once)
    } else {
        Err(Stop::Usage("the two passwords differ; nothing was changed".to_owned()))
    }
}

/// Asks at the terminal for something that is not shown. What is typed or pasted before the prompt stands there is not
/// shown either.
pub(super) fn hidden(text: &str) -> io::Result<String> {
    let _quiet = Quiet::new()?;
    rpassword::prompt_password(text)
}

/// The terminal without its echo, until this is dropped.
struct Quiet {
    terminal: File,
    before: Termios,
}

impl Quiet {
    fn new() -> io::Result<Self> {
        let terminal = File::open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut quiet = before.clone();
        quiet.local_flags.remove(LocalFlags::ECHO);
        tcsetattr(&terminal, SetArg::TCSANOW, &quiet)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that has gone needs no echo.
        let _ = tcsetattr(&self.terminal, SetArg::TCSANOW, &self.before);
    }
}

fn prompt(text: &str) -> Result<SecretString, Stop> {
    hidden(text)
        .map(SecretString::from)
        .map_err(|error| Stop::Usage(format!("no password could be read: {error}; nothing was changed")))
}

/// The first line of a file or a pipe.
fn first_line(input: impl io::BufRead) -> Result<SecretString, Stop> {
    let mut line = String::new();
    let most = PASSWORD_MAX as u64 + 2;
    let read = input.take(most).read_line(&mut line);
    let password = line.trim_end_matches(['\r', '\n']);
    match read {
        Ok(_) if !password.is_empty() => Ok(password.to_owned().into()),
        Ok(_) => Err(Stop::Usage(format!("no password was given: type it, pipe it in, or set {VARIABLE}"))),
        Err(error) => Err(Stop::Usage(format!("no password could be read: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_piped_password_is_its_first_line() {
        for (input, expected) in [("secret word\r\nmore\n", "secret word"), (" spaces stay ", " spaces stay ")] {
            assert_eq!(first_line(input.as_bytes()).unwrap().expose_secret(), expected);
        }
        assert!(first_line(&b"\n"[..]).is_err() && first_line(&b"\xff\n"[..]).is_err());
    }
}

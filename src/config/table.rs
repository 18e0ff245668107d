//! Every setting there is, in the order of the file.

use std::path::PathBuf;

use super::read::Given;
use super::{Background, ConfigError, DatabaseUrl, Pictures, Place, Settings};
use crate::app::lang::Language;

/// One setting.
pub struct Setting {
    /// The section of the file that it stands in.
    pub section: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// Its default, as it is written in the file.
    pub default: &'static str,
    /// What it takes, for messages.
    pub takes: &'static str,
    /// One line of why somebody would change it.
    pub why: &'static str,
    /// Takes a value. `Err(None)` where it is not what `takes` says.
    pub(super) set: fn(&mut Settings, &Given<'_>) -> Result<(), Option<String>>,
}

impl Setting {
    /// The variable of the environment that overrides the file.
    pub fn variable(&self) -> String {
        format!("MARSAI_{}_{}", self.section, self.name).to_uppercase()
    }

    /// Takes a value that came as words.
    pub(super) fn give(
        &self,
        settings: &mut Settings,
        value: &str,
        place: impl FnOnce() -> Place,
    ) -> Result<(), ConfigError> {
        let given = (self.set)(settings, &Given::Word(value));
        given.map_err(|why| ConfigError { place: place(), what: why.unwrap_or_else(|| self.expected()) })
    }

    /// What it takes, as a sentence.
    pub(super) fn expected(&self) -> String {
        format!("“{}” takes {}", self.name, self.takes)
    }
}

/// The sections with what they are about, in the order of the file. `keys` takes any action's name.
pub(super) const SECTIONS: &[(&str, &str)] = &[
    ("database", "The festival's database."),
    ("ui", "How the console looks on this computer."),
    ("media", "The pictures of films."),
    ("session", "Staying signed in."),
    ("keys", "Other keys for actions; `marsai keys` lists the actions. Example: advance = [\"a\", \"F6\"]"),
    ("log", "What is written down about the console itself. Passwords and texts of the festival never are."),
    ("ssh", "The server that `marsai serve` runs."),
];

/// Every setting.
pub const TABLE: &[Setting] = &[
    Setting {
        section: "database",
        name: "url",
        default: "\"\"",
        takes: "a URL such as \"mysql://user:password@host:3306/database?ssl-mode=verify_ca&ssl-ca=/path/ca.pem\"",
        why: "The database that the web site uses, as mysql://user:password@host/database; empty: a private one on this computer.",
        set: |settings, given| {
            let url = given.text().ok_or(None)?;
            let parsed = if url.is_empty() { Ok(None) } else { DatabaseUrl::parse(url).map(Some) };
            settings.database.url = parsed.map_err(|bad| Some(bad.to_string()))?;
            Ok(())
        },
    },
    Setting {
        section: "database",
        name: "connect_timeout_seconds",
        default: "10",
        takes: "a whole number from 1 to 600",
        why: "How long to wait for a server that does not answer; longer over a satellite link.",
        set: |settings, given| {
            settings.database.connect_timeout_seconds = given.number(1, 600).ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ui",
        name: "language",
        default: "\"auto\"",
        takes: "\"auto\", \"en\" or \"fr\"",
        why: "English or French; auto follows the locale of the terminal.",
        set: |settings, given| {
            settings.ui.language = match given.text() {
                Some("auto") => None,
                Some("en") => Some(Language::En),
                Some("fr") => Some(Language::Fr),
                _ => return Err(None),
            };
            Ok(())
        },
    },
    Setting {
        section: "ui",
        name: "theme",
        default: "\"auto\"",
        takes: "\"auto\", \"dark\" or \"light\"",
        why: "Colours for a dark or a light background; auto follows COLORFGBG where the terminal sets it, else dark.",
        set: |settings, given| {
            settings.ui.theme = match given.text() {
                Some("auto") => Background::Auto,
                Some("dark") => Background::Dark,
                Some("light") => Background::Light,
                _ => return Err(None),
            };
            Ok(())
        },
    },
    Setting {
        section: "ui",
        name: "ascii",
        default: "false",
        takes: "true or false",
        why: "Draw with plain ASCII only, for a font that lacks lines and signs.",
        set: |settings, given| {
            settings.ui.ascii = given.truth().ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ui",
        name: "pictures",
        default: "\"auto\"",
        takes: "\"auto\", \"kitty\", \"iterm2\", \"sixel\", \"blocks\" or \"none\"",
        why: "How films' pictures are drawn; auto goes by what the terminal calls itself, blocks are coloured half cells.",
        set: |settings, given| {
            settings.ui.pictures = match given.text() {
                Some("auto") => Pictures::Auto,
                Some("kitty") => Pictures::Kitty,
                Some("iterm2") => Pictures::Iterm2,
                Some("sixel") => Pictures::Sixel,
                Some("blocks") => Pictures::Blocks,
                Some("none") => Pictures::None,
                _ => return Err(None),
            };
            Ok(())
        },
    },
    Setting {
        section: "media",
        name: "folder",
        default: "\"\"",
        takes: "a directory, or \"\"",
        why: "The web site's folder of pictures, where this computer has it; empty: they come from the festival's site.media_url.",
        set: |settings, given| {
            let path = given.text().ok_or(None)?;
            settings.media.folder = (!path.is_empty()).then(|| PathBuf::from(path));
            Ok(())
        },
    },
    Setting {
        section: "session",
        name: "stay_signed_in_hours",
        default: "12",
        takes: "a whole number from 0 to 720",
        why: "How long this computer remembers a sign-in; 0 on a computer that several people use.",
        set: |settings, given| {
            settings.session.stay_signed_in_hours = given.number(0, 720).ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "log",
        name: "level",
        default: "\"info\"",
        takes: "\"error\", \"warn\", \"info\", \"debug\" or \"trace\"",
        why: "How much is written; debug when something is to be found out.",
        set: |settings, given| {
            let level = given.text().and_then(|level| level.parse().ok());
            settings.log.level = level.ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "log",
        name: "directory",
        default: "\"\"",
        takes: "a directory, or \"\"",
        why: "Where the log files go, one a day, fourteen kept; empty: the state directory of this user.",
        set: |settings, given| {
            let path = given.text().ok_or(None)?;
            settings.log.directory = (!path.is_empty()).then(|| PathBuf::from(path));
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "listen",
        default: "\"127.0.0.1:2222\"",
        takes: "an address and a port such as \"0.0.0.0:2222\"",
        why: "Where the SSH server listens; only this computer reaches 127.0.0.1, everybody 0.0.0.0.",
        set: |settings, given| {
            let address = given.text().and_then(|address| address.parse().ok());
            settings.ssh.listen = address.ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "host_key",
        default: "\"\"",
        takes: "a file, or \"\"",
        why: "The server's own key, by which jurors' computers know it again; empty: one in the data directory, made at the first start.",
        set: |settings, given| {
            let path = given.text().ok_or(None)?;
            settings.ssh.host_key = (!path.is_empty()).then(|| PathBuf::from(path));
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "strict_pq",
        default: "false",
        takes: "true or false",
        why: "Speak only key exchange that outlasts quantum computers; jurors then need OpenSSH 9.9 (2024) or newer.",
        set: |settings, given| {
            settings.ssh.strict_pq = given.truth().ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "max_sessions",
        default: "1000",
        takes: "a whole number from 1 to 100000",
        why: "How many may be connected at once; each takes about a tenth of a megabyte and one open file.",
        set: |settings, given| {
            settings.ssh.max_sessions = given.number(1, 100_000).ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "max_per_address",
        default: "100",
        takes: "a whole number from 1 to 100000",
        why: "How many of them from one address; a whole jury may share the one of its hotel.",
        set: |settings, given| {
            settings.ssh.max_per_address = given.number(1, 100_000).ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "max_per_account",
        default: "8",
        takes: "a whole number from 1 to 1000",
        why: "How many consoles one person may have open; with one more, the one left alone the longest is closed.",
        set: |settings, given| {
            settings.ssh.max_per_account = given.number(1, 1_000).ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "login_grace_seconds",
        default: "120",
        takes: "a whole number from 5 to 600",
        why: "How long somebody who connects may take to sign in.",
        set: |settings, given| {
            settings.ssh.login_grace_seconds = given.number(5, 600).ok_or(None)?;
            Ok(())
        },
    },
    Setting {
        section: "ssh",
        name: "visitors",
        default: "false",
        takes: "true or false",
        why: "Whether every console that this account starts is for somebody who came by OpenSSH, and known nowhere.",
        set: |settings, given| {
            settings.ssh.visitors = given.truth().ok_or(None)?;
            Ok(())
        },
    },
];

/// The text of `config.example.toml`.
pub fn example() -> String {
    let mut text = String::from(
        "# Settings of marsai on this computer, each with its default. Copy what you change to\n\
         # ~/.config/marsai/config.toml (macOS: ~/Library/Application Support/marsai/config.toml).\n\
         # A variable of the environment overrides the file (database.url is MARSAI_DATABASE_URL, ui.language\n\
         # MARSAI_UI_LANGUAGE, …), a flag overrides both. What decides a result or a right is no setting of a\n\
         # computer: an administrator changes it in the console.\n",
    );
    for (section, about) in SECTIONS {
        text += &format!("\n# {about}\n[{section}]\n");
        for setting in TABLE.iter().filter(|setting| setting.section == *section) {
            text += &format!("# {}\n{} = {}\n", setting.why, setting.name, setting.default);
        }
    }
    text
}

//! Settings of one machine: flags over `MARSAI_*` environment variables over `config.toml` over defaults.
//!
//! One [table](TABLE) holds every setting. The file, the environment, `config.example.toml` and the error messages are
//! all made from it, so that none of them can forget one.

mod database_url;
mod paths;
mod read;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::app::key::Key;
use crate::app::keymap::Keymap;
use crate::app::lang::Language;

pub use self::database_url::DatabaseUrl;
pub use self::paths::{NoHome, Paths};
pub use self::read::read_text;
pub use self::table::{Setting, TABLE, example};

/// Everything that belongs to one machine. What decides a result or a right is kept in the database instead.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Settings {
    /// `[database]`
    pub database: Database,
    /// `[ui]`
    pub ui: Ui,
    /// `[media]`
    pub media: Media,
    /// `[session]`
    pub session: Session,
    /// `[keys]`: the keys of some actions, by the action's name.
    pub keys: BTreeMap<String, Vec<Key>>,
    /// `[log]`
    pub log: Log,
    /// `[ssh]`
    pub ssh: Ssh,
}

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// Where it is; `None`: a private MariaDB on this computer.
    pub url: Option<DatabaseUrl>,
    /// Seconds until a server that does not answer is given up.
    pub connect_timeout_seconds: u64,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, connect_timeout_seconds: 10 }
    }
}

/// How the console looks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ui {
    /// The language; `None`: as the locale says.
    pub language: Option<Language>,
    /// Which background the colours are for.
    pub theme: Background,
    /// Only ASCII, also where the terminal shows more.
    pub ascii: bool,
    /// How films' pictures are drawn.
    pub pictures: Pictures,
}

/// A terminal's background.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Background {
    /// As the terminal says, else dark.
    #[default]
    Auto,
    /// Light text on dark.
    Dark,
    /// Dark text on light.
    Light,
}

/// How films' pictures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pictures {
    /// As the terminal calls itself.
    #[default]
    Auto,
    /// By the graphics protocol of kitty.
    Kitty,
    /// By the inline images of iTerm2.
    Iterm2,
    /// As sixels.
    Sixel,
    /// As coloured half cells.
    Blocks,
    /// Not at all.
    None,
}

/// Where films' pictures are read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Media {
    /// The folder of this computer in which they lie; `None`: at the festival's address.
    pub folder: Option<PathBuf>,
}

/// How long people stay signed in on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hours for which a sign-in is remembered; 0: never.
    pub stay_signed_in_hours: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self { stay_signed_in_hours: 12 }
    }
}

/// What is written to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The least important level that is kept.
    pub level: tracing::Level,
    /// Where; `None`: the state directory of this user.
    pub directory: Option<PathBuf>,
}

impl Default for Log {
    fn default() -> Self {
        Self { level: tracing::Level::INFO, directory: None }
    }
}

/// The SSH server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ssh {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The file of its host key; `None`: one in the data directory, made when it is not there.
    pub host_key: Option<PathBuf>,
    /// Whether only key exchange that outlasts quantum computers is spoken.
    pub strict_pq: bool,
    /// Connections at a time.
    pub max_sessions: usize,
    /// Connections at a time from one address.
    pub max_per_address: usize,
    /// Consoles that one account may have open at a time.
    pub max_per_account: usize,
    /// Seconds in which somebody who connects has to sign in.
    pub login_grace_seconds: u64,
    /// Whether every console that this account starts is for somebody who came by OpenSSH.
    pub visitors: bool,
}

impl Default for Ssh {
    fn default() -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 2222));
        Self {
            listen,
            host_key: None,
            strict_pq: false,
            max_sessions: 1_000,
            max_per_address: 100,
            max_per_account: 8,
            login_grace_seconds: 120,
            visitors: false,
        }
    }
}

/// A setting cannot be followed. One sentence that names the place and never quotes a database URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct ConfigError {
    /// Where it stands.
    pub place: Place,
    /// What is wrong and what would be right.
    pub what: String,
}

/// Where a setting stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file; line and column count from 1.
    File {
        /// The file.
        path: PathBuf,
        /// Line and column of what is wrong; `None` for the file itself.
        at: Option<(usize, usize)>,
    },
    /// In a variable of the environment.
    Environment(String),
    /// On the command line.
    Flag(&'static str),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File { path, at: Some((line, column)) } => write!(f, "{}:{line}:{column}", path.display()),
            Place::File { path, at: None } => path.display().fmt(f),
            Place::Environment(name) => write!(f, "{name} in the environment"),
            Place::Flag(name) => f.write_str(name),
        }
    }
}

/// What the command line says about settings.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--database`
    pub database: Option<String>,
    /// `--language`
    pub language: Option<String>,
    /// `--listen`
    pub listen: Option<String>,
    /// `--strict-pq`
    pub strict_pq: bool,
}

impl Flags {
    /// The settings file that the command line or the environment names in place of the usual one.
    pub fn file(&self, variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
        self.config.clone().or_else(|| variable("MARSAI_CONFIG").map(PathBuf::from))
    }
}

impl Settings {
    /// Reads the settings of this process.
    ///
    /// `variable` answers for the environment. The file is the one that the flags name, else `MARSAI_CONFIG`, else
    /// `usual`, which need not exist.
    ///
    /// # Errors
    /// The first setting that cannot be followed.
    pub fn load(flags: &Flags, usual: &Path, variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut settings = Self::default();
        let named = flags.file(&variable);
        let path = named.as_deref().unwrap_or(usual);
        match std::fs::read_to_string(path) {
            Ok(text) => read_text(&mut settings, path, &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {}
            Err(error) => {
                let place = Place::File { path: path.to_owned(), at: None };
                return Err(ConfigError { place, what: format!("the settings cannot be read: {error}") });
            }
        }
        for setting in TABLE {
            let name = setting.variable();
            // An empty variable is how a shell script says "not set".
            if let Some(value) = variable(&name).filter(|value| !value.is_empty()) {
                setting.give(&mut settings, &value, || Place::Environment(name.clone()))?;
            }
        }
        let strict_pq = flags.strict_pq.then(|| "true".to_owned());
        let said = [
            ("--database", "database", "url", &flags.database),
            ("--language", "ui", "language", &flags.language),
            ("--listen", "ssh", "listen", &flags.listen),
            ("--strict-pq", "ssh", "strict_pq", &strict_pq),
        ];
        for (flag, section, name, value) in said {
            let setting = TABLE.iter().find(|setting| (setting.section, setting.name) == (section, name));
            if let (Some(setting), Some(value)) = (setting, value) {
                setting.give(&mut settings, value, || Place::Flag(flag))?;
            }
        }
        Ok(settings)
    }

    /// The keys in force.
    pub fn keymap(&self) -> Keymap {
        // They were tried when they were read; only settings made in code could fall back here.
        Keymap::rebound(&self.keys).unwrap_or_default()
    }

    /// The language in force; `variable` answers for the environment.
    pub fn language(&self, variable: impl Fn(&str) -> Option<String>) -> Language {
        let said = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(&variable).find(|v| !v.is_empty());
        self.ui.language.or_else(|| said().map(|locale| Language::from_locale(&locale))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;

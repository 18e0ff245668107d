//! Why a command ends early: one sentence and an exit code.

use std::io::{self, Write as _};

use crate::api::Failure;
use crate::app::lang::Lang;
use crate::app::sentence;
use crate::config::{ConfigError, NoHome};
use crate::mariadb::MariadbError;
use crate::run::local::NoTerminal;
use crate::run::ssh::HostKeyError;
use crate::store::connect::ConnectError;
use crate::store::migrate::{MigrateError, Verdict};

/// Why a command ends early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    NoHome(#[from] NoHome),
    #[error(transparent)]
    NoTerminal(#[from] NoTerminal),
    #[error(transparent)]
    Mariadb(#[from] MariadbError),
    #[error("{place}: {source}")]
    Connect { place: String, source: ConnectError },
    /// The server answers, and a first look at the database failed.
    #[error("{place} cannot be used: {why}")]
    Unprepared { place: String, why: String },
    /// The console cannot work on the database as it is.
    #[error("{}", not_ready(place, verdict))]
    NotReady { place: String, verdict: Verdict },
    #[error("{place}: {source}")]
    Migrate { place: String, source: MigrateError },
    #[error(transparent)]
    Demo(#[from] crate::demo::Error),
    #[error(transparent)]
    HostKey(#[from] HostKeyError),
    #[error("the SSH server cannot listen on {address}: {source}")]
    Listen { address: std::net::SocketAddr, source: io::Error },
    /// What the command was asked for makes no sense.
    #[error("{0}")]
    Usage(String),
    /// Something said no; the sentence is in the session's language.
    #[error("{0}")]
    Refused(String),
    /// `marsai call` could not sign in.
    #[error("{0}")]
    NotSignedIn(String),
    #[error("the work could not be started: {0}")]
    Runtime(io::Error),
    #[error("{path}: {source}")]
    File { path: std::path::PathBuf, source: io::Error },
    /// Whoever read the output has gone; there is nobody to tell.
    #[error("the output could not be written: {0}")]
    Output(#[from] io::Error),
    #[error("{0}")]
    Fault(String),
}

impl Stop {
    /// A request was not done.
    pub(crate) fn failure(lang: &Lang, failure: &Failure) -> Self {
        Stop::Refused(sentence::failure(lang, failure))
    }

    /// 2 for what was asked wrongly, 3 for a sign-in, 1 for everything else.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Stop::Config(_) | Stop::NoHome(_) | Stop::NoTerminal(_) | Stop::Usage(_) => 2,
            Stop::NotSignedIn(_) => 3,
            _ => 1,
        }
    }

    /// Says it to the person at the terminal.
    pub(crate) fn say(&self) {
        let broken = matches!(self, Stop::Output(error) if error.kind() == io::ErrorKind::BrokenPipe);
        if !broken {
            let sentence = self.to_string();
            let named = if sentence.starts_with("marsai") { "" } else { "marsai: " };
            // There may be nobody who reads it.
            let _ = writeln!(io::stderr(), "{named}{sentence}");
        }
    }
}

fn not_ready(place: &str, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Empty => format!("{place} is empty: run “marsai migrate” to make a festival's tables in it"),
        Verdict::NeedsMigration => format!(
            "{place} is not ready for the console: run “marsai migrate” (with --dry-run it only says what it would do)"
        ),
        Verdict::NotThePlatform { why } => {
            format!("{place} is not the festival platform's database: {why}; check the name at the end of the URL")
        }
        Verdict::TooNew { min_version } => format!(
            "{place} needs marsai {min_version} or newer, and this is {}: install the newer one",
            env!("CARGO_PKG_VERSION")
        ),
        Verdict::Platform { .. } => format!("{place} is ready"),
    }
}

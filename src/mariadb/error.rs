//! What can go wrong with a server of our own, each as one sentence that says what to do.

use std::io;
use std::path::PathBuf;

/// Why there is no private MariaDB. Each message is one sentence for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum MariadbError {
    /// No server program on PATH or in the usual places.
    #[error(
        "No MariaDB server was found: install one with `apt install mariadb-server-core mariadb-client-core`, \
         `dnf install mariadb-server`, `pacman -S mariadb` or `brew install mariadb`, or name the program in MARSAI_MARIADBD."
    )]
    Missing,

    /// MARSAI_MARIADBD names something else.
    #[error("MARSAI_MARIADBD names {program}, which is not a MariaDB server that can be run: correct it or unset it.")]
    NotMariadb {
        /// The program that was asked for.
        program: PathBuf,
    },

    /// Only servers older than 10.11 were found.
    #[error(
        "{program} is MariaDB {version}, and 10.11 or newer is needed: see https://mariadb.org/download/?t=repo-config."
    )]
    TooOld {
        /// The first program that was found.
        program: PathBuf,
        /// What it says that it is.
        version: String,
    },

    /// The server is there, a program that initialises a data directory is not.
    #[error(
        "{server} was found, but not the program {program} that belongs to it: install it with \
         `apt install mariadb-server-core mariadb-client-core`, `dnf install mariadb-server`, `pacman -S mariadb` or `brew install mariadb`."
    )]
    Incomplete {
        /// The server program.
        server: PathBuf,
        /// The name of what is missing.
        program: &'static str,
    },

    /// MariaDB knows people by the operating system's user name, and this user has none.
    #[error(
        "User number {uid} has no name on this computer, and the private MariaDB knows its users by name: run marsai as a user who has one."
    )]
    NoUser {
        /// The number of the user.
        uid: u32,
    },

    /// A file or directory of the server cannot be made, read or locked.
    #[error("The private MariaDB needs {path}, and that failed: {source}.")]
    File {
        /// The file or directory.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },

    /// A directory that must be ours alone belongs to somebody else.
    #[error(
        "{path} is not a directory that belongs to you alone, so the private MariaDB's socket cannot be kept there: remove it, or set XDG_RUNTIME_DIR."
    )]
    Foreign {
        /// The directory.
        path: PathBuf,
    },

    /// The directory is used for something else, so it is not closed to others and filled with a server.
    #[error("{path} already holds other files: name an empty or a new directory for the private MariaDB.")]
    Occupied {
        /// The directory that was asked for.
        path: PathBuf,
    },

    /// Another console has been starting or stopping the server for too long.
    #[error(
        "Another console has been starting or stopping the private MariaDB in {directory} for {seconds} seconds: try again, or look whether it hangs."
    )]
    Busy {
        /// The directory of the server.
        directory: PathBuf,
        /// How long we waited.
        seconds: u64,
    },

    /// The data directory could not be initialised.
    #[error("The private MariaDB in {directory} could not be initialised: {reason}.")]
    NotInitialised {
        /// The data directory that was to be made.
        directory: PathBuf,
        /// The end of what mariadb-install-db said.
        reason: String,
    },

    /// The server process ended instead of listening.
    #[error("The private MariaDB did not start: {reason}. Its log is {log}.")]
    NotStarted {
        /// The error in the server's log.
        reason: String,
        /// The whole log.
        log: PathBuf,
    },

    /// The process lives, but nobody can connect.
    #[error(
        "The private MariaDB in {directory} runs but has not answered for {seconds} seconds: end the mariadbd that its server.pid names, or see its server.log."
    )]
    Silent {
        /// The directory of the server.
        directory: PathBuf,
        /// How long we waited.
        seconds: u64,
    },

    /// The server is there and refuses us.
    #[error("The private MariaDB in {directory} refuses the connection: {source}.")]
    Refused {
        /// The directory of the server.
        directory: PathBuf,
        /// What the server says.
        source: sqlx::Error,
    },

    /// The server was told to stop and has not.
    #[error(
        "The private MariaDB in {directory} has not stopped after {seconds} seconds; it keeps what was saved, and the next console goes on with it."
    )]
    NotStopped {
        /// The directory of the server.
        directory: PathBuf,
        /// How long we waited.
        seconds: u64,
    },

    /// A thread of ours ended without an answer.
    #[error("Work on the private MariaDB was interrupted.")]
    Interrupted,
}

impl MariadbError {
    /// A function that wraps the operating system's error about `path`.
    pub(super) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

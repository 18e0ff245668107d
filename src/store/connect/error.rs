//! Why a database could not be reached, each with what to check.

use std::io;

use crate::domain::text::inert;
use crate::store::error::{number, server_number};

/// The console could not connect. Each variant is one sentence that says what to check; none holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The address can't be understood.
    #[error("the database URL is wrong: {0}")]
    BadUrl(String),
    /// A name without an address.
    #[error("the host {host} is not known: check its spelling in the database URL and this computer's network")]
    UnknownHost {
        /// The name.
        host: String,
    },
    /// Nobody listens.
    #[error("{place} refused the connection: check that the database server runs and listens there")]
    Refused {
        /// Host and port, or the socket.
        place: String,
    },
    /// No socket where one should be.
    #[error("there is no socket {place}: check that the database server runs and where its socket is")]
    NoSocket {
        /// The path.
        place: String,
    },
    /// No answer in time.
    #[error("{place} did not answer within {seconds} s: check the network, the port and the firewall")]
    TimedOut {
        /// Host and port, or the socket.
        place: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// Another trouble of the network or the file system.
    #[error("{place} can't be reached: {detail}")]
    Unreachable {
        /// Host and port, or the socket.
        place: String,
        /// The system's words.
        detail: String,
    },
    /// Wrong name or password.
    #[error("the server does not let {user} in: check the name and the password in the database URL ({detail})")]
    AccessDenied {
        /// The account.
        user: String,
        /// The server's words.
        detail: String,
    },
    /// The account may not use this database.
    #[error("{user} may not use the database {database}: ask for GRANT on it")]
    NoRight {
        /// The account.
        user: String,
        /// The database.
        database: String,
    },
    /// The server takes nobody from this computer.
    #[error("the server takes no connections from this computer: {detail}")]
    HostNotAllowed {
        /// The server's words.
        detail: String,
    },
    /// No such database.
    #[error("the server has no database {database}: check the name at the end of the URL, or create it first")]
    UnknownDatabase {
        /// The database.
        database: String,
    },
    /// The server insists on TLS, or on not being sent this account's password without it.
    #[error("the server wants an encrypted connection: put ssl-mode=required (or verify_ca) into the database URL")]
    TlsRequired,
    /// TLS was asked for and failed.
    #[error("no encrypted connection came about: {detail}; check ssl-mode and ssl-ca in the database URL")]
    TlsFailed {
        /// What failed.
        detail: String,
    },
    /// An old server.
    #[error("the server is {version}, which is too old: MariaDB 10.11 or MySQL 8.0 is the least")]
    TooOld {
        /// What it says it is.
        version: String,
    },
    /// All its connections are taken.
    #[error("the server has no connection left: raise max_connections or close other programs")]
    TooManyConnections,
    /// A node of a cluster that is cut off or starting.
    #[error("this node of the cluster is not ready: connect to another one, or wait until it has joined")]
    NotReady,
    /// Anything else.
    #[error("the connection failed: {detail}")]
    Other {
        /// The server's or driver's words.
        detail: String,
    },
}

/// What an error is about.
pub(super) struct About<'a> {
    pub(super) place: String,
    pub(super) user: &'a str,
    pub(super) database: &'a str,
    pub(super) socket: bool,
}

impl ConnectError {
    /// Tells the causes apart.
    pub(super) fn from_sqlx(error: &sqlx::Error, about: &About<'_>) -> Self {
        let place = about.place.clone();
        let user = inert(about.user).into_owned();
        let database = inert(about.database).into_owned();
        let detail = match error {
            sqlx::Error::Database(error) => inert(error.message()).into_owned(),
            sqlx::Error::Io(error) => inert(&error.to_string()).into_owned(),
            other => inert(&other.to_string()).into_owned(),
        };
        match server_number(error) {
            Some(1045 | 1698) => return ConnectError::AccessDenied { user, detail },
            Some(1044) => return ConnectError::NoRight { user, database },
            Some(1049) => return ConnectError::UnknownDatabase { database },
            Some(1130 | 1129) => return ConnectError::HostNotAllowed { detail },
            Some(3159) => return ConnectError::TlsRequired,
            Some(number::NOT_READY) => return ConnectError::NotReady,
            Some(1040 | 1203) => return ConnectError::TooManyConnections,
            _ => {}
        }
        match error {
            sqlx::Error::Tls(_) => ConnectError::TlsFailed { detail },
            // Without TLS the driver would have to encrypt the password itself, and is built without that.
            sqlx::Error::Configuration(error) if error.to_string().contains("RSA") => ConnectError::TlsRequired,
            sqlx::Error::Io(error) => match error.kind() {
                io::ErrorKind::ConnectionRefused => ConnectError::Refused { place },
                io::ErrorKind::NotFound if about.socket => ConnectError::NoSocket { place },
                io::ErrorKind::InvalidData if !about.socket => ConnectError::TlsFailed { detail },
                _ => ConnectError::Unreachable { place, detail },
            },
            _ => ConnectError::Other { detail },
        }
    }
}

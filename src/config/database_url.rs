//! The address of a database, which holds a password and therefore never shows itself.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::store::connect::{ConnectError, Target};

/// The address of a database. `Debug` and `Display` leave the password out.
#[derive(Clone)]
pub struct DatabaseUrl {
    url: SecretString,
    target: Target,
}

impl DatabaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// It is not one of a database; the error never quotes the password.
    pub fn parse(text: &str) -> Result<Self, ConnectError> {
        Ok(Self { url: text.to_owned().into(), target: Target::parse(text)? })
    }

    /// How to connect.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The whole address, with the password: for the settings file only.
    pub fn secret(&self) -> &str {
        self.url.expose_secret()
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.target.fmt(f)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({})", self.target)
    }
}

impl PartialEq for DatabaseUrl {
    fn eq(&self, other: &Self) -> bool {
        self.secret() == other.secret()
    }
}

impl Eq for DatabaseUrl {}

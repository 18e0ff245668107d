//! Accounts: roles, emails and passwords.

use serde::{Deserialize, Serialize};

use super::rule::{Refusal, Rule};

/// A role of the platform: `users.role`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Runs the festival.
    Admin,
    /// Votes on the films assigned to them.
    Jury,
    /// Submitted a film; the web site only.
    Producer,
}

impl Role {
    /// All roles in the order of the platform's ENUM.
    pub const ALL: [Role; 3] = [Role::Admin, Role::Jury, Role::Producer];

    /// The platform's spelling.
    pub fn as_sql(self) -> &'static str {
        match self {
            Role::Admin => "ADMIN",
            Role::Jury => "JURY",
            Role::Producer => "PRODUCER",
        }
    }

    /// Reads the platform's spelling. Whatever else the column holds has the rights of a producer: none here.
    pub fn from_sql(text: &str) -> Role {
        Self::ALL.into_iter().find(|role| role.as_sql() == text).unwrap_or(Role::Producer)
    }

    /// The id of the role's name in the language files.
    pub fn message(self) -> &'static str {
        match self {
            Role::Admin => "role-admin",
            Role::Jury => "role-jury",
            Role::Producer => "role-producer",
        }
    }
}

/// How new passwords are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// What the web site reads.
    Bcrypt,
    /// The better one, on a database of our own.
    Argon2id,
}

/// Fewest characters of a new password.
pub const PASSWORD_MIN: usize = 10;
/// Most bytes of a password that bcrypt looks at.
pub const BCRYPT_MAX: usize = 72;
/// Most bytes of any password, so that hashing stays cheap.
pub const PASSWORD_MAX: usize = 1024;

/// Judges a new password.
///
/// # Errors
/// Too short, or over what the scheme can hold: bcrypt would silently ignore the rest.
pub fn check_password(password: &str, scheme: Scheme) -> Result<(), Refusal> {
    let max = match scheme {
        Scheme::Bcrypt => BCRYPT_MAX,
        Scheme::Argon2id => PASSWORD_MAX,
    };
    if password.chars().count() < PASSWORD_MIN {
        Err(Refusal::new(Rule::PasswordTooShort).with("min", PASSWORD_MIN as i64))
    } else if password.len() > max {
        Err(Refusal::new(Rule::PasswordTooLong).with("max", max as i64))
    } else {
        Ok(())
    }
}

/// An email as a key: trimmed and in lower case, so that two spellings are one account.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Judges an email for a new account: something, an `@`, a domain with a dot, no white space or control, 255 characters.
///
/// # Errors
/// [`Rule::BadEmail`].
pub fn check_email(email: &str) -> Result<(), Refusal> {
    let email = email.trim();
    let parts = email.rsplit_once('@');
    let sound = parts.is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    });
    let plain = email.chars().count() <= 255 && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    if sound && plain { Ok(()) } else { Err(Refusal::new(Rule::BadEmail)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_by_scheme() {
        let long = "é".repeat(37);
        let cases = [
            ("short", Scheme::Argon2id, Some(Rule::PasswordTooShort)),
            ("long enough", Scheme::Bcrypt, None),
            (long.as_str(), Scheme::Bcrypt, Some(Rule::PasswordTooLong)),
            (long.as_str(), Scheme::Argon2id, None),
        ];
        for (password, scheme, expected) in cases {
            assert_eq!(check_password(password, scheme).err().map(|r| r.rule), expected, "{password}");
        }
    }

    #[test]
    fn emails() {
        for email in ["a@b.org", " josé@exemple.fr ", "\"odd\"@x.y.z", "a@b@c.de"] {
            assert!(check_email(email).is_ok(), "{email}");
        }
        for email in ["", "a", "@b.org", "a@b", "a@.org", "a@org.", "a b@c.de", "a\u{1b}@b.org"] {
            assert!(check_email(email).is_err(), "{email:?}");
        }
        assert_eq!(email_key("  José@Example.ORG "), "josé@example.org");
    }
}

//! Database URLs: what is wrong with one, in words that never repeat its password.

use std::str::FromStr;

use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use url::Url;

use super::{ConnectError, Target};
use crate::domain::text::inert;

/// What may stand behind the question mark.
const PARAMETERS: [&str; 5] = ["ssl-mode", "ssl-ca", "ssl-cert", "ssl-key", "socket"];

impl Target {
    /// Reads `mysql://user:password@host:port/database?ssl-mode=…&ssl-ca=…`, or with `?socket=/path` and no port.
    /// `mariadb://` is the same.
    ///
    /// # Errors
    /// [`ConnectError::BadUrl`] with what is wrong.
    pub fn parse(text: &str) -> Result<Target, ConnectError> {
        let bad = |why: String| ConnectError::BadUrl(why);
        let url = Url::parse(text.trim()).map_err(|error| bad(explain(error)))?;
        if !matches!(url.scheme(), "mysql" | "mariadb") {
            let scheme = inert(url.scheme()).into_owned();
            return Err(bad(format!("it begins with {scheme}:// and should begin with mysql:// or mariadb://")));
        }
        if url.fragment().is_some() {
            return Err(bad("a # in it must be written %23".to_owned()));
        }
        let mut socket = None;
        let mut files = Vec::new();
        for (name, value) in url.query_pairs() {
            if !PARAMETERS.contains(&name.as_ref()) {
                let name = inert(&name).into_owned();
                return Err(bad(format!("it knows no option {name}; there are {}", PARAMETERS.join(", "))));
            }
            if name == "socket" {
                socket = Some(value.into_owned());
            } else if name != "ssl-mode" {
                files.push((name.into_owned(), value.into_owned()));
            } else if MySqlSslMode::from_str(&value).is_err() {
                let modes = "disabled, preferred, required, verify_ca or verify_identity";
                return Err(bad(format!("ssl-mode is {}, not {}", modes, inert(&value))));
            }
        }
        let database = url.path().trim_start_matches('/');
        if database.is_empty() {
            return Err(bad("it names no database; one goes at the end, as in mysql://user@host/festival".to_owned()));
        }
        if database.contains('/') {
            return Err(bad("the name of the database has a / in it".to_owned()));
        }
        if url.host_str().is_none_or(str::is_empty) && socket.is_none() {
            return Err(bad("it names no host and no socket".to_owned()));
        }
        // The driver would answer with an error that repeats what it could not read.
        let mut options =
            MySqlConnectOptions::from_str(url.as_str()).map_err(|_| bad("it can't be read".to_owned()))?;
        if let Some(url::Host::Ipv6(address)) = url.host().map(|host| host.to_owned()) {
            options = options.host(&address.to_string());
        }
        let name = inert(options.get_database().unwrap_or_default()).into_owned();
        let place = match (&socket, url.port()) {
            (Some(_), _) => "this computer".to_owned(),
            (None, Some(port)) if port != 3306 => format!("{}:{port}", url.host_str().unwrap_or_default()),
            (None, _) => url.host_str().unwrap_or_default().to_owned(),
        };
        Ok(Target { files, ..Target::new(options, format!("{name} on {}", inert(&place))) })
    }
}

fn explain(error: url::ParseError) -> String {
    match error {
        url::ParseError::RelativeUrlWithoutBase => "it should begin with mysql:// or mariadb://".to_owned(),
        url::ParseError::InvalidPort => {
            "the port is no number; a / ? # @ or : in the password must be written %2F %3F %23 %40 or %3A".to_owned()
        }
        other => format!("{other}; as in mysql://user:password@host:3306/festival"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn good_ones() {
        for (text, display) in [
            ("mysql://me:hunter2@db.example.org/festival", "festival on db.example.org"),
            ("mariadb://me@db.example.org:3306/festival?ssl-mode=required", "festival on db.example.org"),
            ("mysql://me:p%40ss@[::1]:3307/festival", "festival on [::1]:3307"),
            ("mysql://me@localhost/festival?socket=/run/mysqld/mysqld.sock", "festival on this computer"),
            ("mysql:///festival?socket=/run/mysqld/mysqld.sock", "festival on this computer"),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!(target.display(), display, "{text}");
            assert_eq!(format!("{target:?}"), format!("Target({display:?})"));
        }
        let target = Target::parse("mysql://me:p%40ss@[::1]:3307/festival").unwrap();
        assert_eq!((target.options().get_host(), target.options().get_port()), ("::1", 3307));
    }

    #[test]
    fn bad_ones_say_what_is_wrong_and_keep_the_secret() {
        for (text, why) in [
            ("", "should begin with mysql://"),
            ("db.example.org/festival", "should begin with mysql://"),
            ("postgres://me:hunter2@host/festival", "begins with postgres://"),
            ("mysql://me:hunter2@host", "names no database"),
            ("mysql://me:hunter2@host/", "names no database"),
            ("mysql://me:hunter2@host/a/b", "has a / in it"),
            ("mysql://me:hunter2@host:port/festival", "port is no number"),
            ("mysql://me:hun#ter2@host/festival", "port is no number"),
            ("mysql://me:hunter2@host/festival?sslmode=on", "no option sslmode"),
            ("mysql://me:hunter2@host/festival?ssl-mode=hard", "not hard"),
            ("mysql://me:hunter2@host/festival#x", "%23"),
            ("mysql:///festival", "no host and no socket"),
        ] {
            let error = Target::parse(text).map(|target| target.display().to_owned()).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}

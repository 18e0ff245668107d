//! Finding the programs of MariaDB, which distributions put in places that are often not on PATH.

use std::env;
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::MariadbError;

/// The environment variable that names the server program.
const OVERRIDE: &str = "MARSAI_MARIADBD";

/// The oldest release that the console is tested with: major and minor.
const OLDEST: (u32, u32) = (10, 11);

/// Where servers are found beside PATH; `scripts/install-mariadb` looks in the same places.
const PLACES: &[&str] = &[
    "/usr/sbin",
    "/usr/bin",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/usr/libexec",
    "/usr/local/mysql/bin",
    "/opt/mariadb/bin",
    "/opt/homebrew/bin",
    "/opt/homebrew/opt/mariadb/bin",
    "/usr/local/opt/mariadb/bin",
    "/home/linuxbrew/.linuxbrew/bin",
    "/home/linuxbrew/.linuxbrew/opt/mariadb/bin",
];

/// What is needed to initialise and run a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// The server, `mariadbd`.
    pub server: PathBuf,
    /// `mariadb-install-db`, which makes a data directory.
    pub installer: PathBuf,
    /// The server's full version, such as `10.11.14-MariaDB-0+deb12u2`.
    pub version: String,
}

/// Finds MariaDB 10.11 or newer: what `MARSAI_MARIADBD` names, else on PATH, else in the usual places. Runs each candidate once
/// with `--version`, because on some systems `mysqld` is MariaDB and on others `mariadbd` is older than needed.
pub fn locate() -> Result<Programs, MariadbError> {
    let path: Vec<PathBuf> = env::var_os("PATH").map_or_else(Vec::new, |path| env::split_paths(&path).collect());
    let wanted = env::var_os(OVERRIDE).filter(|value| !value.is_empty());
    let ask = |program: &Path| said_version(program).as_deref().and_then(parse_version);
    locate_in(wanted, &path, &PLACES.iter().map(PathBuf::from).collect::<Vec<_>>(), ask)
}

/// The same with everything given: `wanted` is the value of the override, `version_of` asks a program what it is.
fn locate_in(
    wanted: Option<OsString>,
    path: &[PathBuf],
    places: &[PathBuf],
    version_of: impl Fn(&Path) -> Option<String>,
) -> Result<Programs, MariadbError> {
    let folders: Vec<&PathBuf> = path.iter().chain(places).filter(|folder| folder.is_absolute()).collect();
    if let Some(program) = wanted.map(PathBuf::from) {
        let version = version_of(&program).ok_or_else(|| MariadbError::NotMariadb { program: program.clone() })?;
        return complete(program, version, &folders);
    }
    let mut problem = None;
    for name in ["mariadbd", "mysqld"] {
        for server in folders.iter().map(|folder| folder.join(name)).filter(|file| runnable(file)) {
            let Some(version) = version_of(&server) else { continue };
            match complete(server, version, &folders) {
                Ok(programs) => return Ok(programs),
                Err(error) => problem = problem.or(Some(error)),
            }
        }
    }
    Err(problem.unwrap_or(MariadbError::Missing))
}

/// Adds what belongs to a server program, or says why it cannot be used.
fn complete(server: PathBuf, version: String, folders: &[&PathBuf]) -> Result<Programs, MariadbError> {
    if !new_enough(&version) {
        return Err(MariadbError::TooOld { program: server, version });
    }
    let find = |program: &'static str| {
        beside(&server, folders, program).ok_or_else(|| MariadbError::Incomplete { server: server.clone(), program })
    };
    let installer = find("mariadb-install-db")?;
    // The installer is a script that calls it; on Debian it comes in a package of its own.
    find("my_print_defaults")?;
    Ok(Programs { server, installer, version })
}

/// A program of the same installation: next to the server where possible, so that two installations do not mix.
fn beside(server: &Path, folders: &[&PathBuf], program: &str) -> Option<PathBuf> {
    let home = server.parent()?;
    let own = ["", "../bin", "../scripts"].map(|folder| home.join(folder));
    own.iter().chain(folders.iter().copied()).map(|folder| folder.join(program)).find(|file| runnable(file))
}

fn runnable(file: &Path) -> bool {
    file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// What `program` answers to `--version`; `None` when it cannot be run.
fn said_version(program: &Path) -> Option<String> {
    let answer = Command::new(program)
        .args(["--no-defaults", "--version"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// Reads `mariadbd  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64 (Debian 12)`; `None` for another vendor's.
fn parse_version(said: &str) -> Option<String> {
    let mut words = said.split_whitespace().skip_while(|word| *word != "Ver").skip(1);
    words.next().filter(|version| version.contains("-MariaDB")).map(str::to_owned)
}

fn new_enough(version: &str) -> bool {
    let mut numbers = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) => (major, minor) >= OLDEST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use std::fs;

    use super::*;

    /// A folder with programs; each file holds what the program would say of itself.
    fn folder(programs: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, says) in programs {
            let file = folder.path().join(name);
            fs::write(&file, says).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder
    }

    /// Looks in two lists of folders, reading programs instead of running them.
    fn look(wanted: Option<PathBuf>, path: &[&Path], places: &[&Path]) -> Result<Programs, MariadbError> {
        let owned = |folders: &[&Path]| folders.iter().map(PathBuf::from).collect::<Vec<_>>();
        let read = |program: &Path| fs::read_to_string(program).ok().as_deref().and_then(parse_version);
        locate_in(wanted.map(OsString::from), &owned(path), &owned(places), read)
    }

    const GOOD: &str = "mariadbd  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64 (Debian 12)";
    const OLD: &str = "mariadbd  Ver 10.6.18-MariaDB-0ubuntu0.22.04.1 for debian-linux-gnu on x86_64 (Ubuntu 22.04)";
    const MYSQL: &str = "/usr/sbin/mysqld  Ver 8.0.39 for Linux on x86_64 (MySQL Community Server - GPL)";

    #[test]
    fn versions_are_read() {
        for (version, enough) in [
            ("10.11.14-MariaDB-0+deb12u2", true),
            ("10.11.0-MariaDB", true),
            ("11.8.2-MariaDB", true),
            ("12.0.1-MariaDB-log", true),
            ("10.6.18-MariaDB", false),
            ("5.5.68-MariaDB", false),
            ("9.99.1-MariaDB", false),
            ("new-MariaDB", false),
        ] {
            assert_eq!(new_enough(version), enough, "{version}");
        }
        assert_eq!(parse_version(GOOD).as_deref(), Some("10.11.14-MariaDB-0+deb12u2"));
        assert_eq!(parse_version(MYSQL), None);
        assert_eq!(parse_version(""), None);
    }

    #[test]
    fn nothing_anywhere_says_how_to_install() {
        let empty = folder(&[]);
        let error = look(None, &[empty.path()], &[]).unwrap_err();
        let sentence = error.to_string();
        for way in ["apt install", "dnf install", "pacman -S", "brew install"] {
            assert!(sentence.contains(way), "{sentence}");
        }
    }

    #[test]
    fn an_old_one_on_path_does_not_hide_a_good_one_elsewhere() {
        let old = folder(&[("mariadbd", OLD), ("mariadb-install-db", ""), ("my_print_defaults", "")]);
        let good = folder(&[("mariadbd", GOOD), ("mariadb-install-db", ""), ("my_print_defaults", "")]);
        let found = look(None, &[old.path()], &[good.path()]).unwrap();
        assert_eq!(found.server, good.path().join("mariadbd"));
        assert_eq!(found.installer, good.path().join("mariadb-install-db"));

        let error = look(None, &[old.path()], &[]).unwrap_err();
        assert!(matches!(error, MariadbError::TooOld { .. }), "{error}");
    }

    #[test]
    fn mysql_is_not_taken_for_mariadb_but_a_link_is_followed() {
        let mysql = folder(&[("mysqld", MYSQL), ("mariadb-install-db", ""), ("my_print_defaults", "")]);
        let error = look(None, &[mysql.path()], &[]).unwrap_err();
        assert!(matches!(error, MariadbError::Missing), "{error}");

        let named = folder(&[("mysqld", GOOD), ("mariadb-install-db", ""), ("my_print_defaults", "")]);
        assert!(look(None, &[named.path()], &[]).is_ok());
    }

    #[test]
    fn a_server_without_its_helpers_is_named() {
        for (present, missing) in
            [("mariadb-install-db", "my_print_defaults"), ("my_print_defaults", "mariadb-install-db")]
        {
            let half = folder(&[("mariadbd", GOOD), (present, "")]);
            let sentence = look(None, &[half.path()], &[]).unwrap_err().to_string();
            assert!(sentence.contains(missing), "{sentence}");
        }
    }

    #[test]
    fn the_override_is_used_or_refused() {
        let good = folder(&[("server", GOOD), ("mariadb-install-db", ""), ("my_print_defaults", ""), ("other", MYSQL)]);
        let found = look(Some(good.path().join("server")), &[], &[]).unwrap();
        assert_eq!(found.server, good.path().join("server"));
        for wrong in ["other", "absent"] {
            let error = look(Some(good.path().join(wrong)), &[good.path()], &[]).unwrap_err();
            assert!(matches!(error, MariadbError::NotMariadb { .. }), "{error}");
        }
    }
}

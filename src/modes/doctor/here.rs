//! This computer: settings, directories, terminal, the programs of MariaDB.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::Report;
use crate::config::TABLE;
use crate::mariadb;
use crate::modes::Around;
use crate::run::frame::{Caps, Colours};

/// Variables that are not settings of the file.
const OTHER_VARIABLES: [&str; 3] = ["MARSAI_CONFIG", "MARSAI_PASSWORD", "MARSAI_MARIADBD"];

/// Fewest columns and rows that the console draws on.
const SMALLEST: (u16, u16) = (60, 15);

pub(super) fn look(report: &mut Report, around: &Around, caps: Caps) {
    settings(report, &around.file);
    variables(report, std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()));
    let log = around.settings.log.directory.clone().unwrap_or_else(|| around.paths.logs());
    directory(report, "log", &log);
    directory(report, "sessions", &around.paths.sessions());
    terminal(report, caps);
    if around.settings.database.url.is_none() {
        match mariadb::locate() {
            Ok(found) => report.good("mariadb", &format!("{} is {}", found.server.display(), found.version)),
            Err(error) => report.wrong("mariadb", &error.to_string(), "or set MARSAI_DATABASE_URL"),
        }
    }
}

/// The file was read already: a mistake in it would have ended the program.
fn settings(report: &mut Report, path: &Path) {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(file) if file.permissions().mode() & 0o077 != 0 => report.odd(
            "settings",
            &format!("{shown} can be read by others, and it may hold the database's password"),
            &format!("chmod 600 {shown}"),
        ),
        Ok(_) => report.good("settings", &format!("{shown} is sound")),
        Err(_) => report.good("settings", &format!("the defaults hold; {shown} is not there")),
    }
}

/// A misspelt variable is silently without effect.
fn variables(report: &mut Report, names: impl Iterator<Item = String>) {
    let known: Vec<String> = TABLE.iter().map(|setting| setting.variable()).collect();
    let ours = |name: &String| name.starts_with("MARSAI_") && !name.starts_with("MARSAI_TEST_");
    for name in names.filter(ours) {
        if !known.contains(&name) && !OTHER_VARIABLES.contains(&name.as_str()) {
            report.odd(
                "settings",
                &format!("nothing reads the variable {name}"),
                "see config.example.toml for the names",
            );
        }
    }
}

fn directory(report: &mut Report, about: &'static str, path: &Path) {
    let shown = path.display();
    let written = fs::create_dir_all(path).and_then(|()| tempfile::tempfile_in(path));
    match written {
        Ok(_) => report.good(about, &format!("kept in {shown}")),
        Err(error) => {
            report.odd(about, &format!("{shown} can't be written: {error}"), "make it writable for this user")
        }
    }
}

fn terminal(report: &mut Report, caps: Caps) {
    if !io::stdout().is_terminal() {
        return;
    }
    let (columns, rows) = crossterm::terminal::size().unwrap_or((80, 24));
    let colours = match caps.colour {
        Colours::None => "no colours",
        Colours::Ansi16 => "16 colours",
        Colours::Ansi256 => "256 colours",
        Colours::True => "true colour",
    };
    let what = format!("{columns}×{rows}, {colours}, {}", if caps.utf8 { "UTF-8" } else { "not UTF-8" });
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        report.odd("terminal", &what, &format!("make it at least {}×{}", SMALLEST.0, SMALLEST.1));
    } else if !caps.utf8 {
        report.odd("terminal", &what, "titles in other scripts show as ?; set a UTF-8 locale (LANG=C.UTF-8)");
    } else {
        report.good("terminal", &what);
    }
}

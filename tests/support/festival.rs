//! A small festival on a database of its own, and the program that opens consoles on it.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(unused, reason = "each test target compiles its own copy and uses a part of it")]

use std::path::Path;

use marsai::store::migrate;
use portable_pty::CommandBuilder;
use sqlx::AssertSqlSafe;

use super::support::{self, Database};

/// Who runs the festival, and with which password.
pub(crate) const EMAIL: &str = "ann@example.org";
pub(crate) const NAME: &str = "Ann Roux";
pub(crate) const PASSWORD: &str = "marseille-1895";

/// The film that the tests advance, and how it is found among the others.
pub(crate) const FILM: i32 = 2;
pub(crate) const TITLE: &str = "Été sans fin";

/// A festival of its own for one test.
pub(crate) struct Festival {
    pub(crate) database: Database,
    pub(crate) home: tempfile::TempDir,
}

impl Festival {
    /// An administrator and three films.
    pub(crate) async fn open() -> Self {
        let database = support::database().await;
        let mut conn = database.connect().await;
        migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
        // The cheapest hash that there is.
        let hash = bcrypt::hash(PASSWORD, 4).unwrap();
        let rows = format!(
            "INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES
             (1, 'Ann', 'Roux', '{EMAIL}', '{hash}', 'ADMIN', '2025-12-01 08:00:00', '2025-12-01 08:00:00'),
             (2, 'Gil', 'Blanc', 'gil@example.org', '{hash}', 'PRODUCER', '2025-12-01 08:00:00', '2025-12-01 08:00:00');
             INSERT INTO movies (id_movie, title, duration, selection_status, id_user, createdAt, updatedAt) VALUES
             (1, 'Two Moons', 60, 'submitted', 2, '2026-01-01 10:00:00', '2026-01-01 10:00:00'),
             ({FILM}, '{TITLE}', 60, 'submitted', 2, '2026-01-02 10:00:00', '2026-01-02 10:00:00'),
             (3, '東京の夜 🎬', 60, 'submitted', 2, '2026-01-03 10:00:00', '2026-01-03 10:00:00')"
        );
        sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut conn).await.unwrap();
        Self { database, home: tempfile::tempdir().unwrap() }
    }

    /// The program with a home of its own, in English.
    pub(crate) fn marsai(&self, args: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_marsai"));
        command.args(args);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.home.path());
        command.env("MARSAI_DATABASE_URL", self.database.url());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_GB.UTF-8");
        command
    }

    /// The same without a terminal.
    pub(crate) fn command(&self, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_marsai"));
        command.args(args);
        command.env("HOME", self.home.path());
        command.env("MARSAI_DATABASE_URL", self.database.url());
        command.env("LANG", "en_GB.UTF-8");
        for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        command
    }

    /// The status of the film.
    pub(crate) async fn status(&self) -> String {
        let sql = "SELECT CAST(selection_status AS CHAR) FROM movies WHERE id_movie = ?";
        sqlx::query_scalar(sql).bind(FILM).fetch_one(&mut self.database.connect().await).await.unwrap()
    }
}

/// The reports of faults below a directory, wherever this system keeps them.
pub(crate) fn reports(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(reports(&path));
        } else if name.starts_with("fault-") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// Finds the film in the list and makes it a candidate.
pub(crate) async fn advance(client: &mut super::terminal::Client) {
    client.press("/fin\r");
    client.until("the one film", |screen| !screen.contents().contains("Two Moons")).await;
    client.press("a");
    client.reads("candidate").await;
    client.reads("Enter go on").await;
    client.press("\r");
    client.reads("Why?").await;
    client.press("\x13");
    client.reads("[ Move ]").await;
    client.press("\r");
    client.reads("◆ 1").await;
}

//! The program in a home directory of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use super::support::Database;

/// A password that every scheme takes.
pub(crate) const PASSWORD: &str = "marseille-1895";

/// A computer with nothing on it but the program.
pub(crate) struct Computer {
    home: TempDir,
    variables: Vec<(String, String)>,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// The standard output of a command that went well.
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// The standard error of a command that ended with this code.
    #[track_caller]
    pub(crate) fn badly(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self.err
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Computer {
    /// One without settings.
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// One that knows a database.
    pub(crate) fn joined(database: &Database) -> Self {
        Self::new().with("MARSAI_DATABASE_URL", database.url())
    }

    /// The same with one more variable of the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes the settings file.
    pub(crate) fn configure(&self, text: &str) -> PathBuf {
        let path = self.home().join("config/marsai/config.toml");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The whole environment of a program here: nothing of ours but where MariaDB is.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let kept = ["PATH", "TMPDIR", "MARSAI_MARIADBD"];
        let mut all: Vec<(String, String)> =
            std::env::vars().filter(|(name, _)| kept.contains(&name.as_str())).collect();
        let here = |below: &str| self.home().join(below).to_str().unwrap().to_owned();
        for (name, below) in [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            all.push((name.to_owned(), here(below)));
        }
        all.push(("LC_ALL".to_owned(), "C.UTF-8".to_owned()));
        all.push(("TERM".to_owned(), "xterm-256color".to_owned()));
        all.extend(self.variables.iter().cloned());
        all
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsai"));
        command.env_clear().envs(self.environment()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs a command with something on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Said {
        let mut child = self.start(arguments);
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // A program that ends early closes the pipe; what it said is what counts.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        output.into()
    }

    /// Starts a command whose standard input stays open.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdin(Stdio::piped()).spawn().unwrap()
    }

    /// Adds an account.
    #[track_caller]
    pub(crate) fn add(&self, email: &str, role: &str) {
        let said = self.run_with(
            &["user", "add", email, "--first-name", "Ann", "--last-name", "Lee", "--role", role],
            format!("{PASSWORD}\n").as_bytes(),
        );
        said.well();
    }
}

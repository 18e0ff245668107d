//! The OpenSSH client and its keys.

use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;

use super::festival::Festival;

/// A pair of keys in a festival's home.
pub(crate) struct Key {
    path: PathBuf,
}

impl Key {
    /// Makes a new pair.
    pub(crate) fn make(home: &Path, name: &str) -> Self {
        let path = home.join(name);
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(&path).status();
        assert!(made.unwrap().success());
        Self { path }
    }

    /// Makes one and lets an account sign in by it.
    pub(crate) fn of(festival: &Festival, email: &str) -> Self {
        let key = Self::make(festival.home.path(), email);
        let added = festival.command(&["user", "key", "add", email]).arg(key.public_path()).output().unwrap();
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        key
    }

    /// The secret half.
    pub(crate) fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    /// The line of its public half.
    pub(crate) fn public(&self) -> String {
        std::fs::read_to_string(self.public_path()).unwrap()
    }

    fn public_path(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".pub");
        name.into()
    }
}

/// Where a server is found, and under which name somebody comes.
pub(crate) struct Door<'a> {
    pub(crate) home: &'a Path,
    pub(crate) port: u16,
    pub(crate) user: &'a str,
}

impl Door<'_> {
    /// What `ssh` and its kin need to be told.
    pub(crate) fn options(&self) -> Vec<String> {
        let known = format!("UserKnownHostsFile={}", self.home.join("known_hosts").display());
        let port = format!("Port={}", self.port);
        let user = format!("User={}", self.user);
        let mut all = vec!["-F".to_owned(), "none".to_owned()];
        let each = ["StrictHostKeyChecking=accept-new", "IdentitiesOnly=yes", "IdentityAgent=none", "LogLevel=ERROR"];
        for option in each.into_iter().chain([&*known, &*port, &*user]) {
            all.extend(["-o".to_owned(), option.to_owned()]);
        }
        all
    }

    /// A client on a terminal.
    pub(crate) fn ssh(&self, options: &[&str]) -> CommandBuilder {
        self.ssh_with(options, &[])
    }

    /// A client on a terminal that asks for a command.
    pub(crate) fn ssh_with(&self, options: &[&str], command: &[&str]) -> CommandBuilder {
        let mut ssh = CommandBuilder::new("ssh");
        ssh.env_clear();
        ssh.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        ssh.env("HOME", self.home);
        ssh.env("TERM", "xterm-256color");
        ssh.args(self.options());
        ssh.args(options);
        ssh.arg("127.0.0.1");
        ssh.args(command);
        ssh
    }

    /// `ssh`, `sftp` or `scp` without a terminal; the arguments come last.
    pub(crate) fn without_terminal(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(self.options()).args(arguments).stdin(std::process::Stdio::null());
        command
    }
}

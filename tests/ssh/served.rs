//! `marsai serve` on a free port.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use portable_pty::CommandBuilder;

use super::client::{Door, Key};
use super::festival::Festival;
use super::terminal::Client;

/// A server, stopped by the test.
pub(crate) struct Served {
    process: Child,
    /// What it says, kept open for it.
    output: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl Served {
    /// Starts one, by default on a port of its own choice.
    pub(crate) fn start(festival: &Festival, port: u16) -> Self {
        let mut process = festival
            .command(&["serve", "--listen", &format!("127.0.0.1:{port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = output.next().unwrap().unwrap();
        let port = address.split(' ').nth(2).unwrap().rsplit(':').next().unwrap().parse().unwrap();
        assert!(output.next().unwrap().unwrap().contains("SHA256:"));
        Self { process, output, port }
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// A client of somebody.
    pub(crate) fn ssh(&self, festival: &Festival, user: &str, options: &[&str]) -> CommandBuilder {
        Door { home: festival.home.path(), port: self.port, user }.ssh(options)
    }

    /// A client of somebody with a key.
    pub(crate) fn by_key(&self, festival: &Festival, user: &str, key: &Key) -> Client {
        let options = ["-o", "PreferredAuthentications=publickey", "-i", key.path()];
        Client::start(self.ssh(festival, user, &options))
    }

    /// Asks the server to stop.
    pub(crate) fn ask_to_stop(&self) {
        kill(Pid::from_raw(i32::try_from(self.process.id()).unwrap()), Signal::SIGTERM).unwrap();
    }

    /// Asks the server to stop and waits until it has.
    pub(crate) fn stop(mut self) {
        self.ask_to_stop();
        assert!(self.process.wait().unwrap().success());
        // It had said everything at its start: how to sign in came last.
        assert!(self.output.next().unwrap().unwrap().contains("ssh -p"));
        assert!(self.output.next().is_none());
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Gone already in every test that passes.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

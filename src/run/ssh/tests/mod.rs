//! The server with real clients (OpenSSH's on a pseudo-terminal, and one that sends what OpenSSH does not) and a service
//! that answers from a script.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod attacks;
mod audit;
mod console;
mod ends;
mod limits;
mod log;
mod network;
mod probe;
mod refused;
#[cfg(target_os = "linux")]
mod shortage;
mod sign_in;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use portable_pty::CommandBuilder;
use tokio::sync::oneshot;

use super::*;
use crate::run::testing::{Client, EMAIL, PASSWORD, Script, open};
use probe::{Probe, Screen};

/// A server of one test, stopped by the test.
struct Served {
    port: u16,
    dir: tempfile::TempDir,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
    service: Arc<Script>,
    gate: Gate,
}

/// Limits that let hundreds come at once from one address.
fn roomy() -> Limits {
    Limits { total: 20_000, per_address: 20_000, per_account: 20_000, burst: 20_000, ..Limits::default() }
}

async fn serve(limits: Limits) -> Served {
    serve_with(limits, false).await
}

async fn serve_with(limits: Limits, strict_pq: bool) -> Served {
    let dir = tempfile::tempdir().unwrap();
    let key = host_key::load_or_make(&dir.path().join("host_key")).unwrap();
    let public = key.public_key().to_openssh().unwrap();
    let service = Script::new();
    let host = Host::new(Arc::clone(&service), open);
    let options = Options { key, limits, strict_pq };
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), options, host).await.unwrap();
    let port = server.address().unwrap().port();
    let gate = server.gate.clone();
    std::fs::write(dir.path().join("known_hosts"), format!("[127.0.0.1]:{port} {public}\n")).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(server.serve(async move {
        let _ = stopped.await;
    }));
    Served { port, dir, stop, task, service, gate }
}

impl Served {
    /// Stops the server. Every place has been given back then.
    async fn end(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
        assert_eq!(self.gate.inside(), (0, 0, 0));
    }

    /// Waits until so many are in: all, strangers, signed in.
    async fn until_inside(&self, expected: (usize, usize, usize)) {
        for _ in 0..3_000 {
            if self.gate.inside() == expected {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?} inside instead of {expected:?}", self.gate.inside());
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Somebody who works at a console while others misbehave.
    async fn honest(&self) -> (Probe, Screen) {
        self.signed_in(EMAIL).await
    }

    async fn signed_in(&self, email: &str) -> (Probe, Screen) {
        let mut probe = Probe::connect(self.port).await;
        probe.sign_in(email).await;
        let mut screen = probe.console().await;
        screen.reads(crate::run::testing::person(email).name.as_str()).await;
        (probe, screen)
    }

    /// The real client, with options of its own and perhaps a command.
    fn ssh(&self, user: &str, options: &[&str], command: &[&str]) -> Client {
        let mut ssh = CommandBuilder::new("ssh");
        let known = format!("UserKnownHostsFile={}", self.path("known_hosts").display());
        ssh.args(["-F", "none", "-p", &self.port.to_string(), "-o", "StrictHostKeyChecking=yes", "-o", &known]);
        ssh.args(["-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "NumberOfPasswordPrompts=2"]);
        ssh.args(["-l", user]);
        ssh.args(options);
        ssh.arg("127.0.0.1");
        ssh.args(command);
        ssh.env("TERM", "xterm-256color");
        ssh.env("HOME", self.dir.path());
        Client::start(ssh)
    }

    /// The real client after the password.
    async fn ssh_signed_in(&self, user: &str, options: &[&str], command: &[&str]) -> Client {
        let mut client = self.ssh(user, &[PASSWORD_ONLY, options].concat(), command);
        client.reads("password:").await;
        client.press(&format!("{PASSWORD}\n"));
        client
    }
}

const PASSWORD_ONLY: &[&str] = &["-o", "PreferredAuthentications=password"];

fn keygen(path: &Path) -> String {
    let made =
        std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path).status();
    assert!(made.unwrap().success());
    let text = std::fs::read_to_string(path.with_extension("pub")).unwrap();
    russh::keys::PublicKey::from_openssh(&text).unwrap().fingerprint(russh::keys::HashAlg::Sha256).to_string()
}

//! The real server and the real OpenSSH client: the same console, over the wire.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/festival.rs"]
mod festival;
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use festival::{EMAIL, Festival, NAME, PASSWORD, TITLE, advance};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use portable_pty::CommandBuilder;
use terminal::Client;

/// A server on a free port, stopped by the test.
struct Served {
    festival: Festival,
    process: Child,
    /// What it says, kept open for it.
    output: Lines<BufReader<ChildStdout>>,
    port: String,
}

impl Served {
    async fn start() -> Self {
        let festival = Festival::open().await;
        let mut process = festival
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = lines.next().unwrap().unwrap();
        let port = address.split(' ').nth(2).unwrap().rsplit(':').next().unwrap().to_owned();
        assert!(lines.next().unwrap().unwrap().contains("SHA256:"));
        Self { festival, process, output: lines, port }
    }

    fn ssh(&self, options: &[&str]) -> CommandBuilder {
        let mut ssh = CommandBuilder::new("ssh");
        let known = format!("UserKnownHostsFile={}", self.festival.home.path().join("known_hosts").display());
        ssh.args(["-F", "none", "-p", &self.port, "-l", EMAIL, "-o", "StrictHostKeyChecking=accept-new", "-o", &known]);
        ssh.args(["-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"]);
        ssh.args(options);
        ssh.arg("127.0.0.1");
        ssh.env("TERM", "xterm-256color");
        ssh
    }

    /// Asks the server to stop and waits until it has.
    fn stop(mut self) {
        kill(Pid::from_raw(i32::try_from(self.process.id()).unwrap()), Signal::SIGTERM).unwrap();
        assert!(self.process.wait().unwrap().success());
        // It had said everything at its start: how to sign in came last.
        assert!(self.output.next().unwrap().unwrap().contains("ssh -p"));
        assert!(self.output.next().is_none());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Gone already in every test that passes.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_by_password_finds_a_film_advances_it_and_leaves() {
    let served = Served::start().await;
    let mut client = Client::start(served.ssh(&["-o", "PreferredAuthentications=password"]));
    client.reads("password:").await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads(NAME).await;
    client.reads(TITLE).await;
    client.resize(40, 120).await;
    advance(&mut client).await;
    assert_eq!(served.festival.status().await, "candidate");
    client.press("q");
    assert_eq!(client.ended().await, 0);
    client.is_restored().await;
    served.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_the_account_opens_the_console_until_the_server_stops() {
    let served = Served::start().await;
    let key = served.festival.home.path().join("key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
    let line = serde_json::json!({"request": "add_key", "user": 1, "key": public.trim()});
    let mut call = served
        .festival
        .command(&["call", "--email", EMAIL])
        .env("MARSAI_PASSWORD", PASSWORD)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(call.stdin.take().unwrap(), "{line}").unwrap();
    let output = call.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let key = key.display().to_string();
    let mut client = Client::start(served.ssh(&["-o", "PreferredAuthentications=publickey", "-i", &key]));
    client.reads(NAME).await;
    served.stop();
    client.ended().await;
    client.is_restored().await;
}

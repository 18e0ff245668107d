//! The server with the real OpenSSH client on a pseudo-terminal, and a service that answers from a script.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use portable_pty::CommandBuilder;
use tokio::sync::oneshot;

use super::*;
use crate::run::testing::{Client, EMAIL, FAULTY, PASSWORD, Script, open};

/// A server of one test, stopped by the test.
struct Served {
    port: u16,
    dir: tempfile::TempDir,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
    service: Arc<Script>,
}

async fn serve(limits: Limits) -> Served {
    let dir = tempfile::tempdir().unwrap();
    let key = host_key::load_or_make(&dir.path().join("host_key")).unwrap();
    let public = key.public_key().to_openssh().unwrap();
    let service = Script::new();
    let host = Host::new(Arc::clone(&service), open);
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), key, limits, host).await.unwrap();
    let port = server.address().unwrap().port();
    std::fs::write(dir.path().join("known_hosts"), format!("[127.0.0.1]:{port} {public}\n")).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(server.serve(async move {
        let _ = stopped.await;
    }));
    Served { port, dir, stop, task, service }
}

impl Served {
    async fn end(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
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

    /// The same after the password.
    async fn signed_in(&self, user: &str, options: &[&str], command: &[&str]) -> Client {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_password_opens_the_console_and_q_ends_it_cleanly() {
    let served = serve(Limits::default()).await;
    let mut client = served.ssh(EMAIL, PASSWORD_ONLY, &[]);
    client.reads("password:").await;
    client.press("wrong\n");
    client.until("second question", |s| s.contents().matches("password:").count() == 2).await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads("Ada Lovelace").await;
    client.resize(40, 120).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    client.is_restored().await;
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_the_console_only_for_its_account() {
    let served = serve(Limits::default()).await;
    let fingerprint = keygen(&served.path("mine"));
    keygen(&served.path("other"));
    *served.service.fingerprint.lock().unwrap() = Some(fingerprint);
    let with = |name: &str| served.path(name).display().to_string();
    let key_only = ["-o", "PreferredAuthentications=publickey", "-i"];
    for (user, key, fits) in [(EMAIL, "mine", true), (EMAIL, "other", false), ("bob@festival.example", "mine", false)] {
        let mut client = served.ssh(user, &[&key_only[..], &[&with(key)]].concat(), &[]);
        if fits {
            client.reads("Ada Lovelace").await;
            client.press("q");
            assert_eq!(client.ended().await, 0);
        } else {
            assert_eq!(client.ended().await, 255, "{user} with {key}");
        }
    }
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_a_console_is_granted() {
    let served = serve(Limits::default()).await;
    for (options, command) in [(&["-T"][..], &[][..]), (&[], &["id"]), (&["-s"], &["sftp"])] {
        let mut client = served.signed_in(EMAIL, options, command).await;
        assert_ne!(client.ended().await, 0, "{options:?} {command:?}");
    }
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_the_server_gives_every_terminal_back() {
    let served = serve(Limits::default()).await;
    let mut client = served.signed_in(EMAIL, &[], &[]).await;
    client.reads("Ada Lovelace").await;
    served.end().await;
    client.ended().await;
    client.is_restored().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_ends_one_session_and_no_other() {
    let served = serve(Limits::default()).await;
    let mut other = served.signed_in(EMAIL, &[], &[]).await;
    other.reads("Ada Lovelace").await;
    let mut client = served.signed_in(FAULTY, &[], &[]).await;
    assert_eq!(client.ended().await, 1);
    client.is_restored().await;
    other.press("q");
    assert_eq!(other.ended().await, 0);
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_sign_in_is_sent_away() {
    let served = serve(Limits { grace: Duration::from_millis(300), ..Limits::default() }).await;
    let mut silent = std::net::TcpStream::connect(("127.0.0.1", served.port)).unwrap();
    silent.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let greeting = tokio::task::spawn_blocking(move || {
        let mut sink = Vec::new();
        let end = silent.read_to_end(&mut sink);
        (sink, end.is_ok())
    });
    let (greeting, closed) = greeting.await.unwrap();
    assert!(greeting.starts_with(b"SSH-2.0-marsai\r\n") && closed);
    served.end().await;
}

//! The server with the real OpenSSH client on a pseudo-terminal, and a service that answers from a script.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tokio::sync::oneshot;

use super::*;
use crate::run::testing::{EMAIL, FAULTY, PASSWORD, Script, open};

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

/// A program on a pseudo-terminal of its own.
struct Client {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn std::io::Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
}

impl Client {
    fn start(command: CommandBuilder) -> Self {
        let pty = native_pty_system();
        let pair = pty.openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::default()));
        let shown = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                shown.lock().unwrap().process(&bytes[..n]);
            }
        });
        Self { master: pair.master, child, input, screen }
    }

    fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
    }

    async fn until(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !condition(self.screen.lock().unwrap().screen()) {
            if start.elapsed() > Duration::from_secs(30) {
                panic!("no {what} on the screen:\n{}", self.screen.lock().unwrap().screen().contents());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn reads(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text)).await;
    }

    /// Waits for its end: the exit code.
    async fn ended(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            if start.elapsed() > Duration::from_secs(30) {
                self.child.kill().unwrap();
                panic!("still there:\n{}", self.screen.lock().unwrap().screen().contents());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn is_restored(&mut self) {
        self.until("restored screen", |s| !s.alternate_screen() && !s.hide_cursor() && !s.bracketed_paste()).await;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Gone already in every test that passes.
        let _ = self.child.kill();
        let _ = self.child.wait();
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
    client.master.resize(PtySize { rows: 40, cols: 120, ..PtySize::default() }).unwrap();
    client.screen.lock().unwrap().screen_mut().set_size(40.try_into().unwrap(), 120.try_into().unwrap());
    client.until("the new size", |s| s.rows(0, 120).take(1).any(|row| row.trim_end().chars().count() > 100)).await;
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

//! A real sshd in front of the console, set up as the README says.

use std::io::Write as _;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant};

use nix::unistd::{Uid, User};
use portable_pty::CommandBuilder;

use super::client::{Door, Key};
use super::festival::Festival;
use super::terminal::Client;

/// What the operator has set up otherwise than they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    None,
    /// `ExposeAuthInfo` was forgotten.
    NothingExposed,
    /// The same, and clients may set every variable.
    EveryVariable,
    /// Something that stands before the console drops all that sshd says, as `sudo` does.
    NoTrace,
}

/// An sshd that takes connections until it is dropped: one process for each, as inetd starts it, so that the port is
/// ours from the beginning.
pub(crate) struct Sshd<'a> {
    festival: &'a Festival,
    port: u16,
    user: String,
    processes: Arc<Mutex<Vec<Child>>>,
}

/// The program; said once where there is none.
fn program() -> Option<PathBuf> {
    static SAID: Once = Once::new();
    let places = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/homebrew/sbin", "/usr/local/opt/openssh/sbin"];
    let found = places.iter().map(|place| Path::new(place).join("sshd")).find(|path| path.exists());
    let user = !Uid::effective().is_root() || matches!(User::from_name("sshd"), Ok(Some(_)));
    if found.is_none() || !user {
        // Straight to standard error: the test harness swallows what the macros print.
        SAID.call_once(|| drop(writeln!(std::io::stderr(), "NOT tested behind OpenSSH: no sshd is installed.")));
    }
    found.filter(|_| user)
}

impl<'a> Sshd<'a> {
    /// Starts one; `None` where no sshd is installed.
    pub(crate) fn start(festival: &'a Festival, mistake: Mistake) -> Option<Self> {
        let program = program()?;
        if Uid::effective().is_root() {
            // Where it locks up what it does before somebody has signed in; a package's own start makes it.
            std::fs::create_dir_all("/run/sshd").unwrap();
        }
        let home = festival.home.path();
        let host = Key::make(home, "host");
        let config = home.join("sshd_config");
        std::fs::write(&config, Self::config(home, &host, mistake)).unwrap();
        let console = format!(
            "[database]\nurl = \"{}\"\n[log]\ndirectory = \"{}\"\n[ssh]\nvisitors = {}\n",
            festival.database.url(),
            home.join("log").display(),
            // Without it, what sshd says must do.
            mistake != Mistake::NothingExposed
        );
        std::fs::write(home.join("console.toml"), console).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let processes = Arc::new(Mutex::new(Vec::new()));
        let started = Arc::clone(&processes);
        let log = home.join("sshd.log");
        // It ends with the test's process: it holds nothing but a port.
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let input = OwnedFd::from(stream);
                let output = input.try_clone().unwrap();
                let mut command = Command::new(&program);
                command.args(["-i", "-e", "-f"]).arg(&config);
                let log = std::fs::OpenOptions::new().create(true).append(true).open(&log);
                // The test may be over.
                let Ok(log) = log else { return };
                command.stdin(Stdio::from(input)).stdout(Stdio::from(output)).stderr(log);
                started.lock().unwrap().push(command.spawn().unwrap());
            }
        });
        let user = User::from_uid(Uid::effective()).unwrap().unwrap().name;
        Some(Self { festival, port, user, processes })
    }

    /// The block of the README, for the account that runs the tests.
    fn config(home: &Path, host: &Key, mistake: Mistake) -> String {
        let readme = include_str!("../../README.md");
        let (_, block) = readme.split_once("```text\nMatch User vote\n").unwrap();
        let (block, _) = block.split_once("```").unwrap();
        let console = format!("{} --config {}", env!("CARGO_BIN_EXE_marsai"), home.join("console.toml").display());
        let keys = home.join("authorized_keys").display().to_string();
        let user = User::from_uid(Uid::effective()).unwrap().unwrap().name;
        // As it stands there, and for this test. The program that sshd asks must be root's, which a test's is not
        // everywhere; and some let in a key that no account has.
        let mut changes = vec![
            ("AuthorizedKeysCommand /usr/local/bin/marsai", format!("AuthorizedKeysCommand /usr/bin/env {console}")),
            ("ForceCommand /usr/local/bin/marsai", format!("ForceCommand {console}")),
            ("AuthorizedKeysCommandUser vote", format!("AuthorizedKeysCommandUser {user}")),
            ("AuthorizedKeysFile none", format!("AuthorizedKeysFile {keys}")),
        ];
        if [Mistake::NothingExposed, Mistake::EveryVariable].contains(&mistake) {
            changes.push(("ExposeAuthInfo yes", "ExposeAuthInfo no".to_owned()));
        }
        if mistake == Mistake::EveryVariable {
            changes.push(("AcceptEnv none", "AcceptEnv *".to_owned()));
        }
        if mistake == Mistake::NoTrace {
            let dropped = ["CONNECTION", "CLIENT", "TTY", "USER_AUTH", "ORIGINAL_COMMAND"];
            let dropped = dropped.map(|name| format!("-u SSH_{name}")).join(" ");
            changes[1].1 = format!("ForceCommand /usr/bin/env {dropped} {console}");
        }
        let mut block = block.to_owned();
        for (there, here) in &changes {
            assert!(block.contains(there), "the README says nothing of {there}");
            block = block.replace(there, here);
        }
        format!(
            "HostKey {}\nPidFile none\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nSubsystem sftp internal-sftp\n\
             Match User {user}\n{block}",
            host.path(),
        )
    }

    /// Lets a key in that no account has.
    pub(crate) fn let_in(&self, key: &Key) {
        std::fs::write(self.festival.home.path().join("authorized_keys"), key.public()).unwrap();
    }

    /// How clients get there.
    pub(crate) fn door(&self) -> Door<'_> {
        Door { home: self.festival.home.path(), port: self.port, user: &self.user }
    }

    /// A client on a terminal.
    pub(crate) fn ssh(&self, key: &Key, options: &[&str]) -> CommandBuilder {
        self.door().ssh(&[&["-i", key.path()], options].concat())
    }

    /// A client that is running.
    pub(crate) fn client(&self, key: &Key) -> Client {
        Client::start(self.ssh(key, &[]))
    }

    /// Waits until every connection has ended at this end, too.
    pub(crate) async fn is_empty(&self) {
        let start = Instant::now();
        while self.processes.lock().unwrap().iter_mut().any(|child| child.try_wait().unwrap().is_none()) {
            assert!(start.elapsed() < Duration::from_secs(30), "{}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What sshd had to say.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.festival.home.path().join("sshd.log")).unwrap_or_default()
    }
}

impl Drop for Sshd<'_> {
    fn drop(&mut self) {
        for child in self.processes.lock().unwrap().iter_mut() {
            // Gone already in every test that passes.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

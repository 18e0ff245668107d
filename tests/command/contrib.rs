//! What operators copy: the systemd unit and the README's block for OpenSSH.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::program::Computer;
use super::support;

fn project(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn unit() -> String {
    std::fs::read_to_string(project("contrib/marsai.service")).unwrap()
}

/// Every value of a directive, in order.
fn values<'a>(unit: &'a str, name: &str) -> Vec<&'a str> {
    unit.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('=')).collect()
}

/// Straight to standard error: the test harness swallows what the macros print.
fn not_tested(what: &str) {
    drop(writeln!(std::io::stderr(), "NOT tested: {what}."));
}

#[tokio::test]
async fn the_unit_starts_the_server_with_all_that_it_keeps_in_its_own_directories() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    let unit = unit();
    let [command] = values(&unit, "ExecStart")[..] else { panic!("{unit}") };
    let arguments: Vec<&str> = command.strip_prefix("/usr/local/bin/marsai ").unwrap().split(' ').collect();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (directory, below) in [("StateDirectory", "state"), ("LogsDirectory", "logs"), ("", "credentials")] {
        let own = if directory.is_empty() { "" } else { values(&unit, directory)[0] };
        std::fs::create_dir_all(root.join(below).join(own)).unwrap();
    }
    let settings = format!("[database]\nurl = \"{}\"\n[ssh]\nlisten = \"127.0.0.1:0\"\n", database.url());
    let [credential] = values(&unit, "LoadCredential")[..] else { panic!("{unit}") };
    std::fs::write(root.join("credentials").join(credential.split(':').next().unwrap()), settings).unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_marsai"));
    server.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped());
    for variable in values(&unit, "Environment").into_iter().flat_map(|line| line.split(' ')) {
        let (name, value) = variable.split_once('=').unwrap();
        let place = |below: &str| root.join(below).display().to_string();
        let value =
            value.replace("%S", &place("state")).replace("%L", &place("logs")).replace("%d", &place("credentials"));
        server.env(name, value);
    }
    let mut server = server.spawn().unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.next().unwrap().starts_with("Listening on 127.0.0.1:"));
    let key = root.join("state/marsai/ssh_host_ed25519_key");
    assert!(said.next().unwrap().contains(&*key.display().to_string()), "{}", key.display());
    kill(Pid::from_raw(server.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
    assert_eq!((server.wait().unwrap().code(), said.count()), (Some(0), 1));
    assert!(key.exists());
    assert_eq!(std::fs::read_dir(root.join("logs/marsai")).unwrap().count(), 1);
    let mut left: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["credentials", "logs", "state"]);
}

#[test]
fn systemd_takes_the_unit() {
    if Command::new("systemd-analyze").arg("--version").stdout(Stdio::null()).status().is_err() {
        return not_tested("the systemd unit, because there is no systemd-analyze");
    }
    // The program need not be installed here.
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("marsai.service");
    std::fs::write(&copy, unit().replace("/usr/local/bin/marsai", "/bin/true")).unwrap();
    let said = Command::new("systemd-analyze").arg("verify").arg(&copy).output().unwrap();
    let complaints = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(!complaints.contains("marsai.service"), "{complaints}");
}

#[test]
fn openssh_takes_the_block_of_the_readme() {
    let Some(sshd) = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/opt/homebrew/sbin/sshd"]
        .into_iter()
        .find(|p| Path::new(p).exists())
    else {
        return not_tested("the README's block for OpenSSH, because there is no sshd");
    };
    let readme = std::fs::read_to_string(project("README.md")).unwrap();
    let from = readme.find("Match User vote\n").unwrap();
    let block = &readme[from..from + readme[from..].find("```").unwrap()];
    let folder = tempfile::tempdir().unwrap();
    let (key, config) = (folder.path().join("host"), folder.path().join("sshd_config"));
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    // As distributions have it: what the block must take back.
    let before = "AcceptEnv LANG LC_*\nX11Forwarding yes\nPasswordAuthentication yes\n";
    std::fs::write(&config, format!("HostKey {}\n{before}{block}", key.display())).unwrap();
    let asked = ["-T", "-C", "user=vote,host=example.org,addr=203.0.113.7", "-f"];
    let said = Command::new(sshd).args(asked).arg(&config).output().unwrap();
    let effective = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    for line in [
        "forcecommand /usr/local/bin/marsai",
        "exposeauthinfo yes",
        "authenticationmethods publickey",
        "authorizedkeysfile none",
        "authorizedkeyscommand /usr/local/bin/marsai user key authorized %t %k",
        "disableforwarding yes",
        "x11forwarding no",
        "permituserrc no",
        "acceptenv none",
    ] {
        assert!(effective.lines().any(|have| have == line), "{line} in\n{effective}");
    }
    assert_eq!(effective.matches("acceptenv").count(), 1);
}

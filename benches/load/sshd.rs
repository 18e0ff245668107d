//! The other way in: OpenSSH's own server, which starts a console for each session.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, PrivateKey};

use super::festival::Juror;
use super::person::Door;
use super::process::{self, Served};

/// Where it is found, if it is.
pub(crate) fn program() -> Option<PathBuf> {
    ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

/// Starts one of our own, on a port of its own, with its files in `home`; every juror is the same user of this computer.
pub(crate) fn start(program: &Path, home: &Path, url: &str, jurors: &[Arc<Juror>]) -> Served {
    let account: &'static str = Box::leak(me().into_boxed_str());
    let host_key = home.join("sshd_host_key");
    let key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap();
    write(&host_key, &key.to_openssh(LineEnding::LF).unwrap());
    let keys: Vec<String> = jurors.iter().map(|juror| juror.key.public_key().to_openssh().unwrap()).collect();
    write(&home.join("authorized_keys"), &(keys.join("\n") + "\n"));
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    // What is named on the command line stays: the console takes nothing from its environment there.
    let settings = home.join("config.toml");
    write(&settings, &format!("[database]\nurl = \"{url}\"\n[log]\ndirectory = \"{}\"\n", home.display()));
    let console = format!("{} --visitor --config {}", process::program().display(), settings.display());
    let config = format!(
        "ListenAddress 127.0.0.1:{port}\nHostKey {}\nPidFile none\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
         PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\nPrintMotd no\nPrintLastLog no\n\
         MaxStartups 10000\nLogLevel ERROR\nExposeAuthInfo yes\nForceCommand {console}\n",
        host_key.display(),
        home.join("authorized_keys").display(),
    );
    let path = home.join("sshd_config");
    write(&path, &config);
    // Where it puts those who have not signed in yet; there where the system's own one runs.
    let _ = fs::create_dir_all("/run/sshd");
    let child = Command::new(program)
        .args(["-D", "-e", "-f"])
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(OpenOptions::new().create(true).append(true).open(home.join("sshd.log")).unwrap())
        .spawn()
        .unwrap();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    for _ in 0..100 {
        if TcpStream::connect(address).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Served::new(child, Door { address, account: Some(account) })
}

fn me() -> String {
    let uid = nix::unistd::Uid::effective();
    nix::unistd::User::from_uid(uid).unwrap().unwrap().name
}

fn write(path: &Path, text: &str) {
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

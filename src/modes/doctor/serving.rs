//! The SSH server, where this computer runs one: its host key, and whether jurors can reach it.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use super::Report;
use crate::modes::Around;
use crate::run::ssh::{fingerprint, host_key};

/// How long whoever listens may take to say what it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest greeting that is read, in bytes (RFC 4253).
const GREETING: u64 = 255;

/// Looks at it once there is a host key: the first start makes one.
pub(super) fn look(report: &mut Report, around: &Around) {
    let path = around.settings.ssh.host_key.clone().unwrap_or_else(|| around.paths.host_key());
    if !path.exists() {
        return;
    }
    key(report, &path);
    let address = around.settings.ssh.listen;
    listening(report, address, TcpListener::bind(address).map(drop));
    if address.ip().is_loopback() {
        report.odd(
            "ssh",
            &format!("only this computer reaches {address}"),
            "for jurors elsewhere: listen = \"0.0.0.0:2222\" under [ssh], and open the port in the firewall",
        );
    }
}

fn key(report: &mut Report, path: &Path) {
    match host_key::load_or_make(path) {
        Ok(key) => report.good("host key", &format!("{} is {}", path.display(), fingerprint(&key))),
        Err(error) => report.wrong(
            "host key",
            &error.to_string(),
            "put the right one back if you have it: with a new one every juror's client warns of an attack",
        ),
    }
}

/// What came of trying to listen, and who does instead.
fn listening(report: &mut Report, address: SocketAddr, tried: io::Result<()>) {
    let Err(error) = tried else {
        return report.good("ssh", &format!("{address} is free; nothing serves there now"));
    };
    match error.kind() {
        ErrorKind::AddrInUse => match greeting(address) {
            Ok(said) if said.starts_with("SSH-2.0-marsai") => {
                report.good("ssh", &format!("marsai serves on {address}"))
            }
            Ok(said) => {
                let what = format!("another program has {address}; it says “{}”", said.trim());
                report.wrong("ssh", &what, "stop it, or choose another port (ssh.listen)");
            }
            Err(error) => {
                let what = format!("a program that does not greet has {address}: {error}");
                report.wrong("ssh", &what, "stop it, or choose another port (ssh.listen)");
            }
        },
        ErrorKind::PermissionDenied => report.odd(
            "ssh",
            &format!("this user may not listen on {address}"),
            "ports below 1024 need CAP_NET_BIND_SERVICE, which the service's unit can have",
        ),
        ErrorKind::AddrNotAvailable => {
            report.wrong("ssh", &format!("this computer has no address {}", address.ip()), "correct ssh.listen");
        }
        _ => report.wrong("ssh", &format!("nobody can listen on {address}: {error}"), "correct ssh.listen"),
    }
}

/// What a server says first.
fn greeting(address: SocketAddr) -> io::Result<String> {
    let ip = match address.ip() {
        ip if ip.is_unspecified() && ip.is_ipv4() => [127, 0, 0, 1].into(),
        ip if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    let stream = TcpStream::connect_timeout(&SocketAddr::new(ip, address.port()), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut said = Vec::new();
    BufReader::new(stream.take(GREETING)).read_until(b'\n', &mut said)?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}

//! The console behind somebody else's door: OpenSSH with `ForceCommand marsai`.
//!
//! Whoever sits there is a visitor, not the operator of this account. They are known by the key that sshd verified
//! (`ExposeAuthInfo`), else they sign in; nothing they send decides anything: neither their environment nor a command.

use std::collections::BTreeSet;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::net::IpAddr;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use nix::libc::{O_CLOEXEC, O_NOFOLLOW, O_NONBLOCK};
use nix::unistd::{Uid, User, getpgrp, getsid};
use russh::keys::{HashAlg, PublicKey};

use super::{Around, Stop, console, database, variable};
use crate::api::{Failure, Reply, Request};
use crate::app::Known;
use crate::app::session::Place;
use crate::config::{ConfigError, Flags, Settings};
use crate::domain::visit::Way;
use crate::run::driver::Visitor;
use crate::run::feed::Live;
use crate::run::host::Service as _;
use crate::service::{Caller, NoObserver, Origin};

/// The file in which sshd says how it knows who came.
const AUTH: &str = "SSH_USER_AUTH";

/// Where they come from: address, port, and the same of this end.
const CONNECTION: &str = "SSH_CONNECTION";

/// What a client asked for in place of which the console runs.
const COMMAND: &str = "SSH_ORIGINAL_COMMAND";

/// The variables that a visitor's console looks at. Any other could have been sent by the client.
const KEPT: &[&str] = &[
    AUTH,
    CONNECTION,
    COMMAND,
    "TERM",
    "COLORTERM",
    "COLORFGBG",
    "TERM_PROGRAM",
    "NO_COLOR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
];

/// A longer file was not written by sshd.
const LONGEST: u64 = 64 * 1024;

/// Whether this process is a visitor's console: `asked` on its command line, or by what it was started from.
pub(super) fn is_one(asked: bool) -> bool {
    // Without a shell of the person's own in between, the process is in the group that leads the session.
    let first = getsid(None).is_ok_and(|session| session == getpgrp());
    asked || comes_from_sshd(|name| env::var_os(name).is_some(), first)
}

/// A person who has a shell here and typed `marsai` into it runs a job of that shell. Whoever has been led here by sshd
/// does not, and neither does a command given to ssh, which looks the same: both are visitors.
fn comes_from_sshd(has: impl Fn(&str) -> bool, first: bool) -> bool {
    has(AUTH) || has(COMMAND) || (first && has(CONNECTION))
}

/// Whether the settings file of this account says that all its consoles are visitors', whatever the environment names in
/// its place.
pub(super) fn are_all(flags: &Flags) -> Result<bool, ConfigError> {
    let Some(home) = home() else { return Ok(false) };
    let usual = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
    let settings = Settings::load(flags, &home.join(usual).join("marsai/config.toml"), |_| None)?;
    Ok(settings.ssh.visitors)
}

/// Whether anything here is left of an sshd: then whoever sits there is not known by a file of this account, which others
/// who come in may share.
pub(super) fn behind_sshd(has: impl Fn(&str) -> bool) -> bool {
    [AUTH, CONNECTION, COMMAND, "SSH_CLIENT", "SSH_TTY"].into_iter().any(has)
}

/// Starts the program anew where its environment holds anything that a visitor's console must not look at: a setting, a
/// home directory, a proxy. Returns where there is nothing to clean.
pub(super) fn leave_environment() -> Result<(), Stop> {
    let home = home().ok_or_else(|| Stop::Usage("the account of this console has no home directory".to_owned()))?;
    let clean = |(name, value): &(OsString, OsString)| match name.to_str() {
        Some("HOME") => Path::new(value) == home,
        Some(name) => KEPT.contains(&name),
        None => false,
    };
    if env::vars_os().all(|variable| clean(&variable)) && env::var_os("HOME").is_some() {
        return Ok(());
    }
    let kept = KEPT.iter().filter_map(|name| env::var_os(name).map(|value| (*name, value)));
    let again = env::current_exe().map(|program| {
        let mut command = Command::new(program);
        command.args(env::args_os().skip(1)).env_clear().envs(kept).env("HOME", &home);
        command.exec()
    });
    Err(Stop::Runtime(again.unwrap_or_else(|error| error)))
}

/// The home directory that the system's accounts say, whatever the environment does.
fn home() -> Option<PathBuf> {
    User::from_uid(Uid::effective()).ok().flatten().map(|user| user.dir)
}

/// The console for whoever sits at the other end.
pub(super) async fn run(around: Around) -> Result<u8, Stop> {
    if console::need_terminal().is_err() {
        return Err(Stop::Usage(
            "there are only screens here: connect with a terminal, without a command (ssh -t)".into(),
        ));
    }
    if around.settings.database.url.is_none() {
        return Err(Stop::Usage(format!(
            "this console is for visitors and knows no festival: its operator names the database in {}",
            around.file.display()
        )));
    }
    let opened = database::open(&around).await?;
    let place = Place {
        database: opened.target.display().to_owned(),
        operator: false,
        remember: false,
        saves: false,
        demo: false,
    };
    let origin = match variable(CONNECTION).as_deref().and_then(address) {
        Some(address) => Origin::Ssh { address },
        None => console::origin(&around),
    };
    let live = opened.live(&around.settings.media);
    let visitor = known(&live, origin).await;
    let code = console::show(&around.settings, &opened, live, place, visitor).await?;
    opened.close().await?;
    Ok(code)
}

/// Who it is, if sshd has verified a key that belongs to an account of the festival.
async fn known(live: &Arc<Live>, origin: Origin) -> Visitor {
    let nobody = Caller::nobody(origin);
    let stranger = Visitor { caller: nobody.clone(), known: Known::No, way: Way::Forced, tokens: None, standing: None };
    let Some(fingerprint) = verified_key() else { return stranger };
    // That the key was proved is what the operator's word stands for.
    let asking = Caller { operator: true, ..nobody.clone() };
    let request = Request::SignInByKey { email: String::new(), fingerprint, proved: true };
    let answer = live.call(asking, request, None, Arc::new(NoObserver)).await;
    match answer.map(|answer| answer.reply) {
        Ok(Reply::SignedIn(signed_in)) => {
            let user = signed_in.person.id;
            tracing::info!(origin = %nobody.origin, user = user.0, "console opened");
            let caller = Caller { user: Some(user), ..nobody };
            Visitor { caller, known: Known::Person(signed_in), way: Way::Forced, tokens: None, standing: None }
        }
        Err(Failure::Unavailable(trouble)) => {
            tracing::warn!(?trouble, "nobody can sign in by a key");
            stranger
        }
        _ => stranger,
    }
}

/// The fingerprint of the key that sshd says it has verified.
fn verified_key() -> Option<String> {
    let path = env::var_os(AUTH)?;
    match read(&path) {
        Ok(text) => key(&text),
        Err(error) => {
            tracing::warn!(%error, "what sshd says of a visitor cannot be used: they sign in on the screen");
            None
        }
    }
}

/// Reads the file that sshd wrote. Where sshd is set up to let clients choose variables, this one may be theirs: only a
/// file that nobody else can have written is believed, and none that the system makes up, such as an environment.
fn read(path: &OsStr) -> io::Result<String> {
    let flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let about = file.metadata()?;
    let ours = about.uid() == Uid::effective().as_raw() || about.uid() == 0;
    let plain = about.is_file() && about.nlink() == 1 && (1..=LONGEST).contains(&about.len());
    if !ours || !plain || about.mode() & 0o177 != 0 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not a file of sshd's"));
    }
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// The fingerprint of the one key among the ways in which somebody proved who they are. Two different keys are no answer.
fn key(text: &str) -> Option<String> {
    let keys = text.lines().filter_map(|line| line.strip_prefix("publickey "));
    let keys = keys.filter_map(|line| PublicKey::from_openssh(line.trim()).ok());
    let mut found: BTreeSet<String> = keys.map(|key| key.fingerprint(HashAlg::Sha256).to_string()).collect();
    found.pop_first().filter(|_| found.is_empty())
}

/// The other end's address. A link-local one names its interface.
fn address(connection: &str) -> Option<IpAddr> {
    let first = connection.split_whitespace().next()?;
    let address: IpAddr = first.split('%').next()?.parse().ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";
    const OTHER: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK6sU4pBL8XxE+oAWJHM0cCmMfD2dHPpDGsWVSTHZKsa";
    const PRINT: &str = "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ";

    #[test]
    fn whoever_sshd_leads_here_is_a_visitor() {
        for (variables, first, expected) in [
            (&[][..], true, false),
            (&[CONNECTION, "SSH_TTY"][..], false, false),
            (&[CONNECTION, "SSH_TTY"][..], true, true),
            (&[CONNECTION, AUTH][..], false, true),
            (&[AUTH][..], false, true),
            (&[CONNECTION, COMMAND][..], false, true),
        ] {
            assert_eq!(comes_from_sshd(|name| variables.contains(&name), first), expected, "{variables:?} {first}");
        }
    }

    #[test]
    fn any_trace_of_sshd_is_one() {
        for name in [AUTH, CONNECTION, COMMAND, "SSH_CLIENT", "SSH_TTY"] {
            assert!(behind_sshd(|asked| asked == name), "{name}");
        }
        assert!(!behind_sshd(|asked| ["SSH_AUTH_SOCK", "TERM"].contains(&asked)));
    }

    #[test]
    fn only_one_verified_key_names_somebody() {
        let line = format!("publickey {KEY}");
        for (text, expected) in [
            (format!("{line}\n"), Some(PRINT)),
            (format!("password\n{line}\nkeyboard-interactive\n"), Some(PRINT)),
            (format!("{line}\n{line}\n"), Some(PRINT)),
            (format!("{line}\npublickey {OTHER}\n"), None),
            (format!("hostbased {KEY}\n"), None),
            (format!("{KEY}\n"), None),
            (format!(" {line}\n"), None),
            (format!("x\0{line}"), None),
            ("publickey ssh-ed25519 AAAA\n".to_owned(), None),
            ("publickey ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5\n".to_owned(), None),
            ("password\n".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(key(&text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_file_that_others_may_have_made_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let make = |name: &str, text: &str, mode: u32| {
            fs::write(at(name), text).unwrap();
            fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        make("sound", "publickey x\n", 0o600);
        assert_eq!(read(at("sound").as_os_str()).unwrap(), "publickey x\n");
        make("open", "publickey x\n", 0o644);
        make("empty", "", 0o600);
        make("twice", "publickey x\n", 0o600);
        fs::hard_link(at("twice"), at("again")).unwrap();
        symlink(at("sound"), at("link")).unwrap();
        for name in ["open", "empty", "twice", "again", "link", "none", "."] {
            read(at(name).as_os_str()).unwrap_err();
        }
        // Its text is the client's where the client's variables are let in.
        #[cfg(target_os = "linux")]
        for made_up in ["/proc/self/environ", "/proc/self/cmdline", "/dev/null"] {
            read(OsStr::new(made_up)).unwrap_err();
        }
    }

    #[test]
    fn an_address_is_read_from_a_connection() {
        for (connection, expected) in [
            ("203.0.113.7 51234 10.0.0.1 22", Some("203.0.113.7")),
            ("2001:db8::7 51234 2001:db8::1 22", Some("2001:db8::7")),
            ("::ffff:203.0.113.7 1 ::1 22", Some("203.0.113.7")),
            ("fe80::1%eth0 1 fe80::2%eth0 22", Some("fe80::1")),
            ("UNKNOWN 65535 UNKNOWN 65535", None),
            ("", None),
        ] {
            assert_eq!(address(connection), expected.map(|a| a.parse().unwrap()), "{connection}");
        }
    }
}

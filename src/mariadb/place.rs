//! Where the files of a server are, who may reach them, and under whose name.

use std::env;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use nix::unistd::{Uid, User};
use sha2::{Digest, Sha256};

use super::complaints;
use super::error::MariadbError;

/// The longest path of a unix socket, in bytes: `sun_path` without its final zero.
const LONGEST_SOCKET: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// The name of the socket in its directory.
const SOCKET: &str = "server.sock";

/// A server log larger than this, in bytes, is put aside before the next start.
const LARGEST_LOG: u64 = 1 << 20;

/// The operating system's user that this process acts as.
#[derive(Debug, Clone)]
pub(super) struct OsUser {
    pub(super) name: String,
    pub(super) uid: Uid,
}

impl OsUser {
    pub(super) fn current() -> Result<Self, MariadbError> {
        let uid = Uid::effective();
        match User::from_uid(uid) {
            Ok(Some(user)) => Ok(Self { name: user.name, uid }),
            _ => Err(MariadbError::NoUser { uid: uid.as_raw() }),
        }
    }
}

/// The paths of one server.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) directory: PathBuf,
    pub(super) socket: PathBuf,
    /// The short way to `directory`, where its own name is too long for a socket.
    link: Option<PathBuf>,
}

impl Place {
    /// Makes `directory` ours alone (mode 0700) and finds a path for its socket that is short enough.
    pub(super) fn prepare(directory: &Path, user: &OsUser) -> Result<Self, MariadbError> {
        if !is_free(directory) {
            return Err(MariadbError::Occupied { path: directory.into() });
        }
        make_private(directory)?;
        let directory = fs::canonicalize(directory).map_err(MariadbError::file(directory))?;
        let link = if fits_a_socket(&directory) { None } else { Some(short_link(&directory, user)?) };
        let socket = link.as_ref().unwrap_or(&directory).join(SOCKET);
        Ok(Self { directory, socket, link })
    }

    /// Removes the short way, when nobody needs it any more.
    pub(super) fn unlink(&self) {
        if let Some(link) = &self.link {
            // One that is gone already is what we want.
            let _ = fs::remove_file(link);
        }
    }

    pub(super) fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.directory.join("server.log")
    }

    pub(super) fn pid(&self) -> PathBuf {
        self.directory.join("server.pid")
    }

    pub(super) fn temporary(&self) -> PathBuf {
        self.directory.join("tmp")
    }

    pub(super) fn start_lock(&self) -> PathBuf {
        self.directory.join("start.lock")
    }

    pub(super) fn use_lock(&self) -> PathBuf {
        self.directory.join("use.lock")
    }

    pub(super) fn server_lock(&self) -> PathBuf {
        self.directory.join("server.lock")
    }

    /// Makes what a start needs: a directory for temporary tables and a log that is not too long. Returns where in the log
    /// the coming start will begin, in bytes.
    pub(super) fn tidy(&self) -> Result<u64, MariadbError> {
        make_private(&self.temporary())?;
        let log = self.log();
        let length = fs::metadata(&log).map_or(0, |found| found.len());
        if length <= LARGEST_LOG {
            return Ok(length);
        }
        fs::rename(&log, self.directory.join("server.log.old")).map_err(MariadbError::file(&log))?;
        Ok(0)
    }

    /// The error that the server wrote into its log after byte `from`.
    pub(super) fn not_started(&self, from: u64) -> MariadbError {
        let log = fs::read(self.log()).unwrap_or_default();
        let start = usize::try_from(from).unwrap_or(0).min(log.len());
        MariadbError::NotStarted {
            reason: complaints::of_server(&String::from_utf8_lossy(&log[start..])),
            log: self.log(),
        }
    }

    /// The error for a server that was there and no longer answers, or refuses.
    pub(super) fn unreachable(&self, source: sqlx::Error) -> MariadbError {
        MariadbError::Refused { directory: self.directory.clone(), source }
    }
}

/// Whether the path of a socket in `directory` is short enough for the operating system.
pub(super) fn fits_a_socket(directory: &Path) -> bool {
    directory.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET
}

/// Whether a directory is absent, empty or already a server's: any other must not have its permissions changed. The order matters:
/// a console that is just making it puts the lock file there first.
fn is_free(directory: &Path) -> bool {
    let empty = fs::read_dir(directory).map_or(true, |mut entries| entries.next().is_none());
    empty || directory.join("start.lock").exists()
}

/// Makes a directory that only its owner may enter; one that exists is closed to others.
pub(super) fn make_private(directory: &Path) -> Result<(), MariadbError> {
    let make = || {
        DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        if fs::metadata(directory)?.permissions().mode() & 0o777 != 0o700 {
            fs::set_permissions(directory, Permissions::from_mode(0o700))?;
        }
        Ok(())
    };
    make().map_err(MariadbError::file(directory))
}

/// A short path that leads to `directory` whatever its length: a symbolic link in a directory of ours. The socket itself stays
/// in `directory`, so consoles with different environments meet all the same, and a link that is swept away is made again.
fn short_link(directory: &Path, user: &OsUser) -> Result<PathBuf, MariadbError> {
    let digest = Sha256::digest(directory.as_os_str().as_bytes());
    let name: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let home = link_homes(user)
        .into_iter()
        .find(|home| fits_a_socket(&home.join(&name)))
        .unwrap_or_else(|| PathBuf::from("/tmp/marsai"));
    match DirBuilder::new().mode(0o700).create(&home) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(MariadbError::file(&home)(error));
        }
        _ => {}
    }
    // In a directory that everybody may write to, somebody else may have been there first.
    let found = fs::symlink_metadata(&home).map_err(MariadbError::file(&home))?;
    if !found.is_dir() || found.uid() != user.uid.as_raw() || found.mode() & 0o077 != 0 {
        return Err(MariadbError::Foreign { path: home });
    }
    let link = home.join(&name);
    if fs::read_link(&link).is_ok_and(|target| target == directory) {
        return Ok(link);
    }
    let fresh = home.join(format!("{name}.new-{}", std::process::id()));
    let make = || {
        symlink(directory, &fresh)?;
        fs::rename(&fresh, &link)
    };
    make().map_err(MariadbError::file(&link))?;
    Ok(link)
}

/// Where short links may live, the best first.
fn link_homes(user: &OsUser) -> Vec<PathBuf> {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let mut shared = OsString::from("marsai-");
    shared.push(&user.name);
    runtime
        .filter(|folder| folder.is_absolute() && folder.is_dir())
        .map(|folder| folder.join("marsai"))
        .into_iter()
        .chain([env::temp_dir().join(&shared), Path::new("/tmp").join(&shared)])
        .collect()
}

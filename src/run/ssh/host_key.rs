//! The key by which clients know the server again.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, HashAlg, PrivateKey};

/// Why there is no host key.
#[derive(Debug, thiserror::Error)]
pub enum HostKeyError {
    /// The file can be neither read nor made.
    #[error("the host key {path} cannot be used: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// Others may read it, so it is no secret.
    #[error("others may read the host key {0}: chmod 600 it, or remove it to get a new one")]
    Open(PathBuf),
    /// It is no private key of OpenSSH's.
    #[error("{path} is not a private key without a passphrase: {error}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: russh::keys::ssh_key::Error,
    },
}

/// Reads the key, or makes one (Ed25519, mode 0600) where there is none.
///
/// # Errors
///
/// [`HostKeyError`], each with what to do.
pub fn load_or_make(path: &Path) -> Result<PrivateKey, HostKeyError> {
    let file = |error| HostKeyError::File { path: path.to_owned(), error };
    match fs::metadata(path) {
        Ok(meta) if meta.permissions().mode() & 0o077 != 0 => Err(HostKeyError::Open(path.to_owned())),
        Ok(_) => {
            let text = fs::read_to_string(path).map_err(file)?;
            let key = PrivateKey::from_openssh(text.as_bytes()).and_then(|key| match key.is_encrypted() {
                true => Err(russh::keys::ssh_key::Error::Encrypted),
                false => Ok(key),
            });
            key.map_err(|error| HostKeyError::Format { path: path.to_owned(), error })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
        Err(error) => Err(file(error)),
    }
}

fn make(path: &Path) -> Result<PrivateKey, HostKeyError> {
    let format = |error| HostKeyError::Format { path: path.to_owned(), error };
    let key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).map_err(format)?;
    let text = key.to_openssh(LineEnding::LF).map_err(format)?;
    let directory = |parent| DirBuilder::new().recursive(true).mode(0o700).create(parent);
    let written = path.parent().map_or(Ok(()), directory).and_then(|()| {
        // Never over another one: clients would take the new key for an attack.
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| HostKeyError::File { path: path.to_owned(), error })?;
    Ok(key)
}

/// The fingerprint as OpenSSH shows it (`SHA256:…`).
pub fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_secret() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ssh").join("host_key");
        let made = load_or_make(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = load_or_make(&path).unwrap();
        assert_eq!(fingerprint(&made), fingerprint(&again));
        assert!(fingerprint(&made).starts_with("SHA256:"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(load_or_make(&path), Err(HostKeyError::Open(_))));
    }

    #[test]
    fn what_is_no_key_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("host_key");
        fs::write(&path, "hello").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(load_or_make(&path), Err(HostKeyError::Format { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "hello");
    }
}

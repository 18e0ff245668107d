//! What this computer is known by: a token in a file that only its owner can read.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

/// A longer file is not one of ours.
const LONGEST: u64 = 1024;

/// The file.
#[derive(Debug, Clone)]
pub struct TokenFile(PathBuf);

impl TokenFile {
    /// The token of a database lies at `path`; nothing needs to be there yet.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The token, if there is one.
    pub fn load(&self) -> Option<SecretString> {
        let small = fs::metadata(&self.0).is_ok_and(|file| file.len() <= LONGEST);
        let text = small.then(|| fs::read_to_string(&self.0).ok()).flatten()?;
        let token = text.trim();
        (!token.is_empty()).then(|| SecretString::from(token))
    }

    /// Keeps a token in place of the one before.
    pub(super) fn keep(&self, token: &SecretString) {
        if let Err(error) = replace(&self.0, token.expose_secret().as_bytes()) {
            tracing::warn!(path = %self.0.display(), %error, "this computer will not be known again");
        }
    }

    /// Forgets it.
    pub(super) fn forget(&self) {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(path = %self.0.display(), %error, "the token stays");
            }
            _ => {}
        }
    }
}

/// Writes beside the file and renames, so that it is whole or not there.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory)?;
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_token_is_kept_for_its_owner_only_and_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new").join("token");
        let file = TokenFile::new(path.clone());
        assert!(file.load().is_none());
        file.forget();
        file.keep(&SecretString::from("abc"));
        file.keep(&SecretString::from("def"));
        assert_eq!(file.load().unwrap().expose_secret(), "def");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        file.forget();
        assert!(file.load().is_none());
    }
}

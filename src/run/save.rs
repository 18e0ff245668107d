//! Files that a person saves from the console: never over another one, and for their eyes only, since they hold
//! personal data.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::app::effect::{NotSaved, SaveFile};

/// Names that are tried: `films.csv`, `films-2.csv`, …
const TRIES: u32 = 1_000;

/// Writes a file and answers where.
pub(super) fn save(file: &SaveFile) -> Result<String, NotSaved> {
    let wanted = expanded(&file.path, std::env::var_os("HOME").map(PathBuf::from).as_deref());
    let tries = if file.number { TRIES } else { 1 };
    for n in 1..=tries {
        let path = numbered(&wanted, n);
        match write_new(&path, file.contents.as_bytes()) {
            Ok(()) => return Ok(shown(&path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(NotSaved::Failed { path: shown(&path), why: error.to_string() }),
        }
    }
    Err(NotSaved::Exists { path: shown(&wanted) })
}

/// Where a file is, whatever directory the person looks from.
fn shown(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn expanded(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

fn numbered(path: &Path, n: u32) -> PathBuf {
    if n == 1 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push(format!("-{n}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// Writes a file that is not there yet; what could not be written to its end does not stay behind.
fn write_new(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = file.write_all(contents).and_then(|()| file.sync_all());
    if written.is_err() {
        // The first error says more than this one could.
        let _ = std::fs::remove_file(path);
    }
    written
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn file(path: &Path, number: bool) -> SaveFile {
        SaveFile { path: path.display().to_string(), number, contents: "text é".into() }
    }

    #[test]
    fn a_file_is_written_for_one_and_never_over_another() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("films.csv");
        assert_eq!(save(&file(&path, false)), Ok(path.display().to_string()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "text é");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "mine").unwrap();
        assert_eq!(save(&file(&path, false)), Err(NotSaved::Exists { path: path.display().to_string() }));
        let second = dir.path().join("films-2.csv");
        assert_eq!(save(&file(&path, true)), Ok(second.display().to_string()));
        assert_eq!(save(&file(&path, true)), Ok(dir.path().join("films-3.csv").display().to_string()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn where_nothing_can_be_written_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let refused = save(&file(&dir.path().join("no such/films.csv"), true));
        assert!(matches!(refused, Err(NotSaved::Failed { ref why, .. }) if !why.is_empty()), "{refused:?}");
        assert!(matches!(save(&file(dir.path(), false)), Err(NotSaved::Exists { .. })));
    }

    #[test]
    fn home_and_numbers_in_names() {
        assert_eq!(expanded("~/a.csv", Some(Path::new("/home/ann"))), Path::new("/home/ann/a.csv"));
        assert_eq!(expanded("a~/b", Some(Path::new("/home/ann"))), Path::new("a~/b"));
        assert_eq!(numbered(Path::new("d/films.tar.gz"), 3), Path::new("d/films.tar-3.gz"));
        assert_eq!(numbered(Path::new("films"), 2), Path::new("films-2"));
    }
}

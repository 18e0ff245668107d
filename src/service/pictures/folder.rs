//! Reading a picture from a folder of this computer.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use crate::api::picture::PictureTrouble;

/// The bytes of a file below a folder. Where links lead out of the folder, nothing is there.
pub(super) fn read(folder: &Path, parts: &[String], largest: u64) -> Result<Vec<u8>, PictureTrouble> {
    let folder = fs::canonicalize(folder).map_err(|error| {
        tracing::warn!(%error, "the media folder cannot be read");
        PictureTrouble::Unreachable
    })?;
    let mut path = folder.clone();
    path.extend(parts);
    let path = fs::canonicalize(path).map_err(|error| trouble(&error))?;
    if !path.starts_with(&folder) {
        return Err(PictureTrouble::Missing);
    }
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    if !fs::metadata(&path).map_err(|error| trouble(&error))?.is_file() {
        return Err(PictureTrouble::Missing);
    }
    let file = File::open(&path).map_err(|error| trouble(&error))?;
    let mut bytes = Vec::new();
    file.take(largest + 1).read_to_end(&mut bytes).map_err(|error| trouble(&error))?;
    if bytes.len() as u64 > largest { Err(PictureTrouble::TooLarge) } else { Ok(bytes) }
}

fn trouble(error: &std::io::Error) -> PictureTrouble {
    match error.kind() {
        // A name that no file can have is missing like any other.
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
            PictureTrouble::Missing
        }
        _ => {
            tracing::warn!(%error, "a picture cannot be read");
            PictureTrouble::Unreachable
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_files_below_the_folder_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, outside) = (dir.path().join("media"), dir.path().join("secret"));
        fs::create_dir_all(folder.join("uploads")).unwrap();
        fs::create_dir_all(&outside).unwrap();
        fs::write(outside.join("key"), "secret").unwrap();
        fs::write(dir.path().join("media-too"), "secret").unwrap();
        fs::write(folder.join("uploads/x.jpg"), "picture").unwrap();
        fs::write(folder.join("%2e%2e"), "literal").unwrap();
        fs::write(folder.join("large"), [0; 9]).unwrap();
        symlink(outside.join("key"), folder.join("file-out")).unwrap();
        symlink(&outside, folder.join("folder-out")).unwrap();
        symlink("../media-too", folder.join("sibling")).unwrap();
        symlink("uploads/x.jpg", folder.join("inside")).unwrap();
        symlink("loop", folder.join("loop")).unwrap();
        nix::unistd::mkfifo(&folder.join("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        let read = |path: &str| {
            let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
            read(&folder, &parts, 8).map(|bytes| String::from_utf8(bytes).unwrap())
        };
        use PictureTrouble::{Missing, TooLarge, Unreachable};
        for (path, expected) in [
            ("uploads/x.jpg", Ok("picture")),
            ("inside", Ok("picture")),
            ("%2e%2e", Ok("literal")),
            ("large", Err(TooLarge)),
            ("nothing", Err(Missing)),
            ("uploads", Err(Missing)),
            ("uploads/x.jpg/y", Err(Missing)),
            ("file-out", Err(Missing)),
            ("folder-out/key", Err(Missing)),
            ("sibling", Err(Missing)),
            ("pipe", Err(Missing)),
            ("loop", Err(Unreachable)),
        ] {
            assert_eq!(read(path).as_deref().map_err(|trouble| *trouble), expected, "{path}");
        }
        let nowhere = super::read(&dir.path().join("nowhere"), &["x".to_owned()], 8);
        assert_eq!(nowhere, Err(Unreachable));
    }
}

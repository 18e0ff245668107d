//! An initialised data directory in the user's cache, so that a throwaway server is a copy instead of a second's work.

use std::fs;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::error::MariadbError;
use super::launch;
use super::locate::Programs;
use super::locks::{self, PATIENCE};
use super::place::{OsUser, Place, make_private};

/// Raise it when the flags of initialising change, so that older templates are not used.
const EDITION: u32 = 1;

/// Makes the data directory of `place`: from the template, else by initialising. Says which template was used.
pub(super) async fn fill(programs: &Programs, user: &OsUser, place: &Place) -> Result<Option<PathBuf>, MariadbError> {
    let data = place.data();
    // Without a cache that can be written (no home, a full or read-only disk) everything works as well, only slower.
    if let Some(template) = find_or_make(programs, user).await {
        let (from, to) = (template.clone(), data.clone());
        let copied = tokio::task::spawn_blocking(move || copy(&from, &to)).await;
        if matches!(copied, Ok(Ok(()))) {
            return Ok(Some(template));
        }
        let _ = fs::remove_dir_all(&data);
    }
    launch::initialise(programs, user, &data, &place.temporary()).await?;
    Ok(None)
}

/// Removes a template that no server starts from.
pub(super) fn discard(template: &Path) {
    // Renamed first, so that nobody copies half of it.
    let old = template.with_extension(format!("old-{}", std::process::id()));
    if fs::rename(template, &old).is_ok() {
        let _ = fs::remove_dir_all(old);
    }
}

/// The template of this server version and user, made if need be; many processes may ask at once. `None` when there is no cache
/// to keep it in.
async fn find_or_make(programs: &Programs, user: &OsUser) -> Option<PathBuf> {
    let cache = ProjectDirs::from("", "", "marsai")?.cache_dir().join("mariadb");
    let version = programs.version.replace(|sign: char| !sign.is_ascii_alphanumeric(), "_");
    let template = cache.join(format!("{version}-{}-{EDITION}", user.name));
    if template.is_dir() {
        return Some(template);
    }
    make_private(&cache).ok()?;
    let _making = locks::exclusive(&cache.join("making.lock"), PATIENCE).await.ok()??;
    if template.is_dir() {
        return Some(template);
    }
    // Under the lock everything else in here is left over: another version's, or a half one whose maker died.
    for entry in fs::read_dir(&cache).ok()?.flatten() {
        if entry.path().is_dir() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let fresh = cache.join(format!("new-{}", std::process::id()));
    launch::initialise(programs, user, &fresh, &cache.join("tmp")).await.ok()?;
    fs::rename(&fresh, &template).ok()?;
    Some(template)
}

/// Copies a directory with everything in it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

//! Faults: a report in a file, one sentence for the person, and no terminal left in pieces.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Utc;
use color_eyre::config::{HookBuilder, Theme};

/// Whether a terminal is taken over, so that a fault must print nothing: whoever restores it tells.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Where the last report lies. A fault belongs to the process, not to a session.
static LAST: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Makes every fault leave a report in `directory`, and errors readable.
///
/// A fault ends the task that it happens in and nothing else: an SSH session, or a request. The local console gives
/// the terminal back and then says [`sentence`].
///
/// # Errors
///
/// When a hook of another library is installed already.
pub fn install(directory: PathBuf) -> color_eyre::Result<()> {
    let (panic_hook, eyre_hook) = HookBuilder::default()
        .theme(Theme::new())
        .display_env_section(false)
        .panic_section(concat!("This is a fault of marsai ", env!("CARGO_PKG_VERSION"), "."))
        .into_hooks();
    eyre_hook.install()?;
    std::panic::set_hook(Box::new(move |info| {
        let text = panic_hook.panic_report(info).to_string();
        let report = write(&directory, &text);
        if let Ok(path) = &report {
            tracing::error!(report = %path.display(), "a fault");
        } else {
            tracing::error!(%text, "a fault");
        }
        if let Ok(mut last) = LAST.lock() {
            *last = report.ok();
        }
        if !QUIET.load(Ordering::Relaxed) {
            // There may be nowhere to say it.
            let _ = writeln!(io::stderr(), "{}", sentence());
        }
    }));
    Ok(())
}

/// Whether a terminal is taken over at the moment.
pub(super) fn keep_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// What happened, for the person: one sentence, with the place of the report.
pub fn sentence() -> String {
    let last = LAST.lock().ok().and_then(|last| last.clone());
    match last {
        Some(path) => format!("marsai stopped because of a fault of its own; the report is {}", path.display()),
        None => "marsai stopped because of a fault of its own; the report could not be written".to_owned(),
    }
}

fn write(directory: &Path, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(directory)?;
    let name = format!("fault-{}-{}.txt", Utc::now().format("%Y%m%d-%H%M%S%.3f"), std::process::id());
    let path = directory.join(name);
    fs::write(&path, text)?;
    Ok(path)
}

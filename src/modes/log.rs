//! The log: one file a day in the state directory, never the terminal.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};

use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::filter::{EnvFilter, LevelFilter};
use tracing_subscriber::fmt::MakeWriter;

use crate::config::{Log, Paths};
use crate::domain::text::inert;

/// Days that are kept.
const KEPT: usize = 14;

/// Starts to log. What is returned writes the last lines when it is dropped; `None` where no file can be written, which
/// keeps nobody from working and is what `marsai doctor` looks at.
pub(super) fn start(log: &Log, paths: &Paths) -> Option<WorkerGuard> {
    let directory = log.directory.clone().unwrap_or_else(|| paths.logs());
    if !directory.exists() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&directory).ok()?;
    }
    let file = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("marsai")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(&directory)
        .ok()?;
    close_to_others(&directory);
    let (writer, guard) = tracing_appender::non_blocking(file);
    let level = LevelFilter::from_level(log.level);
    // What libraries say is seldom wanted; their debug lines would hold statements.
    let filter = EnvFilter::new(format!("warn,marsai={level}"));
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Plain(writer)).finish();
    tracing::subscriber::set_global_default(subscriber).ok()?;
    Some(guard)
}

/// Log files tell who did what.
fn close_to_others(directory: &std::path::Path) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("marsai.")) {
        // What belongs to somebody else stays as it is.
        let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o600));
    }
}

/// Writes one line for each event, whatever an attacker's user name holds.
struct Plain(NonBlocking);

/// One event on its way.
struct Line(NonBlocking);

impl<'a> MakeWriter<'a> for Plain {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(self.0.clone())
    }
}

impl Write for Line {
    /// Called once with a whole event.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0.write_all(plain(event).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// An event as one line without control characters.
fn plain(event: &[u8]) -> String {
    let text = String::from_utf8_lossy(event);
    format!("{}\n", inert(text.trim_end_matches('\n')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_stays_on_its_line() {
        assert_eq!(plain(b"INFO who=\x1b[2Jroot\nINFO forged\xff\n"), "INFO who=\u{FFFD}[2Jroot INFO forged\u{FFFD}\n");
    }
}

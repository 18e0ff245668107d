//! Reading why a server or its installation failed from the many lines that they write.

/// Signs of the common causes, with their plain words.
const CAUSES: &[(&str, &str)] = &[
    ("No space left on device", "the disk is full"),
    ("Errcode: 28", "the disk is full"),
    ("Disk full", "the disk is full"),
    ("error 28", "the disk is full"),
    ("Permission denied", "it may not use a file of its own"),
    ("Errcode: 13", "it may not use a file of its own"),
    ("Read-only file system", "the disk is read-only"),
];

/// One clause about why a server ended: its last line where it names no error, as when it could not even be run.
pub(super) fn of_server(log: &str) -> String {
    errors(log).unwrap_or_else(|| spoken(log.lines().rev()))
}

/// One clause about why a data directory was not made: the first line where there is no error, because a long speech follows.
pub(super) fn of_installer(said: &str) -> String {
    errors(said).unwrap_or_else(|| spoken(said.lines()))
}

/// The first errors as they stand, after their cause in plain words where it is a common one.
fn errors(log: &str) -> Option<String> {
    let named =
        |line: &&str| ["[ERROR]", "ERROR: ", "FATAL ERROR", "Fatal error"].iter().any(|sign| line.contains(sign));
    let errors: Vec<&str> = log
        .lines()
        .filter(named)
        .map(plain)
        .filter(|text| *text != "Aborting" && !text.starts_with("Unknown/unsupported storage engine"))
        .take(2)
        .collect();
    let said = errors.join("; ");
    let cause = CAUSES.iter().find(|(sign, _)| log.contains(sign));
    match cause {
        _ if said.is_empty() => None,
        Some((_, words)) => Some(format!("{words} ({said})")),
        None => Some(said),
    }
}

fn spoken<'a>(mut lines: impl Iterator<Item = &'a str>) -> String {
    lines
        .find(|line| !line.trim().is_empty())
        .map_or_else(|| "it said nothing".to_owned(), |line| plain(line).to_owned())
}

/// A line without its time, its level and its full stop.
fn plain(line: &str) -> &str {
    let text = line.split_once("[ERROR] ").map_or(line, |(_, text)| text);
    text.trim().trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_taken_from_the_log() {
        let full = "2026-01-01  0:00:00 0 [Note] InnoDB: starting\n\
                    2026-01-01  0:00:00 0 [ERROR] InnoDB: Could not set the file size (Errcode: 28 \"No space left on device\")\n\
                    2026-01-01  0:00:00 0 [ERROR] Unknown/unsupported storage engine: InnoDB\n\
                    2026-01-01  0:00:00 0 [ERROR] Aborting\n";
        let reason = of_server(full);
        assert!(reason.starts_with("the disk is full (InnoDB: Could not set"), "{reason}");
        assert!(!reason.contains("Aborting"), "{reason}");
        assert_eq!(of_server("[ERROR] one.\n[ERROR] two\n[ERROR] three\n"), "one; two");
        assert_eq!(of_server("\nsh: mariadbd: not found\n\n"), "sh: mariadbd: not found");
        assert_eq!(of_server(""), "it said nothing");
    }

    #[test]
    fn the_installers_speech_is_cut() {
        let said = "\nFATAL ERROR: Could not find /usr/bin/my_print_defaults\n\nIf you compiled from source, …\n";
        assert_eq!(of_installer(said), "FATAL ERROR: Could not find /usr/bin/my_print_defaults");
        assert_eq!(of_installer("Cannot change ownership.\nPlease …\n"), "Cannot change ownership");
    }
}

//! What was found, line by line.

use std::io::{self, Write};

use crate::domain::text::inert;

/// How a finding is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Good,
    Odd,
    Wrong,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    mark: Mark,
    /// What it is about, in a word or two.
    about: &'static str,
    what: String,
    mend: String,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Finding>);

impl Report {
    /// As it should be.
    pub(super) fn good(&mut self, about: &'static str, what: &str) {
        self.add(Mark::Good, about, what, "");
    }

    /// Works, but somebody should know.
    pub(super) fn odd(&mut self, about: &'static str, what: &str, mend: &str) {
        self.add(Mark::Odd, about, what, mend);
    }

    /// Does not work.
    pub(super) fn wrong(&mut self, about: &'static str, what: &str, mend: &str) {
        self.add(Mark::Wrong, about, what, mend);
    }

    fn add(&mut self, mark: Mark, about: &'static str, what: &str, mend: &str) {
        self.0.push(Finding { mark, about, what: inert(what).into_owned(), mend: inert(mend).into_owned() });
    }

    /// Whether anything has to be mended.
    pub(super) fn is_wrong(&self) -> bool {
        self.count(Mark::Wrong) > 0
    }

    fn count(&self, mark: Mark) -> usize {
        self.0.iter().filter(|finding| finding.mark == mark).count()
    }

    /// Writes it: one line a finding, and below it how to mend it.
    pub(super) fn write(&self, out: &mut impl Write, utf8: bool) -> io::Result<()> {
        let widest = self.0.iter().map(|finding| finding.about.len()).max().unwrap_or(0);
        for finding in &self.0 {
            let mark = match (finding.mark, utf8) {
                (Mark::Good, true) => "✓",
                (Mark::Good, false) => "+",
                (Mark::Odd, _) => "!",
                (Mark::Wrong, true) => "✗",
                (Mark::Wrong, false) => "x",
            };
            writeln!(out, "{mark} {:widest$}  {}", finding.about, finding.what)?;
            if !finding.mend.is_empty() {
                let arrow = if utf8 { "→" } else { "->" };
                writeln!(out, "  {:widest$}  {arrow} {}", "", finding.mend)?;
            }
        }
        let (wrong, odd) = (self.count(Mark::Wrong), self.count(Mark::Odd));
        match (wrong, odd) {
            (0, 0) => writeln!(out, "\nAll is well."),
            _ => writeln!(out, "\n{wrong} to mend, {odd} to know of."),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn reads_well_with_and_without_unicode() {
        let mut report = Report::default();
        report.good("log", "kept in /x");
        report.odd("clock", "5 minutes\n off", "set it");
        assert!(!report.is_wrong());
        report.wrong("tables", "missing", "run “marsai migrate”");
        assert!(report.is_wrong());
        let write = |utf8| {
            let mut out = Vec::new();
            report.write(&mut out, utf8).unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = "✓ log     kept in /x\n! clock   5 minutes  off\n          → set it\n✗ tables  missing\n          \
                    → run “marsai migrate”\n\n1 to mend, 1 to know of.\n";
        assert_eq!(write(true), text);
        assert!(write(false).contains("x tables") && write(false).contains("-> set it"));
    }
}

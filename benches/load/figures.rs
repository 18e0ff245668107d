//! Figures of many measurements, and the table in which they are shown.

use std::time::Duration;

/// What was measured of one thing, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub(crate) count: usize,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
}

/// The middle, the worst hundredth and the worst of the times.
pub(crate) fn spread(mut times: Vec<Duration>) -> Spread {
    times.sort_unstable();
    let at = |share: usize| match times.len() {
        0 => f64::NAN,
        len => times[((len - 1) * share).div_ceil(100)].as_secs_f64() * 1e3,
    };
    Spread { count: times.len(), p50: at(50), p99: at(99), max: at(100) }
}

/// The one in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The medians of the rounds; the worst of all of them.
pub(crate) fn over_rounds(rounds: &[Spread]) -> Spread {
    let of = |figure: fn(&Spread) -> f64| median(rounds.iter().map(figure).collect());
    Spread {
        count: rounds.iter().map(|round| round.count).sum(),
        p50: of(|round| round.p50),
        p99: of(|round| round.p99),
        max: rounds.iter().map(|round| round.max).fold(f64::NAN, f64::max),
    }
}

impl Spread {
    /// `p50 / p99 / the worst`, in milliseconds.
    pub(crate) fn shown(&self) -> String {
        format!("{:.2} / {:.2} / {:.1} ms", self.p50, self.p99, self.max)
    }

    /// Of how many measurements.
    pub(crate) fn of(&self) -> String {
        format!("{} measured", self.count)
    }
}

/// The lines of the report: what, the figure, what it should be at most, a remark.
#[derive(Default)]
pub(crate) struct Report(Vec<[String; 4]>);

impl Report {
    /// Adds a line, and shows it at once: a long run is not to be silent.
    pub(crate) fn add(&mut self, what: impl Into<String>, figure: String, target: &str, remark: String) {
        let line = [what.into(), figure, target.to_owned(), remark];
        eprintln!("  {}: {} {}", line[0], line[1], line[3]);
        self.0.push(line);
    }

    /// Prints all of it.
    pub(crate) fn print(&self) {
        let head = ["", "p50 / p99 / the worst, or the figure", "target", "remark"].map(str::to_owned);
        let rows = || std::iter::once(&head).chain(&self.0);
        let widths: [usize; 4] =
            std::array::from_fn(|column| rows().map(|row| row[column].chars().count()).max().unwrap_or(0));
        let cells = |row: &[String; 4]| {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        println!("\n{}", cells(&head));
        println!("|{}|", widths.map(|width| "-".repeat(width + 2)).join("|"));
        self.0.iter().for_each(|row| println!("{}", cells(row)));
    }
}

//! What the console is measured against: a program of ratatui and crossterm that shows a table of 100,000 rows, of which
//! it builds those that are visible, and moves a cursor.

use std::path::Path;

use portable_pty::CommandBuilder;
use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::Constraint;
use ratatui::style::Style;
use ratatui::widgets::{Row, Table, TableState};

/// Set where this program is to be the bare one.
pub(crate) const BARE: &str = "MARSAI_BENCH_BARE";
/// What its rows begin with.
pub(crate) const ROW: &str = "Film number";
const ROWS: usize = 100_000;

/// This very program as the bare one.
pub(crate) fn command(home: &Path) -> CommandBuilder {
    let own = std::env::current_exe().unwrap();
    let mut command = super::console::clean(own.to_str().unwrap(), home);
    command.env(BARE, "1");
    command
}

/// Runs it until `q`.
pub(crate) fn run() {
    let films: Vec<[String; 6]> = (1..=ROWS).map(film).collect();
    let mut terminal = ratatui::init();
    let (mut cursor, mut top) = (0_usize, 0_usize);
    loop {
        let draw = |frame: &mut ratatui::Frame<'_>| {
            let height = usize::from(frame.area().height).max(1);
            top = top.clamp((cursor + 1).saturating_sub(height), cursor);
            let visible = &films[top..(top + height).min(ROWS)];
            let rows = visible.iter().map(|film| Row::new(film.iter().map(String::as_str)));
            let widths = [9, 0, 20, 12, 6, 6].map(|width| match width {
                0 => Constraint::Fill(1),
                width => Constraint::Length(width),
            });
            let table = Table::new(rows, widths).row_highlight_style(Style::new().reversed());
            let mut state = TableState::default().with_selected(cursor - top);
            frame.render_stateful_widget(table, frame.area(), &mut state);
        };
        terminal.draw(draw).unwrap();
        match event::read().unwrap() {
            Event::Key(key) if key.code == KeyCode::Char('j') => cursor = (cursor + 1).min(ROWS - 1),
            Event::Key(key) if key.code == KeyCode::Char('k') => cursor = cursor.saturating_sub(1),
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => {}
        }
    }
    ratatui::restore();
}

fn film(n: usize) -> [String; 6] {
    let country = ["France", "Japan", "Brazil", "Senegal"][n % 4];
    ["submitted", &format!("{ROW} {n}"), "Somebody Else", country, "60", "2026"].map(str::to_owned)
}

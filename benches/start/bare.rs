//! What start-up is measured against: a program of ratatui and crossterm that shows a table and moves a cursor.

use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::Constraint;
use ratatui::style::Style;
use ratatui::widgets::{Row, Table, TableState};

/// What its rows begin with.
pub(crate) const ROW: &str = "Film number";

/// Runs it until `q`.
pub(crate) fn run() {
    let mut terminal = ratatui::init();
    let mut state = TableState::default().with_selected(0);
    loop {
        let rows = (1..=200).map(|n| Row::new([format!("{ROW} {n}"), "France".to_owned(), "60".to_owned()]));
        let widths = [Constraint::Fill(1), Constraint::Length(20), Constraint::Length(6)];
        let table = Table::new(rows, widths).row_highlight_style(Style::new().reversed());
        terminal.draw(|frame| frame.render_stateful_widget(table, frame.area(), &mut state)).unwrap();
        match event::read().unwrap() {
            Event::Key(key) if key.code == KeyCode::Char('j') => state.select_next(),
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => {}
        }
    }
    ratatui::restore();
}

//! The columns of the list of films.

use crate::api::film::FilmRow;
use crate::screens::list::Look;
use crate::widgets::table::{Column, Width};

use super::cells::{self, column, right};

/// The columns by their ids in the usual order, and whether each is shown unless somebody chose otherwise.
pub(super) const COLUMNS: [(&str, bool); 15] = [
    ("column-status", true),
    ("column-title", true),
    ("column-country", true),
    ("column-language", true),
    ("column-duration", true),
    ("column-year", true),
    ("column-tool", true),
    ("column-producer", true),
    ("column-panel-size", true),
    ("column-votes", true),
    ("column-share", true),
    ("column-voted", false),
    ("column-yes", false),
    ("column-no", false),
    ("column-discuss", false),
];

/// The chosen columns in their order; the usual ones if none were.
pub(super) fn shown<'a>(chosen: &[&str]) -> Vec<Column<FilmRow, Look<'a>>> {
    if chosen.is_empty() {
        let usual = COLUMNS.iter().filter(|(_, shown)| *shown).count();
        return all().into_iter().take(usual).collect();
    }
    let mut all: Vec<_> = all().into_iter().collect();
    let take = |id: &&str| all.iter().position(|column| column.title == *id).map(|at| all.remove(at));
    chosen.iter().filter_map(take).collect()
}

/// Every column, in the usual order.
fn all<'a>() -> [Column<FilmRow, Look<'a>>; 15] {
    [
        cells::status(),
        cells::title(18),
        column("column-country", Width::Fixed(12), 4, |film: &FilmRow, look, cell| {
            look.found(cell, "country", &film.country, look.session.theme.text);
        }),
        column("column-language", Width::Fixed(10), 6, |film: &FilmRow, look, cell| {
            look.found(cell, "language", &film.language, look.session.theme.dim);
        }),
        right(column("column-duration", Width::Fixed(6), 3, |film: &FilmRow, look, cell| {
            cell.text(&look.session.duration(film.duration));
        })),
        right(column("column-year", Width::Fixed(4), 7, |film: &FilmRow, _, cell| {
            cell.dim(&film.year.map(|year| year.to_string()).unwrap_or_default());
        })),
        column("column-tool", Width::Grow { min: 11, weight: 2 }, 5, |film: &FilmRow, look, cell| {
            look.found(cell, "tool", &film.ai_tool, look.session.theme.dim);
        }),
        column("column-producer", Width::Grow { min: 14, weight: 2 }, 2, |film: &FilmRow, look, cell| {
            look.found(cell, "producer", &film.producer_name, look.session.theme.text);
        }),
        right(column("column-panel-size", Width::Fixed(5), 1, |film: &FilmRow, look, cell| {
            let theme = &look.session.theme;
            let style = if film.panel.is_empty() { theme.faint } else { theme.text };
            cell.styled(&film.panel.len().to_string(), style);
        })),
        cells::votes(),
        cells::yes_share(),
        right(column("column-voted", Width::Fixed(6), 8, |film: &FilmRow, _, cell| {
            cell.number(film.voted);
        })),
        right(column("column-yes", Width::Fixed(6), 8, |film: &FilmRow, look, cell| {
            cells::counted(film, film.tally.yes, look.session.theme.text, cell);
        })),
        right(column("column-no", Width::Fixed(6), 8, |film: &FilmRow, look, cell| {
            cells::counted(film, film.tally.no, look.session.theme.text, cell);
        })),
        right(column("column-discuss", Width::Fixed(6), 8, |film: &FilmRow, look, cell| {
            cells::counted(film, film.tally.to_discuss, look.session.theme.text, cell);
        })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_columns_come_first_and_each_is_there() {
        assert!(all().iter().map(|column| column.title).eq(COLUMNS.iter().map(|(id, _)| *id)));
        assert!(COLUMNS.is_sorted_by_key(|(_, shown)| !*shown));
        let titles: Vec<&str> = shown(&["column-no", "column-title", "nothing"]).iter().map(|c| c.title).collect();
        assert_eq!(titles, ["column-no", "column-title"]);
    }
}

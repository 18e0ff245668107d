//! The films: the list with every status, and the way to a film's page and to its next step.

pub(crate) mod cells;
pub(crate) mod delete;
pub(crate) mod fields;
mod hung;
pub(crate) mod page;
mod trash;

use ratatui::layout::Rect;

use crate::api::film::FilmRow;
use crate::api::{Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::widgets::table::{Column, Width};

use self::cells::{ByStatus, column, right};
use self::delete::Delete;
use self::page::FilmReading;
use self::trash::Trash;
use super::Canvas;
use super::advance::Advance;
use super::list::{ListPane, ListScreen, ListTab, Look, Memo, Spec};
use super::page::Page;
use super::picture::Viewer;

static SPEC: Spec<FilmRow> = Spec {
    request: |fresh| Request::Films { fresh },
    read: cells::batch,
    topic: Topic::Films,
    sortable: &[
        "column-title",
        "column-status",
        "column-share",
        "column-votes",
        "column-country",
        "column-duration",
        "column-producer",
        "column-panel-size",
        "column-tool",
        "column-language",
        "column-year",
    ],
    sort_by: cells::sort_by,
    find: cells::FIND,
    fields: &fields::FILMS,
    get: fields::get,
    empty: ["films-empty", "films-empty-hint"],
    empty_key: Action::Refresh,
    shown: "films-shown",
};

fn columns<'a>() -> [Column<FilmRow, Look<'a>>; 11] {
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
    ]
}

/// The films tab.
#[derive(Default)]
pub(crate) struct Films {
    counts: Memo<FilmRow, ByStatus>,
}

impl ListTab for Films {
    type Row = FilmRow;

    const TITLE: &'static str = "films-title";

    const CONTEXTS: &'static [Context] = &[Context::Film, Context::Films, Context::List];

    fn spec(&self) -> &'static Spec<FilmRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<FilmRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), FilmReading::new(list.jurors()))));
    }

    fn act(&mut self, list: &ListPane<FilmRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Pictures => {
                if let Some(film) = list.current() {
                    cx.open(Box::new(Viewer::of(film, cx.session)));
                }
            }
            Action::Trash => cx.open(Box::new(ListScreen::new(Trash))),
            Action::Advance | Action::Delete => {
                let films = list.chosen();
                if films.is_empty() {
                    return true;
                }
                let (trail, selection) = (list.trail(), list.selects());
                if action == Action::Advance {
                    cx.open(Box::new(Advance::new(&films, trail, selection)));
                } else {
                    cx.open(Box::new(Delete::new(&films, trail, selection, cx.key(), cx.session)));
                }
            }
            _ => return false,
        }
        true
    }

    fn view(&self, list: &ListPane<FilmRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let counts = match list.rows().is_empty() {
            true => Vec::new(),
            false => cells::status_counts(canvas.session, &self.counts.of(list.rows(), cells::by_status)),
        };
        list.view(area, canvas, &columns(), &counts, &());
    }
}

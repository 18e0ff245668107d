//! The films: the list with every status, and the way to a film's page and to its next step.

mod categories;
pub(crate) mod cells;
mod columns;
pub(crate) mod delete;
pub(crate) mod fields;
pub(crate) mod filling;
pub(crate) mod form;
mod hung;
pub(crate) mod outside;
pub(crate) mod page;
mod people;
mod person;
mod trash;

use ratatui::layout::Rect;

use crate::api::film::FilmRow;
use crate::api::{Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::widgets::menu::MenuItem;

use self::categories::Categories;
use self::cells::ByStatus;
use self::delete::Delete;
use self::form::FilmFilling;
use self::outside::Outside;
use self::page::FilmReading;
use self::people::People;
use self::trash::Trash;
use super::Canvas;
use super::advance::Advance;
use super::batch::Batch;
use super::form::FormScreen;
use super::list::{ListPane, ListScreen, ListTab, Memo, Spec, Trail};
use super::page::Page;
use super::picture::Viewer;

static SPEC: Spec<FilmRow> = Spec {
    request: |fresh| Request::Films { fresh },
    read: cells::batch,
    topic: Topic::Films,
    by_id: true,
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
        "column-voted",
        "column-yes",
        "column-no",
        "column-discuss",
    ],
    sort_by: cells::sort_by,
    find: cells::FIND,
    synopses: Some(|fresh| Request::Synopses { fresh }),
    fields: &fields::FILMS,
    get: fields::get,
    empty: ["films-empty", "films-empty-hint"],
    empty_key: Action::Refresh,
    shown: "films-shown",
};

/// Opens what hangs on a film, in the list or on its page; `false` for any other action.
fn hangs_on(row: Option<&FilmRow>, list: &Trail, action: Action, cx: &mut Cx<'_>) -> bool {
    match (action, row) {
        (Action::Categories, Some(row)) => cx.open(Box::new(Categories::new(row, list.clone(), cx.session))),
        (Action::People, Some(row)) => cx.open(Box::new(People::new(row, list.clone(), cx.session))),
        (Action::Categories | Action::People, None) => {}
        _ => return false,
    }
    true
}

/// The films tab.
#[derive(Default)]
pub(crate) struct Films {
    counts: Memo<FilmRow, ByStatus>,
    outside: Memo<FilmRow, usize>,
}

impl ListTab for Films {
    type Row = FilmRow;

    const TITLE: &'static str = "films-title";

    const CONTEXTS: &'static [Context] = &[Context::Film, Context::Films, Context::List];

    const COLUMNS: &'static [(&'static str, bool)] = &columns::COLUMNS;

    const CHOICES: Option<(usize, &'static str)> = Some((fields::STATUS, "list-choose-status"));

    fn spec(&self) -> &'static Spec<FilmRow> {
        &SPEC
    }

    fn choices(&self, list: &ListPane<FilmRow>, session: &Session) -> Vec<(usize, MenuItem)> {
        cells::status_items(session, &self.counts.of(list.rows(), cells::by_status))
    }

    fn open(&self, list: &ListPane<FilmRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), FilmReading::new(list.jurors()))));
    }

    fn act(&mut self, list: &ListPane<FilmRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::New => cx.open(Box::new(FormScreen::new(FilmFilling::new(list.trail())))),
            Action::Edit if list.current().is_none() => {}
            Action::Edit => cx.open(Box::new(FormScreen::new(FilmFilling::edit(list.route_chosen())))),
            Action::Pictures => {
                if let Some(film) = list.current() {
                    cx.open(Box::new(Viewer::of(film, cx.session)));
                }
            }
            Action::Outside => {
                // Where the site left this film alone: everything that it changed.
                let film = list.current().filter(|film| film.outside).map(|film| film.id);
                cx.open(Box::new(Outside::new(film)));
            }
            Action::Trash => cx.open(Box::new(ListScreen::new(Trash))),
            Action::Advance | Action::Delete | Action::Batch => {
                let films = list.chosen();
                if films.is_empty() {
                    return true;
                }
                let (trail, selection) = (list.trail(), list.selects());
                match action {
                    Action::Advance => cx.open(Box::new(Advance::new(&films, trail, selection))),
                    Action::Batch => cx.open(Box::new(Batch::new(&films, trail, selection, cx.session))),
                    _ => cx.open(Box::new(Delete::new(&films, trail, selection, cx.key(), cx.session))),
                }
            }
            _ => return hangs_on(list.current(), &list.trail(), action, cx),
        }
        true
    }

    fn view(&self, list: &ListPane<FilmRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let (session, rows) = (canvas.session, list.rows());
        // What wants somebody's eye comes first: it stays where there is little room.
        let outside = cells::outside_count(session, self.outside.of(rows, cells::outside), list.gone());
        let mut counts: Vec<_> = outside.into_iter().collect();
        if !rows.is_empty() {
            counts.extend(cells::status_counts(session, &self.counts.of(rows, cells::by_status)));
        }
        list.view(area, canvas, &columns::shown(list.columns()), &counts, &());
    }
}

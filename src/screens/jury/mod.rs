//! The panels: who sits on which film, and what is odd about it.

pub(crate) mod choose;
mod more_time;
mod panel;
mod reading;
mod release;

use ratatui::layout::Rect;

use crate::api::film::{FilmRow, Juror};
use crate::api::{Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::jury::{PanelFlag, panel_flag};
use crate::widgets::table::{Column, Width};

use self::choose::ChooseJuror;
use self::more_time::MoreTime;
use self::panel::SetPanel;
use self::reading::PanelReading;
use self::release::Release;
use super::Canvas;
use super::films::cells::{self, column, right};
use super::films::fields;
use super::list::{Count, Find, ListPane, ListTab, Look, Memo, Spec, Trail};
use super::page::Page;
use super::words::Names;

static SPEC: Spec<FilmRow> = Spec {
    request: |fresh| Request::Films { fresh },
    read: cells::batch,
    topic: Topic::Films,
    by_id: true,
    sortable: &["column-title", "column-status", "column-jurors", "column-voted"],
    sort_by: cells::sort_by,
    // The names of its panel among what a film is found by.
    find: Find { people: Some(|row| &row.panel), ..cells::FIND },
    synopses: None,
    fields: &fields::PANELS,
    get: fields::get,
    empty: ["jury-empty", "jury-empty-hint"],
    empty_key: Action::Refresh,
    shown: "jury-shown",
};

/// What the cells need beside the row.
struct Panels {
    names: Names,
    size: u16,
}

fn columns<'a>() -> [Column<FilmRow, Look<'a, Panels>>; 6] {
    [
        cells::status(),
        cells::title(18),
        column("column-panel", Width::Grow { min: 16, weight: 5 }, 0, |film: &FilmRow, look, cell| {
            for (i, id) in film.panel.iter().enumerate() {
                let theme = &look.session.theme;
                if i > 0 {
                    cell.pen().put(", ", theme.dim);
                }
                let names = &look.extra.names;
                let inactive = names.get(*id).is_some_and(|juror| !juror.active);
                let style = if inactive { theme.warning } else { theme.text };
                look.found(cell, "juror", &names.name(*id), style);
            }
        }),
        right(column("column-jurors", Width::Fixed(6), 1, |film: &FilmRow, look, cell| {
            cell.text(&format!("{}/{}", film.active, look.extra.size));
        })),
        right(column("column-voted", Width::Fixed(5), 2, |film: &FilmRow, _, cell| {
            cell.dim(&format!("{}/{}", film.voted, film.active));
        })),
        column("column-flag", Width::Fixed(12), 0, |film: &FilmRow, look, cell| {
            if let Some(flag) = panel_flag(&film.facts(), look.extra.size) {
                let theme = &look.session.theme;
                let id = match flag {
                    PanelFlag::Empty => "jury-flag-empty",
                    PanelFlag::Small => "jury-flag-small",
                    PanelFlag::Inactive => "jury-flag-inactive",
                };
                cell.styled(&format!("{} {}", theme.signs.warning, look.session.tr(id)), theme.warning);
            }
        }),
    ]
}

/// Films by what is odd about their panels.
#[derive(Clone, Copy, Default)]
struct Flags {
    size: u16,
    empty: u32,
    small: u32,
    inactive: u32,
}

impl Flags {
    fn of(rows: &Rows<FilmRow>, size: u16) -> Self {
        let mut flags = Flags { size, ..Flags::default() };
        for row in rows.iter() {
            match panel_flag(&row.facts(), size) {
                Some(PanelFlag::Empty) => flags.empty += 1,
                Some(PanelFlag::Small) => flags.small += 1,
                Some(PanelFlag::Inactive) => flags.inactive += 1,
                None => {}
            }
        }
        flags
    }

    fn counts(self, jurors: &[Juror], session: &Session) -> Vec<Count> {
        let theme = &session.theme;
        let active = jurors.iter().filter(|juror| juror.active).count();
        let mut counts =
            vec![Count::new(theme.text, session.tr_with("jury-count-jurors", &[("count", active.into())]))];
        let flags = [
            ("jury-count-empty", self.empty),
            ("jury-count-small", self.small),
            ("jury-count-inactive", self.inactive),
        ];
        for (id, count) in flags.into_iter().filter(|(_, count)| *count > 0) {
            let text = session.tr_with(id, &[("count", count.into()), ("size", self.size.into())]);
            let sign = theme.signs.warning;
            counts.push(Count::new(theme.warning, format!("{sign} {text}")));
        }
        if counts.len() == 1 {
            let text = format!("{} {}", theme.signs.check, session.tr("jury-count-fine"));
            counts.push(Count::new(theme.ok, text));
        }
        counts
    }
}

/// What staff do on the jury tab and on a film that is opened from it.
fn act(row: Option<&FilmRow>, trail: &Trail, action: Action, cx: &mut Cx<'_>) -> bool {
    match (action, row) {
        (Action::Panel, Some(row)) => cx.open(Box::new(SetPanel::new(row, trail.clone(), cx.session))),
        (Action::Panel, None) => {}
        (Action::MoreTime, _) => cx.open(Box::new(MoreTime::default())),
        (Action::Release, _) => {
            let (title, trail) = (cx.session.tr("release-whom"), trail.clone());
            cx.open(Box::new(ChooseJuror::new(title, None, Vec::new(), move |juror, all, cx| {
                cx.open(Box::new(Release::new(juror, all, trail.clone(), cx.session)));
            })));
        }
        _ => return false,
    }
    true
}

/// The jury tab.
#[derive(Default)]
pub(crate) struct Panel {
    flags: Memo<FilmRow, Flags>,
}

impl ListTab for Panel {
    type Row = FilmRow;

    const TITLE: &'static str = "jury-title";

    const CONTEXTS: &'static [Context] = &[Context::Jury, Context::List];

    fn spec(&self) -> &'static Spec<FilmRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<FilmRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), PanelReading::new(list.jurors()))));
    }

    fn act(&mut self, list: &ListPane<FilmRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        act(list.current(), &list.trail(), action, cx)
    }

    fn view(&self, list: &ListPane<FilmRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let size = canvas.session.festival.jury_size;
        let mut flags = self.flags.of(list.rows(), |rows| Flags::of(rows, size));
        if flags.size != size {
            flags = Flags::of(list.rows(), size);
        }
        let counts = match list.rows().is_empty() {
            true => Vec::new(),
            false => flags.counts(list.jurors(), canvas.session),
        };
        list.view(area, canvas, &columns(), &counts, &Panels { names: Names::new(list.jurors()), size });
    }
}

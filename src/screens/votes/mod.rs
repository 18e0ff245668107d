//! The votes: tallies and the share of YES, film by film.

pub(crate) mod acts;
mod ballots;
mod lines;
pub(crate) mod page;
mod whole;

use ratatui::layout::Rect;

use crate::api::film::FilmRow;
use crate::api::{Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::widgets::table::{CellPainter, Column, Width};
use crate::widgets::theme::Tone;

use self::ballots::Ballots;
use super::Canvas;
use super::films::cells::{self, column, not_counted, right};
use super::films::fields;
use super::list::{Count, ListPane, ListTab, Look, Memo, Spec};

static SPEC: Spec<FilmRow> = Spec {
    request: |fresh| Request::Films { fresh },
    read: cells::batch,
    topic: Topic::Films,
    by_id: true,
    sortable: &[
        "column-title",
        "column-status",
        "column-share",
        "column-yes",
        "column-no",
        "column-discuss",
        "column-voted",
        "column-flag",
    ],
    sort_by: cells::sort_by,
    find: cells::FIND,
    synopses: None,
    fields: &fields::FILMS,
    get: fields::get,
    empty: ["votes-empty", "votes-empty-hint"],
    empty_key: Action::Refresh,
    shown: "votes-shown",
};

/// A column of one count; nothing stands quieter than a number.
fn count<'a>(
    title: &'static str,
    width: u16,
    priority: u8,
    cell: fn(&FilmRow, &Look<'a>, &mut CellPainter<'_>),
) -> Column<FilmRow, Look<'a>> {
    right(column(title, Width::Fixed(width), priority, cell))
}

fn number(film: &FilmRow, count: u16, tone: Tone, look: &Look<'_>, cell: &mut CellPainter<'_>) {
    let theme = &look.session.theme;
    let style = if count == 0 { theme.faint } else { theme.status(tone) };
    cells::counted(film, count, style, cell);
}

fn columns<'a>() -> [Column<FilmRow, Look<'a>>; 9] {
    [
        cells::status(),
        cells::title(18),
        count("column-yes", 5, 2, |film, look, cell| number(film, film.tally.yes, Tone::Good, look, cell)),
        count("column-no", 5, 2, |film, look, cell| number(film, film.tally.no, Tone::Bad, look, cell)),
        count("column-discuss", 5, 2, |film, look, cell| {
            number(film, film.tally.to_discuss, Tone::Question, look, cell)
        }),
        cells::votes(),
        cells::yes_share(),
        count("column-changed", 7, 3, |film, look, cell| {
            let theme = &look.session.theme;
            let style = if film.changed == 0 { theme.faint } else { theme.status(Tone::Neutral) };
            cell.styled(&film.changed.to_string(), style);
        }),
        column("column-flag", Width::Fixed(15), 1, |film: &FilmRow, look, cell| {
            let (theme, count) = (&look.session.theme, not_counted(film));
            let warning = |id: &str, count: u32| {
                format!("{} {}", theme.signs.warning, look.session.tr_with(id, &[("count", count.into())]))
            };
            match film.recusals {
                0 if count > 0 => cell.styled(&warning("votes-set-aside", count), theme.warning),
                0 if film.closed => cell.styled(&look.session.tr("votes-closed"), theme.dim),
                0 => cell,
                waiting => cell.styled(&warning("votes-recusals", waiting.into()), theme.warning),
            };
        }),
    ]
}

/// Films by how far their votes are.
#[derive(Clone, Copy, Default)]
struct Rounds {
    complete: u32,
    waiting: u32,
    discuss: u32,
    not_counted: u32,
    recusals: u32,
}

impl Rounds {
    fn of(rows: &Rows<FilmRow>) -> Self {
        let mut rounds = Rounds::default();
        for row in rows.iter() {
            match row.status {
                FilmStatus::Assigned if row.facts().round_one_ended() => rounds.complete += 1,
                FilmStatus::Assigned => rounds.waiting += 1,
                FilmStatus::ToDiscuss => rounds.discuss += 1,
                _ => {}
            }
            rounds.not_counted += not_counted(row);
            rounds.recusals += u32::from(row.recusals);
        }
        rounds
    }

    fn counts(self, session: &Session) -> Vec<Count> {
        let theme = &session.theme;
        let figures = [
            (Tone::Progress, theme.sign(Tone::Progress), "votes-count-waiting", self.waiting),
            (Tone::Good, theme.signs.check, "votes-count-complete", self.complete),
            (Tone::Question, theme.sign(Tone::Question), "votes-count-discuss", self.discuss),
        ];
        let figure = |(tone, sign, id, count): (Tone, &str, &str, u32)| {
            Count::new(theme.status(tone), format!("{sign} {}", session.tr_with(id, &[("count", count.into())])))
        };
        let mut counts: Vec<Count> = figures.into_iter().map(figure).collect();
        let odd = [("votes-set-aside", self.not_counted), ("votes-recusals", self.recusals)];
        for (id, count) in odd.into_iter().filter(|(_, count)| *count > 0) {
            let text = session.tr_with(id, &[("count", count.into())]);
            counts.push(Count::new(theme.warning, format!("{} {text}", theme.signs.warning)));
        }
        counts
    }
}

/// The votes tab.
#[derive(Default)]
pub(crate) struct Votes {
    rounds: Memo<FilmRow, Rounds>,
}

impl ListTab for Votes {
    type Row = FilmRow;

    const TITLE: &'static str = "votes-title";

    const CONTEXTS: &'static [Context] = &[Context::List];

    fn spec(&self) -> &'static Spec<FilmRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<FilmRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Ballots::new(list.route())));
    }

    fn view(&self, list: &ListPane<FilmRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let counts = match list.rows().is_empty() {
            true => Vec::new(),
            false => self.rounds.of(list.rows(), Rounds::of).counts(canvas.session),
        };
        list.view(area, canvas, &columns(), &counts, &());
    }
}

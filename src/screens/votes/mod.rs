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
use crate::widgets::menu::MenuItem;
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

/// Films by what their votes propose.
#[derive(Clone, Copy, Default)]
struct Queues {
    films: [u32; fields::PROPOSALS.len()],
    not_counted: u32,
    recusals: u32,
}

/// The ids of what a queue is called, in the order of [`fields::PROPOSALS`].
const NAMES: [&str; fields::PROPOSALS.len()] =
    ["queue-candidate", "queue-refused", "queue-discuss", "queue-chair", "queue-waiting"];

const TONES: [Tone; fields::PROPOSALS.len()] = [Tone::Good, Tone::Bad, Tone::Question, Tone::Question, Tone::Progress];

impl Queues {
    fn of(rows: &Rows<FilmRow>) -> Self {
        let mut queues = Queues::default();
        for row in rows.iter() {
            if let Some(at) = fields::queue(row) {
                queues.films[at] += 1;
            }
            queues.not_counted += not_counted(row);
            queues.recusals += u32::from(row.recusals);
        }
        queues
    }

    /// The figures above the list; each filters it.
    fn counts(self, session: &Session) -> Vec<Count> {
        let theme = &session.theme;
        let figure = |(place, (count, (id, tone))): (usize, (u32, (&str, Tone)))| {
            let short = format!("{} {count}", theme.sign(tone));
            let full = format!("{short} {}", session.tr(id));
            // Two queues share a sign: their names stay.
            let short = if tone == Tone::Question { full.clone() } else { short };
            Count::new(theme.status(tone), full).or(short).choosing(place)
        };
        let figures = self.films.into_iter().zip(NAMES.into_iter().zip(TONES)).enumerate();
        let mut counts: Vec<Count> = figures.map(figure).collect();
        let odd = [("votes-set-aside", self.not_counted), ("votes-recusals", self.recusals)];
        for (id, count) in odd.into_iter().filter(|(_, count)| *count > 0) {
            let text = session.tr_with(id, &[("count", count.into())]);
            counts.push(Count::new(theme.warning, format!("{} {text}", theme.signs.warning)));
        }
        counts
    }

    /// The figures as lines of a menu.
    fn items(self, session: &Session) -> Vec<(usize, MenuItem)> {
        let item = |(place, (count, (id, tone))): (usize, (u32, (&str, Tone)))| {
            let count = session.tr_with("number", &[("n", count.into())]);
            (place, MenuItem::new(session.tr(id)).tone(tone).aside(count))
        };
        self.films.into_iter().zip(NAMES.into_iter().zip(TONES)).enumerate().map(item).collect()
    }
}

/// The votes tab.
#[derive(Default)]
pub(crate) struct Votes {
    queues: Memo<FilmRow, Queues>,
}

impl ListTab for Votes {
    type Row = FilmRow;

    const TITLE: &'static str = "votes-title";

    const CONTEXTS: &'static [Context] = &[Context::Votes, Context::List];

    const CHOICES: Option<(usize, &'static str)> = Some((fields::QUEUE, "votes-choose-queue"));

    fn choices(&self, list: &ListPane<FilmRow>, session: &Session) -> Vec<(usize, MenuItem)> {
        self.queues.of(list.rows(), Queues::of).items(session)
    }

    fn spec(&self) -> &'static Spec<FilmRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<FilmRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Ballots::new(list.route())));
    }

    fn view(&self, list: &ListPane<FilmRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let counts = match list.rows().is_empty() {
            true => Vec::new(),
            false => self.queues.of(list.rows(), Queues::of).counts(canvas.session),
        };
        list.view(area, canvas, &columns(), &counts, &());
    }
}

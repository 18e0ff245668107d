//! Cells of films that several lists show.

use ratatui::style::Style;

use crate::api::film::{FilmList, FilmRow};
use crate::api::{Reply, Rows};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::text::inert;
use crate::screens::list::{Batch, By, Count, Find, ListRow, Look};
use crate::screens::words::{key_of, share, tone};
use crate::widgets::bars::{Part, tally};
use crate::widgets::menu::MenuItem;
use crate::widgets::table::{Align, CellPainter, Column, Key, Width};
use crate::widgets::theme::Tone;

impl ListRow for FilmRow {
    fn key(&self) -> Key {
        self.id.0.into()
    }
}

/// The films of an answer.
pub(crate) fn batch(reply: Reply) -> Option<Batch<FilmRow>> {
    match reply {
        Reply::Films(FilmList { rows, total, complete, gone, jurors }) => {
            Some(Batch { rows, total: total as usize, complete, gone, jurors })
        }
        _ => None,
    }
}

/// What words are looked for in.
pub(crate) const FIND: Find<FilmRow> = Find {
    title: FilmRow::TITLE,
    name: Some(FilmRow::PRODUCER),
    others: &[FilmRow::COUNTRY, FilmRow::TOOL],
    people: None,
};

/// What a column of films sorts by.
pub(crate) fn sort_by(column: &str) -> By<FilmRow> {
    match column {
        "column-status" => By::number(|row: &FilmRow| i64::try_from(place_in_life(row.status)).ok()),
        "column-title" => By::Text(FilmRow::TITLE),
        "column-country" => By::Text(FilmRow::COUNTRY),
        "column-language" => By::Text(FilmRow::LANGUAGE),
        "column-duration" => By::number(|row: &FilmRow| row.duration.map(i64::from)),
        "column-year" => By::number(|row: &FilmRow| row.year.map(i64::from)),
        "column-tool" => By::Text(FilmRow::TOOL),
        "column-producer" => By::Text(FilmRow::PRODUCER),
        "column-panel-size" | "column-jurors" => By::number(|row: &FilmRow| i64::try_from(row.panel.len()).ok()),
        "column-voted" => By::number(|row: &FilmRow| Some(row.voted.into())),
        "column-votes" => By::number(|row: &FilmRow| Some(row.tally.total().into())),
        "column-yes" => By::number(|row: &FilmRow| Some(row.tally.yes.into())),
        "column-no" => By::number(|row: &FilmRow| Some(row.tally.no.into())),
        "column-discuss" => By::number(|row: &FilmRow| Some(row.tally.to_discuss.into())),
        // Exact enough for any number of votes, and without the gaps of whole per cent.
        "column-share" => By::number(|row: &FilmRow| row.tally.consensus().map(|share| (share * 1e9) as i64)),
        "column-flag" => By::number(|row: &FilmRow| Some(not_counted(row).into())),
        _ => By::Nothing,
    }
}

/// Where a status stands in the order of a film's life; whatever the platform does not know comes last.
fn place_in_life(status: FilmStatus) -> usize {
    FilmStatus::ALL.iter().position(|known| *known == status).unwrap_or(FilmStatus::ALL.len())
}

/// Ballots that are shown but not counted, as far as the tally tells.
pub(crate) fn not_counted(row: &FilmRow) -> u32 {
    if row.veiled { 0 } else { u32::from(row.ballots).saturating_sub(row.tally.total()) }
}

/// One count of a tally, or that it is hidden until the round is complete.
pub(crate) fn counted(row: &FilmRow, count: u16, style: Style, cell: &mut CellPainter<'_>) {
    let text = if row.veiled { "·".to_owned() } else { count.to_string() };
    cell.styled(&text, style);
}

/// A column that begins with everything usual.
pub(crate) fn column<'a, T, X>(
    title: &'static str,
    width: Width,
    priority: u8,
    cell: fn(&T, &Look<'a, X>, &mut CellPainter<'_>),
) -> Column<T, Look<'a, X>> {
    Column { title, width, align: Align::Left, priority, sortable: true, cell }
}

/// The same with its text at the right.
pub(crate) fn right<T, C>(column: Column<T, C>) -> Column<T, C> {
    Column { align: Align::Right, ..column }
}

/// Sign and status.
pub(crate) fn status<'a, X>() -> Column<FilmRow, Look<'a, X>> {
    column("column-status", Width::Fixed(13), 0, |row: &FilmRow, look, cell| {
        cell.status(tone(row.status), &look.session.tr(row.status.message()));
    })
}

/// The title, with what was searched for.
pub(crate) fn title<'a, X>(min: u16) -> Column<FilmRow, Look<'a, X>> {
    column("column-title", Width::Grow { min, weight: 4 }, 0, |row: &FilmRow, look, cell| {
        if row.outside {
            let theme = &look.session.theme;
            cell.pen().put(theme.signs.warning, theme.warning).put(" ", theme.text);
        }
        look.name(cell, row.key(), &row.title);
    })
}

/// The tally as a bar, and how many of the panel have voted.
pub(crate) fn votes<'a, X>() -> Column<FilmRow, Look<'a, X>> {
    column("column-votes", Width::Fixed(13), 0, |row: &FilmRow, look, cell| {
        if row.active == 0 && row.tally.total() == 0 && !row.veiled {
            cell.styled("–", look.session.theme.faint);
            return;
        }
        let theme = cell.theme();
        tally(cell.pen(), 8, &parts(row), row.active.into(), theme);
        cell.pen().put(" ", look.session.theme.text);
        let style = if row.voted < row.active { look.session.theme.text } else { look.session.theme.dim };
        cell.styled(&format!("{}/{}", row.voted, row.active), style);
    })
}

/// The share of YES.
pub(crate) fn yes_share<'a, X>() -> Column<FilmRow, Look<'a, X>> {
    right(column("column-share", Width::Fixed(12), 0, |row: &FilmRow, look, cell| {
        let theme = &look.session.theme;
        if row.veiled {
            cell.styled(&look.session.tr("voting-hidden-note"), theme.faint);
            return;
        }
        let style = if row.tally.total() == 0 { theme.faint } else { theme.text };
        cell.styled(&share(look.session, row.tally), style);
    }))
}

/// Figures of all films by status, in the order of a film's life.
pub(crate) type ByStatus = [u32; FilmStatus::ALL.len() + 1];

/// How many films the web site changed.
pub(crate) fn outside(rows: &Rows<FilmRow>) -> usize {
    rows.iter().filter(|row| row.outside).count()
}

/// The figure of what the web site changed or deleted, if it did.
pub(crate) fn outside_count(session: &Session, changed: usize, gone: u32) -> Option<Count> {
    let films = changed + gone as usize;
    let theme = &session.theme;
    let key = key_of(session, &[Context::Film], Action::Outside);
    let args = [("count", films.into()), ("key", (&key).into())];
    let text = |id| format!("{} {}", theme.signs.warning, session.tr_with(id, &args));
    (films > 0).then(|| Count::new(theme.warning, text("outside-count")).or(text("outside-count-short")))
}

/// Counts films by status.
pub(crate) fn by_status(rows: &Rows<FilmRow>) -> ByStatus {
    let mut counts = ByStatus::default();
    for row in rows.iter() {
        counts[place_in_life(row.status)] += 1;
    }
    counts
}

/// The figures as a header: sign and count; the older statuses only where there are any.
pub(crate) fn status_counts(session: &Session, counts: &ByStatus) -> Vec<Count> {
    let theme = &session.theme;
    let statuses = FilmStatus::ALL.into_iter().chain([FilmStatus::Unknown]);
    let shown =
        statuses.zip(counts).enumerate().filter(|(_, (status, count))| **count > 0 || tone(*status) != Tone::Old);
    shown
        .map(|(place, (status, count))| {
            let tone = tone(status);
            let short = format!("{} {count}", theme.sign(tone));
            let full = format!("{short} {}", session.tr(status.message()));
            // The older statuses share a sign: their names stay.
            let short = if tone == Tone::Old { full.clone() } else { short };
            Count::new(theme.status(tone), full).or(short).choosing(place)
        })
        .collect()
}

/// The figures as lines of a menu, every status among them.
pub(crate) fn status_items(session: &Session, counts: &ByStatus) -> Vec<(usize, MenuItem)> {
    let statuses = FilmStatus::ALL.into_iter().chain([FilmStatus::Unknown]);
    let shown = statuses.zip(counts).enumerate();
    let shown = shown.filter(|(_, (status, count))| **count > 0 || *status != FilmStatus::Unknown);
    shown
        .map(|(place, (status, count))| {
            let item = MenuItem::new(session.tr(status.message())).tone(tone(status));
            (place, item.aside(session.tr_with("number", &[("n", (*count).into())])))
        })
        .collect()
}

/// A film's tally as the parts of a bar; while it is hidden only how many have voted.
pub(crate) fn parts(row: &FilmRow) -> Vec<Part> {
    let (part, tally) = (|amount: u16, tone| Part { amount: amount.into(), tone }, row.tally);
    if row.veiled {
        return vec![part(row.voted, Tone::Neutral)];
    }
    vec![part(tally.yes, Tone::Good), part(tally.no, Tone::Bad), part(tally.to_discuss, Tone::Question)]
}

/// A film's title, or that it has none.
pub(crate) fn title_of(row: &FilmRow, session: &Session) -> String {
    match row.title.trim() {
        "" => session.tr("list-untitled"),
        title => inert(title).into_owned(),
    }
}

//! The columns and figures of a juror's films.

use std::collections::BTreeMap;

use crate::api::Rows;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::screens::films::cells::{column, right};
use crate::screens::list::{Count, ListRow, Look};
use crate::screens::words::{note, tone};
use crate::widgets::menu::MenuItem;
use crate::widgets::table::{Column, Width};

use super::drafts::Draft;
use super::standing::{MyFilm, Standing, Todo};

/// The drafts by film.
pub(super) type Drafted = BTreeMap<FilmId, Draft>;

/// How many cells the figures take.
pub(super) fn width(counts: &[Count]) -> u16 {
    let gaps = counts.len().saturating_sub(1) * 3;
    counts.iter().map(Count::width).sum::<u16>() + u16::try_from(gaps).unwrap_or_default()
}

/// The columns in their order.
pub(super) fn columns<'a>() -> [Column<MyFilm, Look<'a, Drafted>>; 9] {
    [
        column("column-status", Width::Fixed(13), 1, |row: &MyFilm, look, cell| {
            cell.status(tone(row.film.status), &look.session.tr(row.film.status.message()));
        }),
        column("column-title", Width::Grow { min: 18, weight: 4 }, 0, |row: &MyFilm, look, cell| {
            look.name(cell, row.key(), &row.film.title);
        }),
        column("column-country", Width::Fixed(12), 4, |row: &MyFilm, look, cell| {
            look.found(cell, "country", &row.film.country, look.session.theme.text);
        }),
        column("column-language", Width::Fixed(10), 6, |row: &MyFilm, look, cell| {
            look.found(cell, "language", &row.film.language, look.session.theme.dim);
        }),
        right(column("column-duration", Width::Fixed(6), 3, |row: &MyFilm, look, cell| {
            cell.text(&look.session.duration(row.film.duration));
        })),
        column("column-tool", Width::Grow { min: 11, weight: 2 }, 5, |row: &MyFilm, look, cell| {
            look.found(cell, "tool", &row.film.ai_tool, look.session.theme.dim);
        }),
        right(column("column-round", Width::Fixed(5), 2, |row: &MyFilm, look, cell| {
            match round(row.film.status) {
                Some(round) => cell.text(&round.to_string()),
                None => cell.styled("–", look.session.theme.faint),
            };
        })),
        column("column-my-vote", Width::Fixed(13), 0, |row: &MyFilm, look, cell| {
            match &row.vote {
                Some(vote) => {
                    let (style, text) = note(look.session, vote.note);
                    cell.styled(&text, style)
                }
                None => cell.styled(&look.session.tr("mine-not-yet"), look.session.theme.faint),
            };
        }),
        column("column-standing", Width::Fixed(17), 0, |row: &MyFilm, look, cell| {
            let session = look.session;
            let theme = &session.theme;
            match look.extra.get(&row.id()) {
                Some(drafted) => {
                    let said = drafted.note.map(|chosen| note(session, Some(chosen)).1).unwrap_or_default();
                    let text = session.tr_with("standing-draft", &[("note", (&said).into())]);
                    cell.styled(format!("{} {text}", theme.signs.draft).trim_end(), theme.warning)
                }
                None if row.waits() => cell.styled(&session.tr("standing-waits"), theme.warning),
                None => {
                    let style = match row.standing {
                        Standing::ToVote | Standing::ToReconsider => theme.accent,
                        Standing::Voted | Standing::Changed | Standing::Stands => theme.ok,
                        Standing::Missed | Standing::RoundClosed | Standing::Early | Standing::Over => theme.faint,
                    };
                    cell.styled(&session.tr(row.standing.message()), style)
                }
            };
        }),
    ]
}

/// The round that a film in this status is in.
pub(super) fn round(status: FilmStatus) -> Option<u8> {
    match status {
        FilmStatus::Assigned => Some(1),
        FilmStatus::ToDiscuss => Some(2),
        _ => None,
    }
}

/// How many films there are of each choice of the field `todo`.
fn todos(rows: &Rows<MyFilm>) -> impl Iterator<Item = (usize, Todo)> {
    let mut counts = Todo::ALL.map(|todo| (0, todo));
    for row in rows.iter() {
        counts[row.todo() as usize].0 += 1;
    }
    // What is rare is shown where there is any of it.
    counts.into_iter().filter(|(count, todo)| *count > 0 || *todo <= Todo::Done)
}

/// The figures above the list.
pub(super) fn counts(rows: &Rows<MyFilm>, session: &Session) -> Vec<Count> {
    let theme = &session.theme;
    let figure = |(count, todo): (usize, Todo)| {
        let (id, style, sign) = match todo {
            Todo::Vote => ("mine-count-to-vote", theme.accent, theme.sign(tone(FilmStatus::Assigned))),
            Todo::Reconsider => ("mine-count-to-reconsider", theme.warning, theme.sign(tone(FilmStatus::ToDiscuss))),
            Todo::Done => ("mine-count-done", theme.ok, theme.signs.check),
            Todo::Waits => ("mine-count-waiting", theme.warning, theme.signs.warning),
            Todo::Early => ("mine-count-early", theme.dim, theme.signs.dot),
        };
        let text = format!("{sign} {}", session.tr_with(id, &[("count", count.into())]));
        Count::new(style, text).choosing(todo as usize)
    };
    todos(rows).map(figure).collect()
}

/// The figures as lines of a menu.
pub(super) fn items(rows: &Rows<MyFilm>, session: &Session) -> Vec<(usize, MenuItem)> {
    let line = |(count, todo): (usize, Todo)| {
        let item = MenuItem::new(session.tr(match todo {
            Todo::Vote => "mine-todo-to-vote",
            Todo::Reconsider => "mine-todo-to-reconsider",
            Todo::Done => "mine-todo-done",
            Todo::Waits => "mine-todo-waiting",
            Todo::Early => "mine-todo-early",
        }));
        (todo as usize, item.aside(session.tr_with("number", &[("n", count.into())])))
    };
    todos(rows).map(line).collect()
}

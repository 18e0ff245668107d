//! How a list looks: counts, the filter line, the table, or why there is none.

use std::collections::HashSet;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::inert;
use crate::screens::Canvas;
use crate::screens::words::key_of;
use crate::widgets::glyph::width;
use crate::widgets::pen::{Pen, row};
use crate::widgets::table::{CellPainter, Column, Key, draw_table};
use crate::widgets::wrap::wrapped;

use super::highlight::Highlight;
use super::order::ListRow;
use super::{Data, ListPane};

/// What cells are drawn with.
pub(crate) struct Look<'a, X = ()> {
    /// The session.
    pub(crate) session: &'a Session,
    /// What is searched for.
    highlight: &'a Highlight,
    /// The field whose text names the row.
    naming: &'static str,
    /// Rows that were changed since the list was put in order.
    changed: &'a HashSet<Key>,
    /// Whatever else the screen's cells need.
    pub(crate) extra: &'a X,
}

impl<X> Look<'_, X> {
    /// A text of a field with what is searched for in it marked.
    pub(crate) fn found(&self, cell: &mut CellPainter<'_>, field: &str, text: &str, style: Style) {
        let text = inert(text);
        let found = self.highlight.find(field, &text);
        cell.marked(&text, &found, style);
    }

    /// The text that names the row: found words marked, and a sign before it if somebody changed the row.
    pub(crate) fn name(&self, cell: &mut CellPainter<'_>, key: Key, text: &str) {
        let theme = &self.session.theme;
        if self.changed.contains(&key) {
            cell.pen().put(theme.signs.changed, theme.warning).put(" ", theme.text);
        }
        if text.trim().is_empty() {
            cell.styled(&self.session.tr("list-untitled"), theme.faint);
        } else {
            self.found(cell, self.naming, text, theme.text);
        }
    }
}

/// One figure above a list: how it looks and what it says, in full and where there is little room.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    style: Style,
    full: String,
    short: String,
    choice: Option<usize>,
}

impl Count {
    /// A figure that says the same in every width.
    pub(crate) fn new(style: Style, text: String) -> Self {
        Self { style, short: text.clone(), full: text, choice: None }
    }

    /// How many cells it takes in full.
    pub(crate) fn width(&self) -> u16 {
        u16::try_from(width(&self.full)).unwrap_or(u16::MAX)
    }

    /// The same with fewer words for narrow screens.
    pub(crate) fn or(self, short: String) -> Self {
        Self { short, ..self }
    }

    /// The same as the figure of a choice by which the list can be filtered.
    pub(crate) fn choosing(self, choice: usize) -> Self {
        Self { choice: Some(choice), ..self }
    }
}

impl<T: ListRow> ListPane<T> {
    /// Draws the list with its counts into an area.
    pub(crate) fn view<'l, 'c: 'l, X>(
        &'l self,
        area: Rect,
        canvas: &mut Canvas<'c>,
        columns: &[Column<T, Look<'l, X>>],
        counts: &[Count],
        extra: &'l X,
    ) {
        self.sync();
        let session = canvas.session;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        self.draw_counts(row(inner, 0), canvas, counts);
        self.draw_state(row(inner, 1), canvas);
        let body = Rect { y: area.y.saturating_add(2), height: area.height.saturating_sub(2), ..area };
        if self.order.is_empty() {
            self.draw_nothing(Rect { x: inner.x, width: inner.width, ..body }, canvas);
            self.draw_offer(body, canvas);
            return;
        }
        let naming = self.spec.fields.iter().find(|field| field.words).map_or("", |field| field.name.english);
        let look = Look { session, highlight: &self.line.highlight, naming, changed: &self.changed, extra };
        let titles: Vec<String> = columns.iter().map(|column| session.tr(column.title)).collect();
        let rows = |index: usize| self.at(index).map(|row| (row.key(), row));
        let table = self.table.borrow();
        draw_table(
            body,
            canvas.buf,
            rows,
            self.order.len(),
            columns,
            &titles,
            &table,
            &look,
            &session.theme,
            !self.line.typing,
        );
        self.draw_offer(body, canvas);
    }

    /// The filter, how many rows it leaves, what is selected, what is under way.
    fn draw_state(&self, line: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let line = self.draw_line(line, canvas);
        let dot = format!(" {} ", theme.signs.dot);
        let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
        for (i, (style, text)) in self.notes(session).into_iter().enumerate() {
            pen.put(if i > 0 { &dot } else { "" }, theme.faint).put(&text, style);
        }
    }

    fn notes(&self, session: &Session) -> Vec<(Style, String)> {
        let theme = &session.theme;
        let mut notes = self.line_notes(session);
        let busy = theme.signs.spinner[0];
        if matches!(self.data, Data::There) && !self.rows.is_empty() {
            let args = [("shown", self.order.len().into()), ("total", self.total.max(self.rows.len()).into())];
            notes.push((theme.dim, session.tr_with(self.spec.shown, &args)));
            if !self.complete {
                notes.push((theme.accent, format!("{busy} {}", session.tr("list-loading"))));
            } else if self.arranging.is_some() {
                notes.push((theme.accent, format!("{busy} {}", session.tr("list-arranging"))));
            }
        }
        if let Some(note) = self.deep_note(session) {
            notes.push((theme.dim, format!("{busy} {note}")));
        }
        let table = self.table.borrow();
        let selected = table.selected_count(&self.keys());
        if selected > 0 {
            notes.push((theme.selection, session.tr_with("list-selected", &[("count", selected.into())])));
        }
        if table.selecting() {
            notes.push((theme.accent, session.tr("list-selecting")));
        }
        if let Some(sort) = table.sort {
            let column = session.tr(sort.column);
            let sign = if sort.descending { theme.signs.descending } else { theme.signs.ascending };
            let sorted = session.tr_with("list-sorted", &[("column", (&column).into())]);
            notes.push((theme.dim, format!("{sorted} {sign}")));
        }
        if !self.changed.is_empty() || self.stale {
            let key = key_of(session, &[], Action::Refresh);
            let args = [("count", self.changed.len().into()), ("key", (&key).into())];
            let id = if self.changed.is_empty() { "list-stale" } else { "list-changed" };
            notes.push((theme.warning, session.tr_with(id, &args)));
        }
        notes
    }

    /// Why there are no rows, and what to do.
    fn draw_nothing(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let refresh = key_of(session, &[], Action::Refresh);
        let (style, what, next) = match &self.data {
            _ if self.arranging.is_some() && !self.line.query().is_empty() => {
                (theme.dim, session.tr("list-arranging"), String::new())
            }
            Data::Waiting => (theme.dim, session.tr("list-waiting"), String::new()),
            Data::Failed(failure) => (
                theme.warning,
                sentence::failure(&session.lang, failure),
                session.tr_with("list-failed-hint", &[("key", (&refresh).into())]),
            ),
            Data::There if !self.line.query().is_empty() && !self.rows.is_empty() => {
                let filter = inert(self.line.input.text().trim()).into_owned();
                let total = self.rows.len();
                let args = [("filter", (&filter).into()), ("total", total.into())];
                (theme.text, session.tr_with("list-no-match", &args), session.tr("list-no-match-hint"))
            }
            Data::There => {
                let [what, next] = self.spec.empty;
                let key = key_of(session, &[Context::Sponsors, Context::List], self.spec.empty_key);
                (theme.text, session.tr(what), session.tr_with(next, &[("key", (&key).into())]))
            }
        };
        let room = usize::from(area.width.clamp(1, 72));
        let lines = wrapped(&what, room).map(|line| (line, style)).chain(wrapped(&next, room).map(|l| (l, theme.dim)));
        for (y, (text, style)) in (2..area.height).zip(lines) {
            Pen::new(row(area, y), canvas.buf, theme.signs.ellipsis).put(text, style);
        }
    }

    /// The figures above the list, those that it is filtered by marked.
    fn draw_counts(&self, line: Rect, canvas: &mut Canvas<'_>, counts: &[Count]) {
        let theme = &canvas.session.theme;
        let needed: usize = counts.iter().map(|count| width(&count.full) + 3).sum();
        let fits = needed <= usize::from(line.width) + 3;
        let chosen = self.choices.map(|field| self.chosen_choices(field)).unwrap_or_default();
        let mut figures = self.figures.borrow_mut();
        figures.clear();
        let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
        for (i, count) in counts.iter().enumerate() {
            let text = if fits { &count.full } else { &count.short };
            let marked = count.choice.is_some_and(|choice| chosen.contains(&choice));
            let style = if marked { count.style.add_modifier(Modifier::REVERSED) } else { count.style };
            pen.put(if i > 0 { "   " } else { "" }, theme.text);
            let x = pen.x();
            pen.put(text, style);
            if let Some(choice) = count.choice {
                figures.push((Rect { x, width: pen.x() - x, ..line }, choice));
            }
        }
    }
}

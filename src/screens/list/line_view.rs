//! How the filter line looks: its words, what is wrong with them, and the ways to go on.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::query::{FieldSpec, Problem, Test, Wrong};
use crate::domain::text::inert;
use crate::screens::Canvas;
use crate::screens::words::key_of;
use crate::widgets::dialog::draw_frame;
use crate::widgets::glyph::{width, width16};
use crate::widgets::pen::{Pen, row};

use super::ListPane;
use super::line::tongue;
use super::order::ListRow;

/// As many ways to go on are shown at once.
const SHOWN: usize = 9;

impl<T: ListRow> ListPane<T> {
    /// Draws the line, if there is something in it or it is being typed, and returns what is left at its right.
    pub(super) fn draw_line(&self, line: Rect, canvas: &mut Canvas<'_>) -> Rect {
        let session = canvas.session;
        let theme = &session.theme;
        let input = &self.line.input;
        if !self.line.typing && input.is_empty() {
            return line;
        }
        let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
        pen.put(&session.tr("list-filter"), theme.key).put(" ", theme.text);
        let x = pen.x();
        let share = match (self.line.typing, self.line.parsed.problems.is_empty()) {
            (true, true) => 12,
            (true, false) => 9,
            (false, _) => 10,
        };
        let least = if self.line.typing { 24 } else { 1 };
        let wanted = width16(input.text()).saturating_add(2).max(least);
        let field = Rect {
            x,
            width: wanted.min(line.width.saturating_mul(share) / 20).min(line.right().saturating_sub(x)),
            ..line
        };
        let cursor = input.draw_marked(field, canvas.buf, theme, self.line.typing, &self.marks(session));
        if cursor.is_some() {
            canvas.cursor = cursor;
        }
        let used = field.right().saturating_add(2).min(line.right());
        Rect { x: used, width: line.right() - used, ..line }
    }

    /// Terms about fields in the accent colour, wrong words marked, those that are still being typed only a little.
    fn marks(&self, session: &Session) -> Vec<(std::ops::Range<usize>, Style)> {
        let theme = &session.theme;
        let parsed = &self.line.parsed;
        let terms = parsed.query.terms.iter().zip(&parsed.spans);
        let known = terms.filter(|(term, _)| matches!(term.test, Test::Field { .. }));
        let mut marks: Vec<_> = known.map(|(_, span)| (span.clone(), theme.accent)).collect();
        for (span, unfinished) in self.line.wrong() {
            let style = if unfinished { theme.dim } else { theme.danger.add_modifier(Modifier::REVERSED) };
            marks.push((span.clone(), style));
        }
        marks
    }

    /// What there is to say about the line: the first thing that is wrong, or how to begin.
    pub(super) fn line_notes(&self, session: &Session) -> Vec<(Style, String)> {
        let theme = &session.theme;
        let problems = &self.line.parsed.problems;
        let finished = problems.iter().find(|problem| !(self.line.typing && problem.unfinished));
        match finished.or(problems.first()) {
            Some(problem) => {
                let quiet = self.line.typing && problem.unfinished;
                let text = sentence(session, self.spec.fields, problem);
                vec![match quiet {
                    true => (theme.dim, text),
                    false => (theme.warning, format!("{} {text}", theme.signs.warning)),
                }]
            }
            None if self.line.typing && self.line.input.is_empty() => {
                let key = key_of(session, &[Context::Filter], Action::Complete);
                vec![(theme.dim, session.tr_with("list-filter-hint", &[("key", (&key).into())]))]
            }
            None => Vec::new(),
        }
    }

    /// Draws the ways to go on below the word that is being typed.
    pub(super) fn draw_offer(&self, body: Rect, canvas: &mut Canvas<'_>) {
        let (Some(offer), Some(cursor), true) = (&self.line.offer, canvas.cursor, self.line.typing) else { return };
        let theme = &canvas.session.theme;
        let candidates = &offer.completion.candidates;
        let typed = self.line.input.text().get(offer.completion.replace.clone()).unwrap_or_default();
        let shown = candidates.len().min(SHOWN).min(usize::from(body.height.saturating_sub(2)));
        let widest = candidates.iter().map(|candidate| width(&candidate.label)).max().unwrap_or(0);
        let wide = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(6).clamp(18, 44).min(body.width);
        let x = cursor.x.saturating_sub(width16(typed)).saturating_sub(4).max(body.x);
        let x = x.min(body.right().saturating_sub(wide));
        // Never more than SHOWN and two lines of frame.
        let height = u16::try_from(shown).unwrap_or(0).saturating_add(2);
        let inside = draw_frame(Rect { x, y: body.y, width: wide, height }, canvas.buf, "", false, theme);
        let first = offer.marked.map_or(0, |marked| (marked + 1).saturating_sub(shown));
        for (index, candidate) in (0u16..).zip(candidates.iter().enumerate().skip(first).take(shown)) {
            let (place, candidate) = candidate;
            let marked = offer.marked == Some(place);
            let line = row(inside, index);
            let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
            match marked {
                true => pen.put(theme.signs.cursor, theme.accent),
                false => pen.skip(1),
            };
            pen.skip(1).put(&inert(&candidate.label), theme.text);
            if marked {
                canvas.buf.set_style(line, theme.cursor);
            }
        }
        if candidates.len() > shown {
            let more = format!(" +{} ", candidates.len() - shown);
            let foot = Rect { x: x + 2, y: body.y + height - 1, width: wide.saturating_sub(4), height: 1 };
            Pen::new(foot, canvas.buf, "").put_right(&more, theme.dim);
        }
    }
}

/// What is wrong, as a sentence.
fn sentence(session: &Session, fields: &[FieldSpec], problem: &Problem) -> String {
    let tongue = tongue(session);
    let called = |field: usize| fields.get(field).map_or("", |field| field.name.in_tongue(tongue));
    let (id, typed, about) = match &problem.what {
        Wrong::UnknownField { name, nearest: None } => ("list-wrong-field", name.as_str(), ""),
        Wrong::UnknownField { name, nearest: Some(nearest) } => {
            ("list-wrong-field-near", name.as_str(), nearest.in_tongue(tongue))
        }
        Wrong::UnknownChoice { field, value, nearest: None } => ("list-wrong-choice", value.as_str(), called(*field)),
        Wrong::UnknownChoice { value, nearest: Some(nearest), .. } => {
            ("list-wrong-choice-near", value.as_str(), nearest.in_tongue(tongue))
        }
        Wrong::NotANumber { value, .. } => ("list-wrong-number", value.as_str(), ""),
        Wrong::NotCompared { field } => ("list-wrong-compared", "", called(*field)),
        Wrong::Backwards { value } => ("list-wrong-backwards", value.as_str(), ""),
        Wrong::NoValue { field } => ("list-wrong-value", "", called(*field)),
        Wrong::OpenQuote => ("list-wrong-quote", "", ""),
    };
    let typed = inert(typed);
    session.tr_with(id, &[("typed", (&*typed).into()), ("name", about.into())])
}

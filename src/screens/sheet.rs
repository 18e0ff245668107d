//! Styled lines for dialogs: sentences with signs, wrapped to a width.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row};
use crate::widgets::wrap::{wrap, wrapped};

use super::Canvas;

/// A styled piece of a line.
pub(crate) type Span = (Style, String);

/// One line: where it begins and what it says.
#[derive(Debug, Default)]
struct Line {
    indent: u16,
    spans: Vec<Span>,
}

/// Lines that are being put together for one drawing.
pub(crate) struct Sheet {
    width: usize,
    lines: Vec<Line>,
}

impl Sheet {
    /// An empty sheet of a width.
    pub(crate) fn new(width: u16) -> Self {
        Self { width: usize::from(width.max(1)), lines: Vec::new() }
    }

    /// How many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many cells a text has behind an indent.
    pub(crate) fn room(&self, indent: u16) -> usize {
        self.width.saturating_sub(usize::from(indent)).max(1)
    }

    /// An empty line, but never two.
    pub(crate) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.spans.is_empty()) {
            self.lines.push(Line::default());
        }
    }

    /// One line of ready spans; what does not fit is cut.
    pub(crate) fn line(&mut self, indent: u16, spans: Vec<Span>) {
        self.lines.push(Line { indent, spans });
    }

    /// A sentence, wrapped.
    pub(crate) fn text(&mut self, indent: u16, style: Style, text: &str) {
        self.signed(indent, None, style, text);
    }

    /// A wrapped sentence with a sign before its first line.
    pub(crate) fn signed(&mut self, indent: u16, sign: Option<Span>, style: Style, text: &str) {
        let shift = sign.as_ref().map_or(0, |(_, sign)| width16(sign) + 1);
        let room = self.width.saturating_sub(usize::from(indent + shift)).max(1);
        for (i, part) in wrapped(text, room).enumerate() {
            match (&sign, i) {
                (Some((style_of_sign, sign)), 0) => {
                    self.line(indent, vec![(*style_of_sign, format!("{sign} ")), (style, part.to_owned())]);
                }
                _ => self.line(indent + shift, vec![(style, part.to_owned())]),
            }
        }
    }

    /// Styled text behind a head, wrapped; the lines after the first begin under the text.
    pub(crate) fn styled(&mut self, indent: u16, head: Span, text: Vec<Span>) {
        let shift = width16(&head.1);
        let room = self.width.saturating_sub(usize::from(indent + shift)).max(1);
        let whole: String = text.iter().map(|(_, part)| part.as_str()).collect();
        let mut head = Some(head);
        for range in wrap(&whole, room) {
            let mut spans: Vec<Span> = Vec::new();
            let indent = match head.take() {
                Some(head) => {
                    spans.push(head);
                    indent
                }
                None => indent + shift,
            };
            let mut at = 0;
            for (style, part) in &text {
                let (from, to) = (range.start.max(at), range.end.min(at + part.len()));
                if from < to {
                    spans.push((*style, part[from - at..to - at].to_owned()));
                }
                at += part.len();
            }
            self.line(indent, spans);
        }
    }

    /// The lines of another one below these.
    pub(crate) fn append(&mut self, other: Sheet) {
        self.lines.extend(other.lines);
    }

    /// Two others below these, side by side: the second one begins at a column.
    pub(crate) fn beside(&mut self, left: Sheet, right: Sheet, at: u16) {
        let count = left.lines.len().max(right.lines.len());
        let (mut left, mut right) = (left.lines.into_iter(), right.lines.into_iter());
        for _ in 0..count {
            let mut spans = Vec::new();
            let mut used = 0;
            if let Some(line) = left.next() {
                spans.push((Style::default(), " ".repeat(usize::from(line.indent))));
                used = line.indent + line.spans.iter().map(|(_, text)| width16(text)).sum::<u16>();
                spans.extend(line.spans);
            }
            if let Some(line) = right.next() {
                spans.push((Style::default(), " ".repeat(usize::from((at + line.indent).saturating_sub(used)))));
                spans.extend(line.spans);
            }
            self.lines.push(Line { indent: 0, spans });
        }
    }

    /// Draws the lines from `first` on.
    pub(crate) fn draw(&self, area: Rect, first: usize, canvas: &mut Canvas<'_>) {
        let ellipsis = canvas.session.theme.signs.ellipsis;
        for (y, line) in (0..area.height).zip(self.lines.iter().skip(first)) {
            let place = row(area, y);
            let indent = line.indent.min(place.width);
            let mut pen =
                Pen::new(Rect { x: place.x + indent, width: place.width - indent, ..place }, canvas.buf, ellipsis);
            for (style, text) in &line.spans {
                pen.put(text, *style);
            }
        }
    }
}

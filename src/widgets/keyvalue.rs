//! The detail of one thing: sections of labels and values, wrapped and scrolled.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::bars::{Part, tally};
use super::glyph::{is_unsafe, width, width16};
use super::pen::{Pen, row};
use super::table::draw_scrollbar;
use super::theme::{Theme, Tone};
use super::wrap::wrap;

/// How many cells a tally bar takes.
const BAR: u16 = 16;

/// One entry of a detail pane; texts are already in the session's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The heading of a section.
    Section(String),
    /// A label and a value.
    Pair {
        /// The label.
        label: String,
        /// The value; wrapped, and its own line ends are kept.
        value: String,
        /// How the value looks.
        style: Style,
        /// Where the value leads, if it is a link.
        link: Option<String>,
    },
    /// A label and a state.
    Status {
        /// The label.
        label: String,
        /// What the state means.
        tone: Tone,
        /// The state's name.
        text: String,
    },
    /// A label, a bar and a text behind it.
    Tally {
        /// The label.
        label: String,
        /// The parts of the bar.
        parts: Vec<Part>,
        /// How much all of it would be.
        whole: u32,
        /// What stands behind it.
        text: String,
    },
    /// A text over the whole width.
    Text {
        /// The text; wrapped, and its own line ends are kept.
        text: String,
        /// How it looks.
        style: Style,
    },
    /// An empty line.
    Blank,
}

impl Entry {
    /// A heading.
    pub fn section(title: impl Into<String>) -> Self {
        Entry::Section(title.into())
    }

    /// A label and a plain value.
    pub fn pair(label: impl Into<String>, value: impl Into<String>) -> Self {
        Entry::Pair { label: label.into(), value: value.into(), style: Style::new(), link: None }
    }

    /// A label and a value in a style.
    pub fn styled(label: impl Into<String>, value: impl Into<String>, style: Style) -> Self {
        Entry::Pair { label: label.into(), value: value.into(), style, link: None }
    }

    /// A label and an address; it leads there if it is an http(s) address without unsafe characters.
    pub fn link(label: impl Into<String>, address: impl Into<String>) -> Self {
        let value = address.into();
        let link = is_link(&value).then(|| value.clone());
        Entry::Pair { label: label.into(), value, style: Style::new(), link }
    }

    /// A text over the whole width.
    pub fn text(text: impl Into<String>, style: Style) -> Self {
        Entry::Text { text: text.into(), style }
    }

    fn label(&self) -> Option<&str> {
        match self {
            Entry::Pair { label, .. } | Entry::Status { label, .. } | Entry::Tally { label, .. } => Some(label),
            _ => None,
        }
    }

    /// The entry's text.
    fn words(&self) -> &str {
        match self {
            Entry::Pair { value: text, .. }
            | Entry::Section(text)
            | Entry::Status { text, .. }
            | Entry::Tally { text, .. }
            | Entry::Text { text, .. } => text,
            Entry::Blank => "",
        }
    }

    /// The lines of the entry's text at a width for values and one for whole lines.
    fn lines(&self, value: u16, whole: u16) -> Vec<Range<usize>> {
        match self {
            Entry::Pair { value: text, .. } => wrap(text, usize::from(value)),
            Entry::Text { text, .. } => wrap(text, usize::from(whole)),
            other => std::iter::once(0..other.words().len()).collect(),
        }
    }
}

/// Whether an address may be offered as a link.
pub fn is_link(address: &str) -> bool {
    (address.starts_with("https://") || address.starts_with("http://"))
        && !address.chars().any(|c| is_unsafe(c) || c.is_whitespace())
}

/// How far a detail pane is scrolled.
#[derive(Debug, Default)]
pub struct Scroll {
    first: Cell<usize>,
    page: Cell<usize>,
    len: Cell<usize>,
    laid: RefCell<Laid>,
}

/// Entries broken into lines: kept, because long texts take longer to break than to draw.
#[derive(Debug, Default)]
struct Laid {
    entries: Vec<Entry>,
    /// The widths of a value and of a whole line.
    widths: (u16, u16),
    /// Which entry, whether it is its first line, and which part of its text.
    lines: Vec<(usize, bool, Range<usize>)>,
}

impl Laid {
    /// Breaks the entries into lines, unless they are the same as before.
    fn of(&mut self, entries: &[Entry], widths: (u16, u16)) {
        if self.widths == widths && self.entries == entries {
            return;
        }
        let broken = |(at, entry): (usize, &Entry)| {
            let lines = entry.lines(widths.0, widths.1).into_iter().enumerate();
            lines.map(move |(index, range)| (at, index == 0, range)).collect::<Vec<_>>()
        };
        *self =
            Self { entries: entries.to_vec(), widths, lines: entries.iter().enumerate().flat_map(broken).collect() };
    }
}

impl Scroll {
    /// Scrolls by some lines, not beyond the ends. Says whether anything moved.
    pub fn by(&self, lines: isize) -> bool {
        let last = self.len.get().saturating_sub(self.page.get());
        let to = self.first.get().saturating_add_signed(lines).min(last);
        self.first.replace(to) != to
    }

    /// Scrolls by some pages.
    pub fn page_by(&self, pages: isize) -> bool {
        let page = isize::try_from(self.page.get().max(2) - 1).unwrap_or(isize::MAX);
        self.by(pages.saturating_mul(page))
    }

    /// Scrolls to the beginning (another thing is shown).
    pub fn home(&self) -> bool {
        self.first.replace(0) != 0
    }

    /// Scrolls to the end.
    pub fn end(&self) -> bool {
        self.by(isize::MAX)
    }

    /// Notes how much there is and how much fits; returns the first line to draw.
    pub fn settle(&self, len: usize, page: usize) -> usize {
        self.len.set(len);
        self.page.set(page);
        self.by(0);
        self.first.get()
    }
}

/// Draws a detail pane and returns where links stand and where they lead. Labels share one column; a scrollbar shows
/// where one is when not everything fits.
pub fn draw_details(
    area: Rect,
    buf: &mut Buffer,
    entries: &[Entry],
    scroll: &Scroll,
    theme: &Theme,
) -> Vec<(Rect, String)> {
    let area = area.intersection(buf.area);
    let mut links = Vec::new();
    if area.is_empty() {
        return links;
    }
    let inner = Rect { width: area.width.saturating_sub(2).max(1), ..area };
    let widest = entries.iter().filter_map(Entry::label).map(width).max().unwrap_or(0);
    let labels = u16::try_from(widest + 2).unwrap_or(u16::MAX).min(inner.width * 2 / 5);
    let value = Rect { x: inner.x + labels, width: inner.width - labels, ..inner };
    let mut laid = scroll.laid.borrow_mut();
    laid.of(entries, (value.width, inner.width));
    let lines = &laid.lines;
    let page = usize::from(area.height);
    let first = scroll.settle(lines.len(), page);
    for (line, (at, head, range)) in (0..area.height).zip(lines.iter().skip(first)) {
        let Some(entry) = entries.get(*at) else { continue };
        let text = entry.words().get(range.clone()).unwrap_or_default();
        let (whole, value) = (row(inner, line), row(value, line));
        if let Some(label) = entry.label().filter(|_| *head) {
            let label_area = Rect { width: labels.saturating_sub(1), ..whole };
            Pen::new(label_area, buf, theme.signs.ellipsis).put(label, theme.dim);
        }
        let link = draw_line(entry, text, whole, value, buf, theme);
        links.extend(link);
    }
    if lines.len() > page {
        draw_scrollbar(area, buf, first, page, lines.len(), theme);
    }
    links
}

fn draw_line(
    entry: &Entry,
    text: &str,
    whole: Rect,
    value: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) -> Option<(Rect, String)> {
    let ellipsis = theme.signs.ellipsis;
    match entry {
        Entry::Section(_) => {
            Pen::new(whole, buf, ellipsis)
                .put(text, theme.title)
                .put(" ", theme.text)
                .fill(theme.signs.frame[4], theme.faint);
        }
        Entry::Pair { style, link, .. } => {
            let style = if link.is_some() { theme.accent.patch(theme.field) } else { theme.text.patch(*style) };
            Pen::new(value, buf, ellipsis).put(text, style);
            let width = width16(text).min(value.width);
            return link.clone().filter(|_| width > 0).map(|link| (Rect { width, ..value }, link));
        }
        Entry::Status { tone, .. } => {
            let style = theme.status(*tone);
            Pen::new(value, buf, ellipsis).put(theme.sign(*tone), style).put(" ", style).put(text, style);
        }
        Entry::Tally { parts, whole, .. } => {
            let mut pen = Pen::new(value, buf, ellipsis);
            let room = pen.rest().saturating_sub(width16(text).saturating_add(1));
            tally(&mut pen, room.min(BAR), parts, *whole, theme);
            if room > 0 {
                pen.skip(1);
            }
            pen.put(text, theme.text);
        }
        Entry::Text { style, .. } => {
            Pen::new(whole, buf, ellipsis).put(text, theme.text.patch(*style));
        }
        Entry::Blank => {}
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    fn entries() -> Vec<Entry> {
        vec![
            Entry::section("About"),
            Entry::pair("Title", "Élan vital, or the long way from the harbour to the old town"),
            Entry::Status { label: "State".into(), tone: Tone::Question, text: "to be discussed".into() },
            Entry::link("Watch", "https://example.org/a/rather/long/address/of/a/film"),
            Entry::link("Site", "javascript:alert(1)"),
            Entry::Blank,
            Entry::section("Answers"),
            Entry::Tally {
                label: "So far".into(),
                parts: vec![Part { amount: 3, tone: Tone::Good }, Part { amount: 1, tone: Tone::Bad }],
                whole: 6,
                text: "4 of 6".into(),
            },
            Entry::text("A text of its own\nin two lines.", Style::new()),
        ]
    }

    #[test]
    fn it_shows_sections_links_and_where_one_is() {
        let scroll = Scroll::default();
        let mut buf = Buffer::empty(Rect::new(0, 0, 48, 14));
        let links = draw_details(buf.area, &mut buf, &entries(), &scroll, &Theme::default());
        insta::assert_snapshot!("details", snapshot::styled(&buf));
        let link = "https://example.org/a/rather/long/address/of/a/film".to_owned();
        assert_eq!(links, [(Rect::new(8, 4, 38, 1), link.clone()), (Rect::new(8, 5, 13, 1), link)]);

        let mut buf = Buffer::empty(Rect::new(0, 0, 30, 6));
        draw_details(buf.area, &mut buf, &entries(), &scroll, &Theme::default());
        assert!(scroll.by(4));
        assert!(scroll.page_by(1));
        assert!(scroll.home());
        assert!(scroll.end());
        assert!(!scroll.by(1));
        draw_details(buf.area, &mut buf, &entries(), &scroll, &Theme::default());
        insta::assert_snapshot!("details_end", snapshot::text(&buf));
    }

    #[test]
    fn only_web_addresses_are_links() {
        for (address, link) in [
            ("https://example.org", true),
            ("http://example.org/é", true),
            ("HTTPS://example.org", false),
            ("ftp://example.org", false),
            ("https://example.org/\u{1b}]8;;", false),
            ("https://a b", false),
        ] {
            assert_eq!(is_link(address), link, "{address:?}");
        }
    }

    proptest! {
        #[test]
        fn it_stays_in_its_area(
            (x, y, width, height) in (0u16..40, 0u16..12, 0u16..60, 0u16..12),
            (by, text) in (-9isize..30, any::<String>()),
        ) {
            let mut entries = entries();
            entries.push(Entry::pair(text.clone(), text.clone()));
            entries.push(Entry::link(text.clone(), format!("https://{text}")));
            let scroll = Scroll::default();
            let mut buf = Buffer::filled(Rect::new(1, 1, 40, 9), ratatui::buffer::Cell::new("#"));
            let area = Rect::new(x, y, width, height);
            draw_details(area, &mut buf, &entries, &scroll, &Theme::default());
            scroll.by(by);
            for (place, _) in draw_details(area, &mut buf, &entries, &scroll, &Theme::default()) {
                prop_assert_eq!(place.intersection(area), place);
            }
            for y in buf.area.top()..buf.area.bottom() {
                for x in buf.area.left()..buf.area.right() {
                    prop_assert!(area.contains((x, y).into()) || buf[(x, y)].symbol() == "#");
                }
            }
        }
    }
}

//! The line of key hints.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::glyph::width16;
use super::pen::{Pen, row};
use super::theme::Theme;

/// Draws pairs of key and label, most important first, into the first row of `area`: as many whole pairs as fit. The
/// last pair (help, as a rule) is kept if `keep_last`, and others give way to it.
pub fn draw_hints<K: AsRef<str>, L: AsRef<str>>(
    area: Rect,
    buf: &mut Buffer,
    hints: &[(K, L)],
    keep_last: bool,
    theme: &Theme,
) {
    let area = row(area, 0);
    let wide = |hint: &(K, L)| width16(hint.0.as_ref()).saturating_add(width16(hint.1.as_ref())).saturating_add(1);
    let (others, last) = hints.split_at(hints.len() - usize::from(keep_last && !hints.is_empty()));
    let mut pen = Pen::new(area, buf, "");
    let kept: u16 = last.iter().map(|hint| wide(hint).saturating_add(2)).sum();
    let mut first = true;
    let mut put = |hint: &(K, L), kept: u16| {
        let before = if first { 0 } else { 2 };
        if wide(hint).saturating_add(before).saturating_add(kept) > pen.rest() {
            return false;
        }
        first = false;
        pen.skip(before).put(hint.0.as_ref(), theme.key).put(" ", theme.dim).put(hint.1.as_ref(), theme.dim);
        true
    };
    let _ = others.iter().all(|hint| put(hint, kept));
    let _ = last.iter().all(|hint| put(hint, 0));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::snapshot;
    use super::*;

    const HINTS: [(&str, &str); 5] =
        [("Enter", "open"), ("a", "advance"), ("/", "filter"), ("Space", "select"), ("?", "help")];

    fn drawn(width: u16, keep: bool) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        draw_hints(buf.area, &mut buf, &HINTS, keep, &Theme::default());
        snapshot::text(&buf).trim_end().to_owned()
    }

    #[test]
    fn pairs_are_dropped_whole() {
        assert_eq!(drawn(80, true), "Enter open  a advance  / filter  Space select  ? help");
        assert_eq!(drawn(46, true), "Enter open  a advance  / filter  ? help");
        assert_eq!(drawn(46, false), "Enter open  a advance  / filter  Space select");
        assert_eq!(drawn(18, true), "Enter open  ? help");
        assert_eq!(drawn(17, true), "? help");
        assert_eq!(drawn(3, true), "");
    }

    proptest! {
        #[test]
        fn it_breaks_nowhere(x in 0u16..30, width in 0u16..40, hints: Vec<(String, String)>, keep: bool) {
            let mut buf = Buffer::empty(Rect::new(1, 1, 20, 2));
            draw_hints(Rect::new(x, 1, width, 1), &mut buf, &hints, keep, &Theme::default());
        }
    }
}

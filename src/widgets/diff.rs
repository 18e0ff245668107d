//! What differs between two texts, by words.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// More pairs of words than this are not compared one by one: what lies between the equal ends counts as replaced.
const PAIRS: usize = 4_000_000;

/// A piece of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// In both texts.
    Same(&'a str),
    /// Only in the old one.
    Gone(&'a str),
    /// Only in the new one.
    New(&'a str),
}

/// Compares two texts by words: the pieces of both, in order.
pub fn compare<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    let (before, after) = (words(old), words(new));
    let ahead = before.iter().zip(&after).take_while(|(a, b)| a.1 == b.1).count();
    let rest = (before.len().min(after.len())) - ahead;
    let ends = before.iter().rev().zip(after.iter().rev()).take(rest);
    let behind = ends.take_while(|(a, b)| a.1 == b.1).count();
    let (old_middle, new_middle) = (ahead..before.len() - behind, ahead..after.len() - behind);
    let mut pieces = Vec::new();
    let mut push = |piece: Piece<'a>| {
        let (Piece::Same(text) | Piece::Gone(text) | Piece::New(text)) = piece;
        if !text.is_empty() {
            pieces.push(piece);
        }
    };
    push(Piece::Same(text_of(new, &after, 0..ahead)));
    if old_middle.len().saturating_mul(new_middle.len()) > PAIRS {
        push(Piece::Gone(text_of(old, &before, old_middle)));
        push(Piece::New(text_of(new, &after, new_middle)));
    } else {
        let plain = |words: &[(usize, &'a str)]| words.iter().map(|(_, word)| *word).collect::<Vec<_>>();
        let (a, b) = (plain(&before[old_middle]), plain(&after[new_middle]));
        for step in capture_diff_slices(Algorithm::Myers, &a, &b) {
            let shifted = |range: Range<usize>| range.start + ahead..range.end + ahead;
            let (was, is) = (shifted(step.old_range()), shifted(step.new_range()));
            if step.tag() == DiffTag::Equal {
                push(Piece::Same(text_of(new, &after, is)));
            } else {
                push(Piece::Gone(text_of(old, &before, was)));
                push(Piece::New(text_of(new, &after, is)));
            }
        }
    }
    push(Piece::Same(text_of(new, &after, after.len() - behind..after.len())));
    pieces
}

/// The same for reading: changes that nothing but a blank parts are one change.
pub fn readable(old: &str, new: &str) -> Vec<(Change, String)> {
    let mut all: Vec<(Change, String)> = Vec::new();
    // What is gone and what is new since the last text that is the same, and the blank that may go on with both.
    let (mut gone, mut fresh, mut blank) = (String::new(), String::new(), String::new());
    let mut flush = |gone: &mut String, fresh: &mut String, same: &str| {
        for (kind, text) in [(Change::Gone, gone), (Change::New, fresh)] {
            if !text.is_empty() {
                all.push((kind, std::mem::take(text)));
            }
        }
        match all.last_mut() {
            Some((Change::Same, before)) => before.push_str(same),
            _ if !same.is_empty() => all.push((Change::Same, same.to_owned())),
            _ => {}
        }
    };
    for piece in compare(old, new) {
        match piece {
            Piece::Same(text) if text.trim_matches(' ').is_empty() && !(gone.is_empty() && fresh.is_empty()) => {
                blank.push_str(text);
            }
            Piece::Same(text) => {
                let same = std::mem::take(&mut blank) + text;
                flush(&mut gone, &mut fresh, &same);
            }
            Piece::Gone(text) | Piece::New(text) => {
                for side in [&mut gone, &mut fresh] {
                    side.push_str(&blank);
                }
                blank.clear();
                let side = if matches!(piece, Piece::Gone(_)) { &mut gone } else { &mut fresh };
                side.push_str(text);
            }
        }
    }
    flush(&mut gone, &mut fresh, &blank);
    all
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is in both texts.
    Same,
    /// It was taken out.
    Gone,
    /// It was put in.
    New,
}

/// The words of a text, and what stands between them, with where each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_word_bound_indices().collect()
}

/// The text that some of its words make.
fn text_of<'a>(text: &'a str, words: &[(usize, &'a str)], range: Range<usize>) -> &'a str {
    match (words.get(range.start), words.get(range.end)) {
        (Some((start, _)), Some((end, _))) => text.get(*start..*end).unwrap_or_default(),
        (Some((start, _)), None) => text.get(*start..).unwrap_or_default(),
        (None, _) => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_come_and_go() {
        assert_eq!(
            compare("a city under water, at night", "a city under glass, by night"),
            [
                Piece::Same("a city under "),
                Piece::Gone("water"),
                Piece::New("glass"),
                Piece::Same(", "),
                Piece::Gone("at"),
                Piece::New("by"),
                Piece::Same(" night"),
            ]
        );
        assert_eq!(compare("", "new"), [Piece::New("new")]);
        assert_eq!(compare("old", ""), [Piece::Gone("old")]);
        assert_eq!(compare("same", "same"), [Piece::Same("same")]);
    }

    #[test]
    fn neighbours_that_change_are_one_change() {
        let change = |kind, text: &str| (kind, text.to_owned());
        assert_eq!(
            readable("one that nobody visits any more", "one that everybody forgot any more"),
            [
                change(Change::Same, "one that "),
                change(Change::Gone, "nobody visits"),
                change(Change::New, "everybody forgot"),
                change(Change::Same, " any more"),
            ]
        );
        assert_eq!(readable("a b", "a b"), [change(Change::Same, "a b")]);
        assert_eq!(
            readable("a ", "b "),
            [change(Change::Gone, "a"), change(Change::New, "b"), change(Change::Same, " ")]
        );
    }

    #[test]
    fn huge_texts_are_replaced_as_a_whole_between_their_ends() {
        let long = |word: &str| format!("begin {}end", format!("{word} ").repeat(5_000));
        let (old, new) = (long("old"), long("new"));
        let pieces = compare(&old, &new);
        assert_eq!(pieces.len(), 4);
        assert_eq!((pieces[0], pieces[3]), (Piece::Same("begin "), Piece::Same(" end")));
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(old in "[a-c \\n😀é]{0,60}", new in "[a-c \\n😀é]{0,60}") {
            let pieces = compare(&old, &new);
            let side = |gone: bool| pieces.iter().filter_map(|piece| match piece {
                Piece::Same(text) => Some(*text),
                Piece::Gone(text) => gone.then_some(*text),
                Piece::New(text) => (!gone).then_some(*text),
            }).collect::<String>();
            prop_assert_eq!(side(true), old.clone());
            prop_assert_eq!(side(false), new.clone());
            let side = |other: Change| {
                readable(&old, &new).into_iter().filter(|(kind, _)| *kind != other).map(|(_, text)| text).collect::<String>()
            };
            prop_assert_eq!(side(Change::New), old.clone());
            prop_assert_eq!(side(Change::Gone), new.clone());
        }
    }
}

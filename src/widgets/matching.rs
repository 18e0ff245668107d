//! Where a folded word stands in an unfolded text, for marking what was searched for.

use std::ops::Range;

/// Finds every place of `words` (already folded) in a text: byte ranges of the text, in order and apart from each other.
/// `fold` folds a piece of text for comparing (case, accents); a hit covers whole characters of the text.
pub fn find(text: &str, words: &[&str], fold: impl Fn(&str) -> String) -> Vec<Range<usize>> {
    let mut folded = String::with_capacity(text.len());
    // Per byte of the folded text, the range of the character it came from.
    let mut origin: Vec<Range<usize>> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let before = folded.len();
        folded.push_str(&fold(&text[start..end]));
        if folded.len() == before {
            // What folds to nothing (an accent of its own) belongs to the character before it.
            if let Some(last) = origin.last().cloned() {
                let same = origin.iter_mut().rev().take_while(|range| **range == last);
                same.for_each(|range| range.end = end);
            }
        }
        origin.resize(folded.len(), start..end);
    }
    let mut hits: Vec<Range<usize>> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let found = folded.match_indices(*word);
        hits.extend(found.map(|(at, _)| origin[at].start..origin[at + word.len() - 1].end));
    }
    hits.sort_by_key(|hit| (hit.start, hit.end));
    hits.dedup_by(|next, hit| {
        let touching = next.start <= hit.end;
        if touching {
            hit.end = hit.end.max(next.end);
        }
        touching
    });
    hits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lower(text: &str) -> String {
        text.to_lowercase().replace(['é', '\u{301}'], if text == "é" { "e" } else { "" })
    }

    #[test]
    fn hits_cover_the_characters_as_written() {
        for (text, words, hits) in [
            ("The Elephant", &["el"][..], vec!["El"]),
            ("été", &["te"], vec!["té"]),
            ("e\u{301}te", &["et"], vec!["e\u{301}t"]),
            ("İstanbul", &["i"], vec!["İ"]),
            ("one two one", &["one", "two"], vec!["one", "two", "one"]),
            ("banana", &["ban", "nan"], vec!["banan"]),
            ("none", &["", "x"], vec![]),
        ] {
            let found = find(text, words, lower);
            assert_eq!(found.into_iter().map(|hit| &text[hit]).collect::<Vec<_>>(), hits, "{text}");
        }
    }

    proptest! {
        #[test]
        fn hits_are_ordered_slices(text: String, word: String) {
            let mut at = 0;
            for hit in find(&text, &[&word, "a"], str::to_lowercase) {
                prop_assert!(hit.start >= at && hit.start < hit.end && text.get(hit.clone()).is_some());
                at = hit.end;
            }
        }
    }
}

//! What rows are found and sorted by: their texts, folded, each distinct one once and in alphabetical order. A row keeps
//! the places of its texts in that order, so that sorting compares numbers and a word is looked for once in each text.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use memchr::memmem::Finder;

use super::rows::Rows;
use crate::domain::text::fold;

/// Rows above which two threads build an index: below it they would only get in each other's way.
const MANY: usize = 10_000;

/// A row with texts to find it and to sort it by.
pub trait Indexed {
    /// How many texts a row has.
    const TEXTS: usize;

    /// One of them, as the database has it; blank for one that is not there.
    fn text(&self, column: usize) -> &str;
}

/// How a word stands in a text, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The text begins with it.
    Start,
    /// A word of the text begins with it.
    Word,
    /// Inside a word.
    Inside,
    /// Not at all.
    Nowhere,
}

/// The texts of all rows, by column.
#[derive(Debug)]
pub struct Index {
    columns: Box<[Column]>,
}

/// One text of every row.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Every distinct text, folded and trimmed, in alphabetical order and each with a line end. The first is blank.
    packed: String,
    /// Where each ends, its line end included.
    ends: Vec<u32>,
    /// By row, the place of its text in that order.
    ranks: Vec<u32>,
}

impl Index {
    /// Reads the texts of all rows: tens of milliseconds for a hundred thousand.
    pub fn build<T: Indexed + Send + Sync>(rows: &Rows<T>) -> Self {
        let build = |column| Column::build(rows.len(), rows.iter().map(|row| row.text(column)));
        if rows.len() < MANY {
            return Self { columns: (0..T::TEXTS).map(build).collect() };
        }
        // The first column is as a rule the one with the most distinct texts.
        std::thread::scope(|scope| {
            let others = scope.spawn(|| (1..T::TEXTS).map(build).collect::<Vec<_>>());
            let mut columns: Vec<Column> = (0..T::TEXTS.min(1)).map(build).collect();
            // A panic in there goes on here.
            columns.append(&mut others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            Self { columns: columns.into() }
        })
    }

    /// The index of `new` from this one of `old`: both have the same rows in the same order, apart from changed ones.
    #[must_use]
    pub fn patched<T: Indexed>(&self, old: &Rows<T>, new: &Rows<T>, changed: impl Fn(&T) -> bool) -> Self {
        let kept: Vec<usize> = old.iter().enumerate().filter(|(_, row)| !changed(row)).map(|(at, _)| at).collect();
        let fresh: Vec<bool> = new.iter().map(changed).collect();
        let patch = |(number, column): (usize, &Column)| {
            let texts = new.iter().zip(&fresh).filter(|(_, fresh)| **fresh);
            column.patched(&kept, &fresh, texts.map(|(row, _)| row.text(number)))
        };
        Self { columns: self.columns.iter().enumerate().map(patch).collect() }
    }

    /// One column; an empty one for a number that is not there.
    pub fn column(&self, number: usize) -> &Column {
        static NONE: Column = Column { packed: String::new(), ends: Vec::new(), ranks: Vec::new() };
        self.columns.get(number).unwrap_or(&NONE)
    }
}

/// A text as it is looked up.
fn plain(text: &str) -> String {
    let mut folded = fold(text.trim());
    if folded.contains('\n') {
        folded = folded.replace('\n', " ");
    }
    folded
}

/// A number that counts texts, or bytes of texts, of one list.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The first bytes of a text as a number that sorts as they do.
fn head(text: &str) -> u64 {
    let mut head = [0; 8];
    let bytes = text.as_bytes();
    let length = bytes.len().min(8);
    head[..length].copy_from_slice(&bytes[..length]);
    u64::from_be_bytes(head)
}

impl Column {
    fn build<'a>(rows: usize, texts: impl Iterator<Item = &'a str>) -> Self {
        let mut known: HashMap<&str, u32, RandomState> = HashMap::default();
        let mut distinct = vec![String::new()];
        let mut ranks = Vec::with_capacity(rows);
        for text in texts {
            ranks.push(*known.entry(text).or_insert_with(|| {
                distinct.push(plain(text));
                small(distinct.len() - 1)
            }));
        }
        drop(known);
        let mut order: Vec<(u64, u32)> = (0..).zip(&distinct).map(|(at, text)| (head(text), at)).collect();
        let text = |at: u32| distinct[at as usize].as_str();
        order.sort_unstable_by(|(head, a), (other, b)| head.cmp(other).then_with(|| text(*a).cmp(text(*b))));
        let mut column = Self::default();
        let mut places = vec![0; distinct.len()];
        for (_, at) in order {
            if column.is_empty() || column.text(column.last()) != text(at) {
                column.push(text(at));
            }
            places[at as usize] = column.last();
        }
        column.packed.shrink_to_fit();
        column.ends.shrink_to_fit();
        for rank in &mut ranks {
            *rank = places[*rank as usize];
        }
        Self { ranks, ..column }
    }

    /// `kept`: the rows of this column that stay; `fresh`: for every row then, whether it is one of `texts` instead.
    fn patched<'a>(&self, kept: &[usize], fresh: &[bool], texts: impl Iterator<Item = &'a str>) -> Self {
        let texts: Vec<String> = texts.map(plain).collect();
        let mut missing: Vec<&str> = texts.iter().map(String::as_str).filter(|t| self.search(t).is_err()).collect();
        missing.sort_unstable();
        missing.dedup();
        let mut column = Self { ranks: Vec::with_capacity(fresh.len()), ..self.with(&missing) };
        let before: Vec<u32> = missing.iter().map(|text| self.search(text).unwrap_or_else(|place| place)).collect();
        // A text moves up by as many as came in before it.
        let moved = |rank: u32| rank + small(before.partition_point(|place| *place <= rank));
        let mut kept = kept.iter().map(|row| moved(self.ranks.get(*row).copied().unwrap_or(0)));
        let mut texts = texts.iter().map(|text| column.search(text).unwrap_or(0));
        let ranks = fresh.iter().map(|fresh| if *fresh { texts.next() } else { kept.next() }.unwrap_or(0)).collect();
        column.ranks = ranks;
        column
    }

    /// The same texts and these between them, without rows.
    fn with(&self, missing: &[&str]) -> Self {
        if missing.is_empty() {
            return Self { packed: self.packed.clone(), ends: self.ends.clone(), ranks: Vec::new() };
        }
        let more: usize = missing.iter().map(|text| text.len() + 1).sum();
        let mut column = Self {
            packed: String::with_capacity(self.packed.len() + more),
            ends: Vec::with_capacity(self.ends.len() + missing.len()),
            ranks: Vec::new(),
        };
        let mut missing = missing.iter().peekable();
        for rank in 0..small(self.len()) {
            while let Some(text) = missing.next_if(|text| **text < self.text(rank)) {
                column.push(text);
            }
            column.push(self.text(rank));
        }
        missing.for_each(|text| column.push(text));
        column
    }

    fn push(&mut self, text: &str) {
        self.packed.push_str(text);
        self.packed.push('\n');
        self.ends.push(small(self.packed.len()));
    }

    fn last(&self) -> u32 {
        small(self.ends.len().saturating_sub(1))
    }

    /// Where a folded text stands, or would.
    fn search(&self, text: &str) -> Result<u32, u32> {
        let (mut low, mut high) = (0, small(self.len()));
        while low < high {
            let middle = low.midpoint(high);
            match self.text(middle).cmp(text) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Ok(middle),
            }
        }
        Err(low)
    }

    /// How many distinct texts there are, the blank one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The folded text of a rank.
    pub fn text(&self, rank: u32) -> &str {
        let rank = rank as usize;
        let start = rank.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(rank).map_or(start, |end| *end as usize - 1);
        self.packed.get(start..end).unwrap_or_default()
    }

    /// By row, the rank of its text: less is earlier in the alphabet, 0 is blank.
    pub fn ranks(&self) -> &[u32] {
        &self.ranks
    }

    /// How a folded word stands in the text of a rank.
    pub fn place(&self, rank: u32, word: &str) -> Place {
        let text = self.text(rank);
        let (mut best, mut from) = (Place::Nowhere, 0);
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(word)).map(|at| from + at) {
            best = best.min(begins(text, at));
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            if best < Place::Inside {
                break;
            }
        }
        best
    }

    /// How a folded word stands in each text, by rank.
    pub fn places(&self, word: &str) -> Vec<Place> {
        let mut places = vec![Place::Nowhere; self.len()];
        if word.is_empty() {
            return places;
        }
        let finder = Finder::new(word);
        let bytes = self.packed.as_bytes();
        let (mut from, mut rank) = (0, 0);
        while let Some(at) = finder.find(&bytes[from..]).map(|at| from + at) {
            while self.ends[rank] as usize <= at {
                rank += 1;
            }
            let end = self.ends[rank] as usize;
            let place = begins(&self.packed, at);
            places[rank] = places[rank].min(place);
            // Behind one inside a word there may be one at the beginning of a word.
            from = if places[rank] == Place::Inside { at + 1 } else { end };
        }
        places
    }
}

/// How a word that was found in packed texts stands in its own.
fn begins(packed: &str, at: usize) -> Place {
    match packed.as_bytes().get(at.wrapping_sub(1)) {
        None | Some(b'\n') => Place::Start,
        Some(before) if before.is_ascii() => {
            if before.is_ascii_alphanumeric() {
                Place::Inside
            } else {
                Place::Word
            }
        }
        // Not the first byte of a character only if the word is none, which no folded text is.
        Some(_) => match packed.get(..at).and_then(|text| text.chars().next_back()) {
            Some(before) if !before.is_alphanumeric() => Place::Word,
            _ => Place::Inside,
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    struct Row(u32, String, String);

    impl Indexed for Row {
        const TEXTS: usize = 2;

        fn text(&self, column: usize) -> &str {
            if column == 0 { &self.1 } else { &self.2 }
        }
    }

    fn rows(texts: &[(u32, String, String)]) -> Rows<Row> {
        texts.iter().map(|(id, a, b)| Row(*id, a.clone(), b.clone())).collect()
    }

    /// The slow and obvious way.
    fn place(text: &str, word: &str) -> Place {
        let text = plain(text);
        let places = text.match_indices(word).map(|(at, _)| match text[..at].chars().next_back() {
            None => Place::Start,
            Some(before) if !before.is_alphanumeric() => Place::Word,
            Some(_) => Place::Inside,
        });
        // Overlapping ones too.
        let more = (0..text.len()).filter(|at| text.is_char_boundary(*at) && text[*at..].starts_with(word));
        let more = more.filter(|at| *at > 0).map(|at| match text[..at].chars().next_back() {
            Some(before) if !before.is_alphanumeric() => Place::Word,
            _ => Place::Inside,
        });
        places.chain(more).min().unwrap_or(Place::Nowhere)
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-cé ]{0,6}", "[ABÉ東\n-]{0,5}", Just(String::new()), Just("  ".to_owned())]
    }

    proptest! {
        #[test]
        fn words_are_found_as_they_stand(texts in prop::collection::vec((0u32..9, text(), text()), 0..30), word in "[a-ce東 -]{1,3}") {
            let rows = rows(&texts);
            let index = Index::build(&rows);
            for number in 0..2 {
                let column = index.column(number);
                let places = column.places(&word);
                for (row, rank) in rows.iter().zip(column.ranks()) {
                    prop_assert_eq!(places[*rank as usize], place(row.text(number), &word), "{:?}", row);
                    prop_assert_eq!(column.text(*rank), plain(row.text(number)));
                    prop_assert_eq!(*rank == 0, row.text(number).trim().is_empty());
                }
            }
        }

        #[test]
        fn ranks_sort_as_texts_do(texts in prop::collection::vec((0u32..9, text(), text()), 0..40)) {
            let rows = rows(&texts);
            let index = Index::build(&rows);
            let ranks = index.column(0).ranks();
            for (i, a) in rows.iter().enumerate() {
                for (j, b) in rows.iter().enumerate() {
                    prop_assert_eq!(ranks[i].cmp(&ranks[j]), plain(&a.1).cmp(&plain(&b.1)));
                }
            }
        }

        #[test]
        fn a_patched_index_is_one_built_anew(
            before in prop::collection::btree_map(0u32..40, (text(), text()), 0..30),
            changes in prop::collection::btree_map(0u32..40, prop::option::of((text(), text())), 0..12),
        ) {
            let mut after = before.clone();
            for (id, texts) in &changes {
                match texts {
                    Some(texts) => after.insert(*id, texts.clone()),
                    None => after.remove(id),
                };
            }
            let list = |films: &std::collections::BTreeMap<u32, (String, String)>| -> Rows<Row> {
                films.iter().map(|(id, (a, b))| Row(*id, a.clone(), b.clone())).collect()
            };
            let (old, new) = (list(&before), list(&after));
            let patched = Index::build(&old).patched(&old, &new, |row| changes.contains_key(&row.0));
            let anew = Index::build(&new);
            for number in 0..2 {
                let (patched, anew) = (patched.column(number), anew.column(number));
                prop_assert_eq!(patched.ranks().len(), anew.ranks().len());
                for (i, rank) in patched.ranks().iter().enumerate() {
                    prop_assert_eq!(patched.text(*rank), anew.text(anew.ranks()[i]));
                }
                // Texts that no row has any more may stay; the order holds all the same.
                prop_assert!((1..small(patched.len())).all(|rank| patched.text(rank - 1) < patched.text(rank)));
            }
        }
    }

    proptest! {
        #[test]
        fn a_list_whose_texts_stay_keeps_its_index(
            texts in prop::collection::vec((0u32..9, text(), text()), 1..30),
            changes in prop::collection::vec((0usize..40, 0u32..9, prop::option::of(text())), 0..6),
        ) {
            let old = rows(&texts);
            let built = std::ptr::from_ref(old.index());
            let mut now = texts.clone();
            let mut changed = Vec::new();
            for (at, id, text) in changes {
                let at = at % now.len();
                now[at].0 = id;
                now[at].1 = text.unwrap_or_else(|| texts[at].1.clone());
                changed.push(at);
            }
            // As the catalogue does it: the rows that changed are known by what they are.
            let patches = changed.iter().map(|at| (*at, Row(now[*at].0, now[*at].1.clone(), now[*at].2.clone())));
            let other = |row: &Row| changed.iter().any(|at| {
                [&texts[*at], &now[*at]].iter().any(|(id, a, b)| (*id, a, b) == (row.0, &row.1, &row.2))
            });
            let new = old.patched(patches).indexed_from(&old, other);
            let same = texts.iter().zip(&now).all(|(a, b)| (&a.1, &a.2) == (&b.1, &b.2));
            prop_assert_eq!(std::ptr::eq(built, new.index()), same);
            for (row, rank) in new.iter().zip(new.index().column(0).ranks()) {
                prop_assert_eq!(new.index().column(0).text(*rank), plain(&row.1));
            }
        }
    }

    #[test]
    fn many_rows_in_two_threads_are_as_few_in_one() {
        let rows: Rows<Row> = (0..20_000).map(|n| Row(n, format!("Film {}", n % 7001), format!("{}", n % 5))).collect();
        let index = Index::build(&rows);
        assert!((0..2).all(|number| {
            let one = Column::build(rows.len(), rows.iter().map(|row| row.text(number)));
            let two = index.column(number);
            (one.packed == two.packed) && (one.ends == two.ends) && (one.ranks == two.ranks)
        }));
        assert!(index.column(7).is_empty() && index.column(7).places("a").is_empty());
    }
}

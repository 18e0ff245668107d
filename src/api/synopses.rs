//! The synopses of all films, folded, for finding words in: shared by all sessions like the rows, and as little to clone.

use std::collections::HashSet;
use std::sync::Arc;

use memchr::memmem::Finder;
use serde::{Serialize, Serializer};

use crate::domain::FilmId;

/// Films per pack.
const PACK: usize = 1024;
/// Packs above which two threads look through them.
const MANY: usize = 16;

/// Synopses by film, the newest (highest id) first. Films without one are not there.
#[derive(Clone, Debug, Default)]
pub struct Synopses(Arc<[Arc<Pack>]>);

/// The synopses of films that stand together, in one text: a big piece of memory that is given back as a whole.
#[derive(Debug, Default)]
struct Pack {
    films: Box<[FilmId]>,
    /// Where each film's text ends.
    ends: Box<[u32]>,
    texts: Box<str>,
}

impl Pack {
    fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.texts.get(start as usize..end as usize).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = (FilmId, &str)> {
        self.films.iter().enumerate().map(|(at, film)| (*film, self.text(at)))
    }

    /// Notes the films whose texts have a word.
    fn find(&self, finder: &Finder<'_>, found: &mut Vec<FilmId>) {
        let bytes = self.texts.as_bytes();
        let (mut from, mut film) = (0, 0);
        while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)).map(|at| from + at) {
            while self.ends.get(film).is_some_and(|end| *end as usize <= at) {
                film += 1;
            }
            let Some((id, end)) = self.films.get(film).zip(self.ends.get(film)) else { return };
            // A place that runs over into the next film's text is none.
            if at + finder.needle().len() <= *end as usize {
                found.push(*id);
                from = *end as usize;
            } else {
                from = at + 1;
            }
        }
    }
}

/// Packs synopses that come one by one, the newest film first.
#[derive(Debug, Default)]
pub struct Packer {
    packs: Vec<Arc<Pack>>,
    films: Vec<FilmId>,
    ends: Vec<u32>,
    texts: String,
}

impl Packer {
    /// Adds a film's synopsis, folded; a blank one is left out.
    pub fn add(&mut self, film: FilmId, folded: &str) {
        // More than a pack can count stays out, which no film has.
        let Ok(end) = u32::try_from(self.texts.len() + folded.len()) else { return };
        if folded.trim().is_empty() {
            return;
        }
        self.texts.push_str(folded);
        self.films.push(film);
        self.ends.push(end);
        if self.films.len() == PACK {
            self.close();
        }
    }

    fn close(&mut self) {
        if !self.films.is_empty() {
            self.packs.push(Arc::new(Pack {
                films: std::mem::take(&mut self.films).into(),
                ends: std::mem::take(&mut self.ends).into(),
                texts: std::mem::take(&mut self.texts).into(),
            }));
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Synopses {
        self.close();
        Synopses(self.packs.into())
    }
}

impl Synopses {
    /// How many films have one.
    pub fn len(&self) -> usize {
        self.0.iter().map(|pack| pack.films.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are the very same in memory.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// A film's, folded; empty if it has none.
    pub fn of(&self, film: FilmId) -> &str {
        let pack = self.0.partition_point(|pack| pack.films.last().is_some_and(|last| *last > film));
        let Some(pack) = self.0.get(pack) else { return "" };
        let at = pack.films.partition_point(|other| *other > film);
        if pack.films.get(at) == Some(&film) { pack.text(at) } else { "" }
    }

    /// The films whose synopses have a folded word, the newest first. `None` once `stop` says so.
    pub fn having(&self, word: &str, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<FilmId>> {
        if word.is_empty() {
            return Some(Vec::new());
        }
        let finder = Finder::new(word);
        let search = |packs: &[Arc<Pack>]| {
            let mut found = Vec::new();
            for pack in packs {
                if stop() {
                    return None;
                }
                pack.find(&finder, &mut found);
            }
            Some(found)
        };
        if self.0.len() < MANY {
            return search(&self.0);
        }
        let (newer, older) = self.0.split_at(self.0.len() / 2);
        std::thread::scope(|scope| {
            let older = scope.spawn(|| search(older));
            let newer = search(newer);
            // A panic in there goes on here.
            let older = older.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let mut found = newer?;
            found.append(&mut older?);
            Some(found)
        })
    }

    /// The same with the synopses of these films as they are now, folded; a film that is not in `now` has none any more.
    #[must_use]
    pub fn patched(&self, films: &[FilmId], now: &[(FilmId, String)]) -> Self {
        let changed: HashSet<FilmId> = films.iter().copied().chain(now.iter().map(|(film, _)| *film)).collect();
        let mut now: Vec<&(FilmId, String)> = now.iter().collect();
        now.sort_unstable_by_key(|(film, _)| std::cmp::Reverse(*film));
        let mut now = now.into_iter().peekable();
        let mut packs = Vec::with_capacity(self.0.len() + 1);
        for (at, pack) in self.0.iter().enumerate() {
            let (first, last) = (pack.films.first(), pack.films.last());
            // Films newer than the first of the next pack belong into this one or before it.
            let next = self.0.get(at + 1).and_then(|pack| pack.films.first());
            let mine = |film: FilmId| next.is_none_or(|next| film > *next);
            let touched = changed.iter().any(|film| Some(film) <= first && Some(film) >= last);
            if !touched && now.peek().is_none_or(|(film, _)| !mine(*film)) {
                packs.push(Arc::clone(pack));
                continue;
            }
            let mut packer = Packer::default();
            for (film, text) in pack.iter().filter(|(film, _)| !changed.contains(film)) {
                while let Some((new, text)) = now.next_if(|(new, _)| *new > film) {
                    packer.add(*new, text);
                }
                packer.add(film, text);
            }
            while let Some((new, text)) = now.next_if(|(new, _)| mine(*new)) {
                packer.add(*new, text);
            }
            packer.close();
            packs.append(&mut packer.packs);
        }
        let mut packer = Packer::default();
        now.for_each(|(film, text)| packer.add(*film, text));
        packer.close();
        packs.append(&mut packer.packs);
        Self(packs.into())
    }
}

/// Screens only look into them; whoever writes them down gets how many there are.
impl Serialize for Synopses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq([self.len()])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn pack(films: &BTreeMap<i32, String>) -> Synopses {
        let mut packer = Packer::default();
        films.iter().rev().for_each(|(film, text)| packer.add(FilmId(*film), text));
        packer.finish()
    }

    fn list(synopses: &Synopses) -> Vec<(FilmId, &str)> {
        synopses.0.iter().flat_map(|pack| pack.iter()).collect()
    }

    /// Several packs, with gaps between the ids.
    fn many() -> BTreeMap<i32, String> {
        (0..20_000).map(|n| (n * 3, format!("film {n} {}", if n % 7 == 0 { "lighthouse" } else { "sea" }))).collect()
    }

    #[test]
    fn words_are_found_in_their_own_film_alone() {
        let films: BTreeMap<i32, String> =
            [(1, "ab"), (2, "  "), (3, "ca"), (4, "abab")].map(|(n, t)| (n, t.to_owned())).into();
        let synopses = pack(&films);
        let having = |word: &str| synopses.having(word, &|| false).map(|films| films.iter().map(|f| f.0).collect());
        assert_eq!(having("ab"), Some(vec![4, 1]));
        assert_eq!(having("bc"), Some(vec![]));
        assert_eq!(having(""), Some(vec![]));
        assert_eq!(
            (synopses.len(), synopses.of(FilmId(3)), synopses.of(FilmId(2)), synopses.of(FilmId(9))),
            (3, "ca", "", "")
        );
        assert_eq!(synopses.having("a", &|| true), None);
    }

    #[test]
    fn two_threads_find_what_one_does() {
        let films = many();
        let synopses = pack(&films);
        let naive: Vec<FilmId> =
            films.iter().rev().filter(|(_, text)| text.contains("hous")).map(|(film, _)| FilmId(*film)).collect();
        assert_eq!(synopses.having("hous", &|| false), Some(naive));
        assert!(films.iter().all(|(film, text)| synopses.of(FilmId(*film)) == text));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn patched_synopses_are_those_read_anew(
            changes in prop::collection::btree_map(-5i32..60_100, prop::option::of("[a-c ]{0,4}"), 0..12),
            few in any::<bool>(),
        ) {
            let mut films = many();
            if few {
                films.retain(|film, _| film % 1000 == 0);
            }
            let before = pack(&films);
            for (film, text) in &changes {
                match text {
                    Some(text) => films.insert(*film, text.clone()),
                    None => films.remove(film),
                };
            }
            let ids: Vec<FilmId> = changes.keys().map(|film| FilmId(*film)).collect();
            let now: Vec<(FilmId, String)> =
                changes.iter().filter_map(|(film, text)| Some((FilmId(*film), text.clone()?))).collect();
            let patched = before.patched(&ids, &now);
            let anew = pack(&films);
            prop_assert_eq!(list(&patched), list(&anew));
            for (film, text) in &films {
                let expected = if text.trim().is_empty() { "" } else { text };
                prop_assert_eq!(patched.of(FilmId(*film)), expected);
            }
        }
    }
}

//! A large list that many sessions share: immutable chunks behind `Arc`, cheap to clone, patched by replacing a chunk.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use super::index::{Index, Indexed};

/// Rows per chunk.
pub const CHUNK: usize = 1024;

/// An immutable list of rows. Cloning copies one pointer.
#[derive(Debug)]
pub struct Rows<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    chunks: Box<[Arc<[T]>]>,
    len: usize,
    index: OnceLock<Arc<Index>>,
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self::of(Vec::new(), 0)
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut chunks: Vec<Arc<[T]>> = Vec::new();
        let mut rows = rows.into_iter();
        let room = |rows: &I::IntoIter| Vec::with_capacity(rows.size_hint().0.min(CHUNK));
        let mut chunk = room(&rows);
        let mut len = 0;
        while let Some(row) = rows.next() {
            chunk.push(row);
            len += 1;
            if chunk.len() == CHUNK {
                chunks.push(std::mem::replace(&mut chunk, room(&rows)).into());
            }
        }
        if !chunk.is_empty() {
            chunks.push(chunk.into());
        }
        Self::of(chunks, len)
    }
}

impl<T> Rows<T> {
    fn of(chunks: Vec<Arc<[T]>>, len: usize) -> Self {
        Self(Arc::new(Inner { chunks: chunks.into(), len, index: OnceLock::new() }))
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.len == 0
    }

    /// The row at a position.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.0.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The rows in parts of [`CHUNK`], the last one shorter.
    pub fn chunks(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.0.chunks.iter().map(|chunk| &**chunk)
    }

    /// Whether both have as many rows and each pair of them is alike; parts that they share are not looked at.
    pub fn alike(&self, other: &Self, alike: impl Fn(&T, &T) -> bool) -> bool {
        let mut chunks = self.0.chunks.iter().zip(&other.0.chunks);
        self.len() == other.len()
            && chunks.all(|(a, b)| Arc::ptr_eq(a, b) || a.iter().zip(b.iter()).all(|(a, b)| alike(a, b)))
    }

    /// Whether both are the very same rows in memory.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Indexed + Send + Sync> Rows<T> {
    /// What the rows are found and sorted by: built by whoever asks first, which takes its time, and shared by all.
    pub fn index(&self) -> &Index {
        self.0.index.get_or_init(|| Arc::new(Index::build(self)))
    }

    /// The same rows with their index from that of the list that they were made from, if that has one; `changed` are
    /// the rows that are new, other or gone. Where no text of them differs it is the very same index.
    #[must_use]
    pub fn indexed_from(self, old: &Self, changed: impl Fn(&T) -> bool) -> Self {
        if let Some(index) = old.0.index.get() {
            let texts = |a: &T, b: &T| (0..T::TEXTS).all(|text| a.text(text) == b.text(text));
            self.0.index.get_or_init(|| match self.alike(old, texts) {
                true => Arc::clone(index),
                false => Arc::new(index.patched(old, &self, changed)),
            });
        }
        self
    }
}

impl<T: Clone> Rows<T> {
    /// The same list with some rows replaced; chunks without one are shared with this list.
    #[must_use]
    pub fn patched(&self, changes: impl IntoIterator<Item = (usize, T)>) -> Self {
        let mut chunks: Vec<Arc<[T]>> = self.0.chunks.to_vec();
        for (index, row) in changes {
            if let Some(chunk) = chunks.get_mut(index / CHUNK)
                && index % CHUNK < chunk.len()
            {
                Arc::make_mut(chunk)[index % CHUNK] = row;
            }
        }
        Self::of(chunks, self.0.len)
    }
}

impl<T: Serialize> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_replaces_its_rows_and_shares_the_rest() {
        let rows: Rows<usize> = (0..3 * CHUNK + 5).collect();
        let patched = rows.patched([(CHUNK + 1, 7), (99_999, 1)]);
        assert_eq!((patched.len(), patched.get(CHUNK + 1), patched.get(CHUNK)), (rows.len(), Some(&7), Some(&CHUNK)));
        assert_eq!(rows.get(CHUNK + 1), Some(&(CHUNK + 1)));
        assert!(
            Arc::ptr_eq(&rows.0.chunks[0], &patched.0.chunks[0])
                && !Arc::ptr_eq(&rows.0.chunks[1], &patched.0.chunks[1])
        );
        assert!(rows.iter().copied().eq(0..3 * CHUNK + 5));
        assert_eq!(rows.get(rows.len()), None);
    }
}

//! A large list that many sessions share: immutable chunks behind `Arc`, cheap to clone, patched by replacing a chunk.

use std::sync::Arc;

use serde::{Serialize, Serializer};

/// Rows per chunk.
pub const CHUNK: usize = 1024;

/// An immutable list of rows. Cloning copies one pointer.
#[derive(Debug)]
pub struct Rows<T> {
    chunks: Arc<[Arc<[T]>]>,
    len: usize,
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self { chunks: Arc::clone(&self.chunks), len: self.len }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { chunks: Arc::new([]), len: 0 }
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut chunks: Vec<Arc<[T]>> = Vec::new();
        let mut chunk = Vec::with_capacity(CHUNK);
        let mut len = 0;
        for row in rows {
            chunk.push(row);
            len += 1;
            if chunk.len() == CHUNK {
                chunks.push(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)).into());
            }
        }
        if !chunk.is_empty() {
            chunks.push(chunk.into());
        }
        Self { chunks: chunks.into(), len }
    }
}

impl<T> Rows<T> {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row at a position.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// Whether both are the very same rows in memory.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.chunks, &other.chunks)
    }
}

impl<T: Clone> Rows<T> {
    /// The same list with some rows replaced; chunks without one are shared with this list.
    #[must_use]
    pub fn patched(&self, changes: impl IntoIterator<Item = (usize, T)>) -> Self {
        let mut chunks: Vec<Arc<[T]>> = self.chunks.to_vec();
        for (index, row) in changes {
            if let Some(chunk) = chunks.get_mut(index / CHUNK)
                && index % CHUNK < chunk.len()
            {
                Arc::make_mut(chunk)[index % CHUNK] = row;
            }
        }
        Self { chunks: chunks.into(), len: self.len }
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
        assert!(Arc::ptr_eq(&rows.chunks[0], &patched.chunks[0]) && !Arc::ptr_eq(&rows.chunks[1], &patched.chunks[1]));
        assert!(rows.iter().copied().eq(0..3 * CHUNK + 5));
        assert_eq!(rows.get(rows.len()), None);
    }
}

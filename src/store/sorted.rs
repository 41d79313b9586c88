//! Values by key, merged and sorted, however many there are: what memory does not hold is sorted on disk, in the folder for
//! temporary files (`TMPDIR`), and gone at the end (an external merge sort: Knuth, TAOCP 3, 5.4). The libraries for it bring
//! a documentation tester along as a build dependency, with which RocksDB would be compiled anew.

use std::{
    collections::BinaryHeap,
    fs::File,
    io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write},
};

use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// Records that are sorted in memory before they go to disk; of those that stores hold, some tens of megabytes.
const SEGMENT: usize = 12_000;

/// What several say of one key becomes one.
pub trait Merge {
    /// Adds what another says.
    fn merge(&mut self, other: Self);
}

/// Where only the keys matter.
impl Merge for () {
    fn merge(&mut self, (): Self) {}
}

/// What can be written to disk meanwhile.
pub trait Record: Serialize + DeserializeOwned + Send {}

impl<T: Serialize + DeserializeOwned + Send> Record for T {}

/// Takes values in any order.
pub struct Sorter<K, T> {
    most: usize,
    held: Vec<(K, T)>,
    /// What did not fit into memory, each file sorted.
    segments: Vec<File>,
}

impl<K: Record + Ord, T: Record + Merge> Sorter<K, T> {
    /// A sorter for what is said of entities.
    pub(super) fn new() -> Self {
        Self::of(SEGMENT)
    }

    /// A sorter that holds so many values in memory.
    #[must_use]
    pub fn of(values: usize) -> Self {
        Self {
            most: values,
            held: Vec::new(),
            segments: Vec::new(),
        }
    }

    /// Takes a value.
    ///
    /// # Errors
    /// If there is no room for temporary files.
    pub fn push(&mut self, key: K, value: T) -> Result<(), StoreError> {
        self.held.push((key, value));
        if self.held.len() >= self.most {
            self.spill().map_err(failed)?;
        }
        Ok(())
    }

    /// Hands out what was taken in, sorted by key, one value for each.
    ///
    /// # Errors
    /// As [`Sorter::push`], and those of `take`.
    pub fn finish<E: From<StoreError>>(
        mut self,
        mut take: impl FnMut(K, T) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.segments.is_empty() {
            self.held.sort_by(|(one, _), (other, _)| one.cmp(other));
            let mut all = self.held.into_iter().map(Ok);
            return merged(&mut all, &mut take);
        }
        self.spill().map_err(failed)?;
        let mut merging = Merging::new(self.segments).map_err(failed)?;
        merged(&mut merging, &mut take)
    }

    /// Writes what is held to a file that is gone when it is closed.
    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut out = BufWriter::new(tempfile::tempfile()?);
        for record in self.held.drain(..) {
            let bytes = serde_json::to_vec(&record)?;
            out.write_all(&bytes.len().to_le_bytes())?;
            out.write_all(&bytes)?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.segments.push(file);
        Ok(())
    }
}

/// Hands out records that come sorted, those of one key as one.
fn merged<K: Ord, T: Merge, E: From<StoreError>>(
    records: &mut dyn Iterator<Item = io::Result<(K, T)>>,
    take: &mut dyn FnMut(K, T) -> Result<(), E>,
) -> Result<(), E> {
    let mut pending: Option<(K, T)> = None;
    for record in records {
        let (key, value) = record.map_err(failed)?;
        match &mut pending {
            Some((own, all)) if *own == key => all.merge(value),
            _ => {
                if let Some((key, value)) = pending.replace((key, value)) {
                    take(key, value)?;
                }
            }
        }
    }
    pending.map_or(Ok(()), |(key, value)| take(key, value))
}

/// Sorted files as one.
struct Merging<K, T> {
    segments: Vec<BufReader<File>>,
    heads: BinaryHeap<Head<K, T>>,
}

/// The next record of a file. The greatest is the one that comes first.
struct Head<K, T> {
    key: K,
    value: T,
    segment: usize,
}

impl<K: Ord, T> Ord for Head<K, T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&other.key, other.segment).cmp(&(&self.key, self.segment))
    }
}

impl<K: Ord, T> PartialOrd for Head<K, T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord, T> PartialEq for Head<K, T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<K: Ord, T> Eq for Head<K, T> {}

impl<K: Record + Ord, T: Record> Merging<K, T> {
    fn new(segments: Vec<File>) -> io::Result<Self> {
        let mut all = Self {
            segments: segments.into_iter().map(BufReader::new).collect(),
            heads: BinaryHeap::new(),
        };
        for segment in 0..all.segments.len() {
            all.advance(segment)?;
        }
        Ok(all)
    }

    /// Reads the next record of a file, if there is one.
    fn advance(&mut self, segment: usize) -> io::Result<()> {
        let reader = &mut self.segments[segment];
        let mut length = [0; size_of::<usize>()];
        match reader.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        let mut bytes = vec![0; usize::from_le_bytes(length)];
        reader.read_exact(&mut bytes)?;
        let (key, value) = serde_json::from_slice(&bytes)?;
        self.heads.push(Head {
            key,
            value,
            segment,
        });
        Ok(())
    }
}

impl<K: Record + Ord, T: Record> Iterator for Merging<K, T> {
    type Item = io::Result<(K, T)>;

    fn next(&mut self) -> Option<Self::Item> {
        let Head {
            key,
            value,
            segment,
        } = self.heads.pop()?;
        let read = self.advance(segment);
        Some(read.map(|()| (key, value)))
    }
}

fn failed(source: io::Error) -> StoreError {
    StoreError::io(
        std::env::temp_dir(),
        "sort in the folder for temporary files (TMPDIR names another)",
    )(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Merge for usize {
        fn merge(&mut self, other: Self) {
            *self += other;
        }
    }

    #[track_caller]
    fn check(count: usize, kinds: usize) {
        let mut sorter = Sorter::new();
        for number in (0..count).rev() {
            sorter.push((number % kinds).to_string(), 1).unwrap();
        }
        let mut found = Vec::new();
        let taken: Result<(), StoreError> = sorter.finish(|key, value: usize| {
            found.push((key, value));
            Ok(())
        });
        taken.unwrap();
        let mut expected: Vec<(String, usize)> = (0..kinds.min(count))
            .map(|kind| (kind.to_string(), (count - kind).div_ceil(kinds)))
            .collect();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn values_of_a_key_are_one_in_memory_and_on_disk() {
        check(0, 1);
        check(1, 1);
        check(1000, 7);
        check(2 * SEGMENT + 10, 7);
        check(2 * SEGMENT + 10, SEGMENT);
    }
}

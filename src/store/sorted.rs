//! Values by key, merged and sorted, however many there are: what memory does not hold is sorted on disk, in the folder for
//! temporary files (`TMPDIR`), and gone at the end (an external merge sort: Knuth, TAOCP 3, 5.4). The libraries for it bring
//! a documentation tester along as a build dependency, with which RocksDB would be compiled anew.

use std::{
    collections::{BinaryHeap, VecDeque},
    fs::File,
    io::{self, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write},
    ops::Range,
};

use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// Records that are sorted in memory before they go to disk; of those that stores hold, some megabytes.
const SEGMENT: usize = 6000;

/// Bytes of a sorted run that are read at once.
const READ: u64 = 1 << 14;

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
    /// What did not fit into memory: a file that is gone when it is closed, and the sorted runs in it.
    file: Option<File>,
    runs: Vec<Range<u64>>,
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
            file: None,
            runs: Vec::new(),
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
        self.spill_rest().map_err(failed)?;
        let Some(file) = self.file else {
            self.held.sort_by(|(one, _), (other, _)| one.cmp(other));
            let mut all = self.held.into_iter().map(Ok);
            return merged(&mut all, &mut take);
        };
        let mut merging = Merging::new(file, self.runs).map_err(failed)?;
        merged(&mut merging, &mut take)
    }

    /// If something lies on disk, all does.
    fn spill_rest(&mut self) -> io::Result<()> {
        if self.file.is_some() && !self.held.is_empty() {
            self.spill()?;
        }
        Ok(())
    }

    /// Writes what is held, sorted, behind what lies on disk.
    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile()?,
        };
        let start = file.stream_position()?;
        let mut out = BufWriter::new(file);
        for record in self.held.drain(..) {
            let bytes = serde_json::to_vec(&record)?;
            out.write_all(&bytes.len().to_le_bytes())?;
            out.write_all(&bytes)?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        self.runs.push(start..file.stream_position()?);
        self.file = Some(file);
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

/// Sorted runs in one file as one.
struct Merging<K, T> {
    file: File,
    runs: Vec<Run>,
    heads: BinaryHeap<Head<K, T>>,
}

/// What is left of a sorted run: bytes that were read, then those still in the file.
struct Run {
    read: VecDeque<u8>,
    left: Range<u64>,
}

impl Run {
    /// Reads so many bytes.
    fn take(&mut self, count: usize, file: &mut File) -> io::Result<Vec<u8>> {
        while self.read.len() < count && !self.left.is_empty() {
            file.seek(SeekFrom::Start(self.left.start))?;
            let some = READ.min(self.left.end - self.left.start);
            let got = io::copy(&mut Read::take(&mut *file, some), &mut self.read)?;
            if got == 0 {
                break;
            }
            self.left.start += got;
        }
        if self.read.len() < count {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(self.read.drain(..count).collect())
    }

    fn is_done(&self) -> bool {
        self.read.is_empty() && self.left.is_empty()
    }
}

/// The next record of a run. The greatest is the one that comes first.
struct Head<K, T> {
    key: K,
    value: T,
    run: usize,
}

impl<K: Ord, T> Ord for Head<K, T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&other.key, other.run).cmp(&(&self.key, self.run))
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
    fn new(file: File, runs: Vec<Range<u64>>) -> io::Result<Self> {
        let run = |left| Run {
            read: VecDeque::new(),
            left,
        };
        let mut all = Self {
            file,
            runs: runs.into_iter().map(run).collect(),
            heads: BinaryHeap::new(),
        };
        for run in 0..all.runs.len() {
            all.advance(run)?;
        }
        Ok(all)
    }

    /// Reads the next record of a run, if there is one.
    fn advance(&mut self, run: usize) -> io::Result<()> {
        let rest = &mut self.runs[run];
        if rest.is_done() {
            return Ok(());
        }
        let mut length = [0; size_of::<usize>()];
        length.copy_from_slice(&rest.take(size_of::<usize>(), &mut self.file)?);
        let bytes = rest.take(usize::from_le_bytes(length), &mut self.file)?;
        let (key, value) = serde_json::from_slice(&bytes)?;
        self.heads.push(Head { key, value, run });
        Ok(())
    }
}

impl<K: Record + Ord, T: Record> Iterator for Merging<K, T> {
    type Item = io::Result<(K, T)>;

    fn next(&mut self) -> Option<Self::Item> {
        let Head { key, value, run } = self.heads.pop()?;
        let read = self.advance(run);
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

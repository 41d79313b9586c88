//! Values by key, merged and sorted, however many there are: what memory does not hold is sorted on disk, in the folder for
//! temporary files (`TMPDIR`), and gone at the end.

use std::{
    cmp::Ordering,
    io::{self, Read, Write},
};

use extsort::{ExternalSorter, PushExternalSorter, Sortable};
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
pub struct Sorter<K: Record, T: Record>(PushExternalSorter<Keyed<K, T>, Order<K, T>>);

struct Keyed<K, T> {
    key: K,
    value: T,
}

type Order<K, T> = fn(&Keyed<K, T>, &Keyed<K, T>) -> Ordering;

impl<K: Record + Ord, T: Record + Merge> Sorter<K, T> {
    /// A sorter for what is said of entities.
    pub(super) fn new() -> Self {
        Self::of(SEGMENT)
    }

    /// A sorter that holds so many values in memory.
    #[must_use]
    pub fn of(values: usize) -> Self {
        let order: Order<K, T> = |one, other| one.key.cmp(&other.key);
        let sorter = ExternalSorter::new().with_segment_size(values);
        Self(sorter.pushed_by(order))
    }

    /// Takes a value.
    ///
    /// # Errors
    /// If there is no room for temporary files.
    pub fn push(&mut self, key: K, value: T) -> Result<(), StoreError> {
        self.0.push(Keyed { key, value }).map_err(failed)
    }

    /// Hands out what was taken in, sorted by key, one value for each.
    ///
    /// # Errors
    /// As [`Sorter::push`], and those of `take`.
    pub fn finish<E: From<StoreError>>(
        self,
        mut take: impl FnMut(K, T) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut pending: Option<Keyed<K, T>> = None;
        for next in self.0.done().map_err(failed)? {
            let next = next.map_err(failed)?;
            match &mut pending {
                Some(one) if one.key == next.key => one.value.merge(next.value),
                _ => {
                    if let Some(Keyed { key, value }) = pending.replace(next) {
                        take(key, value)?;
                    }
                }
            }
        }
        match pending {
            Some(Keyed { key, value }) => take(key, value),
            None => Ok(()),
        }
    }
}

/// As JSON, its length before it.
impl<K: Record, T: Record> Sortable for Keyed<K, T> {
    fn encode<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        let bytes = serde_json::to_vec(&(&self.key, &self.value))?;
        writer.write_all(&bytes.len().to_le_bytes())?;
        writer.write_all(&bytes)
    }

    fn decode<R: Read>(reader: &mut R) -> io::Result<Self> {
        let mut length = [0; size_of::<usize>()];
        reader.read_exact(&mut length)?;
        let mut bytes = vec![0; usize::from_le_bytes(length)];
        reader.read_exact(&mut bytes)?;
        let (key, value) = serde_json::from_slice(&bytes)?;
        Ok(Self { key, value })
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

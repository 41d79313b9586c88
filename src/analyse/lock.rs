//! What a store held at a moment, in a few lines that can be kept elsewhere: the hash of all its statements as sorted N-Quads
//! (`kilde export -f nq | LC_ALL=C sort | sha256sum`), and a hash per document to tell where two differ.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    fmt::Write as _,
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Seek, Write},
};

use oxigraph::model::Quad;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{Facts, Store, StoreError, sorted_lines};

/// Lines that are sorted at once, in bytes; more go through files.
const MEMORY: usize = 512 << 20;

/// What a store held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// SHA-256 of the sorted N-Quads of all its graphs, in hexadecimal.
    pub sha256: String,
    /// Statements.
    pub statements: u64,
    /// SHA-256 of each document's sorted N-Quads, as corrected, by document hash.
    pub documents: BTreeMap<String, String>,
}

/// Why a store could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The statements could not be sorted.
    #[error("cannot sort the statements: {0}")]
    Sort(#[from] io::Error),
}

impl Lock {
    /// What a store holds now.
    ///
    /// # Errors
    /// If a document's file is damaged, or the system refuses.
    pub fn of_store(store: &Store) -> Result<Self, LockError> {
        Self::sorting(store, MEMORY)
    }

    /// In what this lock and a later one differ, a sentence each.
    #[must_use]
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut told = Vec::new();
        for (hash, before) in &self.documents {
            match now.documents.get(hash) {
                None => told.push(format!("the document {hash} is gone")),
                Some(after) if after != before => {
                    told.push(format!("the document {hash} holds other statements"));
                }
                Some(_) => {}
            }
        }
        for hash in now.documents.keys() {
            if !self.documents.contains_key(hash) {
                told.push(format!("the document {hash} is new"));
            }
        }
        if told.is_empty() && self.sha256 != now.sha256 {
            told.push(
                "the same documents give other entities, edges or corrections than before"
                    .to_owned(),
            );
        }
        told
    }

    fn sorting(store: &Store, memory: usize) -> Result<Self, LockError> {
        let mut lock = Self::default();
        let mut sorter = Sorter {
            memory,
            ..Sorter::default()
        };
        let mut facts = Facts::default();
        for hash in store.hashes()? {
            facts.add_document(&store.document(&hash)?);
            let text = sorted_lines(&store.quads(&hash)?);
            lock.documents.insert(hash, hex(&Sha256::digest(&text)));
            sorter.add(&text)?;
        }
        let derived: Vec<Quad> = facts.quads(store.base(), store.ontology());
        sorter.add(&sorted_lines(&derived))?;
        sorter.add(&sorted_lines(&store.corrections().quads(store.base())))?;
        let mut hasher = Sha256::new();
        sorter.finish(|line| {
            hasher.update(line.as_bytes());
            lock.statements += 1;
        })?;
        lock.sha256 = hex(&hasher.finalize());
        Ok(lock)
    }
}

/// Sorts lines, through temporary files if they are many.
#[derive(Default)]
struct Sorter {
    memory: usize,
    held: usize,
    lines: Vec<String>,
    runs: Vec<File>,
}

impl Sorter {
    fn add(&mut self, text: &str) -> io::Result<()> {
        for line in text.split_inclusive('\n') {
            self.held += line.len();
            self.lines.push(line.to_owned());
        }
        if self.held > self.memory {
            self.spill()?;
        }
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        self.lines.sort_unstable();
        let mut out = BufWriter::new(tempfile::tempfile()?);
        for line in self.lines.drain(..) {
            out.write_all(line.as_bytes())?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        self.held = 0;
        Ok(())
    }

    /// Hands out all lines in order, each once.
    fn finish(mut self, mut take: impl FnMut(&str)) -> io::Result<()> {
        self.lines.sort_unstable();
        let mut last = String::new();
        let mut give = |line: &str| {
            if line != last {
                take(line);
                line.clone_into(&mut last);
            }
        };
        if self.runs.is_empty() {
            self.lines.iter().for_each(|line| give(line));
            return Ok(());
        }
        self.spill()?;
        let mut readers: Vec<BufReader<File>> = self.runs.into_iter().map(BufReader::new).collect();
        let mut heads = BinaryHeap::new();
        for (number, reader) in readers.iter_mut().enumerate() {
            heads.extend(next(reader)?.map(|line| Reverse((line, number))));
        }
        while let Some(Reverse((line, number))) = heads.pop() {
            give(&line);
            heads.extend(next(&mut readers[number])?.map(|line| Reverse((line, number))));
        }
        Ok(())
    }
}

fn next(reader: &mut BufReader<File>) -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = reader.read_line(&mut line)?;
    Ok((read > 0).then_some(line))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_lines_are_sorted_alike() {
        let text: String = (0..500)
            .map(|n| format!("{}\n", (n * 7919) % 400))
            .collect();
        let whole = |memory: usize| {
            let mut sorter = Sorter {
                memory,
                ..Sorter::default()
            };
            for line in text.split_inclusive('\n') {
                sorter.add(line).unwrap();
            }
            let mut lines = Vec::new();
            sorter.finish(|line| lines.push(line.to_owned())).unwrap();
            lines
        };
        let few = whole(usize::MAX);
        assert!(few.is_sorted() && few.len() == 400);
        assert_eq!(whole(100), few);
    }
}

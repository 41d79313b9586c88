//! What a store held at a moment, in a few lines that can be kept elsewhere: the hash of all its statements as sorted N-Quads
//! (`kilde export -f nq | LC_ALL=C sort | sha256sum`), and a hash per document to tell where two differ.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{Sorter, Store, StoreError, sorted_lines};

/// Lines that are sorted at once, some hundred megabytes; more go through files.
const LINES: usize = 1_000_000;

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

impl Lock {
    /// What a store holds now.
    ///
    /// # Errors
    /// If a document's file is damaged, or the system refuses.
    pub fn of_store(store: &Store) -> Result<Self, StoreError> {
        let mut lock = Self::default();
        let mut sorter: Sorter<String, ()> = Sorter::of(LINES);
        let mut add = |text: &str| {
            let mut lines = text.split_inclusive('\n');
            lines.try_for_each(|line| sorter.push(line.to_owned(), ()))
        };
        for hash in store.hashes()? {
            let text = sorted_lines(&store.quads(&hash)?);
            lock.documents.insert(hash, hex(&Sha256::digest(&text)));
            add(&text)?;
        }
        store.default_graph_parts(|part| add(&sorted_lines(&part)))?;
        add(&sorted_lines(&store.corrections().quads(store.base())))?;
        let mut hasher = Sha256::new();
        sorter.finish(|line, ()| {
            hasher.update(line.as_bytes());
            lock.statements += 1;
            Ok::<_, StoreError>(())
        })?;
        lock.sha256 = hex(&hasher.finalize());
        Ok(lock)
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
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

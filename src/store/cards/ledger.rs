//! When the folders of documents last changed, and what they held then: a line for each of the 256 tells whether its files
//! must be listed again. So opening a store, adding a document and forgetting one cost the same however many there are.
//! Derived; a ledger that is missing, or older than the list of sources, makes the store look at every file again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bytes_hash;

/// What was known of all folders when the store was last written to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ledger {
    /// Bytes that the list of sources had; if it has fewer, somebody cut it.
    pub(super) sources: usize,
    /// By the first two digits of the hashes of their documents.
    pub(super) folders: BTreeMap<String, Noted>,
}

/// A folder of documents as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Noted {
    /// When a name in it last came or went.
    pub(super) time: String,
    /// See [`digest`].
    pub(super) digest: String,
}

impl Ledger {
    /// Reads what was written, if it is about a list of sources of this length.
    pub(super) fn read(text: &str, sources: usize) -> Self {
        let ledger: Self = serde_json::from_str(text).unwrap_or_default();
        if ledger.sources <= sources {
            ledger
        } else {
            Self::default()
        }
    }

    pub(super) fn written(&self) -> String {
        // Strings and numbers always have a JSON form.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// The folders of which `now` says another time, or none that can be trusted, or which are gone.
    pub(super) fn changed(&self, now: &BTreeMap<String, String>) -> Vec<String> {
        let time = |folder: &String| self.folders.get(folder).map(|noted| &noted.time);
        let other = now
            .iter()
            .filter(|(folder, now)| now.is_empty() || time(folder) != Some(now));
        let gone = self.folders.keys().filter(|one| !now.contains_key(*one));
        other
            .map(|(folder, _)| folder)
            .chain(gone)
            .cloned()
            .collect()
    }
}

/// A hash of the documents in a folder, by their hashes and those of their files.
pub(super) fn digest<'a>(documents: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut lines = String::new();
    for (hash, bytes) in documents {
        lines.extend([hash, " ", bytes, "\n"]);
    }
    bytes_hash(lines.as_bytes())
}

//! What happened to a store's files since an index was made of them, by the hashes of their bytes.

use std::collections::BTreeMap;

use super::Refreshed;

/// The hash of the bytes of each document's file, by document hash.
pub(super) type Catalog = BTreeMap<String, String>;

/// A document that is new, changed or gone.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// Its hash.
    pub(super) hash: String,
    /// The hash of its file now; nothing if it is gone.
    pub(super) now: Option<String>,
    /// Whether the index holds it.
    pub(super) known: bool,
}

/// All that happened, sorted by document.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// What makes the files that a catalog knows into those that are there now.
    pub(super) fn between(catalog: &Catalog, now: &Catalog) -> Self {
        let gone = catalog.keys().filter(|hash| !now.contains_key(*hash));
        let gone = gone.map(|hash| Change {
            hash: hash.clone(),
            now: None,
            known: true,
        });
        let renewed = now
            .iter()
            .filter(|(hash, bytes)| catalog.get(*hash) != Some(bytes));
        let renewed = renewed.map(|(hash, bytes)| Change {
            hash: hash.clone(),
            now: Some(bytes.clone()),
            known: catalog.contains_key(hash),
        });
        Self(gone.chain(renewed).collect())
    }

    pub(super) fn count(&self) -> Refreshed {
        let mut count = Refreshed::default();
        for change in &self.0 {
            match (change.known, &change.now) {
                (false, _) => count.added += 1,
                (true, Some(_)) => count.changed += 1,
                (true, None) => count.removed += 1,
            }
        }
        count
    }
}

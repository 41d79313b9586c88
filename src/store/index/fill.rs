//! Fills an empty index: documents are parsed side by side while the loader sorts and writes those before them, and the
//! default graph is derived on the way.

use oxigraph::{
    model::Quad,
    store::{StorageError, Store as Oxigraph},
};
use rayon::prelude::*;

use super::{Live, changes::Changes, failed, names};
use crate::store::{
    Facts, Store, StoreError, StoredDocument,
    parse::{document_file_quads, document_from_quads, parse_document},
};

/// Documents that are parsed before they are handed to the loader: enough to keep all cores busy, few enough for memory.
pub(super) const BATCH: usize = 128;

/// Memory that the loader may take, in megabytes; the more, the fewer files it writes.
const MEMORY: usize = 512;

/// Takes in all documents.
pub(super) fn fill(
    changes: &Changes,
    oxigraph: &Oxigraph,
    live: &mut Live,
    store: &Store,
) -> Result<(), StoreError> {
    let mut facts = Facts::default();
    // Who is killed meanwhile leaves an index without a catalog, which is made anew.
    let mut loader = oxigraph
        .bulk_loader()
        .with_max_memory_size_in_megabytes(MEMORY)
        .without_atomicity();
    // One stream: whatever the loader takes at once becomes files of its own.
    let documents = changes.0.chunks(BATCH).flat_map(|batch| {
        let read: Result<Vec<_>, StoreError> = batch
            .par_iter()
            .map(|change| read(&change.hash, store))
            .collect();
        match read {
            Ok(read) => {
                let mut all = Vec::new();
                for (quads, said) in read {
                    facts.merge(said);
                    all.extend(quads.into_iter().map(Ok));
                }
                all
            }
            Err(error) => vec![Err(error)],
        }
    });
    loader
        .load_ok_quads::<StoreError, Broken>(documents)
        .map_err(|broken| broken.told(store))?;
    let failed = failed(store);
    let derived = facts.quads(store.base(), store.ontology());
    let names = names::folded(&derived);
    loader.load_quads(derived).map_err(&failed)?;
    loader.commit().map_err(&failed)?;
    live.tallies
        .fill(&facts, names, store.base(), store.ontology())
        .map_err(&failed)?;
    let now = changes.0.iter();
    live.catalog = now
        .filter_map(|change| Some((change.hash.clone(), change.now.clone()?)))
        .collect();
    Ok(())
}

/// Why the loader stopped.
enum Broken {
    Storage(StorageError),
    Document(StoreError),
}

impl Broken {
    fn told(self, store: &Store) -> StoreError {
        match self {
            Self::Storage(error) => failed(store)(error),
            Self::Document(error) => error,
        }
    }
}

impl From<StorageError> for Broken {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Document(error)
    }
}

/// The quads of a document and what they say, as corrected.
pub(super) fn read(hash: &str, store: &Store) -> Result<(Vec<Quad>, Facts), StoreError> {
    let (bytes, file) = (store.folder.read(hash)?, store.folder.file(hash));
    let quads = document_file_quads(&bytes, hash, store.base(), &file)?;
    let document = match document_from_quads(&quads, hash, store.base(), store.ontology()) {
        Ok(document) => document,
        // The slower way finds the line.
        Err(_) => parse_document(&bytes, hash, store.base(), store.ontology(), &file)?,
    };
    Ok(match store.layered(&document) {
        Some(document) => (store.quads_of(&document), facts_of(&document)),
        None => (quads, facts_of(&document)),
    })
}

pub(super) fn facts_of(document: &StoredDocument) -> Facts {
    let mut facts = Facts::default();
    facts.add_document(document);
    facts
}

//! Fills an empty index: documents are parsed side by side while the loader sorts and writes those before them, and the
//! default graph is derived on the way.

use oxigraph::{
    model::Quad,
    store::{StorageError, Store as Oxigraph},
};
use rayon::prelude::*;

use super::{Live, changes::Changes, failed, names, tallies::written};
use crate::store::{Sketch, Store, StoreError, derive::event_quad, gather::Derived};

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
    // Who is killed meanwhile leaves an index without a catalog, which is made anew.
    let mut loader = oxigraph
        .bulk_loader()
        .with_max_memory_size_in_megabytes(MEMORY)
        .without_atomicity();
    // One stream: whatever the loader takes at once becomes files of its own.
    let documents = changes.0.chunks(BATCH).flat_map(|batch| {
        let read: Result<Vec<Vec<Quad>>, StoreError> = batch
            .par_iter()
            .map(|change| store.quads(&change.hash))
            .collect();
        match read {
            Ok(read) => read.into_iter().flatten().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }
    });
    loader
        .load_ok_quads::<StoreError, Broken>(documents)
        .map_err(|broken| broken.told(store))?;
    let failed = failed(store);
    let Following { quads, tallies } = Following::of(store)?;
    let names = names::folded(&quads);
    loader.load_quads(quads).map_err(&failed)?;
    loader.commit().map_err(&failed)?;
    live.tallies.fill(tallies, names).map_err(&failed)?;
    let now = changes.0.iter();
    live.catalog = now
        .filter_map(|change| Some((change.hash.clone(), change.now.clone()?)))
        .collect();
    Ok(())
}

/// What follows from all documents.
#[derive(Default)]
struct Following {
    /// The default graph.
    quads: Vec<Quad>,
    /// The tallies as they are written.
    tallies: Vec<Quad>,
}

impl Following {
    /// From the gists: the documents' own statements need not be understood.
    fn of(store: &Store) -> Result<Self, StoreError> {
        let (base, ontology) = (store.base(), store.ontology());
        let (mut own, mut events) = (Self::default(), Vec::new());
        store.each_derived(|one| {
            match one {
                Derived::Entity(id, tally) => {
                    tally.quads(&id, base, ontology, &mut own.quads);
                    own.tallies.push(written(&id, &tally, base));
                }
                Derived::Event(id, documents) if documents.len() > 1 => {
                    events.push((id, documents));
                }
                Derived::Event(..) => {}
            }
            Ok::<_, StoreError>(())
        })?;
        let needed = events.iter().flat_map(|(_, documents)| documents);
        let sketches = store.sketches(&needed.cloned().collect())?;
        own.quads
            .extend(events.iter().filter_map(|(id, documents)| {
                let told: Vec<&Sketch> = documents
                    .iter()
                    .filter_map(|one| sketches.get(one))
                    .collect();
                event_quad(id, told.into_iter(), base)
            }));
        Ok(own)
    }
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

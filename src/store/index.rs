//! The index for queries: oxigraph over all documents' graphs, the ontology's graphs, and the default graph derived from
//! the documents as corrected. It catches up with the files by their names and hashes: what is new, changed or gone. In memory it is
//! made anew at every start; on disk (feature `rocksdb`) it is kept in the store's folder and may be deleted at any time.

use oxigraph::{
    model::{GraphNameRef, Quad},
    store::{StorageError, Store as Oxigraph},
};

use super::{Store, StoreError};

mod changes;
#[cfg(feature = "rocksdb")]
mod disk;
mod fill;
mod follow;
mod names;
mod tallies;

use changes::{Catalog, Changes};
use tallies::Tallies;

/// A graph to query, made from a store's files.
pub struct Index {
    oxigraph: Oxigraph,
    /// What is needed to follow changes; an index on disk is closed and opened again for that.
    live: Option<Live>,
    /// Keeps writers of the index on disk away as long as it is read.
    #[cfg(feature = "rocksdb")]
    disk: Option<disk::Shared>,
}

/// What an index knows of the files that it holds, and of what they say.
struct Live {
    catalog: Catalog,
    tallies: Tallies,
}

/// How many documents an index took in, read again and dropped to catch up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Documents that are new to it.
    pub added: usize,
    /// Documents whose files changed.
    pub changed: usize,
    /// Documents whose files are gone.
    pub removed: usize,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index of a store, caught up with its files.
    pub(super) fn open(store: &Store) -> Result<Self, StoreError> {
        // What counts at a time is asked for once; it is not kept.
        #[cfg(feature = "rocksdb")]
        if store.scope.is_all()
            && let Some(index) = disk::open(store)?
        {
            return Ok(index);
        }
        Self::in_memory(store)
    }

    /// Makes an index in memory, whatever the program was built with.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn in_memory(store: &Store) -> Result<Self, StoreError> {
        let failed = failed(store);
        let mut index = Self {
            oxigraph: Oxigraph::new().map_err(&failed)?,
            live: Some(Live {
                catalog: Catalog::new(),
                tallies: Tallies::in_memory().map_err(&failed)?,
            }),
            #[cfg(feature = "rocksdb")]
            disk: None,
        };
        index.refresh(store)?;
        Ok(index)
    }

    /// Catches up with the store's files.
    ///
    /// # Errors
    /// If a document's file is damaged. The index then holds some of the changes, and its default graph fits them.
    pub fn refresh(&mut self, store: &Store) -> Result<Refreshed, StoreError> {
        #[cfg(feature = "rocksdb")]
        if self.disk.is_some() {
            return disk::refresh(self, store);
        }
        let Some(live) = &mut self.live else {
            return Ok(Refreshed::default());
        };
        let changes = Changes::between(&live.catalog, &store.files_now()?);
        live.apply(&changes, &self.oxigraph, store)?;
        Ok(changes.count())
    }

    /// The graph itself: the default graph holds entities and plain edges, each document a named graph, the ontology
    /// three more. No triple stands in two of them.
    #[must_use]
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.oxigraph
    }

    /// The graph beside it in which names lie.
    fn names(&self) -> Result<Oxigraph, StorageError> {
        #[cfg(feature = "rocksdb")]
        if let Some(disk) = &self.disk {
            return disk.names();
        }
        match &self.live {
            Some(live) => Ok(live.tallies.0.clone()),
            None => Oxigraph::new(),
        }
    }

    /// All statements of a graph.
    ///
    /// # Errors
    /// If the index fails.
    pub fn quads_in(
        &self,
        graph: GraphNameRef<'_>,
        store: &Store,
    ) -> Result<Vec<Quad>, StoreError> {
        self.oxigraph
            .quads_for_pattern(None, None, None, Some(graph))
            .collect::<Result<_, _>>()
            .map_err(failed(store))
    }
}

impl Live {
    /// Brings the graph, and what is known of it, to where the files are.
    fn apply(
        &mut self,
        changes: &Changes,
        oxigraph: &Oxigraph,
        store: &Store,
    ) -> Result<(), StoreError> {
        if self.catalog.is_empty() {
            fill::fill(changes, oxigraph, self, store)
        } else {
            follow::follow(changes, oxigraph, self, store)
        }
    }
}

fn failed(store: &Store) -> impl Fn(StorageError) -> StoreError + '_ {
    |source| StoreError::Index {
        folder: store.path().to_owned(),
        source,
    }
}

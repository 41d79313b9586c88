//! The store: a folder with a file of N-Quads per document, which is the truth, and an index for queries, which is
//! derived from the files and may be deleted at any time. Forgetting a document is removing its file; merging two
//! stores is copying files; the same readings give the same bytes, in whatever order they come. Corrections by hand are
//! laid over the documents when they are read, and so is what counts at a time: `document` gives what should be seen,
//! `document_as_read` what the file holds.

use std::{collections::BTreeSet, path::Path, sync::Mutex};

use oxigraph::model::Quad;

use crate::ontology::{Ontology, OntologyFiles};

mod base;
mod cards;
mod copies;
mod correct;
mod corrections;
mod derive;
mod error;
mod folder;
mod gather;
mod gists;
mod glance;
mod index;
mod look;
mod parse;
mod put;
mod quads;
mod scope;
mod sorted;

pub use base::Base;
pub use cards::{Card, Provenance, bytes_hash};
pub use copies::{Sketch, independent};
pub use corrections::{Change, Correction, Corrections, What};
pub use derive::{Bundle, Described, Descriptions, Facts, Said};
pub use error::StoreError;
pub use gists::Gist;
pub use glance::{Glance, Named, Quoted, Short, glances_of};
pub use index::{Index, Refreshed};
pub use parse::{StoredDocument, document_file_quads, parse_document};
pub use quads::{document_bytes, document_quads, sorted_lines};
pub use scope::{During, Scope};
pub use sorted::{Merge, Record, Sorter};

use cards::Cards;
use folder::Folder;

/// What putting a reading into a store did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOutcome {
    /// The document is new.
    Added,
    /// The store already held exactly this.
    Unchanged,
    /// The same text, read otherwise (or with other metadata) than before.
    Updated,
    /// A document with the same id and another text gave way.
    Replaced,
}

/// An open store. Several threads may put documents at once; another process waits until this one is done.
#[derive(Debug)]
pub struct Store {
    folder: Folder,
    ontology: OntologyFiles,
    corrections: Corrections,
    scope: Scope,
    /// The documents that count, where not all do.
    kept: Option<BTreeSet<String>>,
    /// What is known of the documents, gathered when first needed.
    cards: Mutex<Option<Cards>>,
}

impl Store {
    /// Makes a store in a folder that does not exist or is empty, and opens it for writing.
    ///
    /// # Errors
    /// If there is a store or something else already, or the system refuses.
    pub fn create(folder: &Path, base: &Base) -> Result<Self, StoreError> {
        Self::new(Folder::create(folder, base)?)
    }

    /// Opens a store for reading. Several processes may; none may write meanwhile.
    ///
    /// # Errors
    /// If the folder holds no store, one of another format, one that another process is writing, or corrections that
    /// make no sense.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::new(Folder::open(folder, false)?)
    }

    /// Opens a store for writing, alone, and tidies up after a writer that was killed.
    ///
    /// # Errors
    /// If the folder holds no store, one of another format, or one that another process is using.
    pub fn open_to_write(folder: &Path) -> Result<Self, StoreError> {
        Self::new(Folder::open(folder, true)?)
    }

    /// Opens a store for writing, or makes it if there is none. `base` is what the user asked for, if anything.
    ///
    /// # Errors
    /// As [`Store::create`] and [`Store::open_to_write`]; and if the store's base is another than asked for.
    pub fn open_or_create(folder: &Path, base: Option<&Base>) -> Result<Self, StoreError> {
        if !folder.join("kilde.toml").exists() {
            return Self::create(folder, base.unwrap_or(&Base::default()));
        }
        let store = Self::open_to_write(folder)?;
        match base {
            Some(asked) if asked != store.base() => Err(StoreError::OtherBase {
                folder: folder.to_owned(),
                found: store.base().as_str().to_owned(),
                asked: asked.as_str().to_owned(),
            }),
            _ => Ok(store),
        }
    }

    /// Works with an ontology from now on, and keeps a copy beside the documents if it is not the program's.
    ///
    /// # Errors
    /// If `asked` is the program's and the store has one of its own; if it lacks a relation or type that documents in the
    /// store may use; or the system refuses. Then nothing changes.
    pub fn use_ontology(&mut self, asked: &OntologyFiles) -> Result<(), StoreError> {
        if asked.texts == self.ontology.texts {
            return Ok(());
        }
        self.check_writable()?;
        let folder = self.folder.path.clone();
        if !self.folder.hashes()?.is_empty() {
            if asked.texts == OntologyFiles::embedded().texts {
                return Err(StoreError::OwnOntology { folder });
            }
            if let Some(missing) = self.ontology.ontology.lacking(&asked.ontology) {
                return Err(StoreError::OtherOntology { folder, missing });
            }
        }
        self.folder.write_ontology(&asked.texts)?;
        self.ontology = asked.clone();
        Ok(())
    }

    /// The base of the store's names.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.folder.base
    }

    /// The store's folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder.path
    }

    /// The ontology that the store works with.
    #[must_use]
    pub fn ontology(&self) -> &Ontology {
        &self.ontology.ontology
    }

    /// The ontology's files, with all their triples.
    #[must_use]
    pub fn ontology_files(&self) -> &OntologyFiles {
        &self.ontology
    }

    /// The same store, seen as far as `scope` says.
    ///
    /// # Errors
    /// If nothing had been reported by the day asked for, or nothing happened at the time asked for; or a document's file
    /// is damaged.
    pub fn with_scope(mut self, scope: Scope) -> Result<Self, StoreError> {
        self.scope = scope;
        if scope.is_all() {
            self.kept = None;
            return Ok(self);
        }
        let cards: Vec<(String, Card)> = self.cards()?;
        let reported = |card: &Card| scope.admits_report(card.date);
        let mut kept: BTreeSet<String> = cards
            .iter()
            .filter(|(_, card)| reported(card))
            .map(|(hash, _)| hash.clone())
            .collect();
        if kept.is_empty() && !cards.is_empty() {
            let first = cards.iter().filter_map(|(_, card)| card.date).min();
            return Err(self.out_of_scope(first.map_or_else(
                || "no document says when it was published".to_owned(),
                |first| {
                    format!("nothing had been reported by then; the first report is of {first}")
                },
            )));
        }
        if scope.during.is_some() {
            self.kept = Some(kept);
            let gists = self.gists()?.into_iter();
            let telling = gists.filter(|gist| !gist.document.claims.is_empty());
            kept = telling.map(|gist| gist.document.hash).collect();
            if kept.is_empty() && !cards.is_empty() {
                return Err(self.out_of_scope("no claim is about that time".to_owned()));
            }
        }
        self.kept = Some(kept);
        Ok(self)
    }

    /// The triples of the ontology, each in the graph of its file.
    #[must_use]
    pub fn ontology_quads(&self) -> &[Quad] {
        &self.ontology.quads
    }

    /// The default graph: entities and plain edges. From the index where one is kept on disk, else from the documents.
    ///
    /// # Errors
    /// If a document's file is damaged, or the index fails.
    pub fn default_graph(&self) -> Result<Vec<Quad>, StoreError> {
        #[cfg(feature = "rocksdb")]
        if self.scope.is_all() {
            let graph = oxigraph::model::GraphNameRef::DefaultGraph;
            return self.index()?.quads_in(graph, self);
        }
        let mut all = Vec::new();
        self.default_graph_parts(|part| {
            all.extend(part);
            Ok::<_, StoreError>(())
        })?;
        Ok(all)
    }

    /// The index for queries, caught up with the files: on disk if the program was built with `RocksDB`, else in memory.
    ///
    /// # Errors
    /// If a document's file is damaged, or the index fails.
    pub fn index(&self) -> Result<Index, StoreError> {
        Index::open(self)
    }

    /// Brings an index that is kept on disk up to date with the files, if there is one: what was forgotten is then gone
    /// from it too.
    ///
    /// # Errors
    /// As [`Store::index`].
    pub fn catch_up(&self) -> Result<(), StoreError> {
        #[cfg(feature = "rocksdb")]
        if self.folder.path.join("index").is_dir() {
            self.index()?;
        }
        Ok(())
    }

    fn new(folder: Folder) -> Result<Self, StoreError> {
        let ontology = match folder.ontology() {
            Some(own) => OntologyFiles::load(&own)?,
            None => OntologyFiles::embedded().clone(),
        };
        let corrections = Corrections::load(&folder.corrections(), &ontology.ontology)?;
        Ok(Self {
            folder,
            ontology,
            corrections,
            scope: Scope::default(),
            kept: None,
            cards: Mutex::new(None),
        })
    }

    fn out_of_scope(&self, message: String) -> StoreError {
        StoreError::Scope {
            folder: self.folder.path.clone(),
            message,
        }
    }

    fn check_writable(&self) -> Result<(), StoreError> {
        if self.folder.writable {
            Ok(())
        } else {
            Err(StoreError::ReadOnly {
                folder: self.folder.path.clone(),
            })
        }
    }

    /// A thread that panicked while it held the cards left them whole: they change in single steps.
    fn lock_cards(&self) -> std::sync::MutexGuard<'_, Option<Cards>> {
        self.cards
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The cards, of which what changed since the store was written to was read.
    fn opened<'a>(&self, cards: &'a mut Option<Cards>) -> Result<&'a mut Cards, StoreError> {
        if cards.is_none() {
            *cards = Some(Cards::open(&self.folder)?);
        }
        Ok(cards.get_or_insert_default())
    }

    /// The cards, all of them read.
    fn all<'a>(&self, cards: &'a mut Option<Cards>) -> Result<&'a mut Cards, StoreError> {
        let cards = self.opened(cards)?;
        cards.read_all(&self.folder)?;
        Ok(cards)
    }
}

//! The store: a folder with a file of N-Quads per document, which is the truth, and an index for queries, which is
//! derived from the files and may be deleted at any time. Forgetting a document is removing its file; merging two
//! stores is copying files; the same readings give the same bytes, in whatever order they come.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Mutex,
};

use crate::{
    claim::{Reading, document_hash},
    ontology::{Ontology, OntologyFiles},
};

mod base;
mod derive;
mod error;
mod folder;
mod index;
mod parse;
mod quads;

pub use base::Base;
pub use derive::Facts;
pub use error::StoreError;
pub use index::{Index, Refreshed};
pub use parse::{StoredDocument, document_file_quads, parse_document};
pub use quads::{document_bytes, document_quads, sorted_lines};

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
    /// Hashes by document id, gathered from the files when first needed.
    ids: Mutex<Option<BTreeMap<String, BTreeSet<String>>>>,
}

impl Store {
    /// Makes a store in a folder that does not exist or is empty, and opens it for writing.
    ///
    /// # Errors
    /// If there is a store or something else already, or the system refuses.
    pub fn create(folder: &Path, base: &Base) -> Result<Self, StoreError> {
        Folder::create(folder, base).map(Self::new)
    }

    /// Opens a store for reading. Several processes may; none may write meanwhile.
    ///
    /// # Errors
    /// If the folder holds no store, one of another format, or one that another process is writing.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Folder::open(folder, false).map(Self::new)
    }

    /// Opens a store for writing, alone, and tidies up after a writer that was killed.
    ///
    /// # Errors
    /// If the folder holds no store, one of another format, or one that another process is using.
    pub fn open_to_write(folder: &Path) -> Result<Self, StoreError> {
        Folder::open(folder, true).map(Self::new)
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

    /// The same store, with an ontology of the user's own in place of the program's.
    #[must_use]
    pub fn with_ontology(mut self, ontology: OntologyFiles) -> Self {
        self.ontology = ontology;
        self
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

    /// Stores what was read from an article. A document with the same id and another text gives way to it.
    /// Rejected claims are not stored. Call [`Store::sync`] after the last one.
    ///
    /// # Errors
    /// [`StoreError::Unsound`] if the reading would not come back as it is (a claim that was not resolved, a mention
    /// outside the text); then nothing is stored. Otherwise if the system refuses.
    pub fn put(&self, reading: &Reading) -> Result<PutOutcome, StoreError> {
        self.check_writable()?;
        let hash = document_hash(&reading.article);
        let bytes = document_bytes(reading, self.base(), self.ontology());
        self.check_sound(reading, &hash, bytes.as_bytes())?;
        self.place(&reading.article.id, hash, bytes.as_bytes())
    }

    /// Stores a document's file as another store held it: the same bytes, if they are what this program could have
    /// written. A document with the same id and another text gives way to it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the bytes are no document of that hash under the store's base; otherwise if the system
    /// refuses.
    pub fn put_file(&self, hash: &str, bytes: &[u8]) -> Result<PutOutcome, StoreError> {
        self.check_writable()?;
        let file = self.folder.file(hash);
        let document = parse_document(bytes, hash, self.base(), self.ontology(), &file)?;
        self.place(&document.article.id, hash.to_owned(), bytes)
    }

    /// Puts a document's file in its place, and takes away those of other texts with the same id.
    fn place(&self, id: &str, hash: String, bytes: &[u8]) -> Result<PutOutcome, StoreError> {
        let mut ids = self.lock_ids();
        let ids = self.ids(&mut ids)?;
        let same_id = ids.entry(id.to_owned()).or_default();
        let known = same_id.contains(&hash);
        if known && self.folder.read(&hash)? == bytes {
            return Ok(PutOutcome::Unchanged);
        }
        let others: Vec<String> = same_id
            .iter()
            .filter(|&one| *one != hash)
            .cloned()
            .collect();
        for (index, old) in others.iter().enumerate() {
            self.folder.begin_replacing(old, &hash)?;
            if index == 0 {
                self.folder.write(&hash, bytes)?;
            }
            self.folder.end_replacing(old)?;
            same_id.remove(old);
        }
        if others.is_empty() {
            self.folder.write(&hash, bytes)?;
        }
        same_id.insert(hash);
        Ok(match (known, others.is_empty()) {
            (_, false) => PutOutcome::Replaced,
            (true, true) => PutOutcome::Updated,
            (false, true) => PutOutcome::Added,
        })
    }

    /// Forgets a document, by the id that it was read under or by its hash. Whether there was one.
    ///
    /// # Errors
    /// If the store was opened for reading, or the system refuses.
    pub fn remove(&self, document: &str) -> Result<bool, StoreError> {
        self.check_writable()?;
        let mut ids = self.lock_ids();
        let ids = self.ids(&mut ids)?;
        let hashes = ids.remove(document).unwrap_or_else(|| {
            let has = |hashes: &BTreeSet<String>| hashes.contains(document);
            let owner = ids.values_mut().find(|hashes| has(hashes));
            owner
                .and_then(|hashes| hashes.take(document))
                .into_iter()
                .collect()
        });
        for hash in &hashes {
            self.folder.remove(hash)?;
        }
        Ok(!hashes.is_empty())
    }

    /// Makes sure that what was put and removed lasts through a loss of power; a kill it survives without.
    pub fn sync(&self) {
        self.folder.sync();
    }

    /// Hashes of the stored documents, sorted.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn hashes(&self) -> Result<BTreeSet<String>, StoreError> {
        self.folder.hashes()
    }

    /// The hashes of the documents that were read under this id: one, unless stores were merged.
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn find(&self, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut ids = self.lock_ids();
        Ok(self.ids(&mut ids)?.get(id).cloned().unwrap_or_default())
    }

    /// The stored documents, sorted by hash, one after the other.
    ///
    /// # Errors
    /// If the folder cannot be listed; each item, if its file is damaged.
    pub fn documents(
        &self,
    ) -> Result<impl Iterator<Item = Result<StoredDocument, StoreError>> + '_, StoreError> {
        let hashes = self.hashes()?;
        Ok(hashes.into_iter().map(|hash| self.document(&hash)))
    }

    /// A stored document.
    ///
    /// # Errors
    /// If there is none with this hash, or its file is damaged.
    pub fn document(&self, hash: &str) -> Result<StoredDocument, StoreError> {
        let bytes = self.folder.read(hash)?;
        let file = self.folder.file(hash);
        parse_document(&bytes, hash, self.base(), self.ontology(), &file)
    }

    /// The bytes of a document's file: sorted N-Quads.
    ///
    /// # Errors
    /// If there is none with this hash.
    pub fn document_file(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        self.folder.read(hash)
    }

    /// Appends a line to the log of runs (times, counts, rejected claims: what is no part of the graph).
    ///
    /// # Errors
    /// If the store was opened for reading, or the system refuses.
    pub fn log_run(&self, run: &serde_json::Value) -> Result<(), StoreError> {
        self.check_writable()?;
        self.folder.log(&run.to_string())
    }

    /// The index for queries, caught up with the files: on disk if the program was built with `RocksDB`, else in memory.
    ///
    /// # Errors
    /// If a document's file is damaged, or the index fails.
    pub fn index(&self) -> Result<Index, StoreError> {
        Index::open(self)
    }

    fn new(folder: Folder) -> Self {
        Self {
            folder,
            ontology: OntologyFiles::embedded().clone(),
            ids: Mutex::new(None),
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

    /// Nothing is stored that could not be read back.
    fn check_sound(&self, reading: &Reading, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let file = self.folder.file(hash);
        let unsound = |message: String| StoreError::Unsound {
            document: reading.article.id.clone(),
            message,
        };
        match parse_document(bytes, hash, self.base(), self.ontology(), &file) {
            Ok(back) if back.claims.len() == reading.claims.len() => Ok(()),
            Ok(_) => Err(unsound("two claims have one name".to_owned())),
            Err(StoreError::Damaged { message, .. }) => Err(unsound(message)),
            Err(other) => Err(other),
        }
    }

    /// A thread that panicked while it held the ids left them whole: they change in single steps.
    fn lock_ids(&self) -> std::sync::MutexGuard<'_, Option<BTreeMap<String, BTreeSet<String>>>> {
        self.ids
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn ids<'a>(
        &self,
        ids: &'a mut Option<BTreeMap<String, BTreeSet<String>>>,
    ) -> Result<&'a mut BTreeMap<String, BTreeSet<String>>, StoreError> {
        if ids.is_none() {
            let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for hash in self.hashes()? {
                let bytes = self.folder.read(&hash)?;
                let file = self.folder.file(&hash);
                let id = parse::document_id(&bytes, &hash, self.base(), &file)?;
                found.entry(id).or_default().insert(hash);
            }
            *ids = Some(found);
        }
        Ok(ids.get_or_insert_default())
    }
}

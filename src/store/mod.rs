//! The store: a folder with a file of N-Quads per document, which is the truth, and an index for queries, which is
//! derived from the files and may be deleted at any time. Forgetting a document is removing its file; merging two
//! stores is copying files; the same readings give the same bytes, in whatever order they come. Corrections by hand are
//! laid over the documents when they are read, and so is what counts at a time: `document` gives what should be seen,
//! `document_as_read` what the file holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Mutex,
};

use oxigraph::model::Quad;

use crate::{
    claim::{Reading, document_hash},
    ontology::{Ontology, OntologyFiles},
};

mod base;
mod cards;
mod copies;
mod corrections;
mod derive;
mod error;
mod folder;
mod gists;
mod index;
mod parse;
mod quads;
mod scope;

pub use base::Base;
pub use cards::{Card, Provenance, bytes_hash};
pub use copies::{Sketch, independent};
pub use corrections::{Change, Correction, Corrections, What};
pub use derive::Facts;
pub use error::StoreError;
pub use gists::Gist;
pub use index::{Index, Refreshed};
pub use parse::{StoredDocument, document_file_quads, parse_document};
pub use quads::{document_bytes, document_quads, sorted_lines};
pub use scope::{During, Scope};

use cards::Cards;
use corrections::Known;
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

    /// The corrections that are laid over the documents.
    #[must_use]
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// The folder or file that the corrections stand in; it need not exist.
    #[must_use]
    pub fn corrections_path(&self) -> PathBuf {
        self.folder.corrections()
    }

    /// Takes the corrections from another folder or file from now on, if they make sense and name nothing that the store
    /// does not hold. `noted` is how the store remembers the place: absolute, or seen from its own folder.
    ///
    /// # Errors
    /// If they do not (the first reason), or the system refuses; then nothing changes.
    pub fn use_corrections(&mut self, place: &Path, noted: PathBuf) -> Result<(), StoreError> {
        self.check_writable()?;
        let corrections = Corrections::load(place, self.ontology())?;
        if let Some(error) = self.check(&corrections)?.into_iter().next() {
            return Err(error);
        }
        self.folder.set_corrections(noted)?;
        self.corrections = corrections;
        Ok(())
    }

    /// What is wrong with corrections: an error for each that names an actor, claim or document that the store does not
    /// hold. Reads all documents if there is any correction.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn check(&self, corrections: &Corrections) -> Result<Vec<StoreError>, StoreError> {
        if corrections.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = Known::default();
        for gist in self.gists_as_read()? {
            let document = gist.document;
            let (actors, claims) = (document.entities.into_iter(), document.claims.into_iter());
            known.actors.extend(actors.map(|one| one.id));
            known.claims.extend(claims.map(|one| one.id));
            known.documents.insert(document.article.id);
        }
        Ok(corrections.unknown(&known))
    }

    /// Puts a file of corrections in the place of the old one, or makes it, if all corrections together then make sense.
    ///
    /// # Errors
    /// If they do not, or the system refuses; then nothing changes.
    pub fn write_corrections(&mut self, file: &Path, text: &str) -> Result<(), StoreError> {
        self.check_writable()?;
        Corrections::of_text(text, file, self.ontology())?;
        let before = std::fs::read(file).ok();
        self.folder.write_whole_at(file, text.as_bytes())?;
        match Corrections::load(&self.folder.corrections(), self.ontology()) {
            Ok(corrections) => {
                self.corrections = corrections;
                Ok(())
            }
            Err(error) => {
                match before {
                    Some(bytes) => self.folder.write_whole_at(file, &bytes)?,
                    None => std::fs::remove_file(file)
                        .map_err(StoreError::io(file, "remove the file"))?,
                }
                Err(error)
            }
        }
    }

    /// The triples of the ontology, each in the graph of its file.
    #[must_use]
    pub fn ontology_quads(&self) -> &[Quad] {
        &self.ontology.quads
    }

    /// The bytes of the file that would be written for a document.
    #[must_use]
    pub fn written(&self, document: &StoredDocument) -> String {
        sorted_lines(&self.quads_of(document))
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
        let facts = self.facts_of_gists(None, None)?;
        Ok(facts.quads(self.base(), self.ontology()))
    }

    /// Stores what was read from an article. A document with the same id and another text gives way to it.
    /// Rejected claims are not stored. Call [`Store::sync`] after the last one.
    ///
    /// # Errors
    /// [`StoreError::Unsound`] if the reading would not come back as it is (a claim that was not resolved, a mention
    /// outside the text); then nothing is stored. Otherwise if the system refuses.
    pub fn put(&self, reading: &Reading) -> Result<PutOutcome, StoreError> {
        self.put_from(reading, &Provenance::default())
    }

    /// [`Store::put`], noting where the article came from and what read it. That is no part of the graph.
    ///
    /// # Errors
    /// As [`Store::put`].
    pub fn put_from(
        &self,
        reading: &Reading,
        provenance: &Provenance,
    ) -> Result<PutOutcome, StoreError> {
        self.check_writable()?;
        let hash = document_hash(&reading.article);
        let bytes = document_bytes(reading, self.base(), self.ontology());
        self.check_sound(reading, &hash, bytes.as_bytes())?;
        self.place(reading, &hash, bytes.as_bytes(), provenance)
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
        let reading = Reading {
            article: document.article,
            entities: document.entities,
            mentions: document.mentions,
            claims: document.claims,
            rejected: Vec::new(),
        };
        self.place(&reading, hash, bytes, &Provenance::default())
    }

    /// Puts a document's file in its place, and takes away those of other texts with the same id.
    fn place(
        &self,
        reading: &Reading,
        hash: &str,
        bytes: &[u8],
        provenance: &Provenance,
    ) -> Result<PutOutcome, StoreError> {
        let mut cards = self.lock_cards();
        let cards = self.gathered(&mut cards)?;
        let known = cards.get(hash).is_some();
        if known && self.folder.read(hash)? == bytes {
            self.note(hash, reading, bytes, provenance, cards)?;
            return Ok(PutOutcome::Unchanged);
        }
        let mut others = cards.of_id(&reading.article.id);
        others.remove(hash);
        for (index, old) in others.iter().enumerate() {
            self.folder.begin_replacing(old, hash)?;
            if index == 0 {
                self.folder.write(hash, bytes)?;
            }
            self.folder.end_replacing(old)?;
            cards.remove(old);
        }
        if others.is_empty() {
            self.folder.write(hash, bytes)?;
        }
        self.note(hash, reading, bytes, provenance, cards)?;
        Ok(match (known, others.is_empty()) {
            (_, false) => PutOutcome::Replaced,
            (true, true) => PutOutcome::Updated,
            (false, true) => PutOutcome::Added,
        })
    }

    /// Forgets a document, by the id that it was read under or by its hash. Whether there was one. Call [`Store::sync`]
    /// after the last one: only then what else is known of it is gone too.
    ///
    /// # Errors
    /// If the store was opened for reading, or the system refuses.
    pub fn remove(&self, document: &str) -> Result<bool, StoreError> {
        self.check_writable()?;
        let mut cards = self.lock_cards();
        let cards = self.gathered(&mut cards)?;
        let mut hashes = cards.of_id(document);
        if hashes.is_empty() && cards.get(document).is_some() {
            hashes.insert(document.to_owned());
        }
        for hash in &hashes {
            self.folder.remove(hash)?;
            cards.remove(hash);
        }
        Ok(!hashes.is_empty())
    }

    /// Makes sure that what was put and removed lasts through a loss of power (a kill it survives without), and that what is
    /// kept besides the documents' files is about these files and no others.
    ///
    /// # Errors
    /// If the system refuses, or the file of a document that was copied here is damaged.
    pub fn sync(&self) -> Result<(), StoreError> {
        if self.folder.writable
            && let Some(cards) = self.lock_cards().as_mut()
        {
            for hash in std::mem::take(&mut cards.unnoted) {
                let document = self.document_as_read(&hash)?;
                if let Some(card) = cards.get(&hash) {
                    let line = gists::line(&document, &card.bytes);
                    self.folder.note_gist(&gists::file(&hash), &line)?;
                }
            }
            self.compact_gists(cards)?;
            if let Some(text) = cards.rewritten() {
                self.folder.write_sources(&text)?;
            }
        }
        self.folder.sync();
        Ok(())
    }

    /// Hashes of the stored documents that count, sorted.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn hashes(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut hashes = self.folder.hashes()?;
        if let Some(kept) = &self.kept {
            hashes.retain(|hash| kept.contains(hash));
        }
        Ok(hashes)
    }

    /// The hashes of the documents that were read under this id: one, unless stores were merged.
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn find(&self, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut cards = self.lock_cards();
        let mut hashes = self.gathered(&mut cards)?.of_id(id);
        if let Some(kept) = &self.kept {
            hashes.retain(|hash| kept.contains(hash));
        }
        Ok(hashes)
    }

    /// What is known of every document without opening it, with its hash, sorted by hash.
    ///
    /// # Errors
    /// If a file that nothing is known of cannot be read.
    pub fn cards(&self) -> Result<Vec<(String, Card)>, StoreError> {
        let mut cards = self.lock_cards();
        let all = self.gathered(&mut cards)?.iter();
        let kept =
            all.filter(|(hash, _)| self.kept.as_ref().is_none_or(|kept| kept.contains(*hash)));
        Ok(kept
            .map(|(hash, card)| (hash.clone(), card.clone()))
            .collect())
    }

    /// The hashes of the bytes of the files that count, as they are now, by document hash.
    fn files_now(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut cards = self.lock_cards();
        let just_read = cards.is_none();
        let cards = self.gathered(&mut cards)?;
        let stamps = if just_read {
            let known = cards.iter();
            known
                .map(|(hash, card)| (hash.clone(), card.stamp.clone()))
                .collect()
        } else {
            self.folder.stamps()?
        };
        let counts = |hash: &String| self.kept.as_ref().is_none_or(|kept| kept.contains(hash));
        let now = stamps.into_iter().filter(|(hash, _)| counts(hash));
        now.map(|(hash, stamp)| {
            let known = cards
                .get(&hash)
                .filter(|card| !stamp.is_empty() && card.stamp == stamp);
            let bytes = match known {
                Some(card) => card.bytes.clone(),
                None => bytes_hash(&self.folder.read(&hash)?),
            };
            Ok((hash, bytes))
        })
        .collect()
    }

    /// The hash that each document's file had when it was written, as far as that was noted; see [`bytes_hash`].
    ///
    /// # Errors
    /// If the list of sources cannot be read.
    pub fn recorded(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Cards::recorded(&self.folder)
    }

    /// Whether the document is there as this very reader would read it (see [`Provenance::read`]).
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn is_read(&self, hash: &str, read: &str) -> Result<bool, StoreError> {
        let mut cards = self.lock_cards();
        let card = self.gathered(&mut cards)?.get(hash);
        Ok(card.is_some_and(|card| card.read.as_deref() == Some(read)))
    }

    /// The stored documents that count, sorted by hash, one after the other, as corrected.
    ///
    /// # Errors
    /// If the folder cannot be listed; each item, if its file is damaged.
    pub fn documents(
        &self,
    ) -> Result<impl Iterator<Item = Result<StoredDocument, StoreError>> + '_, StoreError> {
        let hashes = self.hashes()?;
        Ok(hashes.into_iter().map(|hash| self.document(&hash)))
    }

    /// A stored document, as corrected.
    ///
    /// # Errors
    /// If there is none with this hash, or its file is damaged.
    pub fn document(&self, hash: &str) -> Result<StoredDocument, StoreError> {
        let document = self.document_as_read(hash)?;
        Ok(self.layered(&document).unwrap_or(document))
    }

    /// A stored document, as its file has it.
    ///
    /// # Errors
    /// If there is none with this hash, or its file is damaged.
    pub fn document_as_read(&self, hash: &str) -> Result<StoredDocument, StoreError> {
        let bytes = self.folder.read(hash)?;
        let file = self.folder.file(hash);
        parse_document(&bytes, hash, self.base(), self.ontology(), &file)
    }

    /// The quads of a document, as corrected.
    ///
    /// # Errors
    /// If there is none with this hash, or its file is damaged.
    pub fn quads(&self, hash: &str) -> Result<Vec<Quad>, StoreError> {
        if self.has_layer() {
            let document = self.document_as_read(hash)?;
            if let Some(document) = self.layered(&document) {
                return Ok(self.quads_of(&document));
            }
        }
        document_file_quads(
            &self.folder.read(hash)?,
            hash,
            self.base(),
            &self.folder.file(hash),
        )
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

    /// Whether a document may have to be seen otherwise than it was read.
    fn has_layer(&self) -> bool {
        !self.corrections.is_empty() || self.scope.during.is_some()
    }

    /// A document as it is to be seen; `None` if that is as it was read.
    fn layered(&self, document: &StoredDocument) -> Option<StoredDocument> {
        let corrected = self.corrections.applied(document);
        if self.scope.during.is_none() {
            return corrected;
        }
        let mut seen = corrected.unwrap_or_else(|| document.clone());
        let reported = seen.article.meta.date;
        seen.claims
            .retain(|claim| self.scope.admits_claim(claim, reported));
        Some(seen)
    }

    fn quads_of(&self, document: &StoredDocument) -> Vec<Quad> {
        let reading = Reading {
            article: document.article.clone(),
            entities: document.entities.clone(),
            mentions: document.mentions.clone(),
            claims: document.claims.clone(),
            rejected: Vec::new(),
        };
        quads::quads_by(&reading, &document.written_by, self.base(), self.ontology())
    }

    /// Notes a document that has just been written, if that says anything new.
    fn note(
        &self,
        hash: &str,
        reading: &Reading,
        bytes: &[u8],
        provenance: &Provenance,
        cards: &mut Cards,
    ) -> Result<(), StoreError> {
        let card = Card {
            id: reading.article.id.clone(),
            publisher: reading.article.meta.publisher.clone(),
            date: reading.article.meta.date,
            origin: provenance.origin.clone().or_else(|| {
                // Claims from elsewhere do not change where the article came from.
                cards.get(hash).and_then(|old| old.origin.clone())
            }),
            read: provenance.read.clone(),
            bytes: bytes_hash(bytes),
            stamp: self.folder.stamp(hash).unwrap_or_default(),
        };
        if cards.get(hash) == Some(&card) {
            return Ok(());
        }
        if cards.get(hash).is_none_or(|old| old.bytes != card.bytes) || cards.unnoted.contains(hash)
        {
            let document = StoredDocument {
                hash: hash.to_owned(),
                article: reading.article.clone(),
                entities: reading.entities.clone(),
                mentions: Vec::new(),
                claims: reading.claims.clone(),
                written_by: String::new(),
            };
            let line = gists::line(&document, &card.bytes);
            self.folder.note_gist(&gists::file(hash), &line)?;
        }
        self.folder.note_source(&cards::line(hash, &card))?;
        cards.insert(hash.to_owned(), card);
        Ok(())
    }

    /// Rewrites the files of gists in which some are to go.
    fn compact_gists(&self, cards: &mut Cards) -> Result<(), StoreError> {
        let files: BTreeSet<PathBuf> = cards
            .touched()
            .iter()
            .map(|hash| gists::file(hash))
            .collect();
        for file in files {
            let own = cards.iter().filter(|(hash, _)| gists::file(hash) == file);
            let bytes = own
                .map(|(hash, card)| (hash.as_str(), card.bytes.as_str()))
                .collect();
            let text = gists::compacted(&self.folder.text(&file)?, &bytes);
            let path = self.folder.path.join(&file);
            self.folder.write_whole_at(&path, text.as_bytes())?;
        }
        Ok(())
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

    /// A thread that panicked while it held the cards left them whole: they change in single steps.
    fn lock_cards(&self) -> std::sync::MutexGuard<'_, Option<Cards>> {
        self.cards
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn gathered<'a>(&self, cards: &'a mut Option<Cards>) -> Result<&'a mut Cards, StoreError> {
        if cards.is_none() {
            *cards = Some(Cards::load(&self.folder)?);
        }
        Ok(cards.get_or_insert_default())
    }
}

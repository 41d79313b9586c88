//! Documents into a store and out of it. A document's file is written beside its place, made to last, and only then put
//! there; what else is kept of documents follows.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

use super::{
    Card, Provenance, PutOutcome, Store, StoreError, bytes_hash, cards,
    cards::Cards,
    document_quads,
    folder::TICK,
    gists,
    parse::{document_from_quads, parse_document},
    quads::sorted_unique,
};
use crate::claim::{Reading, document_hash};

impl Store {
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
        let quads = document_quads(reading, self.base(), self.ontology());
        let (bytes, places) = sorted_unique(&quads);
        self.check_sound(reading, &hash, || places.iter().map(|at| &quads[*at]))?;
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
        if self.holds(hash, bytes)? {
            let mut cards = self.lock_cards();
            let cards = self.opened(&mut cards)?;
            self.note(hash, reading, bytes, provenance, cards)?;
            return Ok(PutOutcome::Unchanged);
        }
        // The slow part, in which threads need not wait for one another.
        let prepared = self.folder.prepare(hash, bytes)?;
        let mut cards = self.lock_cards();
        let cards = self.opened(&mut cards)?;
        let known = cards.get(hash, &self.folder)?.is_some();
        let mut others = cards.of_id(&reading.article.id, &self.folder)?;
        others.remove(hash);
        if let Some(first) = others.first() {
            self.folder.begin_replacing(first, hash)?;
        }
        self.folder.put_in_place(hash, prepared)?;
        for (index, old) in others.iter().enumerate() {
            if index > 0 {
                self.folder.begin_replacing(old, hash)?;
            }
            self.folder.end_replacing(old)?;
            cards.remove(old, &self.folder)?;
        }
        self.note(hash, reading, bytes, provenance, cards)?;
        Ok(match (known, others.is_empty()) {
            (_, false) => PutOutcome::Replaced,
            (true, true) => PutOutcome::Updated,
            (false, true) => PutOutcome::Added,
        })
    }

    /// Whether the document is there with these very bytes.
    fn holds(&self, hash: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let mut cards = self.lock_cards();
        let known = self.opened(&mut cards)?.get(hash, &self.folder)?.is_some();
        Ok(known && self.folder.read(hash)? == bytes)
    }

    /// Forgets a document, by the id that it was read under or by its hash. Whether there was one. Call [`Store::sync`]
    /// after the last one: only then what else is known of it is gone too.
    ///
    /// # Errors
    /// If the store was opened for reading, or the system refuses.
    pub fn remove(&self, document: &str) -> Result<bool, StoreError> {
        self.check_writable()?;
        let mut cards = self.lock_cards();
        let cards = self.opened(&mut cards)?;
        let mut hashes = cards.of_id(document, &self.folder)?;
        if hashes.is_empty() && cards.get(document, &self.folder)?.is_some() {
            hashes.insert(document.to_owned());
        }
        for hash in &hashes {
            self.folder.remove(hash)?;
            cards.remove(hash, &self.folder)?;
        }
        Ok(!hashes.is_empty())
    }

    /// Makes sure that what was put and removed lasts through a loss of power (a kill it survives without), and that what is
    /// kept besides the documents' files is about these files and no others.
    ///
    /// # Errors
    /// If the system refuses, or the file of a document that was copied here is damaged.
    pub fn sync(&self) -> Result<(), StoreError> {
        let changed = self.folder.changed();
        self.folder.sync();
        let mut cards = self.lock_cards();
        let Some(cards) = cards.as_mut().filter(|_| self.folder.writable) else {
            return Ok(());
        };
        for hash in cards.take_unnoted() {
            let document = self.document_as_read(&hash)?;
            if let Some(card) = cards.get(&hash, &self.folder)? {
                let (article, entities) = (&document.article, &document.entities);
                let line = gists::line(&hash, article, entities, &document.claims, &card.bytes);
                self.folder.note_gist(&gists::file(&hash), &line)?;
            }
        }
        self.compact_gists(cards)?;
        if let Some(text) = cards.rewritten() {
            self.folder.write_sources(&text)?;
        }
        if !changed.is_empty() {
            // Then nothing can come into these folders without changing their times.
            std::thread::sleep(TICK + TICK / 10);
            cards.settle(&changed, &self.folder)?;
        }
        if let Some(text) = cards.ledger(&self.folder)? {
            self.folder.write_ledger(&text)?;
        }
        Ok(())
    }

    /// Appends a line to the log of runs (times, counts, rejected claims: what is no part of the graph).
    ///
    /// # Errors
    /// If the store was opened for reading, or the system refuses.
    pub fn log_run(&self, run: &serde_json::Value) -> Result<(), StoreError> {
        self.check_writable()?;
        self.folder.log(&run.to_string())
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
        let old = cards.get(hash, &self.folder)?.cloned();
        let card = Card {
            id: reading.article.id.clone(),
            publisher: reading.article.meta.publisher.clone(),
            date: reading.article.meta.date,
            origin: provenance.origin.clone().or_else(|| {
                // Claims from elsewhere do not change where the article came from.
                old.as_ref().and_then(|old| old.origin.clone())
            }),
            read: provenance.read.clone(),
            bytes: bytes_hash(bytes),
            stamp: self.folder.stamp(hash).unwrap_or_default(),
        };
        if old.as_ref() == Some(&card) {
            return Ok(());
        }
        if old.is_none_or(|old| old.bytes != card.bytes) || cards.is_unnoted(hash) {
            let (article, entities) = (&reading.article, &reading.entities);
            let line = gists::line(hash, article, entities, &reading.claims, &card.bytes);
            self.folder.note_gist(&gists::file(hash), &line)?;
        }
        self.folder.note_source(&cards::line(hash, &card))?;
        cards.insert(hash.to_owned(), card, &self.folder)
    }

    /// Rewrites the files of gists in which some are to go.
    fn compact_gists(&self, cards: &mut Cards) -> Result<(), StoreError> {
        let touched = cards.take_touched();
        let shards: BTreeSet<&str> = touched.iter().map(|hash| gists::shard(hash)).collect();
        for shard in shards {
            let file = gists::file(shard);
            let bytes = cards.folder(shard, &self.folder)?.iter();
            let bytes = bytes
                .map(|(hash, card)| (hash.as_str(), card.bytes.as_str()))
                .collect();
            let text = gists::compacted(&self.folder.text(&file)?, &bytes);
            self.folder.write_derived(&file, &text)?;
        }
        Ok(())
    }

    /// Nothing is stored that could not be read back.
    fn check_sound<'a, I: Iterator<Item = &'a Quad>>(
        &self,
        reading: &Reading,
        hash: &str,
        quads: impl Fn() -> I,
    ) -> Result<(), StoreError> {
        let unsound = |message: String| StoreError::Unsound {
            document: reading.article.id.clone(),
            message,
        };
        // Parsing the bytes again would take most of the time of storing; all that it would find besides is this.
        if let Some(name) = wrong_name(quads()) {
            return Err(unsound(format!("<{name}> is no IRI")));
        }
        match document_from_quads(quads(), hash, self.base(), self.ontology()) {
            Ok(back) if back.claims.len() == reading.claims.len() => Ok(()),
            Ok(_) => Err(unsound("two claims have one name".to_owned())),
            Err(flaw) => Err(unsound(format!("<{}>: {}", flaw.subject, flaw.message))),
        }
    }
}

/// The first name among subjects and objects that is no IRI. Those of predicates and graphs are the program's own.
fn wrong_name<'a>(quads: impl Iterator<Item = &'a Quad>) -> Option<String> {
    let names: BTreeSet<&str> = quads
        .flat_map(|quad| {
            let subject = match &quad.subject {
                NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
                NamedOrBlankNode::BlankNode(_) => None,
            };
            let object = match &quad.object {
                Term::NamedNode(node) => Some(node.as_str()),
                _ => None,
            };
            [subject, object].into_iter().flatten()
        })
        .collect();
    let wrong = names
        .into_iter()
        .find(|name| NamedNode::new(*name).is_err());
    wrong.map(str::to_owned)
}

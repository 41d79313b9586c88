//! Documents into a store and out of it. A document's file is written beside its place, made to last, and only then put
//! there; what else is kept of documents follows.

use std::collections::BTreeSet;

use super::{
    Card, Provenance, PutOutcome, Store, StoreError, StoredDocument, bytes_hash, cards,
    cards::Cards, document_bytes, gists, parse_document,
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
        if self.holds(hash, bytes)? {
            let mut cards = self.lock_cards();
            let cards = self.gathered(&mut cards)?;
            self.note(hash, reading, bytes, provenance, cards)?;
            return Ok(PutOutcome::Unchanged);
        }
        // The slow part, in which threads need not wait for one another.
        let prepared = self.folder.prepare(hash, bytes)?;
        let mut cards = self.lock_cards();
        let cards = self.gathered(&mut cards)?;
        let known = cards.get(hash).is_some();
        let mut others = cards.of_id(&reading.article.id);
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
            cards.remove(old);
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
        let known = self.gathered(&mut cards)?.get(hash).is_some();
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
        let touched = cards.touched();
        let shards: BTreeSet<&str> = touched.iter().map(|hash| gists::shard(hash)).collect();
        for shard in shards {
            let file = gists::file(shard);
            let bytes = cards
                .beginning(shard)
                .map(|(hash, card)| (hash.as_str(), card.bytes.as_str()))
                .collect();
            let text = gists::compacted(&self.folder.text(&file)?, &bytes);
            let path = self.folder.path.join(&file);
            self.folder.write_whole_at(&path, text.as_bytes())?;
        }
        Ok(())
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
}

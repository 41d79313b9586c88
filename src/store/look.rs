//! What a store holds: documents by hash and by id, as they were read and as they are to be seen.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Quad;

use super::{
    Card, Store, StoreError, StoredDocument, cards, cards::Cards, document_file_quads,
    parse::document_text, parse_document, quads, sorted_lines,
};
use crate::claim::Reading;

impl Store {
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
        let mut hashes = self.opened(&mut cards)?.of_id(id, &self.folder)?;
        if let Some(kept) = &self.kept {
            hashes.retain(|hash| kept.contains(hash));
        }
        Ok(hashes)
    }

    /// What is known of the documents that were read under this id or have this hash, with their hashes, sorted. However
    /// many documents there are, only some of their cards are read.
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn cards_of(&self, document: &str) -> Result<Vec<(String, Card)>, StoreError> {
        let mut cards = self.lock_cards();
        let cards = self.opened(&mut cards)?;
        let mut hashes = cards.of_id(document, &self.folder)?;
        hashes.insert(document.to_owned());
        let mut found = Vec::new();
        for hash in hashes {
            let counts = self.kept.as_ref().is_none_or(|kept| kept.contains(&hash));
            if let Some(card) = cards.get(&hash, &self.folder)?.filter(|_| counts) {
                found.push((hash, card.clone()));
            }
        }
        Ok(found)
    }

    /// What is known of every document without opening it, with its hash, sorted by hash.
    ///
    /// # Errors
    /// If a file that nothing is known of cannot be read.
    pub fn cards(&self) -> Result<Vec<(String, Card)>, StoreError> {
        self.cards_that(|_, _| true)
    }

    /// [`Store::cards`], but only those that are `wanted`.
    ///
    /// # Errors
    /// As [`Store::cards`].
    pub fn cards_that(
        &self,
        wanted: impl Fn(&str, &Card) -> bool,
    ) -> Result<Vec<(String, Card)>, StoreError> {
        let mut cards = self.lock_cards();
        Ok(self.chosen(self.all(&mut cards)?, wanted))
    }

    /// [`Store::cards_that`], but only of documents from files whose paths begin with one of these. However many documents
    /// there are, only some of their cards are read.
    ///
    /// # Errors
    /// As [`Store::cards`].
    pub fn cards_from(
        &self,
        starts: &[String],
        wanted: impl Fn(&str, &Card) -> bool,
    ) -> Result<Vec<(String, Card)>, StoreError> {
        let mut cards = self.lock_cards();
        let cards = self.opened(&mut cards)?;
        for start in starts {
            cards.read_from(start, &self.folder)?;
        }
        let begins = |card: &Card| {
            let origin = card.origin.as_deref();
            origin.is_some_and(|origin| starts.iter().any(|start| origin.starts_with(start)))
        };
        Ok(self.chosen(cards, |hash, card| begins(card) && wanted(hash, card)))
    }

    fn chosen(&self, cards: &Cards, wanted: impl Fn(&str, &Card) -> bool) -> Vec<(String, Card)> {
        let all = cards.iter();
        let counts = |hash: &String| self.kept.as_ref().is_none_or(|kept| kept.contains(hash));
        let kept = all.filter(|(hash, card)| counts(hash) && wanted(hash, card));
        kept.map(|(hash, card)| (hash.clone(), card.clone()))
            .collect()
    }

    /// The hashes of the bytes of the files that count, as they are now, by document hash.
    pub(super) fn files_now(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut cards = self.lock_cards();
        self.opened(&mut cards)?.look(&self.folder)?;
        drop(cards);
        self.files()
    }

    /// The hashes of the bytes of the files that count, as they were last looked at, by document hash.
    pub(super) fn files(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut cards = self.lock_cards();
        let counts = |hash: &String| self.kept.as_ref().is_none_or(|kept| kept.contains(hash));
        let known = self.all(&mut cards)?.iter();
        let known = known.filter(|(hash, _)| counts(hash));
        Ok(known
            .map(|(hash, card)| (hash.clone(), card.bytes.clone()))
            .collect())
    }

    /// The digests of all folders of documents as they are now, by name.
    #[cfg(feature = "rocksdb")]
    pub(super) fn digests_now(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut cards = self.lock_cards();
        let cards = self.opened(&mut cards)?;
        cards.look(&self.folder)?;
        Ok(cards.digests())
    }

    /// The hashes of the bytes of the files in a folder of documents, as it was last looked at.
    #[cfg(feature = "rocksdb")]
    pub(super) fn files_in(&self, name: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let mut cards = self.lock_cards();
        let cards = self.opened(&mut cards)?.folder(name, &self.folder)?;
        Ok(cards
            .iter()
            .map(|(hash, card)| (hash.clone(), card.bytes.clone()))
            .collect())
    }

    /// The hash that each document's file had when it was written, as far as that was noted; see [`bytes_hash`].
    ///
    /// # Errors
    /// If the list of sources cannot be read.
    pub fn recorded(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(cards::recorded(&self.folder.sources()?))
    }

    /// Whether the document is there as this very reader would read it (see [`Provenance::read`]).
    ///
    /// # Errors
    /// If the files cannot be read.
    pub fn is_read(&self, hash: &str, read: &str) -> Result<bool, StoreError> {
        let mut cards = self.lock_cards();
        let card = self.opened(&mut cards)?.get(hash, &self.folder)?;
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

    /// The text of a stored document.
    ///
    /// # Errors
    /// If there is none with this hash, or its text is damaged.
    pub fn text(&self, hash: &str) -> Result<String, StoreError> {
        let (bytes, file) = (self.folder.read(hash)?, self.folder.file(hash));
        match document_text(&bytes, hash, self.base(), &file)? {
            Some(text) => Ok(text),
            // The slower way says what is wrong.
            None => Ok(self.document_as_read(hash)?.article.text),
        }
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

    /// The bytes of the file that would be written for a document.
    #[must_use]
    pub fn written(&self, document: &StoredDocument) -> String {
        sorted_lines(&self.quads_of(document))
    }

    /// Whether a document may have to be seen otherwise than it was read.
    pub(super) fn has_layer(&self) -> bool {
        !self.corrections.is_empty() || self.scope.during.is_some()
    }

    /// A document as it is to be seen; `None` if that is as it was read.
    pub(super) fn layered(&self, document: &StoredDocument) -> Option<StoredDocument> {
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

    pub(super) fn quads_of(&self, document: &StoredDocument) -> Vec<Quad> {
        let reading = Reading {
            article: document.article.clone(),
            entities: document.entities.clone(),
            mentions: document.mentions.clone(),
            claims: document.claims.clone(),
            rejected: Vec::new(),
        };
        quads::quads_by(&reading, &document.written_by, self.base(), self.ontology())
    }
}

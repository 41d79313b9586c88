//! The gist of each document: its entities, and its claims with their quotes, without text, mentions and reasons. Views of a
//! whole store are made from gists, which are a fiftieth of the documents' files. They are derived: a line a document, in
//! `gists/`, one file per first two digits of the hash so that little is written anew when a document goes. What is
//! missing there is made from the document's file.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Store, StoreError, StoredDocument};
use crate::{
    claim::{Claim, Entity},
    document::{Article, Lang, Metadata},
};

/// What views need of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Gist {
    /// The document with an empty text, without mentions and without the claims' reasons.
    pub document: StoredDocument,
    /// The words that each claim rests on, by its id.
    pub quotes: BTreeMap<String, String>,
}

/// A gist as it is written.
#[derive(Serialize, Deserialize)]
struct Line {
    hash: String,
    /// Hash of the bytes of the file that it was made from.
    bytes: String,
    id: String,
    lang: Lang,
    meta: Metadata,
    entities: Vec<Entity>,
    claims: Vec<Told>,
}

#[derive(Serialize, Deserialize)]
struct Told {
    quote: String,
    claim: Claim,
}

impl Gist {
    /// The gist of a document.
    #[must_use]
    pub fn of(document: &StoredDocument) -> Self {
        Self::from(Line::of(document, ""))
    }
}

impl Line {
    fn of(document: &StoredDocument, bytes: &str) -> Self {
        let told = |claim: &Claim| Told {
            quote: claim.evidence.slice(&document.article.text).to_owned(),
            claim: Claim {
                because: Vec::new(),
                ..claim.clone()
            },
        };
        Self {
            hash: document.hash.clone(),
            bytes: bytes.to_owned(),
            id: document.article.id.clone(),
            lang: document.article.lang,
            meta: document.article.meta.clone(),
            entities: document.entities.clone(),
            claims: document.claims.iter().map(told).collect(),
        }
    }
}

impl From<Line> for Gist {
    fn from(line: Line) -> Self {
        let mut quotes = BTreeMap::new();
        let mut claims = Vec::with_capacity(line.claims.len());
        for told in line.claims {
            quotes.insert(told.claim.id.clone(), told.quote);
            claims.push(told.claim);
        }
        let article = Article {
            id: line.id,
            lang: line.lang,
            text: String::new(),
            paragraphs: Vec::new(),
            set_aside: Vec::new(),
            meta: line.meta,
            mentions: None,
            extra: BTreeMap::new(),
        };
        Self {
            document: StoredDocument {
                hash: line.hash,
                article,
                entities: line.entities,
                mentions: Vec::new(),
                claims,
                written_by: String::new(),
            },
            quotes,
        }
    }
}

/// The line of a document, with its line break.
pub(super) fn line(document: &StoredDocument, bytes: &str) -> String {
    // Strings, numbers and dates always have a JSON form.
    serde_json::to_string(&Line::of(document, bytes)).unwrap_or_default() + "\n"
}

/// The file of the store in which a document's gist stands.
pub(super) fn file(hash: &str) -> PathBuf {
    let shard = hash.get(..2).unwrap_or("__");
    PathBuf::from("gists").join(format!("{shard}.jsonl"))
}

/// A file of gists with the last line of each document that is still there as it was, by `bytes` of its file.
pub(super) fn compacted(text: &str, bytes: &BTreeMap<&str, &str>) -> String {
    #[derive(Deserialize)]
    struct Head {
        hash: String,
        bytes: String,
    }
    let mut kept: BTreeMap<String, &str> = BTreeMap::new();
    for line in text.lines() {
        if let Ok(head) = serde_json::from_str::<Head>(line)
            && bytes.get(&*head.hash) == Some(&&*head.bytes)
        {
            kept.insert(head.hash, line);
        }
    }
    kept.into_values().map(|line| format!("{line}\n")).collect()
}

impl Store {
    /// The gists of all documents that count, as corrected, sorted by hash.
    ///
    /// # Errors
    /// If a document whose gist is missing has a damaged file.
    pub fn gists(&self) -> Result<Vec<Gist>, StoreError> {
        let seen = |mut gist: Gist| {
            if let Some(document) = self.layered(&gist.document) {
                gist.document = document;
            }
            gist
        };
        let gists = self.gists_as_read()?;
        Ok(gists.into_par_iter().map(seen).collect())
    }

    /// The gists of all documents that count, as their files have them, sorted by hash.
    pub(super) fn gists_as_read(&self) -> Result<Vec<Gist>, StoreError> {
        let cards = self.cards()?;
        let mut shards: BTreeMap<PathBuf, BTreeMap<&str, &str>> = BTreeMap::new();
        for (hash, card) in &cards {
            let shard = shards.entry(file(hash)).or_default();
            shard.insert(hash, &card.bytes);
        }
        let shards: Vec<(PathBuf, BTreeMap<&str, &str>)> = shards.into_iter().collect();
        let read = |(shard, wanted): &(PathBuf, BTreeMap<&str, &str>)| self.shard(shard, wanted);
        let gists: Vec<Vec<Gist>> = shards.par_iter().map(read).collect::<Result<_, _>>()?;
        Ok(gists.into_iter().flatten().collect())
    }

    /// The gists that are wanted from a file of them, by hash and the hash of the document's file.
    fn shard(
        &self,
        shard: &PathBuf,
        wanted: &BTreeMap<&str, &str>,
    ) -> Result<Vec<Gist>, StoreError> {
        let mut found: BTreeMap<String, Gist> = BTreeMap::new();
        for line in self.folder.text(shard)?.lines() {
            // A line cut short, or of another version, is made again.
            if let Ok(line) = serde_json::from_str::<Line>(line)
                && wanted.get(&*line.hash) == Some(&&*line.bytes)
            {
                found.insert(line.hash.clone(), line.into());
            }
        }
        let missing: BTreeSet<&str> = wanted
            .keys()
            .copied()
            .filter(|hash| !found.contains_key(*hash))
            .collect();
        for hash in missing {
            let document = self.document_as_read(hash)?;
            found.insert(hash.to_owned(), Gist::of(&document));
        }
        Ok(found.into_values().collect())
    }
}

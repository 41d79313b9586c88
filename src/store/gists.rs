//! The gist of each document: its entities, and its claims with their quotes, without text, mentions and reasons. Views of a
//! whole store are made from gists, which are a fiftieth of the documents' files. They are derived: a line a document, in
//! `gists/`, one file per first two digits of the hash so that little is written anew when a document goes. What is
//! missing there is made from the document's file.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Facts, Sketch, Store, StoreError, StoredDocument};
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
    PathBuf::from("gists").join(format!("{}.jsonl", shard(hash)))
}

/// The digits of a document's hash by which its file of gists is called.
pub(super) fn shard(hash: &str) -> &str {
    hash.get(..2).unwrap_or("__")
}

/// A file of gists with the last line of each document that is still there as it was, by `bytes` of its file.
pub(super) fn compacted(text: &str, bytes: &BTreeMap<&str, &str>) -> String {
    let mut kept: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines() {
        if let Some((hash, file)) = head(line)
            && bytes.get(hash) == Some(&file)
        {
            kept.insert(hash, line);
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
        Ok(self
            .map_gists(|gists| gists)?
            .into_iter()
            .flatten()
            .collect())
    }

    /// What `make` makes of the gists of all documents that count, as corrected: some hundred at a time, side by side, in
    /// the order of their hashes. Only what is made is held.
    ///
    /// # Errors
    /// As [`Store::gists`].
    pub fn map_gists<R: Send>(
        &self,
        make: impl Fn(Vec<Gist>) -> R + Sync,
    ) -> Result<Vec<R>, StoreError> {
        self.map_shards(&|_| true, |gists| {
            let seen = |mut gist: Gist| {
                if let Some(document) = self.layered(&gist.document) {
                    gist.document = document;
                }
                gist
            };
            make(gists.into_iter().map(seen).collect())
        })
    }

    /// What all documents that count say, as corrected. Their texts are only read where several tell one event.
    ///
    /// # Errors
    /// As [`Store::gists`].
    pub fn facts(&self) -> Result<Facts, StoreError> {
        self.facts_of_gists(None, None)
    }

    /// What the documents say of some entities (of themselves, and in claims with one of them on either side) and of some
    /// events.
    ///
    /// # Errors
    /// As [`Store::gists`].
    pub fn facts_about(
        &self,
        entities: &BTreeSet<String>,
        events: &BTreeSet<String>,
    ) -> Result<Facts, StoreError> {
        self.facts_of_gists(Some(entities), Some(events))
    }

    /// What the documents say, of some entities and events or of all.
    pub(super) fn facts_of_gists(
        &self,
        entities: Option<&BTreeSet<String>>,
        events: Option<&BTreeSet<String>>,
    ) -> Result<Facts, StoreError> {
        let finder = self.finder(entities, events);
        let names_one = |line: &str| finder.as_ref().is_none_or(|finder| finder.is_match(line));
        let parts = self.map_shards(&names_one, |gists| {
            let (mut facts, mut tellings) = (Facts::default(), Tellings::new());
            for gist in gists {
                let document = self.layered(&gist.document).unwrap_or(gist.document);
                match entities {
                    Some(entities) => facts.add_about(&document, entities),
                    None => facts.add_said(&document),
                }
                let told = document
                    .claims
                    .iter()
                    .filter_map(|claim| claim.event_id.as_ref());
                for event in told.filter(|&id| events.is_none_or(|events| events.contains(id))) {
                    let documents = tellings.entry(event.clone()).or_default();
                    documents.insert(document.hash.clone());
                }
            }
            (facts, tellings)
        })?;
        let (mut facts, mut tellings) = (Facts::default(), Tellings::new());
        for (said, told) in parts {
            facts.merge(said);
            for (event, documents) in told {
                tellings.entry(event).or_default().extend(documents);
            }
        }
        self.add_tellings(tellings, &mut facts)?;
        Ok(facts)
    }

    /// Most lines name none of the entities and events and need not be read; unless they are named otherwise than they are
    /// corrected, or there are too many to look for.
    fn finder(
        &self,
        entities: Option<&BTreeSet<String>>,
        events: Option<&BTreeSet<String>>,
    ) -> Option<AhoCorasick> {
        let names: Vec<String> = entities?
            .iter()
            .chain(events?)
            .map(|id| serde_json::Value::from(id.as_str()).to_string())
            .collect();
        if !self.corrections.is_empty() || names.len() > FEW {
            return None;
        }
        AhoCorasick::new(names).ok()
    }

    /// How many tell an event is only counted where several do, and only there their texts are needed.
    fn add_tellings(&self, tellings: Tellings, facts: &mut Facts) -> Result<(), StoreError> {
        let several = tellings
            .into_iter()
            .filter(|(_, documents)| documents.len() > 1);
        let several: Vec<(String, BTreeSet<String>)> = several.collect();
        let needed: BTreeSet<&String> = several
            .iter()
            .flat_map(|(_, documents)| documents)
            .collect();
        let sketches: BTreeMap<&String, Sketch> = needed
            .into_par_iter()
            .map(|hash| {
                let document = self.document_as_read(hash)?;
                Ok((hash, Sketch::of(&document.article.text)))
            })
            .collect::<Result<_, StoreError>>()?;
        for (event, documents) in &several {
            for hash in documents {
                if let Some(sketch) = sketches.get(hash) {
                    facts.add_telling(event, hash, sketch.clone());
                }
            }
        }
        Ok(())
    }

    /// The gists of all documents that count, as their files have them, sorted by hash.
    pub(super) fn gists_as_read(&self) -> Result<Vec<Gist>, StoreError> {
        let shards = self.map_shards(&|_| true, |gists| gists)?;
        Ok(shards.into_iter().flatten().collect())
    }

    fn map_shards<R: Send>(
        &self,
        wants: &(dyn Fn(&str) -> bool + Sync),
        make: impl Fn(Vec<Gist>) -> R + Sync,
    ) -> Result<Vec<R>, StoreError> {
        let cards = self.cards()?;
        let mut shards: BTreeMap<PathBuf, BTreeMap<&str, &str>> = BTreeMap::new();
        for (hash, card) in &cards {
            let shard = shards.entry(file(hash)).or_default();
            shard.insert(hash, &card.bytes);
        }
        let shards: Vec<(PathBuf, BTreeMap<&str, &str>)> = shards.into_iter().collect();
        shards
            .par_iter()
            .map(|(shard, bytes)| self.shard(shard, bytes, wants).map(&make))
            .collect()
    }

    /// The gists in a file of them whose lines are wanted, of documents given by hash and the hash of their files.
    fn shard(
        &self,
        shard: &Path,
        bytes: &BTreeMap<&str, &str>,
        wants: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Gist>, StoreError> {
        let mut found: BTreeMap<String, Gist> = BTreeMap::new();
        let mut missing: BTreeSet<&str> = bytes.keys().copied().collect();
        for text in self.folder.text(shard)?.lines() {
            // A line cut short, or of another version, is made again.
            let Some((hash, file)) = head(text) else {
                continue;
            };
            if bytes.get(hash) != Some(&file) {
                continue;
            }
            if !wants(text) {
                missing.remove(hash);
            } else if let Ok(line) = serde_json::from_str::<Line>(text) {
                missing.remove(hash);
                found.insert(line.hash.clone(), line.into());
            }
        }
        for hash in missing {
            let document = self.document_as_read(hash)?;
            found.insert(hash.to_owned(), Gist::of(&document));
        }
        Ok(found.into_values().collect())
    }
}

/// The documents that tell each event.
type Tellings = BTreeMap<String, BTreeSet<String>>;

/// Names up to which a line is looked through for them before it is read.
const FEW: usize = 2000;

/// The hashes at the beginning of a line.
fn head(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("{\"hash\":\"")?;
    let (hash, rest) = rest.split_once("\",\"bytes\":\"")?;
    let (bytes, _) = rest.split_once('"')?;
    // A line that was cut short does not end as one that was not.
    line.ends_with('}').then_some((hash, bytes))
}

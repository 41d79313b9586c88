//! What a store knows of its documents without opening them: id, publisher, date, and what is no part of the graph: the
//! file that a document came from, and which version of the program and its knowledge read it. Kept in `sources.jsonl`,
//! a line a document, the last one counts. It is a help only: a line that is missing, torn or older than the document's
//! file is made again from that file, without what only the line knew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    ops::Bound,
    path::Path,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{StoreError, base::Base, folder::Folder, parse};
use crate::document::PartialDate;

/// Where a document came from and what read it; what is not known stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The file that the article was in, as an absolute path.
    pub origin: Option<String>,
    /// Hash of the article with its metadata, of the program and of all that it knew.
    pub read: Option<String>,
}

/// A document at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The id that it was read under.
    pub id: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// See [`Provenance::origin`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// See [`Provenance::read`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// Hash of the bytes of the document's file.
    #[serde(default)]
    pub bytes: String,
    /// Size and time of the document's file when the line was written.
    #[serde(default)]
    pub(super) stamp: String,
}

impl Card {
    /// Whether it is about the document's file as it is now.
    fn fits(&self, stamp: &str) -> bool {
        !stamp.is_empty() && self.stamp == stamp && !self.bytes.is_empty()
    }
}

/// So many ids are looked for one after the other before they are gathered: who adds or forgets an article asks for one.
const FEW: usize = 8;

/// A line as it is written.
#[derive(Serialize)]
struct Line<'a> {
    hash: &'a str,
    #[serde(flatten)]
    card: &'a Card,
}

/// The cards of all documents, by hash.
#[derive(Debug, Default)]
pub(super) struct Cards {
    cards: BTreeMap<String, Card>,
    /// Hashes by id, gathered once it was asked for some.
    ids: Option<BTreeMap<String, BTreeSet<String>>>,
    /// How many ids were looked for without that.
    asked: usize,
    /// Whether the file holds lines that say nothing any more.
    stale: bool,
    /// Documents whose gists are to be written anew or to go.
    touched: BTreeSet<String>,
    /// Documents of which there was no line that fits their files.
    pub(super) unnoted: BTreeSet<String>,
}

impl Cards {
    /// Reads the cards of the documents that are there.
    pub(super) fn load(folder: &Folder) -> Result<Self, StoreError> {
        let lines = lines(&folder.sources()?);
        let count = lines.len();
        // Of several lines of a document the last one counts.
        let known: BTreeMap<String, Card> = lines.into_iter().flatten().collect();
        let mut all = Self {
            stale: known.len() < count,
            ..Self::default()
        };
        let (mut fitting, mut unknown) = (Vec::with_capacity(known.len()), Vec::new());
        // Both are sorted. What is known of documents that are gone is stale.
        let mut known = known.into_iter().peekable();
        for (hash, stamp) in folder.stamps()? {
            while let Some((gone, _)) = known.next_if(|(other, _)| *other < hash) {
                all.touched.insert(gone);
            }
            match known.next_if(|(other, _)| *other == hash) {
                Some((_, card)) if card.fits(&stamp) => fitting.push((hash, card)),
                _ => unknown.push((hash, stamp)),
            }
        }
        all.touched.extend(known.map(|(gone, _)| gone));
        all.stale |= !all.touched.is_empty();
        all.cards = fitting.into_iter().collect();
        let read: Vec<(String, Card)> = unknown
            .into_par_iter()
            .map(|(hash, stamp)| {
                let card = read(
                    &folder.read(&hash)?,
                    &hash,
                    &folder.base,
                    &folder.file(&hash),
                )?;
                Ok((hash, Card { stamp, ..card }))
            })
            .collect::<Result<_, StoreError>>()?;
        for (hash, card) in read {
            all.unnoted.insert(hash.clone());
            all.add(hash, card);
        }
        all.stale |= !all.unnoted.is_empty();
        Ok(all)
    }

    /// The hash that each document's file had when it was written, as far as that was noted.
    pub(super) fn recorded(folder: &Folder) -> Result<BTreeMap<String, String>, StoreError> {
        let noted = lines(&folder.sources()?).into_iter().flatten();
        Ok(noted
            .filter(|(_, card)| !card.bytes.is_empty())
            .map(|(hash, card)| (hash, card.bytes))
            .collect())
    }

    pub(super) fn get(&self, hash: &str) -> Option<&Card> {
        self.cards.get(hash)
    }

    /// Hashes of the documents with this id.
    pub(super) fn of_id(&mut self, id: &str) -> BTreeSet<String> {
        if self.ids.is_none() && self.asked < FEW {
            self.asked += 1;
            let same = self.cards.iter().filter(|(_, card)| card.id == id);
            return same.map(|(hash, _)| hash.clone()).collect();
        }
        let ids = self.ids.get_or_insert_with(|| {
            let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (hash, card) in &self.cards {
                ids.entry(card.id.clone()).or_default().insert(hash.clone());
            }
            ids
        });
        ids.get(id).cloned().unwrap_or_default()
    }

    /// The cards of documents whose hashes begin so.
    pub(super) fn beginning<'a>(
        &'a self,
        start: &'a str,
    ) -> impl Iterator<Item = (&'a String, &'a Card)> {
        let bounds = (Bound::Included(start), Bound::Unbounded);
        let from = self.cards.range::<str, _>(bounds);
        from.take_while(move |(hash, _)| hash.starts_with(start))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Card)> {
        self.cards.iter()
    }

    pub(super) fn insert(&mut self, hash: String, card: Card) {
        if self.cards.contains_key(&hash) {
            self.stale = true;
            self.touched.insert(hash.clone());
        }
        self.unnoted.remove(&hash);
        self.add(hash, card);
    }

    pub(super) fn remove(&mut self, hash: &str) {
        let Some(card) = self.cards.remove(hash) else {
            return;
        };
        self.stale = true;
        self.touched.insert(hash.to_owned());
        self.unnoted.remove(hash);
        if let Some(hashes) = self.ids.as_mut().and_then(|ids| ids.get_mut(&card.id)) {
            hashes.remove(hash);
        }
    }

    /// The whole file, if it holds lines that say nothing any more; they then count as gone.
    pub(super) fn rewritten(&mut self) -> Option<String> {
        if !std::mem::take(&mut self.stale) {
            return None;
        }
        let lines = self.cards.par_iter().map(|(hash, card)| line(hash, card));
        Some(lines.collect())
    }

    /// Documents whose old gists are to go; they then count as gone.
    pub(super) fn touched(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.touched)
    }

    fn add(&mut self, hash: String, card: Card) {
        if let Some(ids) = &mut self.ids {
            ids.entry(card.id.clone()).or_default().insert(hash.clone());
        }
        self.cards.insert(hash, card);
    }
}

/// The lines of the file in their order; nothing for one that cannot be read.
fn lines(text: &str) -> Vec<Option<(String, Card)>> {
    let read = |line: &str| {
        let (hash, _) = line.strip_prefix("{\"hash\":\"")?.split_once('"')?;
        Some((hash.to_owned(), serde_json::from_str(line).ok()?))
    };
    text.par_lines().map(read).collect()
}

/// A line of the file.
pub(super) fn line(hash: &str, card: &Card) -> String {
    let line = Line { hash, card };
    // Strings and dates always have a JSON form.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

/// The hash of a file's bytes: equal for the same statements.
#[must_use]
pub fn bytes_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..16]
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn read(bytes: &[u8], hash: &str, base: &Base, file: &Path) -> Result<Card, StoreError> {
    let (id, publisher, date) = parse::document_head(bytes, hash, base, file)?;
    Ok(Card {
        id,
        publisher,
        date,
        origin: None,
        read: None,
        bytes: bytes_hash(bytes),
        stamp: String::new(),
    })
}

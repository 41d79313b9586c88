//! What a store knows of its documents without opening them: id, publisher, date, and what is no part of the graph: the
//! file that a document came from, and which version of the program and its knowledge read it. Kept in `sources.jsonl`,
//! a line a document, the last one counts. It is a help only: a line that is missing, torn or older than the document's
//! file is made again from that file, without what only the line knew.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{StoreError, base::Base, folder, parse};
use crate::{claim::Name, document::PartialDate};

mod all;
mod ledger;

pub(super) use all::Cards;

/// Where a document came from and what read it; what is not known stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The file that the article was in, as an absolute path.
    pub origin: Option<Name>,
    /// Hash of the article with its metadata, of the program and of all that it knew.
    pub read: Option<Name>,
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
    pub origin: Option<Name>,
    /// See [`Provenance::read`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Name>,
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

/// A line as it is written.
#[derive(Serialize)]
struct Line<'a> {
    hash: &'a str,
    #[serde(flatten)]
    card: &'a Card,
}

/// How a line begins; then come the digits of the document's hash.
const START: &str = "{\"hash\":\"";

/// The hash that a line is about.
fn hash_of(line: &str) -> Option<&str> {
    let (hash, _) = line.strip_prefix(START)?.split_once('"')?;
    folder::is_hash(hash).then_some(hash)
}

/// The lines of the file in their order; nothing for one that cannot be read.
fn lines(text: &str) -> Vec<Option<(String, Card)>> {
    text.par_lines().map(read_line).collect()
}

fn read_line(line: &str) -> Option<(String, Card)> {
    Some((hash_of(line)?.to_owned(), serde_json::from_str(line).ok()?))
}

/// The hash that each document's file had when it was written, as far as a list of sources notes it.
pub(super) fn recorded(text: &str) -> BTreeMap<String, String> {
    let noted = lines(text).into_iter().flatten();
    let noted = noted.filter(|(_, card)| !card.bytes.is_empty());
    noted.map(|(hash, card)| (hash, card.bytes)).collect()
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

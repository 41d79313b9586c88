//! The gist of each document: its entities, and its claims with their quotes, without text, mentions and reasons. Views of a
//! whole store are made from gists, which are a fiftieth of the documents' files. They are derived: a line a document, in
//! `gists/`, one file per first two digits of the hash so that little is written anew when a document goes. What is
//! missing there is made from the document's file.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{Sketch, StoredDocument};
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
#[derive(Serialize)]
struct Written<'a> {
    hash: &'a str,
    /// Hash of the bytes of the file that it was made from.
    bytes: &'a str,
    /// The sketch of the text, to tell near-copies; see [`Sketch`].
    sketch: String,
    id: &'a str,
    lang: Lang,
    meta: &'a Metadata,
    entities: &'a [Entity],
    claims: Vec<Told>,
}

/// A gist as it is read.
#[derive(Serialize, Deserialize)]
struct Line {
    hash: String,
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
        let article = &document.article;
        Self::from(Line {
            hash: document.hash.clone(),
            id: article.id.clone(),
            lang: article.lang,
            meta: article.meta.clone(),
            entities: document.entities.clone(),
            claims: told(article, &document.claims),
        })
    }

    /// The gist as a line of JSON, without the hash of a file and without a sketch.
    #[must_use]
    pub(super) fn line(self) -> String {
        let Self {
            document,
            mut quotes,
        } = self;
        let told = |claim: Claim| Told {
            quote: quotes.remove(&claim.id).unwrap_or_default(),
            claim,
        };
        let line = Line {
            claims: document.claims.into_iter().map(told).collect(),
            hash: document.hash,
            id: document.article.id,
            lang: document.article.lang,
            meta: document.article.meta,
            entities: document.entities,
        };
        // Strings, numbers and dates always have a JSON form.
        serde_json::to_string(&line).unwrap_or_default()
    }
}

fn told(article: &Article, claims: &[Claim]) -> Vec<Told> {
    let told = |claim: &Claim| Told {
        quote: claim.evidence.slice(&article.text).to_owned(),
        claim: Claim {
            because: Vec::new(),
            ..claim.clone()
        },
    };
    claims.iter().map(told).collect()
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

/// The line of a document, with its line break; `bytes` is the hash of those of its file.
pub(super) fn line(
    hash: &str,
    article: &Article,
    entities: &[Entity],
    claims: &[Claim],
    bytes: &str,
) -> String {
    let line = Written {
        hash,
        bytes,
        sketch: Sketch::of(&article.text).written(),
        id: &article.id,
        lang: article.lang,
        meta: &article.meta,
        entities,
        claims: told(article, claims),
    };
    // Strings, numbers and dates always have a JSON form.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
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
    let kept = last_lines(text, bytes).into_values();
    kept.map(|line| format!("{line}\n")).collect()
}

/// The last line of each document that is still there as it was, by its hash; `bytes` are those of their files.
pub(super) fn last_lines<'a>(
    text: &'a str,
    bytes: &BTreeMap<&str, &str>,
) -> BTreeMap<&'a str, &'a str> {
    let heads = text
        .lines()
        .filter_map(|line| head(line).map(|head| (head, line)));
    let kept = heads.filter(|((hash, file), _)| bytes.get(hash) == Some(file));
    kept.map(|((hash, _), line)| (hash, line)).collect()
}

/// The gist in a line.
pub(super) fn read(line: &str) -> Option<Gist> {
    serde_json::from_str::<Line>(line).ok().map(Gist::from)
}

/// The sketch in a line.
pub(super) fn sketch(line: &str) -> Option<Sketch> {
    let (_, rest) = line.split_once("\",\"sketch\":\"")?;
    Sketch::read(rest.split_once('"')?.0)
}

/// The hashes at the beginning of a line.
pub(super) fn head(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("{\"hash\":\"")?;
    let (hash, rest) = rest.split_once("\",\"bytes\":\"")?;
    let (bytes, _) = rest.split_once('"')?;
    // A line that was cut short does not end as one that was not.
    line.ends_with('}').then_some((hash, bytes))
}

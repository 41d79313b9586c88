//! What graphs are made of: of each document who is in it and its claims in short, borrowed from the line of its gist. In a
//! large store most documents describe an actor alike, so each description is read once and shared.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Gist, Store, StoreError, StoredDocument, gists};
use crate::{
    claim::{Entity, Modality, Polarity},
    document::PartialDate,
    text::Span,
};

/// A document as graphs need it.
#[derive(Debug)]
pub struct Glance<'a> {
    /// Content hash of the text.
    pub hash: Cow<'a, str>,
    /// Id as given in the input.
    pub id: Cow<'a, str>,
    /// Date of publication.
    pub reported: Option<PartialDate>,
    /// What it says of its entities.
    pub entities: Vec<Arc<Entity>>,
    /// Its claims, each with its quote.
    pub claims: Vec<Quoted<'a>>,
}

/// A claim with the words that it rests on.
#[derive(Debug, Deserialize)]
pub struct Quoted<'a> {
    /// The words.
    #[serde(borrow)]
    pub quote: Cow<'a, str>,
    /// The claim.
    #[serde(borrow)]
    pub claim: Short<'a>,
}

/// A claim without rule, place, reasons and event; see [`crate::claim::Claim`].
#[derive(Debug, Deserialize)]
pub struct Short<'a> {
    /// Its id.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Who or what acts.
    #[serde(borrow)]
    pub subject: Named<'a>,
    /// Code of the relation.
    #[serde(borrow)]
    pub relation: Cow<'a, str>,
    /// Whom or what it concerns.
    #[serde(borrow)]
    pub object: Named<'a>,
    /// The predicate in its dictionary form.
    #[serde(borrow)]
    pub act: Cow<'a, str>,
    /// Whether it is so.
    pub polarity: Polarity,
    /// How it is held.
    pub modality: Modality,
    /// Innermost speaker.
    #[serde(borrow)]
    pub speaker: Option<Named<'a>>,
    /// Further speakers.
    #[serde(borrow)]
    pub via: Vec<Named<'a>>,
    /// When it happened.
    pub date: Option<PartialDate>,
    /// Where its words stand.
    pub evidence: Span,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// Somebody in a role of a claim.
#[derive(Debug, Deserialize)]
pub struct Named<'a> {
    /// The entity's id.
    #[serde(borrow)]
    pub entity: Cow<'a, str>,
}

/// The line of a gist, as far as it is needed.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    hash: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    meta: Meta,
    #[serde(borrow)]
    entities: Vec<&'a RawValue>,
    #[serde(borrow)]
    claims: Vec<Quoted<'a>>,
}

#[derive(Deserialize)]
struct Meta {
    date: Option<PartialDate>,
}

/// Descriptions of entities that were read, by their JSON.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<Box<str>, Arc<Entity>>>);

impl Known {
    fn read(&self, json: &str) -> Option<Arc<Entity>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entity) = known.get(json) {
            return Some(Arc::clone(entity));
        }
        let entity: Arc<Entity> = Arc::new(serde_json::from_str(json).ok()?);
        known.insert(json.into(), Arc::clone(&entity));
        Some(entity)
    }
}

impl<'a> Glance<'a> {
    /// What is in the line of a gist; nothing if it is none.
    pub(super) fn read(line: &'a str, known: &Known) -> Option<Self> {
        let line: Line<'a> = serde_json::from_str(line).ok()?;
        let entities = line.entities.iter().map(|json| known.read(json.get()));
        Some(Self {
            hash: line.hash,
            id: line.id,
            reported: line.meta.date,
            entities: entities.collect::<Option<_>>()?,
            claims: line.claims,
        })
    }
}

/// What `make` makes of documents as they are.
pub fn glances_of<R>(documents: &[StoredDocument], make: impl FnOnce(Vec<Glance<'_>>) -> R) -> R {
    let lines: Vec<String> = documents.iter().map(|one| Gist::of(one).line()).collect();
    let known = Known::default();
    let glances = lines.iter().filter_map(|line| Glance::read(line, &known));
    make(glances.collect())
}

impl Store {
    /// What `make` makes of all documents that count, as corrected, some hundred at a time, is handed to `take` in the order
    /// of their hashes. Only a few files of gists are held at once. Descriptions of entities that `make` keeps should be
    /// `shared`: each is then read once, and held until the last document has been read.
    ///
    /// # Errors
    /// If a document whose gist is missing has a damaged file.
    pub fn each_glance<R: Send>(
        &self,
        shared: bool,
        make: impl Fn(Vec<Glance<'_>>) -> R + Sync,
        mut take: impl FnMut(R),
    ) -> Result<(), StoreError> {
        let known = Known::default();
        self.each_file(
            |file, bytes| {
                let of_file = Known::default();
                let known = if shared { &known } else { &of_file };
                self.glances(file, bytes, known, &make)
            },
            |made| {
                take(made);
                Ok(())
            },
        )
    }

    /// What `make` makes of the documents in a file of gists, given by hash and the hash of their files.
    fn glances<R>(
        &self,
        file: &Path,
        bytes: &BTreeMap<&str, &str>,
        known: &Known,
        make: impl Fn(Vec<Glance<'_>>) -> R,
    ) -> Result<R, StoreError> {
        let text = self.folder.text(file)?;
        let written = gists::last_lines(&text, bytes);
        let seen = |hash: &&str| Some(self.line_seen(written.get(hash)?));
        let lines: Vec<Option<Cow<'_, str>>> = bytes.keys().map(seen).collect();
        let (mut glances, mut unread) = (Vec::new(), Vec::new());
        for (hash, line) in bytes.keys().zip(&lines) {
            match line.as_ref().and_then(|line| Glance::read(line, known)) {
                Some(glance) => glances.push(glance),
                None => unread.push(hash),
            }
        }
        // A line that is missing, cut short or of another version is made again.
        let made = unread
            .into_iter()
            .map(|hash| Ok(Gist::of(&self.document(hash)?).line()));
        let made: Vec<String> = made.collect::<Result<_, StoreError>>()?;
        glances.extend(made.iter().filter_map(|line| Glance::read(line, known)));
        glances.sort_by(|one, other| one.hash.cmp(&other.hash));
        Ok(make(glances))
    }

    /// The line of a gist as it is to be seen.
    fn line_seen<'a>(&self, line: &'a str) -> Cow<'a, str> {
        let gist = self.has_layer().then(|| gists::read(line)).flatten();
        let corrected = gist.and_then(|gist| {
            let document = self.layered(&gist.document)?;
            Some(Gist { document, ..gist }.line())
        });
        corrected.map_or(Cow::Borrowed(line), Cow::Owned)
    }
}

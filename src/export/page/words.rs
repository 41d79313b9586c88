//! The words behind a graph's claims, each in its paragraph, with who said them and the documents that they stand in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{super::ExportError, context};
use crate::{
    claim::{Argument, Claim, Modality, Polarity},
    document::PartialDate,
    graph::Graph,
    read::paragraphs,
    store::{Store, StoredDocument},
    text::Span,
};

/// A claim. What it has not is left out; so are `positive`, `asserted` and `stands`, which most are.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    id: String,
    paragraph: usize,
    quote: [usize; 2],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    via: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    denied: bool,
    #[serde(skip_serializing_if = "is_asserted")]
    modality: Modality,
    act: String,
    confidence: f64,
    #[serde(skip_serializing_if = "is_false")]
    proposal: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Document {
    id: String,
    lang: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Paragraph {
    document: usize,
    text: String,
    /// Whether something was cut before and after.
    #[serde(skip_serializing_if = "is_false")]
    before: bool,
    #[serde(skip_serializing_if = "is_false")]
    after: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_asserted(modality: &Modality) -> bool {
    *modality == Modality::Asserted
}

/// Texts by number, in the order in which they came.
#[derive(Default)]
pub(super) struct Numbered(BTreeMap<String, usize>);

impl Numbered {
    fn number(&mut self, text: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(text.to_owned()).or_insert(next)
    }

    pub(super) fn into_numbered(self) -> Vec<String> {
        let mut all: Vec<(usize, String)> =
            self.0.into_iter().map(|(text, at)| (at, text)).collect();
        all.sort();
        all.into_iter().map(|(_, text)| text).collect()
    }
}

/// The words that the claims of a graph rest on.
pub(super) struct Words<'a> {
    lang: &'a str,
    pub(super) claims: Vec<Told>,
    pub(super) speakers: Numbered,
    pub(super) documents: Vec<Document>,
    pub(super) paragraphs: Vec<Paragraph>,
}

impl<'a> Words<'a> {
    pub(super) fn new(lang: &'a str) -> Self {
        Self {
            lang,
            claims: Vec::new(),
            speakers: Numbered::default(),
            documents: Vec::new(),
            paragraphs: Vec::new(),
        }
    }

    /// Reads the documents of the graph's claims; gives each claim's number.
    pub(super) fn gather(
        &mut self,
        graph: &Graph,
        store: &Store,
    ) -> Result<BTreeMap<String, usize>, ExportError> {
        let sources = || graph.edge_weights().flat_map(|edge| &edge.sources);
        let speakers: BTreeMap<&str, Option<&str>> = sources()
            .map(|source| (&*source.claim, source.speaker.as_deref()))
            .collect();
        let hashes = store.map_gists(|gists| {
            let own = gists.into_iter().filter(|gist| {
                let mut claims = gist.document.claims.iter();
                claims.any(|claim| speakers.contains_key(&*claim.id))
            });
            own.map(|gist| (gist.document.article.id, gist.document.hash))
                .collect::<Vec<_>>()
        })?;
        // By their ids: a hash is no order that a reader would understand.
        let mut hashes: Vec<(String, String)> = hashes.into_iter().flatten().collect();
        hashes.sort();
        let mut numbers = BTreeMap::new();
        for (_, hash) in &hashes {
            let document = store.document(hash)?;
            self.add_document(&document, &speakers, &mut numbers);
        }
        Ok(numbers)
    }

    fn add_document(
        &mut self,
        document: &StoredDocument,
        speakers: &BTreeMap<&str, Option<&str>>,
        numbers: &mut BTreeMap<String, usize>,
    ) {
        let meta = &document.article.meta;
        self.documents.push(Document {
            id: document.article.id.clone(),
            lang: document.article.lang.tag(),
            title: meta.title.clone(),
            date: meta.date,
            publisher: meta.publisher.clone(),
            url: meta.url.clone().filter(|url| is_web(url)),
        });
        let all = paragraphs(&document.article.text);
        let mut shown: BTreeMap<Span, usize> = BTreeMap::new();
        for claim in &document.claims {
            if let Some(speaker) = speakers.get(&*claim.id) {
                let speaker = speaker.map(|label| self.speakers.number(label));
                let told = self.told(claim, document, &all, &mut shown, speaker);
                numbers.insert(claim.id.clone(), self.claims.len());
                self.claims.push(told);
            }
        }
    }

    fn told(
        &mut self,
        claim: &Claim,
        document: &StoredDocument,
        paragraphs: &[Span],
        shown: &mut BTreeMap<Span, usize>,
        speaker: Option<usize>,
    ) -> Told {
        let text = &document.article.text;
        let around = context::around(text, paragraphs, claim.evidence);
        let paragraph = *shown.entry(around).or_insert_with(|| {
            let is_edge =
                |at: usize, of: fn(&Span) -> usize| paragraphs.iter().any(|one| of(one) == at);
            self.paragraphs.push(Paragraph {
                document: self.documents.len() - 1,
                text: around.slice(text).to_owned(),
                before: !is_edge(around.start, |one| one.start),
                after: !is_edge(around.end, |one| one.end),
            });
            self.paragraphs.len() - 1
        });
        let label = |one: &Argument| {
            let entity = document
                .entities
                .iter()
                .find(|entity| entity.id == one.entity);
            entity
                .map_or(&*one.entity, |entity| entity.label(self.lang))
                .to_owned()
        };
        let mut names: Vec<[usize; 2]> = [&claim.subject, &claim.object]
            .into_iter()
            .filter_map(|end| context::place(text, around, end.span))
            .collect();
        names.sort_unstable();
        names.dedup();
        Told {
            id: claim.id.clone(),
            paragraph,
            quote: context::place(text, around, claim.evidence).unwrap_or_default(),
            names,
            speaker,
            via: claim.via.iter().map(label).collect(),
            date: claim.date,
            place: claim.place.as_ref().map(label),
            denied: claim.polarity == Polarity::Negative,
            modality: claim.modality,
            act: claim.act.clone(),
            confidence: claim.confidence,
            proposal: is_proposal(claim),
        }
    }
}

/// Told as fact, yet too unsure to make an edge.
fn is_proposal(claim: &Claim) -> bool {
    let as_fact = claim.polarity == Polarity::Positive && claim.modality == Modality::Asserted;
    as_fact && !claim.makes_edge()
}

/// Only addresses that a browser fetches: no scripts, no files.
fn is_web(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

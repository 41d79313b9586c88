//! The graph as the page reads it: lists that refer to each other by number, so that nothing is written twice.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::{
    super::{
        ExportError, Picture,
        style::{self, OTHER, SHAPES, TONES},
    },
    context,
};
use crate::{
    claim::{Argument, Claim, Modality, Polarity},
    document::PartialDate,
    graph::{Edge, Graph, Node},
    ontology::Ontology,
    read::paragraphs,
    store::{Store, StoredDocument},
    text::Span,
};

/// All that the page shows.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    lang: &'static str,
    title: String,
    kinds: Vec<Kind>,
    tones: Vec<Tone>,
    actors: Vec<Actor>,
    relations: Vec<Relation>,
    edges: Vec<Link>,
    claims: Vec<Told>,
    speakers: Vec<String>,
    documents: Vec<Document>,
    paragraphs: Vec<Paragraph>,
}

/// How actors of some types look.
#[derive(Debug, Serialize)]
struct Kind {
    name: &'static str,
    outline: &'static str,
    fill: &'static str,
    line: &'static str,
}

/// How edges of a sort look.
#[derive(Debug, Serialize)]
struct Tone {
    name: &'static str,
    line: &'static str,
    text: &'static str,
    width: u8,
}

#[derive(Debug, Serialize)]
struct Actor {
    id: String,
    label: String,
    kind: usize,
    /// The class, in words.
    r#type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Relation {
    property: String,
    label: String,
    tone: usize,
}

#[derive(Debug, Serialize)]
struct Link {
    from: usize,
    to: usize,
    relation: usize,
    /// Whether it has no direction.
    both: bool,
    claims: Vec<usize>,
}

/// A claim. What it has not is left out; so are `positive`, `asserted` and `stands`, which most are.
#[derive(Debug, Serialize)]
struct Told {
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
struct Document {
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
struct Paragraph {
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

impl Page {
    /// Collects what the page shows of a graph, with the words from the store.
    pub(super) fn new(
        graph: &Graph,
        store: &Store,
        picture: &Picture<'_>,
    ) -> Result<Self, ExportError> {
        let lang = style::language(picture.lang);
        let relations: BTreeSet<Relation> = graph.edge_weights().map(relation).collect();
        let relations: Vec<Relation> = relations.into_iter().collect();
        let mut words = Words::new(picture.lang);
        let numbers = words.gather(graph, store)?;
        let edges = graph
            .edge_references()
            .map(|edge| {
                let own = edge.weight().sources.iter();
                Link {
                    from: edge.source().index(),
                    to: edge.target().index(),
                    relation: relations
                        .binary_search(&relation(edge.weight()))
                        .unwrap_or(0),
                    both: edge.weight().symmetric,
                    claims: own
                        .filter_map(|source| numbers.get(&source.claim).copied())
                        .collect(),
                }
            })
            .collect();
        Ok(Self {
            lang: ["en", "nb"][lang],
            title: picture.title.to_owned(),
            kinds: kinds(lang),
            tones: tones(lang),
            actors: graph
                .node_weights()
                .map(|node| actor(node, picture))
                .collect(),
            relations,
            edges,
            claims: words.claims,
            speakers: words.speakers.into_numbered(),
            documents: words.documents,
            paragraphs: words.paragraphs,
        })
    }
}

fn kinds(lang: usize) -> Vec<Kind> {
    let shapes = SHAPES.iter().chain([&OTHER]);
    shapes
        .map(|shape| Kind {
            name: shape.words[lang],
            outline: shape.outline,
            fill: shape.fill,
            line: shape.line,
        })
        .collect()
}

fn tones(lang: usize) -> Vec<Tone> {
    let tone = |(tone, words): &(style::Tone, [&'static str; 2])| Tone {
        name: words[lang],
        line: tone.line,
        text: tone.text,
        width: tone.width,
    };
    TONES.iter().map(tone).collect()
}

fn actor(node: &Node, picture: &Picture<'_>) -> Actor {
    let lang = ["en", "nb"][style::language(picture.lang)];
    let kind = picture.ontology.types.get(&node.kind);
    let words = kind.and_then(|kind| kind.labels.get(lang));
    Actor {
        id: node.id.to_string(),
        label: node.label.clone(),
        kind: shape_number(&node.kind, picture.ontology),
        r#type: words.map_or(&*node.kind, String::as_str).to_owned(),
        wikidata: node.wikidata.clone(),
    }
}

fn shape_number(kind: &str, ontology: &Ontology) -> usize {
    let fits = |shape: &style::Shape| ontology.is_a(kind, shape.class);
    SHAPES.iter().position(fits).unwrap_or(SHAPES.len())
}

fn relation(edge: &Edge) -> Relation {
    let tone = style::tone_of(edge);
    Relation {
        property: edge.property.to_string(),
        label: edge.label.clone(),
        tone: TONES.iter().position(|(one, _)| *one == tone).unwrap_or(0),
    }
}

/// Texts by number, in the order in which they came.
#[derive(Default)]
struct Numbered(BTreeMap<String, usize>);

impl Numbered {
    fn number(&mut self, text: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(text.to_owned()).or_insert(next)
    }

    fn into_numbered(self) -> Vec<String> {
        let mut all: Vec<(usize, String)> =
            self.0.into_iter().map(|(text, at)| (at, text)).collect();
        all.sort();
        all.into_iter().map(|(_, text)| text).collect()
    }
}

/// The words that the claims of a graph rest on.
struct Words<'a> {
    lang: &'a str,
    claims: Vec<Told>,
    speakers: Numbered,
    documents: Vec<Document>,
    paragraphs: Vec<Paragraph>,
}

impl<'a> Words<'a> {
    fn new(lang: &'a str) -> Self {
        Self {
            lang,
            claims: Vec::new(),
            speakers: Numbered::default(),
            documents: Vec::new(),
            paragraphs: Vec::new(),
        }
    }

    /// Reads the documents of the graph's claims; gives each claim's number.
    fn gather(
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

//! The graph as the page reads it: lists that refer to each other by number, so that nothing is written twice.

use std::collections::BTreeSet;

use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::{
    super::{
        ExportError, Picture,
        style::{self, OTHER, SHAPES, TONES},
    },
    words::{Document, Paragraph, Told, Words},
};
use crate::{
    graph::{Edge, Graph, Node},
    ontology::Ontology,
    store::Store,
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
                        .filter_map(|source| numbers.get(&*source.claim).copied())
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

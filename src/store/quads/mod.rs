//! What was read from an article as the quads of its document, and those as the bytes of its file: sorted N-Quads,
//! all in the document's graph, no blank nodes, every number and date in the form that oxigraph gives back.
//! Rejected claims are not among them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::base::{Base, segment};
use crate::{
    claim::{Entity, Mention, Reading, content_hash, document_hash},
    ontology::{Ontology, vocab},
    text::{CodePoints, Span},
};

mod claims;
mod terms;

pub(super) use terms::{date_literal, mention_kind_node, modality_node, polarity_node, tagged};

use terms::{integer, kilde_checked};

/// The program and its version, as documents name it.
pub(super) const PROGRAM: &str = concat!("kilde ", env!("CARGO_PKG_VERSION"));

/// The quads of a document's graph, in no particular order, some perhaps twice.
#[must_use]
pub fn document_quads(reading: &Reading, base: &Base, ontology: &Ontology) -> Vec<Quad> {
    quads_by(reading, PROGRAM, base, ontology)
}

/// The quads of a document's graph, read by the program and version `program`.
pub(super) fn quads_by(
    reading: &Reading,
    program: &str,
    base: &Base,
    ontology: &Ontology,
) -> Vec<Quad> {
    let hash = document_hash(&reading.article);
    let mut graph = Graph {
        reading,
        program,
        base,
        ontology,
        points: CodePoints::new(&reading.article.text),
        document: base.document(&hash),
        mentions: mention_names(&reading.mentions),
        quads: Vec::new(),
    };
    graph.article(&hash);
    graph.entities();
    graph.mentions();
    for claim in &reading.claims {
        graph.claim(claim);
    }
    graph.events();
    graph.quads
}

/// The bytes of a document's file: a quad a line, sorted, none twice.
#[must_use]
pub fn document_bytes(reading: &Reading, base: &Base, ontology: &Ontology) -> String {
    sorted_lines(&document_quads(reading, base, ontology))
}

/// Quads as sorted N-Quads, none twice.
#[must_use]
pub fn sorted_lines(quads: &[Quad]) -> String {
    sorted_unique(quads).0
}

/// Quads as sorted N-Quads, none twice, and the places of those that stand there.
pub(super) fn sorted_unique(quads: &[Quad]) -> (String, Vec<usize>) {
    let (mut text, mut ends) = (String::new(), Vec::with_capacity(quads.len()));
    for quad in quads {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{quad} .");
        ends.push(text.len());
    }
    let line = |at: usize| {
        let start = if at == 0 { 0 } else { ends[at - 1] };
        &text[start..ends[at]]
    };
    let mut places: Vec<usize> = (0..quads.len()).collect();
    places.sort_unstable_by(|one, other| line(*one).cmp(line(*other)));
    places.dedup_by(|one, other| line(*one) == line(*other));
    let mut sorted = String::with_capacity(text.len());
    sorted.extend(places.iter().map(|at| line(*at)));
    (sorted, places)
}

/// For each mention of an entity at a place: its number among the mentions of that very place, from 1.
fn mention_names(mentions: &[Mention]) -> BTreeMap<(Span, &str), usize> {
    let all: BTreeSet<(Span, &str)> = mentions
        .iter()
        .map(|one| (one.span, &*one.entity))
        .collect();
    let mut counts: BTreeMap<Span, usize> = BTreeMap::new();
    let number = |(span, entity)| {
        let count = counts.entry(span).or_default();
        *count += 1;
        ((span, entity), *count)
    };
    all.into_iter().map(number).collect()
}

struct Graph<'a> {
    reading: &'a Reading,
    program: &'a str,
    base: &'a Base,
    ontology: &'a Ontology,
    points: CodePoints,
    document: NamedNode,
    mentions: BTreeMap<(Span, &'a str), usize>,
    quads: Vec<Quad>,
}

impl Graph<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(
            subject.clone(),
            predicate,
            object,
            self.document.clone(),
        ));
    }

    fn add_text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    fn add_if(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text {
            self.add_text(subject, predicate, text);
        }
    }

    fn article(&mut self, hash: &str) {
        let article = &self.reading.article;
        let document = self.document.clone();
        self.add(&document, vocab::RDF_TYPE, vocab::SCHEMA_NEWS_ARTICLE);
        self.add_text(&document, vocab::DCTERMS_IDENTIFIER, &article.id);
        self.add_text(&document, vocab::DCTERMS_LANGUAGE, article.lang.tag());
        self.add_text(&document, vocab::SCHEMA_TEXT, &article.text);
        self.add_text(
            &document,
            vocab::TEXT_HASH,
            &content_hash(&["text", &article.text]),
        );
        let meta = &article.meta;
        self.add_if(&document, vocab::SCHEMA_HEADLINE, meta.title.as_deref());
        self.add_if(
            &document,
            vocab::SCHEMA_PUBLISHER,
            meta.publisher.as_deref(),
        );
        self.add_if(&document, vocab::SCHEMA_URL, meta.url.as_deref());
        if let Some(date) = meta.date {
            self.add(&document, vocab::SCHEMA_DATE_PUBLISHED, date_literal(date));
        }
        for (key, value) in &article.extra {
            let key = key.replace('%', "%25").replace(':', "%3A");
            self.add_text(&document, vocab::FRONT_MATTER, &format!("{key}: {value}"));
        }
        let run = self.base.run(&content_hash(&["run", hash, self.program]));
        self.add(&document, vocab::PROV_WAS_GENERATED_BY, run.clone());
        self.add(&run, vocab::RDF_TYPE, vocab::PROV_ACTIVITY);
        self.add_text(&run, vocab::PROGRAM_VERSION, self.program);
    }

    fn entities(&mut self) {
        for entity in &self.reading.entities {
            self.entity(entity);
        }
    }

    /// What this reading knows of an entity. The entity's own triples are derived from all such records, so that each
    /// triple lives in one graph only.
    fn entity(&mut self, entity: &Entity) {
        let record = self.part(&format!("entity={}", segment(&entity.id)));
        self.add(&record, vocab::RDF_TYPE, vocab::CLASS_RECORD);
        self.add(
            &record,
            vocab::DESCRIBES_ENTITY,
            self.base.entity(&entity.id),
        );
        self.add(&record, vocab::ENTITY_TYPE, kilde_checked(&entity.kind));
        self.add(
            &record,
            vocab::IN_GAZETTEER,
            Literal::new_typed_literal(entity.known.to_string(), vocab::XSD_BOOLEAN),
        );
        for (lang, label) in &entity.labels {
            self.add(&record, vocab::NAME, tagged(label, lang));
        }
        for (lang, aliases) in &entity.aliases {
            for alias in aliases {
                self.add(&record, vocab::ALIAS, tagged(alias, lang));
            }
        }
        if let Some(id) = &entity.wikidata {
            self.add(&record, vocab::WIKIDATA_ITEM, vocab::wikidata(&segment(id)));
        }
    }

    fn mentions(&mut self) {
        for mention in &self.reading.mentions {
            let Some(node) = self.mention_node(mention.span, &mention.entity) else {
                continue;
            };
            let document = self.document.clone();
            self.add(&node, vocab::RDF_TYPE, vocab::CLASS_MENTION);
            self.add(&node, vocab::IN_DOCUMENT, document);
            self.add(&node, vocab::REFERS_TO, self.base.entity(&mention.entity));
            self.add(&node, vocab::MENTION_KIND, mention_kind_node(mention.kind));
            self.add_text(&node, vocab::BECAUSE, &mention.why);
            self.position(&node, mention.span);
            let words = mention.span.slice(&self.reading.article.text);
            self.add_text(&node, vocab::OA_EXACT, words);
        }
    }

    fn position(&mut self, node: &NamedNode, span: Span) {
        let (start, end) = self.points.of(span);
        self.add(node, vocab::OA_START, integer(start));
        self.add(node, vocab::OA_END, integer(end));
    }

    fn mention_node(&self, span: Span, entity: &str) -> Option<NamedNode> {
        let number = *self.mentions.get(&(span, entity))?;
        let fragment = self.fragment("mention", span);
        Some(if number == 1 {
            self.part(&fragment)
        } else {
            self.part(&format!("{fragment}&n={number}"))
        })
    }

    fn fragment(&self, kind: &str, span: Span) -> String {
        let (start, end) = self.points.of(span);
        format!("{kind}={start},{end}")
    }

    fn part(&self, fragment: &str) -> NamedNode {
        let mut iri = self.document.as_str().to_owned();
        // Writing to a string cannot fail.
        let _ = write!(iri, "#{fragment}");
        NamedNode::new_unchecked(iri)
    }
}

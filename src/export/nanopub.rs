//! A nanopublication per claim (nanopub.net): four named graphs, the head, the assertion (what is claimed), the provenance
//! (whose words, which words, which document), the publication info (which program made it). The plain triple stands in
//! the assertion only if the claim makes an edge; what is denied or planned is asserted as a claim alone.

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term};

use crate::{
    claim::EDGE_CONFIDENCE,
    ontology::{Ontology, vocab},
    store::Base,
};

/// What of a claim is provenance rather than assertion.
const PROVENANCE: [NamedNodeRef<'static>; 14] = [
    vocab::ACCORDING_TO,
    vocab::VIA,
    vocab::RELAY,
    vocab::RULE,
    vocab::CONFIDENCE,
    vocab::BECAUSE,
    vocab::REPORTED_ON,
    vocab::SUBJECT_MENTION,
    vocab::OBJECT_MENTION,
    vocab::SPEAKER_MENTION,
    vocab::PLACE_MENTION,
    vocab::RELAY_MENTION,
    vocab::PROV_WAS_DERIVED_FROM,
    vocab::PROV_WAS_ATTRIBUTED_TO,
];

/// What of a document goes into each of its nanopublications.
const OF_DOCUMENT: [NamedNodeRef<'static>; 8] = [
    vocab::RDF_TYPE,
    vocab::DCTERMS_IDENTIFIER,
    vocab::DCTERMS_LANGUAGE,
    vocab::SCHEMA_HEADLINE,
    vocab::SCHEMA_PUBLISHER,
    vocab::SCHEMA_URL,
    vocab::SCHEMA_DATE_PUBLISHED,
    vocab::TEXT_HASH,
];

type Nodes<'a> = BTreeMap<String, Vec<&'a Quad>>;

/// The nanopublications of a document's claims.
pub(super) fn of_document(quads: &[Quad], base: &Base, ontology: &Ontology) -> Vec<Quad> {
    let mut nodes: Nodes<'_> = BTreeMap::new();
    for quad in quads {
        nodes
            .entry(quad.subject.to_string())
            .or_default()
            .push(quad);
    }
    let mut made = Vec::new();
    for facts in nodes.values() {
        let is_claim = |quad: &&Quad| {
            quad.predicate == vocab::RDF_TYPE && quad.object == vocab::CLASS_CLAIM.into()
        };
        if let Some(GraphName::NamedNode(document)) = facts
            .iter()
            .copied()
            .find(is_claim)
            .map(|quad| &quad.graph_name)
        {
            Nanopub::new(facts, document, base).write(&nodes, ontology, &mut made);
        }
    }
    made
}

struct Nanopub<'a> {
    claim: &'a [&'a Quad],
    document: &'a NamedNode,
    name: NamedNode,
    head: NamedNode,
    assertion: NamedNode,
    provenance: NamedNode,
    info: NamedNode,
}

impl<'a> Nanopub<'a> {
    fn new(claim: &'a [&'a Quad], document: &'a NamedNode, base: &Base) -> Self {
        let own = claim.first().map(|quad| quad.subject.to_string());
        let own = own.unwrap_or_default();
        let id = base
            .claim_id(own.trim_matches(['<', '>']))
            .unwrap_or_default();
        let name = base.nanopub(&id);
        let part = |end: &str| NamedNode::new_unchecked(format!("{}#{end}", name.as_str()));
        Self {
            claim,
            document,
            head: part("Head"),
            assertion: part("assertion"),
            provenance: part("provenance"),
            info: part("pubinfo"),
            name,
        }
    }

    fn write(&self, nodes: &Nodes<'_>, ontology: &Ontology, made: &mut Vec<Quad>) {
        let (head, name) = (&self.head, &self.name);
        add(made, head, name, vocab::RDF_TYPE, vocab::NP_NANOPUBLICATION);
        for (key, graph) in [
            (vocab::NP_HAS_ASSERTION, &self.assertion),
            (vocab::NP_HAS_PROVENANCE, &self.provenance),
            (vocab::NP_HAS_PUBLICATION_INFO, &self.info),
        ] {
            add(made, head, name, key, graph.clone());
        }
        for (of_claim, of_assertion) in [
            (vocab::PROV_WAS_DERIVED_FROM, vocab::PROV_WAS_DERIVED_FROM),
            (vocab::ACCORDING_TO, vocab::PROV_WAS_ATTRIBUTED_TO),
        ] {
            for value in self.values(of_claim) {
                add(
                    made,
                    &self.provenance,
                    &self.assertion,
                    of_assertion,
                    value.clone(),
                );
            }
        }
        add(
            made,
            &self.info,
            name,
            vocab::DCTERMS_SOURCE,
            self.document.clone(),
        );
        let runs = nodes.get(&self.document.to_string());
        for run in runs.into_iter().flatten() {
            if run.predicate == vocab::PROV_WAS_GENERATED_BY {
                let key = vocab::PROV_WAS_GENERATED_BY;
                add(made, &self.info, name, key, run.object.clone());
                copy(nodes, &run.object, &self.info, made);
            }
        }
        self.claim_itself(ontology, made);
        self.evidence(nodes, made);
    }

    fn values(&self, key: NamedNodeRef<'_>) -> impl Iterator<Item = &'a Term> {
        let found = self.claim.iter().filter(move |quad| quad.predicate == key);
        found
            .map(|quad| &quad.object)
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn claim_itself(&self, ontology: &Ontology, made: &mut Vec<Quad>) {
        for quad in self.claim {
            let of_provenance = PROVENANCE.iter().any(|key| quad.predicate == *key);
            let graph = if of_provenance {
                &self.provenance
            } else {
                &self.assertion
            };
            made.push(Quad {
                graph_name: graph.clone().into(),
                ..(*quad).clone()
            });
        }
        let one = |key| self.values(key).next();
        let (Some(Term::NamedNode(subject)), Some(Term::NamedNode(property)), Some(object)) = (
            one(vocab::SUBJECT),
            one(vocab::PREDICATE),
            one(vocab::OBJECT),
        ) else {
            return;
        };
        let known = property.as_str().strip_prefix(vocab::KILDE);
        if self.makes_edge()
            && known.is_some_and(|one| ontology.relation_by_property(one).is_some())
        {
            let assertion = self.assertion.clone();
            made.push(Quad::new(
                subject.clone(),
                property.clone(),
                object.clone(),
                assertion,
            ));
        }
    }

    fn makes_edge(&self) -> bool {
        let is =
            |key, value: NamedNodeRef<'static>| self.values(key).any(|one| *one == value.into());
        let sure = self.values(vocab::CONFIDENCE).any(|one| match one {
            Term::Literal(number) => number
                .value()
                .parse()
                .is_ok_and(|share: f64| share >= EDGE_CONFIDENCE),
            _ => false,
        });
        sure && is(vocab::POLARITY, vocab::POSITIVE) && is(vocab::MODALITY, vocab::ASSERTED)
    }

    /// The words and the document that the claim rests on.
    fn evidence(&self, nodes: &Nodes<'_>, made: &mut Vec<Quad>) {
        let mut copied = Vec::new();
        for quad in self
            .claim
            .iter()
            .filter(|quad| PROVENANCE.contains(&quad.predicate.as_ref()))
        {
            for node in std::iter::once(&quad.object).chain(selectors(nodes, &quad.object)) {
                if !copied.contains(&node) {
                    copied.push(node);
                    copy(nodes, node, &self.provenance, made);
                }
            }
        }
        let document = nodes.get(&self.document.to_string());
        for quad in document.into_iter().flatten() {
            if OF_DOCUMENT.iter().any(|key| quad.predicate == *key) {
                made.push(Quad {
                    graph_name: self.provenance.clone().into(),
                    ..(*quad).clone()
                });
            }
        }
    }
}

fn add(
    made: &mut Vec<Quad>,
    graph: &NamedNode,
    subject: &NamedNode,
    key: NamedNodeRef<'_>,
    value: impl Into<Term>,
) {
    made.push(Quad::new(subject.clone(), key, value, graph.clone()));
}

fn copy(nodes: &Nodes<'_>, node: &Term, graph: &NamedNode, made: &mut Vec<Quad>) {
    for quad in nodes.get(&node.to_string()).into_iter().flatten() {
        made.push(Quad {
            graph_name: graph.clone().into(),
            ..(*quad).clone()
        });
    }
}

fn selectors<'a>(nodes: &'a Nodes<'_>, node: &Term) -> impl Iterator<Item = &'a Term> {
    let facts = nodes.get(&node.to_string()).into_iter().flatten();
    facts
        .filter(|quad| quad.predicate == vocab::OA_HAS_SELECTOR)
        .map(|quad| &quad.object)
}

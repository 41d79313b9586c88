//! The default graph: entities with their types, labels and Wikidata items, and the plain edges between them. All of it
//! follows from the documents, whatever their order: dropping it and deriving it again gives the same triples.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, Literal, Quad};

use super::{
    Merge,
    base::Base,
    copies::{Sketch, independent},
    parse::StoredDocument,
};
use crate::{
    claim::{Claim, Entity, Name},
    ontology::{Ontology, vocab},
};

mod bundle;
mod descriptions;
mod said;
mod tally;

pub use bundle::Bundle;
pub use descriptions::Descriptions;
pub use said::{Described, Said};
pub(super) use tally::{Tally, tallies};

use said::merge;

/// Subject, relation's code, object.
pub(super) type Edge = (Name, Name, Name);

/// Facts gathered from documents, to derive the default graph from.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub(super) entities: BTreeMap<Name, Said>,
    /// The edges, and how many claims hold each.
    pub(super) edges: BTreeMap<Edge, usize>,
    /// The documents that tell an event, by its id and their hashes.
    pub(super) events: BTreeMap<String, BTreeMap<String, Sketch>>,
}

impl Facts {
    /// Adds all that a document says.
    pub fn add_document(&mut self, document: &StoredDocument) {
        self.add_said(document);
        let mut sketch = None;
        for claim in &document.claims {
            if let Some(event) = &claim.event_id {
                let sketch = sketch.get_or_insert_with(|| Sketch::of(&document.article.text));
                self.add_telling(event, &document.hash, sketch.clone());
            }
        }
    }

    /// Adds what a document says, but for how many tell its events, for which its text is needed.
    pub fn add_said(&mut self, document: &StoredDocument) {
        for entity in &document.entities {
            self.add_entity(entity);
        }
        for claim in &document.claims {
            self.add_claim(claim);
        }
    }

    /// Adds what a document says of some entities: of themselves, and in claims with one of them on either side. Edges to
    /// others are then incomplete, though the same wherever the same is said of those.
    pub fn add_about(&mut self, document: &StoredDocument, entities: &BTreeSet<String>) {
        let about = |id: &Name| entities.contains(&**id);
        for entity in document.entities.iter().filter(|one| about(&one.id)) {
            self.add_entity(entity);
        }
        for claim in &document.claims {
            if about(&claim.subject.entity) || about(&claim.object.entity) {
                self.add_claim(claim);
            }
        }
    }

    /// Adds what a document says of an entity.
    pub fn add_entity(&mut self, entity: &Entity) {
        let said = self.entities.entry(entity.id.clone()).or_default();
        said.add(entity);
    }

    /// Adds a claim; it counts if it makes an edge.
    pub fn add_claim(&mut self, claim: &Claim) {
        if claim.makes_edge() {
            self.add_edge(&claim.subject.entity, &claim.relation, &claim.object.entity);
        }
    }

    /// Adds an edge from a subject over a relation's code to an object.
    pub(super) fn add_edge(&mut self, subject: &Name, relation: &Name, object: &Name) {
        let edge = (subject.clone(), relation.clone(), object.clone());
        *self.edges.entry(edge).or_default() += 1;
    }

    /// Adds that a document tells an event.
    pub(super) fn add_telling(&mut self, event: &str, document: &str, sketch: Sketch) {
        let told = self.events.entry(event.to_owned()).or_default();
        told.insert(document.to_owned(), sketch);
    }

    /// Adds all that others gathered.
    pub fn merge(&mut self, other: Self) {
        for (id, said) in other.entities {
            self.entities.entry(id).or_default().merge(said);
        }
        merge(&mut self.edges, other.edges);
        for (event, documents) in other.events {
            self.events.entry(event).or_default().extend(documents);
        }
    }

    /// The triples of the default graph, sorted by subject.
    #[must_use]
    pub fn quads(&self, base: &Base, ontology: &Ontology) -> Vec<Quad> {
        let mut quads = Vec::new();
        let tallies = tallies(self.entities.clone(), &self.edges, ontology);
        for (id, tally) in &tallies {
            tally.quads(id, base, ontology, &mut quads);
        }
        for (event, documents) in &self.events {
            quads.extend(event_quad(event, documents.values(), base));
        }
        quads
    }
}

/// How many independent sources tell an event. What one document tells has one source; only where several tell it is there
/// something to count.
pub(super) fn event_quad<'a>(
    event: &str,
    documents: impl ExactSizeIterator<Item = &'a Sketch>,
    base: &Base,
) -> Option<Quad> {
    (documents.len() > 1).then(|| {
        let sources = i64::try_from(independent(documents)).unwrap_or(i64::MAX);
        Quad::new(
            base.event(event),
            vocab::INDEPENDENT_SOURCES,
            Literal::from(sources),
            GraphName::DefaultGraph,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(id: &str, kind: &str, label: &str, known: bool) -> Entity {
        Entity {
            id: id.into(),
            kind: kind.into(),
            labels: BTreeMap::from([("en".to_owned(), label.to_owned())]),
            aliases: BTreeMap::from([("en".to_owned(), vec![format!("{label}s")])]),
            wikidata: known.then(|| "Q1".to_owned()),
            known,
        }
    }

    fn lines(facts: &Facts) -> Vec<String> {
        let quads = facts.quads(&Base::default(), Ontology::embedded());
        let short = |quad: &Quad| {
            quad.to_string()
                .replace("https://w3id.org/kilde/id/entity/", "")
                .replace("https://w3id.org/kilde/ns#", "")
                .replace("http://www.w3.org/2004/02/skos/core#", "")
                .replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "")
        };
        quads.iter().map(short).collect()
    }

    #[test]
    fn the_gazetteer_wins_then_the_majority_then_the_alphabet() {
        let mut facts = Facts::default();
        for kind in ["City", "City", "Person", "Person"] {
            facts.add_entity(&entity("x", kind, "X", false));
        }
        assert!(lines(&facts).contains(&"<x> <type> <City>".to_owned()));
        facts.add_entity(&entity("x", "Person", "X", false));
        assert!(lines(&facts).contains(&"<x> <type> <Person>".to_owned()));
        facts.add_entity(&entity("x", "State", "Xland", true));
        assert_eq!(
            lines(&facts),
            [
                "<x> <type> <State>",
                "<x> <prefLabel> \"Xland\"@en",
                "<x> <altLabel> \"X\"@en",
                "<x> <altLabel> \"Xlands\"@en",
                "<x> <altLabel> \"Xs\"@en",
                "<x> <exactMatch> <http://www.wikidata.org/entity/Q1>",
            ]
        );
    }

    #[track_caller]
    fn check_edges(relation: &str, object_kind: &str, expected: &[&str]) {
        let mut facts = Facts::default();
        facts.add_entity(&entity("a", "State", "A", false));
        facts.add_entity(&entity("b", object_kind, "B", false));
        facts.add_edge(&"a".into(), &relation.into(), &"b".into());
        let edges: Vec<String> = lines(&facts)
            .into_iter()
            .filter(|line| line.ends_with("<a>") || line.ends_with("<b>"))
            .collect();
        assert_eq!(edges, expected);
    }

    #[test]
    fn symmetric_edges_go_both_ways_between_actors() {
        check_edges(
            "AGREE",
            "State",
            &["<a> <agreesWith> <b>", "<b> <agreesWith> <a>"],
        );
        check_edges("AGREE", "Agreement", &["<a> <agreesWith> <b>"]);
        check_edges("ACCUSE", "State", &["<a> <accuses> <b>"]);
    }

    #[test]
    fn copies_of_one_report_are_one_source() {
        let report = "Norland and Vestia signed a treaty in Kaupang on Monday, the minister said.";
        let own = "Cheers met the ministers when they put their names to the treaty, our reporter writes.";
        let mut facts = Facts::default();
        for (document, text) in [("a", report), ("b", report), ("c", own)] {
            facts.add_telling("1", document, Sketch::of(text));
        }
        facts.add_telling("2", "a", Sketch::of(report));
        let lines = lines(&facts);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(
            lines[0].contains("event/1") && lines[0].contains("\"2\""),
            "{lines:?}"
        );
    }

    #[test]
    fn the_broader_edge_stands_as_well() {
        check_edges("KILL", "Person", &["<a> <attacks> <b>", "<a> <kills> <b>"]);
        check_edges(
            "MEDIATE",
            "State",
            &[
                "<a> <consultsWith> <b>",
                "<a> <mediates> <b>",
                "<b> <consultsWith> <a>",
            ],
        );
    }
}

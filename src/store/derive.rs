//! The default graph: entities with their types, labels and Wikidata items, and the plain edges between them. All of it
//! follows from the documents, whatever their order: dropping it and deriving it again gives the same triples.

use std::{
    borrow::Borrow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use oxigraph::model::{GraphName, Literal, NamedNodeRef, Quad, Term};
use serde::{Deserialize, Serialize};

use super::{
    base::{Base, segment},
    copies::{Sketch, independent},
    parse::StoredDocument,
    quads::tagged,
};
use crate::{
    claim::{Claim, Entity, Name},
    ontology::{Ontology, vocab},
};

/// How often something was said, by those that the gazetteer backs and by others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Votes {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    known: BTreeMap<String, usize>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    other: BTreeMap<String, usize>,
}

impl Votes {
    fn add(&mut self, known: bool, what: &str) {
        let votes = if known {
            &mut self.known
        } else {
            &mut self.other
        };
        count(votes, what, 1);
    }

    /// What the gazetteer says wins; then what is said most often; then what comes first in the alphabet.
    fn winner(&self) -> Option<&str> {
        let votes = if self.known.is_empty() {
            &self.other
        } else {
            &self.known
        };
        let most = votes
            .iter()
            .max_by_key(|(what, count)| (**count, Reverse(*what)));
        most.map(|(what, _)| what.as_str())
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.known.keys().chain(self.other.keys())
    }

    fn merge(&mut self, other: Self) {
        merge(&mut self.known, other.known);
        merge(&mut self.other, other.other);
    }

    fn take_away(&mut self, other: &Self) {
        take_away(&mut self.known, &other.known);
        take_away(&mut self.other, &other.other);
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.other.is_empty()
    }
}

/// What the documents say of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    kinds: Votes,
    labels: BTreeMap<String, Votes>,
    aliases: BTreeMap<String, BTreeMap<String, usize>>,
    wikidata: Votes,
}

impl Said {
    fn add(&mut self, entity: &Entity) {
        self.kinds.add(entity.known, &entity.kind);
        for (lang, label) in &entity.labels {
            let votes = self.labels.entry(lang.clone()).or_default();
            votes.add(entity.known, label);
        }
        for (lang, names) in &entity.aliases {
            let aliases = self.aliases.entry(lang.clone()).or_default();
            for name in names {
                count(aliases, name, 1);
            }
        }
        if let Some(id) = &entity.wikidata {
            self.wikidata.add(entity.known, id);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.kinds.merge(other.kinds);
        self.wikidata.merge(other.wikidata);
        for (lang, votes) in other.labels {
            self.labels.entry(lang).or_default().merge(votes);
        }
        for (lang, names) in other.aliases {
            merge(self.aliases.entry(lang).or_default(), names);
        }
    }

    /// Takes away what others had added.
    pub(super) fn take_away(&mut self, other: &Self) {
        self.kinds.take_away(&other.kinds);
        self.wikidata.take_away(&other.wikidata);
        for (lang, votes) in &other.labels {
            if let Some(own) = self.labels.get_mut(lang) {
                own.take_away(votes);
            }
        }
        for (lang, names) in &other.aliases {
            if let Some(own) = self.aliases.get_mut(lang) {
                take_away(own, names);
            }
        }
        self.labels.retain(|_, votes| !votes.is_empty());
        self.aliases.retain(|_, names| !names.is_empty());
    }

    /// Whether nobody says anything of it.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

fn count<K: Ord + Clone + Borrow<Q>, Q: Ord + ?Sized + ToOwned<Owned = K>>(
    counts: &mut BTreeMap<K, usize>,
    what: &Q,
    times: usize,
) {
    if let Some(own) = counts.get_mut(what) {
        *own += times;
    } else {
        counts.insert(what.to_owned(), times);
    }
}

/// Adds counts to counts.
pub(super) fn merge<K: Ord>(counts: &mut BTreeMap<K, usize>, others: BTreeMap<K, usize>) {
    for (what, times) in others {
        *counts.entry(what).or_default() += times;
    }
}

/// Takes counts away; what is left of nothing is gone.
pub(super) fn take_away<K: Ord>(counts: &mut BTreeMap<K, usize>, others: &BTreeMap<K, usize>) {
    for (what, times) in others {
        if let Some(own) = counts.get_mut(what) {
            *own = own.saturating_sub(*times);
            if *own == 0 {
                counts.remove(what);
            }
        }
    }
}

/// Subjects whose triples are handed out at once.
const PART: usize = 4096;

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
        for (id, said) in &self.entities {
            entity_quads(id, said, base, &mut quads);
        }
        let edges = self.plain_edges(ontology);
        quads.extend(edges.iter().map(|edge| edge_quad(edge, base)));
        quads.extend(self.event_quads(base));
        quads
    }

    fn event_quads(&self, base: &Base) -> Vec<Quad> {
        let mut quads = Vec::new();
        // What one document tells has one source; only where several tell it is there something to count.
        for (event, documents) in self
            .events
            .iter()
            .filter(|(_, documents)| documents.len() > 1)
        {
            quads.push(Quad::new(
                base.event(event),
                vocab::INDEPENDENT_SOURCES,
                Literal::from(i64::try_from(independent(documents.values())).unwrap_or(i64::MAX)),
                GraphName::DefaultGraph,
            ));
        }
        quads
    }

    /// The triples of the default graph, some subjects at a time, in the order in which files hold them: sorted parts one
    /// after the other are the sorted whole.
    ///
    /// # Errors
    /// Those of `take`.
    pub fn parts<E>(
        &self,
        base: &Base,
        ontology: &Ontology,
        mut take: impl FnMut(Vec<Quad>) -> Result<(), E>,
    ) -> Result<(), E> {
        let edges = self.plain_edges(ontology);
        let acting = edges.iter().map(|(subject, ..)| *subject);
        let ids: BTreeSet<&str> = self.entities.keys().map(|id| &**id).chain(acting).collect();
        // By the names as they are written, which have another order than the ids.
        let mut ids: Vec<(String, &str)> = ids
            .into_iter()
            .map(|id| (base.entity(id).to_string(), id))
            .collect();
        ids.sort_unstable();
        for some in ids.chunks(PART) {
            let mut quads = Vec::new();
            for (_, id) in some {
                if let Some(said) = self.entities.get(*id) {
                    entity_quads(id, said, base, &mut quads);
                }
                let own = edges
                    .range((*id, "", "")..)
                    .take_while(|edge| edge.0 == *id);
                quads.extend(own.map(|edge| edge_quad(edge, base)));
            }
            take(quads)?;
        }
        take(self.event_quads(base))
    }

    /// The edges that stand: each over its property and all broader ones, and back again where the relation is
    /// symmetric and the object is an actor (an agreement does not agree).
    fn plain_edges<'a>(&'a self, ontology: &'a Ontology) -> BTreeSet<(&'a str, &'a str, &'a str)> {
        let mut edges = BTreeSet::new();
        for (subject, code, object) in self.edges.keys() {
            let Some(relation) = ontology.relation(code) else {
                continue;
            };
            for relation in ontology.with_broader(relation) {
                edges.insert((&**subject, &*relation.property, &**object));
                let kind = self.entities.get(object).and_then(|one| one.kinds.winner());
                if relation.symmetric && kind.is_some_and(|kind| ontology.is_a(kind, "Actor")) {
                    edges.insert((&**object, &*relation.property, &**subject));
                }
            }
        }
        edges
    }
}

fn entity_quads(id: &str, said: &Said, base: &Base, quads: &mut Vec<Quad>) {
    let mut add = |predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(triple(base, id, predicate, object));
    };
    if let Some(kind) = said.kinds.winner() {
        add(vocab::RDF_TYPE, vocab::kilde(&segment(kind)).into());
    }
    let mut aliases: BTreeMap<&String, BTreeSet<&str>> = BTreeMap::new();
    for (lang, names) in &said.aliases {
        aliases.insert(lang, names.keys().map(String::as_str).collect());
    }
    for (lang, votes) in &said.labels {
        let Some(preferred) = votes.winner() else {
            continue;
        };
        add(vocab::SKOS_PREF_LABEL, tagged(preferred, lang).into());
        let others = aliases.entry(lang).or_default();
        others.extend(votes.all().map(String::as_str));
        others.remove(preferred);
    }
    for (lang, names) in &aliases {
        for name in names {
            add(vocab::SKOS_ALT_LABEL, tagged(name, lang).into());
        }
    }
    if let Some(item) = said.wikidata.winner() {
        add(
            vocab::SKOS_EXACT_MATCH,
            vocab::wikidata(&segment(item)).into(),
        );
    }
}

fn edge_quad((subject, property, object): &(&str, &str, &str), base: &Base) -> Quad {
    let property = vocab::kilde(property);
    triple(base, subject, property.as_ref(), base.entity(object))
}

fn triple(
    base: &Base,
    subject: &str,
    predicate: NamedNodeRef<'_>,
    object: impl Into<Term>,
) -> Quad {
    Quad::new(
        base.entity(subject),
        predicate,
        object,
        GraphName::DefaultGraph,
    )
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
    fn parts_are_the_whole_in_the_order_of_files() {
        let mut facts = Facts::default();
        for id in ["a", "a-b", "a b", "é", "z"] {
            facts.add_entity(&entity(id, "State", id, false));
            facts.add_edge(&id.into(), &"AGREE".into(), &"a".into());
        }
        // Somebody of whom nothing else is said.
        facts.add_edge(&"nobody".into(), &"ACCUSE".into(), &"z".into());
        for document in ["1", "2"] {
            facts.add_telling("e", document, Sketch::of(document));
        }
        let (base, ontology) = (Base::default(), Ontology::embedded());
        let mut lines = String::new();
        let taken: Result<(), ()> = facts.parts(&base, ontology, |part| {
            lines += &crate::store::sorted_lines(&part);
            Ok(())
        });
        assert_eq!(taken, Ok(()));
        assert_eq!(
            lines,
            crate::store::sorted_lines(&facts.quads(&base, ontology))
        );
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

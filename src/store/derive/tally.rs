//! All that documents say of one entity: of itself, and in claims with it on either side. Its own statements in the default
//! graph follow from that alone.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedNodeRef, Quad, Term};
use serde::{Deserialize, Serialize};

use super::{
    Edge, Facts,
    said::{Described, Said, merge, take_away},
};
use crate::{
    claim::Name,
    ontology::{Ontology, vocab},
    store::{
        Merge,
        base::{Base, segment},
        quads::tagged,
    },
};

/// What is said of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct Tally {
    pub(super) said: Said,
    /// Claims by relation and object.
    #[serde(default, skip_serializing_if = "Ends::is_empty")]
    does: Ends,
    /// Claims by relation and subject, of relations that go both ways.
    #[serde(default, skip_serializing_if = "Ends::is_empty")]
    undergoes: Ends,
}

/// How many claims there are by relation and the other end.
type Ends = BTreeMap<Name, BTreeMap<Name, usize>>;

impl Tally {
    /// Adds what others say.
    pub(in crate::store) fn merge(&mut self, other: Self) {
        self.said.merge(other.said);
        for (own, others) in [
            (&mut self.does, other.does),
            (&mut self.undergoes, other.undergoes),
        ] {
            for (relation, ends) in others {
                merge(own.entry(relation).or_default(), ends);
            }
        }
    }

    /// Takes away what others had added.
    pub(in crate::store) fn take_away(&mut self, other: &Self) {
        self.said.take_away(&other.said);
        for (own, others) in [
            (&mut self.does, &other.does),
            (&mut self.undergoes, &other.undergoes),
        ] {
            for (relation, ends) in others {
                if let Some(own) = own.get_mut(relation) {
                    take_away(own, ends);
                }
            }
            own.retain(|_, ends| !ends.is_empty());
        }
    }

    /// Whether nothing is said.
    pub(in crate::store) fn is_empty(&self) -> bool {
        self.said.is_empty() && self.does.is_empty() && self.undergoes.is_empty()
    }

    /// The same as facts.
    pub(in crate::store) fn into_facts(self, id: &Name, facts: &mut Facts) {
        for (relation, ends) in self.does {
            for (end, claims) in ends {
                facts
                    .edges
                    .insert((id.clone(), relation.clone(), end), claims);
            }
        }
        for (relation, ends) in self.undergoes {
            for (end, claims) in ends {
                facts
                    .edges
                    .insert((end, relation.clone(), id.clone()), claims);
            }
        }
        if !self.said.is_empty() {
            facts.entities.insert(id.clone(), self.said);
        }
    }

    /// The entity's own statements in the default graph: what it is and is called, then its plain edges.
    pub(in crate::store) fn quads(
        &self,
        id: &str,
        base: &Base,
        ontology: &Ontology,
        quads: &mut Vec<Quad>,
    ) {
        described_quads(id, &self.said.described(), base, quads);
        let edges = self.plain_edges(ontology);
        quads.extend(edges.iter().map(|(property, end)| {
            let property = vocab::kilde(property);
            triple(base, id, property.as_ref(), base.entity(end))
        }));
    }

    /// The edges that stand: each over its property and all broader ones, and back again where the relation is
    /// symmetric and the object is an actor (an agreement does not agree).
    fn plain_edges<'a>(&'a self, ontology: &'a Ontology) -> BTreeSet<(&'a str, &'a str)> {
        let mut edges = BTreeSet::new();
        let kind = self.said.kind();
        let is_actor = kind.is_some_and(|kind| ontology.is_a(kind, "Actor"));
        for (ends, only_symmetric) in [(&self.does, false), (&self.undergoes, true)] {
            if only_symmetric && !is_actor {
                continue;
            }
            for (code, ends) in ends {
                let Some(relation) = ontology.relation(code) else {
                    continue;
                };
                for relation in ontology.with_broader(relation) {
                    if relation.symmetric || !only_symmetric {
                        edges.extend(ends.keys().map(|end| (&*relation.property, &**end)));
                    }
                }
            }
        }
        edges
    }
}

/// Entities and edges of facts by entity.
pub(in crate::store) fn tallies(
    entities: BTreeMap<Name, Said>,
    edges: &BTreeMap<Edge, usize>,
    ontology: &Ontology,
) -> BTreeMap<Name, Tally> {
    let with_said = |(id, said)| {
        let tally = Tally {
            said,
            ..Tally::default()
        };
        (id, tally)
    };
    let mut tallies: BTreeMap<Name, Tally> = entities.into_iter().map(with_said).collect();
    for ((subject, code, object), claims) in edges {
        let does = &mut tallies.entry(subject.clone()).or_default().does;
        let ends = does.entry(code.clone()).or_default();
        *ends.entry(object.clone()).or_default() += claims;
        if ontology
            .relation(code)
            .is_some_and(|one| ontology.with_broader(one).any(|one| one.symmetric))
        {
            let undergoes = &mut tallies.entry(object.clone()).or_default().undergoes;
            let ends = undergoes.entry(code.clone()).or_default();
            *ends.entry(subject.clone()).or_default() += claims;
        }
    }
    tallies
}

fn described_quads(id: &str, one: &Described, base: &Base, quads: &mut Vec<Quad>) {
    let mut add = |predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(triple(base, id, predicate, object));
    };
    if let Some(kind) = &one.kind {
        add(vocab::RDF_TYPE, vocab::kilde(&segment(kind)).into());
    }
    for (lang, label) in &one.labels {
        add(vocab::SKOS_PREF_LABEL, tagged(label, lang).into());
    }
    for (lang, names) in &one.aliases {
        for name in names {
            add(vocab::SKOS_ALT_LABEL, tagged(name, lang).into());
        }
    }
    if let Some(item) = &one.wikidata {
        add(
            vocab::SKOS_EXACT_MATCH,
            vocab::wikidata(&segment(item)).into(),
        );
    }
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

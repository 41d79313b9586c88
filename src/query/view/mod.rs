//! The view of the graph that pictures, analysis and pages share, made from a store's documents: who is in it, and for each
//! pair of actors and relation what was claimed, by whom, in which words. A filter says which part of it is wanted.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::{Entities, QueryError, error::by_likeness};
use crate::{
    claim::{Claim, Modality, Name, Polarity, makes_edge},
    document::PartialDate,
    graph::{Edge, Graph, Node, Source},
    ontology::{Ontology, Relation, vocab},
    store::{
        Base, Descriptions, Glance, Named, Quoted, Short, Store, StoreError, StoredDocument,
        glances_of,
    },
    text::{Span, fold_name},
};

mod busiest;
mod steps;

pub use busiest::Busiest;

use steps::{between, neighbourhood};

/// How alike two names of relations are at least to be offered.
const LIKE: f64 = 0.7;

/// What is wanted of a graph. The default is all of it, in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Language of labels (`en`, `nb`); where one is missing, English.
    pub lang: String,
    /// Only what lies within `hops` steps of these actors; empty: everything.
    pub around: Vec<Name>,
    /// Steps from the actors in `around`, whatever the direction of the edges; 0 gives the actors alone, and what is
    /// between them.
    pub hops: usize,
    /// Only so many actors: those with the most claims (those in `around` always).
    pub top: Option<usize>,
    /// Only these relations, by code, and finer ones; empty: all.
    pub relations: Vec<Name>,
    /// Only edges that stand: no planned, demanded, possible or denied ones.
    pub plain_only: bool,
    /// Only claims about this time or later. A claim without a date counts by the day of its report.
    pub since: Option<PartialDate>,
    /// Only claims about this time or earlier.
    pub until: Option<PartialDate>,
    /// Only claims that rest on the words of this actor, told directly or passed on.
    pub speaker: Option<Name>,
    /// Only what lies on the shortest ways between these two, whatever the direction of the edges.
    pub path: Option<(Name, Name)>,
    /// Only edges that some claims affirm and others deny.
    pub disputed_only: bool,
}

impl Filter {
    /// Whether a claim passes, taken by itself: by its time, its speaker, its relation, and whether it makes an edge.
    #[must_use]
    pub fn wants(&self, claim: &Claim, reported: Option<PartialDate>, ontology: &Ontology) -> bool {
        (!self.plain_only || claim.makes_edge()) && self.counts(claim, reported, ontology)
    }

    /// Whether a claim counts among those of an edge, whether or not it makes it stand.
    fn counts(&self, claim: &Claim, reported: Option<PartialDate>, ontology: &Ontology) -> bool {
        let mut speakers = claim.speaker.iter().chain(&claim.via);
        let relation = ontology.relation(&claim.relation);
        self.is_in_time(claim.date.or(reported))
            && self
                .speaker
                .as_ref()
                .is_none_or(|speaker| speakers.any(|one| one.entity == *speaker))
            && relation.is_some_and(|one| is_wanted(ontology, one, &self.relations))
    }

    fn is_in_time(&self, date: Option<PartialDate>) -> bool {
        let late_enough = self
            .since
            .is_none_or(|since| date.is_some_and(|date| date.latest() >= since.earliest()));
        let early_enough = self
            .until
            .is_none_or(|until| date.is_some_and(|date| date.earliest() <= until.latest()));
        late_enough && early_enough
    }
}

fn is_wanted(ontology: &Ontology, relation: &Relation, wanted: &[Name]) -> bool {
    let mut broader = ontology.with_broader(relation);
    wanted.is_empty() || broader.any(|one| wanted.contains(&one.code))
}

/// One claim, with what a filter and an edge need of it.
#[derive(Clone, Debug)]
struct Told {
    subject: Name,
    relation: Name,
    object: Name,
    speakers: Vec<Name>,
    date: Option<PartialDate>,
    reported: Option<PartialDate>,
    makes_edge: bool,
    document: Name,
    hash: Name,
    evidence: Span,
    id: Name,
    quote: Name,
    polarity: Polarity,
    modality: Modality,
    act: Name,
    confidence: f64,
}

/// All claims and entities of a store, read once, to make graphs from.
#[derive(Clone, Debug)]
pub struct View {
    ontology: Ontology,
    entities: Entities,
    claims: Vec<Told>,
}

type Key = (Name, Name, Name);

impl View {
    /// Reads all documents of a store.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn of_store(store: &Store) -> Result<Self, StoreError> {
        Self::of_gists(store, None)
    }

    /// Reads of all documents only what they say of these actors among themselves.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn among(store: &Store, actors: &BTreeSet<Name>) -> Result<Self, StoreError> {
        Self::of_gists(store, Some(actors))
    }

    fn of_gists(store: &Store, among: Option<&BTreeSet<Name>>) -> Result<Self, StoreError> {
        let mut all = Part::default();
        store.each_glance(
            among.is_none(),
            |glances| Part::of(&glances, among),
            |part| all.merge(part),
        )?;
        Ok(Self::of_part(all, store.base(), store.ontology()))
    }

    /// Takes documents as they are.
    #[must_use]
    pub fn of_documents(documents: &[StoredDocument], base: &Base, ontology: &Ontology) -> Self {
        let part = glances_of(documents, |glances| Part::of(&glances, None));
        Self::of_part(part, base, ontology)
    }

    fn of_part(part: Part, base: &Base, ontology: &Ontology) -> Self {
        let mut documents = part.documents;
        documents.sort_by(|one, other| {
            one.first()
                .map(Told::place)
                .cmp(&other.first().map(Told::place))
        });
        Self {
            ontology: ontology.clone(),
            entities: Entities::of_descriptions(part.entities, base),
            claims: documents.into_iter().flatten().collect(),
        }
    }

    /// Everybody in it, to find whom a user means.
    #[must_use]
    pub fn entities(&self) -> &Entities {
        &self.entities
    }

    /// The graph as far as the filter wants it: nodes sorted by id, each with an edge (or asked for by name); edges sorted
    /// by source, target, relation.
    #[must_use]
    pub fn graph(&self, filter: &Filter) -> Graph {
        let mut bundles = self.bundles(filter);
        if filter.plain_only {
            bundles.retain(|_, claims| claims.iter().any(|claim| claim.makes_edge));
        }
        if filter.disputed_only {
            bundles.retain(|_, claims| is_disputed(claims));
        }
        if let Some((from, to)) = &filter.path {
            let way = between(&bundles, from, to);
            bundles.retain(|(one, _, other), _| {
                matches!((way.get(one), way.get(other)), (Some(one), Some(other)) if one.abs_diff(*other) == 1)
            });
        }
        if !filter.around.is_empty() {
            let near = neighbourhood(&bundles, &filter.around, filter.hops);
            bundles.retain(|(from, _, to), _| near.contains(from) && near.contains(to));
        }
        if let Some(top) = filter.top {
            let weights = bundles.iter().map(|(key, claims)| (key, claims.len()));
            let kept = busiest::heaviest(busiest::weights(weights), top, &filter.around);
            bundles.retain(|(from, _, to), _| kept.contains(from) && kept.contains(to));
        }
        self.assemble(&bundles, filter)
    }

    /// The claims that the filter lets through, by edge.
    fn bundles(&self, filter: &Filter) -> BTreeMap<Key, Vec<&Told>> {
        let keyed = |claim| {
            let claim: &Told = claim;
            let relation = self.ontology.relation(&claim.relation)?;
            let wanted =
                claim.passes(filter) && is_wanted(&self.ontology, relation, &filter.relations);
            wanted.then(|| (self.key(claim, relation), claim))
        };
        let mut keyed: Vec<(Key, &Told)> = self.claims.par_iter().filter_map(keyed).collect();
        keyed.par_sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut bundles: Vec<(Key, Vec<&Told>)> = Vec::new();
        for (key, claim) in keyed {
            match bundles.last_mut() {
                Some((last, claims)) if *last == key => claims.push(claim),
                _ => bundles.push((key, vec![claim])),
            }
        }
        bundles.into_iter().collect()
    }

    /// From, to, relation; of an edge that goes both ways the smaller id is "from".
    fn key(&self, claim: &Told, relation: &Relation) -> Key {
        let both_ways = self.goes_both_ways(relation, &claim.object);
        key(&claim.subject, &claim.relation, &claim.object, both_ways)
    }

    /// An agreement does not agree: only an actor can be on the other side.
    fn goes_both_ways(&self, relation: &Relation, object: &str) -> bool {
        let kind = self.entities.get(object).map(|card| &*card.kind);
        relation.symmetric && kind.is_some_and(|kind| self.ontology.is_a(kind, "Actor"))
    }

    fn assemble(&self, bundles: &BTreeMap<Key, Vec<&Told>>, filter: &Filter) -> Graph {
        let mut graph = Graph::new();
        let ends = bundles.keys().flat_map(|(from, _, to)| [from, to]);
        let known = |id: &&Name| self.entities.get(id).is_some();
        let ids: BTreeSet<&Name> = ends.chain(filter.around.iter().filter(known)).collect();
        let nodes: BTreeMap<&Name, _> = ids
            .into_iter()
            .map(|id| (id, graph.add_node(self.node(id, &filter.lang))))
            .collect();
        let mut sorted: Vec<(&Key, &Vec<&Told>)> = bundles.iter().collect();
        sorted.sort_by_key(|((from, relation, to), _)| (from, to, relation));
        let edge = |(key, claims): (&Key, &Vec<&Told>)| {
            let (from, _, to) = key;
            let (source, target) = (*nodes.get(from)?, *nodes.get(to)?);
            Some((source, target, self.edge(key, claims, &filter.lang)?))
        };
        let edges: Vec<_> = sorted.into_par_iter().filter_map(edge).collect();
        for (source, target, edge) in edges {
            graph.add_edge(source, target, edge);
        }
        graph
    }

    fn node(&self, id: &Name, lang: &str) -> Node {
        let card = self.entities.get(id);
        Node {
            id: id.clone(),
            label: card.map_or(&**id, |card| card.label(lang)).to_owned(),
            kind: card.map_or_else(|| "Entity".into(), |card| card.kind.clone()),
            wikidata: card.and_then(|card| card.wikidata.clone()),
        }
    }

    fn edge(&self, (_, code, to): &Key, claims: &[&Told], lang: &str) -> Option<Edge> {
        let relation = self.ontology.relation(code)?;
        Some(Edge {
            relation: code.clone(),
            property: relation.property.clone(),
            label: relation.label(lang).to_owned(),
            symmetric: self.goes_both_ways(relation, to),
            quad_class: relation.quad_class,
            plain: claims.iter().any(|claim| claim.makes_edge),
            disputed: is_disputed(claims),
            sources: claims
                .iter()
                .map(|claim| self.source(claim, lang))
                .collect(),
        })
    }

    fn source(&self, claim: &Told, lang: &str) -> Source {
        let label = |id: &Name| {
            let card = self.entities.get(id);
            card.map_or_else(|| id.clone(), |card| card.label(lang).into())
        };
        Source {
            claim: claim.id.clone(),
            quote: claim.quote.clone(),
            document: claim.document.clone(),
            reported: claim.reported,
            date: claim.date,
            speaker: claim.speakers.first().map(label),
            polarity: claim.polarity,
            modality: claim.modality,
            stands: claim.makes_edge,
            act: claim.act.clone(),
            confidence: claim.confidence,
        }
    }
}

/// The relation that a user means: a code (`ACCUSE`), a property (`accuses`, `kilde:accuses`, its IRI) or a label.
///
/// # Errors
/// If there is none; with the nearest.
pub fn relation<'a>(ontology: &'a Ontology, text: &str) -> Result<&'a Relation, QueryError> {
    let asked = text.trim().trim_start_matches('<').trim_end_matches('>');
    let name = asked
        .strip_prefix("kilde:")
        .or_else(|| asked.strip_prefix(vocab::KILDE));
    let name = name.unwrap_or(asked);
    let folded = fold_name(name);
    let all = || ontology.relations.values();
    let is_labelled = |one: &&Relation| one.labels.values().any(|label| fold_name(label) == folded);
    let found = ontology
        .relation(&name.to_uppercase())
        .or_else(|| ontology.relation_by_property(name))
        .or_else(|| all().find(is_labelled));
    found.ok_or_else(|| {
        let names = all().flat_map(|one| [&*one.code, &*one.property]);
        let like = by_likeness(name, names)
            .into_iter()
            .filter(|(score, _)| *score >= LIKE);
        QueryError::UnknownRelation {
            text: text.to_owned(),
            nearest: like.take(4).map(|(_, name)| name.to_owned()).collect(),
        }
    })
}

impl Told {
    /// Where it stands, for sorting.
    fn place(&self) -> (&str, &str, Span, &str) {
        (&self.document, &self.hash, self.evidence, &self.id)
    }

    fn passes(&self, filter: &Filter) -> bool {
        let spoken = filter
            .speaker
            .as_ref()
            .is_none_or(|speaker| self.speakers.contains(speaker));
        spoken && filter.is_in_time(self.date.or(self.reported))
    }
}

/// What some documents say.
#[derive(Default)]
struct Part {
    entities: Descriptions,
    /// The claims of each document, sorted by their places in it.
    documents: Vec<Vec<Told>>,
}

impl Part {
    /// All that they say, or only what they say of some actors among themselves.
    fn of(glances: &[Glance<'_>], among: Option<&BTreeSet<Name>>) -> Self {
        let mut part = Self::default();
        let mut names = Names::default();
        let is_known = |id: &str| among.is_none_or(|actors| actors.contains(id));
        for glance in glances {
            let own = glance.claims.iter().filter(|one| {
                let claim = &one.claim;
                is_known(&claim.subject.entity) && is_known(&claim.object.entity)
            });
            let own: Vec<&Quoted<'_>> = own.collect();
            let speakers: BTreeSet<&str> = own
                .iter()
                .flat_map(|one| speakers(&one.claim))
                .map(|one| &*one.entity)
                .collect();
            for entity in &glance.entities {
                if is_known(&entity.id) || speakers.contains(&*entity.id) {
                    part.entities.add(entity);
                }
            }
            let (id, hash) = ((*glance.id).into(), (*glance.hash).into());
            let own = own
                .into_iter()
                .map(|quoted| told(quoted, glance.reported, (&id, &hash), &mut names));
            let mut own: Vec<Told> = own.collect();
            own.sort_by(|one, other| one.place().cmp(&other.place()));
            part.documents.push(own);
        }
        part
    }

    fn merge(&mut self, other: Self) {
        self.entities.merge(other.entities);
        self.documents.extend(other.documents);
    }
}

/// Names that were met, each once.
#[derive(Default)]
struct Names(HashSet<Name>);

impl Names {
    fn get(&mut self, text: &str) -> Name {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let name: Name = text.into();
        self.0.insert(name.clone());
        name
    }
}

fn speakers<'a>(claim: &'a Short<'a>) -> impl Iterator<Item = &'a Named<'a>> {
    claim.speaker.iter().chain(&claim.via)
}

fn told(
    Quoted { quote, claim }: &Quoted<'_>,
    reported: Option<PartialDate>,
    (document, hash): (&Name, &Name),
    names: &mut Names,
) -> Told {
    let speakers = speakers(claim)
        .map(|speaker| names.get(&speaker.entity))
        .collect();
    Told {
        speakers,
        subject: names.get(&claim.subject.entity),
        relation: names.get(&claim.relation),
        object: names.get(&claim.object.entity),
        act: names.get(&claim.act),
        date: claim.date,
        reported,
        makes_edge: makes_edge(claim.polarity, claim.modality, claim.confidence),
        document: document.clone(),
        hash: hash.clone(),
        evidence: claim.evidence,
        id: (*claim.id).into(),
        quote: (**quote).into(),
        polarity: claim.polarity,
        modality: claim.modality,
        confidence: claim.confidence,
    }
}

fn key(from: &Name, relation: &Name, to: &Name, both_ways: bool) -> Key {
    let (from, to) = if both_ways && to < from {
        (to, from)
    } else {
        (from, to)
    };
    (from.clone(), relation.clone(), to.clone())
}

/// Whether some claims affirm and others deny it.
fn is_disputed(claims: &[&Told]) -> bool {
    let holds = |polarity| {
        let held = |claim: &&Told| claim.polarity == polarity && is_held(claim.modality);
        claims.iter().any(held)
    };
    holds(Polarity::Positive) && holds(Polarity::Negative)
}

/// Whether somebody holds it to be so (or not so), if only possibly: what is planned and later not done is no dispute.
fn is_held(modality: Modality) -> bool {
    matches!(modality, Modality::Asserted | Modality::Possible)
}

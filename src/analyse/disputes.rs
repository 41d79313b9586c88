//! Where sources do not agree: what some affirm and others deny, and what cannot both be so (two leaders of one body by the
//! same office at the same time). Nothing is decided; each side is shown with who says it and how many independent sources
//! it has.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rayon::prelude::*;

use crate::{
    claim::{Modality, Polarity},
    graph::{Graph, Source},
    ontology::Ontology,
    store::{self, Sketch},
    text::fold_name,
};

/// For how many days before and after a report a state is taken to hold, if the text gives no time.
const AROUND_A_REPORT: i64 = 30;

/// What sources do not agree about.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// `denied` (some affirm, some deny) or `incompatible`.
    pub kind: Kind,
    /// What is said on each side; two or more.
    pub sides: Vec<Side>,
}

/// In what way sources do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Some affirm what others deny.
    Denied,
    /// Not both can be so.
    Incompatible,
}

/// One side of a dispute.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Who or what acts.
    pub subject: NodeIndex,
    /// Label of the relation.
    pub relation: String,
    /// The property.
    pub property: String,
    /// Whom or what it concerns.
    pub object: NodeIndex,
    /// Whether this side affirms or denies it.
    pub polarity: Polarity,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// How many of the documents are no copies of one another.
    pub independent: usize,
}

/// All disputes of a graph that holds denied and possible claims too, those with the most independent sources on their weaker
/// side first. `sketches` gives those of documents by their ids; one without counts as no copy of another.
///
/// # Errors
/// Those of `sketches`.
pub fn disputes<E>(
    graph: &Graph,
    ontology: &Ontology,
    sketches: impl FnOnce(&BTreeSet<String>) -> Result<BTreeMap<String, Sketch>, E>,
) -> Result<Vec<Dispute>, E> {
    let mut found = Vec::new();
    for edge in graph
        .edge_references()
        .filter(|edge| edge.weight().disputed)
    {
        let (yes, no): (Vec<Source>, Vec<Source>) = held(&edge.weight().sources)
            .cloned()
            .partition(|source| source.polarity == Polarity::Positive);
        let side = |polarity, sources: Vec<Source>| Side {
            subject: edge.source(),
            relation: edge.weight().label.clone(),
            property: edge.weight().property.to_string(),
            object: edge.target(),
            polarity,
            independent: 0,
            sources,
        };
        found.push(Dispute {
            kind: Kind::Denied,
            sides: vec![side(Polarity::Positive, yes), side(Polarity::Negative, no)],
        });
    }
    found.extend(incompatible(graph, ontology));
    count_sources(&mut found, sketches)?;
    found.sort_by_cached_key(|one| {
        let weaker = one.sides.iter().map(|side| side.independent).min();
        let all: usize = one.sides.iter().map(|side| side.sources.len()).sum();
        let place = one.sides.first().map(|side| (side.subject, side.object));
        (std::cmp::Reverse((weaker, all)), one.kind, place)
    });
    Ok(found)
}

/// Fills in how many of each side's sources are independent.
fn count_sources<E>(
    disputes: &mut [Dispute],
    sketches: impl FnOnce(&BTreeSet<String>) -> Result<BTreeMap<String, Sketch>, E>,
) -> Result<(), E> {
    let sides = disputes.iter().flat_map(|one| &one.sides);
    let documents: BTreeSet<String> = sides
        .flat_map(|side| &side.sources)
        .map(|source| source.document.to_string())
        .collect();
    let mut known = sketches(&documents)?;
    for id in documents {
        known.entry(id).or_insert_with_key(|id| Sketch::of(id));
    }
    let sides = disputes.par_iter_mut().flat_map_iter(|one| &mut one.sides);
    sides.for_each(|side| {
        let sources = side.sources.iter().map(|source| &*source.document);
        let documents: BTreeSet<&str> = sources.collect();
        let sketches = documents.into_iter().filter_map(|id| known.get(id));
        side.independent = store::independent(sketches);
    });
    Ok(())
}

/// What somebody holds to be so or not so, if only possibly.
fn held(sources: &[Source]) -> impl Iterator<Item = &Source> {
    let is_held =
        |source: &&Source| matches!(source.modality, Modality::Asserted | Modality::Possible);
    sources.iter().filter(is_held)
}

/// Relations in which only one can stand to the same object at a time, by the same act or office.
fn incompatible(graph: &Graph, ontology: &Ontology) -> Vec<Dispute> {
    let mut groups: BTreeMap<(String, NodeIndex, String), BTreeMap<NodeIndex, Vec<Timed<'_>>>> =
        BTreeMap::new();
    let mut labels = BTreeMap::new();
    for edge in graph.edge_references() {
        let relation = ontology.relation(&edge.weight().relation);
        if !relation.is_some_and(|relation| relation.one_subject) {
            continue;
        }
        let property = edge.weight().property.to_string();
        labels.insert(property.clone(), edge.weight().label.clone());
        for source in edge.weight().sources.iter().filter(|source| source.stands) {
            let key = (property.clone(), edge.target(), fold_name(&source.act));
            let subjects = groups.entry(key).or_default();
            let told = subjects.entry(edge.source()).or_default();
            told.push((source, time(source)));
        }
    }
    let mut found = Vec::new();
    for ((property, object, _), subjects) in groups {
        let all: Vec<(&NodeIndex, &Vec<Timed<'_>>)> = subjects.iter().collect();
        for (at, (one, sources)) in all.iter().enumerate() {
            for (other, others) in &all[at + 1..] {
                let (yes, no) = overlapping(sources, others);
                if yes.is_empty() {
                    continue;
                }
                let side = |subject: NodeIndex, sources: Vec<Source>| Side {
                    subject,
                    relation: labels[&property].clone(),
                    property: property.clone(),
                    object,
                    polarity: Polarity::Positive,
                    independent: 0,
                    sources,
                };
                found.push(Dispute {
                    kind: Kind::Incompatible,
                    sides: vec![side(**one, yes), side(**other, no)],
                });
            }
        }
    }
    found
}

/// The sources of both that speak of the same time as one of the others.
fn overlapping(one: &[Timed<'_>], other: &[Timed<'_>]) -> (Vec<Source>, Vec<Source>) {
    let of = |own: &[Timed<'_>], others: &[Timed<'_>]| {
        let meets = |time: &Option<Days>| {
            let mut others = others.iter().filter_map(|(_, time)| *time);
            time.is_some_and(|(from, to)| others.any(|(start, end)| from <= end && start <= to))
        };
        let found = own.iter().filter(|(_, time)| meets(time));
        found.map(|(source, _)| (*source).clone()).collect()
    };
    (of(one, other), of(other, one))
}

/// A source, and the days that it speaks of.
type Timed<'a> = (&'a Source, Option<Days>);

/// From and to.
type Days = (jiff::civil::Date, jiff::civil::Date);

/// The days that a claim speaks of: of its event, else around its report.
fn time(source: &Source) -> Option<Days> {
    if let Some(date) = source.date {
        return date.days();
    }
    let (first, last) = source.reported?.days()?;
    let around = jiff::Span::new().days(AROUND_A_REPORT);
    Some((first.saturating_sub(around), last.saturating_add(around)))
}

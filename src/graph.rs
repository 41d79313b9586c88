//! The view of the graph that analysis, export and pages share: actors as nodes, bundles of claims as edges.
//! Types only (petgraph).

use petgraph::graph::DiGraph;

use crate::{
    claim::{Modality, Name, Polarity},
    document::PartialDate,
};

/// An actor or place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Entity id.
    pub id: Name,
    /// Label in the language asked for.
    pub label: String,
    /// Local name of its class (`Person`).
    pub kind: Name,
    /// Wikidata id, if verified.
    pub wikidata: Option<String>,
}

/// The words behind one claim of an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Claim id.
    pub claim: Name,
    /// The quote.
    pub quote: Name,
    /// Document id as given in the input.
    pub document: Name,
    /// Publication date.
    pub reported: Option<PartialDate>,
    /// Date of the event.
    pub date: Option<PartialDate>,
    /// Label of the speaker.
    pub speaker: Option<Name>,
    /// Whether it affirms or denies.
    pub polarity: Polarity,
    /// How it is held.
    pub modality: Modality,
    /// Whether it makes the plain edge stand: positive, asserted and no proposal.
    pub stands: bool,
    /// The predicate in its dictionary form.
    pub act: Name,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// All claims of one relation between two actors, in one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Code of the relation (`AGREE`).
    pub relation: Name,
    /// Local name of the property (`agreesWith`).
    pub property: Name,
    /// Label of the property for people ("agrees with").
    pub label: String,
    /// Whether the relation is symmetric (drawn without arrowhead, one edge).
    pub symmetric: bool,
    /// PLOVER's quad class of the relation: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
    /// 4 material conflict; `None` for states and offices.
    pub quad_class: Option<u8>,
    /// Whether the plain edge stands (at least one positive, asserted claim).
    pub plain: bool,
    /// Whether some claims affirm and others deny it.
    pub disputed: bool,
    /// What it rests on, sorted by document and place in it.
    pub sources: Vec<Source>,
}

/// The graph: nodes sorted by id, edges by (source, target, relation).
pub type Graph = DiGraph<Node, Edge>;

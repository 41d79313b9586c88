//! Relations between the same two actors as one line, where they look the same.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use super::{
    super::{style, words::clean},
    Density, Route,
};
use crate::graph::{Edge, Graph};

/// Relations of one colour between two actors, as one line.
#[derive(Clone, Debug)]
pub(in super::super) struct Line<'a> {
    pub(in super::super) from: usize,
    pub(in super::super) to: usize,
    /// Whether there is an arrowhead at the start, at the end.
    pub(in super::super) heads: [bool; 2],
    pub(in super::super) edges: Vec<Bundled<'a>>,
    pub(in super::super) route: Route,
}

/// A relation in a bundle, with its own direction.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Bundled<'a> {
    pub(in super::super) edge: &'a Edge,
    pub(in super::super) from: usize,
    pub(in super::super) to: usize,
}

impl Line<'_> {
    /// How many claims it stands for.
    pub(in super::super) fn claims(&self) -> usize {
        self.edges.iter().map(|one| one.edge.sources.len()).sum()
    }
}

/// Relations of the same colour, kind of line and direction become one line; in a crowd, the direction shows in the
/// arrowheads alone.
pub(super) fn lines(graph: &Graph, density: Density) -> Vec<Line<'_>> {
    let mut lines: BTreeMap<_, Line<'_>> = BTreeMap::new();
    for reference in graph.edge_references() {
        let edge = reference.weight();
        let (from, to) = (reference.source().index(), reference.target().index());
        let turned = from > to && (edge.symmetric || density == Density::Crowd);
        let (start, end) = if turned { (to, from) } else { (from, to) };
        let symmetric = edge.symmetric && density != Density::Crowd;
        let key = (
            start,
            end,
            style::tone_index(edge),
            style::line_style(edge),
            symmetric,
        );
        let line = lines.entry(key).or_insert_with(|| Line {
            from: start,
            to: end,
            heads: [false; 2],
            edges: Vec::new(),
            route: Route::default(),
        });
        if !edge.symmetric {
            line.heads[usize::from(!turned)] = true;
        }
        line.edges.push(Bundled { edge, from, to });
    }
    for line in lines.values_mut() {
        line.edges
            .sort_by_key(|one| std::cmp::Reverse(one.edge.sources.len()));
    }
    lines.into_values().collect()
}

/// "accuses ×3", a relation a line.
pub(in super::super) fn relations(line: &Line<'_>) -> Vec<String> {
    let label = |one: &Bundled<'_>| clean(&style::edge_label(one.edge));
    line.edges.iter().map(label).collect()
}

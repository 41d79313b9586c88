//! Ways between two actors over the edges of a graph, whatever their direction, the shortest first.

use std::{borrow::Borrow, collections::VecDeque};

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::graph::Edge;

/// Ways that are looked at before the best are chosen.
const LOOKED_AT: usize = 20_000;

/// A way: the actors on it, and between each two the edges that connect them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// From the first actor to the last.
    pub actors: Vec<NodeIndex>,
    /// One list for each step, the edge with the most claims first.
    pub steps: Vec<Vec<EdgeIndex>>,
}

/// Up to `ways` ways of up to `max` steps on which nobody is met twice: the shortest first, then those with the most claims on
/// their weakest step, then by the actors' order.
#[must_use]
pub fn ways<N, E: Borrow<Edge>>(
    graph: &DiGraph<N, E>,
    from: NodeIndex,
    to: NodeIndex,
    max: usize,
    ways: usize,
) -> Vec<Way> {
    let distance = distances(graph, to);
    let Some(shortest) = distance[from.index()] else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for length in shortest..=max {
        let mut search = Search {
            graph,
            to,
            length,
            distance: &distance,
            on_the_way: vec![from],
            found: Vec::new(),
        };
        search.go_on(from);
        let mut of_length: Vec<Way> = search
            .found
            .into_iter()
            .map(|way| with_edges(graph, way))
            .collect();
        of_length.sort_by_cached_key(|way| {
            let claims = way.steps.iter().map(|step| claims(graph, step)).min();
            (std::cmp::Reverse(claims), way.actors.clone())
        });
        found.extend(of_length);
        if found.len() >= ways {
            break;
        }
    }
    found.truncate(ways);
    found
}

/// Steps from each actor to `to`.
fn distances<N, E>(graph: &DiGraph<N, E>, to: NodeIndex) -> Vec<Option<usize>> {
    let mut distance = vec![None; graph.node_count()];
    distance[to.index()] = Some(0);
    let mut waiting = VecDeque::from([(to, 0)]);
    while let Some((here, steps)) = waiting.pop_front() {
        for next in graph.neighbors_undirected(here) {
            if distance[next.index()].is_none() {
                distance[next.index()] = Some(steps + 1);
                waiting.push_back((next, steps + 1));
            }
        }
    }
    distance
}

struct Search<'a, N, E> {
    graph: &'a DiGraph<N, E>,
    to: NodeIndex,
    length: usize,
    distance: &'a [Option<usize>],
    on_the_way: Vec<NodeIndex>,
    found: Vec<Vec<NodeIndex>>,
}

impl<N, E> Search<'_, N, E> {
    /// Only where the end can still be reached in time.
    fn go_on(&mut self, here: NodeIndex) {
        let left = self.length + 1 - self.on_the_way.len();
        if left == 0 {
            if here == self.to {
                self.found.push(self.on_the_way.clone());
            }
            return;
        }
        let mut next: Vec<NodeIndex> = self.graph.neighbors_undirected(here).collect();
        next.sort_unstable();
        next.dedup();
        for one in next {
            let near = self.distance[one.index()].is_some_and(|steps| steps < left);
            if near && !self.on_the_way.contains(&one) && self.found.len() < LOOKED_AT {
                self.on_the_way.push(one);
                self.go_on(one);
                self.on_the_way.pop();
            }
        }
    }
}

fn with_edges<N, E: Borrow<Edge>>(graph: &DiGraph<N, E>, actors: Vec<NodeIndex>) -> Way {
    let step = |pair: &[NodeIndex]| {
        let [one, other] = [pair[0], pair[1]];
        let there = graph.edges_connecting(one, other);
        let mut edges: Vec<EdgeIndex> = there
            .chain(graph.edges_connecting(other, one))
            .map(|edge| edge.id())
            .collect();
        edges.sort_by_key(|&edge| (std::cmp::Reverse(graph[edge].borrow().sources.len()), edge));
        edges
    };
    Way {
        steps: actors.windows(2).map(step).collect(),
        actors,
    }
}

fn claims<N, E: Borrow<Edge>>(graph: &DiGraph<N, E>, step: &[EdgeIndex]) -> usize {
    step.iter()
        .map(|&edge| graph[edge].borrow().sources.len())
        .sum()
}

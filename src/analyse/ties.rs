//! Who has to do with whom: the graph without directions and relations, as the measures need it. Only what stands counts:
//! claims that are positive, told as fact and no proposals.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use crate::graph::Graph;

/// What stands between two actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// Claims.
    pub claims: usize,
    /// Those of cooperation (PLOVER's quad classes 1 and 2).
    pub cooperation: usize,
    /// Those of conflict (quad classes 3 and 4).
    pub conflict: usize,
}

impl Tie {
    /// How much cooperation outweighs conflict; negative the other way round.
    #[must_use]
    pub fn balance(self) -> i64 {
        signed(self.cooperation) - signed(self.conflict)
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// All ties of a graph; actors by their number in it.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// By the two actors, the smaller number first.
    pub pairs: BTreeMap<(usize, usize), Tie>,
    /// Whom each actor has ties with, sorted.
    pub neighbours: Vec<Vec<usize>>,
}

impl Ties {
    /// The ties of a graph.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let mut ties = Self {
            pairs: BTreeMap::new(),
            neighbours: vec![Vec::new(); graph.node_count()],
        };
        for edge in graph.edge_references() {
            let standing = edge
                .weight()
                .sources
                .iter()
                .filter(|one| one.stands)
                .count();
            let (one, other) = (edge.source().index(), edge.target().index());
            if standing == 0 || one == other {
                continue;
            }
            let tie = ties
                .pairs
                .entry((one.min(other), one.max(other)))
                .or_default();
            tie.claims += standing;
            match edge.weight().quad_class {
                Some(1 | 2) => tie.cooperation += standing,
                Some(3 | 4) => tie.conflict += standing,
                _ => {}
            }
        }
        for &(one, other) in ties.pairs.keys() {
            ties.neighbours[one].push(other);
            ties.neighbours[other].push(one);
        }
        ties.neighbours
            .iter_mut()
            .for_each(|list| list.sort_unstable());
        ties
    }

    /// What stands between two actors.
    #[must_use]
    pub fn between(&self, one: usize, other: usize) -> Tie {
        let pair = (one.min(other), one.max(other));
        self.pairs.get(&pair).copied().unwrap_or_default()
    }
}

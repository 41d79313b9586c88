//! What changes over time: an actor's cooperation and conflict by month, and the edges that are told of more, or less, than
//! before. A claim counts in the month of its event, else of its report; without either it does not count.

use std::collections::BTreeMap;

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::graph::{Edge, Graph, Source};

/// A month, counted from the year 0.
pub type Month = i32;

/// Claims of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Of cooperation.
    pub cooperation: usize,
    /// Of conflict.
    pub conflict: usize,
    /// Of states and offices.
    pub other: usize,
}

/// An edge that is told of more or less often than before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The edge.
    pub edge: EdgeIndex,
    /// Claims a month before.
    pub before: f64,
    /// Claims a month in the latest time.
    pub lately: f64,
}

/// The months that a graph tells of, and which of them are the latest time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first month.
    pub first: Month,
    /// The first month of the latest time: the last quarter of all, a month at least.
    pub latest: Month,
    /// The last month.
    pub last: Month,
}

/// A month as `2017-10`.
#[must_use]
pub fn name(month: Month) -> String {
    format!(
        "{:04}-{:02}",
        month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}

/// The month in which a claim counts.
#[must_use]
pub fn month(source: &Source) -> Option<Month> {
    let date = source.date.filter(|date| date.month.is_some());
    let date = date.or(source.reported)?;
    Some(Month::from(date.year) * 12 + Month::from(date.month?) - 1)
}

/// The months of a graph; `None` if no claim has one.
#[must_use]
pub fn period(graph: &Graph) -> Option<Period> {
    let months = || {
        let edges = graph.edge_weights();
        edges.flat_map(standing).filter_map(month)
    };
    let (first, last) = (months().min()?, months().max()?);
    let latest = last + 1 - ((last + 1 - first) / 4).max(1);
    Some(Period {
        first,
        latest,
        last,
    })
}

/// Claims by month, of all edges or of one actor's.
#[must_use]
pub fn by_month(graph: &Graph, actor: Option<NodeIndex>) -> BTreeMap<Month, Count> {
    let mut months: BTreeMap<Month, Count> = BTreeMap::new();
    for edge in graph.edge_references() {
        let ours = actor.is_none_or(|actor| edge.source() == actor || edge.target() == actor);
        if !ours {
            continue;
        }
        for month in standing(edge.weight()).filter_map(month) {
            let count = months.entry(month).or_default();
            match edge.weight().quad_class {
                Some(1 | 2) => count.cooperation += 1,
                Some(3 | 4) => count.conflict += 1,
                _ => count.other += 1,
            }
        }
    }
    months
}

/// The edges that rise and those that fall, the strongest first, up to `most` of each.
#[must_use]
pub fn trends(graph: &Graph, period: Period, most: usize) -> (Vec<Trend>, Vec<Trend>) {
    let months = |from: Month, to: Month| f64::from((to - from).max(1));
    let early = months(period.first, period.latest);
    let late = months(period.latest, period.last + 1);
    // With nothing before there is nothing to compare with.
    if period.latest == period.first {
        return (Vec::new(), Vec::new());
    }
    let mut trends: Vec<Trend> = graph
        .edge_indices()
        .map(|edge| {
            let (mut before, mut lately) = (0.0, 0.0);
            for month in standing(&graph[edge]).filter_map(month) {
                if month < period.latest {
                    before += 1.0;
                } else {
                    lately += 1.0;
                }
            }
            Trend {
                edge,
                before: before / early,
                lately: lately / late,
            }
        })
        .filter(|trend| (trend.lately - trend.before).abs() > 1e-9)
        .collect();
    trends.sort_by(|one, other| {
        let change = |trend: &Trend| trend.lately - trend.before;
        change(other)
            .total_cmp(&change(one))
            .then(one.edge.cmp(&other.edge))
    });
    let rising = trends.iter().filter(|one| one.lately > one.before);
    let rising = rising.take(most).copied().collect();
    let falling = trends.iter().rev().filter(|one| one.lately < one.before);
    (rising, falling.take(most).copied().collect())
}

fn standing(edge: &Edge) -> impl Iterator<Item = &Source> {
    edge.sources.iter().filter(|source| source.stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names() {
        assert_eq!(name(2017 * 12 + 9), "2017-10");
        assert_eq!(name(2018 * 12), "2018-01");
    }
}

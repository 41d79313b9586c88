//! Communities: actors that have more to do with each other than with the rest, by Louvain's method (Blondel and others
//! 2008). Actors are taken in the order of their numbers, so the same graph gives the same communities.

use std::collections::BTreeMap;

use super::ties::Ties;

/// Passes over all actors at most, at each level.
const PASSES: usize = 20;

/// The community of each actor, numbered from 0 by size (the largest first), then by its first actor.
#[must_use]
pub fn communities(ties: &Ties) -> Vec<usize> {
    let mut level = Level::of(ties);
    let mut member: Vec<usize> = (0..ties.neighbours.len()).collect();
    loop {
        let groups = level.grouped();
        let fewer = level.aggregated(&groups);
        member.iter_mut().for_each(|one| *one = groups[*one]);
        if fewer.weights.len() == level.weights.len() {
            return by_size(&member);
        }
        level = fewer;
    }
}

/// How much more weight lies within communities than chance would put there, -0.5 to 1.
#[must_use]
pub fn modularity(ties: &Ties, member: &[usize]) -> f64 {
    let total: f64 = ties.pairs.values().map(|tie| tie.claims as f64).sum();
    if total == 0.0 {
        return 0.0;
    }
    let (mut inside, mut degree) = (0.0, BTreeMap::new());
    for (&(one, other), tie) in &ties.pairs {
        let weight = tie.claims as f64;
        if member[one] == member[other] {
            inside += weight;
        }
        for end in [one, other] {
            *degree.entry(member[end]).or_insert(0.0) += weight;
        }
    }
    let chance: f64 = degree
        .values()
        .map(|sum| (sum / (2.0 * total)).powi(2))
        .sum();
    inside / total - chance
}

/// A weighted graph: of actors at first, then of communities.
struct Level {
    /// Neighbours with weights; oneself among them where there is weight within.
    weights: Vec<BTreeMap<usize, f64>>,
    degree: Vec<f64>,
    total: f64,
}

impl Level {
    fn of(ties: &Ties) -> Self {
        let mut weights = vec![BTreeMap::new(); ties.neighbours.len()];
        for (&(one, other), tie) in &ties.pairs {
            weights[one].insert(other, tie.claims as f64);
            weights[other].insert(one, tie.claims as f64);
        }
        Self::with(weights)
    }

    fn with(weights: Vec<BTreeMap<usize, f64>>) -> Self {
        let degree: Vec<f64> = weights.iter().map(|one| one.values().sum()).collect();
        Self {
            total: degree.iter().sum(),
            weights,
            degree,
        }
    }

    /// Moves each node to the community where it raises modularity most, until none moves; communities are then numbered
    /// without gaps.
    fn grouped(&self) -> Vec<usize> {
        let count = self.weights.len();
        let mut group: Vec<usize> = (0..count).collect();
        let mut sum = self.degree.clone();
        for _ in 0..PASSES {
            let mut moved = false;
            for node in 0..count {
                let own = group[node];
                sum[own] -= self.degree[node];
                let best = self.best(node, &group, &sum);
                sum[best] += self.degree[node];
                moved |= best != own;
                group[node] = best;
            }
            if !moved {
                break;
            }
        }
        let mut numbers = BTreeMap::new();
        for one in &group {
            let next = numbers.len();
            numbers.entry(*one).or_insert(next);
        }
        group.iter().map(|one| numbers[one]).collect()
    }

    fn best(&self, node: usize, group: &[usize], sum: &[f64]) -> usize {
        let mut links: BTreeMap<usize, f64> = BTreeMap::new();
        for (&other, weight) in &self.weights[node] {
            if other != node {
                *links.entry(group[other]).or_default() += weight;
            }
        }
        let gain = |to: usize, link: f64| link - sum[to] * self.degree[node] / self.total.max(1.0);
        let own = group[node];
        let mut best = (gain(own, links.get(&own).copied().unwrap_or(0.0)), own);
        for (&to, &link) in &links {
            let gained = gain(to, link);
            if gained > best.0 + 1e-9 {
                best = (gained, to);
            }
        }
        best.1
    }

    fn aggregated(&self, groups: &[usize]) -> Self {
        let count = groups.iter().max().map_or(0, |last| last + 1);
        let mut weights = vec![BTreeMap::new(); count];
        for (node, own) in self.weights.iter().enumerate() {
            for (&other, weight) in own {
                *weights[groups[node]].entry(groups[other]).or_insert(0.0) += weight;
            }
        }
        Self::with(weights)
    }
}

fn by_size(member: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (actor, group) in member.iter().enumerate() {
        sizes.entry(*group).or_insert((0, actor)).0 += 1;
    }
    let mut order: Vec<(usize, (usize, usize))> = sizes.into_iter().collect();
    order.sort_by_key(|&(_, (size, first))| (std::cmp::Reverse(size), first));
    let numbers: BTreeMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(number, (group, _))| (*group, number))
        .collect();
    member.iter().map(|group| numbers[group]).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::measures::tests_ties as ties, *};

    #[test]
    fn two_triangles_with_a_bridge_are_two() {
        let graph = ties(7, &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]);
        let member = communities(&graph);
        assert_eq!(member, [0, 0, 0, 1, 1, 1, 2]);
        // Worked out by hand: 6 of 7 ties inside, each side with 7 of 14 ends.
        assert!((modularity(&graph, &member) - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
    }

    #[test]
    fn nobody_is_in_no_community() {
        assert!(communities(&ties(0, &[])).is_empty());
        assert_eq!(communities(&ties(2, &[])), [0, 1]);
    }
}

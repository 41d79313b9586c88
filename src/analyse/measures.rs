//! How central actors are: how many they have to do with (degree), how much those have to do with them (PageRank), and how
//! often the shortest way between two others leads over them (betweenness). All on the ties, without directions.

use rayon::prelude::*;

use super::ties::Ties;

/// From how many actors shortest ways are counted at most; of more, every so-manieth is taken (Brandes and Pich 2007).
const PIVOTS: usize = 512;
/// From fewer where there is so much to walk over: actors and ties, from all of them together.
const STEPS: usize = 100_000_000;
/// Share of PageRank that flows along ties; the rest is the same for all (Brin and Page 1998).
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 50;

/// The centrality of one actor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Centrality {
    /// Actors that it has ties with.
    pub degree: usize,
    /// Claims on these ties.
    pub claims: usize,
    /// Its share of all PageRank.
    pub page_rank: f64,
    /// Share of the shortest ways between two others that lead over it, 0 to 1; an estimate if there are many actors.
    pub betweenness: f64,
}

/// The centrality of each actor, in the order of their numbers.
#[must_use]
pub fn centrality(ties: &Ties) -> Vec<Centrality> {
    let page_rank = page_rank(ties);
    let betweenness = betweenness(ties);
    let mut claims = vec![0; ties.neighbours.len()];
    for (&(one, other), tie) in &ties.pairs {
        claims[one] += tie.claims;
        claims[other] += tie.claims;
    }
    let of = |actor: usize| Centrality {
        degree: ties.neighbours[actor].len(),
        claims: claims[actor],
        page_rank: page_rank[actor],
        betweenness: betweenness[actor],
    };
    (0..ties.neighbours.len()).map(of).collect()
}

/// Ties weigh as much as they have claims.
fn page_rank(ties: &Ties) -> Vec<f64> {
    let count = ties.neighbours.len();
    let mut weight = vec![0.0; count];
    for (&(one, other), tie) in &ties.pairs {
        weight[one] += tie.claims as f64;
        weight[other] += tie.claims as f64;
    }
    let even = 1.0 / count.max(1) as f64;
    let mut rank = vec![even; count];
    for _ in 0..ROUNDS {
        let lonely = (0..count).filter(|&actor| weight[actor] == 0.0);
        let lost: f64 = lonely.map(|actor| rank[actor]).sum();
        let mut next = vec![(1.0 - DAMPING) * even + DAMPING * lost * even; count];
        for (&(one, other), tie) in &ties.pairs {
            let share = tie.claims as f64;
            next[other] += DAMPING * rank[one] * share / weight[one];
            next[one] += DAMPING * rank[other] * share / weight[other];
        }
        rank = next;
    }
    rank
}

/// Brandes (2001), from every actor or from some of them.
fn betweenness(ties: &Ties) -> Vec<f64> {
    let count = ties.neighbours.len();
    let pivots = pivots(count, ties.pairs.len());
    // Sums of fractions depend on their order: parts of a fixed size are added one after the other.
    let parts: Vec<Vec<f64>> = pivots
        .par_chunks(32)
        .map(|some| {
            let mut sum = vec![0.0; count];
            for &from in some {
                add_ways(ties, from, &mut sum);
            }
            sum
        })
        .collect();
    let mut sum = vec![0.0; count];
    for part in parts {
        for (total, one) in sum.iter_mut().zip(part) {
            *total += one;
        }
    }
    let pairs = pivots.len() as f64 * (count as f64 - 2.0);
    if pairs > 0.0 {
        sum.iter_mut().for_each(|one| *one /= pairs);
    }
    sum
}

/// The actors from which ways are counted.
fn pivots(actors: usize, ties: usize) -> Vec<usize> {
    let most = PIVOTS.min(STEPS / (actors + ties).max(1)).max(1);
    (0..actors).step_by(actors.div_ceil(most).max(1)).collect()
}

fn add_ways(ties: &Ties, from: usize, sum: &mut [f64]) {
    let count = ties.neighbours.len();
    let mut distance = vec![usize::MAX; count];
    let mut ways = vec![0.0; count];
    let mut order = vec![from];
    (distance[from], ways[from]) = (0, 1.0);
    let mut at = 0;
    while let Some(&here) = order.get(at) {
        at += 1;
        for &next in &ties.neighbours[here] {
            if distance[next] == usize::MAX {
                distance[next] = distance[here] + 1;
                order.push(next);
            }
            if distance[next] == distance[here] + 1 {
                ways[next] += ways[here];
            }
        }
    }
    let mut dependency = vec![0.0; count];
    for &here in order.iter().rev() {
        for &next in &ties.neighbours[here] {
            if distance[next] == distance[here] + 1 {
                dependency[here] += ways[here] / ways[next] * (1.0 + dependency[next]);
            }
        }
        if here != from {
            sum[here] += dependency[here];
        }
    }
}

/// Ties of one claim each, for tests.
#[cfg(test)]
pub(super) fn tests_ties(count: usize, pairs: &[(usize, usize)]) -> Ties {
    let mut ties = Ties {
        neighbours: vec![Vec::new(); count],
        ..Ties::default()
    };
    for &(one, other) in pairs {
        let tie = super::ties::Tie {
            claims: 1,
            ..super::ties::Tie::default()
        };
        ties.pairs.insert((one.min(other), one.max(other)), tie);
        ties.neighbours[one].push(other);
        ties.neighbours[other].push(one);
    }
    ties
}

#[cfg(test)]
mod tests {
    use super::{tests_ties as ties, *};

    #[test]
    fn the_middle_of_a_star_is_central() {
        let star = centrality(&ties(5, &[(0, 1), (0, 2), (0, 3), (0, 4)]));
        assert_eq!((star[0].degree, star[1].degree), (4, 1));
        // All ways between two others lead over the middle: 12 of the 15 counted, three of which begin in it.
        assert!((star[0].betweenness - 12.0 / 15.0).abs() < 1e-12);
        assert!(star[1].betweenness.abs() < 1e-12);
        let total: f64 = star.iter().map(|one| one.page_rank).sum();
        assert!((total - 1.0).abs() < 1e-9);
        // Solved by hand: r0 = 0.03 + 0.85 * 4 * r1, r1 = 0.03 + 0.85 * r0 / 4.
        assert!(
            (star[0].page_rank - 0.132 / 0.2775).abs() < 1e-3,
            "{}",
            star[0].page_rank
        );
    }

    #[test]
    fn ways_are_shared() {
        // Two equally short ways from 0 to 3: over 1 and over 2.
        let square = centrality(&ties(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]));
        for one in &square {
            assert!((one.betweenness - 1.0 / 8.0).abs() < 1e-12);
        }
    }

    #[test]
    fn ways_begin_everywhere_until_there_are_too_many() {
        let counted = |actors, ties| pivots(actors, ties).len();
        assert_eq!(counted(0, 0), 0);
        assert_eq!(pivots(4, 6), [0, 1, 2, 3]);
        assert_eq!(counted(PIVOTS, 2 * PIVOTS), PIVOTS);
        assert_eq!(counted(100_000, 80_000), 511);
        // A walk over a tenth of all steps that are allowed.
        assert_eq!(counted(STEPS / 20, STEPS / 20), 10);
        assert_eq!(counted(STEPS, STEPS), 1);
    }

    #[test]
    fn nobody_is_no_trouble() {
        assert!(centrality(&ties(0, &[])).is_empty());
        let alone = centrality(&ties(1, &[]));
        assert!((alone[0].page_rank - 1.0).abs() < 1e-9);
    }
}

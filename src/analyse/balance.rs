//! Who is with and against whom: ties with a sign, and the triangles that do not fit (a friend's friend who is an enemy, or
//! three enemies of one another), after Cartwright and Harary (1956).

use super::ties::Ties;

/// Three actors with a tie of a sign between each two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Triangle {
    /// The actors, by number, ascending.
    pub actors: [usize; 3],
    /// How many of the three ties are of conflict; odd: it does not fit.
    pub conflicts: usize,
    /// Claims by which the weakest of the ties keeps its sign.
    pub strength: u64,
}

/// The signed ties of a graph, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Pairs between whom cooperation outweighs conflict.
    pub with: usize,
    /// Pairs between whom conflict outweighs cooperation.
    pub against: usize,
    /// Triangles that fit.
    pub fitting: usize,
    /// Those that do not fit, the strongest first, then by actors; only so many as were asked for.
    pub unfit: Vec<Triangle>,
    /// How many do not fit altogether.
    pub unfit_count: usize,
}

/// Counts the signed ties and triangles, and gives up to `most` triangles that do not fit.
#[must_use]
pub fn balance(ties: &Ties, most: usize) -> Balance {
    let signs: Vec<((usize, usize), i64)> = ties
        .pairs
        .iter()
        .map(|(&pair, tie)| (pair, tie.balance()))
        .filter(|(_, sign)| *sign != 0)
        .collect();
    let mut balance = Balance {
        with: signs.iter().filter(|(_, sign)| *sign > 0).count(),
        against: signs.iter().filter(|(_, sign)| *sign < 0).count(),
        ..Balance::default()
    };
    // Each tie points to the end with more signed ties, so that each triangle is met once and hubs cost little.
    let mut degree = vec![0usize; ties.neighbours.len()];
    for ((one, other), _) in &signs {
        degree[*one] += 1;
        degree[*other] += 1;
    }
    let rank = |actor: usize| (degree[actor], actor);
    let mut up: Vec<Vec<(usize, i64)>> = vec![Vec::new(); degree.len()];
    for &((one, other), sign) in &signs {
        let (low, high) = if rank(one) < rank(other) {
            (one, other)
        } else {
            (other, one)
        };
        up[low].push((high, sign));
    }
    up.iter_mut().for_each(|list| list.sort_unstable());
    for low in 0..up.len() {
        for (at, &(second, first_sign)) in up[low].iter().enumerate() {
            for &(third, second_sign) in &up[low][at + 1..] {
                let (from, to) = if rank(second) < rank(third) {
                    (second, third)
                } else {
                    (third, second)
                };
                let Ok(found) = up[from].binary_search_by_key(&to, |&(high, _)| high) else {
                    continue;
                };
                balance.take(
                    [low, second, third],
                    [first_sign, second_sign, up[from][found].1],
                );
            }
        }
    }
    balance
        .unfit
        .sort_by_key(|one| (std::cmp::Reverse(one.strength), one.actors));
    balance.unfit_count = balance.unfit.len();
    balance.unfit.truncate(most);
    balance
}

impl Balance {
    fn take(&mut self, mut actors: [usize; 3], signs: [i64; 3]) {
        let conflicts = signs.iter().filter(|sign| **sign < 0).count();
        if conflicts % 2 == 0 {
            self.fitting += 1;
            return;
        }
        actors.sort_unstable();
        self.unfit.push(Triangle {
            actors,
            conflicts,
            strength: signs
                .iter()
                .map(|sign| sign.unsigned_abs())
                .min()
                .unwrap_or(0),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::ties::Tie;

    fn signed(count: usize, pairs: &[(usize, usize, i64)]) -> Ties {
        let mut ties = Ties {
            neighbours: vec![Vec::new(); count],
            ..Ties::default()
        };
        for &(one, other, sign) in pairs {
            let many = usize::try_from(sign.unsigned_abs()).unwrap();
            let tie = Tie {
                claims: many,
                cooperation: if sign > 0 { many } else { 0 },
                conflict: if sign < 0 { many } else { 0 },
            };
            ties.pairs.insert((one, other), tie);
        }
        ties
    }

    #[test]
    fn the_friend_of_an_enemy_does_not_fit() {
        let ties = signed(
            4,
            &[(0, 1, 3), (1, 2, 2), (0, 2, -4), (0, 3, -1), (2, 3, 1)],
        );
        let found = balance(&ties, 10);
        assert_eq!((found.with, found.against), (3, 2));
        // 0-1-2: two friends and an enmity; 0-2-3: an enemy's friend is an enemy, which fits.
        assert_eq!((found.fitting, found.unfit_count), (1, 1));
        assert_eq!(
            found.unfit,
            [Triangle {
                actors: [0, 1, 2],
                conflicts: 1,
                strength: 2
            }]
        );
        assert!(balance(&ties, 0).unfit.is_empty());
    }
}

//! Goes through documents action by action. Several are gone through side by side, so that the weights, which fill the fastest
//! cache, are read once for all of them; each document's numbers are those that it would have alone.

use super::{Allowed, Buffers, TILE, TransitionNetwork};
use crate::layers::gemm::Rows;
use crate::layers::linear::add;
use crate::layers::vectors::vectorized;

/// Documents that are gone through side by side: enough for the processor's arithmetic, few enough for its second cache.
pub(super) const LANES: usize = 2;
/// The greatest number of tokens that a network looks at.
pub(crate) const TOKENS: usize = 8;

/// A state as the network is to see it.
pub(crate) struct View<'p> {
    /// The tokens, one per feature.
    pub(crate) tokens: [Option<usize>; TOKENS],
    /// What may be done.
    pub(crate) allowed: &'p Allowed,
}

/// The way through one document.
pub(crate) trait Walk<'p> {
    /// The state at hand; `None` at the end.
    fn look(&mut self) -> Option<View<'p>>;
    /// Does the action with that number.
    fn act(&mut self, action: usize);
    /// Takes over what was found.
    fn finish(self);
}

/// Buffers for one of the documents.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// The document's first token in the batch.
    first: usize,
    /// For each token and each common feature, its part of the hidden layer before bias and maximum.
    table: Vec<f32>,
    /// The same for each rare feature, where it is known.
    rare: Vec<f32>,
    rare_known: Vec<bool>,
    pub(super) hidden: Vec<f32>,
    /// The score of each action, in whole tiles.
    pub(super) scores: Vec<f32>,
}

impl TransitionNetwork {
    /// Goes through documents, given with their numbers of tokens in the order of the batch that was prepared.
    pub(crate) fn walk<'p, W: Walk<'p>>(
        &self,
        mut walks: impl Iterator<Item = (usize, W)>,
        buffers: &mut Buffers,
    ) {
        let mut first = 0;
        let mut places: [Option<(W, View<'p>)>; LANES] = [const { None }; LANES];
        loop {
            for (place, lane) in places.iter_mut().zip(&mut buffers.lanes) {
                while place.is_none() {
                    let Some((length, mut walk)) = walks.next() else {
                        break;
                    };
                    lane.first = first;
                    self.fill_table(&buffers.narrowed, length, lane);
                    first += length;
                    match walk.look() {
                        Some(view) => *place = Some((walk, view)),
                        None => walk.finish(),
                    }
                }
            }
            if places.iter().all(Option::is_none) {
                return;
            }
            let views = places
                .each_ref()
                .map(|place| place.as_ref().map(|(_, view)| view));
            for (view, lane) in views.iter().zip(&mut buffers.lanes) {
                if let Some(view) = view {
                    self.fill_rare(&buffers.narrowed, &view.tokens, lane);
                }
            }
            let chosen = self.best(views, &mut buffers.lanes);
            for (place, best) in places.iter_mut().zip(chosen) {
                let Some((walk, view)) = place else { continue };
                let next = best.and_then(|best| {
                    walk.act(best);
                    walk.look()
                });
                match next {
                    Some(next) => *view = next,
                    None => place.take().into_iter().for_each(|(walk, _)| walk.finish()),
                }
            }
        }
    }

    /// Computes the parts of the hidden layer of a document's `length` tokens.
    fn fill_table(&self, narrowed: &[f32], length: usize, lane: &mut Lane) {
        let stride = self.narrow.stride();
        let rows = Rows {
            data: &narrowed[lane.first * stride..],
            count: length,
            width: self.hidden,
            stride,
        };
        let size = length * self.lower.stride();
        // What is longer than needed is left as it is: filling it with zeros takes time.
        if lane.table.len() < size {
            lane.table.resize(size, 0.0);
        }
        self.lower.multiply(rows, &mut lane.table[..size]);
        lane.rare_known.clear();
        lane.rare_known.resize(length * self.rare.len(), false);
    }

    /// Computes what rare features need of these tokens.
    fn fill_rare(&self, narrowed: &[f32], tokens: &[Option<usize>; TOKENS], lane: &mut Lane) {
        for (feature, weights) in self.rare.iter().enumerate() {
            let Some(token) = tokens[self.common + feature] else {
                continue;
            };
            let (place, size) = (token * self.rare.len() + feature, weights.stride());
            if lane.rare_known[place] {
                continue;
            }
            lane.rare_known[place] = true;
            let end = (place + 1) * size;
            if lane.rare.len() < end {
                lane.rare.resize(end, 0.0);
            }
            let start = (lane.first + token) * self.narrow.stride();
            let row = Rows::dense(&narrowed[start..start + self.hidden], self.hidden);
            weights.multiply(row, &mut lane.rare[end - size..end]);
        }
    }

    /// For each document the best allowed action in its state, the first of several.
    fn best(
        &self,
        views: [Option<&View<'_>>; LANES],
        lanes: &mut [Lane; LANES],
    ) -> [Option<usize>; LANES] {
        let greatest = vectorized(
            #[inline(always)]
            || {
                for (view, lane) in views.iter().zip(&mut *lanes) {
                    if let Some(view) = view {
                        self.hide(&view.tokens, lane);
                    }
                }
                self.score(views, lanes);
                let mut greatest = [f32::NEG_INFINITY; LANES];
                for ((view, lane), greatest) in views.iter().zip(&mut *lanes).zip(&mut greatest) {
                    if let Some(view) = view {
                        add(&mut lane.scores, &self.upper_bias);
                        add(&mut lane.scores, &view.allowed.penalties);
                        *greatest = maximum(&lane.scores);
                    }
                }
                greatest
            },
        );
        let mut chosen = [None; LANES];
        for ((lane, greatest), chosen) in lanes.iter().zip(greatest).zip(&mut chosen) {
            if !greatest.is_infinite() {
                let scores = lane.scores.iter().zip(&self.order);
                let best = scores.filter(|(score, _)| **score >= greatest);
                *chosen = best.map(|(_, action)| *action).min();
            }
        }
        chosen
    }

    /// The hidden layer of a state, at the start of `hidden`.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    fn hide(&self, tokens: &[Option<usize>; TOKENS], lane: &mut Lane) {
        let Lane {
            table,
            rare,
            hidden,
            ..
        } = lane;
        let width = self.bias.len();
        hidden.copy_from_slice(&self.bias);
        let features = self.missing.chunks_exact(width).zip(tokens).enumerate();
        for (feature, (missing, token)) in features {
            let values = match (token, feature.checked_sub(self.common)) {
                (None, _) => missing,
                (Some(token), None) => {
                    &table[token * self.lower.stride() + feature * width..][..width]
                }
                (Some(token), Some(number)) => {
                    let place = token * self.rare.len() + number;
                    &rare[place * self.rare[number].stride()..][..width]
                }
            };
            add(hidden, values);
        }
        let (best, others) = hidden.split_at_mut(self.hidden);
        for piece in others.chunks_exact(self.hidden) {
            for (number, other) in best.iter_mut().zip(piece) {
                *number = if *other > *number { *other } else { *number };
            }
        }
    }

    /// The scores of all actions in tiles in which one is allowed, before bias.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    fn score(&self, views: [Option<&View<'_>>; LANES], lanes: &mut [Lane; LANES]) {
        let [one, other] = lanes;
        let tiles = self.upper.chunks_exact(self.hidden.max(1));
        let scores = one.scores.chunks_exact_mut(TILE);
        let scores = scores.zip(other.scores.chunks_exact_mut(TILE));
        for (number, (tile, (scores, other_scores))) in tiles.zip(scores).enumerate() {
            let needed = |view: &&View<'_>| view.allowed.tiles[number];
            let (mut sums, mut other_sums) = ([0.0_f32; TILE], [0.0_f32; TILE]);
            if views.iter().flatten().any(needed) {
                let hidden = one.hidden[..self.hidden].iter();
                let hidden = hidden.zip(&other.hidden[..self.hidden]);
                for ((number, other), weights) in hidden.zip(tile) {
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum += number * weight;
                    }
                    for (sum, weight) in other_sums.iter_mut().zip(weights) {
                        *sum += other * weight;
                    }
                }
            }
            scores.copy_from_slice(&sums);
            other_scores.copy_from_slice(&other_sums);
        }
    }
}

/// The greatest of the scores, which come in whole tiles.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "part of loops that are compiled for each processor"
)]
fn maximum(scores: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; TILE];
    for tile in scores.chunks_exact(TILE) {
        for (lane, score) in lanes.iter_mut().zip(tile) {
            *lane = if *score > *lane { *score } else { *lane };
        }
    }
    lanes.into_iter().fold(f32::NEG_INFINITY, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_greatest() {
        let mut scores = vec![f32::NEG_INFINITY; 2 * TILE];
        assert!(maximum(&scores).is_infinite());
        scores[TILE + 3] = -7.0;
        scores[2] = -8.0;
        assert_eq!(maximum(&scores).to_bits(), (-7.0_f32).to_bits());
    }
}

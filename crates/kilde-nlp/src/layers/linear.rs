//! Linear layers: a product and a bias. Takes rows, gives rows; also picks the best outputs of a row as numpy's `argmax` does.

use super::gemm::{Rows, Weights};
use super::vectors::vectorized;

/// `y = W x + b`.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    weights: Weights,
    bias: Vec<f32>,
}

impl Linear {
    /// A layer with one row of `width` weights and one bias per output.
    pub(crate) fn new(weights: &[f32], bias: Vec<f32>, width: usize) -> Self {
        debug_assert_eq!(weights.len(), bias.len() * width);
        Self {
            weights: Weights::new(weights, width),
            bias,
        }
    }

    /// How many numbers a row of output has.
    pub(crate) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Distance between two rows of output; what lies between the outputs and the next row is of no meaning.
    pub(crate) fn stride(&self) -> usize {
        self.weights.stride()
    }

    /// Computes all rows of `input` (dense) into `out`, which is resized.
    pub(crate) fn apply(&self, input: &[f32], out: &mut Vec<f32>) {
        let rows = Rows::dense(input, self.weights.width());
        out.resize(rows.count * self.stride(), 0.0);
        self.weights.multiply(rows, out);
        vectorized(
            #[inline(always)]
            || {
                for row in out.chunks_exact_mut(self.stride()) {
                    add(row, &self.bias);
                }
            },
        );
    }
}

/// Adds `other` to `row`, number by number.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "part of loops that are compiled for each processor"
)]
pub(crate) fn add(row: &mut [f32], other: &[f32]) {
    for (number, more) in row.iter_mut().zip(other) {
        *number += more;
    }
}

/// The index of the greatest number, the first of several; 0 of an empty row.
pub(crate) fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (index, number) in row.iter().enumerate() {
        if *number > row[best] {
            best = index;
        }
    }
    best
}

/// The indices of the `count` greatest numbers, best first, the first of equal ones first.
pub(crate) fn ranked(row: &[f32], count: usize, best: &mut Vec<usize>) {
    best.clear();
    for (index, number) in row.iter().enumerate() {
        let place = best
            .iter()
            .position(|other| *number > row[*other])
            .unwrap_or(best.len());
        if place < count {
            best.truncate(count - 1);
            best.insert(place, index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_the_bias() {
        let layer = Linear::new(&[1.0, 2.0, 3.0, 4.0], vec![0.5, -0.5], 2);
        let mut out = Vec::new();
        layer.apply(&[1.0, 1.0, 2.0, 0.0], &mut out);
        let rows = out.chunks_exact(layer.stride());
        let outputs: Vec<f32> = rows
            .flat_map(|row| &row[..layer.outputs()])
            .copied()
            .collect();
        assert_eq!(outputs, [3.5, 6.5, 2.5, 5.5]);
    }

    #[test]
    fn takes_the_first_of_equals() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0, 2.0]), 1);
        let mut best = Vec::new();
        ranked(&[1.0, 3.0, 3.0, 2.0], 3, &mut best);
        assert_eq!(best, [1, 2, 3]);
        ranked(&[1.0, 3.0, 3.0, 2.0], 1, &mut best);
        assert_eq!(best, [1]);
        ranked(&[1.0, 2.0], 5, &mut best);
        assert_eq!(best, [1, 0]);
    }
}

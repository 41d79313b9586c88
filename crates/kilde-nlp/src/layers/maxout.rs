//! A maxout layer with layer normalisation after it, the unit that embedding and encoder are made of. Weights are reordered when
//! loaded, all first pieces before all second ones, so that the maximum runs over whole rows.

use super::gemm::{Rows, Weights};
use super::vectors::vectorized;
use crate::error::LoadError;
use crate::model::Model;

/// What thinc adds to the variance.
const EPSILON: f32 = 1e-8;

/// `layernorm(max over pieces of (W x + b))`.
#[derive(Clone, Debug)]
pub(crate) struct Maxout {
    /// Outputs ordered by piece, then output.
    weights: Weights,
    finish: Finish,
}

/// What follows the product: bias, maximum and normalisation.
#[derive(Clone, Debug)]
pub(crate) struct Finish {
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    /// Reads the maxout and the layer normalisation at `position` among the model's layers of that name.
    pub(crate) fn load(
        model: &Model,
        position: usize,
        inputs: usize,
        outputs: usize,
        pieces: usize,
    ) -> Result<Self, LoadError> {
        let (weights, finish) = load_parts(model, position, inputs, outputs, pieces)?;
        Ok(Self {
            weights: Weights::new(&weights, inputs),
            finish,
        })
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.weights.width()
    }

    /// Computes a block of rows. They lie at the starts of the rows of what is given back, whose length is the other number.
    pub(crate) fn apply<'p>(
        &self,
        block: Rows<'_>,
        products: &'p mut Vec<f32>,
    ) -> (&'p [f32], usize) {
        let stride = self.weights.stride();
        products.resize(block.count * stride, 0.0);
        self.weights.multiply_block(block, products);
        self.finish.apply(products, stride);
        (products, stride)
    }
}

impl Finish {
    /// Without scaling or shifting the normalised numbers.
    #[cfg(test)]
    pub(crate) fn plain(bias: Vec<f32>, outputs: usize) -> Self {
        let (gain, shift) = (vec![1.0; outputs], vec![0.0; outputs]);
        Self { bias, gain, shift }
    }

    /// Numbers in a row of products.
    pub(crate) fn products(&self) -> usize {
        self.bias.len()
    }

    /// Bias, maximum and normalisation of rows of products that start `stride` numbers apart, in place: the result of each
    /// row stands at its start.
    pub(crate) fn apply(&self, products: &mut [f32], stride: usize) {
        vectorized(
            #[inline(always)]
            || {
                for row in products.chunks_exact_mut(stride) {
                    self.apply_to_row(row);
                }
            },
        );
    }

    /// The same for one row, as part of vectorized loops.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    pub(crate) fn apply_to_row(&self, row: &mut [f32]) {
        let outputs = self.gain.len();
        let (best, others) = row.split_at_mut(outputs);
        let (bias, biases) = self.bias.split_at(outputs);
        for (number, bias) in best.iter_mut().zip(bias) {
            *number += bias;
        }
        let pieces = others.chunks_exact(outputs);
        for (piece, bias) in pieces.zip(biases.chunks_exact(outputs)) {
            for ((number, other), bias) in best.iter_mut().zip(piece).zip(bias) {
                let other = other + bias;
                *number = if other > *number { other } else { *number };
            }
        }
        self.normalise(best);
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    fn normalise(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let mean = sum(row, |number| number) / count;
        let variance = sum(row, |number| (number - mean) * (number - mean)) / count + EPSILON;
        let scale = 1.0 / variance.sqrt();
        for ((number, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
            *number = (*number - mean) * scale * gain + shift;
        }
    }
}

/// Reads the weights, one row of `inputs` numbers for each piece and output, and what follows the product.
pub(crate) fn load_parts(
    model: &Model,
    position: usize,
    inputs: usize,
    outputs: usize,
    pieces: usize,
) -> Result<(Vec<f32>, Finish), LoadError> {
    let maxout = model.node("maxout", position)?;
    let weights = model.param(maxout, "W", &[outputs, pieces, inputs])?;
    let bias = model.param(maxout, "b", &[outputs, pieces])?;
    let norm = model.node("layernorm", position)?;
    let finish = Finish {
        bias: by_piece(&bias, outputs, pieces, 1),
        gain: model.param(norm, "G", &[outputs])?,
        shift: model.param(norm, "b", &[outputs])?,
    };
    Ok((by_piece(&weights, outputs, pieces, inputs), finish))
}

/// Reorders rows of `width` numbers from (output, piece) to (piece, output).
pub(crate) fn by_piece(rows: &[f32], outputs: usize, pieces: usize, width: usize) -> Vec<f32> {
    let mut reordered = Vec::with_capacity(rows.len());
    for piece in 0..pieces {
        for output in 0..outputs {
            let start = (output * pieces + piece) * width;
            reordered.extend_from_slice(&rows[start..start + width]);
        }
    }
    reordered
}

/// The sum of `term` over a row, in sixteen lanes: fast, and closer to the true sum than one lane.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "part of loops that are compiled for each processor"
)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = row.as_chunks::<16>();
    let mut lanes = [0.0_f32; 16];
    for chunk in chunks {
        for (lane, number) in lanes.iter_mut().zip(chunk) {
            *lane += term(*number);
        }
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
    }
    rest.iter()
        .fold(lanes[0], |sum, number| sum + term(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::linear::add;
    use crate::layers::vectors::tests::at_each_level;

    /// Weights and results of thinc's `Maxout(nO=3, nI=2, nP=2, normalize=True)`.
    #[test]
    fn equals_thinc() {
        let weights = [1.0, 0.0, 0.0, 1.0, 0.5, 0.5, -1.0, 2.0, 2.0, -1.0, 0.0, 0.0];
        let layer = Maxout {
            weights: Weights::new(&by_piece(&weights, 3, 2, 2), 2),
            finish: Finish {
                bias: by_piece(&[0.1, 0.0, 0.0, 0.2, -0.5, 0.25], 3, 2, 1),
                gain: vec![1.0, 2.0, 0.5],
                shift: vec![0.0, 0.1, -0.1],
            },
        };
        let expected = [
            [0.151_353_91, 2.384_067_3, -0.746_693_7],
            [-0.557_898_64, 2.908_731, -0.523_233_5],
            [-1.336_304_5, 0.634_521_8, 0.434_521_77],
        ];
        let mut products = Vec::new();
        let input = [1.0, 2.0, -1.0, 0.5, 0.0, 0.0];
        let (rows, stride) = layer.apply(Rows::dense(&input, 2), &mut products);
        for (row, expected) in rows.chunks_exact(stride).zip(expected) {
            for (number, expected) in row.iter().zip(expected) {
                assert!((number - expected).abs() < 1e-5, "{number} {expected}");
            }
        }
    }

    /// Numbers that look random, of many magnitudes, and are the same each time.
    fn numbers(count: usize) -> Vec<f32> {
        let number = |i: usize| {
            let digits = ((i * 7919 + 13) % 10_007) as f32 / 5003.5 - 1.0;
            digits * [1.0, 1e-3, 97.0, 1e4][i % 4]
        };
        (0..count).map(number).collect()
    }

    #[track_caller]
    fn check_same_bits(run: impl Fn() -> Vec<f32>) {
        let given = at_each_level(run);
        let bits = |row: &[f32]| row.iter().map(|one| one.to_bits()).collect::<Vec<_>>();
        let (_, first) = &given[0];
        for (level, other) in &given[1..] {
            assert_eq!(bits(other), bits(first), "{level:?}");
        }
    }

    #[test]
    fn loops_give_the_same_bits_at_every_level() {
        // Also widths that are no multiple of any vector.
        for width in [1, 7, 50, 96, 131] {
            let pieces = 3;
            let finish = Finish::plain(numbers(width * pieces), width);
            check_same_bits(|| {
                let mut products = numbers(40 * width * pieces);
                finish.apply(&mut products, width * pieces);
                products
            });
            check_same_bits(|| {
                let mut sums = numbers(width);
                let more = numbers(2 * width);
                vectorized(
                    #[inline(always)]
                    || add(&mut sums, &more[width..]),
                );
                sums
            });
        }
    }
}

//! A maxout layer with layer normalisation after it, the unit that embedding and encoder are made of. Weights are reordered when
//! loaded, all first pieces before all second ones, so that the maximum runs over whole rows.

use super::gemm::{Rows, product};
use super::linear::add;
use crate::error::LoadError;
use crate::model::Model;

/// What thinc adds to the variance.
const EPSILON: f32 = 1e-8;

/// `layernorm(max over pieces of (W x + b))`.
#[derive(Clone, Debug)]
pub(crate) struct Maxout {
    /// Rows ordered by piece, then output.
    weights: Vec<f32>,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
    inputs: usize,
    outputs: usize,
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
        let maxout = model.node("maxout", position)?;
        let weights = model.param(maxout, "W", &[outputs, pieces, inputs])?;
        let bias = model.param(maxout, "b", &[outputs, pieces])?;
        let norm = model.node("layernorm", position)?;
        Ok(Self {
            weights: by_piece(&weights, outputs, pieces, inputs),
            bias: by_piece(&bias, outputs, pieces, 1),
            gain: model.param(norm, "G", &[outputs])?,
            shift: model.param(norm, "b", &[outputs])?,
            inputs,
            outputs,
        })
    }

    /// Numbers in a row of input.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers in a row of products.
    pub(crate) fn product_width(&self) -> usize {
        self.bias.len()
    }

    /// The product of `input` with the weights, into `out`, which is resized: rows for [`Maxout::finish`].
    pub(crate) fn multiply(&self, input: Rows<'_>, out: &mut Vec<f32>) {
        out.resize(input.count * self.bias.len(), 0.0);
        product(input, &self.weights, out);
    }

    /// The rows that [`Maxout::multiply`] gave.
    pub(crate) fn products<'p>(
        &self,
        products: &'p mut [f32],
    ) -> impl Iterator<Item = &'p mut [f32]> {
        products.chunks_exact_mut(self.bias.len())
    }

    /// Bias, maximum and normalisation of one row of products, in place; gives the normalised row.
    pub(crate) fn finish<'p>(&self, products: &'p mut [f32]) -> &'p [f32] {
        add(products, &self.bias);
        let (best, others) = products.split_at_mut(self.outputs);
        for piece in others.chunks_exact(self.outputs) {
            for (number, other) in best.iter_mut().zip(piece) {
                *number = if *other > *number { *other } else { *number };
            }
        }
        self.normalise(best);
        best
    }

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

/// The sum of `term` over a row, in eight lanes: fast, and closer to the true sum than one lane.
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let chunks = row.chunks_exact(8);
    let rest: f32 = chunks.remainder().iter().map(|number| term(*number)).sum();
    for chunk in chunks {
        for (lane, number) in lanes.iter_mut().zip(chunk) {
            *lane += term(*number);
        }
    }
    rest + ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5]))
        + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights and results of thinc's `Maxout(nO=3, nI=2, nP=2, normalize=True)`.
    #[test]
    fn equals_thinc() {
        let weights = [1.0, 0.0, 0.0, 1.0, 0.5, 0.5, -1.0, 2.0, 2.0, -1.0, 0.0, 0.0];
        let layer = Maxout {
            weights: by_piece(&weights, 3, 2, 2),
            bias: by_piece(&[0.1, 0.0, 0.0, 0.2, -0.5, 0.25], 3, 2, 1),
            gain: vec![1.0, 2.0, 0.5],
            shift: vec![0.0, 0.1, -0.1],
            inputs: 2,
            outputs: 3,
        };
        let expected = [
            [0.151_353_91, 2.384_067_3, -0.746_693_7],
            [-0.557_898_64, 2.908_731, -0.523_233_5],
            [-1.336_304_5, 0.634_521_8, 0.434_521_77],
        ];
        let mut products = Vec::new();
        layer.multiply(
            Rows::dense(&[1.0, 2.0, -1.0, 0.5, 0.0, 0.0], 2),
            &mut products,
        );
        for (row, expected) in layer.products(&mut products).zip(expected) {
            for (number, expected) in layer.finish(row).iter().zip(expected) {
                assert!((number - expected).abs() < 1e-5, "{number} {expected}");
            }
        }
    }
}

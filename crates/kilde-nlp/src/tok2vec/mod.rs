//! The token-to-vector network: hash embeddings of lexical features (and static vectors) mixed by a maxout, then convolutions
//! with residual connections over the tokens of each document. Takes the tokens of several documents, gives one row per token.
//!
//! What is computed from a word alone is remembered (see [`words`]): its embedding and its share of the first convolution,
//! which is then but a sum over the window.
//!
//! spaCy puts `pad` rows of zeros before, between and after documents and lets the convolution run over them: they become
//! non-zero and reach the tokens at the edges. The same is done here. As there are as many pad rows as convolutions, no document
//! reaches its neighbour, and results do not depend on which documents are computed together.

mod attribute;
mod load;
mod memory;
mod words;

pub(crate) use load::{expect_architecture, expect_registered, size};

use std::ops::Range;

use crate::batch::Batch;
use crate::layers::convolution::{Buffers, Convolution, QUAD};
use crate::layers::gemm::{BLOCK, Rows};
use crate::layers::linear::add;
use crate::layers::maxout::{Finish, Maxout};
use crate::layers::vectors::vectorized;
use words::{Known, Words};

/// Stands for a row of padding among the places of words.
const PADDING: u32 = u32::MAX;

/// The network.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    /// Tells the networks of a process apart.
    id: usize,
    words: Words,
    /// What follows the sums of the first convolution.
    first: Finish,
    /// The shares of padding: zeros.
    nothing: Vec<f32>,
    convolutions: Convolutions,
    window: usize,
    width: usize,
}

/// The convolutions after the first.
#[derive(Debug)]
enum Convolutions {
    /// Over windows of three rows, as in all of spaCy's own pipelines.
    Narrow(Vec<Convolution>),
    /// Over wider windows.
    Wide(Vec<Maxout>),
}

/// Buffers that are reused from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    products: Vec<f32>,
    /// Where each row's word lies in the memory.
    places: Vec<u32>,
    rows: Vec<f32>,
    next_rows: Vec<f32>,
    convolution: Buffers,
    words: words::Buffers,
    /// What is remembered, by the network's id.
    memories: Vec<(usize, Known)>,
}

impl Tok2Vec {
    /// Numbers in a row of output.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Computes the rows of all tokens of `batch`, one document behind the other without gap.
    pub(crate) fn apply(&self, batch: &Batch, scratch: &mut Scratch, out: &mut Vec<f32>) {
        let mut known = self.take_known(scratch);
        self.embed(batch, &mut known, scratch);
        self.convolve_words(&known, scratch);
        scratch.memories.push((self.id, known));
        match &self.convolutions {
            Convolutions::Narrow(convolutions) => {
                for convolution in convolutions {
                    let (rows, next) = (&scratch.rows, &mut scratch.next_rows);
                    self.clear_ends(rows.len() / self.width, next);
                    convolution.apply(rows, next, &mut scratch.convolution);
                    std::mem::swap(&mut scratch.rows, &mut scratch.next_rows);
                }
            }
            Convolutions::Wide(convolutions) => {
                for convolution in convolutions {
                    self.convolve(convolution, scratch);
                }
            }
        }
        self.collect(batch, &scratch.rows, out);
    }

    fn take_known(&self, scratch: &mut Scratch) -> Known {
        let known = scratch.memories.iter().position(|(id, _)| *id == self.id);
        known.map_or_else(
            || self.words.nothing_known(),
            |place| scratch.memories.swap_remove(place).1,
        )
    }

    /// Finds the place of each token's word in the memory, computing what is new, and lays places out with padding.
    fn embed(&self, batch: &Batch, known: &mut Known, scratch: &mut Scratch) {
        let Scratch { places, words, .. } = scratch;
        places.clear();
        places.resize(self.padded_rows(batch), PADDING);
        let mut rows = self
            .starts(batch)
            .flat_map(|(start, length)| start..start + length);
        self.words.find(batch, known, words, |place| {
            if let Some(row) = rows.next() {
                places[row] = place;
            }
        });
    }

    /// The first convolution and its residual connection, from what is remembered of the words: gives `scratch.rows`, with
    /// windows of zeros at both ends, which stay zeros.
    fn convolve_words(&self, known: &Known, scratch: &mut Scratch) {
        let Scratch {
            places,
            products,
            rows,
            ..
        } = scratch;
        let inner = self.clear_ends(places.len(), rows);
        products.resize(self.first.products(), 0.0);
        let windows = places.windows(2 * self.window + 1);
        vectorized(
            #[inline(always)]
            || {
                let rows = rows[inner].chunks_exact_mut(self.width);
                for (row, window) in rows.zip(windows) {
                    self.sum_shares(known, window, products);
                    self.first.apply_to_row(products);
                    match window[self.window] {
                        PADDING => row.fill(0.0),
                        word => row.copy_from_slice(&known.word(word)[..self.width]),
                    }
                    add(row, &products[..self.width]);
                }
            },
        );
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    fn sum_shares(&self, known: &Known, window: &[u32], sum: &mut [f32]) {
        let share = |place: usize, word: u32| match word {
            PADDING => &self.nothing[..],
            word => &known.word(word)[self.width + place * self.nothing.len()..],
        };
        // All read at once: they come from far away.
        if let [before, at, after] = *window {
            let (before, at, after) = (share(0, before), share(1, at), share(2, after));
            let shares = before.iter().zip(at).zip(after);
            for (sum, ((before, at), after)) in sum.iter_mut().zip(shares) {
                *sum = before + at + after;
            }
            return;
        }
        sum.fill(0.0);
        for (place, word) in window.iter().enumerate() {
            add(sum, share(place, *word));
        }
    }

    /// Makes room for so many rows, with windows of zeros at both ends; gives where the numbers between these lie.
    fn clear_ends(&self, count: usize, rows: &mut Vec<f32>) -> Range<usize> {
        rows.resize(count * self.width, 0.0);
        let edge = (self.window * self.width).min(rows.len());
        let inner = edge..rows.len().saturating_sub(edge).max(edge);
        rows[..edge].fill(0.0);
        rows[inner.end..].fill(0.0);
        inner
    }

    /// A further convolution and its residual connection, over everything but the outermost windows of zeros.
    fn convolve(&self, convolution: &Maxout, scratch: &mut Scratch) {
        let edge = self.window * self.width;
        let Scratch {
            rows,
            next_rows,
            products,
            ..
        } = scratch;
        next_rows.clear();
        next_rows.extend_from_slice(rows);
        let windows = Rows {
            data: rows,
            count: (rows.len() / self.width).saturating_sub(2 * self.window),
            width: convolution.inputs(),
            stride: self.width,
        };
        let blocks = next_rows[edge..].chunks_mut(BLOCK * self.width);
        for ((_, block), next) in windows.blocks().zip(blocks) {
            let (finished, stride) = convolution.apply(block, products);
            let next = next.chunks_exact_mut(self.width);
            for (row, finished) in next.zip(finished.chunks_exact(stride)) {
                add(row, &finished[..self.width]);
            }
        }
        std::mem::swap(rows, next_rows);
    }

    fn collect(&self, batch: &Batch, padded: &[f32], out: &mut Vec<f32>) {
        out.clear();
        for (start, length) in self.starts(batch) {
            out.extend_from_slice(&padded[start * self.width..(start + length) * self.width]);
        }
    }

    /// First row in the padded layout, and length, of each document. Empty documents get no padding, as in thinc. More padding
    /// than needed makes each document begin at a quad, so that the place in the batch does not matter.
    fn starts(&self, batch: &Batch) -> impl Iterator<Item = (usize, usize)> {
        let pad = self.pad();
        let filled = batch.lengths().filter(|length| *length > 0);
        filled.scan(self.window, move |next, length| {
            let start = self.window + (*next + pad - self.window).next_multiple_of(QUAD);
            *next = start + length;
            Some((start, length))
        })
    }

    fn padded_rows(&self, batch: &Batch) -> usize {
        let last = self.starts(batch).last();
        last.map_or(0, |(start, length)| {
            let inner = start + length + self.pad() - self.window;
            inner.next_multiple_of(QUAD) + 2 * self.window
        })
    }

    /// spaCy pads by the receptive field.
    fn pad(&self) -> usize {
        let further = match &self.convolutions {
            Convolutions::Narrow(convolutions) => convolutions.len(),
            Convolutions::Wide(convolutions) => convolutions.len(),
        };
        self.window * (1 + further)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::tests::{bokmaal, context};
    use crate::config::Config;
    use crate::model::Model;
    use crate::pipeline::batch_of;
    use crate::tokenizer::Tokenizer;

    /// The first three numbers of each row that spaCy gives for these texts with the pipeline `models/nb`.
    const EXPECTED: [[f32; 3]; 12] = [
        [-3.32983, 3.84982, -0.94931],
        [1.39897, 0.34324, -1.29732],
        [-2.22795, -2.40979, 1.33445],
        [-0.386, -1.58247, 0.09226],
        [0.014, -3.20155, 5.96209],
        [1.6475, -3.4036, 0.99496],
        [-0.36819, -5.40694, 0.22558],
        [-7.05552, -3.11823, 2.69932],
        [-0.87288, 0.40458, 0.68127],
        [4.19495, 2.70975, -0.50688],
        [-1.14449, -4.24105, 0.59204],
        [-0.91581, -4.30298, 0.20007],
    ];

    #[test]
    fn equals_spacy() {
        let folder = bokmaal();
        let config = Config::load(&folder).unwrap();
        let model = Model::read(&folder.join("tok2vec")).unwrap();
        let section = "components.tok2vec.model";
        let network = Tok2Vec::load(
            context(&config, &folder).config,
            "tok2vec",
            section,
            &model,
            None,
        )
        .unwrap();
        let tokenizer = Tokenizer::load(&folder, "nb").unwrap();
        let batch = batch_of(
            &tokenizer,
            &["Kari kjøpte to bøker i Bergen.", "", "Hun leste  dem."],
        );
        let (mut rows, mut scratch) = (Vec::new(), Scratch::default());
        // The second time all words are remembered.
        for _ in 0..2 {
            network.apply(&batch, &mut scratch, &mut rows);
            assert_eq!(rows.len(), EXPECTED.len() * network.width());
            for (row, expected) in rows.chunks_exact(network.width()).zip(EXPECTED) {
                for (number, expected) in row.iter().zip(expected) {
                    assert!((number - expected).abs() < 1e-4, "{number} {expected}");
                }
            }
        }
    }
}

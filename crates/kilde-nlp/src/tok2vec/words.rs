//! What a network computes of a word alone: its features' embeddings, mixed by a maxout, and its share of the first
//! convolution for each place in the window. Words are remembered (see [`super::memory`]), and so is each feature's share of
//! the mix, because many words have a norm, an ending or a shape in common: a new word costs little more than its shares.

use super::attribute::Attribute;
use super::memory::Memory;
use crate::batch::Batch;
use crate::layers::gemm::{BLOCK, Rows, Weights};
use crate::layers::hash_embed::HashEmbed;
use crate::layers::linear::add;
use crate::layers::maxout::Finish;
use crate::layers::static_vectors::StaticVectors;
use crate::layers::vectors::vectorized;
use crate::lexeme::Lexeme;

/// So many words are remembered: 15 MB for spaCy's small networks.
const WORDS: usize = 4096;
/// So many values of each feature are remembered, 2 MB where there are as many.
const VALUES: usize = 2048;

/// All that decides a word's features: the ids of the word and of its norm, and whether a space follows.
type Key = (u64, u64, bool);

/// The part of the network that looks at words alone.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) columns: Vec<Column>,
    /// Bias, maximum and normalisation of the mix.
    pub(super) mix: Finish,
    /// The first convolution's weights, one block of outputs for each place in the window.
    pub(super) shares: Weights,
    pub(super) width: usize,
}

/// One of the embeddings that are mixed, and its part of the mix's weights.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) source: Source,
    pub(super) weights: Weights,
}

/// Where a column's numbers come from.
#[derive(Debug)]
pub(super) enum Source {
    Feature(Attribute, HashEmbed),
    Vectors(StaticVectors),
}

/// What is remembered.
#[derive(Debug)]
pub(super) struct Known {
    /// For each word its embedding and its shares.
    words: Memory<Key>,
    /// For each column and value its part of the mix.
    parts: Vec<Memory<u64>>,
}

/// Buffers that are reused.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// Values that are new, with their places.
    values: Vec<(u32, u64)>,
    /// For each column and new word, the place of its part.
    places: Vec<u32>,
    features: Vec<f32>,
    products: Vec<f32>,
    rows: Vec<f32>,
}

impl Known {
    /// The row of a word: its embedding, then its shares.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    pub(super) fn word(&self, place: u32) -> &[f32] {
        self.words.row(place)
    }
}

impl Words {
    /// A memory that knows nothing yet.
    pub(super) fn nothing_known(&self) -> Known {
        let part = |column: &Column| Memory::new(column.weights.stride(), VALUES);
        Known {
            words: Memory::new(self.width + self.shares.stride(), WORDS),
            parts: self.columns.iter().map(part).collect(),
        }
    }

    /// Gives the place of each token's word to `place`, in order, and computes the words that are new.
    pub(super) fn find(
        &self,
        batch: &Batch,
        known: &mut Known,
        buffers: &mut Buffers,
        mut place: impl FnMut(u32),
    ) {
        known.words.make_room();
        let mut new = Vec::new();
        for (lexeme, space_after) in batch.tokens() {
            // Words differ by the space after them only for a network that looks at it.
            let key = (lexeme.orth, lexeme.norm, space_after && self.sees_spaces());
            let (found, is_new) = known.words.place(key);
            if is_new {
                new.push((found, &**lexeme, space_after));
            }
            place(found);
        }
        self.compute(&new, known, buffers);
    }

    fn sees_spaces(&self) -> bool {
        let sees = |column: &Column| matches!(column.source, Source::Feature(Attribute::Spacy, _));
        self.columns.iter().any(sees)
    }

    /// Fills the rows of new words.
    fn compute(&self, new: &[(u32, &Lexeme, bool)], known: &mut Known, buffers: &mut Buffers) {
        buffers.places.clear();
        for (column, parts) in self.columns.iter().zip(&mut known.parts) {
            column.compute(self.width, new, parts, buffers);
        }
        for first in (0..new.len()).step_by(BLOCK) {
            let block = first..new.len().min(first + BLOCK);
            self.mix(block.clone(), new.len(), &known.parts, buffers);
            let Buffers { products, rows, .. } = &mut *buffers;
            products.resize(block.len() * self.shares.stride(), 0.0);
            self.shares
                .multiply_block(Rows::dense(rows, self.width), products);
            let shares = products.chunks_exact(self.shares.stride());
            let computed = rows.chunks_exact(self.width).zip(shares);
            for ((place, ..), (row, shares)) in new[block].iter().zip(computed) {
                let (word, of_places) = known.words.row_mut(*place).split_at_mut(self.width);
                word.copy_from_slice(row);
                of_places.copy_from_slice(shares);
            }
        }
    }

    /// Puts the embeddings of a block of the new words into `buffers.rows`.
    fn mix(
        &self,
        block: std::ops::Range<usize>,
        count: usize,
        parts: &[Memory<u64>],
        buffers: &mut Buffers,
    ) {
        let Buffers {
            products,
            places,
            rows,
            ..
        } = buffers;
        let stride = self.columns.first().map_or(1, |one| one.weights.stride());
        products.clear();
        products.resize(block.len() * stride, 0.0);
        vectorized(
            #[inline(always)]
            || {
                for (sum, word) in products.chunks_exact_mut(stride).zip(block) {
                    for (column, parts) in parts.iter().enumerate() {
                        add(sum, parts.row(places[column * count + word]));
                    }
                }
            },
        );
        self.mix.apply(products, stride);
        rows.clear();
        for product in products.chunks_exact(stride) {
            rows.extend_from_slice(&product[..self.width]);
        }
    }
}

impl Column {
    /// Adds the places of the new words' parts to `buffers.places`, computing those of values that are new.
    fn compute(
        &self,
        width: usize,
        new: &[(u32, &Lexeme, bool)],
        parts: &mut Memory<u64>,
        buffers: &mut Buffers,
    ) {
        parts.make_room();
        buffers.values.clear();
        for (_, lexeme, space_after) in new {
            let value = self.value(lexeme, *space_after);
            let (place, is_new) = parts.place(value);
            buffers.places.push(place);
            if is_new {
                buffers.values.push((place, value));
            }
        }
        let (features, products) = (&mut buffers.features, &mut buffers.products);
        for values in buffers.values.chunks(BLOCK) {
            features.resize(values.len() * width, 0.0);
            for ((_, value), row) in values.iter().zip(features.chunks_exact_mut(width)) {
                self.embed(*value, row);
            }
            let stride = self.weights.stride();
            products.resize(values.len() * stride, 0.0);
            self.weights
                .multiply_block(Rows::dense(features, width), products);
            for ((place, _), product) in values.iter().zip(products.chunks_exact(stride)) {
                parts.row_mut(*place).copy_from_slice(product);
            }
        }
    }

    /// What of a word this column looks at.
    fn value(&self, lexeme: &Lexeme, space_after: bool) -> u64 {
        match &self.source {
            Source::Feature(attribute, _) => attribute.of(lexeme, space_after),
            Source::Vectors(_) => lexeme.orth,
        }
    }

    fn embed(&self, value: u64, out: &mut [f32]) {
        match &self.source {
            Source::Feature(_, embedding) => embedding.embed(value, out),
            Source::Vectors(vectors) => vectors.embed(value, out),
        }
    }
}

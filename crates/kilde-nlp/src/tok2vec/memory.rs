//! Remembers what a network computes from a word alone. A word always gives the same numbers, so that memory changes the speed
//! and nothing else. Bounded, and each thread has its own.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::lexeme::Lexeme;

/// When so many words are remembered, all are forgotten before the next batch: 15 MB for spaCy's small networks.
const CAPACITY: usize = 4096;

/// All that decides a word's features: the ids of the word and of its norm, and whether a space follows.
type Key = (u64, u64, bool);

/// Rows of numbers by word.
#[derive(Debug)]
pub(super) struct Memory {
    places: FxHashMap<Key, u32>,
    rows: Vec<f32>,
    width: usize,
}

impl Memory {
    /// A memory for rows of `width` numbers.
    pub(super) fn new(width: usize) -> Self {
        Self {
            places: FxHashMap::default(),
            rows: Vec::new(),
            width,
        }
    }

    /// How many words are remembered.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Forgets everything if there is too much of it. Places are good until then.
    pub(super) fn make_room(&mut self) {
        if self.len() >= CAPACITY {
            self.places.clear();
            self.rows.clear();
        }
    }

    /// The word's place, and whether it is new: then its row has yet to be filled.
    pub(super) fn place(&mut self, lexeme: &Lexeme, space_after: bool) -> (u32, bool) {
        // A batch has far fewer tokens than numbers of 32 bits.
        let next = u32::try_from(self.len()).unwrap_or(u32::MAX - 1);
        let key = (lexeme.orth, lexeme.norm, space_after);
        let place = *self.places.entry(key).or_insert(next);
        (place, place == next)
    }

    /// The row of the word at a place.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    pub(super) fn row(&self, place: u32) -> &[f32] {
        let start = place as usize * self.width;
        &self.rows[start..start + self.width]
    }

    /// The rows of the words at these places, to be filled.
    pub(super) fn rows_mut(&mut self, places: Range<usize>) -> impl Iterator<Item = &mut [f32]> {
        let (start, end) = (places.start * self.width, places.end * self.width);
        if self.rows.len() < end {
            self.rows.resize(end, 0.0);
        }
        self.rows[start..end].chunks_exact_mut(self.width)
    }
}

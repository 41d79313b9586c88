//! Remembers how chunks were split. A chunk always splits the same way, so that the cache changes the speed and nothing else.
//! Bounded; each thread has its own, so that none waits for another, be it only to count who uses a lexeme.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rules::Piece;
use crate::lexeme::Lexeme;

/// Chunks that are kept. A full cache is emptied, since the words of the next texts matter more than those of the first.
const SIZE: usize = 16_384;
/// Longer chunks (in bytes) are rare and not kept.
const LONGEST: usize = 64;

/// Chunks and their tokens.
#[derive(Debug, Default)]
pub(crate) struct ChunkCache {
    places: FxHashMap<Box<str>, usize>,
    /// The tokens of each place; the last of one that is not kept.
    pieces: Vec<Vec<Piece>>,
}

impl ChunkCache {
    /// The tokens of a chunk, from memory or else from `split`.
    pub(super) fn get_or_split(
        &mut self,
        chunk: &str,
        split: impl FnOnce() -> Vec<Piece>,
    ) -> &[Piece] {
        if let Some(place) = self.places.get(chunk) {
            return &self.pieces[*place];
        }
        self.pieces.truncate(self.places.len());
        if self.places.len() >= SIZE {
            self.places.clear();
            self.pieces.clear();
        }
        let place = self.pieces.len();
        if chunk.len() <= LONGEST {
            self.places.insert(chunk.into(), place);
        }
        self.pieces
            .push(split().into_iter().map(unshared).collect());
        &self.pieces[place]
    }
}

/// The same token with a lexeme of its own: those of special cases belong to all threads.
fn unshared(piece: Piece) -> Piece {
    Piece {
        lexeme: Arc::new(Lexeme::clone(&piece.lexeme)),
        ..piece
    }
}

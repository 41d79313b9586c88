//! Remembers how chunks were split. A chunk always splits the same way, so that the cache changes the speed and nothing else.
//! Bounded, and shared by all threads: parts of it are locked one at a time.

use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::rules::Piece;

const PARTS: usize = 16;
/// Chunks in one part; a full part is emptied, since the words of the next texts matter more than those of the first.
const PART_SIZE: usize = 2048;
/// Longer chunks (in bytes) are rare and not kept.
const LONGEST: usize = 64;

type Part = Mutex<FxHashMap<Box<str>, Arc<[Piece]>>>;

/// Chunks and their tokens.
#[derive(Debug, Default)]
pub(super) struct ChunkCache {
    parts: [Part; PARTS],
}

impl ChunkCache {
    /// The tokens of a chunk, from memory or else from `split`.
    pub(super) fn get_or_split(
        &self,
        chunk: &str,
        split: impl FnOnce() -> Vec<Piece>,
    ) -> Arc<[Piece]> {
        if chunk.len() > LONGEST {
            return split().into();
        }
        let part = self.part(chunk);
        // What a thread that panicked has left behind is whole: entries are put in at once.
        let known = part
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(chunk)
            .map(Arc::clone);
        if let Some(pieces) = known {
            return pieces;
        }
        let pieces: Arc<[Piece]> = split().into();
        let mut entries = part.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= PART_SIZE {
            entries.clear();
        }
        entries.insert(chunk.into(), Arc::clone(&pieces));
        pieces
    }

    fn part(&self, chunk: &str) -> &Part {
        // The high bits choose the part, the map uses the others.
        let hash = FxBuildHasher.hash_one(chunk);
        &self.parts[(hash >> 40) as usize % PARTS]
    }
}

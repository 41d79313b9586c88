//! Names as numbers, the way spaCy does it: a string's id is its 64-bit `MurmurHash64A` with seed 1, except that the empty string is
//! 0 and that 456 names of spaCy's own (attributes, parts of speech, labels: "mark", "det") have small fixed numbers.
//! [`Strings`] remembers the way back from ids to strings.

use std::path::Path;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::annotation::Label;
use crate::error::{LoadError, read_json};

static SYMBOLS: LazyLock<FxHashMap<&str, u64>> = LazyLock::new(|| symbols().collect());

/// spaCy's own names and their numbers.
fn symbols() -> impl Iterator<Item = (&'static str, u64)> {
    include_str!("../data/symbols.tsv")
        .lines()
        .filter_map(|line| {
            let (id, name) = line.split_once('\t')?;
            Some((name, id.parse().ok()?))
        })
}

/// The id of a string (spaCy's `get_string_id`).
#[must_use]
pub fn hash_string(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    match SYMBOLS.get(text) {
        Some(id) => *id,
        None => murmur_hash_64a(text.as_bytes(), 1),
    }
}

/// Strings by their ids.
#[derive(Clone, Debug)]
pub struct Strings {
    by_id: FxHashMap<u64, Label>,
}

impl Strings {
    /// A store that holds spaCy's own names and nothing else yet.
    #[must_use]
    pub fn new() -> Self {
        let by_id = symbols().map(|(name, id)| (id, Label::new(name)));
        Self {
            by_id: by_id.collect(),
        }
    }

    /// Reads `vocab/strings.json` of a pipeline directory.
    ///
    /// # Errors
    /// If the file is absent, cannot be read or is not a list of strings.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        let path = folder.join("vocab").join("strings.json");
        let names: Vec<String> = read_json(&path)?;
        let mut strings = Self::new();
        for name in &names {
            strings.add(name);
        }
        Ok(strings)
    }

    /// Remembers a string and gives its id.
    pub fn add(&mut self, text: &str) -> u64 {
        let id = hash_string(text);
        self.by_id.entry(id).or_insert_with(|| Label::new(text));
        id
    }

    /// The string with this id, if it was added.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<&Label> {
        self.by_id.get(&id)
    }
}

impl Default for Strings {
    fn default() -> Self {
        Self::new()
    }
}

/// Austin Appleby's `MurmurHash64A` (public domain): eight bytes at a time, little-endian.
fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const MULTIPLIER: u64 = 0xc6a4_a793_5bd1_e995;
    const SHIFT: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut key = u64::from_le_bytes(*block).wrapping_mul(MULTIPLIER);
        key ^= key >> SHIFT;
        hash = (hash ^ key.wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(MULTIPLIER);
    }
    hash = (hash ^ (hash >> SHIFT)).wrapping_mul(MULTIPLIER);
    hash ^ (hash >> SHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_spacy() {
        for (text, id) in [
            ("", 0),
            ("mark", 423),
            ("det", 415),
            ("NOUN", 92),
            ("a", 11_901_859_001_352_538_922),
            ("Hello", 15_777_305_708_150_031_551),
            ("Ærlig talt", 4_211_890_273_143_140_227),
            ("café 😀", 14_732_096_681_894_220_686),
            ("abcdefgh", 17_751_780_907_874_141_760),
            ("abcdefghi", 13_885_881_106_499_164_936),
        ] {
            assert_eq!(hash_string(text), id, "{text:?}");
        }
    }

    #[test]
    fn every_symbol_is_read() {
        assert_eq!(
            SYMBOLS.len(),
            include_str!("../data/symbols.tsv").lines().count()
        );
        assert_eq!(SYMBOLS.len(), 456);
    }

    #[test]
    fn strings_come_back() {
        let mut strings = Strings::new();
        let id = strings.add("Stortinget");
        assert_eq!(strings.get(id).map(Label::as_str), Some("Stortinget"));
        assert_eq!(strings.get(415).map(Label::as_str), Some("det"));
        assert_eq!(strings.get(1_000_000), None);
    }
}

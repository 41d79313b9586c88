//! Which texts are near-copies of one another, so that one agency's report printed by many papers counts as one source.
//! A text is known by the smallest hashes of its runs of words (a bottom-k sketch: Broder, "On the resemblance and
//! containment of documents", 1997), which any machine computes alike.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Words in a run.
const RUN: usize = 4;
/// Hashes that a sketch keeps.
const KEPT: usize = 128;
/// Texts that share at least this part of their runs are copies.
const COPY: f64 = 0.4;

/// The smallest hashes of a text's runs of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(BTreeSet<u64>);

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<String> = text
            .split(|one: char| !one.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let mut kept = BTreeSet::new();
        for run in words.windows(RUN.min(words.len()).max(1)) {
            kept.insert(hash(run));
            if kept.len() > KEPT {
                kept.pop_last();
            }
        }
        Self(kept)
    }

    /// The sketch as text: sixteen hexadecimal digits for each hash, in their order.
    #[must_use]
    pub(super) fn written(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, hash| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{hash:016x}");
            text
        })
    }

    /// The sketch in a text; nothing for what [`Sketch::written`] never writes.
    pub(super) fn read(text: &str) -> Option<Self> {
        let hashes = (0..text.len()).step_by(16);
        let hashes = hashes.map(|at| u64::from_str_radix(text.get(at..at + 16)?, 16).ok());
        hashes.collect::<Option<BTreeSet<u64>>>().map(Self)
    }

    /// The share of runs that two texts have in common, estimated on the smallest of both.
    fn likeness(&self, other: &Self) -> f64 {
        let of_both: Vec<&u64> = self.0.union(&other.0).take(KEPT).collect();
        let shared = of_both
            .iter()
            .filter(|run| self.0.contains(run) && other.0.contains(run))
            .count();
        let all = of_both.len().max(1);
        // Both are at most `KEPT`, which a float holds.
        f64::from(u32::try_from(shared).unwrap_or_default())
            / f64::from(u32::try_from(all).unwrap_or(1))
    }
}

/// How many of the texts are independent: a group of texts each of which is like another of the group counts once.
pub fn independent<'a>(sketches: impl IntoIterator<Item = &'a Sketch>) -> usize {
    let sketches: Vec<&Sketch> = sketches.into_iter().collect();
    // Each points to one of its group, in the end to the first.
    let mut groups: Vec<usize> = (0..sketches.len()).collect();
    // Texts without a run in common are not alike.
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, sketch) in sketches.iter().enumerate() {
        let met = sketch.0.iter().filter_map(|run| having.get(run)).flatten();
        let mut met: Vec<usize> = met.copied().collect();
        met.sort_unstable();
        met.dedup();
        for other in met {
            let (own, theirs) = (first(&mut groups, at), first(&mut groups, other));
            if own != theirs && sketches[other].likeness(sketch) >= COPY {
                groups[own.max(theirs)] = own.min(theirs);
            }
        }
        for run in &sketch.0 {
            having.entry(*run).or_default().push(at);
        }
    }
    let firsts = groups.iter().enumerate().filter(|(at, group)| at == *group);
    firsts.count()
}

/// The first of a group; the ways there become shorter.
fn first(groups: &mut [usize], mut at: usize) -> usize {
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

/// FNV-1a with a final mix, so that the smallest are a fair sample.
fn hash(run: &[String]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in run.iter().flat_map(|word| word.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Norland and Vestia signed a treaty in Kaupang on Monday after two weeks of talks that had been \
        hosted by Sorland, the foreign minister said. The treaty opens the border for trade and ends a quarrel about fish.";

    #[track_caller]
    fn check(texts: &[&str], expected: usize) {
        let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(text)).collect();
        assert_eq!(independent(&sketches), expected);
        assert_eq!(independent(sketches.iter().rev()), expected);
    }

    #[test]
    fn a_sketch_is_read_as_it_was_written() {
        for text in ["", "a", WIRE] {
            let sketch = Sketch::of(text);
            assert_eq!(Sketch::read(&sketch.written()), Some(sketch), "{text}");
        }
        for wrong in ["0123", "not hexadecimal!", "é"] {
            assert_eq!(Sketch::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_text_printed_again_counts_once() {
        let cut = WIRE.split_inclusive('.').next().unwrap_or_default();
        let edited = format!("KAUPANG: {}", WIRE.replace("two weeks", "a fortnight"));
        let own = "Fishermen in Kaupang cheered when the two ministers put their names to the treaty, our reporter writes.";
        check(&[WIRE, WIRE], 1);
        check(&[WIRE, cut, &edited], 1);
        check(&[WIRE, own], 2);
        check(&[own, &edited, WIRE], 2);
        check(&["", "a b"], 2);
    }
}

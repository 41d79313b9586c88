//! Which texts are near-copies of one another, so that one agency's report printed by many papers counts as one source.
//! A text is known by the smallest hashes of its runs of words (a bottom-k sketch: Broder, "On the resemblance and
//! containment of documents", 1997), which any machine computes alike.

use std::{collections::BTreeSet, fmt::Write, ops::Range};

/// Words in a run.
const RUN: usize = 4;
/// Hashes that a sketch keeps.
const KEPT: usize = 128;
/// Up to so many texts each is compared with each; of more, those that can be alike are looked up by their runs.
const FEW: usize = 32;
/// Texts that share at least two of five runs are copies.
const COPY: (usize, usize) = (2, 5);

/// The smallest hashes of a text's runs of words, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sketch(Box<[u64]>);

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
        Self(kept.into_iter().collect())
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
        let hashes = hashes.collect::<Option<Box<[u64]>>>()?;
        hashes.is_sorted().then_some(Self(hashes))
    }

    /// Whether two texts share enough of their runs, estimated on the smallest of both.
    fn is_like(&self, other: &Self) -> bool {
        let (own, others) = (&*self.0, &*other.0);
        let (mut at, mut beside, mut all, mut shared) = (0, 0, 0, 0);
        // Which of two hashes is smaller cannot be foretold: sums cost less here than branches.
        while all < KEPT && at < own.len() && beside < others.len() {
            let (one, other) = (own[at], others[beside]);
            shared += usize::from(one == other);
            at += usize::from(one <= other);
            beside += usize::from(one >= other);
            all += 1;
        }
        let rest = (own.len() - at) + (others.len() - beside);
        let all = KEPT.min(all + rest);
        is_copy(shared, all)
    }

    /// Whether two texts with so many hashes of their sketches in common can be alike.
    fn can_be_like(&self, other: &Self, common: usize) -> bool {
        is_copy(common, KEPT.min(self.0.len() + other.0.len() - common))
    }
}

/// Whether so many of all runs are enough for a copy.
const fn is_copy(shared: usize, all: usize) -> bool {
    shared * COPY.1 >= all * COPY.0
}

/// How many of the texts are independent: a group of texts each of which is like another of the group counts once.
pub fn independent<'a>(sketches: impl IntoIterator<Item = &'a Sketch>) -> usize {
    let mut sketches: Vec<&Sketch> = sketches.into_iter().collect();
    sketches.sort_unstable();
    sketches.dedup();
    if sketches.len() < 2 {
        return sketches.len();
    }
    let mut groups = Groups((0..sketches.len()).collect());
    if sketches.len() <= FEW {
        for (at, sketch) in sketches.iter().enumerate() {
            for (earlier, other) in sketches[..at].iter().enumerate() {
                groups.join(at, earlier, || sketch.is_like(other));
            }
        }
        return groups.count();
    }
    let having = Having::of(&sketches);
    // How many runs each has in common with the one at hand: those without any are not alike.
    let mut common = vec![0; sketches.len()];
    let mut met = Vec::new();
    for (at, sketch) in sketches.iter().enumerate() {
        for &other in having.earlier(at).flatten() {
            if common[other] == 0 {
                met.push(other);
            }
            common[other] += 1;
        }
        for earlier in met.drain(..) {
            let (other, common) = (sketches[earlier], std::mem::take(&mut common[earlier]));
            let are_like = || sketch.can_be_like(other, common) && sketch.is_like(other);
            groups.join(at, earlier, are_like);
        }
    }
    groups.count()
}

/// Texts in groups: each points to one of its group, in the end to the first.
struct Groups(Vec<usize>);

impl Groups {
    /// Makes the groups of two texts one, if they are alike and it is not known yet.
    fn join(&mut self, one: usize, other: usize, are_like: impl FnOnce() -> bool) {
        let (one, other) = (self.first(one), self.first(other));
        if one != other && are_like() {
            self.0[one.max(other)] = one.min(other);
        }
    }

    /// The first of a text's group; the ways there become shorter.
    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn count(&self) -> usize {
        let groups = self.0.iter().enumerate();
        groups.filter(|(at, group)| at == *group).count()
    }
}

/// The texts that have a run in common.
struct Having {
    /// The texts of each run, one run after the other.
    texts: Vec<usize>,
    /// For each text in turn and each of its runs the earlier texts that have it: where they stand.
    earlier: Vec<Range<usize>>,
    /// Where the runs of each text begin in `earlier`, and where the last ones end.
    starts: Vec<usize>,
}

impl Having {
    fn of(sketches: &[&Sketch]) -> Self {
        let all = sketches.iter().enumerate();
        let mut runs: Vec<(u64, usize)> = all
            .flat_map(|(at, sketch)| sketch.0.iter().map(move |run| (*run, at)))
            .collect();
        runs.sort_unstable();
        let mut starts = vec![0];
        starts.extend(sketches.iter().scan(0, |end, sketch| {
            *end += sketch.0.len();
            Some(*end)
        }));
        let mut free = starts.clone();
        let mut earlier = vec![0..0; runs.len()];
        let mut first = 0;
        for (place, &(run, at)) in runs.iter().enumerate() {
            if runs[first].0 != run {
                first = place;
            }
            earlier[free[at]] = first..place;
            free[at] += 1;
        }
        Self {
            texts: runs.into_iter().map(|(_, at)| at).collect(),
            earlier,
            starts,
        }
    }

    /// For each run of a text the earlier texts that have it.
    fn earlier(&self, at: usize) -> impl Iterator<Item = &[usize]> {
        let own = &self.earlier[self.starts[at]..self.starts[at + 1]];
        own.iter().map(|texts| &self.texts[texts.clone()])
    }
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

    #[test]
    fn a_chain_of_copies_counts_once() {
        // Each shares most runs with the next, the first and the last share none.
        let word = |number: usize| format!("w{number} ");
        let text = |at: usize| -> String { (at * 10..at * 10 + 40).map(word).collect() };
        for length in [6, 2 * FEW] {
            let texts: Vec<String> = (0..length).map(text).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let (first, last) = (&texts[..2], &texts[length - 2..]);
            check(&[first[0], last[1]], 2);
            check(&[first, last].concat(), 2);
            check(&texts, 1);
            // Where four of eight are left out the chain breaks.
            let broken = texts.iter().enumerate().filter(|(at, _)| at % 8 > 3);
            let broken: Vec<&str> = broken.map(|(_, text)| *text).collect();
            check(&broken, length.div_ceil(8));
        }
    }
}

//! Which documents are copies of one another: a wire story that several papers print, whole or cut, is one source. Texts are
//! compared by their runs of words (Broder 1997).

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

/// Words in a run.
const RUN: usize = 5;
/// Of the shorter text's runs, at least this share stands in the longer one too.
const SHARED: f64 = 0.6;

/// The runs of words of a text, as hashes; of a text shorter than a run, the text itself.
#[must_use]
pub fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() < RUN {
        return BTreeSet::from([hash(&words)]);
    }
    words.windows(RUN).map(hash).collect()
}

/// How many independent sources texts are: those that are near-copies count as one, also by way of a third.
/// The groups hold the numbers of the texts, sorted.
#[must_use]
pub fn independent(texts: &[BTreeSet<u64>]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..texts.len()).collect();
    for one in 0..texts.len() {
        for other in 0..one {
            if group[one] != group[other] && are_copies(&texts[one], &texts[other]) {
                let (from, to) = (group[one].max(group[other]), group[one].min(group[other]));
                group
                    .iter_mut()
                    .filter(|own| **own == from)
                    .for_each(|own| *own = to);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (text, own) in group.into_iter().enumerate() {
        groups.entry(own).or_default().push(text);
    }
    groups.into_values().collect()
}

fn are_copies(one: &BTreeSet<u64>, other: &BTreeSet<u64>) -> bool {
    let shorter = one.len().min(other.len()).max(1);
    let shared = one.intersection(other).count();
    shared as f64 / shorter as f64 >= SHARED
}

fn hash(words: &[String]) -> u64 {
    let digest = Sha256::digest(words.join(" "));
    digest[..8]
        .iter()
        .fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Norland and Vestia signed a treaty in Kaupang on Friday after three weeks of talks, \
                        the foreign minister of Norland said at a news conference in the old town hall.";

    #[test]
    fn a_cut_and_edited_copy_is_the_same_source() {
        let cut =
            "Norland and Vestia signed a treaty in Kaupang on Friday after three weeks of talks.";
        let edited = format!(
            "KAUPANG: {} Nobody from Vestia was there.",
            WIRE.replace("old", "new")
        );
        let own = "In Kaupang a treaty between the two states was signed, Radio Sør reports from the town.";
        let texts: Vec<_> = [WIRE, own, cut, &edited].into_iter().map(runs).collect();
        assert_eq!(independent(&texts), [vec![0, 2, 3], vec![1]]);
    }

    #[test]
    fn short_texts_are_compared_whole() {
        let texts: Vec<_> = ["A met B.", "a met b", "A left B."]
            .into_iter()
            .map(runs)
            .collect();
        assert_eq!(independent(&texts), [vec![0, 1], vec![2]]);
    }
}

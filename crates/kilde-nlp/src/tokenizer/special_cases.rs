//! Looks once more for special cases in the finished tokens: those that the affix rules have torn apart ("8)" or "a.m." after a
//! bracket). spaCy does this with its phrase matcher (`_apply_special_cases`); the order in which overlapping finds win is its own.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::RawToken;
use super::affixes::split;
use super::rules::Rules;
use crate::pattern::Pattern;

/// Sequences of words that may be special cases, by their first word.
#[derive(Debug, Default)]
pub(super) struct SpecialMatcher {
    sequences: FxHashMap<u64, Vec<Vec<u64>>>,
}

/// Tokens from the first up to the second, which is not among them.
type Range = (usize, usize);

impl SpecialMatcher {
    /// Collects the special cases that the affix rules could tear apart.
    pub(super) fn new(rules: &Rules) -> Self {
        let mut matcher = Self::default();
        for text in rules
            .specials
            .keys()
            .filter(|text| can_be_torn(rules, text))
        {
            let orths: Vec<u64> = super::chunks(text)
                .flat_map(|chunk| split(rules, &text[chunk.start..chunk.end], false))
                .map(|piece| piece.lexeme.orth)
                .collect();
            if let Some((first, rest)) = orths.split_first() {
                matcher
                    .sequences
                    .entry(*first)
                    .or_default()
                    .push(rest.to_vec());
            }
        }
        matcher
    }

    /// Puts the tokens of special cases in the place of the tokens that they were torn into.
    pub(super) fn apply(&self, rules: &Rules, text: &str, tokens: &mut Vec<RawToken>) {
        let found = self.find(tokens);
        for (first, last) in without_overlaps(found).into_iter().rev() {
            replace(rules, text, tokens, first, last);
        }
    }

    fn find(&self, tokens: &[RawToken]) -> Vec<Range> {
        let mut found = Vec::new();
        for (first, token) in tokens.iter().enumerate() {
            let Some(sequences) = self.sequences.get(&token.lexeme.orth) else {
                continue;
            };
            for rest in sequences {
                let last = first + 1 + rest.len();
                let same = |following: &[RawToken]| {
                    following
                        .iter()
                        .zip(rest)
                        .all(|(token, orth)| token.lexeme.orth == *orth)
                };
                if tokens.get(first + 1..last).is_some_and(same) {
                    found.push((first, last));
                }
            }
        }
        found
    }
}

fn can_be_torn(rules: &Rules, text: &str) -> bool {
    let found = |pattern: &Option<Pattern>| {
        pattern.as_ref().is_some_and(|pattern| {
            pattern
                .find(text, 0)
                .is_some_and(|(start, end)| start < end)
        })
    };
    let infix = rules
        .infix
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text));
    !rules.faster_heuristics
        || found(&rules.prefix)
        || infix
        || found(&rules.suffix)
        || text.contains(' ')
}

/// The longest first, of equal ones the leftmost; a find whose end tokens were in an earlier one, kept or not, is left out.
/// In the order of the text.
fn without_overlaps(mut found: Vec<Range>) -> Vec<Range> {
    found.sort_by_key(|&(first, last)| (Reverse(last - first), first));
    let mut seen = FxHashSet::default();
    let mut kept = Vec::new();
    for (first, last) in found {
        if !seen.contains(&first) && !seen.contains(&(last - 1)) {
            kept.push((first, last));
        }
        seen.extend(first..last);
    }
    kept.sort_unstable();
    kept
}

// The same words with spaces between them are no special case: then the text is not found and the tokens stay.
fn replace(rules: &Rules, text: &str, tokens: &mut Vec<RawToken>, first: usize, last: usize) {
    let (mut start, end) = (tokens[first].start, tokens[last - 1].end);
    let Some(pieces) = rules.special(&text[start..end]) else {
        return;
    };
    let space_after = tokens[last - 1].space_after;
    let new = pieces.iter().map(|piece| {
        let token = RawToken::new(start, piece, false);
        start = token.end;
        token
    });
    let mut new: Vec<RawToken> = new.collect();
    if let Some(token) = new.last_mut() {
        token.space_after = space_after;
    }
    tokens.splice(first..last, new);
}

//! Splits one chunk (a run without white space, or of white space alone) into tokens, in spaCy's order: take prefixes and suffixes
//! off until nothing changes, then look for a special case, a URL, and infixes in what is left (`_split_affixes` and
//! `_attach_tokens` in spaCy's tokenizer).

use super::rules::{Piece, Rules};
use crate::pattern::{Found, Pattern};

/// The tokens of a chunk. Without special cases the chunk is split by the expressions alone.
pub(super) fn split(rules: &Rules, chunk: &str, with_specials: bool) -> Vec<Piece> {
    let splitter = Splitter {
        rules,
        with_specials,
    };
    if let Some(special) = splitter.special(chunk) {
        return special.to_vec();
    }
    let peeled = splitter.peel(chunk);
    let mut pieces: Vec<Piece> = peeled
        .prefixes
        .iter()
        .map(|text| rules.piece(text))
        .collect();
    if !peeled.core.is_empty() {
        splitter.split_core(peeled.core, &mut pieces);
    }
    pieces.extend(peeled.suffixes.iter().rev().map(|text| rules.piece(text)));
    pieces
}

struct Splitter<'a> {
    rules: &'a Rules,
    with_specials: bool,
}

/// A chunk without its affixes; the suffixes stand from right to left.
struct Peeled<'t> {
    prefixes: Vec<&'t str>,
    core: &'t str,
    suffixes: Vec<&'t str>,
}

impl<'a> Splitter<'a> {
    fn special(&self, text: &str) -> Option<&'a [Piece]> {
        if !self.with_specials {
            return None;
        }
        self.rules.special(text).map(AsRef::as_ref)
    }

    fn peel<'t>(&self, chunk: &'t str) -> Peeled<'t> {
        let mut peeled = Peeled {
            prefixes: Vec::new(),
            core: chunk,
            suffixes: Vec::new(),
        };
        let mut last_length = 0;
        while !peeled.core.is_empty() && peeled.core.len() != last_length {
            let text = peeled.core;
            if matches(self.rules.token_match.as_ref(), text) || self.special(text).is_some() {
                break;
            }
            last_length = text.len();
            if !self.peel_once(text, &mut peeled) {
                break;
            }
        }
        peeled
    }

    /// Takes off a prefix, a suffix or both; false if a special case is what remains.
    fn peel_once<'t>(&self, text: &'t str, peeled: &mut Peeled<'t>) -> bool {
        let prefix_length = prefix_length(self.rules.prefix.as_ref(), text);
        let (prefix, without_prefix) = text.split_at(prefix_length);
        if prefix_length > 0 && self.special(without_prefix).is_some() {
            peeled.prefixes.push(prefix);
            peeled.core = without_prefix;
            return false;
        }
        let suffix_length = suffix_length(self.rules.suffix.as_ref(), without_prefix);
        let (without_suffix, suffix) = text.split_at(text.len() - suffix_length);
        if suffix_length > 0 && self.special(without_suffix).is_some() {
            peeled.suffixes.push(suffix);
            peeled.core = without_suffix;
            return false;
        }
        if prefix_length > 0 {
            peeled.prefixes.push(prefix);
        }
        if suffix_length > 0 {
            peeled.suffixes.push(suffix);
        }
        peeled.core = &text[prefix_length..text.len() - suffix_length];
        true
    }

    fn split_core(&self, core: &str, pieces: &mut Vec<Piece>) {
        if let Some(special) = self.special(core) {
            pieces.extend_from_slice(special);
            return;
        }
        let whole = matches(self.rules.token_match.as_ref(), core)
            || matches(self.rules.url_match.as_ref(), core);
        let infixes = match &self.rules.infix {
            Some(infix) if !whole => infix.find_all(core),
            _ => Vec::new(),
        };
        self.split_at_infixes(core, &infixes, pieces);
    }

    // An infix at the very start splits nothing; an empty one only marks a border.
    fn split_at_infixes(&self, core: &str, infixes: &[Found], pieces: &mut Vec<Piece>) {
        let mut start = 0;
        for &(infix_start, infix_end) in infixes.iter().filter(|(infix_start, _)| *infix_start != 0)
        {
            for part in [&core[start..infix_start], &core[infix_start..infix_end]] {
                if !part.is_empty() {
                    pieces.push(self.rules.piece(part));
                }
            }
            start = infix_end;
        }
        if start < core.len() {
            pieces.push(self.rules.piece(&core[start..]));
        }
    }
}

fn matches(pattern: Option<&Pattern>, text: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(text))
}

// A prefix or suffix is cut off by its length, wherever it was found, as spaCy does. A length that ends inside a character, which
// takes an expression that is no affix, cuts nothing.
fn prefix_length(pattern: Option<&Pattern>, text: &str) -> usize {
    let length = length_found(pattern, text);
    if text.is_char_boundary(length) {
        length
    } else {
        0
    }
}

fn suffix_length(pattern: Option<&Pattern>, text: &str) -> usize {
    let length = length_found(pattern, text);
    if text.is_char_boundary(text.len() - length) {
        length
    } else {
        0
    }
}

fn length_found(pattern: Option<&Pattern>, text: &str) -> usize {
    let found = pattern.and_then(|pattern| pattern.find(text, 0));
    found.map_or(0, |(start, end)| end - start)
}

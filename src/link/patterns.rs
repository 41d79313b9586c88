//! The folded spellings of all actors, found by the letters that they begin with: names stand at the starts of words, so
//! that one look-up for each word tells the few that may stand there.

use std::collections::HashMap;

use super::spellings::Spelling;

/// A folded spelling, and whose it is.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) folded: String,
    pub(super) spellings: Vec<Spelling>,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    /// By their first letters and digits.
    by_first: HashMap<String, Vec<usize>>,
}

impl Patterns {
    /// The pattern of exactly these characters.
    pub(super) fn get(&self, folded: &str) -> Option<&Pattern> {
        self.place(folded).map(|at| &self.all[at])
    }

    /// What bears this spelling so far, to be added to.
    pub(super) fn entry(&mut self, folded: String) -> &mut Vec<Spelling> {
        let at = self.place(&folded).unwrap_or_else(|| {
            let (at, first) = (self.all.len(), first(&folded));
            match self.by_first.get_mut(first) {
                Some(places) => places.push(at),
                None => {
                    self.by_first.insert(first.to_owned(), vec![at]);
                }
            }
            self.all.push(Pattern {
                folded,
                spellings: Vec::new(),
            });
            at
        });
        &mut self.all[at].spellings
    }

    /// The patterns that `text` begins with and that end where a word does; in Norwegian a genitive -s may follow.
    pub(super) fn beginning(&self, text: &str, norwegian: bool) -> impl Iterator<Item = &Pattern> {
        let first = first(text);
        let bare = first.strip_suffix('s').filter(|_| norwegian);
        let places = |first: &str| self.by_first.get(first).into_iter().flatten();
        places(first)
            .chain(bare.into_iter().flat_map(places))
            .map(|&at| &self.all[at])
            .filter(move |pattern| {
                let rest = text.strip_prefix(pattern.folded.as_str());
                rest.is_some_and(|rest| ends_word(rest, norwegian))
            })
    }

    fn place(&self, folded: &str) -> Option<usize> {
        let places = self.by_first.get(first(folded))?;
        let mut places = places.iter().copied();
        places.find(|&at| self.all[at].folded == folded)
    }
}

/// The letters and digits that a text begins with.
fn first(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

/// Whether a word has ended where this follows.
fn ends_word(rest: &str, norwegian: bool) -> bool {
    let mut rest = rest.chars();
    match rest.next() {
        Some('s') if norwegian => !rest.next().is_some_and(char::is_alphanumeric),
        next => !next.is_some_and(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, norwegian: bool, expected: &[&str]) {
        let mut patterns = Patterns::default();
        for folded in ["norland", "norland's party", "nor", "vestia city", "u.n."] {
            patterns.entry(folded.to_owned());
            patterns.entry(folded.to_owned());
        }
        assert_eq!(patterns.all.len(), 5, "none twice");
        let found = patterns.beginning(text, norwegian);
        let found: Vec<&str> = found.map(|one| &*one.folded).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_pattern_begins_and_ends_with_a_word() {
        check(
            "norland's party won",
            false,
            &["norland", "norland's party"],
        );
        check("norlands leder", true, &["norland"]);
        check("norlands leder", false, &[]);
        check("norlander", true, &[]);
        check("vestia citys", true, &["vestia city"]);
        check("vestia", false, &[]);
        check("u.n. envoys", false, &["u.n."]);
        check("", false, &[]);
    }
}

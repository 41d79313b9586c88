//! Owners and modifiers: names before a noun, joined to it, or its possessors.

use super::{Filler, Scene};
use crate::{
    claim::MentionKind,
    grammar::{Pos, Role},
};

impl Scene<'_> {
    pub(super) fn modifiers(&self, word: usize) -> Vec<Filler> {
        let mut found: Vec<Filler> = self
            .joined_name(word)
            .into_iter()
            .map(Filler::Mention)
            .collect();
        for &child in self.tree.children(word) {
            let own = self.tree.word(child);
            let before = child < word
                && matches!(
                    own.role,
                    Role::Compound | Role::Adjective | Role::BareOblique | Role::Flat
                );
            let participle_actor =
                child < word && self.is_adjectival(word) && own.role == Role::Subject;
            if before || participle_actor {
                // An adjective made from a name counts; a common adjective has no mention and is passed over.
                let others = self.tree.with_role(child, Role::Conjunct);
                // "EU member state": the name may hang on a common noun of the compound.
                let within = if own.pos == Pos::Noun && self.at_word[child].is_empty() {
                    self.tree.with_role(child, Role::Compound)
                } else {
                    vec![]
                };
                let joined = self.joined_by_hyphen(child);
                let parts: Vec<usize> = joined
                    .into_iter()
                    .chain([child])
                    .chain(others)
                    .chain(within)
                    .collect();
                // "the Afghan and US military": of the two the one that the name of the second takes in is its own.
                let taken = self.named_parts(word, &parts);
                let named = parts
                    .into_iter()
                    .filter(|part| taken.is_empty() || taken.contains(part))
                    .filter(|&part| !self.is_common_adjective(part) && !self.names_side(part))
                    .filter_map(|part| self.mention_beside(part, word));
                found.extend(named.map(Filler::Mention));
            }
        }
        found
    }

    /// "US-China talks", "the Russian-Turkish border": the name that a hyphen joins to a modifier that is a name too.
    fn joined_by_hyphen(&self, modifier: usize) -> Option<usize> {
        let first = modifier.checked_sub(2)?;
        let hyphen = self.tree.word(first + 1);
        let apart = hyphen.text == "-"
            && self.tree.word(first).span.end == hyphen.span.start
            && hyphen.span.end == self.tree.word(modifier).span.start;
        let below = self.tree.word(first).head == Some(modifier);
        let named = |word: usize| {
            let mut found = self.at_word[word].iter();
            found.any(|&number| self.mentions[number].span == self.tree.word(word).span)
        };
        (apart && below && named(first) && named(modifier)).then_some(first)
    }

    /// The parts of a noun's modifier that lie in the noun's own mention, if others lie outside.
    fn named_parts(&self, noun: usize, parts: &[usize]) -> Vec<usize> {
        let own = self.mentions_headed(noun);
        // "Chadian and Sudanese negotiators" are the people of both.
        let of_people = |part: usize, number: usize| {
            let entity = &self.mentions[number].entity;
            let mut within = self.at_word[part].iter();
            within.any(|&other| other != number && self.mentions[other].entity == *entity)
        };
        let inside = |part: &usize| {
            let span = self.tree.word(*part).span;
            own.iter().any(|&number| {
                self.mentions[number].span.overlaps(span) && !of_people(*part, number)
            })
        };
        let taken: Vec<usize> = parts.iter().copied().filter(inside).collect();
        if taken.len() == parts.len() {
            vec![]
        } else {
            taken
        }
    }

    /// "Anna Holm (SV)": the mention in brackets right behind the one that a word heads.
    pub(super) fn bracketed(&self, word: usize) -> Option<usize> {
        let words = &self.tree.paragraph.words;
        let own = *self.mentions_headed(word).first()?;
        let end = self.mentions[own].span.end;
        let open = words.partition_point(|other| other.span.start < end);
        let bracket = words.get(open).is_some_and(|other| other.text == "(");
        let inside = self.at_word.get(open + 1).filter(|_| bracket)?;
        inside
            .iter()
            .copied()
            .max_by_key(|&number| self.mentions[number].span.len())
    }

    /// "pro-Iranian", "anti-US": whom one is for or against is no owner.
    fn names_side(&self, part: usize) -> bool {
        let prefixes = &self.tree.frames.words.side_prefixes;
        let text = |back: usize| {
            let word = part.checked_sub(back)?;
            Some(self.tree.lower(word))
        };
        let joined = text(1).is_some_and(|hyphen| hyphen == "-");
        let own = self.tree.lower(part);
        let first = own.split_once('-').map(|(first, _)| first);
        joined && text(2).is_some_and(|prefix| prefixes.contains(prefix))
            || first.is_some_and(|prefix| prefixes.contains(prefix))
    }

    /// "The military takeover" names no military: a description is a noun.
    pub(super) fn is_common_adjective(&self, word: usize) -> bool {
        let described = |number: &usize| self.mentions[*number].kind != MentionKind::Name;
        self.tree.word(word).pos == Pos::Adj && self.at_word[word].iter().any(described)
    }

    /// The longest mention at `part` that leaves `word` out: in "Hamas' armed wing" the whole is no modifier of its head.
    pub(super) fn mention_beside(&self, part: usize, word: usize) -> Option<usize> {
        let own = self.tree.word(word).span;
        let (around, apart): (Vec<usize>, Vec<usize>) = self.at_word[part]
            .iter()
            .copied()
            .partition(|&number| self.mentions[number].span.overlaps(own));
        // Parts of a longer name are nobody: "Paris" in "the Paris Agreement"; but "the Egyptian army" is Egypt's.
        let named = self.tree.word(word).text.starts_with(char::is_uppercase);
        if named
            && around
                .iter()
                .any(|&number| self.mentions[number].kind == MentionKind::Name)
        {
            return None;
        }
        apart
            .into_iter()
            .max_by_key(|&number| self.mentions[number].span.len())
    }

    pub(super) fn owners(&self, word: usize) -> Vec<Filler> {
        let mut found: Vec<Filler> = self
            .spread(self.tree.with_role(word, Role::Possessor))
            .into_iter()
            .map(Filler::Word)
            .collect();
        found.extend(self.modifiers(word));
        for preposition in &self.tree.frames.words.owner {
            found.extend(self.under(word, preposition).into_iter().map(Filler::Word));
        }
        found
    }
}

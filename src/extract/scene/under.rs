//! What stands under a preposition, and the verb that takes a noun; parsers hang both in several ways.

use super::{DEPTH, Filler, Scene};
use crate::{
    extract::frames::Slot,
    grammar::{Pos, Role},
};

impl Scene<'_> {
    /// What is counted or gathered by a word: "reservists" of "tens of thousands of reservists".
    pub(super) fn counted(&self, word: usize) -> Vec<usize> {
        let words = &self.tree.frames.words;
        let Some(of) = words.owner.first() else {
            return vec![];
        };
        let counts = |&counter: &usize| {
            let own = self.tree.word(counter);
            own.pos == Pos::Num
                || words.collective.contains(&own.lemma)
                || words.collective.contains(self.tree.lower(counter))
        };
        if !counts(&word) {
            if !self.given {
                return vec![];
            }
            // Where the tree was mended the counting word hangs on what is counted.
            let numbers = self.tree.with_role(word, Role::Number).into_iter();
            let noun = |at: &usize| self.tree.word(*at).pos == Pos::Noun;
            return numbers
                .filter(|at| *at < word && noun(at) && counts(at))
                .collect();
        }
        let (mut at, mut found) = (vec![word], vec![]);
        for _ in 0..DEPTH {
            at.retain(counts);
            at = at
                .into_iter()
                .flat_map(|counter| self.obliques(counter, of))
                .collect();
            found.extend(at.iter().copied());
        }
        found
    }

    /// What hangs on a word itself in a slot, without looking further.
    pub(in crate::extract) fn direct(&self, word: usize, slot: &Slot) -> Vec<Filler> {
        match slot {
            Slot::Under(preposition) => {
                let mut found = self.obliques(word, preposition);
                // "stormed the hospital in Gaza", "met at the hotel in Oslo": parsers hang what follows an argument on its verb.
                let own = self.tree.word(word);
                let verb = self
                    .governor(word)
                    .or(own.head.filter(|_| own.role == Role::Oblique))
                    .filter(|&verb| self.tree.is_verb(verb));
                if let Some(verb) = verb.filter(|_| found.is_empty()) {
                    let near = self.obliques(verb, preposition).into_iter();
                    found.extend(near.filter(|&under| self.follows(word, under)));
                }
                found.into_iter().map(Filler::Word).collect()
            }
            _ => self.slot(word, slot),
        }
    }

    /// Whether the phrase that `under` heads begins right behind the name that `word` heads.
    pub(super) fn follows(&self, word: usize, under: usize) -> bool {
        let first = self.tree.children(under).first().copied().unwrap_or(under);
        let ends = self.mentions_headed(word).into_iter().any(|number| {
            let end = self.mentions[number].span.end;
            first > word && self.tree.word(first - 1).span.end == end
        });
        ends || first == word + 1
    }

    /// The verb whose object (or passive subject) a noun is.
    pub(in crate::extract) fn governor(&self, noun: usize) -> Option<usize> {
        let word = self.tree.word(noun);
        let head = word.head?;
        match word.role {
            Role::Object | Role::PassiveSubject => Some(head),
            Role::Conjunct => self.governor(head),
            _ => self.governor(self.gatherer(noun)?),
        }
    }

    /// What counts or gathers a noun: "series" of "launched a series of attacks".
    pub(in crate::extract) fn gatherer(&self, noun: usize) -> Option<usize> {
        let own = self.tree.word(noun);
        let head = own.head.filter(|_| own.role == Role::Oblique)?;
        (self.tree.is_nominal(head) && self.counted(head).contains(&noun)).then_some(head)
    }

    /// "X and Y signed a deal after two days of talks": the subject of the verb that a noun stands under as its occasion.
    /// What an article takes for granted may have been others'.
    pub(in crate::extract) fn attenders(&self, noun: usize) -> Vec<usize> {
        let outer = self.gatherer(noun).unwrap_or(noun);
        let (own, words) = (self.tree.word(outer), &self.tree.frames.words);
        let occasion = own
            .marker
            .as_ref()
            .is_some_and(|marker| words.occasion.contains(marker));
        let somebodys = |&child: &usize| {
            let child = self.tree.word(child);
            let definite =
                child.role == Role::Determiner && child.feature("Definite") == Some("Def");
            definite || child.role == Role::Possessor
        };
        let verb = own.head.filter(|&head| {
            let helpers = self.tree.with_role(head, Role::Auxiliary).into_iter();
            let mut helpers = helpers.map(|helper| &self.tree.word(helper).lemma);
            let planned = helpers.any(|helper| words.modal.contains_key(helper));
            self.tree.is_verb(head) && !planned
        });
        let known = self.tree.children(noun).iter().any(somebodys);
        // "flew to Y for talks with X"
        let errand = verb.is_some_and(|verb| {
            let mut marker = own.marker.iter();
            marker.any(|marker| words.errand.contains(marker))
                && words.motion.contains(&self.tree.word(verb).lemma)
        });
        match verb {
            Some(verb) if own.role == Role::Oblique && (occasion || errand) && !known => {
                self.tree.grammatical_subject(verb, 0)
            }
            _ => vec![],
        }
    }

    pub(super) fn under(&self, word: usize, preposition: &str) -> Vec<usize> {
        let mut direct = self.obliques(word, preposition);
        direct.extend(self.makers(word, preposition));
        if let Some(&first) = direct.first().filter(|_| self.tree.is_verb(word)) {
            direct.extend(self.gapped(word, first, preposition));
        }
        if !direct.is_empty() || preposition == "of" {
            // "stripped Anna Holm of her rights": a name has nothing under "of" where its verb asks for it.
            let names = if direct.is_empty() && self.tree.is_verb(word) {
                self.tree.with_role(word, Role::Object)
            } else {
                vec![]
            };
            let names = names
                .into_iter()
                .filter(|&name| self.tree.word(name).pos == Pos::Propn);
            let under_names = names.flat_map(|name| self.obliques(name, preposition));
            return self.spread(direct.into_iter().chain(under_names).collect());
        }
        // "held talks on Friday with X": what belongs to the noun may hang on its verb, and the other way round; and what
        // follows a name in another phrase ("criticism from X of Y") hangs on what the name hangs on.
        let mut near = vec![];
        if self.tree.is_verb(word) {
            for &child in self.tree.children(word) {
                let role = self.tree.word(child).role;
                if role == Role::Object
                    || (role == Role::PassiveSubject && child < word)
                    || (matches!(role, Role::Oblique | Role::Agent) && child > word)
                {
                    near.extend(self.obliques(child, preposition));
                }
            }
        } else {
            for &child in self.tree.children(word) {
                let own = self.tree.word(child);
                let named = own.role == Role::Oblique && own.pos == Pos::Propn;
                // "the truce that X brokered between Y and Z"
                let creating = &self.tree.frames.words.creating;
                let gap =
                    own.role == Role::RelativeClause && self.tree.objects(child).contains(&word);
                // "sanctions imposed on X"
                let made = gap || (own.role == Role::NounClause && creating.contains(&own.lemma));
                if named || made {
                    near.extend(self.obliques(child, preposition));
                }
            }
            // "a series of attacks on X"
            let gathered = self.counted(word).into_iter();
            near.extend(gathered.flat_map(|noun| self.obliques(noun, preposition)));
            if let Some(gatherer) = self.gatherer(word).filter(|_| near.is_empty()) {
                let behind = |&found: &usize| found > word;
                near.extend(
                    self.obliques(gatherer, preposition)
                        .into_iter()
                        .filter(behind),
                );
            }
            if let Some(verb) = self.governor(word).filter(|_| near.is_empty()) {
                // Who condemns an attack did not make it: the verb's agent is not the noun's.
                let belongs =
                    |&found: &usize| found > word && self.tree.word(found).role != Role::Agent;
                near.extend(self.obliques(verb, preposition).into_iter().filter(belongs));
            }
        }
        self.spread(near)
    }

    /// "bought tanks from X, ships from Y and jets from Z": what stands under the same preposition of further objects behind
    /// the `first`.
    fn gapped(&self, verb: usize, first: usize, preposition: &str) -> Vec<usize> {
        let further = |&object: &usize| object > first && self.tree.word(object).pos == Pos::Noun;
        let mut objects: Vec<usize> = self.tree.with_role(verb, Role::Object);
        objects.retain(further);
        let more = objects.iter();
        let more: Vec<usize> = more
            .flat_map(|&object| self.tree.with_role(object, Role::Conjunct))
            .filter(further)
            .collect();
        objects.extend(more);
        objects
            .into_iter()
            .flat_map(|object| self.obliques(object, preposition))
            .collect()
    }

    /// The agent of a participle that says who made what a noun names ("the drills held by X").
    pub(super) fn makers(&self, noun: usize, preposition: &str) -> Vec<usize> {
        let created = |&clause: &usize| {
            let own = self.tree.word(clause);
            self.tree.frames.words.creating.contains(&own.lemma)
        };
        let clauses = self.tree.with_role(noun, Role::NounClause).into_iter();
        let agents = clauses
            .filter(created)
            .flat_map(|clause| self.obliques(clause, preposition))
            .filter(|&maker| self.tree.word(maker).role == Role::Agent);
        // "the proposal that X made", where one asks who it is by.
        let mut givers = self.tree.frames.words.giver.iter();
        let giver = givers.any(|known| known == preposition);
        let relatives = self.tree.with_role(noun, Role::RelativeClause).into_iter();
        let gap = |&clause: &usize| {
            let objects = self.tree.objects(clause);
            let gap = objects.iter().all(|&object| self.meant(object) == noun);
            giver && gap && !self.tree.is_passive(clause)
        };
        let subjects = relatives
            .filter(created)
            .filter(gap)
            .flat_map(|clause| self.tree.subjects(clause))
            .filter(|&maker| maker != noun && !self.tree.is_relative(maker));
        agents.chain(subjects).collect()
    }

    pub(super) fn obliques(&self, word: usize, preposition: &str) -> Vec<usize> {
        let fits = |&child: &usize| {
            let own = self.tree.word(child);
            let agent = own.role == Role::Agent && matches!(preposition, "by" | "av");
            // "gikk ut mot X": a particle may be taken for a part of the preposition.
            let marked = |marker: &str| {
                let ends = marker
                    .strip_suffix(preposition)
                    .is_some_and(|before| before.ends_with(' '));
                marker == preposition
                    || (ends && !self.tree.frames.words.speaker_prepositions.contains(marker))
            };
            agent || (own.role == Role::Oblique && own.marker.as_deref().is_some_and(marked))
        };
        let below = self.tree.children(word).iter().copied().filter(fits);
        let mut found: Vec<usize> = below.map(|head| self.meant(head)).collect();
        // "Gaza, where X rules".
        if found.is_empty() && self.tree.frames.words.locative.contains(preposition) {
            found.extend(self.tree.where_noun(word));
        }
        found
    }
}

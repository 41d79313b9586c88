//! Words that deny from beside the verb: with an argument, in a phrase of their own, with what a report is called.

use super::Climb;
use crate::{extract::frames::Kind, grammar::Role};

impl Climb<'_> {
    /// "No government was formed", "not one official met X": what denies an argument, and the verb with it. What stands
    /// behind the argument denies only what is told apart from it ("X, not Y").
    pub(super) fn denied_argument(&self, argument: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let children = tree.children(argument).iter().copied();
        let mut before = children.filter(|&child| child < argument);
        before.find_map(|child| {
            let own = tree.word(child);
            let determines = matches!(
                own.role,
                Role::Coordinator | Role::Adverb | Role::Determiner | Role::Number
            );
            let denies =
                own.role == Role::Negation || determines && words.negation.contains(&own.lemma);
            if denies {
                return Some(child);
            }
            // "not a single official", also where the parser hangs "not" on the numeral.
            let one = |at: usize| {
                words.single.contains(&tree.word(at).lemma) || words.single.contains(tree.lower(at))
            };
            let first = (0..argument).rev().find(|&at| !one(at))?;
            let denied = first < child && words.negation.contains(tree.lower(first));
            denied.then_some(first)
        })
    }

    /// What denies in a phrase that denies its verb ("at no point", "in no way").
    pub(super) fn denied_phrase(&self, noun: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let own = tree.word(noun);
        let known = words.denied_phrases.contains(&own.lemma)
            || words.denied_phrases.contains(tree.lower(noun));
        let mut children = tree.children(noun).iter().copied();
        children.find(|&child| {
            known && child < noun && words.negation.contains(&tree.word(child).lemma)
        })
    }

    /// What says of a noun that it is not ("no evidence").
    pub(super) fn denier(&self, noun: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let mut children = tree.children(noun).iter().copied();
        children.find(|&child| {
            let own = tree.word(child);
            tree.is_nominal(noun)
                && child < noun
                && matches!(own.role, Role::Determiner | Role::Negation)
                && tree.frames.words.negation.contains(&own.lemma)
        })
    }

    /// The words that deny a word itself: beside it, or as its subject ("nothing stopped X").
    pub(super) fn denials(&self, word: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let denies = |&child: &usize| {
            let own = tree.word(child);
            let listed =
                words.negation.contains(&own.lemma) || words.negation.contains(tree.lower(child));
            own.role == Role::Negation
                || listed
                    && matches!(
                        own.role,
                        Role::Adverb | Role::Determiner | Role::Subject | Role::Other
                    )
        };
        tree.children(word).iter().copied().filter(denies).collect()
    }

    /// "false reports that X did": the adjective that denies what a noun of speech or belief tells.
    pub(super) fn untrue(&self, noun: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let mut adjectives = tree.with_role(noun, Role::Adjective).into_iter();
        adjectives.find(|&adjective| {
            tree.is_nominal(noun)
                && (words.untrue.contains(&tree.word(adjective).lemma)
                    || words.untrue.contains(tree.lower(adjective)))
        })
    }

    /// Whether the climb began at a noun that tells something ("accusation"): the act is the telling.
    pub(super) fn is_told(&self, noun: usize) -> bool {
        let allegation = self.scene.tree.frames.words.allegation.as_deref();
        !self.named
            && allegation == Some(self.relation)
            && self.scene.tree.is_nominal(noun)
            && !self.scene.calls(Kind::OperatorNoun, noun).is_empty()
    }

    /// "Det har ikke vært noen samtaler", "There were not any talks": whether a verb only tells that there is what stands
    /// behind it.
    pub(super) fn is_existential(&self, verb: usize, noun: usize) -> bool {
        let tree = &self.scene.tree;
        tree.is_verb(verb) && noun > verb && tree.has(verb, Role::Expletive)
    }
}

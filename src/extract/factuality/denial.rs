//! Words that deny from beside the verb: with an argument, in a phrase of their own, with what a report is called.

use super::Climb;
use crate::{
    extract::frames::{Kind, Slot},
    grammar::{Pos, Role},
};

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
            // "Heller ikke X gjorde det": a particle hung on the name.
            let determines = determines || own.pos == Pos::Part;
            let denies =
                own.role == Role::Negation || determines && words.negation.contains(&own.lemma);
            if denies {
                return Some(child);
            }
            // "Not even X did it"
            let mut below = tree.children(child).iter().copied();
            let even = below
                .find(|&by| own.role == Role::Adverb && words.negation.contains(tree.lower(by)));
            if even.is_some() {
                return even;
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

    /// "Reports that X did proved to be false": what is said of the subject of a verb by way of that verb.
    pub(super) fn said_of_subject(&self, at: usize, verb: usize) -> Option<(usize, usize)> {
        let tree = &self.scene.tree;
        let subject = matches!(tree.word(at).role, Role::Subject | Role::PassiveSubject);
        if !subject || !self.named || !tree.is_verb(verb) {
            return None;
        }
        let said = |&child: &usize| {
            matches!(
                tree.word(child).role,
                Role::OpenContent | Role::Attribute | Role::Adverb
            ) && !tree.is_nominal(child)
        };
        let mut predicates = tree.children(verb).iter().copied().filter(said);
        predicates.find_map(|predicate| {
            let called = self.scene.calls(Kind::OperatorAdjective, predicate);
            let of_subject = |&(number, _): &(usize, usize)| {
                let slots = &tree.frames.operators[number].slots;
                slots.contains(&Slot::Subject)
            };
            let (number, _) = called.into_iter().find(of_subject)?;
            Some((number, predicate))
        })
    }

    /// "did not attack X because of Y but because of Z": the first reason is denied, not the act.
    pub(super) fn denies_a_reason(&self, by: usize, verb: usize) -> bool {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let lower = tree.lowered();
        let reason = |at: usize| {
            words.reasons.iter().any(|reason| {
                let mut parts = reason.split(' ').enumerate();
                parts.all(|(next, part)| lower.get(at + next).is_some_and(|word| **word == *part))
            })
        };
        let end = tree.sentence(verb).end;
        let mut contrasts = (by + 2..end)
            .filter(|&at| words.opposing.contains(&*lower[at]) && at + 1 < end && reason(at + 1));
        contrasts.any(|contrast| (by + 1..contrast).any(reason))
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
        let own = tree.children(word).iter().copied().filter(denies);
        // "No country has confirmed that X did": with the subject.
        let subjects = tree.with_role(word, Role::Subject).into_iter();
        own.chain(subjects.filter_map(|subject| self.denied_argument(subject)))
            .collect()
    }

    /// "little interest in", "liten interesse for": an adjective that leaves next to nothing of what a noun names.
    pub(super) fn scant(&self, noun: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let scant = &tree.frames.words.scant;
        if !tree.is_nominal(noun) {
            return None;
        }
        tree.children(noun).iter().copied().find(|&child| {
            let own = tree.word(child);
            child < noun
                && matches!(own.role, Role::Adjective | Role::Determiner)
                && (scant.contains(&own.lemma) || scant.contains(tree.lower(child)))
        })
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

    /// "falsely claimed that X did", "was wrongly accused of": the adverb that denies what a verb of speech tells.
    pub(super) fn untruly(&self, verb: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let mut adverbs = tree.with_role(verb, Role::Adverb).into_iter();
        adverbs.find(|&adverb| {
            tree.is_verb(verb) && tree.frames.words.untrue.contains(tree.lower(adverb))
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

    /// Whether the climb began at a noun that asks for something ("invitation"), by whom is named with it.
    pub(super) fn is_asked(&self, noun: usize) -> bool {
        let demand = self.scene.tree.frames.words.demand.as_deref();
        !self.named
            && demand == Some(self.relation)
            && self.scene.tree.is_nominal(noun)
            && !self.scene.fill(noun, &vec![Slot::Owner]).is_empty()
    }

    /// "Det har ikke vært noen samtaler", "There were not any talks": whether a verb only tells that there is what stands
    /// behind it.
    pub(super) fn is_existential(&self, verb: usize, noun: usize) -> bool {
        let tree = &self.scene.tree;
        tree.is_verb(verb) && noun > verb && tree.has(verb, Role::Expletive)
    }
}

//! What stands directly with a word: negation, modal auxiliaries, adverbs, adjectives, determiners.

use std::collections::BTreeMap;

use super::Climb;
use crate::{
    claim::{Modality, Polarity},
    extract::frames::{Cue, Embedded, Kind, Slot},
    grammar::{Pos, Role},
};

impl<'a> Climb<'a> {
    /// What the word's own dependents make of it.
    pub(super) fn local(&mut self, word: usize) {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let nominal = tree.is_nominal(word);
        if self.scene.tree.is_inverted_condition(word) {
            self.set(Modality::Hypothetical, word);
        }
        for &child in tree.children(word) {
            let own = tree.word(child);
            let form = tree.lower(child);
            let known = |list: &'a BTreeMap<String, Cue>| cue(list, &own.lemma, form);
            match own.role {
                // "did not attack X because of Y but because of Z"
                Role::Negation | Role::Adverb
                    if !nominal
                        && words.negation.contains(form)
                        && self.denies_a_reason(child, word) => {}
                Role::Negation => self.negate(child),
                // "vil verken støtte X eller Y": a coordinator before the verb.
                Role::Coordinator if child < word && words.negation.contains(form) => {
                    self.negate(child);
                }
                Role::Adverb | Role::Determiner | Role::Other
                    if words.negation.contains(&own.lemma) || words.negation.contains(form) =>
                {
                    self.negate(child);
                }
                Role::Auxiliary => {
                    if let Some(cue) = known(&words.modal) {
                        self.modal(cue, child, word);
                    }
                }
                Role::Adverb => {
                    if let Some(cue) = known(&words.adverbs) {
                        self.take(cue, child);
                    }
                }
                // "At no point did X": a phrase that denies the verb.
                Role::Oblique | Role::BareOblique if !nominal => {
                    if let Some(by) = self.denied_phrase(child) {
                        self.negate(by);
                    }
                }
                Role::Adjective | Role::Compound if nominal => {
                    if let Some(cue) = known(&words.adjectives) {
                        self.take(cue, child);
                    }
                }
                // "No government was formed": the negation stands with an argument.
                Role::Subject | Role::PassiveSubject | Role::Object if !nominal => {
                    // "Neither X nor Y": it may be called a coordinator.
                    // "Nobody from X met Y": with the subject itself.
                    if matches!(own.role, Role::Subject | Role::PassiveSubject)
                        && words.negation.contains(&own.lemma)
                    {
                        self.negate(child);
                    }
                    // "X and Y, neither of which has left": parsers hang the word beside the names.
                    let beside = tree.with_role(child, Role::Apposition).into_iter();
                    let none = |&one: &usize| {
                        tree.word(one).pos == Pos::Pron && words.negation.contains(tree.lower(one))
                    };
                    let none = beside.filter(|&one| one < word).find(none);
                    if let Some(none) = none {
                        self.negate(none);
                    }
                    let denied = self.denied_argument(child);
                    if let Some(determiner) = denied {
                        self.negate(determiner);
                    }
                }
                _ => {}
            }
        }
        self.named_by_subject(word);
        if let Some(marker) = tree.word(word).marker.as_deref() {
            let role = tree.word(word).role;
            let cue = self.subordinator(word, marker);
            let denies = cue.is_some_and(|cue| cue.negative)
                || cue.is_none() && words.negative_prepositions.contains(marker);
            if denies
                && tree
                    .word(word)
                    .head
                    .is_some_and(|above| self.is_negated(above))
            {
                self.set(Modality::Hypothetical, word);
            } else if let Some(cue) = cue {
                // "If X decides to attack": under a condition a plan is only supposed.
                let supposed = cue.modality == Some(Modality::Hypothetical);
                if supposed && self.held.modality == Modality::Planned {
                    self.held.modality = Modality::Asserted;
                }
                self.take(cue, word);
            } else if denies {
                self.negate(word);
            } else if words.purpose.contains(marker)
                && (role == Role::AdverbialClause || self.is_purpose_of_state(word))
                && self.operators(word).is_empty()
            {
                self.aim(Modality::Planned, word);
            }
        }
    }

    /// "any attack on X would be answered": a determiner that leaves open whether there is one, unless all of it is denied.
    pub(super) fn any_such(&mut self, noun: usize) {
        let tree = &self.scene.tree;
        if self.held.polarity == Polarity::Negative || !tree.is_nominal(noun) {
            return;
        }
        for determiner in tree.with_role(noun, Role::Determiner) {
            let own = tree.word(determiner);
            let form = tree.lower(determiner);
            if let Some(cue) = cue(&tree.frames.words.determiners, &own.lemma, form) {
                self.take(cue, determiner);
            }
        }
    }

    /// "X's goal is to crush Y": the subject of the copula is the noun that says how the act is held.
    fn named_by_subject(&mut self, word: usize) {
        let tree = &self.scene.tree;
        if !tree.is_verb(word) {
            return;
        }
        let own = tree.word(word);
        let bare = own
            .head
            .filter(|&head| own.role == Role::OpenContent && tree.word(head).pos == Pos::Aux);
        let holder = if tree.has(word, Role::Copula) {
            Some(word)
        } else {
            bare
        };
        let subjects = holder
            .map(|holder| tree.with_role(holder, Role::Subject))
            .unwrap_or_default();
        for subject in subjects {
            let operators = self.scene.calls(Kind::OperatorNoun, subject);
            let found = operators
                .iter()
                .map(|&(number, _)| &tree.frames.operators[number]);
            let held = found
                .filter(|operator| operator.slots.contains(&Slot::Clause))
                .find_map(|operator| match operator.embedded {
                    Embedded::As(modality) => Some(modality),
                    _ => None,
                });
            if let Some(modality) = held {
                self.set(modality, subject);
            }
        }
    }

    /// The modal auxiliaries of a verb.
    pub(super) fn modals(&mut self, verb: usize) {
        let tree = &self.scene.tree;
        for auxiliary in tree.with_role(verb, Role::Auxiliary) {
            let own = tree.word(auxiliary);
            if let Some(cue) = cue(&tree.frames.words.modal, &own.lemma, tree.lower(auxiliary)) {
                self.modal(cue, auxiliary, verb);
            }
        }
    }

    /// A modal auxiliary of `verb`; before a perfect some mean another thing ("skal ha angrepet": it is said that).
    pub(super) fn modal(&mut self, cue: &Cue, by: usize, verb: usize) {
        let tree = &self.scene.tree;
        let perfect = &tree.frames.words.perfect;
        let has_perfect = tree
            .with_role(verb, Role::Auxiliary)
            .into_iter()
            .any(|other| other > by && perfect.contains(&tree.word(other).lemma));
        let Some(modality) = cue.perfect.filter(|_| has_perfect).or(cue.modality) else {
            return;
        };
        if cue.deniable && self.is_negated(verb) {
            return;
        }
        self.held.intended |= modality == Modality::Planned;
        self.set(modality, by);
    }

    /// What an adjective makes of what a noun names.
    pub(super) fn doubted(&mut self, noun: usize) {
        let tree = &self.scene.tree;
        for adjective in tree.with_role(noun, Role::Adjective) {
            let own = tree.word(adjective);
            let cues = &tree.frames.words.adjectives;
            if let Some(cue) = cue(cues, &own.lemma, tree.lower(adjective)) {
                self.take(cue, adjective);
            }
        }
    }
}

/// The cue of a word in a list, if the form written is one that it is confined to.
pub(super) fn cue<'a>(list: &'a BTreeMap<String, Cue>, lemma: &str, form: &str) -> Option<&'a Cue> {
    let found = list.get(lemma).or_else(|| list.get(form))?;
    (found.forms.is_empty() || found.forms.contains(form)).then_some(found)
}

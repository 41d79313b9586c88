//! What a word shares with the one that it is joined to or hangs on.

use super::{Climb, hold, local::cue};
use crate::{extract::frames::Kind, grammar::Role};

impl Climb<'_> {
    /// What is said of something that is yet to come about is as sure as the verb whose object it is.
    pub(super) fn share_status(&mut self, noun: usize) {
        let tree = &self.scene.tree;
        let word = tree.word(noun);
        let (Role::Object, Some(verb)) = (word.role, word.head) else {
            return;
        };
        let frames = self.scene.calls(Kind::Verb, verb);
        let makes = frames.iter().any(|&(of, _)| {
            let relation = &tree.frames.frames[of].relation;
            let known = self.ontology.relation(relation);
            known.is_some_and(|known| known.momentary && known.quad_class.is_none())
        });
        if makes {
            let held = hold(self.scene, verb, false, "", self.ontology);
            self.set(held.modality, verb);
        }
    }

    /// "could attack and destroy": a bare second verb shares the modal of the first.
    pub(super) fn share_modal(&mut self, at: usize, head: usize) {
        let tree = &self.scene.tree;
        if !tree.is_verb(at) || tree.has(at, Role::Subject) || tree.has(at, Role::Auxiliary) {
            return;
        }
        if tree.word(at).feature("VerbForm") == Some("Fin") {
            return;
        }
        for auxiliary in tree.with_role(head, Role::Auxiliary) {
            let own = tree.word(auxiliary);
            let words = &tree.frames.words;
            if let Some(cue) = cue(&words.modal, &own.lemma, tree.lower(auxiliary)) {
                self.modal(cue, auxiliary, head);
            }
        }
    }

    /// "did not attack X or arm Y", "neither attacked X nor armed Y": a second verb without a subject is denied with the first
    /// if "or" joins them, or if it stands in the bare form under the first one's auxiliary.
    pub(super) fn share_negation(&mut self, at: usize, head: usize) {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let own = tree.has(at, Role::Subject) || tree.has(at, Role::Auxiliary);
        let state = tree.has(head, Role::Copula);
        if !tree.is_verb(at) || !(tree.is_verb(head) || state && own) {
            return;
        }
        let coordinator = |&child: &usize| {
            tree.word(child).role == Role::Coordinator && (head..at).contains(&child)
        };
        let joins = tree.children(head).iter().chain(tree.children(at)).copied();
        let last = joins.filter(coordinator).max();
        if own {
            // "nor did it attack X"
            if let Some(nor) = last.filter(|&at| words.negation.contains(tree.lower(at))) {
                self.negate(nor);
            }
            return;
        }
        let alternative = last.is_some_and(|at| {
            let word = tree.word(at);
            words.alternative.contains(&word.lemma) || words.alternative.contains(tree.lower(at))
        });
        let bare =
            tree.word(at).feature("VerbForm") == Some("Inf") && tree.has(head, Role::Auxiliary);
        if !(alternative || bare) {
            return;
        }
        let denies = |&child: &usize| {
            let own = tree.word(child);
            let word =
                words.negation.contains(&own.lemma) || words.negation.contains(tree.lower(child));
            own.role == Role::Negation
                || word
                    && child < head
                    && matches!(
                        own.role,
                        Role::Adverb | Role::Coordinator | Role::Determiner | Role::Other
                    )
        };
        for child in tree.children(head).iter().copied().filter(denies) {
            self.negate(child);
        }
    }
}

//! How a clause hangs on the one above it: subordinators, conditions, purposes, gerunds and participles.

use super::Climb;
use crate::{claim::Modality, extract::frames::Cue, grammar::Role};

/// A subordinator does not stand farther than this before its verb.
const MARKER_REACH: usize = 12;

impl<'a> Climb<'a> {
    /// "was on its way to X in order to sign": the parser hangs the clause on the predicate noun.
    pub(super) fn is_purpose_of_state(&self, word: usize) -> bool {
        let tree = &self.scene.tree;
        let marker = tree.word(word).marker.as_ref();
        tree.state_above(word).is_some() && marker.is_some_and(|marker| marker.contains(' '))
    }

    /// The clause at `word` tells to what end something was done.
    pub(super) fn aim(&mut self, modality: Modality, word: usize) {
        if self.held.modality == Modality::Asserted {
            self.held.means = self.scene.tree.word(word).head;
        }
        self.set(modality, word);
    }

    /// What the subordinator of a clause makes of it; none if it belongs to a factual one ("even if", "selv om").
    pub(super) fn subordinator(&self, word: usize, marker: &str) -> Option<&'a Cue> {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let whole = |&child: &usize| {
            words
                .factual_subordinators
                .contains(&format!("{} {marker}", tree.lower(child)))
        };
        // "Selv om": parsers hang the first word on the second.
        let before = |&child: &usize| child.checked_sub(1).is_some_and(|first| whole(&first));
        let marks = |&child: &usize| tree.lower(child) == marker;
        let mut markers = (0..word).rev().take(MARKER_REACH).filter(marks);
        if words.factual_subordinators.contains(marker)
            || tree.children(word).iter().any(whole)
            || markers.next().as_ref().is_some_and(before)
        {
            return None;
        }
        words.subordinators.get(marker)
    }

    pub(super) fn is_left_undone(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let marker = tree.word(clause).marker.as_ref();
        marker.is_some_and(|marker| tree.frames.words.negative_prepositions.contains(marker))
    }

    /// Whether a clause is a gerund right behind a verb without an object, with nothing to mark it.
    pub(super) fn is_bare_gerund(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let own = tree.word(clause);
        let first = tree
            .children(clause)
            .first()
            .map_or(clause, |&child| child.min(clause));
        own.marker.is_none()
            && own.feature("Aspect") == Some("Prog")
            && !tree.has(clause, Role::Subject)
            && own.head.is_some_and(|verb| {
                let beside = |at: usize| at == first || tree.word(at).head == Some(verb);
                verb < first
                    && !tree.has(verb, Role::Object)
                    && (verb + 1..first).all(beside)
                    && !tree.separated(clause, verb)
            })
    }

    /// Whether a clause is a participle behind a noun, in the passive.
    pub(super) fn is_made(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let own = tree.word(clause);
        own.marker.is_none()
            && own.head.is_some_and(|head| tree.is_nominal(head))
            && own.feature("VerbForm") == Some("Part")
            && own.feature("Aspect") != Some("Prog")
            && !tree.has(clause, Role::Subject)
    }

    pub(super) fn is_manner(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let marker = tree.word(clause).marker.as_ref();
        marker.is_some_and(|marker| tree.frames.words.manner.contains(marker))
    }

    /// Whether a clause has no preposition before it; finite ones and infinitives have none.
    pub(super) fn is_bare(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let word = tree.word(clause);
        let marker = word.marker.as_deref().unwrap_or_default();
        !matches!(word.role, Role::OpenContent | Role::AdverbialClause)
            || marker.is_empty()
            || tree.frames.words.infinitive.contains(marker)
    }
}

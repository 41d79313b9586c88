//! Whose words an act is told in.

use super::Climb;
use crate::{claim::Argument, extract::speakers, grammar::Role};

/// A noun phrase between an act and its verb is not deeper than this.
const SPEAKER_STEPS: usize = 5;

impl Climb<'_> {
    /// Speakers named beside the act: "according to X", "…, says X".
    pub(super) fn speakers_beside(&mut self, word: usize) {
        for found in speakers::beside(self.scene, word) {
            if !found.speakers.is_empty() {
                self.speak(found.word, found.speakers);
            }
            if found.denies {
                self.negate(found.word);
            }
        }
    }

    /// "According to X, many died in clashes between Y and Z": what is told along with the sentence, and not taken for
    /// granted by an article or owner, is X's word too.
    pub(super) fn according_to(&mut self, noun: usize) {
        let tree = &self.scene.tree;
        if !self.is_indefinite(noun) {
            return;
        }
        let above = std::iter::successors(Some(noun), |&at| {
            tree.word(at).head.filter(|_| tree.is_nominal(at))
        });
        let Some(verb) = above.take(SPEAKER_STEPS).find(|&at| !tree.is_nominal(at)) else {
            return;
        };
        for found in speakers::beside(self.scene, verb) {
            // "According to the ambassador X": what names the speaker is nobody's word.
            let names = std::iter::successors(Some(noun), |&at| tree.word(at).head)
                .take(SPEAKER_STEPS)
                .any(|at| at == found.word);
            if !names && tree.word(found.word).role == Role::Oblique {
                self.speak(found.word, found.speakers);
            }
        }
    }

    /// The speaker of the quotation in which the act is told.
    pub(super) fn speaker_of_quote(&mut self, word: usize) {
        if let Some(quote) = self.scene.quote(word) {
            self.speak(word, quote.speakers.clone());
        }
    }

    pub(super) fn speak(&mut self, by: usize, speakers: Vec<Argument>) {
        let Some(first) = speakers.first() else {
            return;
        };
        if self.held.speakers.is_empty() {
            self.because(by, "names who says so");
            self.held.speakers = speakers;
            return;
        }
        let known = self.held.speakers.iter().chain(&self.held.via);
        if !known.into_iter().any(|known| known.entity == first.entity) {
            let first = first.clone();
            self.because(by, "names who says so");
            self.held.via.push(first);
        }
    }
}

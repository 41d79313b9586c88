//! Dictionary forms and phrases at a word, and what they call up.

use super::Scene;
use crate::{
    extract::frames::{Call, Kind},
    grammar::{Pos, Role},
    text::Span,
};

impl<'a> Scene<'a> {
    /// Whether a word is one of a condition's words; what `*` lets through is nothing that was asked for.
    pub(in crate::extract) fn is_one_of(&self, word: usize, lemmas: &[String]) -> bool {
        lemmas
            .iter()
            .any(|lemma| lemma != "*" && self.is_phrase(word, lemma))
    }

    /// Whether a word and those right before it have these dictionary forms ("travel ban").
    pub(super) fn is_phrase(&self, word: usize, phrase: &str) -> bool {
        // Most phrases end in another letter: a cheap no before the strings are compared.
        let last = |text: &str| text.as_bytes().last().copied();
        let (end, own) = (last(phrase), &self.tree.word(word).lemma);
        if end != last(own) && end != last(self.tree.lower(word)) && end != Some(b'*') {
            return false;
        }
        let mut words = phrase.rsplit(' ');
        words.next().is_some_and(|last| self.is_lemma(word, last))
            && words.enumerate().all(|(back, before)| {
                word.checked_sub(back + 1)
                    .is_some_and(|at| self.is(at, before))
            })
    }

    /// Whether a word has this dictionary form, or is written so.
    fn is(&self, word: usize, form: &str) -> bool {
        self.tree.word(word).lemma == form || self.tree.lower(word) == form
    }

    /// Whether a word's dictionary form is `lemma`, or ends in it after a hyphen; `*` is any.
    pub(super) fn is_lemma(&self, word: usize, lemma: &str) -> bool {
        let own = self.tree.word(word);
        // "F-16-fly", "gass-stopp"; of what stands before the hyphen only the end of the word is asked for.
        let last = || {
            let parts = own.lemma.rsplit_once('-');
            parts.is_some_and(|(_, last)| last == lemma)
        };
        lemma == "*"
            || own.lemma == lemma
            || self.tree.lower(word) == lemma
            || lemma.len() < own.lemma.len() && (last() || self.head_lemma(word) == lemma)
    }

    /// The dictionary form of what a hyphenated word is: "leder" of "Hamas-leder", if a name stands before the hyphen.
    pub(in crate::extract) fn head_lemma(&self, word: usize) -> &'a str {
        let lemma = &self.tree.word(word).lemma;
        match lemma.rsplit_once('-') {
            Some((_, last)) if self.joined_name(word).is_some() && !last.is_empty() => last,
            _ => lemma,
        }
    }

    /// The mention that is the first part of a hyphenated word.
    pub(super) fn joined_name(&self, word: usize) -> Option<usize> {
        let own = self.tree.word(word);
        let hyphen = own.text.rfind(['-', '\u{2011}'])? + own.span.start;
        let starts = |number: &&usize| {
            let span = self.mentions[**number].span;
            span.end <= hyphen + 1
                && span.start <= own.span.start.max(span.start)
                && span.end > own.span.start
        };
        self.at_word[word].iter().find(starts).copied()
    }

    /// Whether `word` is the last word of the name at `span`, or the only one.
    pub(in crate::extract) fn heads(&self, word: usize, span: Span) -> bool {
        span.overlaps(self.tree.word(word).span)
    }

    /// Whether the words besides a verb's head (particles, reflexives) stand with it.
    pub(in crate::extract) fn has_particles(&self, verb: usize, particles: &[String]) -> bool {
        particles.iter().all(|particle| {
            self.tree.children(verb).iter().any(|&child| {
                let own = self.tree.word(child);
                let in_marker = |marker: &str| {
                    marker == particle
                        || marker
                            .strip_prefix(particle.as_str())
                            .is_some_and(|rest| rest.starts_with(' '))
                };
                // "succeeded in bringing": what opens the verb's clause is no particle of it.
                let stands = child > verb || own.role == Role::Particle;
                stands && self.tree.lower(child) == particle
                    || (own.marker.as_deref().is_some_and(in_marker)
                        && !self.is_fronted(verb, child)
                        && !self.is_own_preposition(verb, child))
            })
        })
    }

    /// "In a statement, X took Y to task": what opens a clause before its subject has no particle of the verb.
    fn is_fronted(&self, verb: usize, child: usize) -> bool {
        let own = self.tree.word(child);
        let subjects = self.tree.with_role(verb, Role::Subject);
        own.role == Role::Oblique
            && own.pos == Pos::Noun
            && subjects
                .iter()
                .any(|&subject| child < subject && subject < verb)
    }

    /// Whether a frame is only for actors that the input names, and it names none.
    fn is_withheld(&self, kind: Kind, call: &Call) -> bool {
        let operator = matches!(
            kind,
            Kind::OperatorVerb | Kind::OperatorNoun | Kind::OperatorAdjective
        );
        !self.given && !operator && self.tree.frames.frames[call.of].given
    }

    /// "took X to court over debts": behind a direct object, a preposition with words of its own is no particle. (Read so
    /// only where the input names the actors.)
    fn is_own_preposition(&self, verb: usize, child: usize) -> bool {
        let own = self.tree.word(child);
        let before = |&object: &usize| object < child && object > verb;
        self.given
            && own.role == Role::Oblique
            && self.tree.with_role(verb, Role::Object).iter().any(before)
    }

    /// Whether the other words of a compound noun stand right before and after its head.
    pub(super) fn is_compound(&self, noun: usize, call: &Call) -> bool {
        let start = noun.checked_sub(call.before.len());
        start.is_some_and(|start| self.are(start, &call.before)) && self.are(noun + 1, &call.after)
    }

    /// Whether these words stand in the paragraph from `start` on, in any form.
    pub(super) fn are(&self, start: usize, words: &[String]) -> bool {
        words.iter().enumerate().all(|(at, word)| {
            start + at < self.tree.paragraph.words.len() && self.is(start + at, word)
        })
    }

    /// The frames and operators that a word calls up under `kind`, by dictionary form, form, or last part.
    pub(in crate::extract) fn calls(&self, kind: Kind, word: usize) -> Vec<(usize, usize)> {
        let own = self.tree.word(word);
        if own.pos == Pos::Propn && self.is_in_actors_name(word) {
            return vec![];
        }
        let form = self.tree.lower(word);
        let mut keys = vec![own.lemma.as_str(), self.head_lemma(word), form];
        let last = form.rsplit_once('-').map(|(_, last)| last);
        keys.extend(last.filter(|_| self.joined_name(word).is_some()));
        keys.dedup();
        let verb = matches!(kind, Kind::Verb | Kind::OperatorVerb);
        let mut found: Vec<(usize, usize)> = vec![];
        for key in keys {
            for call in self.tree.frames.calls(kind, key) {
                if self.is_withheld(kind, call) {
                    continue;
                }
                let fits = if verb {
                    self.has_particles(word, &call.after)
                } else {
                    self.is_compound(word, call)
                };
                let words = call.before.len() + call.after.len() + 1;
                match found.iter_mut().find(|(of, _)| *of == call.of) {
                    _ if !fits => {}
                    // Of a list's "leader" and "party leader" the longer entry counts.
                    Some((_, longest)) => *longest = words.max(*longest),
                    None => found.push((call.of, words)),
                }
            }
        }
        found
    }
}

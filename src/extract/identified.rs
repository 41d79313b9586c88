//! "X was the first country to recognise Y", "X is among those that condemned Y": what is told of those of whom a subject is
//! said to be one is told of the subject.

use super::{frames::Kind, tree::Tree};
use crate::grammar::{Pos, Role};

impl Tree<'_> {
    /// The word whose subject is said to be what a common noun names, or one of them: the noun with a copula, or the verb or
    /// numeral above it ("among the countries", "one of the countries").
    pub(super) fn identity(&self, noun: usize) -> Option<usize> {
        let own = self.word(noun);
        if !self.is_nominal(noun) || own.pos == Pos::Propn {
            return None;
        }
        let among = own
            .marker
            .as_ref()
            .map(|marker| self.frames.words.among.contains(marker));
        let told = |at: usize| self.has(at, Role::Copula) && self.has(at, Role::Subject);
        if told(noun) && (among == Some(true) || among.is_none() && self.is_ranked(noun)) {
            return Some(noun);
        }
        let above = own
            .head
            .filter(|_| own.role == Role::Oblique && among == Some(true))?;
        let single = |at: usize| {
            let lists = &self.frames.words.single;
            lists.contains(&self.word(at).lemma) || lists.contains(self.lower(at))
        };
        let is = self.word(above).pos == Pos::Aux && self.has(above, Role::Subject);
        (is || told(above) && single(above)).then_some(above)
    }

    /// Who is said to be what the noun above a clause names. What a plan or offer is about is no such clause.
    pub(super) fn identified(&self, noun: usize) -> Vec<usize> {
        let operator = self
            .frames
            .calls(Kind::OperatorNoun, &self.word(noun).lemma);
        let state = self.identity(noun).filter(|_| operator.is_empty());
        let subjects = state.map(|state| self.with_role(state, Role::Subject));
        let subjects = subjects.unwrap_or_default().into_iter();
        subjects
            .flat_map(|subject| self.coordinated(subject))
            .collect()
    }

    /// "It was (not) X that attacked Y": whether a clause behind a name tells what the name is said to have done. Of several
    /// names each is denied for itself.
    pub(super) fn is_cleft(&self, name: usize, clause: usize) -> bool {
        let subject = |&child: &usize| {
            let role = self.word(child).role;
            matches!(role, Role::Subject | Role::Expletive)
                && self.frames.words.empty.contains(self.lower(child))
        };
        let words = &self.paragraph.words;
        matches!(self.word(name).pos, Pos::Propn | Pos::Pron)
            && self.has(name, Role::Copula)
            && !self.has(name, Role::Conjunct)
            && self.children(name).iter().any(subject)
            && words[name.min(clause)..clause]
                .iter()
                .all(|word| word.text != ",")
    }

    /// "The first country to recognise X", "the only one to": what such a noun's infinitive tells has been done.
    pub(super) fn is_ranked(&self, noun: usize) -> bool {
        let ranked = &self.frames.words.ranked;
        self.children(noun).iter().any(|&child| {
            child < noun
                && (ranked.contains(&self.word(child).lemma) || ranked.contains(self.lower(child)))
        }) || ranked.contains(self.lower(noun))
    }
}

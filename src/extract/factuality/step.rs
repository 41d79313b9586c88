//! One step from a word to the one above it.

use super::{Climb, hold};
use crate::{
    claim::{Modality, Polarity},
    extract::frames::{Embedded, Kind},
    grammar::{Pos, Role},
};

impl Climb<'_> {
    /// Whether a noun has no article, owner or ending that takes it for granted.
    pub(super) fn is_indefinite(&self, noun: usize) -> bool {
        let tree = &self.scene.tree;
        let word = tree.word(noun);
        let known = tree.children(noun).iter().any(|&child| {
            let own = tree.word(child);
            own.role == Role::Possessor
                || (own.role == Role::Determiner
                    && own.feature("Definite") != Some("Ind")
                    && !tree.frames.words.indefinite.contains(&own.lemma))
        });
        tree.is_nominal(noun) && !known && word.feature("Definite") != Some("Def")
    }

    /// One step up. `None` ends the climb.
    pub(super) fn step(&mut self, at: usize, light: bool) -> Option<usize> {
        let tree = &self.scene.tree;
        let word = tree.word(at);
        let head = word.head?;
        // "The failure of X's army": what a name tells by itself stands, whatever is said of who bears it.
        let name = self.class.is_none()
            && matches!(word.role, Role::Oblique | Role::Possessor)
            && tree.is_nominal(head)
            && !self.scene.mentioned(at).is_empty();
        let found = if name { vec![] } else { self.operators(at) };
        if let Some(&(number, _)) = found.first() {
            return Some(self.apply(number, head));
        }
        if let Some((number, predicate)) = self.said_of_subject(at, head) {
            self.apply(number, predicate);
            self.local(head);
            return Some(head);
        }
        let verbal = tree.is_verb(at) || tree.has(at, Role::Copula) || tree.has(at, Role::Subject);
        match word.role {
            Role::Conjunct => {
                self.share_modal(at, head);
                self.share_negation(at, head);
                Some(head)
            }
            Role::Object | Role::PassiveSubject if light => {
                self.local(head);
                Some(head)
            }
            Role::Attribute => {
                self.local(head);
                Some(head)
            }
            // "Det ble ikke noe av møtet": the predicate is a pronoun of which the act is said.
            Role::OpenContent if self.named && tree.is_nominal(at) => {
                self.local(head);
                Some(head)
            }
            // "offered to host talks between X and Y": what no article takes for granted is as sure as what brings it about.
            // "has no plans to attack": so is what is planned or sought.
            Role::Object
                if self.full
                    && self.is_indefinite(at)
                    && (self.named || self.brings_about(head)) =>
            {
                self.local(head);
                Some(head)
            }
            Role::Subject | Role::PassiveSubject | Role::Object
                if self.class.is_some()
                    && self.is_indefinite(at)
                    && self.is_existential(head, at) =>
            {
                self.local(head);
                Some(head)
            }
            // "Cooperation between X and Y could include …": what no article takes for granted is as sure as its verb.
            // "The talks will begin", "a deal was not reached": what the verb says of the act's coming about.
            Role::Subject | Role::PassiveSubject
                if !light
                    && self.class.is_some()
                    && self.tells_onset(head)
                    && !(word.role == Role::Subject && self.endures(head)) =>
            {
                self.local(head);
                Some(head)
            }
            Role::Subject | Role::PassiveSubject if !light && self.is_indefinite(at) => {
                self.any_such(at);
                self.modals(head);
                self.intended_onset(head, at);
                None
            }
            Role::Subject if !light && self.class.is_some() => {
                self.intended_onset(head, at);
                None
            }
            // "answered by firing": how something was done was done, and might be where that might.
            Role::OpenContent if self.is_manner(at) => {
                self.modals(head);
                Some(head)
            }
            // "is in no position to attack": what the state is said to be is said of the act.
            // "is not in contact with X": so is an act that no article takes for granted.
            Role::Oblique
                if self.full
                    && (self.named || self.class.is_some() && self.is_indefinite(at))
                    && tree.word(head).pos == Pos::Aux =>
            {
                self.local(head);
                Some(head)
            }
            // "without meeting X", "instead of meeting X": it was not done, whatever the verb above it says.
            Role::OpenContent if self.is_left_undone(at) => {
                self.full = false;
                Some(head)
            }
            Role::OpenContent if self.full => {
                if tree.is_infinitive(at) && tree.is_verb(head) {
                    self.aim(Modality::Hypothetical, at);
                } else {
                    self.set(Modality::Hypothetical, at);
                }
                None
            }
            Role::Content if self.full && word.marker.is_some() => {
                self.set(Modality::Possible, at);
                None
            }
            Role::AdverbialClause => {
                self.share_plan(at, head);
                self.share_denial(at, head);
                self.full = false;
                Some(head)
            }
            // "the day after X attacked Y": a clause of time that hangs on a noun.
            Role::NounClause
                if word.marker.as_ref().is_some_and(|marker| {
                    tree.frames.words.factual_subordinators.contains(marker)
                }) =>
            {
                self.full = false;
                Some(head)
            }
            // "was not among those that condemned X", "was the first to recognise X": as it is said of the subject.
            Role::NounClause | Role::RelativeClause
                if tree.identity(head).is_some()
                    && (!tree.is_infinitive(at) || tree.is_ranked(head)) =>
            {
                let state = tree.identity(head)?;
                self.local(state);
                Some(state)
            }
            // "It was not X that attacked Y": what is said of the name is said of the act.
            Role::RelativeClause if tree.is_cleft(head, at) => {
                self.local(head);
                Some(head)
            }
            Role::NounClause
                if word.feature("VerbForm") == Some("Inf") || word.marker.is_some() =>
            {
                self.set(Modality::Hypothetical, at);
                None
            }
            // "no evidence that X attacked Y"
            Role::NounClause | Role::RelativeClause | Role::Content
                if word.marker.is_some() && self.denier(head).is_some() =>
            {
                if let Some(by) = self.denier(head) {
                    self.negate(by);
                }
                None
            }
            // "alleged crimes committed by X": the doubt about what a noun names is about its doing too.
            Role::NounClause if word.marker.is_none() && self.scene.is_act(head) => {
                self.doubted(head);
                self.is_indefinite(head).then(|| self.share_status(head));
                None
            }
            // "are to form a government headed by X": what is only to be made is not yet led. A name is there already.
            Role::NounClause | Role::RelativeClause
                if self.is_indefinite(head) && tree.word(head).pos != Pos::Propn =>
            {
                if word.role == Role::NounClause {
                    self.doubted(head);
                }
                self.share_status(head);
                None
            }
            Role::Parataxis if verbal => Some(head),
            _ => None,
        }
    }

    /// "is expected to visit, making friends by recognising X": what goes along with a plan is as sure as it.
    fn share_plan(&mut self, clause: usize, verb: usize) {
        let tree = &self.scene.tree;
        let own = tree.word(clause);
        let along = own.marker.is_none()
            && own.feature("Aspect") == Some("Prog")
            && clause > verb
            && !tree.has(clause, Role::Auxiliary)
            && tree.is_verb(verb);
        if along {
            let above = hold(self.scene, verb, false, "", self.ontology);
            if above.modality == Modality::Planned || self.plans(verb) {
                self.set(Modality::Planned, verb);
            }
        }
    }

    /// "has no plans to send troops to help X": what an act would be for is not done where the act is not.
    fn share_denial(&mut self, clause: usize, verb: usize) {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let marker = tree.word(clause).marker.as_ref();
        let act = tree.is_verb(verb) && !self.scene.calls(Kind::Verb, verb).is_empty();
        let purpose = tree.is_infinitive(clause)
            && marker.is_none_or(|marker| words.purpose.contains(marker));
        if !act || clause < verb || !purpose {
            return;
        }
        let above = hold(self.scene, verb, false, self.relation, self.ontology);
        let undone = above.polarity == Polarity::Negative || above.dropped;
        if undone && self.held.polarity == Polarity::Positive {
            self.held.polarity = above.polarity;
            self.held.dropped |= above.dropped;
            self.held.negated.extend(above.negated);
            self.held.emitters.extend(above.emitters);
        }
    }

    /// Whether a verb plans what its infinitive says ("is expected to visit").
    fn plans(&self, verb: usize) -> bool {
        let tree = &self.scene.tree;
        let called = self.scene.calls(Kind::OperatorVerb, verb);
        let planned = |&(number, _): &(usize, usize)| {
            let embedded = &tree.frames.operators[number].embedded;
            matches!(embedded, Embedded::As(Modality::Planned))
        };
        tree.has(verb, Role::OpenContent) && called.iter().any(planned)
    }

    /// Whether a verb tells that an act comes about ("begin", "take place").
    fn tells_onset(&self, verb: usize) -> bool {
        let tree = &self.scene.tree;
        tree.is_verb(verb) && tree.frames.words.onset.contains(&tree.word(verb).lemma)
    }

    /// "The truce did not hold": the same verb in the active tells that it stood.
    fn endures(&self, verb: usize) -> bool {
        let tree = &self.scene.tree;
        tree.frames.words.lasting.contains(&tree.word(verb).lemma)
    }

    /// Whether a verb brings about the act that its object names ("host talks", "sign an agreement").
    fn brings_about(&self, verb: usize) -> bool {
        let tree = &self.scene.tree;
        let own = &tree.word(verb).lemma;
        let words = &tree.frames.words;
        tree.is_verb(verb) && (words.onset.contains(own) || words.time.carriers.contains(own))
    }

    /// "Talks are due to begin": the predicate of the act's noun plans that it comes about.
    fn intended_onset(&mut self, predicate: usize, subject: usize) {
        let tree = &self.scene.tree;
        let below = |word: usize| tree.children(word).to_vec();
        // What lies below the subject itself is where the climb comes from.
        let onset = below(predicate)
            .into_iter()
            .filter(|&child| child != subject)
            .flat_map(|child| [vec![child], below(child)].concat())
            .find(|&child| tree.word(child).role == Role::OpenContent && self.tells_onset(child));
        if let Some(verb) = onset {
            let held = hold(self.scene, verb, false, "", self.ontology);
            if held.modality == Modality::Planned {
                self.set(Modality::Planned, predicate);
            }
        }
    }

    pub(super) fn is_negated(&self, word: usize) -> bool {
        let tree = &self.scene.tree;
        tree.children(word).iter().any(|&child| {
            let own = tree.word(child);
            own.role == Role::Negation
                || (own.role == Role::Adverb && tree.frames.words.negation.contains(&own.lemma))
        })
    }
}

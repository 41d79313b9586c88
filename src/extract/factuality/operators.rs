//! Verbs, nouns and adjectives that embed an act and change how it is held.

use super::Climb;
use crate::{
    claim::{Modality, Polarity},
    extract::{
        frames::{Embedded, EmitOn, Kind, Operator, Slot},
        speakers,
    },
    grammar::Role,
};

impl Climb<'_> {
    /// Operators that the head of `at` is, for the slot in which `at` stands; (operator, words), the most specific first.
    pub(super) fn operators(&self, at: usize) -> Vec<(usize, usize)> {
        let tree = &self.scene.tree;
        let Some(head) = tree.word(at).head else {
            return vec![];
        };
        let mut found = vec![];
        for kind in [
            Kind::OperatorVerb,
            Kind::OperatorNoun,
            Kind::OperatorAdjective,
        ] {
            let right = match kind {
                Kind::OperatorVerb => tree.is_verb(head),
                Kind::OperatorNoun => tree.is_nominal(head),
                _ => !tree.is_nominal(head),
            };
            if right {
                found.extend(self.scene.calls(kind, head));
            }
        }
        found.retain(|&(number, _)| {
            let operator = &tree.frames.operators[number];
            self.stands_in(at, operator)
                && operator
                    .with
                    .iter()
                    .all(|condition| self.scene.holds(head, condition))
                && (self.full || operator.speaker)
        });
        found.sort_by_key(|&(number, words)| {
            let operator = &tree.frames.operators[number];
            // "vowed to help" is no threat: what has nothing to say of this kind of act comes last.
            let silent = operator.emit.is_some() && !operator.emit_on.suits(self.class);
            (
                std::cmp::Reverse(
                    words
                        + operator.with.len()
                        + usize::from(operator.slots.contains(&Slot::Subjunctive)),
                ),
                silent,
                number,
            )
        });
        found
    }

    fn stands_in(&self, at: usize, operator: &Operator) -> bool {
        let tree = &self.scene.tree;
        let word = tree.word(at);
        let words = &tree.frames.words;
        let subordinate = word
            .marker
            .as_ref()
            .is_some_and(|marker| words.subordinators.contains_key(marker));
        let complement = word
            .marker
            .as_ref()
            .is_some_and(|marker| words.complementisers.contains(marker));
        operator.slots.iter().any(|slot| match slot {
            // "responded by firing": what a word of speech has under a preposition is not said.
            Slot::Clause if operator.speaker && !self.is_bare(at) => false,
            Slot::Clause => match word.role {
                Role::Content if word.head.is_some_and(|head| tree.separated(at, head)) => false,
                // "the offer made by X": how the noun came about is not what it is about.
                Role::NounClause if self.is_made(at) => false,
                Role::Content | Role::OpenContent | Role::NounClause => true,
                // "ruled out recognising X": parsers take a gerund for an adverbial now and then.
                Role::AdverbialClause if self.is_bare_gerund(at) => true,
                Role::AdverbialClause if operator.speaker && complement => true,
                Role::AdverbialClause => {
                    tree.is_infinitive(at)
                        && !subordinate
                        && !word.marker.as_ref().is_some_and(|marker| {
                            words.purpose.contains(marker) && marker.contains(' ')
                        })
                }
                Role::Parataxis => operator.speaker,
                // "the allegation that it supports X": parsers take the clause for a relative one now and then.
                // "did nothing to help X"
                Role::RelativeClause => {
                    let has = tree.has(at, Role::Subject);
                    complement && has || !has && tree.is_infinitive(at)
                }
                _ => false,
            },
            // "stopped bombing X", "to bomb X"; a clause with a subject and finite verb is another thing.
            Slot::Infinitive => match word.role {
                Role::OpenContent => true,
                Role::Content | Role::NounClause | Role::AdverbialClause => {
                    word.feature("VerbForm") == Some("Inf") && !subordinate
                }
                _ => false,
            },
            Slot::Subjunctive => self.scene.is_subjunctive(at),
            Slot::Act => {
                let noun = matches!(word.role, Role::Subject | Role::PassiveSubject);
                noun && tree.is_nominal(at) && self.class.is_some() && !self.named
            }
            // "has not accepted an invitation by X": it was made, whatever is answered.
            Slot::Object if operator.emit.is_some() && self.is_asked(at) => false,
            // "denied X's accusation": that it was made is not denied, only what it tells.
            Slot::Object if operator.speaker && operator.flip && self.is_told(at) => false,
            Slot::Object => matches!(word.role, Role::Object | Role::PassiveSubject),
            // "It is true that X attacked", "reports that X attacked are false"; an act may be false and have been.
            Slot::Subject => {
                let noun = matches!(word.role, Role::Subject | Role::PassiveSubject);
                word.role == Role::SubjectClause || (noun && self.named)
            }
            Slot::Under(preposition) => {
                // "for", and before a clause "for å", "om at".
                let clause = matches!(
                    word.role,
                    Role::OpenContent | Role::AdverbialClause | Role::NounClause | Role::Content
                ) || word.role == Role::RelativeClause
                    && tree.is_infinitive(at)
                    && !tree.has(at, Role::Subject);
                let marker = word.marker.as_deref().unwrap_or("");
                let begins = marker
                    .strip_prefix(preposition.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
                (word.role == Role::Oblique && marker == preposition) || (clause && begins)
            }
            _ => false,
        })
    }

    /// Whether a verb, or the copula of an adjective ("was able to"), stands in the past.
    fn is_past(&self, word: usize) -> bool {
        let tree = &self.scene.tree;
        let past = |&word: &usize| tree.word(word).feature("Tense") == Some("Past");
        past(&word) || tree.with_role(word, Role::Copula).iter().any(past)
    }

    pub(super) fn apply(&mut self, number: usize, head: usize) -> usize {
        let operator = &self.scene.tree.frames.operators[number];
        let (flip, speaker) = (operator.flip, operator.speaker);
        let denials = self.denials(head);
        if operator.holds_if_denied && !denials.is_empty() {
            self.held.negated.extend(denials);
            self.named |= self.scene.tree.is_nominal(head);
            if self.full {
                self.local(head);
            }
            return head;
        }
        if let Some(adjective) = self.untrue(head) {
            self.negate(adjective);
        }
        // "agreed not to fund X" is no agreement with X.
        let kept = self.held.polarity == Polarity::Positive || operator.emit_on == EmitOn::Any;
        let done = operator.done_in_past && self.is_past(head) && self.denials(head).is_empty();
        match operator.embedded {
            Embedded::As(modality) => {
                if !done
                    && !operator
                        .asserted_for
                        .iter()
                        .any(|relation| **relation == *self.relation)
                {
                    self.weaken(modality, head);
                    self.set(modality, head);
                }
            }
            // "rejected the demand that X leave": the noun's own content is not undone.
            // "vetoed any move to punish X" leaves nothing of it, unless it is somebody's.
            Embedded::Drop => self.held.dropped |= !self.named || self.unowned_plan,
            Embedded::Keep => {}
        }
        // Who does not deny something does not affirm it either; below it becomes possible.
        let unsaid = speaker && !self.denials(head).is_empty();
        if flip && !unsaid {
            self.negate(head);
            // "rejected claims that X did": the doubt was in the claims.
            let doubted = self.named && self.held.modality == Modality::Possible;
            if speaker && doubted && self.held.polarity == Polarity::Negative {
                self.held.modality = Modality::Asserted;
            }
        }
        // "threatened to veto any move to punish X" does not threaten X.
        let refused = operator.emit_denied.is_some()
            && !(self.denials(head).is_empty() && self.denier(head).is_none());
        if (operator.emit.is_some() || refused) && kept && !self.opposed {
            self.held.emitters.push((number, head));
        }
        self.opposed |= self.named && operator.embedded == Embedded::Drop;
        let untruly = self.untruly(head).filter(|_| speaker && !flip);
        if let Some(adverb) = untruly {
            // Who says so is not whose denial it is.
            self.negate(adverb);
        } else if speaker {
            if operator.quotes {
                self.speak(head, speakers::quoted_by(self.scene, head));
            }
            let who = speakers::of_speech(self.scene, head);
            self.speak(head, who);
            if let Some(by) = self.denier(head) {
                // "no evidence that X attacked Y"
                self.negate(by);
            } else if unsaid {
                // "Nothing shows that X did": who did not say it neither denies nor affirms it.
                self.set(Modality::Possible, head);
            }
        } else if self.full {
            self.local(head);
            if let Some(by) = self.scant(head) {
                self.negate(by);
            }
        }
        let noun = self.scene.tree.is_nominal(head);
        self.named |= noun;
        self.unowned_plan = noun
            && !self.scene.tree.has(head, Role::Possessor)
            && self.scene.fill(head, &vec![Slot::Owner]).is_empty()
            && matches!(
                operator.embedded,
                Embedded::As(Modality::Planned | Modality::Hypothetical)
            );
        head
    }
}

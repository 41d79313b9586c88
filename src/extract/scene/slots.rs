//! What fills the slots of a frame, through the grammar alone.

use super::{Filler, Scene};
use crate::{
    claim::Modality,
    extract::frames::{Kind, Path, Slot},
    grammar::{Pos, Role},
};

impl Scene<'_> {
    pub(super) fn walk(&self, word: usize, path: &Path) -> Vec<Filler> {
        let mut at = vec![Filler::Word(word)];
        for (step, slot) in path.iter().enumerate() {
            let words = at.into_iter().filter_map(|filler| {
                if let Filler::Word(word) = filler {
                    Some(word)
                } else {
                    None
                }
            });
            // "rejected some of X's demands": what belongs to those that are counted.
            let counted = |word: usize| if step > 0 { self.counted(word) } else { vec![] };
            at = words
                .flat_map(|word| [vec![word], counted(word)].concat())
                .flat_map(|word| self.slot(word, slot))
                .collect();
        }
        at
    }

    pub(super) fn slot(&self, word: usize, slot: &Slot) -> Vec<Filler> {
        let words = |found: Vec<usize>| found.into_iter().map(Filler::Word).collect::<Vec<_>>();
        match slot {
            Slot::Subject if self.tree.is_verb(word) && !self.is_adjectival(word) => {
                self.verb_subject(word)
            }
            Slot::Subject => words(self.modified(word)),
            Slot::Object => {
                let own = self.tree.objects(word);
                let behind = self.given && own.is_empty();
                words(if behind {
                    self.behind_particle(word)
                } else {
                    own
                })
            }
            Slot::Indirect => words(self.tree.receivers(word)),
            Slot::Attribute => words(self.attributes(word)),
            Slot::Possessor => words(self.spread(self.tree.with_role(word, Role::Possessor))),
            Slot::Modifier => self.modifiers(word),
            Slot::Owner => self.owners(word),
            Slot::Apposition => words(self.beside(word)),
            Slot::Bracket => self
                .bracketed(word)
                .into_iter()
                .map(Filler::Mention)
                .collect(),
            Slot::Clause => words(self.clause_subjects(word, |_| true)),
            Slot::Infinitive => words(self.clause_subjects(word, |clause| {
                let own = self.tree.word(clause);
                let bare = own.feature("VerbForm") == Some("Inf");
                if own.role == Role::Content {
                    // "wants X to leave", not "says X would leave".
                    return bare && !self.tree.has(clause, Role::Auxiliary);
                }
                // "told X he would never forget": no infinitive, where the actors are given.
                let modal = self.given
                    && self.tree.has(clause, Role::Subject)
                    && self
                        .tree
                        .with_role(clause, Role::Auxiliary)
                        .iter()
                        .any(|&helper| {
                            let helper = self.tree.word(helper);
                            self.tree.frames.words.modal.contains_key(&helper.lemma)
                        });
                !modal && (bare || own.marker.is_none())
            })),
            Slot::Subjunctive => {
                words(self.clause_subjects(word, |clause| self.is_subjunctive(clause)))
            }
            Slot::Mover => words(self.movers(word)),
            Slot::Intender => words(self.intenders(word)),
            Slot::Act => vec![],
            Slot::Condition => words(self.condition_subjects(word)),
            Slot::Under(preposition) => words(self.under(word, preposition)),
        }
    }

    /// "fended off X's demands": what stands under a particle that the parser takes for a preposition is the object.
    fn behind_particle(&self, verb: usize) -> Vec<usize> {
        let calls = self
            .tree
            .frames
            .calls(Kind::Verb, &self.tree.word(verb).lemma);
        let particle = |marker: &String| {
            let mut entries = calls.iter();
            entries.any(|call| call.after.len() == 1 && call.after[0] == *marker)
        };
        let mut found = self.tree.with_role(verb, Role::Oblique);
        found.retain(|&child| {
            let own = self.tree.word(child);
            let next = self.tree.lowered().get(verb + 1);
            child > verb
                && own.marker.as_ref().is_some_and(|marker| {
                    particle(marker) && next.is_some_and(|next| *next == **marker)
                })
        });
        self.spread(found)
    }

    /// A participle before its noun ("US-backed troops") is an adjective.
    pub(super) fn is_adjectival(&self, word: usize) -> bool {
        self.tree.word(word).role == Role::Adjective
    }

    pub(super) fn verb_subject(&self, verb: usize) -> Vec<Filler> {
        let mut found = self.tree.subjects(verb);
        if !found.is_empty() {
            found.extend(self.companions(verb));
        } else if self.tree.is_passive(verb) {
            found.extend(self.means(verb));
            if found.is_empty() {
                found.extend(self.meanwhile(verb));
            }
        }
        found.into_iter().map(Filler::Word).collect()
    }

    /// "Sweden, along with Norway, criticised X": who does it together with the subject.
    pub(super) fn companions(&self, verb: usize) -> Vec<usize> {
        let words = &self.tree.frames.words;
        let own = self.tree.with_role(verb, Role::Subject).into_iter();
        let hosts = own.chain(std::iter::once(verb));
        let beside = |&child: &usize| {
            let marker = self.tree.word(child).marker.as_ref();
            marker.is_some_and(|marker| words.companion.contains(marker)) && child < verb
        };
        let under = hosts.flat_map(|host| self.tree.with_role(host, Role::Oblique));
        self.spread(under.filter(beside).collect())
    }

    /// "was killed in an Israeli air strike": the hostile act in which a passive without an agent happened.
    pub(super) fn means(&self, verb: usize) -> Vec<usize> {
        let same_time = &self.tree.frames.words.time.same_time;
        let mut found = self.tree.with_role(verb, Role::Oblique);
        found.retain(|&noun| {
            let marker = self.tree.word(noun).marker.as_ref();
            marker.is_some_and(|marker| same_time.contains(marker)) && self.is_act(noun)
        });
        found
    }

    /// "were killed when X bombed the camp": who did so, where a passive without an agent has a clause of the same act beside it.
    fn meanwhile(&self, verb: usize) -> Vec<usize> {
        let tree = &self.tree;
        let words = &tree.frames.words;
        if !words.hurting.contains(&tree.word(verb).lemma) {
            return vec![];
        }
        let relations = |of: usize| {
            let called = self.calls(Kind::Verb, of).into_iter();
            called.map(|(number, _)| &tree.frames.frames[number].relation)
        };
        let same = |&clause: &usize| {
            let own = tree.word(clause);
            let marker = own.marker.as_deref().unwrap_or_default();
            words.when.contains(marker)
                && relations(clause).any(|one| relations(verb).any(|other| other == one))
        };
        let clauses = tree.with_role(verb, Role::AdverbialClause).into_iter();
        clauses
            .filter(same)
            .flat_map(|clause| tree.subjects(clause))
            .collect()
    }

    /// Whether a noun names an act, not an actor.
    pub(in crate::extract) fn is_act(&self, noun: usize) -> bool {
        self.tree.word(noun).pos == Pos::Noun && !self.calls(Kind::Noun, noun).is_empty()
    }

    /// Predicate nouns and adjectives; an adjective may be called an adverb ("holder Iran ansvarlig").
    pub(super) fn attributes(&self, verb: usize) -> Vec<usize> {
        let mut found = self.tree.with_role(verb, Role::Attribute);
        found.extend(
            self.tree
                .with_role(verb, Role::Adverb)
                .into_iter()
                .filter(|&child| self.tree.word(child).pos == Pos::Adj),
        );
        // "designated X a terrorist group": of two objects the second says what the first is.
        let objects = self.tree.with_role(verb, Role::Object);
        // "held X responsible": parsers hang the adjective on the name before it.
        for &object in &objects {
            let own = self.tree.with_role(object, Role::Adjective).into_iter();
            found.extend(own.filter(|&adjective| adjective > object));
        }
        let later = objects.into_iter().skip(1);
        found.extend(later.filter(|&object| self.tree.word(object).pos == Pos::Noun));
        self.spread(found)
    }

    pub(super) fn spread(&self, heads: Vec<usize>) -> Vec<usize> {
        heads
            .into_iter()
            .flat_map(|head| self.tree.coordinated(head))
            .collect()
    }

    /// The noun that an adjective says something of, or the subject of a predicate noun or adjective.
    pub(super) fn modified(&self, word: usize) -> Vec<usize> {
        let own = self.tree.word(word);
        let subject = self.tree.with_role(word, Role::Subject);
        if !subject.is_empty() {
            return self
                .spread(subject)
                .into_iter()
                .map(|head| self.meant(head))
                .collect();
        }
        // "is one of the main backers of X"
        if let Some(outer) = self.gatherer(word) {
            return self.modified(outer);
        }
        match (own.role, own.head) {
            (Role::Adjective | Role::NounClause, Some(head)) if self.tree.is_nominal(head) => {
                self.tree.coordinated(head)
            }
            (Role::Conjunct, Some(head)) if head < word => self.modified(head),
            // "denied being a member of X"
            (Role::OpenContent, Some(_)) if self.tree.has(word, Role::Copula) => {
                self.tree.grammatical_subject(word, 0)
            }
            (Role::Attribute, Some(verb)) => self.tree.grammatical_subject(verb, 0),
            (Role::RelativeClause, Some(head)) => self.tree.coordinated(head),
            (Role::Apposition, Some(head)) => self.tree.described(word, head),
            // An adjective after its noun ("units, loyal to X,") may hang on it in other ways.
            (_, Some(head)) if own.pos == Pos::Adj && head < word && self.tree.is_nominal(head) => {
                vec![head]
            }
            _ => vec![],
        }
    }

    pub(super) fn meant(&self, head: usize) -> usize {
        if self.tree.is_relative(head) {
            self.tree.antecedent(head).unwrap_or(head)
        } else {
            head
        }
    }

    pub(super) fn beside(&self, word: usize) -> Vec<usize> {
        let mut found = self.spread(self.tree.with_role(word, Role::Apposition));
        if let (Role::Apposition, Some(head)) =
            (self.tree.word(word).role, self.tree.word(word).head)
        {
            found.extend(self.tree.described(word, head));
        }
        // "byen Aleppo", "EU-landet Ungarn": the noun in front may hang on the name.
        let own = self.tree.word(word);
        if let (Role::Compound | Role::Flat, Some(head)) = (own.role, own.head)
            && head > word
            && self.tree.word(head).pos == Pos::Propn
        {
            found.extend(self.tree.coordinated(head));
        }
        // "Iran, X's enemy and Y's ally": the second description is of the same name.
        if let (Role::Conjunct, Some(first)) = (own.role, own.head)
            && self.tree.word(first).role == Role::Apposition
        {
            found.extend(self.tree.word(first).head);
        }
        found
    }

    pub(super) fn clause_subjects(
        &self,
        word: usize,
        admitted: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let clauses = self.tree.children(word).iter().copied().filter(|&child| {
            let own = self.tree.word(child);
            // A condition is no content.
            let subordinators = &self.tree.frames.words.subordinators;
            let subordinate = own
                .marker
                .as_ref()
                .is_some_and(|marker| subordinators.contains_key(marker));
            // "ordered troops into the capital as X rallied": what happened meanwhile is none either.
            let factual = &self.tree.frames.words.factual_subordinators;
            let meanwhile = self.given
                && own
                    .marker
                    .as_ref()
                    .is_some_and(|marker| factual.contains(marker));
            match own.role {
                // "asked whether X would leave" asks X for nothing.
                // "X supports Y, Z told parliament" tells, and asks for nothing.
                Role::Content => !subordinate && child > word,
                Role::OpenContent | Role::NounClause => true,
                // "Having arrested Y, X told reporters"
                Role::AdverbialClause => !subordinate && !meanwhile && child > word,
                _ => false,
            }
        });
        clauses
            .filter(|&clause| admitted(clause))
            .flat_map(|clause| {
                // "demanded that X be freed": who is to do it, not whom it is done to.
                if self.tree.is_passive(clause) {
                    self.spread(self.tree.with_role(clause, Role::Agent))
                } else {
                    self.tree.grammatical_subject(clause, 0)
                }
            })
            .collect()
    }

    /// "threatened to leave unless X agrees": who is to do what a condition of the word, or of its complement, asks for.
    fn condition_subjects(&self, word: usize) -> Vec<usize> {
        let tree = &self.tree;
        let subordinators = &tree.frames.words.subordinators;
        // "If X leaves, there will be war, Y threatened."
        let own = tree.word(word);
        let beside = own.head.filter(|_| own.role == Role::Parataxis);
        let hosts =
            std::iter::once(word)
                .chain(beside)
                .chain(tree.children(word).iter().copied().filter(|&child| {
                    matches!(
                        tree.word(child).role,
                        Role::OpenContent | Role::Content | Role::AdverbialClause
                    )
                }));
        let conditions = hosts.flat_map(|host| tree.with_role(host, Role::AdverbialClause));
        let open = |&clause: &usize| {
            let cue = tree
                .word(clause)
                .marker
                .as_ref()
                .and_then(|marker| subordinators.get(marker));
            cue.is_some_and(|cue| cue.modality == Some(Modality::Hypothetical))
                || tree.is_inverted_condition(clause)
        };
        conditions
            .filter(open)
            .flat_map(|clause| self.spread(tree.with_role(clause, Role::Subject)))
            // "it" is mostly who threatens.
            .filter(|&subject| tree.word(subject).pos != Pos::Pron)
            .collect()
    }

    /// "insisted that X leave": a clause with a subject and the bare form of its verb.
    pub(in crate::extract) fn is_subjunctive(&self, clause: usize) -> bool {
        let tree = &self.tree;
        let own = tree.word(clause);
        let helped = || {
            tree.children(clause).iter().any(|&child| {
                let child = tree.word(child);
                child.role == Role::Auxiliary || tree.frames.words.infinitive.contains(&child.text)
            })
        };
        let bare =
            own.feature("VerbForm") == Some("Inf") || own.text == own.lemma && own.pos == Pos::Verb;
        // "rebels hit the camp, police said": many a past form looks like the bare one.
        let past = own.feature("Tense") == Some("Past");
        own.role == Role::Content
            && bare
            && !past
            && !helped()
            && (tree.has(clause, Role::Subject) || tree.has(clause, Role::PassiveSubject))
    }

    pub(super) fn movers(&self, noun: usize) -> Vec<usize> {
        self.governor(noun)
            .map_or_else(Vec::new, |verb| self.tree.subjects(verb))
    }

    /// "denied reports of a meeting": the noun that tells of what a noun names.
    fn reported_by(&self, noun: usize) -> Option<usize> {
        let own = self.tree.word(noun);
        let head = own.head.filter(|_| own.role == Role::Oblique)?;
        let under = Slot::Under(own.marker.clone()?);
        let called = self.calls(Kind::OperatorNoun, head);
        let tells =
            |&(of, _): &(usize, usize)| self.tree.frames.operators[of].slots.contains(&under);
        called.iter().any(tells).then_some(head)
    }

    pub(super) fn intenders(&self, noun: usize) -> Vec<usize> {
        let told = self.reported_by(noun).unwrap_or(noun);
        let verb = self.governor(told).filter(|&verb| {
            let called = self.calls(Kind::OperatorVerb, verb);
            let takes = |&(of, _): &(usize, usize)| {
                self.tree.frames.operators[of].slots.contains(&Slot::Object)
            };
            called.iter().any(takes)
        });
        verb.map_or_else(Vec::new, |verb| self.tree.subjects(verb))
    }
}

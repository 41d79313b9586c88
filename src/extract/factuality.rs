//! Is it so, and who says so: climbs from the word that names an act to the root of its sentence and reads what each
//! step makes of it: negation, modal verbs, adverbs, embedding verbs and nouns (operators), conditions, speakers.
//!
//! What a noun phrase takes for granted ("the attack on X was condemned") is asserted, whatever stands above it; only an
//! operator that names the noun's slot reaches into it.

use std::collections::BTreeMap;

use super::{
    frames::{Cue, Embedded, EmitOn, Kind, Operator, Slot},
    scene::Scene,
    speakers,
};
use crate::{
    claim::{Argument, Modality, Polarity},
    grammar::{Pos, Role},
    ontology::Ontology,
};

/// How an act is held, and why.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// Who says so; several where they are coordinated.
    pub(super) speakers: Vec<Argument>,
    pub(super) via: Vec<Argument>,
    pub(super) because: Vec<String>,
    /// An operator leaves nothing of the act itself.
    pub(super) dropped: bool,
    /// Operators that say something of their own about the act: (operator, its word).
    pub(super) emitters: Vec<(usize, usize)>,
    /// The farthest word that decided something; evidence reaches to it.
    pub(super) words: Vec<usize>,
    /// A modal of intent stands directly with the act ("will not accept").
    pub(super) intended: bool,
    /// The word for what was done so that the act might come about ("flew to X to meet").
    pub(super) means: Option<usize>,
    /// The words that turned it round.
    pub(super) negated: Vec<usize>,
}

/// Deeper embedding than this is a parser's knot.
const STEPS: usize = 24;

/// A subordinator does not stand farther than this before its verb.
const MARKER_REACH: usize = 12;

/// A noun phrase between an act and its verb is not deeper than this.
const SPEAKER_STEPS: usize = 5;

/// How the act at `word` is held. `light`: the act is a noun whose verb only carries it ("launch an attack").
pub(super) fn hold(
    scene: &Scene<'_>,
    word: usize,
    light: bool,
    relation: &str,
    ontology: &Ontology,
) -> Held {
    let class = ontology
        .relation(relation)
        .and_then(|relation| relation.quad_class);
    let mut climb = Climb {
        scene,
        relation,
        ontology,
        class,
        held: Held::plain(),
        named: false,
        full: true,
    };
    climb.local(word);
    climb.speakers_beside(word);
    let mut at = word;
    let (mut light, mut told) = (light, !scene.tree.is_nominal(word));
    for _ in 0..STEPS {
        let Some(next) = climb.step(at, light) else {
            break;
        };
        climb.speakers_beside(next);
        light = false;
        told = true;
        at = next;
    }
    // What a noun phrase takes for granted is nobody's words.
    climb.any_such(word);
    if told {
        climb.speaker_of_quote(word);
    } else {
        climb.according_to(word);
    }
    climb.held
}

impl Held {
    /// Told as fact by the text itself.
    pub(super) fn told() -> Self {
        Self::plain()
    }

    fn plain() -> Self {
        Self {
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            speakers: vec![],
            via: vec![],
            because: vec![],
            dropped: false,
            emitters: vec![],
            words: vec![],
            intended: false,
            means: None,
            negated: vec![],
        }
    }
}

struct Climb<'a> {
    scene: &'a Scene<'a>,
    relation: &'a str,
    ontology: &'a Ontology,
    /// The relation's quad class.
    class: Option<u8>,
    held: Held,
    /// Whether a noun that names the act's status ("demand", "plan") lies below.
    named: bool,
    /// Whether everything above still bears on the act; beyond an adverbial clause only speech does.
    full: bool,
}

impl<'a> Climb<'a> {
    /// What the word's own dependents make of it.
    fn local(&mut self, word: usize) {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let nominal = tree.is_nominal(word);
        if self.is_inverted_condition(word) {
            self.set(Modality::Hypothetical, word);
        }
        for &child in tree.children(word) {
            let own = tree.word(child);
            let form = own.text.to_lowercase();
            let known = |list: &'a BTreeMap<String, Cue>| cue(list, &own.lemma, &form);
            match own.role {
                Role::Negation => self.negate(child),
                // "vil verken støtte X eller Y": a coordinator before the verb.
                Role::Coordinator if child < word && words.negation.contains(&form) => {
                    self.negate(child);
                }
                Role::Adverb | Role::Determiner | Role::Other
                    if words.negation.contains(&own.lemma) || words.negation.contains(&form) =>
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
                Role::Adjective | Role::Compound if nominal => {
                    if let Some(cue) = known(&words.adjectives) {
                        self.take(cue, child);
                    }
                }
                // "No government was formed": the negation stands with an argument.
                Role::Subject | Role::PassiveSubject | Role::Object if !nominal => {
                    // "Neither X nor Y": it may be called a coordinator.
                    let denied = tree.children(child).iter().copied().find(|&determiner| {
                        let own = tree.word(determiner);
                        let first = determiner < child
                            && matches!(own.role, Role::Coordinator | Role::Adverb);
                        own.role == Role::Negation
                            || ((first || own.role == Role::Determiner)
                                && words.negation.contains(&own.lemma))
                    });
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
            if let Some(cue) = self.subordinator(word, marker) {
                self.take(cue, word);
            } else if words.negative_prepositions.contains(marker) {
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
    fn any_such(&mut self, noun: usize) {
        let tree = &self.scene.tree;
        if self.held.polarity == Polarity::Negative || !tree.is_nominal(noun) {
            return;
        }
        for determiner in tree.with_role(noun, Role::Determiner) {
            let own = tree.word(determiner);
            let form = own.text.to_lowercase();
            if let Some(cue) = cue(&tree.frames.words.determiners, &own.lemma, &form) {
                self.take(cue, determiner);
            }
        }
    }

    /// "was on its way to X in order to sign": the parser hangs the clause on the predicate noun.
    fn is_purpose_of_state(&self, word: usize) -> bool {
        let tree = &self.scene.tree;
        let marker = tree.word(word).marker.as_ref();
        tree.state_above(word).is_some() && marker.is_some_and(|marker| marker.contains(' '))
    }

    /// The clause at `word` tells to what end something was done.
    fn aim(&mut self, modality: Modality, word: usize) {
        if self.held.modality == Modality::Asserted {
            self.held.means = self.scene.tree.word(word).head;
        }
        self.set(modality, word);
    }

    /// "Bryter X avtalen, …", "Should X attack, …": a finite verb or auxiliary before its subject, without a subordinator, at
    /// the head of an adverbial clause.
    fn is_inverted_condition(&self, word: usize) -> bool {
        let tree = &self.scene.tree;
        let own = tree.word(word);
        let clause = own.role == Role::AdverbialClause
            && own.marker.is_none()
            && own.head.is_some_and(|head| head > word);
        let first = match tree.children(word).first() {
            Some(&child) if child < word => child,
            _ => word,
        };
        // "Hadde X angrepet, …", but not "Provoked by X, …".
        let finite = tree.word(first).role == Role::Auxiliary
            || first == word && own.feature("VerbForm") != Some("Part");
        let behind = |&subject: &usize| subject > first;
        clause && finite && tree.with_role(word, Role::Subject).iter().any(behind)
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

    /// What the subordinator of a clause makes of it; none if it belongs to a factual one ("even if", "selv om").
    fn subordinator(&self, word: usize, marker: &str) -> Option<&'a Cue> {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let whole = |&child: &usize| {
            let own = tree.word(child);
            words
                .factual_subordinators
                .contains(&format!("{} {marker}", own.text.to_lowercase()))
        };
        // "Selv om": parsers hang the first word on the second.
        let before = |&child: &usize| child.checked_sub(1).is_some_and(|first| whole(&first));
        let marks = |&child: &usize| tree.word(child).text.to_lowercase() == marker;
        let mut markers = (0..word).rev().take(MARKER_REACH).filter(marks);
        if words.factual_subordinators.contains(marker)
            || tree.children(word).iter().any(whole)
            || markers.next().as_ref().is_some_and(before)
        {
            return None;
        }
        words.subordinators.get(marker)
    }

    /// Whether a noun has no article, owner or ending that takes it for granted.
    fn is_indefinite(&self, noun: usize) -> bool {
        let tree = &self.scene.tree;
        let word = tree.word(noun);
        let known = tree.children(noun).iter().any(|&child| {
            let own = tree.word(child);
            own.role == Role::Possessor
                || (own.role == Role::Determiner && own.feature("Definite") != Some("Ind"))
        });
        tree.is_nominal(noun) && !known && word.feature("Definite") != Some("Def")
    }

    /// The modal auxiliaries of a verb.
    fn modals(&mut self, verb: usize) {
        let tree = &self.scene.tree;
        for auxiliary in tree.with_role(verb, Role::Auxiliary) {
            let own = tree.word(auxiliary);
            if let Some(cue) = cue(
                &tree.frames.words.modal,
                &own.lemma,
                &own.text.to_lowercase(),
            ) {
                self.modal(cue, auxiliary, verb);
            }
        }
    }

    /// A modal auxiliary of `verb`; before a perfect some mean another thing ("skal ha angrepet": it is said that).
    fn modal(&mut self, cue: &Cue, by: usize, verb: usize) {
        let tree = &self.scene.tree;
        let perfect = &tree.frames.words.perfect;
        let has_perfect = tree
            .with_role(verb, Role::Auxiliary)
            .into_iter()
            .any(|other| other > by && perfect.contains(&tree.word(other).lemma));
        let Some(modality) = cue.perfect.filter(|_| has_perfect).or(cue.modality) else {
            return;
        };
        self.held.intended |= modality == Modality::Planned;
        self.set(modality, by);
    }

    fn take(&mut self, cue: &Cue, by: usize) {
        if let Some(modality) = cue.modality {
            self.set(modality, by);
        }
        if cue.negative {
            self.negate(by);
        }
    }

    /// Each word turns the act round once, from whichever step of the climb it is seen.
    fn negate(&mut self, by: usize) {
        if self.held.negated.contains(&by) {
            return;
        }
        self.held.negated.push(by);
        self.held.polarity = match self.held.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
        self.because(by, "turns it round");
    }

    /// The innermost modality stands: what is only possible stays so under a plan.
    fn set(&mut self, modality: Modality, by: usize) {
        if self.held.modality == Modality::Asserted && modality != Modality::Asserted {
            self.held.modality = modality;
            self.because(by, &format!("makes it {}", name(modality)));
        }
    }

    /// "fears that X will attack": what others believe, fear or propose of somebody's plan is no plan.
    fn weaken(&mut self, modality: Modality, by: usize) {
        let proposal = modality == Modality::Hypothetical && self.scene.tree.is_nominal(by);
        let doubt = modality == Modality::Possible || proposal;
        if doubt && self.held.modality == Modality::Planned {
            self.held.modality = Modality::Asserted;
        }
    }

    fn because(&mut self, by: usize, what: &str) {
        let sentence = format!("\u{201c}{}\u{201d} {what}.", self.scene.tree.word(by).text);
        self.held.because.push(sentence);
        self.held.words.push(by);
    }

    /// Speakers named beside the act: "according to X", "…, says X".
    fn speakers_beside(&mut self, word: usize) {
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
    fn according_to(&mut self, noun: usize) {
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
            if tree.word(found.word).role == Role::Oblique {
                self.speak(found.word, found.speakers);
            }
        }
    }

    /// The speaker of the quotation in which the act is told.
    fn speaker_of_quote(&mut self, word: usize) {
        if let Some(quote) = self.scene.quote(word) {
            self.speak(word, quote.speakers.clone());
        }
    }

    fn speak(&mut self, by: usize, speakers: Vec<Argument>) {
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

    /// One step up. `None` ends the climb.
    fn step(&mut self, at: usize, light: bool) -> Option<usize> {
        let tree = &self.scene.tree;
        let word = tree.word(at);
        let head = word.head?;
        let found = self.operators(at);
        if let Some(&(number, _)) = found.first() {
            return Some(self.apply(number, head));
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
            // "Cooperation between X and Y could include …": what no article takes for granted is as sure as its verb.
            // "The talks will begin", "a deal was not reached": what the verb says of the act's coming about.
            Role::Subject | Role::PassiveSubject
                if !light && self.class.is_some() && self.tells_onset(head) =>
            {
                self.local(head);
                Some(head)
            }
            Role::Subject | Role::PassiveSubject if !light && self.is_indefinite(at) => {
                self.modals(head);
                self.intended_onset(head, at);
                None
            }
            Role::Subject if !light && self.class.is_some() => {
                self.intended_onset(head, at);
                None
            }
            // "answered by firing": how something was done was done.
            Role::OpenContent if self.is_manner(at) => Some(head),
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
            Role::NounClause
                if word.feature("VerbForm") == Some("Inf") || word.marker.is_some() =>
            {
                self.set(Modality::Hypothetical, at);
                None
            }
            // "no evidence that X attacked Y"
            Role::NounClause | Role::RelativeClause | Role::Content
                if tree.is_nominal(head) && word.marker.is_some() && self.is_denied(head) =>
            {
                self.negate(head);
                None
            }
            // "alleged crimes committed by X": the doubt about what a noun names is about its doing too.
            Role::NounClause if word.marker.is_none() && self.scene.is_act(head) => {
                self.doubted(head);
                self.is_indefinite(head).then(|| self.share_status(head));
                None
            }
            // "are to form a government headed by X": what is only to be made is not yet led.
            Role::NounClause | Role::RelativeClause if self.is_indefinite(head) => {
                self.share_status(head);
                None
            }
            Role::Parataxis if verbal => Some(head),
            _ => None,
        }
    }

    /// Whether a verb tells that an act comes about ("begin", "take place").
    fn tells_onset(&self, verb: usize) -> bool {
        let tree = &self.scene.tree;
        tree.is_verb(verb) && tree.frames.words.onset.contains(&tree.word(verb).lemma)
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

    /// Whether a noun is said not to be.
    fn is_denied(&self, noun: usize) -> bool {
        let tree = &self.scene.tree;
        tree.is_nominal(noun)
            && tree.children(noun).iter().any(|&child| {
                let own = tree.word(child);
                child < noun
                    && matches!(own.role, Role::Determiner | Role::Negation)
                    && tree.frames.words.negation.contains(&own.lemma)
            })
    }

    /// What an adjective makes of what a noun names.
    fn doubted(&mut self, noun: usize) {
        let tree = &self.scene.tree;
        for adjective in tree.with_role(noun, Role::Adjective) {
            let own = tree.word(adjective);
            let cues = &tree.frames.words.adjectives;
            if let Some(cue) = cue(cues, &own.lemma, &own.text.to_lowercase()) {
                self.take(cue, adjective);
            }
        }
    }

    /// What is said of something that is yet to come about is as sure as the verb whose object it is.
    fn share_status(&mut self, noun: usize) {
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
    fn share_modal(&mut self, at: usize, head: usize) {
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
            if let Some(cue) = cue(&words.modal, &own.lemma, &own.text.to_lowercase()) {
                self.modal(cue, auxiliary, head);
            }
        }
    }

    /// "did not attack X or arm Y", "neither attacked X nor armed Y": a second verb without a subject is denied with the first
    /// if "or" joins them, or if it stands in the bare form under the first one's auxiliary.
    fn share_negation(&mut self, at: usize, head: usize) {
        let tree = &self.scene.tree;
        let words = &tree.frames.words;
        let own = tree.has(at, Role::Subject) || tree.has(at, Role::Auxiliary);
        if !tree.is_verb(at) || !tree.is_verb(head) || own {
            return;
        }
        let coordinator = |&child: &usize| {
            tree.word(child).role == Role::Coordinator && (head..at).contains(&child)
        };
        let joins = tree.children(head).iter().chain(tree.children(at)).copied();
        let last = joins.filter(coordinator).max();
        let alternative = last.is_some_and(|at| {
            let word = tree.word(at);
            words.alternative.contains(&word.lemma)
                || words.alternative.contains(&word.text.to_lowercase())
        });
        let bare =
            tree.word(at).feature("VerbForm") == Some("Inf") && tree.has(head, Role::Auxiliary);
        if !(alternative || bare) {
            return;
        }
        let denies = |&child: &usize| {
            let own = tree.word(child);
            let word = words.negation.contains(&own.lemma)
                || words.negation.contains(&own.text.to_lowercase());
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

    /// Operators that the head of `at` is, for the slot in which `at` stands; (operator, words), the most specific first.
    fn operators(&self, at: usize) -> Vec<(usize, usize)> {
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
                Role::AdverbialClause => {
                    tree.is_infinitive(at)
                        && !subordinate
                        && !word.marker.as_ref().is_some_and(|marker| {
                            words.purpose.contains(marker) && marker.contains(' ')
                        })
                }
                Role::Parataxis => operator.speaker,
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
                );
                let marker = word.marker.as_deref().unwrap_or("");
                let begins = marker
                    .strip_prefix(preposition.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
                (word.role == Role::Oblique && marker == preposition) || (clause && begins)
            }
            _ => false,
        })
    }

    fn apply(&mut self, number: usize, head: usize) -> usize {
        let operator = &self.scene.tree.frames.operators[number];
        let (flip, speaker) = (operator.flip, operator.speaker);
        // "agreed not to fund X" is no agreement with X.
        let kept = self.held.polarity == Polarity::Positive || operator.emit_on == EmitOn::Any;
        match operator.embedded {
            Embedded::As(modality) => {
                if !operator
                    .asserted_for
                    .iter()
                    .any(|relation| **relation == *self.relation)
                {
                    self.weaken(modality, head);
                    self.set(modality, head);
                }
            }
            // "rejected the demand that X leave": the noun's own content is not undone.
            Embedded::Drop => self.held.dropped |= !self.named,
            Embedded::Keep => {}
        }
        // Who does not deny something does not affirm it either; below it becomes possible.
        if flip && !(speaker && self.is_negated(head)) {
            self.negate(head);
        }
        if operator.emit.is_some() && kept {
            self.held.emitters.push((number, head));
        }
        if speaker {
            if operator.quotes {
                self.speak(head, speakers::quoted_by(self.scene, head));
            }
            let who = speakers::of_speech(self.scene, head);
            self.speak(head, who);
            if self.is_denied(head) {
                // "no evidence that X attacked Y"
                self.negate(head);
            } else if self.is_negated(head) {
                // Who did not say it neither denies nor affirms it.
                self.set(Modality::Possible, head);
            }
        } else if self.full {
            self.local(head);
        }
        self.named |= self.scene.tree.is_nominal(head);
        head
    }

    fn is_left_undone(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let marker = tree.word(clause).marker.as_ref();
        marker.is_some_and(|marker| tree.frames.words.negative_prepositions.contains(marker))
    }

    /// Whether a clause is a gerund right behind a verb without an object, with nothing to mark it.
    fn is_bare_gerund(&self, clause: usize) -> bool {
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
    fn is_made(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let own = tree.word(clause);
        own.marker.is_none()
            && own.head.is_some_and(|head| tree.is_nominal(head))
            && own.feature("VerbForm") == Some("Part")
            && own.feature("Aspect") != Some("Prog")
            && !tree.has(clause, Role::Subject)
    }

    fn is_manner(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let marker = tree.word(clause).marker.as_ref();
        marker.is_some_and(|marker| tree.frames.words.manner.contains(marker))
    }

    /// Whether a clause has no preposition before it; finite ones and infinitives have none.
    fn is_bare(&self, clause: usize) -> bool {
        let tree = &self.scene.tree;
        let word = tree.word(clause);
        let marker = word.marker.as_deref().unwrap_or_default();
        !matches!(word.role, Role::OpenContent | Role::AdverbialClause)
            || marker.is_empty()
            || tree.frames.words.infinitive.contains(marker)
    }

    fn is_negated(&self, word: usize) -> bool {
        let tree = &self.scene.tree;
        tree.children(word).iter().any(|&child| {
            let own = tree.word(child);
            own.role == Role::Negation
                || (own.role == Role::Adverb && tree.frames.words.negation.contains(&own.lemma))
        })
    }
}

/// The cue of a word in a list, if the form written is one that it is confined to.
fn cue<'a>(list: &'a BTreeMap<String, Cue>, lemma: &str, form: &str) -> Option<&'a Cue> {
    let found = list.get(lemma).or_else(|| list.get(form))?;
    (found.forms.is_empty() || found.forms.contains(form)).then_some(found)
}

/// The word for a modality, as the data model writes it.
fn name(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Demanded => "demanded",
        Modality::Hypothetical => "hypothetical",
    }
}

//! Questions to a sentence's tree: whose subject, whose object, in which voice. Passives are turned round here, and
//! relative pronouns, coordinated verbs and infinitives find the subject that they share.

use std::borrow::Cow;

use super::frames::{Frames, Kind, Slot};
use crate::grammar::{Paragraph, Pos, Role, Word};

/// A paragraph with its children at hand.
pub(super) struct Tree<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) frames: &'a Frames,
    children: Vec<Vec<usize>>,
    sentence: Vec<usize>,
    lower: Vec<Cow<'a, str>>,
}

/// Words as written, in small letters.
pub(super) fn in_small_letters(words: &[Word]) -> Vec<Cow<'_, str>> {
    words.iter().map(|word| small(&word.text)).collect()
}

fn small(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// Chains of shared subjects are short; a longer one is a parser's knot.
const DEPTH: usize = 12;

impl<'a> Tree<'a> {
    pub(super) fn new(paragraph: &'a Paragraph, frames: &'a Frames) -> Self {
        let mut children = vec![vec![]; paragraph.words.len()];
        for (index, word) in paragraph.words.iter().enumerate() {
            if let Some(head) = word.head {
                children[head].push(index);
            }
        }
        let mut sentence = vec![0; paragraph.words.len()];
        for (number, range) in paragraph.sentences.iter().enumerate() {
            sentence[range.clone()].fill(number);
        }
        Self {
            paragraph,
            frames,
            children,
            sentence,
            lower: in_small_letters(&paragraph.words),
        }
    }

    /// A word as written, in small letters.
    pub(super) fn lower(&self, index: usize) -> &str {
        &self.lower[index]
    }

    /// All words as written, in small letters.
    pub(super) fn lowered(&self) -> &[Cow<'a, str>] {
        &self.lower
    }

    pub(super) fn word(&self, index: usize) -> &'a Word {
        &self.paragraph.words[index]
    }

    pub(super) fn children(&self, index: usize) -> &[usize] {
        &self.children[index]
    }

    pub(super) fn with_role(&self, index: usize, role: Role) -> Vec<usize> {
        self.children[index]
            .iter()
            .copied()
            .filter(|&child| self.word(child).role == role)
            .collect()
    }

    pub(super) fn has(&self, index: usize, role: Role) -> bool {
        self.children[index]
            .iter()
            .any(|&child| self.word(child).role == role)
    }

    /// The sentence that holds a word.
    pub(super) fn sentence(&self, index: usize) -> std::ops::Range<usize> {
        self.paragraph
            .sentences
            .get(self.sentence[index])
            .cloned()
            .unwrap_or(0..0)
    }

    /// "Bryter X avtalen, …", "Should X attack, …": a finite verb or auxiliary before its subject, without a subordinator, at
    /// the head of an adverbial clause.
    pub(super) fn is_inverted_condition(&self, word: usize) -> bool {
        let own = self.word(word);
        let clause = own.role == Role::AdverbialClause
            && own.marker.is_none()
            && own.head.is_some_and(|head| head > word);
        let first = match self.children(word).first() {
            Some(&child) if child < word => child,
            _ => word,
        };
        // "Hadde X angrepet, …", but not "Provoked by X, …".
        let finite = self.word(first).role == Role::Auxiliary
            || first == word && own.feature("VerbForm") != Some("Part");
        let behind = |&subject: &usize| subject > first;
        clause && finite && self.with_role(word, Role::Subject).iter().any(behind)
    }

    /// Whether a verb is an infinitive, also one of the perfect ("to have left").
    pub(super) fn is_infinitive(&self, index: usize) -> bool {
        let form = |at: usize| self.word(at).feature("VerbForm");
        let auxiliaries = self.with_role(index, Role::Auxiliary);
        let marker = self
            .word(index)
            .marker
            .as_deref()
            .and_then(|marker| marker.split(' ').next_back());
        form(index) == Some("Inf")
            || auxiliaries
                .first()
                .is_some_and(|&first| form(first) == Some("Inf"))
            || marker.is_some_and(|marker| self.frames.words.infinitive.contains(marker))
    }

    /// Whether a semicolon stands between two words: what follows it is a sentence of its own.
    pub(super) fn separated(&self, one: usize, other: usize) -> bool {
        let (from, to) = (one.min(other), one.max(other));
        self.paragraph.words[from..to]
            .iter()
            .any(|word| word.text == ";")
    }

    /// "was on its way to X in order to sign": the copula, or the noun that has it, for an infinitive that the parser hangs on
    /// the noun.
    pub(super) fn state_above(&self, clause: usize) -> Option<usize> {
        let word = self.word(clause);
        let noun = word
            .head
            .filter(|_| word.role == Role::NounClause && self.is_infinitive(clause))?;
        if self.has(noun, Role::Copula) {
            return Some(noun);
        }
        let own = self.word(noun);
        own.head
            .filter(|&above| own.role == Role::Oblique && self.word(above).pos == Pos::Aux)
    }

    /// The word and what is coordinated with it, in order.
    pub(super) fn coordinated(&self, index: usize) -> Vec<usize> {
        let mut found = vec![index];
        let mut at = 0;
        while at < found.len() && found.len() < 64 {
            let nominal = self.is_nominal(found[at]);
            for &child in &self.children[found[at]] {
                if self.word(child).role == Role::Conjunct
                    && self.is_nominal(child) == nominal
                    && !found.contains(&child)
                {
                    found.push(child);
                }
            }
            at += 1;
        }
        found
    }

    /// The names that an apposition to `name` describes: in the plural all that are coordinated with it.
    pub(super) fn described(&self, apposition: usize, name: usize) -> Vec<usize> {
        if self.word(apposition).feature("Number") != Some("Plur") {
            return vec![name];
        }
        let first = match (self.word(name).role, self.word(name).head) {
            (Role::Conjunct, Some(first)) => first,
            _ => name,
        };
        let mut all = self.coordinated(first);
        all.retain(|&one| one < apposition);
        all
    }

    pub(super) fn is_nominal(&self, index: usize) -> bool {
        matches!(
            self.word(index).pos,
            Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Det
        )
    }

    pub(super) fn is_verb(&self, index: usize) -> bool {
        matches!(self.word(index).pos, Pos::Verb | Pos::Aux)
    }

    /// Whether a verb stands in the passive, also as a bare participle ("forces backed by X").
    pub(super) fn is_passive(&self, index: usize) -> bool {
        let word = self.word(index);
        // "X banned a march by Y": parsers take an active verb's "by" for its agent now and then.
        let active = self.has(index, Role::Subject) && self.has(index, Role::Object);
        if self.has(index, Role::PassiveSubject)
            || self.has(index, Role::PassiveAuxiliary)
            || self.has(index, Role::Agent) && !active
        {
            return true;
        }
        if word.feature("Voice") == Some("Pass") {
            return true;
        }
        let past_participle =
            word.feature("VerbForm") == Some("Part") && word.feature("Tense") != Some("Pres");
        // "claims that X had shelled Y" is no bare participle.
        let auxiliaries = self.with_role(index, Role::Auxiliary);
        let perfect = auxiliaries.iter().any(|&auxiliary| {
            self.frames
                .words
                .perfect
                .contains(&self.word(auxiliary).lemma)
        });
        let told = perfect && word.role == Role::NounClause && self.has(index, Role::Subject);
        if past_participle && !told && matches!(word.role, Role::NounClause | Role::Adjective) {
            return true;
        }
        // A participle coordinated with a passive shares its auxiliary ("was arrested and deported").
        let lone = past_participle && auxiliaries.is_empty() && !self.has(index, Role::Subject);
        lone && word.role == Role::Conjunct
            && word
                .head
                .is_some_and(|head| head < index && self.is_verb(head) && self.is_passive(head))
    }

    /// The grammatical subject, whatever the voice.
    pub(super) fn grammatical_subject(&self, index: usize, depth: usize) -> Vec<usize> {
        if self.is_passive(index) {
            self.objects_within(index, depth)
        } else {
            self.subjects_within(index, depth)
        }
    }

    /// Who acts: the subject of the active sentence.
    pub(super) fn subjects(&self, index: usize) -> Vec<usize> {
        self.subjects_within(index, 0)
    }

    /// Who or what is acted upon: the object of the active sentence.
    pub(super) fn objects(&self, index: usize) -> Vec<usize> {
        self.objects_within(index, 0)
    }

    fn subjects_within(&self, index: usize, depth: usize) -> Vec<usize> {
        if depth > DEPTH {
            return vec![];
        }
        if self.is_passive(index) {
            return self.spread(self.with_role(index, Role::Agent));
        }
        let own = self.with_role(index, Role::Subject);
        if !own.is_empty() {
            return self.spread(own);
        }
        let word = self.word(index);
        let Some(head) = word.head else { return vec![] };
        match word.role {
            Role::Conjunct if self.is_verb(head) || self.has(head, Role::Copula) => {
                self.grammatical_subject(head, depth + 1)
            }
            Role::OpenContent | Role::Attribute => self.controller(index, head, depth + 1),
            // "ba Israel om å trekke seg": under some label schemes a complement looks like an adverbial clause.
            Role::AdverbialClause if self.is_verb(head) && self.is_infinitive(index) => {
                self.controller(index, head, depth + 1)
            }
            Role::AdverbialClause if self.is_verb(head) || self.has(head, Role::Copula) => {
                self.grammatical_subject(head, depth + 1)
            }
            Role::NounClause if !self.identified(head).is_empty() => self.identified(head),
            // "the first country to recognise X", "did nothing to help X": parsers take the infinitive for a relative clause.
            Role::RelativeClause if self.is_infinitive(index) => {
                let called = self
                    .frames
                    .calls(Kind::OperatorNoun, &self.word(head).lemma);
                if self.word(head).pos == Pos::Pron || !called.is_empty() {
                    self.noun_subject(head, depth + 1)
                } else {
                    self.identified(head)
                }
            }
            Role::NounClause if word.marker.is_none() => self.coordinated(head),
            Role::NounClause => match self.state_above(index) {
                Some(state) => self.grammatical_subject(state, depth + 1),
                None => self.noun_subject(head, depth + 1),
            },
            Role::Adjective => self.coordinated(head),
            _ => vec![],
        }
    }

    fn objects_within(&self, index: usize, depth: usize) -> Vec<usize> {
        if depth > DEPTH {
            return vec![];
        }
        let word = self.word(index);
        let passive = self.is_passive(index);
        // "was refused entry": the object stays, the subject is who received it.
        if passive && self.has(index, Role::PassiveSubject) && self.has(index, Role::Object) {
            return self.spread(self.with_role(index, Role::Object));
        }
        let role = if passive {
            Role::PassiveSubject
        } else {
            Role::Object
        };
        let own = self.with_role(index, role);
        if !own.is_empty() {
            return self.spread(own);
        }
        let Some(head) = word.head else { return vec![] };
        match word.role {
            Role::NounClause | Role::Adjective if role == Role::PassiveSubject => {
                self.coordinated(head)
            }
            Role::Conjunct if role == Role::PassiveSubject && self.is_verb(head) => {
                self.grammatical_subject(head, depth + 1)
            }
            Role::OpenContent if role == Role::PassiveSubject => {
                self.controller(index, head, depth + 1)
            }
            // "the government that Hamas formed", "the ship Israel seized": the gap is the object.
            Role::RelativeClause
                if role == Role::Object
                    && self.has(index, Role::Subject)
                    && !self.relative_subject(index) =>
            {
                self.coordinated(head)
            }
            // "condemned and rejected the plan": the object stands with the last verb.
            _ if role == Role::Object => self.shared_object(index),
            _ => vec![],
        }
    }

    /// Who receives: the indirect object, or the subject of a passive that keeps its object.
    pub(super) fn receivers(&self, index: usize) -> Vec<usize> {
        let kept = self.is_passive(index) && self.has(index, Role::Object);
        let role = if kept {
            Role::PassiveSubject
        } else {
            Role::IndirectObject
        };
        self.spread(self.with_role(index, role))
    }

    fn shared_object(&self, index: usize) -> Vec<usize> {
        let next = self
            .with_role(index, Role::Conjunct)
            .into_iter()
            .find(|&next| {
                // Nothing but "and" and the other verb may stand between the two.
                self.is_verb(next)
                    && next - index <= 3
                    && !self.has(next, Role::Subject)
                    && !self.is_passive(next)
            });
        next.map_or_else(Vec::new, |next| {
            self.spread(self.with_role(next, Role::Object))
        })
    }

    fn relative_subject(&self, index: usize) -> bool {
        self.with_role(index, Role::Subject)
            .iter()
            .any(|&subject| self.is_relative(subject))
    }

    /// Who does what an infinitive or participle under `head` says.
    fn controller(&self, index: usize, head: usize, depth: usize) -> Vec<usize> {
        if !self.is_verb(head) {
            return if self.is_nominal(head) && !self.has(head, Role::Copula) {
                self.noun_subject(head, depth)
            } else {
                self.grammatical_subject(head, depth)
            };
        }
        let complement = matches!(
            self.word(index).role,
            Role::OpenContent | Role::AdverbialClause
        );
        let under = if complement {
            self.called_on(index, head)
        } else {
            vec![]
        };
        if !under.is_empty() {
            return under;
        }
        // "made X a gift by leaving Y": how the subject did it.
        let marker = self.word(index).marker.as_deref().unwrap_or_default();
        let words = &self.frames.words;
        // "left the talks without meeting Y": so it is what the subject did not do.
        let manner = words.doer.contains(marker) || words.negative_prepositions.contains(marker);
        let object_control = complement && !manner && self.controls_by_object(index, head);
        let object = if object_control {
            self.addressed(head, depth)
        } else {
            vec![]
        };
        if object.is_empty() {
            self.grammatical_subject(head, depth)
        } else {
            object
        }
    }

    /// Who is to do what a clause says where the verb takes them under a preposition ("called on X to leave").
    fn called_on(&self, clause: usize, verb: usize) -> Vec<usize> {
        for call in self
            .frames
            .calls(Kind::OperatorVerb, &self.word(verb).lemma)
        {
            let preposition = call.after.join(" ");
            let fits = |&child: &usize| {
                child < clause && self.word(child).marker.as_ref() == Some(&preposition)
            };
            let found: Vec<usize> = self
                .with_role(verb, Role::Oblique)
                .into_iter()
                .filter(fits)
                .collect();
            if self.frames.operators[call.of].object_control
                && !preposition.is_empty()
                && !found.is_empty()
            {
                return self.spread(found);
            }
        }
        vec![]
    }

    /// The object, or where there is none the receiver ("lot Hamas angripe").
    fn addressed(&self, verb: usize, depth: usize) -> Vec<usize> {
        let objects = self.objects_within(verb, depth);
        if objects.is_empty() {
            self.spread(self.with_role(verb, Role::IndirectObject))
        } else {
            objects
        }
    }

    fn controls_by_object(&self, clause: usize, verb: usize) -> bool {
        let word = self.word(clause);
        let marker = word.marker.as_deref().unwrap_or("");
        let begins = |preposition: &str| {
            marker
                .strip_prefix(preposition)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        let takes = |slot: &Slot| match slot {
            Slot::Clause => word.role == Role::OpenContent,
            Slot::Under(preposition) => begins(preposition),
            _ => false,
        };
        let calls = self
            .frames
            .calls(Kind::OperatorVerb, &self.word(verb).lemma);
        calls
            .iter()
            .map(|call| &self.frames.operators[call.of])
            .any(|operator| {
                operator.object_control
                    && (word.role == Role::OpenContent || operator.slots.iter().any(takes))
            })
    }

    /// Whose plan, hope or refusal: the owner of a noun that takes an infinitive, or the subject of its verb; whose act is
    /// called for: the nominal under the noun's preposition ("a call on X to leave").
    fn noun_subject(&self, noun: usize, depth: usize) -> Vec<usize> {
        for call in self
            .frames
            .calls(Kind::OperatorNoun, &self.word(noun).lemma)
        {
            let operator = &self.frames.operators[call.of];
            let asked = |&child: &usize| {
                let marker = self.word(child).marker.as_deref().unwrap_or_default();
                self.is_nominal(child)
                    && operator
                        .slots
                        .iter()
                        .any(|slot| matches!(slot, Slot::Under(own) if own == marker))
            };
            let found: Vec<usize> = self
                .with_role(noun, Role::Oblique)
                .into_iter()
                .filter(asked)
                .collect();
            if operator.object_control && !found.is_empty() {
                return self.spread(found);
            }
        }
        let owner = self.with_role(noun, Role::Possessor);
        if !owner.is_empty() {
            return self.spread(owner);
        }
        match (self.word(noun).role, self.word(noun).head) {
            (Role::Object, Some(verb)) => self.grammatical_subject(verb, depth),
            _ => vec![],
        }
    }

    /// Coordination spread out, relative pronouns replaced by what they stand for.
    fn spread(&self, heads: Vec<usize>) -> Vec<usize> {
        let mut found = vec![];
        for head in heads {
            if !self.is_relative(head) {
                found.extend(self.coordinated(head));
                continue;
            }
            // "X, who led the delegation, and Y": the clause tells of those before it.
            let meant = self.antecedent(head).unwrap_or(head);
            found.extend(self.identified(meant));
            let before = self.coordinated(meant).into_iter();
            found.extend(before.filter(|&one| one == meant || one < head));
        }
        found
    }

    /// "Gaza, where X rules": the noun that a relative clause of place belongs to.
    pub(super) fn where_noun(&self, clause: usize) -> Option<usize> {
        let own = self.word(clause);
        if !self.is_verb(clause) || !matches!(own.role, Role::RelativeClause | Role::NounClause) {
            return None;
        }
        let places = &self.frames.words.relative_places;
        let mut children = self.children(clause).iter();
        let told = children.any(|&child| places.contains(&self.word(child).lemma))
            || own
                .marker
                .as_ref()
                .is_some_and(|marker| places.contains(marker));
        own.head.filter(|_| told)
    }

    pub(super) fn is_relative(&self, index: usize) -> bool {
        self.frames.words.relative.contains(&self.word(index).lemma)
            && self.antecedent(index).is_some()
    }

    /// The noun that a relative pronoun stands for.
    pub(super) fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let mut at = pronoun;
        for _ in 0..DEPTH {
            let head = self.word(at).head?;
            if self.word(at).role == Role::RelativeClause {
                return Some(head);
            }
            at = head;
        }
        None
    }
}

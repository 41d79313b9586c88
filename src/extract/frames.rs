//! Frames and operators: what words mean, as data (docs/frames.md). This file holds their types and finds those that a
//! word may call up; `load` reads them from TOML.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use crate::{
    claim::{Modality, Name, Polarity},
    document::{Lang, PartialDate},
    grammar::Word,
};

/// A place in the grammar, seen from a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Subject of the active sentence.
    Subject,
    /// Object of the active sentence.
    Object,
    /// Indirect object.
    Indirect,
    /// Predicate noun or adjective.
    Attribute,
    /// Owner in the genitive.
    Possessor,
    /// Name or country adjective before the word, or joined to it by a hyphen.
    Modifier,
    /// Possessor, modifier, or the nominal under one of the language's owner prepositions.
    Owner,
    /// Name beside the noun.
    Apposition,
    /// Subject of the clause that is its complement.
    Clause,
    /// The same, but only of an infinitive or other clause without a subordinator ("told X to leave").
    Infinitive,
    /// The same, but only of a clause with the bare form of its verb ("insisted that X leave").
    Subjunctive,
    /// Subject of the verb whose object the word is.
    Mover,
    /// The same, where the verb is an operator ("announced sanctions against X").
    Intender,
    /// Name in brackets behind the name.
    Bracket,
    /// Nominal under this preposition.
    Under(String),
}

/// Slots to walk through, one after the other (`object/owner`).
pub type Path = Vec<Slot>;

/// Condition that a slot holds one of these dictionary forms (`*`: anything).
pub type Condition = (Path, Vec<String>);

/// What a frame's example must give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// One or two sentences.
    pub text: String,
    /// Day of publication of the article that it makes.
    pub published: Option<PartialDate>,
    /// Claims as docs/frames.md writes them.
    pub claims: Vec<String>,
}

/// Which words express a relation, and where its actors stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Full name (`en/accuse/accuse`).
    pub rule: Name,
    /// Code of the relation.
    pub relation: Name,
    /// Verbs, each as its words: dictionary form, then particles.
    pub verbs: Vec<Vec<String>>,
    /// Nouns that name the act.
    pub nouns: Vec<Vec<String>>,
    /// Adjectives and participles.
    pub adjectives: Vec<Vec<String>>,
    /// Nouns that name the holder of a place.
    pub offices: Vec<Vec<String>>,
    /// Where the one who acts stands.
    pub source: Vec<Path>,
    /// Where the one acted upon stands.
    pub target: Vec<Path>,
    /// What must stand in certain slots.
    pub with: Vec<Condition>,
    /// What must not.
    pub without: Vec<Condition>,
    /// Classes, one of which the source must be; empty: any.
    pub source_kinds: Vec<Name>,
    /// Classes, one of which the target must be; empty: any.
    pub target_kinds: Vec<Name>,
    /// Dictionary form for people; `None`: the word itself.
    pub act: Option<String>,
    /// Whether coordinated actors are each other's counterparts where there is no target (symmetric relations).
    pub pairs: bool,
    /// Whether each does to the other what the frame tells ("clashes between X and Y").
    pub mutual: bool,
    /// Whether source and target change places.
    pub reverse: bool,
    /// Whether it counts only where the input names the actors.
    pub given: bool,
    /// Event code of the act where it is another than the relation's ("signed a treaty": AGREE, but coded SUPPORT).
    pub event: Option<Name>,
    /// What the words themselves say.
    pub polarity: Option<Polarity>,
    /// What the words themselves say.
    pub modality: Option<Modality>,
    /// 0 to 1.
    pub confidence: f64,
    /// Sentences that run as tests.
    pub examples: Vec<Example>,
}

impl Frame {
    /// How much the frame asks of the sentence besides its word, called up by an entry of `words` words, its conditions
    /// weighing `asked`: the more, the more specific.
    #[must_use]
    pub fn specificity(&self, words: usize, asked: usize) -> usize {
        4 * (words - 1) + asked + self.without.len() + usize::from(!self.target_kinds.is_empty())
    }
}

/// What an operator leaves of the claim that it embeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedded {
    /// As it is.
    Keep,
    /// Nothing.
    Drop,
    /// Held with this modality.
    As(Modality),
}

/// Which embedded acts make an operator emit a claim of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmitOn {
    /// All.
    Any,
    /// PLOVER's quad classes 1 and 2.
    Cooperation,
    /// PLOVER's quad classes 3 and 4.
    Conflict,
}

impl EmitOn {
    /// Whether acts of a quad class make the operator emit; states and offices have none.
    #[must_use]
    pub fn suits(self, class: Option<u8>) -> bool {
        match self {
            Self::Any => true,
            Self::Cooperation => class.is_some_and(|class| class <= 2),
            Self::Conflict => class.is_some_and(|class| class >= 3),
        }
    }
}

/// A word that takes a clause or an event noun and changes how it is to be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Operator {
    /// Full name (`en/operators/refuse`).
    pub rule: Name,
    /// Verbs, each as its words.
    pub verbs: Vec<Vec<String>>,
    /// Nouns.
    pub nouns: Vec<Vec<String>>,
    /// Adjectives.
    pub adjectives: Vec<Vec<String>>,
    /// Where what it changes stands; `Clause` is any complement clause.
    pub slots: Vec<Slot>,
    /// Relation of a claim of its own.
    pub emit: Option<Name>,
    /// When it emits.
    pub emit_on: EmitOn,
    /// What becomes of the embedded claim.
    pub embedded: Embedded,
    /// Whether it turns the embedded claim's polarity round.
    pub flip: bool,
    /// Whether its subject is the speaker of the embedded claim.
    pub speaker: bool,
    /// Whether its object is the speaker, whom its subject passes on ("siterte X på at").
    pub quotes: bool,
    /// Whether the subject of an embedded infinitive is its object (else its subject).
    pub object_control: bool,
    /// Relations for which trying is doing.
    pub asserted_for: Vec<Name>,
    /// Relations whose event code stays where the act is only announced or decided and the input names the actors.
    pub coded_for: Vec<Name>,
    /// What must stand in certain slots.
    pub with: Vec<Condition>,
    /// Sentences that run as tests.
    pub examples: Vec<Example>,
}

/// A relation between two names that no word names, only the grammar that joins them.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Full name (`en/attachments/person-of-party`).
    pub rule: Name,
    /// Code of the relation.
    pub relation: Name,
    /// How the second name hangs on the first.
    pub slots: Vec<Slot>,
    /// Classes of the first name.
    pub source_kinds: Vec<Name>,
    /// Classes of the second name.
    pub target_kinds: Vec<Name>,
    /// For people.
    pub act: String,
    /// Whether the second name stands in the relation to the first.
    pub reverse: bool,
    /// 0 to 1.
    pub confidence: f64,
    /// Sentences that run as tests.
    pub examples: Vec<Example>,
}

/// What a small word makes of the clause or noun that it stands by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// How the act is held then; `None` leaves it.
    pub modality: Option<Modality>,
    /// How it is held if a perfect follows ("skal ha angrepet", "may have attacked"); `None`: no other way.
    pub perfect: Option<Modality>,
    /// Written forms to which the cue is confined; empty: every form of the word.
    pub forms: BTreeSet<String>,
    /// Whether it turns the polarity round.
    pub negative: bool,
}

/// Acts that count as another event when they are done in form ("signed an agreement").
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formal {
    /// Code of the relation.
    pub relation: String,
    /// Code of the event.
    pub event: String,
    /// Dictionary forms.
    pub words: BTreeSet<String>,
}

/// Small words that change how a clause is to be taken, and how actors are named (`ontology/words`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Modal auxiliaries.
    pub modal: BTreeMap<String, Cue>,
    /// Adverbs.
    pub adverbs: BTreeMap<String, Cue>,
    /// Adjectives before an event noun.
    pub adjectives: BTreeMap<String, Cue>,
    /// Determiners before an event noun; they say nothing where it is denied.
    pub determiners: BTreeMap<String, Cue>,
    /// Coordinators of things of which a negation before the first denies each ("or").
    pub alternative: BTreeSet<String>,
    /// What is joined by a hyphen to the name of those whom one is for or against ("pro", "anti").
    pub side_prefixes: BTreeSet<String>,
    /// Subordinators.
    pub subordinators: BTreeMap<String, Cue>,
    /// Subordinators that leave what follows as it is, although a part of some is also a subordinator ("even if").
    pub factual_subordinators: BTreeSet<String>,
    /// Auxiliaries of the perfect ("have", "ha").
    pub perfect: BTreeSet<String>,
    /// Markers of purpose clauses.
    pub purpose: BTreeSet<String>,
    /// Words that deny.
    pub negation: BTreeSet<String>,
    /// Prepositions that deny what stands under them.
    pub negative_prepositions: BTreeSet<String>,
    /// Adjectives of ties that no longer hold.
    pub former: BTreeSet<String>,
    /// Prepositions that name a speaker.
    pub speaker_prepositions: BTreeSet<String>,
    /// Nouns whose owner is meant when they act.
    pub stand_ins: BTreeSet<String>,
    /// The same, but only of organisations and persons: "Palestinian gunmen" are not Palestine.
    pub followers: BTreeSet<String>,
    /// Nouns that only count or gather what follows ("thousands of troops").
    pub collective: BTreeSet<String>,
    /// Relative pronouns.
    pub relative: BTreeSet<String>,
    /// Prepositions of clauses that say how something was done ("by firing").
    pub manner: BTreeSet<String>,
    /// Markers of infinitives.
    pub infinitive: BTreeSet<String>,
    /// Verbs and nouns by which an act of some relation is done in form, and what it counts as then.
    pub formal: Option<Formal>,
    /// Predicates that say nothing of two actors; they are not missing when there is no frame for them.
    pub silent: BTreeSet<String>,
    /// Adverbs that tell the place of a clause ("where").
    pub relative_places: BTreeSet<String>,
    /// Prepositions under which a place is where something happens.
    pub locative: BTreeSet<String>,
    /// Prepositions under which an owner stands.
    pub owner: Vec<String>,
    /// Prepositions and verbs that name an office as held ("as").
    pub role_markers: BTreeSet<String>,
    /// Verbs whose predicate noun is what the subject is or becomes.
    pub becoming: BTreeSet<String>,
    /// Nouns whose name stands under their owner preposition ("the city of X").
    pub named_under: BTreeSet<String>,
    /// Verbs whose predicate noun is what their object becomes ("was named envoy", "elected X as leader").
    pub appointing: BTreeSet<String>,
    /// Relation of a cooperative act that its agent will not do.
    pub refusal: Option<Name>,
    /// Relation of a proposal whose unknown act its agent plans.
    pub promise: Option<Name>,
    /// Relation of a proposal in which one actor tells of a hostile act of the other.
    pub allegation: Option<Name>,
    /// Relation of praise: who tells of it accuses nobody.
    pub praise: Option<Name>,
    /// Relation of moving forces, which may be done to help.
    pub deployment: Option<Name>,
    /// Relation of a proposal in which two actors do something to a third together.
    pub together: Option<Name>,
    /// Prepositions under which the one who acts stands, of verbs and nouns.
    pub doer: BTreeSet<String>,
    /// Pronouns that, as subject of reported speech, stand for a speaker who is no person.
    pub reported_thing: BTreeSet<String>,
    /// The same for a person.
    pub reported_person: BTreeSet<String>,
    /// Pronouns that are subjects by their form.
    pub nominative: BTreeSet<String>,
    /// Pronouns that name an owner.
    pub owner_pronouns: BTreeSet<String>,
    /// Prepositions under which who gives what a noun names stands ("aid from X").
    pub giver: Vec<String>,
    /// Prepositions under which help stands that the subject of the verb gets ("with the support of X").
    pub helped: BTreeSet<String>,
    /// Prepositions that add a companion to a subject ("together with X").
    pub companion: BTreeSet<String>,
    /// Verbs for what attacks do to people ("killed").
    pub hurting: BTreeSet<String>,
    /// Nouns of people who act for themselves, not for their country ("Danish teachers").
    pub people: BTreeSet<String>,
    /// Those of them that count as their country's when something is done to them ("Danish companies").
    pub enterprises: BTreeSet<String>,
    /// Pronouns that stand for who is quoted.
    pub quoted: BTreeSet<String>,
    /// Verbs by which an act comes about ("the talks began").
    pub onset: BTreeSet<String>,
    /// Verbs and nouns of going somewhere.
    pub motion: BTreeSet<String>,
    /// Prepositions under which the goal of going stands.
    pub goal: BTreeSet<String>,
    /// Participles whose agent made what the noun before them names ("a plan drafted by X").
    pub creating: BTreeSet<String>,
    /// Relation of a proposal whose act is demanded of somebody.
    pub demand: Option<Name>,
    /// How words are inflected.
    pub inflection: super::inflection::Inflection,
    /// Words that name dates.
    pub time: super::time::TimeWords,
}

/// Frames, operators and words of one language.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// All frames, in the order of their names.
    pub frames: Vec<Frame>,
    /// All operators.
    pub operators: Vec<Operator>,
    /// All attachments.
    pub attachments: Vec<Attachment>,
    /// Sentences that belong to no frame: tests of how claims are held, dated and placed.
    pub sentences: Vec<(Name, Example)>,
    /// Small words.
    pub words: Words,
    /// Inflected forms of the listed words.
    pub(super) forms: super::inflection::Forms,
    index: BTreeMap<Kind, BTreeMap<String, Vec<Call>>>,
    silent: OnceLock<super::inflection::Silent>,
}

/// Whose word list calls a frame or operator up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A frame's verb.
    Verb,
    /// A frame's noun.
    Noun,
    /// A frame's adjective.
    Adjective,
    /// A frame's office.
    Office,
    /// An operator's verb.
    OperatorVerb,
    /// An operator's noun.
    OperatorNoun,
    /// An operator's adjective.
    OperatorAdjective,
}

/// An entry of a word list: the frame or operator, and its words (the head apart).
#[derive(Clone, Debug)]
pub struct Call {
    /// Index of the frame or operator.
    pub of: usize,
    /// Words before a noun's head ("vice" before "president").
    pub before: Vec<String>,
    /// Words after the head: a verb's particles, and what follows a noun ("of staff" after "chief").
    pub after: Vec<String>,
}

impl Frames {
    /// Builds the index over the frames' words.
    #[must_use]
    pub fn new(
        frames: Vec<Frame>,
        operators: Vec<Operator>,
        attachments: Vec<Attachment>,
        sentences: Vec<(Name, Example)>,
        words: Words,
    ) -> Self {
        let forms = super::inflection::Forms::new(&frames, &operators, &words);
        let mut built = Self {
            frames,
            operators,
            attachments,
            sentences,
            words,
            forms,
            index: BTreeMap::new(),
            silent: OnceLock::new(),
        };
        for at in 0..built.frames.len() {
            let frame = built.frames[at].clone();
            built.enter(Kind::Verb, &frame.verbs, at);
            built.enter(Kind::Noun, &frame.nouns, at);
            built.enter(Kind::Adjective, &frame.adjectives, at);
            built.enter(Kind::Office, &frame.offices, at);
        }
        for at in 0..built.operators.len() {
            let operator = built.operators[at].clone();
            built.enter(Kind::OperatorVerb, &operator.verbs, at);
            built.enter(Kind::OperatorNoun, &operator.nouns, at);
            built.enter(Kind::OperatorAdjective, &operator.adjectives, at);
        }
        built
    }

    /// What the dictionary form `lemma` may call up.
    #[must_use]
    pub fn calls(&self, kind: Kind, lemma: &str) -> &[Call] {
        let found = self.index.get(&kind).and_then(|words| words.get(lemma));
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether a word says nothing of two actors.
    pub(super) fn is_silent(&self, word: &Word) -> bool {
        let silent = || super::inflection::Silent::new(&self.words);
        self.silent.get_or_init(silent).has(word)
    }

    fn enter(&mut self, kind: Kind, entries: &[Vec<String>], of: usize) {
        let verb = matches!(kind, Kind::Verb | Kind::OperatorVerb);
        for entry in entries {
            if verb {
                self.enter_at(kind, entry, 0, of);
                continue;
            }
            self.enter_at(kind, entry, self.noun_head(entry), of);
            // Tokenisers of English take "secretary-general" apart, and parsers are not at one which part is its head.
            if entry.iter().any(|word| word.contains('-')) {
                let apart: Vec<String> = entry.iter().flat_map(|word| hyphenated(word)).collect();
                let last = self.noun_head(&apart);
                self.enter_at(kind, &apart, last, of);
                let first = apart
                    .iter()
                    .position(|word| word == "-")
                    .and_then(|hyphen| hyphen.checked_sub(1));
                if let Some(first) = first.filter(|&first| first != last) {
                    self.enter_at(kind, &apart, first, of);
                }
            }
        }
    }

    /// The head of a compound is its last word; before "of" and the like, the one that they hang on ("chief of staff").
    fn noun_head(&self, entry: &[String]) -> usize {
        let joins =
            |word: &String| self.words.owner.contains(word) || self.words.locative.contains(word);
        let end = entry
            .iter()
            .skip(1)
            .position(joins)
            .map_or(entry.len(), |at| at + 1);
        let word = entry[..end].iter().rposition(|word| word != "-");
        word.unwrap_or_default()
    }

    fn enter_at(&mut self, kind: Kind, entry: &[String], head: usize, of: usize) {
        let Some(word) = entry.get(head) else { return };
        let call = Call {
            of,
            before: entry[..head].to_vec(),
            after: entry[head + 1..].to_vec(),
        };
        self.index
            .entry(kind)
            .or_default()
            .entry(word.clone())
            .or_default()
            .push(call);
    }
}

/// The parts of a word with hyphens, the hyphens among them.
fn hyphenated(word: &str) -> Vec<String> {
    let parts = word.split('-').filter(|part| !part.is_empty());
    let mut split: Vec<String> = parts
        .flat_map(|part| [part.to_owned(), "-".to_owned()])
        .collect();
    split.pop();
    split
}

/// The frames of every language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By language family.
    pub languages: BTreeMap<Lang, Frames>,
}

impl Lexicon {
    /// The frames that serve `lang`.
    #[must_use]
    pub fn of(&self, lang: Lang) -> Option<&Frames> {
        self.languages.get(&lang.family())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(office: &str, head: &str) -> Vec<(Vec<String>, Vec<String>)> {
        let mut frames = Frames::default();
        frames.words.owner = vec!["of".to_owned()];
        frames.enter(Kind::Office, &[words(office)], 0);
        let calls = frames.calls(Kind::Office, head).iter();
        calls
            .map(|call| (call.before.clone(), call.after.clone()))
            .collect()
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_head_of_an_office_stands_last_or_before_of() {
        assert_eq!(
            called("vice president", "president"),
            [(words("vice"), vec![])]
        );
        assert_eq!(
            called("army chief of staff", "chief"),
            [(words("army"), words("of staff"))]
        );
        assert!(called("army chief of staff", "staff").is_empty());
    }

    #[test]
    fn hyphenated_offices_are_known_in_one_word_and_in_parts() {
        assert_eq!(
            called("secretary-general", "secretary-general"),
            [(vec![], vec![])]
        );
        assert_eq!(
            called("secretary-general", "general"),
            [(words("secretary -"), vec![])]
        );
        assert_eq!(
            called("secretary-general", "secretary"),
            [(vec![], words("- general"))]
        );
    }
}

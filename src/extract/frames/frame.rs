//! Frames: words for a relation, and where its actors stand.

use crate::{
    claim::{Modality, Name, Polarity},
    document::PartialDate,
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
    /// Subject of the condition that the word or its complement stands under ("threatened to leave unless X agrees").
    Condition,
    /// Subject of the verb whose object the word is.
    Mover,
    /// The same, where the verb is an operator ("announced sanctions against X").
    Intender,
    /// Of operators: the noun of an act that is the subject of the verb ("the visit fell through").
    Act,
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
    /// Whether the input names the actors of these claims.
    pub given: bool,
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
    /// Where the one stands whose words it is ("accused X of links to Y").
    pub told_by: Vec<Path>,
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

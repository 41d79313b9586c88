//! Operators, which change how an act is held, and attachments, which no word names.

use super::frame::{Condition, Example, Slot};
use crate::claim::{Modality, Name};

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
    /// Relation of that claim where the word is denied ("is not willing to meet"); the act itself is dropped then.
    pub emit_denied: Option<Name>,
    /// Whether it emits only where the act is its subject's own ("warned that it would").
    pub own: bool,
    /// When it emits.
    pub emit_on: EmitOn,
    /// What becomes of the embedded claim.
    pub embedded: Embedded,
    /// Whether it turns the embedded claim's polarity round.
    pub flip: bool,
    /// Whether the embedded claim holds as it is, and nothing else, where the word itself is denied ("never stopped arming").
    pub holds_if_denied: bool,
    /// Whether what it embeds was done where it stands in the past ("had to leave").
    pub done_in_past: bool,
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

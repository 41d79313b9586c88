//! Mentions, entities and claims: what a reading of an article gives. Plain fields, no input or output.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    document::{Article, PartialDate},
    text::{Span, label_in},
};

mod hash;
mod json;

pub use hash::{content_hash, document_hash};
pub use json::JsonView;

/// An identifier or code that many values share (entity id, relation code, type name).
pub type Name = Arc<str>;

/// A person, body or place that the text speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The gazetteer's id, or for an unknown actor the slug of its folded name.
    pub id: Name,
    /// Local name of its class in the ontology (`PoliticalParty`).
    pub kind: Name,
    /// Preferred label by language tag (`en`, `nb`, `ar`); at least one.
    pub labels: BTreeMap<String, String>,
    /// Other names by language tag, sorted.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Wikidata id (`Q38799`), only where verified.
    pub wikidata: Option<String>,
    /// Whether the gazetteer knows it.
    pub known: bool,
}

impl Entity {
    /// The label in `lang` (Nynorsk falls back on Bokmål), else English, else the first there is.
    #[must_use]
    pub fn label(&self, lang: &str) -> &str {
        let first = || self.labels.values().next().map(String::as_str);
        label_in(&self.labels, lang)
            .or_else(first)
            .unwrap_or(&self.id)
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// By name (also an adjective made from one).
    Name,
    /// By a description ("the Islamist movement").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// A stretch of text that refers to an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the article's text.
    pub span: Span,
    /// The entity's id.
    pub entity: Name,
    /// How it refers.
    pub kind: MentionKind,
    /// Why it was linked so, for `explain`: one sentence.
    pub why: String,
}

/// An entity in a role of a claim, with the words that stand for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// The entity's id.
    pub entity: Name,
    /// The words that refer to it.
    pub span: Span,
}

/// Whether the text says that it is so or that it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    Positive,
    /// It is not so.
    Negative,
}

/// How the text holds what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Told as fact.
    Asserted,
    /// Intended or scheduled.
    Planned,
    /// Said to be possible, alleged, suspected.
    Possible,
    /// What a request asks for.
    Demanded,
    /// Under a condition, a hope, a proposal.
    Hypothetical,
}

/// Who did what to whom, according to whom, on the strength of which words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Content hash (data-model.md says of what); hexadecimal.
    pub id: String,
    /// Who or what acts.
    pub subject: Argument,
    /// Code of the relation (`AGREE`), as in the ontology.
    pub relation: Name,
    /// Whom or what it concerns.
    pub object: Argument,
    /// The predicate in its dictionary form, for people ("reach agreement").
    pub act: String,
    /// PLOVER code after composition (events.md); `None` for states and offices.
    pub event: Option<Name>,
    /// Whether it is so.
    pub polarity: Polarity,
    /// How it is held.
    pub modality: Modality,
    /// Innermost speaker; `None` if the text itself says so.
    pub speaker: Option<Argument>,
    /// Further speakers, outermost last.
    pub via: Vec<Argument>,
    /// When it happened, as precise as the text.
    pub date: Option<PartialDate>,
    /// Where it happened.
    pub place: Option<Argument>,
    /// The words it rests on.
    pub evidence: Span,
    /// The frame that made it (`en/agree/reach-agreement`).
    pub rule: Name,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Why this polarity, modality, speaker, date and place; one sentence each.
    pub because: Vec<String>,
    /// The event that it tells of (several claims may tell one), filled by `resolve`.
    pub event_id: Option<String>,
}

impl Claim {
    /// Whether it makes a plain edge: positive, asserted, and no low-confidence proposal.
    #[must_use]
    pub fn makes_edge(&self) -> bool {
        makes_edge(self.polarity, self.modality, self.confidence)
    }
}

/// Whether what is held so makes a plain edge; see [`Claim::makes_edge`].
#[must_use]
pub fn makes_edge(polarity: Polarity, modality: Modality, confidence: f64) -> bool {
    polarity == Polarity::Positive
        && modality == Modality::Asserted
        && confidence >= EDGE_CONFIDENCE
}

/// Claims below this confidence are proposals and never make a plain edge.
pub const EDGE_CONFIDENCE: f64 = 0.5;

/// A claim that was not stored, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// The claim.
    pub claim: Claim,
    /// Why it was not stored: one sentence.
    pub reason: String,
}

/// Everything that was read from one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Entities that its mentions refer to, sorted by id, no id twice.
    pub entities: Vec<Entity>,
    /// Mentions in the order of the text.
    pub mentions: Vec<Mention>,
    /// Claims in the order of their evidence.
    pub claims: Vec<Claim>,
    /// What was set aside, with reasons.
    pub rejected: Vec<Rejected>,
}

//! Frames, operators and attachments as they stand in TOML.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::{
    claim::{Modality, Polarity},
    document::PartialDate,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) relation: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) frame: Vec<Spanned<RawFrame>>,
    #[serde(default)]
    pub(super) operator: Vec<Spanned<RawOperator>>,
    #[serde(default)]
    pub(super) attachment: Vec<Spanned<RawAttachment>>,
    #[serde(default)]
    pub(super) sentence: Vec<RawExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAttachment {
    pub(super) id: Spanned<String>,
    pub(super) relation: Spanned<String>,
    pub(super) slots: Vec<Spanned<String>>,
    pub(super) kinds: RawKinds,
    pub(super) act: String,
    #[serde(default)]
    pub(super) reverse: bool,
    pub(super) confidence: Option<f64>,
    #[serde(default)]
    pub(super) examples: Vec<RawExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFrame {
    pub(super) id: Spanned<String>,
    pub(super) relation: Option<Spanned<String>>,
    pub(super) event: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) verbs: Vec<String>,
    #[serde(default)]
    pub(super) nouns: Vec<String>,
    #[serde(default)]
    pub(super) adjectives: Vec<String>,
    #[serde(default)]
    pub(super) offices: Vec<String>,
    #[serde(default)]
    pub(super) source: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) target: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) with: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    pub(super) without: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    pub(super) kinds: RawKinds,
    pub(super) act: Option<String>,
    pub(super) pairs: Option<bool>,
    #[serde(default)]
    pub(super) mediator: bool,
    #[serde(default)]
    pub(super) given: bool,
    #[serde(default)]
    pub(super) mutual: bool,
    #[serde(default)]
    pub(super) reverse: bool,
    #[serde(default)]
    pub(super) told_by: Vec<Spanned<String>>,
    #[serde(default, rename = "speaker")]
    pub(super) _speaker: bool,
    pub(super) polarity: Option<Polarity>,
    pub(super) modality: Option<Modality>,
    pub(super) confidence: Option<Spanned<f64>>,
    #[serde(default)]
    pub(super) examples: Vec<RawExample>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawKinds {
    #[serde(default)]
    pub(super) source: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) target: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExample {
    pub(super) text: String,
    pub(super) published: Option<PartialDate>,
    pub(super) claims: Vec<String>,
    #[serde(default)]
    pub(super) given: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOperator {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) verbs: Vec<String>,
    #[serde(default)]
    pub(super) nouns: Vec<String>,
    #[serde(default)]
    pub(super) adjectives: Vec<String>,
    pub(super) slots: Option<Vec<Spanned<String>>>,
    pub(super) emit: Option<Spanned<String>>,
    pub(super) emit_denied: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) own: bool,
    pub(super) emit_on: Option<Spanned<String>>,
    pub(super) embedded: Option<Spanned<String>>,
    pub(super) polarity: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) holds_if_denied: bool,
    #[serde(default)]
    pub(super) done_in_past: bool,
    #[serde(default)]
    pub(super) speaker: bool,
    #[serde(default)]
    pub(super) quotes: bool,
    pub(super) subject: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) asserted_for: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) coded_for: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) with: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    pub(super) examples: Vec<RawExample>,
}

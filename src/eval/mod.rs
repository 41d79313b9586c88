//! How good claims are, measured against gold ones: precision, recall and F1 of claims, of plain edges and of entities, and
//! of the attributes of claims that were found. The figures are those of the gold's own scorer, to the digit, and besides,
//! how often each rule was right. Takes gold files and claims as JSON objects (the ones that `kilde claims` writes).

mod claims;
mod edges;
mod entities;
mod gold;
mod tally;

pub use claims::{Attribute, Found, Miss, Wrong};
pub use entities::Entities;
pub use gold::{GoldDocument, GoldError, read_gold};
pub use tally::Tally;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::claim::EDGE_CONFIDENCE;

/// All figures of one comparison.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Claims, their parts and attributes, misses and wrong ones.
    pub claims: Found,
    /// Plain edges per document, as the gold's scorer counts them: whatever the confidence.
    pub edges: Tally,
    /// The plain edges that a graph holds: of claims that are sure enough.
    pub kept_edges: Tally,
    /// Entities, if mentions were given.
    pub entities: Option<Entities>,
}

/// Compares claims and mentions with gold documents. Claims of other documents are passed over.
#[must_use]
pub fn score(documents: &[GoldDocument], claims: &[Value], mentions: Option<&[Value]>) -> Score {
    let by_document = group(claims);
    let mut found = Found::default();
    let (mut edges, mut kept_edges) = (Tally::default(), Tally::default());
    for document in documents {
        let ours = by_document
            .get(document.id.as_str())
            .map_or(&[][..], Vec::as_slice);
        found.add(document, ours);
        edges.add(edges::compare(document, ours, 0.0));
        kept_edges.add(edges::compare(document, ours, EDGE_CONFIDENCE));
    }
    let entities = mentions.map(|mentions| entities::compare(documents, &group(mentions)));
    Score {
        claims: found,
        edges,
        kept_edges,
        entities,
    }
}

fn group(objects: &[Value]) -> BTreeMap<&str, Vec<&Value>> {
    let mut groups: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for object in objects {
        groups
            .entry(object["document"].as_str().unwrap_or(""))
            .or_default()
            .push(object);
    }
    groups
}

impl Score {
    /// The figures as the gold's scorer prints them with `--json`, and `rule` besides.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut value = self.claims.json();
        value["edges"] = self.edges.json();
        value["edges_kept"] = self.kept_edges.json();
        if let Some(entities) = &self.entities {
            value["entities"] = entities.json();
        }
        value["rule"] = json!(
            self.claims
                .rules
                .iter()
                .map(|(rule, tally)| (rule.clone(), tally.json()))
                .collect::<BTreeMap<_, _>>()
        );
        value
    }
}

/// A share, rounded to four digits as the scorer rounds; `None` of nothing.
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| rounded(part as f64 / whole as f64))
}

/// Four digits after the point, rounded as Python's `round` does.
fn rounded(value: f64) -> f64 {
    // Formatting rounds the exact binary value, as `round` does; multiplying first would not.
    format!("{value:.4}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests;

//! Entities: which were found, under which ids, with which types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{gold::GoldDocument, ratio};

/// Counts over all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    /// Gold entities that some mention is.
    pub found: usize,
    /// Those that none is.
    pub missed: usize,
    /// Ids beyond the first of one gold entity.
    pub splits: usize,
    /// Gold entities beyond the first of one id.
    pub merges: usize,
    types: (usize, usize),
    links: (usize, usize),
}

/// Compares the mentions of all documents.
pub(super) fn compare(
    documents: &[GoldDocument],
    mentions: &BTreeMap<&str, Vec<&Value>>,
) -> Entities {
    let mut counts = Entities::default();
    for document in documents {
        let ours = mentions
            .get(document.id.as_str())
            .map_or(&[][..], Vec::as_slice);
        counts.add(document, ours);
    }
    counts
}

impl Entities {
    fn add(&mut self, document: &GoldDocument, ours: &[&Value]) {
        let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (gold_id, gold) in &document.entities {
            // As the scorer keeps the last mention of an id.
            let mut hits: BTreeMap<&str, &Value> = BTreeMap::new();
            for mention in ours {
                let mut entity = mention["entity"].clone();
                entity["mention"] = json!({"text": mention["text"]});
                if document.is_entity(&entity, Some(gold_id)) {
                    hits.insert(
                        mention["entity"]["id"].as_str().unwrap_or(""),
                        &mention["entity"],
                    );
                }
            }
            *(if hits.is_empty() {
                &mut self.missed
            } else {
                &mut self.found
            }) += 1;
            self.splits += hits.len().saturating_sub(1);
            for (id, entity) in &hits {
                owners.entry(id).or_default().insert(gold_id);
                self.types.0 += usize::from(entity["type"] == gold.kind.as_str());
                self.types.1 += 1;
            }
            if let Some(actor) = gold
                .actor
                .as_deref()
                .filter(|actor| !hits.is_empty() && !actor.is_empty())
            {
                self.links.0 += usize::from(hits.contains_key(actor));
                self.links.1 += 1;
            }
        }
        self.merges += owners.values().map(|golds| golds.len() - 1).sum::<usize>();
    }

    /// Recall, type accuracy and linking, with counts, as an object.
    #[must_use]
    pub fn json(self) -> Value {
        json!({
            "recall": ratio(self.found, self.found + self.missed), "found": self.found, "missed": self.missed,
            "type_accuracy": ratio(self.types.0, self.types.1), "linking": ratio(self.links.0, self.links.1),
            "splits": self.splits, "merges": self.merges,
        })
    }

    /// The same as a line.
    #[must_use]
    pub fn line(self) -> String {
        let figures = self.json();
        let figure = |key: &str| match &figures[key] {
            Value::Null => "None".to_owned(),
            value => value.to_string(),
        };
        let names = [
            "recall",
            "found",
            "missed",
            "type_accuracy",
            "linking",
            "splits",
            "merges",
        ];
        format!(
            "entities: {}",
            names
                .map(|name| format!("{name} {}", figure(name)))
                .join(", ")
        )
    }
}

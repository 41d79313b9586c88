//! Plain edges: what the graph asserts of a document, once attributes are forgotten.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    claims::{is_symmetric, label, same_entities},
    gold::{GoldClaim, GoldDocument},
    tally::Tally,
};
use crate::claim::EDGE_CONFIDENCE;

type Edge<'a> = (String, String, &'a str);

/// Compares the plain edges of one document.
pub(super) fn compare(document: &GoldDocument, ours: &[&Value]) -> Tally {
    let mut plain: BTreeMap<Edge<'_>, Vec<&Value>> = BTreeMap::new();
    for claim in ours
        .iter()
        .filter(|claim| claim["polarity"] == "positive" && claim["modality"] == "asserted")
        // What is too unsure to become an edge is none; claims made elsewhere may not say how sure they are.
        .filter(|claim| claim["confidence"].as_f64().unwrap_or(1.0) >= EDGE_CONFIDENCE)
    {
        let (subject, object) = (name(&claim["subject"]), name(&claim["object"]));
        let edge = edge(
            subject,
            object,
            claim["relation"].as_str().unwrap_or(""),
            is_symmetric(&claim["relation"]),
        );
        plain.entry(edge).or_default().push(claim);
    }
    let good: Vec<&GoldClaim> = document
        .claims
        .iter()
        .filter(|gold| gold.polarity == "positive" && gold.modality == "asserted")
        .collect();
    let agree = |claim: &Value, gold: &GoldClaim| {
        claim["relation"] == gold.relation.as_str() && same_entities(document, claim, gold)
    };
    let mut tally = Tally::default();
    for group in plain.values() {
        let hit = group
            .iter()
            .any(|claim| good.iter().any(|gold| agree(claim, gold)));
        *(if hit {
            &mut tally.right
        } else {
            &mut tally.wrong
        }) += 1;
    }
    let mut wanted: BTreeMap<Edge<'_>, &GoldClaim> = BTreeMap::new();
    for gold in good.into_iter().filter(|gold| gold.required) {
        let symmetric = is_symmetric(&Value::from(gold.relation.as_str()));
        wanted.insert(
            edge(
                gold.subject.clone(),
                gold.object.clone(),
                &gold.relation,
                symmetric,
            ),
            gold,
        );
    }
    for gold in wanted.values() {
        let hit = plain.values().flatten().any(|claim| agree(claim, gold));
        *(if hit {
            &mut tally.found
        } else {
            &mut tally.missed
        }) += 1;
    }
    tally
}

fn edge(subject: String, object: String, relation: &str, symmetric: bool) -> Edge<'_> {
    if symmetric && object < subject {
        (object, subject, relation)
    } else {
        (subject, object, relation)
    }
}

fn name(entity: &Value) -> String {
    entity["id"]
        .as_str()
        .filter(|id| !id.is_empty())
        .map_or_else(|| label(entity), str::to_owned)
}

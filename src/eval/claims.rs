//! Claims against gold claims: one of ours goes with one of the gold's at most, required ones first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    gold::{GoldClaim, GoldDocument},
    ratio,
    tally::Tally,
};

/// Relations that hold both ways.
const SYMMETRIC: [&str; 5] = ["AGREE", "CONSULT", "COOPERATE", "RIVAL_OF", "ALLIED_WITH"];

/// Attributes that are compared, in this order; the default of `modality` is `asserted`, of the others nothing.
const ATTRIBUTES: [&str; 4] = ["modality", "speaker", "date", "place"];

/// Values of one attribute that are not the default, over matched required claims.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attribute {
    /// In the gold.
    pub gold: usize,
    /// In ours.
    pub given: usize,
    /// The same in both.
    pub right: usize,
}

/// A required claim that was not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The document.
    pub document: String,
    /// Subject, relation, object and quote.
    pub claim: [String; 4],
}

/// A claim that is not in the gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The document.
    pub document: String,
    /// Subject, relation, object and evidence.
    pub claim: [String; 4],
    /// The rule that made it.
    pub rule: String,
}

/// What came of the comparison.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// All claims.
    pub total: Tally,
    /// By `relation`, `document`, `language` and `kind`, then by name.
    pub parts: BTreeMap<&'static str, BTreeMap<String, Tally>>,
    /// By attribute.
    pub attributes: BTreeMap<&'static str, Attribute>,
    /// What each rule said, right or wrong.
    pub rules: BTreeMap<String, Tally>,
    /// Required claims that were not said, in order.
    pub misses: Vec<Miss>,
    /// Claims that are not in the gold, in order.
    pub wrongs: Vec<Wrong>,
}

impl Found {
    /// Compares one document's claims.
    pub(super) fn add(&mut self, document: &GoldDocument, ours: &[&Value]) {
        let mut used = BTreeSet::new();
        let required = document.claims.iter().filter(|claim| claim.required);
        let optional = document.claims.iter().filter(|claim| !claim.required);
        for gold in required.chain(optional) {
            let best = best(document, ours, &used, gold);
            let parts = [
                &gold.relation,
                &document.id,
                &document.lang,
                kind(&gold.polarity, &gold.modality),
            ];
            if let Some(best) = best {
                used.insert(best);
                self.count(parts, |tally| tally.right += 1);
                self.rules.entry(rule(ours[best])).or_default().right += 1;
            }
            match best {
                _ if !gold.required => {}
                Some(best) => {
                    self.count(parts, |tally| tally.found += 1);
                    self.rules.entry(rule(ours[best])).or_default().found += 1;
                    self.compare_attributes(document, ours[best], gold);
                }
                None => {
                    self.count(parts, |tally| tally.missed += 1);
                    let claim = [&gold.subject, &gold.relation, &gold.object, &gold.quote]
                        .map(Clone::clone);
                    self.misses.push(Miss {
                        document: document.id.clone(),
                        claim,
                    });
                }
            }
        }
        for (_, claim) in ours.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            self.add_wrong(document, claim);
        }
    }

    fn add_wrong(&mut self, document: &GoldDocument, claim: &Value) {
        let part = |key: &str| claim[key].as_str().unwrap_or("").to_owned();
        let (relation, kind) = (part("relation"), kind(&part("polarity"), &part("modality")));
        self.count([&relation, &document.id, &document.lang, kind], |tally| {
            tally.wrong += 1
        });
        self.rules.entry(rule(claim)).or_default().wrong += 1;
        let (start, end) = evidence(claim);
        let claim_words = [
            label(&claim["subject"]),
            relation,
            label(&claim["object"]),
            document.slice(start, end).to_owned(),
        ];
        self.wrongs.push(Wrong {
            document: document.id.clone(),
            claim: claim_words,
            rule: rule(claim),
        });
    }

    fn count(&mut self, parts: [&str; 4], change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        for (part, name) in ["relation", "document", "language", "kind"]
            .into_iter()
            .zip(parts)
        {
            change(
                self.parts
                    .entry(part)
                    .or_default()
                    .entry(name.to_owned())
                    .or_default(),
            );
        }
    }

    fn compare_attributes(&mut self, document: &GoldDocument, ours: &Value, gold: &GoldClaim) {
        for name in ATTRIBUTES {
            let attribute = self.attributes.entry(name).or_default();
            let in_gold = !is_default(name, &gold_value(name, gold));
            attribute.gold += usize::from(in_gold);
            attribute.given += usize::from(!is_default(name, &ours[name]));
            attribute.right += usize::from(in_gold && same(document, name, ours, gold));
        }
    }

    pub(super) fn json(&self) -> Value {
        let rows = |tallies: &BTreeMap<String, Tally>| -> Value {
            tallies
                .iter()
                .map(|(name, tally)| (name.clone(), tally.json()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let mut value = json!({"claims": self.total.json(), "attributes": {}});
        for (name, attribute) in &self.attributes {
            value["attributes"][name] = json!({
                "f1": attribute.f1(), "gold": attribute.gold, "given": attribute.given, "right": attribute.right,
            });
        }
        for (part, tallies) in &self.parts {
            value[part] = rows(tallies);
        }
        value
    }
}

impl Attribute {
    /// F1 over values that are not the default; `None` where there are none.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.right, self.gold + self.given)
    }
}

/// The first of ours that matches and agrees in most attributes.
fn best(
    document: &GoldDocument,
    ours: &[&Value],
    used: &BTreeSet<usize>,
    gold: &GoldClaim,
) -> Option<usize> {
    let free =
        (0..ours.len()).filter(|at| !used.contains(at) && matches(document, ours[*at], gold));
    let agreeing = |at: usize| {
        ATTRIBUTES
            .iter()
            .filter(|name| same(document, name, ours[at], gold))
            .count()
    };
    free.max_by_key(|&at| (agreeing(at), std::cmp::Reverse(at)))
}

fn matches(document: &GoldDocument, ours: &Value, gold: &GoldClaim) -> bool {
    let (start, end) = evidence(ours);
    let (low, high) = gold.sentences;
    let inside = start < high
        && low < end
        && end - start <= 400.max(2 * (high - low))
        && end <= document.len();
    ours["relation"] == gold.relation.as_str()
        && ours["polarity"] == gold.polarity.as_str()
        && (ours["modality"] == "asserted") == (gold.modality == "asserted")
        && inside
        && same_entities(document, ours, gold)
}

/// Whether subject and object agree, either way round for symmetric relations.
pub(super) fn same_entities(document: &GoldDocument, ours: &Value, gold: &GoldClaim) -> bool {
    let agree = |subject: &Value, object: &Value| {
        document.is_entity(subject, Some(&gold.subject))
            && document.is_entity(object, Some(&gold.object))
    };
    let (subject, object) = (&ours["subject"], &ours["object"]);
    agree(subject, object) || (is_symmetric(&ours["relation"]) && agree(object, subject))
}

pub(super) fn is_symmetric(relation: &Value) -> bool {
    relation
        .as_str()
        .is_some_and(|relation| SYMMETRIC.contains(&relation))
}

fn same(document: &GoldDocument, name: &str, ours: &Value, gold: &GoldClaim) -> bool {
    match name {
        "speaker" => document.is_entity(&ours[name], gold.speaker.as_deref()),
        "place" => document.is_entity(&ours[name], gold.place.as_deref()),
        _ => ours[name] == gold_value(name, gold),
    }
}

fn gold_value(name: &str, gold: &GoldClaim) -> Value {
    match name {
        "modality" => json!(gold.modality),
        "speaker" => json!(gold.speaker),
        "date" => json!(gold.date),
        _ => json!(gold.place),
    }
}

fn is_default(name: &str, value: &Value) -> bool {
    if name == "modality" {
        value == "asserted"
    } else {
        value.is_null()
    }
}

fn kind(polarity: &str, modality: &str) -> &'static str {
    match (polarity, modality) {
        ("negative", _) => "negative",
        (_, "asserted") => "asserted",
        _ => "not asserted",
    }
}

/// Start and end of the evidence in code points.
fn evidence(claim: &Value) -> (usize, usize) {
    let at = |key: &str| {
        claim["evidence"][key]
            .as_u64()
            .and_then(|at| usize::try_from(at).ok())
            .unwrap_or(0)
    };
    (at("start"), at("end").max(at("start")))
}

pub(super) fn label(entity: &Value) -> String {
    let some = |key: &str| entity[key].as_str().filter(|text| !text.is_empty());
    some("label")
        .or_else(|| some("id"))
        .unwrap_or("")
        .to_owned()
}

fn rule(claim: &Value) -> String {
    claim["rule"].as_str().unwrap_or("").to_owned()
}

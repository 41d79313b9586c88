//! What changed between two stores, two days of one store, or two exports: claims, edges, actors; and the statements that
//! make one out of the other, as an RDF patch.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::side::{DiffError, Said, Side, Told, said};
use crate::{
    ontology::vocab,
    store::{Base, sorted_lines},
};

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Ids of documents that are new, gone, or read otherwise.
    pub documents: Changed<String>,
    /// Documents that hold other statements than before.
    pub documents_changed: Vec<String>,
    /// Claims that are new or gone, with their ids.
    pub claims: Changed<(String, Told)>,
    /// Claims that are held otherwise: the same words or the same relation in the same document, with another polarity,
    /// modality, speaker, relation or actor.
    pub claims_changed: Vec<(Told, Told)>,
    /// Edges that appeared or vanished: subject, property, object.
    pub edges: Changed<(String, String, String)>,
    /// Actors that are new or lost, without those that were merged, split or renamed.
    pub actors: Changed<String>,
    /// Actors that were merged into another: those that went, by the one that stayed.
    pub merged: BTreeMap<String, Vec<String>>,
    /// Actors that others were split off: those that came, by the one that was there.
    pub split: BTreeMap<String, Vec<String>>,
    /// Actors that only have another id: before, after.
    pub renamed: Vec<(String, String)>,
    /// Statements as sorted N-Quads.
    pub statements: Changed<String>,
}

/// What came and what went, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed<T> {
    /// On the second side only.
    pub added: Vec<T>,
    /// On the first side only.
    pub removed: Vec<T>,
}

impl<T: Ord + Clone> Changed<T> {
    fn between(before: &BTreeSet<T>, after: &BTreeSet<T>) -> Self {
        Self {
            added: after.difference(before).cloned().collect(),
            removed: before.difference(after).cloned().collect(),
        }
    }
}

/// Compares two sides, each a store's folder, `FOLDER@DAY` (what had been reported by then) or an export with named graphs.
///
/// # Errors
/// If a side cannot be read, or the sides have different bases.
pub fn diff(before: &str, after: &str) -> Result<Diff, DiffError> {
    let (before, after) = Side::both(before, after)?;
    let hashes: BTreeSet<&String> = before.keys.keys().chain(after.keys.keys()).collect();
    let unlike = hashes
        .into_par_iter()
        .filter(|hash| before.keys.get(*hash) != after.keys.get(*hash));
    let pairs: Vec<Pair> = unlike
        .map(|hash| Pair::of(&before, &after, hash))
        .collect::<Result<_, _>>()?;
    let mut diff = Diff::default();
    documents(&pairs, &mut diff);
    claims(&pairs, &mut diff);
    // What is the same in documents that are alike makes no difference: only what is said of the others' entities and
    // events does.
    let mut touched = (BTreeSet::new(), BTreeSet::new());
    for said in pairs
        .iter()
        .flat_map(|pair| [&pair.before.1, &pair.after.1])
    {
        touched.0.extend(said.entities.iter().cloned());
        touched.1.extend(said.events.iter().cloned());
    }
    let about = Some(&touched).filter(|_| before.can_choose() && after.can_choose());
    let derived = (before.derived(about)?, after.derived(about)?);
    let was = Derived::of(&derived.0, &before.base);
    let is = Derived::of(&derived.1, &after.base);
    diff.edges = Changed::between(&was.edges, &is.edges);
    actors(&pairs, &was, &is, &mut diff);
    statements(&pairs, &derived, [&before, &after], &mut diff);
    Ok(diff)
}

impl Diff {
    /// Whether nothing changed at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.statements == Changed::default()
    }

    /// As an RDF patch: deletions, then additions, in one transaction.
    #[must_use]
    pub fn patch(&self) -> String {
        let lines = |letter: char, lines: &[String]| -> String {
            lines
                .iter()
                .map(|line| format!("{letter} {line}"))
                .collect()
        };
        format!(
            "TX .\n{}{}TC .\n",
            lines('D', &self.statements.removed),
            lines('A', &self.statements.added)
        )
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let edges = |edges: &[(String, String, String)]| -> Vec<Value> {
            edges
                .iter()
                .map(|(subject, property, object)| {
                    json!({"subject": subject, "property": property, "object": object})
                })
                .collect()
        };
        let claims = |claims: &[(String, Told)]| -> Vec<Value> {
            claims
                .iter()
                .map(|(id, told)| {
                    let mut value = told.json();
                    value["id"] = json!(id);
                    value
                })
                .collect()
        };
        let changed = self.claims_changed.iter();
        let changed: Vec<Value> = changed
            .map(|(before, after)| json!({"before": before.json(), "after": after.json()}))
            .collect();
        json!({
            "documents": {
                "added": self.documents.added, "removed": self.documents.removed, "changed": self.documents_changed,
            },
            "claims": {
                "added": claims(&self.claims.added), "removed": claims(&self.claims.removed), "changed": changed,
            },
            "edges": {"appeared": edges(&self.edges.added), "vanished": edges(&self.edges.removed)},
            "actors": {
                "new": self.actors.added, "lost": self.actors.removed, "merged": self.merged, "split": self.split,
                "renamed": self.renamed,
            },
            "statements": {"added": self.statements.added.len(), "removed": self.statements.removed.len()},
        })
    }
}

impl Told {
    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let speaker = Some(&self.speaker).filter(|speaker| !speaker.is_empty());
        json!({
            "document": self.document, "subject": self.subject, "property": self.relation, "object": self.object,
            "polarity": self.polarity.to_lowercase(), "modality": self.modality.to_lowercase(),
            "speaker": speaker, "quote": self.quote,
        })
    }
}

/// A document on both sides; what is missing on one is empty there.
struct Pair {
    before: (Vec<Quad>, Said),
    after: (Vec<Quad>, Said),
}

impl Pair {
    fn of(before: &Side, after: &Side, hash: &str) -> Result<Self, DiffError> {
        let read = |side: &Side| -> Result<(Vec<Quad>, Said), DiffError> {
            if !side.keys.contains_key(hash) {
                return Ok((Vec::new(), Said::default()));
            }
            let quads = side.document(hash)?;
            let said = said(&quads, &side.base);
            Ok((quads, said))
        };
        Ok(Self {
            before: read(before)?,
            after: read(after)?,
        })
    }

    fn is_new(&self) -> bool {
        self.before.0.is_empty()
    }

    fn is_gone(&self) -> bool {
        self.after.0.is_empty()
    }
}

fn documents(pairs: &[Pair], diff: &mut Diff) {
    let ids = |of: &dyn Fn(&Pair) -> Option<&Said>| -> BTreeSet<String> {
        pairs
            .iter()
            .filter_map(of)
            .map(|said| said.id.clone())
            .collect()
    };
    let added = ids(&|pair| pair.is_new().then_some(&pair.after.1));
    let removed = ids(&|pair| pair.is_gone().then_some(&pair.before.1));
    // Another text under the same id is the same document to people.
    let mut changed = ids(&|pair| (!pair.is_new() && !pair.is_gone()).then_some(&pair.after.1));
    changed.extend(added.intersection(&removed).cloned());
    diff.documents = Changed::between(&removed, &added);
    diff.documents_changed = changed.into_iter().collect();
}

fn claims(pairs: &[Pair], diff: &mut Diff) {
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for pair in pairs {
        for (id, told) in &pair.before.1.claims {
            match pair.after.1.claims.get(id) {
                None => gone.push((id.clone(), told.clone())),
                Some(now) if now != told => diff.claims_changed.push((told.clone(), now.clone())),
                Some(_) => {}
            }
        }
        let added = pair.after.1.claims.iter();
        let added = added.filter(|(id, _)| !pair.before.1.claims.contains_key(*id));
        new.extend(added.map(|(id, told)| (id.clone(), told.clone())));
    }
    // A claim's name holds its polarity, modality and speaker: what changed in one of these has another name.
    let key = |told: &Told| {
        (
            told.document.clone(),
            told.subject.clone(),
            told.relation.clone(),
            told.object.clone(),
        )
    };
    let mut waiting: BTreeMap<_, Vec<(String, Told)>> = BTreeMap::new();
    for (id, told) in gone {
        waiting.entry(key(&told)).or_default().push((id, told));
    }
    for (id, told) in new {
        let same = waiting.get_mut(&key(&told)).and_then(|twins| {
            let alike = twins.iter().position(|(_, twin)| twin.quote == told.quote);
            (!twins.is_empty()).then(|| twins.remove(alike.unwrap_or(0)))
        });
        match same {
            None => diff.claims.added.push((id, told)),
            Some((_, before)) if before.held() == told.held() => {}
            Some((_, before)) => diff.claims_changed.push((before, told)),
        }
    }
    diff.claims.removed = waiting.into_values().flatten().collect();
    let place =
        |(id, told): &(String, Told)| (told.document.clone(), told.quote.clone(), id.clone());
    diff.claims.added.sort_by_cached_key(place);
    diff.claims.removed.sort_by_cached_key(place);
    diff.claims_changed.sort();
}

impl Told {
    fn held(&self) -> (&str, &str, &str) {
        (&self.polarity, &self.modality, &self.speaker)
    }
}

/// Entities and edges of a side.
struct Derived {
    entities: BTreeSet<String>,
    edges: BTreeSet<(String, String, String)>,
}

impl Derived {
    fn of(quads: &[Quad], base: &Base) -> Self {
        let mut derived = Self {
            entities: BTreeSet::new(),
            edges: BTreeSet::new(),
        };
        for quad in quads {
            derived.take(quad, base);
        }
        derived
    }

    fn take(&mut self, quad: &Quad, base: &Base) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            return;
        };
        let (Some(subject), Term::NamedNode(object)) =
            (base.entity_id(subject.as_str()), &quad.object)
        else {
            return;
        };
        let property = quad.predicate.as_str().strip_prefix(vocab::KILDE);
        if quad.predicate == vocab::RDF_TYPE {
            self.entities.insert(subject);
        } else if let (Some(property), Some(object)) = (property, base.entity_id(object.as_str())) {
            self.edges.insert((subject, property.to_owned(), object));
        }
    }
}

/// Who came and went, and who is now called otherwise: the same words stood for one actor and now stand for another.
fn actors(pairs: &[Pair], was: &Derived, is: &Derived, diff: &mut Diff) {
    let mut moves: BTreeSet<(String, String)> = BTreeSet::new();
    for pair in pairs {
        for (place, before) in &pair.before.1.mentions {
            let after = pair.after.1.mentions.get(place);
            if let (1, Some(after)) = (before.len(), after)
                && after.len() == 1
                && before != after
            {
                moves.extend(before.iter().cloned().zip(after.iter().cloned()));
            }
        }
    }
    let sources = |to: &str| moves.iter().filter(|(_, after)| after == to).count();
    let (mut came, mut went) = (BTreeSet::new(), BTreeSet::new());
    for (before, after) in &moves {
        let stays = is.entities.contains(before);
        let known = was.entities.contains(after);
        match (stays, known) {
            (true, false) => {
                diff.split
                    .entry(before.clone())
                    .or_default()
                    .push(after.clone());
                came.insert(after.clone());
            }
            (false, true) => {
                diff.merged
                    .entry(after.clone())
                    .or_default()
                    .push(before.clone());
                went.insert(before.clone());
            }
            (false, false) if sources(after) > 1 => {
                diff.merged
                    .entry(after.clone())
                    .or_default()
                    .push(before.clone());
                went.insert(before.clone());
                came.insert(after.clone());
            }
            (false, false) => {
                diff.renamed.push((before.clone(), after.clone()));
                went.insert(before.clone());
                came.insert(after.clone());
            }
            // Both were and are there: some words are read otherwise, no actor is.
            (true, true) => {}
        }
    }
    diff.actors = Changed::between(&was.entities, &is.entities);
    diff.actors.added.retain(|id| !came.contains(id));
    diff.actors.removed.retain(|id| !went.contains(id));
}

fn statements(
    pairs: &[Pair],
    derived: &(Vec<Quad>, Vec<Quad>),
    [before, after]: [&Side; 2],
    diff: &mut Diff,
) {
    let lines = |quads: &[Quad]| -> BTreeSet<String> {
        let text = sorted_lines(quads);
        text.split_inclusive('\n').map(str::to_owned).collect()
    };
    let mut all = |one: &[Quad], other: &[Quad]| {
        let changed = Changed::between(&lines(one), &lines(other));
        diff.statements.added.extend(changed.added);
        diff.statements.removed.extend(changed.removed);
    };
    all(&plain(&derived.0), &plain(&derived.1));
    all(&before.corrections, &after.corrections);
    for pair in pairs {
        all(&pair.before.0, &pair.after.0);
    }
    diff.statements.added.sort();
    diff.statements.removed.sort();
}

fn plain(quads: &[Quad]) -> Vec<Quad> {
    let plain = |quad: &Quad| Quad {
        graph_name: GraphName::DefaultGraph,
        ..quad.clone()
    };
    quads.iter().map(plain).collect()
}

//! Claims as extracted go in; claims that may be stored come out, named and in the order of their evidence, beside
//! those set aside with a reason. What is checked: the relation is one of the ontology, its subject and object are
//! of types that it admits, the words that it rests on stand in the text, and no sentence says the same thing twice.
//! Names are content hashes of the words, so linking the words to other actors later changes no claim's name.

use std::collections::BTreeMap;

use crate::{
    claim::{Claim, Entity, Rejected},
    document::Article,
    ontology::Ontology,
};

mod checks;
mod duplicates;
mod events;
mod names;

/// Checks, orders and names the claims of one article. The order in which `claims` come makes no difference.
#[must_use]
pub fn resolve(
    claims: Vec<Claim>,
    entities: &[Entity],
    article: &Article,
    ontology: &Ontology,
) -> (Vec<Claim>, Vec<Rejected>) {
    let entities: BTreeMap<&str, &Entity> = entities.iter().map(|one| (&*one.id, one)).collect();
    let mut rejected = Vec::new();
    let mut sound = Vec::new();
    for mut claim in claims {
        if let Some(reason) = checks::flaw(&claim, &entities, article, ontology) {
            rejected.push(Rejected { claim, reason });
        } else {
            // Four digits are what is stored; more would only differ between a claim and its stored self.
            claim.confidence = (claim.confidence * 10_000.0).round() / 10_000.0;
            sound.push(claim);
        }
    }
    let (mut claims, doubled) = duplicates::set_aside(sound, article, ontology);
    rejected.extend(doubled);
    rejected.sort_by(|one, other| in_order(&one.claim, &other.claim));
    name(&mut claims, article, ontology);
    (claims, rejected)
}

/// Orders and names claims that are sound, and joins those that tell one event.
pub fn name(claims: &mut [Claim], article: &Article, ontology: &Ontology) {
    claims.sort_by(in_order);
    names::give(claims, article, ontology);
    events::join(claims, ontology);
}

/// Why a claim, taken by itself, may not be stored, as a sentence; `None` if it may.
#[must_use]
pub fn flaw(
    claim: &Claim,
    entities: &[Entity],
    article: &Article,
    ontology: &Ontology,
) -> Option<String> {
    let entities: BTreeMap<&str, &Entity> = entities.iter().map(|one| (&*one.id, one)).collect();
    checks::flaw(claim, &entities, article, ontology)
}

/// The order of the text, and where that says nothing, an order that depends on the claims alone.
fn in_order(one: &Claim, other: &Claim) -> std::cmp::Ordering {
    let key = |claim: &Claim| {
        (
            (claim.evidence, claim.subject.span, claim.object.span),
            (claim.relation.clone(), claim.polarity, claim.modality),
            (claim.subject.entity.clone(), claim.object.entity.clone()),
            claim.speaker.as_ref().map(|one| one.span),
            (claim.rule.clone(), claim.act.clone(), claim.date),
            claim.place.as_ref().map(|one| one.span),
        )
    };
    key(one)
        .cmp(&key(other))
        .then(other.confidence.total_cmp(&one.confidence))
}

#[cfg(test)]
mod tests;

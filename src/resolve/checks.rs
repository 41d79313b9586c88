//! What is wrong with a claim, taken by itself.

use std::collections::BTreeMap;

use crate::{
    claim::{Argument, Claim, Entity},
    document::Article,
    ontology::{Ontology, Relation},
    text::Span,
};

/// Why the claim may not be stored, as a sentence; `None` if it may.
pub(super) fn flaw(
    claim: &Claim,
    entities: &BTreeMap<&str, &Entity>,
    article: &Article,
    ontology: &Ontology,
) -> Option<String> {
    let Some(relation) = ontology.relation(&claim.relation) else {
        return Some(format!("The ontology has no relation {}.", claim.relation));
    };
    evidence(claim, &article.text)
        .or_else(|| arguments(claim, entities, &article.text))
        .or_else(|| roles(claim, relation, entities, ontology))
        .or_else(|| attributes(claim, ontology))
}

/// The evidence lies in the text, and the subject's and object's words lie in it or touch it.
fn evidence(claim: &Claim, text: &str) -> Option<String> {
    if !stands_in(text, claim.evidence) {
        return Some("The evidence is no stretch of the text.".to_owned());
    }
    for (role, argument) in [("subject", &claim.subject), ("object", &claim.object)] {
        let (words, evidence) = (argument.span, claim.evidence);
        if words.start > evidence.end || evidence.start > words.end {
            return Some(format!("The words of the {role} lie outside the evidence."));
        }
    }
    None
}

/// Every argument's words lie in the text and its entity is known.
fn arguments(claim: &Claim, entities: &BTreeMap<&str, &Entity>, text: &str) -> Option<String> {
    let speaker = claim.speaker.iter().map(|one| ("speaker", one));
    let via = claim.via.iter().map(|one| ("further speaker", one));
    let place = claim.place.iter().map(|one| ("place", one));
    let mut all = [("subject", &claim.subject), ("object", &claim.object)]
        .into_iter()
        .chain(speaker)
        .chain(via)
        .chain(place);
    all.find_map(|(role, argument): (&str, &Argument)| {
        if !stands_in(text, argument.span) {
            Some(format!(
                "The words of the {role} are no stretch of the text."
            ))
        } else if !entities.contains_key(&*argument.entity) {
            let id = &argument.entity;
            Some(format!(
                "The {role}, {id}, is none of the article's entities."
            ))
        } else {
            None
        }
    })
}

/// Subject and object are two, and of types that the relation admits.
fn roles(
    claim: &Claim,
    relation: &Relation,
    entities: &BTreeMap<&str, &Entity>,
    ontology: &Ontology,
) -> Option<String> {
    if claim.subject.entity == claim.object.entity {
        return Some(format!(
            "Subject and object are both {}.",
            claim.subject.entity
        ));
    }
    let roles = [
        ("subject", &claim.subject, &relation.domain),
        ("object", &claim.object, &relation.range),
    ];
    roles.into_iter().find_map(|(role, argument, allowed)| {
        let kind = &*entities.get(&*argument.entity)?.kind;
        if !ontology.types.contains_key(kind) {
            Some(format!(
                "The type of the {role}, {kind}, is none of the ontology's."
            ))
        } else if !ontology.admits(allowed, kind) {
            let code = &relation.code;
            Some(format!(
                "{code} admits no {kind} as its {role}, only {}.",
                allowed.join(", ")
            ))
        } else {
            None
        }
    })
}

fn attributes(claim: &Claim, ontology: &Ontology) -> Option<String> {
    if let Some(event) = &claim.event {
        let known = ontology
            .relation(event)
            .is_some_and(|one| one.event && one.broader.is_none());
        if !known {
            return Some(format!("{event} is no event type."));
        }
    }
    let sure = (0.0..=1.0).contains(&claim.confidence);
    (!sure).then(|| {
        format!(
            "The confidence, {}, does not lie between 0 and 1.",
            claim.confidence
        )
    })
}

fn stands_in(text: &str, span: Span) -> bool {
    !span.slice(text).is_empty()
}

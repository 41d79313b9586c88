//! Proposals where the user names the actors: a sentence with two given actors and no event between them gets one from the
//! nearest predicate on the grammatical path that joins them, whatever slots they fill.
//!
//! What the predicate means is looked up among the frames; how it is held is read as for every claim. Too unsure for an
//! edge: the confidence lies below one half, and falls with the distance from the path.

mod conditions;
mod guess;
mod meaning;
mod mending;
mod mutual;
mod path;
mod reduced;
mod telling;
mod tiers;
mod told;
mod whole;

use std::ops::Range;

use super::{matching::Context, scene::Actor};
use crate::claim::{Claim, Name};
pub(super) use meaning::meaning;
use meaning::operators;
pub(super) use mending::mend;
pub(super) use path::Path;
use tiers::{Found, Tiers};
pub(super) use whole::{is_agreed, is_chanted, is_errand, is_ultimatum};

/// Confidence of a proposal from the path itself, from what hangs on it, from what is only a condition, and from anything
/// else in the sentence.
const CONFIDENCE: [f64; 4] = [0.4, 0.3, 0.25, 0.2];

/// A given actor and the word that heads its mention.
struct Placed {
    actor: Actor,
    head: usize,
}

/// Proposals for the sentences of a paragraph whose two given actors no claim of `told` joins in an event, and what goes both
/// ways the other way round.
pub(super) fn claims(context: &Context<'_>, told: &[Claim]) -> Vec<Claim> {
    if context.article.mentions.is_none() {
        return vec![];
    }
    let mut claims = vec![];
    for sentence in &context.scene.tree.paragraph.sentences {
        let placed = placed(context, sentence);
        let [one, other] = placed.as_slice() else {
            continue;
        };
        let ends = [one, other];
        let mut between: Vec<&Claim> = told
            .iter()
            .filter(|claim| joins(context, sentence, claim, ends))
            .collect();
        let proposed = propose(context, sentence.clone(), &between, ends);
        between.extend(&proposed);
        let mirrored = mutual::mirrored(context, &between);
        claims.extend(proposed.into_iter().chain(mirrored));
    }
    claims
}

/// Whether a claim of this sentence joins the two.
fn joins(
    context: &Context<'_>,
    sentence: &Range<usize>,
    claim: &Claim,
    ends: [&Placed; 2],
) -> bool {
    let within = context.scene.tree.paragraph.span(sentence.clone());
    let own = [&claim.subject.entity, &claim.object.entity];
    within.overlaps(claim.evidence)
        && ends
            .iter()
            .all(|end| own.contains(&&end.actor.argument.entity))
}

/// The proposal of a sentence in which `between` joins the two.
fn propose(
    context: &Context<'_>,
    sentence: Range<usize>,
    between: &[&Claim],
    ends: [&Placed; 2],
) -> Option<Claim> {
    if between.iter().any(|claim| claim.event.is_some()) {
        return None;
    }
    let path = Path::between(&context.scene.tree, ends[0].head, ends[1].head);
    let tiers = tiers::of(context, &path, ends, sentence);
    // What was told and has no code: it did not happen, which says something too.
    let undone = || {
        let words = tiers[0].iter().chain(&tiers[1]);
        between
            .iter()
            .find_map(|claim| told::undone(context, claim, words.clone(), ends))
    };
    if let Some(claim) = against(context, ends).or_else(undone) {
        return Some(claim);
    }
    let found = tiers::found(context, &tiers);
    said(context, &path, ends, found.as_ref())
        .or_else(|| acted(context, &path, ends, found, &tiers))
        .or_else(|| guess::together(context, &path, ends))
}

/// What one will do if the other acts, or does against what the other asks.
fn against(context: &Context<'_>, ends: [&Placed; 2]) -> Option<Claim> {
    let words = &context.frames.words;
    let threat = words.threat.clone().and_then(|relation| {
        let threat = conditions::threat(context, ends)?;
        Some(told::said(context, threat.word, relation, threat.ends))
    });
    threat.or_else(|| {
        let refusal = words.refusal.clone()?;
        let defied = conditions::defied(context, ends)?;
        Some(told::said(context, defied.word, refusal, defied.ends))
    })
}

/// What one says of the other: a demand, a promise, a threat, an own measure, or a charge.
fn said(
    context: &Context<'_>,
    path: &Path,
    ends: [&Placed; 2],
    found: Option<&Found>,
) -> Option<Claim> {
    let told = telling::found(context, path, ends)?;
    let words = &context.frames.words;
    let as_one = |relation: &Option<Name>, holds: bool| {
        let relation = relation.clone().filter(|_| holds)?;
        Some((told.clause, relation))
    };
    let inside = found.filter(|found| telling::is_in(context, &told, found.word));
    let act = inside.map(|found| &*found.relation);
    let (word, relation) = as_one(&words.demand, telling::asks(context, &told))
        .or_else(|| as_one(&words.promise, telling::assures(context, &told)))
        .or_else(|| as_one(&words.threat, telling::threatens(context, &told)))
        .or_else(|| telling::own_measure(context, &told))
        .or_else(|| as_one(&words.allegation, telling::is_charge(context, &told, act)))?;
    Some(told::said(context, word, relation, told.ends))
}

/// The act that was found, else what may be guessed of it.
fn acted(
    context: &Context<'_>,
    path: &Path,
    ends: [&Placed; 2],
    found: Option<Found>,
    tiers: &Tiers,
) -> Option<Claim> {
    let guessed = found
        .is_none()
        .then(|| guess::held(context, path, ends))
        .flatten();
    guessed.or_else(|| {
        let found = found.or_else(|| tiers::possible(context, tiers))?;
        let Found {
            word,
            relation,
            confidence,
        } = found;
        Some(told::claim(context, path, ends, word, relation, confidence))
    })
}

/// The sentence's given actors, each once, if they are two.
fn placed(context: &Context<'_>, sentence: &Range<usize>) -> Vec<Placed> {
    let mut found: Vec<Placed> = vec![];
    for (head, actor) in context.scene.given(sentence.clone()) {
        if !found
            .iter()
            .any(|placed| placed.actor.argument.entity == actor.argument.entity)
        {
            found.push(Placed { actor, head });
        }
    }
    found
}

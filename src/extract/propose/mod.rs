//! Proposals where the user names the actors: a sentence with two given actors and no event between them gets one from the
//! nearest predicate on the grammatical path that joins them, whatever slots they fill.
//!
//! What the predicate means is looked up among the frames; how it is held is read as for every claim. Too unsure for an
//! edge: the confidence lies below one half, and falls with the distance from the path.

mod conditions;
mod meaning;
mod mending;
mod path;
mod reduced;
mod telling;
mod told;
mod whole;

use std::ops::Range;

use super::{factuality, frames::Embedded, matching::Context, scene::Actor};
use crate::{
    claim::{Claim, Modality, Polarity},
    grammar::Role,
};
pub(super) use meaning::meaning;
use meaning::{first_meant, is_undone, likely_meaning, operators, possible_meaning};
pub(super) use mending::mend;
pub(super) use path::Path;
pub(super) use whole::{is_agreed, is_chanted, is_errand, is_ultimatum};

/// Confidence of a proposal from the path itself, from what hangs on it, from what is only a condition, and from anything
/// else in the sentence.
const CONFIDENCE: [f64; 4] = [0.4, 0.3, 0.25, 0.2];

/// A given actor and the word that heads its mention.
struct Placed {
    actor: Actor,
    head: usize,
}

/// Proposals for the sentences of a paragraph whose two given actors no claim of `told` joins in an event.
pub(super) fn claims(context: &Context<'_>, told: &[Claim]) -> Vec<Claim> {
    if context.article.mentions.is_none() {
        return vec![];
    }
    let sentences = &context.scene.tree.paragraph.sentences;
    let mut claims: Vec<Claim> = sentences
        .iter()
        .filter_map(|sentence| propose(context, sentence.clone(), told))
        .collect();
    for sentence in sentences {
        claims.extend(mirrored(context, sentence, told, &claims));
    }
    claims
}

/// What goes both ways, told of the two the other way round: each is the other's counterpart, whoever the user asks for first.
fn mirrored(
    context: &Context<'_>,
    sentence: &Range<usize>,
    told: &[Claim],
    proposed: &[Claim],
) -> Vec<Claim> {
    let placed = placed(context, sentence);
    let [one, other] = placed.as_slice() else {
        return vec![];
    };
    let ends = [one, other].map(|placed| &placed.actor.argument.entity);
    let within = context.scene.tree.paragraph.span(sentence.clone());
    let of_two = |claim: &&Claim| {
        let own = [&claim.subject.entity, &claim.object.entity];
        within.overlaps(claim.evidence) && ends.iter().all(|end| own.contains(end))
    };
    let all: Vec<&Claim> = told.iter().chain(proposed).filter(of_two).collect();
    let mutual = |claim: &&&Claim| {
        let known = context.ontology.relation(&claim.relation);
        let back = |other: &&Claim| {
            other.subject.entity == claim.object.entity && other.event == claim.event
        };
        known.is_some_and(|known| known.event && known.symmetric)
            && claim.event.is_some()
            && (claim.polarity, claim.modality) == (Polarity::Positive, Modality::Asserted)
            && !all.iter().any(back)
    };
    let turned = all.iter().find(mutual).map(|claim| Claim {
        subject: claim.object.clone(),
        object: claim.subject.clone(),
        rule: told::rule(context, &claim.relation),
        confidence: CONFIDENCE[0].min(claim.confidence),
        ..(**claim).clone()
    });
    turned.into_iter().collect()
}

fn propose(context: &Context<'_>, sentence: Range<usize>, told: &[Claim]) -> Option<Claim> {
    let placed = placed(context, &sentence);
    let [one, other] = placed.as_slice() else {
        return None;
    };
    let within = context.scene.tree.paragraph.span(sentence.clone());
    let between = |claim: &&Claim| {
        let ends = [&claim.subject.entity, &claim.object.entity];
        within.overlaps(claim.evidence)
            && ends.contains(&&one.actor.argument.entity)
            && ends.contains(&&other.actor.argument.entity)
    };
    let joins = |claim: &&Claim| claim.event.is_some() && between(claim);
    if told.iter().any(|claim| joins(&claim)) {
        return None;
    }
    let path = Path::between(&context.scene.tree, one.head, other.head);
    let ends = [one, other];
    let taken = |word: &usize| {
        let span = context.scene.tree.word(*word).span;
        ends.iter()
            .any(|placed| placed.actor.argument.span.overlaps(span))
    };
    let conditional = |word: &usize| telling::is_conditional(context, *word);
    // What happens only if something else does is no news.
    let mut joining = path.words();
    joining.extend(path.above(&context.scene.tree, ends.map(|end| end.head)));
    // What the other did before, or does meanwhile, is not what is done to them.
    let meanwhile = conditions::meanwhile(&path, &context.scene.tree);
    let (later, joining): (Vec<_>, Vec<_>) = joining
        .into_iter()
        .partition(|word| meanwhile.contains(word));
    let (depending, near): (Vec<_>, Vec<_>) = joining.into_iter().partition(conditional);
    let (_, mut beside): (Vec<_>, Vec<_>) = path.beside(context).into_iter().partition(conditional);
    if !later.is_empty() {
        let told = context.scene.tree.children(path.top.unwrap_or(one.head));
        beside = told
            .iter()
            .copied()
            .filter(|word| !later.contains(word))
            .collect();
        beside.extend(later.iter().copied().filter(|word| !conditional(word)));
        beside.extend(
            path.beside(context)
                .into_iter()
                .filter(|word| !conditional(word)),
        );
    }
    let mut tiers = [near, beside, depending, path.rest(sentence)];
    for tier in &mut tiers {
        tier.retain(|word| !taken(word));
    }
    let look = |tiers: &[Vec<usize>]| {
        let mut graded = tiers.iter().zip(CONFIDENCE);
        graded.find_map(|(words, confidence)| {
            let meant = first_meant(context, words, meaning);
            let meant = meant.or_else(|| first_meant(context, words, likely_meaning))?;
            Some((meant, confidence))
        })
    };
    if let (Some(threat), Some(relation)) = (
        conditions::threat(context, ends),
        context.frames.words.threat.clone(),
    ) {
        let [source, target] = threat.ends;
        return Some(told::said(context, threat.word, relation, [source, target]));
    }
    if let (Some(defied), Some(refusal)) = (
        conditions::defied(context, ends),
        context.frames.words.refusal.clone(),
    ) {
        let [source, target] = defied.ends;
        return Some(told::said(context, defied.word, refusal, [source, target]));
    }
    // What was told and has no code: it did not happen, which says something too.
    let words = tiers[0].iter().chain(&tiers[1]);
    if let Some(undone) = told
        .iter()
        .filter(between)
        .find_map(|claim| told::undone(context, claim, words.clone(), ends))
    {
        return Some(undone);
    }
    let mut found = look(&tiers);
    if let Some(((word, relation), _)) = &found
        && is_undone(context, *word, relation)
    {
        let mut others = [tiers[0].clone(), tiers[1].clone()];
        for tier in &mut others {
            tier.retain(|other| other != word);
        }
        found = look(&others).or(found);
    }
    if let Some(told) = telling::found(context, &path, ends) {
        let demand = context.frames.words.demand.clone();
        if let Some(demand) = demand.filter(|_| telling::asks(context, &told)) {
            return Some(told::said(context, told.clause, demand, told.ends));
        }
        let promise = context.frames.words.promise.clone();
        if let Some(promise) = promise.filter(|_| telling::assures(context, &told)) {
            return Some(told::said(context, told.clause, promise, told.ends));
        }
        let threat = context.frames.words.threat.clone();
        if let Some(threat) = threat.filter(|_| telling::threatens(context, &told)) {
            return Some(told::said(context, told.clause, threat, told.ends));
        }
        let inside = found
            .as_ref()
            .filter(|((word, _), _)| telling::is_in(context, &told, *word));
        if let Some((word, relation)) = telling::own_measure(context, &told) {
            return Some(told::said(context, word, relation, told.ends));
        }
        let act = inside.map(|((_, relation), _)| &**relation);
        let charge = telling::is_charge(context, &told, act);
        let allegation = context.frames.words.allegation.clone();
        if let Some(allegation) = allegation.filter(|_| charge) {
            return Some(told::said(context, told.clause, allegation, told.ends));
        }
    }
    if found.is_none()
        && let Some(claim) = guess(context, &path, ends)
    {
        return Some(claim);
    }
    if found.is_none() {
        let possible = |words: &Vec<usize>| first_meant(context, words, possible_meaning);
        found = tiers
            .iter()
            .find_map(possible)
            .map(|meant| (meant, CONFIDENCE[3]));
    }
    if let Some(((word, relation), confidence)) = found {
        return Some(told::claim(
            context, &path, ends, word, relation, confidence,
        ));
    }
    let joined = told::are_coordinated(&context.scene.tree, one.head, other.head);
    let together = context.frames.words.together.clone().filter(|_| joined)?;
    let word = path.top.unwrap_or(one.head);
    let word = context.scene.tree.word(word).head.unwrap_or(word);
    Some(told::claim(
        context,
        &path,
        ends,
        word,
        together,
        CONFIDENCE[3],
    ))
}

/// A proposal from how the unknown act of the path is held: demanded, or planned.
fn guess(context: &Context<'_>, path: &Path, ends: [&Placed; 2]) -> Option<Claim> {
    let words = &context.frames.words;
    path.words().into_iter().find_map(|word| {
        if !context.scene.tree.is_verb(word) {
            return None;
        }
        let held = factuality::hold(context.scene, word, false, "", context.ontology);
        let promises = operators(context, word).into_iter().any(|number| {
            let operator = &context.frames.operators[number];
            operator.speaker && operator.embedded == Embedded::As(Modality::Planned)
        });
        let relation = match held.modality {
            // "there will be no money for X"
            Modality::Planned if denies_noun(context, word) => words.refusal.clone()?,
            Modality::Demanded => words.demand.clone()?,
            Modality::Planned => words.promise.clone()?,
            // "promised X access": what is promised need not be known.
            Modality::Asserted if promises => words.promise.clone()?,
            _ => return None,
        };
        Some(told::claim(
            context,
            path,
            ends,
            word,
            relation,
            CONFIDENCE[3],
        ))
    })
}

/// Whether what a verb is about is denied by its determiner.
fn denies_noun(context: &Context<'_>, verb: usize) -> bool {
    let tree = &context.scene.tree;
    let denied = |&noun: &usize| {
        let about = matches!(
            tree.word(noun).role,
            Role::Attribute | Role::Object | Role::Subject | Role::PassiveSubject
        );
        let no = |at: usize| tree.frames.words.negation.contains(&tree.word(at).lemma);
        about && tree.with_role(noun, Role::Determiner).into_iter().any(no)
    };
    tree.children(verb).iter().any(denied)
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

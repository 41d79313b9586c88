//! "X accused Y of arming Z, a charge Y denies": what an actor denies of what others tell of it in the same sentence or the
//! one before.

use super::Context;
use crate::{
    claim::{Argument, Claim, Modality, Name, Polarity},
    extract::{
        frames::{Embedded, Kind},
        scene::Actor,
    },
    grammar::Role,
};

/// The claims, and for each charge that is denied by whom it is made against one more, in their words.
pub(super) fn with_denials(
    context: &Context<'_>,
    claims: Vec<(usize, Claim)>,
) -> Vec<(usize, Claim)> {
    let mut denied = vec![];
    for verb in 0..context.scene.tree.paragraph.words.len() {
        let deniers = deniers(context, verb);
        for denier in &deniers {
            let told = claims.iter().filter(|&&(word, ref claim)| {
                is_charge(context, claim, word, verb, &denier.argument)
            });
            denied.extend(told.map(|(word, claim)| (*word, deny(context, claim, verb, denier))));
        }
    }
    let mut claims = claims;
    claims.extend(denied);
    claims
}

/// Who denies by a verb what stands before it: nothing of its own is denied, and the denial is not denied itself.
fn deniers(context: &Context<'_>, verb: usize) -> Vec<Actor> {
    let scene = context.scene;
    let tree = &scene.tree;
    if !tree.is_verb(verb) {
        return vec![];
    }
    let called = scene.calls(Kind::OperatorVerb, verb);
    let denies = called.iter().any(|&(number, _)| {
        let operator = &tree.frames.operators[number];
        operator.flip && operator.speaker
    });
    let clause = [Role::Content, Role::OpenContent, Role::AdverbialClause];
    let own = clause.into_iter().any(|role| {
        let mut clauses = tree.with_role(verb, role).into_iter();
        clauses.any(|clause| clause > verb && tree.word(clause).marker.is_some())
    });
    let negated = tree.children(verb).iter().any(|&child| {
        let words = &tree.frames.words;
        tree.word(child).role == Role::Negation || words.negation.contains(&tree.word(child).lemma)
    });
    if !denies || own || negated || !points_back(context, verb) {
        return vec![];
    }
    scene.agents(verb)
}

/// Whether what a verb denies stands before it: "a charge Y denies", "which Y denies", "but Y denies it", "Y denies the charge",
/// "Y denies the attack".
fn points_back(context: &Context<'_>, verb: usize) -> bool {
    let scene = context.scene;
    let tree = &scene.tree;
    let charge = |noun: usize| {
        let called = scene.calls(Kind::OperatorNoun, noun);
        let tells = called.iter().any(|&(number, _)| {
            let embedded = tree.frames.operators[number].embedded;
            embedded == Embedded::As(Modality::Possible) || embedded == Embedded::Keep
        });
        let content = tree.children(noun).iter().any(|&child| {
            child > noun
                && child != verb
                && matches!(
                    tree.word(child).role,
                    Role::NounClause | Role::Content | Role::Oblique
                )
        });
        tells && !content || tree.frames.words.back_pronouns.contains(tree.lower(noun))
    };
    let relative = match (tree.word(verb).role, tree.word(verb).head) {
        (Role::RelativeClause | Role::NounClause, Some(noun)) => charge(noun),
        _ => false,
    };
    let objects = tree.with_role(verb, Role::Object);
    let which = |&object: &usize| {
        tree.frames
            .words
            .relative
            .contains(&tree.word(object).lemma)
    };
    relative
        || objects.iter().copied().any(charge)
        || !denied_acts(context, verb).is_empty()
        || !is_of_thing(context, verb) && objects.iter().any(which)
}

/// Whether a verb stands in a relative clause of something that may be denied itself: nobody denies an actor.
fn is_of_thing(context: &Context<'_>, verb: usize) -> bool {
    let own = context.scene.tree.word(verb);
    let actor = |noun: usize| !context.scene.mentioned(noun).is_empty();
    own.role == Role::RelativeClause && !own.head.is_some_and(actor)
}

/// The relations of an act that a verb denies by its noun alone ("denied the attack").
fn denied_acts<'a>(context: &Context<'a>, verb: usize) -> Vec<&'a Name> {
    let scene = context.scene;
    let tree = &scene.tree;
    let bare = |&noun: &usize| {
        let mut children = tree.children(noun).iter();
        children.all(|&child| tree.word(child).role == Role::Determiner)
            && scene.calls(Kind::OperatorNoun, noun).is_empty()
    };
    let nouns = tree.with_role(verb, Role::Object).into_iter().filter(bare);
    let frames = nouns.flat_map(|noun| scene.calls(Kind::Noun, noun));
    frames
        .map(|(of, _)| &context.frames.frames[of].relation)
        .collect()
}

/// Whether a claim tells, in another's words and before the verb, what the denier is to have done.
fn is_charge(
    context: &Context<'_>,
    claim: &Claim,
    word: usize,
    verb: usize,
    denier: &Argument,
) -> bool {
    let tree = &context.scene.tree;
    let other = claim
        .speaker
        .as_ref()
        .is_some_and(|speaker| speaker.entity != denier.entity);
    let acts = denied_acts(context, verb);
    let (there, here) = (tree.sentence(word), tree.sentence(verb));
    word < verb
        && (here == there || there.end == here.start)
        && claim.subject.entity == denier.entity
        && claim.polarity == Polarity::Positive
        && (acts.is_empty() || acts.contains(&&claim.relation))
        && other
}

fn deny(context: &Context<'_>, claim: &Claim, verb: usize, denier: &Actor) -> Claim {
    let tree = &context.scene.tree;
    let by = tree.word(verb);
    let mut denied = claim.clone();
    denied.polarity = Polarity::Negative;
    denied.modality = Modality::Asserted;
    denied.event = None;
    denied.speaker = Some(denier.argument.clone());
    denied.via = vec![];
    denied.evidence = denied.evidence.cover(by.span).cover(denier.argument.span);
    denied.because.push(format!(
        "\u{201c}{}\u{201d} denies what is told before it.",
        by.text
    ));
    denied
}

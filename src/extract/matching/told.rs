//! What a match tells: the act as it is held, and what the operators above it say of their own.

use super::{
    Context, Match, Told, claim,
    contrast::{contrasts, instead, unlike},
};
use crate::{
    claim::{Claim, Modality, Polarity},
    extract::{
        factuality::{self, Held},
        frames::{Embedded, Kind, Slot},
        scene::Actor,
    },
    text::Span,
};

/// An actor who only owns what stands in a slot makes a claim less sure by this factor: never sure enough for an edge.
const OWNED: f64 = 0.45;

/// The claims of a match: the act itself as it is held, and what operators above it say of their own.
pub(super) fn told(context: &Context<'_>, matched: &Match<'_>) -> Vec<Claim> {
    let frame = matched.frame;
    let mut held = factuality::hold(
        context.scene,
        matched.word,
        matched.light,
        &frame.relation,
        context.ontology,
    );
    let mut claims = vec![];
    for (source, target) in &matched.pairs {
        for &(operator, word) in &held.emitters {
            for claim in emitted(context, matched, operator, word, source, target) {
                // Coordinated embedded actors may point to one and the same.
                if !claims.contains(&claim) {
                    claims.push(claim);
                }
            }
        }
    }
    if held.dropped {
        return claims;
    }
    undo_own_negation(context, matched, &mut held);
    let emitted = claims.clone();
    if frame.polarity == Some(Polarity::Negative) {
        held.polarity = opposite(held.polarity);
    }
    if let (Some(modality), Modality::Asserted) = (frame.modality, held.modality) {
        held.modality = modality;
    }
    if held.speakers.is_empty() {
        let mut fillers = frame
            .told_by
            .iter()
            .map(|path| context.scene.fill(matched.word, path));
        let speakers = fillers
            .find(|found| !found.is_empty())
            .into_iter()
            .flatten();
        held.speakers = speakers.map(|actor| actor.argument).collect();
    }
    let denied = Held {
        polarity: opposite(held.polarity),
        ..held.clone()
    };
    let mut apart = told_apart(context, matched, &held);
    if held.modality == Modality::Asserted {
        apart.extend(told_otherwise(context, matched));
    }
    let others = match (held.polarity, held.modality) {
        (Polarity::Negative, Modality::Asserted) => instead(context, matched.word, &held.negated),
        _ => vec![],
    };
    let so = matched.pairs.iter().map(|pair| {
        let is = |actor: &Actor| others.iter().any(|span| span.overlaps(actor.argument.span));
        let turned = is(&pair.0) || is(&pair.1);
        (pair, if turned { &denied } else { &held })
    });
    for ((source, target), held) in so.chain(apart.iter().map(|pair| (pair, &denied))) {
        let told = Told {
            relation: frame.relation.clone(),
            rule: frame.rule.clone(),
            event: frame.event.clone(),
            act: act(context, matched),
            confidence: if matched.owned {
                frame.confidence * OWNED
            } else {
                frame.confidence
            },
            light: matched.light,
        };
        let mut claim = claim(context, matched.word, told, held, source, target);
        claim.evidence = asked_for(context, matched).fold(claim.evidence, Span::cover);
        // "threatened to veto": the whole of it is coded as a threat.
        let same = |whole: &&Claim| {
            (&whole.subject.entity, &whole.object.entity)
                == (&claim.subject.entity, &claim.object.entity)
        };
        if let Some(whole) = emitted.iter().find(same)
            && claim.event.is_some()
            && whole.event.is_some()
        {
            claim.event.clone_from(&whole.event);
        }
        claims.push(claim);
    }
    claims
}

/// "attacked X, not Y": of whom the act is denied, where it is told as fact.
fn told_apart(context: &Context<'_>, matched: &Match<'_>, held: &Held) -> Vec<(Actor, Actor)> {
    if (held.polarity, held.modality) != (Polarity::Positive, Modality::Asserted) {
        return vec![];
    }
    let contrasts = contrasts(context, matched.word);
    let apart = matched.pairs.iter().flat_map(|(source, target)| {
        contrasts.iter().filter_map(move |contrast| {
            let is = |actor: &Actor| actor.argument.span.overlaps(contrast.affirmed);
            match (is(source), is(target)) {
                (true, false) => Some((contrast.denied.clone(), target.clone())),
                (false, true) => Some((source.clone(), contrast.denied.clone())),
                _ => None,
            }
        })
    });
    apart.collect()
}

/// "Unlike X, Y has not left Z": what is told of Y is not so of X.
fn told_otherwise(context: &Context<'_>, matched: &Match<'_>) -> Vec<(Actor, Actor)> {
    let others = unlike(context, matched.word);
    if others.is_empty() {
        return vec![];
    }
    let subjects = context.scene.agents(matched.word);
    let own = matched
        .pairs
        .iter()
        .filter(|(source, _)| subjects.contains(source));
    own.flat_map(|(_, target)| {
        let pairs = others.iter().map(|other| (other.clone(), target.clone()));
        pairs.collect::<Vec<_>>()
    })
    .collect()
}

/// "said no to X", "wants no part of X": the negation that a frame asks for is part of what it means.
fn undo_own_negation(context: &Context<'_>, matched: &Match<'_>, held: &mut Held) {
    let tree = &context.scene.tree;
    let asked = |word: &str| {
        let conditions = matched.frame.with.iter();
        let mut phrases = conditions.flat_map(|(_, lemmas)| lemmas);
        let verb = &tree.word(matched.word).lemma;
        let mut verbs = matched.frame.verbs.iter().filter(|verbs| verbs[0] == *verb);
        // A "non - aggression pact" denies nothing.
        phrases.any(|phrase| !phrase.contains('-') && phrase.split(' ').any(|part| part == word))
            || verbs.any(|verbs| verbs[1..].iter().any(|part| part == word))
    };
    let own = held.negated.iter().filter(|&&word| {
        let own = tree.word(word);
        asked(&own.lemma) || asked(tree.lower(word))
    });
    if own.count() % 2 == 1 {
        held.polarity = opposite(held.polarity);
    }
}

fn opposite(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

/// The words that the frame's conditions ask for ("agreement" in "reached an agreement"), as far as the sentence holds them.
fn asked_for<'a>(
    context: &'a Context<'_>,
    matched: &'a Match<'_>,
) -> impl Iterator<Item = Span> + 'a {
    let tree = &context.scene.tree;
    let sentence = tree.sentence(matched.word);
    let conditions = matched.frame.with.iter();
    let held = conditions.flat_map(|(path, lemmas)| {
        let fillers = context.scene.filler_words(matched.word, path).into_iter();
        fillers.filter(|&filler| context.scene.is_one_of(filler, lemmas))
    });
    held.filter(move |word| sentence.contains(word))
        .map(|word| tree.word(word).span)
}

/// "refused to recognise X": claims of the operator's relation from its subject to what the embedded act is aimed at.
fn emitted(
    context: &Context<'_>,
    matched: &Match<'_>,
    number: usize,
    word: usize,
    source: &Actor,
    target: &Actor,
) -> Vec<Claim> {
    let operator = &context.frames.operators[number];
    let class = context
        .ontology
        .relation(&matched.frame.relation)
        .and_then(|relation| relation.quad_class);
    let Some(relation) = operator
        .emit
        .clone()
        .or_else(|| operator.emit_denied.clone())
        .filter(|_| operator.emit_on.suits(class))
    else {
        return vec![];
    };
    let subjects: Vec<Actor> = context.scene.agents(word);
    if answers_another(context, word, &subjects) {
        return vec![];
    }
    let is = |one: &Actor, other: &Actor| one.argument.entity == other.argument.entity;
    // "A and B refused to recognise X": each for itself, neither against the other.
    let own = |actor: &Actor| subjects.iter().any(|subject| is(subject, actor));
    let directed: Vec<(&Actor, &Actor)> = if own(source) {
        vec![(source, target)]
    } else if operator.own {
        return vec![];
    } else {
        subjects.iter().map(|subject| (subject, source)).collect()
    };
    let directed = directed
        .into_iter()
        .filter(|(subject, aimed_at)| !is(subject, aimed_at) && !own(aimed_at));
    let mut held = factuality::hold(context.scene, word, false, &relation, context.ontology);
    // "is not willing to meet X" is a refusal.
    let mut relation = relation;
    if let (Some(denied), Polarity::Negative) = (&operator.emit_denied, held.polarity) {
        relation = denied.clone();
        held.polarity = Polarity::Positive;
    }
    // "does not want to meet X" is one too; to want to is nothing yet.
    else if operator.emit.is_none() {
        return vec![];
    }
    // "did not rule out talks with X" says no more than that they may be.
    if operator.flip && held.polarity == Polarity::Negative {
        return vec![];
    }
    let act = format!(
        "{} {}",
        context.scene.tree.word(word).lemma,
        act(context, matched)
    );
    let emit = |(subject, aimed_at): (&Actor, &Actor)| {
        let told = Told {
            relation: relation.clone(),
            rule: operator.rule.clone(),
            event: None,
            act: act.clone(),
            confidence: matched.frame.confidence,
            light: false,
        };
        let mut claim = claim(context, word, told, &held, subject, aimed_at);
        claim.evidence = claim
            .evidence
            .cover(context.scene.tree.word(matched.word).span);
        claim
    };
    directed.map(emit).collect()
}

/// "rejected X's demand to leave Y": what is refused is X's, and the verb's own frame tells that.
fn answers_another(context: &Context<'_>, verb: usize, subjects: &[Actor]) -> bool {
    let scene = context.scene;
    let demands = scene.tree.objects(verb).into_iter().filter(|&noun| {
        let called = scene.calls(Kind::OperatorNoun, noun);
        let asks = |&(number, _): &(usize, usize)| {
            context.frames.operators[number].embedded == Embedded::As(Modality::Demanded)
        };
        called.iter().any(asks)
    });
    demands
        .flat_map(|noun| scene.fill(noun, &vec![Slot::Owner]))
        .any(|owner| {
            let mut own = subjects.iter();
            own.all(|subject| subject.argument.entity != owner.argument.entity)
        })
}

/// The dictionary form of the act, for people.
fn act(context: &Context<'_>, matched: &Match<'_>) -> String {
    if let Some(act) = &matched.frame.act {
        return act.clone();
    }
    let scene = context.scene;
    let mut words = vec![scene.head_lemma(matched.word).to_owned()];
    for (path, lemmas) in &matched.frame.with {
        let held = scene
            .filler_words(matched.word, path)
            .into_iter()
            .map(|word| scene.tree.word(word));
        let named = held
            .filter(|word| lemmas.contains(&word.lemma))
            .map(|word| word.lemma.clone());
        if let Some(Slot::Under(preposition)) = path.first() {
            words.push(preposition.clone());
        }
        words.extend(named.take(1));
    }
    words.join(" ")
}

//! "X has left, but Y has not", "and so did Y": an auxiliary alone stands for what was told of somebody else.

use super::{
    super::{
        factuality::{self, Held},
        matching::{self, Context, Told},
        scene::Actor,
    },
    REFUSED,
};
use crate::{
    claim::{Claim, Modality, Polarity},
    grammar::{Pos, Role},
};

/// As far above an echo the verb may stand that it repeats ("X did, but Y says that it did not").
const DEPTH: usize = 4;

/// Claims of the words of a paragraph that repeat what is `told` in it of others.
pub(super) fn claims(context: &Context<'_>, told: &[Claim]) -> Vec<Claim> {
    let words = 0..context.scene.tree.paragraph.words.len();
    let echoes = words.filter(|&word| is_echo(context, word));
    echoes
        .flat_map(|word| echoed(context, word, told))
        .collect()
}

/// Whether a word and what stands with it say nothing but that something told before is so or not so.
pub(super) fn is_echo(context: &Context<'_>, word: usize) -> bool {
    let tree = &context.scene.tree;
    let own = tree.word(word);
    if !matches!(own.pos, Pos::Verb | Pos::Aux) {
        return false;
    }
    let only = |&child: &usize| {
        matches!(
            tree.word(child).role,
            Role::Subject
                | Role::PassiveSubject
                | Role::Expletive
                | Role::Object
                | Role::IndirectObject
                | Role::Negation
                | Role::Adverb
                | Role::Auxiliary
                | Role::Coordinator
                | Role::Marker
                | Role::Case
                | Role::BareOblique
                | Role::Conjunct
                | Role::Determiner
                | Role::Other
                | Role::Punctuation
        )
    };
    let helps = matches!(
        own.role,
        Role::Auxiliary | Role::PassiveAuxiliary | Role::Copula
    );
    let children = tree.children(word);
    if helps || !children.iter().all(only) {
        return false;
    }
    let taken = |child: &usize| {
        let nominal = matches!(
            tree.word(*child).role,
            Role::Object | Role::IndirectObject | Role::Subject | Role::PassiveSubject
        );
        nominal && !is_back(context, word, *child)
    };
    let echoes = &context.frames.words.echoes;
    let pairs = children.iter().any(|&child| is_back(context, word, child));
    // One place is left for who does the same.
    (pairs || echoes.contains(&own.lemma))
        && children.iter().filter(|child| taken(child)).count() <= 1
}

/// Whether a word is the one by which an echo points back ("did so", "followed suit").
fn is_back(context: &Context<'_>, word: usize, child: usize) -> bool {
    let tree = &context.scene.tree;
    let (own, other) = (tree.word(word), tree.word(child));
    let pair = |other: &str| {
        let pair = format!("{} {other}", own.lemma);
        context.frames.words.echoes.contains(&pair)
    };
    pair(&other.lemma) || pair(tree.lower(child))
}

fn echoed(context: &Context<'_>, word: usize, told: &[Claim]) -> Vec<Claim> {
    let scene = context.scene;
    let tree = &scene.tree;
    let takes = |&&child: &&usize| {
        matches!(
            tree.word(child).role,
            Role::Subject | Role::PassiveSubject | Role::Object | Role::IndirectObject
        ) && !is_back(context, word, child)
    };
    let named: Vec<usize> = tree.children(word).iter().filter(takes).copied().collect();
    let sources: Vec<Actor> = named.iter().flat_map(|&one| scene.actors(one)).collect();
    let denied = is_denied(context, word, &named);
    let mut found: Vec<Claim> = vec![];
    for source in sources {
        for one in repeated(context, word, &source, told) {
            found.extend(repeat(context, word, denied, &source, &one));
        }
    }
    found
}

/// The claim that an echo of `source` makes of what was told of another.
fn repeat(
    context: &Context<'_>,
    word: usize,
    denied: bool,
    source: &Actor,
    repeated: &Repeated<'_>,
) -> Option<Claim> {
    let tree = &context.scene.tree;
    let claim = repeated.claim;
    let held = held(context, word, denied, repeated)?;
    let told = Told {
        relation: claim.relation.clone(),
        rule: claim.rule.clone(),
        event: None,
        act: claim.act.clone(),
        confidence: REFUSED,
        light: false,
    };
    let mut argument = if repeated.passive {
        claim.subject.clone()
    } else {
        claim.object.clone()
    };
    // What was told a sentence before is not named in this one.
    let sentence = tree.paragraph.span(tree.sentence(word));
    if !sentence.overlaps(argument.span) {
        argument.span = tree.word(word).span;
    }
    let other = Actor {
        argument,
        kind: source.kind,
    };
    let (from, to) = if repeated.passive {
        (&other, source)
    } else {
        (source, &other)
    };
    let mut repeats = matching::claim(context, word, told, &held, from, to);
    let words = &tree.word(word).text;
    let act = claim.evidence.slice(&context.article.text);
    repeats.because.push(format!(
        "\u{201c}{words}\u{201d} stands for what was told before: \u{201c}{act}\u{201d}."
    ));
    Some(repeats)
}

/// How an echo holds what it repeats; nothing if it is to be dropped.
fn held(context: &Context<'_>, word: usize, denied: bool, repeated: &Repeated<'_>) -> Option<Held> {
    let scene = context.scene;
    let claim = repeated.claim;
    let mut held = factuality::hold(scene, word, false, &claim.relation, context.ontology);
    if held.dropped {
        return None;
    }
    // "Y will not either": a refusal is told as one.
    let refused = repeated.turned && denied;
    held.polarity = if denied && !refused {
        Polarity::Negative
    } else {
        Polarity::Positive
    };
    let modal = &context.frames.words.modal;
    let cue = modal.get(&scene.tree.word(word).lemma);
    if let Some(will) = cue.and_then(|cue| cue.modality).filter(|_| !refused) {
        held.modality = will;
        held.intended |= will == Modality::Planned;
    }
    if refused || denied && claim.polarity == Polarity::Negative {
        held.modality = claim.modality;
    }
    Some(held)
}

/// Whether an echo says that somebody did not: the word that denies stands with it, or before it ("nor did Y").
fn is_denied(context: &Context<'_>, word: usize, named: &[usize]) -> bool {
    let tree = &context.scene.tree;
    let negation = &context.frames.words.negation;
    let denies =
        |at: &usize| negation.contains(tree.lower(*at)) || negation.contains(&tree.word(*at).lemma);
    let below = named.iter().flat_map(|&one| tree.children(one));
    let with = tree.children(word).iter().chain(below);
    let before = word
        .checked_sub(1)
        .filter(|&at| tree.sentence(word).contains(&at));
    let mut all = with.copied().chain(before);
    all.any(|at| denies(&at))
}

/// What an echo repeats.
struct Repeated<'a> {
    claim: &'a Claim,
    /// Whether the echo is of the one it was done to.
    passive: bool,
    /// Whether what was denied there is told as something else ("will not meet X" as a refusal).
    turned: bool,
}

/// What was told of another by the verb that an echo repeats.
fn repeated<'a>(
    context: &Context<'_>,
    word: usize,
    source: &Actor,
    told: &'a [Claim],
) -> Vec<Repeated<'a>> {
    let tree = &context.scene.tree;
    let of = |verb: usize| told_by(context, verb, word, source, told);
    let mut above = tree.word(word).head;
    for _ in 0..DEPTH {
        let Some(verb) = above else { break };
        let found = of(verb);
        if !found.is_empty() {
            return found;
        }
        above = tree.word(verb).head;
    }
    // "X accepted it. Y did not."
    let root = tree.word(word).head.is_none();
    let start = tree.sentence(word).start;
    let last = start
        .checked_sub(1)
        .filter(|_| root)
        .map(|last| tree.sentence(last));
    let last = last
        .into_iter()
        .flatten()
        .find(|&at| tree.word(at).head.is_none());
    last.map(of).unwrap_or_default()
}

/// What a verb before `word` tells of its subject, none of it of `source`.
fn told_by<'a>(
    context: &Context<'_>,
    verb: usize,
    word: usize,
    source: &Actor,
    told: &'a [Claim],
) -> Vec<Repeated<'a>> {
    let scene = context.scene;
    let tree = &scene.tree;
    let here = &source.argument.entity;
    let doers: Vec<Actor> = tree
        .grammatical_subject(verb, 0)
        .into_iter()
        .flat_map(|one| scene.actors(one))
        .collect();
    let passive = tree.is_passive(verb);
    let fits = |claim: &&Claim| {
        let [repeated, other] = if passive {
            [&claim.object, &claim.subject]
        } else {
            [&claim.subject, &claim.object]
        };
        claim.evidence.overlaps(tree.word(verb).span)
            && claim.evidence.end <= tree.word(word).span.start
            && [repeated, other].iter().all(|one| one.entity != *here)
            && doers
                .iter()
                .any(|doer| doer.argument.entity == repeated.entity)
    };
    let denied = is_denied(context, verb, &[]);
    let repeats = told.iter().filter(fits).map(|claim| Repeated {
        claim,
        passive,
        turned: denied && claim.polarity == Polarity::Positive,
    });
    repeats.collect()
}

//! "X has left, but Y has not", "and so did Y": an auxiliary alone stands for what was told of somebody else.

use super::{
    super::{
        factuality,
        matching::{self, Context, Told},
        scene::Actor,
    },
    REFUSED,
};
use crate::{
    claim::{Claim, Polarity},
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
    let mut found: Vec<Claim> = vec![];
    for source in sources {
        for (claim, passive, turned) in repeated(context, word, &source, told) {
            let mut held = factuality::hold(scene, word, false, &claim.relation, context.ontology);
            if held.dropped {
                continue;
            }
            let denied = is_denied(context, word, &named);
            // "Y will not either": a refusal is told as one.
            let refused = turned && denied;
            held.polarity = if denied && !refused {
                Polarity::Negative
            } else {
                Polarity::Positive
            };
            let modal = &context.frames.words.modal;
            let will = modal
                .get(&tree.word(word).lemma)
                .and_then(|cue| cue.modality);
            if let Some(will) = will.filter(|_| !refused) {
                held.modality = will;
                held.intended |= will == crate::claim::Modality::Planned;
            }
            if refused || denied && claim.polarity == Polarity::Negative {
                held.modality = claim.modality;
            }
            let told = Told {
                relation: claim.relation.clone(),
                rule: claim.rule.clone(),
                event: None,
                act: claim.act.clone(),
                confidence: REFUSED,
                light: false,
            };
            let mut other = Actor {
                argument: if passive {
                    &claim.subject
                } else {
                    &claim.object
                }
                .clone(),
                kind: source.kind,
            };
            // What was told a sentence before is not named in this one.
            let sentence = tree.paragraph.span(tree.sentence(word));
            if !sentence.overlaps(other.argument.span) {
                other.argument.span = tree.word(word).span;
            }
            let (from, to) = if passive {
                (&other, &source)
            } else {
                (&source, &other)
            };
            let mut repeats = matching::claim(context, word, told, &held, from, to);
            let words = tree.word(word).text.clone();
            let act = claim.evidence.slice(&context.article.text);
            repeats.because.push(format!(
                "\u{201c}{words}\u{201d} stands for what was told before: \u{201c}{act}\u{201d}."
            ));
            found.push(repeats);
        }
    }
    found
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

/// What was told of another by the verb that an echo repeats, whether the echo is of the one it was done to, and whether what
/// was denied there is told as something else ("will not meet X" as a refusal).
fn repeated<'a>(
    context: &Context<'_>,
    word: usize,
    source: &Actor,
    told: &'a [Claim],
) -> Vec<(&'a Claim, bool, bool)> {
    let scene = context.scene;
    let tree = &scene.tree;
    let here = &source.argument.entity;
    let of = |verb: usize| -> Vec<(&'a Claim, bool, bool)> {
        let doers: Vec<Actor> = tree
            .grammatical_subject(verb, 0)
            .into_iter()
            .flat_map(|one| scene.actors(one))
            .collect();
        let passive = tree.is_passive(verb);
        let fits = |claim: &&Claim| {
            let repeated = if passive {
                &claim.object
            } else {
                &claim.subject
            };
            claim.evidence.overlaps(tree.word(verb).span)
                && claim.evidence.end <= tree.word(word).span.start
                && claim.subject.entity != *here
                && claim.object.entity != *here
                && doers
                    .iter()
                    .any(|doer| doer.argument.entity == repeated.entity)
        };
        told.iter()
            .filter(fits)
            .map(|claim| {
                let turned = claim.polarity == Polarity::Positive && is_denied(context, verb, &[]);
                (claim, passive, turned)
            })
            .collect()
    };
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

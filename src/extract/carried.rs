//! Proposals whose target stands in a sentence before: "Y criticised X. X rejected the criticism." The words that are acted
//! upon name nobody, but take up an act that was told; who did it is meant. Too unsure for an edge.

use std::collections::BTreeSet;

use super::{
    backoff::sentence,
    factuality,
    frames::{Frame, Kind, Path, Slot},
    matching::{self, Context, Told},
    reach::{at_depth, fitting},
    scene::Actor,
};
use crate::{
    claim::{Argument, Claim, MentionKind, Name},
    grammar::{Pos, Role},
    text::Span,
};

/// What share of such proposals was right on texts with gold claims, rounded down.
const CONFIDENCE: f64 = 0.4;
/// How far back, in bytes, the act told before may stand.
const REACH: usize = 400;

/// Proposals for a paragraph; `told` are all claims of the article up to and with it, `used` the words that gave some.
pub(super) fn claims(context: &Context<'_>, told: &[Claim], used: &[usize]) -> Vec<Claim> {
    if context.article.mentions.is_some() {
        return vec![];
    }
    let words = 0..context.scene.tree.paragraph.words.len();
    let open = words.filter(|&word| context.scene.tree.is_verb(word) && !used.contains(&word));
    open.flat_map(|verb| proposed(context, verb, told))
        .collect()
}

fn proposed(context: &Context<'_>, verb: usize, told: &[Claim]) -> Vec<Claim> {
    let frames = fitting(context, verb);
    let Some(frame) = frames.first() else {
        return vec![];
    };
    let here = context.scene.tree.word(verb).span;
    let near = |claim: &&Claim| claim.evidence.overlaps(here);
    let sources = filled(context, verb, &frame.source);
    let Some(noun) = acted_upon(context, verb, frame) else {
        return vec![];
    };
    let mut found = vec![];
    for source in &sources {
        let busy = told.iter().filter(near).any(|claim| {
            let ends = [&claim.subject.entity, &claim.object.entity];
            ends.contains(&&source.argument.entity)
                && sentence(context, claim) == context.scene.tree.sentence(verb)
        });
        if busy {
            continue;
        }
        if let Some(other) = doer(context, verb, noun, source, told) {
            found.extend(claim(context, verb, frame, source, (noun, other)));
        }
    }
    found
}

fn filled(context: &Context<'_>, word: usize, paths: &[Path]) -> Vec<Actor> {
    let mut filled = paths.iter().map(|path| context.scene.fill(word, path));
    filled.find(|actors| !actors.is_empty()).unwrap_or_default()
}

/// The common noun in the place of the frame's target, if nobody is named in what hangs on it, nor in any place that the frame asks.
fn acted_upon(context: &Context<'_>, verb: usize, frame: &Frame) -> Option<usize> {
    if !filled(context, verb, &frame.target).is_empty() {
        return None;
    }
    let tree = &context.scene.tree;
    let starts: Vec<&Slot> = frame
        .target
        .iter()
        .filter_map(|path| path.first())
        .collect();
    let behind = tree
        .with_role(verb, Role::Oblique)
        .into_iter()
        .filter(|&word| {
            let marker = tree.word(word).marker.as_ref();
            let asked = |slot: &&Slot| matches!(slot, Slot::Under(under) if Some(under) == marker);
            starts.iter().any(asked)
        });
    let mut nouns = tree.objects(verb).into_iter().chain(behind);
    let noun = nouns.find(|&noun| tree.word(noun).pos == Pos::Noun)?;
    let named = (0..=2).any(|depth| !at_depth(context, noun, depth).is_empty());
    (!named).then_some(noun)
}

/// Who did the act that a noun takes up again: the last claim told before of what the noun's own frames mean.
fn doer(
    context: &Context<'_>,
    verb: usize,
    noun: usize,
    source: &Actor,
    told: &[Claim],
) -> Option<Name> {
    if !is_definite(context, noun) {
        return None;
    }
    let here = context.scene.tree.word(verb).span.start;
    let calls = context.scene.calls(Kind::Noun, noun);
    let relations: BTreeSet<&Name> = calls
        .iter()
        .map(|&(of, _)| &context.frames.frames[of].relation)
        .collect();
    let one_way = |claim: &&Claim| {
        let known = context.ontology.relation(&claim.relation);
        known.is_some_and(|known| known.event && !known.symmetric)
    };
    let before = |claim: &&Claim| {
        claim.evidence.end <= here
            && claim.evidence.start + REACH > here
            && relations.contains(&claim.relation)
    };
    let acts: Vec<&Claim> = told.iter().filter(before).filter(one_way).collect();
    let last = acts.iter().map(|claim| claim.evidence.start).max()?;
    let same = acts.iter().filter(|claim| claim.evidence.start == last);
    let doers: BTreeSet<&Name> = same.map(|claim| &claim.subject.entity).collect();
    let mut doers = doers.into_iter();
    match (doers.next(), doers.next()) {
        (Some(one), None) if *one != source.argument.entity => Some(one.clone()),
        _ => None,
    }
}

/// "the decree", "avgjørelsen"; not "his decree", which is somebody's.
fn is_definite(context: &Context<'_>, noun: usize) -> bool {
    let tree = &context.scene.tree;
    let owned = tree.has(noun, Role::Possessor);
    let article = tree
        .with_role(noun, Role::Determiner)
        .into_iter()
        .any(|word| {
            tree.word(word).feature("Definite") == Some("Def")
                || tree.word(word).feature("PronType") == Some("Dem")
        });
    !owned && (article || tree.word(noun).feature("Definite") == Some("Def"))
}

fn claim(
    context: &Context<'_>,
    verb: usize,
    frame: &Frame,
    source: &Actor,
    (noun, other): (usize, Name),
) -> Option<Claim> {
    let target = Actor {
        argument: Argument {
            entity: other,
            span: phrase(context, noun),
        },
        kind: MentionKind::Nominal,
    };
    if !context.suits(frame, source, &target) || frame.reverse {
        return None;
    }
    let held = factuality::hold(
        context.scene,
        verb,
        false,
        &frame.relation,
        context.ontology,
    );
    if held.dropped {
        return None;
    }
    let language = context.article.lang.family().tag();
    let told = Told {
        rule: format!("{language}/proposal/doer-before").into(),
        event: None,
        relation: frame.relation.clone(),
        act: context.scene.tree.word(verb).lemma.clone(),
        confidence: CONFIDENCE,
        light: false,
    };
    Some(matching::claim(context, verb, told, &held, source, &target))
}

/// The noun with its article.
fn phrase(context: &Context<'_>, noun: usize) -> Span {
    let tree = &context.scene.tree;
    let articles = tree.with_role(noun, Role::Determiner).into_iter();
    let spans = articles.map(|word| tree.word(word).span);
    spans.fold(tree.word(noun).span, Span::cover)
}

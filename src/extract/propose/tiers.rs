//! Where the act between two given actors is looked for, the nearest words first.

use std::ops::Range;

use super::{
    super::matching::Context,
    CONFIDENCE, Placed, conditions,
    meaning::{first_meant, is_undone, likely_meaning, meaning, possible_meaning},
    path::Path,
    telling,
};
use crate::claim::Name;

/// Words by how near they are: on the path, beside it, in conditions on it, anywhere else in the sentence.
pub(super) type Tiers = [Vec<usize>; 4];

/// A word that means an act, and how sure that act is.
pub(super) struct Found {
    pub(super) word: usize,
    pub(super) relation: Name,
    pub(super) confidence: f64,
}

/// The words of a sentence; those of the two actors' own names are none.
pub(super) fn of(
    context: &Context<'_>,
    path: &Path,
    ends: [&Placed; 2],
    sentence: Range<usize>,
) -> Tiers {
    let tree = &context.scene.tree;
    let taken = |word: &usize| {
        let span = tree.word(*word).span;
        ends.iter()
            .any(|placed| placed.actor.argument.span.overlaps(span))
    };
    let conditional = |word: &usize| telling::is_conditional(context, *word);
    // What happens only if something else does is no news.
    let mut joining = path.words();
    joining.extend(path.above(tree, ends.map(|end| end.head)));
    // What the other did before, or does meanwhile, is not what is done to them.
    let meanwhile = conditions::meanwhile(path, tree);
    let (later, joining): (Vec<_>, Vec<_>) = joining
        .into_iter()
        .partition(|word| meanwhile.contains(word));
    let (depending, near): (Vec<_>, Vec<_>) = joining.into_iter().partition(conditional);
    let sure = |words: Vec<usize>| words.into_iter().filter(|word| !conditional(word));
    let mut beside = vec![];
    if !later.is_empty() {
        let below = tree.children(path.top.unwrap_or(ends[0].head));
        beside.extend(below.iter().filter(|word| !later.contains(word)));
        beside.extend(sure(later));
    }
    beside.extend(sure(path.beside(context)));
    let mut tiers = [near, beside, depending, path.rest(sentence)];
    for tier in &mut tiers {
        tier.retain(|word| !taken(word));
    }
    tiers
}

/// The nearest word that means an act; one that was done, if there is one beside it.
pub(super) fn found(context: &Context<'_>, tiers: &Tiers) -> Option<Found> {
    let found = nearest(context, tiers)?;
    if !is_undone(context, found.word, &found.relation) {
        return Some(found);
    }
    let mut others = [tiers[0].clone(), tiers[1].clone()];
    for tier in &mut others {
        tier.retain(|&other| other != found.word);
    }
    nearest(context, &others).or(Some(found))
}

fn nearest(context: &Context<'_>, tiers: &[Vec<usize>]) -> Option<Found> {
    tiers
        .iter()
        .zip(CONFIDENCE)
        .find_map(|(words, confidence)| {
            let meant = first_meant(context, words, meaning);
            let (word, relation) = meant.or_else(|| first_meant(context, words, likely_meaning))?;
            Some(Found {
                word,
                relation,
                confidence,
            })
        })
}

/// The nearest word that may mean an act, by whatever frame.
pub(super) fn possible(context: &Context<'_>, tiers: &Tiers) -> Option<Found> {
    let (word, relation) = tiers
        .iter()
        .find_map(|words| first_meant(context, words, possible_meaning))?;
    Some(Found {
        word,
        relation,
        confidence: CONFIDENCE[3],
    })
}

//! Frames against grammar: every word that calls up a frame is tried, the most specific frame first; where roles are
//! filled by actors, claims come out.

mod charges;
mod claim;
mod context;
mod contrast;
mod named;
mod roles;
mod told;

use std::cmp::Reverse;

use super::{
    frames::{Frame, Kind},
    scene::Actor,
};
use crate::{
    claim::{Claim, Modality, Name, Polarity},
    grammar::Pos,
};
pub(super) use claim::{Told, claim};
pub(super) use context::Context;
use roles::try_frame;
use told::told;

/// A frame that fits: its word, its actors, and whether its noun is carried by a verb.
struct Match<'a> {
    frame: &'a Frame,
    word: usize,
    pairs: Vec<(Actor, Actor)>,
    light: bool,
    /// Whether its source was found as the subject of an operator verb.
    intended: bool,
    /// Whether an actor was found only as the owner of what stands in a slot.
    owned: bool,
}

/// How freely a frame's slots are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Strict,
    /// An actor without a class is taken to be of the right one.
    Assumed,
    /// Besides, whose something is stands for it.
    Owned,
}

/// All claims of a paragraph that frames give, and the words that called those frames up.
pub(super) fn claims(context: &Context<'_>) -> (Vec<Claim>, Vec<usize>) {
    let telling = context.telling.iter();
    let all: Vec<Match<'_>> = telling.flat_map(|&word| matches(context, word)).collect();
    let mut claims = vec![];
    for matched in &all {
        // "adopted sanctions against X": the verb's own frame has told it.
        // "refused to voice its support for X": so has it where both have the same actors.
        let verb = context.scene.governor(matched.word);
        let twice = all.iter().any(|other| {
            Some(other.word) == verb
                && other.frame.relation == matched.frame.relation
                && (matched.intended || joins_same(other, matched))
        });
        if !twice {
            let told = told(context, matched).into_iter();
            claims.extend(told.map(|claim| (matched.word, claim)));
        }
    }
    let claims = charges::with_denials(context, claims);
    let claims = code_wholes(context, claims);
    let words = all.iter().map(|matched| matched.word).collect();
    (claims, words)
}

/// Whether two matches join the same actors.
fn joins_same(one: &Match<'_>, other: &Match<'_>) -> bool {
    let ends = |matched: &Match<'_>| -> Vec<(Name, Name)> {
        let ends = |(source, target): &(Actor, Actor)| {
            (
                source.argument.entity.clone(),
                target.argument.entity.clone(),
            )
        };
        matched.pairs.iter().map(ends).collect()
    };
    ends(one) == ends(other)
}

/// "wants talks with X": what is not yet done is coded as the act above it that one of the two has done to the other.
fn code_wholes(context: &Context<'_>, claims: Vec<(usize, Claim)>) -> Vec<Claim> {
    let done: Vec<(usize, Claim)> = claims
        .iter()
        .filter(|(_, claim)| {
            let state = (claim.polarity, claim.modality);
            claim.event.is_some() && state == (Polarity::Positive, Modality::Asserted)
        })
        .cloned()
        .collect();
    let coded = |(word, mut claim): (usize, Claim)| {
        let same = |(above, whole): &&(usize, Claim)| {
            (&whole.subject.entity, &whole.object.entity)
                == (&claim.subject.entity, &claim.object.entity)
                && context.scene.tree.word(word).head == Some(*above)
        };
        if claim.modality != Modality::Asserted
            && claim.event.is_some()
            && let Some((_, whole)) = done.iter().find(same)
        {
            claim.event.clone_from(&whole.event);
        }
        claim
    };
    claims.into_iter().map(coded).collect()
}

/// The frames that fit at a word; of those that differ in how much they ask for, only the most demanding.
fn matches<'a>(context: &Context<'a>, word: usize) -> Vec<Match<'a>> {
    let mut calls: Vec<(usize, usize, Kind)> = vec![];
    for &kind in kinds_of(context, word) {
        let called = context.scene.calls(kind, word);
        // Where a longer office stands ("vice president"), the shorter one does not, whether or not its holder is found.
        let longest = called
            .iter()
            .map(|&(_, words)| words)
            .max()
            .filter(|_| kind == Kind::Office);
        for (of, words) in called {
            if longest.is_some_and(|longest| words < longest) {
                continue;
            }
            let frame = &context.frames.frames[of];
            let weights = frame
                .with
                .iter()
                .map(|condition| context.scene.weight(word, condition));
            let Some(asked) = weights.sum::<Option<usize>>() else {
                continue;
            };
            calls.push((frame.specificity(words, asked), of, kind));
        }
    }
    calls.sort_by_key(|&(specificity, of, _)| (Reverse(specificity), of));
    let found = most_demanding(context, word, &calls, Reading::Strict);
    // What is true only if an actor without a class is of the right one comes last, and then what is done to their own.
    if found.is_empty() && context.article.mentions.is_some() {
        let found = most_demanding(context, word, &calls, Reading::Assumed);
        if found.is_empty() {
            return most_demanding(context, word, &calls, Reading::Owned);
        }
        return found;
    }
    found
}

/// The frames among `calls`, the most demanding first, that fit and ask for as much as the first that does.
fn most_demanding<'a>(
    context: &Context<'a>,
    word: usize,
    calls: &[(usize, usize, Kind)],
    reading: Reading,
) -> Vec<Match<'a>> {
    let mut found: Vec<Match<'a>> = vec![];
    let mut most = 0;
    for &(specificity, of, kind) in calls {
        let frame = &context.frames.frames[of];
        if !found.is_empty() && specificity < most {
            break;
        }
        if let Some(matched) = try_frame(context, frame, word, kind, reading)
            && !found
                .iter()
                .any(|other| other.frame.relation == frame.relation)
        {
            most = specificity;
            found.push(matched);
        }
    }
    found
}

fn kinds_of(context: &Context<'_>, word: usize) -> &'static [Kind] {
    let own = context.scene.tree.word(word);
    let participle = own.feature("VerbForm") == Some("Part");
    match own.pos {
        Pos::Verb if participle => &[Kind::Verb, Kind::Adjective],
        Pos::Verb | Pos::Aux => &[Kind::Verb],
        Pos::Noun | Pos::Propn => &[Kind::Noun, Kind::Office],
        Pos::Adj | Pos::Adv => &[Kind::Adjective],
        _ => &[],
    }
}

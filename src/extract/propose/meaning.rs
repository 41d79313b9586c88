//! What a word means whatever stands in its slots.

use std::collections::BTreeMap;

use super::super::{
    factuality,
    frames::{Embedded, Frame, Kind, Slot},
    matching::Context,
};
use crate::{
    claim::{Modality, Name, Polarity},
    grammar::{Pos, Role},
};

/// The first word that means an event, passing over what only promises the next one.
pub(super) fn first_meant(
    context: &Context<'_>,
    words: &[usize],
    meaning: fn(&Context<'_>, usize) -> Option<Name>,
) -> Option<(usize, Name)> {
    let mut passed = None;
    for (at, &word) in words.iter().enumerate() {
        // "agreed to drop the clauses that had angered X": what is agreed ends where something else is told.
        if passed.is_some() && context.scene.tree.word(word).role == Role::RelativeClause {
            break;
        }
        let Some(relation) = meaning(context, word) else {
            continue;
        };
        let below = &words[at + 1..];
        if plans(context, word, below) || is_sent_to_help(context, word, &relation, below) {
            passed.get_or_insert((word, relation));
        } else {
            return Some((word, relation));
        }
    }
    passed.or_else(|| {
        let refused = |&word: &usize| Some((word, emitted_by(context, word)?));
        words.iter().find_map(refused)
    })
}

/// Whether `word` holds as planned a clause headed by one of `below`.
fn plans(context: &Context<'_>, word: usize, below: &[usize]) -> bool {
    let tree = &context.scene.tree;
    let embeds = below.iter().any(|&next| {
        let own = tree.word(next);
        let subordinate = |marker: &String| context.frames.words.subordinators.contains_key(marker);
        own.head == Some(word)
            && !own.marker.as_ref().is_some_and(subordinate)
            && matches!(
                own.role,
                Role::OpenContent | Role::Content | Role::AdverbialClause | Role::NounClause
            )
    });
    embeds
        && operators(context, word).into_iter().any(|number| {
            matches!(
                context.frames.operators[number].embedded,
                Embedded::As(Modality::Planned | Modality::Demanded)
            )
        })
}

/// "sent soldiers to help X": where forces are moved for another's good, that good is the act.
fn is_sent_to_help(context: &Context<'_>, word: usize, relation: &str, below: &[usize]) -> bool {
    let tree = &context.scene.tree;
    let helps = |&next: &usize| {
        let own = tree.word(next);
        let purpose = matches!(
            own.role,
            Role::OpenContent | Role::AdverbialClause | Role::NounClause
        );
        purpose
            && tree.is_infinitive(next)
            && meaning(context, next)
                .and_then(|end| class(context, &end))
                .is_some_and(|class| class <= 2)
    };
    context.frames.words.deployment.as_deref() == Some(relation)
        && tree.is_verb(word)
        && below.iter().any(helps)
}

/// The operators that a word calls up.
pub(super) fn operators(context: &Context<'_>, word: usize) -> Vec<usize> {
    let tree = &context.scene.tree;
    let kind = if tree.is_verb(word) {
        Kind::OperatorVerb
    } else if tree.is_nominal(word) {
        Kind::OperatorNoun
    } else {
        Kind::OperatorAdjective
    };
    let called = context.scene.calls(kind, word).into_iter();
    called.map(|(number, _)| number).collect()
}

fn emitted_by(context: &Context<'_>, word: usize) -> Option<Name> {
    let mut called = operators(context, word).into_iter();
    called.find_map(|number| context.frames.operators[number].emit.clone())
}

/// What a word means whatever stands in its slots: the frame that asks most and whose conditions hold.
pub(in crate::extract) fn meaning(context: &Context<'_>, word: usize) -> Option<Name> {
    best(context, word).map(|frame| frame.relation.clone())
}

/// Whether a word may mean an act: one of its frames does, and the frame's conditions hold.
pub(super) fn may_mean(context: &Context<'_>, word: usize, relation: &str) -> bool {
    called(context, word).into_iter().any(|(of, _)| {
        let frame = &context.frames.frames[of];
        let mut with = frame.with.iter();
        *frame.relation == *relation && with.all(|with| context.scene.holds(word, with))
    })
}

/// The event code that the frame of a word's meaning has of its own ("signed a contract": SUPPORT).
pub(super) fn event_of(context: &Context<'_>, word: usize, relation: &str) -> Option<Name> {
    let frame = best(context, word).filter(|frame| *frame.relation == *relation)?;
    frame.event.clone()
}

/// The frame that a word's meaning is taken from.
pub(super) fn best<'a>(context: &Context<'a>, word: usize) -> Option<&'a Frame> {
    let scene = context.scene;
    let mut best: Option<((bool, usize, usize), &'a Frame)> = None;
    let noun = scene.tree.is_nominal(word);
    for (of, words) in called(context, word) {
        let frame = &context.frames.frames[of];
        let weights = frame.with.iter().map(|with| scene.weight(word, with));
        if let Some(asked) = weights.sum::<Option<usize>>() {
            // A "hunger strike" is no strike, whatever a frame of "strike" asks for.
            let longest = if noun { words } else { 1 };
            // The two are actors; a frame about agreements comes last.
            let actors = context.takes_actors(&frame.source_kinds)
                && context.takes_actors(&frame.target_kinds);
            let specificity = (actors, longest, frame.specificity(words, asked));
            if best.is_none_or(|(most, _)| specificity > most) {
                best = Some((specificity, frame));
            }
        }
    }
    best.map(|(_, frame)| frame)
}

/// "claimed that he had paid", "intended to use it": whether a frame about what another does or is to do has only its own
/// subject there.
fn is_of_itself(context: &Context<'_>, word: usize, frame: &Frame) -> bool {
    let tree = &context.scene.tree;
    let Some([slot @ (Slot::Clause | Slot::Infinitive | Slot::Subjunctive)]) =
        frame.target.first().map(Vec::as_slice)
    else {
        return false;
    };
    let words = &context.frames.words;
    let others = context.scene.filler_words(word, &vec![slot.clone()]);
    let own = tree.subjects(word);
    let same = |other: &usize| {
        let form = tree.lower(*other);
        own.contains(other)
            || *slot == Slot::Clause
                && (words.reported_thing.contains(form) || words.reported_person.contains(form))
    };
    !others.is_empty() && others.iter().all(same)
}

/// Whether a hostile act was not done: what was done instead says more ("held without charge").
pub(super) fn is_undone(context: &Context<'_>, word: usize, relation: &str) -> bool {
    let hostile = class(context, relation).is_some_and(|class| class >= 3);
    let refusal = context.frames.words.refusal.as_deref() == Some(relation);
    let light = context.scene.tree.is_nominal(word) && context.scene.governor(word).is_some();
    let held = || factuality::hold(context.scene, word, light, relation, context.ontology);
    hostile && !refusal && {
        let held = held();
        held.polarity == Polarity::Negative
            && held.modality == Modality::Asserted
            && held.emitters.is_empty()
    }
}

/// The relation of more than half of the frames of a word, whether their conditions hold or not; a verb of speech means what
/// its conditions say, or nothing.
pub(super) fn likely_meaning(context: &Context<'_>, word: usize) -> Option<Name> {
    if speaks(context, word) {
        return None;
    }
    let (all, votes) = votes(context, word);
    let most = votes.into_iter().find(|(_, count)| count * 2 > all);
    most.map(|(relation, _)| relation)
}

/// The relation of most of the frames of a word, the first by name where several are.
pub(super) fn possible_meaning(context: &Context<'_>, word: usize) -> Option<Name> {
    let (_, votes) = votes(context, word);
    let most = votes.values().copied().max()?;
    let found = votes.into_iter().find(|&(_, count)| count == most);
    found.map(|(relation, _)| relation)
}

fn votes(context: &Context<'_>, word: usize) -> (usize, BTreeMap<Name, usize>) {
    let called = called(context, word);
    let mut votes: BTreeMap<Name, usize> = BTreeMap::new();
    for &(of, _) in &called {
        let relation = context.frames.frames[of].relation.clone();
        *votes.entry(relation).or_default() += 1;
    }
    (called.len(), votes)
}

fn speaks(context: &Context<'_>, word: usize) -> bool {
    let mut called = operators(context, word).into_iter();
    context.scene.tree.is_verb(word)
        && called.any(|number| context.frames.operators[number].speaker)
}

/// The frames of events that a word calls up and that nothing in the sentence forbids.
fn called(context: &Context<'_>, word: usize) -> Vec<(usize, usize)> {
    let scene = context.scene;
    let kinds: &[Kind] = match scene.tree.word(word).pos {
        Pos::Verb | Pos::Aux => &[Kind::Verb, Kind::Adjective],
        Pos::Noun | Pos::Propn => &[Kind::Noun],
        Pos::Adj | Pos::Adv => &[Kind::Adjective, Kind::Verb],
        _ => &[],
    };
    let mut found: Vec<(usize, usize)> = kinds
        .iter()
        .flat_map(|&kind| scene.calls(kind, word))
        .collect();
    found.retain(|&(of, _)| {
        let frame = &context.frames.frames[of];
        let known = context.ontology.relation(&frame.relation);
        known.is_some_and(|relation| relation.event)
            && !frame.without.iter().any(|not| scene.holds(word, not))
            && !is_of_itself(context, word, frame)
    });
    found
}

/// Whether a word calls up a frame in which each does to the other what it tells.
pub(super) fn is_mutual(context: &Context<'_>, word: usize, relation: &str) -> bool {
    let called = called(context, word);
    let mut frames = called.iter().map(|&(of, _)| &context.frames.frames[of]);
    frames.any(|frame| *frame.relation == *relation && (frame.mutual || frame.pairs))
}

/// The quad class of a relation.
pub(super) fn class(context: &Context<'_>, relation: &str) -> Option<u8> {
    let known = context.ontology.relation(relation);
    known.and_then(|known| known.quad_class)
}

//! Whether what stands around a word is told as past or as to come: it decides which Monday is meant.

use super::super::{
    frames::{Embedded, Kind},
    scene::Scene,
};
use crate::{
    claim::Modality,
    grammar::{Pos, Role},
};

/// How the clause around a date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// "ordered X to leave on Monday": the day of the order or of the leaving.
    Unclear,
}

/// Chains of verbs are short; a longer one is a parser's knot.
const DEPTH: usize = 8;

/// The tense of the clause that holds a word; what has no verb is past.
pub(super) fn at(scene: &Scene<'_>, word: usize) -> Tense {
    let mut at = word;
    for _ in 0..DEPTH {
        if scene.tree.is_verb(at) || scene.tree.has(at, Role::Copula) {
            return of_verb(scene, at, 0);
        }
        match scene.tree.word(at).head {
            Some(head) => at = head,
            None => break,
        }
    }
    Tense::Past
}

fn of_verb(scene: &Scene<'_>, verb: usize, depth: usize) -> Tense {
    let tree = &scene.tree;
    if let Some(tense) = of_auxiliaries(scene, verb) {
        return tense;
    }
    let word = tree.word(verb);
    match (word.feature("Tense"), word.feature("VerbForm")) {
        (Some("Past"), _) | (_, Some("Part")) if word.feature("Aspect") != Some("Prog") => {
            Tense::Past
        }
        (_, Some("Inf" | "Part" | "Ger")) | (None, None) => above(scene, verb, depth),
        (Some("Pres"), _) if !reports(scene, verb) => Tense::Future,
        _ => Tense::Past,
    }
}

fn of_auxiliaries(scene: &Scene<'_>, verb: usize) -> Option<Tense> {
    let tree = &scene.tree;
    let words = &tree.frames.words;
    let helping: Vec<usize> = tree
        .children(verb)
        .iter()
        .copied()
        .filter(|&child| {
            let role = tree.word(child).role;
            matches!(
                role,
                Role::Auxiliary | Role::PassiveAuxiliary | Role::Copula
            )
        })
        .collect();
    let lemma = |&at: &usize| &tree.word(at).lemma;
    let planned = |at: &usize| {
        let cue = words
            .modal
            .get(lemma(at))
            .or_else(|| words.modal.get(tree.lower(*at)));
        cue.is_some_and(|cue| cue.modality.is_some())
    };
    let perfect = helping.iter().any(|at| words.perfect.contains(lemma(at)));
    if perfect {
        return Some(Tense::Past);
    }
    if helping.iter().any(planned) {
        return Some(Tense::Future);
    }
    let first = helping.first()?;
    let past = tree.word(*first).feature("Tense") == Some("Past");
    Some(if past { Tense::Past } else { Tense::Future })
}

/// The tense of an infinitive or participle is that of the verb above, unless that one looks ahead.
fn above(scene: &Scene<'_>, verb: usize, depth: usize) -> Tense {
    let tree = &scene.tree;
    let word = tree.word(verb);
    let Some(head) = word.head.filter(|_| depth < DEPTH) else {
        return Tense::Past;
    };
    let ahead = ahead(scene, head);
    if !tree.is_verb(head) && !tree.has(head, Role::Copula) {
        return if ahead && word.feature("VerbForm") == Some("Inf") {
            Tense::Unclear
        } else {
            at(scene, head)
        };
    }
    match of_verb(scene, head, depth + 1) {
        Tense::Past if ahead => Tense::Unclear,
        tense => tense,
    }
}

/// Whether a word says of what it embeds that it is to come.
fn ahead(scene: &Scene<'_>, word: usize) -> bool {
    let kinds = [
        Kind::OperatorVerb,
        Kind::OperatorNoun,
        Kind::OperatorAdjective,
    ];
    kinds
        .into_iter()
        .flat_map(|kind| scene.calls(kind, word))
        .any(|(number, _)| {
            matches!(
                scene.tree.frames.operators[number].embedded,
                Embedded::As(Modality::Planned | Modality::Demanded | Modality::Hypothetical)
            )
        })
}

/// "says", "skriver": news reports in the present what was said.
fn reports(scene: &Scene<'_>, verb: usize) -> bool {
    scene.tree.word(verb).pos == Pos::Verb
        && scene
            .calls(Kind::OperatorVerb, verb)
            .iter()
            .any(|&(number, _)| {
                let operator = &scene.tree.frames.operators[number];
                operator.speaker && operator.embedded == Embedded::Keep
            })
}

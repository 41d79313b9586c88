//! Who says so: the speakers named beside a word ("according to X", "…, says X"), the subject of a word of speech, and
//! the speaker of a quotation, which may stand in another sentence or paragraph than the words quoted.

use std::{collections::BTreeSet, ops::Range};

use super::{
    frames::{Embedded, Kind, Operator, Slot},
    scene::Scene,
};
use crate::{
    claim::{Argument, Name},
    grammar::{Pos, Role},
};

/// A speaker named beside a word.
pub(super) struct Beside {
    /// The word that names it.
    pub(super) word: usize,
    /// Who it is; several where they are coordinated.
    pub(super) speakers: Vec<Argument>,
    /// Whether the speaker denies it.
    pub(super) denies: bool,
}

/// Words between quotation marks, and who says them.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub(super) words: Range<usize>,
    pub(super) speakers: Vec<Argument>,
}

/// A noun phrase that holds "according to X" is not deeper than this.
const DEPTH: usize = 3;

/// The speakers named beside a word, in the order of the text.
pub(super) fn beside(scene: &Scene<'_>, word: usize) -> Vec<Beside> {
    let mut found = vec![];
    gather(scene, word, DEPTH, &mut found);
    found.sort_by_key(|one| one.word);
    found
}

fn gather(scene: &Scene<'_>, word: usize, depth: usize, found: &mut Vec<Beside>) {
    let tree = &scene.tree;
    for &child in tree.children(word) {
        let own = tree.word(child);
        let marked = |marker: &String| tree.frames.words.speaker_prepositions.contains(marker);
        if own.role == Role::Oblique && own.marker.as_ref().is_some_and(marked) {
            found.push(Beside {
                word: child,
                speakers: arguments(scene, child),
                denies: false,
            });
        } else if (own.role == Role::Parataxis || stands_aside(scene, word, child))
            && !tree.separated(word, child)
        {
            if let Some(operator) = speech(scene, child).filter(|_| only_reports(scene, child)) {
                found.push(Beside {
                    word: child,
                    speakers: of_speech(scene, child),
                    denies: operator.flip,
                });
            }
        } else if depth > 0
            && matches!(
                own.role,
                Role::Object | Role::Oblique | Role::PassiveSubject
            )
            && tree.is_nominal(child)
        {
            // The parser may hang "according to X" on the nearest noun.
            gather(scene, child, depth - 1, found);
        }
    }
}

/// "The two reached a deal, X announced": a clause that nothing but a comma joins to the one before it.
fn stands_aside(scene: &Scene<'_>, word: usize, clause: usize) -> bool {
    let tree = &scene.tree;
    let children = tree.children(word).iter().chain(tree.children(clause));
    let mut between = children.filter(|&&child| (word..clause).contains(&child));
    tree.word(clause).role == Role::Conjunct
        && word < clause
        && !tree.subjects(clause).is_empty()
        && !between.any(|&child| tree.word(child).role == Role::Coordinator)
}

/// Whether a clause beside another only says who says it: it denies nothing and has no object but who is told.
fn only_reports(scene: &Scene<'_>, verb: usize) -> bool {
    let tree = &scene.tree;
    let told =
        |object: usize| !scene.actors(object).is_empty() && tree.word(object).pos == Pos::Propn;
    !tree.has(verb, Role::Negation)
        && !tree.has(verb, Role::Content)
        && tree.with_role(verb, Role::Object).into_iter().all(told)
}

/// The operator of speech that a verb is.
fn speech<'a>(scene: &Scene<'a>, verb: usize) -> Option<&'a Operator> {
    let calls = scene.calls(Kind::OperatorVerb, verb).into_iter();
    calls
        .map(|(number, _)| &scene.tree.frames.operators[number])
        .find(|operator| {
            // "X nekter for å …" denies nothing that stands beside it.
            operator.speaker && (!operator.flip || operator.slots.contains(&Slot::Clause))
        })
}

/// Who speaks by a word of speech: its subject; the owner of the statement or of the sources that are its subject; the
/// medium that unnamed sources told.
pub(super) fn of_speech(scene: &Scene<'_>, word: usize) -> Vec<Argument> {
    let tree = &scene.tree;
    let agents: Vec<Argument> = scene
        .agents(word)
        .into_iter()
        .map(|actor| actor.argument)
        .collect();
    if !agents.is_empty() {
        return agents;
    }
    let subjects = if tree.is_nominal(word) {
        vec![word]
    } else {
        tree.subjects(word)
    };
    for subject in subjects {
        let owners = scene.fill(subject, &vec![Slot::Owner]);
        if !owners.is_empty() && says_by_itself(scene, subject) {
            return owners.into_iter().map(|actor| actor.argument).collect();
        }
    }
    if tree.is_nominal(word) {
        return vec![];
    }
    let addressed = [
        Slot::Object,
        Slot::Indirect,
        Slot::Under("to".to_owned()),
        Slot::Under("til".to_owned()),
    ];
    let told = addressed
        .into_iter()
        .flat_map(|slot| scene.fill(word, &vec![slot]));
    told.map(|actor| actor.argument)
        .filter(|told| scene.is_medium(&told.entity))
        .take(1)
        .collect()
}

/// Whom a verb quotes: its object, or the receiver.
pub(super) fn quoted_by(scene: &Scene<'_>, verb: usize) -> Vec<Argument> {
    let slots = [Slot::Object, Slot::Indirect];
    let found = slots.into_iter().map(|slot| scene.fill(verb, &vec![slot]));
    let who = found.into_iter().rfind(|actors| !actors.is_empty());
    who.unwrap_or_default()
        .into_iter()
        .map(|actor| actor.argument)
        .collect()
}

/// Whether a noun is a statement or report, which speaks for its owner.
fn says_by_itself(scene: &Scene<'_>, noun: usize) -> bool {
    let calls = scene.calls(Kind::OperatorNoun, noun);
    calls
        .iter()
        .any(|&(number, _)| scene.tree.frames.operators[number].speaker)
}

fn arguments(scene: &Scene<'_>, word: usize) -> Vec<Argument> {
    let all = scene.tree.coordinated(word).into_iter();
    let named: Vec<Argument> = all
        .flat_map(|word| scene.actors(word))
        .map(|actor| actor.argument)
        .collect();
    if !named.is_empty() {
        return named;
    }
    // "according to a statement by X"
    let owners = scene.fill(word, &vec![Slot::Owner]);
    owners.into_iter().map(|actor| actor.argument).collect()
}

/// The quotations of each paragraph with their speakers. A quotation without a speaker of its own has that of the one
/// before in its paragraph; one that is all of its paragraph has the speaker whom the paragraph before or after names.
pub(super) fn quotes(scenes: &[Scene<'_>]) -> Vec<Vec<Quote>> {
    let mut all: Vec<Vec<Quote>> = scenes.iter().map(of_paragraph).collect();
    for at in 0..all.len() {
        let bare = all[at].iter().all(|quote| quote.speakers.is_empty())
            && fills_paragraph(&scenes[at], &all[at]);
        if !bare {
            continue;
        }
        let before = at
            .checked_sub(1)
            .map(|before| last_speaker(&scenes[before], &all[before]));
        let speakers = before
            .filter(|speakers| !speakers.is_empty())
            .unwrap_or_else(|| scenes.get(at + 1).map_or_else(Vec::new, first_speaker));
        for quote in &mut all[at] {
            quote.speakers.clone_from(&speakers);
        }
    }
    all
}

fn of_paragraph(scene: &Scene<'_>) -> Vec<Quote> {
    let ranges = quoted(scene);
    let mut quotes: Vec<Quote> = vec![];
    for words in &ranges {
        let mut speakers = attributed(scene, words, &ranges);
        if speakers.is_empty()
            && let Some(before) = quotes.last()
        {
            speakers.clone_from(&before.speakers);
        }
        quotes.push(Quote {
            words: words.clone(),
            speakers,
        });
    }
    quotes
}

/// Stretches between quotation marks; a paragraph that opens with a dash is speech as a whole.
fn quoted(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let words = &scene.tree.paragraph.words;
    let text = |at: usize| words.get(at).map(|word| word.text.as_str());
    if matches!(text(0), Some("\u{2013}" | "\u{2014}" | "-")) {
        return std::iter::once(0..words.len()).collect();
    }
    let (mut found, mut open) = (vec![], None);
    for at in 0..words.len() {
        // Two apostrophes open and close, whichever way they are bent.
        let single = |at: usize| matches!(text(at), Some("\u{2018}" | "\u{2019}"));
        let bent = single(at) && single(at + 1) && at + 1 < words.len();
        match (text(at).unwrap_or_default(), open) {
            ("\u{2018}", None) if bent => open = Some(at + 2),
            ("\u{2019}\u{2019}" | "\u{2018}\u{2019}" | "\u{2018}\u{2018}", None) => {
                open = Some(at + 1);
            }
            ("\u{2019}\u{2019}", Some(start)) => {
                found.push(start..at);
                open = None;
            }
            ("\u{2019}", Some(start)) if bent => {
                found.push(start..at);
                open = None;
            }
            ("\u{201c}" | "\u{ab}" | "\u{201e}" | "\"" | "``", None) => open = Some(at + 1),
            ("\u{201d}" | "\u{bb}" | "\u{201c}" | "\"" | "''", Some(start)) => {
                found.push(start..at);
                open = None;
            }
            // "«out of area»-doktrinen": a mark inside a compound.
            (text, Some(start)) if text.contains(['\u{bb}', '\u{201d}']) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    // A quotation that goes on in the next paragraph is not closed.
    found.extend(open.map(|start| start..words.len()));
    found.retain(|range| range.len() > 2);
    found
}

/// Whether hardly anything of a paragraph stands outside its quotations.
fn fills_paragraph(scene: &Scene<'_>, quotes: &[Quote]) -> bool {
    let inside = |at: &usize| quotes.iter().any(|quote| quote.words.contains(at));
    let words = &scene.tree.paragraph.words;
    let outside = (0..words.len()).filter(|at| !inside(at) && words[*at].pos != Pos::Punct);
    !quotes.is_empty() && outside.count() == 0
}

/// The speaker whom the sentences around a quotation name: the nearest verb of speech outside all quotations, in a
/// sentence that the quotation touches, or in the one before if a colon or full stop ends it.
fn attributed(scene: &Scene<'_>, quote: &Range<usize>, all: &[Range<usize>]) -> Vec<Argument> {
    let dash = quote.start == 0
        && matches!(
            scene.tree.paragraph.words[0].text.as_str(),
            "\u{2013}" | "\u{2014}" | "-"
        );
    let outside = |at: usize| dash || !all.iter().any(|range| range.contains(&at));
    let touched: BTreeSet<usize> = [
        quote.start,
        quote.end.min(scene.tree.paragraph.words.len()) - 1,
        quote.end,
    ]
    .into_iter()
    .filter(|&at| at < scene.tree.paragraph.words.len())
    .flat_map(|at| scene.tree.sentence(at))
    .collect();
    let own = speeches(
        scene,
        touched.iter().copied().filter(|&at| outside(at)),
        dash,
    );
    let nearest = own.into_iter().min_by_key(|(verb, _)| {
        let after = verb.saturating_sub(quote.end);
        let before = quote.start.saturating_sub(*verb);
        after.max(before)
    });
    if let Some((_, speakers)) = nearest {
        return speakers;
    }
    let opening = scene.tree.sentence(quote.start).start.min(quote.start);
    let Some(before) = opening.checked_sub(1).filter(|_| !dash) else {
        return vec![];
    };
    let sentence = scene.tree.sentence(before);
    let said = speeches(scene, sentence.filter(|&at| outside(at)), false);
    said.into_iter()
        .next_back()
        .map_or_else(Vec::new, |(_, speakers)| speakers)
}

/// Verbs of speech among words, with their speakers. `inverted`: only where the subject follows ("sier X").
fn speeches(
    scene: &Scene<'_>,
    words: impl Iterator<Item = usize>,
    inverted: bool,
) -> Vec<(usize, Vec<Argument>)> {
    let keeps = |operator: &Operator| operator.embedded == Embedded::Keep && !operator.flip;
    let said = words.filter(|&at| scene.tree.is_verb(at) && speech(scene, at).is_some_and(keeps));
    said.map(|verb| (verb, of_speech(scene, verb)))
        .filter(|(verb, speakers)| {
            let position = scene.tree.word(*verb).span.start;
            let follows = speakers.iter().all(|speaker| speaker.span.start > position);
            !speakers.is_empty() && (!inverted || follows)
        })
        .collect()
}

/// Whom a paragraph names last as speaking.
fn last_speaker(scene: &Scene<'_>, quotes: &[Quote]) -> Vec<Argument> {
    let Some(last) = scene.tree.paragraph.sentences.last() else {
        return vec![];
    };
    if let Some(quote) = quotes
        .last()
        .filter(|quote| quote.words.end + 2 >= last.start)
    {
        return quote.speakers.clone();
    }
    let said = speeches(scene, last.clone(), false);
    said.into_iter()
        .next()
        .map_or_else(Vec::new, |(_, speakers)| speakers)
}

/// Whom the first sentence of a paragraph names as speaking.
fn first_speaker(scene: &Scene<'_>) -> Vec<Argument> {
    let Some(first) = scene.tree.paragraph.sentences.first() else {
        return vec![];
    };
    let said = speeches(scene, first.clone(), false);
    said.into_iter()
        .next()
        .map_or_else(Vec::new, |(_, speakers)| speakers)
}

/// Of several coordinated speakers ("sources in A and B"), the one that the claim is about; else the first.
pub(super) fn own<'a>(speakers: &'a [Argument], actors: [&Name; 2]) -> Option<&'a Argument> {
    let is = |name: &Name| speakers.iter().find(|speaker| speaker.entity == *name);
    actors.into_iter().find_map(is).or(speakers.first())
}

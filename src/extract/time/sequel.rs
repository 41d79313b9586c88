//! Deeds told one after the other: in a paragraph that dates one deed of the last weeks, what the next sentences tell in the
//! simple past happened between that day and publication. Where both lie in one month, the month is certain enough.

use super::{Bounds, Dated};
use crate::{
    document::PartialDate,
    extract::{matching::Context, scene::Scene},
    grammar::Role,
};

/// Chains of clauses up to the main one are short.
const DEPTH: usize = 4;

/// The month of the deed at `word`, and the date that it follows, if the paragraph names one. `None` where it is told
/// otherwise than as the next deed or as news.
pub(in crate::extract) fn of<'a>(
    context: &Context<'a>,
    word: usize,
) -> Option<(PartialDate, Option<&'a Dated>)> {
    let scene = context.scene;
    let published = context.article.meta.date?;
    if is_news(scene, word) {
        return Some((month_between(published, published)?, None));
    }
    if !is_main_past(scene, word) {
        return None;
    }
    let position = scene.tree.word(word).span.start;
    let sentence = scene.tree.sentence(word);
    let told =
        |dated: &&Dated| dated.bounds == Bounds::At && !dated.modifier && dated.act.is_none();
    let mut before = context
        .dates
        .iter()
        .filter(|dated| dated.span.end <= position);
    let other = before
        .clone()
        .any(|dated| !told(&dated) && scene.tree.sentence(dated.word) == sentence);
    let last = before.rfind(told);
    let date = last.map_or(context.earlier.date, |dated| Some(dated.date))?;
    (!other).then_some((month_between(date, published)?, last))
}

/// The month that holds both dates, the first of which lies before the other.
fn month_between(date: PartialDate, published: PartialDate) -> Option<PartialDate> {
    let month = PartialDate {
        day: None,
        ..published
    };
    let same = (date.year, date.month) == (month.year, month.month);
    (month.month.is_some() && same && date.earliest() <= published.latest()).then_some(month)
}

/// "has dismissed the ambassador": in the perfect, a main clause tells what has just happened.
fn is_news(scene: &Scene<'_>, word: usize) -> bool {
    let tree = &scene.tree;
    let mut at = word;
    for _ in 0..DEPTH {
        let own = tree.word(at);
        match (own.role, own.head) {
            (Role::Root, _) | (_, None) => break,
            (Role::Conjunct, Some(head)) if is_simple_past(scene, at) || !is_finite(scene, at) => {
                at = head;
            }
            _ => return false,
        }
    }
    is_perfect(scene, at)
}

fn is_finite(scene: &Scene<'_>, verb: usize) -> bool {
    let tree = &scene.tree;
    tree.word(verb).feature("VerbForm") == Some("Fin") || tree.has(verb, Role::Auxiliary)
}

/// Whether a verb stands in the perfect, and nothing else helps it.
fn is_perfect(scene: &Scene<'_>, at: usize) -> bool {
    let tree = &scene.tree;
    let perfect = &tree.frames.words.perfect;
    let auxiliaries = tree.with_role(at, Role::Auxiliary);
    let present = |&auxiliary: &usize| {
        let own = tree.word(auxiliary);
        perfect.contains(&own.lemma) && own.feature("Tense") == Some("Pres")
    };
    tree.is_verb(at) && auxiliaries.len() == 1 && auxiliaries.iter().all(present)
}

/// Whether a word is the verb of a main clause in the simple past, coordinated with it, or what is done by it ("answered
/// by firing").
fn is_main_past(scene: &Scene<'_>, word: usize) -> bool {
    let tree = &scene.tree;
    let mut at = word;
    for _ in 0..DEPTH {
        let own = tree.word(at);
        let by = own.feature("VerbForm") != Some("Fin") && own.marker.is_some();
        match (own.role, own.head) {
            (Role::Root, _) | (_, None) => return is_simple_past(scene, at),
            (Role::Conjunct, Some(head)) if is_simple_past(scene, at) => at = head,
            (Role::OpenContent | Role::AdverbialClause, Some(head)) if by => at = head,
            _ => return false,
        }
    }
    false
}

fn is_simple_past(scene: &Scene<'_>, verb: usize) -> bool {
    let tree = &scene.tree;
    let past = |at: usize| tree.word(at).feature("Tense") == Some("Past");
    if !tree.is_verb(verb) || tree.has(verb, Role::Auxiliary) {
        return false;
    }
    let passive = tree.with_role(verb, Role::PassiveAuxiliary);
    match passive.first() {
        Some(&auxiliary) => past(auxiliary),
        None => past(verb) && tree.word(verb).feature("VerbForm") == Some("Fin"),
    }
}

//! Deeds told one after the other: in a paragraph that dates one deed of the last weeks, what the next sentences tell in the
//! simple past happened between that day and publication. Where both lie in one month, the month is certain enough.

use jiff::civil::Date;

use super::{Bounds, Dated, span};
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
    let published = context.article.meta.date?.to_day()?;
    if is_news(scene, word) {
        return Some((month_between(published, published)?, None));
    }
    if !is_main_past(scene, word) {
        return None;
    }
    let position = scene.tree.word(word).span.start;
    let before = context
        .dates
        .iter()
        .rfind(|dated| dated.span.end <= position);
    let Some(before) = before else {
        let day = context.earlier.day?.to_day()?;
        return Some((month_between(day, published)?, None));
    };
    if before.bounds != Bounds::At || before.modifier || before.act.is_some() {
        return None;
    }
    let day = before.date.to_day()?;
    Some((month_between(day, published)?, Some(before)))
}

/// The month that holds both days, the first of which lies before the other.
fn month_between(day: Date, published: Date) -> Option<PartialDate> {
    let date = (day <= published).then(|| span::holding(day, published))??;
    let month = PartialDate { day: None, ..date };
    month.month.is_some().then_some(month)
}

/// "has dismissed the ambassador": in the perfect, a main clause tells what has just happened.
fn is_news(scene: &Scene<'_>, word: usize) -> bool {
    let tree = &scene.tree;
    let mut at = word;
    for _ in 0..DEPTH {
        let own = tree.word(at);
        match (own.role, own.head) {
            (Role::Root, _) | (_, None) => break,
            (Role::Conjunct, Some(head)) if tree.is_verb(head) && !tree.has(at, Role::Subject) => {
                at = head;
            }
            _ => return false,
        }
    }
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

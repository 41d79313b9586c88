//! Deeds told one after the other: in a paragraph that dates one deed of the last weeks, what the next sentences tell in the
//! simple past happened between that day and publication. Where both lie in one month, the month is certain enough.

use super::{Bounds, Dated, span};
use crate::{
    document::PartialDate,
    extract::{matching::Context, scene::Scene},
    grammar::Role,
};

/// Chains of clauses up to the main one are short.
const DEPTH: usize = 4;

/// The month of the deed at `word`, and the date that it follows. `None` where it is told otherwise than as the next deed.
pub(in crate::extract) fn of<'a>(
    context: &Context<'a>,
    word: usize,
) -> Option<(PartialDate, &'a Dated)> {
    let scene = context.scene;
    if !is_main_past(scene, word) {
        return None;
    }
    let position = scene.tree.word(word).span.start;
    let before = context
        .dates
        .iter()
        .rfind(|dated| dated.span.end <= position)?;
    if before.bounds != Bounds::At || before.modifier || before.act.is_some() {
        return None;
    }
    let published = context.article.meta.date?.to_day()?;
    let day = before.date.to_day().filter(|day| *day <= published)?;
    let date = span::holding(day, published)?;
    let month = PartialDate { day: None, ..date };
    month.month.is_some().then_some((month, before))
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

//! Whom the text itself has called so: "Omar Kone, a Shiite cleric, …" and later "the cleric"; "the journalist", where only
//! one person has been named nearby.

use std::sync::Arc;

use super::{
    reference::{Reference, References, Seen},
    sieves::clause_subject,
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
};

/// "The cleric", "the rights group": the one that was described so, or the only person nearby.
pub(super) fn by_text(view: &References, at: usize, index: usize) -> Option<Reference> {
    let words = &view.reader.paragraphs[at].words;
    let word = &words[index];
    let of = matches!(&*view.lower(at, index + 1), "of" | "som");
    let vague = holds(&view.reader.words.references.vague, &word.lemma);
    if of || vague || word.pos != Pos::Noun || word.feature("Number") != Some("Sing") {
        return None;
    }
    let from = start(view, at, index)?;
    if view.named_beside(at, from, index) {
        return None;
    }
    let (entity, why) = match called_so(view, at, index) {
        Some(entity) => (
            entity,
            "The text has described so whom it means (sieve: described).",
        ),
        None => (
            only_person(view, at, index)?,
            "The only person named nearby (sieve: described).",
        ),
    };
    Some(Reference {
        words: from..index + 1,
        entities: vec![entity],
        kind: MentionKind::Nominal,
        why,
    })
}

/// Where the phrase of a definite noun begins, over adjectives and nouns that belong to it.
fn start(view: &References, at: usize, index: usize) -> Option<usize> {
    let words = &view.reader.paragraphs[at].words;
    let mut from = index;
    while from > 0
        && words[from - 1].head == Some(index)
        && matches!(words[from - 1].role, Role::Compound | Role::Adjective)
    {
        from -= 1;
    }
    let before = from.checked_sub(1)?;
    let definite = &view.reader.words.references.definite;
    holds(definite, &view.lower(at, before)).then_some(before)
}

/// The one mention before that a noun of the same words describes.
fn called_so(view: &References, at: usize, index: usize) -> Option<Name> {
    let own = phrase(view, at, index);
    let mut found = view
        .seen
        .iter()
        .filter(|one| (one.paragraph, one.head) != (at, index))
        .filter(|one| {
            descriptions(view, one)
                .into_iter()
                .any(|noun| phrase(view, one.paragraph, noun).ends_with(&own))
        });
    let first = Arc::clone(&found.next()?.entity);
    found.all(|one| one.entity == first).then_some(first)
}

/// The dictionary forms of a noun and of the nouns right before it that belong to it.
fn phrase(view: &References, at: usize, noun: usize) -> Vec<String> {
    let words = &view.reader.paragraphs[at].words;
    let mut first = noun;
    while first > 0
        && words[first - 1].role == Role::Compound
        && words[first - 1].head == Some(noun)
    {
        first -= 1;
    }
    words[first..=noun]
        .iter()
        .map(|word| word.lemma.clone())
        .collect()
}

/// The nouns that say what a mention is: in apposition, as a title, with a copula.
fn descriptions(view: &References, one: &Seen) -> Vec<usize> {
    let paragraph = &view.reader.paragraphs[one.paragraph];
    let words = &paragraph.words;
    let roles = [Role::Apposition, Role::Compound];
    let mut found: Vec<usize> = paragraph.children_with(one.head, &roles).collect();
    let own = &words[one.head];
    let predicate = |head: usize| {
        own.role == Role::Subject && paragraph.children_with(head, &[Role::Copula]).count() > 0
    };
    found.extend(
        own.head
            .filter(|&head| own.role == Role::Apposition || predicate(head)),
    );
    found.retain(|&noun| words[noun].pos == Pos::Noun);
    found
}

/// "The journalist had criticised X": the only person named in this sentence or the one before.
fn only_person(view: &References, at: usize, index: usize) -> Option<Name> {
    let reader = view.reader;
    let lists = &reader.words.references;
    let words = &reader.paragraphs[at].words;
    let subject = matches!(words[index].role, Role::Subject | Role::PassiveSubject);
    let plain = start(view, at, index) == index.checked_sub(1);
    if !subject || !plain || !holds(&lists.persons, &words[index].lemma) {
        return None;
    }
    let apart = clause_subject(view, at, index);
    let near = (0..=1)
        .map(|back| view.around(at, index, back, &lists.he_kinds))
        .find(|near| !near.is_empty())?;
    let first = &near.first()?.entity;
    let unique = near.iter().all(|one| one.entity == *first);
    (unique && apart.as_ref() != Some(first)).then(|| Arc::clone(first))
}

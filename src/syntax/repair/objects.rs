//! Objects that were taken for parts of what is said of them.

use super::{hang, is_below};
use crate::grammar::{Paragraph, Pos, Role};

/// "named Anna Holm defence minister": a person's name right after the verb that was taken for the first words of the
/// predicate.
pub(super) fn part_objects(paragraph: &mut Paragraph) {
    for number in 0..paragraph.names.len() {
        let name = &paragraph.names[number];
        let words = &paragraph.words;
        let Some(verb) = name.words.start.checked_sub(1) else {
            continue;
        };
        let last = name.words.end - 1;
        let Some(predicate) = words[last].head.filter(|&head| head > last) else {
            continue;
        };
        let person = matches!(&*name.label, "PERSON" | "PER") && name.words.len() > 1;
        let taken = [Role::Object, Role::PassiveAuxiliary, Role::IndirectObject];
        if person
            && words[last].role == Role::Compound
            && words[verb].pos == Pos::Verb
            && words[predicate].pos == Pos::Noun
            && words[predicate].head == Some(verb)
            && words[predicate].role == Role::Attribute
            && paragraph.children_with(verb, &taken).next().is_none()
        {
            hang(paragraph, last, verb, Role::Object);
        }
    }
}

/// "was appointed minister of finance by X", "was accused of hurting Y by X": the name under "by" that was taken for a part of
/// what is said of the subject is who does it.
pub(super) fn free_agents(paragraph: &mut Paragraph) {
    for verb in 0..paragraph.words.len() {
        let has = |roles: &[Role]| paragraph.children_with(verb, roles).next().is_some();
        if !has(&[Role::PassiveAuxiliary]) || has(&[Role::Agent]) {
            continue;
        }
        let said: Vec<usize> = paragraph
            .children(verb)
            .filter(|&said| said > verb && is_said(paragraph, said))
            .collect();
        let Some(last) = said.last().copied() else {
            continue;
        };
        let agent = paragraph.sentence_of(verb).rev().find(|&name| {
            let own = &paragraph.words[name];
            name > last
                && own.pos == Pos::Propn
                && matches!(own.role, Role::Oblique | Role::Agent)
                && own.marker.as_deref() == Some("by")
                && is_below(&paragraph.words, name, last)
        });
        if let Some(name) = agent {
            hang(paragraph, name, verb, Role::Agent);
        }
    }
}

/// Whether a word under a passive verb is a predicate, or an active clause that has its object.
fn is_said(paragraph: &Paragraph, said: usize) -> bool {
    let own = &paragraph.words[said];
    let has = |role: Role| paragraph.children_with(said, &[role]).next().is_some();
    let predicate = own.role == Role::Attribute
        || own.role == Role::Oblique && own.marker.as_deref() == Some("as");
    let clause = matches!(
        own.role,
        Role::OpenContent | Role::Content | Role::NounClause | Role::AdverbialClause
    );
    predicate && own.pos == Pos::Noun
        || clause
            && own.pos == Pos::Verb
            && has(Role::Object)
            && !has(Role::PassiveAuxiliary)
            && !has(Role::Subject)
}

/// "denied having supplied arms": a perfect gerund that was taken for an adjective of its object.
pub(super) fn part_gerunds(paragraph: &mut Paragraph) {
    for gerund in 0..paragraph.words.len() {
        let words = &paragraph.words;
        let own = &words[gerund];
        let Some(noun) = own
            .head
            .filter(|&noun| noun > gerund && own.role == Role::Adjective)
        else {
            continue;
        };
        let helped = paragraph.children_with(gerund, &[Role::Auxiliary]).next();
        let above = words[noun].head.filter(|&verb| verb < gerund);
        let taken = matches!(words[noun].role, Role::Object | Role::Oblique);
        let (Some(_), Some(verb), true) = (helped, above, taken && own.pos == Pos::Verb) else {
            continue;
        };
        let marker = paragraph.words[noun].marker.take();
        for word in &mut paragraph.words[noun + 1..] {
            if word.head == Some(verb) && word.role == Role::Oblique {
                word.head = Some(gerund);
            }
        }
        for word in &mut paragraph.words[verb..gerund] {
            if word.head == Some(noun) && word.role == Role::Case {
                word.head = Some(gerund);
            }
        }
        paragraph.words[gerund].marker = marker;
        hang(paragraph, gerund, verb, Role::OpenContent);
        hang(paragraph, noun, gerund, Role::Object);
    }
}

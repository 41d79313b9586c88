//! Objects that were taken for parts of what is said of them.

use super::hang;
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

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

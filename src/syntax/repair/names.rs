//! Names, their titles and what stands beside them.

use super::{first_word, hang, is_below, is_person};
use crate::grammar::{Paragraph, Pos, Role, Word};

/// The words of a recognised name that all hang on one word outside it hang on the last of them.
pub(super) fn join_names(paragraph: &mut Paragraph) {
    for number in 0..paragraph.names.len() {
        let range = paragraph.names[number].words.clone();
        let words = &paragraph.words;
        let outside: Vec<usize> = range
            .clone()
            .filter(|&word| words[word].head.is_none_or(|head| !range.contains(&head)))
            .collect();
        let [first @ .., top] = outside.as_slice() else {
            continue;
        };
        let head = words[*top].head;
        if head.is_none()
            || first
                .iter()
                .any(|&word| words[word].head != head || words[word].role == Role::Coordinator)
        {
            continue;
        }
        // "named Kim Min-seok as minister": the last part of a name is no predicate of its first.
        let argument = |&word: &usize| {
            let role = paragraph.words[word].role;
            matches!(role, Role::Subject | Role::PassiveSubject | Role::Object).then_some(role)
        };
        let argument = first.iter().find_map(argument);
        if let Some(role) = argument.filter(|_| paragraph.words[*top].role == Role::Attribute) {
            paragraph.words[*top].role = role;
            paragraph.words[*top].pos = Pos::Propn;
        }
        for &word in first {
            paragraph.words[word].head = Some(*top);
            paragraph.words[word].role = Role::Compound;
        }
    }
}

/// A name directly after a noun that it hangs on ("presidenten Abbas", "the group Hamas") stands in apposition to it,
/// whatever the parser called it.
pub(super) fn join_titles(paragraph: &mut Paragraph) {
    for index in 1..paragraph.words.len() {
        let word = &paragraph.words[index];
        let Some(head) = word.head else { continue };
        let beside = head + 1 == index && paragraph.words[head].pos == Pos::Noun;
        if beside
            && word.pos == Pos::Propn
            && matches!(word.role, Role::Compound | Role::Flat | Role::BareOblique)
        {
            paragraph.words[index].role = Role::Apposition;
        }
    }
}

/// "A and B, the leader of X, signed": an apposition in the singular belongs to the nearest of the coordinated names.
pub(super) fn lower_appositions(paragraph: &mut Paragraph) {
    for index in 0..paragraph.words.len() {
        let word = &paragraph.words[index];
        let Some(head) = word.head.filter(|&head| head < index) else {
            continue;
        };
        let singular = word.pos == Pos::Noun && word.feature("Number") != Some("Plur");
        if word.role != Role::Apposition || !singular || paragraph.words[head].pos != Pos::Propn {
            continue;
        }
        let mut nearest = head;
        while let Some(next) = paragraph
            .children_with(nearest, &[Role::Conjunct])
            .filter(|&next| next < index)
            .last()
        {
            nearest = next;
        }
        // "A, the leader of X, and B": the comma must follow the last one.
        let between = &paragraph.words[nearest + 1..index];
        if nearest != head
            && paragraph.words[nearest].pos == Pos::Propn
            && between.iter().any(|word| word.text == ",")
        {
            paragraph.words[index].head = Some(nearest);
        }
    }
}

/// "X's lawyer Anna Holm complained": a noun and the name right after it, taken for two subjects of one verb.
pub(super) fn join_subjects(paragraph: &mut Paragraph) {
    let subject = |word: &Word| matches!(word.role, Role::Subject | Role::PassiveSubject);
    for name in 1..paragraph.words.len() {
        let word = &paragraph.words[name];
        let before = first_word(&paragraph.words, name).checked_sub(1);
        let Some(noun) = before.filter(|_| word.pos == Pos::Propn && subject(word)) else {
            continue;
        };
        let title = &paragraph.words[noun];
        if title.pos == Pos::Noun && subject(title) && title.head == word.head {
            hang(paragraph, name, noun, Role::Apposition);
        }
    }
}

/// "The head of the agency, Anna Holm, said": a person after a comma, taken for an apposition to the last noun before it.
pub(super) fn raise_persons(paragraph: &mut Paragraph) {
    for name in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let Some(beside) = words[name].head.filter(|&beside| beside < name) else {
            continue;
        };
        // "the heads of A and B, Anna Holm and Per Ek": no third member, since the conjunction stands before the second.
        let closed = words[name].role == Role::Conjunct
            && !is_person(paragraph, beside)
            && paragraph
                .children_with(beside, &[Role::Conjunct])
                .any(|member| {
                    member < name
                        && words[beside..member]
                            .iter()
                            .any(|word| word.role == Role::Coordinator)
                });
        if words[name].role != Role::Apposition && !closed {
            continue;
        }
        let comma = words[beside + 1..name].iter().any(|word| word.text == ",");
        // A common noun may well be what the name explains ("the killing of the leader, Anna Holm").
        if !comma || !is_person(paragraph, name) || words[beside].pos != Pos::Propn {
            continue;
        }
        let mut top = beside;
        while let (Role::Oblique, Some(head)) = (words[top].role, words[top].head) {
            if head > top || words[head].pos != Pos::Noun {
                break;
            }
            top = head;
        }
        if closed && top == beside {
            continue;
        }
        hang(paragraph, name, top, Role::Apposition);
    }
}

/// A person's name hangs together under its last word, as names of persons do, whatever the parser made of its parts.
pub(super) fn root_names(paragraph: &mut Paragraph) {
    for number in 0..paragraph.names.len() {
        let name = &paragraph.names[number];
        let (range, last) = (name.words.clone(), name.words.end - 1);
        let words = &mut paragraph.words;
        let outside = |word: &usize| words[*word].head.is_none_or(|head| !range.contains(&head));
        let tops: Vec<usize> = range.clone().filter(outside).collect();
        let plain = name.label == "PERSON"
            && range
                .clone()
                .all(|word| matches!(words[word].pos, Pos::Propn | Pos::Punct | Pos::Noun));
        let Some(&top) = tops.first() else { continue };
        // A head that hangs on the name itself would close a ring.
        let ring = words[top]
            .head
            .is_some_and(|head| is_below(words, head, last));
        let top = if ring { last } else { top };
        if !plain || !matches!(words[last].pos, Pos::Propn | Pos::Noun) {
            continue;
        }
        if top != last {
            words[last].head = words[top].head;
            words[last].role = words[top].role;
            words[last].marker = words[top].marker.take();
        }
        for (at, word) in words.iter_mut().enumerate() {
            let inside = range.contains(&at) && at != last;
            if inside {
                word.head = Some(last);
                word.role = if word.pos == Pos::Punct {
                    Role::Punctuation
                } else {
                    Role::Compound
                };
            } else if word.head.is_some_and(|head| range.contains(&head)) && at != last {
                word.head = Some(last);
            }
        }
    }
}

//! Mends what lifting may leave odd, and what parsers often get wrong where claims need it right.

use crate::grammar::{Paragraph, Role, Word};

/// Applies the repairs to a paragraph, in order.
pub(super) fn repair(paragraph: &mut Paragraph) {
    join_titles(paragraph);
    lower_appositions(paragraph);
}

/// Lifting may close a ring where the parser's tree was odd; the ring is cut at its first word.
pub(super) fn break_cycles(words: &mut [Word]) {
    for start in 0..words.len() {
        let mut at = start;
        let mut steps = 0;
        while let Some(head) = words[at].head {
            steps += 1;
            if head == start || steps > words.len() {
                words[start].head = None;
                break;
            }
            at = head;
        }
    }
}

/// "A and B, the leader of X, signed": an apposition in the singular belongs to the nearest of the coordinated names.
fn lower_appositions(paragraph: &mut Paragraph) {
    use crate::grammar::Pos;
    for index in 0..paragraph.words.len() {
        let word = &paragraph.words[index];
        let Some(head) = word.head.filter(|&head| head < index) else { continue };
        let singular = word.pos == Pos::Noun && word.feature("Number") != Some("Plur");
        if word.role != Role::Apposition || !singular || paragraph.words[head].pos != Pos::Propn {
            continue;
        }
        let mut nearest = head;
        while let Some(next) = paragraph.children_with(nearest, &[Role::Conjunct]).filter(|&next| next < index).last() {
            nearest = next;
        }
        // "A, the leader of X, and B": the comma must follow the last one.
        let between = &paragraph.words[nearest + 1..index];
        if nearest != head && paragraph.words[nearest].pos == Pos::Propn && between.iter().any(|word| word.text == ",") {
            paragraph.words[index].head = Some(nearest);
        }
    }
}

/// A name directly after a noun that it hangs on ("presidenten Abbas", "the group Hamas") stands in apposition to it,
/// whatever the parser called it.
fn join_titles(paragraph: &mut Paragraph) {
    use crate::grammar::Pos;
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

//! Mends what lifting may leave odd, and what parsers often get wrong where claims need it right.

mod clauses;
mod fronted;
mod holders;
mod lists;
mod members;
mod names;
mod objects;
mod prefixes;
mod roots;
#[cfg(test)]
mod tests;

use super::Scheme;
use crate::grammar::{Paragraph, Role, Word};

/// Applies the repairs to a paragraph, in order; some mend what only the parsers of ClearNLP's scheme do.
pub(super) fn repair(paragraph: &mut Paragraph, scheme: Scheme) {
    let clear = scheme == Scheme::ClearNlp;
    if clear {
        prefixes::join_prefixes(paragraph);
    }
    names::join_names(paragraph);
    if clear {
        names::root_names(paragraph);
    }
    names::join_titles(paragraph);
    names::lower_appositions(paragraph);
    names::join_subjects(paragraph);
    names::raise_persons(paragraph);
    if clear {
        holders::part_holders(paragraph);
        holders::join_fronted(paragraph);
        lists::chain_names(paragraph);
        // Before what stands beside nouns is sorted, and again when verbs have their place.
        fronted::free_subjects(paragraph);
        members::part_members(paragraph);
        members::raise_members(paragraph);
        members::raise_from_titles(paragraph);
        members::list_names(paragraph);
        members::fill_gaps(paragraph);
    }
    clauses::turn_fragments(paragraph);
    clauses::raise_verbs(paragraph);
    if clear {
        roots::raise_naming_verbs(paragraph);
        roots::raise_adjectives(paragraph);
        roots::raise_subjected(paragraph);
    }
    clauses::free_speakers(paragraph);
    if clear {
        clauses::part_speakers(paragraph);
        clauses::turn_clefts(paragraph);
        clauses::part_subjects(paragraph);
        clauses::part_verbs(paragraph);
        objects::part_objects(paragraph);
        objects::part_gerunds(paragraph);
        objects::free_agents(paragraph);
        fronted::free_subjects(paragraph);
        fronted::part_dates(paragraph);
        fronted::lower_participles(paragraph);
    }
    break_cycles(&mut paragraph.words);
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

fn hang(paragraph: &mut Paragraph, word: usize, head: usize, role: Role) {
    paragraph.words[word].head = Some(head);
    paragraph.words[word].role = role;
}

/// The first word of what hangs on `top`, itself counted.
pub(super) fn first_word(words: &[Word], top: usize) -> usize {
    let mut first = top;
    while first > 0 {
        let mut at = first - 1;
        // Heads never make a ring here (`break_cycles`), but repairs before this one moved some.
        for _ in 0..words.len() {
            match words[at].head {
                Some(head) if head != top => at = head,
                head => {
                    if head.is_none() {
                        return first;
                    }
                    break;
                }
            }
        }
        first -= 1;
    }
    first
}

/// Whether the word hangs on `top`, directly or not, or is it.
fn is_below(words: &[Word], word: usize, top: usize) -> bool {
    let mut at = word;
    for _ in 0..words.len() {
        match words[at].head {
            _ if at == top => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Whether a recogniser's name with a person's label holds the word.
fn is_person(paragraph: &Paragraph, word: usize) -> bool {
    let mut names = paragraph.names.iter();
    names.any(|name| name.words.contains(&word) && matches!(&*name.label, "PERSON" | "PER"))
}

/// The verb's subject, of the active or the passive.
fn subject_of(paragraph: &Paragraph, verb: usize) -> Option<usize> {
    paragraph
        .children_with(verb, &[Role::Subject, Role::PassiveSubject])
        .next()
}

/// The role that a subject of this verb has.
fn subject_role(paragraph: &Paragraph, verb: usize) -> Role {
    let mut passive = paragraph.children_with(verb, &[Role::PassiveAuxiliary]);
    if passive.next().is_some() {
        Role::PassiveSubject
    } else {
        Role::Subject
    }
}

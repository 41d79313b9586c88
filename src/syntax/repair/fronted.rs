//! Sentences that begin with something else than their subject.

use super::{first_word, hang, subject_of, subject_role};
use crate::grammar::{Paragraph, Pos, Role};

/// "Following a meeting with A, B praised C": a subject that was taken for an apposition to, or one more member of, the
/// last noun before the comma.
pub(super) fn free_subjects(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        if !is_finite(paragraph, verb) || has_subject(paragraph, verb) {
            continue;
        }
        if let Some(subject) = fronted_subject(paragraph, verb) {
            let role = subject_role(paragraph, verb);
            hang(paragraph, subject, verb, role);
        }
    }
}

fn is_finite(paragraph: &Paragraph, verb: usize) -> bool {
    let finite = |word: usize| paragraph.words[word].feature("VerbForm") == Some("Fin");
    let auxiliaries = [Role::Auxiliary, Role::PassiveAuxiliary, Role::Copula];
    paragraph.words[verb].pos == Pos::Verb && finite(verb)
        || paragraph.children_with(verb, &auxiliaries).any(finite)
}

fn has_subject(paragraph: &Paragraph, verb: usize) -> bool {
    let clauses = [Role::SubjectClause, Role::Expletive];
    subject_of(paragraph, verb).is_some()
        || paragraph.children_with(verb, &clauses).next().is_some()
}

/// The nominal between a comma and the verb that belongs to what stands before the comma.
fn fronted_subject(paragraph: &Paragraph, verb: usize) -> Option<usize> {
    let words = &paragraph.words;
    let verbal = [
        Role::Auxiliary,
        Role::PassiveAuxiliary,
        Role::Negation,
        Role::Adverb,
        Role::Copula,
    ];
    let mut at = verb.checked_sub(1)?;
    while words[at].text == "," || words[at].head == Some(verb) && verbal.contains(&words[at].role)
    {
        at = at.checked_sub(1)?;
    }
    let mut found: Option<(usize, usize)> = None;
    for _ in 0..words.len() {
        let head = words[at].head?;
        if head == verb {
            break;
        }
        let start = first_word(words, at);
        let listed = matches!(words[at].role, Role::Apposition | Role::Conjunct);
        let nominal = matches!(words[at].pos, Pos::Propn | Pos::Noun);
        let comma = start > 0 && words[start - 1].text == ",";
        if listed && nominal && comma && head < start {
            // What an "and" closes before the last comma is a list of its own ("After talks with A, B and C, D said").
            let closed = found.is_some_and(|(lower, last)| {
                let beside = words[lower].role == Role::Apposition && words[lower].pos == Pos::Noun;
                !beside
                    && words[start..last]
                        .iter()
                        .any(|word| word.role == Role::Coordinator)
            });
            if !closed {
                found = Some((at, found.map_or(start, |(_, last)| last)));
            }
        }
        at = head;
    }
    found.map(|(subject, _)| subject)
}

/// "On Monday A praised B": a subject right behind a date that was taken for one name with it.
pub(super) fn part_dates(paragraph: &mut Paragraph) {
    for number in 0..paragraph.names.len() {
        let name = &paragraph.names[number];
        let Some(date) = name.words.clone().last().filter(|_| name.label == "DATE") else {
            continue;
        };
        let words = &paragraph.words;
        let Some(subject) = words[date]
            .head
            .filter(|&subject| subject > date && words[date].role == Role::Compound)
        else {
            continue;
        };
        let Some(verb) = words[subject].head.filter(|&verb| verb > subject) else {
            continue;
        };
        let phrase = words[subject].role == Role::Oblique && words[subject].pos == Pos::Propn;
        if phrase && is_finite(paragraph, verb) && !has_subject(paragraph, verb) {
            let role = subject_role(paragraph, verb);
            let words = &mut paragraph.words;
            words[date].marker = words[subject].marker.take();
            for word in &mut words[..date] {
                if word.head == Some(subject) {
                    word.head = Some(date);
                }
            }
            hang(paragraph, date, verb, Role::Oblique);
            hang(paragraph, subject, verb, role);
        }
    }
}

/// "Accused by A of fraud, B denied it": a passive participle before its sentence tells of the subject, as it does behind it.
pub(super) fn lower_participles(paragraph: &mut Paragraph) {
    for participle in 0..paragraph.words.len() {
        let word = &paragraph.words[participle];
        let Some(verb) = word.head.filter(|&verb| verb > participle) else {
            continue;
        };
        let past =
            word.feature("VerbForm") == Some("Part") && word.feature("Tense") == Some("Past");
        let own = [
            Role::Subject,
            Role::PassiveSubject,
            Role::Marker,
            Role::Auxiliary,
            Role::PassiveAuxiliary,
            Role::Object,
        ];
        let bare = paragraph.children_with(participle, &own).next().is_none();
        if word.role != Role::AdverbialClause
            || word.pos != Pos::Verb
            || word.marker.is_some()
            || !past
            || !bare
        {
            continue;
        }
        let subject = subject_of(paragraph, verb).filter(|&subject| subject > participle);
        let Some(subject) = subject else { continue };
        let start = first_word(&paragraph.words, subject);
        let comma = start > 0 && paragraph.words[start - 1].text == ",";
        if comma
            && paragraph
                .children_with(participle, &[Role::Agent])
                .next()
                .is_some()
        {
            hang(paragraph, participle, subject, Role::NounClause);
        }
    }
}

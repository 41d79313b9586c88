//! Lists of names, "A, B, C and D", of which parsers often lose members.

use std::ops::Range;

use super::{hang, is_person};
use crate::grammar::{Paragraph, Pos, Role, Word};

/// Makes a chain of coordinated names of a list that the parser took for one, or that would leave its verb two subjects.
pub(super) fn chain_names(paragraph: &mut Paragraph) {
    for sentence in paragraph.sentences.clone() {
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(list) = list_at(paragraph, at, sentence.end) else {
                at += 1;
                continue;
            };
            at = list.members.last().map_or(at, |last| last.end).max(at + 1);
            chain(paragraph, &list);
        }
    }
}

/// A list as it stands in the text.
struct List {
    members: Vec<Range<usize>>,
    and: usize,
    /// Whether a comma stands before the conjunction.
    comma: bool,
}

/// The list of three or more bare names that begins at a word.
fn list_at(paragraph: &Paragraph, start: usize, end: usize) -> Option<List> {
    let words = &paragraph.words;
    let mut members = vec![name_at(paragraph, start, end)?];
    loop {
        let mut at = members.last()?.end;
        let comma = words.get(at).is_some_and(|word| word.text == ",");
        at += usize::from(comma);
        let and = words
            .get(at)
            .is_some_and(|word| at < end && word.pos == Pos::Cconj);
        if !comma && !and {
            return None;
        }
        members.push(name_at(paragraph, at + usize::from(and), end)?);
        if and {
            return (members.len() > 2).then_some(List {
                members,
                and: at,
                comma,
            });
        }
    }
}

/// The bare name that begins at a word, its article counted.
fn name_at(paragraph: &Paragraph, start: usize, end: usize) -> Option<Range<usize>> {
    let words = &paragraph.words;
    let before = start.checked_sub(1).map(|before| &words[before]);
    if before.is_some_and(|word| word.pos == Pos::Propn || word.text == "-") {
        return None;
    }
    let article = usize::from(start < end && words[start].pos == Pos::Det);
    let mut at = start + article;
    while at < end && is_part(paragraph, at) {
        at += 1;
    }
    (at > start + article).then_some(start..at)
}

/// Whether a word is a part of a name: a proper noun, a hyphen, or what the recogniser says.
fn is_part(paragraph: &Paragraph, at: usize) -> bool {
    let word = &paragraph.words[at];
    let recognised = || {
        let mut names = paragraph.names.iter();
        names.any(|name| name.words.contains(&at))
            && !matches!(word.pos, Pos::Det | Pos::Part | Pos::Cconj | Pos::Num)
            && word.text != ","
    };
    let hyphen = word.text == "-" && word.pos != Pos::Verb;
    let capital = word.text.starts_with(char::is_uppercase) && word.pos == Pos::Noun;
    word.pos == Pos::Propn || hyphen || capital || recognised()
}

/// The word of a member that hangs on something outside it, the last if there are several.
fn top_of(words: &[Word], member: &Range<usize>) -> usize {
    let outside = |at: &usize| words[*at].head.is_none_or(|head| !member.contains(&head));
    member
        .clone()
        .rev()
        .filter(|&at| words[at].pos != Pos::Det)
        .find(outside)
        .unwrap_or(member.end - 1)
}

fn chain(paragraph: &mut Paragraph, list: &List) {
    let words = &paragraph.words;
    let tops: Vec<usize> = list
        .members
        .iter()
        .map(|member| top_of(words, member))
        .collect();
    let (first, last) = (tops[0], tops[tops.len() - 1]);
    let whole = list.members[0].start..list.members[list.members.len() - 1].end;
    let outer: Vec<usize> = tops
        .iter()
        .copied()
        .filter(|&top| words[top].head.is_none_or(|head| !whole.contains(&head)))
        .collect();
    let Some(&main) = outer.first() else { return };
    let linked = outer[1..].iter().all(|&top| is_rival(words, main, top));
    // "the head of A, B, and C": a person after a body may hold the office, a place after a place may tell where that is.
    let inside = tops.len() == 3 && words[main].role == Role::Oblique;
    let unlike = inside && !is_person(paragraph, first) && is_person(paragraph, tops[1]);
    let apposed = words[tops[1]].role == Role::Apposition;
    let place = inside && list.comma && apposed && !is_person(paragraph, first);
    let part = matches!(words[main].role, Role::Compound | Role::Possessor);
    let open = matches!(words[last].role, Role::Compound | Role::Possessor)
        && words[last].head.is_none_or(|head| !whole.contains(&head));
    if !linked || unlike || place || part || open {
        return;
    }
    let words = &mut paragraph.words;
    if main != first {
        words[first].head = words[main].head;
        words[first].role = words[main].role;
        words[first].marker = words[main].marker.take();
        for word in &mut words[..whole.start] {
            if word.head == Some(main) {
                word.head = Some(first);
            }
        }
    }
    for pair in tops.windows(2) {
        hang(paragraph, pair[1], pair[0], Role::Conjunct);
    }
    hang(paragraph, list.and, tops[tops.len() - 2], Role::Coordinator);
}

/// Whether a later member hangs outside the list only by mistake: it would be a second subject of a verb that has one,
/// the first member or the noun that this belongs to.
fn is_rival(words: &[Word], main: usize, member: usize) -> bool {
    let subject = |word: usize| matches!(words[word].role, Role::Subject | Role::PassiveSubject);
    let holder = if subject(main) {
        Some(main)
    } else {
        words[main].head
    };
    subject(member)
        && holder.is_some_and(|holder| subject(holder) && words[holder].head == words[member].head)
}

//! What the words beside an unknown name tell of its kind: a title, a noun before it or in apposition ("the firm X",
//! "the town of X"), a noun behind it ("X fighters"), a verb that takes places.

use std::ops::Range;

use super::{
    Reader,
    words::{VerbWords, holds},
};
use crate::grammar::{Pos, Role};

/// The kind that a common noun before the name, behind it or beside it in apposition tells ("the firm X", "avisen X").
pub(super) fn described<'a>(
    reader: &Reader<'a>,
    at: usize,
    words: &Range<usize>,
) -> Option<&'a str> {
    let paragraph = &reader.paragraphs[at];
    let noun = |index: usize| paragraph.words[index].pos == Pos::Noun;
    let text = |range: Range<usize>| paragraph.span(range).slice(&reader.article.text);
    let told = |index: usize| {
        let pair = index
            .checked_sub(1)
            .and_then(|first| reader.words.kind_of_name(text(first..index + 1)));
        let kind = noun(index)
            .then(|| pair.or_else(|| reader.words.kind_of_name(text(index..index + 1))))
            .flatten();
        kind.filter(|kind| *kind != "Law")
    };
    let head = reader.head(at, words.clone());
    let above = paragraph.words[head]
        .head
        .filter(|_| paragraph.words[head].role == Role::Apposition);
    before(reader, at, words.start)
        .and_then(told)
        .or_else(|| above.filter(|index| !words.contains(index)).and_then(told))
        .or_else(|| {
            let mut beside = paragraph.children_with(head, &[Role::Apposition]);
            beside.find_map(|child| (!words.contains(&child)).then(|| told(child)).flatten())
        })
        .or_else(|| behind(reader, at, words))
}

/// The noun that introduces a name: right before it, before an opening quotation mark, or before "of".
fn before(reader: &Reader, at: usize, start: usize) -> Option<usize> {
    let words = &reader.paragraphs[at].words;
    let mut index = start.checked_sub(1)?;
    let quote = |text: &str| text.chars().all(|one| "\"'«»“”‘’„".contains(one));
    if quote(&words[index].text) {
        index = index.checked_sub(1)?;
    }
    if !holds(&reader.words.names.named_by, &words[index].text) {
        return Some(index);
    }
    // Only of places: "the town of X", but not "the army of X".
    let noun = index.checked_sub(1)?;
    let kind = reader.words.kind_of_name(&words[noun].text)?;
    matches!(kind, "City" | "Territory").then_some(noun)
}

/// "X fighters", "the X party": the noun whose modifier the name is.
fn behind<'a>(reader: &Reader<'a>, at: usize, words: &Range<usize>) -> Option<&'a str> {
    let next = reader.paragraphs[at].words.get(words.end)?;
    let own = &reader.paragraphs[at].words[words.end - 1];
    let modifies = own.pos == Pos::Propn && own.head == Some(words.end);
    (next.pos == Pos::Noun && modifies)
        .then(|| reader.words.kind_behind(&next.text.to_lowercase()))
        .flatten()
}

/// Whether the name is the object of a verb that takes places ("captured X", "shelled El X").
pub(super) fn taken(reader: &Reader, at: usize, words: &Range<usize>, label: &str) -> bool {
    let longest = if matches!(label, "PERSON" | "PER") {
        1
    } else {
        2
    };
    let written = &reader.paragraphs[at].words[words.clone()];
    if written.iter().filter(|word| word.text != "-").count() > longest {
        return false;
    }
    is_object(reader, at, words, &reader.words.names.taken)
}

/// Whether the name is the object of a verb of a list, in the active or the passive.
pub(super) fn is_object(
    reader: &Reader,
    at: usize,
    words: &Range<usize>,
    verbs: &[String],
) -> bool {
    let (role, head) = reader.role(at, words.clone());
    let verb = head.map(|head| &reader.paragraphs[at].words[head]);
    matches!(role, Role::Object | Role::PassiveSubject)
        && verb.is_some_and(|verb| {
            VerbWords::hold(verbs, &verb.lemma, &verb.text, reader.words.norwegian())
        })
}

/// Whether a title stands before the name or beside it in apposition.
pub(super) fn titled(reader: &Reader, at: usize, words: &Range<usize>) -> bool {
    let paragraph = &reader.paragraphs[at];
    let titles = &reader.words.names.titles;
    let title = |index: usize| {
        let word = &paragraph.words[index];
        word.pos != Pos::Adj
            && !paragraph.words[index]
                .text
                .chars()
                .all(|one| !one.is_alphabetic())
            && (holds(titles, &word.text.to_lowercase())
                || holds(titles, &word.lemma)
                || holds(&reader.words.names.regnal, &word.lemma))
    };
    let mut before = words.start;
    while before > 0 && paragraph.words[before - 1].text == "," && before > 1 {
        before -= 1;
    }
    if before > 0 && title(before - 1) && paragraph.sentence_of(words.start).contains(&(before - 1))
    {
        return true;
    }
    let head = reader.head(at, words.clone());
    let word = &paragraph.words[head];
    let above = word.role == Role::Apposition && word.head.is_some_and(&title);
    let mut beside = paragraph.children_with(head, &[Role::Apposition]);
    above || beside.any(|child| !words.contains(&child) && title(child))
}

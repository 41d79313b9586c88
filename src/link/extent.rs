//! How far a name reaches: whether it is a part of the description of a body or of a longer name, and whether the
//! recogniser saw all of it.

use std::ops::Range;

use super::{
    Reader,
    beside::{described, titled},
    shapes::{capital, trim},
};
use crate::{
    grammar::{RecognisedName, Role},
    text::Span,
};

/// Whether words are the form of a body.
pub(super) fn is_body(reader: &Reader, at: usize, words: Range<usize>) -> bool {
    let text = reader.paragraphs[at]
        .span(words)
        .slice(&reader.article.text);
    reader.words.body(&text.to_lowercase()).is_some()
}

/// Whether words are a part of the longer form of a body.
pub(super) fn inside_body(reader: &Reader, at: usize, words: &Range<usize>) -> bool {
    let sentence = reader.paragraphs[at].sentence_of(words.start);
    let first = words.start.saturating_sub(2).max(sentence.start);
    words.len() == 1
        && (first..=words.start).any(|start| {
            (words.end..=(words.end + 2).min(sentence.end))
                .any(|end| end - start > 1 && is_body(reader, at, start..end))
        })
}

/// Whether the only word of a known name tells a kind and belongs to an unknown word before it ("Fisheries Commission").
pub(super) fn compounded(reader: &Reader, at: usize, words: &Range<usize>, known: &[Span]) -> bool {
    let paragraph = &reader.paragraphs[at];
    let (1, Some(before)) = (words.len(), words.start.checked_sub(1)) else {
        return false;
    };
    let (own, other) = (&paragraph.words[words.start], &paragraph.words[before]);
    let compound = other.head == Some(words.start) && other.role == Role::Compound;
    compound
        && capital(&other.text)
        && reader.words.kind_of_name(&own.text).is_some()
        && !known.iter().any(|span| span.overlaps(other.span))
}

/// "Valeska Paris": two words that the recogniser took for a place each, of which the grammar makes one name; the first is
/// no known name.
pub(super) fn parted(reader: &Reader, at: usize, run: &Range<usize>, known: &[Span]) -> bool {
    let paragraph = &reader.paragraphs[at];
    let [first, last] = &paragraph.words[run.clone()] else {
        return false;
    };
    let place = |index: usize| {
        let mut names = paragraph.names.iter();
        names.any(|name| name.words == (index..index + 1) && name.label.starts_with("GPE"))
    };
    let joined = first.head == Some(run.start + 1) && first.role == Role::Compound;
    joined
        && place(run.start)
        && place(run.start + 1)
        && capital(&last.text)
        && !known.iter().any(|known| known.overlaps(first.span))
}

/// Whether a run of proper nouns is the whole of a name that was only recognised in part: it tells what it is, or the
/// noun or title before it does ("avisen Dagens Ekko", "Mayor Sonja Petrov"), or the rest is a person's other names.
pub(super) fn widens(
    reader: &Reader,
    at: usize,
    run: &Range<usize>,
    part: &RecognisedName,
    known: &[Span],
) -> bool {
    let paragraph = &reader.paragraphs[at];
    let covers = |range: &Range<usize>| {
        range.start <= part.words.start
            && part.words.end <= range.end
            && range.len() > part.words.len()
    };
    let bare = trim(reader, at, run.clone());
    let person = || {
        let labelled = matches!(&*part.label, "PERSON" | "PER");
        let span = paragraph.span(bare.clone());
        let free = !known.iter().any(|known| known.overlaps(span));
        let several = (2..=4).contains(&bare.len()) && covers(&bare);
        several && (titled(reader, at, &bare) || labelled && free && bare.len() < 4)
    };
    let text = paragraph.span(run.clone()).slice(&reader.article.text);
    covers(run)
        && (person()
            || reader.words.kind_of_name(text).is_some()
            || run.start < part.words.start && described(reader, at, run).is_some())
}

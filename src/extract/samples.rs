//! Sentences for the tests of what mends trees, written as a table: a word a line entry, `text pos role head` with heads
//! counted from 1 and 0 for a root, a marker after the role in brackets.

use crate::{
    grammar::{Paragraph, Pos, Role, Word},
    text::Span,
};

/// A paragraph of one sentence.
pub(super) fn paragraph(rows: &[(&str, Pos, Role, usize)]) -> Paragraph {
    let mut start = 0;
    let words = rows.iter().map(|&(text, pos, role, head)| {
        let (text, marker) = text.split_once('/').unwrap_or((text, ""));
        let span = Span::new(start, start + text.len());
        start = span.end + 1;
        Word {
            span,
            text: text.to_owned(),
            lemma: text.to_lowercase(),
            pos,
            head: head.checked_sub(1),
            role,
            marker: (!marker.is_empty()).then(|| marker.to_owned()),
            ..Word::default()
        }
    });
    let words: Vec<Word> = words.collect();
    let sentences = std::iter::once(0..words.len()).collect();
    Paragraph {
        words,
        sentences,
        names: vec![],
    }
}

/// A word's role and head as the table writes them.
pub(super) fn place(paragraph: &Paragraph, word: usize) -> (Role, usize) {
    let word = &paragraph.words[word - 1];
    (word.role, word.head.map_or(0, |head| head + 1))
}

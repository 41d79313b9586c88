//! Where names of the gazetteer stand in a paragraph: at each start of a word those that its folded text begins with
//! (a Norwegian genitive -s may follow), then capitals.

use std::ops::Range;

use super::{gazetteer::Gazetteer, spellings::Spelling};
use crate::{
    grammar::Paragraph,
    text::{Span, fold_name},
};

/// A place where spellings of the gazetteer fit.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    /// The name alone, without genitive ending or the rest of a compound.
    pub(super) span: Span,
    /// The words that it touches.
    pub(super) words: Range<usize>,
    /// What it may be.
    pub(super) spellings: Vec<&'a Spelling>,
}

/// All matches of a paragraph, by start, longer first; they may overlap.
pub(super) fn matches<'a>(
    text: &str,
    paragraph: &Paragraph,
    gazetteer: &'a Gazetteer,
    norwegian: bool,
) -> Vec<Match<'a>> {
    let folded = Folded::new(text, paragraph);
    let mut found = Vec::new();
    let hits = folded.starts().flat_map(|start| {
        let patterns = gazetteer
            .patterns
            .beginning(&folded.text[start..], norwegian);
        patterns.map(move |pattern| (start, pattern))
    });
    for (start, pattern) in hits {
        let (span, words) = folded.place(start..start + pattern.folded.len());
        let written = span.slice(text);
        let fits = |one: &&Spelling| {
            let spoken = if norwegian {
                !one.english
            } else {
                !one.norwegian
            };
            spoken && capitals_fit(&one.written, written)
        };
        let mut spellings: Vec<&Spelling> = pattern.spellings.iter().filter(fits).collect();
        // "NATO" and "Nato" are spellings of one actor.
        spellings.dedup_by_key(|one| (one.actor, one.usage as u8));
        if !spellings.is_empty() {
            found.push(Match {
                span,
                words,
                spellings,
            });
        }
    }
    found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
    found
}

/// Acronyms and very short names match as they are written, others need a capital where the data has one.
fn capitals_fit(wanted: &str, written: &str) -> bool {
    let letters = wanted.chars().filter(|one| one.is_alphabetic());
    if wanted.chars().all(|one| !one.is_lowercase()) || letters.count() <= 3 {
        return wanted == written;
    }
    if !wanted.chars().any(char::is_uppercase) {
        return true;
    }
    // Spellings that fold alike may differ in length; then any capital will do.
    let same = wanted.chars().count() == written.chars().count();
    let mut pairs = wanted.chars().zip(written.chars());
    pairs.any(|(wanted, there)| (!same || wanted.is_uppercase()) && there.is_uppercase())
}

/// A paragraph's words, folded and joined as they stand, with the way back.
struct Folded {
    text: String,
    /// For each byte: where its character starts and ends in the article, and its word.
    from: Vec<(usize, usize, usize)>,
}

impl Folded {
    fn new(text: &str, paragraph: &Paragraph) -> Self {
        let mut folded = Self {
            text: String::new(),
            from: Vec::new(),
        };
        let mut end = None;
        for (index, word) in paragraph.words.iter().enumerate() {
            if end.is_some_and(|end| end != word.span.start) {
                folded.push(" ", (word.span.start, word.span.start, index));
            }
            for (offset, character) in word.span.slice(text).char_indices() {
                let start = word.span.start + offset;
                let place = (start, start + character.len_utf8(), index);
                if character.is_ascii() {
                    folded.push(
                        character.to_ascii_lowercase().encode_utf8(&mut [0; 4]),
                        place,
                    );
                } else {
                    folded.push(&fold_name(character.encode_utf8(&mut [0; 4])), place);
                }
            }
            end = Some(word.span.end);
        }
        folded
    }

    fn push(&mut self, piece: &str, place: (usize, usize, usize)) {
        self.text.push_str(piece);
        self.from.extend(std::iter::repeat_n(place, piece.len()));
    }

    /// Where a name may begin: not within a word.
    fn starts(&self) -> impl Iterator<Item = usize> {
        let mut within = false;
        self.text.char_indices().filter_map(move |(at, character)| {
            let starts = !within;
            within = character.is_alphanumeric();
            starts.then_some(at)
        })
    }

    fn place(&self, range: Range<usize>) -> (Span, Range<usize>) {
        let (first, last) = (self.from[range.start], self.from[range.end - 1]);
        (Span::new(first.0, last.1), first.2..last.2 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::tests::paragraph;

    #[track_caller]
    fn check(text: &str, norwegian: bool, expected: &[&str]) {
        let found = matches(text, &paragraph(text), Gazetteer::embedded(), norwegian);
        let found: Vec<&str> = found.iter().map(|one| one.span.slice(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_stand_on_word_boundaries() {
        check("Iran and Omanland", false, &["Iran"]);
        check("Hamas-led talks", false, &["Hamas"]);
        check("Fatahs leder", true, &["Fatah"]);
        check("Fatahs leder", false, &[]);
        check("USAs FN-utsending", true, &["USA", "FN"]);
        check("Erdoğan spoke", false, &["Erdoğan"]);
    }

    #[test]
    fn capitals_count() {
        check("they told us who may march", false, &[]);
        check("the US told the WHO", false, &["US", "WHO"]);
        check("turkey for dinner", false, &[]);
        check("den norske legen", true, &["norske"]);
        check("NATO and Nato, not nato", false, &["NATO", "Nato"]);
    }

    #[test]
    fn longer_names_come_first() {
        check("Gaza City", false, &["Gaza City", "Gaza"]);
    }
}

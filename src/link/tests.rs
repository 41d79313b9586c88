use super::*;
use crate::{document::{Lang, Metadata}, grammar::{Pos, Word}};

/// Words cut at white space and punctuation, all nouns, without heads: enough for what needs no grammar.
pub(super) fn paragraph(text: &str) -> Paragraph {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, one) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = one.is_alphanumeric() || one == '-';
        if inside {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            words.push(word(text, from, at));
        }
        if !one.is_whitespace() {
            words.push(word(text, at, at + one.len_utf8()));
        }
    }
    let count = words.len();
    Paragraph { words, sentences: vec![0..count], names: Vec::new() }
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let span = Span::new(start, end);
    let text = span.slice(text).to_owned();
    let pos = match text.chars().next() {
        Some(one) if !one.is_alphanumeric() => Pos::Punct,
        Some(one) if one.is_uppercase() => Pos::Propn,
        _ => Pos::Noun,
    };
    Word { span, lemma: text.to_lowercase(), text, pos, ..Word::default() }
}

pub(super) fn article(text: &str, lang: Lang) -> Article {
    Article {
        id: "sample".to_owned(),
        lang,
        text: text.to_owned(),
        paragraphs: vec![Span::new(0, text.len())],
        set_aside: Vec::new(),
        meta: Metadata::default(),
        mentions: None,
        extra: BTreeMap::new(),
    }
}

//! From the language runtime's annotations to the grammar view, for every label scheme.
//!
//! Takes a pipeline's [`Doc`] of one paragraph and gives a [`Paragraph`] with content heads: prepositions and
//! subordinators become markers of what they introduce, copulas hang on their predicates. ClearNLP labels (English
//! models) are turned into that shape; Universal Dependencies (Norwegian and most other pipelines) nearly have it.

mod clearnlp;
mod past_forms;
mod predicates;
mod repair;
mod ud;

use std::collections::BTreeSet;

use kilde_nlp::{Doc, Iob};

use crate::{
    grammar::{Paragraph, Pos, RecognisedName, Role, Word},
    text::{Aligned, Span},
};

/// The label scheme of a pipeline's parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// ClearNLP's Stanford-like labels (`pobj`, `nsubjpass`).
    ClearNlp,
    /// Universal Dependencies (`obl`, `nsubj:pass`).
    Ud,
}

impl Scheme {
    /// Tells the scheme by a parser's labels: only ClearNLP has `pobj`.
    pub fn of_labels<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        if labels.into_iter().any(|label| label == "pobj") {
            Self::ClearNlp
        } else {
            Self::Ud
        }
    }
}

/// The grammar view of one paragraph. `aligned` is the text that the pipeline was given, with its way back to the article.
#[must_use]
pub fn paragraph(doc: &Doc, aligned: &Aligned, scheme: Scheme) -> Paragraph {
    let kept: Vec<usize> = (0..doc.tokens.len())
        .filter(|&index| !doc.tokens[index].is_space)
        .collect();
    let mut words: Vec<Word> = kept
        .iter()
        .map(|&index| word(doc, aligned, index))
        .collect();
    let mut labels: Vec<&str> = kept.iter().map(|&index| &*doc.tokens[index].dep).collect();
    attach(doc, &kept, &mut words);
    let mut sentences = sentences(doc, &kept);
    let mut names = names(doc, &kept);
    if scheme == Scheme::Ud {
        past_forms::join(&mut words, &mut sentences);
    }
    for sentence in &sentences {
        convert(
            &mut words[sentence.clone()],
            &mut labels[sentence.clone()],
            sentence.start,
            &mut names,
            scheme,
        );
    }
    let mut paragraph = Paragraph {
        words,
        sentences,
        names,
    };
    repair::repair(&mut paragraph, scheme);
    predicates::raise_participles(&mut paragraph);
    paragraph
}

/// Converts one sentence; inside, heads are counted from its first word, and a head outside it is none.
fn convert(
    words: &mut [Word],
    labels: &mut [&str],
    start: usize,
    names: &mut Vec<RecognisedName>,
    scheme: Scheme,
) {
    let inside = start..start + words.len();
    for word in words.iter_mut() {
        word.head = word
            .head
            .filter(|head| inside.contains(head))
            .map(|head| head - start);
    }
    match scheme {
        Scheme::ClearNlp => clearnlp::convert(words, labels),
        Scheme::Ud => {
            past_forms::raise(words, labels, start, names);
            ud::convert(words, labels);
        }
    }
    repair::break_cycles(words);
    for word in words.iter_mut() {
        word.head = word.head.map(|head| head + start);
        if word.head.is_none() && word.pos != Pos::Punct {
            word.role = Role::Root;
        }
    }
}

fn word(doc: &Doc, aligned: &Aligned, index: usize) -> Word {
    let token = &doc.tokens[index];
    Word {
        span: aligned.original(Span::new(token.start, token.end)),
        text: doc.token_text(index).to_owned(),
        lemma: token.lemma.to_lowercase(),
        pos: pos(&token.pos),
        features: token.morph.to_string(),
        head: None,
        role: Role::Other,
        marker: None,
    }
}

/// Heads among the words that were kept; what hung on white space hangs on the next head that is a word.
fn attach(doc: &Doc, kept: &[usize], words: &mut [Word]) {
    let mut place = vec![None; doc.tokens.len()];
    for (at, &index) in kept.iter().enumerate() {
        place[index] = Some(at);
    }
    for (at, &index) in kept.iter().enumerate() {
        let mut head = index;
        let mut seen = BTreeSet::new();
        words[at].head = loop {
            let next = doc.tokens[head].head;
            if next == head || !seen.insert(next) {
                break None;
            }
            if let Some(found) = place.get(next).copied().flatten() {
                break Some(found);
            }
            head = next;
        };
    }
}

fn sentences(doc: &Doc, kept: &[usize]) -> Vec<std::ops::Range<usize>> {
    let mut starts = vec![];
    let mut pending = false;
    let mut next = 0;
    for (at, &index) in kept.iter().enumerate() {
        // A sentence may start on white space; its first word is then the next one.
        pending |= doc.tokens[next..=index]
            .iter()
            .any(|token| token.sent_start);
        if pending || at == 0 {
            starts.push(at);
        }
        pending = false;
        next = index + 1;
    }
    let ends = starts.iter().skip(1).copied().chain([kept.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

fn names(doc: &Doc, kept: &[usize]) -> Vec<RecognisedName> {
    let mut names: Vec<RecognisedName> = vec![];
    let mut open = false;
    for (at, &index) in kept.iter().enumerate() {
        let token = &doc.tokens[index];
        match token.ent_iob {
            Iob::Outside => open = false,
            Iob::Inside if open => {
                if let Some(name) = names.last_mut() {
                    name.words.end = at + 1;
                }
            }
            Iob::Begin | Iob::Inside => {
                names.push(RecognisedName {
                    words: at..at + 1,
                    label: token.ent_type.to_string(),
                });
                open = true;
            }
        }
    }
    names
}

fn pos(tag: &str) -> Pos {
    match tag {
        "ADJ" => Pos::Adj,
        "ADP" => Pos::Adp,
        "ADV" => Pos::Adv,
        "AUX" => Pos::Aux,
        "CCONJ" | "CONJ" => Pos::Cconj,
        "DET" => Pos::Det,
        "INTJ" => Pos::Intj,
        "NOUN" => Pos::Noun,
        "NUM" => Pos::Num,
        "PART" => Pos::Part,
        "PRON" => Pos::Pron,
        "PROPN" => Pos::Propn,
        "PUNCT" => Pos::Punct,
        "SCONJ" => Pos::Sconj,
        "SYM" => Pos::Sym,
        "VERB" => Pos::Verb,
        "SPACE" => Pos::Space,
        _ => Pos::Other,
    }
}

/// Indices of the words whose head is `head`, in order.
fn children_of(words: &[Word], head: usize) -> Vec<usize> {
    (0..words.len())
        .filter(|&index| words[index].head == Some(head))
        .collect()
}

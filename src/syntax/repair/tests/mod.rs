mod clauses;
mod names;

use super::{Scheme, repair};
use crate::{
    grammar::{Paragraph, Pos, RecognisedName, Role, Word},
    text::Span,
};

/// A paragraph of one sentence from (form, part of speech, head, role) of each word; `head` at the root is itself.
fn paragraph(rows: &[(&str, Pos, usize, Role)]) -> Paragraph {
    let mut at = 0;
    let mut words = vec![];
    for (index, &(text, pos, head, role)) in rows.iter().enumerate() {
        let features = if pos == Pos::Verb { "VerbForm=Fin" } else { "" };
        words.push(Word {
            span: Span::new(at, at + text.len()),
            text: text.to_owned(),
            lemma: text.to_lowercase(),
            pos,
            features: features.to_owned(),
            head: (head != index).then_some(head),
            role,
            marker: None,
        });
        at += text.len() + 1;
    }
    let whole = 0..words.len();
    Paragraph {
        sentences: vec![whole],
        names: vec![],
        words,
    }
}

#[track_caller]
fn check(paragraph: &Paragraph, word: usize, head: Option<usize>, role: Role) {
    let own = &paragraph.words[word];
    assert_eq!((own.head, own.role), (head, role));
}

const PAST: &str = "Tense=Past|VerbForm=Part";

fn name(words: std::ops::Range<usize>, label: &str) -> RecognisedName {
    let label = label.to_owned();
    RecognisedName { words, label }
}

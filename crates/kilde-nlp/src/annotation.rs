//! What a pipeline says of a text: one [`Token`] per spaCy token, with the values spaCy would give it.
//! Components fill these fields; nothing here decides anything.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// A short text: a label of the model, or a word's form. Up to 23 bytes lie in the value itself, so that copies need neither
/// memory nor a counter that threads would have to share.
pub type Label = smol_str::SmolStr;

/// A label from a closed set of a model (tag, part of speech, features, dependency, entity type). Long ones are kept for good,
/// once each, so that no token has to count who uses them.
pub(crate) fn closed_label(text: &str) -> Label {
    static LONG: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let label = Label::new(text);
    if !label.is_heap_allocated() {
        return label;
    }
    // What a thread that panicked has left behind is whole: texts are put in at once.
    let mut long = LONG.lock().unwrap_or_else(PoisonError::into_inner);
    let known = long.get(text).copied();
    Label::new_static(known.unwrap_or_else(|| {
        let kept: &'static str = Box::leak(text.into());
        long.insert(kept);
        kept
    }))
}

/// Position of a token in a named entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Iob {
    /// In no entity.
    #[default]
    Outside,
    /// First token of an entity.
    Begin,
    /// A later token of an entity.
    Inside,
}

/// One token with everything the pipeline says of it. Empty labels mean that no component has set the value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// First byte in the text that was given.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether one space follows (spaCy's `whitespace_`; it is no part of the token).
    pub space_after: bool,
    /// Whether the token is nothing but white space.
    pub is_space: bool,
    /// spaCy's `norm_`.
    pub norm: Label,
    /// Fine-grained tag (`tag_`).
    pub tag: Label,
    /// Universal part of speech (`pos_`).
    pub pos: Label,
    /// Morphological features in UD's form, `"Number=Sing|Person=3"`, sorted as spaCy prints them; empty if none.
    pub morph: Label,
    /// Dictionary form (`lemma_`).
    pub lemma: Label,
    /// Index of the head; a root is its own head.
    pub head: usize,
    /// Dependency label (`dep_`).
    pub dep: Label,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// Position in a named entity.
    pub ent_iob: Iob,
    /// The entity's type; empty outside.
    pub ent_type: Label,
}

/// A text and its tokens, in order. Concatenating tokens and their spaces gives the text back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Doc {
    /// The text that was given.
    pub text: String,
    /// Its tokens.
    pub tokens: Vec<Token>,
}

impl Doc {
    /// The words of token `index`.
    #[must_use]
    pub fn token_text(&self, index: usize) -> &str {
        &self.text[self.tokens[index].start..self.tokens[index].end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_any_length_come_back() {
        for text in ["", "NOUN", "Aspect=Perf|Tense=Past|VerbForm=Part"] {
            assert_eq!(closed_label(text), text);
            assert!(!closed_label(text).is_heap_allocated());
        }
    }
}

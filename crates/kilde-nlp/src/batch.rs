//! The documents that are computed together: what is known of them, and what the vocabulary knows of their tokens.

use std::sync::Arc;

use crate::annotation::Doc;
use crate::lexeme::Lexeme;

/// Some documents and their tokens' lexemes. Results never depend on which documents share a batch.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The documents, filled by the components in turn.
    pub(crate) docs: Vec<Doc>,
    /// One lexeme per token of each document.
    pub(crate) lexemes: Vec<Vec<Arc<Lexeme>>>,
}

impl Batch {
    /// Number of tokens of each document.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = usize> {
        self.docs.iter().map(|doc| doc.tokens.len())
    }

    /// Each document with its lexemes.
    pub(crate) fn pairs(&mut self) -> impl Iterator<Item = (&mut Doc, &[Arc<Lexeme>])> {
        self.docs
            .iter_mut()
            .zip(self.lexemes.iter().map(Vec::as_slice))
    }

    /// All tokens, in order: lexeme, and whether a space follows.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = (&Arc<Lexeme>, bool)> {
        let tokens = self.docs.iter().flat_map(|doc| &doc.tokens);
        self.lexemes
            .iter()
            .flatten()
            .zip(tokens.map(|token| token.space_after))
    }
}

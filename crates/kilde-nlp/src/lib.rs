//! Runs trained spaCy v3 pipelines natively: loads a pipeline directory as spaCy wrote it and reproduces its tokens, tags,
//! morphology, lemmas, dependency trees, sentence starts and named entities. Knows nothing of graphs or claims.

pub mod annotation;
mod components;
pub mod error;
pub mod lexeme;
mod packed;
mod pattern;
pub mod strings;
pub mod tokenizer;
mod unicode;

pub use annotation::{Doc, Iob, Label, Token};
pub use error::LoadError;

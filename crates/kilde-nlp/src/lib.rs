//! Runs trained spaCy v3 pipelines natively: loads a pipeline directory as spaCy wrote it and reproduces its tokens, tags,
//! morphology, lemmas, dependency trees, sentence starts and named entities. Knows nothing of graphs or claims.

pub mod annotation;
mod batch;
mod components;
mod config;
pub mod conllu;
pub mod error;
mod layers;
pub mod lexeme;
mod model;
mod packed;
mod pattern;
pub mod pipeline;
pub mod strings;
mod tok2vec;
pub mod tokenizer;
mod unicode;

pub use annotation::{Doc, Iob, Label, Token};
pub use error::LoadError;
pub use pipeline::Pipeline;

//! Runs trained spaCy v3 pipelines natively: loads a pipeline directory as spaCy wrote it and reproduces its tokens, tags,
//! morphology, lemmas, dependency trees, sentence starts and named entities. Knows nothing of graphs or claims.

pub mod annotation;
pub mod error;
mod packed;
mod unicode;
pub mod strings;
pub mod lexeme;
pub mod tokenizer;
mod config;
mod msgpack;
mod model;
mod layers;
mod batch;
mod tok2vec;
mod components;
pub mod pipeline;

pub use annotation::{Doc, Iob, Label, Token};
pub use error::LoadError;
pub use pipeline::Pipeline;

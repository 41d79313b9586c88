//! Kilde reads news and reports and builds a knowledge graph in which every edge has a source.
//!
//! The modules stand in reading order; a module imports only from modules above its own line (see ARCHITECTURE.md).

pub mod text;

pub mod document;

pub mod ontology;

pub mod claim;
pub mod grammar;

pub mod graph;

pub mod read;

pub mod syntax;

pub mod link;

pub mod extract;

pub mod resolve;

pub mod store;

pub mod rdf;

pub mod pipeline;

pub mod query;

pub mod export;

pub mod analyse;
pub mod eval;

pub mod import;

pub mod push;

pub mod rules;

pub mod cli;

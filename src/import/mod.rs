//! What was made elsewhere into a store: Kilde's own exports (N-Quads, TriG, claims as JSON Lines), and claims as JSON Lines
//! from another extractor, a language model or a person. Nothing enters without its words: each claim passes the same checks
//! as those that the program makes, against the text in the store or in the articles given. What does not pass is listed
//! with the reason.

use std::path::PathBuf;

use crate::store::StoreError;

mod entities;
mod lines;
mod quads;

pub use lines::{Lines, import_lines};
pub use quads::import_quads;

/// A claim or document that was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Line of the file, from 1, where there is one.
    pub line: Option<usize>,
    /// Id of the document or the claim, as given.
    pub what: String,
    /// Why: a sentence.
    pub reason: String,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Documents that are new or changed.
    pub documents: usize,
    /// Claims taken in.
    pub claims: usize,
    /// Claims that were there already.
    pub known: usize,
    /// What was not taken in.
    pub refused: Vec<Refused>,
}

impl Imported {
    /// Adds what became of others.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.claims += other.claims;
        self.known += other.known;
        self.refused.extend(other.refused);
    }
}

/// Why a file could not be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is no RDF.
    #[error("{}:{line}: {message}", .file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        message: String,
    },
    /// The file could not be read.
    #[error("{}: {source}", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

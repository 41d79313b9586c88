//! Why a store could not be made, opened, read or written.

use std::{io, path::PathBuf};

use oxigraph::store::StorageError;

/// What can go wrong with a store; each message names the file and, where there is one, the next step.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no store.
    #[error("{}: this is no Kilde store: {reason}", .folder.display())]
    NotAStore {
        /// The folder.
        folder: PathBuf,
        /// How that shows.
        reason: String,
    },
    /// A store stands where a new one was to be made.
    #[error("{}: there is a store already; open it, or name another folder", .folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The store was written in a format that this program does not know.
    #[error("{}: the store has format {found}, and this program reads format {supported}; use the program that wrote it: {written_by}", .folder.display())]
    Format {
        /// The folder.
        folder: PathBuf,
        /// The store's format.
        found: u64,
        /// The format that this program reads and writes.
        supported: u64,
        /// The program that wrote it.
        written_by: String,
    },
    /// Another process has the store open.
    #[error("{}: another process {doing} this store; wait until it is done, or stop it", .folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// What the other process does: `is writing` or `is using`.
        doing: &'static str,
    },
    /// The store was opened for reading only.
    #[error("{}: the store was opened for reading only", .folder.display())]
    ReadOnly {
        /// The folder.
        folder: PathBuf,
    },
    /// A base IRI that names cannot be made from.
    #[error("'{base}' cannot be the base of names: {reason}")]
    Base {
        /// The base.
        base: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The store has another base than the one asked for.
    #[error("{}: the store's base is {found}, not {asked}; leave --base out, or name another folder", .folder.display())]
    OtherBase {
        /// The folder.
        folder: PathBuf,
        /// The store's base.
        found: String,
        /// The base asked for.
        asked: String,
    },
    /// The store was made with an ontology of the user's own, and read with the program's.
    #[error("{}: the store has an ontology of its own; name its folder with --ontology, or name another store", .folder.display())]
    OwnOntology {
        /// The folder.
        folder: PathBuf,
    },
    /// The ontology asked for lacks a relation or type that the store's documents may use.
    #[error("{}: the ontology asked for lacks '{missing}', which the store's has; add it, or build into another store", .folder.display())]
    OtherOntology {
        /// The folder.
        folder: PathBuf,
        /// The code of a relation or the name of a type.
        missing: String,
    },
    /// The store's own ontology is damaged.
    #[error(transparent)]
    Ontology(#[from] crate::ontology::OntologyError),
    /// A file of the store is not what the program wrote.
    #[error("{}:{line}: {message}; delete the file and read the article again", .file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        message: String,
    },
    /// A correction that makes no sense, or clashes with another.
    #[error("{}:{line}: {message}", .file.display())]
    Correction {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// Nothing of the store lies in the time asked for.
    #[error("{}: {message}", .folder.display())]
    Scope {
        /// The store's folder.
        folder: PathBuf,
        /// What lies where.
        message: String,
    },
    /// A reading that would not come back from the store as it was; it was not stored.
    #[error("{document}: not stored: {message}")]
    Unsound {
        /// The document's id.
        document: String,
        /// What is wrong with it.
        message: String,
    },
    /// The system refused.
    #[error("{}: cannot {action}: {source}", .file.display())]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The index failed.
    #[error("{}: the index failed: {source}; it is derived and may be deleted", .folder.display())]
    Index {
        /// The store's folder.
        folder: PathBuf,
        /// What oxigraph said.
        source: StorageError,
    },
}

impl StoreError {
    /// Says what was tried on which file, for `map_err`.
    pub(super) fn io(
        file: impl Into<PathBuf>,
        action: &'static str,
    ) -> impl FnOnce(io::Error) -> Self {
        let file = file.into();
        move |source| Self::Io {
            file,
            action,
            source,
        }
    }
}

//! Why an export failed.

use std::io;

use crate::store::StoreError;

/// What can go wrong with an export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output could not be written.
    #[error("cannot write the export: {0}")]
    Write(#[from] io::Error),
    /// A format that has no way to write a profile.
    #[error("{format} cannot hold the profile {profile}; write one of {fitting}")]
    Profile {
        /// What the user asked for.
        profile: &'static str,
        /// Name of the format.
        format: String,
        /// Formats that can.
        fitting: &'static str,
    },
    /// The program was built without the page.
    #[error(
        "this program was built without the page: install Node.js (18 or later) with npm, then build again with `make build` (or `scripts/page.sh`, then cargo). Without it, -f svg draws the graph"
    )]
    NoPage,
    /// A query of the program's own failed.
    #[error("the rules of the ontology cannot be applied: {0}")]
    Rules(Box<dyn std::error::Error + Send + Sync>),
    /// Graphviz is needed and cannot do it.
    #[error("{reason}; install the package graphviz, or write svg, which needs no other program")]
    Graphviz {
        /// What keeps it: a phrase.
        reason: String,
    },
}

impl ExportError {
    /// For `map_err` on what SPARQL says.
    pub(super) fn rules(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Rules(Box::new(error))
    }
}

//! What can go wrong when a pipeline directory is loaded. Annotating cannot fail: whatever the text, a loaded pipeline answers.

use std::io;
use std::path::PathBuf;

/// Why a pipeline, or a part of it, could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file is there but could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file is not what spaCy would have written.
    #[error("{} is damaged or not of this format: {what}; copy it again from the trained pipeline", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        what: String,
    },
    /// The pipeline asks for something that this runtime does not do.
    #[error("{component} uses {what}, which is not supported ({})", path.display())]
    Unsupported {
        /// The component that asks for it.
        component: String,
        /// The feature, by its name in spaCy.
        what: String,
        /// The file that asks for it.
        path: PathBuf,
    },
    /// A file of the pipeline is absent.
    #[error("{} is missing; {next}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// What to do next.
        next: String,
    },
}

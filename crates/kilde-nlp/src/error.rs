//! Why a pipeline directory could not be loaded: an unreadable file, a damaged one, one that is missing, or one that asks for
//! something that this runtime does not implement. Each error names the file; nothing is loaded by halves.

use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a pipeline directory.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The operating system would not give the file.
    #[error("cannot read {}: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The file is there, but its content is not what spaCy would have written.
    #[error("{} is damaged or no file of a spaCy v3 pipeline: {what}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What was found where.
        what: String,
    },
    /// The pipeline needs something that this runtime does not implement.
    #[error("{}: component '{component}': {what} is not supported", .path.display())]
    Unsupported {
        /// The component's name in `config.cfg`.
        component: String,
        /// What it asks for.
        what: String,
        /// The file that asks.
        path: PathBuf,
    },
    /// A file or directory is not there.
    #[error("{} is missing; {next}", .path.display())]
    Missing {
        /// What was looked for.
        path: PathBuf,
        /// What to do about it.
        next: String,
    },
}

impl LoadError {
    /// A [`LoadError::Malformed`] for `path`.
    pub(crate) fn malformed(path: &Path, what: impl Into<String>) -> Self {
        Self::Malformed {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}

/// Reads a whole file of a pipeline directory.
///
/// # Errors
/// [`LoadError::Missing`] when it is not there, [`LoadError::Read`] when it cannot be read.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, LoadError> {
    std::fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::Missing {
            path: path.to_owned(),
            next: "unpack the whole pipeline directory again".to_owned(),
        },
        _ => LoadError::Read {
            path: path.to_owned(),
            source,
        },
    })
}

/// Reads a JSON file of a pipeline directory.
///
/// # Errors
/// As [`read_file`], and [`LoadError::Malformed`] when it is no JSON of the expected form.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, LoadError> {
    let bytes = read_file(path)?;
    serde_json::from_slice(&bytes).map_err(|error| LoadError::malformed(path, error.to_string()))
}

//! What was sent where: a file in the store's folder for each endpoint, a line per graph sent or dropped, the last line of a
//! graph counting. It is derived: without it everything is sent again.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use super::PushError;
use crate::claim::content_hash;

/// The notes on one endpoint.
pub(super) struct Notes {
    path: PathBuf,
    file: File,
    sent: BTreeMap<String, String>,
}

impl Notes {
    /// Reads what was noted, and opens the file to note more.
    pub(super) fn open(store: &Path, endpoint: &str) -> Result<Self, PushError> {
        let path = store
            .join("push")
            .join(format!("{}.log", content_hash(&["endpoint", endpoint])));
        let failed = |source| PushError::Notes {
            file: path.clone(),
            source,
        };
        fs::create_dir_all(store.join("push")).map_err(failed)?;
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => format!("# {endpoint}\n"),
            other => other.map_err(failed)?,
        };
        let mut sent = BTreeMap::new();
        // A line that a killed push left unfinished has no end and does not count.
        for line in text
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'))
        {
            match line.split_once(' ') {
                Some(("#", _)) | None => {}
                Some((name, "-")) => {
                    sent.remove(name);
                }
                Some((name, hash)) => {
                    sent.insert(name.to_owned(), hash.to_owned());
                }
            }
        }
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .map_err(failed)?;
        if file.metadata().map_err(failed)?.len() == 0 {
            file.write_all(text.as_bytes()).map_err(failed)?;
        } else if !text.ends_with('\n') {
            file.write_all(b"\n").map_err(failed)?;
        }
        Ok(Self { path, file, sent })
    }

    /// The hash of a graph as it was sent.
    pub(super) fn get(&self, name: &str) -> Option<&String> {
        self.sent.get(name)
    }

    /// Graphs that were sent.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.sent.keys()
    }

    /// Notes that a graph was sent, or dropped.
    pub(super) fn add(&mut self, name: &str, hash: Option<&str>) -> Result<(), PushError> {
        let line = format!("{name} {}\n", hash.unwrap_or("-"));
        let written = self.file.write_all(line.as_bytes());
        written.map_err(|source| PushError::Notes {
            file: self.path.clone(),
            source,
        })
    }

    /// Notes that nothing was sent; graphs whose documents are gone stay known, to be dropped.
    pub(super) fn forget(&mut self) -> Result<(), PushError> {
        for name in self.sent.keys().cloned().collect::<Vec<_>>() {
            self.add(&name, Some("?"))?;
            self.sent.insert(name, "?".to_owned());
        }
        Ok(())
    }
}

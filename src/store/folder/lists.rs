//! Files of a store that are lists: sources, runs, gists, what was noted of folders. They grow by whole lines.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};

use super::{
    Folder,
    files::{rename, temporary},
};
use crate::store::StoreError;

pub(super) const RUNS: &str = "runs.jsonl";
pub(super) const SOURCES: &str = "sources.jsonl";
/// See [`crate::store::cards`].
const LEDGER: &str = "folders.json";
const GISTS: &str = "gists";

impl Folder {
    /// Appends a line to the log of runs.
    pub(in crate::store) fn log(&self, line: &str) -> Result<(), StoreError> {
        self.append(RUNS, &format!("{line}\n"))
    }

    /// What is known of the documents besides their files.
    pub(in crate::store) fn sources(&self) -> Result<String, StoreError> {
        self.text(Path::new(SOURCES))
    }

    /// The text of a file within the store; empty if it is not there.
    pub(in crate::store) fn text(&self, name: &Path) -> Result<String, StoreError> {
        let path = self.path.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(String::from_utf8(bytes)
                .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(StoreError::io(path, "read the file")(error)),
        }
    }

    /// Appends a line that ends in a line break to the list of sources.
    pub(in crate::store) fn note_source(&self, line: &str) -> Result<(), StoreError> {
        self.append(SOURCES, line)
    }

    /// Appends a line to a file of gists.
    pub(in crate::store) fn note_gist(&self, name: &Path, line: &str) -> Result<(), StoreError> {
        let folder = self.path.join(GISTS);
        if !folder.is_dir() {
            fs::create_dir_all(&folder).map_err(StoreError::io(&folder, "make the folder"))?;
        }
        self.end_torn_line(name)?;
        self.append(name, line)
    }

    /// Puts another list of sources in the place of the old one.
    pub(in crate::store) fn write_sources(&self, text: &str) -> Result<(), StoreError> {
        self.write_derived(Path::new(SOURCES), text)
    }

    /// Puts other notes of the folders of documents in the place of the old ones.
    pub(in crate::store) fn write_ledger(&self, text: &str) -> Result<(), StoreError> {
        self.write_derived(Path::new(LEDGER), text)
    }

    /// Writes a file that can be made again, under a path within the store: whole, but it need not last through a loss of power.
    pub(in crate::store) fn write_derived(
        &self,
        name: &Path,
        text: &str,
    ) -> Result<(), StoreError> {
        let file = self.path.join(name);
        rename(temporary(&file, text.as_bytes())?, &file)
    }

    /// What was noted of the folders of documents.
    pub(in crate::store) fn ledger(&self) -> Result<String, StoreError> {
        self.text(Path::new(LEDGER))
    }

    /// Bytes of the list of sources.
    pub(in crate::store) fn sources_length(&self) -> usize {
        let length = fs::metadata(self.path.join(SOURCES)).map_or(0, |one| one.len());
        usize::try_from(length).unwrap_or(usize::MAX)
    }

    /// One write, so that a kill leaves a torn last line at worst.
    pub(super) fn append(&self, name: impl AsRef<Path>, text: &str) -> Result<(), StoreError> {
        let path = self.path.join(name);
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .map_err(StoreError::io(&path, "open the file"))?;
        file.write_all(text.as_bytes())
            .map_err(StoreError::io(&path, "write the file"))
    }
}

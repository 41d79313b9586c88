//! Finds out what a writer that was killed left behind, and finishes or clears it away.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use super::{
    Folder, TEMPORARY,
    documents::{DOCUMENTS, is_hash},
    files::{entries, remove_file},
    lists::{RUNS, SOURCES},
};
use crate::store::StoreError;

/// Is there while the store is open for writing.
pub(super) const WRITING: &str = ".writing";
/// Notes which document is about to take whose place, so that a writer killed between the two steps leaves no doubt.
const REPLACING: &str = ".replacing";

impl Folder {
    /// Notes that `new` is to take the place of `old`.
    pub(in crate::store) fn begin_replacing(&self, old: &str, new: &str) -> Result<(), StoreError> {
        let note = format!("{old} {new}\n");
        self.write_whole(&self.path.join(REPLACING), note.as_bytes())
    }

    /// Removes the file of `old` and the note.
    pub(in crate::store) fn end_replacing(&self, old: &str) -> Result<(), StoreError> {
        self.remove(old)?;
        remove_file(&self.path.join(REPLACING))
    }

    /// Notes that somebody writes; whoever finds the note of another, who was killed, tidies up.
    pub(super) fn begin(&self) -> Result<(), StoreError> {
        let note = self.path.join(WRITING);
        if note.exists() || self.path.join(REPLACING).exists() {
            self.tidy()?;
        }
        fs::write(&note, "").map_err(StoreError::io(note, "write the file"))
    }

    /// Finishes what a killed writer left: a replacement half done, temporary files.
    fn tidy(&self) -> Result<(), StoreError> {
        if let Some((old, new)) = self.replacing() {
            if self.file(&new).exists() {
                self.remove(&old)?;
            }
            remove_file(&self.path.join(REPLACING))?;
        }
        for name in [SOURCES, RUNS] {
            self.end_torn_line(name)?;
        }
        let documents = self.path.join(DOCUMENTS);
        let mut folders = vec![self.path.clone()];
        folders.extend(entries(&documents)?.into_iter().filter(|one| one.is_dir()));
        for folder in folders {
            for file in entries(&folder)? {
                let name = file.file_name().and_then(|name| name.to_str());
                if name.is_some_and(|name| name.starts_with(TEMPORARY)) {
                    remove_file(&file)?;
                }
            }
        }
        Ok(())
    }

    /// What is appended next must not run into a line that was cut short.
    pub(super) fn end_torn_line(&self, name: impl AsRef<Path>) -> Result<(), StoreError> {
        let path = self.path.join(name.as_ref());
        let Ok(mut file) = File::open(&path) else {
            return Ok(());
        };
        let mut last = [b'\n'];
        let read = file
            .seek(SeekFrom::End(-1))
            .and_then(|_| file.read_exact(&mut last));
        if read.is_ok() && last != *b"\n" {
            return self.append(name, "\n");
        }
        Ok(())
    }

    /// The document whose place another one has taken already, though its file is still there.
    pub(super) fn replaced(&self) -> Option<String> {
        let (old, new) = self.replacing()?;
        self.file(&new).exists().then_some(old)
    }

    fn replacing(&self) -> Option<(String, String)> {
        let note = fs::read_to_string(self.path.join(REPLACING)).ok()?;
        let (old, new) = note.trim().split_once(' ')?;
        (is_hash(old) && is_hash(new)).then(|| (old.to_owned(), new.to_owned()))
    }
}

impl Drop for Folder {
    /// What is left of a folder of a process that ended in order needs no tidying.
    fn drop(&mut self) {
        if self.writable {
            let _ = fs::remove_file(self.path.join(WRITING));
        }
    }
}

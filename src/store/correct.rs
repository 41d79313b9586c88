//! The corrections that a store works with: where they stand, and whether they fit what it holds.

use std::path::{Path, PathBuf};

use super::{Corrections, Store, StoreError, corrections::Known};

impl Store {
    /// The corrections that are laid over the documents.
    #[must_use]
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// The folder or file that the corrections stand in; it need not exist.
    #[must_use]
    pub fn corrections_path(&self) -> PathBuf {
        self.folder.corrections()
    }

    /// Takes the corrections from another folder or file from now on, if they make sense and name nothing that the store
    /// does not hold. `noted` is how the store remembers the place: absolute, or seen from its own folder.
    ///
    /// # Errors
    /// If they do not (the first reason), or the system refuses; then nothing changes.
    pub fn use_corrections(&mut self, place: &Path, noted: PathBuf) -> Result<(), StoreError> {
        self.check_writable()?;
        let corrections = Corrections::load(place, self.ontology())?;
        if let Some(error) = self.check(&corrections)?.into_iter().next() {
            return Err(error);
        }
        self.folder.set_corrections(noted)?;
        self.corrections = corrections;
        Ok(())
    }

    /// What is wrong with corrections: an error for each that names an actor, claim or document that the store does not
    /// hold. Reads all documents if there is any correction.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn check(&self, corrections: &Corrections) -> Result<Vec<StoreError>, StoreError> {
        if corrections.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = Known::default();
        for gist in self.gists_as_read()? {
            let document = gist.document;
            let (actors, claims) = (document.entities.into_iter(), document.claims.into_iter());
            known.actors.extend(actors.map(|one| one.id));
            known.claims.extend(claims.map(|one| one.id));
            known.documents.insert(document.article.id);
        }
        Ok(corrections.unknown(&known))
    }

    /// Puts a file of corrections in the place of the old one, or makes it, if all corrections together then make sense.
    ///
    /// # Errors
    /// If they do not, or the system refuses; then nothing changes.
    pub fn write_corrections(&mut self, file: &Path, text: &str) -> Result<(), StoreError> {
        self.check_writable()?;
        Corrections::of_text(text, file, self.ontology())?;
        let before = std::fs::read(file).ok();
        self.folder.write_whole_at(file, text.as_bytes())?;
        match Corrections::load(&self.folder.corrections(), self.ontology()) {
            Ok(corrections) => {
                self.corrections = corrections;
                Ok(())
            }
            Err(error) => {
                match before {
                    Some(bytes) => self.folder.write_whole_at(file, &bytes)?,
                    None => std::fs::remove_file(file)
                        .map_err(StoreError::io(file, "remove the file"))?,
                }
                Err(error)
            }
        }
    }
}

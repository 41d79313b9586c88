//! Reads frames, operators and word lists from TOML. A mistake is reported with file, line and column, and with what
//! was probably meant; nothing is guessed.

mod files;
mod frames;
mod names;
mod operator;
mod raw;
mod words;

use std::{collections::BTreeMap, ops::Range, path::Path as FilePath};

use toml::Spanned;

use super::frames::{Lexicon, Words};
use crate::{document::Lang, ontology::Ontology};
use files::{Source, embedded_files, files_of};
use frames::Read;

/// What is wrong in a frame or word file.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Io {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file says something that frames do not allow.
    #[error("{file}:{line}:{column}: {message}")]
    Bad {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

impl Lexicon {
    /// The frames and word lists that were compiled into the program.
    ///
    /// # Errors
    /// If one of them is wrong; a test makes sure that none is.
    pub fn embedded(ontology: &Ontology) -> Result<Self, FrameError> {
        Self::of_folder(None, None, ontology)
    }

    /// Frames and word lists of folders that are laid out as `ontology/` is, with `frames` and `words` in them; the
    /// program's own where none is given. Operators say how clauses are held, whatever the domain: a language whose frames
    /// bring none of their own keeps the program's.
    ///
    /// # Errors
    /// If a file cannot be read or is wrong.
    pub fn of_folder(
        frames: Option<&FilePath>,
        words: Option<&FilePath>,
        ontology: &Ontology,
    ) -> Result<Self, FrameError> {
        let mut files = vec![];
        for (part, folder) in [("frames", frames), ("words", words)] {
            for lang in ["en", "nb"] {
                let place = format!("{part}/{lang}");
                let mut own = match folder {
                    Some(folder) => files_of(folder, &place)?,
                    None => embedded_files(&place),
                };
                let operators = format!("{place}/operators.toml");
                if part == "frames" && !own.iter().any(|file| file.name == operators) {
                    let mut general = embedded_files(&place);
                    general.retain(|file| file.name == operators);
                    own.append(&mut general);
                }
                files.append(&mut own);
            }
        }
        Self::from_files(files, ontology)
    }

    fn from_files(mut files: Vec<Source>, ontology: &Ontology) -> Result<Self, FrameError> {
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let foreign = ontology != Ontology::embedded();
        let mut languages = BTreeMap::new();
        for (tag, lang) in [("en", Lang::En), ("nb", Lang::Nb)] {
            let readers = |folder: &str| {
                let prefix = format!("{folder}/{tag}/");
                let files = files
                    .iter()
                    .filter(move |file| file.name.starts_with(&prefix));
                files.map(|file| Reader {
                    file: &file.name,
                    text: &file.text,
                    ontology,
                    lenient: file.embedded && foreign,
                })
            };
            let (mut read, mut words) = (Read::default(), Words::default());
            for reader in readers("words") {
                reader.words(&mut words)?;
            }
            for reader in readers("frames") {
                reader.frames(&mut read)?;
            }
            languages.insert(lang, read.with(words));
        }
        Ok(Self { languages })
    }
}

/// Reads one file; knows where it is, so that every error does.
struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    ontology: &'a Ontology,
    /// Whether relations that the ontology does not know are passed over, and examples left out: in the program's own
    /// words and operators, where the ontology is the user's.
    lenient: bool,
}

impl Reader<'_> {
    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, FrameError> {
        toml::from_str(self.text)
            .map_err(|error| self.bad(error.span().unwrap_or(0..0), error.message().to_owned()))
    }

    /// Whether a relation that is named is to be looked up, or passed over.
    fn counts(&self, code: &Spanned<String>) -> bool {
        !self.lenient || self.ontology.relation(code.get_ref()).is_some()
    }

    fn bad(&self, span: Range<usize>, message: String) -> FrameError {
        let before = self.text.get(..span.start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        FrameError::Bad {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

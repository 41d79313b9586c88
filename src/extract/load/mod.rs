//! Reads frames, operators and word lists from TOML. A mistake is reported with file, line and column, and with what
//! was probably meant; nothing is guessed.

mod files;
mod frames;
mod names;
mod operator;
mod raw;
mod words;

use std::{collections::BTreeMap, ops::Range, path::Path as FilePath, sync::OnceLock};

use toml::Spanned;

use super::frames::{Frames, Lexicon, Words};
use crate::{document::Lang, ontology::Ontology};
use files::{Source, sources};
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
        let foreign =
            !std::ptr::eq(ontology, Ontology::embedded()) && ontology != Ontology::embedded();
        let mut languages = BTreeMap::new();
        for lang in [Lang::En, Lang::Nb] {
            let own = frames.is_some() || words.is_some() || foreign;
            let read = if own {
                OnceLock::from(read(lang, frames, words, ontology, foreign)?)
            } else {
                OnceLock::new()
            };
            languages.insert(lang, read);
        }
        Ok(Self { languages })
    }
}

/// The program's own frames of a language.
pub(super) fn program_frames(lang: Lang) -> Result<Frames, FrameError> {
    read(lang, None, None, Ontology::embedded(), false)
}

/// The frames of a language, from folders or the program's own. `foreign`: the ontology is the user's.
fn read(
    lang: Lang,
    frames: Option<&FilePath>,
    words: Option<&FilePath>,
    ontology: &Ontology,
    foreign: bool,
) -> Result<Frames, FrameError> {
    let (mut read, mut known) = (Read::default(), Words::default());
    for file in &sources("words", lang, words)? {
        Reader::of(file, ontology, foreign).words(&mut known)?;
    }
    for file in &sources("frames", lang, frames)? {
        Reader::of(file, ontology, foreign).frames(&mut read)?;
    }
    Ok(read.with(known))
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

impl<'a> Reader<'a> {
    fn of(file: &'a Source, ontology: &'a Ontology, foreign: bool) -> Self {
        Self {
            file: &file.name,
            text: &file.text,
            ontology,
            lenient: file.embedded && foreign,
        }
    }

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

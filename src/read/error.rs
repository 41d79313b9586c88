//! Why an article was not read: where, what is wrong, and what to do next.
//! Every problem has a short name (`ReadError::kind`) by which a summary counts and a program tells them apart.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// An article, or an input, that was not read. The others are read all the same.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct ReadError {
    /// Where it happened.
    pub place: Place,
    /// What is wrong, with the next step in words.
    pub problem: Problem,
}

impl ReadError {
    /// The problem's short name: stable, for counts and for programs.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.problem.kind()
    }
}

/// A place in the input; `-` as path is standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file or folder.
    pub path: Arc<Path>,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column in characters, or in bytes where the parser of JSON counts so; from 1.
    pub column: Option<u64>,
}

impl Place {
    /// The file as a whole.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self {
            path: path.into(),
            line: None,
            column: None,
        }
    }

    /// The same file at `line`.
    #[must_use]
    pub fn at_line(&self, line: u64) -> Self {
        Self {
            line: Some(line),
            column: None,
            ..self.clone()
        }
    }

    /// The error that `problem` is here.
    #[must_use]
    pub fn error(&self, problem: Problem) -> ReadError {
        ReadError {
            place: self.clone(),
            problem,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.as_os_str() == "-" {
            out.write_str("standard input")?;
        } else {
            write!(out, "{}", self.path.display())?;
        }
        for number in [self.line, self.line.and(self.column)]
            .into_iter()
            .flatten()
        {
            write!(out, ":{number}")?;
        }
        Ok(())
    }
}

/// What is wrong with an input or an article.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is no such file, or nothing that the pattern fits.
    #[error("there is no such file or folder; check the name, or the pattern")]
    NotFound,
    /// The system refused.
    #[error("cannot {action}: {source}; check that it is there and may be read")]
    Io {
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A format that Kilde knows but does not read.
    #[error("{format} is not yet read; give its articles as HTML, text or JSON Lines")]
    NotYetRead {
        /// The format.
        format: &'static str,
    },
    /// Nothing but white space.
    #[error("there is no text in it; nothing to read")]
    Empty,
    /// Not text.
    #[error("{what}, not text; turn it into text first, or leave it out")]
    Binary {
        /// What it seems to be.
        what: &'static str,
    },
    /// Bytes that are no UTF-8.
    #[error(
        "the byte {byte:#04x} at offset {offset} is no UTF-8; convert the file, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    Encoding {
        /// The first byte that is wrong.
        byte: u8,
        /// Its offset from the beginning of the file (of the line in JSON Lines), from 0.
        offset: usize,
    },
    /// UTF-16 that is broken, or where it is not read.
    #[error("UTF-16 that cannot be read here; convert the file with `iconv -f UTF-16 -t UTF-8`")]
    Utf16,
    /// More bytes than allowed.
    #[error("larger than {limit} bytes; split it, or allow more bytes for an article")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// HTML nested beyond all sense.
    #[error("HTML with elements nested more than {limit} deep; save the page's text instead")]
    Nested {
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// JSON that cannot be parsed, or that is no object.
    #[error("broken JSON: {message}; mend it there")]
    Json {
        /// What the parser found.
        message: String,
    },
    /// Front matter that is no list of `field: value`.
    #[error("broken front matter: {message}")]
    FrontMatter {
        /// What is wrong with it.
        message: String,
    },
    /// A JSON object without a text.
    #[error("there is no field \"text\" that holds a string; each article needs one")]
    NoText,
    /// A field that holds another sort of value than it should.
    #[error("the field \"{name}\" holds {found}; write a string, or leave it out")]
    Field {
        /// The field.
        name: String,
        /// What it holds.
        found: &'static str,
    },
    /// A date that is none.
    #[error("the field \"date\": {message}")]
    Date {
        /// Which text, and how dates are written.
        message: String,
    },
    /// A mention of the input that does not fit the text.
    #[error("mention {number}: {message}")]
    Mention {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        message: String,
    },
    /// The text is in, or is declared to be in, a language that is not read.
    #[error(
        "the language {how} {language}; Kilde reads en, nb and nn: if that is wrong, declare `lang` or give --lang"
    )]
    UnknownLanguage {
        /// The language's English name if detected, its tag if declared.
        language: String,
        /// `is declared as` or `seems to be`.
        how: &'static str,
    },
    /// The text's language could not be told.
    #[error("its language cannot be told from the text; declare `lang`, or give --lang")]
    UnsureLanguage,
}

impl Problem {
    /// The short name.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Io { .. } => "unreadable",
            Self::NotYetRead { .. } => "format-not-read",
            Self::Empty => "empty",
            Self::Binary { .. } => "binary",
            Self::Encoding { .. } | Self::Utf16 => "encoding",
            Self::TooLarge { .. } => "too-large",
            Self::Nested { .. } => "nested-too-deep",
            Self::Json { .. } => "broken-json",
            Self::FrontMatter { .. } => "broken-front-matter",
            Self::NoText => "no-text",
            Self::Field { .. } => "bad-field",
            Self::Date { .. } => "bad-date",
            Self::Mention { .. } => "bad-mention",
            Self::UnknownLanguage { .. } => "unknown-language",
            Self::UnsureLanguage => "unsure-language",
        }
    }

    /// What the system said when it was asked to `action`.
    pub(super) fn io(action: &'static str, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::NotFound {
            Self::NotFound
        } else {
            Self::Io { action, source }
        }
    }
}

/// The path by which standard input goes.
#[must_use]
pub(super) fn stdin_path() -> PathBuf {
    PathBuf::from("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_place_and_the_next_step() {
        let mut place = Place::of(Path::new("news.jsonl")).at_line(17);
        place.column = Some(3);
        let error = place.error(Problem::Json {
            message: "expected value".into(),
        });
        assert_eq!(
            error.to_string(),
            "news.jsonl:17:3: broken JSON: expected value; mend it there"
        );
        assert_eq!(error.kind(), "broken-json");
        let error = Place::of(&stdin_path()).error(Problem::Empty);
        assert_eq!(
            error.to_string(),
            "standard input: there is no text in it; nothing to read"
        );
    }
}

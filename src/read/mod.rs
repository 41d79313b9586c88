//! Reading: files, folders, patterns and standard input become articles, one at a time, in a fixed order.
//! Text, Markdown, pages, JSON and JSON Lines are read; each article is checked, its language settled, its paragraphs
//! found. What cannot be read is reported with its place and the next step, and stops nothing else.
//!
//! A title comes from front matter, `NAME.meta.json`, JSON or the page. The first line of a text stays a paragraph of
//! it in any case, also if it repeats the title: the text is kept as read. What stands beside a file wins over what
//! stands in it, and the caller's language over both.

use std::{
    io::BufRead,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use crate::document::{Article, Lang};

mod credits;
mod decode;
mod draft;
mod error;
mod fields;
mod front_matter;
mod html;
mod json;
mod json_lines;
mod language;
mod list;
mod markdown;
mod marks;
mod mentions;
mod paragraphs;
mod sniff;
mod source;
#[cfg(test)]
mod tests;

pub use error::{Place, Problem, ReadError};
pub use list::{Input, Skipped};
pub use paragraphs::find as paragraphs;

use list::{Listing, Source};
use sniff::Format;

/// What the caller says about all inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The language of every article, whatever it declares; `None`: as declared, else detected.
    pub lang: Option<Lang>,
    /// An article (a file, or a line of JSON Lines) of more bytes than this is refused unread.
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            lang: None,
            max_bytes: 64 << 20,
        }
    }
}

/// All articles of the inputs; see [`articles`].
pub struct Articles {
    sources: std::vec::IntoIter<Result<Source, ReadError>>,
    current: Option<source::Items>,
    origin: Option<PathBuf>,
    options: ReadOptions,
    /// How many bytes the listed files hold; standard input is not counted.
    pub bytes_total: u64,
    /// What was passed over.
    pub skipped: Skipped,
    bytes_read: Arc<AtomicU64>,
}

/// Every article of the inputs, lazily, in a fixed order: inputs as given, the files of a folder or pattern by path.
/// The files are listed at once, and read as the iterator is asked. No error ends it.
#[must_use]
pub fn articles(inputs: &[Input], options: &ReadOptions) -> Articles {
    let Listing {
        sources, skipped, ..
    } = list::list(inputs);
    let bytes_total = sources.iter().flatten().map(|source| source.bytes).sum();
    Articles {
        sources: sources.into_iter(),
        current: None,
        origin: None,
        options: *options,
        bytes_total,
        skipped,
        bytes_read: Arc::default(),
    }
}

impl Articles {
    /// A counter of the bytes read so far, for a progress bar; it may be kept while the iterator is consumed.
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes_read)
    }

    /// The file that the last item came from; `-` is standard input, `None` an input that could not be found.
    #[must_use]
    pub fn origin(&self) -> Option<&Path> {
        self.origin.as_deref()
    }
}

impl Iterator for Articles {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            match self.sources.next()? {
                Ok(source) => {
                    self.origin = Some(source.path.clone());
                    self.current = Some(source::open(&source, &self.options, &self.bytes_read));
                }
                Err(error) => {
                    self.origin = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// The articles that come out of `reader` in whatever format its first bytes tell, as with standard input.
/// `name` stands for the file in errors; its stem names articles without an id.
pub fn from_reader<R: BufRead + Send + 'static>(
    reader: R,
    name: &Path,
    options: &ReadOptions,
) -> impl Iterator<Item = Result<Article, ReadError>> + Send {
    source::read(reader, Format::Unknown, name, options)
}

/// The articles of JSON Lines, streaming: a line is read when it is asked for, and a bad one does not stop the next.
/// `name` as in [`from_reader`]; a line without an id is called after it, with the line's number.
pub fn json_lines<R: BufRead>(
    reader: R,
    name: &Path,
    options: &ReadOptions,
) -> impl Iterator<Item = Result<Article, ReadError>> {
    json_lines::JsonLines::new(reader, Place::of(name), source::stem(name), *options)
}

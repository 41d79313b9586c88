//! Which files the inputs mean: files as given, folders walked, patterns expanded; in a fixed order, no file twice.
//! Sizes are taken on the way, so that a progress bar knows its end.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use super::{
    error::{Place, Problem, ReadError, stdin_path},
    sniff::{self, Format},
};

/// Something to read, as the user names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, a folder, or a pattern with `*`, `**`, `?` or `[…]` that stands for some.
    Path(PathBuf),
}

impl<T: Into<PathBuf>> From<T> for Input {
    /// `-` is standard input, all else a path.
    fn from(path: T) -> Self {
        let path = path.into();
        if path == stdin_path() {
            Self::Stdin
        } else {
            Self::Path(path)
        }
    }
}

/// What was passed over in folders without a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files and folders whose names begin with a dot.
    pub hidden: usize,
    /// Files of a sort that is not read.
    pub unknown: usize,
    /// Files that had been met before in this run, and links that lead back to a folder above them.
    pub repeated: usize,
    /// `NAME.meta.json` files: they are read with their text.
    pub metadata: usize,
}

/// One file to read, or standard input.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) format: Format,
    pub(super) bytes: u64,
}

/// All that the inputs mean.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// In order; an input that cannot be found or walked stands where its files would.
    pub(super) sources: Vec<Result<Source, ReadError>>,
    pub(super) skipped: Skipped,
    seen: BTreeSet<PathBuf>,
}

/// Lists the files of `inputs`: inputs as given, the files of a folder or pattern by path.
pub(super) fn list(inputs: &[Input]) -> Listing {
    let mut listing = Listing::default();
    for input in inputs {
        match input {
            Input::Stdin => listing.add(stdin_path(), Format::Unknown, 0),
            Input::Path(path) => listing.add_path(path),
        }
    }
    listing
}

/// The `NAME.meta.json` that may stand beside `path`.
pub(super) fn companion(path: &Path) -> PathBuf {
    path.with_extension("meta.json")
}

impl Listing {
    fn add_path(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.add_folder(path),
            Ok(metadata) => self.add_given(path, metadata.len()),
            Err(_) if is_pattern(path) => self.add_pattern(path),
            Err(error) => self.fail(path, Problem::io("open", error)),
        }
    }

    /// A file that was named is read whatever its extension; only metadata waits for its text.
    fn add_given(&mut self, path: &Path, bytes: u64) {
        if is_companion(path) {
            self.skipped.metadata += 1;
        } else {
            self.add(path.to_owned(), sniff::by_extension(path), bytes);
        }
    }

    fn add_pattern(&mut self, pattern: &Path) {
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            ..glob::MatchOptions::default()
        };
        let found = glob::glob_with(&pattern.to_string_lossy(), options);
        let found = found.map(|paths| paths.flatten().collect::<Vec<_>>());
        let mut found = found.unwrap_or_default();
        found.sort();
        if found.is_empty() {
            self.fail(pattern, Problem::NotFound);
        }
        for path in found {
            self.add_path(&path);
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let mut hidden = 0;
        let walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        let visible = walk.filter_entry(|entry| {
            let is_hidden =
                entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            hidden += usize::from(is_hidden);
            !is_hidden
        });
        for entry in visible {
            match entry {
                Ok(entry) => self.add_entry(&entry),
                // A link to a folder above: what is there is being read already.
                Err(error) if error.loop_ancestor().is_some() => self.skipped.repeated += 1,
                Err(error) => self.add_walk_error(folder, error),
            }
        }
        self.skipped.hidden += hidden;
    }

    fn add_entry(&mut self, entry: &DirEntry) {
        let path = entry.path();
        if !entry.file_type().is_file() {
            return;
        }
        match sniff::by_extension(path) {
            _ if is_companion(path) => self.skipped.metadata += 1,
            Format::Unknown => self.skipped.unknown += 1,
            format => {
                let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                self.add(path.to_owned(), format, bytes);
            }
        }
    }

    fn add_walk_error(&mut self, folder: &Path, error: walkdir::Error) {
        let path = error.path().unwrap_or(folder).to_owned();
        let source = error.into_io_error();
        let problem = source.map_or(Problem::NotFound, |source| Problem::io("read", source));
        self.fail(&path, problem);
    }

    fn add(&mut self, path: PathBuf, format: Format, bytes: u64) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(real) {
            self.sources.push(Ok(Source {
                path,
                format,
                bytes,
            }));
        } else {
            self.skipped.repeated += 1;
        }
    }

    fn fail(&mut self, path: &Path, problem: Problem) {
        self.sources.push(Err(Place::of(path).error(problem)));
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// Whether it is a `NAME.meta.json` beside some other NAME.
fn is_companion(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let Some(stem) = name
        .as_deref()
        .and_then(|name| name.strip_suffix(".meta.json"))
    else {
        return false;
    };
    let extensions = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];
    extensions
        .iter()
        .any(|extension| path.with_file_name(format!("{stem}.{extension}")).is_file())
}

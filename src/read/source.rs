//! One file, or standard input, to its articles: opened, limited in size, its format told, and handed to the format's
//! reader. A file's `NAME.meta.json` is read here.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    ReadOptions, decode,
    draft::{Draft, Layout},
    error::{self, Place, Problem, ReadError},
    fields::Fields,
    front_matter, html,
    json::{self, JsonItems},
    json_lines::JsonLines,
    list::{self, Source},
    sniff::{self, Format},
};
use crate::document::Article;

/// How much of an input is looked at to tell its format.
const BEGINNING: u64 = 4096;
/// More bytes than this are no metadata.
const METADATA_LIMIT: u64 = 1 << 20;

/// What one input gives, one article at a time.
pub(super) type Items = Box<dyn Iterator<Item = Result<Article, ReadError>> + Send>;

/// The articles of a listed file; `bytes_read` counts what is read of it.
pub(super) fn open(source: &Source, options: &ReadOptions, bytes_read: &Arc<AtomicU64>) -> Items {
    let path = source.path.as_path();
    if let Format::NotYetRead(format) = source.format {
        return fail(path, Problem::NotYetRead { format });
    }
    if source.format.is_read_whole() && source.bytes > options.max_bytes {
        let limit = options.max_bytes;
        return fail(path, Problem::TooLarge { limit });
    }
    let input: Box<dyn Read + Send> = if path == error::stdin_path() {
        Box::new(io::stdin())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(file),
            Err(error) => return fail(path, Problem::io("open", error)),
        }
    };
    let count = Arc::clone(bytes_read);
    read(
        BufReader::new(Counted { input, count }),
        source.format,
        path,
        options,
    )
}

/// The articles that come out of `reader`.
pub(super) fn read<R: BufRead + Send + 'static>(
    mut reader: R,
    format: Format,
    path: &Path,
    options: &ReadOptions,
) -> Items {
    let mut beginning = Vec::new();
    let mut format = format;
    if format == Format::Unknown {
        if let Err(error) = (&mut reader).take(BEGINNING).read_to_end(&mut beginning) {
            return fail(path, Problem::io("read", error));
        }
        format = sniff::by_beginning(&beginning);
    }
    let reader = Cursor::new(beginning).chain(reader);
    let place = Place::of(path);
    if format == Format::JsonLines {
        return Box::new(JsonLines::new(reader, place, stem(path), *options));
    }
    let read = read_limited(reader, options.max_bytes).map_err(|problem| place.error(problem));
    let items = read.and_then(|bytes| whole(bytes, format, &place, options));
    items.unwrap_or_else(|error| Box::new(std::iter::once(Err(error))))
}

/// The file's name without its extension; it names articles that have no id.
pub(super) fn stem(path: &Path) -> String {
    if path == error::stdin_path() {
        return "stdin".to_owned();
    }
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    stem.to_string_lossy().into_owned()
}

/// Counts the bytes that go through.
struct Counted<R> {
    input: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

fn fail(path: &Path, problem: Problem) -> Items {
    Box::new(std::iter::once(Err(Place::of(path).error(problem))))
}

fn read_limited(reader: impl Read, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    match read {
        Err(error) => Err(Problem::io("read", error)),
        Ok(read) if read as u64 > limit => Err(Problem::TooLarge { limit }),
        Ok(_) => Ok(bytes),
    }
}

/// The articles of a whole file.
fn whole(
    bytes: Vec<u8>,
    format: Format,
    place: &Place,
    options: &ReadOptions,
) -> Result<Items, ReadError> {
    if let Format::NotYetRead(format) = format {
        return Err(place.error(Problem::NotYetRead { format }));
    }
    let decode = if format == Format::Html {
        decode::page
    } else {
        decode::text
    };
    let text = decode(bytes, place)?;
    if text.trim().is_empty() {
        return Err(place.error(Problem::Empty));
    }
    let draft = match format {
        Format::Json => {
            let items = JsonItems::new(text, place.clone(), stem(&place.path), *options);
            return Ok(Box::new(items));
        }
        Format::Html => page(&text, place)?,
        Format::Markdown => prose(text, Layout::Markdown, place)?,
        _ => prose(text, Layout::Plain, place)?,
    };
    Ok(Box::new(std::iter::once(draft.finish(options))))
}

fn page(html: &str, place: &Place) -> Result<Draft, ReadError> {
    let page = html::read(html, place)?;
    let fields = beside(place)?.or(page.fields);
    Ok(draft(
        fields,
        page.text,
        Layout::Known(page.paragraphs),
        place,
    ))
}

/// Front matter goes, with the blank lines behind it.
fn prose(mut text: String, layout: Layout, place: &Place) -> Result<Draft, ReadError> {
    let (fields, taken) = front_matter::split(&text, place)?;
    if taken > 0 {
        let rest = text[taken..].trim_start_matches('\n').len();
        text.drain(..text.len() - rest);
    }
    Ok(draft(beside(place)?.or(fields), text, layout, place))
}

fn draft(fields: Fields, text: String, layout: Layout, place: &Place) -> Draft {
    let (place, id, mentions) = (place.clone(), stem(&place.path), None);
    Draft {
        place,
        id,
        fields,
        text,
        layout,
        mentions,
    }
}

/// The fields of the `NAME.meta.json` beside a file; none if there is no such file.
fn beside(place: &Place) -> Result<Fields, ReadError> {
    let path = list::companion(&place.path);
    let Ok(file) = File::open(&path) else {
        return Ok(Fields::default());
    };
    let place = Place::of(&path);
    let bytes = read_limited(file, METADATA_LIMIT).map_err(|problem| place.error(problem))?;
    json::metadata(&decode::text(bytes, &place)?, &place)
}

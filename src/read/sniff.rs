//! Which format an input has: by its file's extension, else by how it begins.

use std::path::Path;

/// A format of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Text, perhaps with front matter.
    Text,
    /// Markdown, perhaps with front matter.
    Markdown,
    /// A page.
    Html,
    /// JSON Lines.
    JsonLines,
    /// One JSON object, or an array.
    Json,
    /// Known, but not read.
    NotYetRead(&'static str),
    /// To be told by how it begins.
    Unknown,
}

impl Format {
    /// Whether the whole file is one article, or must be had as a whole to tell.
    pub(super) fn is_read_whole(self) -> bool {
        !matches!(self, Self::JsonLines | Self::Unknown)
    }
}

/// The format that the extension tells.
pub(super) fn by_extension(path: &Path) -> Format {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_ascii_lowercase());
    let name = name.unwrap_or_default();
    if name.ends_with(".warc.gz") {
        return Format::NotYetRead("WARC");
    }
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("txt" | "text") => Format::Text,
        Some("md" | "markdown") => Format::Markdown,
        Some("html" | "htm" | "xhtml") => Format::Html,
        Some("jsonl" | "ndjson") => Format::JsonLines,
        Some("json") => Format::Json,
        Some("rss") => Format::NotYetRead("RSS"),
        Some("atom") => Format::NotYetRead("Atom"),
        Some("warc") => Format::NotYetRead("WARC"),
        _ => Format::Unknown,
    }
}

/// The format that the first bytes tell; text, if nothing else.
pub(super) fn by_beginning(bytes: &[u8]) -> Format {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lowered = text.to_lowercase();
    let begins = |beginning: &&str| lowered.starts_with(*beginning);
    if text.starts_with("WARC/") {
        return Format::NotYetRead("WARC");
    }
    if ["<?xml", "<rss", "<feed"].iter().any(begins) {
        return xml(&lowered);
    }
    if HTML_BEGINNINGS.iter().any(begins) {
        return Format::Html;
    }
    json(text).unwrap_or(Format::Text)
}

/// How a page may begin.
const HTML_BEGINNINGS: [&str; 8] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<!--",
    "<article",
    "<div",
    "<p>",
];

fn xml(lowered: &str) -> Format {
    match () {
        () if lowered.contains("<html") => Format::Html,
        () if lowered.contains("<rss") || lowered.contains("<rdf:rdf") => Format::NotYetRead("RSS"),
        () if lowered.contains("<feed") => Format::NotYetRead("Atom"),
        () => Format::NotYetRead("XML"),
    }
}

/// JSON Lines have a whole object on the first line; text may begin with a bracket too.
fn json(text: &str) -> Option<Format> {
    let line = text.lines().next().unwrap_or("");
    let inner = text.get(1..).unwrap_or("").trim_start();
    if text.starts_with('{') && inner.starts_with(['"', '}']) {
        let is_whole = line.trim_end().ends_with('}') || line.len() >= 2048;
        return Some(if is_whole {
            Format::JsonLines
        } else {
            Format::Json
        });
    }
    (text.starts_with('[') && inner.starts_with(['{', ']'])).then_some(Format::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_extension(name: &str, expected: Format) {
        assert_eq!(by_extension(Path::new(name)), expected);
    }

    #[track_caller]
    fn check(beginning: &str, expected: Format) {
        assert_eq!(by_beginning(beginning.as_bytes()), expected);
    }

    #[test]
    fn extensions_tell_the_format() {
        check_extension("news/a.b.TXT", Format::Text);
        check_extension("a.htm", Format::Html);
        check_extension("a.warc.gz", Format::NotYetRead("WARC"));
        check_extension("README", Format::Unknown);
        check_extension("..", Format::Unknown);
    }

    #[test]
    fn beginnings_tell_the_format() {
        check("", Format::Text);
        check("---\nid: a\n---\n", Format::Text);
        check("[29] Calls for it", Format::Text);
        check("{so it is}", Format::Text);
        check("{\"text\": \"a\"}\n{", Format::JsonLines);
        check("\u{feff}{\n\"text\": \"a\"}\n{", Format::Json);
        check("[ {\"text\"", Format::Json);
        check(" <!DOCTYPE HTML>", Format::Html);
        check("<?xml version='1.0'?><!DOCTYPE html><html>", Format::Html);
        check("<?xml version='1.0'?><rss>", Format::NotYetRead("RSS"));
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            Format::NotYetRead("Atom"),
        );
        check("WARC/1.0\r\n", Format::NotYetRead("WARC"));
    }
}

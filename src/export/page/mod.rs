//! One page of HTML that shows the graph, with all it needs in it: nothing is fetched. The page (`page/`, JavaScript) is made
//! by `scripts/page.sh` and found by `build.rs`; here it gets the graph as JSON. A program that was built without it says so.

mod context;
mod data;
mod words;

use std::io::Write;

use super::{ExportError, Picture, style};
use crate::{graph::Graph, store::Store};

/// The page without a graph; empty if the program was built without it.
const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/page.html"));
/// Where the graph goes.
const DATA: &str = "@kilde:data@";
/// Where the language goes.
const LANG: &str = "@kilde:lang@";

/// Edges beyond which a page takes long to load: the actors with the most claims are taken, if the user does not say.
pub const PAGE_EDGES: usize = 12_000;
/// So many actors are then taken.
pub const PAGE_ACTORS: usize = 1_000;

/// Whether the program was built with the page.
#[must_use]
pub fn is_built_in() -> bool {
    !PAGE.is_empty()
}

/// Writes a page that shows the graph. Quotes, paragraphs and sources come from the store.
///
/// # Errors
/// If the program was built without the page, a document's file is damaged, or the output cannot be written.
pub fn write(
    graph: &Graph,
    store: &Store,
    picture: &Picture<'_>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    fill(PAGE, graph, store, picture, out)
}

/// Writes the graph as the JSON that the page shows.
///
/// # Errors
/// If a document's file is damaged, or the output cannot be written.
pub fn write_data(
    graph: &Graph,
    store: &Store,
    picture: &Picture<'_>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let data = data::Page::new(graph, store, picture)?;
    let json = serde_json::to_string(&data).map_err(std::io::Error::from)?;
    out.write_all(inert(&json).as_bytes())?;
    Ok(out.flush()?)
}

fn fill(
    page: &str,
    graph: &Graph,
    store: &Store,
    picture: &Picture<'_>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let (head, tail) = page.split_once(DATA).ok_or(ExportError::NoPage)?;
    let lang = ["en", "nb"][style::language(picture.lang)];
    out.write_all(head.replace(LANG, lang).as_bytes())?;
    write_data(graph, store, picture, out)?;
    out.write_all(tail.as_bytes())?;
    Ok(out.flush()?)
}

/// JSON that a page can hold: nothing in it ends or begins an element or a comment, or breaks a line. These characters stand
/// in strings alone, where an escape means the same.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + json.len() / 64);
    for character in json.chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_leave_its_element() {
        let text = "</script><!--<script>&amp;\u{2028}\u{2029}\"\\\u{0}é";
        let json = inert(&serde_json::to_string(text).unwrap());
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{0}']));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}

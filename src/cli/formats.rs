//! The formats that `kilde export` writes: by name, by extension, and what they are.

use std::path::Path;

use anyhow::{Result, bail};
use oxigraph::io::RdfFormat;

use crate::{export::image::Image, rdf, text::printable};

/// What a graph is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Rdf(RdfFormat),
    Dot,
    Svg,
    Image(Image),
    Html,
    GraphMl,
    Gexf,
    Cytoscape,
    Csv,
    Tsv,
    Parquet,
    Cypher,
    Neo4j,
    Ftm,
    GeoJson,
    Csl,
    Bibtex,
    Jsonl,
}

/// Name, further names and extensions, format, what it is.
type Known = (&'static str, &'static [&'static str], Format, &'static str);

/// All but the RDF formats.
const OTHERS: &[Known] = &[
    ("dot", &["gv"], Format::Dot, "picture: Graphviz's source"),
    (
        "svg",
        &[],
        Format::Svg,
        "picture; by Graphviz, or plainer without it",
    ),
    (
        "png",
        &[],
        Format::Image(Image::Png),
        "picture; needs Graphviz",
    ),
    (
        "pdf",
        &[],
        Format::Image(Image::Pdf),
        "picture; needs Graphviz",
    ),
    (
        "html",
        &["htm", "page"],
        Format::Html,
        "page to explore the graph in a browser, in one file",
    ),
    (
        "graphml",
        &[],
        Format::GraphMl,
        "graph for yEd, Gephi, NetworkX, igraph",
    ),
    ("gexf", &[], Format::Gexf, "graph with time for Gephi"),
    (
        "cyjs",
        &["cytoscape"],
        Format::Cytoscape,
        "graph for Cytoscape",
    ),
    ("csv", &[], Format::Csv, "table; nodes, edges or claims"),
    (
        "tsv",
        &[],
        Format::Tsv,
        "the same with tabs; breaks and tabs as \\n, \\t",
    ),
    (
        "parquet",
        &[],
        Format::Parquet,
        "the same for pandas, Arrow, DuckDB",
    ),
    (
        "jsonl",
        &["ndjson", "claims"],
        Format::Jsonl,
        "claims as JSON Lines, which `kilde import` reads",
    ),
    ("cypher", &["cql"], Format::Cypher, "script for Neo4j"),
    ("neo4j", &[], Format::Neo4j, "folder for neo4j-admin import"),
    (
        "ftm",
        &["ftm.json"],
        Format::Ftm,
        "FollowTheMoney for Aleph, a JSON entity a line",
    ),
    ("geojson", &[], Format::GeoJson, "events on a map"),
    (
        "csl",
        &["csl.json"],
        Format::Csl,
        "documents as CSL-JSON for Zotero and others",
    ),
    ("bib", &["bibtex"], Format::Bibtex, "documents as BibTeX"),
];

/// The format of that name, or of the output's extension.
pub(super) fn find(name: Option<&str>, output: &Path) -> Result<Format> {
    let file = output
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase());
    // "x.csl.json" is told by both parts.
    let extensions = file.iter().flat_map(|name| {
        let dots = name
            .match_indices('.')
            .map(|(at, _)| name[at + 1..].to_owned());
        dots.collect::<Vec<_>>()
    });
    let asked: Vec<String> = match name {
        Some(name) => vec![name.to_lowercase()],
        None => extensions.collect(),
    };
    if asked.is_empty() {
        bail!(
            "in which format? Write --format, or an output file with an extension: {}",
            names()
        );
    }
    if let Some(format) = asked.iter().find_map(|name| named(name)) {
        return Ok(format);
    }
    bail!(
        "'{}' is no format that can be written; write one of {}",
        printable(
            name.or(asked.last().map(String::as_str))
                .unwrap_or_default()
        ),
        names()
    )
}

/// The list for `--help`.
pub(super) fn help() -> String {
    let rdf = rdf::FORMATS.iter().map(|(name, _, what)| (*name, *what));
    let others = OTHERS.iter().map(|(name, _, _, what)| (*name, *what));
    let lines = rdf
        .chain(others)
        .map(|(name, what)| format!("  {name:<9} {what}\n"));
    format!("Formats:\n{}", lines.collect::<String>())
}

fn named(name: &str) -> Option<Format> {
    let known = OTHERS
        .iter()
        .find(|(own, others, ..)| *own == name || others.contains(&name));
    known
        .map(|(_, _, format, _)| *format)
        .or_else(|| rdf::format(name).map(Format::Rdf))
}

fn names() -> String {
    let others = OTHERS.iter().map(|(name, ..)| *name);
    let rdf = rdf::FORMATS.iter().map(|(name, ..)| *name);
    others.chain(rdf).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_or_extension() {
        let by = |name, file: &str| find(name, Path::new(file)).ok();
        assert_eq!(by(None, "a.b.csl.json"), Some(Format::Csl));
        assert_eq!(by(None, "graph.GEXF"), Some(Format::Gexf));
        assert_eq!(
            by(Some("turtle"), "-"),
            Some(Format::Rdf(RdfFormat::Turtle))
        );
        assert_eq!(by(None, "graph.json"), None);
        assert_eq!(by(None, "-"), None);
    }
}

//! The graph as files for other programs and for the eye: RDF and tables from a store, a document after the other; pictures
//! and graph files from the view of the graph. One file per format; the same content gives the same bytes.

pub mod bibtex;
mod construct;
pub mod csl;
pub mod csv;
pub mod cypher;
pub mod cytoscape;
pub mod describe;
pub mod dot;
mod error;
mod forces;
pub mod ftm;
pub mod geojson;
pub mod gexf;
pub mod graphml;
pub mod image;
pub mod jsonld;
mod layout;
mod nanopub;
pub mod neo4j;
pub mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
mod placed;
mod plain;
pub mod rdf;
pub mod reference;
mod scene;
mod style;
pub mod svg;
pub mod table;
mod words;
mod xml;

pub use error::ExportError;

use crate::ontology::Ontology;

/// Actors beyond which a picture is no longer read with ease: what `--top` should be if the user does not say.
pub const READABLE_ACTORS: usize = 60;

/// What a picture is to say besides the graph.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// Shown above the legend; empty: nothing.
    pub title: &'a str,
    /// Language of the legend (`en`, `nb`); any other gives English.
    pub lang: &'a str,
    /// Says which types are people, places and so on.
    pub ontology: &'a Ontology,
}

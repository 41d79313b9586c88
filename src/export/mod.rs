//! The graph as files for other programs and for the eye: RDF from a store, pictures from the view of the graph. One file
//! per format; the same content gives the same bytes.

pub mod dot;
mod error;
mod forces;
mod plain;
pub mod rdf;
mod style;
pub mod svg;
mod words;

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

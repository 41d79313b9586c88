//! RDF: entities and plain edges, then one document after the other. Formats with named graphs keep each document's graph;
//! the others hold the same triples without it (no triple stands in two graphs). Statements are sorted within each graph.

use std::io::Write;

use oxigraph::{io::RdfFormat, model::Quad};

use super::ExportError;
use crate::{
    ontology::{OntologyFiles, vocab},
    rdf::{Prefixes, Writer, sort},
    store::{Facts, Store, sorted_lines},
};

/// What of a store is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Leaves out the documents' texts; quotes and the words around them stay.
    pub no_text: bool,
    /// An ontology to write beside the data, in graphs of its own.
    pub ontology: Option<&'a OntologyFiles>,
}

/// Writes a store.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(
    store: &Store,
    format: RdfFormat,
    options: &Options<'_>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    if matches!(format, RdfFormat::NQuads) {
        return parts(store, options, |quads| {
            Ok(out.write_all(sorted_lines(&quads).as_bytes())?)
        });
    }
    let mut writer = Writer::new(format, &Prefixes::new(store.base()), &mut *out);
    parts(store, options, |mut quads| {
        sort(&mut quads);
        quads.iter().try_for_each(|quad| Ok(writer.write(quad)?))
    })?;
    writer.finish()?;
    out.flush()?;
    Ok(())
}

/// Hands out what is to be written, graph by graph: the default graph, the documents by hash, the corrections, the ontology.
fn parts(
    store: &Store,
    options: &Options<'_>,
    mut take: impl FnMut(Vec<Quad>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut facts = Facts::default();
    for document in store.documents()? {
        facts.add_document(&document?);
    }
    take(facts.quads(store.base(), store.ontology()))?;
    for hash in store.hashes()? {
        let mut quads = store.quads(&hash)?;
        if options.no_text {
            quads.retain(|quad| quad.predicate.as_ref() != vocab::SCHEMA_TEXT);
        }
        take(quads)?;
    }
    take(store.corrections().quads(store.base()))?;
    options
        .ontology
        .map_or(Ok(()), |files| take(files.quads.clone()))
}

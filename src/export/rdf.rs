//! A store as RDF, a part after the other, so that large stores take little memory: the default graph (entities, plain
//! edges), then each document's graph. A profile says what is written: the plain edges, everything, everything in RDF 1.2,
//! or a nanopublication per claim. Formats that know graphs (N-Quads, TriG, JSON-LD) keep each document's graph; the others
//! hold the same triples without it (no triple stands in two graphs). Statements are sorted within each graph.

use std::io::Write;

use oxigraph::{io::RdfFormat, model::Quad};

use super::{ExportError, construct::Constructor, jsonld, nanopub};
use crate::{
    ontology::{OntologyFiles, vocab},
    rdf::{Prefixes, Writer, sort},
    store::{Store, sorted_lines},
};

/// What of a graph is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Entities and the plain edges between them.
    Edges,
    /// All: entities, edges, documents, mentions, claims, evidence.
    #[default]
    Claims,
    /// All, in RDF 1.2: a claim reifies the triple that it is about.
    Rdf12,
    /// A nanopublication per claim: assertion, provenance, publication info.
    Nanopub,
}

impl Profile {
    /// All profiles by the names that users give.
    pub const ALL: [(&'static str, Self); 4] = [
        ("edges", Self::Edges),
        ("claims", Self::Claims),
        ("rdf12", Self::Rdf12),
        ("nanopub", Self::Nanopub),
    ];

    /// The name that users give.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, profile)| *profile == self);
        found.map_or("claims", |(name, _)| name)
    }

    /// Whether a format can hold it.
    fn check(self, format: RdfFormat) -> Result<(), ExportError> {
        let (fits, fitting) = match self {
            Self::Edges | Self::Claims => (true, ""),
            Self::Nanopub => (format.supports_datasets(), "nq, trig, jsonld"),
            Self::Rdf12 => {
                let known = [
                    RdfFormat::Turtle,
                    RdfFormat::NTriples,
                    RdfFormat::NQuads,
                    RdfFormat::TriG,
                ];
                (known.contains(&format), "ttl, nt, nq, trig")
            }
        };
        if fits {
            return Ok(());
        }
        Err(ExportError::Profile {
            profile: self.name(),
            format: format.name().to_owned(),
            fitting,
        })
    }
}

/// What of a store is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Which view of the graph.
    pub profile: Profile,
    /// Leaves out the documents' texts; quotes and the words around them stay.
    pub no_text: bool,
    /// Adds what the ontology's alignments say in other vocabularies.
    pub infer: bool,
    /// An ontology to write beside the data, in graphs of its own.
    pub ontology: Option<&'a OntologyFiles>,
}

/// Writes a store.
///
/// # Errors
/// If the format cannot hold the profile, a document's file is damaged, or the system refuses.
pub fn write(
    store: &Store,
    format: RdfFormat,
    options: &Options<'_>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    options.profile.check(format)?;
    let prefixes = Prefixes::new(store.base());
    match format {
        RdfFormat::NQuads => parts(store, options, true, |quads| {
            Ok(out.write_all(sorted_lines(&quads).as_bytes())?)
        })?,
        RdfFormat::JsonLd { .. } => {
            let context = jsonld::Context::new(&prefixes, store.ontology_files());
            let mut writer = jsonld::Writer::new(&context, &mut *out)?;
            parts(store, options, false, |quads| writer.part(quads))?;
            writer.finish()?;
        }
        _ => {
            let mut writer = Writer::new(format, &prefixes, &mut *out);
            parts(store, options, true, |mut quads| {
                sort(&mut quads);
                quads.iter().try_for_each(|quad| Ok(writer.write(quad)?))
            })?;
            writer.finish()?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Hands out what is to be written, part by part: the default graph (`finely`: some subjects at a time, as long as nothing is
/// constructed from it), the documents by hash, the corrections, the ontology.
pub(super) fn parts(
    store: &Store,
    options: &Options<'_>,
    finely: bool,
    mut take: impl FnMut(Vec<Quad>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut steps = Vec::new();
    if options.infer {
        steps.push(Constructor::alignments(store.ontology_files())?);
    }
    if options.profile == Profile::Rdf12 {
        steps.push(Constructor::rdf12()?);
    }
    let mut take = |part: Vec<Quad>| {
        let run = |part, step: &Constructor| step.run(part);
        take(steps.iter().try_fold(part, run)?)
    };
    if options.profile != Profile::Nanopub {
        if finely && steps.is_empty() {
            store.default_graph_parts(&mut take)?;
        } else {
            take(store.default_graph()?)?;
        }
    }
    if options.profile != Profile::Edges {
        for hash in store.hashes()? {
            let mut quads = store.quads(&hash)?;
            if options.no_text {
                quads.retain(|quad| quad.predicate.as_ref() != vocab::SCHEMA_TEXT);
            }
            if options.profile == Profile::Nanopub {
                quads = nanopub::of_document(&quads, store.base(), store.ontology());
            }
            take(quads)?;
        }
    }
    // Edges have no provenance at all, and a nanopublication carries its own.
    if matches!(options.profile, Profile::Claims | Profile::Rdf12) {
        take(store.corrections().quads(store.base()))?;
    }
    options
        .ontology
        .map_or(Ok(()), |files| take(files.quads.clone()))
}

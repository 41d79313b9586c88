//! `kilde ontology`: the ontology itself, as a page or as RDF.

use std::io::{self, Write};

use anyhow::{Result, bail};

use super::{Done, args::Ontology};
use crate::{
    export::{jsonld, reference},
    ontology::{OntologyFiles, vocab},
    rdf::{self, Prefixes, Writer, sort},
    store::Base,
    text::printable,
};

pub(super) fn run(args: &Ontology) -> Result<Done> {
    let loaded;
    let files = match &args.ontology {
        None => OntologyFiles::embedded(),
        Some(folder) => {
            loaded = OntologyFiles::load(folder)?;
            &loaded
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let prefixes = Prefixes::new(&Base::default());
    match &*args.format {
        "html" => reference::write(files, &mut out)?,
        "context" => {
            let context = jsonld::Context::new(&prefixes, files).json();
            let context = serde_json::to_string_pretty(&serde_json::json!({"@context": context}))?;
            writeln!(out, "{context}")?;
        }
        name => {
            let Some(format) = rdf::format(name) else {
                bail!(
                    "--format {}: write html, context, ttl, nt, nq, trig, rdf or jsonld",
                    printable(name)
                );
            };
            let mut quads = files.quads.clone();
            if args.no_shapes {
                quads.retain(|quad| quad.graph_name != vocab::SHAPES_GRAPH.into_owned().into());
            }
            sort(&mut quads);
            let mut writer = Writer::new(format, &prefixes.used_by(&quads), &mut out);
            for quad in &quads {
                writer.write(quad)?;
            }
            writer.finish()?;
        }
    }
    out.flush()?;
    Ok(Done::Well)
}

//! `kilde export`: a store's graph in other formats.

use std::io::Write;

use anyhow::{Result, bail};

use super::{Done, args::Export, output, terminal::Talk};
use crate::{
    export::{Picture, READABLE_ACTORS, dot, rdf as rdf_export, svg},
    graph::Graph,
    query::{self, Filter, View},
    rdf,
    store::Store,
    text::printable,
};

/// What the graph is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Rdf(oxigraph::io::RdfFormat),
    Dot,
    Svg,
}

pub(super) fn run(args: &Export, talk: Talk) -> Result<Done> {
    let format = format(args)?;
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    output::to(&args.output, |mut out| {
        write(args, format, &store, talk, &mut out)
    })?;
    Ok(Done::Well)
}

fn format(args: &Export) -> Result<Format> {
    let extension = args
        .output
        .extension()
        .map(|extension| extension.to_string_lossy().into_owned());
    let Some(name) = args.format.clone().or(extension) else {
        bail!(
            "in which format? Write --format, or an output file with an extension: {}",
            names()
        );
    };
    let format = match name.to_ascii_lowercase().as_str() {
        "dot" | "gv" => Some(Format::Dot),
        "svg" => Some(Format::Svg),
        other => rdf::format(other).map(Format::Rdf),
    };
    match format {
        Some(format) => Ok(format),
        None => bail!(
            "'{}' is no format that can be written; write one of {}",
            printable(&name),
            names()
        ),
    }
}

fn names() -> String {
    let mut names = vec!["dot", "svg"];
    names.extend(rdf::FORMATS.iter().map(|(name, ..)| *name));
    names.join(", ")
}

fn write(
    args: &Export,
    format: Format,
    store: &Store,
    talk: Talk,
    out: &mut impl Write,
) -> Result<()> {
    let format = match format {
        Format::Rdf(format) => {
            let options = rdf_export::Options {
                no_text: args.no_text,
                ontology: None,
            };
            return Ok(rdf_export::write(store, format, &options, out)?);
        }
        picture => picture,
    };
    let graph = graph(args, store, talk)?;
    let picture = Picture {
        title: "",
        lang: &args.labels,
        ontology: store.ontology(),
    };
    if format == Format::Dot {
        return Ok(dot::write(&graph, &picture, out)?);
    }
    let drawn = svg::write(&graph, &picture, "dot", svg::PATIENCE, out)?;
    if let svg::Drawn::Plain { reason } = drawn {
        talk.note(&format!("{reason}: drawn with a plain layout instead. Install the package graphviz for a better one."));
    }
    Ok(())
}

fn graph(args: &Export, store: &Store, talk: Talk) -> Result<Graph> {
    let view = View::of_store(store)?;
    let mut filter = Filter {
        lang: args.labels.clone(),
        hops: args.hops,
        top: args.top,
        plain_only: !args.all,
        ..Filter::default()
    };
    if let Some(asked) = &args.around {
        filter.around = vec![view.entities().find(asked)?.id.clone()];
    }
    for asked in &args.relation {
        filter
            .relations
            .push(query::relation(store.ontology(), asked)?.code.clone());
    }
    let graph = view.graph(&filter);
    if graph.node_count() <= READABLE_ACTORS || args.top.is_some() {
        return Ok(graph);
    }
    talk.note(&format!(
        "{} actors would be too many to read: the {READABLE_ACTORS} with the most claims are drawn (--top N takes another number)",
        graph.node_count()
    ));
    filter.top = Some(READABLE_ACTORS);
    Ok(view.graph(&filter))
}

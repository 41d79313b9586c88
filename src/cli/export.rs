//! `kilde export`: a store's graph in other formats. Of several files all are written before the first is put in its
//! place.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{
    Done,
    args::Export,
    claims,
    formats::{self, Format},
    output,
    terminal::Talk,
};
use crate::{
    claim::{Claim, JsonView},
    document::PartialDate,
    export::{
        ExportError, Picture, READABLE_ACTORS, bibtex, csl, csv, cypher, cytoscape, describe, dot,
        ftm, geojson, gexf, graphml, image, neo4j, page,
        rdf::{self as rdf_export, Profile},
        svg,
        table::{Table, Tables},
    },
    graph::Graph,
    query::{self, Busiest, Filter, View},
    store::{Store, StoredDocument},
};

pub(super) fn run(args: &Export, talk: Talk) -> Result<Done> {
    let format = formats::find(args.format.as_deref(), &args.output)?;
    check(args, format)?;
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    let files = files(args, format);
    output::all(&files, |table, mut out| {
        write(args, format, &store, talk, *table, &mut out)
    })?;
    Ok(Done::Well)
}

/// Options that the format knows nothing of are no silent slips.
fn check(args: &Export, format: Format) -> Result<()> {
    let (rdf, tables) = (&args.rdf, &args.tables);
    let is_rdf = matches!(format, Format::Rdf(_));
    if !is_rdf && (rdf.profile.is_some() || rdf.infer || rdf.no_text || rdf.describe) {
        bail!(
            "--profile, --infer, --no-text and --describe are for RDF; write -f ttl, nt, nq, trig, rdf or jsonld"
        );
    }
    let is_table = matches!(format, Format::Csv | Format::Tsv | Format::Parquet);
    if tables.table.is_some() && !is_table {
        bail!("--table is for csv, tsv and parquet");
    }
    if tables.spreadsheet_safe && !matches!(format, Format::Csv | Format::Tsv) {
        bail!("--spreadsheet-safe is for csv and tsv");
    }
    if tables.per_claim && format != Format::GraphMl {
        bail!("--per-claim is for graphml");
    }
    if format == Format::Neo4j && args.output == Path::new("-") {
        bail!("neo4j writes two files; name a folder with --output");
    }
    if format == Format::Html && !page::is_built_in() {
        return Err(ExportError::NoPage.into());
    }
    if format == Format::Parquet && cfg!(not(feature = "parquet")) {
        bail!(
            "this program was built without Parquet; build it with `cargo build --release --features parquet`, or write csv"
        );
    }
    Ok(())
}

/// The files to write, each with its table where there are several.
fn files(args: &Export, format: Format) -> Vec<(PathBuf, Option<Table>)> {
    let output = &args.output;
    let is_folder = output.is_dir()
        || output
            .to_string_lossy()
            .ends_with(std::path::MAIN_SEPARATOR);
    let table = |extension: &str| {
        Table::ALL
            .map(|(name, table)| (output.join(format!("{name}.{extension}")), Some(table)))
            .to_vec()
    };
    match format {
        Format::Neo4j => neo4j::FILES
            .map(|(name, table)| (output.join(name), Some(table)))
            .to_vec(),
        Format::Csv if is_folder && args.tables.table.is_none() => table("csv"),
        Format::Tsv if is_folder && args.tables.table.is_none() => table("tsv"),
        Format::Parquet if is_folder && args.tables.table.is_none() => table("parquet"),
        _ => vec![(output.clone(), None)],
    }
}

fn write(
    args: &Export,
    format: Format,
    store: &Store,
    talk: Talk,
    table: Option<Table>,
    out: &mut (impl Write + Send),
) -> Result<()> {
    match format {
        Format::Rdf(format) => return rdf(args, format, store, out),
        Format::Csl => return Ok(csl::write(store, out)?),
        Format::Bibtex => return Ok(bibtex::write(store, out)?),
        Format::Dot | Format::Svg | Format::Image(_) => {
            return picture(args, format, store, talk, out);
        }
        Format::Html => return html(args, store, talk, out),
        Format::GraphMl if !args.tables.per_claim => {
            return Ok(graphml::write(&graph(args, store, true)?, out)?);
        }
        Format::Gexf => return Ok(gexf::write(&graph(args, store, true)?, out)?),
        Format::Cytoscape => return Ok(cytoscape::write(&graph(args, store, true)?, out)?),
        _ => {}
    }
    let filter = claim_filter(args, store)?;
    let wanted = |claim: &Claim, document: &StoredDocument| {
        filter.wants(claim, document.article.meta.date, store.ontology())
    };
    if format == Format::Jsonl {
        return json_lines(store, wanted, out);
    }
    let tables = Tables::new(store, &args.labels, &wanted)?;
    let table = match (table, &args.tables.table) {
        (Some(table), _) => table,
        (None, None) => Table::Claims,
        (None, Some(name)) => match Table::ALL.iter().find(|(own, _)| own == name) {
            Some((_, table)) => *table,
            None => bail!("--table {name}: write nodes, edges or claims"),
        },
    };
    let options = csv::Options {
        tabs: format == Format::Tsv,
        spreadsheet_safe: args.tables.spreadsheet_safe,
    };
    match format {
        Format::Csv | Format::Tsv => csv::write(&tables, table, options, out)?,
        #[cfg(feature = "parquet")]
        Format::Parquet => crate::export::parquet::write(&tables, table, out)?,
        Format::Neo4j => neo4j::write(&tables, table, out)?,
        Format::Cypher => cypher::write(&tables, out)?,
        Format::Ftm => ftm::write(&tables, out)?,
        Format::GeoJson => geojson::write(&tables, out)?,
        _ => graphml::write_claims(&tables, out)?,
    }
    Ok(())
}

fn rdf(
    args: &Export,
    format: oxigraph::io::RdfFormat,
    store: &Store,
    out: &mut impl Write,
) -> Result<()> {
    let named = |name: &String| {
        let found = Profile::ALL.iter().find(|(own, _)| own == name);
        found.map(|(_, profile)| *profile).with_context(|| {
            let all = Profile::ALL.map(|(name, _)| name).join(", ");
            format!("--profile {name}: write one of {all}")
        })
    };
    let options = rdf_export::Options {
        profile: args
            .rdf
            .profile
            .as_ref()
            .map(named)
            .transpose()?
            .unwrap_or_default(),
        no_text: args.rdf.no_text,
        infer: args.rdf.infer,
        ontology: None,
    };
    if !args.rdf.describe {
        return Ok(rdf_export::write(store, format, &options, out)?);
    }
    for iri in [&args.rdf.license, &args.rdf.published_at]
        .into_iter()
        .flatten()
    {
        oxigraph::model::NamedNode::new(iri).with_context(|| format!("{iri} is no IRI"))?;
    }
    let about = describe::About {
        title: args.rdf.title.as_deref(),
        licence: args.rdf.license.as_deref(),
        published_at: args.rdf.published_at.as_deref(),
    };
    Ok(describe::write(store, format, &options, &about, out)?)
}

fn picture(
    args: &Export,
    format: Format,
    store: &Store,
    talk: Talk,
    out: &mut impl Write,
) -> Result<()> {
    let graph = drawn(args, store, talk)?;
    let picture = Picture {
        title: "",
        lang: &args.labels,
        ontology: store.ontology(),
    };
    match format {
        Format::Svg => {
            let drawn = svg::write(&graph, &picture, "dot", svg::PATIENCE, out)?;
            if let svg::Drawn::Plain { reason } = drawn {
                talk.note(&format!("{reason}: drawn with a plain layout instead. Install the package graphviz for a better one."));
            }
        }
        Format::Image(kind) => image::write(&graph, &picture, kind, "dot", svg::PATIENCE, out)?,
        _ => dot::write(&graph, &picture, out)?,
    }
    Ok(())
}

/// What a picture shows: unless more is asked for, no more actors than can be read.
fn drawn(args: &Export, store: &Store, talk: Talk) -> Result<Graph> {
    let part = &args.subset;
    let plain_only = !(part.all || part.disputed);
    let top = part.top.unwrap_or(READABLE_ACTORS);
    let told = |actors: usize| {
        if actors > top && part.top.is_none() {
            talk.note(&format!(
                "{actors} actors would be too many to read: the {top} with the most claims are drawn (--top N takes another number)"
            ));
        }
    };
    if part.around.is_none() && part.path.is_empty() && part.speaker.is_none() {
        // Only what is drawn need be held in memory.
        let mut filter = Filter {
            lang: args.labels.clone(),
            disputed_only: part.disputed,
            plain_only,
            ..Filter::default()
        };
        simple(args, store, &mut filter)?;
        let busiest = Busiest::of_store(store, &filter, top)?;
        told(busiest.all);
        return Ok(View::among(store, &busiest.names)?.graph(&filter));
    }
    let view = View::of_store(store)?;
    let mut filter = filter(args, store, &view)?;
    filter.plain_only = plain_only;
    let graph = view.graph(&filter);
    if graph.node_count() <= top || part.top.is_some() {
        return Ok(graph);
    }
    told(graph.node_count());
    filter.top = Some(top);
    Ok(view.graph(&filter))
}

/// The page holds also what makes no edge: it says of each what it is, and leaves it out until it is asked for.
fn html(args: &Export, store: &Store, talk: Talk, out: &mut impl Write) -> Result<()> {
    let view = View::of_store(store)?;
    let mut filter = filter(args, store, &view)?;
    let mut graph = view.graph(&filter);
    if graph.edge_count() > page::PAGE_EDGES && args.subset.top.is_none() {
        talk.note(&format!(
            "{} edges would be slow to load: the page has the {} actors with the most claims (--top N takes another number)",
            graph.edge_count(),
            page::PAGE_ACTORS
        ));
        filter.top = Some(page::PAGE_ACTORS);
        graph = view.graph(&filter);
    }
    let around = filter.around.first().and_then(|id| view.entities().get(id));
    let picture = Picture {
        title: around.map_or("", |card| card.label(&args.labels)),
        lang: &args.labels,
        ontology: store.ontology(),
    };
    Ok(page::write(&graph, store, &picture, out)?)
}

/// The claims in the order of `kilde claims`.
fn json_lines(
    store: &Store,
    wanted: impl Fn(&Claim, &StoredDocument) -> bool,
    out: &mut impl Write,
) -> Result<()> {
    for (_, hash) in claims::documents(store, None)? {
        let document = store.document(&hash)?;
        let view = JsonView::new(&document.article, &document.entities, store.ontology());
        for claim in document
            .claims
            .iter()
            .filter(|claim| wanted(claim, &document))
        {
            writeln!(out, "{}", view.claim(claim))?;
        }
    }
    Ok(out.flush()?)
}

fn graph(args: &Export, store: &Store, all: bool) -> Result<Graph> {
    let view = View::of_store(store)?;
    let mut filter = filter(args, store, &view)?;
    filter.plain_only = !all;
    Ok(view.graph(&filter))
}

/// What can be said of one claim by itself; the rest needs the graph.
fn claim_filter(args: &Export, store: &Store) -> Result<Filter> {
    let part = &args.subset;
    if part.around.is_some() || part.top.is_some() || !part.path.is_empty() || part.disputed {
        bail!(
            "--around, --top, --path and --disputed are for pictures, html, graphml, gexf and cyjs"
        );
    }
    if part.speaker.is_none() {
        let mut filter = Filter::default();
        simple(args, store, &mut filter)?;
        return Ok(filter);
    }
    filter(args, store, &View::of_store(store)?)
}

fn simple(args: &Export, store: &Store, filter: &mut Filter) -> Result<()> {
    let date = |name: &str, text: &Option<String>| {
        let parsed = text.as_ref().map(|text| text.parse::<PartialDate>());
        parsed
            .transpose()
            .map_err(|error| anyhow::anyhow!("{name}: {error}"))
    };
    filter.since = date("--since", &args.subset.since)?;
    filter.until = date("--until", &args.subset.until)?;
    for asked in &args.subset.relation {
        let relation = query::relation(store.ontology(), asked)?;
        filter.relations.push(relation.code.clone());
    }
    Ok(())
}

fn filter(args: &Export, store: &Store, view: &View) -> Result<Filter> {
    let part = &args.subset;
    let mut filter = Filter {
        lang: args.labels.clone(),
        hops: part.hops,
        top: part.top,
        disputed_only: part.disputed,
        ..Filter::default()
    };
    simple(args, store, &mut filter)?;
    let find = |asked: &String| anyhow::Ok(view.entities().find(asked)?.id.clone());
    filter.around = part.around.iter().map(find).collect::<Result<_>>()?;
    filter.speaker = part.speaker.as_ref().map(find).transpose()?;
    if let [from, to] = &*part.path {
        filter.path = Some((find(from)?, find(to)?));
    }
    Ok(filter)
}

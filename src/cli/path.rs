//! `kilde path`: how two actors are connected, step by step, with the words of each.

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use petgraph::graph::{EdgeIndex, NodeIndex};
use serde_json::{Value, json};

use super::{
    Done,
    args::PathArgs,
    disputes::{said, source_value},
    terminal::Talk,
};
use crate::{
    analyse::{Way, ways},
    graph::Graph,
    query::{Filter, View},
    store::Store,
    text::printable,
};

/// Claims that are shown of an edge.
const SHOWN: usize = 2;

pub(super) fn run(args: &PathArgs, talk: Talk) -> Result<Done> {
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    let view = View::of_store(&store)?;
    let (from, to) = (
        view.entities().find(&args.from)?,
        view.entities().find(&args.to)?,
    );
    if from.id == to.id {
        bail!(
            "'{}' and '{}' are the same: {}",
            args.from,
            args.to,
            from.id
        );
    }
    let graph = view.graph(&Filter {
        plain_only: !args.all,
        around: Vec::new(),
        ..Filter::default()
    });
    let node = |id: &str| graph.node_indices().find(|&node| *graph[node].id == *id);
    let found = match (node(&from.id), node(&to.id)) {
        (Some(from), Some(to)) => ways(&graph, from, to, args.max, args.ways),
        // Somebody without any edge.
        _ => Vec::new(),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for way in &found {
        if args.json {
            writeln!(out, "{}", value(&graph, way))?;
        } else {
            for line in lines(&graph, way).context("a way without ends")? {
                writeln!(out, "{}", printable(&line))?;
            }
            writeln!(out)?;
        }
    }
    out.flush()?;
    if found.is_empty() {
        talk.note(&format!(
            "No way of up to {} steps leads from {} to {}; try a larger --max{}",
            args.max,
            from.id,
            to.id,
            if args.all { "" } else { ", or --all" }
        ));
        return Ok(Done::Partly);
    }
    Ok(Done::Well)
}

fn lines(graph: &Graph, way: &Way) -> Option<Vec<String>> {
    let names: Vec<&str> = way
        .actors
        .iter()
        .map(|&node| graph[node].label.as_str())
        .collect();
    let mut lines = vec![names.join(" \u{2013} ")];
    for edges in &way.steps {
        for &edge in edges {
            let (from, to) = ends(graph, edge)?;
            let arrow = if graph[edge].symmetric {
                "\u{2194}"
            } else {
                "\u{2192}"
            };
            lines.push(format!(
                "  {} \u{2014} {} {arrow} {}",
                graph[from].label, graph[edge].label, graph[to].label
            ));
            let sources = &graph[edge].sources;
            let shown = sources
                .iter()
                .filter(|source| source.stands || !graph[edge].plain);
            for source in shown.take(SHOWN) {
                lines.push(format!("    {}", said(source)));
            }
            if sources.len() > SHOWN {
                lines.push(format!("    … {} claims in all", sources.len()));
            }
        }
    }
    Some(lines)
}

fn ends(graph: &Graph, edge: EdgeIndex) -> Option<(NodeIndex, NodeIndex)> {
    graph.edge_endpoints(edge)
}

fn value(graph: &Graph, way: &Way) -> Value {
    let actors: Vec<&str> = way.actors.iter().map(|&node| &*graph[node].id).collect();
    let edge = |&edge: &EdgeIndex| {
        let ends = ends(graph, edge).map(|(from, to)| [&graph[from].id, &graph[to].id]);
        json!({
            "subject": ends.map(|ends| ends[0]),
            "property": &*graph[edge].property,
            "object": ends.map(|ends| ends[1]),
            "sources": graph[edge].sources.iter().map(source_value).collect::<Vec<_>>(),
        })
    };
    let steps: Vec<Vec<Value>> = way
        .steps
        .iter()
        .map(|edges| edges.iter().map(edge).collect())
        .collect();
    json!({"actors": actors, "steps": steps})
}

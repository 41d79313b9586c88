//! `kilde query` and `kilde queries`.

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal, Read, Write},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{
    Done,
    args::{Queries, Query},
};
use crate::{
    query::{DefaultGraph, Format, NamedQueries, Options, ask, ask_named},
    rdf::Prefixes,
    store::Store,
};

pub(super) fn run(args: &Query) -> Result<Done> {
    let format = match &args.format {
        None => Format::Table,
        Some(name) => match Format::named(name) {
            Some(format) => format,
            None => bail!(
                "--format {name}: write one of {}",
                Format::names().join(", ")
            ),
        },
    };
    let options = Options {
        timeout: timeout(args.timeout)?,
        default_graph: default_graph(args.default_graph),
    };
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    let answer = match &args.named {
        Some(name) => {
            let query = NamedQueries::embedded().get(name)?;
            let values = values(&args.set)?;
            ask_named(
                &store.index()?,
                store.base(),
                store.ontology(),
                query,
                &values,
                &options,
            )?
        }
        None => ask(&store.index()?, store.base(), &text(args)?, &options)?,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    answer.write(format, &Prefixes::new(store.base()), width(), &mut out)?;
    out.flush()?;
    Ok(if answer.is_empty() {
        Done::Partly
    } else {
        Done::Well
    })
}

pub(super) fn list(args: &Queries) -> Result<Done> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for query in NamedQueries::embedded().iter() {
        if args.json {
            let parameters: Vec<_> = query.parameters.iter().map(|one| {
                json!({"name": one.name, "kind": one.kind.to_string(), "required": one.required, "default": one.default, "description": one.description})
            }).collect();
            let line = json!({"name": query.name, "title": query.title, "description": query.description, "parameters": parameters});
            writeln!(out, "{line}")?;
            continue;
        }
        writeln!(out, "{:<22} {}", query.name, query.title)?;
        for one in &query.parameters {
            let default = one
                .default
                .as_ref()
                .map_or(String::new(), |value| format!(" [default: {value}]"));
            let needed = if one.required {
                ""
            } else {
                ", may be left out"
            };
            writeln!(
                out,
                "{:22}   --set {}=…  {}{needed}{default}",
                "", one.name, one.description
            )?;
        }
    }
    out.flush()?;
    Ok(Done::Well)
}

fn default_graph(only_default: bool) -> DefaultGraph {
    if only_default {
        DefaultGraph::Plain
    } else {
        DefaultGraph::Union
    }
}

fn timeout(seconds: Option<f64>) -> Result<Option<Duration>> {
    let Some(seconds) = seconds else {
        return Ok(None);
    };
    match Duration::try_from_secs_f64(seconds) {
        Ok(timeout) if !timeout.is_zero() => Ok(Some(timeout)),
        _ => bail!("--timeout {seconds}: write a number of seconds above 0"),
    }
}

fn text(args: &Query) -> Result<String> {
    if let Some(file) = &args.file {
        return std::fs::read_to_string(file).with_context(|| file.display().to_string());
    }
    let given = args.sparql.clone().unwrap_or_default();
    if given != "-" {
        return Ok(given);
    }
    let mut text = String::new();
    io::stdin()
        .lock()
        .read_to_string(&mut text)
        .context("standard input")?;
    Ok(text)
}

fn values(set: &[String]) -> Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    for pair in set {
        let Some((name, value)) = pair.split_once('=') else {
            bail!("--set {pair}: write NAME=VALUE")
        };
        if values.insert(name.to_owned(), value.to_owned()).is_some() {
            bail!("--set {name}: set twice");
        }
    }
    Ok(values)
}

/// The terminal's width; as wide as it gets where there is none.
fn width() -> Option<u16> {
    if !io::stdout().is_terminal() {
        return None;
    }
    console::Term::stdout()
        .size_checked()
        .map(|(_, columns)| columns)
}

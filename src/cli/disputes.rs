//! `kilde disputes`: what some affirm and others deny, and what cannot both be so.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use anyhow::Result;
use serde_json::{Value, json};

use super::{Done, args::Disputes, terminal::Talk};
use crate::{
    analyse::{Dispute, Kind, Side, disputes},
    claim::Polarity,
    graph::{Graph, Source},
    query::{Filter, View},
    store::{Store, StoreError},
    text::printable,
};

pub(super) fn run(args: &Disputes, talk: Talk) -> Result<Done> {
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    let view = View::of_store(&store)?;
    let about = match &args.about {
        Some(asked) => Some(view.entities().find(asked)?.id.clone()),
        None => None,
    };
    let graph = view.graph(&Filter::default());
    let mut found = of_graph(&graph, &store)?;
    if let Some(about) = about {
        found.retain(|one| {
            let is_about =
                |side: &Side| graph[side.subject].id == about || graph[side.object].id == about;
            one.sides.iter().any(is_about)
        });
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for dispute in &found {
        if args.json {
            writeln!(out, "{}", value(&graph, dispute))?;
        } else {
            for line in lines(&graph, dispute) {
                writeln!(out, "{}", printable(&line))?;
            }
            writeln!(out)?;
        }
    }
    out.flush()?;
    talk.note(&counted(found.len(), "dispute"));
    Ok(if found.is_empty() {
        Done::Partly
    } else {
        Done::Well
    })
}

/// The disputes of a graph made from a store.
pub(super) fn of_graph(graph: &Graph, store: &Store) -> Result<Vec<Dispute>> {
    Ok(disputes(graph, store.ontology(), |ids| {
        let cards = store.cards_that(|_, card| ids.contains(&card.id))?;
        // Of several documents with one id, which only copied files can have, the last one counts.
        let named: BTreeMap<String, String> = cards
            .into_iter()
            .map(|(hash, card)| (hash, card.id))
            .collect();
        let found = store.sketches(&named.keys().cloned().collect())?;
        let found = found.into_iter();
        Ok::<_, StoreError>(
            found
                .map(|(hash, one)| (named[&hash].clone(), one))
                .collect(),
        )
    })?)
}

fn lines(graph: &Graph, dispute: &Dispute) -> Vec<String> {
    let title = match dispute.kind {
        Kind::Denied => "affirmed and denied",
        Kind::Incompatible => "not both at once",
    };
    let mut lines = vec![title.to_owned()];
    for side in &dispute.sides {
        let says = match side.polarity {
            Polarity::Positive => "yes",
            Polarity::Negative => "no ",
        };
        lines.push(format!(
            "  {says}  {} \u{2014} {} \u{2192} {}: {}, {}",
            graph[side.subject].label,
            side.relation,
            graph[side.object].label,
            counted(side.sources.len(), "claim"),
            counted(side.independent, "independent source")
        ));
        for source in &side.sources {
            lines.push(format!("       {}", said(source)));
        }
    }
    lines
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Who says it, where and when, in which words.
pub(super) fn said(source: &Source) -> String {
    let reported = source
        .reported
        .map_or(String::new(), |date| format!(", {date}"));
    format!(
        "{} in {}{reported}: \u{ab}{}\u{bb}",
        source.speaker.as_deref().unwrap_or("the text itself"),
        source.document,
        source.quote
    )
}

fn value(graph: &Graph, dispute: &Dispute) -> Value {
    let sides: Vec<Value> = dispute
        .sides
        .iter()
        .map(|side| {
            json!({
                "subject": &*graph[side.subject].id,
                "property": side.property,
                "object": &*graph[side.object].id,
                "polarity": side.polarity,
                "independent_sources": side.independent,
                "sources": side.sources.iter().map(source_value).collect::<Vec<_>>(),
            })
        })
        .collect();
    let kind = match dispute.kind {
        Kind::Denied => "denied",
        Kind::Incompatible => "incompatible",
    };
    json!({"kind": kind, "sides": sides})
}

/// A source as JSON.
pub(super) fn source_value(source: &Source) -> Value {
    json!({
        "claim": source.claim, "document": source.document, "quote": source.quote, "speaker": source.speaker,
        "date": source.date, "reported": source.reported, "polarity": source.polarity, "modality": source.modality,
    })
}

//! Cytoscape's JSON (Cytoscape desktop, Cytoscape.js, NetworkX): nodes and edges with their data; an edge carries its claims.

use std::io::Write;

use petgraph::visit::EdgeRef;
use serde_json::{Value, json};

use super::{ExportError, style, table};
use crate::graph::{Edge, Graph};

/// Writes a view of the graph, an element a line.
///
/// # Errors
/// If the system refuses.
pub fn write(graph: &Graph, out: &mut impl Write) -> Result<(), ExportError> {
    out.write_all(b"{\"format_version\":\"1.0\",\"generated_by\":\"kilde\",\"directed\":true,\"multigraph\":true,\"data\":{\"name\":\"kilde\"},\"elements\":{\"nodes\":[")?;
    let nodes = graph.node_weights().map(|node| {
        // NetworkX looks for the id under "value".
        json!({"data": {"id": &*node.id, "value": &*node.id, "name": node.label, "label": node.label, "type": &*node.kind, "wikidata": node.wikidata}})
    });
    lines(nodes, out)?;
    out.write_all(b"],\"edges\":[")?;
    let edges = graph.edge_references().enumerate().map(|(number, edge)| {
        let (from, to) = (&graph[edge.source()].id, &graph[edge.target()].id);
        json!({"data": edge_data(number, edge.weight(), from, to)})
    });
    lines(edges, out)?;
    out.write_all(b"]}}\n")?;
    Ok(out.flush()?)
}

fn lines(items: impl Iterator<Item = Value>, out: &mut impl Write) -> Result<(), ExportError> {
    for (number, item) in items.enumerate() {
        out.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        write!(out, "{item}")?;
    }
    Ok(())
}

fn edge_data(number: usize, edge: &Edge, from: &str, to: &str) -> Value {
    let sources: Vec<Value> = edge
        .sources
        .iter()
        .map(|one| {
            json!({
                "claim": one.claim, "quote": one.quote, "document": one.document, "reported": one.reported,
                "date": one.date, "speaker": one.speaker, "polarity": table::polarity(one.polarity),
                "modality": table::modality(one.modality),
            })
        })
        .collect();
    json!({
        "id": format!("e{number}"), "key": &*edge.property, "source": from, "target": to, "interaction": &*edge.property,
        "label": edge.label, "property": &*edge.property, "relation": &*edge.relation,
        "quad_class": edge.quad_class, "weight": edge.sources.len(), "symmetric": edge.symmetric, "plain": edge.plain,
        "disputed": edge.disputed, "color": style::tone_of(edge).line, "claims": sources,
    })
}

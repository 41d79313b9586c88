//! GraphML, with typed keys (yEd, Gephi, NetworkX, igraph, Cytoscape). Of a view of the graph: an edge per relation between
//! two, with counts. Of tables: an edge per claim, with its words, written one after the other, for graphs of any size.

use std::io::Write;

use petgraph::visit::EdgeRef;

use super::{
    ExportError,
    table::{Cell, Column, Kind, Table, Tables},
    words::sources_text,
    xml::Xml,
};
use crate::graph::Graph;

const SPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Keys of a node in a view.
const NODE: [(&str, &str); 3] = [
    ("label", "string"),
    ("type", "string"),
    ("wikidata", "string"),
];
/// Keys of an edge in a view.
const EDGE: [(&str, &str); 10] = [
    ("label", "string"),
    ("property", "string"),
    ("relation", "string"),
    ("quad_class", "int"),
    ("weight", "int"),
    ("symmetric", "boolean"),
    ("plain", "boolean"),
    ("disputed", "boolean"),
    ("claims", "string"),
    ("quotes", "string"),
];

/// Writes a view of the graph.
///
/// # Errors
/// If the system refuses.
pub fn write(graph: &Graph, out: &mut impl Write) -> Result<(), ExportError> {
    let mut xml = Xml::new(out)?;
    xml.open("graphml", &[("xmlns", SPACE)])?;
    for (of, keys) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
        for (name, kind) in keys {
            key(&mut xml, of, name, kind)?;
        }
    }
    xml.open("graph", &[("id", "kilde"), ("edgedefault", "directed")])?;
    for node in graph.node_weights() {
        xml.open("node", &[("id", &node.id)])?;
        let wikidata = node.wikidata.as_deref().unwrap_or_default();
        for ((name, _), value) in NODE.iter().zip([&*node.label, &node.kind, wikidata]) {
            data(&mut xml, "node", name, value)?;
        }
        xml.close("node")?;
    }
    for (number, edge) in graph.edge_references().enumerate() {
        let (from, to) = (&graph[edge.source()].id, &graph[edge.target()].id);
        let id = format!("e{number}");
        xml.open("edge", &[("id", &id), ("source", from), ("target", to)])?;
        let one = edge.weight();
        let claims: Vec<&str> = one.sources.iter().map(|source| &*source.claim).collect();
        let values = [
            one.label.clone(),
            one.property.to_string(),
            one.relation.to_string(),
            one.quad_class
                .map_or_else(String::new, |class| class.to_string()),
            one.sources.len().to_string(),
            one.symmetric.to_string(),
            one.plain.to_string(),
            one.disputed.to_string(),
            claims.join(" "),
            sources_text(one),
        ];
        for ((name, _), value) in EDGE.iter().zip(&values) {
            data(&mut xml, "edge", name, value)?;
        }
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    Ok(xml.finish()?)
}

/// Writes all claims, an edge each.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write_claims(tables: &Tables<'_>, out: &mut impl Write) -> Result<(), ExportError> {
    let mut xml = Xml::new(out)?;
    xml.open("graphml", &[("xmlns", SPACE)])?;
    for (of, table) in [("node", Table::Nodes), ("edge", Table::Claims)] {
        for column in shown(table) {
            key(&mut xml, of, column.name, kind(column.kind))?;
        }
    }
    xml.open("graph", &[("id", "kilde"), ("edgedefault", "directed")])?;
    tables.rows(Table::Nodes, |row| {
        xml.open("node", &[("id", &row[0].text())])?;
        values(&mut xml, "node", Table::Nodes, row)?;
        Ok(xml.close("node")?)
    })?;
    tables.rows(Table::Claims, |row| {
        let place = |name| {
            Table::Claims
                .columns()
                .iter()
                .position(|one| one.name == name)
        };
        let cell = |name| {
            place(name)
                .and_then(|at| row.get(at))
                .map(Cell::text)
                .unwrap_or_default()
        };
        let ends = [
            ("id", &*cell("claim")),
            ("source", &cell("source")),
            ("target", &cell("target")),
        ];
        xml.open("edge", &ends)?;
        values(&mut xml, "edge", Table::Claims, row)?;
        Ok(xml.close("edge")?)
    })?;
    xml.close("graph")?;
    xml.close("graphml")?;
    Ok(xml.finish()?)
}

/// What is no attribute of the element itself.
fn shown(table: Table) -> impl Iterator<Item = &'static Column> {
    let of_element = |name| ["id", "source", "target"].contains(&name);
    table
        .columns()
        .iter()
        .filter(move |column| !of_element(column.name))
}

fn values(
    xml: &mut Xml<impl Write>,
    of: &str,
    table: Table,
    row: &[Cell<'_>],
) -> Result<(), ExportError> {
    for (column, cell) in table.columns().iter().zip(row) {
        let own = shown(table).any(|one| one == column);
        if own && *cell != Cell::Empty {
            data(xml, of, column.name, &cell.text())?;
        }
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "long",
        Kind::Number => "double",
        Kind::Boolean => "boolean",
    }
}

fn key(xml: &mut Xml<impl Write>, of: &str, name: &str, kind: &str) -> Result<(), ExportError> {
    let id = format!("{of}-{name}");
    let attributes = [
        ("id", &*id),
        ("for", of),
        ("attr.name", name),
        ("attr.type", kind),
    ];
    Ok(xml.empty("key", &attributes)?)
}

fn data(xml: &mut Xml<impl Write>, of: &str, name: &str, value: &str) -> Result<(), ExportError> {
    if value.is_empty() && name != "label" {
        return Ok(());
    }
    Ok(xml.text("data", &[("key", &format!("{of}-{name}"))], value)?)
}
